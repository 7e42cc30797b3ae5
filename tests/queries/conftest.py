"""Small graphs written straight into the server: what loaders would write, and no more."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from neo4j import AsyncDriver, Driver, GraphDatabase

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.database.reader import Reader
from tieline.schema.consent import Viewer

LEVELS = (1, 2, 3, 4)
KITE = {  # Krackhardt 1990, figure 2
    "Andre": "Beverly Carol Diane Fernando",
    "Beverly": "Diane Ed Garth",
    "Carol": "Diane Fernando",
    "Diane": "Ed Fernando Garth",
    "Ed": "Garth",
    "Fernando": "Garth Heather",
    "Garth": "Heather",
    "Heather": "Ike",
    "Ike": "Jane",
}


def of(name: str, level: int) -> str:
    return name if level == 1 else f"{name}_{level}"


class Plant:
    """Writes actors, ties and whatever else a test needs."""

    def __init__(self, driver: Driver, database: str) -> None:
        self._driver, self._database = driver, database

    def cypher(self, text: str, **params: Any) -> list[dict[str, Any]]:
        records = self._driver.execute_query(text, params, database_=self._database).records
        return [record.data() for record in records]

    def actors(self, *names: str, kind: str = "Person", **props: Any) -> None:
        """One each; the uid is the name, visible to all unless `props` says otherwise."""
        rows = [{"uid": name, "name": name, "consent": 4} | props for name in names]
        self.cypher(f"UNWIND $rows AS row CREATE (x:Actor:{kind}) SET x = row", rows=rows)

    def ties(self, ties: Iterable[tuple[str, str, float]], both: bool = True, at: int = 4) -> None:
        """(one, other, step): the same step both ways, visible down from level `at`."""
        rows = [(a, b, self.tie(step, at)) for a, b, step in ties]
        rows += [(b, a, props) for a, b, props in rows] if both else []
        self.write(rows)

    def tie(self, step: float, at: int = 4, **props: Any) -> dict[str, Any]:
        """The properties of a tie that says the same at each level up to `at`."""
        said: dict[str, Any] = {"step": step, "label": "middling", "kinds": ["contact_day"]}
        levels = [level for level in LEVELS if level <= at]
        told = {of(name, level): (said | props)[name] for level in levels for name in said}
        return told | {"audience": at}

    def write(self, ties: Iterable[tuple[str, str, dict[str, Any]]]) -> None:
        """Ties one way with all their properties."""
        self.cypher(
            """UNWIND $rows AS row
            MATCH (a:Actor {uid: row[0]}) MATCH (b:Actor {uid: row[1]})
            CREATE (a)-[t:TIE]->(b) SET t = row[2]""",
            rows=[list(tie) for tie in ties],
        )

    def kite(self) -> None:
        """Its ten people and their ties, each of step .5."""
        ties = [(a, b, 0.5) for a, names in KITE.items() for b in names.split()]
        self.actors(*sorted({name for a, b, _ in ties for name in (a, b)}))
        self.ties(ties)

    def observed(self, rows: Iterable[dict[str, Any]]) -> None:
        """Evidence: of each its ends `a` and `b`, and `props`."""
        self.cypher(
            """UNWIND $rows AS row
            MATCH (a:Actor {uid: row.a}) MATCH (b:Actor {uid: row.b})
            CREATE (a)-[o:OBSERVED]->(b) SET o = row.props""",
            rows=list(rows),
        )

    def clear(self) -> None:
        self.cypher("MATCH (n) DETACH DELETE n")


@pytest.fixture
def reader(driver: AsyncDriver, address: Address) -> Callable[[int], Reader]:
    """A patient one: a plan made for the first time on a busy machine takes seconds."""
    return lambda level: Reader(driver, address.database, Viewer(level), seconds=60)


@pytest.fixture(scope="session")
def gardener(address: Address) -> Iterator[Driver]:
    driver = GraphDatabase.driver(address.uri, auth=(address.user, address.password))
    yield driver
    driver.close()


@pytest.fixture
def plant(graph: Graph, gardener: Driver, address: Address) -> Plant:
    return Plant(gardener, address.database)
