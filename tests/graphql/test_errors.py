"""What of an error goes out: a sentence and a code that the documentation tells."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import GraphQLError

import tieline
from tieline.errors import Away, DatabaseProblem, TielineError, TookTooLong, Unknown
from tieline.graphql.errors import told

PAGES = ("graphql.md", "live.md")
OF_COMMANDS = {
    "TIELINE_ERROR",
    "BAD_INPUT",
    "LOAD_PROBLEM",
    "SERVER_PROBLEM",
    "PORT_TAKEN",
    "NOT_CLOSED",
}
WHERE = "bolt://db.example:7687"


def kinds(of: type[TielineError] = TielineError) -> Iterator[type[TielineError]]:
    yield of
    for each in of.__subclasses__():
        yield from kinds(each)


def test_every_code_is_told() -> None:
    """Of every module: not only of those that some test before this one has read."""
    for module in pkgutil.walk_packages(tieline.__path__, "tieline."):
        importlib.import_module(module.name)
    docs = Path(__file__).parents[2] / "docs"
    text = "".join((docs / page).read_text("utf-8") for page in PAGES)
    codes = {each.code for each in kinds() if each.__module__.startswith("tieline")}
    assert sorted(code for code in codes - OF_COMMANDS if f"`{code}`" not in text) == []


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (Away(f"No database answers at {WHERE}."), "is away just now"),
        (Unknown(f"The connection to {WHERE} was lost."), "may be in, or not"),
        (DatabaseProblem(f"The database at {WHERE} refuses this."), "whoever runs this service"),
    ],
)
def test_where_the_database_is_goes_to_nobody(cause: TielineError, said: str) -> None:
    message, extensions = told(GraphQLError("", original_error=cause))
    assert said in message and "db.example" not in message
    assert extensions == {"code": cause.code}


def test_what_took_too_long_says_what_to_do() -> None:
    message, _ = told(GraphQLError("", original_error=TookTooLong("Ask for less at once.")))
    assert message == "Ask for less at once."
