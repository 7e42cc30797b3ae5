"""GET /export/<format> on the application as `tieline serve` runs it."""

import asyncio
import json
import re
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from tests.exports.back import back
from tests.graphql.served import answering as served

from tieline.database.address import Address
from tieline.errors import DatabaseProblem, TookTooLong
from tieline.exports.read import asked
from tieline.exports.written import FORMATS
from tieline.graphql import exporting
from tieline.graphql.live import events

NAMED = re.compile(r'attachment; filename="tieline-[\w-]+(?:\.\w+)+"')
Uids = dict[str, str]
Change = Callable[..., object]
MEDIA = {
    "kumu": "application/json", "gexf": "application/gexf+xml",
    "graphml": "application/graphml+xml", "cytoscape": "application/json",
    "graphology": "application/json", "jgf": "application/vnd.jgf+json",
    "gephi-csv": "application/zip", "kumu-csv": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


@pytest.fixture
def client(address: Address, field: Uids) -> Iterator[httpx.Client]:
    with served(address, 4) as opened:
        yield opened


def test_every_format_is_answered_with_its_type_and_a_name(client: httpx.Client) -> None:
    for name in FORMATS:
        got = client.get(f"/export/{name}")
        assert got.status_code == 200
        assert got.headers["content-type"].partition(";")[0] == MEDIA[name]
        assert NAMED.fullmatch(got.headers["content-disposition"])
        assert got.headers["x-content-type-options"] == "nosniff"
        things, _, _ = back(name, got.content)
        assert {each["name"] for each in things.values()} >= {"Ana Ash", "Ben Birch", "Eli Elm"}


def test_nothing_of_who_may_not_be_seen_is_in_it(client: httpx.Client, address: Address) -> None:
    for name in ("kumu", "gexf", "graphology"):
        text = client.get(f"/export/{name}", params={"all": "true"}).text
        assert not re.search("Hana|Dev Dogwood|Cat Cedar|Stew|Beech|Evening Soup|Weavers", text)
    with served(address, 2) as weaver:
        assert "Dev Dogwood" in weaver.get("/export/kumu").text
        assert "Hana" not in weaver.get("/export/kumu").text


def test_who_has_it_already_is_told_so_until_the_graph_changes(
    client: httpx.Client, change: Change
) -> None:
    first = client.get("/export/kumu")
    tag = {"if-none-match": first.headers["etag"]}
    again = client.get("/export/kumu", headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["access-control-allow-origin"] == "*"
    several = {"if-none-match": f'"x", {first.headers["etag"].removeprefix("W/")}'}
    assert client.get("/export/kumu", headers=several).status_code == 304
    change("CREATE (:Actor:Person {uid: 'p-new', name: 'New Nettle', consent: 4})")
    new = client.get("/export/kumu", headers=tag)
    assert new.status_code == 200 and "New Nettle" in new.text


def test_tags_are_listed_in_any_way_that_the_standard_knows(client: httpx.Client) -> None:
    """RFC 9110, 13.1.2: `*` is any there is, a list may be of several lines, weak or not."""
    tag = client.get("/export/kumu").headers["etag"].removeprefix("W/")
    has = ["*", tag, f"W/{tag}", f'"x,y" ,W/"z",\t{tag}', f'{tag},"x"']
    lines = [[each] for each in has] + [['"x"', f"W/{tag}"]]
    not_so = [[tag.strip('"')], [f'"x{tag}'], ["w/" + tag], ['"*"'], ["*, *"], [""], [f"{tag}x"]]
    for said, status in [*((each, 304) for each in lines), *((each, 200) for each in not_so)]:
        for method in ("GET", "HEAD"):
            headers = [("if-none-match", line) for line in said]
            got = client.request(method, "/export/kumu", headers=headers)
            assert got.status_code == status, said
            assert got.headers["etag"] == f"W/{tag}" and (status == 200 or not got.content)
    for path, status in (("kumu?scope=place:Nowhere", 404), ("gml", 404), ("kumu?all=x", 400)):
        none = client.get(f"/export/{path}", headers={"if-none-match": "*"})
        assert none.status_code == status, "of what there is not nobody has any"


def test_a_tag_is_of_what_is_asked_and_of_who_asks(client: httpx.Client, address: Address) -> None:
    asked = ["kumu", "jgf", "kumu?all=true", "kumu?scope=label:thin", "kumu?scope=place:Leeds"]
    tags = [client.head(f"/export/{each}").headers["etag"] for each in asked]
    with served(address, 1) as steward:
        tags += [steward.head(f"/export/{each}").headers["etag"] for each in asked]
    assert len(set(tags)) == 2 * len(asked)


def test_any_page_may_read_what_is_public_and_none_what_is_not(
    client: httpx.Client, address: Address
) -> None:
    assert client.get("/export/kumu").headers["access-control-allow-origin"] == "*"
    asked = client.options("/export/kumu", headers={"access-control-request-method": "GET"})
    assert asked.status_code == 204
    assert "If-None-Match" in asked.headers["access-control-allow-headers"]
    with served(address, 3) as member:
        got = member.get("/export/kumu")
        assert "access-control-allow-origin" not in got.headers
        assert got.headers["cache-control"] == "private, no-store"
        assert "access-control-allow-origin" not in member.options("/export/kumu").headers


def test_a_part_of_it(client: httpx.Client) -> None:
    got = client.get("/export/kumu", params=[("scope", "place:Leeds"), ("scope", "label:thin")])
    assert [each["label"] for each in got.json()["elements"]] == ["Ana Ash"]
    whole = client.get("/export/kumu?all=true").json()["elements"]
    assert {"Digging Together", "Leeds"} <= {each["label"] for each in whole}


def test_numbers_are_for_stewards(client: httpx.Client, address: Address) -> None:
    got = client.get("/export/kumu?numbers=true")
    assert got.status_code == 400 and "for stewards" in told(got)
    with served(address, 1) as steward:
        assert steward.get("/export/kumu?numbers=true").status_code == 200


def told(got: httpx.Response) -> str:
    message: str = json.loads(got.content)["errors"][0]["message"]
    return message


WRONG = [
    ("gml", 404, "no format 'gml'"),
    ("kumu?scope=place:Nowhere", 404, "Nothing here answers to 'Nowhere'"),
    ("kumu?scope=place:Hana Hidden", 404, "Nothing here answers to 'Hana Hidden'"),
    ("kumu?scope=Leeds", 400, "write scope=place:Leeds"),
    ("kumu?scope=place:Leeds&scope=place:York", 400, "once each"),
    ("kumu?scope=label:fat", 400, "no label 'fat'"),
    ("kumu?colour=red", 400, "no parameter 'colour'"),
    ("kumu?all=perhaps", 400, "neither true nor false"),
]


def test_what_is_wrong_is_said(client: httpx.Client) -> None:
    for path, status, said in WRONG:
        got = client.get(f"/export/{path}")
        assert got.status_code == status and said in told(got)
        assert got.headers["access-control-allow-origin"] == "*" and "etag" not in got.headers


def test_what_took_too_long_is_no_fault_of_ours() -> None:
    """It may be asked for again, or less of it; other troubles are for whoever keeps it."""
    assert exporting.status(TookTooLong("Ask for less.")) == 503
    assert exporting.status(DatabaseProblem("Mend it.")) == 500


def test_the_service_goes_on_when_somebody_hangs_up(client: httpx.Client) -> None:
    for _ in range(20):
        with client.stream("GET", "/export/graphology") as got:
            assert got.status_code == 200
    answers: list[Any] = [client.get("/export/kumu") for _ in range(3)]
    assert {each.status_code for each in answers} == {200}


def test_who_waits_for_a_turn_asks_the_database_nothing(
    address: Address, field: Uids, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its statements may take a minute each: so many at once would keep all questions waiting."""
    at_once = most = 0

    async def counted(*given: Any, **more: Any) -> Any:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        try:
            await asyncio.sleep(0.05)
            return await asked(*given, **more)
        finally:
            at_once -= 1

    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    monkeypatch.setattr(exporting, "asked", counted)
    with served(address) as client, ThreadPoolExecutor(8) as pool:
        wanted = ["kumu", "kumu?scope=place:Leeds", "kumu?scope=place:Nowhere", "kumu?scope=Leeds"]
        got = pool.map(lambda path: client.get(f"/export/{path}").status_code, wanted * 4)
        assert Counter(got) == {200: 8, 404: 4, 400: 4}
    assert most == 2


def test_who_takes_nothing_keeps_nobody_waiting(
    address: Address, field: Uids, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a turn for one alone, and more to be told than the sockets between hold."""
    monkeypatch.setattr(exporting, "AT_ONCE", 1)
    monkeypatch.setattr(events, "STALL", 3.0)
    change("MATCH (p:Person {name: 'Ana Ash'}) SET p.bio = $bio", bio="so much to say " * 2**19)
    with served(address) as client, socket.socket() as idle:
        idle.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        idle.connect((client.base_url.host, client.base_url.port))
        idle.sendall(b"GET /export/kumu HTTP/1.1\r\nhost: localhost\r\n\r\n")
        assert idle.recv(12) == b"HTTP/1.1 200", "it has its turn"
        assert len(client.get("/export/kumu", timeout=30).content) > 2**22


def test_everybody_stands_where_the_map_has_them(client: httpx.Client) -> None:
    asked = {"query": "{ map(limit: 10000) { actors { uid x y } } }"}
    actors = client.post("/graphql", json=asked).json()["data"]["map"]["actors"]
    on_map = {each["uid"]: (each["x"], each["y"]) for each in actors}
    drawn = client.get("/export/graphology").json()["nodes"]
    stand = {each["key"]: (each["attributes"]["x"], each["attributes"]["y"]) for each in drawn}
    assert stand == on_map and len(set(stand.values())) == len(stand)
