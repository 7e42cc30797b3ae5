"""What do others call this? Every vocabulary's word for a term, and how each was found.

The term is looked for among labels and other words as a search does it. From the themes that answer
best the way leads on to what matches them (reach.py): each row says which word matched, through
which mappings, whose these are and how sure. Where a vocabulary is said to have no word, that is
told too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tieline.database.reader import Reader
from tieline.queries.answers.coverage import coverage
from tieline.queries.search.ask import found as searched
from tieline.queries.search.rank import BEGINNINGS, OTHER, SOME
from tieline.queries.themes.reach import (
    BROADER,
    CLOSE,
    EXACT,
    NARROWER,
    RELATED,
    SAME,
    Step,
    Word,
    around,
)
from tieline.queries.themes.slips import nearly
from tieline.schema.records import OWN_WORD

HITS = 10  # themes that a term may mean


@dataclass(frozen=True, slots=True)
class Theme:
    """What a theme is called, in whose words, and who says so."""

    uid: str
    label: str
    scheme: str | None
    code: str | None
    no_word_in: list[str]
    sources: list[str]

    @property
    def named(self) -> str:
        return f"{self.label!r} of {self.scheme}" if self.scheme else repr(self.label)


async def translate(reader: Reader, term: str) -> dict[str, Any]:
    """Every vocabulary's word for `term`.

    Returns `rows` [{theme_uid, way (same, exact, close, broader, narrower, related), weight (1, or
    .5 for broader and narrower, 0 for related), matched (the word that answered the term),
    confidence (that all mappings hold; None: there is none, or one does not say), steps [{from_uid,
    to_uid, predicate (None: the vocabulary's own tree), confidence, by, justification, comment,
    source}], reason, source_slugs}], the best first; `without` [{theme_uid, scheme, reason,
    source_slugs}]: vocabularies that are said to have no word; `note`: a sentence where there is
    nothing, or nothing quite so called; `coverage`, `graph_version`.

    Raises:
        WrongUse: no word, or too long a text.
    """
    version = await reader.version()
    hits, note = await _hits(reader, term)
    words = await around(reader, [hit["uid"] for hit in hits])
    themes = await _told(reader, words)
    matched = {hit["uid"]: hit["matched"] for hit in hits}
    known = [word for word in words.values() if word.uid in themes]
    rows = [row(word, themes, matched) for word in sorted(known, key=lambda each: each.rank)]
    return {
        "rows": rows,
        "without": _without(words, themes),
        "note": note,
        "coverage": await coverage(reader),
        "graph_version": version,
    }


async def _hits(reader: Reader, term: str) -> tuple[list[dict[str, Any]], str | None]:
    """The themes whose words answer the term best, and a remark where none is quite called so."""
    rows = await searched(reader, term, ["theme"])
    if not rows:
        rows = nearly(term, await reader.pages("themes/labels"))
    if not rows:
        return [], (
            f"No vocabulary here has a word like {term.strip()!r}. Try another form of it or a "
            "part, or load a vocabulary: `tieline load relational-words` brings the field's own."
        )
    best = rows[0]["score"]
    least = best - OTHER if best >= BEGINNINGS - OTHER else best
    kept = [row for row in rows if row["score"] >= least - 1e-9][:HITS]
    if best <= SOME:
        names = ", ".join(dict.fromkeys(row["matched"] for row in kept))
        return kept, f"Nothing is called {term.strip()!r} here: this is what comes near: {names}."
    return kept, None


async def _told(reader: Reader, words: Mapping[str, Word]) -> dict[str, Theme]:
    uids = set(words) | {s.start for word in words.values() for s in word.steps}
    page = await reader.pages("themes/told", uids=sorted(uids)) if uids else []
    return {each[0]: Theme(*each) for each in page}


def row(word: Word, themes: Mapping[str, Theme], matched: Mapping[str, str]) -> dict[str, Any]:
    """A word as it is told."""
    start = word.steps[0].start if word.steps else word.uid
    steps = [
        {
            "from_uid": step.start if step.forward else step.to,
            "to_uid": step.to if step.forward else step.start,
            "predicate": step.predicate,
            "confidence": step.confidence,
            "by": step.by,
            "justification": step.justification,
            "comment": step.comment,
            "source": step.source,
        }
        for step in word.steps
    ]
    sources = [*themes[word.uid].sources, *(step.source for step in word.steps)]
    return {
        "theme_uid": word.uid,
        "way": word.way,
        "weight": word.weight,
        "matched": matched[start],
        "confidence": word.confidence,
        "steps": steps,
        "reason": reason(word, themes, matched[start]),
        "source_slugs": sorted({slug for slug in sources if not slug.startswith(OWN_WORD)}),
    }


_WAYS = {
    SAME: "answers the word {matched!r}",
    EXACT: "is the same as {first}",
    CLOSE: "is close to {first}",
    BROADER: "is wider than {first}, and counts half",
    NARROWER: "is narrower than {first}, and counts half",
    RELATED: "has to do with {first}, and is no word for it",
}


def reason(word: Word, themes: Mapping[str, Theme], matched: str) -> str:
    """How a theme was found, in plain words."""
    first = themes[word.steps[0].start].named if word.steps else ""
    said = f"{themes[word.uid].named} {_WAYS[word.way].format(first=first, matched=matched)}"
    told = "; ".join(dict.fromkeys(_said(step, themes) for step in word.steps))
    return f"{said}: {told}." if told else f"{said}."


def _said(step: Step, themes: Mapping[str, Theme]) -> str:
    if step.predicate is None:
        theme = themes.get(step.start)
        return f"so {theme.scheme if theme else 'the vocabulary'} has it"
    whose = step.by or ("somebody here" if step.source.startswith(OWN_WORD) else step.source)
    sure = "" if step.confidence is None else f", {step.confidence:.0%} sure"
    why = f" ({step.comment.rstrip('.')})" if step.comment else ""
    return f"{step.predicate}, says {whose}{sure}{why}"


def _without(words: Mapping[str, Word], themes: Mapping[str, Theme]) -> list[dict[str, Any]]:
    """Which vocabularies are said to have no word for what was meant."""
    meant = sorted(uid for uid, word in words.items() if word.way == SAME and uid in themes)
    have = {
        themes[uid].scheme
        for uid, word in words.items()
        if word.way in (SAME, EXACT, CLOSE) and uid in themes
    }
    return [
        {
            "theme_uid": uid,
            "scheme": scheme,
            "reason": f"{scheme} has no word for {themes[uid].named}, as was looked and noted.",
            "source_slugs": themes[uid].sources,
        }
        for uid in meant
        for scheme in themes[uid].no_word_in
        if scheme not in have
    ]
