"""One hard graph: all that has broken a drawing tool at once. Everybody in it is invented.

Parallel ties, mutual and directed ones, lists and nothing said, names of other alphabets, a name
that two have, a tie not yet known, somebody alone, a thing whose id a tie would have.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from tieline.exports.drawn import About, Given, Thing, Tie
from tieline.exports.rows import free
from tieline.exports.written import form, stream

ODD = 'Zoë Ångström-Łoś 日本語 عربى <&> "q" it\'s a\tb\nc \x07\U0001f343'
THINGS = [
    Thing("p-1", ODD, "person", None, 'Said "hello"\n& more', None, ["Z, Å", "x|y"],
          ["Leeds"], ["belonging", 'a "quoted" one, or two'], 1.5, -2.25),
    Thing("p-2", "Ana Ash", "person", x=0.0, y=0.0),
    Thing("p-3", "Ana Ash", "person", None, "not the other one", x=3.0, y=4.0),
    Thing("o-1", '=HYPERLINK("http://example.test")', "organisation", "charity", None,
          "https://example.test/?a=1&b=2", [], ["Leeds", "York"], [], 5.0, 6.0),
    Thing("o-2", "+alone", "network", x=7.0, y=8.0),
    Thing("p-1~p-2", "Whose id a tie has", "project", "@started", x=9.0, y=10.0),
]  # fmt: skip
TAKEN = dict.fromkeys(each.uid for each in THINGS)


def tie(a: str, b: str, thickness: str, weight: float, *evidence: str, seen: str | None) -> Tie:
    uid = free(f"{a}~{b}", TAKEN)
    return Tie(uid, a, b, "tie", False, weight, thickness, list(evidence), seen)


def stated(a: str, verb: str, b: str, again: int = 0, *said: str | None) -> Tie:
    uid = f"{a}~{verb.upper().replace(' ', '_')}~{b}" + (f"~{again + 1}" if again else "")
    role, since, until = (*said, None, None, None)[:3]
    return Tie(uid, a, b, verb, True, 1.0, None, [], None, role, since, until, again=again)


TIES = [
    tie("p-1", "p-2", "thick", 3.0, "closeness", "joint_work", seen="2026-05-01"),
    tie("p-1", "p-3", "middling", 2.0, "role", seen="2026-01-31"),
    tie("p-2", "p-3", "not yet known", 0.5, seen=None),
    tie("o-1", "p-1", "thin", 1.0, "role", seen=None)._replace(strength=0.001, unknown=0.25),
    stated("p-1", "works for", "o-1", 0, "chair", "2020-01-01", "2022-12-31"),
    stated("p-1", "works for", "o-1", 1, '"cook" & more'),
    stated("p-2", "leads", "p-3"),
    stated("p-3", "leads", "p-2"),
]
ABOUT = About(
    (Given("An <open> list", "Some & Co", "CC BY 4.0", "2026-01-31"), Given("B", None, None, None)),
    own=2,
    date="2026-11-21",
    version="0123456789ab",
    audience="anonymous",
    scope="Leeds",
    mixed=True,
)


@dataclass(frozen=True)
class Held:
    """A drawing of what is at hand, `page` things or ties at a time."""

    some: Sequence[Thing]
    tied: Sequence[Tie]
    about: About = ABOUT
    page: int = 2

    async def things(self) -> AsyncIterator[Sequence[Thing]]:
        for at in range(0, len(self.some), self.page):
            yield self.some[at : at + self.page]
        yield []

    async def ties(self) -> AsyncIterator[Sequence[Tie]]:
        yield []
        for at in range(0, len(self.tied), self.page):
            yield self.tied[at : at + self.page]


HARD = Held(THINGS, TIES)
UNDIRECTED = replace(
    HARD, tied=[each for each in TIES if not each.directed], about=replace(ABOUT, mixed=False)
)
BARE = replace(HARD, some=[each._replace(x=None, y=None) for each in THINGS])
EMPTY = Held([], [])


def written(name: str, drawing: Held = HARD) -> bytes:
    """The whole file."""

    async def whole() -> bytes:
        pieces = [each async for each in stream(form(name)(drawing.about), drawing)]
        return b"".join(pieces)

    return asyncio.run(whole())
