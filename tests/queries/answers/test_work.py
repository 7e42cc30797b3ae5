"""Progress is told, and what nobody waits for any longer stops."""

import asyncio
import os
import threading
import time

import pytest

from tieline.queries.answers.apart import apart
from tieline.queries.answers.work import TURNS, Stopped, aside, heard, step


def counted(to: int, log: list[int]) -> int:
    for at in range(to):
        step("counting", at, to)
        log.append(at)
        time.sleep(0.01)
    return to


def test_what_is_done_in_a_thread_is_told_where_it_was_asked() -> None:
    told: list[tuple[str, float]] = []
    with heard(lambda stage, share: told.append((stage, share))):
        assert asyncio.run(aside(counted, 5, [])) == 5
    assert told == [("counting", at / 5) for at in range(5)]


def test_an_error_comes_back_as_itself() -> None:
    def wrong() -> None:
        raise ZeroDivisionError("seven")

    with pytest.raises(ZeroDivisionError, match="seven"):
        asyncio.run(aside(wrong))


def test_a_thread_stops_when_who_waits_is_gone_and_the_loop_goes_on_meanwhile() -> None:
    log: list[int] = []

    async def given_up() -> float:
        task = asyncio.create_task(aside(counted, 10_000, log))
        await asyncio.sleep(0.2)
        task.cancel()
        began = time.monotonic()
        with pytest.raises(asyncio.CancelledError):
            await task
        return time.monotonic() - began

    assert asyncio.run(given_up()) < 5
    time.sleep(0.1)
    done = len(log)
    time.sleep(0.2)
    assert 0 < done == len(log)


def test_threads_take_turns() -> None:
    here, most, lock = 0, 0, threading.Lock()

    def busy() -> None:
        nonlocal here, most
        with lock:
            here += 1
            most = max(most, here)
        time.sleep(0.05)
        with lock:
            here -= 1

    async def many() -> None:
        await asyncio.gather(*(aside(busy) for _ in range(3 * TURNS)))

    asyncio.run(many())
    assert most == TURNS


def test_who_waits_for_a_turn_can_leave() -> None:
    free = threading.Event()

    async def crowd() -> None:
        first = [asyncio.create_task(aside(free.wait)) for _ in range(TURNS)]
        last = asyncio.create_task(aside(free.wait))
        await asyncio.sleep(0.05)
        last.cancel()
        with pytest.raises(asyncio.CancelledError):
            await last
        free.set()
        await asyncio.gather(*first)

    asyncio.run(crowd())


def test_where_nobody_listens_nothing_is_told() -> None:
    step("alone", 1)


def test_processes_answer_in_order_and_tell() -> None:
    told: list[tuple[str, float]] = []
    with heard(lambda stage, share: told.append((stage, share))):
        assert apart(abs, [-3, 2, -1], "turning", processes=2) == [3, 2, 1]
    assert told[0] == ("turning", 0.0) and all(stage == "turning" for stage, _ in told)
    assert apart(abs, [], "turning") == []


def test_processes_end_in_whatever_they_are() -> None:
    """Asleep for a minute in native code: nothing there would look whether it is still wanted."""

    async def given_up() -> float:
        task = asyncio.create_task(aside(apart, time.sleep, [60.0, 60.0], "sleeping", 2))
        await asyncio.sleep(1.5)
        task.cancel()
        began = time.monotonic()
        with pytest.raises(asyncio.CancelledError):
            await task
        while threads() and time.monotonic() - began < 10:
            await asyncio.sleep(0.01)
        return time.monotonic() - began

    def threads() -> list[threading.Thread]:
        return [each for each in threading.enumerate() if each.name == "tieline work"]

    assert asyncio.run(given_up()) < 10
    children = f"/proc/{os.getpid()}/task/{os.getpid()}/children"
    if os.path.exists(children):
        with open(children) as file:
            alive = file.read().split()
        assert not [pid for pid in alive if "spawn_main" in command(pid)]


def command(pid: str) -> str:
    try:
        with open(f"/proc/{pid}/cmdline") as file:
            return file.read()
    except OSError:
        return ""


def test_stopped_is_no_answer() -> None:
    with heard(lambda stage, share: None) as work:
        work.stop()
        with pytest.raises(Stopped):
            step("more", 0)
