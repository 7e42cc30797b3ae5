"""Before the first question: every list's statement run once, so that its plan is made."""

import re
from importlib.resources import files
from typing import Any

from tieline.database.reader import Reader
from tieline.database.statements import cypher

PARAMETER = re.compile(r"\$(\w+)")
SAMPLE: dict[str, Any] = {
    "parents": [],
    "k": "",
    "u": "",
    "limit": 1,
    "verb": "LEADS",
    "running_on": "2000-01-01",
}


def names() -> list[str]:
    """The lists, by the names of their statements."""
    found = files("tieline.queries").joinpath("lists").iterdir()
    return sorted(f"lists/{f.name.removesuffix('.cypher')}" for f in found)


def parameters(name: str) -> dict[str, Any]:
    """Harmless values for every parameter of a statement but the level."""
    wanted = set(PARAMETER.findall(cypher(name))) - {"level"}
    return {key: [] if key.endswith("cols") else SAMPLE.get(key) for key in sorted(wanted)}


async def warm(reader: Reader) -> int:
    """Run each list for no parents; how many there were."""
    found = names()
    for name in found:
        await reader.pages(name, **parameters(name))
    return len(found)
