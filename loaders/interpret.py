"""A row to records: typed and cleaned, or refused with every reason at once.

`Draft` is a row in the making. A format reads its values through it, mentions things, says what
they are to each other, and asks for the finished `Row` (or the `Refusal`). What people sent in vain
is never dropped in silence: it is a problem (the row is refused), a warning, or unread.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tieline.loaders.read import Raw
from tieline.loaders.refusal import Fault, Refusal, Unreadable, Where, printable, shown
from tieline.loaders.report import Notes
from tieline.loaders.rules import ruled
from tieline.loaders.source import Source
from tieline.loaders.values import Reader, blank
from tieline.schema.identifiers import by_local, checked, scheme
from tieline.schema.records import Edge, Record, Row, dump, mention

_NO_BASIS = (
    "the source's description gives no lawful_basis for naming people",
    "Write in its source.toml on what basis people may be named, or leave people out.",
)


class Draft:
    """One row of one source, being read."""

    def __init__(self, source: Source, raw: Raw, notes: Notes) -> None:
        self.source, self.raw, self.notes = source, raw, notes
        notes.where, notes.row = raw.where, (raw.origin or raw)
        self.mentions: dict[str, Record] = {}
        self.edges: list[tuple[str, str, str, dict[str, Any]]] = []
        self.problems: list[tuple[str, Any, str, str]] = []
        self.warnings: list[tuple[str, Any, str]] = list(raw.remarks)

    def problem(self, field: str, value: Any, reason: str, mend: str) -> None:
        """The row cannot be loaded."""
        self.problems.append((field, value, reason, mend))

    def warn(self, field: str, value: Any, text: str) -> None:
        """Something odd that does not stop the row (unless the load is strict)."""
        self.warnings.append((field, value, text))

    def unread(self, field: str, value: Any) -> None:
        """Something sent that nothing asks for."""
        self.notes.unasked(printable(field))
        if self.notes.strict:
            self.warnings.append((field, value, "nothing asks for this field"))

    def read(self, field: str, value: Any, how: Reader, *, soft: bool = False) -> Any:
        """The value, or None where blank or unreadable: a problem, or if soft only a warning."""
        if blank(value):
            return None
        try:
            return how(value)
        except Unreadable as error:
            if soft:
                self.warn(field, value, f"left out: {error.reason}")
            else:
                self.problem(field, value, error.reason, error.mend)
            return None

    def need(self, field: str, value: Any, how: Reader, mend: str) -> Any:
        """As `read`; a blank is a problem too."""
        if blank(value):
            self.problem(field, value, "missing", mend)
        return self.read(field, value, how)

    def identifiers(self, field: str, kind: str, said: Iterable[Any]) -> list[str]:
        """Those that are sound, of a thing of this kind; of the others a warning.

        An id beginning 360G- is its funder's own: it is kept as this source's, and meets no other.
        """
        found = []
        for each in said:
            sound, warning = checked(None if blank(each) else str(each))
            if sound and scheme(sound) == "360G":
                found.append(by_local(self.source.slug, kind, sound))
            elif sound:
                found.append(sound)
            elif warning:
                self.warn(field, each, _reason(warning))
        return found

    def mention(
        self,
        role: str,
        kind: str,
        fields: Mapping[str, Any],
        ids: Iterable[str],
        date: str = "",
        branch: bool = False,
    ) -> Record:
        """A thing this row speaks of; a role that comes again is numbered."""
        if kind == "person" and not self.source.lawful_basis:
            self.problem(role, fields.get("name"), *_NO_BASIS)
        ids = [*ids]
        ids += ruled(self.source.same_when, kind, fields, ids)
        record = mention(self.source.slug, kind, fields, ids, date, branch)
        number, name = 1, role
        while name in self.mentions and self.mentions[name] != record:
            number += 1
            name = f"{role} {number}"
        self.mentions[name] = record
        return record

    def say(self, verb: str, left: str, right: str, **props: Any) -> None:
        """`left` VERB `right`: uids of this row's record or its mentions. Said once a row."""
        props = {name.rstrip("_"): value for name, value in props.items() if value is not None}
        edge = (verb, left, right, props)
        if edge not in self.edges:
            self.edges.append(edge)

    def finish(
        self,
        uid: str,
        kind: str,
        fields: Mapping[str, Any],
        date: str = "",
        ids: Iterable[str] = (),
        branch: bool = False,
    ) -> Row | Refusal:
        """The row, or why not. Warnings are counted once the row stands."""
        if kind == "person" and not self.source.lawful_basis:
            self.problem("name", fields.get("name"), *_NO_BASIS)
        if self.notes.strict:
            self.problems += [
                (f, v, t, "Correct it, or load without --strict.") for f, v, t in self.warnings
            ]
        if self.problems:
            whole = self.raw.origin or self.raw
            headings = {letter: heading for heading, letter in whole.letters.items()}
            return refused(self.raw.where, self.problems, self.raw.letters, headings)
        for field, _, text in self.warnings:
            self.notes.warn(field, text, self.raw.where)
        kept = {name: value for name, value in fields.items() if value not in (None, "", [])}
        known = {*ids, *ruled(self.source.same_when, kind, kept, [*ids])}
        record = Record(uid, kind, self.source.slug, dump(kept), date, tuple(sorted(known)), branch)
        edges = [Edge(v, a, b, uid, tuple(sorted(props.items()))) for v, a, b, props in self.edges]
        return Row(record, self.mentions, edges)


def refused(
    where: Where,
    problems: list[tuple[str, Any, str, str]],
    letters: Mapping[str, str],
    headings: Mapping[str, str] | None = None,
) -> Refusal:
    """One refusal a row: the first problem in full, the others by name.

    A field is called as its column's heading is, where `headings` knows the column's letter.
    """
    said = [(_called(each[0], letters, headings or {}), *each[1:]) for each in problems]
    field, value, reason, mend = said[0]
    if others := [f"{name}: {why}" for name, _, why, _ in said[1:]]:
        reason = f"{reason} (also {'; '.join(others[:6])})"
    at = letters.get(problems[0][0])
    faults = tuple(
        Fault(name, why, how, letters.get(known))
        for (name, _, why, how), (known, *_) in zip(said, problems, strict=True)
    )
    return Refusal(
        where,
        field,
        shown(value),
        reason,
        mend,
        f"{at}{where.line}" if at and where.line else None,
        faults,
    )


def _called(field: str, letters: Mapping[str, str], headings: Mapping[str, str]) -> str:
    return headings.get(letters.get(field, ""), field)


def _reason(warning: str) -> str:
    """Without the value, so that warnings of one sort count together."""
    return re.sub(r"^(['\"]).*?\1:? ", "", warning)
