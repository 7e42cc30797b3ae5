"""Rows of the statements as ties, each with an id of its own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tieline.exports.drawn import LEAST, STATED, THICKNESS, TIE, WEIGHTS, Tie
from tieline.schema.relationships import VERBS

SPOKEN = {
    verb: found.sentence.replace("{a} ", "").replace(" {b}", "") for verb, found in VERBS.items()
}
Taken = Mapping[str, Any]  # the ids of things


def free(uid: str, taken: Taken) -> str:
    """An id that no thing has: some tools keep one list of ids, and lose a line without a word."""
    while uid in taken:
        uid = f"{TIE}:{uid}"
    return uid


def tied(row: tuple[Any, ...], taken: Taken) -> Tie:
    here, there, label, kinds, seen, strength, unknown = row
    numbers = strength >= 0
    return Tie(
        uid=free(f"{here}~{there}", taken),
        start=here,
        end=there,
        kind=TIE,
        directed=False,
        weight=max(strength, LEAST) if numbers else WEIGHTS[label],
        thickness=THICKNESS[label],
        evidence=kinds,
        seen=seen or None,
        strength=strength if numbers else None,
        unknown=unknown if numbers else None,
    )


def stated(rows: Iterable[Sequence[str]], taken: Taken) -> Iterator[Tie]:
    """Rows in the order of their ends, so that what is parallel comes together."""
    before: tuple[str, ...] = ()
    again = 0
    for here, verb, there, role, since, until in rows:
        again, before = again + 1 if before == (here, verb, there) else 0, (here, verb, there)
        uid = free(f"{here}~{verb}~{there}" + (f"~{again + 1}" if again else ""), taken)
        said = (role or None, since or None, until or None)
        yield Tie(uid, here, there, SPOKEN[verb], True, STATED, None, [], None, *said, again=again)
