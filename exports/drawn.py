"""What is drawn: things, ties, and what is to be said of the whole. Every format has these alone.

A drawing is actors and one undirected tie a pair; `everything` adds the projects, places and
themes they have to do with, and what is stated between any of these, which has a direction.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

# What a drawing tool makes a line's width of. Never 0: Gephi stops at it, others draw no line.
WEIGHTS = {"thin": 1.0, "middling": 2.0, "thick": 3.0, "not_yet_known": 0.5}
STATED = 1.0  # what is stated holds, or it does not
LEAST = 0.001  # of a strength in numbers
THICKNESS = {label: label.replace("_", " ") for label in WEIGHTS}
VIEWERS = {
    "anonymous": "anyone",
    "member": "a member",
    "weaver": "a weaver",
    "steward": "a steward",
}
TIE = "tie"
UNSAID = "not said"


class Thing(NamedTuple):
    """Someone or something. `sort`: what kind of organisation or place, whose word for a theme."""

    uid: str
    name: str
    kind: str
    sort: str | None = None
    description: str | None = None
    url: str | None = None
    other_names: list[str] = []  # noqa: RUF012 - nobody writes to it
    places: list[str] = []  # noqa: RUF012
    themes: list[str] = []  # noqa: RUF012
    x: float | None = None
    y: float | None = None


class Tie(NamedTuple):
    """Two actors' tie (`kind` TIE, undirected, with a thickness), or what is stated of two things
    (`kind` a verb, directed, perhaps with role and dates). `again`: how many of the same kind and
    ends came before it."""

    uid: str
    start: str
    end: str
    kind: str
    directed: bool
    weight: float
    thickness: str | None = None
    evidence: list[str] = []  # noqa: RUF012
    seen: str | None = None
    role: str | None = None
    since: str | None = None
    until: str | None = None
    strength: float | None = None
    unknown: float | None = None
    again: int = 0

    @property
    def sole_kind(self) -> str:
        """The kind, numbered where there are several between the same two: some tools make one
        line of two parallel ones of a kind, and add their weights."""
        return f"{self.kind} {self.again + 1}" if self.again else self.kind


class Given(NamedTuple):
    """A source: who gave what lies here."""

    title: str
    publisher: str | None
    licence: str | None
    retrieved: str | None


@dataclass(frozen=True)
class About:
    """Of the whole. `own`: how many spoke for themselves. `date`: ISO, the day of the export.
    `audience`: the viewer's level by its name. `mixed`: some ties may have a direction."""

    sources: tuple[Given, ...]
    own: int
    date: str
    version: str
    audience: str
    scope: str
    numbers: bool = False
    mixed: bool = False

    @property
    def title(self) -> str:
        return f"A map of {self.scope}, as {VIEWERS[self.audience]} may see it"

    @property
    def licence(self) -> str:
        """Every licence that a source names."""
        return "; ".join(sorted({each.licence or UNSAID for each in self.sources})) or UNSAID

    @property
    def credit(self) -> str:
        """Whom to name, in one line."""
        said = [_credit(each) for each in self.sources]
        if self.own:
            said.append(f"what {self.own:,} said in their own words")
        return "; ".join(said) or "nobody's data"

    def told(self) -> dict[str, Any]:
        """All of it, for a format that has room."""
        labels = "thin 1, middling 2, thick 3, not yet known .5"
        return {
            "title": self.title,
            "licence": self.licence,
            "sources": self.credit,
            "date": self.date,
            "graph_version": self.version,
            "audience": self.audience,
            "weight": "strength, 0 to 1" if self.numbers else labels,
            "missing": "What is missing is not recorded, never that nothing happens.",
        }


class Drawing(Protocol):
    """`things` are all told before the first of `ties`, whose ends are among them."""

    @property
    def about(self) -> About: ...

    def things(self) -> AsyncIterator[Sequence[Thing]]: ...

    def ties(self) -> AsyncIterator[Sequence[Tie]]: ...


def named(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Those that say anything: no format is given a null or an empty list."""
    return {name: value for name, value in fields.items() if value or value == 0}


def thing_fields(thing: Thing) -> dict[str, Any]:
    """What every format says of a thing beside its id, name and position."""
    return named(
        {
            "kind": thing.kind,
            "sort": thing.sort,
            "description": thing.description,
            "url": thing.url,
            "other_names": thing.other_names,
            "places": thing.places,
            "themes": thing.themes,
        }
    )


def tie_fields(tie: Tie) -> dict[str, Any]:
    """What every format says of a tie beside its id, ends, direction and weight."""
    return named(
        {
            "kind": tie.kind,
            "thickness": tie.thickness,
            "evidence": tie.evidence,
            "seen": tie.seen,
            "role": tie.role,
            "since": tie.since,
            "until": tie.until,
            "strength": tie.strength,
            "unknown": tie.unknown,
        }
    )


def _credit(each: Given) -> str:
    by = f", {each.publisher}" if each.publisher else ""
    day = f", fetched {each.retrieved[:10]}" if each.retrieved else ""
    return f"{each.title}{by} ({each.licence or 'licence ' + UNSAID}{day})"
