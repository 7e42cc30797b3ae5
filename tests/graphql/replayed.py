"""What the real server answered, once more: two executions of one document meet the same rows."""

import copy
from typing import Any

from tieline.database.graph import Rows
from tieline.database.reader import Reader
from tieline.schema.consent import Viewer


class Replayed(Reader):
    """Asks the server the first time, and remembers. `answers` may be shared between readers."""

    def __init__(self, driver: Any, database: str, viewer: Viewer, answers: dict[Any, Any]) -> None:
        super().__init__(driver, database, viewer, seconds=60.0)
        self.answers = answers

    def seen_by(self, viewer: Viewer) -> "Replayed":
        return Replayed(self._driver, self._database, viewer, self.answers)

    async def version(self) -> str:
        if "version" not in self.answers:
            self.answers["version"] = await super().version()
        return str(self.answers["version"])

    async def _ask(self, name: str, params: dict[str, Any]) -> Rows:
        key = (name, self.viewer.level, repr(sorted(params.items())))
        if key not in self.answers:
            self.answers[key] = await super()._ask(name, params)
        found: Rows = copy.deepcopy(self.answers[key])
        return found
