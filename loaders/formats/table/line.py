"""A row of a table as its mapping reads it: fields by name, and the things it refers to."""

import re
from collections.abc import Iterator
from typing import Any

from tieline.loaders import values
from tieline.loaders.interpret import Draft
from tieline.loaders.mapping import Spec, Table
from tieline.loaders.read import Raw
from tieline.loaders.refusal import Unreadable, printable
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.loaders.values import Reader
from tieline.schema import consent
from tieline.schema.identifiers import by_local, by_name, by_theme, checked
from tieline.schema.records import Record, digest

TITLES = {"project": "title", "theme": "label"}  # what a thing's name is called, if not `name`
POSTCODE = re.compile(r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}")  # may be a home: cut short
LEVELS = ("consent", "audience")  # fields of which everybody knows the plain words
SHARED = ("place",)  # kinds whose names mean the same thing in every source


class Line:
    """One row, its mapping, and the draft that it becomes."""

    def __init__(self, source: Source, raw: Raw, notes: Notes, table: Table) -> None:
        self.slug, self.raw, self.table = source.slug, raw, table
        self.draft = Draft(source, raw, notes)
        self.date = self.one(table.date, "date", values.day) or ""

    def each(self, field: str) -> Iterator[tuple[Spec, Any]]:
        """Every value of a field, with the spec that gave it."""
        for spec in self.table.columns.get(field, ()):
            for value in self.said(spec, field):
                yield spec, value

    def said(self, spec: Spec, field: str) -> list[Any]:
        """The raw values of one spec; a word the mapping does not know is a problem."""
        try:
            return spec.read(self.raw.values, self.table.missing)
        except Unreadable as error:
            cell = self.raw.values.get(spec.column or "")
            if field in LEVELS and values.text(cell).casefold() in consent.NAMES:
                return [cell]  # the plain word, beside the partner's own
            self.draft.problem(spec.column or field, cell, error.reason, error.mend)
            return []

    def one(self, specs: tuple[Spec, ...], field: str, how: Reader, *, soft: bool = False) -> Any:
        """The first value that is there."""
        for spec in specs:
            if said := self.said(spec, field):
                return self.draft.read(spec.column or field, said[0], how, soft=soft)
        return None

    def field(self, name: str, how: Reader, *, soft: bool = False) -> Any:
        return self.one(self.table.columns.get(name, ()), name, how, soft=soft)

    def need(self, name: str, how: Reader) -> Any:
        """A field without which the row means nothing."""
        found = self.field(name, how)
        if found is None and not self.draft.problems:
            column = next((s.column for s in self.table.columns.get(name, ()) if s.column), name)
            self.draft.problem(column, None, "missing", f"Every {self.table.kind} needs one.")
        return found

    def all(self, name: str) -> list[str]:
        """Several texts, each once whatever its case."""
        found: dict[str, str] = {}
        for spec, value in self.each(name):
            if text := self.draft.read(spec.column or name, value, values.name):
                found.setdefault(text.casefold(), text)
        return list(found.values())

    def local(self) -> str | None:
        """The partner's own id of this row."""
        found: str | None = self.one(self.table.id, "id", values.name)
        if self.table.id and found is None and not self.draft.problems:
            column = next(iter(self.table.id)).column or "id"
            self.draft.problem(column, None, "missing", "Every row needs its id.")
        return found

    def uid(self, local: str | None) -> str:
        """By its id; a row without one is what its cells say."""
        if local:
            return f"{self.slug}:{self.table.name}:{local}"
        cells = {k: printable(v) for k, v in self.raw.values.items() if not values.blank(v)}
        return f"{self.slug}:{self.table.name}:{digest(cells)}"

    def refer(self, field: str, spec: Spec, value: Any, kind: str, **more: Any) -> Record | None:
        """The thing a cell refers to, by name, by the partner's id, or by identifier."""
        column = spec.column or field
        said = self.draft.read(column, value, values.name)
        if said is None:
            return None
        kind = spec.kind or kind
        if kind == "place" and POSTCODE.fullmatch(said):
            said = values.district(said)
        name = said if spec.by == "name" else self.one(spec.name, f"{field}.name", values.name)
        local = said if spec.by == "id" else self.one(spec.id, f"{field}.id", values.name)
        ids = [by_local(self.slug, kind, local)] if local else []
        fields = {TITLES.get(kind, "name"): name, "kind": spec.sort} | more
        if kind == "theme":
            scheme = spec.scheme or self.slug
            ids += [by_theme(scheme, said.casefold())] if spec.by == "name" else []
            fields |= {"scheme": scheme} if spec.scheme or spec.by == "name" else {}
        elif spec.by == "identifier":
            found = self._sound(column, kind, said, spec.scheme)
            if not found:
                return None
            ids.append(found)
            if kind == "place":
                ids += [self.name_of(kind, name)] if name else []
                fields["gss"] = found.removeprefix("GSS-") if found.startswith("GSS-") else None
        elif spec.by == "name" and not local:
            ids.append(self.name_of(kind, said))
        return self.draft.mention(field, kind, fields, ids, self.date)

    def _sound(self, column: str, kind: str, said: str, scheme: str | None) -> str | None:
        """A reference by an identifier that is none leads nowhere: a problem, not a warning."""
        whole = f"{scheme}-{said}" if scheme and not said.startswith(f"{scheme}-") else said
        if checked(whole)[0] is None:
            mend = "Write it as GB-CHC-1090095 or leave it out."
            self.draft.problem(column, said, "not a sound identifier", mend)
            return None
        return self.draft.identifiers(column, kind, [whole])[0]

    def name_of(self, kind: str, name: str) -> str:
        """The identifier that a name is: within this source, or for a place anywhere."""
        return by_name(kind, name, None if kind in SHARED else self.slug)
