"""What the comparison found, what was joined under too many names, and what people said of them.

Weights of reasons are bits (log2 of how much likelier in matches than by chance); the weight of a
pair is its chance, so that it can be ordered among the others of `same.py`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tieline.database.reader import Reader
from tieline.queries.duplicates.same import plain
from tieline.queries.pathways.tell import listed
from tieline.schema.consent import STEWARD
from tieline.schema.deciding import evidence

MOST = 5_000  # candidates read, the likeliest
KINDS = ("organisation", "project", "person")
CROWDED = 0.6
Row = dict[str, Any]
Scope = Mapping[str, Any]  # place: a uid, themes: uids; None: anywhere, any


async def likely(reader: Reader, within: Scope) -> list[Row]:
    """What `tieline candidates` found of all that the viewer may see; people for stewards alone.

    All records are compared at once, so what is found among some depends on the others: each level
    has a comparison of its own.
    """
    kinds = KINDS if reader.viewer.level == STEWARD else KINDS[:2]
    found = await reader.rows("candidates/kept", kinds=list(kinds), most=MOST, **within)
    return [_row(each) for each in found]


def _row(said: Row) -> Row:
    left, right = sorted((said["left_uid"], said["right_uid"]))
    reasons = [
        {"text": text, "weight": weight}
        for text, weight in zip(said["reasons"], said["weights"], strict=True)
    ]
    return {
        "left_uid": left,
        "right_uid": right,
        "record_uids": sorted((said["left"], said["right"])),
        "kind": "same_record",
        "weight": round(1 / (1 + 2.0 ** -max(-60.0, min(60.0, said["bits"]))), 4),
        "reasons": reasons,
    }


async def crowded(reader: Reader, within: Scope) -> list[Row]:
    """Things with more different names than twice their sources: was too much joined?"""
    rows = []
    for said in await reader.rows("candidates/crowded", most=MOST, **within):
        names = {plain(name) for name in (said["name"], *said["others"])} - {""}
        sources = set(said["sources"])
        if len(names) > 2 * len(sources):
            some = listed(sorted({said["name"], *said["others"]})[:6])
            text = (
                f"Joined under {len(names)} names by {len(sources)} source"
                f"{'s' if len(sources) > 1 else ''}: {some}. Are all of them one?"
            )
            reasons = [{"text": text, "weight": CROWDED}]
            about = {"left_uid": said["uid"], "right_uid": said["uid"], "kind": "same_record"}
            more = {"record_uids": said["records"], "weight": CROWDED, "reasons": reasons}
            rows.append(about | more | {"crowded": True})
    return rows


def merged(known: Sequence[Row], found: Sequence[Row]) -> list[Row]:
    """Each pair once: what identifiers say of it first, then what the comparison says."""
    rows: dict[tuple[str, str, bool], Row] = {}
    for row in (*known, *found):
        key = (row["left_uid"], row["right_uid"], "crowded" in row)
        if key not in rows:
            rows[key] = dict(row)
            continue
        first = rows[key]
        first["reasons"] = [*first["reasons"], *row["reasons"]]
        first["weight"] = max(first["weight"], row["weight"])
        first["record_uids"] = sorted({*first["record_uids"], *row["record_uids"]})
    two = sorted(
        rows.values(),
        key=lambda row: (row["left_uid"] == row["right_uid"] and "crowded" not in row,
                         -row["weight"], row["left_uid"], row["right_uid"]),
    )  # fmt: skip
    return two


def judgement(said: Row, numbers: bool) -> Row:
    """As the answer tells it: who judged and why is for those who read numbers. `stale`: a field
    that decided has changed since."""
    names = ("verdict", "at", "left_uid", "right_uid")
    stale = said["evidence"] is not None and said["evidence"] != evidence(said["held"])
    whose = {name: said[name] if numbers else None for name in ("by", "why")}
    return {name: said[name] for name in names} | whose | {"stale": stale}


def of_judgement(said: Row) -> Row:
    """A pair that people judged and nothing else brings up."""
    left, right = sorted((said["left_uid"], said["right_uid"]))
    one = left == right
    text = "Judged to be one." if one else "Nothing but the judgement brings these two up."
    return {
        "left_uid": left,
        "right_uid": right,
        "record_uids": sorted((said["left"], said["right"])),
        "kind": said["kind"] or "same_record",
        "weight": 1.0 if one else 0.0,
        "reasons": [{"text": text, "weight": None}],
    }
