"""What was worked out of the graph, kept for as long as the graph stays what it is."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """The `most` last used. A key holds the graph's version and the viewer's level, always."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, T] = OrderedDict()

    async def get(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        """What is held under this key, or what comes of making it."""
        if key not in self._held:
            self._held[key] = await make()
        self._held.move_to_end(key)
        found = self._held[key]
        while len(self._held) > self._most:
            self._held.popitem(last=False)
        return found
