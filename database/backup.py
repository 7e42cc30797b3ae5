"""Backup and restore of the embedded server's database.

Both try the dump before anything depends on it (trial.py): it is loaded beside the database,
checked by Neo4j's own tool, served and read. So a backup that is written has been restored once;
and a restore exchanges the databases, in one step, only when the new one is known to be what was
backed up. Until then the old one serves. Afterwards the old one is removed.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tieline.database import address, archive, server
from tieline.database.admin import NotClosed
from tieline.database.archive import Contents
from tieline.database.fetch import classpath
from tieline.database.home import Home, Serving
from tieline.database.swap import swap
from tieline.database.trial import Hashed, Tell, Trial, trial
from tieline.errors import BadInput, WrongUse

Agree = Callable[[Contents], None]


@dataclass(frozen=True)
class Told:
    """What was done. `away`: seconds during which the database did not answer; None: it was down.

    `seconds`: from the first to the last.
    """

    file: str
    contents: Contents
    seconds: float
    away: float | None


def backup(file: Path, force: bool, hashed: Hashed, tell: Tell) -> Told:
    """Write a tried dump of the database to a file.

    Raises:
        WrongUse: the file is there and `force` is false; no database, or not one of ours.
        ServerProblem: the database cannot be dumped, or its dump does not pass the trial.
    """
    ours()
    archive.refuse_to_overwrite(file, force)
    home, began = Home.current(), time.monotonic()
    if not held(home):
        raise WrongUse(f"There is no database in {home.root} yet, so nothing to back up.")
    with trial(home, classpath()) as beside:
        made = datetime.now(UTC).isoformat(timespec="seconds")
        dump, away = _dumped(beside, tell)
        contents = Contents.of(dump, made, beside.facts(dump, hashed, tell))
        tell(f"Writing {file}")
        archive.write(file, dump, contents, force)
    return Told(str(file), contents, time.monotonic() - began, away)


def restore(file: Path, hashed: Hashed, tell: Tell, agree: Agree) -> Told:
    """Put the database that a file holds in the place of the present one.

    `agree` is asked once the file is known to be whole, and raises if that must not be.

    Raises:
        BadInput: the file is broken, or cannot be restored by this Tieline; nothing has changed.
        ServerProblem: the server does not start on it; the old database is back.
    """
    ours()
    home, began = Home.current(), time.monotonic()
    contents = archive.read(file)
    home.make()
    with trial(home, classpath()) as beside:
        dump = archive.extract(file, contents, beside.incoming)
        agree(contents)
        if beside.facts(dump, hashed, tell) != contents.facts:
            raise BadInput(
                f"{file} does not hold the graph it says it holds: hash or counts differ. "
                "Nothing has changed here; use another backup."
            )
        away = _replaced(beside, tell)
    return Told(str(file), contents, time.monotonic() - began, away)


def held(home: Home) -> bool:
    """Whether there is a database in this home."""
    return (home.data / "databases" / server.DATABASE).is_dir()


def ours() -> None:
    """Raises WrongUse if the environment names a database: its own tools have its files."""
    if given := address.given():
        raise WrongUse(
            f"TIELINE_NEO4J_URI names the database at {given.uri}, whose files are not ours. For "
            "the containers: `docker compose stop tieline neo4j`, then neo4j-admin in a container, "
            "as docs/backup.md shows line by line. Unset TIELINE_NEO4J_URI to back up or restore "
            "the database that Tieline runs here."
        )


def _dumped(beside: Trial, tell: Tell) -> tuple[Path, float | None]:
    """The dump, and how long the database was away. A server that was up is up again."""
    try:
        return _dumped_once(beside, tell)
    except NotClosed:
        tell("Starting the database once, since it was not closed")
        server.start()
        server.stop()
        return _dumped_once(beside, tell)


def _dumped_once(beside: Trial, tell: Tell) -> tuple[Path, float | None]:
    home, serving = beside.of, None
    began = time.monotonic()
    try:
        with home.lock():  # nobody starts it meanwhile
            serving = _ended(home, tell)
            tell("Dumping the database")
            dump = beside.admin.dump(home.data, beside.incoming)
    finally:
        if serving:
            tell("Starting the database again")
            server.start()
    return dump, time.monotonic() - began if serving else None


def _replaced(beside: Trial, tell: Tell) -> float | None:
    home = beside.of
    began = time.monotonic()
    with home.lock():
        serving = _ended(home, tell)
        if not home.password_file.exists():
            home.keep_password(beside.home.password())
        swap(home)
    if not serving:
        return None
    try:
        tell("Starting the database again")
        server.start()
    except BaseException:
        tell("Putting the old database back")
        with home.lock():
            _ended(home, tell)
            swap(home)
        server.start()
        raise
    return time.monotonic() - began


def _ended(home: Home, tell: Tell) -> Serving | None:
    """The server that was running, now ended; the caller holds the lock."""
    if serving := home.serving():
        tell("Stopping the database")
        server.end(home, serving)
    return serving
