"""What is to be drawn: which part of the field, how thick a tie must be, and how much of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from tieline.errors import WrongUse
from tieline.exports.drawn import THICKNESS
from tieline.queries.bridges.field import AT_LEAST
from tieline.schema.consent import STEWARD


@dataclass(frozen=True)
class Wish:
    """What is to be drawn: uids of a place, theme, network; `label`, the least a tie must have.

    `everything`: what is stated too; `numbers`: strengths for weights, which stewards may have.
    """

    place: str | None = None
    theme: str | None = None
    network: str | None = None
    label: str | None = None
    everything: bool = False
    numbers: bool = False

    @property
    def named(self) -> list[str]:
        return [uid for uid in (self.place, self.theme, self.network) if uid]


def allowed(wish: Wish, level: int) -> None:
    """
    Raises:
        WrongUse: what this viewer may not have, or what there is none of.
    """
    if wish.label is not None and wish.label not in AT_LEAST:
        raise WrongUse(f"There is no label {wish.label!r}: {', '.join(AT_LEAST)}.")
    if wish.numbers and level != STEWARD:
        raise WrongUse("Strengths in numbers are for stewards: ask without, and read the labels.")


def scope_told(wish: Wish, names: Mapping[str, str]) -> str:
    said = " and ".join(names[uid] for uid in wish.named) or "the field"
    more = f", ties at least {THICKNESS[wish.label]}" if wish.label else ""
    return f"{said}{more}"
