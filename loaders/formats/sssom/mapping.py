"""A row of an SSSOM file: two themes and what they are to each other; or that there is no word.

A row whose object is `sssom:NoTermFound` says that a vocabulary has no word for the subject. That
is kept with the subject, for it is worth knowing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from tieline.loaders import values
from tieline.loaders.formats.sssom.header import KNOWN, Header
from tieline.loaders.interpret import Draft
from tieline.loaders.read import Raw
from tieline.loaders.refusal import Refusal, Unreadable
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.schema.identifiers import by_theme
from tieline.schema.prefixes import named
from tieline.schema.records import STATEMENT, Row, digest

PREDICATES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
NO_TERM = ("sssom:NoTermFound", KNOWN["sssom"] + "NoTermFound")
SIDES = ("subject", "object")
_OTHER = {"subject": "object", "object": "subject"}
_CURIE = re.compile(r"([A-Za-z_][\w.-]*):(\S+)")
ASKED = {
    "subject_id", "subject_label", "subject_source", "predicate_id", "predicate_modifier",
    "object_id", "object_label", "object_source", "mapping_justification", "confidence", "comment",
    "author_id", "author_label", "creator_id", "creator_label", "mapping_date", "record_id",
    "mapping_provider",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a vocabulary: its scheme, its code there and its label."""

    scheme: str
    local: str
    label: str | None

    @property
    def id(self) -> str:
        return by_theme(self.scheme, self.local)

    @property
    def fields(self) -> dict[str, Any]:
        """A vocabulary without codes knows its words by their labels in small letters: what has
        several words is no code then."""
        coded = " " not in self.local or self.local != (self.label or "").casefold()
        return {
            "label": self.label,
            "scheme": self.scheme,
            "code": self.local if coded else None,
        }


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the rows of one file."""

    source: Source
    notes: Notes
    header: Header
    schemes: Mapping[str, str]

    def row(self, raw: Raw) -> Row | Refusal:
        draft = Draft(self.source, raw, self.notes)
        for heading, cell in raw.values.items():
            if heading not in ASKED and not values.blank(cell):
                draft.unread(heading, cell)
        predicate = draft.need("predicate_id", raw.values.get("predicate_id"), _predicate, _SKOS)
        why = _need_text(draft, "mapping_justification", "Say how it was found, such as "
                         "semapv:ManualMappingCuration.")  # fmt: skip
        said = {
            "predicate": predicate,
            "justification": why,
            "confidence": self.cell(draft, "confidence", values.between(0, 1)),
            "comment": self.cell(draft, "comment", values.prose),
            "by": self.by(draft),
            "at": self.cell(draft, "mapping_date", values.day)
            or draft.read("mapping_date", self.header.one("mapping_date"), values.day, soft=True),
        }
        if _cell(raw, "subject_id") in NO_TERM or _cell(raw, "object_id") in NO_TERM:
            return self.no_word(draft, said)
        return self.match(draft, said)

    def match(self, draft: Draft, said: dict[str, Any]) -> Row | Refusal:
        ends = [self.term(draft, side) for side in SIDES]
        left, right = ends
        if left and right and left.id == right.id:
            draft.problem("object_id", right.local, "both ends are one", "A mapping is of two.")
        negated = _cell(draft.raw, "predicate_modifier").casefold() == "not"
        if negated:
            draft.warn("predicate_modifier", "Not", "says that they do not match: kept, not used")
        elif _cell(draft.raw, "predicate_modifier"):
            _unknown_modifier(draft)
        uid = self.uid(draft, said)
        if left and right:
            first, second = (draft.mention(s, "theme", t.fields, [t.id], said["at"] or "")
                             for s, t in ((SIDES[0], left), (SIDES[1], right)))  # fmt: skip
            if not negated:
                draft.say("MATCHES", first.uid, second.uid, **said)
        fields = said | {"subject": left and left.id, "object": right and right.id}
        fields |= {"not": True} if negated else {}
        return draft.finish(uid, STATEMENT, fields, said["at"] or "")

    def no_word(self, draft: Draft, said: dict[str, Any]) -> Row | Refusal:
        """The theme for which the other vocabulary has no word."""
        lacking = next(side for side in SIDES if _cell(draft.raw, f"{side}_id") in NO_TERM)
        term = self.term(draft, _OTHER[lacking])
        column = f"{lacking}_source"
        whose = _cell(draft.raw, column) or self.header.one(column) or ""
        if not whose:
            draft.problem(column, None, "missing", "Say which vocabulary has no word for it.")
        uid = self.uid(draft, said)
        if not term:
            return draft.finish(uid, "theme", said)
        fields = term.fields | {"no_word_in": [self.vocabulary(whose)]}
        about = {f"no_word_{name}": value for name, value in said.items() if name != "predicate"}
        return draft.finish(uid, "theme", fields | about, said["at"] or "", [term.id])

    def term(self, draft: Draft, side: str) -> Term | None:
        """The word at one side."""
        column = f"{side}_id"
        text = draft.need(column, draft.raw.values.get(column), values.name, "Every row has both.")
        label = self.cell(draft, f"{side}_label", values.name)
        if text is None:
            return None
        prefix, local = self.parts(text)
        if not local:
            mend = "Write it as prefix:code, and say in curie_map what the prefix stands for."
            draft.problem(column, text, "an id without a known prefix", mend)
            return None
        if prefix not in self.header.prefixes:
            draft.warn(column, text, "a prefix that curie_map does not declare")
        scheme = self.schemes.get(prefix) or named(prefix, self.header.prefixes.get(prefix, ""))
        return Term(scheme, unquote(local), label)

    def parts(self, text: str) -> tuple[str, str]:
        """(prefix, code) of a CURIE, or of an address that begins as one of the prefixes does."""
        known = sorted(self.header.prefixes.items(), key=lambda each: -len(each[1]))
        for prefix, address in known:
            if address and text.startswith(address) and text != address:
                return prefix, text[len(address) :]
        found = _CURIE.fullmatch(text)
        if not found or found[2].startswith("//"):
            return "", ""
        return found[1], found[2]

    def vocabulary(self, text: str) -> str:
        """The scheme that a `..._source` names: vocab:uk-cat, or an address that ends so."""
        prefix, local = self.parts(text)
        name = local or text
        last = self.schemes.get(prefix if not local else name, name).rstrip("/#").split("/")[-1]
        return unquote(last)

    def by(self, draft: Draft) -> str | None:
        """Who says it: of the row, else of the whole set."""
        named = ("author_label", "author_id", "creator_label", "creator_id", "mapping_provider")
        for name in named:
            if text := self.cell(draft, name, values.name):
                return str(text)
        return self.header.one(*named)

    def cell(self, draft: Draft, name: str, how: values.Reader) -> Any:
        return draft.read(name, draft.raw.values.get(name), how)

    def uid(self, draft: Draft, said: Mapping[str, Any]) -> str:
        """By its own id, else by what is said of which two, how and by whom."""
        if own := _cell(draft.raw, "record_id"):
            return f"{self.source.slug}:mapping:{own}"
        key = [_cell(draft.raw, name) for name in ("subject_id", "object_id", "object_source")]
        parts = (*key, said["predicate"], said["justification"], said["by"])
        return f"{self.source.slug}:mapping:{digest(*parts)}"


_SKOS = "Write one of " + ", ".join(f"skos:{name}" for name in PREDICATES) + "."


def _predicate(value: Any) -> str:
    """skos:closeMatch, or its whole address, as the graph says it."""
    said = values.text(value)
    plain = said.removeprefix("skos:").removeprefix(KNOWN["skos"])
    if plain not in PREDICATES or plain == said:
        raise Unreadable("no way in which two words match that is known here", _SKOS)
    return plain


def _need_text(draft: Draft, name: str, mend: str) -> Any:
    return draft.need(name, draft.raw.values.get(name), values.name, mend)


def _unknown_modifier(draft: Draft) -> None:
    said = _cell(draft.raw, "predicate_modifier")
    draft.problem("predicate_modifier", said, "neither blank nor Not", "Write Not, or nothing.")


def _cell(raw: Raw, name: str) -> str:
    cell = raw.values.get(name)
    return "" if values.blank(cell) else values.text(cell)
