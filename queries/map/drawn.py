"""What is drawn: who, and which ties between them, as one viewer may see them.

A field that is larger than the picture may be is cut down by one rule, which is said in words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tieline.queries.bridges.field import Ints

LABELS = ("not_yet_known", "thin", "middling", "thick")  # the thinnest first
WEIGHTS = np.array([0.5, 1.0, 2.0, 3.0])  # as the exports weigh them
ACTORS, TIES = 10_000, 50_000  # of one picture, at most
ALL = "Everybody whom you may see here is drawn, and every tie between them."


@dataclass(frozen=True)
class Drawn:
    """Actors 0 ... n - 1 in the order of their uids, and ties between them.

    `ends`: a row a tie, the lower end first, in order; `label`: its place in LABELS. `actors` and
    `tied`: how many there are, drawn or not.
    """

    uids: list[str]
    ends: Ints
    label: npt.NDArray[np.int8]
    actors: int
    ties: int

    @property
    def weights(self) -> npt.NDArray[np.float64]:
        found: npt.NDArray[np.float64] = WEIGHTS[self.label]
        return found

    @property
    def left_out(self) -> tuple[int, int]:
        """Actors and ties that are there and not drawn."""
        return self.actors - len(self.uids), self.ties - len(self.ends)

    @property
    def rule(self) -> str:
        """By which some are left out, in words."""
        actors, ties = self.left_out
        if not (actors or ties):
            return ALL
        said = (
            f"{actors:,} actors and {ties:,} ties are not drawn, or the picture could not be read. "
        )
        kept = "Drawn are those with most recorded ties"
        return said + kept + (", and of their ties the thickest." if self._thinned else ".")

    @property
    def _thinned(self) -> bool:
        return len(self.ends) == TIES

    def counts(self) -> Ints:
        """How many ties of each label everybody has: a row an actor, a column a label."""
        at = self.ends.astype(np.int64) * len(LABELS) + self.label[:, None]
        flat = np.bincount(at.ravel(), minlength=len(self.uids) * len(LABELS))
        return flat.reshape(-1, len(LABELS))


def drawn(uids: Sequence[str], pages: Sequence[Mapping[str, Sequence[str]]], most: int) -> Drawn:
    """What is drawn of these actors and the tied pairs in columns: `most` actors, and TIES."""
    everybody = sorted(uids)
    at = {uid: place for place, uid in enumerate(everybody)}
    code = {label: place for place, label in enumerate(LABELS)}
    rows = [
        (at[here], at[there], code[label])
        for page in pages
        for here, there, label in zip(page["here"], page["there"], page["label"], strict=True)
        if here in at and there in at
    ]
    table = np.array(sorted(rows), np.int64).reshape(-1, 3)
    kept = _kept(len(everybody), table[:, :2], most)
    inside = kept[table[:, :2]].all(axis=1)
    some = _thickest(table[inside])
    place = np.cumsum(kept) - 1
    names = [uid for uid, wanted in zip(everybody, kept.tolist(), strict=True) if wanted]
    label = some[:, 2].astype(np.int8)
    return Drawn(names, place[some[:, :2]], label, len(everybody), len(table))


def _kept(many: int, ends: Ints, most: int) -> npt.NDArray[np.bool_]:
    """Those with most ties; of equals the lower uid."""
    ties = np.bincount(ends.ravel(), minlength=many)
    kept = np.zeros(many, bool)
    kept[np.lexsort((np.arange(many), -ties))[:most]] = True
    return kept


def _thickest(table: Ints) -> Ints:
    order = np.lexsort((table[:, 1], table[:, 0], -table[:, 2]))[:TIES]
    found: Ints = table[np.sort(order)]
    return found
