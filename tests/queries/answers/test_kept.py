"""What is kept: by version, level and question, never across levels; one piece of work for many."""

import asyncio
import inspect
import sys
import threading
import time
from typing import Any

import pytest

from tieline.queries.answers.kept import Kept, Key, forget_all
from tieline.queries.answers.work import aside, heard, step

FIRST = Key("v1", 4, "bridges")


def test_a_key_without_a_level_is_impossible() -> None:
    assert inspect.signature(Key).parameters["level"].default is inspect.Parameter.empty
    with pytest.raises(TypeError):
        Key(version="v1", question="bridges")  # type: ignore[call-arg]
    for level in (None, 0, 5, "4", True, 4.0):
        with pytest.raises(TypeError, match="level"):
            Key("v1", level, "bridges")  # type: ignore[arg-type]
    for version, question in (("", "bridges"), ("v1", "")):
        with pytest.raises(TypeError):
            Key(version, 4, question)


@pytest.mark.parametrize("key", ["bridges", ("v1", "bridges"), None, ("v1", 4, "bridges")])
def test_nothing_is_kept_under_anything_but_a_key(key: Any) -> None:
    async def make() -> int:
        raise AssertionError("nothing is worked out for it")

    with pytest.raises(TypeError, match="level"):
        asyncio.run(Kept[int](4).get(key, make))


def test_other_levels_versions_questions_and_people_are_other_keys() -> None:
    made: list[str] = []

    async def ask(kept: Kept[str], key: Key) -> str:
        async def make() -> str:
            made.append(f"{key}")
            return f"{key}"

        return await kept.get(key, make)

    async def all_of_them() -> None:
        kept = Kept[str](9)
        keys = [Key("v1", level, "bridges") for level in (1, 2, 3, 4)]
        keys += [FIRST.to("brokers"), FIRST.to("bridges", place="p"), Key("v1", 4, "me", "h-1")]
        told = [await ask(kept, key) for key in keys]
        assert len(set(told)) == len(keys) == len(made)
        assert [await ask(kept, key) for key in keys] == told and len(made) == len(keys)

    asyncio.run(all_of_them())


def test_what_an_older_graph_said_goes_and_the_least_lately_used() -> None:
    async def asked() -> list[str]:
        made: list[str] = []
        kept = Kept[str](2)

        async def ask(version: str, question: str) -> None:
            async def make() -> str:
                made.append(version + question)
                return question

            await kept.get(Key(version, 4, question), make)

        for question in "abac" + "ab":
            await ask("1", question)
        await ask("2", "z")
        await ask("1", "b")
        forget_all()
        await ask("1", "b")
        return made

    assert asyncio.run(asked()) == ["1a", "1b", "1c", "1b", "2z", "1b", "1b"]


def test_what_was_begun_before_all_was_forgotten_is_told_and_not_kept() -> None:
    """Somebody was erased meanwhile: who asked before hears it, and that is all."""

    async def asked() -> None:
        kept, begun, go_on = Kept[str](4), asyncio.Event(), asyncio.Event()

        async def make() -> str:
            begun.set()
            await go_on.wait()
            return "with whoever was erased"

        async def anew() -> str:
            return "without"

        first = asyncio.create_task(kept.get(FIRST, make))
        await begun.wait()
        await asyncio.to_thread(forget_all)
        second = asyncio.create_task(kept.get(FIRST, anew))
        await asyncio.sleep(0)
        go_on.set()
        assert await first == "with whoever was erased" and await second == "without"
        assert list(kept._held.values()) == ["without"]

    asyncio.run(asked())


def test_it_is_forgotten_from_another_thread_while_it_is_asked() -> None:
    kept, over = Kept[int](4), threading.Event()

    def forget() -> None:
        while not over.is_set():
            kept.forget()

    async def ask() -> None:
        async def make() -> int:
            return 1

        until = time.monotonic() + 0.5
        while time.monotonic() < until:
            assert await kept.get(FIRST, make) == 1

    thread = threading.Thread(target=forget)
    was = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    thread.start()
    try:
        asyncio.run(ask())
    finally:
        sys.setswitchinterval(was)
        over.set()
        thread.join()


def slow(to: int) -> int:
    for at in range(to):
        step("counting", at, to)
        time.sleep(0.01)
    return to


def test_many_who_ask_wait_for_one_and_the_last_to_leave_ends_it() -> None:
    kept, begun, told = Kept[int](4), [], []

    async def make() -> int:
        begun.append(1)
        return await aside(slow, 50)

    async def leave_one_by_one() -> None:
        tasks = [asyncio.create_task(kept.get(FIRST, make)) for _ in range(3)]
        with heard(lambda stage, share: told.append(share)):
            tasks.append(asyncio.create_task(kept.get(FIRST, make)))
        await asyncio.sleep(0.1)
        tasks[0].cancel()
        assert await tasks[1] == 50 and await tasks[3] == 50 and len(begun) == 1
        assert told and told == sorted(told)
        other = FIRST.to("other")
        gone = [asyncio.create_task(kept.get(other, make)) for _ in range(2)]
        await asyncio.sleep(0.05)
        for each in gone:
            each.cancel()
        await asyncio.gather(*gone, return_exceptions=True)
        assert await kept.get(other, make) == 50 and len(begun) == 3

    asyncio.run(leave_one_by_one())


def test_an_error_is_told_to_all_and_not_kept() -> None:
    kept, tries = Kept[int](4), []

    async def make() -> int:
        tries.append(1)
        await asyncio.sleep(0.01)
        if len(tries) == 1:
            raise OSError("away")
        return 7

    async def twice() -> None:
        both = (kept.get(FIRST, make), kept.get(FIRST, make))
        found = await asyncio.gather(*both, return_exceptions=True)
        assert [type(each) for each in found] == [OSError, OSError]
        assert await kept.get(FIRST, make) == 7

    asyncio.run(twice())
