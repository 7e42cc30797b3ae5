"""A large field is read some actors at a time: no statement is long, and it can be told how far."""

from collections.abc import AsyncIterator
from typing import Any

from tieline.database.reader import Reader
from tieline.queries.answers.work import step

ACTORS = 25_000  # of one statement: of a field of a million ties a fraction of a second


async def paged(reader: Reader, name: str, stage: str, **params: Any) -> AsyncIterator[Any]:
    """The rows of a statement that takes `after` and `actors` and tells the `last` of a full page.

    How many pages there will be is not known: of what is told, each leaves a fifth less to do.
    """
    after, left = "", 1.0
    while after is not None:
        step(stage, 1 - left)
        (row,) = await reader.rows(name, after=after, actors=ACTORS, **params)
        yield row
        after, left = row["last"], left * 0.8
