"""A cell of the table in plain words. What is not recorded is said not to be recorded, no more."""

from collections.abc import Sequence

from tieline.queries.gaps.nearest import Nearest
from tieline.queries.gaps.work import Field
from tieline.queries.pathways.tell import listed

EXPECTED = 0.5  # so many at least, or nothing is said of what one would expect
SHORT = 160  # characters of what was learnt, in a line


def cell(
    field: Field,
    theme: str,
    place: str,
    counts: tuple[int, int, float, int],
    beside: Sequence[str],
    asks: int,
) -> str:
    """`counts`: now, past, expected, all that runs there; `beside`: titles of what works around."""
    now, past, expected, running = counts
    what, where = field.theme(theme), field.place(place)
    said = [_recorded(what, where, now, past)]
    if asks:
        who = "one who asks" if asks == 1 else f"{asks:,} asks"
        said.append(f"There is {who} for it, and nobody near is recorded as offering it.")
    if not now and beside:
        said.append(f"Around it works {listed(beside, 2)}.")
    if not now and not beside and expected >= EXPECTED:
        said.append(
            f"Of {efforts(running)} recorded there now, about {max(round(expected), 1):,} would be "
            "on it were it as common there as in all that is recorded."
        )
    return " ".join(said)


def _recorded(what: str, where: str, now: int, past: int) -> str:
    if now:
        ended = f", {past:,} ended" if past else ""
        return f"On {what} in {where}: {efforts(now)} recorded now{ended}."
    if past:
        return f"On {what} in {where} nothing is recorded now; {efforts(past)} ended."
    return f"On {what} in {where} nothing is recorded."


def efforts(count: int) -> str:
    return "1 effort" if count == 1 else f"{count:,} efforts"


def learn(field: Field, found: Nearest) -> str:
    """'Nearest on record: Tea at Three in Leeds (12 km away), led by Ninepin House.'"""
    title, lead = field.works[found.project].title, field.actors[found.actor].name
    return (
        f"Nearest on record: {title} in {field.place(found.place)}{away(field, found)}, led by "
        f"{lead}."
    )


def away(field: Field, found: Nearest) -> str:
    said = [f"{found.km:,.0f} km away"] if found.km is not None else []
    if found.both and found.both != found.place:
        said.append(f"both in {field.place(found.both)}")
    return f" ({', '.join(said)})" if said else ""


def short(text: str) -> str:
    """What was learnt, cut at a word."""
    plain = " ".join(text.split())
    if len(plain) <= SHORT:
        return plain
    return f"{plain[:SHORT].rsplit(' ', 1)[0]} …"


def rests_on(field: Field, works: Sequence[str]) -> str:
    """How much of what is counted is known well enough to be counted."""
    known = [field.works[uid] for uid in works]
    placed, themed = (
        sum(bool(of[w.uid]) for w in known) for of in (field.places_of, field.themes_of)
    )
    lent = sum(bool(not w.places and field.places_of[w.uid]) for w in known)
    borrowed = sum(bool(not w.themes and field.themes_of[w.uid]) for w in known)
    undated = sum(w.when(field.today) == "unknown" for w in known)
    said = [f"Of {efforts(len(known))} recorded here a place is known of {placed:,}"]
    said[0] += f" ({lent:,} of them by where the lead is)" if lent else ""
    said[0] += f", a theme of {themed:,}"
    said[0] += f" ({borrowed:,} of them by what the lead works on)" if borrowed else ""
    said[0] += "."
    if undated:
        said.append(f"Of {undated:,} nobody recorded when: they count neither as now nor as past.")
    said.append("Groups of fewer than five people are in no figure.")
    return " ".join(said)
