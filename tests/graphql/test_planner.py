"""One statement a list, whatever the aliases, fragments and interfaces around it."""

from typing import Any

NESTED = """
{ people(first: 50) { nodes { name ties(first: 20) { nodes { to { name themes { label } } } } } } }
"""


def test_three_levels_are_three_statements(field: Any, ask: Any) -> None:
    told = ask(NESTED, 1)
    assert told["errors"] == []
    assert sorted(told["statements"]) == ["lists/actor_themes", "lists/actor_ties", "lists/people"]
    ana = told["data"]["people"]["nodes"][0]
    assert [tie["to"]["name"] for tie in ana["ties"]["nodes"]] == [
        "Ben Birch",
        "Cat Cedar",
        "Acorn Trust",
        "Dev Dogwood",
        "Stew Spruce",
    ]
