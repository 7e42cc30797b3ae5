"""What a transaction touched, noted in it: whoever keeps a copy of the ties reads that again.

The notes say nothing of the field: `tieline hash` leaves them out, and old ones are swept away.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from tieline.database.graph import Steps
from tieline.loaders.plan import Plan
from tieline.loaders.standing import Standing

MOST = 1_000  # pairs named in one note; more, and it says: read everything anew
READ = ("uid", "consent", "taking_requests")  # what pathways read of an actor, ease apart


def touch(steps: Steps, pairs: Iterable[tuple[str, str]], actors: Iterable[str] = ()) -> None:
    """Note the ties of these pairs, both ways, and everything of these actors."""
    ends = [uid for a, b in sorted(set(pairs)) for uid in (a, b, b, a)]
    named = sorted(set(actors))
    if len(ends) > 4 * MOST or len(named) > MOST:
        steps.run("load/touch", pairs=None, actors=None)
    elif ends or named:
        steps.run("load/touch", pairs=ends, actors=named)


def reread(plan: Plan, stand: Standing) -> set[str]:
    """Uids, old and new, of actors that are gone, renamed, or seen or asked otherwise."""
    after = {row["props"]["uid"]: row["props"] for row in plan.changed}
    ended = {uid for uid in plan.ended if "Actor" in stand.labels[uid]}
    going = [(old, new) for old, new in plan.names.items() if "Actor" in stand.labels[old]]
    other = [
        pair
        for pair in going
        if pair[1] in after and _read(stand.props[pair[0]]) != _read(after[pair[1]])
    ]
    return ended | {uid for pair in other for uid in pair}


def _read(props: Mapping[str, Any]) -> list[Any]:
    return [props.get(name) for name in READ]
