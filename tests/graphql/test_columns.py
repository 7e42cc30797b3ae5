"""Lists by columns: completed without a row, and as graphql-core does it whatever is in them."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.graphql.generated import Document
from tests.graphql.test_oracle import Check, check  # noqa: F401

from tieline.graphql.columnar import finite, within
from tieline.graphql.counted import counted
from tieline.graphql.marks import Row
from tieline.graphql.table import Table, typed

Uids = dict[str, str]
Ask = Callable[..., dict[str, Any]]

LISTS = {
    "people": "id uid name bio pronouns lastConfirmed __typename",
    "organisations": "id name kind isNetwork __typename",
    "networks": "uid isNetwork",
    "projects": "id uid name title description starts ends amount currency lessons status",
    "places": "again: name name gss kind vintage",
    "themes": "name label scheme code note",
}


def document(name: str) -> Document:
    return Document(f"{{ {name}(first: 5) {{ nodes {{ {LISTS[name]} }} }} }}", {})


@pytest.mark.parametrize("name", LISTS)
def test_no_row_is_made(field: Uids, ask: Ask, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all is plainly as it goes out; with edges beside it, or places below it, rows are."""
    made: list[Table] = []
    rows = Table.rows

    def noted(self: Table) -> list[Row]:
        made.append(self)
        return rows(self)

    monkeypatch.setattr(Table, "rows", noted)
    assert ask(document(name).text, 1)["errors"] == []
    assert made == []
    ask(f"{{ {name} {{ edges {{ node {{ sources {{ title }} }} }} }} }}", 1)
    assert made != []


@pytest.mark.parametrize("name", LISTS)
def test_whatever_is_in_a_column(check: Check, field: Uids, name: str) -> None:  # noqa: F811
    before, asked = counted(), document(name)
    for seed in range(25):
        check(asked, 1, seed)
    after = counted()
    assert after["compiled"] - before["compiled"] > 2
    assert after["fell_back"] - before["fell_back"] > 2


def test_a_page_is_cut_and_turned(field: Uids, ask: Ask) -> None:
    """Forwards, backwards, beside cursors, with edges and without: the same things."""
    text = "{{ people({page}) {{ {more} nodes {{ name }} pageInfo {{ startCursor endCursor }} }} }}"
    every = [
        each["name"] for each in ask("{ people { nodes { name } } }", 1)["data"]["people"]["nodes"]
    ]
    assert len(every) > 4
    for more in ("", "edges { cursor node { name } }", "totalCount"):
        first = ask(text.format(page="first: 2", more=more), 1)["data"]["people"]
        last = ask(text.format(page="last: 2", more=more), 1)["data"]["people"]
        then = f'first: 2, after: "{first["pageInfo"]["endCursor"]}"'
        second = ask(text.format(page=then, more=more), 1)["data"]["people"]
        assert [each["name"] for each in first["nodes"]] == every[:2]
        assert [each["name"] for each in second["nodes"]] == every[2:4]
        assert [each["name"] for each in last["nodes"]] == every[-2:]
        if "edges" in more:
            assert [each["node"]["name"] for each in last["edges"]] == every[-2:]
            assert last["edges"][0]["cursor"] == last["pageInfo"]["startCursor"]


def test_ends_stay_with_their_ties(field: Uids, ask: Ask) -> None:
    """Whatever page it is: both come by columns of their own."""
    tie = "uid from { uid __typename } to { uid __typename }"
    both = "nodes { TIE } edges { node { TIE } }".replace("TIE", tie)

    def pages(page: str) -> list[dict[str, Any]]:
        asked = f'{{ person(id: "{field["Ana Ash"]}") {{ ties({page}) {{ {both} }} }} }}'
        found = ask(asked, 1)["data"]["person"]["ties"]
        assert found["nodes"] == [each["node"] for each in found["edges"]]
        rows: list[dict[str, Any]] = found["nodes"]
        return rows

    every = pages("first: 20")
    assert len(every) == 5 and {each["to"]["__typename"] for each in every} > {"Person"}
    for row in every:
        assert row["uid"] == f"{row['from']['uid']}~{row['to']['uid']}"
    for many in range(1, 6):
        assert pages(f"first: {many}") == every[:many]
        assert pages(f"last: {many}") == every[-many:]


def test_nothing_but_whether_there_is_more(field: Uids, ask: Ask) -> None:
    found = ask("{ themes(first: 1) { pageInfo { hasNextPage } nodes { __typename } } }", 1)
    assert found["data"]["themes"]["pageInfo"]["hasNextPage"] is True
    assert found["data"]["themes"]["nodes"] == [{"__typename": "Theme"}]


def test_rows_of_a_table_are_made_once() -> None:
    table = typed(["Network", "Organisation"], {"uid": ["o-1", "o-2"]}, 2)
    assert table.rows() is table.rows()
    assert list(table) == [
        {"__typename": "Organisation", "uid": "o-1", "is_network": True},
        {"__typename": "Organisation", "uid": "o-2", "is_network": False},
    ]
    assert typed("Place", {}, 2).rows() == [{"__typename": "Place"}] * 2


def test_numbers_that_graphql_has() -> None:
    assert finite([1.0, None, 0.0]) and finite([]) and finite([None])
    assert not finite([1.0, float("inf")]) and not finite([float("nan")])
    assert not finite([float("inf"), float("-inf")])
    assert within([-(2**31), None, 2**31 - 1]) and within([]) and not within([2**31])
