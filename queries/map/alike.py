"""Pictures of what is drawn alike, though the graph is another: who is drawn and their ties are all
that a picture depends on, so it need not be worked out again. In memory alone, and gone with
whatever else is forgotten."""

import hashlib
import threading
from collections import OrderedDict

from tieline.queries.answers.kept import forgotten_too
from tieline.queries.bridges.field import Floats
from tieline.queries.map.drawn import Drawn

MOST = 16
Settled = tuple[Floats, list[list[int]]]


class Alike:
    """Settled positions and circles, by what is drawn: by nothing that could be read again."""

    def __init__(self) -> None:
        self._last: OrderedDict[bytes, Settled] = OrderedDict()
        self._lock = threading.Lock()
        forgotten_too(self)

    def forget(self) -> None:
        with self._lock:
            self._last.clear()

    def put(self, drawn: Drawn, found: Settled) -> None:
        key = digest(drawn)
        with self._lock:
            self._last[key] = found
            while len(self._last) > MOST:
                self._last.popitem(last=False)

    def of(self, drawn: Drawn) -> Settled | None:
        return self._last.get(digest(drawn))


def digest(drawn: Drawn) -> bytes:
    told = hashlib.blake2b("\n".join(drawn.uids).encode(), digest_size=32)
    told.update(drawn.ends.tobytes())
    told.update(drawn.label.tobytes())
    return told.digest()
