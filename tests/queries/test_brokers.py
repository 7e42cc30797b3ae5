"""Who stands between others? What each viewer is told, on the real server."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tieline.database.reader import Reader
from tieline.errors import NotFound, WrongUse
from tieline.queries.answers.kept import Key
from tieline.queries.bridges.brokers import brokers
from tieline.queries.bridges.brokers import row as row_of
from tieline.queries.bridges.field import of_ties, within
from tieline.queries.bridges.part import Part
from tieline.queries.bridges.standing import NOBODY, Standing, worked_out

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Readers = Callable[[int], Reader]
Told = dict[str, Any]
FIGURES = ("constraint", "effective_size", "betweenness", "ei_place", "ei_theme", "ei_sector")


def stands(ties: list[tuple[str, str]], numbers: bool = True) -> Standing:
    """Of invented people, all of whom have a tie."""
    field = of_ties((a, b, 0.5) for a, b in ties)
    people = {uid: replace(NOBODY, name=uid) for uid in field.uids}
    return worked_out(Part(Key("1", 1 if numbers else 4, "field"), field, None), people, numbers)


def test_the_kite(plant: Any, reader: Readers, run: Run) -> None:
    plant.kite()
    plant.actors("Lone")
    answer = run(brokers(reader(1)))
    rows = {row["uid"]: row for row in answer["rows"]}
    assert len(rows) == answer["total"] == 11
    heather, lone = rows["Heather"], rows["Lone"]
    assert heather["constraint"] == pytest.approx(0.4311, abs=1e-4)
    assert heather["betweenness"] == pytest.approx(0.3889, abs=1e-4)
    assert heather["effective_size"] == pytest.approx(3 - 2 / 3)
    assert heather["reason"] == (
        "Of the 3 that Heather is tied to 2 are tied to each other. "
        "38.9% of the shortest routes between others lead through Heather."
    )
    assert (heather["label"], lone["label"]) == ("joins_some", "not_tied")
    assert [lone[name] for name in FIGURES] == [None] * 6 and lone["ties"] == 0
    assert lone["reason"] == "Lone has no recorded tie here."
    assert answer["rows"][-1] == lone and answer["betweenness_error"] == 0.0
    ordered = [row["constraint"] for row in answer["rows"] if row["label"] == "joins_some"]
    assert ordered == sorted(ordered) and len(ordered) > 2
    busiest = answer["busiest"][0]
    assert (busiest["from_uid"], busiest["to_uid"]) == ("Heather", "Ike")
    assert busiest["betweenness"] == pytest.approx(16 / 45)  # 8 on one side, 2 on the other
    assert answer["coverage"]["sentence"].startswith("18 recorded ties between 10 of 11; a place")


def test_whoever_reads_no_numbers_reads_names(plant: Any, reader: Readers, run: Run) -> None:
    plant.kite()
    steward, other = run(brokers(reader(1))), run(brokers(reader(2)))
    assert (other["busiest"], other["betweenness_error"]) == (None, None)
    assert "nobody is ranked" in other["order"]
    for row in other["rows"]:
        assert [row[name] for name in FIGURES] == [None] * 6 and "%" not in row["reason"]
    bands: dict[str, list[str]] = {}
    for row in other["rows"]:
        bands.setdefault(row["label"], []).append(row["uid"])
    assert all(uids == sorted(uids) for uids in bands.values()) and len(bands) == 2
    labels = {row["uid"]: row["label"] for row in steward["rows"]}
    assert labels == {row["uid"]: row["label"] for row in other["rows"]}
    assert run(brokers(reader(1)))["busiest"], "nor is the others' answer given to stewards"


def test_only_what_the_viewer_may_see(plant: Any, reader: Readers, run: Run) -> None:
    """The public sees a path of three; members one who ties its ends, and stewards a place."""
    plant.actors("a", "b", "c")
    plant.ties([("a", "b", 0.5), ("b", "c", 0.5)])
    plant.ties([("a", "c", 0.5)], at=3)
    plant.actors("hidden", consent=0)
    plant.ties([("hidden", "b", 0.5)], at=0)
    on_places(plant, a=("x", 4), b=("x", 2), c=("y", 4))

    def seen(level: int) -> Told:
        answer = run(brokers(reader(level)))
        return {row["uid"]: row for row in answer["rows"]} | {"mixing": answer["mixing"]}

    public, member, weaver = seen(4), seen(3), seen(2)
    assert set(public) == {"a", "b", "c", "mixing"}
    assert public["b"]["reason"] == "Of the 2 that b is tied to no two are tied to each other."
    assert public["b"]["label"] == "joins_some" and member["b"]["label"] == "within_one"
    assert (
        member["b"]["reason"] == "Of the 2 that b is tied to everyone is tied to another of them."
    )
    assert [each["index"] for each in public["mixing"]] == [None] * 3
    assert [each["index"] for each in member["mixing"]] == [1.0, None, None]
    place = weaver["mixing"][0]
    assert (place["within"], place["across"]) == (1, 2)
    assert place["index"] == pytest.approx(1 / 3)
    assert "1 of 2 lead to another place" in weaver["a"]["reason"]


def test_mixing_by_theme_and_by_sector(plant: Any, reader: Readers, run: Run) -> None:
    """People are of the sector of the organisation they work for."""
    plant.actors("a", "b", "c")
    plant.actors("club", kind="Organisation")
    plant.cypher(
        """MATCH (o {uid: 'club'}) SET o.kind = 'charity'
        CREATE (s:Actor:Organisation {uid: 'shop', name: 'shop', kind: 'company', consent: 4})
        CREATE (t:Theme {uid: 'tea', label: 'tea', audience: 4})
        WITH o, s, t MATCH (x:Actor) WHERE x.uid IN ['a', 'b']
        CREATE (x)-[:WORKS_ON {audience: 4}]->(t)
        CREATE (x)-[:WORKS_FOR {audience: 4}]->(o)"""
    )
    plant.ties([("a", "b", 0.5), ("a", "shop", 0.5), ("b", "c", 0.5), ("a", "club", 0.5)])
    answer = run(brokers(reader(1)))
    mixing = {each["by"]: (each["within"], each["across"]) for each in answer["mixing"]}
    assert mixing == {"place": (0, 0), "theme": (1, 0), "sector": (2, 1)}
    rows = {row["uid"]: row for row in answer["rows"]}
    assert rows["a"]["ei_sector"] == pytest.approx(-1 / 3) and rows["a"]["ei_theme"] == -1.0
    assert rows["c"]["ei_sector"] is None
    assert answer["coverage"]["with_sector"] == 4 and answer["coverage"]["with_theme"] == 2


def test_a_scope_is_a_field_of_its_own(plant: Any, reader: Readers, run: Run) -> None:
    plant.actors("a", "b", "c", "d")
    plant.ties([("a", "b", 0.5), ("b", "c", 0.5), ("c", "d", 0.5)])
    on_places(plant, a=("x", 4), b=("x", 4), d=("x", 4))
    answer = run(brokers(reader(4), {"place": "x"}))
    assert {row["uid"]: row["label"] for row in answer["rows"]} == {
        "a": "within_one",
        "b": "within_one",
        "d": "not_tied",
    }
    assert answer["coverage"]["actors"] == 3 and answer["coverage"]["ties"] == 1
    assert run(brokers(reader(4)))["total"] == 4, "nor is it the answer of the whole field"
    assert run(brokers(reader(4), {"label": "thick"}))["coverage"]["tied"] == 0
    with pytest.raises(NotFound):
        run(brokers(reader(4), {"place": "nowhere"}))
    with pytest.raises(WrongUse):
        run(brokers(reader(4), {"label": "strong"}))


def test_bridges_and_brokers_read_the_field_once(plant: Any, reader: Readers, run: Run) -> None:
    from tieline.queries.bridges.ask import bridges

    plant.actors("a", "b", "c")
    plant.ties([("a", "b", 0.5), ("b", "c", 0.5)])
    first, second, third = reader(4), reader(4), reader(3)
    run(bridges(first))
    run(brokers(second))
    run(brokers(third))
    assert "bridges/ties" in first.statements and "bridges/ties" not in second.statements
    assert "bridges/ties" in third.statements and "bridges/about" in third.statements
    plant.ties([("a", "c", 0.5)])
    later = reader(4)
    assert run(bridges(later))["total"] == 0 and "bridges/ties" in later.statements


def test_bands() -> None:
    star = stands([("hub", f"n{at}") for at in range(5)])
    assert star.band(star.uids.index("hub")) == "joins_many"
    four = stands([("hub", f"n{at}") for at in range(4)])
    assert four.band(four.uids.index("hub")) == "joins_some"
    both = stands([(a, b) for a in "abcdefgh" for b in "abcdefgh" if a < b])
    assert {both.band(at) for at in range(8)} == {"within_one"}


def test_few_who_know_each_other() -> None:
    ties = [("hub", f"n{at}") for at in range(7)] + [("n0", "n1")]
    found = stands(ties)
    assert row_of(found, found.uids.index("hub"), False)["reason"] == (
        "Of the 7 that hub is tied to only 2 are tied to each other."
    )
    found = stands([*ties, ("n1", "n2")])
    assert row_of(found, found.uids.index("hub"), False)["reason"] == (
        "Of the 7 that hub is tied to only 3 are tied to another of them."
    )
    assert row_of(found, found.uids.index("n6"), False)["reason"] == "n6 is tied to one alone."


def test_what_is_sampled_says_so() -> None:
    found = stands([("hub", f"n{at}") for at in range(7)])
    assert found.between is not None
    found = replace(found, between=replace(found.between, starts=5, error=0.02))
    said = row_of(found, found.uids.index("hub"), True)["reason"]
    assert "About 100.0% of the shortest routes" in said
    assert "give or take 2.0: as routes from 5 starts tell" in said


def test_a_part_of_a_field() -> None:
    field = of_ties([("a", "b", 0.1), ("b", "a", 0.9), ("b", "b", 1.0), ("c", "b", 0.5)])
    assert (field.uids, field.ends.tolist()) == (["a", "b", "c"], [[0, 1], [1, 2]])
    assert field.likely.tolist() == [0.1, 0.5]
    part = within(field, frozenset({"b", "c", "z"}))
    assert (part.uids, part.ends.tolist(), part.likely.tolist()) == (["b", "c"], [[0, 1]], [0.5])
    nothing = within(field, frozenset())
    assert nothing.uids == [] and nothing.ends.shape == (0, 2)
    assert np.array_equal(of_ties([]).ends, nothing.ends)


def test_a_place_in_the_others_place_is_no_other(plant: Any, reader: Readers, run: Run) -> None:
    """A ward in a town, as far as the viewer may know that it lies there."""
    plant.actors("a", "b", "c")
    plant.ties([("a", "b", 0.5), ("b", "c", 0.5)])
    on_places(plant, a=("ward", 4), b=("town", 4), c=("coast", 4))
    plant.cypher(
        """MATCH (w:Place {uid: 'ward'}), (t:Place {uid: 'town'}), (c:Place {uid: 'coast'})
        CREATE (w)-[:WITHIN {audience: 2}]->(t)
        CREATE (r:Place {uid: 'north', name: 'North', kind: 'Region', audience: 4})
        CREATE (t)-[:WITHIN {audience: 4}]->(r) CREATE (c)-[:WITHIN {audience: 4}]->(r)"""
    )

    def within(level: int, kind: str | None = None) -> tuple[int, int]:
        place = run(brokers(reader(level), place_kind=kind))["mixing"][0]
        return place["within"], place["across"]

    assert within(4) == (0, 2) and within(2) == (1, 1)
    assert within(2, "region") == (2, 0) and within(4, "REGION") == (1, 0)
    with pytest.raises(WrongUse, match="region"):
        run(brokers(reader(4), place_kind="ward"))


def on_places(plant: Any, **who: tuple[str, int]) -> None:
    """Each is based in a place, which may be seen at a level."""
    plant.cypher(
        """UNWIND $rows AS row
        MERGE (p:Place {uid: row[1]}) SET p.name = row[1], p.audience = 4
        WITH p, row MATCH (x:Actor {uid: row[0]})
        CREATE (x)-[:BASED_IN {audience: row[2]}]->(p)""",
        rows=[[uid, *place] for uid, place in who.items()],
    )
