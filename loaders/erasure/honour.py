"""Whoever was erased does not come back: each batch and each word said goes through here.

It is asked in the batch's own transaction, after its source is held; whoever erases holds every
source first. So no batch that began before an erasure brings back whom it took away.
"""

from collections.abc import Sequence

from tieline.database.graph import Steps
from tieline.loaders.change import Said
from tieline.loaders.erasure.keys import Keys
from tieline.loaders.erasure.secret import secret
from tieline.loaders.erasure.strip import stripped


def honoured(steps: Steps, rows: Sequence[Said]) -> Sequence[Said]:
    """The rows without those who were erased; the very same where nobody was.

    Raises:
        LoadProblem: somebody was, and the secret is not here by which they would be known.
    """
    held = steps.run("erasure/keys")[0]["keys"] if rows else []
    if not held:
        return rows
    keys = Keys(secret(), held)
    left = ((said, stripped(said.row, keys.erased)) for said in rows)
    return [said if row is said.row else Said(row) for said, row in left if row]
