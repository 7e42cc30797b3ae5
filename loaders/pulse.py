"""Whoever works on a load says so, again and again: a killed loader says nothing any more.

    with worked_on(graph, uid):     a pulse every few seconds, beside the batches

Each pulse holds for a while by the server's clock; a load that runs without one was interrupted,
and whoever reads the journal is told so. The pulse is a node of its own, since a batch holds its
Load until it is in. Whoever stops without being killed takes the pulse back.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tieline.database.graph import Graph, Steps
from tieline.errors import Away, TielineError

log = logging.getLogger("tieline.load")
EVERY, LASTS = 5.0, 30.0  # seconds between two pulses, and for which one holds
PATIENCE = 2.0  # seconds for a pulse that is on its way when the load ends


def pulse(steps: Steps, uid: str) -> None:
    """From now on for a while somebody works on this load, which runs."""
    steps.run("load/pulse", uid=uid, lasts=round(LASTS * 1000))


def rest(steps: Steps, uid: str) -> None:
    steps.run("load/rest", uid=uid)


@contextmanager
def worked_on(graph: Graph, uid: str) -> Iterator[None]:
    """As long as this lasts. Its end takes the pulse back, but where the database is away."""
    ended = threading.Event()
    beating = threading.Thread(target=_beat, args=(graph, uid, ended), daemon=True)
    beating.start()
    try:
        yield
    except Away:
        ended.set()
        raise
    except BaseException:
        _still(beating, ended)
        with suppress(TielineError):
            graph.write(lambda steps: rest(steps, uid))
        raise
    _still(beating, ended)


def _still(beating: threading.Thread, ended: threading.Event) -> None:
    ended.set()
    beating.join(PATIENCE)


def _beat(graph: Graph, uid: str, ended: threading.Event) -> None:
    while not ended.wait(EVERY):
        try:
            graph.write(lambda steps: pulse(steps, uid))
        except Exception as error:  # the load itself meets the same, and tells of it
            log.debug("no pulse: %s", type(error).__name__)
