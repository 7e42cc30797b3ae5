"""The sets that identity is measured on: rows, their sources, and who is who. Read from beside.

Nothing of them is in this repository. Identifiers that would give the answer away are left out of
the rows. UNDER_TWO_IDS was judged by reading what any of the methods proposed, names, postcodes and
web addresses: not blind. Pairs that reading could not settle count as wrong for whoever finds them.
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
UNDER_TWO_IDS: tuple[tuple[str, str], ...] = (
    ("GB-CHC-1092410", "360G-ABCT-ORG:001b000002XZkhd"),
    ("GB-CHC-1013841", "GB-CHC-1176768"),
    ("GB-CHC-1093365", "GB-CHC-1175224"),
    ("GB-CHC-1122110", "GB-CHC-1177990"),
    ("GB-CHC-1140583", "GB-CHC-1180105"),
    ("GB-CHC-1077116", "GB-CHC-1077166"),
    ("GB-CHC-1125649", "GB-CHC-1175186"),
    ("GB-CHC-1124921", "GB-CHC-1184613"),
)
GIVEN_TO_TWO = ("GB-COH-06402143",)  # one number that a funder gives two organisations: left out


@dataclass
class Case:
    """`across`: two sources are linked; else doubles within one are looked for."""

    name: str
    rows: list[Row]
    source: dict[str, str]
    true: set[tuple[str, str]]
    across: bool


def shared() -> Path:
    return Path(os.environ.get("TIELINE_SHARED_DATA") or SHARED)


def table(
    path: Path,
    prefix: str,
    key: str,
    delimiter: str = ",",
    drop: Sequence[str] = (),
    keep: bool = False,
) -> list[Row]:
    """Rows of a file, each with `id` = prefix:key. `keep`: the key among the columns too."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        reader = csv.DictReader(file, delimiter=delimiter, skipinitialspace=True)
        return [
            {"id": f"{prefix}:{(row[key] or '').strip()}"}
            | {
                name.strip(): (value or "").strip()
                for name, value in row.items()
                if name and name not in (*(() if keep else (key,)), *drop)
            }
            for row in reader
        ]


def linked(name: str, left: list[Row], right: list[Row], true: Iterable[tuple[str, str]]) -> Case:
    """Two files; only the columns that both have are compared."""
    both = [column for column in left[0] if column in right[0]]
    rows = [{column: row[column] for column in both} for row in (*left, *right)]
    source = {row["id"]: row["id"].partition(":")[0] for row in rows}
    return Case(name, rows, source, {(min(p), max(p)) for p in true}, True)


def doubled(name: str, rows: list[Row], who: Mapping[str, str]) -> Case:
    """One file; `who` says of each row which thing it is."""
    things: dict[str, list[str]] = {}
    for row in rows:
        things.setdefault(who[row["id"]], []).append(row["id"])
    true = {(min(p), max(p)) for ids in things.values() for p in combinations(ids, 2)}
    return Case(name, rows, dict.fromkeys(who, "one"), true, False)


def fodors_zagats() -> Case:
    folder = shared() / "dedupe/fodors_zagats"
    left = table(folder / "fodors.csv", "l", "id")
    right = table(folder / "zagats.csv", "r", "id")
    answers = table(folder / "match_fodors_zagats_more_attrs.csv", "a", "_id")
    return linked(
        "Fodors-Zagats",
        left,
        right,
        [(f"l:{a['fodors_id']}", f"r:{a['zagats_id']}") for a in answers],
    )


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
    said = [row for row in (*lloyds(), *abct()) if row["number"] not in GIVEN_TO_TWO]
    rows = _distinct(said)
    source = {row["id"]: row.pop("source") for row in rows}
    who = {row["id"]: _one(row.pop("number")) for row in rows}
    case = doubled("both funders", rows, who)
    case.source = source
    case.across = True
    return case


def dual() -> list[tuple[str, str, str]]:
    """(Scottish number, number of England and Wales, name there)."""
    path = shared() / "partners/charity-lookups/dual-registered-uk-charities.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [(a.strip(), b.strip(), c.strip()) for a, b, c, *_ in csv.reader(file)][1:]


def register() -> list[Row]:
    """A sample of three registers: what a charity is called where it is registered. The sample
    holds some charities twice, tagged by two people: here each is once.
    """
    path = shared() / "partners/ukcat/sample.csv"
    with path.open(encoding="utf-8", newline="") as file:
        said = [
            [(row[n] or "").strip() for n in ("org_id", "name")] for row in csv.DictReader(file)
        ]
    return [{"org_id": id, "name": name} for id, name in dict(said).items()]


def dual_registered() -> Case:
    """Charities by their Scottish number and name beside those of England and Wales."""
    left = [
        {"id": f"sc:{row['org_id']}", "name": row["name"]}
        for row in register()
        if row["org_id"].startswith("GB-SC-")
    ]
    names = {ew: name for _, ew, name in dual()}  # a few have two numbers in Scotland
    right = [{"id": f"ew:GB-CHC-{ew}", "name": name} for ew, name in names.items()]
    known = {row["id"] for row in left}
    true = [(f"sc:GB-SC-{sc}", f"ew:GB-CHC-{ew}") for sc, ew, _ in dual()]
    return linked("dual-registered", left, right, [pair for pair in true if pair[0] in known])


def same_digits() -> Case:
    """A charity under its own scheme, and as somebody writes it who knows companies alone.

    Made of real charities: every tenth of the sample once more, its number under another scheme
    with zeros before it, its name as companies are written. Half invented, therefore, and easy.
    """
    rows, who = [], {}
    for at, row in enumerate(register()):
        number = row["org_id"].rpartition("-")[2]
        rows.append({"id": f"own:{row['org_id']}", "name": row["name"], "number": number})
        who[rows[-1]["id"]] = row["org_id"]
        if at % 10 == 0:
            digits = "".join(each for each in number if each.isdigit())
            said = {"name": f"{row['name'].upper()} LIMITED", "number": digits.zfill(8)}
            rows.append({"id": f"other:{row['org_id']}"} | said)
            who[rows[-1]["id"]] = row["org_id"]
    case = doubled("same digits", rows, who)
    case.source = {row["id"]: row["id"].partition(":")[0] for row in rows}
    case.across = True
    return case


CASES: tuple[Callable[[], Case], ...] = (
    fodors_zagats,
    dblp_acm,
    lambda: febrl(1),
    lambda: febrl(3),
    fake_1000,
    funders,
    dual_registered,
    same_digits,
)
