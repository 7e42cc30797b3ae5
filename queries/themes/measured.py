"""How often a rule is right: what people said by hand of the texts that it answers.

`measured.csv` holds, for each rule, of how many texts tagged by hand it answered the name or
another text (`where`), and of how many of these people gave the tag. `benchmarks/tagging.py` writes
it, and measures what it promises on texts that were not counted.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("measured.csv")
NAME, TEXT = "name", "text"
PRIOR = 2.0  # answers of an average rule that each rule is given before its own are counted

Key = tuple[str, str, str]  # scheme, code, where


@dataclass(frozen=True, slots=True)
class Counted:
    """Of `answered` texts people tagged `tagged` so."""

    answered: int
    tagged: int


@dataclass(frozen=True)
class Measured:
    """What was counted of each rule, by scheme, code and where its words stood."""

    counted: Mapping[Key, Counted]
    average: Mapping[str, float]

    @classmethod
    def of(cls, counted: Mapping[Key, Counted]) -> "Measured":
        average = {}
        for where in (NAME, TEXT):
            held = [each for key, each in counted.items() if key[2] == where]
            answered = sum(each.answered for each in held)
            average[where] = sum(each.tagged for each in held) / answered if answered else 0.0
        return cls(counted, average)

    def confidence(self, scheme: str, code: str, where: str) -> float | None:
        """The chance that people would tag so what the rule answers there; None: nobody counted."""
        found = self.counted.get((scheme, code, where))
        if found is None:
            return None
        right = found.tagged + PRIOR * self.average[where]
        return round(right / (found.answered + PRIOR), 3)

    def said(self, scheme: str, code: str, where: str) -> str:
        """On what the confidence rests, in plain words."""
        found = self.counted.get((scheme, code, where))
        if found is None:
            return "Nobody has measured this rule."
        stood = "in the name" if where == NAME else "outside the name"
        if not found.answered:
            return f"Of the texts tagged by hand none has such words {stood}."
        return (
            f"Of {found.answered:,} tagged by hand with such words {stood} "
            f"{found.tagged:,} were tagged so."
        )


@lru_cache(maxsize=1)
def measured() -> Measured:
    """What comes with Tieline: UK-CAT's rules, on its hand-tagged sample."""
    with FILE.open(encoding="utf-8", newline="") as stream:
        return Measured.of(read(csv.DictReader(stream)))


def read(lines: Iterable[Mapping[str, str]]) -> dict[Key, Counted]:
    return {
        (line["scheme"], line["code"], line["where"]): Counted(
            int(line["answered"]), int(line["tagged"])
        )
        for line in lines
    }
