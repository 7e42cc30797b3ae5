"""Themes suggested by UK-CAT's rules against its own hand-tagged sample.

    python benchmarks/tagging.py [--data FOLDER] [--by-tag] [--write]

FOLDER holds ukcat.csv and sample.csv (by default shared/data/partners/ukcat beside the repository).
A rule is looked for in a charity's name and its own account of what it does, as UK-CAT's published
scripts do. Charities are parted in halves by a hash of their ids: how often each rule is right is
counted on one half, and what that promises is measured on the other, both ways round. The rules
themselves were written by their makers with the whole sample in view, so of the rules no half is
unseen; of the confidence it is. --by-tag prints every tag; --write counts on the whole sample
and writes queries/themes/measured.csv, which comes with Tieline.
"""

import argparse
import csv
import hashlib
import os
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tieline.queries.themes.measured import FILE, NAME, TEXT, Counted, Key, Measured
from tieline.queries.themes.rules import Rules, plain

SHARED = Path(__file__).parent.parent.parent / "shared" / "data" / "partners" / "ukcat"
SCHEME = "uk-cat"
LEAST = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
SHOWN = 15  # tags of which most charities are, in the table
BANDS = 10


@dataclass(frozen=True)
class Charity:
    """One hand-tagged row: `found` are the tags that rules answer, and where their words stand."""

    half: int
    id: str
    text: str
    tags: frozenset[str]
    found: dict[str, str]


@dataclass(frozen=True)
class Score:
    """Of tags told, right ones, and those that people gave."""

    told: int
    right: int
    given: int

    @property
    def precision(self) -> float:
        return self.right / self.told if self.told else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.given if self.given else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def charities(folder: Path, rules: Rules) -> list[Charity]:
    csv.field_size_limit(1 << 24)
    return [charity(line, rules) for line in lines(folder / "sample.csv")]


def charity(line: dict[str, str], rules: Rules) -> Charity:
    in_name = rules.find(line["name"])
    text = f"{line['name']} {line['activities']}"
    found = {code: NAME if code in in_name else TEXT for code in rules.find(text)}
    half = hashlib.sha256(line["org_id"].encode()).digest()[0] % 2
    tags = frozenset(filter(None, line["UKCAT"].split(";")))
    return Charity(half, line["org_id"], text, tags, found)


def rules_of(folder: Path) -> Rules:
    return Rules(
        {
            "uid": line["Code"],
            "rule": line["Regular expression"],
            "rule_not": line["Exclude regular expression"],
        }
        for line in lines(folder / "ukcat.csv")
    )


def count(some: Iterable[Charity]) -> dict[Key, Counted]:
    """How often each rule answered, where, and was right."""
    answered, tagged = Counter[Key](), Counter[Key]()
    for each in some:
        for code, where in each.found.items():
            answered[SCHEME, code, where] += 1
            tagged[SCHEME, code, where] += code in each.tags
    return {key: Counted(n, tagged[key]) for key, n in answered.items()}


def sureness(some: Sequence[Charity], counted: Measured) -> Iterator[tuple[float, bool, str]]:
    """Of each answer of a rule: the confidence, whether it is right, the tag.

    A rule that the other half never saw answer has the average's.
    """
    for each in some:
        for code, where in each.found.items():
            sure = counted.confidence(SCHEME, code, where)
            yield counted.average[where] if sure is None else sure, code in each.tags, code


def held_out(some: Sequence[Charity]) -> list[tuple[float, bool, str]]:
    """Each half by what was counted on the other."""
    found = []
    for half in (0, 1):
        counted = Measured.of(count(each for each in some if each.half != half))
        found += sureness([each for each in some if each.half == half], counted)
    return found


def score(told: Iterable[bool], given: int) -> Score:
    kept = list(told)
    return Score(len(kept), sum(kept), given)


def overall(some: Sequence[Charity], answers: Sequence[tuple[float, bool, str]]) -> None:
    given = sum(len(each.tags) for each in some)
    print("\n| told at a confidence of | suggestions | precision | recall | F1 |")
    print("|---|---|---|---|---|")
    for least in LEAST:
        got = score((right for sure, right, _ in answers if sure >= least), given)
        name = "any: the rules as published" if not least else f"{least:.1f}"
        print(f"| {name} | {got.told:,} | {got.precision:.3f} | {got.recall:.3f} | {got.f1:.3f} |")


def promised(answers: Sequence[tuple[float, bool, str]]) -> None:
    """Is a confidence of .7 right in seven of ten?"""
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, right, _ in answers:
        bands[min(BANDS - 1, int(sure * BANDS))].append((sure, right))
    print("\n| confidence | suggestions | said on average | right |")
    print("|---|---|---|---|")
    off = 0.0
    for band, held in sorted(bands.items()):
        said = sum(sure for sure, _ in held) / len(held)
        right = sum(right for _, right in held) / len(held)
        off += abs(said - right) * len(held)
        low = band / BANDS
        print(f"| {low:.1f} to {low + 1 / BANDS:.1f} | {len(held):,} | {said:.2f} | {right:.2f} |")
    share = sum(right for _, right, _ in answers) / len(answers)
    brier = sum((sure - right) ** 2 for sure, right, _ in answers) / len(answers)
    flat = sum((share - right) ** 2 for _, right, _ in answers) / len(answers)
    print(f"\nOff by {off / len(answers):.3f} on average (expected calibration error); Brier score")
    print(f"{brier:.3f}, where one confidence for all ({share:.2f}) has {flat:.3f}.")


def by_tag(folder: Path, some: Sequence[Charity], every: bool) -> None:
    """Each tag's rule as published: precision, recall, F1."""
    names = {line["Code"]: line["tag"] for line in lines(folder / "ukcat.csv")}
    given, told, right = Counter[str](), Counter[str](), Counter[str]()
    for each in some:
        given.update(each.tags)
        told.update(each.found.keys())
        right.update(each.tags & each.found.keys())
    scores = {code: Score(told[code], right[code], given[code]) for code in names}
    ruled = [code for code in names if told[code] or given[code]]
    macro = sum(scores[code].f1 for code in ruled) / len(ruled)
    print(f"\nMean F1 of {len(ruled)} tags: {macro:.3f}. ", end="")
    print("Every tag:" if every else f"The {SHOWN} that people gave most:")
    print("\n| tag | given | told | precision | recall | F1 |\n|---|---|---|---|---|---|")
    most = sorted(ruled, key=lambda code: (-given[code], code))
    for code in most if every else most[:SHOWN]:
        got = scores[code]
        figures = f"{got.precision:.2f} | {got.recall:.2f} | {got.f1:.2f}"
        print(f"| {code} {names[code]} | {got.given} | {got.told} | {figures} |")


def people(some: Sequence[Charity]) -> None:
    """How far two people agree who tagged the same charity."""
    twice: dict[str, list[Charity]] = defaultdict(list)
    for each in some:
        twice[each.id].append(each)
    pairs = [held[:2] for held in twice.values() if len(held) > 1]
    both = sum(len(one.tags & other.tags) for one, other in pairs)
    said = sum(len(one.tags) + len(other.tags) for one, other in pairs)
    print(f"\n{len(pairs)} charities were tagged twice, by two people: they agree at F1 ", end="")
    print(f"{2 * both / said:.3f}. No rule can be held to more.")


def timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def engines(folder: Path, some: Sequence[Charity], rules: Rules) -> None:
    """RE2 beside Python's own expressions, on the same texts; and one that Python never ends."""
    written = lines(folder / "ukcat.csv")
    own = [re.compile(said, re.I) for x in written if (said := plain(x["Regular expression"]))]
    texts = [each.text for each in some]
    ours = timed(lambda: [rules.find(text) for text in texts])
    theirs = timed(lambda: [pattern.search(text) for text in texts for pattern in own])
    print(f"\n{len(texts):,} texts, {len(own)} rules: RE2 in one pass {ours:.2f} s of processor,")
    print(f"Python's own expressions {theirs:.2f} s ({theirs / ours:.1f} times as long).")
    wild = Rules([{"uid": "wild", "rule": "(a+)+b", "rule_not": None}])
    long = timed(lambda: wild.find("a" * 20_000))
    short = timed(lambda: re.search("(a+)+b", "a" * 22))
    print(f"(a+)+b on 20,000 letters: RE2 {long * 1000:.1f} ms; Python on 22 letters ", end="")
    print(f"{short * 1000:.0f} ms, twice as long for each letter more.")


def write(some: Sequence[Charity], path: Path = FILE) -> None:
    counted = count(some)
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(["scheme", "code", "where", "answered", "tagged"])
        for key in sorted(counted):
            out.writerow([*key, counted[key].answered, counted[key].tagged])
    print(f"\nWrote {len(counted)} lines to {path.name}, counted on all {len(some):,} rows.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--by-tag", action="store_true")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    if not (asked.data / "sample.csv").is_file():
        print(f"Skipped: no sample.csv in {asked.data}. Say --data FOLDER.")
        return
    rules = rules_of(asked.data)
    some = charities(asked.data, rules)
    print(
        f"{len(some):,} rows tagged by hand, {len(rules.rules)} rules, {len(rules.bad)} unusable."
    )
    print(f"Load average {os.getloadavg()[0]:.1f}.")
    answers = held_out(some)
    overall(some, answers)
    promised(answers)
    by_tag(asked.data, some, asked.by_tag)
    people(some)
    engines(asked.data, some, rules)
    if asked.write:
        write(some)


if __name__ == "__main__":
    main()
