"""The sets that identity is measured on: rows, their sources, and who is who. Read from beside.

Nothing of them is in this repository. Identifiers that would give the answer away are left out of
the rows. UNDER_TWO_IDS was judged by reading names, postcodes and web addresses, before measuring.
"""

import csv
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import openpyxl

SHARED = Path(__file__).parent.parent.parent / "shared" / "data"
Row = dict[str, str]
# One organisation, two ids: a charity that became another legal form, or a number mistyped.
UNDER_TWO_IDS: tuple[tuple[str, str], ...] = ()


@dataclass
class Case:
    """`across`: two sources are linked; else doubles within one are looked for."""

    name: str
    rows: list[Row]
    source: dict[str, str]
    true: set[tuple[str, str]]
    across: bool
    uk: bool = False


def shared() -> Path:
    return Path(os.environ.get("TIELINE_SHARED_DATA") or SHARED)


def table(path: Path, prefix: str, key: str, delimiter: str = ",", drop: Sequence[str] = ()) -> list[Row]:
    """Rows of a file, each with `id` = prefix:key."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        reader = csv.DictReader(file, delimiter=delimiter, skipinitialspace=True)
        return [
            {"id": f"{prefix}:{(row[key] or '').strip()}"}
            | {k.strip(): (v or "").strip() for k, v in row.items() if k not in (key, *drop) and k}
            for row in reader
        ]


def linked(name: str, left: list[Row], right: list[Row], true: Iterable[tuple[str, str]], uk: bool = False) -> Case:
    """Two files; only the columns that both have are compared."""
    both = [column for column in left[0] if column in right[0]]
    rows = [{column: row[column] for column in both} for row in (*left, *right)]
    source = {row["id"]: row["id"].partition(":")[0] for row in rows}
    return Case(name, rows, source, {(min(p), max(p)) for p in true}, True, uk)


def doubled(name: str, rows: list[Row], who: Mapping[str, str], uk: bool = False) -> Case:
    """One file; `who` says of each row which thing it is."""
    things: dict[str, list[str]] = {}
    for row in rows:
        things.setdefault(who[row["id"]], []).append(row["id"])
    true = {(min(p), max(p)) for ids in things.values() for p in combinations(ids, 2)}
    return Case(name, rows, dict.fromkeys(who, "one"), true, False, uk)


def fodors_zagats() -> Case:
    folder = shared() / "dedupe/fodors_zagats"
    left = table(folder / "fodors.csv", "l", "id")
    right = table(folder / "zagats.csv", "r", "id")
    answers = table(folder / "match_fodors_zagats_more_attrs.csv", "a", "_id")
    return linked("Fodors-Zagats", left, right,
                  [(f"l:{a['fodors_id']}", f"r:{a['zagats_id']}") for a in answers])


def dblp_acm() -> Case:
    folder = shared() / "dedupe/dblp_acm"
    left = table(folder / "dblp.csv", "l", "id", "%")
    right = table(folder / "acm.csv", "r", "id", "%")
    with (folder / "gt.csv").open(encoding="utf-8") as file:
        true = [(f"l:{a['D1']}", f"r:{a['D2']}") for a in csv.DictReader(file, delimiter="%")]
    return linked("DBLP-ACM", left, right, true)


def febrl(number: int) -> Case:
    rows = table(shared() / f"dedupe/febrl/dataset{number}.csv", "f", "rec_id")
    return doubled(f"Febrl {number}", rows, {r["id"]: r["id"].split("-")[1] for r in rows})


def fake_1000() -> Case:
    path = shared() / "dedupe/splink_fake_1000/fake_1000.csv"
    rows = table(path, "s", "unique_id")
    who = {row["id"]: row.pop("cluster") for row in rows}
    return doubled("splink fake_1000", rows, who)


def lloyds() -> list[Row]:
    """What Lloyds Bank Foundation calls each recipient: one a spelling."""
    path = shared() / "partners/360giving/lloyds-bank-foundation.json"
    grants = json.loads(path.read_text("utf-8"))["grants"]
    said = [org for grant in grants for org in grant.get("recipientOrganization", [])]
    return [_spelt("lbfew", o["id"], o["name"], o.get("postalCode"), o.get("url")) for o in said]


def abct() -> list[Row]:
    """What A B Charitable Trust calls each recipient."""
    path = shared() / "partners/360giving/abcharitabletrust.xlsx"
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    heads, *lines = sheet.iter_rows(values_only=True)
    names = ("Identifier", "Name", "Postal Code", "Web Address")
    at = [heads.index(f"Recipient Org:{name}") for name in names]
    return [_spelt("abct", *(str(line[n] or "") for n in at)) for line in lines]


def _spelt(source: str, number: str, name: str, postcode: str | None, web: str | None) -> Row:
    number = "".join(number.split())
    said = {"name": name.strip(), "postcode": (postcode or "").strip(), "web": (web or "").strip()}
    return {"number": number, "source": source} | said


def _distinct(rows: Iterable[Row]) -> list[Row]:
    """Each spelling once, with an id that says its number to us and nothing to the engine."""
    seen: dict[tuple[str, ...], Row] = {}
    for row in rows:
        seen.setdefault(tuple(row.values()), row)
    return [{"id": f"{r['source']}:{n:05d}"} | r for n, r in enumerate(seen.values())]


def _one(number: str) -> str:
    """The lowest number that an organisation goes by."""
    same = {b: a for a, b in UNDER_TWO_IDS}
    while number in same:
        number = same[number]
    return number


def funders() -> Case:
    """Both funders' recipients, every spelling, without their numbers: who is whom?"""
    rows = _distinct([*lloyds(), *abct()])
    source = {row["id"]: row.pop("source") for row in rows}
    who = {row["id"]: _one(row.pop("number")) for row in rows}
    case = doubled("both funders", rows, who, uk=True)
    case.source = source
    case.across = True
    return case


def dual() -> list[tuple[str, str, str]]:
    """(Scottish number, number of England and Wales, name there)."""
    path = shared() / "partners/charity-lookups/dual-registered-uk-charities.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [tuple(value.strip() for value in line[:3]) for line in csv.reader(file)][1:]  # type: ignore[misc]


def register() -> list[Row]:
    """A sample of three registers: what a charity is called where it is registered."""
    path = shared() / "partners/ukcat/sample.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [{k: (row[k] or "").strip() for k in ("org_id", "name")} for row in csv.DictReader(file)]


def dual_registered() -> Case:
    """Charities by their Scottish number and name beside those of England and Wales."""
    left = [{"id": f"sc:{r['org_id']}", "name": r["name"]} for r in register() if r["org_id"].startswith("GB-SC-")]
    right = [{"id": f"ew:GB-CHC-{ew}", "name": name} for _, ew, name in dual()]
    known = {row["id"] for row in left}
    true = [(f"sc:GB-SC-{sc}", f"ew:GB-CHC-{ew}") for sc, ew, _ in dual()]
    return linked("dual-registered", left, right, [p for p in true if p[0] in known], uk=True)


def same_digits() -> Case:
    """Charities under their own scheme, and as a funder who knows one scheme writes the number."""
    raise NotImplementedError


CASES: tuple[Callable[[], Case], ...] = (
    fodors_zagats, dblp_acm, lambda: febrl(1), lambda: febrl(3), fake_1000, funders, dual_registered,
)
