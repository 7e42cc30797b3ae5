"""A route in plain words: who knows whom, how that is known, and whom to ask where."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

EVIDENCE = {
    "closeness": "said how close they are",
    "would_introduce": "said whether they would introduce",
    "felt": "said how it feels",
    "frequency": "said how often they meet",
    "role": "a role there",
    "joint_work": "worked together",
    "contact_day": "met",
    "stated_tie": "a source says there is a tie",
    "no_tie": "a source says there is none",
}
STEPS = 4
NETWORKS = 2  # named of those a route enters: a member of parliament is in dozens
LABEL = {
    "thick": "thick",
    "middling": "middling",
    "thin": "thin",
    "not_yet_known": "not yet known how strong",
}


def listed(words: Sequence[str], most: int = 5) -> str:
    """'Ana', 'Ana and Ben', 'Ana, Ben and 3 more'."""
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def step(hop: Mapping[str, Any], company: Mapping[str, Mapping[str, Any]]) -> str:
    """'Ana knows Ben (thick; met; last seen 2026-10-01)': never a number."""
    here, there = company[hop["from_uid"]], company[hop["to_uid"]]
    verb = "knows" if here["person"] and there["person"] else "is tied to"
    about = [LABEL.get(hop["label"], "not yet known how strong")]
    about += [EVIDENCE[kind] for kind in hop["kinds"] if kind in EVIDENCE]
    if hop["last_seen"]:
        about.append(f"last seen {hop['last_seen']}")
    return f"{here['name']} {verb} {there['name']} ({'; '.join(about)})"


def route(
    hops: Sequence[Mapping[str, Any]],
    company: Mapping[str, Mapping[str, Any]],
    crosses: Sequence[str],
) -> str:
    """One plain sentence a route: everyone named, each step with its evidence.

    `crosses` are the names of the networks the route enters.
    """
    names = {uid: row["name"] for uid, row in company.items()}
    steps = []
    for at, hop in enumerate(hops):
        said = step(hop, company)
        if at < len(hops) - 1 and not company[hop["to_uid"]]["person"]:
            said += _there(company[hop["to_uid"]], names, (hop["from_uid"], hops[at + 1]["to_uid"]))
        steps.append(said)
    return f"{'; '.join(steps)}{_entered(crosses)}."


def _entered(crosses: Sequence[str]) -> str:
    """The networks that matter most by name; that there are more, not how many."""
    if len(crosses) > NETWORKS:
        return f". It enters {', '.join(crosses[:NETWORKS])} and others"
    return f". It enters {listed(crosses)}" if crosses else ""


def _there(body: Mapping[str, Any], names: Mapping[str, str], ends: tuple[str, str]) -> str:
    """Whom to ask in an organisation: someone there, or that both belong to it."""
    here = [names[uid] for uid in ends if uid in body["belong"]]
    if len(here) == 2:
        return f", to which both {here[0]} and {here[1]} belong"
    return f", where {body['ask'][0][1]} can be asked" if body["ask"] else ""


def no_route(
    names: tuple[str, str], hops: int, missing: Mapping[str, Any] | None, day: date | None = None
) -> str:
    """Why there is no answer, honestly: what is recorded is not all there is."""
    steps = "1 step" if hops == 1 else f"{hops} steps"
    if day:
        leads = f"no pathway leads from {names[0]} to {names[1]} in {steps}"
        return f"Of what was recorded by {day} {leads}."
    said = f"No recorded pathway leads from {names[0]} to {names[1]} in {steps}."
    if missing:
        return f"{said} {missing['reason']}"
    return f"{said} Nor do any two near them share a recorded theme or place."


def gap(row: Mapping[str, Any]) -> str:
    """The nearest missing link and why these two might like to meet."""
    left, right = row["left_name"], row["right_name"]
    return (
        f"If {left} and {right} met there would be one: both are linked to {listed(row['shared'])}."
    )


def no_introducer(names: tuple[str, str], knows: bool) -> str:
    """Why there is nobody to ask."""
    if knows:
        return f"{names[0]} is tied to {names[1]} already, and nobody else leads there."
    return f"Of those {names[0]} is tied to, nobody leads to {names[1]} in {STEPS} steps."
