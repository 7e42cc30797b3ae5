"""A few things worked out, remembered by what they belong to: the least used is forgotten."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Keyed by the very object (not by one that is equal) and what else matters.

    The object lives as long as its entry, so its `id` is no other's meanwhile.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[tuple[int, Hashable], tuple[object, T]] = OrderedDict()

    def get(self, owner: object, more: Hashable, make: Callable[[], T]) -> T:
        key = (id(owner), more)
        if held := self._held.get(key):
            self._held.move_to_end(key)
            return held[1]
        made = make()
        self._held[key] = (owner, made)
        if len(self._held) > self._most:
            self._held.popitem(last=False)
        return made

    def __len__(self) -> int:
        return len(self._held)
