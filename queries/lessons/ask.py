"""What was learnt, by whoever did this before? By words, theme and place."""

from collections.abc import Mapping
from typing import Any

from tieline.database.reader import Reader
from tieline.queries.answers.coverage import coverage
from tieline.queries.lessons.rank import Rank, rank
from tieline.queries.pathways.tell import listed
from tieline.queries.resolve.seen import must_see
from tieline.queries.search.ask import check, found
from tieline.queries.search.rank import fold, lucene
from tieline.queries.themes import reach

NAMED = 3  # places and themes in a reason
ANY = Rank(0.0, (), None)


async def lessons(
    reader: Reader,
    text: str | None = None,
    theme: str | None = None,
    place: str | None = None,
) -> dict[str, Any]:
    """Lessons that answer the words; without words all of them, those of what ended last first.

    `theme` (uid): of what counts for it, in whichever words; `place`: there or within it. Returns
    `rows` [{project_uid, text, score, reason, source_slugs}] best first, equal ones by what ended
    last and uid; `note`, where there is none; `coverage`, `uncertainty` and `graph_version`.

    Raises:
        NotFound: a theme or place that the viewer may not see.
        WrongUse: no word to look for, or too long a text.
    """
    version = await reader.version()
    await must_see(reader, *filter(None, (theme, place)))
    if text is not None:
        check(text)
    scope = {"themes": await reach.within(reader, theme), "place": place}
    named = await _named(reader, text) if text else {}
    if text is None:
        uids = await reader.pages("lessons/all", **scope)
    else:
        words = lucene(text, "OR")
        uids = await reader.pages("lessons/found", words=words, named=sorted(named), **scope)
    page = await reader.pages("lessons/about", uids=sorted(uids)) if uids else []
    rows = _ranked(text, page, named)
    return {
        "rows": rows,
        "note": None if rows else _nothing(text),
        "coverage": await coverage(reader),
        "uncertainty": SAID,
        "graph_version": version,
    }


SAID = (
    "A lesson is what somebody wrote of one project, at one time and place: ask them before you "
    "build on it. Most projects on record have written none."
)


def _nothing(text: str | None) -> str:
    words = "No lesson that you may see answers these words" if text else "No lesson is recorded"
    return (
        f"{words} here. That is not to say that nothing was learnt: try one word, a wider place or "
        "theme, or ask who did it (tieline ask search)."
    )


async def _named(reader: Reader, text: str) -> dict[str, float]:
    """The themes that the words name, and every other word for them, with what each counts."""
    asked = set(fold(text).split())
    hits = await found(reader, text, ["theme"])
    named = [hit["uid"] for hit in hits if set(fold(hit["matched"]).split()) <= asked]
    every = await reach.around(reader, named) if named else {}
    return {uid: word.weight for uid, word in every.items() if word.weight > 0}


def _ranked(
    text: str | None, page: list[dict[str, Any]], named: Mapping[str, float]
) -> list[dict[str, Any]]:
    ranked = [(row, rank(text, row, named) if text else ANY) for row in page]
    kept = [(row, each) for row, each in ranked if each]
    kept.sort(key=lambda pair: pair[0]["uid"])
    kept.sort(key=lambda pair: pair[0]["ends"] or "", reverse=True)
    kept.sort(key=lambda pair: -pair[1].score)
    return [_row(row, each) for row, each in kept]


def _row(row: dict[str, Any], each: Rank) -> dict[str, Any]:
    return {
        "project_uid": row["uid"],
        "text": row["lessons"],
        "score": each.score,
        "reason": _reason(row, each),
        "source_slugs": row["sources"],
    }


def _reason(row: dict[str, Any], each: Rank) -> str:
    """'Tea at Four, in Leeds, on Meals, until 2025-05-31. Found by: cook.'"""
    where = f", in {listed(row['places'], NAMED)}" if row["places"] else ""
    what = f", on {listed([label for _, label in row['themes']], NAMED)}" if row["themes"] else ""
    until = f", until {row['ends']}" if row["ends"] else ""
    by = [*each.words, *([f"the theme {each.theme}"] if each.theme else [])]
    said = f" Found by: {listed(by)}." if by else ""
    return f"{row['title']}{where}{what}{until}.{said}"
