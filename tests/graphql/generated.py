"""Random documents, valid by the schema: the schema is walked, and what may be asked is asked.

    from tests.graphql.generated import documents, little

    for each in documents(little(uids), seed=1, many=100):
        schema().execute(each.text, each.variables, ...)

One seed gives the same documents each time. They have aliases, arguments as literals and as
variables, named and inline fragments, @skip and @include, __typename; each is within the limits.
`little` is what may be named of a small field: arguments are filled from it by their names, so
most questions are about something that is there.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

import orjson
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_list_type,
    is_non_null_type,
    is_required_argument,
    parse,
    validate,
)

from tieline.graphql import limits
from tieline.graphql.cursors import cursor
from tieline.graphql.marks import Fetch
from tieline.graphql.schema import schema

Values = Mapping[str, list[Any]]
KINDS = {"p": "person", "o": "organisation", "j": "project", "l": "place", "t": "theme"}
PLAIN: dict[str, list[Any]] = {
    "text": ["a", "ash", "soup", "together", "none such"],
    "term": ["belonging", "lonely"],
    "scheme": ["x"],
    "placeKind": ["region"],
    "first": [1, 2, 3, 9],
    "last": [1, 2, 3, 9],
    "after": [cursor("1", "p-9"), cursor("2", "")],  # of what a question works out
    "before": [cursor("2", "p-9"), cursor("9", "")],
    "hops": [1, 2, 3, 4],
    "routes": [1, 3],
    "least": [0.0, 0.5],
    "Date": ["2025-06-01", "2026-11-01"],
    "Boolean": [True, False],
    "Int": [1, 2, 3],
    "Float": [0.25, 0.5],
    "String": ["Leeds", "ash", "other"],
}


@dataclass(frozen=True)
class Document:
    """A document and its variables."""

    text: str
    variables: dict[str, Any]


def little(uids: Iterable[str], **more: list[Any]) -> Values:
    """What may be named: uids by their kinds, and words; `more` by an argument's name, by
    `Type.field.argument` or by a scalar's name."""
    found: dict[str, list[Any]] = {}
    for uid in sorted(uids):
        found.setdefault(KINDS.get(uid[0], "thing"), []).append(uid)
    actors = found.get("person", []) + found.get("organisation", [])
    every = [uid for some in list(found.values()) for uid in some]
    named = {name: actors for name in ("actor", "from", "to", "of", "who", "Query.tie.to")}
    named |= {"network": found.get("organisation", []), "places": found.get("place", [])}
    named |= {"leadOrganisation": found.get("organisation", []), "route": actors}
    named |= {f"Query.{kind}.id": some for kind, some in found.items()}
    named |= {"themes": found.get("theme", []), "ActorTarget.id": actors, "ID": every}
    return PLAIN | cursors(schema()._schema) | found | named | more


def cursors(core: GraphQLSchema) -> dict[str, list[Any]]:
    """For each list that a statement reads, cursors of its own."""
    found: dict[str, list[Any]] = {}
    for type_ in core.type_map.values():
        for name, each in getattr(type_, "fields", {}).items():
            mark = each.extensions.get("mark")
            if isinstance(mark, Fetch) and "before" in each.args:
                keys = ("1 B", "3 D") if "ties" in name else ("B", "D")
                made = [cursor(key, "p-9", mark.statement) for key in keys]
                found |= {f"{type_}.{name}.{way}": made for way in ("after", "before")}
    return found


def documents(
    values: Values,
    seed: int,
    many: int,
    *,
    of: GraphQLSchema | None = None,
    operation: str = "query",
    depth: int = 8,
    size: int = 40,
    without: frozenset[str] = frozenset(),
) -> Iterator[Document]:
    """So many documents. `without`: fields that are not asked for, as `Type.field`."""
    core = of or schema()._schema
    dice = Random(seed)
    while many:
        walk = Walk(core, values, dice, operation, depth, size, without)
        made = Document(walk.document(), walk.given)
        node = parse(made.text)
        refused, _ = limits.check(core, node, made.variables)
        if not refused and not validate(core, node) and len(made.text) < 6_000:
            many -= 1
            yield made


def weight(name: str, declared: GraphQLField) -> float:
    """How much a field is wanted: what is on a page before what is about it."""
    return {"nodes": 8.0, "edges": 5.0}.get(name, 2.0 if declared.args else 1.0)


@dataclass
class Walk:
    """One document in the making."""

    core: GraphQLSchema
    values: Values
    dice: Random
    operation: str
    depth: int
    left: int  # fields still to be had
    without: frozenset[str]
    given: dict[str, Any] = field(default_factory=dict)
    declared: list[str] = field(default_factory=list)
    fragments: list[tuple[str, Any, int, str]] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)  # what is asked under each response key
    aliases: int = 0

    def document(self) -> str:
        root = {
            "query": self.core.query_type,
            "mutation": self.core.mutation_type,
            "subscription": self.core.subscription_type,
        }[self.operation]
        asked = self.selection(root, self.depth, root=True)
        head = f"({', '.join(self.declared)})" if self.declared else ""
        told = "".join(f"fragment {n} on {t} {text}\n" for n, t, _, text in self.fragments)
        return f"{self.operation} Q{head} {asked}\n{told}"

    def selection(self, type_: Any, depth: int, root: bool = False) -> str:
        """Braces, and at least one field in them."""
        fields = [
            (name, each)
            for name, each in getattr(type_, "fields", {}).items()
            if (depth > 1 or not is_composite_type(get_named_type(each.type)))
            and f"{type_.name}.{name}" not in self.without
        ]
        many = (
            1 if root and self.operation == "subscription" else self.dice.randint(1, 3 + (not root))
        )
        chosen = sorted(fields, key=lambda one: self.dice.random() ** (1 / weight(*one)))[-many:]
        if self.dice.random() < 0.05:
            chosen.append(chosen[0])  # asked for twice, it is merged
        asked = [self.field(type_, *one, depth) for one in chosen]
        if not root:
            asked += self.parts(type_, depth)
        return "{ " + (" ".join(filter(None, asked)) or "__typename") + " }"

    def parts(self, type_: Any, depth: int) -> list[str]:
        """Fragments, named and inline, and __typename, now and then."""
        found = []
        if self.dice.random() < (0.6 if is_abstract_type(type_) else 0.12):
            concrete = self.concrete(type_)
            found.append(f"... on {concrete}{self.perhaps()} {self.selection(concrete, depth)}")
        if self.dice.random() < 0.1 and depth < self.depth:
            found.append(f"...{self.fragment(type_, depth)}{self.perhaps()}")
        if self.dice.random() < 0.1:
            found.append("__typename")
        return found

    def concrete(self, type_: Any) -> Any:
        """A type that this one may be."""
        if isinstance(type_, GraphQLObjectType):
            return type_
        possible = [*self.core.get_possible_types(type_), type_]
        return self.dice.choice(possible)

    def fragment(self, type_: Any, depth: int) -> str:
        """The name of one that fits here; a new one if none does."""
        fits = [n for n, on, deep, _ in self.fragments if on is type_ and deep <= depth]
        if fits:
            return self.dice.choice(fits)
        text = self.selection(type_, depth)
        name = f"F{len(self.fragments)}"
        self.fragments.append((name, type_, depth, text))
        return name

    def field(self, type_: Any, name: str, declared: GraphQLField, depth: int) -> str:
        self.left -= 1
        named = get_named_type(declared.type)
        if self.left < 0 and is_composite_type(named):
            return ""
        before = (len(self.declared), dict(self.given))
        text = name + self.arguments(type_, name, declared)
        key = self.key(name, text)
        if key is None:
            del self.declared[before[0] :]
            self.given = before[1]
            return ""
        asked = f"{key}{text}{self.perhaps()}"
        return f"{asked} {self.selection(named, depth - 1)}" if is_composite_type(named) else asked

    def key(self, name: str, text: str) -> str | None:
        """An alias, if one is needed or wanted; None: there are too many already."""
        if self.keys.setdefault(name, text) == text and self.dice.random() > 0.05:
            return ""
        if self.aliases >= limits.ALIASES // 2:  # a fragment's count at each of its spreads
            return None
        self.aliases += 1
        return f"a{self.aliases}: "

    def perhaps(self) -> str:
        """A directive, now and then."""
        if self.dice.random() > 0.06:
            return ""
        name = f"b{self.dice.randint(1, 3)}"
        if name not in self.given:
            self.given[name] = self.dice.random() < 0.5
            self.declared.append(f"${name}: Boolean!")
        return f" @{self.dice.choice(['skip', 'include'])}(if: ${name})"

    def arguments(self, type_: Any, name: str, declared: GraphQLField) -> str:
        """What is asked for: forwards or backwards, never both."""
        away = {"last", "before"} if self.dice.random() < 0.6 else {"first", "after"}
        if "last" not in declared.args:
            away = set()
        said = []
        for each, argument in declared.args.items():
            needed = is_required_argument(argument)
            if each not in away and (needed or self.dice.random() < self.odds(each)):
                path = f"{type_.name}.{name}.{each}"
                said.append(f"{each}: {self.value(argument.type, each, path)}")
        return f"({', '.join(said)})" if said else ""

    def odds(self, name: str) -> float:
        return {"first": 0.7, "last": 0.7, "after": 0.2, "before": 0.2}.get(name, 0.4)

    def value(self, type_: Any, name: str, path: str) -> str:
        """A literal, or a variable: given, null, or left out where it has a default."""
        value = self.plain(type_, name, path)
        if self.dice.random() < 0.7:
            return self.literal(type_, value)
        at, optional = f"v{len(self.declared)}", not is_non_null_type(type_)
        if optional and self.dice.random() < 0.2:  # left out: its default holds
            self.declared.append(f"${at}: {type_} = {self.literal(type_, value)}")
        else:
            self.given[at] = None if optional and self.dice.random() < 0.2 else value
            self.declared.append(f"${at}: {type_}")
        return f"${at}"

    def plain(self, type_: Any, name: str, path: str) -> Any:
        """A value as JSON has it."""
        if is_non_null_type(type_):
            return self.plain(type_.of_type, name, path)
        if is_list_type(type_):
            many = self.dice.randint(1, 2) + 2 * (name == "route")
            return [self.plain(type_.of_type, name, path) for _ in range(many)]
        if isinstance(type_, GraphQLEnumType):
            return self.dice.choice(list(type_.values))
        if isinstance(type_, GraphQLInputObjectType):
            return self.object(type_)
        some = self.values.get(path) or self.values.get(name) or self.values[type_.name]
        return self.dice.choice(some)

    def object(self, type_: GraphQLInputObjectType) -> dict[str, Any]:
        """An input's fields: those that it needs, and some others."""
        names = list(type_.fields)
        if type_.is_one_of:
            names = [self.dice.choice(names)]
        found = {}
        for name in names:
            each = type_.fields[name].type
            deep = isinstance(get_named_type(each), GraphQLInputObjectType)
            if type_.is_one_of or is_non_null_type(each) or self.dice.random() < 0.3 - 0.1 * deep:
                found[name] = self.plain(each, name, f"{type_.name}.{name}")
        return found

    def literal(self, type_: Any, value: Any) -> str:
        """The same as GraphQL writes it."""
        if is_non_null_type(type_):
            return self.literal(type_.of_type, value)
        if isinstance(value, list):
            return "[" + ", ".join(self.literal(type_.of_type, each) for each in value) + "]"
        if isinstance(type_, GraphQLInputObjectType):
            inner = (f"{k}: {self.literal(type_.fields[k].type, v)}" for k, v in value.items())
            return "{" + ", ".join(inner) + "}"
        if isinstance(type_, GraphQLEnumType):
            return str(value)
        return orjson.dumps(value).decode()
