"""How much memory the server is given: a share of the machine's, unless the settings say.

| the machine, or the container's limit | heap | page cache |
|---|---|---|
| under 1 GB | 256 MB | 64 MB |
| to 4 GB | 512 MB | 128 MB |
| more | a sixteenth, 8 GB at most | a thirty-second, 8 GB at most |

The heap is what it may grow to: a server at rest takes little more than with a small one.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import psutil

from tieline.database.home import Home
from tieline.settings import settings

GB = 1024  # all here is in megabytes
HEAP, CACHE, MOST = 512, 128, 8 * GB
BESIDES = 300  # what the JVM takes outside of both
GROUP, GROUPS = Path("/proc/self/cgroup"), Path("/sys/fs/cgroup")


@dataclass(frozen=True)
class Memory:
    """In megabytes."""

    heap: int
    cache: int

    @property
    def needed(self) -> int:
        return self.heap + self.cache + BESIDES

    def __str__(self) -> str:
        return f"heap {self.heap:,} MB, page cache {self.cache:,} MB"


def chosen() -> Memory:
    """For the server here and now: by the settings, else by the machine."""
    said, share = settings(), shared(machine())
    return Memory(said.heap or share.heap, said.page_cache or share.cache)


def least() -> Memory:
    """For a server beside it, that tries a backup: it ran a million ties."""
    given = chosen()
    return Memory(min(given.heap, HEAP), min(given.cache, CACHE))


def shared(total: int) -> Memory:
    """What is right for a machine of so many megabytes; never more than it has."""
    if total < GB:
        return Memory(HEAP // 2, CACHE // 2)
    if total < 4 * GB:
        return Memory(HEAP, CACHE)
    return Memory(min(max(total // 16, HEAP), MOST), min(max(total // 32, CACHE), MOST))


def machine() -> int:
    """The megabytes there are for us: the machine's, or those that its container is limited to."""
    return min([psutil.virtual_memory().total, *limits()]) // 2**20


def limits(group: Path = GROUP, groups: Path = GROUPS) -> list[int]:
    """Limits, in bytes, of the control groups we are in and of those around them, on Linux."""
    try:
        lines = group.read_text("utf-8").splitlines()
    except OSError:
        return []
    found = []
    for _, controllers, path in (line.split(":", 2) for line in lines):
        if controllers in ("", "memory"):
            root = groups / controllers
            inner = root / path.lstrip("/")
            found += [
                _limit(each) for each in (inner, *inner.parents) if root in (each, *each.parents)
            ]
    return [each for each in found if each]


def _limit(folder: Path) -> int | None:
    """What a group may take: of the second kind of groups, or of the first; None: all there is."""
    for name in ("memory.max", "memory.limit_in_bytes"):
        try:
            return int((folder / name).read_text("utf-8"))
        except (OSError, ValueError):  # not there; "max"
            continue
    return None


def running(home: Home) -> Memory | None:
    """What the server of a home was started with."""
    try:
        heap = re.search(r'"-Xmx(\d+)m"', home.arguments.read_text("utf-8"))
        conf = (home.conf / "neo4j.conf").read_text("utf-8")
    except OSError:
        return None
    cache = re.search(r"pagecache\.size=(\d+)m", conf)
    return Memory(int(heap[1]), int(cache[1])) if heap and cache else None
