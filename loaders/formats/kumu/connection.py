"""One connection of a Kumu file to what it says of its ends."""

from typing import Any

from tieline.loaders import values
from tieline.loaders.formats.kumu.element import LEFT, TITLES, listed, scheme
from tieline.loaders.formats.kumu.labels import Element, Labels
from tieline.loaders.formats.kumu.meaning import Meaning
from tieline.loaders.interpret import Draft
from tieline.loaders.read import Raw
from tieline.loaders.refusal import Refusal, Unreadable, printable
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.schema.records import STATEMENT, Record, Row, digest
from tieline.schema.relationships import VERBS

ACTORS = ("person", "organisation")
DIRECTIONS = ("directed", "undirected", "mutual", "none", "both", "reverse")
DRAWN = (*LEFT, "delayed", "curvature", "width")
# What a connection between such kinds means where its type does not say.
USUAL = ("PARTNERS_ON", "WORKS_ON", "BASED_IN", "SERVES")


def interpret(
    source: Source, raw: Raw, notes: Notes, meaning: Meaning, labels: Labels
) -> Row | Refusal:
    """A tie between two actors, or a relationship between what its ends are."""
    draft, held = Draft(source, raw, notes), dict(raw.values)
    uid = _uid(draft, held)
    lefts = _ends(draft, "from", held.pop("from", None), meaning, labels)
    rights = _ends(draft, "to", held.pop("to", None), meaning, labels)
    type_ = draft.read("type", held.pop("type", None), values.text) or ""
    if _backwards(draft, held):
        lefts, rights = rights, lefts
    strength = held.pop("strength", None)
    close = draft.read("strength", strength, meaning.closeness) if meaning.scale else None
    for left, one in lefts:
        for right, other in rights:
            _say(draft, meaning, type_, (left, one), (right, other), close)
    fields = {
        "type": type_,
        "strength": draft.read("strength", strength, values.text),
        "label": draft.read("label", held.pop("label", None), values.text),
        "description": draft.read("description", held.pop("description", None), values.discreet),
        "tags": [each for tag in listed(held.pop("tags", None))
                 if (each := draft.read("tags", tag, values.text))],
    }  # fmt: skip
    for name, value in held.items():
        if name not in DRAWN and not values.blank(value):
            draft.unread(name, value)
    return draft.finish(uid, STATEMENT, fields)


def _uid(draft: Draft, held: dict[str, Any]) -> str:
    """By its id; one without is what it says."""
    if own := draft.read("id", held.pop("id", None), values.name):
        return f"{draft.source.slug}:connection:{own}"
    cells = {k: printable(v) if not isinstance(v, list) else v for k, v in held.items()}
    return f"{draft.source.slug}:connection:{digest(cells)}"


def _ends(
    draft: Draft, field: str, said: Any, meaning: Meaning, labels: Labels
) -> list[tuple[Element, Record]]:
    """The elements that stand there: one, or several parted by bars."""
    if values.blank(said):
        draft.problem(field, said, "missing", "Name the element by its label or its ID.")
        return []
    whole = draft.read(field, said, values.name)
    names = [said] if whole and labels.known(whole) else listed(said)
    found = []
    for each in names:
        try:
            name = draft.read(field, each, values.name)
            if name:
                found.append(_end(draft, field, labels.end(name), meaning))
        except Unreadable as error:
            draft.problem(field, each, error.reason, error.mend)
    return found


def _end(draft: Draft, field: str, found: Element, meaning: Meaning) -> tuple[Element, Record]:
    theme = scheme(draft.source, meaning)
    fields = {TITLES.get(found.kind, "name"): found.label}
    fields |= {"scheme": theme} if found.kind == "theme" else {}
    ids = found.ids(draft.source.slug, theme)
    return found, draft.mention(field, found.kind, fields, ids)


def _backwards(draft: Draft, held: dict[str, Any]) -> bool:
    turned = held.pop("reversed", None)
    said = draft.read("direction", held.pop("direction", None), values.text)
    if said and said.casefold() not in DIRECTIONS:
        draft.warn("direction", said, "not a direction: read as directed")
    return turned is True or (said or "").casefold() == "reverse"


def _say(
    draft: Draft,
    meaning: Meaning,
    type_: str,
    start: tuple[Element, Record],
    end: tuple[Element, Record],
    close: float | None,
) -> None:
    (left, one), (right, other) = start, end
    if one.uid == other.uid:
        draft.problem("to", right.label, "both ends are the same", "A connection is between two.")
        return
    verb = meaning.verbs.get(type_.casefold())
    if verb and not _fit(verb, left, right):
        draft.warn("type", type_, "not possible between such things: read without its type")
        verb = None
    actors = left.kind in ACTORS and right.kind in ACTORS
    if verb:
        draft.say(verb, one.uid, other.uid)
    elif not actors:
        _usual(draft, start, end)
    if actors and close is not None:
        draft.say("OBSERVED", one.uid, other.uid, kind="closeness", value=close)
    elif actors and not verb:
        draft.say("OBSERVED", one.uid, other.uid, kind="stated_tie", value=1.0)


def _usual(draft: Draft, start: tuple[Element, Record], end: tuple[Element, Record]) -> None:
    """The relationship that things of such kinds have, from the end that begins it."""
    for verb in USUAL:
        for (left, one), (right, other) in ((start, end), (end, start)):
            if _fit(verb, left, right):
                draft.say(verb, one.uid, other.uid)
                return
    draft.warn("type", None, "no relationship is known between such things: kept on the record")


def _fit(verb: str, left: Element, right: Element) -> bool:
    return left.kind in VERBS[verb].starts and right.kind in VERBS[verb].ends
