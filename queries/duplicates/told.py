"""Why two projects may be allies, in plain words: never 'duplicate'. Each reason has sources."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tieline.queries.duplicates.blocks import Allowed
from tieline.queries.duplicates.effort import Places
from tieline.queries.duplicates.index import Alike, Index, Side
from tieline.queries.duplicates.themes import Themes
from tieline.queries.pathways.tell import listed

Row = dict[str, Any]
Rows = tuple[Mapping[str, Any], Mapping[str, Any]]
HALF, NOTHING = "it counts half", "it adds nothing"
WORDS = 4  # shared words that are named


def reasons(
    index: Index, alike: Alike, sides: tuple[Side, Side], about: Rows, numbers: bool
) -> list[Row]:
    """Of two projects as `duplicates/shown` tells of them."""
    score = alike.score
    teams = [listed([name for _, name, _ in row["leads"]]) or "somebody" for row in about]
    places, days, link = (
        index.field.places,
        spans(alike, sides, about, index.field.today),
        score.link,
    )
    said: list[tuple[str, float | None, list[str]]] = [
        (f"{teams[0]} and {teams[1]}: you may be allies.", None, _slugs(about)),
        (where(alike, sides, about, places), score.place, _slugs(about, "SERVES", alike.areas)),
        (days, score.time, _slugs(about)),
        (what(sides, about, index.field.themes), _round(score.theme), _slugs(about, "WORKS_ON")),
        (wording(index, alike, sides, about), _round(score.text), _slugs(about)),
        (how_linked(link, numbers), _round(1 - link) if numbers else None, []),
    ]
    return [{"text": text, "weight": w, "source_slugs": slugs} for text, w, slugs in said]


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _slugs(about: Rows, verb: str = "", uids: Sequence[str | None] = ()) -> list[str]:
    """Who says so: of places and themes whoever stated them, of the rest all who tell of both."""
    told = [each for row in about for each in row["said"] if each[0] == verb]
    known = {slug for _, uid, slug in told if not any(uids) or uid in uids}
    return sorted(known or {slug for row in about for _, slug in row["records"]})


def where(alike: Alike, sides: tuple[Side, Side], about: Rows, places: Places) -> str:
    one, other = alike.areas
    if one is None or other is None:
        if all(side.places for side in sides):
            return "Where they work lies apart."
        return (
            f"{_blank('Where', 'works', about, [not side.places for side in sides])}{based(about)}"
        )
    if one == other:
        return f"Both work in {places.names[one]}."
    inner, outer = (one, other) if other in places.around(one) else (other, one)
    return f"One works in {places.names[inner]}, the other in {places.names[outer]} around it."


def based(about: Rows) -> str:
    """Where the leads have their office, which is no proof of where they work."""
    homes = [sorted({home for _, _, places in row["leads"] for home in places}) for row in about]
    if not all(homes):
        return ""
    if homes[0] == homes[1]:
        return f" Both have their office in {listed(homes[0])}."
    return f" Their offices are in {listed(homes[0])} and in {listed(homes[1])}."


def spans(alike: Alike, sides: tuple[Side, Side], about: Rows, today: date) -> str:
    both, shorter = alike.days
    if both is None or shorter is None:
        return _blank("When", "runs", about, [side.starts is None for side in sides])
    begins = max(side.starts for side in sides if side.starts)
    ends = [side.ends for side in sides]
    last = min(end or today for end in ends)
    if not both:
        return "They do not run at the same time."
    until = in_words(last)
    if None in ends and last == today:
        until = "today (of one no end is recorded)" if any(ends) else "today (no end is recorded)"
    return (
        f"Both run from {in_words(begins)} to {until}: {both} of the {shorter} days of the shorter."
    )


def in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def what(sides: tuple[Side, Side], about: Rows, themes: Themes) -> str:
    left, right = sides[0].themes, sides[1].themes
    if not left or not right:
        how = HALF if sides[0].row is None or sides[1].row is None else NOTHING
        return _blank("What", "works on", about, [not side.themes for side in sides], how)
    shared = themes.shared(themes.having(left), themes.having(right))
    if not shared:
        return "They have no theme in common on record."
    return f"Both work on {listed([_in_words(uid, left, right, themes) for uid in shared])}."


def _in_words(uid: str, left: Iterable[str], right: Iterable[str], themes: Themes) -> str:
    """A shared theme in the words of both, if they differ."""
    one, other = themes.called(uid, left), themes.called(uid, right)
    if one and other and not set(one) & set(other):
        return f"{one[0]} (which the other calls {other[0]})"
    return (sorted(set(one) & set(other)) or one or other or [themes.labels[uid]])[0]


def wording(index: Index, alike: Alike, sides: tuple[Side, Side], about: Rows) -> str:
    one, other = sides[0].row, sides[1].row
    if one is None or other is None:
        both = all(side.themes for side in sides)
        blank, how = [side.row is None for side in sides], NOTHING if both else HALF
        return _blank("What", "does", about, blank, how, "described")
    words = index.texts.shared(one, other, WORDS)
    if not words:
        return "They describe themselves in different words."
    return f"Both write of {listed(words)}."


def _blank(
    question: str,
    verb: str,
    about: Rows,
    blank: Sequence[bool],
    how: str = HALF,
    done: str = "recorded",
) -> str:
    names = [row["title"] for row, missing in zip(about, blank, strict=True) if missing]
    many = len(names) > 1 and verb not in ("works on",)
    plural = {"works": "work", "runs": "run", "works on": "work on", "does": "do"}[verb]
    return f"{question} {listed(names)} {plural if many else verb} is not {done}: {how}."


def how_linked(link: float, numbers: bool) -> str:
    if link:
        rough = "under 1%" if link < 0.01 else f"roughly {link:.0%}"
        chance = f" ({rough})" if numbers else ""
        return f"A pathway already leads from one team to the other{chance}."
    return "No recorded pathway leads from one team to the other."


def passed(index: Index, allowed: Allowed) -> str:
    """What was not compared because there was too much of it, and what that may have cost."""
    if not allowed.cut:
        return ""
    names = index.field.places.names
    where = listed([names[index.places[b.place]] if b.place is not None else "places not recorded"
                    for b in allowed.cut])  # fmt: skip
    most = max(block.score for block in allowed.cut)
    return (
        f"Too many pairs to compare all ({where}): two that share nothing there but common themes "
        f"and common words were passed over. None of them weighs more than {most:g}; ask for a "
        "place or a theme to have them too."
    )


def uncertainty(index: Index) -> str:
    """How far weights may be off: of how many projects what they rest on is not recorded."""
    many = len(index.uids)
    parts = (
        (index.served.count == 0, "where they work"),
        (~index.dated, "when they begin"),
        (index.links["WORKS_ON"].count == 0, "on what they work"),
        (~index.written, "what they do, in their own words,"),
    )
    said = [f"{what} of {int(missing.sum()):,}" for missing, what in parts if missing.any()]
    rough = "Weights tell whom to talk to first, and measure nothing."
    if not said:
        return rough
    return f"{rough} Of {many:,} projects it is not recorded {listed(said)}."


def left_out(index: Index, similar: bool = False) -> str:
    """Of how many projects too little is recorded to compare them, or to compare them well."""
    without = index.links["WORKS_ON"].count == 0
    if similar:
        few = f"Of {int(without.sum()):,} of {len(index.uids):,} projects no theme is on record"
        return f"{few}: there words alone decide." if without.any() else ""
    alone = (index.links["LEADS"].count == 0) & ~without
    parts = [(int(without.sum()), "no theme"), (int(alone.sum()), "nobody who leads it")]
    said = [f"of {many:,} {what}" for many, what in parts if many]
    if not said:
        return ""
    return f"Not compared, of {len(index.uids):,} projects: {' and '.join(said)} is on record."
