"""similarProjects over GraphQL, its words on the terminal, and the word before one is added."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from rich.console import Console

from tieline.cli import drafting
from tieline.cli.drafting import drafted, notice
from tieline.cli.tables import show
from tieline.graphql.operations import saved

Told = dict[str, Any]
Ask = Callable[..., Told]
Uids = dict[str, str]


def similar(ask: Ask, level: int, **draft: Any) -> Told:
    told = ask(saved()["similar"].text, level, draft=draft)
    assert told["errors"] == []
    answer: Told = told["data"]["similarProjects"]
    return answer


def test_what_each_may_see_of_it(field: Uids, ask: Ask) -> None:
    given = {"places": ["Leeds"], "themes": [field["loneliness"]]}
    weaver, public = (similar(ask, level, **given) for level in (2, 4))
    names = [row["project"]["name"] for row in public["allies"]]
    assert names == ["Digging Together"]
    assert "Evening Soup" not in str(public)
    assert public["allies"][0]["reasons"][0]["sources"] == [
        {"uid": "open-list", "title": "An open list"}
    ]
    assert len(weaver["allies"]) >= len(names)
    assert public["coverage"]["sentence"] and public["uncertainty"] and public["graphVersion"]


def test_its_own_lead_is_told_apart(field: Uids, ask: Ask) -> None:
    given = {"title": "Digging", "themes": ["loneliness"], "leadOrganisation": "Acorn Trust"}
    answer = similar(ask, 4, **given)
    assert answer["allies"] == [] and answer["risk"]["label"] == "NONE"
    assert [row["project"]["name"] for row in answer["own"]] == ["Digging Together"]


def test_in_words(field: Uids, ask: Ask) -> None:
    out = Console(width=100, record=True, file=None, quiet=False, markup=False)
    with out.capture() as found:
        show({"similarProjects": similar(ask, 4, themes=["loneliness"], places=["Leeds"])}, out)
    text = " ".join(found.get().split())
    assert "you may be allies" in text and "Both work in Leeds." in text
    with out.capture() as found:
        show({"similarProjects": similar(ask, 4, title="Zeppelins")}, out)
    assert "Nothing that you may see is like it" in " ".join(found.get().split())


def test_a_draft_of_what_was_typed() -> None:
    said = drafted(title="Tea", themes=("food",), places=(), start=None, lead="Acorn Trust")
    assert said == {"title": "Tea", "themes": ["food"], "leadOrganisation": "Acorn Trust"}


def slowly(*given: Any) -> Any:
    time.sleep(0.5)
    own = {"project": {"name": "Digging Together"}, "weight": 1.0}
    return {"similarProjects": {"own": [own], "allies": [], "risk": {"label": "HIGH"}}}


def test_a_word_before_it_is_added(
    field: Uids, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "WAIT", 60.0)  # a busy machine is no defect
    notice("Digging", {"place": ("Leeds",), "theme": ("loneliness",)}, "anonymous")
    out, err = capsys.readouterr()
    assert out == "" and "Digging Together" in err and "tieline ask similar" in err
    notice("Digging", {"place": ("A town that is new",)}, "anonymous")
    assert capsys.readouterr() == ("", ""), "what is new is no reason to say anything"
    monkeypatch.setattr(drafting, "WAIT", 0.0)
    monkeypatch.setattr(drafting, "told", slowly)
    notice("Digging", {"place": ("Leeds",), "theme": ("loneliness",)}, "anonymous")
    assert capsys.readouterr() == ("", ""), "nor is it waited for"
