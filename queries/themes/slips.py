"""A word that is spelt wrong: which visible theme's word is it nearly?

Asked only where nothing is called so. Of each word of the term one letter may be too many, missing,
another or swapped with its neighbour; two such slips in words of eight letters and more.
"""

from collections.abc import Iterable
from typing import Any

from tieline.queries.search.rank import SOME, fold

NEAR = SOME - 0.1  # of a word that is nearly it; .05 less for each slip, as for another name
SLIP = 0.05
LONG, SHORT = 8, 4  # letters: from here two slips, and below this none


def nearly(text: str, themes: Iterable[tuple[str, str, list[str]]]) -> list[dict[str, Any]]:
    """Those of (uid, label, other words) that the text nearly names, as a search tells them."""
    rows = []
    for uid, label, others in themes:
        counted = [(slips, word) for word in (label, *others) if (slips := _slips(text, word))]
        if counted:
            slips, word = min(counted)
            score = round(NEAR - SLIP * slips, 4)
            rows.append(
                {"uid": uid, "kind": "theme", "name": label, "score": score, "matched": word}
            )
    return sorted(rows, key=lambda row: (-row["score"], row["uid"]))


def _slips(text: str, name: str) -> int | None:
    """How many slips make the one of the other; None: too many, or none."""
    wanted, held = fold(text).split(), fold(name).split()
    if not wanted or len(wanted) != len(held):
        return None
    made = 0
    for one, other in zip(wanted, held, strict=True):
        most = 2 if len(one) >= LONG else 1 if len(one) >= SHORT else 0
        if abs(len(one) - len(other)) > most or (slips := apart(one, other)) > most:
            return None
        made += slips
    return made or None


def apart(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with the next (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]
