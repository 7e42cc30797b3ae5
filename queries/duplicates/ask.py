"""Is this the same thing twice, or two efforts that could be one?"""

from collections.abc import Mapping
from typing import Any

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.answers.coverage import coverage
from tieline.queries.duplicates.likely import crowded, judgement, likely, merged, of_judgement
from tieline.queries.duplicates.parallel import parallel
from tieline.queries.duplicates.parted import amended, parted
from tieline.queries.duplicates.same import REGISTERS, Thing, pairs, things
from tieline.queries.resolve.seen import must_see
from tieline.queries.themes import reach
from tieline.schema.consent import STEWARD

KINDS = ("same_record", "parallel_effort")
VERDICTS = {
    "same_record": ("same", "different", "unsure"),
    "parallel_effort": ("parallel", "not_parallel", "unsure"),
}
PAGE = 2_000  # identifiers read at once


async def duplicates(
    reader: Reader, kind: str, scope: Mapping[str, str] | None = None, status: str | None = None
) -> dict[str, Any]:
    """Pairs, each once: what nobody has judged first.

    `kind`: 'same_record' or 'parallel_effort' ('-' will do for '_'). `scope`: place, theme (uids).
    Returns `rows` [{left_uid, right_uid, record_uids, kind, weight, reasons [{text, weight}],
    status, judgement}], `passed_over` (there were too many pairs to compare all), `note` (what was
    not compared, in words, or None), `uncertainty` (of parallel effort), `coverage`
    (answers/coverage.py) and `graph_version`. The status of a pair is the last verdict on it,
    'same' for what is joined already (left and right are then one), else 'open'; 'open' again
    where a field that a judgement rested on has changed since, and where it left in doubt to whom
    something between the two belongs (parted.py). `status` asks for the pairs of one alone.

    Raises:
        NotFound: a place or theme that the viewer may not see.
        WrongUse: an unknown kind or scope.
    """
    kind = kind.replace("-", "_")
    if kind not in KINDS:
        raise WrongUse(f"There is no kind {kind!r}: ask for same-record or parallel-effort.")
    version = await reader.version()
    within = {"place": None, "theme": None, **(scope or {})}
    if unknown := within.keys() - {"place", "theme"}:
        raise WrongUse(f"Duplicates are looked for in a place or a theme, not {unknown.pop()}.")
    await must_see(reader, *filter(None, within.values()))
    words = await _words(reader, kind)
    more: dict[str, Any] = {"passed_over": False, "note": None}
    if kind == "same_record":
        part = {"place": within["place"], "themes": await reach.within(reader, within["theme"])}
        found = [*await likely(reader, part), *await crowded(reader, part)]
        rows = merged(pairs(await _things(reader, part)), found)
    else:
        more = await parallel(reader, within["place"], within["theme"], _never(words))
        rows = more.pop("rows")
    rows = await _judged(reader, rows, words, kind, everywhere=not any(within.values()))
    rows = [row for row in rows if status in (None, row["status"])]
    told = {"coverage": await coverage(reader), "graph_version": version}
    return {"rows": rows} | more | told


async def _words(reader: Reader, kind: str) -> list[dict[str, Any]]:
    """What was judged of two, of this kind."""
    return [
        each
        for each in await reader.rows("duplicates/judged")
        if each["verdict"] in VERDICTS[kind]
        and not (each["kind"] in KINDS and each["kind"] != kind)  # unsure is a word of both
    ]


def _never(words: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Two that are not parallel, by the last word on them, which still stands."""
    last = {_pair(each): each for each in words}
    return sorted(
        (each["left_uid"], each["right_uid"])
        for each in last.values()
        if each["verdict"] == "not_parallel" and not judgement(each, False)["stale"]
    )


async def _things(reader: Reader, within: Mapping[str, Any]) -> list[Thing]:
    found: list[Any] = []
    while True:
        after = found[-1][0] if found else ""
        page = await reader.pages(
            "duplicates/identified", after=after, limit=PAGE, registers=REGISTERS, **within
        )
        found += page
        if len(page) < PAGE:
            return things(found)


async def _judged(
    reader: Reader,
    rows: list[dict[str, Any]],
    words: list[dict[str, Any]],
    kind: str,
    everywhere: bool,
) -> list[dict[str, Any]]:
    """The rows with their status; open ones first, of these what a judgement left in doubt."""
    verdicts = {_pair(each): each for each in words}
    if kind == "same_record":
        kept = await _parted(reader, words)
        rows = amended(rows, kept)
        shown = {_pair(row) for row in rows}
        more = kept | {two: of_judgement(verdicts[two]) for two in verdicts.keys() - kept.keys()}
        rows += [more[two] for two in [*verdicts] if everywhere and two not in shown]
    numbers = reader.viewer.numbers
    told = [_told(row, verdicts.get(_pair(row)), numbers) for row in rows]
    return sorted(told, key=lambda row: (row["status"] != "open", not row.get("asked")))


async def _parted(
    reader: Reader, words: list[dict[str, Any]]
) -> dict[frozenset[str], dict[str, Any]]:
    """What was judged different, and would be joined."""
    if not any(each["verdict"] == "different" and len(_pair(each)) > 1 for each in words):
        return {}
    found = await reader.rows("duplicates/parted")
    return parted(found, words, commands=reader.viewer.level == STEWARD)


def _pair(row: Mapping[str, Any]) -> frozenset[str]:
    return frozenset((row["left_uid"], row["right_uid"]))


def _told(row: dict[str, Any], said: dict[str, Any] | None, numbers: bool) -> dict[str, Any]:
    """With its status, its judgement, and what came of that."""
    one = row["left_uid"] == row["right_uid"]
    told = row | {"status": "same" if one and "crowded" not in row else "open", "judgement": None}
    if said is None:
        return told
    word = judgement(said, numbers)
    told["judgement"] = word
    more = None
    if word["stale"]:
        more = f"Judged {word['verdict']} before; what that rested on has changed since."
    else:
        told["status"] = "open" if row.get("asked") else word["verdict"]
        if word["verdict"] == "same" and not one:
            more = "Judged the same, yet left apart: their records contradict each other."
    if more:
        told["reasons"] = [*row["reasons"], {"text": more, "weight": None}]
    return told
