"""Files that only their owner reads: whole, or not there; and nothing else is touched."""

from pathlib import Path

from tieline.database.private import once, put


def test_only_its_owner_reads_it_and_nothing_beside_it_changes(tmp_path: Path) -> None:
    mine, other = tmp_path / "amara.json", tmp_path / "amara.new"
    other.write_text("of somebody's own")
    put(mine, b"one")
    put(mine, b"two")
    assert mine.read_bytes() == b"two" and mine.stat().st_mode & 0o777 == 0o600
    assert other.read_text() == "of somebody's own"
    assert sorted(tmp_path.iterdir()) == [mine, other]


def test_what_is_there_stays_where_it_is_made_once(tmp_path: Path) -> None:
    key = tmp_path / "key"
    once(key, b"first")
    once(key, b"second")
    assert key.read_bytes() == b"first" and list(tmp_path.iterdir()) == [key]
