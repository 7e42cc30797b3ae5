"""Which themes count as one, whatever they are called: the one place where a theme is widened.

    around(reader, uids)   each word for a theme, with the steps that lead there (translate)
    within(reader, uid)    all that a scope by this theme takes in (lists, pathways, bridges ...)

exactMatch makes two themes one, both ways and along any chain. closeMatch lets one stand for the
other, one step, and from there nothing leads on but exactMatch. Broader and narrower: as a scheme
says itself, or as a broadMatch or narrowMatch says between two. relatedMatch is no word for it.
Everything is read at the viewer's level, step by step: what they may not see leads nowhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import prod

from tieline.database.reader import Reader

SAME, EXACT, CLOSE = "same", "exact", "close"
BROADER, NARROWER, RELATED = "broader", "narrower", "related"
WEIGHT = {SAME: 1.0, EXACT: 1.0, CLOSE: 1.0, BROADER: 0.5, NARROWER: 0.5, RELATED: 0.0}
ORDER = tuple(WEIGHT)
# predicate -> what the far end is to the near one: as it is said, and read the other way round
MATCHES = {
    "exactMatch": (EXACT, EXACT),
    "closeMatch": (CLOSE, CLOSE),
    "broadMatch": (BROADER, NARROWER),
    "narrowMatch": (NARROWER, BROADER),
    "relatedMatch": (RELATED, RELATED),
}


@dataclass(frozen=True, slots=True)
class Step:
    """From one theme to another: `way` is what `to` is to `start`. Without a `predicate` it is
    the scheme's own tree."""

    start: str
    to: str
    way: str
    source: str
    predicate: str | None = None
    forward: bool = True
    confidence: float | None = None
    justification: str | None = None
    by: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A theme that was reached: what it is to where one began, and through which steps."""

    uid: str
    way: str
    steps: tuple[Step, ...] = ()

    @property
    def weight(self) -> float:
        return WEIGHT[self.way]

    @property
    def confidence(self) -> float | None:
        """The chance that all its mappings hold; None where there is none, or one does not say."""
        said = [step.confidence for step in self.steps if step.predicate is not None]
        sure = [each for each in said if each is not None]
        return round(prod(sure), 4) if sure and len(sure) == len(said) else None

    @property
    def rank(self) -> tuple[float, int, float, int, str]:
        """The better word first: by weight, way, sureness (unsaid counts half), fewer steps."""
        mapped = any(step.predicate is not None for step in self.steps)
        sure = self.confidence if self.confidence is not None else 0.5 if mapped else 1.0
        return -self.weight, ORDER.index(self.way), -sure, len(self.steps), self.uid


@dataclass
class Near:
    """The steps from each theme that was asked about so far; more are read as they are wanted."""

    reader: Reader
    steps: dict[str, list[Step]] = field(default_factory=dict)

    async def ask(self, uids: Iterable[str]) -> None:
        """Read the steps of those that are not known yet, in one statement."""
        wanted = sorted(set(uids) - self.steps.keys())
        if not wanted:
            return
        page = await self.reader.pages("themes/near", uids=wanted)
        self.steps |= {uid: [] for uid in wanted}
        for uid, matches, above, below in page:
            found = [matched(uid, *each) for each in matches if each[1] in MATCHES]
            found += [Step(uid, other, BROADER, source) for other, source in above]
            found += [Step(uid, other, NARROWER, source) for other, source in below]
            self.steps[uid] = [step for step in found if step.to != uid]


def matched(
    uid: str,
    other: str,
    predicate: str,
    forward: bool,
    confidence: float | None,
    justification: str | None,
    by: str | None,
    comment: str | None,
    source: str,
) -> Step:
    """A mapping as a step away from `uid`, whichever way round it was written."""
    way = MATCHES[predicate][0 if forward else 1]
    said = (predicate, forward, confidence, justification, by, comment)
    return Step(uid, other, way, source, *said)


async def around(reader: Reader, uids: Iterable[str]) -> dict[str, Word]:
    """Every word for what these themes are: the best way to each, by uid."""
    near = Near(reader)
    ones = await _exactly(near, {uid: Word(uid, SAME) for uid in uids})
    found = dict(ones)
    beyond: dict[str, Word] = {}
    for word in ones.values():
        for step in near.steps[word.uid]:
            if step.way not in (EXACT, SAME) and step.to not in ones:
                _keep(beyond, Word(step.to, step.way, (*word.steps, step)))
    for uid, word in (await _exactly(near, beyond)).items():
        if uid not in ones:
            found[uid] = word
    return found


async def _exactly(near: Near, begin: Mapping[str, Word]) -> dict[str, Word]:
    """These, and all that exactMatch makes one with them, along any chain."""
    found: dict[str, Word] = dict(begin)
    fresh = list(found.values())
    while fresh:
        await near.ask(word.uid for word in fresh)
        more: dict[str, Word] = {}
        for word in fresh:
            for step in near.steps[word.uid]:
                if step.way == EXACT and step.to not in found:
                    way = EXACT if word.way == SAME else word.way
                    _keep(more, replace(word, uid=step.to, way=way, steps=(*word.steps, step)))
        found |= more
        fresh = list(more.values())
    return found


def _keep(words: dict[str, Word], word: Word) -> None:
    """The better of two ways to one theme."""
    before = words.get(word.uid)
    if before is None or word.rank < before.rank:
        words[word.uid] = word


async def within(reader: Reader, uid: str | None) -> list[str] | None:
    """All that a scope by this theme takes in, by uid; None where no theme is given.

    It, what is exactly the same and what is narrower, to any depth and in any vocabulary; and
    what is close to any of these, which leads to nothing further.
    """
    return None if uid is None else sorted(await _within(Near(reader), uid))


async def each_within(reader: Reader, uids: Iterable[str]) -> dict[str, set[str]]:
    """The same of each of many: what several have in common is read once."""
    near, wanted = Near(reader), list(uids)
    await near.ask(wanted)
    return {uid: await _within(near, uid) for uid in wanted}


async def _within(near: Near, uid: str) -> set[str]:
    inside, fresh = {uid}, {uid}
    while fresh:
        await near.ask(fresh)
        ways = (EXACT, NARROWER)
        reached = {step.to for one in fresh for step in near.steps[one] if step.way in ways}
        fresh = reached - inside
        inside |= fresh
    close = {s.to for one in inside for s in near.steps[one] if s.way == CLOSE} - inside
    same = await _exactly(near, {each: Word(each, CLOSE) for each in close})
    return inside | same.keys()
