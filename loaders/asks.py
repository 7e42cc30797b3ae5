"""Requests made of go-betweens: noted when they are sent, so that nobody is asked too much.

    record(graph, of=cat, by=ana, to=zoe)    Cat was asked to introduce Ana to Zoe

An ask names its three by uids of theirs then; a uid is a handle of a record, so it still leads to
them when they are called otherwise. What follows is `ease`, worked out for whoever is touched in
the same transaction, and for all with the ties when their date moves.
"""

from collections.abc import Iterable
from datetime import date
from functools import partial

from tieline.database.graph import Graph, Steps
from tieline.loaders.touch import touch
from tieline.schema.ease import CAPACITY, LATELY
from tieline.schema.records import PREFIX, digest


def record(graph: Graph, of: str, by: str, to: str, on: date) -> bool:
    """Whether it was noted now, and not before: one a day."""
    return graph.write(partial(note, of, by, to, on))


def note(of: str, by: str, to: str, on: date, steps: Steps) -> bool:
    uid = f"a-{digest(of, by, to, on.isoformat())}"
    before = steps.made
    steps.run("load/ask", uid=uid, of=of, by=by, to=to, on=on.isoformat())
    if steps.made == before:
        return False
    field = steps.run("load/field")
    as_of = date.fromisoformat(str(field[0]["as_of"])) if field else on
    touch(steps, (), ease(steps, [of], as_of))
    return True


def ease(steps: Steps, uids: Iterable[str], as_of: date) -> set[str]:
    """Work it out for those of these that are people. Whose has changed."""
    people = sorted(uid for uid in set(uids) if uid.startswith(f"{PREFIX['person']}-"))
    if not people:
        return set()
    since = (as_of - LATELY).isoformat()
    rows = steps.run("load/ease", rows=people, since=since, capacity=CAPACITY)
    return {row["uid"] for row in rows}


def ease_all(graph: Graph, as_of: date) -> None:
    """Of everybody who has been asked: it moves with the date."""

    def work(steps: Steps) -> None:
        touch(steps, (), ease(steps, (row["uid"] for row in steps.run("load/asked")), as_of))

    graph.write(work)
