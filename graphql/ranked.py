"""Pages of rows that come in an order of their own: what a question works out, best first.

A cursor holds the place and the key of its row: a page goes on beside that row wherever it now
stands, and if it has gone, where it stood.
"""

from collections.abc import Callable
from typing import Any

from tieline.graphql.cursors import BadCursor, cursor, start
from tieline.graphql.marks import Row
from tieline.graphql.pages import Page

SLACK = 20  # rows read around a page, so that one that moved is still found
ALL = slice(None)


def window(page: Page) -> slice:
    """Which rows a question has to tell, so that this page is among them."""
    if page.cursor is None:
        return slice(-page.size, None) if page.back else slice(page.size)
    place, _ = stood(page.cursor)
    return slice(max(0, place - page.size - SLACK), place + page.size + SLACK)


def stood(text: str) -> tuple[int, str]:
    """The place, from 1, and the key of a cursor's row when it was told.

    Raises:
        BadCursor: it is of another list.
    """
    place, key = start(text)
    if not (place.isascii() and place.isdigit() and 0 < len(place) < 12 and int(place)):
        raise BadCursor("This cursor is of another list: take it from pageInfo or from an edge.")
    return int(place), key


def ranked(answer: Row, page: Page, key: Callable[[Row], str], told: slice = ALL) -> Row:
    """A page of `answer["rows"]`, which are those of the slice `told` of all, `answer["total"]`."""
    rows = answer["rows"]
    total = answer.get("total", len(rows))
    offset = told.indices(total)[0]
    begin, end = bounds([key(row) for row in rows], page, offset, total)
    here = rows[begin - offset : end - offset]
    ends = [cursor(str(begin + at + 1), key(row)) for at, row in enumerate(here)]
    return {
        "edges": [{"cursor": c, "node": copied(r)} for c, r in zip(ends, here, strict=True)],
        "nodes": [copied(row) for row in here],
        "page_info": page_info(ends, begin > 0, end < total),
        "total_count": total,
        "graph_version": answer["graph_version"],
        "passed_over": answer.get("passed_over", False),
    }


def bounds(keys: list[str], page: Page, offset: int, total: int) -> tuple[int, int]:
    """From where to where of all, if the first of `keys` stands at `offset`."""
    if page.cursor is None:
        begin = max(0, total - page.size) if page.back else 0
        return begin, min(begin + page.size, total)
    place, key = stood(page.cursor)
    found = keys.index(key) + offset if key in keys else None
    if page.back:
        end = min(place - 1 if found is None else found, total)
        return max(0, end - page.size), end
    begin = min(place - 1 if found is None else found + 1, total)
    return begin, min(begin + page.size, total)


def page_info(ends: list[str], before: bool, behind: bool) -> Row:
    """Of the cursors on a page, and whether any stand before it and behind it."""
    return {
        "has_next_page": behind,
        "has_previous_page": before,
        "start_cursor": ends[0] if ends else None,
        "end_cursor": ends[-1] if ends else None,
    }


def copied(row: Row) -> dict[str, Any]:
    """A row of its own, for a selection of its own."""
    return {k: [dict(x) for x in v] if k == "reasons" else v for k, v in row.items()}
