"""Offers, asks, lessons and how many were reached: what a partner's table may say of them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Read = Callable[..., Any]
HEAD = '[[table]]\nname = "t"\nkind = "{}"\n[table.columns]\n'


def read(reading: Read, folder: Path, kind: str, columns: str, rows: str) -> Any:
    (folder / "a.csv").write_text(rows)
    return reading(folder / "a.csv", mapping=HEAD.format(kind) + columns)


def test_offers_and_asks_are_themes_with_an_audience_of_their_own(
    tmp_path: Path, reading: Read
) -> None:
    told = """
        name = "Name"
        offers = { column = "Offer", separator = ";", scheme = "our-words" }
        asks = { column = "Ask", role = "In words", audience = { column = "Who" } }
    """
    rows = "Name,Offer,Ask,In words,Who\nAda,a room;tea,a cook,on Fridays,weaver\n"
    row = read(reading, tmp_path, "person", told, rows).rows[0]
    roles = {record.uid: role for role, record in row.mentions.items()}
    assert [(e.verb, roles[e.to_record], dict(e.props)) for e in row.edges] == [
        ("OFFERS", "offers", {}),
        ("OFFERS", "offers 2", {}),
        ("ASKS_FOR", "asks", {"role": "on Fridays", "audience": 2}),
    ]
    said = json.loads(row.mentions["offers"].fields)
    assert said == {"label": "a room", "scheme": "our-words"}


def test_how_many_were_reached_is_a_whole_number(tmp_path: Path, reading: Read) -> None:
    told = 'title = "Name"\nreached = "People"\nlessons = "Learnt"'
    rows = "Name,People,Learnt\nTea,40,Ask first.\nSoup,some,\n"
    found = read(reading, tmp_path, "project", told, rows)
    assert len(found.refused) == 1
    said = json.loads(found.rows[0].record.fields)
    assert said == {"title": "Tea", "reached": 40, "lessons": "Ask first."}
