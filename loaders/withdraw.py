"""Taking back all that a source said, as if it had never been loaded."""

from collections.abc import Callable
from functools import partial

from tieline.database.graph import Graph, Steps
from tieline.errors import NotFound
from tieline.loaders.batch import apply

SIZE = 1000


def withdraw(graph: Graph, slug: str, progress: Callable[[int], None] | None = None) -> int:
    """The number of rows taken back. Stopped and run again, it goes on.

    `progress` is called after each batch with the rows taken back so far. The journal's lines go
    first: a load of a file half taken back must not say that it is in already.

    Raises:
        NotFound: there is no such source.
    """
    if not graph.read("load/source", slug=slug):
        raise NotFound(f"No source is called {slug}. `tieline loads` lists those there are.")
    graph.write(lambda steps: steps.run("load/unload", slug=slug))
    gone = 0
    while uids := [r["uid"] for r in graph.read("load/source_rows", slug=slug, most=SIZE)]:
        gone += graph.write(partial(_batch, slug, uids))
        if progress:
            progress(gone)
    graph.write(lambda steps: steps.run("load/forget", slug=slug))
    return gone


def _batch(slug: str, uids: list[str], steps: Steps) -> int:
    steps.run("load/hold", slug=slug)
    return apply(steps, slug, [], uids).written
