"""The embedded server's folder: where everything lies, and which process serves it.

<TIELINE_HOME>/neo4j.lock      held while the server is looked up, started or stopped
<TIELINE_HOME>/neo4j/
    conf/  data/  logs/        the server's own
    password                   readable by its owner alone
    server.json                the process that serves, while one does
    port                       where it answers, at every start unless another program has it
    used                       touched each time a command asks for the address
<TIELINE_HOME>/answers/        arrays read from the graph, for as long as nothing is written
<TIELINE_HOME>/tokens.sqlite3  who may sign in by a personal token: digests, no token
<TIELINE_HOME>/erasure.secret  made once, never in the database: without it nobody erased is known
<TIELINE_HOME>/erasures        keys of the erased, one a line, for a restored database
"""

import errno
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson
import psutil
from filelock import FileLock

from tieline.database.private import put
from tieline.errors import ServerProblem
from tieline.settings import erasure_secret, settings

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
CLOCK_MAY_STEP = 10.0  # seconds a process's start time may seem to move when the clock is set


@dataclass(frozen=True)
class Serving:
    """A server process: pid and start time name it, since pids are used again.

    `ready` is written only after the generated password is in place.
    """

    pid: int
    created: float
    port: int
    ready: bool = False

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"


@dataclass(frozen=True)
class Home:
    """The paths; nothing is made until `make`."""

    root: Path

    @classmethod
    def current(cls) -> "Home":
        return cls(settings().home.absolute())

    @property
    def neo4j(self) -> Path:
        return self.root / "neo4j"

    @property
    def answers(self) -> Path:
        return self.root / "answers"

    @property
    def tokens(self) -> Path:
        return self.root / "tokens.sqlite3"

    @property
    def erasure_secret(self) -> Path:
        return erasure_secret() or self.root / "erasure.secret"

    @property
    def erasures(self) -> Path:
        return self.root / "erasures"

    @property
    def conf(self) -> Path:
        return self.neo4j / "conf"

    @property
    def data(self) -> Path:
        return self.neo4j / "data"

    @property
    def log(self) -> Path:
        return self.neo4j / "logs" / "server.log"

    @property
    def password_file(self) -> Path:
        return self.neo4j / "password"

    @property
    def used(self) -> Path:
        return self.neo4j / "used"

    @property
    def port_file(self) -> Path:
        return self.neo4j / "port"

    @property
    def arguments(self) -> Path:
        """The JVM's argument file; its path in a command line marks a process as this home's."""
        return self.conf / "java.args"

    @property
    def _state(self) -> Path:
        return self.neo4j / "server.json"

    def make(self) -> None:
        """The folders; what is in them concerns people, so others cannot look in."""
        self._folder(self.root)
        self._folder(self.neo4j, 0o700)
        for folder in (self.conf, self.data, self.log.parent):
            self._folder(folder)

    def _folder(self, folder: Path, mode: int = 0o777) -> None:
        try:
            folder.mkdir(mode, parents=True, exist_ok=True)
        except OSError as error:
            if error.errno in NO_ROOM:
                raise
            raise ServerProblem(
                f"{folder} cannot be made ({error.strerror}). Name a folder that can be "
                "written in TIELINE_HOME."
            ) from None

    def lock(self) -> FileLock:
        """Held by one process at a time; let go when its holder dies. The home must be made."""
        return FileLock(self.root / "neo4j.lock")

    def note(self, serving: Serving | None) -> None:
        """Write down who serves; None: nobody."""
        fresh = self._state.with_suffix(".new")
        if serving is None:
            for each in (self._state, fresh):
                each.unlink(missing_ok=True)
            return
        fresh.write_bytes(orjson.dumps(asdict(serving)))
        fresh.replace(self._state)

    @property
    def noted(self) -> bool:
        """Whether anything is written down; `serving` says whether it is still so."""
        return self._state.exists()

    def serving(self) -> Serving | None:
        """The living server of this home; a note of a process that is gone is no server."""
        try:
            noted = Serving(**orjson.loads(self._state.read_bytes()))
        except (OSError, ValueError, TypeError):
            return None
        return noted if self.alive(noted) else None

    def alive(self, noted: Serving) -> bool:
        """Whether that very process still runs: the start time or the command line must agree."""
        try:
            process = psutil.Process(noted.pid)
            if process.status() == psutil.STATUS_ZOMBIE:
                return False
            same_time = abs(process.create_time() - noted.created) < CLOCK_MAY_STEP
            return same_time or f"@{self.arguments}" in process.cmdline()
        except psutil.Error:
            return False

    def processes(self) -> list[psutil.Process]:
        """Every process that serves this home, by its command line, noted or not.

        One is not noted if its starter was killed before it could write the note.
        """
        mine = f"@{self.arguments}"
        found = psutil.process_iter(["cmdline", "status"])
        alive = [each for each in found if each.info["status"] != psutil.STATUS_ZOMBIE]
        return [each for each in alive if mine in (each.info["cmdline"] or [])]

    def port(self) -> int | None:
        """Where the server answered last."""
        try:
            return int(self.port_file.read_text("utf-8"))
        except (OSError, ValueError):
            return None

    def keep_port(self, port: int) -> None:
        self.port_file.write_text(f"{port}\n", "utf-8")

    def password(self) -> str:
        return self.password_file.read_text("utf-8").strip()

    def keep_password(self, password: str) -> None:
        put(self.password_file, f"{password}\n".encode())

    def touch(self) -> None:
        self.used.touch()

    def bytes(self) -> int:
        """How much the data takes on disk."""
        return sum(path.stat().st_size for path in self.data.rglob("*") if path.is_file())

    def forget(self) -> None:
        """Remove what was kept of the graph to answer from: it is about to be another one, or is.

        One by one: whoever is about to add to it finds that their file is gone, and adds nothing.
        Twice: what got its name while the others were being removed is found the second time.
        """
        for _ in range(2):
            try:
                there = list(os.scandir(self.answers))
            except OSError:
                return
            for each in there:
                Path(each.path).unlink(missing_ok=True)

    def wipe(self) -> None:
        """Remove the database with its password and logs; whatever else lies in the home stays."""
        self.forget()
        shutil.rmtree(self.neo4j, ignore_errors=False)
