"""Good documents made such as somebody would ask: what they name is there, and the page they want.

Drawn from the schema alone, a document names who was never there, pages both ways at once, from
cursors that never were: it is valid, and is refused. Of three of four the arguments below are put
in the place of what was drawn; lists are asked for one way, from cursors that were told before.
One of four stays as it was drawn, but where it would take those away whom the others name.
"""

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    NameNode,
    OperationDefinitionNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    parse_value,
    print_ast,
    visit,
)

Given = Sequence[Mapping[str, str | None]]  # arguments as GraphQL writes them; None: left out
AMARA, RAVI = '"Amara Thistlewood"', '"Ravi Copperwick"'
JUDITH, OMAR = '"Judith Larkhollow"', '"Omar Fernhallow"'
NELL, HAZEL = "p-cb34f06d0247a48452cbd33a", "p-37e695379b7fa5aa260eeb63"
HOUSE = '"o-575b8fcc8cd52454a4484770"'
RECORDS = {"left": '"lanterns:organisations:LO16"', "right": '"long-table:groups:TO4"'}
WORDS = {"theme": '"Meals"', "other": '"Breaking bread"'}
SUNG = {"id": f'"{NELL}"', "field": '"bio"', "value": '"Sings."'}
ACTOR, THEME = f"{{actor: {{id: {RAVI}}}}}", '{theme: {theme: "kindness", place: "Scotland"}}'
SCOPED: Given = [
    {"scope": None},
    {"scope": '{place: "Scotland"}'},
    {"scope": '{theme: "kindness"}'},
]
LISTS = ("people", "organisations", "networks", "projects", "places", "themes")
PLAIN: Given = [{"filter": None}, {}]
GIVEN: dict[str, Given] = {
    "node": [{"id": HOUSE}],
    "nodes": [{"ids": f'[{HOUSE}, "{NELL}"]'}],
    "person": [{"id": f'"{NELL}"'}],
    "organisation": [{"id": HOUSE}],
    "network": [{"id": '"o-7c395c4cbaf612d363c49e9f"'}],
    "project": [{"id": '"j-0cecfd9b1d6ede7d8b3d16f1"'}],
    "place": [{"id": '"l-45248fa7e4850e26dbd4c8d1"'}],
    "theme": [{"id": '"t-ee6799ff004b640083e5b028"'}],
    **{name: PLAIN for name in LISTS},
    "themeSuggestions": [{"thing": None, "theme": None, "least": "0.2"}],
    "search": [{"text": '"house"', "place": None, "theme": None, "kinds": None}],
    "pathways": [{"from": AMARA, "to": each, "hops": "4"} for each in (ACTOR, THEME)],
    "introducers": [{"from": AMARA, "to": each, "first": "3"} for each in (ACTOR, THEME)],
    "draftIntroduction": [{"route": f"[{AMARA}, {JUDITH}, {OMAR}, {RAVI}]"}],
    "tie": [{"from": AMARA, "to": JUDITH}],
    "broker": [{"actor": AMARA, **SCOPED[0]}],
    **{name: SCOPED for name in ("bridges", "gaps", "map")},
    "brokers": [{"placeKind": None, **each} for each in SCOPED],
    "fit": [{"actor": HOUSE}],
    "similarProjects": [{"draft": '{description: "supper and company for neighbours"}'}],
    "translate": [{"term": '"kindness"'}],
    "describeTie": [{"input": f'{{from: "{NELL}", to: "{HAZEL}", closeness: 3}}'}],
    "setConsent": [{"input": '{who: "Winnie Oakapple", audience: ANYONE}'}],
    "takingRequests": [{"input": '{who: "Winnie Oakapple", taking: true, capacity: 3}'}],
    "add": [{"input": '{kind: ORGANISATION, name: "A newcomer"}'}],
    "correct": [SUNG],
    "withdrawCorrection": [SUNG],
    "judge": [
        {"input": f"{{left: {RECORDS['left']}, right: {RECORDS['right']}, verdict: UNSURE}}"}
    ],
    "unjudge": [RECORDS],
    "recordAsk": [{"input": f"{{of: {JUDITH}, from: {AMARA}, to: {RAVI}}}"}],
    "sayTheme": [{"thing": HOUSE, "theme": WORDS["theme"]}],
    "unsayTheme": [{"thing": HOUSE, "theme": WORDS["theme"]}],
    "mapTheme": [
        {"input": f"{{theme: {WORDS['theme']}, other: {WORDS['other']}, predicate: CLOSE_MATCH}}"}
    ],
    "unmapTheme": [WORDS],
    "eraseMe": [
        {"input": f'{{who: "Tom Saltergate", confirm: {each}}}'}
        for each in ("null", '"Tom Saltergate"')
    ],
    "exportMe": [{"input": f"{{who: {AMARA}}}"}],
}
ALWAYS = {"eraseMe", "setConsent", "correct", "judge", "add"}
WAYS = (("first", "after"), ("last", "before"))
Cursors = dict[tuple[str, str, str], list[str]]


def fitted(document: DocumentNode, core: GraphQLSchema, cursors: Cursors) -> DocumentNode:
    info = TypeInfo(core)
    made: DocumentNode
    made = visit(document, TypeInfoVisitor(info, Fitting(info, cursors, print_ast(document))))
    return made


def listed(parent: str, name: str, arguments: Iterable[ArgumentNode]) -> tuple[str, str, str]:
    """By what a list's cursors are kept: one order's do not do for another."""
    order = next((print_ast(each.value) for each in arguments if each.name.value == "orderBy"), "")
    return parent, name, order


class Fitting(Visitor):
    """The same document is made the same each time."""

    def __init__(self, info: TypeInfo, cursors: Cursors, text: str) -> None:
        super().__init__()
        self.info, self.cursors, self.dice = info, cursors, Random(text)

    def enter_field(self, node: FieldNode, *_: object) -> FieldNode | None:
        parent, declared = self.info.get_parent_type(), self.info.get_field_def()
        if parent is None or declared is None:
            return None
        said = {each.name.value: each for each in node.arguments or ()}
        name = node.name.value
        if parent.name in ("Query", "Mutation") and name in GIVEN:
            if name in ALWAYS or self.dice.random() < 0.75:
                self.give(said, self.dice.choice(GIVEN[name]))
        if "after" in declared.args and self.dice.random() < 0.75:
            self.turn(said, listed(parent.name, name, said.values()))
        values = {key: getattr(node, key) for key in node.keys}
        return FieldNode(**(values | {"arguments": tuple(said.values())}))

    def give(self, said: dict[str, ArgumentNode], given: Mapping[str, str | None]) -> None:
        for name, text in given.items():
            said.pop(name, None)
            if text is not None:
                said[name] = argument(name, parse_value(text))

    def turn(self, said: dict[str, ArgumentNode], key: tuple[str, str, str]) -> None:
        """One way, a few at a time, and from a cursor if one is known."""
        for name in ("first", "after", "last", "before"):
            said.pop(name, None)
        many, beside = self.dice.choice(WAYS)
        said[many] = argument(many, IntValueNode(value=str(self.dice.randint(1, 5))))
        if self.cursors.get(key) and self.dice.random() < 0.6:
            cursor = self.dice.choice(self.cursors[key])
            said[beside] = argument(beside, StringValueNode(value=cursor))


def argument(name: str, value: Any) -> ArgumentNode:
    return ArgumentNode(name=NameNode(value=name), value=value)


def remember(document: DocumentNode, core: GraphQLSchema, data: Any, cursors: Cursors) -> None:
    """The cursors that an answer tells, each by its list."""
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            root = core.get_root_type(operation.operation)
            _walk(root, operation.selection_set, data, core, cursors)


def _walk(type_: Any, selected: Any, value: Any, core: GraphQLSchema, cursors: Cursors) -> None:
    for node in selected.selections if selected and isinstance(value, dict) else ():
        if isinstance(node, InlineFragmentNode):
            on = core.type_map[node.type_condition.name.value] if node.type_condition else type_
            _walk(on, node.selection_set, value, core, cursors)
        elif isinstance(node, FieldNode) and node.name.value in getattr(type_, "fields", {}):
            got = value.get(node.alias.value if node.alias else node.name.value)
            declared = type_.fields[node.name.value]
            for each in got if isinstance(got, list) else [got]:
                if "after" in declared.args and isinstance(each, dict):
                    key = listed(type_.name, node.name.value, node.arguments or ())
                    cursors.setdefault(key, []).extend(_told(each))
                _walk(get_named_type(declared.type), node.selection_set, each, core, cursors)


def _told(page: dict[str, Any]) -> list[str]:
    ends = page.get("pageInfo") or {}
    found = [ends.get("startCursor"), ends.get("endCursor")]
    found += [edge.get("cursor") for edge in page.get("edges") or ()]
    return [each for each in found if each]
