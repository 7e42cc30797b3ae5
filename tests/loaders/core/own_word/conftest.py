"""Two people and an organisation that a partner named, and ways for them to speak. Invented."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tieline.loaders.own_word.answers import answers
from tieline.loaders.own_word.tie import describe

TODAY = date(2026, 11, 21)


class Speaking:
    """Two people and an organisation that a partner named, and ways for them to speak."""

    def __init__(self, world: Any, rows: Any) -> None:
        self.world = world
        world.source("list", reliability=0.9)
        world.apply(
            [
                rows.thing("list:1", rows.person("Ann", "local-list-person-1", consent=4)),
                rows.thing("list:2", rows.person("Bob", "local-list-person-2", consent=4)),
                rows.thing("list:3", rows.body("Guild", "GB-CHC-1000001")),
            ]
        )

    def uid(self, name: str) -> str:
        found = self.world.ask(
            "MATCH (n) WHERE coalesce(n.name, n.title, n.label) = $name AND NOT n:Record "
            "RETURN n.uid AS u",
            name=name,
        )
        assert len(found) == 1, name
        return str(found[0]["u"])

    def says(self, of: str, day: date = TODAY, who: str = "Ann", **given: Any) -> bool:
        said, audience = answers(**given), None
        return bool(
            self.do(lambda s: describe(s, self.uid(who), self.uid(of), said, day, audience))
        )

    def do(self, work: Callable[[Any], Any]) -> Any:
        return self.world.graph.write(work)

    def observed(self) -> list[dict[str, Any]]:
        found = self.world.ask(
            "MATCH (a)-[o:OBSERVED]->(b) RETURN o.uid AS uid, a.name AS a, o.kind AS kind, "
            "b.name AS b, o.value AS value, o.on AS on, o.source AS source ORDER BY o.on, o.kind"
        )
        return list(found)

    def props(self, name: str) -> dict[str, Any]:
        found = self.world.ask("MATCH (n {uid: $u}) RETURN properties(n) AS p", u=self.uid(name))
        return dict(found[0]["p"])


@pytest.fixture
def field(world: Any, rows: Any) -> Speaking:
    return Speaking(world, rows)
