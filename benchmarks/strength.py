"""Tie strength against the other end's own account, which it has not seen. Nothing is fitted.

    python benchmarks/strength.py [FOLDER]      by default the networks beside the repository

In a network of two accounts each end says, or shows, how it stands to the other. One side's account
is hidden; from what the other side says strength is computed as everywhere (schema/strength.py) and
asked how well it foretells the hidden account: AUC (the chance that of a pair whose hidden account
is high and one whose is not the first has the larger figure, 0.5 is a coin), beside each single
source alone; and bands of strength with the share of high hidden accounts, which should only rise.
High: at or above the median of the hidden accounts given; where it is only named or not, named.

How the known networks are read is said in STUDIES; any other folder with an edges.csv (source,
target, weight) in which one arc in ten or more is returned is read as a closeness, scaled by its
largest weight, so that held-out networks run the same way.
"""

import csv
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np

from tieline.schema.strength import Observation, summary

SHARED = Path(__file__).parent.parent.parent / "shared" / "data"
TODAY = date(2026, 11, 21)
BANDS, LEAST = 5, 15  # at most so many bands, of at least so many pairs
Pair = tuple[str, str]
Arcs = dict[Pair, float]
Read = Callable[[float, float], list[Observation]]  # of a weight and the largest there is


def asked(kind: str) -> Read:
    """An answer on a scale of 1 to the largest."""

    def read(weight: float, most: float) -> list[Observation]:
        value = (weight - 1) / (most - 1) if most > 1 else 1.0
        return [Observation(kind, kind, value, reporter="from", on=TODAY)] if weight >= 1 else []

    return read


def named(kind: str, value: float) -> Read:
    """Named or not: an answer of this value, or nothing (not asked is not "no")."""
    return lambda weight, most: [Observation(kind, kind, value, reporter="from", on=TODAY)]


def recorded(weight: float, most: float) -> list[Observation]:
    """A line of command: a fact of record, no one's answer."""
    return [Observation("role", "role", on=TODAY)]


def messages(weight: float, most: float) -> list[Observation]:
    """Each message a day of contact, the last ones one a day."""
    days = range(min(int(weight), 60))
    return [Observation(f"d{n}", "contact_day", on=TODAY - timedelta(n)) for n in days]


@dataclass(frozen=True)
class Study:
    """Sources about one group of people: folder and how it is read. `hidden`: which in turn."""

    name: str
    sources: dict[str, Read]
    hidden: tuple[str, ...]


STUDIES = (
    Study(
        "consultants (Cross & Parker)",
        {
            "cross_parker_consulting_info": asked("frequency"),
            "cross_parker_consulting_value": asked("closeness"),
        },
        ("cross_parker_consulting_info", "cross_parker_consulting_value"),
    ),
    Study(
        "managers (Krackhardt)",
        {
            "krackhardt_hightech_friends": named("closeness", 1.0),
            "krackhardt_hightech_advice": named("frequency", 0.8),
            "krackhardt_hightech_reports": recorded,
        },
        ("krackhardt_hightech_friends", "krackhardt_hightech_advice"),
    ),
    Study("faculty", {"uk_faculty_weighted": asked("closeness")}, ("uk_faculty_weighted",)),
    Study(
        "fraternity, recalled (Bernard & Killworth)",
        {"bkfrac_cognitive_weighted": asked("frequency")},
        ("bkfrac_cognitive_weighted",),
    ),
    Study(
        "students' messages",
        {"online_social_network_weighted": messages},
        ("online_social_network_weighted",),
    ),
)


def arcs(folder: Path) -> Arcs:
    """Who says what of whom; no arc to oneself, the larger of two said of one pair."""
    found: Arcs = {}
    with (folder / "edges.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            pair = (row.get("source", ""), row.get("target", ""))
            if all(pair) and pair[0] != pair[1]:
                found[pair] = max(found.get(pair, 0.0), float(row.get("weight") or 1))
    return found


def auc(figures: np.ndarray, high: np.ndarray) -> float:
    """By ranks; equal figures share theirs."""
    _, place, count = np.unique(figures, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    ups, downs = int(high.sum()), int((~high).sum())
    return float((ranks[high].sum() - ups * (ups + 1) / 2) / (ups * downs))


def bands(strength: np.ndarray, high: np.ndarray) -> list[tuple[float, int, float]]:
    """(least strength, pairs, share high), from weak to strong; equal strengths are not parted."""
    values, count = np.unique(strength, return_counts=True)
    wanted, held, starts = max(LEAST, len(strength) / BANDS), 0, [float(values[0])]
    for value, many, rest in zip(values, count, np.cumsum(count[::-1])[::-1], strict=True):
        if held >= wanted and rest >= LEAST:
            starts.append(float(value))
            held = 0
        held += int(many)
    place = np.searchsorted(starts, strength, "right") - 1
    kept = [place == n for n in range(len(starts))]
    return [(s, int(k.sum()), float(high[k].mean())) for s, k in zip(starts, kept, strict=True)]


def measure(study: Study, folder: Path) -> Iterator[str]:
    """A row of the table for each account that is hidden in turn."""
    told = {name: arcs(folder / name) for name in study.sources}
    most = {name: max(found.values()) for name, found in told.items()}
    for hidden in study.hidden:
        pairs = sorted({pair for found in told.values() for pair in found})
        seen = {pair: heard(study, told, most, pair) for pair in pairs}
        pairs = [pair for pair in pairs if seen[pair]]
        theirs = np.array([told[hidden].get((b, a), 0.0) for a, b in pairs])
        high = theirs >= max(float(np.median(theirs[theirs > 0])), 1e-9)
        strength = np.array([strength_of(seen[pair]) for pair in pairs])
        alone = {
            name: auc(np.array([told[name].get(p, 0.0) for p in pairs]), high) for name in told
        }
        found = bands(strength, high)
        shares = [share for _, _, share in found]
        rising = all(one <= other for one, other in pairwise(shares))
        single = "; ".join(f"{short(name)} {value:.3f}" for name, value in alone.items())
        shown = ", ".join(f"{least:.2f}: {share:.0%} of {count}" for least, count, share in found)
        yield (
            f"| {study.name} | {short(hidden)} | {len(pairs):,} | {auc(strength, high):.3f} "
            f"| {single} | {shown} | {'yes' if rising else 'no'} |"
        )


def heard(
    study: Study, told: dict[str, Arcs], most: dict[str, float], pair: Pair
) -> list[Observation]:
    """All that one side says, each from its own source; a line of command counts both ways."""
    found = []
    for name, read in study.sources.items():
        ways = (pair, pair[::-1]) if read is recorded else (pair,)
        weight = max((told[name].get(way, 0.0) for way in ways), default=0.0)
        if weight:
            found += [o._replace(source=name) for o in read(weight, most[name])]
    return found


def strength_of(observations: list[Observation]) -> float:
    told = summary(observations, TODAY)
    return told.strength if told else 0.0


def short(name: str) -> str:
    return name.removesuffix("_weighted").rpartition("_")[2]


def others(folder: Path) -> Iterator[Study]:
    """Networks not named above in which many arcs are returned: each by itself, as a closeness."""
    known = {name for study in STUDIES for name in study.sources}
    for edges in sorted(folder.glob("*/edges.csv")):
        name = edges.parent.name
        found = arcs(edges.parent) if name not in known else {}
        back = sum(pair[::-1] in found for pair in found)
        if found and 0.1 <= back / len(found) < 1:
            yield Study(name, {name: asked("closeness")}, (name,))


def main() -> None:
    shared = Path(os.environ.get("TIELINE_SHARED_DATA") or SHARED)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else shared / "networks"
    if not folder.is_dir():
        print("skipped: no networks there; name a folder or set TIELINE_SHARED_DATA")
        return
    print("| who | hidden | pairs | AUC of strength | AUC of each source alone ", end="")
    print("| from strength: share high | bands rise |\n|---|---|---|---|---|---|---|")
    here = [
        s for s in STUDIES if all((folder / name / "edges.csv").is_file() for name in s.sources)
    ]
    for study in (*here, *others(folder)):
        for row in measure(study, folder):
            print(row)


if __name__ == "__main__":
    main()
