"""Every statement: a question first, its parameters said, used, explained by the live server."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest

from tieline.database.address import Address
from tieline.database.driver import heed, options
from tieline.database.graph import Graph
from tieline.database.install import install
from tieline.database.statements import cypher, given, sent

ROOT = Path(__file__).parent.parent
QUERIES = ROOT / "queries"
NAMES = sorted(str(path.relative_to(QUERIES).with_suffix("")) for path in QUERIES.rglob("*.cypher"))
CODE = ("schema", "database", "queries", "loaders", "exports", "graphql", "src/tieline/cli")
ASKED = {"run", "read", "stream", "rows", "pages", "each"}
GIVEN = {"rows": {"level"}, "pages": {"level"}, "each": {"rows"}}
# No viewer asks these: what a loader, a check or a migration does concerns the whole graph.
UNSEEN = ("database/", "erasure/", "hash/", "load/", "schema/", "sources/")


def code(name: str) -> str:
    """The statement without its comments and strings."""
    bare = re.sub(r"//[^\n]*", "", cypher(name))
    return re.sub(r"'[^']*'|\"[^\"]*\"", "''", bare)


def used(name: str) -> set[str]:
    return set(re.findall(r"\$(\w+)", code(name)))


def declared(name: str) -> set[str]:
    """The parameters that the comments declare: `// $slug: string; $before, $after: integers`."""
    lines = re.findall(r"^// (\$\w+[^\n]*:[^\n]*)$", cypher(name), re.MULTILINE)
    return {found for line in lines for found in re.findall(r"\$(\w+)", line)}


def test_there_are_statements() -> None:
    assert len(NAMES) > 50


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_begins_with_its_question(name: str) -> None:
    first = cypher(name).splitlines()[0]
    assert re.match(r"// [A-Z].*\?", first), f"no question: {first}"


@pytest.mark.parametrize("name", NAMES)
def test_a_file_holds_one_statement_whose_parameters_are_declared(name: str) -> None:
    assert ";" not in code(name)
    assert declared(name) == used(name)


def trees() -> Iterator[ast.Module]:
    for folder in CODE:
        for path in (ROOT / folder).rglob("*.py"):
            yield ast.parse(path.read_text("utf-8"))


def spoken() -> set[str]:
    """Every piece of text in the code."""
    return {
        found.value
        for tree in trees()
        for found in ast.walk(tree)
        if isinstance(found, ast.Constant) and isinstance(found.value, str)
    }


def calls() -> Iterator[tuple[str, str, set[str], bool]]:
    """(statement, method, keywords, whether there are more) of each call that names a statement."""
    for tree in trees():
        for found in ast.walk(tree):
            if isinstance(found, ast.Call) and found.args and isinstance(found.func, ast.Attribute):
                name = getattr(found.args[0], "value", None)
                if name in NAMES and found.func.attr in ASKED:
                    words = {each.arg for each in found.keywords if each.arg}
                    more = any(each.arg is None for each in found.keywords)
                    yield name, found.func.attr, words, more


def pieces(verb: str) -> list[str]:
    """`projects_by_end_desc` is projects, _by_end and _desc: a list, its order, its direction."""
    bare = re.sub(r"_(count|desc)$", "", verb)
    order = re.search(r"_by_(name|seen|start|end)$", bare)
    return [bare[: order.start()], order[0]] if order else [bare]


def test_every_statement_is_used() -> None:
    """By its full name; or by its pieces, where the code composes `lists/<verb>_<order>_desc`."""
    said = spoken()
    tests_only = {"database/empty", "database/anything"}
    composed = {f"{folder}/" for folder in {name.partition("/")[0] for name in NAMES}} & said
    unused = [
        name
        for name in NAMES
        if name not in said | tests_only
        and not (
            name.partition("/")[0] + "/" in composed
            and all(each in said for each in pieces(name.partition("/")[2]))
        )
    ]
    assert not unused


def test_callers_give_what_statements_declare() -> None:
    wrong = []
    for name, method, words, more in calls():
        given = words | (GIVEN.get(method, set()) & used(name))
        if given != used(name) and not (more and given <= used(name)):
            wrong.append(f"{name} wants {sorted(used(name))}, {method} gives {sorted(given)}")
    assert not wrong


@pytest.mark.parametrize("name", [n for n in NAMES if not n.startswith(UNSEEN)])
def test_a_viewer_level_is_in_every_statement_that_a_viewer_asks(name: str) -> None:
    assert "level" in used(name)


@pytest.fixture(scope="module")
def explainer(connection: Graph, address: Address) -> Iterator[neo4j.Driver]:
    """A driver to a server that has the indexes which statements insist on."""
    install(connection)
    with neo4j.GraphDatabase.driver(address.uri, **options(address)) as driver:
        yield driver


@pytest.mark.parametrize("name", NAMES)
def test_the_server_explains_it_without_remark(
    name: str, explainer: neo4j.Driver, address: Address
) -> None:
    database = "system" if name == "database/password" else address.database
    nothing = dict.fromkeys(used(name))
    text, params = sent(name), given(name, nothing)
    result = explainer.execute_query(f"EXPLAIN {text}", params, database_=database)
    heed(name, result.summary)
