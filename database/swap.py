"""Two databases take each other's place, in one step where the system has one.

Linux and macOS have: whoever is killed before it or after it leaves a whole database in its place.
Elsewhere it takes three renames. Killed between them, what was set aside is put back by `mend`.

<home>/neo4j/data               the database in its place
<home>/neo4j/trial/neo4j/data   the other one (trial.py)
<home>/neo4j/trial/aside        the first, between two renames
"""

import ctypes
import os
import sys
from pathlib import Path

from tieline.database.home import Home
from tieline.errors import ServerProblem

HERE = -100  # AT_FDCWD: paths are as they are
EXCHANGE = 2  # RENAME_EXCHANGE of renameat2, and RENAME_SWAP of renamex_np


def beside(home: Home) -> Home:
    """The home inside a home, on the same file system, where another database may lie."""
    return Home(home.neo4j / "trial")


def swap(home: Home) -> None:
    """Exchange the database of a home with the one beside it; the caller holds the lock."""
    here, other = home.data, beside(home).data
    if not exchanged(here, other):
        here.replace(aside(home))
        other.replace(here)
        aside(home).replace(other)
    home.forget()


def aside(home: Home) -> Path:
    return beside(home).root / "aside"


def mend(home: Home) -> bool:
    """Put back what a swap that was killed had set aside; whether it had to be.

    Raises:
        ServerProblem: another database has begun in its place since. Neither is touched.
    """
    here, other, set_aside = home.data, beside(home).data, aside(home)
    if not set_aside.exists() or not other.exists():  # or the new one has arrived
        return False
    if here.exists():
        try:
            here.rmdir()
        except OSError:
            raise ServerProblem(
                f"A restore was killed here, and a new database has begun since in {here}. The old "
                f"one is whole, in {set_aside}: stop the database, then move the one you want to "
                f"{here} and remove the other."
            ) from None
    set_aside.replace(here)
    return True


def exchanged(left: Path, right: Path) -> bool:
    """Whether the system did it in one step; if not, nothing has changed."""
    names = os.fsencode(left), os.fsencode(right)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            return bool(library.renameat2(HERE, names[0], HERE, names[1], EXCHANGE) == 0)
        return bool(library.renamex_np(*names, EXCHANGE) == 0)
    except (AttributeError, OSError, TypeError):  # neither is here
        return False
