"""How much memory the server is given: by the machine, a container's limit or the settings."""

from pathlib import Path

import pytest

from tieline.database.home import Home
from tieline.database.java import configuration
from tieline.database.memory import BESIDES, GB, Memory, chosen, least, limits, machine, shared
from tieline.errors import WrongUse


@pytest.mark.parametrize("total", [*range(700, 9 * GB, 97), 24 * GB, 96 * GB, 1024 * GB])
def test_no_machine_is_asked_for_more_than_it_has(total: int) -> None:
    given = shared(total)
    assert given.needed <= total
    assert given.heap < 31 * GB  # beyond it pointers are longer, and the archive is not used


def test_a_small_machine_has_little_and_a_larger_one_its_share() -> None:
    assert shared(GB - 1) == Memory(256, 64)
    assert shared(GB) == shared(4 * GB - 1) == shared(4 * GB) == Memory(512, 128)
    assert shared(24 * GB) == Memory(1536, 768)
    assert shared(1024 * GB) == Memory(8 * GB, 8 * GB)


def groups(folder: Path, **limit: str) -> tuple[Path, Path]:
    """The two places in which the system tells of control groups: ours is /town/house."""
    second = folder / "groups"
    for path, said in limit.items():
        file = second / path.replace("_", "/") / "memory.max"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{said}\n")
    (folder / "cgroup").write_text("0::/town/house\n")
    return folder / "cgroup", second


def test_the_limit_of_a_container_counts_and_that_of_any_around_it(tmp_path: Path) -> None:
    assert limits(*groups(tmp_path / "a", town_house="max", town="900000")) == [900000]
    assert limits(*groups(tmp_path / "b", town_house="800000", town="900000")) == [800000, 900000]
    assert limits(*groups(tmp_path / "c", house="1")) == []  # not one that we are in
    assert limits(tmp_path / "none", tmp_path) == []


def test_the_first_kind_of_groups_counts_too(tmp_path: Path) -> None:
    (tmp_path / "cgroup").write_text("4:memory:/box\n3:cpu,cpuacct:/\n")
    inner = tmp_path / "memory" / "box"
    inner.mkdir(parents=True)
    (inner / "memory.limit_in_bytes").write_text(f"{2**30}\n")
    (tmp_path / "memory" / "memory.limit_in_bytes").write_text(f"{2**63 - 4096}\n")  # none
    assert min(limits(tmp_path / "cgroup", tmp_path)) == 2**30


def test_settings_win_and_reach_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TIELINE_HEAP", raising=False)
    monkeypatch.delenv("TIELINE_PAGE_CACHE", raising=False)
    assert chosen() == shared(machine())
    monkeypatch.setenv("TIELINE_HEAP", "2g")
    monkeypatch.setenv("TIELINE_PAGE_CACHE", "300m")
    assert chosen() == Memory(2048, 300)
    assert least() == Memory(512, 128)
    assert chosen().needed == 2348 + BESIDES
    assert "server.memory.pagecache.size=300m" in configuration(Home(tmp_path), 1, chosen())


@pytest.mark.parametrize("said", ["much", "512", "1m", "-1g", "2 g"])
def test_a_size_that_is_none_is_said(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIELINE_HEAP", said)
    with pytest.raises(WrongUse, match=r"TIELINE_HEAP.*512m or 2g"):
        chosen()
