"""How many connections are held open, by whom, and how they end with the service."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Protocol

from tieline.errors import WrongUse
from tieline.settings import numbers

NAME, EXAMPLE = "TIELINE_LIVE", "connections=50 idle=60"
CLOSING = 2.0  # seconds in which those who are connected are told that the service ends


@dataclass(frozen=True)
class Allowed:
    """What may stay open. Seconds: `init` for a WebSocket's first message, `idle` without any
    operation. The others are numbers: `open` connections in a process, `connections` of a viewer,
    `subscriptions` (operations at once) of a connection."""

    open: int = 1000
    connections: int = 20
    subscriptions: int = 20
    init: int = 10
    idle: int = 300


def allowed() -> Allowed:
    """
    Raises:
        WrongUse: a setting that cannot be read.
    """
    said, known = numbers(NAME, EXAMPLE), asdict(Allowed())
    if unknown := sorted(said.keys() - known.keys()):
        raise WrongUse(f"{NAME} names {unknown[0]}: there are {', '.join(sorted(known))}.")
    return Allowed(**said)


class TooMany(WrongUse):
    code = "TOO_MANY_CONNECTIONS"


class Held(Protocol):
    """A connection that can be told that the service ends."""

    async def goodbye(self) -> None: ...


class Open:
    """Of one process. Whoever is not counted (this machine) is held to the number in all."""

    def __init__(self, allowed: Allowed) -> None:
        self.allowed = allowed
        self._of: Counter[str] = Counter()
        self._held: set[Held] = set()
        self.ending = False

    @contextlib.contextmanager
    def place(self, held: Held, counted: str | None) -> Iterator["Place"]:
        """
        Raises:
            TooMany: there is none left, or none left for this viewer.
        """
        if self.ending or len(self._held) >= self.allowed.open:
            raise TooMany("This service holds as many connections as it can. Ask again later.")
        place = Place(self._of, self.allowed.connections)
        place.give(counted)
        self._held.add(held)
        try:
            yield place
        finally:
            self._held.discard(held)
            place.give(None)

    def __len__(self) -> int:
        """How many connections there are."""
        return len(self._held)

    async def close(self) -> None:
        """Nobody comes in any more; whoever is connected is told, and has gone or will soon."""
        self.ending = True
        told = [asyncio.ensure_future(each.goodbye()) for each in [*self._held]]
        if told:
            await asyncio.wait(told, timeout=CLOSING)
        for _ in range(int(CLOSING / 0.05)):
            if not self._held:
                return
            await asyncio.sleep(0.05)


class Place:
    """One connection's place among those of its viewer."""

    def __init__(self, of: Counter[str], most: int) -> None:
        self._of, self._most = of, most
        self._counted: str | None = None

    def give(self, counted: str | None) -> None:
        """To this viewer, of whoever had it before.

        Raises:
            TooMany: they have as many as they may.
        """
        if counted == self._counted:
            return
        if counted is not None and self._of[counted] >= self._most:
            raise TooMany(
                f"You hold {self._most} connections open here, as many as one viewer may. Close "
                "one first."
            )
        if self._counted is not None:
            self._of[self._counted] -= 1
            if not self._of[self._counted]:
                del self._of[self._counted]
        if counted is not None:
            self._of[counted] += 1
        self._counted = counted
