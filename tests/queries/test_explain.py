"""Why somebody stands where they stand: whom they join, circle by circle."""

from collections.abc import Callable, Coroutine
from random import Random
from typing import Any

import networkx
import pytest

from tieline.database.reader import Reader
from tieline.errors import NotFound
from tieline.queries.bridges.brokers import brokers
from tieline.queries.bridges.explain import broker, circles
from tieline.queries.bridges.field import of_ties

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Readers = Callable[[int], Reader]


def test_circles_equal_networkx() -> None:
    dice = Random(4)
    for _ in range(200):
        ties = {tuple(sorted(dice.sample("abcdefghij", 2))) for _ in range(dice.randint(1, 18))}
        field = of_ties((a, b, 0.5) for a, b in ties)
        graph = networkx.Graph(list(ties))
        for at, uid in enumerate(field.uids):
            near = graph.subgraph(graph.neighbors(uid))
            want = {frozenset(part) for part in networkx.connected_components(near)}
            found = circles(field, at)
            assert {frozenset(field.uids[each] for each in one) for one in found} == want
            assert [len(one) for one in found] == sorted(map(len, found), reverse=True)


def test_of_the_kite(plant: Any, run: Run, reader: Readers) -> None:
    plant.kite()
    plant.actors("Lone")
    told = run(broker(reader(1), "Heather"))
    assert [each["names"] for each in told["circles"]] == [["Fernando", "Garth"], ["Ike"]]
    assert told["sentence"].startswith("Heather joins 2 circles")
    assert told["constraint"] == pytest.approx(0.4311, abs=1e-4)
    row = next(r for r in run(brokers(reader(1)))["rows"] if r["uid"] == "Heather")
    assert {name: told[name] for name in row} == row, "the same as among all"
    one = run(broker(reader(4), "Ed"))
    assert one["sentence"] == "All that Ed is tied to hang together without them: one circle."
    assert one["constraint"] is None and one["betweenness"] is None
    lone = run(broker(reader(4), "Lone"))
    assert lone["circles"] == [] and "no recorded tie here" in lone["sentence"]
    for each in (told, one, lone):
        assert each["coverage"]["sentence"] and each["uncertainty"] and each["graph_version"]


def test_only_what_the_viewer_may_see(plant: Any, run: Run, reader: Readers) -> None:
    plant.actors("a", "b", "c", "d")
    plant.actors("hid", consent=1)
    plant.ties([("a", "b", 0.5), ("a", "c", 0.5)])
    plant.ties([("b", "c", 0.5)], at=2)
    plant.ties([("a", "hid", 0.5)], at=1)
    on_tea(plant, b=4, c=2)
    public, weaver = run(broker(reader(4), "a")), run(broker(reader(2), "a"))
    assert [each["uids"] for each in public["circles"]] == [["b"], ["c"]]
    assert [each["themes"] for each in public["circles"]] == [["tea"], []]
    assert public["circles"][0]["reason"] == "b. Themes: tea."
    assert [each["uids"] for each in weaver["circles"]] == [["b", "c"]]
    assert len(run(broker(reader(1), "a"))["circles"]) == 2
    for uid in ("hid", "nobody"):
        with pytest.raises(NotFound):
            run(broker(reader(4), uid))
    with pytest.raises(NotFound):
        run(broker(reader(4), "d", {"place": "nowhere"}))


def on_tea(plant: Any, **who: int) -> None:
    plant.cypher("CREATE (:Theme {uid: 'tea', label: 'tea', audience: 4})")
    plant.cypher(
        """UNWIND $rows AS row
        MATCH (x:Actor {uid: row[0]}), (t:Theme)
        CREATE (x)-[:WORKS_ON {audience: row[1], uid: row[0]}]->(t)""",
        rows=[list(each) for each in who.items()],
    )
