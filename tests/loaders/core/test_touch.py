"""What a write touched is noted with it, and what is asked of people counts from then on."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from neo4j import AsyncDriver

from tieline.database.address import Address
from tieline.database.graph import Steps
from tieline.database.reader import Reader
from tieline.loaders import asks, touch
from tieline.loaders.own_word.answers import answers
from tieline.loaders.own_word.tie import describe
from tieline.loaders.refresh import refresh
from tieline.queries.pathways.routes import Search
from tieline.queries.pathways.snapshot.keep import Snapshots
from tieline.schema.consent import Viewer

TODAY = date(2026, 11, 21)
SAID = {"kind": "closeness", "value": 1.0, "reporter": "from", "on": TODAY.isoformat()}


def notes(world: Any) -> list[tuple[Any, Any]]:
    rows = world.ask("MATCH (n:Touched) RETURN n.pairs AS p, n.actors AS a ORDER BY n.at, n.uid")
    world.ask("MATCH (n:Touched) DELETE n")
    return [(row["p"], row["a"]) for row in rows]


def uids(world: Any) -> dict[str, str]:
    rows = world.ask("MATCH (x:Actor) RETURN x.name AS name, x.uid AS uid")
    return {row["name"]: row["uid"] for row in rows}


def tied(world: Any, rows: Any, number: int = 1) -> None:
    ann, bob = rows.person("Ann", consent=4), rows.person("Bob", consent=4)
    world.apply([rows.statement(f"x:{number}", ("OBSERVED", ann, bob, SAID))])


def test_a_tie_told_and_taken_back_is_noted_both_ways(world: Any, rows: Any) -> None:
    world.source("x")
    tied(world, rows)
    of = uids(world)
    low, high = sorted([of["Ann"], of["Bob"]])
    ((pairs, actors),) = notes(world)
    assert (set(zip(pairs[::2], pairs[1::2], strict=True)), actors) == (
        {(low, high), (high, low)},
        [],
    )
    tied(world, rows)
    assert notes(world) == [], "the same again touches nothing"
    world.apply(gone=["x:1"])
    ((_, actors),) = notes(world)
    assert sorted(actors) == [low, high], "both are gone"


def test_actors_seen_otherwise_are_noted(world: Any, rows: Any) -> None:
    world.source("x")
    tied(world, rows)
    of = uids(world)
    notes(world)
    ann, bob = rows.person("Ann", consent=1), rows.person("Bob", consent=4)
    world.apply([rows.statement("x:1", ("OBSERVED", ann, bob, SAID))])
    found = {uid for _, actors in notes(world) for uid in actors}
    assert of["Ann"] in found and of["Bob"] not in found


def test_too_much_for_a_note_says_read_everything(world: Any, rows: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(touch, "MOST", 0)
    world.source("x")
    tied(world, rows)
    assert notes(world) == [(None, None)]


def test_who_is_asked_a_lot_is_spared(world: Any, rows: Any) -> None:
    """Design, worked: twelve asks at capacity four make an ease of a quarter."""
    world.source("x")
    tied(world, rows)
    of = uids(world)
    before = world.said()
    for day in range(12):
        on = TODAY - timedelta(days=day)
        asks.record(world.graph, of["Ann"], of["Bob"], of["Bob"], on)
    assert ease(world, "Ann") == 0.25
    assert notes(world)[-1] == ([], [of["Ann"]])
    assert not asks.record(world.graph, of["Ann"], of["Bob"], of["Bob"], TODAY), "once a day"
    assert ease(world, "Ann") == 0.25 and ease(world, "Bob") is None
    refresh(world.graph, TODAY + timedelta(days=85))
    assert ease(world, "Ann") == 1 / (1 + 5 / 4), "those of the last ninety days"
    refresh(world.graph, TODAY + timedelta(days=91))
    assert ease(world, "Ann") is None
    refresh(world.graph, TODAY)
    world.ask("MATCH (k:Ask) DELETE k")
    world.ask("MATCH (x:Person) REMOVE x.ease")
    assert world.said() == before


def test_what_was_asked_follows_whoever_is_called_otherwise(world: Any, rows: Any) -> None:
    """Ease is of the asks, not of history: a source withdrawn and loaded again gives it back."""
    world.source("x")
    tied(world, rows)
    of = uids(world)
    asks.record(world.graph, of["Ann"], of["Bob"], of["Bob"], TODAY)
    world.apply(gone=["x:1"])
    assert "Ann" not in uids(world)
    tied(world, rows)
    assert ease(world, "Ann") == 0.8


def ease(world: Any, name: str) -> Any:
    return world.ask("MATCH (x:Actor {name: $n}) RETURN x.ease AS e", n=name)[0]["e"]


def test_what_is_said_of_a_tie_is_on_a_path_at_the_next_request(
    world: Any, rows: Any, driver: AsyncDriver, address: Address, run: Any
) -> None:
    """Through the very functions of `tieline tie`: described, taken back, refused, renamed."""
    world.source("x")
    tied(world, rows)
    cat, dan = rows.person("Cat", consent=4), rows.person("Dan", consent=4)
    world.apply([rows.statement("x:9", ("OBSERVED", cat, dan, SAID))])
    snapshots = Snapshots(driver, address.database, least=1)

    def ways() -> list[tuple[str, ...]]:
        """From Ann to Cat, by name; from memory, and as Cypher has it."""
        name = {uid: name for name, uid in uids(world).items()}
        ends = uids(world)["Ann"], [uids(world)["Cat"]]
        reader = Reader(driver, address.database, Viewer(1), seconds=60)
        view = run(snapshots.view(reader))
        assert view, "patched, not read anew"
        found = view.routes(*ends, 4, 3)
        assert found == run(Search(reader, *ends, 4, 3).run(0, 0))
        return [tuple(name[uid] for uid in route.uids) for route in found]

    run(built(snapshots, Reader(driver, address.database, Viewer(1), seconds=60)))
    assert ways() == []
    said = answers(closeness=5)
    for who, other in (("Bob", "Dan"), ("Ann", "Dan")):
        of = uids(world)
        world.graph.write(partial(say, of[who], of[other], said))
        assert ("Ann", "Dan", "Cat") in ways() or ("Ann", "Bob", "Dan", "Cat") in ways()
    assert ways() == [("Ann", "Dan", "Cat")]
    world.graph.write(partial(say, uids(world)["Dan"], uids(world)["Ann"], answers(no_tie=True)))
    world.graph.write(
        partial(say, uids(world)["Dan"], uids(world)["Ann"], answers(would_introduce="no"))
    )
    assert ways() == [("Ann", "Bob", "Dan", "Cat")], "Dan will not be asked by Ann"
    asks.record(world.graph, uids(world)["Bob"], uids(world)["Ann"], uids(world)["Cat"], TODAY)
    ways()
    assert snapshots.of(Viewer(1)).builds == 1


async def built(snapshots: Snapshots, reader: Reader) -> None:
    assert await snapshots.view(reader) is None, "Cypher answers the first"
    building = snapshots.of(reader.viewer)._building
    assert building
    await building


def say(who: str, other: str, said: Any, steps: Steps) -> bool:
    return describe(steps, who, other, said, TODAY)
