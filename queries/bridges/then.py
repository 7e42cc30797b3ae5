"""The field of an earlier day: every tie made of what was recorded by then, and of nothing else.

The graph keeps the ties of one day. Those of another are made from the observations again, by the
same functions that the loaders use; who may be seen, and who belongs to a scope, is as of now. All
of them are read, so it is exact; a scope in which more than MOST were recorded by then is refused.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.answers.work import aside, step
from tieline.queries.bridges.field import AT_LEAST, Field, Tie, of_ties
from tieline.queries.ties.observed import observations, portions
from tieline.schema.shares import dated_by
from tieline.schema.strength import Summary, summary

MOST = 100_000  # observations, each told from both ends: some ten seconds
NONE = ("no_tie",)  # a tie that rests on this alone is none


async def field_then(
    reader: Reader, uids: Iterable[str], day: date, label: str | None = None
) -> Field:
    """The ties between these actors as of a day, at least so thick then.

    Raises:
        WrongUse: more than MOST observations.
    """
    inside = frozenset(uids)
    on = day.isoformat()
    counts = await reader.rows("pathways/around", uids=sorted(inside), day=on)
    if sum(row["observations"] for row in counts) > MOST:
        raise WrongUse(
            f"More than {MOST // 2:,} observations had been made here by {day}, too many to go "
            "back to: ask for a place, a theme or a network."
        )
    told: dict[tuple[str, str], Tie] = {}
    some_at_a_time = [*portions({row["uid"]: row["observations"] for row in counts})]
    for done, some in enumerate(some_at_a_time):
        step(f"reading what was recorded by {on}", done, len(some_at_a_time))
        rows = await reader.rows("pathways/then", uids=some, day=on)
        told |= await aside(_ties, rows, inside, day, label)
    return of_ties(told.values())


def _ties(
    rows: Sequence[Mapping[str, Any]], inside: frozenset[str], day: date, label: str | None
) -> dict[tuple[str, str], Tie]:
    found = {}
    for row in rows:
        if row["b"] not in inside:
            continue
        tie = summary(dated_by(observations(row["seen"]), day), day)
        if tie is not None and counts(tie, label):
            ends = min(row["a"], row["b"]), max(row["a"], row["b"])
            found[ends] = (*ends, tie.strength + tie.unknown / 2)
    return found


def counts(tie: Summary, label: str | None) -> bool:
    """Whether bridges/ties would have read it."""
    wanted = AT_LEAST[label] if label else None
    return tie.kinds != NONE and (wanted is None or tie.label.replace(" ", "_") in wanted)
