"""All that one person has said of one tie, in order; and which of it stands: a pure function.

A later answer of the same kind and day takes an earlier one's place. "No tie" and any other answer
put each other out, whenever they were given. What was said again, or taken for its opposite, on its
own day was a slip: what that had put out comes back. So it does where an answer is taken back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tieline.database.graph import Steps
from tieline.loaders.own_word.answers import Answer, answers
from tieline.loaders.own_word.rows import SUPERSEDED, fields, superseded
from tieline.schema.records import STATEMENT, Edge, Record, Row, dump, recorded

AUDIENCE = "audience"  # of what does not stand: who might have heard of it


@dataclass(frozen=True, slots=True)
class Word:
    """One answer as it was given: `order` is (day, its number of that day)."""

    row: Row
    answer: Answer
    audience: int | None
    order: tuple[str, int]
    stands: bool

    @property
    def uid(self) -> str:
        return self.row.record.uid

    @property
    def day(self) -> str:
        return self.order[0]


def history(steps: Steps, one: str, two: str, slugs: Sequence[str]) -> list[Word]:
    """What `one` has said of `two` (uids) under these names, in order."""
    found = steps.run("load/own_answers", **{"from": one}, to=two, slugs=list(slugs))
    words = [_word(each) for each in found]
    return sorted((word for word in words if word), key=lambda w: (w.order, w.uid))


def _word(said: dict[str, Any]) -> Word | None:
    """None of what was put out before it was kept who might hear of it."""
    record = recorded(said["row"])
    ends = [replace(recorded(each), date=record.date) for each in said["ends"]]
    row = Row(record, dict(zip(("from", "to"), ends, strict=True)))
    held = fields(row)
    audience = said["audience"][0] if said["audience"] else None
    if SUPERSEDED in held:
        if AUDIENCE not in held:
            return None
        held, audience = held["said"], held[AUDIENCE]
    *_, day, number = record.uid.split("/")
    return Word(row, _answer(held), audience, (day, int(number)), said["stands"])


def _answer(held: dict[str, Any]) -> Answer:
    given: dict[str, Any] = {held["kind"]: held["answer"]}
    again = answers(**({"no_tie": True} if held["kind"] == "no_tie" else given))[0]
    return Answer(again.kind, again.value, again.share, held)


def spoken(
    uid: str, ends: dict[str, Record], answer: Answer, day: str, audience: int | None
) -> Row:
    """The row of an answer that stands."""
    props = {"kind": answer.kind, "value": answer.value, "answered_share": answer.share}
    props |= {"reporter": "from", "on": day, "audience": audience}
    edge = Edge("OBSERVED", ends["from"].uid, ends["to"].uid, uid, tuple(props.items()))
    record = Record(uid, STATEMENT, ends["from"].source, dump(answer.said), day)
    return Row(record, ends, [edge])


def rows(words: Sequence[Word]) -> list[Row]:
    """Each as it stands, or as it is kept: those that are so already are not written again."""
    out = put_out(words)
    whole = [(spoken(w.uid, w.row.mentions, w.answer, w.day, w.audience), w) for w in words]
    return [
        superseded(row, out[w.uid], {AUDIENCE: w.audience}) if w.uid in out else row
        for row, w in whole
    ]


def put_out(words: Iterable[Word]) -> dict[str, str]:
    """Those that do not stand, each with the day since when: the last said first, whether anything
    later puts it out."""
    out: dict[str, str] = {}
    truly: list[Word] = []  # said, and not taken for another on the same day
    for word in sorted(words, key=lambda w: (w.order, w.uid), reverse=True):
        over = [later for later in truly if _puts_out(later, word)]
        if over:
            out[word.uid] = over[-1].day
        if all(later.day != word.day for later in over):
            truly.append(word)
    return out


def _puts_out(later: Word, word: Word) -> bool:
    if later.order <= word.order:
        return False  # of one moment, or of two speakers who were joined since
    again = later.answer.kind == word.answer.kind and later.day == word.day
    return again or (later.answer.kind == "no_tie") != (word.answer.kind == "no_tie")
