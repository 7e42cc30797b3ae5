"""Somebody erased: nothing of them is left, others stand, and no file brings them back."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import orjson
import pytest

from tieline.database.home import Home
from tieline.errors import LoadProblem, NotFound, WrongUse
from tieline.loaders.asks import note
from tieline.loaders.erasure.again import again
from tieline.loaders.erasure.erase import Erased, Rehearsed, erase
from tieline.loaders.erasure.secret import keep
from tieline.loaders.journal import load_rows
from tieline.loaders.judge import retract
from tieline.loaders.own_word.add import New, add
from tieline.loaders.own_word.answers import answers
from tieline.loaders.own_word.oneself import set_consent
from tieline.loaders.own_word.tie import describe

TODAY = date(2026, 11, 21)
ANN, BOB, CAT = "local-list-person-1", "local-list-person-2", "local-list-person-3"
WORDS = ("ann", "alder", "plants hedges", ANN)  # of Ann, wherever they may stand


@pytest.fixture(autouse=True)
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home's files apart from those of other tests; the database stays."""
    for name in ("erasure_secret", "erasures", "answers"):
        monkeypatch.setattr(Home, name, tmp_path / name)
    return tmp_path / "erasure_secret"


def listed(rows: Any) -> list[Any]:
    """What a partner sends: three people, a guild, a project, a row of several ties."""
    ann = rows.person("Ann Alder", ANN, consent=4, bio="Plants hedges", also_known_as=["Annie"])
    bob, cat = rows.person("Bob Birch", BOB, consent=4), rows.person("Cat Cedar", CAT, consent=4)
    guild = rows.body("Guild of Hedges", "GB-CHC-1000001")
    close = {"kind": "closeness", "value": 0.75, "reporter": "from", "on": "2026-05-01"}
    ends = [("OBSERVED", ann, bob, close), ("OBSERVED", bob, cat, close)]
    member: list[Any] = [("MEMBER_OF", who, guild, {}) for who in (ann, bob, cat)]
    soup = rows.project("list:5", ("LEADS", ann), ("PARTNERS_ON", bob), ("PARTNERS_ON", cat),
                        description="Soup, first cooked by Ann Alder")  # fmt: skip
    return [
        rows.thing("list:1", ann),
        rows.thing("list:2", bob),
        rows.thing("list:3", cat),
        rows.statement("list:4", *ends, day="2026-05-01"),
        rows.statement("list:6", *member, day="2026-01-01"),
        soup,
    ]


@pytest.fixture
def field(world: Any, rows: Any) -> Any:
    """A partner's list, what Ann and Bob said of each other, and a request."""
    world.load("list", listed(rows))
    world.load("other", [rows.thing("other:9", rows.person("A. Alder", ANN, consent=4))])
    uids = {name: uid_of(world, name) for name in ("Ann Alder", "Bob Birch", "Cat Cedar")}
    for one, other in (("Ann", "Bob"), ("Bob", "Ann"), ("Bob", "Cat")):
        world.graph.write(partial(_close, full(uids, one), full(uids, other)))
    world.graph.write(lambda s: set_consent(s, uids["Ann Alder"], 3, TODAY))
    three = (uids["Bob Birch"], uids["Ann Alder"], uids["Cat Cedar"])
    world.graph.write(partial(note, *three, TODAY))
    world.judge("list:1", "list:2", "different")
    world.judge("list:1", "other:9", "unsure")
    world.graph.write(lambda s: retract(s, "list:1", "other:9", "steward", "2026-11-21"))
    return world


def full(uids: dict[str, str], first: str) -> str:
    return next(uid for name, uid in uids.items() if name.startswith(first))


def _close(one: str, other: str, steps: Any) -> bool:
    return describe(steps, one, other, answers(closeness=4), TODAY, None)


def uid_of(world: Any, name: str) -> str:
    found = world.ask("MATCH (n:Person {name: $name}) RETURN n.uid AS uid", name=name)
    assert len(found) == 1, name
    return str(found[0]["uid"])


def gone(world: Any, name: str = "Ann Alder") -> Erased:
    uid = uid_of(world, name)
    erased: Erased = world.graph.write(lambda steps: erase(steps, uid, TODAY))
    keep(erased.keys, TODAY.isoformat())
    return erased


def everything(world: Any) -> str:
    """All that every node and relationship holds, as text in small letters."""
    found = world.ask("MATCH (n) RETURN properties(n) AS p")
    found += world.ask("MATCH ()-[x]->() RETURN properties(x) AS p")
    return "\n".join(str(row["p"]) for row in found).lower()


def test_nothing_of_them_is_left(field: Any) -> None:
    ids = [r["h"] for r in field.ask(
        "MATCH (:Person {name: 'Ann Alder'})<-[:DESCRIBES]-(r) RETURN r.handle AS h")]  # fmt: skip
    assert all(word in everything(field) for word in WORDS) and len(ids) >= 4
    erased = gone(field)
    left = everything(field)
    assert [word for word in (*WORDS, *ids) if word.lower() in left] == []
    assert set(ids) <= erased.handles and erased.sources == ["list", "other", "own-word"]
    found = field.ask(
        "CALL db.index.fulltext.queryNodes('names', 'alder OR ann OR annie') YIELD node "
        "RETURN node.name AS name"
    )
    assert found == []
    assert field.ask("MATCH (k:Ask|Judgement|Retraction) RETURN k") == []


def test_others_stand_as_if_they_had_never_been_spoken_of(field: Any, rows: Any) -> None:
    before = {pair: tie for pair, tie in field.ties().items() if "Ann Alder" not in pair}
    assert ("Bob Birch", "Cat Cedar") in before
    gone(field)
    after = field.ties()
    assert after.keys() == before.keys()
    both = ("Bob Birch", "Cat Cedar")
    assert after[both]["kinds"] == before[both]["kinds"]
    soup = field.ask("MATCH (p:Project) RETURN p.description AS said, p.title AS title")
    assert soup == [{"said": "Soup, first cooked by [name withheld]", "title": "list:5"}]
    members = field.ask("MATCH (p)-[:MEMBER_OF]->(:Organisation) RETURN p.name AS n ORDER BY n")
    assert [row["n"] for row in members] == ["Bob Birch", "Cat Cedar"]


def test_it_is_as_if_the_file_had_come_without_them(field: Any, rows: Any) -> None:
    """Erased and then loaded, or loaded and then erased: the same graph."""
    gone(field)
    erased_after = field.said()
    keys = field.ask("MATCH (e:Erasure) RETURN e.key AS key")
    field.clear()
    field.ask("UNWIND $keys AS key CREATE (:Erasure {key: key.key, at: '2026-11-21'})", keys=keys)
    field.load("list", listed(rows))
    for only in ("list:4", "list:5", "list:6"):
        there = "MATCH (r:Record {uid: $uid}) RETURN r.fields AS f"
        assert field.ask(there, uid=only), only
    assert uid_of(field, "Bob Birch") and "alder" not in everything(field)
    assert of_the_list(erased_after) == of_the_list(field.said())


def of_the_list(said: Any) -> set[str]:
    """What the list says, but for digests of rows, which know in which order a row said it."""
    return {text for text in said if '"source":"list"' in text and '"digest"' not in text}


def test_no_file_brings_them_back(field: Any, rows: Any) -> None:
    gone(field)
    before = field.said()
    outcome = field.load("list", listed(rows), name="the same people again")
    assert (outcome.accepted, outcome.refused) == (6, 0)
    field.load("list", listed(rows), part="another", name="as another part")
    field.load("third", [rows.thing("third:1", rows.person("Ann", ANN, consent=4))])
    assert not field.ask("MATCH (n:Person) WHERE toLower(n.name) STARTS WITH 'ann' RETURN n")
    assert "alder" not in everything(field)
    named = {text for text in field.said() - before if "Person" in text}
    assert named == set()


def test_a_namesake_is_another(field: Any, rows: Any) -> None:
    gone(field)
    field.load("third", [rows.thing("third:1", rows.person("Ann Alder", "local-third-person-8"))])
    assert uid_of(field, "Ann Alder")


def test_whoever_was_erased_from_a_restored_database(field: Any, rows: Any) -> None:
    """The backup is of before: the file of keys beside the database says who is to go."""
    erased = gone(field)
    field.clear()
    field.load("list", listed(rows))  # no key in the database: it is as it was
    assert uid_of(field, "Ann Alder")
    back = again(field.graph, TODAY)
    assert back and back.records >= 1 and "alder" not in everything(field)
    assert again(field.graph, TODAY) is None, "nothing is missing any more"
    held = {row["k"] for row in field.ask("MATCH (e:Erasure) RETURN e.key AS k")}
    assert held == erased.keys


def test_rehearsed_it_changes_nothing_and_counts_alike(field: Any) -> None:
    before, uid = field.said(), uid_of(field, "Ann Alder")
    with pytest.raises(Rehearsed) as undone:
        field.graph.write(lambda steps: erase(steps, uid, TODAY, dry_run=True))
    assert field.said() == before
    assert undone.value.erased.as_json() == gone(field).as_json()


def test_without_the_secret_nothing_is_loaded(field: Any, rows: Any, secret: Path) -> None:
    gone(field)
    mine = secret.read_bytes()
    for other in (None, b"0" * 64):
        secret.unlink()
        if other:
            secret.write_bytes(other)
        with pytest.raises(LoadProblem, match="TIELINE_ERASURE_SECRET_FILE"):
            field.load("list", listed(rows), name="again")
        secret.write_bytes(mine)


def test_a_load_under_way_brings_nobody_back(field: Any, rows: Any) -> None:
    """It has begun, and read the row, before; it writes the row afterwards."""
    begun, erased = Event(), Event()
    sent = [rows.thing("late:1", rows.body("Late", "GB-CHC-1000002"))]
    sent += [rows.thing("late:2", rows.person("Ann Late", ANN, consent=4))]

    def coming() -> Iterator[tuple[str, Any]]:
        for number, row in enumerate(sent):
            if number:
                begun.set()
                assert erased.wait(60)
            yield str(number), row

    source = {"slug": "late", "reliability": 1.0, "audience": 4}
    words = ("all", "late.csv", "sha", "test", "mapping")
    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(load_rows, field.graph, source, *words, coming(), size=1)
        assert begun.wait(60)
        gone(field)
        erased.set()
        assert loading.result(120).accepted == 2
    assert field.ask("MATCH (o:Organisation {name: 'Late'}) RETURN o.name AS name")
    assert "ann late" not in everything(field)


def test_what_somebody_adds_is_not_whoever_was_erased(field: Any) -> None:
    number = "XI-ROR-05dxps055"
    field.ask(
        "MATCH (r:Record {uid: 'other:9'}) MERGE (i:Identifier {uid: $id}) "
        "CREATE (r)-[:IDENTIFIED_BY]->(i)", id=number)  # fmt: skip
    gone(field)
    bob = uid_of(field, "Bob Birch")
    new = New("person", "Annie A", {}, [number], basis="she asked me to")
    with pytest.raises(WrongUse, match="asked not to be on the map"):
        field.graph.write(lambda steps: add(steps, bob, new, TODAY))
    assert "annie a" not in everything(field)


def test_people_alone(field: Any) -> None:
    guild = field.ask("MATCH (o:Organisation) RETURN o.uid AS uid")[0]["uid"]
    with pytest.raises(WrongUse, match="withdrawn"):
        field.graph.write(lambda steps: erase(steps, guild, TODAY))
    with pytest.raises(NotFound):
        field.graph.write(lambda steps: erase(steps, "p-" + "0" * 24, TODAY))
    assert field.ask("MATCH (e:Erasure) RETURN e") == []


def test_everyone_may_go(field: Any) -> None:
    for name in ("Ann Alder", "Bob Birch", "Cat Cedar"):
        gone(field, name)
    assert (
        field.ask("MATCH (n:Person) RETURN n") == [] == field.ask("MATCH ()-[t:TIE]->() RETURN t")
    )
    left = field.ask("MATCH (s:Source) RETURN s.slug AS slug ORDER BY slug")
    assert [row["slug"] for row in left] == ["list", "other"]
    assert orjson.dumps(field.ask("MATCH (r:Record) RETURN r.fields AS f")).count(b"birch") == 0
