"""By which the erased are known again: made with a secret that is nowhere but in its file."""

import hmac
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieline.errors import LoadProblem
from tieline.loaders.change import Said
from tieline.loaders.erasure.honour import without
from tieline.loaders.erasure.keys import MARK, Keys
from tieline.loaders.erasure.secret import keep, kept, secret
from tieline.loaders.erasure.strip import stripped
from tieline.schema.records import Record, Row

ANN = Record("list:ann", "person", "list", "{}", "", ("local-list-person-1", "name-person-list-a"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_the_secret_is_made_once_for_its_owner_alone(home: Path) -> None:
    with pytest.raises(LoadProblem, match="TIELINE_ERASURE_SECRET_FILE"):
        secret()
    made = secret(make=True)
    assert len(made) >= 32 and secret(make=True) == made == secret()
    assert stat.S_IMODE((home / "erasure.secret").stat().st_mode) == 0o600
    assert [path.name for path in home.iterdir()] == ["erasure.secret"]


def test_a_secret_that_is_none_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.mkdir()
    (home / "short").write_text("abc")
    monkeypatch.setenv("TIELINE_ERASURE_SECRET_FILE", str(home / "short"))
    with pytest.raises(LoadProblem, match="too short"):
        secret()
    assert secret_elsewhere(home, monkeypatch) != b""


def secret_elsewhere(home: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setenv("TIELINE_ERASURE_SECRET_FILE", str(home / "mine"))
    return secret(make=True)


def test_keys_of_one_person(home: Path) -> None:
    none = Keys(b"s" * 32, ())
    held = none.of([ANN], shared=["name-person-list-a"])
    keys = Keys(b"s" * 32, held)
    assert keys.erased(ANN)
    by_id = Record("other:9", "person", "other", "{}", "", ("local-list-person-1",))
    namesake = Record("list:b", "person", "list", "{}", "", ("name-person-list-a",))
    assert keys.erased(by_id) and not keys.erased(namesake), "who shares a name is another"
    assert not none.erased(ANN)
    assert not any(word in key for key in held for word in ("ann", "list", "local"))


def test_own_words_are_known_by_their_author(home: Path) -> None:
    none = Keys(b"s" * 32, ())
    keys = Keys(b"s" * 32, none.of([ANN], ()) | {none.key("own-word:p-1")})
    added = Record("own-word:p-1:added/x", "organisation", "own-word:p-1", "{}")
    assert keys.erased(added)
    assert not keys.erased(Record("own-word:p-2:added/x", "organisation", "own-word:p-2", "{}"))


NAMES = st.sampled_from([f"list:{n}" for n in range(6)])
SOURCES = st.sampled_from(["list", "own-word:p-1", "own-word:p-2"])
RECORDS = st.builds(
    Record,
    uid=NAMES,
    kind=st.sampled_from(["person", "organisation"]),
    source=SOURCES,
    fields=st.just("{}"),
    ids=st.lists(NAMES, max_size=3).map(tuple),
)
ROWS = st.lists(st.builds(Row, RECORDS, st.dictionaries(st.sampled_from("abc"), RECORDS)))


@given(ROWS, st.sets(NAMES | SOURCES))
def test_a_batch_is_told_apart_as_each_record_by_itself(rows: list[Row], gone: set[str]) -> None:
    """The definition: a record is theirs if the key of its uid, of an identifier, or of whose own
    word it is, is held."""
    none = Keys(b"s" * 32, ())
    keys = Keys(b"s" * 32, {none.key(text) for text in (*gone, MARK)})

    def erased(record: Record) -> bool:
        own = [record.source] if record.source.startswith("own-word:") else []
        return any(none.key(text) in keys.held for text in (record.uid, *record.ids, *own))

    said = [Said(row) for row in rows]
    left = without(said, keys)
    assert [each.row for each in left] == [
        row for row in (stripped(r, erased) for r in rows) if row
    ]
    every = [record for row in rows for record in (row.record, *row.mentions.values())]
    assert all(keys.erased(record) == erased(record) for record in every)
    if not any(map(erased, every)):
        assert left is said


def test_another_secret_is_found_out(home: Path) -> None:
    held = Keys(b"s" * 32, ()).of([ANN], ())
    with pytest.raises(LoadProblem, match="another one"):
        Keys(b"t" * 32, held)


def test_keys_beside_the_database(home: Path) -> None:
    assert kept() == set()
    keep(["b", "a"], "2026-11-21")
    keep(["a", "c"], "2026-11-22")
    keep(["a"], "2026-11-23")
    assert kept() == {"a", "b", "c"}
    lines = (home / "erasures").read_text().splitlines()
    assert lines == ["a 2026-11-21", "b 2026-11-21", "c 2026-11-22"]
    assert stat.S_IMODE((home / "erasures").stat().st_mode) == 0o600


@given(st.binary(min_size=1, max_size=200), st.text(max_size=200))
def test_a_key_is_an_hmac(secret: bytes, text: str) -> None:
    assert Keys(secret, ()).key(text) == hmac.digest(secret, text.encode(), "sha256").hex()
