"""The jars: from the real registry, one small one at a time."""

import dataclasses
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tieline.database import fetch, verified
from tieline.errors import ServerProblem, WrongUse
from tieline.settings import settings

SMALL = "javax.annotation-api"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "jars" / "neo4j"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def jar() -> fetch.Jar:
    return next(jar for jar in fetch.listed() if jar.artifact == SMALL)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Files can be had; where none can, what is asked of the registry cannot be tested."""
    small = next(jar for jar in fetch.listed() if jar.artifact == SMALL)
    try:
        fetch.fetch([small], tmp_path_factory.mktemp("registry"))
    except ServerProblem as error:
        pytest.skip(f"the Java registry gives nothing here: {error}")


def test_the_list_names_each_file_once_and_no_address() -> None:
    jars = fetch.listed()
    assert len({jar.name for jar in jars}) == len(jars) > 200
    assert all(re.fullmatch("[0-9a-f]{64}", jar.sha256) for jar in jars)
    assert {"neo4j", "neo4j-server"} <= {jar.artifact for jar in jars}


@pytest.mark.usefixtures("registry")
def test_an_altered_file_is_fetched_again(
    folder: Path, jar: fetch.Jar, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / jar.name).write_bytes(b"not what was published")
    assert fetch.wanting([jar], folder) == [jar]
    fetch.fetch([jar], folder)
    assert fetch.wanting([jar], folder) == []  # and so is not fetched a third time
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    out, err = capsys.readouterr()
    assert "1 of 1" in err
    assert out == ""


@pytest.mark.usefixtures("registry")
def test_a_file_that_is_not_what_the_list_says_is_refused(folder: Path, jar: fetch.Jar) -> None:
    other = dataclasses.replace(jar, sha256="0" * 64)
    with pytest.raises(ServerProblem, match="another sha256"):
        fetch.fetch([other], folder)
    assert list(folder.iterdir()) == []


def test_a_registry_out_of_reach_is_said(
    folder: Path, jar: fetch.Jar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setattr(fetch, "TRIES", 1)
    with pytest.raises(ServerProblem, match="registry can be reached"):
        fetch.fetch([jar], folder)


@pytest.mark.usefixtures("registry")
@pytest.mark.skipif(sys.platform == "win32", reason="limits a file's size as POSIX does")
def test_a_full_disk_is_said_as_that_and_not_as_the_network(folder: Path, jar: fetch.Jar) -> None:
    ask = (
        "import resource, sys; from pathlib import Path; from tieline.database import fetch\n"
        "jars = [jar for jar in fetch.listed() if jar.artifact == sys.argv[1]]\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "fetch.fetch(jars, Path(sys.argv[2]))"
    )
    words = [sys.executable, "-c", ask, jar.artifact, str(folder)]
    told = subprocess.run(words, text=True, capture_output=True, timeout=100)
    assert "There is no room" in told.stderr.splitlines()[-1]
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("registry")
def test_a_fetch_that_was_killed_is_gone_on_with_and_leaves_nothing(
    folder: Path, jar: fetch.Jar
) -> None:
    jars = fetch.listed()[:40]
    ask = (
        "import sys; from pathlib import Path; from tieline.database import fetch\n"
        "fetch.fetch(fetch.listed()[:40], Path(sys.argv[1]))"
    )
    killed = subprocess.Popen([sys.executable, "-c", ask, str(folder)], stderr=subprocess.DEVNULL)
    until = time.monotonic() + 100
    while not list(folder.iterdir()) and killed.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    killed.kill()
    killed.wait()
    arrived = {path.name for path in folder.iterdir()}
    assert arrived
    assert not arrived & {each.name for each in fetch.wanting(jars, folder)}  # whole, each
    fetch.fetch([*fetch.wanting(jars, folder)[:2], jar], folder)
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


@pytest.mark.usefixtures("registry")
def test_a_truncated_file_is_wanting(folder: Path, jar: fetch.Jar) -> None:
    fetch.fetch([jar], folder)
    whole = (folder / jar.name).read_bytes()
    (folder / jar.name).write_bytes(whole[: len(whole) // 2])
    assert fetch.wanting([jar], folder) == [jar]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="XDG_CACHE_HOME moves the cache on Linux only")
def test_two_first_starts_at_once_fetch_everything_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    ask = "from tieline.database.fetch import classpath; print(len(classpath()))"
    command = [sys.executable, "-c", ask]
    both = [
        subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=300) for process in both]
    assert [int(out) for out, _ in said] == [len(fetch.listed())] * 2
    assert sorted("Fetching" in err for _, err in said) == [False, True]


@pytest.mark.slow
@pytest.mark.timeout(1500)
@pytest.mark.skipif(sys.platform != "linux", reason="XDG_CACHE_HOME moves the cache on Linux only")
def test_a_start_mends_files_that_were_cut_altered_or_removed_since_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole commands: the first start verifies a copy of the cache, the next finds it spoilt."""
    whole = fetch.classpath()[0].parent
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path / "a home"))
    monkeypatch.setenv("TIELINE_IDLE_MINUTES", "0")  # no watch, which would mend them before us
    monkeypatch.delenv("TIELINE_NEO4J_URI", raising=False)
    shutil.copytree(whole, settings().jars / whole.name)
    try:
        assert "Fetching" not in told("database", "start")
        told("database", "stop")
        small = sorted(settings().jars.glob("neo4j-*/*.jar"), key=lambda path: path.stat().st_size)
        cut, altered, removed = small[:3]
        os.truncate(cut, 100)
        altered.write_bytes(bytes(reversed(altered.read_bytes())))
        removed.unlink()
        assert "3 of 3" in told("database", "start")
        assert fetch.wanting(fetch.listed(), cut.parent) == []
    finally:
        told("database", "stop")


def told(*words: str) -> str:
    """What a command that succeeds says beside its answer."""
    line = [sys.executable, "-c", "from tieline.cli.main import main; main()", *words]
    done = subprocess.run(line, text=True, capture_output=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_a_version_without_a_list_is_refused_by_naming_those_there_are() -> None:
    assert len(fetch.listed("5.26.30")) == 216
    with pytest.raises(WrongUse, match=r"Tieline can run 2026\.08\.1, 5\.26\.30\."):
        fetch.listed("4.4.0")


def test_a_file_is_read_through_once_and_again_when_it_has_changed(
    folder: Path, jar: fetch.Jar
) -> None:
    path = folder / jar.name
    path.write_bytes(b"jar")
    verified.Verified(folder).add([(path, jar.sha256)])
    assert verified.Verified(folder).holds(path, jar.sha256)
    assert not verified.Verified(folder).holds(path, "0" * 64)  # the list says otherwise since
    before = path.stat()
    time.sleep(0.02)  # some kernels tell a file's times by hundredths of a second
    path.write_bytes(b"jur")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # as if nothing had been
    assert not verified.Verified(folder).holds(path, jar.sha256)
    path.unlink()
    assert not verified.Verified(folder).holds(path, jar.sha256)
    (folder / "verified.json").write_bytes(b'{"' + jar.name.encode() + b'": 1}')
    assert not verified.Verified(folder).holds(path, jar.sha256)
