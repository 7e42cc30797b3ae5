"""Any pair of tables, or one, with its truth: read whatever they are written in, made a case.

What cannot be measured is said in a sentence; what had to be left out is told on stderr.
"""

import csv
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from identity_data import Case, Row, doubled, linked
from identity_metrics import components

from tieline.loaders.encoding import encoding

DELIMITERS = ",;\t|%"
TAKEN = ("id", "source")  # names that the engine gives to what it needs itself
Pair = tuple[str, str]


def files(
    left: Path,
    right: Path | None,
    truth: Path | None,
    ids: Sequence[str] = (),
    cluster: str | None = None,
    same: Mapping[str, str] | None = None,
    delimiter: str | None = None,
) -> Case:
    """`ids`: the column of ids in the left and in the right file; `cluster`: of one file, the
    column that says which thing a row is; `same`: how the left calls a column of the right.
    """
    if cluster and (right or truth):
        stop("--cluster tells what is true of one file: leave out --right and --truth.")
    key, other = (*ids, *ids[-1:], None, None)[:2] if ids else (None, None)
    rows = table(left, "l", key, delimiter)
    if right is None:
        who = _clusters(rows, cluster.lower()) if cluster else None
        if who is None:
            found = _joined(rows, pairs(truth, delimiter, ids_of(rows), ids_of(rows)))
            who = {id: members[0] for members in found for id in members}
        return doubled(left.stem, rows, who)
    others = table(right, "r", other, delimiter, same or {})
    true = pairs(truth, delimiter, ids_of(rows), ids_of(others))
    if not (shared := [name for name in rows[0] if name in others[0] and name != "id"]):
        stop(
            f"The files have no column in common: {left.name} has {', '.join(rows[0])}; "
            f"{right.name} has {', '.join(others[0])}. Say --same LEFT=RIGHT."
        )
    print(f"compared by: {', '.join(shared)}", file=sys.stderr)
    return linked(left.stem, rows, others, [(f"l:{a}", f"r:{b}") for a, b in true])


def ids_of(rows: Sequence[Row]) -> set[str]:
    return {row["id"].partition(":")[2] for row in rows}


def table(
    path: Path,
    prefix: str,
    key: str | None,
    delimiter: str | None = None,
    same: Mapping[str, str] | None = None,
) -> list[Row]:
    """Rows with `id` = prefix:id; headings in small letters. Of two rows of one id the first."""
    heads, *lines = lines_of(path, delimiter)
    called = {right.lower(): left.lower() for left, right in (same or {}).items()}
    names = [called.get(head.lower(), head.lower()) for head in heads]
    if key and key.lower() not in names:
        stop(f"{path.name} has no column {key!r}. It has {', '.join(heads)}.")
    at = names.index(key.lower() if key else "id" if "id" in names else names[0])
    rows: dict[str, Row] = {}
    for line in lines:
        values = [value.strip() for value in (*line, *[""] * len(names))][: len(names)]
        row = {
            f"{name}_" if name in TAKEN else name: value
            for n, (name, value) in enumerate(zip(names, values, strict=True))
            if name and n != at
        }
        rows.setdefault(values[at], {"id": f"{prefix}:{values[at]}"} | row)
    if not rows:
        stop(f"{path.name} has no rows below its headings.")
    if twice := len(lines) - len(rows):
        print(f"{path.name}: {twice} rows repeat an id and are left out", file=sys.stderr)
    return list(rows.values())


def lines_of(path: Path, delimiter: str | None) -> list[list[str]]:
    """Rows of cells, blank ones left out; encoding and delimiter found where not said."""
    try:
        written = encoding(path)
    except OSError as error:
        stop(f"{path} cannot be read: {error.strerror}.")
    text = path.read_text(written.name, errors="replace").lstrip("\ufeff")
    first = text.partition("\n")[0]
    by = delimiter or max(DELIMITERS, key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=by, skipinitialspace=True)
    found = [[cell.strip() for cell in line] for line in reader if any(map(str.strip, line))]
    if not found:
        stop(f"{path.name} is empty.")
    print(f"{path.name}: {written.said}, {len(found) - 1} rows by {by!r}", file=sys.stderr)
    return found


def pairs(path: Path | None, delimiter: str | None, left: set[str], right: set[str]) -> list[Pair]:
    """The truth's pairs: its first two columns, with headings or without."""
    if path is None:
        stop("Say what is true: --truth FILE of two columns of ids, or --cluster COLUMN.")
    lines = [(line[0], line[1]) for line in lines_of(path, delimiter) if len(line) > 1]
    known = [(a, b) for a, b in lines if a in left and b in right]
    if not known:
        turned = sum(b in left and a in right for a, b in lines)
        way = "They stand the other way round." if turned else "Look at --id."
        stop(f"No pair of {path.name} names an id of each file: {lines[:1]} first. {way}")
    missing = len(lines) - len(known) - (lines[0] not in known)
    if missing > 0:
        print(f"{path.name}: {missing} pairs name an id that is in no file", file=sys.stderr)
    return known


def _joined(rows: Sequence[Row], true: Sequence[Pair]) -> list[list[str]]:
    return components([row["id"] for row in rows], [(f"l:{a}", f"l:{b}") for a, b in true])


def _clusters(rows: Sequence[Row], cluster: str) -> dict[str, str]:
    """Taken out of the rows: whoever compares may not see it. A blank is a thing of its own."""
    if cluster not in rows[0] or cluster == "id":
        others = ", ".join(name for name in rows[0] if name != "id")
        stop(f"There is no column {cluster!r} beside the ids. There are {others}.")
    return {row["id"]: row.pop(cluster) or row["id"] for row in rows}


def stop(sentence: str) -> NoReturn:
    raise SystemExit(sentence)
