"""A cell of the table in plain words. What is not recorded is said not to be recorded, no more."""

from collections.abc import Sequence
from dataclasses import dataclass

from tieline.queries.gaps.nearest import Nearest
from tieline.queries.gaps.work import Field
from tieline.queries.pathways.tell import listed

EXPECTED = 0.5  # so many at least, or nothing is said of what one would expect


@dataclass(frozen=True)
class Cell:
    """What is told of one: figures; titles of what works around it; names of the organisations that
    ask, with all asks; who offers it from afar."""

    now: int
    past: int
    running: int
    expected: float
    bodies: int
    reached: int | None
    beside: Sequence[str]
    asks: int
    asking: Sequence[str]
    offers: Nearest | None


def cell(field: Field, of: Cell) -> str:
    said = [_recorded(of.now, of.past), _who(of.bodies, of.reached)]
    if of.asks:
        said.append(_asked(of))
    if of.offers:
        said.append(learn(field, of.offers))
    if not of.now and of.beside:
        said.append(f"Around it works {listed(of.beside, 2)}.")
    now, there = (" now", of.now) if field.current else ("", of.now + of.past)
    if not there and not of.beside and of.expected >= EXPECTED:
        said.append(
            f"Of {efforts(of.running)} there{now} whose theme is recorded, about "
            f"{max(round(of.expected), 1):,} would be on it were it as common there as elsewhere."
        )
    return " ".join(filter(None, said))


def _asked(of: Cell) -> str:
    """By name where organisations alone ask; people are never named as asking."""
    if of.asking and len(of.asking) == of.asks:
        who = f"{listed(of.asking, 3)} {'asks' if of.asks == 1 else 'ask'} for it"
    else:
        who = "There is one ask for it" if of.asks == 1 else f"There are {of.asks:,} asks for it"
    return f"{who}, and nobody near is recorded as offering it."


def _who(bodies: int, people: int | None) -> str:
    told = [f"{bodies:,} organisation{'' if bodies == 1 else 's'}"] if bodies else []
    told += [f"{people:,} people reached, where that is known"] if people else []
    return f"{'; '.join(told).capitalize()}." if told else ""


def _recorded(now: int, past: int) -> str:
    if now:
        return f"{efforts(now).capitalize()} recorded now{f', {past:,} ended' if past else ''}."
    if past:
        return f"Nothing is recorded there now; {efforts(past)} ended."
    return "Nothing is recorded there."


def efforts(count: int) -> str:
    return "1 effort" if count == 1 else f"{count:,} efforts"


def learn(field: Field, found: Nearest) -> str:
    """'Nearest on record: Tea at Three in Leeds (12 km away), led by Ninepin House.'"""
    lead = field.actors[found.actor].name
    if found.project is None:
        return f"{lead} offers it in {field.place(found.place)}{away(field, found)}."
    title = field.works[found.project].title
    where = "Nearest on record" if found.km is not None or found.both else "On record elsewhere"
    return f"{where}: {title} in {field.place(found.place)}{away(field, found)}, led by {lead}."


def away(field: Field, found: Nearest) -> str:
    said = [f"{found.km:,.0f} km away"] if found.km is not None else []
    if found.both and found.both != found.place:
        said.append(f"both in {field.place(found.both)}")
    return f" ({', '.join(said)})" if said else ""


def rests_on(field: Field, works: Sequence[str]) -> str:
    """How much of what is counted is known well enough to be counted."""
    known = [field.works[uid] for uid in works]
    placed, themed = (
        sum(bool(of[w.uid]) for w in known) for of in (field.places_of, field.themes_of)
    )
    lent = sum(bool(not w.places and field.places_of[w.uid]) for w in known)
    borrowed = sum(bool(not w.themes and field.themes_of[w.uid]) for w in known)
    undated = sum(field.state[w.uid] == "unknown" for w in known)
    said = [f"Of {efforts(len(known))} recorded here a place is known of {placed:,}"]
    said[0] += f" ({lent:,} of them by where the lead is)" if lent else ""
    said[0] += f", a theme of {themed:,}"
    said[0] += f" ({borrowed:,} of them by what the lead works on)" if borrowed else ""
    said[0] += "."
    if undated:
        said.append(f"Of {undated:,} nobody recorded when: they count neither as now nor as past.")
    if not field.current:
        said.append("Nothing is recorded as running now, so all that is recorded is compared.")
    said.append("Groups of fewer than five people are in no figure.")
    return " ".join(said)
