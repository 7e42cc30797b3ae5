"""tieline ask and serve, as a person at a terminal meets them."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tieline.cli.main import main
from tieline.graphql.operations import saved

Told = dict[str, Any]
Ask = Callable[..., Told]
Uids = dict[str, str]
Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(field: Uids, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """say("pathways", ...) is `tieline ask pathways ...`: exit status, stdout, stderr."""
    monkeypatch.setenv("COLUMNS", "80")

    def put(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["ask", *words])
        told = capsys.readouterr()
        return int(str(ended.value.code)), told.out, told.err

    return put


COMMANDS = [
    (["pathways", "Ana Ash", "Eli Elm"], "pathways", {"from": "Ana Ash", "to": "Eli Elm"}),
    (["pathways", "Eli Elm", "Acorn Trust", "--person-in", "--hops", "3", "--routes", "1"],
     "pathways",
     {"from": "Eli Elm", "to": "Acorn Trust", "personIn": True, "hops": 3, "routes": 1}),
    (["pathways", "Eli Elm", "--theme", "belonging", "--place", "Leeds"],
     "pathways-theme",
     {"from": "Eli Elm", "theme": "belonging", "place": "Leeds"}),
    (["pathways", "Ana Ash", "Eli Elm", "--as-of", "2020-01-01"],
     "pathways",
     {"from": "Ana Ash", "to": "Eli Elm", "asOf": "2020-01-01"}),
    (["introducers", "Ana Ash", "Eli Elm"],
     "introducers",
     {"from": "Ana Ash", "to": "Eli Elm"}),
    (["introduce", "Ana Ash", "Eli Elm", "--through", "Ben Birch"],
     "introduce",
     {"route": ["Ana Ash", "Ben Birch", "Eli Elm"]}),
    (["bridges"], "bridges", {}),
    (["bridges", "--place", "Yorkshire", "--first", "3"],
     "bridges",
     {"first": 3, "scope": {"place": "Yorkshire"}}),
    (["bridges", "--since", "2020-01-01"], "bridges", {"since": "2020-01-01"}),
    (["bridges", "--label", "thin", "--first", "2"],
     "bridges",
     {"first": 2, "scope": {"label": "THIN"}}),
    (["bridges", "--on", "2020-01-01"], "bridges", {"scope": {"on": "2020-01-01"}}),
    (["brokers"], "brokers", {}),
    (["brokers", "--place", "Yorkshire", "--first", "3"],
     "brokers",
     {"first": 3, "scope": {"place": "Yorkshire"}}),
    (["duplicates", "--kind", "same-record"], "duplicates", {"kind": "SAME_RECORD"}),
    (["duplicates"], "duplicates", {}),
    (["search", "acorn"], "search", {"text": "acorn"}),
]  # fmt: skip


@pytest.mark.parametrize(("words", "name", "variables"), COMMANDS)
@pytest.mark.parametrize("level", ["steward", "anonymous"])
def test_json_is_the_data_of_the_saved_operation(
    say: Say, ask: Ask, words: list[str], name: str, variables: Told, level: str
) -> None:
    status, out, err = say(*words, "--json", "--as", level)
    assert (status, err) == (0, "")
    data = ask(saved()[name].text, {"steward": 1, "anonymous": 4}[level], **variables)["data"]
    assert json.loads(out) == data


@pytest.mark.parametrize(("words", "name", "variables"), COMMANDS)
def test_tables_fit_eighty_columns(say: Say, words: list[str], name: str, variables: Told) -> None:
    status, out, err = say(*words)
    assert (status, err) == (0, "")
    assert len(out) > 40
    assert max(map(len, out.splitlines())) <= 80
    assert "\x1b" not in out, "no colours into a pipe"
    assert "Hana Hidden" not in out


def test_a_table_of_pathways(say: Say) -> None:
    _, out, _ = say("pathways", "Ana Ash", "Eli Elm")
    assert "Ana Ash > Ben Birch > Eli Elm" in out
    assert "22%" in out and "chance" in out
    assert "knows Ben Birch" in " ".join(out.split())
    _, out, _ = say("pathways", "Ana Ash", "Eli Elm", "--as", "member")
    assert "Ana Ash > Ben Birch > Eli Elm" in out
    assert "%" not in out and "chance" not in out


def test_what_to_write_and_that_it_was_sent(say: Say, field: Uids, change: Any) -> None:
    status, out, _ = say("introduce", "Ana Ash", "Eli Elm")
    assert status == 0 and "Dear Ben Birch," in out and "would you introduce us?" in out
    asks = "MATCH (k:Ask) RETURN k.of AS of, k.by AS by, k.to AS to"
    assert change(asks).records == [], "nothing is kept of a draft"
    for said in ("Noted: Ben Birch was asked to introduce Ana Ash to Eli Elm.", "already"):
        status, out, _ = say("introduce", "Ana Ash", "Eli Elm", "--sent")
        assert status == 0 and said in out
    (kept,) = change(asks).records
    assert kept.data() == {"of": field["Ben Birch"], "by": field["Ana Ash"], "to": field["Eli Elm"]}
    eased = change("MATCH (x:Person {name: 'Ben Birch'}) RETURN x.ease AS ease").records
    assert eased[0]["ease"] == 0.8, "1 / (1 + 1/4)"
    status, _, err = say("introduce", "Ana Ash", "Eli Elm", "--sent", "--as", "weaver")
    assert status == 2 and "Only a person can say that" in err


def test_why_a_broker_stands_there(say: Say, ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    def explained(*words: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main(["explain", "broker", *words])
        assert ended.value.code == 0
        return capsys.readouterr().out

    for level, number in (("steward", 1), ("member", 3)):
        told = json.loads(explained("Ana Ash", "--as", level, "--json"))
        assert told == ask(saved()["broker"].text, number, actor="Ana Ash")["data"]
        assert (told["broker"]["constraint"] is None) == (level == "member")
    out = explained("Ana Ash", "--label", "thin")
    assert "Ana Ash joins" in " ".join(out.split()) and "It rests on the data of" in out
    assert max(map(len, out.splitlines())) <= 80 and "Hana Hidden" not in out


def test_a_table_of_bridges(say: Say) -> None:
    _, out, _ = say("bridges", "--first", "2")
    assert "Ana Ash" in out and "cut off" in out
    assert "2 of 8 shown" in out


def test_a_table_of_brokers(say: Say) -> None:
    _, out, _ = say("brokers", "--first", "2")
    told = " ".join(out.split())
    assert "constraint" in told and "of the shortest routes" in told
    assert "2 of 9 shown" in told and "What nobody recorded is left out" in told
    _, out, _ = say("brokers", "--first", "2", "--as", "weaver")
    assert "constraint" not in out and "shortest" not in out and "nobody is ranked" in out


def test_empty_answers_say_what_to_do(say: Say) -> None:
    assert "Try one word" in say("search", "zzzzz")[1]
    assert "--kind" in say("duplicates", "--as", "anonymous", "--kind", "same-record")[1]
    status, out, _ = say("pathways", "Ana Ash", "Copse Network")
    assert status == 0 and "No recorded pathway leads" in out and "tieline" in out


def test_names_that_lead_nowhere(say: Say) -> None:
    """Nothing on stdout, one sentence on stderr, exit 2; the hidden are as nobody."""
    status, out, err = say("pathways", "Hana Hidden", "Eli Elm", "--json")
    assert (status, out) == (2, "")
    assert err == say("pathways", "Nobo Dyatall", "Eli Elm")[2].replace(
        "Nobo Dyatall", "Hana Hidden"
    )
    assert say("pathways", "Stew Spruce", "Eli Elm", "--as", "weaver")[0] == 2
    assert say("pathways", "Leeds", "Eli Elm")[0] == 2
    assert say("pathways", "Ana Ash")[0] == 2
    assert say("pathways", "Ana Ash", "Eli Elm", "--hops", "9")[0] == 2


def test_an_ambiguous_name_lists_the_candidates(say: Say, change: Any) -> None:
    change(
        "UNWIND ['p-one', 'p-two'] AS uid "
        "CREATE (:Person:Actor {uid: uid, name: 'Sam Same', consent: 4, taking_requests: true})"
    )
    status, out, err = say("pathways", "Sam Same", "Eli Elm")
    assert (status, out) == (2, "")
    assert "p-one" in err and "p-two" in err and "Ask by id" in err
    assert say("pathways", "p-one", "Eli Elm")[0] == 0


def test_serve_answers_until_it_is_ended(field: Uids) -> None:
    """Its address is told once it answers; Ctrl-C ends it without a word."""
    program = "from tieline.cli.main import main; main()"
    command = [sys.executable, "-c", program, "serve", "--port", "0", "--as", "weaver"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as said:
        assert said.stderr is not None
        told = ""
        while "Ctrl-C ends it" not in told:
            line = said.stderr.readline()
            assert line, told
            told += line
        assert "NO SIGN-IN" in told and "answered as weaver" in told
        url = re.search(r"http://127\.0\.0\.1:\d+/graphql", told)
        assert url is not None
        got = httpx.post(url[0], json={"query": "{ viewer { level } }"}, timeout=60)
        assert got.json()["data"] == {"viewer": {"level": "WEAVER"}}
        said.send_signal(signal.SIGINT)
        assert "Traceback" not in said.stderr.read()
        assert said.wait(30) == 0


def test_serve_shows_to_others_only_what_is_public(capsys: pytest.CaptureFixture[str]) -> None:
    for host in ("0.0.0.0", "::", "example.org"):
        with pytest.raises(SystemExit) as ended:
            main(["serve", "--as", "steward", "--host", host, "--port", "0"])
        assert ended.value.code == 2
        assert "Leave --as away" in capsys.readouterr().err
