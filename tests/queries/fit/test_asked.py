"""fit and gaps on the real server: what is read, at which level, and that themes widen as one."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from tieline.database.graph import Graph
from tieline.database.reader import Reader
from tieline.errors import NotFound, WrongUse
from tieline.queries.fit.ask import fit
from tieline.queries.gaps.ask import gaps
from tieline.queries.gaps.read import read
from tieline.queries.themes import reach
from tieline.schema.consent import Viewer

Run = Callable[..., Any]
PLANTED = """
CREATE (:Source {slug: 'open', title: 'Open', audience: 4, public: false}),
  (:Source {slug: 'notes', title: 'Notes', audience: 2, public: false})
CREATE (n:Place {uid: 'North', name: 'North', audience: 4})
CREATE (l:Place {uid: 'Leeds', name: 'Leeds', audience: 4, location: point({latitude: 53.8, longitude: -1.55})})
CREATE (y:Place {uid: 'York', name: 'York', audience: 4, location: point({latitude: 53.96, longitude: -1.08})})
CREATE (l)-[:WITHIN {uid: 'w1', audience: 4}]->(n)<-[:WITHIN {uid: 'w2', audience: 4}]-(y)
CREATE (tea:Theme {uid: 'tea', label: 'tea', audience: 4}), (kind:Theme {uid: 'kind', label: 'kindness', audience: 4})
CREATE (me:Actor:Organisation {uid: 'me', name: 'Mill', consent: 4}),
  (near:Actor:Organisation {uid: 'near', name: 'Loom', consent: 4}),
  (quiet:Actor:Organisation {uid: 'quiet', name: 'Quiet', consent: 2}),
  (ada:Actor:Person {uid: 'ada', name: 'Ada', consent: 2})
CREATE (:Record {uid: 'open:ada', handle: 'p-ada', source: 'open', kind: 'person', fields: '{}', digest: 'd'})-[:DESCRIBES]->(ada)
CREATE (j:Project {uid: 'j', title: 'Tea at Four', starts: '2026-01-01', ends: '2099-01-01', audience: 4, reached: 40})
CREATE (k:Project {uid: 'k', title: 'Kind Steps', starts: '2026-01-01', ends: '2099-01-01', audience: 4, reached: 4})
WITH * UNWIND [
  [me, 'BASED_IN', l, 4], [near, 'BASED_IN', l, 4], [quiet, 'BASED_IN', l, 2], [ada, 'BASED_IN', l, 2],
  [me, 'WORKS_ON', tea, 4], [near, 'WORKS_ON', tea, 4], [quiet, 'WORKS_ON', tea, 2],
  [ada, 'WORKS_ON', kind, 2], [near, 'LEADS', j, 4], [j, 'SERVES', l, 4], [j, 'WORKS_ON', tea, 4],
  [near, 'LEADS', k, 4], [k, 'SERVES', y, 4], [k, 'WORKS_ON', kind, 4],
  [me, 'ASKS_FOR', kind, 4], [near, 'OFFERS', kind, 4], [quiet, 'OFFERS', kind, 2]
] AS row
WITH row[0] AS a, row[1] AS verb, row[2] AS b, row[3] AS level
CREATE (a)-[r:$(verb)]->(b) SET r.uid = a.uid + verb + b.uid, r.audience = level, r.source = 'open'
"""  # noqa: E501


@pytest.fixture
def planted(graph: Graph, raw: Callable[..., Any]) -> None:
    raw(PLANTED)


def part(answer: dict[str, Any], name: str) -> dict[str, Any]:
    return next(section for section in answer["sections"] if section["part"] == name)


def who(section: dict[str, Any]) -> list[str]:
    return [line["actor_uid"] for line in section["lines"]]


def test_each_part_is_there_with_lines_or_a_sentence(planted: None, run: Run, reader: Run) -> None:
    answer = run(fit(reader(4), "me"))
    assert [each["part"] for each in answer["sections"]] == [
        "allies", "support", "projects", "parallel", "lessons", "gaps",
    ]  # fmt: skip
    assert all(bool(each["lines"]) != bool(each["note"]) for each in answer["sections"])
    assert who(part(answer, "allies")) == ["near"] and who(part(answer, "support")) == ["near"]
    assert part(answer, "projects")["lines"][0]["project_uid"] == "j"
    assert "No recorded pathway" in part(answer, "support")["lines"][0]["reason"]
    assert answer["coverage"]["sentence"] and answer["uncertainty"] and answer["graph_version"]


def test_who_is_hidden_is_in_no_part(planted: None, run: Run, reader: Run) -> None:
    assert "quiet" in str(run(fit(reader(2), "me")))
    assert "quiet" not in str(run(fit(reader(3), "me"))).casefold()
    with pytest.raises(NotFound):
        run(fit(reader(3), "quiet"))
    with pytest.raises(WrongUse):
        run(fit(reader(3), "me", 21))


def test_the_first_go_between_is_named(
    planted: None, raw: Callable[..., Any], run: Run, reader: Run
) -> None:
    raw(
        "MATCH (a:Actor {uid: 'me'}), (c:Actor {uid: 'near'}) CREATE (b:Actor:Organisation "
        "{uid: 'between', name: 'Weft', consent: 4}) WITH * "
        "UNWIND [[a, b], [b, c], [b, a], [c, b]] AS two WITH two[0] AS x, two[1] AS y "
        "CREATE (x)-[t:TIE]->(y) SET t.audience = 4, "
        "t.step = .5, t.step_4 = .5, t.label = 'thin', t.label_4 = 'thin', t.kinds_4 = ['role']"
    )
    line = part(run(fit(reader(4), "me")), "support")["lines"][0]
    assert (line["actor_uid"], line["through_uid"]) == ("near", "between")
    assert line["reason"].endswith("Ask Weft first.")


def test_a_person_unseen_by_others_has_a_fit_of_their_own(
    planted: None, raw: Callable[..., Any], run: Run, reader: Run, driver: Any, address: Any
) -> None:
    me = Reader(driver, address.database, Viewer(3, "p-ada"), seconds=60.0)
    with pytest.raises(NotFound):
        run(fit(reader(3), "ada"))
    answer = run(fit(me, "ada"))
    assert who(part(answer, "allies")) == ["near"], "an open source says what Ada works on"
    raw("MATCH (:Person {uid: 'ada'})-[r:WORKS_ON]->() SET r.source = 'notes'")
    me = Reader(driver, address.database, Viewer(3, "p-ada"), seconds=60.0)
    assert part(run(fit(me, "ada")), "allies")["lines"] == [], "weavers' notes are not Ada's"


def test_a_scope_keeps_to_its_place_theme_or_network(
    planted: None, raw: Callable[..., Any], run: Run, reader: Run
) -> None:
    def cells(**scope: str) -> set[tuple[str, str]]:
        rows = run(gaps(reader(4), scope))["rows"]
        return {(row["theme_uid"], row["place_uid"]) for row in rows}

    every = {(t, p) for t in ("tea", "kind") for p in ("Leeds", "York")}
    assert cells() == every
    assert (
        cells(place="York") == {("tea", "York"), ("kind", "York")} and cells(place="North") == every
    )
    assert cells(theme="tea") == {("tea", "Leeds"), ("tea", "York")}
    raw("MATCH (n:Actor {uid: 'near'}) CREATE (n)-[:MEMBER_OF {uid: 'm', audience: 4}]->"
        "(:Actor:Organisation:Network {uid: 'net', name: 'Net', consent: 4})")  # fmt: skip
    assert cells(network="net") == every and cells(network="net", place="York", theme="tea")
    with pytest.raises(WrongUse):
        run(gaps(reader(4), {"label": "thin"}))


def test_a_cell_tells_figures_and_whom_to_learn_from(planted: None, run: Run, reader: Run) -> None:
    rows = run(gaps(reader(4)))["rows"]
    told = {(row["theme_uid"], row["place_uid"]): row for row in rows}
    assert (told["tea", "Leeds"]["now"], told["tea", "Leeds"]["reached"]) == (1, 40)
    assert told["kind", "York"]["reached"] is None, "four is fewer than five"
    assert told["tea", "York"]["learn"]["reason"] == (
        "Nearest on record: Tea at Four in Leeds (36 km away, both in North), led by Loom."
    )


def test_nothing_recorded_is_said_so(graph: Graph, run: Run, reader: Run) -> None:
    answer = run(gaps(reader(4)))
    assert answer["rows"] == [] and "not to say that nothing happens" in answer["note"]


@pytest.mark.parametrize("seed", range(4))
def test_the_table_widens_themes_as_a_scope_does(
    graph: Graph, raw: Callable[..., Any], run: Run, reader: Run, seed: int
) -> None:
    """One theme counts for another just where queries/themes/reach.py says that it is within."""
    dice = Random(seed)
    uids = [f"t{n}" for n in range(12)]
    raw("UNWIND $uids AS uid CREATE (:Theme {uid: uid, label: uid, audience: 4})", uids=uids)
    ways = ["exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch", None, None]
    rows = [[*dice.sample(uids, 2), dice.choice(ways), n] for n in range(10)]
    raw(
        "UNWIND $rows AS row MATCH (a:Theme {uid: row[0]}), (b:Theme {uid: row[1]}) "
        "CREATE (a)-[r:$(CASE WHEN row[2] IS NULL THEN 'BROADER' ELSE 'MATCHES' END)]->(b) "
        "SET r.uid = 'r' + row[3], r.audience = 4, r.predicate = row[2]",
        rows=rows,
    )
    field = run(read(reader(4)))
    for wide in uids:
        one = field.themes.of(wide)
        counted = {uid for uid in uids if one in field.counts_for[uid]}
        assert counted == set(run(reach.within(reader(4), wide))), rows
