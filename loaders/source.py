"""A source: who says it, on what basis, and who may hear it. One folder, one `source.toml`.

slug, title, publisher, licence, contact   text
lawful_basis   why people may be named; "public record" makes what it says of them public.
               A described source without one names no people: such rows are refused.
reliability    (0, 1], how much its word weighs
audience       public, field, weaver, steward, hidden, or 4 to 0: who may see what it says
retrieved      the date the file was fetched
format, mapping   how it is read ("table", "360giving" ...); the file that says which column is what
same_when      rules by which its organisations are joined without being asked: loaders/rules.py
[expected.<kind>]   min, max: how many of a kind a whole load should name
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tieline.errors import BadInput, WrongUse
from tieline.loaders import values
from tieline.loaders.refusal import Unreadable
from tieline.loaders.rules import RULES
from tieline.schema.consent import PUBLIC
from tieline.schema.records import LABELS

BUILT_IN = Path(__file__).parent / "sources"
FILE = "source.toml"
PUBLIC_RECORD, NOT_STATED = "public record", "not stated"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TEXTS = ("title", "publisher", "licence", "lawful_basis", "contact", "format", "mapping")
_KEYS = ("slug", *_TEXTS, "reliability", "audience", "retrieved", "expected", "same_when")


@dataclass(frozen=True, slots=True)
class Source:
    """A description. `folder` is where it lies, None for one that nobody wrote."""

    slug: str
    title: str
    publisher: str | None = None
    licence: str | None = None
    lawful_basis: str | None = None
    reliability: float = 1.0
    audience: int = PUBLIC
    contact: str | None = None
    retrieved: str | None = None
    format: str | None = None
    mapping: str | None = None
    expected: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    folder: Path | None = None
    same_when: tuple[str, ...] = ()

    @property
    def public(self) -> bool:
        return (self.lawful_basis or "").casefold() == PUBLIC_RECORD

    @property
    def properties(self) -> dict[str, Any]:
        """As the graph keeps it; what is not known is left out."""
        names = ("slug", "title", "publisher", "licence", "lawful_basis", "reliability")
        said = {name: getattr(self, name) for name in (*names, "audience", "contact", "retrieved")}
        return {key: value for key, value in said.items() if value is not None} | {
            "public": self.public
        }


def find(slug: str, folder: Path | None = None) -> Source:
    """The description of a source, from a folder of sources (or one source's) or those built in.

    A slug that nobody described gets a plain one: people are named to weavers, the rest to all.

    Raises:
        WrongUse: no slug, or a folder that is none.
        BadInput: a description that cannot be read.
    """
    if not SLUG.fullmatch(slug):
        raise WrongUse(
            f"{slug!r} is no slug: small letters, digits and hyphens, such as my-partner."
        )
    if folder and not folder.is_dir():
        raise WrongUse(f"{folder} is no folder. Name the one that holds the source's {FILE}.")
    for place in [folder / slug, folder] if folder else []:
        if (place / FILE).is_file() and (found := read(place)).slug == slug:
            return found
    if (BUILT_IN / slug / FILE).is_file():
        return read(BUILT_IN / slug)
    return Source(slug, title=slug, lawful_basis=NOT_STATED)


def built_in() -> list[Source]:
    """Every source that comes with Tieline, by slug."""
    return [read(path.parent) for path in sorted(BUILT_IN.glob(f"*/{FILE}"))]


def read(folder: Path) -> Source:
    """The description in a folder.

    Raises:
        BadInput: it cannot be read, or says what cannot be.
    """
    path = folder / FILE
    said = toml(path)
    if unknown := sorted(said.keys() - set(_KEYS)):
        raise BadInput(f"{path}: {', '.join(unknown)}: unknown. Known are {', '.join(_KEYS)}.")
    slug = said.get("slug", folder.name)
    if not isinstance(slug, str) or not SLUG.fullmatch(slug):
        raise BadInput(f"{path}: slug {slug!r}: use small letters, digits and hyphens.")
    texts = {name: _text(path, name, said[name]) for name in _TEXTS if name in said}
    return Source(
        slug,
        texts.pop("title", slug),
        reliability=_reliability(path, said.get("reliability", 1.0)),
        audience=_audience(path, said.get("audience", PUBLIC)),
        retrieved=_day(path, said.get("retrieved")),
        expected=_expected(path, said.get("expected", {})),
        folder=folder,
        same_when=_rules(path, said.get("same_when", [])),
        **texts,
    )


def toml(path: Path) -> dict[str, Any]:
    """A TOML file as a dict.

    Raises:
        BadInput: no such file, or not TOML: says where.
    """
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}. Check the path.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} is not TOML: {error}. Correct it there.") from None


def _text(path: Path, name: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadInput(f"{path}: {name} is {value!r}: write text in quotes, or leave it out.")
    return value.strip()


def _reliability(path: Path, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise BadInput(f"{path}: reliability is {value!r}: write a number over 0, at most 1.")
    return float(value)


def _audience(path: Path, value: Any) -> int:
    try:
        return int(values.level(value))
    except Unreadable as error:
        raise BadInput(f"{path}: audience {value!r}: {error}") from None


def _day(path: Path, value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, date):
        return values.day(value)
    raise BadInput(f"{path}: retrieved is {value!r}: write a date without quotes, as 2026-07-01.")


def _rules(path: Path, said: Any) -> tuple[str, ...]:
    if not isinstance(said, list) or not set(map(str, said)) <= set(RULES):
        raise BadInput(f"{path}: same_when is {said!r}: list any of {', '.join(RULES)}.")
    return tuple(sorted(said))


def _expected(path: Path, said: Any) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for kind, bounds in said.items() if isinstance(said, dict) else [("expected", said)]:
        low, high = (
            (bounds.get("min"), bounds.get("max")) if isinstance(bounds, dict) else (None,) * 2
        )
        if kind not in LABELS or not isinstance(low, int) or not isinstance(high, int):
            kinds = ", ".join(LABELS)
            raise BadInput(f"{path}: expected.{kind}: give min and max of one of {kinds}.")
        found[kind] = (low, high)
    return found
