"""Arrays on disk: whole or not there, for their owner alone, gone with what they were read from."""

import os
import stat
import time
from pathlib import Path

import numpy as np
import pytest

from tieline.database.home import Home
from tieline.queries.answers import shelf
from tieline.queries.answers.shelf import Place, packed, unpacked


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path))
    return Home.current()


def place(home: Home, name: str = "one", version: str = "v1") -> Place:
    return shelf.begin(home.answers, version, name)


ARRAYS = {
    "ends": np.arange(6, dtype=np.int64).reshape(3, 2),
    "likely": np.array([0.1, 0.5, 0.9]),
    "none": np.zeros((0, 2), np.int64),
    "uids": packed(["p-1", "ö-2", "p-3"]),
}


def test_what_is_kept_is_found_by_another(home: Home) -> None:
    with place(home) as here:
        assert here.find() is None
        here.keep(ARRAYS)
    with place(home) as there:
        found = there.find()
    assert found is not None and found.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert np.array_equal(found[name], array) and found[name].dtype == array.dtype
        assert not found[name].flags.writeable
        assert isinstance(found[name].base, np.memmap) or not array.size
    assert unpacked(found["uids"]) == ["p-1", "ö-2", "p-3"] and unpacked(packed([])) == []
    (file,) = home.answers.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.answers.stat().st_mode) == 0o700
    with place(home, "two") as other:
        assert other.find() is None


def test_what_was_begun_before_a_change_gets_no_name(home: Home) -> None:
    """Somebody was erased while it was being read."""
    with place(home) as here:
        home.forget()
        here.keep(ARRAYS)
    assert list(home.answers.iterdir()) == []


def test_what_gets_its_name_while_the_others_are_removed_goes_too(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Just after the folder was looked through."""
    look = os.scandir
    with place(home) as here:

        def looked(folder: Path) -> list[os.DirEntry[str]]:
            monkeypatch.undo()
            there = list(look(folder))
            here.keep(ARRAYS)
            return there

        monkeypatch.setattr(os, "scandir", looked)
        Home.forget(home)
    assert list(home.answers.iterdir()) == []


def test_another_version_removes_what_was_of_the_former(home: Home) -> None:
    with place(home) as here:
        here.keep(ARRAYS)
    with place(home, version="v2") as there:
        there.keep(ARRAYS)
    assert [each.name[:3] for each in home.answers.iterdir()] == ["v2-"]


def test_what_is_given_up_leaves_nothing(home: Home) -> None:
    with pytest.raises(ValueError), place(home):
        raise ValueError
    assert list(home.answers.iterdir()) == []


@pytest.mark.parametrize("wrong", [b"", b"{}\n", b'{"name":"two","arrays":[]}\n', b"\x00" * 99])
def test_what_cannot_be_read_is_not_there(home: Home, wrong: bytes) -> None:
    with place(home) as here:
        here.path.write_bytes(wrong)
        assert here.find() is None
        here.keep(ARRAYS)
        assert here.find() is not None


def test_a_file_cut_short_is_not_there(home: Home) -> None:
    with place(home) as here:
        here.keep(ARRAYS)
        whole = here.path.read_bytes()
        here.path.write_bytes(whole[:-80])
        assert here.find() is None


def test_the_least_lately_used_goes(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST", 3_000)
    for name in ("one", "two", "three"):
        time.sleep(0.02)  # some kernels tell a file's times by hundredths of a second
        with place(home, name) as here:
            here.keep({"bytes": np.zeros(1_000, np.uint8)})
    with place(home, "one") as one:
        assert one.find() is None
    with place(home, "three") as three:
        assert three.find() is not None
    assert sum(each.stat().st_size for each in home.answers.iterdir()) <= 3_000


def test_the_database_gone_all_is_gone(home: Home) -> None:
    home.make()
    with place(home) as here:
        here.keep(ARRAYS)
    home.wipe()
    assert not home.answers.exists() or not list(home.answers.iterdir())


def test_a_home_that_cannot_be_written_keeps_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.root.mkdir(exist_ok=True)
    home.answers.write_text("a file where the folder would be")
    with place(home) as here:
        assert here.find() is None
        here.keep(ARRAYS)
    assert home.answers.is_file()
