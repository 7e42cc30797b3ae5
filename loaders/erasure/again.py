"""A database that was restored, or comes from elsewhere: the erased are erased from it too."""

from datetime import date

from tieline.database.graph import Graph, Steps
from tieline.loaders.erasure.erase import Erased, hold, sweep
from tieline.loaders.erasure.keys import Keys, digest
from tieline.loaders.erasure.secret import keep, kept, secret
from tieline.schema.records import Record


def again(graph: Graph, day: date, thorough: bool = False) -> Erased | None:
    """Bring the keys of file and database together, and take away whoever has come back.

    Nothing is looked for where the database holds every key already, unless `thorough`.

    Raises:
        LoadProblem: the secret is not here.
    """
    held, written = set(graph.read("erasure/keys")[0]["keys"]), kept()
    keep(held, day.isoformat())
    if not (written - held or (thorough and held)):
        return None
    keys = Keys(secret(), held | written)
    back = {record.uid for record in _all(graph) if keys.erased(record)}

    def work(steps: Steps) -> Erased:
        hold(steps)
        every, all_ = sorted(keys.held), digest(keys.held)
        steps.run("erasure/keep", keys=every, at=day.isoformat(), digest=all_)
        return sweep(steps, back, keys)

    return graph.write(work)


def _all(graph: Graph) -> list[Record]:
    """Every record, as far as keys are made of it."""
    rows = graph.stream("erasure/names")
    return [Record(r["uid"], r["kind"], r["source"], "{}", "", tuple(r["ids"])) for r in rows]
