"""The plans made at the start are those that first pages want."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.graphql.test_statements import asking, given

from tieline.database.home import Home
from tieline.database.java import configuration
from tieline.database.memory import chosen
from tieline.database.reader import Reader
from tieline.graphql.rehearsed import rehearse, wanted
from tieline.graphql.warm import names, parameters, warm

ROOT = Path(__file__).parents[2]
Ask = Callable[..., dict[str, Any]]
Uids = dict[str, str]
Types = dict[str, str]
MORE = """
{ places { nodes { name } totalCount } themes { nodes { label } totalCount }
  projects { nodes { leads { nodes { name } totalCount } } } }
"""


def kind(value: Any) -> str:
    """As the server tells parameters apart: a plan is kept for each."""
    if isinstance(value, list):
        return f"list of {kind(value[0])}" if value else "empty list"
    return "map" if isinstance(value, dict) else type(value).__name__


def types(given: dict[str, Any]) -> Types:
    return {name: kind(value) for name, value in given.items() if name != "level"}


def nulls(types: Types) -> set[str]:
    """What nothing was asked of: filters, mostly."""
    return {name for name, each in types.items() if each == "NoneType"}


def test_every_list_is_run_once(field: Uids, reader: Callable[[int], Reader], run: Any) -> None:
    one = reader(1)
    assert run(warm(one)) == len(names())
    assert one.statements == names()
    first = ["people", "organisations", "projects", "actor_ties"]
    assert names()[:4] == [f"lists/{name}" for name in first]


def test_with_the_types_that_questions_have(
    field: Uids, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each list that is read as it stands, some reading has the types it was warmed with."""
    seen: dict[str, list[Types]] = defaultdict(list)
    pages = Reader.pages

    async def noted(self: Reader, name: str, /, **params: Any) -> Any:
        seen[name].append(types(params))
        return await pages(self, name, **params)

    monkeypatch.setattr(Reader, "pages", noted)
    for name, operation in asking().items():
        ask(operation.text, 1, **given(field).get(name, {}))
    ask(MORE, 1)
    warmed = {name: types(parameters(name)) for name in names()}
    plain = {
        name: some
        for name in names()
        if (some := [each for each in seen[name] if nulls(each) == nulls(warmed[name])])
    }
    assert len(plain) > 25
    cold = {n: warmed[n].items() ^ some[0].items() for n, some in plain.items()
            if warmed[n] not in some}  # fmt: skip
    assert cold == {}, cold


def test_our_own_server_is_set_as_the_documentation_tells(tmp_path: Path) -> None:
    told = configuration(Home(tmp_path), 1, chosen()).splitlines()
    page = (ROOT / "docs/speed.md").read_text("utf-8")
    lines = [line.strip() for line in page.splitlines() if "=" in line and line[:4] == "    "]
    named = [line for line in lines if line.startswith(("internal.", "db."))]
    assert len(named) == 1 and set(named) <= set(told)


def test_the_questions_asked_first_are_rehearsed(
    field: Uids, reader: Callable[[int], Reader], run: Any
) -> None:
    done = run(rehearse(reader(4)))
    assert done == [
        "pathways", "actor", "tie", "introducers", "search", "pathways-theme", "theme",
        "translate", "place",
    ]  # fmt: skip
    assert wanted({}) == {}, "where nobody is there, nothing is asked"
