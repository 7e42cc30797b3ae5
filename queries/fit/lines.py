"""A line of an answer: who or what it is about, why in plain words, and who says so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

KEYS = (
    "actor_uid",
    "project_uid",
    "yours_uid",
    "theme_uid",
    "place_uid",
    "through_uid",
    "lesson",
)
Line = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """`note` says why there is nothing, where `lines` is empty; `total` of all there are."""

    part: str
    title: str
    lines: Sequence[Line] = ()
    total: int = 0
    note: str | None = None

    def told(self) -> dict[str, Any]:
        note = None if self.lines else self.note
        return {
            "part": self.part,
            "title": self.title,
            "lines": list(self.lines),
            "total": self.total,
            "note": note,
        }


def line(reason: str, sources: Iterable[str], **about: Any) -> Line:
    """All KEYS, those not given None."""
    return {name: about.get(name) for name in KEYS} | {
        "reason": reason,
        "source_slugs": sorted(set(sources) - {""}),
    }
