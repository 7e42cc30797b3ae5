"""Cypher, one statement a file under queries/, read as text by name."""

from functools import cache
from importlib.resources import files


@cache
def cypher(name: str) -> str:
    """The text of a statement: cypher("pathways/ring")."""
    return files("tieline.queries").joinpath(f"{name}.cypher").read_text("utf-8")
