"""The secret by which the erased are known again, and their keys, in files of the home."""

import secrets
from collections.abc import Iterable
from pathlib import Path

from tieline.database.home import Home
from tieline.database.private import once, put
from tieline.errors import LoadProblem

BYTES = 32


def secret(make: bool = False) -> bytes:
    """
    Raises:
        LoadProblem: it is not there, and is not to be made, or is too short to be one.
    """
    path = Home.current().erasure_secret
    if make and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        once(path, f"{secrets.token_hex(BYTES)}\n".encode())
    try:
        found = path.read_text("utf-8").strip().encode()
    except OSError as error:
        raise LoadProblem(lost(path, error.strerror or "no file")) from None
    if len(found) < BYTES:
        raise LoadProblem(lost(path, "too short"))
    return found


def lost(path: Path, why: str) -> str:
    return (
        f"People were erased from this database, and the secret by which they would be known again "
        f"is not in {path} ({why}): nothing was written. Bring it from where they were erased, or "
        "name it in TIELINE_ERASURE_SECRET_FILE."
    )


def kept() -> set[str]:
    """The keys in the file beside the database."""
    try:
        lines = Home.current().erasures.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return set()
    return {line.partition(" ")[0] for line in lines if line.strip()}


def keep(keys: Iterable[str], day: str) -> None:
    """Put these into the file too."""
    path, fresh = Home.current().erasures, set(keys) - kept()
    if fresh:
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_bytes() if path.exists() else b""
        put(path, before + "".join(f"{key} {day}\n" for key in sorted(fresh)).encode())
