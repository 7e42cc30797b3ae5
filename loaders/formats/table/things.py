"""Rows that are things: people, organisations, projects, places, themes, and whom they name."""

from typing import Any

from tieline.loaders import values
from tieline.loaders.formats.table.line import TITLES, Line
from tieline.loaders.mapping import Spec
from tieline.loaders.refusal import Refusal
from tieline.loaders.values import Reader
from tieline.schema.identifiers import by_local, by_theme
from tieline.schema.records import Record, Row

_ACTOR: dict[str, Reader] = {"consent": values.level}
FIELDS: dict[str, dict[str, Reader]] = {
    "person": _ACTOR
    | {
        "pronouns": values.text,
        "bio": values.discreet,
        "capacity": values.whole(1, 1000),
        "taking_requests": values.yes,
        "last_confirmed": values.day,
    },
    "organisation": _ACTOR
    | {
        "kind": values.text,
        "url": values.url,
        "founded": values.when,
        "closed": values.when,
        "network": values.yes,
    },
    "project": {
        "description": values.discreet,
        "starts": values.when,
        "ends": values.when,
        "amount": values.amount,
        "currency": values.text,
        "lessons": values.discreet,
        "reached": values.whole(0, 100_000_000),
        "status": values.text,
    },
    "place": {
        "kind": values.text,
        "vintage": values.text,
        "valid_from": values.when,
        "valid_to": values.when,
        "latitude": values.latitude,
        "longitude": values.longitude,
    },
    "theme": {
        "scheme": values.name,
        "code": values.name,
        "note": values.prose,
        "rule": values.rule,
        "rule_not": values.rule,
    },
}
LISTS = {
    "person": ("also_known_as",),
    "organisation": ("also_known_as",),
    "place": ("also_known_as",),
    "theme": ("alt_labels", "hidden_labels"),
}
# field -> (verb, kind of what it names, whether that comes first in the sentence)
REFERS: dict[str, dict[str, tuple[str, str, bool]]] = {
    "person": {
        "organisation": ("WORKS_FOR", "organisation", False),
        "member_of": ("MEMBER_OF", "organisation", False),
        "place": ("BASED_IN", "place", False),
        "themes": ("WORKS_ON", "theme", False),
        "offers": ("OFFERS", "theme", False),
        "asks": ("ASKS_FOR", "theme", False),
    },
    "organisation": {
        "member_of": ("MEMBER_OF", "organisation", False),
        "part_of": ("PART_OF", "organisation", False),
        "place": ("BASED_IN", "place", False),
        "serves": ("SERVES", "place", False),
        "themes": ("WORKS_ON", "theme", False),
        "offers": ("OFFERS", "theme", False),
        "asks": ("ASKS_FOR", "theme", False),
    },
    "project": {
        "lead": ("LEADS", "organisation", True),
        "partners": ("PARTNERS_ON", "organisation", True),
        "funder": ("FUNDS", "organisation", True),
        "place": ("SERVES", "place", False),
        "themes": ("WORKS_ON", "theme", False),
        "follows": ("FOLLOWS", "project", False),
    },
    "place": {
        "within": ("WITHIN", "place", False),
        "succeeded_by": ("SUCCEEDED_BY", "place", False),
    },
    "theme": {"broader": ("BROADER", "theme", False), "matches": ("MATCHES", "theme", False)},
}
SOFT = ("url", "rule", "rule_not")  # a bad one is left out with a warning
_OWN = {"place": ("gss", "hidden_names"), "theme": ()}


def known(kind: str) -> set[str]:
    """The fields that a table of things may map."""
    names = {TITLES.get(kind, "name"), "identifiers", *_OWN.get(kind, ())}
    return names | FIELDS[kind].keys() | REFERS[kind].keys() | set(LISTS.get(kind, ()))


def thing(line: Line) -> Row | Refusal:
    """The thing a row is, with what it says of others."""
    kind, title = line.table.kind, TITLES.get(line.table.kind, "name")
    local = line.local()
    fields = {title: line.need(title, values.name)}
    for name, how in FIELDS[kind].items():
        fields[name] = line.field(name, how, soft=name in SOFT)
    for name in LISTS.get(kind, ()):
        fields[name] = [each for each in line.all(name) if each != fields[title]]
    if kind == "theme":
        fields["scheme"] = fields["scheme"] or line.slug
    if (fields.get("amount") or 0) < 0:
        line.draft.warn("amount", fields["amount"], "less than nothing: kept as it is")
    uid = line.uid(local)
    ids = _identifiers(line, local, fields)
    _spans(line, fields)
    for field, (verb, target, first) in REFERS[kind].items():
        for spec, value in line.each(field):
            _relate(line, (uid, ids), fields, field, spec, value, (verb, target, first))
    return line.draft.finish(uid, kind, fields, line.date, ids)


def _identifiers(line: Line, local: str | None, fields: dict[str, Any]) -> list[str]:
    """Its own id here, its registered ones, and the names that others may call it by."""
    kind, name = line.table.kind, fields[TITLES.get(line.table.kind, "name")] or ""
    ids = [by_local(line.slug, kind, local)] if local else []
    for spec, value in line.each("identifiers"):
        column = spec.column or "identifiers"
        if said := line.draft.read(column, value, values.name):
            whole = f"{spec.scheme}-{said}" if spec.scheme else said
            ids += line.draft.identifiers(column, kind, [whole])
    if kind == "theme":
        names = [fields["code"] or "", name.casefold()]
        return ids + [by_theme(fields["scheme"], each) for each in names if each]
    if kind == "place":
        if gss := line.field("gss", values.text):
            ids += (found := line.draft.identifiers("gss", kind, [f"GSS-{gss}"]))
            fields["gss"] = found[0].removeprefix("GSS-") if found else None
        ids += [line.name_of(kind, each) for each in line.all("hidden_names")]
    others = fields.get("also_known_as") or []
    return ids + [line.name_of(kind, each) for each in (name, *others) if each]


def _spans(line: Line, fields: dict[str, Any]) -> None:
    """What ends before it starts has one date wrong."""
    for start, end in (("starts", "ends"), ("founded", "closed"), ("valid_from", "valid_to")):
        if (
            fields.get(start)
            and fields.get(end)
            and fields[end] < fields[start][: len(fields[end])]
        ):
            line.draft.problem(
                end, fields[end], f"before {start} ({fields[start]})", "Correct one."
            )


def _relate(
    line: Line,
    own: tuple[str, list[str]],
    fields: dict[str, Any],
    field: str,
    spec: Spec,
    value: Any,
    meaning: tuple[str, str, bool],
) -> None:
    (verb, kind, first), (uid, ids) = meaning, own
    verb = line.one(spec.verb, f"{field}.verb", values.text) or verb
    more = {"network": True} if field == "member_of" and kind == "organisation" else {}
    found = line.refer(field, spec, value, kind, **more)
    if found is None or (found.kind == line.table.kind and set(found.ids) & set(ids)):
        return  # that a thing lies within itself says nothing
    props = _props(line, field, spec, verb)
    if verb == "FUNDS" and len(list(line.each(field))) == 1:
        props["amount"] = fields.get("amount")
    ends = (found.uid, uid) if first else (uid, found.uid)
    line.draft.say(verb, *ends, **props)
    _within(line, field, spec, found)


def _props(line: Line, field: str, spec: Spec, verb: str) -> dict[str, Any]:
    role = line.one(spec.role, f"{field}.role", values.text)
    if verb == "MATCHES":
        return {"predicate": role}
    return {
        "role": role,
        "from_": line.one(spec.start, f"{field}.from", values.when),
        "to": line.one(spec.end, f"{field}.to", values.when),
        "audience": line.one(spec.audience, "audience", values.level),
    }


def _within(line: Line, field: str, spec: Spec, inner: Record) -> None:
    """A place named lies within the next that its spec names, and so on outwards."""
    for outer in spec.within:
        for value in line.said(outer, field):
            found = line.refer(f"{field} within", outer, value, "place")
            if found:
                if found.uid != inner.uid:
                    line.draft.say("WITHIN", inner.uid, found.uid)
                _within(line, field, outer, found)
