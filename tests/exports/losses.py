"""What each format cannot carry: the hard graph written, read back and compared, field by field.

python -m tests.exports.losses docs/exports.md      writes the table into the page
"""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.exports.back import back
from tests.exports.hard import ABOUT, THINGS, TIES, written

from tieline.exports.form import joined
from tieline.exports.written import FORMATS

KEPT, TEXT, CHANGED, LOST = "kept", "as text", "changed", "lost"
OF_THINGS = {
    "name": "name", "kind": "kind", "sort": "sort", "description": "description", "url": "address",
    "other_names": "other names", "places": "places", "themes": "themes", "x": "position",
}  # fmt: skip
OF_TIES = {
    "uid": "a tie's id", "directed": "a tie's direction", "kind": "its kind",
    "weight": "its weight",
    "thickness": "its thickness in words", "evidence": "kinds of evidence", "seen": "last seen",
    "role": "role", "since": "since", "until": "until", "strength": "strength (stewards)",
    "unknown": "unknown (stewards)",
}  # fmt: skip
BEGIN, END = "<!-- losses: python -m tests.exports.losses -->", "<!-- end -->"


def losses(name: str) -> dict[str, str]:
    """By what is compared: what becomes of it in this format."""
    things, ties, about = back(name, written(name))
    found = {
        told: worst([became(getattr(each, field), things[each.uid].get(field)) for each in THINGS])
        for field, told in OF_THINGS.items()
    }
    lines = {each["uid"].replace(":", "~"): each for each in ties}
    found["parallel ties"] = KEPT if len(ties) == len(TIES) else LOST
    for field, told in OF_TIES.items():
        rows = [(getattr(each, field), lines[each.uid.replace(":", "~")]) for each in TIES]
        found[told] = worst([became(value, row.get(field)) for value, row in rows])
    found["licence, sources, date"] = KEPT if credited(about) else LOST
    return found


def became(before: Any, after: Any) -> str:
    if before in (None, [], ()):
        return KEPT if after in (None, "", []) else CHANGED
    if after is None:
        return LOST
    if same(before, after):
        return KEPT
    text = joined(before) if isinstance(before, list) else str(before)
    return TEXT if after == text else CHANGED


def same(before: Any, after: Any) -> bool:
    """The same value; of a table or of XML a number is known by its column."""
    if isinstance(before, float):
        return float(after) == before
    return bool(before == after)


def worst(found: Sequence[str]) -> str:
    return max(found, key=(KEPT, TEXT, CHANGED, LOST).index)


def credited(about: str) -> bool:
    said = (*(each.title for each in ABOUT.sources), "CC BY 4.0", ABOUT.date, ABOUT.version)
    return all(each in about for each in said)


def table() -> str:
    found: dict[str, dict[str, str]] = {name: losses(name) for name in FORMATS}
    lines = [f"| | {' | '.join(FORMATS)} |", "|---" * (len(FORMATS) + 1) + "|"]
    for told in next(iter(found.values())):
        lines.append(f"| {told} | {' | '.join(found[name][told] for name in FORMATS)} |")
    return "\n".join(lines)


def page(text: str) -> str:
    """The page with the table as it is now."""
    pattern = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    return pattern.sub(lambda _: f"{BEGIN}\n\n{table()}\n\n{END}", text, count=1)


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(page(path.read_text("utf-8")), "utf-8")
