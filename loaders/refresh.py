"""Every tie anew, as of another day: ties fade, and the whole graph has one date."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from itertools import islice

from tieline.database.graph import Graph, Steps
from tieline.loaders.asks import ease_all
from tieline.loaders.batch import read_field
from tieline.loaders.derive import Pair, derive
from tieline.loaders.judge import forget_retracted
from tieline.loaders.standing import Standing, lock
from tieline.loaders.touch import touch

SIZE = 2000  # pairs a transaction
OLDEST = timedelta(days=7)


def stale(graph: Graph, today: date) -> bool:
    """Whether the ties are of a day more than a week before this one, or not all of one day."""
    found = graph.read("load/field")
    return not found or bool(found[0]["pending"]) or _old(found[0]["as_of"], today)


def _old(as_of: str, today: date) -> bool:
    return today - date.fromisoformat(str(as_of)) > OLDEST


def refresh(graph: Graph, as_of: date) -> int:
    """Recompute all ties as of this day. The number of pairs.

    The date moves first, so that a load beside this writes its ties as of the new day; whoever read
    the old one before is waited for: all that writes holds a source. Until all ties are of the day
    the field says `pending`, and a refresh that was stopped is due again.
    """
    day = as_of.isoformat()
    graph.write(lambda steps: steps.run("load/as_of", as_of=day, pending=True))
    graph.write(_hold_all)
    pairs, done = graph.stream("load/pairs"), 0
    for some in _chunks((row["a"], row["b"]) for row in pairs):
        graph.write(partial(_anew, some))
        done += len(some)
    ease_all(graph, as_of)
    graph.write(partial(_done, day))
    return done


def _hold_all(steps: Steps) -> None:
    """Once nobody is writing who began before."""
    known = steps.run("load/sources")[0]["sources"]
    steps.run("load/hold", slugs=sorted(row["slug"] for row in known))


def _done(day: str, steps: Steps) -> None:
    """Notes of what was touched are of no use after a day: a copy as old is read anew."""
    steps.run("load/untouch", days=1)
    forget_retracted(steps)
    steps.run("load/as_of", as_of=day, pending=False)


def _chunks(pairs: Iterator[Pair]) -> Iterator[list[Pair]]:
    while some := list(islice(pairs, SIZE)):
        yield some


def _anew(pairs: list[Pair], steps: Steps) -> None:
    actors = sorted({actor for pair in pairs for actor in pair})
    lock(steps, Standing(), (row["uid"] for row in steps.run("load/anchors", uids=actors)))
    around = read_field(steps)
    derive(steps, pairs, around)
    touch(steps, pairs)
