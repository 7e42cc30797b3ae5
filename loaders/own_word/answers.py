"""What can be said of a tie: closeness, frequency, whether one would introduce, how it feels.

answers(closeness="4", frequency="monthly", felt={"safe": 5, "seen": 4, "valued": 4})
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tieline.errors import WrongUse
from tieline.schema.weights import FELT_ITEMS, KINDS

ASKED = ("closeness", "would_introduce", "frequency")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its `value` in [0, 1], the share of items answered, and what was said."""

    kind: str
    value: float
    share: float
    said: dict[str, Any]


def answers(
    *,
    closeness: str | int | None = None,
    would_introduce: str | None = None,
    frequency: str | None = None,
    felt: Mapping[str, int] | None = None,
    no_tie: bool = False,
) -> list[Answer]:
    """Those that were given.

    Raises:
        WrongUse: none, a word or number that is no answer, or a tie that both is and is not.
    """
    words = {"closeness": closeness, "would_introduce": would_introduce, "frequency": frequency}
    given = [_answer(kind, said) for kind, said in words.items() if said is not None]
    given += [_felt(felt)] if felt else []
    if no_tie and given:
        raise WrongUse("There is no tie, or it is so and so: say one of the two.")
    if no_tie:
        return [Answer("no_tie", 0.0, 1.0, {"kind": "no_tie", "answer": "yes"})]
    if not given:
        raise WrongUse(
            "Say how the tie is: closeness, frequency, would introduce, how it feels, or no tie."
        )
    return given


def _answer(kind: str, said: str | int) -> Answer:
    values = KINDS[kind].values or {}
    word = " ".join(str(said).split()).casefold().replace("_", " ")
    if word not in values:
        raise WrongUse(
            f"{said!r} is no answer to {kind.replace('_', ' ')}: say one of {', '.join(values)}."
        )
    value = values[word]
    plain = next(each for each, figure in values.items() if figure == value)
    return Answer(kind, value, 1.0, {"kind": kind, "answer": plain})


def _felt(said: Mapping[str, int]) -> Answer:
    items = {" ".join(name.split()).casefold().replace("_", " "): n for name, n in said.items()}
    if unknown := sorted(items.keys() - set(FELT_ITEMS)):
        raise WrongUse(f"{unknown[0]!r} is none of the ten: {', '.join(FELT_ITEMS)}.")
    if wrong := [name for name, n in items.items() if n not in (1, 2, 3, 4, 5)]:
        raise WrongUse(f"How {wrong[0]} it feels is a whole number from 1 to 5.")
    mean = sum(items.values()) / len(items)
    share = len(items) / len(FELT_ITEMS)
    return Answer("felt", (mean - 1) / 4, share, {"kind": "felt", "answer": items})
