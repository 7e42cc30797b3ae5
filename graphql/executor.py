"""graphql-core's executor, with the reading done before completion: see `plan.py`."""

from collections.abc import Awaitable
from typing import Any

from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from tieline.graphql.compiled import completed
from tieline.graphql.counted import count
from tieline.graphql.plan import Plan


class Planned(StrawberryGraphQLCoreExecutionContext):
    """Operations are planned; what is in memory is then completed by a function compiled for the
    document (`compiled.py`), or by graphql-core."""

    def execute_root_grouped_field_set(
        self, root_type: Any, root_value: Any, fields: Any, serially: bool, position: Any
    ) -> Any:
        return self.planned(root_type, fields, serially, position)

    async def planned(self, root_type: Any, fields: Any, serially: bool, position: Any) -> Any:
        root = {"uid": "", "__typename": root_type.name}
        plan = Plan(self)
        self.context_value.changing = serially
        # What changes something is done one by one, in the order of the document.
        groups = [{key: of} for key, of in fields.items()] if serially else [fields]
        for group in groups:
            await plan.fetch(plan.walk(root_type, group, [root], {}))
        if (found := self.compiled(root_type, fields, root)) is not None:
            return found
        complete = super().execute_root_grouped_field_set
        result = complete(root_type, root, fields, False, position)
        return await result if isinstance(result, Awaitable) else result

    def compiled(self, root_type: Any, fields: Any, root: dict[str, Any]) -> Any:
        """None: graphql-core is to complete it. Where something wraps every resolver, it is."""
        wrapped = self.middleware_manager and self.middleware_manager.middlewares
        if self.context_value.compiled and not wrapped:
            return completed(self, root_type, fields, root)
        count("plain")
        return None
