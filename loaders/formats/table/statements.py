"""Rows that are no thing themselves: a tie that was observed, a relationship that is stated."""

from typing import Any

from tieline.loaders import values
from tieline.loaders.formats.table import answers
from tieline.loaders.formats.table.line import Line
from tieline.loaders.refusal import Refusal
from tieline.schema import relationships
from tieline.schema.records import STATEMENT, Record, Row

KINDS = ("person", "organisation", "project", "place", "theme")
ACTORS = ("person", "organisation")
REPORTERS = {"from": "from", "to": "to", "third": None}
# Verbs that a relationship table may state, and the kinds at their ends.
VERBS = {
    verb.name: (verb.starts, verb.ends)
    for verb in relationships.VERBS.values()
    if verb.stated and verb.name != "OBSERVED"
}
TIE = {"from", "from_kind", "to", "to_kind", "kind", "value", "mean", "answered", "felt", "on"}
TIE |= {"until", "reporter", "audience", "purpose", *answers.READERS}
RELATIONSHIP = {"from", "from_kind", "verb", "to", "to_kind", "role", "from_date", "to_date"}
RELATIONSHIP |= {"audience", "amount", "confidence", "predicate"}


def known(kind: str) -> set[str]:
    """The fields that a table of statements may map."""
    return TIE if kind == "tie" else RELATIONSHIP


def tie(line: Line) -> Row | Refusal:
    """One observation, or one of each kind that has a column of its own."""
    local = line.local()
    uid = line.uid(local)
    left, right = _end(line, "from", ACTORS), _end(line, "to", ACTORS)
    said = answers.said(line)
    shared = {
        "reporter": line.field("reporter", values.one_of(REPORTERS, "reporter")),
        "on": line.field("on", values.day),
        "until": line.field("until", values.day),
        "audience": line.field("audience", values.level),
        "purpose": line.field("purpose", values.text),
    }
    if left and right and left.uid == right.uid:
        line.draft.problem("to", None, "both ends are the same", "A tie is between two.")
    elif left and right:
        for answer in said:
            line.draft.say("OBSERVED", left.uid, right.uid, **answer, **shared)
    fields = {"observed": said, **shared}
    return line.draft.finish(uid, STATEMENT, fields, line.date or shared["on"] or "")


def relationship(line: Line) -> Row | Refusal:
    """One of the verbs of `VERBS`, between two things."""
    local = line.local()
    uid = line.uid(local)
    verb = line.need("verb", values.one_of({name.casefold(): name for name in VERBS}, "verb"))
    lefts, rights = VERBS.get(verb or "", (KINDS, KINDS))
    left, right = _end(line, "from", lefts), _end(line, "to", rights)
    props = {
        "role": line.field("role", values.text),
        "from_": line.field("from_date", values.when),
        "to": line.field("to_date", values.when),
        "audience": line.field("audience", values.level),
        "amount": line.field("amount", values.amount),
        "confidence": line.field("confidence", values.between(0, 1)),
        "predicate": line.field("predicate", values.text),
    }
    if verb and left and right:
        line.draft.say(verb, left.uid, right.uid, **props)
    fields = {"verb": verb} | {name.rstrip("_"): value for name, value in props.items()}
    return line.draft.finish(uid, STATEMENT, fields, line.date or props["from_"] or "")


def _end(line: Line, field: str, allowed: tuple[str, ...]) -> Record | None:
    """The thing at one end; its kind is said by a column, the spec, or there is but one."""
    words: dict[str, Any] = {kind: kind for kind in KINDS}
    kind = line.field(f"{field}_kind", values.one_of(words, "kind"))
    found = next(line.each(field), None)
    if found is None:
        if not line.draft.problems:
            columns = [each.column for each in line.table.columns[field] if each.column]
            at = columns[-1] if columns else field
            line.draft.problem(at, None, "missing", "Say who or what stands there.")
        return None
    spec, value = found
    kind = kind or spec.kind or allowed[0]
    if kind not in allowed:
        mend = f"It may be: {', '.join(allowed)}."
        line.draft.problem(field, kind, "no kind of thing that can stand there", mend)
    return line.refer(field, spec, value, kind)
