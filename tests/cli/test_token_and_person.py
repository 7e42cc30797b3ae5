"""`tieline token` and `tieline person`, as typed: who may sign in, what is known, who is gone."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tieline.database.graph import Graph
from tieline.database.home import Home
from tieline.graphql.signin.tokens import Tokens
from tieline.loaders.batch import apply
from tieline.loaders.change import Said
from tieline.loaders.refresh import refresh
from tieline.schema.records import Record, Row, dump, handle
from tieline.settings import settings

Typed = Callable[..., tuple[int, str, str]]
AMARA, BRAM = (handle("person", f"list:{n}") for n in (1, 2))
SHOWN = {"id", "name", "level", "person", "scope", "created", "expires", "used", "revoked", "state"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home's files that are not the database's, apart from those of other tests."""
    names = {"tokens": "tokens.sqlite3", "erasure_secret": "secret", "erasures": "erasures"}
    for name, file in names.items():
        monkeypatch.setattr(Home, name, tmp_path / file)
    return tmp_path


@pytest.fixture
def people(graph: Graph, raw: Any, home: Path) -> Graph:
    """Two, whom a partner named. Both are invented."""
    refresh(graph, settings().today)
    raw("CREATE (:Source {slug: 'list', audience: 4, reliability: 0.9, title: 'A list'})")
    rows = []
    for n, name in enumerate(("Amara Thistlewood", "Bram Bracken"), 1):
        fields = dump({"name": name, "consent": 4, "bio": f"{name} sews"})
        rows.append(Said(Row(Record(f"list:{n}", "person", "list", fields, "", (f"local-{n}",)))))
    graph.write(lambda steps: apply(steps, "list", rows))
    return graph


def made(typed: Typed, *words: str) -> dict[str, Any]:
    status, out, err = typed("token", "create", *words, "--json")
    assert (status, err) == (0, "")
    told: dict[str, Any] = json.loads(out)
    return told


def test_a_token_is_shown_once(home: Path, typed: Typed) -> None:
    status, out, err = typed("token", "create", "a drawing tool", "--level", "weaver")
    text = out.strip()
    assert status == 0 and text.startswith("tieline_") and text not in err
    assert "opens what a weaver may see until" in err and "not shown again" in err
    told = typed("token", "list", "--json")[1] + typed("token", "list")[1]
    assert text not in told and text.split("_", 2)[2] not in told
    file = home / "tokens.sqlite3"
    assert text.split("_", 2)[2].encode() not in file.read_bytes()
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_list_tells_what_each_opens_until_when_and_when_it_was_used(
    home: Path, typed: Typed
) -> None:
    assert typed("token", "list")[1] == "No token yet: tieline token create NAME makes one.\n"
    assert json.loads(typed("token", "list", "--json")[1]) == {"tokens": []}
    one = made(typed, "one", "--expires", "12h")
    made(typed, "two", "--level", "steward", "--scope", "write")
    assert Tokens(home / "tokens.sqlite3").known(one["token"])
    first, second = json.loads(typed("token", "list", "--json")[1])["tokens"]
    assert first.keys() == SHOWN == second.keys()
    assert (first["name"], first["level"], first["scope"]) == ("one", "member", "read")
    assert first["used"] and not second["used"] and first["state"] == "stands"
    assert (second["level"], second["scope"], second["person"]) == ("steward", "write", None)
    table = typed("token", "list")[1].splitlines()
    assert table[0].split() == "id name level person scope created expires used state".split()
    assert len(table) == 3 and first["used"] in table[1]


def test_a_token_is_taken_back(home: Path, typed: Typed) -> None:
    tokens = Tokens(home / "tokens.sqlite3")
    one, two = made(typed, "one"), made(typed, "two")
    assert typed("token", "revoke", "one")[:2] == (
        0,
        f"one ({one['id']}) opens nothing any more.\n",
    )
    gone = json.loads(typed("token", "revoke", two["id"], "--json")[1])
    assert gone["state"] == "taken back" and gone["revoked"]
    assert tokens.known(one["token"]) is None is tokens.known(two["token"])
    status, out, err = typed("token", "revoke", "three")
    assert (status, out) == (2, "") and "tieline token list" in err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["x", "--expires", "soon"], "write hours or days"),
        (["x", "--expires", "367d"], "at most 366 days"),
        (["x", "--level", "king"], "'king' is not one of"),
        (["one"], "A token called one stands"),
    ],
)
def test_what_is_no_token(home: Path, typed: Typed, words: list[str], sentence: str) -> None:
    made(typed, "one")
    status, out, err = typed("token", "create", *words)
    assert (status, out) == (2, "") and sentence in err


def test_a_token_of_a_person(people: Graph, home: Path, typed: Typed) -> None:
    assert made(typed, "hers", "--person", "Amara Thistlewood")["person"] == AMARA
    status, _, err = typed("token", "create", "s", "--person", AMARA, "--level", "steward")
    assert status == 2 and "a second token" in err
    assert typed("token", "create", "n", "--person", "Nobody Known")[0] == 2


def test_all_that_is_known_of_somebody(people: Graph, home: Path, typed: Typed) -> None:
    file = home / "amara.json"
    status, out, err = typed("person", "export", "Amara Thistlewood", str(file))
    assert (status, err) == (0, "") and "1 records of 1 sources" in out
    told = json.loads(file.read_text("utf-8"))
    assert told["person"]["name"] == "Amara Thistlewood" and "Bracken" not in file.read_text()
    assert told["records"][0]["fields"]["bio"] == "Amara Thistlewood sews"
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert typed("person", "export", "Amara Thistlewood", str(file))[0] == 2, "it is there"
    again = ("person", "export", "me", str(file), "--force", "--json", "--as", f"person:{AMARA}")
    assert json.loads(typed(*again)[1])["file"] == str(file)
    status, _, err = typed("person", "export", AMARA, str(home / "x"), "--as", f"person:{BRAM}")
    assert status == 2 and not (home / "x").exists() and "FORBIDDEN" not in err


def test_somebody_is_erased(people: Graph, home: Path, typed: Typed, raw: Any) -> None:
    made(typed, "hers", "--person", AMARA)
    before = typed("hash")[1].split()[-1]  # of what is there; what is rehearsed may name new keys
    status, out, _ = typed("person", "erase", "Amara Thistlewood", "--dry-run")
    assert status == 0 and "would be erased: 1 records" in out and "Nothing was changed" in out
    status, out, err = typed("person", "erase", "Amara Thistlewood")
    assert (status, out) == (2, "") and "--yes" in err and "cannot be undone" in err
    assert (
        typed("hash")[1].split()[-1] == before and len(Tokens(home / "tokens.sqlite3").all()) == 1
    )
    told = json.loads(
        typed("person", "erase", "me", "--yes", "--json", "--as", f"person:{AMARA}")[1]
    )
    assert (told["changed"], told["records"], told["tokens"]) == (True, 1, 1)
    assert raw("MATCH (p:Person) RETURN p.name AS name") == [{"name": "Bram Bracken"}]
    assert json.loads(typed("token", "list", "--json")[1]) == {"tokens": []}
    assert typed("person", "erase", "Amara Thistlewood", "--yes")[0] == 2, "there is nobody"
    files = [each.read_bytes().lower() for each in home.iterdir()]
    assert not any(b"amara" in each or AMARA.encode() in each for each in files)
