"""A tie and its evidence in plain words."""

from collections.abc import Mapping
from typing import Any

import orjson

from tieline.queries.pathways.tell import LABEL, listed
from tieline.queries.ties.observed import day, who_said
from tieline.schema.shares import Share
from tieline.schema.weights import KINDS, OPEN_END

Row = Mapping[str, Any]
WHAT = {
    "closeness": "how close they are",
    "would_introduce": "whether they would introduce",
    "felt": "how it feels",
    "frequency": "how often they are in touch",
    "stated_tie": "that there is a tie",
    "no_tie": "that there is no tie",
}
RECORDED = {
    "role": "A role",
    "joint_work": "Shared work",
    "contact_day": "A meeting, call or event",
    "stated_tie": "A tie is stated",
    "no_tie": "It is stated that there is no tie",
}


def tie(answer: Row, row: Row) -> str:
    """The whole in a sentence or three; figures only where the answer holds them."""
    names = f"{row['from_name']} and {row['to_name']}"
    if not answer["evidence"]:
        return f"Nothing that you may see was recorded of {names} as of {answer['as_of']}."
    said = [f"{names}: {LABEL[answer['label']]}, as of {answer['as_of']}."]
    said += [f"What says so: {listed([_kind(k) for k in answer['kinds']], 9)}."]
    if answer["last_seen"]:
        said.append(f"The newest is of {answer['last_seen']}.")
    if answer["quiet"]:
        said.append("It has gone quiet, for them.")
    if answer["strength"] is not None:
        said.append(
            f"Of all that is known and not known {_percent(answer['strength'])} says it holds, "
            f"{_percent(answer['against'])} says not, {_percent(answer['unknown'])} is not known."
        )
    if answer["own_account"] is not None:
        said.append(f"By your own account {_percent(answer['own_account'])}.")
    return " ".join(said)


def evidence(each: Row, share: Share, row: Row) -> str:
    """One piece: who said what, or what was recorded, since when, by which source."""
    about = _said(each, row) if KINDS[each["kind"]].view else RECORDED[each["kind"]]
    source = who_said(each)
    by = f", says {source}" if source and not each["mine"] else ""
    why = f" It does not count: {share.why}." if share.why else ""
    return f"{about}{_when(each)}{by}.{why}"


def theirs(kind: str) -> str:
    """An answer that is nobody's to read but its author's."""
    return f"Somebody of the two has said {WHAT[kind]}: what they said is theirs alone."


def answer(each: Row) -> str:
    """The viewer's own answer: '4', 'monthly', 'safe 5, seen 4'."""
    said = orjson.loads(each["fields"]).get("answer") if each["fields"] else None
    if isinstance(said, dict):
        return ", ".join(f"{name} {n}" for name, n in said.items())
    return str(said) if said is not None else _word(each)


def _word(each: Row) -> str:
    """What a value stands for, where the row is a partner's."""
    words = KINDS[each["kind"]].values or {}
    close = [word for word, value in words.items() if abs(value - each["value"]) < 1e-9]
    return close[0] if close else f"{each['value']:.2f}"


def _said(each: Row, row: Row) -> str:
    if each["kind"] in RECORDED and not each["mine"]:
        return RECORDED[each["kind"]]
    what = WHAT[each["kind"]]
    if each["mine"]:
        return f"You said {what}" + ("" if each["kind"] == "no_tie" else f" ({answer(each)})")
    return f"Somebody else says {what} ({_word(each)})"


def _when(each: Row) -> str:
    on, until = day(each["on"]), day(each["until"])
    if KINDS[each["kind"]].pool != "work" or (on and on == until):
        return f", {on}" if on else ", undated"
    if until == OPEN_END or (until is None and each["kind"] == "role"):
        return f", since {on}" if on else ", running"
    return f", {on or 'undated'} to {until}" if until else f", {on}" if on else ", undated"


def _kind(kind: str) -> str:
    return {"role": "a role", "joint_work": "shared work", "contact_day": "contact"}.get(
        kind, kind.replace("_", " ")
    )


def _percent(share: float) -> str:
    return f"{share:.0%}"
