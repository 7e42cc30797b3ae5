"""Which elements a file has, so that a connection can name them by label or by id.

Kumu knows an element by its id; without one by its label and type: the same label with another type
is another element.
"""

from dataclasses import dataclass
from typing import Any

from tieline.loaders.formats.kumu.meaning import Meaning
from tieline.loaders.read import Raw
from tieline.loaders.refusal import Unreadable
from tieline.loaders.values import blank, text
from tieline.schema.identifiers import by_local, by_name, by_theme


@dataclass(frozen=True, slots=True)
class Element:
    """`key` is its id, or its type and label; `alone`: no other element has its label."""

    key: str
    kind: str
    label: str
    alone: bool = True

    def ids(self, slug: str, scheme: str) -> list[str]:
        """What it is known by: within the source; a theme by its scheme, a place by its name."""
        if self.kind == "theme":
            return [by_theme(scheme, self.label.casefold())]
        own = [by_local(slug, self.kind, f"element {self.key}")]
        if self.alone and self.label:
            own.append(by_name(self.kind, self.label, None if self.kind == "place" else slug))
        return own


class Labels:
    """Every element of the file, by id and by label."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning
        self._by_id: dict[str, Element] = {}
        self._by_label: dict[str, dict[str, Element]] = {}

    @property
    def count(self) -> int:
        return sum(map(len, self._by_label.values()))

    def add(self, raw: Raw) -> None:
        label, type_, own = (_said(raw.values.get(name)) for name in ("label", "type", "id"))
        kind = self._meaning.kind(type_)
        found = Element(own or f"{type_}/{label}".casefold(), kind, label)
        self._by_label.setdefault(label.casefold(), {})[found.key] = found
        if own:
            self._by_id[own] = found

    def element(self, label: str, type_: str, own: str) -> Element:
        """The element of a row of elements."""
        key = own or f"{type_}/{label}".casefold()
        alone = len(self._by_label.get(label.casefold(), {key: None})) == 1
        return Element(key, self._meaning.kind(type_), label, alone)

    def known(self, said: str) -> bool:
        return said in self._by_id or said.casefold() in self._by_label

    def end(self, said: str) -> Element:
        """The element that a connection names; one that no row has is an element all the same.

        Raises:
            Unreadable: several carry the label.
        """
        if said in self._by_id:
            found = self._by_id[said]
            return self._alone(found)
        carriers = list(self._by_label.get(said.casefold(), {}).values())
        if len(carriers) > 1:
            raise Unreadable(
                f"{len(carriers)} elements carry this label",
                "Name it by its ID, or give each element a label of its own.",
            )
        if carriers:
            return carriers[0]
        return Element(f"/{said}".casefold(), self._meaning.default, said)

    def _alone(self, found: Element) -> Element:
        alone = len(self._by_label.get(found.label.casefold(), {})) == 1
        return Element(found.key, found.kind, found.label, alone)


def _said(value: Any) -> str:
    return "" if blank(value) or isinstance(value, list | dict) else text(value)
