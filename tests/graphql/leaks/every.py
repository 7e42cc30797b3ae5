"""Every field and every argument of the schema, each in a document of its own: nothing by chance.

    for each in every(core, values):    each.text, each.asks: {"Actor.ties", "Actor.ties(first)"}

Each type is reached by the shortest way from the root. There its own values are asked for, each
field that leads on, and each argument with each of the `values` that it may take: every word of an
enumeration, each field of an input, in a document each.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_list_type,
    is_non_null_type,
    is_required_argument,
    is_required_input_field,
)

Values = Mapping[str, list[Any]]
PAGE = 3  # of a connection: fewer than there are, so that there is more
FOLLOWED = ("nodes", "edges", "node", "pageInfo")


@dataclass(frozen=True)
class Asked:
    """A document, and what of the schema it asks for."""

    text: str
    asks: frozenset[str]


@dataclass
class Every:
    """`root`: the type at which documents begin; `without`: fields left out, as `Type.field`."""

    core: GraphQLSchema
    values: Values
    root: GraphQLObjectType
    without: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.ways: dict[str, tuple[str, ...]] = {self.root.name: ()}
        waiting: list[Any] = [self.root]
        for type_ in waiting:  # it grows as it goes
            for name, declared in self.fields(type_):
                for found, way in self.beyond(type_, name, declared):
                    if found.name not in self.ways:
                        self.ways[found.name] = (*self.ways[type_.name], *way)
                        waiting.append(found)

    def fields(self, type_: Any) -> list[tuple[str, GraphQLField]]:
        found = type_.fields.items()
        return [each for each in found if f"{type_.name}.{each[0]}" not in self.without]

    def beyond(self, type_: Any, name: str, declared: GraphQLField) -> Iterator[tuple[Any, Any]]:
        """The types that a field may lead to, and the steps there."""
        named = get_named_type(declared.type)
        if not is_composite_type(named):
            return
        step = self.called(type_, name, declared)
        yield named, (step,)
        if is_abstract_type(named):
            for each in self.core.get_possible_types(named):
                yield each, (step, f"... on {each.name}")

    def documents(self) -> Iterator[Asked]:
        for name, way in self.ways.items():
            type_: Any = self.core.type_map[name]
            if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
                yield from self.of(type_, way)

    def of(self, type_: Any, way: tuple[str, ...]) -> Iterator[Asked]:
        leaves = [n for n, d in self.fields(type_) if not is_composite_type(get_named_type(d.type))]
        plain = [n for n in leaves if not required(type_.fields[n])]
        if plain and way:
            yield within(way, " ".join(plain), {f"{type_.name}.{n}" for n in plain})
        for name, declared in self.fields(type_):
            told = f"{type_.name}.{name}"
            inner = self.selection(get_named_type(declared.type), 2)
            if inner or name not in plain:
                yield within(way, f"{self.called(type_, name, declared)}{inner}", {told})
            for argument, each in declared.args.items():
                path = f"{told}.{argument}"
                for text in self.choices(each.type, argument, path):
                    call = self.called(type_, name, declared, {argument: text})
                    yield within(way, f"{call}{inner}", {told, f"{told}({argument})"})

    def selection(self, named: Any, depth: int) -> str:
        """Its own values, and of a page the things on it; empty of what is no object."""
        if not is_composite_type(named):
            return ""
        said = ["__typename"]
        for name, declared in self.fields(named) if hasattr(named, "fields") else ():
            inner = get_named_type(declared.type)
            if required(declared):
                continue
            if not is_composite_type(inner):
                said.append(name)
            elif name in FOLLOWED and depth:
                said.append(f"{name}{self.selection(inner, depth - 1)}")
        return f" {{ {' '.join(said)} }}"

    def called(
        self, type_: Any, name: str, declared: GraphQLField, more: Mapping[str, str] | None = None
    ) -> str:
        """The field with the arguments that it needs, and these."""
        said = {
            argument: self.literal(each.type, self.plain(each.type, argument, path))
            for argument, each in declared.args.items()
            for path in (f"{type_.name}.{name}.{argument}",)
            if is_required_argument(each)
        }
        said |= more or {}
        if "first" in declared.args and not {"first", "last"} & said.keys():
            said["first"] = str(PAGE)
        if "last" in said or "before" in said:
            said.pop("first", None)
            said.setdefault("last", str(PAGE))
        if not said:
            return name
        return f"{name}({', '.join(f'{each}: {text}' for each, text in said.items())})"

    def choices(self, type_: Any, name: str, path: str) -> Iterator[str]:
        """Each way to say an argument."""
        for value in self.options(type_, name, path):
            yield self.literal(type_, value)

    def options(self, type_: Any, name: str, path: str) -> list[Any]:
        if is_non_null_type(type_):
            return self.options(type_.of_type, name, path)
        if is_list_type(type_):
            return [[each] for each in self.options(type_.of_type, name, path)]
        if isinstance(type_, GraphQLEnumType):
            return list(type_.values)
        if isinstance(type_, GraphQLInputObjectType):
            return list(self.objects(type_))
        return list(self.values.get(path) or self.values.get(name) or self.values[type_.name])

    def objects(self, type_: GraphQLInputObjectType) -> Iterator[dict[str, Any]]:
        """One for each way to say each of its fields, beside those that it needs."""
        for name, each in type_.fields.items():
            base = {} if type_.is_one_of else self.needed(type_)
            inner = get_named_type(each.type)
            path = f"{type_.name}.{name}"
            if inner is type_:  # not: { ... }
                deeper = (
                    n for n in type_.fields if get_named_type(type_.fields[n].type) is not type_
                )
                for other in deeper:
                    field = type_.fields[other]
                    yield base | {name: {other: self.plain(field.type, other, f"{inner}.{other}")}}
                continue
            for value in self.options(each.type, name, path):
                yield base | {name: value}

    def needed(self, type_: GraphQLInputObjectType) -> dict[str, Any]:
        return {
            name: self.plain(each.type, name, f"{type_.name}.{name}")
            for name, each in type_.fields.items()
            if is_required_input_field(each)
        }

    def plain(self, type_: Any, name: str, path: str) -> Any:
        """The first way to say it."""
        if isinstance(inner := get_named_type(type_), GraphQLInputObjectType):
            made = self.needed(inner) or next(self.objects(inner))
            return [made] if is_list_type(getattr(type_, "of_type", type_)) else made
        return self.options(type_, name, path)[0]

    def literal(self, type_: Any, value: Any) -> str:
        """As GraphQL writes it."""
        if is_non_null_type(type_):
            return self.literal(type_.of_type, value)
        if isinstance(value, list):
            return "[" + ", ".join(self.literal(type_.of_type, each) for each in value) + "]"
        if isinstance(type_, GraphQLInputObjectType):
            inner = (f"{k}: {self.literal(type_.fields[k].type, v)}" for k, v in value.items())
            return "{" + ", ".join(inner) + "}"
        return str(value) if isinstance(type_, GraphQLEnumType) else orjson.dumps(value).decode()

    def all(self) -> set[str]:
        """All that can be asked from this root: fields, and their arguments."""
        found: set[str] = set()
        for name in self.ways:
            for field, declared in self.fields(self.core.type_map[name]):
                found.add(f"{name}.{field}")
                found |= {f"{name}.{field}({argument})" for argument in declared.args}
        return found


def required(declared: GraphQLField) -> bool:
    arguments: Mapping[str, GraphQLArgument] = declared.args
    return any(is_required_argument(each) for each in arguments.values())


def within(way: tuple[str, ...], asked: str, tells: set[str]) -> Asked:
    """What is asked at the end of a way."""
    return Asked("{ " + " { ".join((*way, asked)) + " }" * (len(way) + 1), frozenset(tells))
