"""How far the working out of a long question is: told to whoever follows it, and worked out for
them if nobody else has asked. When the last of them has gone it is given up."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from tieline.errors import WrongUse
from tieline.graphql.asks import scoped
from tieline.graphql.context import Asking
from tieline.graphql.live.follow import ONE_ANSWER, Following
from tieline.graphql.live.listener import Listener
from tieline.graphql.marks import Args
from tieline.queries.answers.work import heard
from tieline.queries.bridges.ask import bridges
from tieline.queries.bridges.brokers import brokers
from tieline.queries.duplicates.ask import duplicates

OFTEN = 0.25  # seconds between two events of one stage
Told = Callable[[str, float, bool], None]


async def question_progress(asking: Asking, args: Args) -> "Working":
    """How far is the answer to this question?"""
    if asking.present is None:
        raise WrongUse(ONE_ANSWER)
    scope = await scoped(asking, args)
    question = QUESTIONS[args["question"].value]
    return Working(asking, lambda: question(asking, scope))


async def _bridges(asking: Asking, scope: dict[str, str]) -> Any:
    return await bridges(asking.reader, scope, 1)


async def _brokers(asking: Asking, scope: dict[str, str]) -> Any:
    return await brokers(asking.reader, scope, 1)


async def _parallel(asking: Asking, scope: dict[str, str]) -> Any:
    return await duplicates(asking.reader, "parallel_effort", scope)


QUESTIONS = {"BRIDGES": _bridges, "BROKERS": _brokers, "PARALLEL_EFFORT": _parallel}


class Working(Following):
    """The events of one piece of work: the stage it is at, and at the end that it is done."""

    def __init__(self, asking: Asking, work: Callable[[], Awaitable[Any]]) -> None:
        assert asking.present is not None and asking.hub is not None
        listener = Listener(True, [event("", 0.0)])
        super().__init__(asking, asking.hub, asking.present, listener)
        self._loop = asyncio.get_running_loop()
        self._last, self._at = "", 0.0
        self._task = asyncio.create_task(self._work(work))

    async def aclose(self) -> None:
        self._task.cancel()
        await super().aclose()

    async def _work(self, work: Callable[[], Awaitable[Any]]) -> None:
        try:
            with heard(self._hear):
                await work()
        except Exception as error:
            self._listener.end(error)
        else:
            self._listener.tell([event("", 1.0, done=True)], over=True)

    def _hear(self, stage: str, share: float) -> None:
        """From whichever thread works, and as often as it likes."""
        now = time.monotonic()
        if stage != self._last or now - self._at >= OFTEN:
            self._last, self._at = stage, now
            news = [event(stage, share)]
            self._loop.call_soon_threadsafe(self._tell, news)

    def _tell(self, news: list[dict[str, Any]]) -> None:
        if not self._task.done():
            self._listener.tell(news, over=False)


def event(stage: str, share: float, done: bool = False) -> dict[str, Any]:
    told = {"stage": stage, "share": round(share, 4), "done": done}
    return told | {"__typename": "QuestionProgress"}
