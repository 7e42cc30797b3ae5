"""Who stands between others, in plain words."""

from collections.abc import Mapping
from typing import Any

from tieline.queries.bridges.standing import GROUPS, Standing


def why(found: Standing, at: int, share: float | None) -> str:
    """Of an actor. `share` of the shortest routes that lead through them; None: not to be told."""
    name = found.known[at].name
    if at >= found.tied:
        return f"{name} has no recorded tie here."
    ties, joined = int(found.measures.ties[at]), int(found.measures.joined[at])
    said = [_circle(name, ties, joined)]
    if across := _across(found, at):
        said.append(f"Of the ties of which it is known, {across}.")
    if share is not None:
        said.append(_routes(found, name, share))
    return " ".join(said)


def _circle(name: str, ties: int, joined: int) -> str:
    if ties == 1:
        return f"{name} is tied to one alone."
    of = f"Of the {ties:,} that {name} is tied to"
    if not joined:
        return f"{of} no two are tied to each other."
    if joined == ties:
        return f"{of} everyone is tied to another of them."
    only = "only " if 2 * joined <= ties else ""
    if joined == 2:
        return f"{of} {only}2 are tied to each other."
    return f"{of} {only}{joined:,} are tied to another of them."


def _across(found: Standing, at: int) -> str:
    said = []
    for each in GROUPS:
        across, within = (int(which[at]) for which in _ways(found, each))
        if across + within:
            said.append(f"{across:,} of {across + within:,} lead to another {each}")
    return ", ".join(said)


def _ways(found: Standing, by: str) -> tuple[Any, Any]:
    return found.mixing[by].across, found.mixing[by].within


def _routes(found: Standing, name: str, share: float) -> str:
    assert found.between is not None, "or there would be no share"
    through = f"of the shortest routes between others lead through {name}"
    if found.between.starts is None:
        return f"{100 * share:.1f}% {through}."
    off = 100 * found.between.error
    return (
        f"About {100 * share:.1f}% {through}, give or take {off:.1f}: as routes from "
        f"{found.between.starts:,} starts tell, drawn from all."
    )


def mixed(by: str, within: int, across: int) -> str:
    """Of all ties: how many lead across."""
    if not within + across:
        return f"Of no tie is the {by} known at both ends."
    return (
        f"Of {within + across:,} ties with a known {by} at both ends {across:,} lead to another "
        f"{by}, {within:,} do not."
    )


def rests_on(told: Mapping[str, Any]) -> str:
    """Of how many what is known."""
    return (
        f"{told['ties']:,} recorded ties between {told['tied']:,} of {told['actors']:,}; a place "
        f"is known of {told['with_place']:,}, a theme of {told['with_theme']:,}, a sector of "
        f"{told['with_sector']:,}."
    )


def doubt(found: Standing, numbers: bool) -> str:
    """How far it may be off."""
    said = "What nobody recorded is left out: whoever seems to stand alone between others may not."
    if not (numbers and found.between):
        return said
    if found.between.starts is None:
        return f"{said} The share of shortest routes is exact for what is recorded."
    off = 100 * found.between.error
    return f"{said} The share of shortest routes may be off by {off:.1f} in a hundred."
