"""Files whose digest was taken once, and how they looked then: a start need not read them through.

A file that has changed since in size, times or place on the disk is as good as never verified. Its
inner time (ctime) cannot be set back, so an altered file shows, and a truncated one too.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import orjson

Look = list[int]


class Verified:
    """The record in one folder, for the files beside it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "verified.json"
        self._seen: dict[str, tuple[str, Look]] = {}
        with suppress(OSError, ValueError, AttributeError, TypeError):
            said = orjson.loads(self._file.read_bytes())
            self._seen = {str(name): (digest, look) for name, (digest, look) in said.items()}

    def holds(self, path: Path, digest: str) -> bool:
        """Whether this very file was found to have this digest."""
        return self._seen.get(path.name) == (digest, _look(path))

    def add(self, found: Iterable[tuple[Path, str]]) -> None:
        """These were just read and have these digests; if that cannot be kept, no matter."""
        self._seen |= {path.name: (digest, look) for path, digest in found if (look := _look(path))}
        fresh = self._file.with_suffix(f".{os.getpid()}.new")
        with suppress(OSError):
            fresh.write_bytes(orjson.dumps(self._seen))
            fresh.replace(self._file)
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _look(path: Path) -> Look | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]
