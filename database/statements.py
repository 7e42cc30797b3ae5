"""Cypher, one statement a file under queries/, read as text by name."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LISTS = "lists/"
PARAMETER = re.compile(r"\$(\w+)")


@cache
def cypher(name: str) -> str:
    """The text of a statement: cypher("pathways/ring")."""
    return files("tieline.queries").joinpath(f"{name}.cypher").read_text("utf-8")


@cache
def sent(name: str) -> str:
    """The text as a viewer's reader sends it: of a list, its parameters are fields of `$given`.

    The server plans a text anew for each type and order of size of its parameters (null, a word, a
    list of ten, of a hundred), and a list has a dozen that may be null. Of what is in a map it
    knows nothing beforehand: one plan serves whatever is asked.
    """
    text = cypher(name)
    return PARAMETER.sub(r"$given.\1", text) if name.startswith(LISTS) else text


def given(name: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that belong to `sent(name)`."""
    return {"given": params} if name.startswith(LISTS) else dict(params)
