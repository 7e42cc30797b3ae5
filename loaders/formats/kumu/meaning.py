"""What Kumu's own words stand for: [kumu] of a mapping, or what most people mean by them.

[kumu]
default = "person"                        what an element of no known type is
types = { "Resident" = "person" }         an element's type to a kind of thing
verbs = { "gives money to" = "FUNDS" }    a connection's type to a relationship
strength = { low = 1, high = 5 }          the scale of Strength; words = { "Strong" = 5 }
tags = "our-words"                        the scheme of themes that tags are; false: left out
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tieline.errors import BadInput
from tieline.loaders.mapping import Layout
from tieline.loaders.refusal import Unreadable
from tieline.loaders.source import Source
from tieline.loaders.values import number, text
from tieline.schema.relationships import VERBS

KINDS = ("person", "organisation", "project", "place", "theme")
_KNOWN = {
    "person": "person people individual resident weaver",
    "organisation": "organisation organization organisations organizations company charity funder",
    "project": "project projects initiative programme program service activity event",
    "place": "place places location area neighbourhood",
    "theme": "theme themes topic issue",
}
TYPES = {word: kind for kind, words in _KNOWN.items() for word in words.split()}
_KEYS = {"default", "types", "verbs", "strength", "tags"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """`scale` is (lowest, highest) of Strength; `scheme` None leaves tags out."""

    default: str
    scheme: str | None
    types: Mapping[str, str] = field(default_factory=dict)
    verbs: Mapping[str, str] = field(default_factory=dict)
    scale: tuple[float, float] | None = None
    words: Mapping[str, float] = field(default_factory=dict)

    def kind(self, type_: str) -> str:
        """The kind of thing that an element of this type is."""
        return self.types.get(type_.casefold(), self.default)

    def closeness(self, said: Any) -> float:
        """Where on the stated scale, 0 to 1."""
        low, high = self.scale or (0.0, 1.0)
        plain = text(said).casefold()
        figure = self.words[plain] if plain in self.words else number(said)
        if not low <= figure <= high:
            reason = f"not on the scale of {low:g} to {high:g} that the mapping states"
            raise Unreadable(reason, "Correct the strength, or the scale in the mapping.")
        return round((figure - low) / (high - low), 9)


def meaning(source: Source, layout: Layout | None) -> Meaning:
    """As the mapping says, the usual words added.

    Raises:
        BadInput: [kumu] names what is not known.
    """
    said = dict(layout.kumu) if layout else {}
    at = f"{layout.path}, [kumu]" if layout else "[kumu]"
    if unknown := sorted(said.keys() - _KEYS):
        raise BadInput(f"{at}: {', '.join(unknown)}: unknown. Known: {', '.join(sorted(_KEYS))}.")
    types = {key.casefold(): _one(at, value, KINDS) for key, value in _table(at, said, "types")}
    known = [name for name, verb in VERBS.items() if verb.stated and name != "OBSERVED"]
    verbs = {name.replace("_", " ").casefold(): name for name in known}
    verbs |= {key.casefold(): _one(at, value, known) for key, value in _table(at, said, "verbs")}
    tags = said.get("tags", f"{source.slug}-tags")
    return Meaning(
        _one(at, said.get("default", "organisation"), KINDS),
        None if tags is False else str(tags),
        TYPES | types,
        verbs,
        *_scale(at, said.get("strength")),
    )


def _table(at: str, said: Mapping[str, Any], name: str) -> Any:
    found = said.get(name, {})
    if not isinstance(found, dict):
        raise BadInput(f'{at}: {name}: write {{ "word" = "meaning" }}.')
    return found.items()


def _one(at: str, value: Any, known: Any) -> str:
    if value not in known:
        raise BadInput(f"{at}: {value!r}: unknown. Write one of {', '.join(known)}.")
    return str(value)


def _scale(at: str, said: Any) -> tuple[tuple[float, float] | None, dict[str, float]]:
    if said is None:
        return None, {}
    try:
        low, high = float(said["low"]), float(said["high"])
        words = {str(k).casefold(): float(v) for k, v in said.get("words", {}).items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        low, high, words = 0.0, 0.0, {}
    if not low < high:
        raise BadInput(f"{at}: strength: write the scale's ends, as {{ low = 1, high = 5 }}.")
    return (low, high), words
