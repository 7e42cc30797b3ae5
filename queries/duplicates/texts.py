"""How alike two descriptions are: the cosine of their words, weighted by how rare they are: TF-IDF.

Names of places, phrases that a funder repeats, numbers and words without a meaning are left out
first (written.py). Words are weighed among the texts given and no others: give what one viewer may
see, and nothing hidden can move a figure.

    texts = Texts.of(descriptions, funders, places)
    texts.rows                        a row a text, 1 long (0: nothing is left of it)
    texts.row("a befriending group")  one more, in the same words
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from tieline.queries.answers.work import step
from tieline.queries.duplicates.written import (
    Array,
    Names,
    Written,
    meant,
    named,
    names_of,
    repeated,
)


@dataclass(frozen=True)
class Texts:
    """`rows`: a text each, a column a word of `words`; `weight` of each: the rarer the more."""

    rows: Any
    words: list[str]
    weight: Array
    number: dict[str, int]
    places: Names
    many: int

    @classmethod
    def of(cls, texts: Sequence[str], funders: Sequence[Any], places: Iterable[str]) -> "Texts":
        """Of these texts; an empty one is none. `funders`: of each, whoever writes in their way."""
        names = names_of(places)
        written = Written.of(texts)
        step("leaving out places and phrases", 0, 1)
        keep = ~(named(written, names) | repeated(written, funders)) & meant(written)
        count = _counted(written, keep, len(texts))
        stems = [written.stems[at] for at in np.flatnonzero(np.diff(count.indptr)).tolist()]
        count = count[np.diff(count.indptr) > 0].T.tocsr()
        many = sum(1 for text in texts if text.strip())
        weight = rarity(np.bincount(count.indices, minlength=len(stems)), many)
        words = _forms(written, keep, stems)
        number = {stem: at for at, stem in enumerate(stems)}
        return cls(_weighed(count, weight), words, weight, number, names, many)

    def row(self, text: str) -> Any:
        """One more text in these words; None if nothing is left of it. A word that nobody else has
        counts for its length alone."""
        written = Written.of([text])
        keep = ~named(written, self.places) & meant(written)
        said = Counter(written.stems[at] for at in written.stem[written.word[keep]].tolist())
        if not said:
            return None
        length = 0.0
        row: dict[int, float] = {}
        for stem, times in sorted(said.items()):
            at = self.number.get(stem)
            rare = rarity(np.zeros(1), self.many)[0] if at is None else self.weight[at]
            value = (1 + np.log(times)) * rare
            length += value**2
            if at is not None:
                row[at] = value
        values = np.array([row[at] for at in sorted(row)]) / np.sqrt(length)
        places = (np.zeros(len(row), np.int64), np.array(sorted(row), np.int64))
        return sparse.csr_array((values, places), shape=(1, len(self.words)))

    def alike(self, left: Any, right: Any) -> float:
        """Of two rows: 0 nothing in common, 1 the same."""
        return float(min(left.multiply(right).sum(), 1.0))

    def shared(self, left: Any, right: Any, most: int = 3) -> list[str]:
        """The words that make two rows alike, what makes most first."""
        both = left.multiply(right).tocoo()
        found = zip((-both.data).tolist(), both.coords[-1].tolist(), strict=True)
        return [self.words[at] for _, at in sorted(found)[:most]]


def rarity(texts: Array, many: int) -> Array:
    """Of a word that so many of all texts have (the usual smooth inverse document frequency)."""
    return np.log((1 + many) / (1 + texts)) + 1


def _counted(written: Written, keep: Array, texts: int) -> Any:
    """How often each stem stands in each text: a row a stem."""
    places = (written.stem[written.word[keep]], written.text[keep])
    ones = np.ones(len(places[0]))
    found = sparse.coo_array((ones, places), shape=(len(written.stems), texts)).tocsr()
    found.sum_duplicates()
    return found


def _weighed(count: Any, weight: Array) -> Any:
    """(1 + log of how often) x rarity, each row made 1 long."""
    rows = count.copy()
    rows.data = (1 + np.log(rows.data)) * weight[rows.indices]
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    rows.data /= np.repeat(np.where(length > 0, length, 1.0), np.diff(rows.indptr))
    rows.sort_indices()
    return rows


def _forms(written: Written, keep: Array, stems: Sequence[str]) -> list[str]:
    """How each stem is mostly written: what is told to people."""
    many = np.bincount(written.word[keep], minlength=len(written.forms)).tolist()
    best: dict[str, tuple[int, str]] = {}
    stem_of = written.stem.tolist()
    for at in np.flatnonzero(many).tolist():
        stem, mine = written.stems[stem_of[at]], (-many[at], written.forms[at].lower())
        best[stem] = min(best.get(stem, mine), mine)
    return [best[stem][1] for stem in stems]
