"""Where everybody stands, for whoever draws it elsewhere: whatever others do meanwhile."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

from tieline.database.reader import Reader
from tieline.queries.answers.kept import forget_all
from tieline.queries.map import settling
from tieline.queries.map.layout import pictures
from tieline.queries.map.positions import positions

Raw = Callable[..., list[dict[str, Any]]]
Run = Callable[[Coroutine[Any, Any, Any]], Any]
Reading = Callable[[int], Reader]
EVERYBODY = {"p-1", "p-2", "p-3"}


@pytest.fixture(autouse=True)
def field(raw: Raw, monkeypatch: pytest.MonkeyPatch) -> Iterator[Raw]:
    """Three in a row, drawn slowly, and nobody waits for a small picture."""

    def slowly(*given: Any) -> Iterator[Any]:
        for each in pictures(*given):
            time.sleep(0.2)
            yield each

    forget_all()
    monkeypatch.setattr(settling, "pictures", slowly)
    monkeypatch.setattr(settling, "SMALL", 0)
    monkeypatch.setattr(settling, "PATIENCE", 0.01)
    raw(
        "UNWIND $rows AS row CREATE (:Actor:Person {uid: row, name: row, consent: 4})",
        rows=sorted(EVERYBODY),
    )
    raw(
        "MATCH (a:Actor {uid: 'p-1'}), (b:Actor {uid: 'p-2'}) CREATE (a)-[t:TIE]->(b), "
        "(b)-[u:TIE]->(a) SET t = {audience: 4, step_4: .5, label_4: 'thin'}, u = properties(t)"
    )
    yield raw
    forget_all()


async def begun(*asked: "asyncio.Task[Any]") -> None:
    while not settling._running:
        assert not any(each.done() for each in asked)
        await asyncio.sleep(0.01)


def test_a_picture_that_others_gave_up_is_begun_again(reader: Reading, run: Run) -> None:
    async def ask() -> Any:
        asked = asyncio.create_task(positions(reader(4), {}))
        await begun(asked)
        settling._running[0].stop()
        return await asked

    assert run(ask()).keys() == EVERYBODY


def test_who_hangs_up_ends_it_for_nobody_else(reader: Reading, run: Run) -> None:
    async def ask() -> Any:
        gone, other = (asyncio.create_task(positions(reader(4), {})) for _ in range(2))
        await begun(gone, other)
        while settling._running[0].stage != settling.MOVING:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.06)
        gone.cancel()
        return await other

    assert run(ask()).keys() == EVERYBODY


def test_where_others_always_give_it_up_nobody_has_a_place(
    reader: Reading, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ask() -> Any:
        asked = asyncio.create_task(positions(reader(4), {}))
        while not asked.done():
            for each in [*settling._running]:
                each.stop()
            await asyncio.sleep(0.01)
        return asked.result()

    assert run(ask()) == {}


def test_the_graph_of_the_file_is_the_graph_of_the_picture(
    field: Raw, reader: Reading, run: Run
) -> None:
    """What was given up because the graph has changed is begun anew of the graph as it is now."""
    asking = reader(4)

    async def ask() -> Any:
        asked = asyncio.create_task(positions(asking, {}))
        await begun(asked)
        before = await asking.version()
        field("CREATE (:Actor:Person {uid: 'p-4', name: 'New Nettle', consent: 4})")
        await positions(reader(4), {})
        return before, await asked, await asking.version()

    before, found, after = run(ask())
    assert found.keys() == EVERYBODY | {"p-4"} and before != after
