"""Whoever saves an operation says what GraphiQL's test is to ask by it."""

import pytest
from tests.web.asked import CHANGE, FOLLOWED, OWN, READ, asked

from tieline.graphql.operations import saved


@pytest.mark.parametrize("name", saved())
def test_a_saved_operation_is_asked_with_what_it_needs(name: str) -> None:
    assert name in {*asked(), *OWN, *FOLLOWED}
    if saved()[name].blanks:
        assert name in {*READ, *CHANGE, *OWN, *FOLLOWED}, "say in tests/web/asked.py what to ask"
