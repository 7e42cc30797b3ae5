"""What is known and who says it: `tieline show` and `tieline records` on the example field."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from tieline.cli.main import main
from tieline.cli.show import shown
from tieline.database.graph import Graph
from tieline.database.reader import Reader
from tieline.errors import Ambiguous, NotFound
from tieline.loaders.compose import PROPERTIES
from tieline.loaders.origins import NEVER, STEWARDS
from tieline.schema.consent import LEVELS, STEWARD

Run = Callable[..., Any]
Answer = dict[str, Any]
SAID = ("name", "title", "label")


@pytest.fixture
def ask(field: Graph, reader: Callable[[int], Reader], run: Run) -> Callable[[str, int], Answer]:
    return lambda text, level: run(shown(reader(level), text))


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def everything(ask: Callable[..., Any]) -> list[Answer]:
    """Each thing's own properties, straight from the graph."""
    rows: list[Answer] = ask(
        "MATCH (n) WHERE n.uid IS NOT NULL AND (n:Actor OR n:Project OR n:Place OR n:Theme) "
        "RETURN properties(n) AS props, coalesce(n.consent, n.audience) AS seen, "
        "toLower(head([l IN labels(n) WHERE l <> 'Actor' AND l <> 'Network'])) AS kind"
    )
    return rows


@pytest.mark.parametrize("level", LEVELS)
def test_values_are_those_that_the_graph_holds(
    ask: Callable[[str, int], Answer], plain: Run, reader: Callable[[int], Reader],
    run: Run, level: int,
) -> None:  # fmt: skip
    """Of every thing that the viewer may see: each value with its winner, and nothing else."""
    looked = 0
    for row in everything(plain)[::3]:
        props, kind = row["props"], row["kind"]
        if row["seen"] < level:
            with pytest.raises(NotFound):
                ask(props["uid"], level)
            continue
        told = {each["field"]: each for each in ask(props["uid"], level)["values"]}
        for name in set(PROPERTIES[kind]) - set(NEVER):
            seen = None if name in STEWARDS and level > STEWARD else props.get(name)
            assert told.get(name, {}).get("value") == seen, (props["uid"], name)
            if name in told:
                winners = [each["value"] for each in told[name]["said"] if each["wins"]]
                assert props[name] in winners or set(props[name]) <= set(winners)
        looked += 1
    assert looked > 20


@pytest.mark.parametrize("level", LEVELS)
def test_records_are_those_that_the_viewer_may_read(
    ask: Callable[[str, int], Answer], plain: Run, reader: Callable[[int], Reader],
    run: Run, level: int,
) -> None:  # fmt: skip
    """Compared with the statement that GraphQL reads records by."""
    for row in everything(plain)[::4]:
        if row["seen"] < level:
            continue
        uids = [
            each["r"]
            for each in plain(
                "MATCH ({uid: $uid})<-[:DESCRIBES]-(r:Record) RETURN r.uid AS r",
                uid=row["props"]["uid"],
            )
        ]
        pages = run(reader(level).pages("lists/records", parents=uids, cols=["uid"]))
        want = sorted(parent for parent, rows in pages if rows)
        told = ask(row["props"]["uid"], level)
        assert [each["uid"] for each in told["records"]] == want
        named = {each["record"] for field in told["values"] for each in field["said"]}
        named |= {uid for each in told["identifiers"] for uid in each["records"]}
        assert named <= set(want)


@pytest.fixture
def plain(connection: Graph, address: Any) -> Any:
    """Any Cypher on the field (`raw` would empty it)."""
    from neo4j import GraphDatabase

    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as opened:
        yield lambda text, **params: [
            record.data()
            for record in opened.execute_query(text, params, database_=address.database).records
        ]


def test_a_number_a_name_and_a_handle_lead_to_the_same(
    ask: Callable[[str, int], Answer],
) -> None:
    by_name = ask("Candlewick Commons", 4)
    assert ask("GB-CHC-9900002", 4) == by_name
    assert ask(by_name["uid"], 4) == by_name
    (other,) = [v for v in by_name["values"] if v["field"] == "also_known_as"]
    assert [each["source"] for each in other["said"]] == ["hearth-fund"]


def test_a_name_of_several_lists_them(field: Graph, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = typed(capsys, "show", "community")
    assert (status, out) == (2, "") and "answer to 'community'" in err
    assert len(err.splitlines()) > 2
    assert issubclass(Ambiguous, Exception)


def test_nobody_reads_what_is_for_stewards(
    ask: Callable[[str, int], Answer],
) -> None:
    steward, anyone = ask("Amara Thistlewood", 1), ask("Amara Thistlewood", 4)
    names = {each["field"] for each in steward["values"]} - {e["field"] for e in anyone["values"]}
    assert names == {"capacity", "consent"}
    assert all("file" in each for each in steward["records"])
    assert not any("file" in each or "row" in each for each in anyone["records"])
    assert not any({"consent", "capacity"} & each["fields"].keys() for each in anyone["records"])


def test_pages_follow_each_other(
    field: Graph, plain: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    found: list[str] = []
    after: list[str] = []
    for _ in range(20):
        words = ("records", "--source", "lanterns", "--kind", "person", "--first", "7", "--json")
        status, out, _ = typed(capsys, *words, *after)
        page = orjson.loads(out)
        found += [row["uid"] for row in page["rows"]]
        assert status == 0 and all(row["uid"].startswith("lanterns:") for row in page["rows"])
        if page["next"] is None:
            break
        after = ["--after", page["next"]]
    rows = plain(
        "MATCH (r:Record {source: 'lanterns', kind: 'person'})-[:DESCRIBES]->(p) "
        "WHERE r.digest IS NOT NULL RETURN r.uid AS uid, p.consent AS seen ORDER BY uid"
    )
    assert found == [row["uid"] for row in rows if row["seen"] >= 1]
    assert {row["seen"] for row in rows} >= {0, 1}


def test_what_somebody_felt_is_theirs_alone(
    field: Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    """Stewards read other observations' values; nobody else reads any."""
    for level, read in (("steward", True), ("weaver", False)):
        words = ("records", "--source", "lanterns", "--first", "1000", "--json", "--as", level)
        rows = orjson.loads(typed(capsys, *words)[1])["rows"]
        seen = [each for row in rows for each in row["fields"].get("observed", [])]
        felt = [each for each in seen if each["kind"] == "felt"]
        assert felt and all(each == {"kind": "felt"} for each in felt)
        assert any("value" in each for each in seen) == read


def test_no_row_names_somebody_whom_the_viewer_may_not_see(
    field: Graph, plain: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    hidden = [
        row["props"]["name"]
        for row in everything(plain)
        if row["kind"] == "person" and row["seen"] < 4 and "name" in row["props"]
    ]
    text = ""
    after: list[str] = []
    while True:
        words = ("records", "--first", "1000", "--json", "--as", "anonymous")
        page = orjson.loads(typed(capsys, *words, *after)[1])
        text += orjson.dumps(page["rows"]).decode()
        if page["next"] is None:
            break
        after = ["--after", page["next"]]
    assert len(text) > 10_000 and hidden
    assert [name for name in hidden if name in text] == []


def test_rows_that_speak_of_somebody(field: Graph, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = typed(capsys, "records", "--entity", "Amara Thistlewood", "--json")
    rows = orjson.loads(out)["rows"]
    assert status == 0 and len(rows) == 20
    for row in rows:
        named = [row.get("entity"), *(each["entity"] for each in row["mentions"])]
        assert any(uid and uid.startswith("p-") for uid in named)
