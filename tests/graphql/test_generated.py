"""One statement a list, whatever is selected and however many parents there are.

Documents made from the schema are asked of a little field and of the same field grown: the
statements of lists are never more than the fields selected that need one.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    parse,
    print_ast,
    validate,
)
from neo4j import GraphDatabase
from tests.graphql.generated import Document, documents, little

from tieline.database.address import Address
from tieline.graphql.marks import Ask as Asked
from tieline.graphql.marks import Fetch, alone
from tieline.graphql.schema import schema

Told = dict[str, Any]
Ask = Callable[..., Told]
Uids = dict[str, str]

CORE: Any = schema()._schema
QUESTION = 16  # statements that a question may take, and finding what it names
SEARCHED = {"duplicates": 60}  # it looks for a pathway between those who lead the likeliest pairs
NAMED = 12  # that it may take to find what an argument names, and all that counts as it
GROW = """
MATCH (ana:Person {name: 'Ana Ash'}), (acorn:Organisation {name: 'Acorn Trust'}), (net:Network)
MATCH (leeds:Place {name: 'Leeds'}), (york:Place {name: 'Yorkshire'})
MATCH (on:Theme {label: 'belonging'}), (dig:Project {title: 'Digging Together'})
UNWIND range(1, 40) AS at
CREATE (p:Person:Actor {uid: 'p-g' + at, name: 'Grown ' + at, consent: 4})
CREATE (o:Organisation:Actor {uid: 'o-g' + at, name: 'Grown ' + at, consent: 4})
CREATE (j:Project {uid: 'j-g' + at, title: 'Grown ' + at, audience: 4})
CREATE (l:Place {uid: 'l-g' + at, name: 'Grown ' + at, audience: 4})
CREATE (t:Theme {uid: 't-g' + at, label: 'Grown ' + at, audience: 4})
CREATE (p)-[:TIE {audience: 4, strength: 0.4, label: 'thin', label_4: 'thin'}]->(ana)
CREATE (ana)-[:TIE {audience: 4, strength: 0.4, label: 'thin', label_4: 'thin'}]->(p)
WITH *, {audience: 4} AS seen
CREATE (p)-[a:WORKS_FOR]->(acorn), (p)-[b:BASED_IN]->(leeds), (p)-[c:WORKS_ON]->(on)
CREATE (p)-[d:PARTNERS_ON]->(dig), (o)-[e:MEMBER_OF]->(net), (o)-[f:LEADS]->(j)
CREATE (acorn)-[g:FUNDS]->(j), (j)-[h:SERVES]->(leeds), (j)-[i:WORKS_ON]->(on)
CREATE (l)-[k:WITHIN]->(york), (t)-[m:BROADER]->(on), (ana)-[n:WORKS_ON]->(t)
FOREACH (r IN [a, b, c, d, e, f, g, h, i, k, m, n] | SET r = seen)
"""


@dataclass
class Needed:
    """What a selection may take: statements of lists, and others."""

    lists: int = 0
    others: int = 0


def needed(document: Document) -> Needed:
    """Of every field that is selected, each fragment counted wherever it is spread."""
    node = parse(document.text)
    parts = {n.name.value: n for n in node.definitions if isinstance(n, FragmentDefinitionNode)}
    (operation,) = (n for n in node.definitions if isinstance(n, OperationDefinitionNode))
    total = Needed()
    for type_, field in walked(operation.selection_set, CORE.query_type, parts):
        (mark, *_) = [
            concrete.fields[field.name.value].extensions["mark"] for concrete in of(type_)
        ]
        total.others += NAMED * len(re.findall(r"place|theme|organisation|network", args(field)))
        if isinstance(mark, Fetch):
            total.lists += 1 + len(mark.also)
            total.others += NAMED * (mark.among is not alone)
        elif isinstance(mark, Asked):
            total.others += SEARCHED.get(field.name.value, QUESTION)
        if field.name.value == "totalCount":
            total.lists += 1
        if field.name.value in ("hasNextPage", "hasPreviousPage"):
            total.lists += 1  # asked of what stands on the other side of a cursor
    return total


def of(type_: Any) -> list[GraphQLObjectType]:
    """The type, or those that an interface may be: they alone have marks."""
    return [type_] if isinstance(type_, GraphQLObjectType) else list(CORE.get_possible_types(type_))


def args(field: FieldNode) -> str:
    """The arguments as text; a variable may hold anything."""
    text = " ".join(print_ast(each) for each in field.arguments or ())
    return text + " place theme organisation network" * text.count("$")


def walked(selected: SelectionSetNode, type_: Any, parts: Any) -> Iterator[tuple[Any, FieldNode]]:
    for node in selected.selections:
        if isinstance(node, FieldNode):
            if node.name.value != "__typename":
                yield type_, node
            if node.selection_set:
                inner = get_named_type(type_.fields[node.name.value].type)
                yield from walked(node.selection_set, inner, parts)
            continue
        part: Any = parts[node.name.value] if isinstance(node, FragmentSpreadNode) else node
        on = CORE.type_map[part.type_condition.name.value] if part.type_condition else type_
        yield from walked(part.selection_set, on, parts)


def holds(ask: Ask, document: Document, level: int) -> set[str]:
    """The names of the statements it took: no more than it needs."""
    took = ask(document.text, level, **document.variables)["statements"]
    lists = [name for name in took if name.startswith("lists/")]
    allowed = needed(document)
    assert len(lists) <= allowed.lists, (document, lists)
    assert len(took) - len(lists) <= allowed.others, (document, took)
    return set(took)


@pytest.fixture
def plans(address: Address) -> Iterator[Callable[[], int]]:
    """How many plans the server has made since it was asked last; it forgets them."""
    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        with driver.session(database=address.database) as session:

            def count() -> int:
                record = session.run("CALL db.clearQueryCaches()").single()
                found = re.search(r"(\d+) quer", str(record and record[0]))
                return int(found[1]) if found else 0

            yield count


def test_they_are_valid_and_the_same_again(field: Uids) -> None:
    values = little(field.values())
    made = list(documents(values, seed=1, many=40))
    assert made == list(documents(values, seed=1, many=40))
    assert made != list(documents(values, seed=2, many=40))
    assert all(validate(CORE, parse(each.text)) == [] for each in made)
    whole = " ".join(f"{each.text} {each.variables}" for each in made).replace("'", "")
    for part in ("...F", "... on ", "@skip", "@include", "a1: ", "$v", "last:", "before:", "not:"):
        assert part in whole, part
    assert len({name for name in CORE.query_type.fields if f" {name}" in whole}) > 20


def test_documents_from_the_schema(field: Uids, ask: Ask, change: Any) -> None:
    """On the grown field as on the little one."""
    made = list(documents(little(field.values()), seed=8, many=40))
    for document in made[:10]:
        holds(ask, document, 1)
    change(GROW)
    took = set().union(*(holds(ask, each, 1 + at % 4) for at, each in enumerate(made)))
    lists = {name for name in took if name.startswith("lists/")}
    assert len(lists) > 15


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(4))
def test_thousands_of_documents(field: Uids, ask: Ask, change: Any, seed: int) -> None:
    made = documents(little(field.values()), seed=100 + seed, many=500)
    change(GROW)
    for at, document in enumerate(made):
        holds(ask, document, 1 + at % 4)


LISTED = """query Q($filter: PersonFilter, $first: Int, $last: Int) {
  people(filter: $filter, first: $first, last: $last) {
    nodes { name ties(first: 3) { nodes { to { name places { name } } } } } } }"""


def test_one_plan_whatever_is_asked(field: Uids, ask: Ask, change: Any, plans: Any) -> None:
    """Null or not, one parent or forty: the server never plans a list's text a second time."""
    change(GROW)
    filters: list[Told] = [{}, {"text": "a"}, {"text": "grown", "not": {"text": "7"}}]
    filters += [{"ids": list(field.values())}, {"ids": []}, {"not": {"ids": [field["Ana Ash"]]}}]
    plans()
    took = ask(LISTED, 4, filter=None, first=1)["statements"]
    once = plans()
    for filter in filters:
        for first in (1, 9, 40):
            again = ask(LISTED, 4, filter=filter, first=first)
            assert again["errors"] == [] and {*again["statements"]} <= {*took}
    # What is asked often is compiled a second time. A plan for each would be a dozen for each text.
    assert plans() <= 2 * once
