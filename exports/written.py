"""A drawing in one of the formats, piece by piece: what is written is never held.

    async for piece in stream(FORMATS["kumu"](drawing.about), drawing): file.write(piece)

A format is a module with one class: what comes first, things, what comes between, ties, the end.
"""

import asyncio
from collections.abc import AsyncIterator
from importlib import import_module

from tieline.errors import NotFound
from tieline.exports.drawn import Drawing
from tieline.exports.form import Form

# name: what it is for, as people look for it
FORMATS = {
    "kumu": "Kumu, by a file or a live link",
    "gexf": "Gephi, with its sorts of ties",
    "graphml": "yEd, Gephi, igraph, networkx",
    "cytoscape": "Cytoscape and Cytoscape.js",
    "graphology": "graphology and sigma.js",
    "jgf": "JSON Graph Format 2.1",
    "gephi-csv": "Gephi's tables: two CSV files in a zip",
    "kumu-csv": "Kumu's tables: two CSV files in a zip",
    "xlsx": "a spreadsheet, which Kumu reads too",
}


def form(name: str) -> type[Form]:
    """The class of a format.

    Raises:
        NotFound: there is none of this name.
    """
    if name not in FORMATS:
        raise NotFound(f"There is no format {name!r}: {', '.join(FORMATS)}.")
    found: type[Form] = import_module(f"tieline.exports.{name.replace('-', '_')}").Written
    return found


async def stream(written: Form, drawing: Drawing) -> AsyncIterator[bytes]:
    """The whole file. What comes first comes at once, before anything is read."""
    yield written.head()
    async for things in drawing.things():
        yield written.things(things)
        await asyncio.sleep(0)
    yield written.middle()
    async for ties in drawing.ties():
        yield written.ties(ties)
        await asyncio.sleep(0)
    yield written.tail()
