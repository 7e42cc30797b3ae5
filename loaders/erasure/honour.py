"""Whoever was erased does not come back: each batch and each word said goes through here.

It is asked in the batch's own transaction, after its source is held; whoever erases holds every
source first. So no batch that began before an erasure brings back whom it took away.

The keys are read once for each digest of them: most batches ask for the digest alone.
"""

from collections.abc import Iterator, Sequence

from tieline.database.graph import Steps
from tieline.loaders.change import Said
from tieline.loaders.erasure.keys import Keys, called
from tieline.loaders.erasure.secret import secret
from tieline.loaders.erasure.strip import stripped
from tieline.schema.records import Record


def honoured(steps: Steps, rows: Sequence[Said]) -> Sequence[Said]:
    """The rows without those who were erased; the very same where nobody was.

    Raises:
        LoadProblem: somebody was, and the secret is not here by which they would be known.
    """
    if not rows or not (state := steps.run("erasure/state")[0])["many"]:
        return rows
    keys = _keys(steps, secret(), state["digest"], state["many"])
    return without(rows, keys)


def without(rows: Sequence[Said], keys: Keys) -> Sequence[Said]:
    """The rows without those of whom a key is held. All that a batch calls anybody is looked up at
    once: mostly nobody of it was erased, and no row needs to be looked at by itself."""
    gone = keys.among(called(_records(rows)))
    if not gone:
        return rows

    def erased(record: Record) -> bool:
        return not gone.isdisjoint(called((record,)))

    left = ((said, stripped(said.row, erased)) for said in rows)
    return [said if row is said.row else Said(row) for said, row in left if row]


def _records(rows: Sequence[Said]) -> Iterator[Record]:
    for said in rows:
        yield said.row.record
        yield from said.row.mentions.values()


_known: dict[tuple[bytes, str, int], Keys] = {}  # the last, and no other


def _keys(steps: Steps, by: bytes, digest: str | None, many: int) -> Keys:
    """Those that the graph holds. `digest`: None in a graph that an older Tieline wrote."""
    which = (by, digest or "", many)
    if digest and (found := _known.get(which)):
        return found
    keys = Keys(by, steps.run("erasure/keys")[0]["keys"])
    _known.clear()
    _known[which] = keys
    return keys
