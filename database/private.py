"""Files that concern people or open doors: nobody but their owner reads them."""

import os
from pathlib import Path


def put(path: Path, content: bytes) -> None:
    """Written with its mode from the first byte, never readable by others for an instant.

    It has its name only once it is whole: whoever is killed in between leaves no empty one.
    """
    fresh = path.with_name(f".{path.name}.new")  # of no name that somebody gave a file of theirs
    fresh.unlink(missing_ok=True)
    with os.fdopen(_made(fresh), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def once(path: Path, content: bytes) -> None:
    """As `put`, unless it is there: of two who make it at once, one makes it."""
    fresh = path.with_suffix(f".{os.getpid()}")
    put(fresh, content)
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _made(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
