"""`tieline tie`, `consent`, `requests`, `add`, `correct`, `explain tie`, `ties`, as typed."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from tieline.cli.main import main
from tieline.schema.records import handle

Typed = Callable[..., tuple[int, str, str]]
ANN = f"person:{handle('person', 'list:Ann')}"


@pytest.fixture
def typed(
    world: Any, rows: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Typed:
    """A command in a field of two invented people: exit status, stdout, stderr."""
    monkeypatch.setenv("TIELINE_TODAY", "2026-11-21")
    world.source("list")
    people = [rows.person(name, f"local-list-person-{name}", consent=3) for name in ("Ann", "Bob")]
    world.apply([rows.thing(f"list:{person[1]}", person) for person in people])

    def put(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return put


def test_a_person_speaks_for_themselves(typed: Typed) -> None:
    said = ["tie", "describe", "me", "Bob", "--closeness", "5", "--felt", "cared-for=4"]
    status, out, _ = typed(*said, "--as", ANN)
    assert status == 0 and out.startswith("Noted. Ann and Bob: middling")
    assert "already" in typed(*said, "--as", ANN)[1]
    listed = typed("tie", "said", "--as", ANN)[1].splitlines()
    assert [line.split("  ")[1] for line in listed] == ["Bob: closeness 5", "Bob: felt cared for 4"]
    assert "Bob: middling; your own account 67%" in typed("tie", "mine", "--as", ANN)[1]
    shown = typed("explain", "tie", "me", "Bob", "--as", ANN)[1]
    assert "You said how close they are (5)" in shown and "fewer than three" in shown
    assert "You said" not in typed("explain", "tie", "Ann", "Bob")[1]
    uid = listed[0].rpartition("  ")[2]
    assert typed("tie", "withdraw", uid, "--as", ANN)[:2] == (0, "Taken back: closeness.\n")
    assert typed("consent", "me", "weavers", "--as", ANN)[0] == 0
    assert typed("tie", "mine", "--as", ANN)[0] == 0  # though members do not see her now
    assert typed("requests", "me", "yes", "--capacity", "3", "--as", ANN)[0] == 0
    told = orjson.loads(typed("tie", "mine", "--as", ANN, "--json")[1])["me"]
    assert (told["consent"], told["takingRequests"], told["capacity"]) == (2, True, 3)


def test_a_steward_writes_down_adds_and_corrects(typed: Typed, world: Any) -> None:
    assert typed("tie", "describe", "Ann", "Bob", "--frequency", "weekly")[0] == 0
    assert "how often they are in touch" in typed("explain", "tie", "Ann", "Bob")[1]
    said = ["add", "organisation", "Guild", "--url", "guild.example", "--json"]
    uid = orjson.loads(typed(*said)[1])["add"]["uid"]
    assert not orjson.loads(typed(*said)[1])["add"]["changed"]
    assert typed("correct", uid, "url", "the-guild.example")[0] == 0
    back = typed("correct", uid, "url", "the-guild.example", "--undo")
    assert back[:2] == (0, "Taken back: url: the-guild.example.\n")
    assert "already" in typed("correct", uid, "url", "the-guild.example", "--undo")[1]
    assert typed("correct", uid, "name", "The Guild")[0] == 0
    assert typed("add", "person", "Cat", "--basis", "she asked", "--organisation", uid)[0] == 0
    found = world.ask("MATCH (p:Person {name: 'Cat'})-[:WORKS_FOR]->(o) RETURN o.name AS o")
    assert found == [{"o": "The Guild"}]
    answer = orjson.loads(typed("ties", "refresh", "--json")[1])
    assert (answer["as_of"], answer["pairs"]) == ("2026-11-21", 2)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["tie", "describe", "Ann", "Bob", "--closeness", "3", "--as", "member"], "person:ID"),
        (["tie", "describe", "Ann", "Bob"], "Say how the tie is"),
        (["tie", "describe", "Ann", "Bob", "--felt", "happy=3"], "the items are"),
        (["tie", "describe", "Ann", "Bob", "--felt", "safe=3"], "person alone"),
        (["tie", "describe", "Bob", "Ann", "--closeness", "3", "--as", ANN], "yourself alone"),
        (["correct", "me", "bio", "x", "--undo", "--as", ANN], "nothing to take back"),
        (["tie", "said"], "Say who you are"),
        (["consent", "me", "members"], "Say whose word"),
        (["tie", "mine", "--as", "person:Nobody"], "Nothing here answers"),
        (["tie", "mine", "--as", "somebody"], "none of"),
        (["explain", "tie", "Ann", "Bob", "--as-of", "2999-01-01"], "not come yet"),
        (["serve", "--host", "0.0.0.0", "--as", ANN], "not public"),
    ],
)
def test_what_is_put_wrongly(typed: Typed, words: list[str], why: str) -> None:
    status, out, err = typed(*words)
    assert (status, out) == (2, "")
    assert why in err.replace("\n", " ")
