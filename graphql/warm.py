"""Before the first question: every list's statement run once, so that its plan is made.

The server keeps a plan for each text and the types of its parameters, null being one. So what is
given here has the types of a first page that nothing narrows. (It also counts long lists and texts
as types of their own, ten, a hundred, a thousand, unless it is told not to: the one that Tieline
runs is. See docs/speed.md.)
"""

import re
from importlib.resources import files
from typing import Any

from tieline.database.reader import Reader
from tieline.database.statements import cypher

PARAMETER = re.compile(r"\$(\w+)")
SAID = re.compile(r"^// \$(\w+): (.*)$", re.MULTILINE)
NOBODY = [f"x-{n}" for n in range(20)]  # parents as of a first page: none of them is there
FIRST = [f"lists/{name}" for name in ("people", "organisations", "projects", "actor_ties")]
SAMPLE: dict[str, Any] = {
    "parents": NOBODY,
    "verb": "LEADS",
    "running_on": "2000-01-01",
}
OF_TYPES: dict[str, Any] = {
    "[string]": ["", ""],
    "string": "",
    "int": 1,
    "boolean": False,
    "map": {},
}


def names() -> list[str]:
    """The lists, by the names of their statements, in the order in which they are planned."""
    found = files("tieline.queries").joinpath("lists").iterdir()
    return sorted((f"lists/{f.name.removesuffix('.cypher')}" for f in found), key=turn)


def turn(name: str) -> tuple[int, str]:
    """What is asked first is planned first."""
    return (FIRST.index(name) if name in FIRST else len(FIRST), name)


def parameters(name: str) -> dict[str, Any]:
    """Harmless values for every parameter of a statement but the level, by the types it tells."""
    text = cypher(name)
    told, wanted = dict(SAID.findall(text)), set(PARAMETER.findall(text)) - {"level"}
    given = {key: sample(key, told.get(key, "")) for key in sorted(wanted)}
    if "the root alone" in told.get("parents", ""):
        given["parents"] = [""]
    if {"from_cols", "limit"} <= wanted:
        given["from_cols"] = []  # of somebody's ties it is seldom asked whose they are
    return given


def sample(name: str, told: str) -> Any:
    """A value of the type told; null where it may be, and where it is not told."""
    if name in SAMPLE:
        return SAMPLE[name]
    kind = told.partition(",")[0]
    if "null" in kind:
        return None
    return next((value for begin, value in OF_TYPES.items() if kind.startswith(begin)), None)


async def warm(reader: Reader) -> int:
    """Run each list for nobody; how many there were."""
    found = names()
    for name in found:
        await reader.pages(name, **parameters(name))
    return len(found)
