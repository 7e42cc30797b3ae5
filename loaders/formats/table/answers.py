"""What was observed of a tie, on the scales people answer on, as values in [0, 1] (strength.md)."""

from statistics import fmean
from typing import Any

from tieline.loaders import values
from tieline.loaders.formats.table.line import Line
from tieline.loaders.values import Reader
from tieline.schema.weights import FELT_ITEMS, KINDS, LEAST_FELT

ITEMS = len(FELT_ITEMS)
CLOSENESS = {"know of": 0.0, "would ring in trouble": 1.0} | dict(KINDS["closeness"].values or {})


def _always(value: float) -> Reader:
    """Stated by being there; a No says nothing."""

    def read(said: Any) -> float | None:
        return None if values.text(said).casefold() in ("no", "n", "false", "0") else value

    return read


READERS: dict[str, Reader] = {
    "closeness": values.one_of(CLOSENESS, "closeness"),
    "frequency": values.one_of(KINDS["frequency"].values or {}, "frequency"),
    "would_introduce": values.one_of(KINDS["would_introduce"].values or {}, "answer"),
    "contact_day": _always(1.0),
    "stated_tie": _always(1.0),
    "no_tie": _always(0.0),
}


def said(line: Line) -> list[dict[str, Any]]:
    """kind, value, answered_share of each observation of a row; a problem where there is none."""
    found = []
    for kind, how in READERS.items():
        if kind in line.table.columns and (value := line.field(kind, how)) is not None:
            found.append({"kind": kind, "value": value})
    if "felt" in line.table.columns:
        found += _felt_items(line)
    if "kind" in line.table.columns:
        found += _stated(line)
    if not found and not line.draft.problems:
        mend = "Say what was observed: its kind, and the value where the kind has a scale."
        line.draft.problem("kind", None, "nothing was observed", mend)
    return found


def _stated(line: Line) -> list[dict[str, Any]]:
    """One kind a row, its value beside it."""
    words: dict[str, Any] = {kind: kind for kind in (*READERS, "felt")}
    kind = line.need("kind", values.one_of(words, "kind of observation"))
    if kind is None:
        return []
    if kind == "felt":
        return _felt_mean(line)
    if kind in ("contact_day", "stated_tie", "no_tie"):
        return [{"kind": kind, "value": 0.0 if kind == "no_tie" else 1.0}]
    value = line.need("value", READERS[kind])
    return [] if value is None else [{"kind": kind, "value": value}]


def _felt_items(line: Line) -> list[dict[str, Any]]:
    """A column a question, 1 to 5; at most ten."""
    how = values.between(1, 5)
    marks = [line.draft.read(s.column or "felt", v, how) for s, v in line.each("felt")]
    marks = [mark for mark in marks if mark is not None][:ITEMS]
    return _felt(line, fmean(marks), len(marks)) if marks else []


def _felt_mean(line: Line) -> list[dict[str, Any]]:
    """The mean was sent, and how many of the ten were answered (all, if nothing says)."""
    name = "mean" if "mean" in line.table.columns else "value"
    mean = line.need(name, values.between(1, 5))
    answered = line.field("answered", values.whole(0, ITEMS))
    count = ITEMS if answered is None else answered
    return [] if mean is None else _felt(line, mean, count)


def _felt(line: Line, mean: float, answered: int) -> list[dict[str, Any]]:
    if answered / ITEMS < LEAST_FELT:
        least = f"fewer than {LEAST_FELT * ITEMS:.0f} answers: they say nothing"
        line.draft.warn("felt", answered, least)
        return []
    share = answered / ITEMS
    return [{"kind": "felt", "value": round((mean - 1) / 4, 9), "answered_share": share}]
