"""What others say of the things that a source speaks of too: how these read before, and read now.

Kept in a file, a line a record of theirs, so that memory stays flat however much is shared.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Self

from tieline.database.graph import Rows
from tieline.loaders.plan import COMPUTED
from tieline.loaders.seen import Uids
from tieline.schema.records import digest

SIZE = 1000
UNTOLD = ("uid", "lock", *COMPUTED)  # of a thing's properties: no source says them


class Others:
    """Noted before, asked again after. A context manager, since it holds a file."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def note(self, things: Iterable[Mapping[str, Any]]) -> None:
        """Rows of `others` (uids of records), `props` and `labels`."""
        for thing in things:
            like = _likeness(thing)
            self._file.writelines(f"{like} {uid}\n" for uid in thing["others"])

    def now(self, ask: Callable[..., Rows]) -> Iterator[tuple[str, bool]]:
        """Of each thing that these records describe now: its kind, and whether it reads otherwise.

        Two things that were one read each as their first record did.
        """
        self._file.seek(0)
        seen = Uids()
        while lines := [line.rstrip("\n").split(" ", 1) for line in islice(self._file, SIZE)]:
            before = {uid: like for like, uid in lines}
            for row in ask("load/remain", rows=sorted(before)):
                if row["node"] not in seen:
                    seen.add(row["node"])
                    yield row["kind"], _likeness(row) != before[row["uid"]]


def _likeness(row: Mapping[str, Any]) -> str:
    """Equal where a thing reads the same, whatever its uid."""
    props = {k: str(v) for k, v in row["props"].items() if k not in UNTOLD}
    return digest(props, sorted(row["labels"]))
