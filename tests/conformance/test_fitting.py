"""What is put into good documents is what the schema takes; a list's cursors are found again."""

from typing import Any

import pytest
from graphql import parse, print_ast, validate
from tests.conformance.fitting import GIVEN, Cursors, fitted, remember

from tieline.graphql.schema import schema

CORE = schema()._schema
KEY = ("Query", "people", "NAME_DESC")


@pytest.mark.parametrize("name", GIVEN)
def test_what_is_given_is_valid(name: str) -> None:
    query, mutation = CORE.query_type, CORE.mutation_type
    assert query and mutation
    changes = name in mutation.fields
    field: Any = (mutation if changes else query).fields[name]
    for given in GIVEN[name]:
        assert given.keys() <= field.args.keys()
        said = ", ".join(f"{n}: {text}" for n, text in given.items() if text is not None)
        asked = f"{name}({said}) {{ __typename }}" if said else f"{name} {{ __typename }}"
        assert validate(CORE, parse(f"{'mutation' if changes else 'query'} {{ {asked} }}")) == []


def test_cursors_that_were_told_are_asked_from() -> None:
    cursors: Cursors = {}
    asked = parse("{ people(orderBy: NAME_DESC) { edges { cursor } pageInfo { endCursor } } }")
    page = {"edges": [{"cursor": "one"}, {"cursor": "two"}], "pageInfo": {"endCursor": "two"}}
    remember(asked, CORE, {"people": page}, cursors)
    assert sorted(set(cursors[KEY])) == ["one", "two"]
    drawn = "{ people(first: 1, last: 2, after: null, orderBy: NAME_DESC) { a%d: totalCount } }"
    made = [print_ast(fitted(parse(drawn % at), CORE, cursors)) for at in range(60)]
    assert made == [print_ast(fitted(parse(drawn % at), CORE, cursors)) for at in range(60)]
    assert any("last: 2, after: null" in each for each in made), "some stay as they were drawn"
    for way in ('after: "', 'before: "'):
        assert any(way in each for each in made)
    assert not any("first:" in each and "before:" in each for each in made)
