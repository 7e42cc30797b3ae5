"""Candidates in the graph: found, kept, told to those who may, no part of the hash. Invented."""

import io
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from neo4j import AsyncDriver

from tieline.cli.main import main
from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.database.reader import Reader
from tieline.graphql.context import Asking
from tieline.graphql.errors import formatted
from tieline.graphql.operations import saved
from tieline.graphql.schema import schema
from tieline.graphql.writing import Writer
from tieline.loaders.batch import apply
from tieline.loaders.candidates.keep import suggest
from tieline.loaders.change import Said
from tieline.loaders.refresh import refresh
from tieline.queries.duplicates.ask import duplicates
from tieline.queries.hash.hash import graph_hash
from tieline.schema.consent import Viewer
from tieline.schema.records import Record, Row, dump
from tieline.settings import settings

Raw = Callable[..., list[dict[str, Any]]]
STREETS = ("Alder", "Beech", "Cedar", "Damson", "Elder", "Fir", "Gorse", "Holly")
WORKS = ("Kitchen", "Library", "Workshop", "Garden", "Choir", "Forge", "Orchard", "Bakery")
WARM, KETTLE = "Warm Hearth of Netherby", "Copper Kettle Collective"


def thing(source: str, local: str, kind: str, name: str, **fields: Any) -> Row:
    branch = fields.pop("branch", False)
    ids = (f"local-{source}-{kind}-{local}",)
    said = dump({"name": name} | fields)
    return Row(Record(f"{source}:{local}", kind, source, said, "", ids, branch))


def rows(source: str) -> list[Row]:
    """64 of one source that nobody would mix up; and some that are in the other too."""
    web = "https://warmhearth.example"
    found = [
        thing("a", "warm", "organisation", WARM, url=web),
        thing("a", "kettle", "organisation", KETTLE),
        thing("a", "ash", "person", "Rosalind Featherstonehaugh", consent=2),
        thing("a", "elm", "person", "Ignatius Thistlethwaite", consent=0),
    ]
    if source == "b":
        return [
            thing("b", "warm", "organisation", f"The {WARM} Ltd", url=f"{web}/about"),
            thing("b", "branch", "organisation", KETTLE, branch=True),
            thing("b", "ash", "person", "Rosalind Featherstonehaugh", consent=2),
            thing("b", "elm", "person", "Ignatius Thistlethwaite", consent=0),
        ]
    for at, (street, work) in enumerate((s, w) for s in STREETS for w in WORKS):
        page = f"https://{street}{work}.example".lower()
        found.append(thing("a", f"o{at}", "organisation", f"{street} Street {work}", url=page))
        found.append(thing("a", f"p{at}", "person", f"{work}son {street}by", consent=4))
    return found


@pytest.fixture
def field(graph: Graph, raw: Raw) -> Graph:
    refresh(graph, settings().today)
    for slug in "ab":
        raw("CREATE (:Source {slug: $s, audience: 4, reliability: 1.0, title: $s})", s=slug)
        said = [Said(row) for row in sorted(rows(slug), key=lambda row: row.record.uid)]
        graph.write(lambda steps, said=said, slug=slug: apply(steps, slug, said))  # type: ignore[misc]
    return graph


@pytest.fixture
def reader(driver: AsyncDriver, address: Address) -> Callable[[int], Reader]:
    """A patient one: a plan made for the first time on a busy machine takes seconds."""
    return lambda level: Reader(driver, address.database, Viewer(level), seconds=60)


def pairs(raw: Raw) -> set[tuple[str, str]]:
    found = raw(
        "MATCH (c:Candidate {level: 1}) WHERE c.left IS NOT NULL RETURN c.left AS l, c.right AS r"
    )
    return {(row["l"], row["r"]) for row in found}


def told(run: Any, reader: Any, level: int) -> dict[tuple[str, ...], dict[str, Any]]:
    answer = run(duplicates(reader(level), "same_record"))
    return {tuple(row["record_uids"]): row for row in answer["rows"]}


def test_found_kept_and_told_to_those_who_may(
    field: Graph, raw: Raw, run: Any, reader: Callable[[int], Reader]
) -> None:
    """One story, since comparing takes seconds."""
    before = graph_hash(field)
    found = {each.kind: each for each in suggest(field)}
    assert graph_hash(field) == before, "candidates are no part of it"
    assert found["organisation"].compared and found["person"].compared
    assert ("a:warm", "b:warm") in pairs(raw) and ("a:ash", "b:ash") in pairs(raw)
    assert ("a:kettle", "b:branch") not in pairs(raw), "a branch is not its parent"
    assert ("a:elm", "b:elm") not in pairs(raw), "who is hidden is not compared"
    assert not any(each.compared for each in suggest(field)), "nothing has changed"

    steward, anyone = told(run, reader, 1), told(run, reader, 4)
    warm = steward["a:warm", "b:warm"]
    said = " ".join(reason["text"] for reason in warm["reasons"])
    assert warm["status"] == "open" and warm["weight"] > 0.5 and "web address" in said
    assert f"{WARM} / The {WARM} Ltd" in said or f"The {WARM} Ltd / {WARM}" in said
    assert anyone["a:warm", "b:warm"] == warm, "whoever sees all of it is told all of it"
    assert ("a:ash", "b:ash") in steward and ("a:ash", "b:ash") not in anyone
    assert ("a:ash", "b:ash") not in told(run, reader, 2), "people: stewards alone"


def test_what_somebody_may_not_see_moves_none_of_theirs(
    field: Graph, raw: Raw, run: Any, reader: Callable[[int], Reader]
) -> None:
    """A weaver is told of what weavers see; to anyone nothing is other than it was before."""
    suggest(field, ["organisation"])
    before = told(run, reader, 4)
    raw("CREATE (:Source {slug: 'c', audience: 2, reliability: 1.0, title: 'c'})")
    some = [
        thing("c", "warm", "organisation", WARM, url="https://warmhearth.example"),
        thing("c", "kettle", "organisation", KETTLE),
        *(thing("c", f"o{n}", "organisation", f"{WARM} {n}") for n in range(9)),
    ]
    said = [Said(row) for row in sorted(some, key=lambda row: row.record.uid)]
    field.write(lambda steps: apply(steps, "c", said))
    suggest(field, ["organisation"])
    assert told(run, reader, 4) == before
    weaver = told(run, reader, 2)
    assert ("a:warm", "c:warm") in weaver and ("a:warm", "b:warm") in weaver
    assert not any(uid.startswith("c:") for pair in told(run, reader, 3) for uid in pair)


def test_stewards_judge_and_are_asked_again_if_what_decided_changed(
    field: Graph, run: Any, reader: Callable[[int], Reader], address: Address
) -> None:
    before = graph_hash(field)
    writer = Writer(address)

    def put(name: str, level: int, **given: Any) -> tuple[Any, list[Any]]:
        asking = Asking(reader(level), writer=writer)
        result = run(schema().execute(saved()[name].text, given, asking))
        data = next(iter((result.data or {"": None}).values()))
        return data, [formatted(error) for error in result.errors or ()]

    ends = {"left": "a:warm", "right": "b:warm"}
    judge = {"input": ends | {"verdict": "SAME", "why": "one web page"}}
    for level in (4, 3, 2):
        data, errors = put("judge", level, **judge)
        assert data is None and errors[0]["extensions"]["code"] == "FORBIDDEN"
        assert "tieline review" in errors[0]["message"]
    data, errors = put("judge", 1, **judge)
    assert not errors and data["joined"] and data["changed"] and data["bookmark"]
    joined = told(run, reader, 1)["a:warm", "b:warm"]
    assert joined["status"] == "same" and joined["judgement"]["why"] == "one web page"
    data, errors = put("unjudge", 1, **ends)
    assert not errors and not data["joined"] and graph_hash(field) == before

    put("judge", 1, input=ends | {"verdict": "DIFFERENT"})
    assert told(run, reader, 1)["a:warm", "b:warm"]["status"] == "different"
    moved = thing("b", "warm", "organisation", f"{WARM} and Hurstwood", url="https://other.example")
    field.write(lambda steps: apply(steps, "b", [Said(moved)]))
    again = told(run, reader, 1)["a:warm", "b:warm"]
    assert again["status"] == "open" and again["judgement"]["stale"]
    assert "has changed since" in again["reasons"][-1]["text"]
    writer.close()


@pytest.fixture
def tieline(
    field: Graph,
    address: Address,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., tuple[str, str]]:
    for name in ("uri", "user", "password", "database"):
        monkeypatch.setenv(f"TIELINE_NEO4J_{name.upper()}", getattr(address, name))

    def run(*arguments: str, typed: str = "") -> tuple[str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        said = capsys.readouterr()
        assert ended.value.code == 0, said.err
        return said.out, said.err

    return run


def test_a_sitting_at_the_terminal_or_through_a_pipe(
    tieline: Callable[..., tuple[str, str]], field: Graph, raw: Raw
) -> None:
    before = graph_hash(field)
    out, err = tieline("review", typed="what\ns the same page\nz\nd\nq\n")
    assert "'what' is no answer" in err and "They are one thing now." in err
    assert "Taken back." in err and "said by" in out and "(+" in out
    assert "Said: 1 different, 1 same, 1 undone." in out
    kept = raw("MATCH (j:Judgement) RETURN j.left AS l, j.right AS r, j.verdict AS v")
    assert [row["v"] for row in kept] == ["different"]
    out, _ = tieline("review", "--judge", kept[0]["l"], kept[0]["r"], "none")
    assert out.startswith("Taken back.") and graph_hash(field) == before
    out, _ = tieline("review", "--judge", "a:warm", "b:warm", "same", "--why", "seen there")
    assert out == "They are one thing now.\n"
    out, _ = tieline("review", "--json", "--as-it-is", "--status", "same")
    nodes = orjson.loads(out)["duplicates"]["nodes"]
    assert [node["judgement"]["why"] for node in nodes] == ["seen there"]
    out, _ = tieline("candidates", "--kind", "organisation", "--json")
    assert orjson.loads(out)[0]["kind"] == "organisation"


def test_more_than_one_request_may_ask_for_is_listed(
    tieline: Callable[..., tuple[str, str]], raw: Raw
) -> None:
    """A charity and its company number, seven hundred times."""
    raw(
        """UNWIND range(100001, 100700) AS n UNWIND ['GB-CHC-', 'GB-COH-00'] AS register
        CREATE (:Actor:Organisation {uid: 'o-' + register + n, name: 'Body ' + n, consent: 4})
          <-[:DESCRIBES]-(:Record {uid: 'a:' + register + n, source: 'a'})
          -[:IDENTIFIED_BY]->(:Identifier {uid: register + n})"""
    )
    for level, first in (("steward", 690), ("anonymous", 150), ("steward", 2000)):
        out, _ = tieline("review", "--as-it-is", "--json", "--first", str(first), "--as", level)
        found = orjson.loads(out)["duplicates"]
        ends = {(node["left"]["uid"], node["right"]["uid"]) for node in found["nodes"]}
        assert len(ends) == len(found["nodes"]) == min(first, 700)
        assert found["totalCount"] == 700 and found["pageInfo"]["hasNextPage"] == (first < 700)


def test_a_branch_and_a_pair_said_to_differ_stay_apart_through_the_commands(
    tieline: Callable[..., tuple[str, str]], raw: Raw
) -> None:
    """Whole and branch are no candidates; a union that holds two said to differ is refused."""
    tieline("candidates", "--kind", "organisation")
    assert ("a:warm", "b:warm") in pairs(raw) and ("a:kettle", "b:branch") not in pairs(raw)
    out, _ = tieline("review", "--judge", "b:warm", "a:kettle", "different", "--why", "seen both")
    assert out == "They stay two things, whatever identifiers say.\n"
    out, _ = tieline("review", "--judge", "a:warm", "b:warm", "same")
    assert out == "They are one thing now.\n"
    with pytest.raises(AssertionError, match=r"cannot be one thing.*those were judged different"):
        tieline("review", "--judge", "a:warm", "a:kettle", "same")
    assert things(raw) == [["a:kettle"], ["a:warm", "b:warm"], ["b:branch"]]

    tieline("review", "--judge", "b:warm", "a:kettle", "none")
    out, _ = tieline("review", "--judge", "a:warm", "a:kettle", "same")
    assert things(raw) == [["a:kettle", "a:warm", "b:warm"], ["b:branch"]]
    tieline("review", "--judge", "b:warm", "a:kettle", "different")
    assert len(things(raw)) == 3, "what holds them together gives way"
    out, _ = tieline("review", "--as-it-is", typed="d two bodies\nq\n")
    assert "yet a:warm and b:warm were judged the same" in " ".join(out.split()), "and is asked"
    said = raw("MATCH (j:Judgement {left: 'a:warm', right: 'b:warm'}) RETURN j.verdict AS v")
    assert said == [{"v": "different"}], "of the two records that it hangs on"
    assert "were judged the same" not in tieline("review", "--as-it-is", "--json")[0]


def things(raw: Raw) -> list[list[str]]:
    """Which records describe one thing."""
    found = raw(
        "MATCH (r:Record)-[:DESCRIBES]->(o:Organisation) WHERE r.uid IN $uids "
        "RETURN o.uid AS thing, collect(r.uid) AS records",
        uids=["a:warm", "b:warm", "a:kettle", "b:branch"],
    )
    return sorted(sorted(each["records"]) for each in found)
