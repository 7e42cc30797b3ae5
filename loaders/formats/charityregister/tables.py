"""The register's further tables: a charity's other names, where it works and on what."""

from tieline.loaders import values
from tieline.loaders.formats.charityregister.charity import Cells, numbers, own
from tieline.loaders.interpret import Draft
from tieline.loaders.read import Raw
from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.schema.identifiers import by_name, by_theme
from tieline.schema.records import STATEMENT, Record, Row, digest

SCHEME = "charity-commission"
_NEED = "Without it the row says nothing."


class _Line:
    """A row about a charity that another table names."""

    def __init__(self, table: str, source: Source, raw: Raw, notes: Notes) -> None:
        self.draft, self.cells = Draft(source, raw, notes), dict(raw.values)
        self.date = (
            self.draft.read(
                "date_of_extract", self.cells.pop("date_of_extract", None), values.day, soft=True
            )
            or ""
        )
        self.uid = f"{source.slug}:{table}:{digest(self._said())}"
        self.number, self.linked = numbers(self.draft, self.cells)

    def _said(self) -> Cells:
        return {name: str(value) for name, value in self.cells.items() if not values.blank(value)}

    def need(self, name: str) -> str | None:
        found: str | None = self.draft.need(name, self.cells.pop(name, None), values.name, _NEED)
        return found

    def charity(self) -> Record | None:
        ids = own(self.draft, self.number, self.linked)
        if not ids:
            return None
        branch = bool(self.linked)
        return self.draft.mention("charity", "organisation", {}, ids, self.date, branch)


def classification(source: Source, raw: Raw, notes: Notes) -> Row | Refusal:
    """What, who or how: a theme of the Commission's own scheme."""
    line = _Line("classification", source, raw, notes)
    code, label = line.need("classification_code"), line.need("classification_description")
    charity = line.charity()
    if charity and code and label:
        ids = [by_theme(SCHEME, code)]
        fields = {"label": label, "scheme": SCHEME, "code": code}
        about = line.draft.mention("theme", "theme", fields, ids)
        line.draft.say("WORKS_ON", charity.uid, about.uid)
    return line.draft.finish(line.uid, STATEMENT, {}, line.date)


def area(source: Source, raw: Raw, notes: Notes) -> Row | Refusal:
    """Where it works: a place by its name."""
    line = _Line("area", source, raw, notes)
    name = line.need("geographic_area_description")
    kind = line.draft.read(
        "geographic_area_type", line.cells.pop("geographic_area_type", None), values.text
    )
    charity = line.charity()
    if charity and name:
        fields = {"name": name, "kind": (kind or "").casefold()}
        served = line.draft.mention("area", "place", fields, [by_name("place", name)])
        line.draft.say("SERVES", charity.uid, served.uid)
    return line.draft.finish(line.uid, STATEMENT, {}, line.date)


def other_name(source: Source, raw: Raw, notes: Notes) -> Row | Refusal:
    """A working or former name: a further record of the charity."""
    line = _Line("name", source, raw, notes)
    name = line.need("charity_name")
    kind = line.draft.read("charity_name_type", line.cells.get("charity_name_type"), values.text)
    fields = {"also_known_as": [name] if name else [], "name_type": kind}
    ids = own(line.draft, line.number, line.linked)
    return line.draft.finish(
        line.uid, "organisation", fields, line.date, ids, branch=bool(line.linked)
    )
