"""The short way of the usual request: the very answers of the long one, or none at all."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from graphql import parse
from tests.graphql.served import answering
from tests.graphql.test_statements import asking, given

from tieline.database.address import Address
from tieline.graphql import limits, usual, view

Told = dict[str, Any]
Uids = dict[str, str]
ONE = "query One($id: ID!, $many: Int) { node(id: $id) { id } people(first: $many) { totalCount } }"
JSON = {"content-type": "application/json"}


@pytest.fixture
def client(address: Address, field: Uids) -> Iterator[httpx.Client]:
    with answering(address) as opened:
        yield opened


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each request, whether it went the short way; if the first is set to False, none may."""
    ways: list[bool] = []

    async def noted(*given: Any) -> Any:
        found = await usual.answered(*given) if ways[:1] != [False] else None
        ways.append(found is not None)
        return found

    monkeypatch.setattr(view, "answered", noted)
    return ways


def told(client: httpx.Client, body: Any, headers: Told) -> tuple[int, bytes, Told]:
    given = {"content": body} if isinstance(body, bytes) else {"json": body}
    found = client.post("/graphql", **given, headers=headers)
    more = {k: v for k, v in found.headers.items() if k not in ("date", "x-request-id")}
    return found.status_code, found.content, more


def both(client: httpx.Client, taken: list[bool], body: Any, headers: Told | None = None) -> bool:
    """Whether it goes the short way once it is known; it answers as the long way in any case."""
    headers = headers or {}
    taken[:] = [False]
    long = [told(client, body, headers) for _ in range(2)][-1]
    taken.clear()
    short = told(client, body, headers)
    assert short == long, body
    return taken[0]


@pytest.mark.slow
def test_every_saved_question_is_answered_alike(
    client: httpx.Client, field: Uids, taken: list[bool]
) -> None:
    variables = given(field) | {"duplicates": {"kind": "SAME_RECORD"}}
    for name, operation in asking().items():
        body = {"query": operation.text, "variables": variables.get(name)}
        assert both(client, taken, body) == usual.queries(parse(operation.text), None), name


def test_errors_and_refusals_are_the_same(
    client: httpx.Client, field: Uids, taken: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    named: Told = {"query": ONE, "operationName": "One"}
    good = {"id": field["Ana Ash"]}
    assert both(client, taken, named | {"variables": good})
    for variables in (good | {"many": 0}, good | {"many": 101}, {"id": "p-nobody"}):
        assert both(client, taken, named | {"variables": variables})
    assert both(client, taken, named | {"variables": {"id": None}})  # refused by graphql-core
    assert both(client, taken, {"query": "{ loads { totalCount } }"})  # FORBIDDEN, in its place
    assert not both(client, taken, named | {"variables": good | {"many": 10**6}})  # too much
    monkeypatch.setattr(limits, "DEPTH", 1)
    assert not both(client, taken, named | {"variables": good})


ODD: list[tuple[Any, Told]] = [
    (b"", JSON),
    (b"{", JSON),
    (b"[]", JSON),
    (b'"text"', JSON),
    (b'{"query": 1}', JSON),
    (b'{"query": null}', JSON),
    (b'{"query": "{ people { totalCount } }", "variables": []}', JSON),
    (b'{"query": "{ people { totalCount } }", "operationName": 7}', JSON),
    (b'{"query": "{ people { totalCount } }", "operationName": ""}', JSON),
    (b'{"query": "{ people { totalCount } }", "operationName": "Other"}', JSON),
    (b'{"query": "{ people { totalCount } }", "extensions": {"a": 1}}', JSON),
    (b'{"query": "{ people { totalCount } }"}', {"content-type": "text/plain"}),
    (b'{"query": "{ people { totalCount } }"}', JSON | {"accept": "Text/Event-Stream"}),
    ({"query": "query A { limits { cost } } query B { limits { cost } }"}, {}),
    ({"query": "{ nothing }"}, {}),
    ({"query": "{ people( }"}, {}),
    ({"query": "mutation { unjudge(input: {judgement: \"x\"}) { bookmark } }"}, {}),
    ({"query": "subscription { loadProgress(load: \"x\") { id } }"}, {}),
]  # fmt: skip


def test_what_is_odd_goes_the_long_way(client: httpx.Client, taken: list[bool]) -> None:
    for body, headers in ODD:
        assert not both(client, taken, body, headers), body


def test_what_it_is_told_in_is_chosen_alike(client: httpx.Client, taken: list[bool]) -> None:
    body = {"query": "{ people { totalCount } }"}
    for accept in ("application/graphql-response+json", "*/*", "application/json;q=0.5"):
        assert both(client, taken, body, {"accept": accept})
    assert both(client, taken, body, {"x-tieline-bookmark": "none"})
