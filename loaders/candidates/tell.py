"""Candidates as they are told: what speaks for each pair and against it, in sentences with bits."""

from tieline.loaders.candidates.engine import Model
from tieline.loaders.candidates.gather import SEPARATOR, Row
from tieline.loaders.candidates.pairs import MISSING, Pairs
from tieline.loaders.candidates.run import Compared
from tieline.loaders.candidates.settle import Settled
from tieline.schema.records import digest


def told(compared: Compared, rows: list[Row], settled: Settled, kept: list[int]) -> list[Row]:
    """The candidates with their reasons, the weightiest first."""
    made, pairs = [], settled.pairs
    for at in kept:
        one, other = rows[pairs.left[at]], rows[pairs.right[at]]
        reasons = _reasons(compared.model, pairs, at, one, other)
        before = float(settled.bits[at] - pairs.weight[at])
        reasons.append((before, f"Before anything is known of two: {before:+.1f}."))
        made.append(_candidate(one, other, float(settled.bits[at]), reasons))
    return made


def _candidate(one: Row, other: Row, bits: float, reasons: list[tuple[float, str]]) -> Row:
    left, right = sorted((one["records"][0], other["records"][0]))
    said = {
        "left": left,
        "right": right,
        "bits": round(bits, 2),
        "reasons": [text for _, text in reasons],
        "weights": [round(weight, 2) for weight, _ in reasons],
    }
    return said | {"uid": f"candidate {digest(left, right)}", "evidence": digest(said)}


def _reasons(model: Model, pairs: Pairs, at: int, one: Row, other: Row) -> list[tuple[float, str]]:
    """A sentence a comparison, with both values and the bits it brings; what is missing adds 0."""
    said = []
    for each, levels in zip(model.compared, pairs.levels, strict=True):
        if (level := int(levels[at])) == MISSING:
            continue
        rarity = model.rarity(each.key, level, int(pairs.left[at]))
        weight = model.bits[each.key][level] + rarity
        words = each.levels[level].words
        values = [_shown(row[each.name]) for row in (one, other)]
        both = values[0] if values[0] == values[1] else " / ".join(values)
        said.append(
            (weight, f"{words[0].upper()}{words[1:]}{_rare(rarity)}: {both} ({weight:+.1f}).")
        )
    return sorted(said, key=lambda each: -abs(each[0]))


def _rare(bits: float) -> str:
    if abs(bits) < 1:
        return ""
    return ", a rare one" if bits > 0 else ", a common one"


def _shown(value: str | None) -> str:
    text = (value or "").replace(SEPARATOR, ", ")
    return text if len(text) <= 80 else text[:79] + "…"
