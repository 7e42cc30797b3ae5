"""What holds this field together? Known answers, brute force, and what the viewer may see."""

import csv
import json
from collections.abc import Callable, Coroutine
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tieline.database.reader import Reader
from tieline.errors import NotFound, WrongUse
from tieline.queries.bridges.ask import bridges
from tieline.queries.bridges.cut import cuts
from tieline.queries.bridges.field import of_ties
from tieline.queries.bridges.sure import drawn
from tieline.queries.bridges.tell import reason
from tieline.queries.pathways.ask import pathways
from tieline.queries.pathways.target import Target

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Readers = Callable[[int], Reader]


def brute(ties: list[tuple[str, str]]) -> set[tuple[tuple[str, ...], int, tuple[str, ...]]]:
    """Take away every tie and every actor in turn: (what went, largest part, who is cut off)."""
    whole = {(min(tie), max(tie)) for tie in ties if tie[0] != tie[1]}
    found = set()
    for part in parts(whole, {actor for tie in whole for actor in tie}):
        inside = {tie for tie in whole if tie[0] in part}
        for lost in [*((actor,) for actor in part), *inside]:
            left = {
                tie for tie in inside if tie != lost and not (len(lost) == 1 and lost[0] in tie)
            }
            sides = parts(left, part - set(lost) if len(lost) == 1 else part)
            if len(sides) > 1:
                found.add((lost, len(sides[0]), tuple(sorted(set().union(*sides[1:])))))
    return found


def parts(ties: set[tuple[str, str]], actors: set[str]) -> list[set[str]]:
    """The connected parts, the largest first, of equal ones that with the lowest uid."""
    joined = {actor: {actor} for actor in actors}
    for a, b in ties:
        both = joined[a] | joined[b]
        joined |= {actor: both for actor in both}
    return sorted(
        map(set, {frozenset(p) for p in joined.values()}), key=lambda p: (-len(p), min(p))
    )


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.sampled_from("abcdefghijklmn"), st.sampled_from("abcdefghijklmn"))))
def test_cuts_equal_brute_force(ties: list[tuple[str, str]]) -> None:
    found = cuts(ties)
    got = [(cut.actors, cut.larger, tuple(found.names(cut))) for cut in found.ranked]
    assert len(got) == len(set(got))
    assert set(got) == brute(ties)
    assert [cut.smaller for cut in found.ranked] == [len(names) for *_, names in got]
    assert found.ranked == sorted(found.ranked, key=lambda cut: (-cut.smaller, cut.actors))


def test_a_long_chain_takes_no_recursion() -> None:
    names = [f"{at:05}" for at in range(30_000)]
    found = cuts(pairwise(names))
    assert len(found.ranked) == 29_999 + 29_998
    assert found.ranked[0].smaller == 15_000


def told(answer: dict[str, Any]) -> dict[tuple[str, ...], int]:
    return {
        (row["actor_uid"],) if row["kind"] == "ACTOR" else (row["from_uid"], row["to_uid"]): row[
            "smaller_side"
        ]
        for row in answer["rows"]
    }


def test_the_kite(plant: Any, reader: Readers, run: Run) -> None:
    plant.kite()
    answer = run(bridges(reader(4)))
    assert told(answer) == {
        ("Heather",): 2,
        ("Heather", "Ike"): 2,
        ("Ike",): 1,
        ("Ike", "Jane"): 1,
    }
    first, last = answer["rows"][0], answer["rows"][-1]
    assert (first["cut_off"], first["larger_side"]) == (["Ike", "Jane"], 7)
    assert (first["act_on"], first["make_it_two"], answer["total"]) == (False, [], 4)
    assert first["reason"].startswith("Without Heather, 2 would be cut off: Ike and Jane.")
    assert answer["draws"] == 200 and "give or take 7 in a hundred" in answer["uncertainty"]
    assert answer["coverage"]["sentence"].startswith("It rests on nobody's data")
    sure = round(100 * first["confidence"])
    assert 0 < sure < 100 and f"in {sure}% of 200 draws" in first["reason"]
    assert last["reason"].startswith("Without the tie between Ike and Jane, 1 would be cut off")


def test_what_was_not_looked_at_is_not_counted() -> None:
    looked_at = [{"name": f"n{k}", "organisations": [f"o{k}"], "places": []} for k in range(9)]
    side = [row | {"themes": ["tea"]} for row in looked_at]
    assert "Organisations on that side: o0, o1, o2, o3, o4 and 4 more." in reason(["x"], side, 9)
    said = reason(["x"], side, 1_000)
    assert "n4 and 995 more." in said and "o0, o1, o2, o3, o4 and others." in said


def network(shared: Path, name: str) -> list[tuple[str, str]]:
    with (shared / "networks" / name / "edges.csv").open(newline="") as file:
        return [(row["source"], row["target"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(
    ("name", "points", "count"),
    [
        ("karate_weighted", {"0": 6}, 1),
        ("florentine_marriage", {"Medici": 3, "Albizzi": 1, "Guadagni": 1, "Salviati": 1}, 5),
        ("les_miserables", {"Valjean": 15, "Myriel": 7, "Gavroche": 4}, 18),
        ("krackhardt_hightech_reports", {}, 20),
    ],
)
def test_known_networks(
    plant: Any,
    reader: Readers,
    run: Run,
    shared: Path,
    name: str,
    points: dict[str, int],
    count: int,
) -> None:
    ties = {(min(tie), max(tie)) for tie in network(shared, name)}
    plant.actors(*sorted({uid for tie in ties for uid in tie}))
    plant.ties([(a, b, 0.5) for a, b in ties])
    answer = told(run(bridges(reader(4))))
    assert len([cut for cut in answer if len(cut) == 2]) == count
    cut_points = {cut[0]: size for cut, size in answer.items() if len(cut) == 1}
    assert points.items() <= cut_points.items()
    known = json.loads((shared / "networks" / "known_answers.json").read_text())["networks"]
    if name in known:
        assert {tuple(sorted(tie)) for tie in known[name]["bridges"]} == {
            cut for cut in answer if len(cut) == 2
        }
        assert set(known[name]["articulation_points"]) == cut_points.keys()
    if name == "les_miserables":
        assert len(cut_points) == 8


@pytest.mark.slow
@pytest.mark.parametrize("name", ["krackhardt_hightech_friends", "uk_faculty_weighted"])
def test_how_many_steps_apart(
    plant: Any, reader: Readers, run: Run, shared: Path, name: str
) -> None:
    """Where all ties are alike the best pathway is a shortest one."""
    ties = {(min(tie), max(tie)) for tie in network(shared, name)}
    plant.actors(*sorted({uid for tie in ties for uid in tie}))
    plant.ties([(a, b, 0.5) for a, b in ties])
    known = json.loads((shared / "networks" / "known_answers.json").read_text())["networks"]
    for each in known[name]["path_answers"]:
        found = run(pathways(reader(4), each["from"], Target(actor=each["to"]), routes=1))
        assert len(found["routes"][0]["hops"]) == each["hops"], each


def test_a_large_network_as_networkx_and_igraph_count_it(shared: Path) -> None:
    found = cuts(network(shared, "online_social_network_weighted")).ranked
    assert len([cut for cut in found if len(cut.actors) == 2]) == 398
    assert len([cut for cut in found if len(cut.actors) == 1]) == 220


def test_only_ties_the_viewer_may_see_hold(plant: Any, reader: Readers, run: Run) -> None:
    """A ring for stewards, of which members see all but one tie, and the public only two."""
    plant.actors("a", "b", "c", "d")
    plant.ties([("a", "b", 0.5), ("b", "c", 0.5)], at=4)
    plant.ties([("c", "d", 0.5)], at=3)
    plant.ties([("d", "a", 0.5)], at=1)
    assert told(run(bridges(reader(1)))) == {}
    assert told(run(bridges(reader(3)))) == {
        ("a", "b"): 1,
        ("b",): 1,
        ("b", "c"): 2,
        ("c",): 1,
        ("c", "d"): 1,
    }
    public = run(bridges(reader(4)))
    assert told(public) == {("a", "b"): 1, ("b",): 1, ("b", "c"): 1}
    assert "d" not in {uid for row in public["rows"] for uid in row["cut_off"]}


def test_a_tie_of_a_stated_no_alone_is_none(plant: Any, reader: Readers, run: Run) -> None:
    plant.actors("a", "b", "c")
    plant.ties([("a", "b", 0.5), ("b", "c", 0.5)])
    no = plant.tie(0.0, kinds=["no_tie"])
    plant.write([("a", "c", no), ("c", "a", no)])
    assert ("b",) in told(run(bridges(reader(4))))
    plant.cypher("MATCH (:Actor {uid: 'a'})-[t:TIE]-(:Actor {uid: 'c'}) SET t.kinds = ['role']")
    assert ("b",) in told(run(bridges(reader(4)))), "at this level it still rests on no_tie alone"
    assert told(run(bridges(reader(1)))) == {}


def test_a_scope_is_a_field_of_its_own(plant: Any, reader: Readers, run: Run) -> None:
    plant.actors("a", "b", "c", "d")
    plant.ties([("a", "b", 0.5), ("b", "c", 0.5), ("c", "a", 0.5), ("c", "d", 0.5)])
    plant.cypher(
        """CREATE (town:Place {uid: 'town', name: 'Coventry', audience: 4})
        CREATE (net:Actor:Organisation:Network {uid: 'net', name: 'Net', consent: 4})
        CREATE (area:Place {uid: 'area', name: 'West Midlands', audience: 4})
        CREATE (town)-[:WITHIN {audience: 4}]->(area)
        CREATE (t:Theme {uid: 't', label: 'belonging', audience: 4})
        WITH town, net, t MATCH (x:Actor) WHERE x.uid IN ['a', 'b', 'c']
        CREATE (x)-[:BASED_IN {audience: CASE x.uid WHEN 'c' THEN 2 ELSE 4 END}]->(town)
        CREATE (x)-[:WORKS_ON {audience: 4}]->(t)
        FOREACH (_ IN CASE x.uid WHEN 'a' THEN [] ELSE [1] END |
          CREATE (x)-[:MEMBER_OF {audience: 4}]->(net))"""
    )
    plant.cypher("MATCH (:Actor {uid: 'a'})-[t:TIE]-(:Actor {uid: 'b'}) SET t.label_4 = 'thick'")
    assert told(run(bridges(reader(4)))) == {("c",): 1, ("c", "d"): 1}
    assert told(run(bridges(reader(2), {"place": "area"}))) == {}
    assert told(run(bridges(reader(4), {"place": "area"}))) == {("a", "b"): 1}
    assert told(run(bridges(reader(4), {"theme": "t"}))) == {}
    (row,) = run(bridges(reader(4), {"network": "net"}))["rows"]
    assert (row["from_uid"], row["to_uid"]) == ("b", "c")
    assert "Places on that side" not in row["reason"], "c's place is for weavers"
    assert "Themes on that side: belonging." in row["reason"]
    assert (row["themes"], row["places"], row["organisations"]) == (["belonging"], [], [])
    assert told(run(bridges(reader(4), {"label": "thick"}))) == {("a", "b"): 1}
    with pytest.raises(NotFound):
        run(bridges(reader(4), {"place": "nowhere"}))
    with pytest.raises(WrongUse):
        run(bridges(reader(4), {"label": "strong"}))


def test_a_bridge_that_is_hardly_one_is_not_acted_on(plant: Any, reader: Readers, run: Run) -> None:
    """Two halves of sure ties: hardly a draw has no unrecorded tie across."""
    left, right = [f"l{n}" for n in range(5)], [f"r{n}" for n in range(6)]
    plant.actors(*left, *right, kind="Organisation")
    sides = [(a, b) for side in (left, right) for a in side for b in side if a < b]
    rows = [(a, b, plant.tie(0.9) | LIKELY) for a, b in [*sides, ("l0", "r0")]]
    plant.write([*rows, *((b, a, props) for a, b, props in rows)])
    on_tea(plant, l1=4, l2=4, r1=4, r2=4)
    tie = next(row for row in run(bridges(reader(1)))["rows"] if row["kind"] == "TIE")
    assert (tie["smaller_side"], tie["larger_side"]) == (5, 6) and tie["confidence"] < 0.6
    assert not tie["act_on"] and tie["make_it_two"] == []
    assert tie["verdict"].startswith("A place to look, not to act: it is sure in less than 60%")


def test_second_links_are_pairs_across_the_gap_that_the_viewer_may_know_of(
    plant: Any, reader: Readers, run: Run
) -> None:
    plant.actors("a", "b", kind="Organisation")
    plant.actors("c", "d", "e", "far")
    unlikely = {name: 0.1 for name in LIKELY}
    pairs = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")]
    rows = [(x, y, plant.tie(0.1) | unlikely) for x, y in pairs]
    plant.write([*rows, *((y, x, props) for x, y, props in rows)])
    on_tea(plant, a=4, b=1, d=4, e=4, far=4)

    def middle(level: int) -> dict[str, Any]:
        rows = run(bridges(reader(level)))["rows"]
        return next(row for row in rows if (row["from_uid"], row["to_uid"]) == ("b", "c"))

    def links(row: dict[str, Any]) -> list[tuple[str, str]]:
        return [(link["left_uid"], link["right_uid"]) for link in row["make_it_two"]]

    steward, public = middle(1), middle(4)
    assert steward["confidence"] >= 0.6 and steward["act_on"]
    assert steward["verdict"].startswith("Worth acting on")
    assert links(steward) == [("a", "d"), ("b", "e"), ("a", "e")]
    assert steward["make_it_two"][0]["reason"] == "a and d both have to do with tea."
    assert links(public) == [("a", "d"), ("a", "e")], "nor is the stewards' answer given to others"


LIKELY = {"likely": 1.0, "likely_2": 1.0, "likely_3": 1.0, "likely_4": 1.0}


def on_tea(plant: Any, **who: int) -> None:
    """Each works on tea, which may be seen at a level."""
    plant.cypher("CREATE (:Theme {uid: 'tea', label: 'tea', audience: 4})")
    plant.cypher(
        """UNWIND $rows AS row
        MATCH (x:Actor {uid: row[0]}), (t:Theme)
        CREATE (x)-[:WORKS_ON {audience: row[1], uid: row[0]}]->(t)""",
        rows=[list(each) for each in who.items()],
    )


def test_the_order_in_which_ties_are_read_tells_nothing() -> None:
    """What lies hidden beside them moves it: the draws must be those of the ties alone."""
    ring = [(f"p-{n}", f"p-{(n + 1) % 7}", 0.5) for n in range(7)]
    ties = [*ring, *((f"p-{n}", f"p-{n}{n}", 0.6) for n in range(4))]
    found, turned = drawn(of_ties(ties)), drawn(of_ties(ties[::-1]))
    assert found.shares.tolist() == turned.shares.tolist() and len(found.shares) == 8
    assert found.cuts.ranked == turned.cuts.ranked
