"""A cut in plain words: who would be cut off, and what stands on their side."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from tieline.queries.pathways.tell import listed

SHOWN = 5  # names of each kind


def reason(names: Sequence[str], cut_off: Sequence[Mapping[str, Any]], count: int) -> str:
    """`names` of the tie's two ends or the actor; `cut_off` rows of bridges/sides, at most all
    `count` of those cut off."""
    lost = f"the tie between {names[0]} and {names[1]}" if len(names) == 2 else names[0]
    who = listed([row["name"] for row in cut_off], SHOWN)
    if count > max(len(cut_off), SHOWN):
        who = f"{', '.join(row['name'] for row in cut_off[:SHOWN])} and {count - SHOWN:,} more"
    said = [f"Without {lost}, {count:,} would be cut off: {who}."]
    for kind in ("organisations", "places", "themes"):
        if things := most(cut_off, kind):
            # Only some of a large side are looked at: what else is there is not counted.
            names_of = listed(things, SHOWN) if count <= len(cut_off) else _others(things)
            said.append(f"{kind.capitalize()} on that side: {names_of}.")
    return " ".join(said)


def sure(share: float, draws: int, tie: bool) -> str:
    """How sure it is, of so many draws."""
    what = "the only tie between the two sides" if tie else "what holds the two sides together"
    return (
        f"How sure: still {what} in {round(100 * share)}% of {draws} draws of the field as it may "
        "really be, with ties that nobody recorded."
    )


def verdict(weighty: bool, share: float, least: float, links: int) -> str:
    """Whether it is worth acting on, and if not, for want of what."""
    if links:
        return "Worth acting on: much would be lost, it is likely to be so, and it can be mended."
    if not weighty:
        return (
            "Nothing to act on: less than two organisations and less than a twentieth of this part "
            "of the field would be lost."
        )
    if share < least:
        return f"A place to look, not to act: it is sure in less than {least:.0%} of the draws."
    return (
        "A place to look: no two pairs across the gap are known to share a theme or a place, so "
        "nobody can be named for a second link."
    )


def uncertainty(draws: int) -> str:
    """What "how sure" means, and how far it may itself be off: two standard errors at the worst."""
    off = round(100 * 2 * (0.25 / draws) ** 0.5)
    return (
        f"How sure is the share of {draws} draws of the field as it may really be, give or take "
        f"{off} in a hundred; none is certain."
    )


def second(link: Mapping[str, Any]) -> str:
    """Why these two could be a second link."""
    both = listed(link["shared"], SHOWN)
    return f"{link['left_name']} and {link['right_name']} both have to do with {both}."


def _others(things: Sequence[str]) -> str:
    return f"{', '.join(things[:SHOWN])} and others"


def most(rows: Sequence[Mapping[str, Any]], kind: str) -> list[str]:
    """Those that most of them share first."""
    counted = Counter(name for row in rows for name in set(row[kind]))
    return sorted(counted, key=lambda name: (-counted[name], name))
