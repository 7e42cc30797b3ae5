"""A few things worked out, remembered by what they belong to: the least used is forgotten."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")
OWNERS = 128  # documents remembered: one may hold half a megabyte, and anybody may write one
Key = tuple[int, Hashable]


class Kept(Generic[T]):
    """Keyed by the very object (not by one that is equal) and what else matters.

    The object lives as long as its entries, so its `id` is no other's meanwhile. At most so many
    entries, of at most OWNERS objects.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Key, tuple[object, T]] = OrderedDict()
        self._of: OrderedDict[int, set[Key]] = OrderedDict()

    def get(self, owner: object, more: Hashable, make: Callable[[], T]) -> T:
        key = (id(owner), more)
        if held := self._held.get(key):
            self._held.move_to_end(key)
            self._of.move_to_end(id(owner))
            return held[1]
        made = make()
        self._held[key] = (owner, made)
        self._of.setdefault(id(owner), set()).add(key)
        self._of.move_to_end(id(owner))
        self._bound()
        return made

    def _bound(self) -> None:
        if len(self._of) > OWNERS:
            for key in self._of.popitem(last=False)[1]:
                del self._held[key]
        if len(self._held) > self._most:
            key, _ = self._held.popitem(last=False)
            self._of[key[0]].discard(key)
            if not self._of[key[0]]:
                del self._of[key[0]]

    def __len__(self) -> int:
        return len(self._held)
