"""How often one viewer may ask: so many requests a minute, of which some at once."""

import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil

AT_ONCE = 0.25  # of a minute's requests
KNOWN = 20_000  # viewers remembered: whoever asked longest ago is forgotten, and begins anew


class Rate:
    """Of one process. 0 a minute: any number."""

    def __init__(self, minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._each, self._most = minute / 60, max(1.0, minute * AT_ONCE)
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # requests, when

    def wait(self, counted: str | None) -> float:
        """Seconds after which this request may come; 0: now, and it is counted."""
        if not self._each or counted is None:
            return 0.0
        now = self._clock()
        left, at = self._left.pop(counted, (self._most, now))
        left = min(self._most, left + (now - at) * self._each)
        self._left[counted] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > KNOWN:
            self._left.popitem(last=False)
        return 0.0 if left >= 1 else (1 - left) / self._each


def too_often(wait: float) -> str:
    """What is said to whoever has to wait so many seconds."""
    said = "You ask more often than this service answers one viewer."
    return f"{said} Ask again in {ceil(wait)} s."
