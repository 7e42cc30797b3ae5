"""Completion written as Python: one function for each (type, selected fields) of a document.

Only what goes well is written. Whatever is not exactly as expected (null where the schema forbids
it, an exception in a row, a value of another class, an unknown type) raises, and graphql-core
completes the very same rows, with its own errors, paths and nulls: completing reads, and writes
nothing that it would read (`in_common` keeps in a row what it made of it, by a key that is no
name), so it may be done twice. tests/graphql/test_oracle.py holds both equal.

A function is kept by the operation's own syntax tree (a document and an operation in it) and the
variables that its @skip and @include name. Nothing that a client writes gets into the text but
response keys, which are names by GraphQL's grammar, and as literals.
"""

from collections.abc import Callable
from functools import lru_cache
from itertools import count as counting
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLFloat,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLObjectType,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)

from tieline.graphql.base import OfValue
from tieline.graphql.columnar import Take, taking
from tieline.graphql.counted import count
from tieline.graphql.kept import Kept
from tieline.graphql.marks import Fetch, Leaf, Row
from tieline.graphql.steering import KEPT, steered
from tieline.graphql.table import Table

Complete = Callable[[Row], dict[str, Any]]
MOST = 200  # types with their fields in one: a document of more is seldom, and slow to write
TABLED = "r.get('nodes')"  # a connection's, of which some come by column
_keys = counting()  # under which rows in common keep how they were completed
AS_THEY_ARE = {"String": "str", "ID": "str", "Boolean": "bool"}


class Unexpected(Exception):
    """graphql-core does it."""


def refused(value: object = None) -> Any:
    raise Unexpected


@lru_cache(64)
def leaf(type_: GraphQLLeafType) -> Callable[[Any], Any]:
    """graphql-core's own way for one value: for what is not plainly as it goes out."""

    def complete(value: Any) -> Any:
        if value is None or isinstance(value, Exception):
            raise Unexpected
        out = type_.coerce_output_value(value)
        return refused() if out is None else out

    # There are few days, and each comes often; what cannot be remembered is graphql-core's.
    return lru_cache(4_096)(complete) if type_.name == "Date" else complete


class Compiler:
    """Writes the functions of one operation, by what graphql-core says is selected."""

    def __init__(self, executor: Any) -> None:
        self.executor = executor
        self.names: dict[str, Any] = {"Unexpected": Unexpected, "refused": refused, "Table": Table}
        self.known: dict[tuple[Any, ...], str] = {}
        self.lines: list[str] = []

    def build(self, type_: GraphQLObjectType, fields: Any) -> Complete:
        """
        Raises:
            Unexpected: it selects what has code of graphql-core's own, or too much.
        """
        main = self.object(type_, fields)
        exec(compile("\n".join(self.lines), "<completion>", "exec"), self.names)
        complete: Complete = self.names[main]
        return complete

    def given(self, stem: str, value: Any) -> str:
        """A name in the text for a value that is none of it."""
        name = f"{stem}{len(self.names)}"
        self.names[name] = value
        return name

    def object(self, type_: GraphQLObjectType, fields: Any) -> str:
        """The name of the function that completes this type with these fields."""
        key = (type_.name, *((k, *(id(d.node) for d in ds)) for k, ds in fields.items()))
        if key in self.known:
            return self.known[key]
        if len(self.known) == MOST:
            raise Unexpected
        name = self.known[key] = f"o{len(self.known)}"
        parts = [part for each in fields.items() if (part := self.part(type_, *each))]
        self.lines += [
            f"def {name}(r):",
            " if r.__class__ is not dict: raise Unexpected",
            f" return {{{', '.join(parts)}}}",
        ]
        return name

    def part(self, type_: GraphQLObjectType, key: str, details: Any) -> str:
        """One field of the answer; empty for one that is not of this type."""
        name = details[0].node.name.value
        if name == "__typename":
            return f"{key!r}: {type_.name!r}"
        field = self.executor.schema.get_field(type_, name)
        if field is None:
            return ""
        source = self.source(field, key)
        made = self.in_common(field, details, source)
        return f"{key!r}: {made or self.value(field.type, details, source)}"

    def in_common(self, field: Any, details: Any, source: str) -> str:
        """An expression for a list of what many have in common, each completed once and kept in its
        row, which lives as long as the request; empty where it is none."""
        mark, type_ = field.extensions.get("mark"), get_nullable_type(field.type)
        if not (isinstance(mark, Fetch) and mark.shared and is_list_type(type_)):
            return ""
        if not (is_non_null_type(field.type) and is_non_null_type(type_.of_type)):
            return ""
        made, once = self.value(type_.of_type, details, "r"), self.given("once", None)
        key = repr(f"={next(_keys)}")
        self.lines.append(f"def {once}(r): made = r[{key}] = {made}; return made")
        each = f"i[{key}] if {key} in i else {once}(i)"
        return f"([{each} for i in v] if (v := {source}).__class__ is list else refused())"

    def source(self, field: Any, key: str) -> str:
        """Where a row `r` has it, as bind.py tells graphql-core."""
        mark = field.extensions.get("mark")
        if mark is None:
            raise Unexpected  # introspection
        if not isinstance(mark, Leaf):
            return f"r[{'@' + key!r}]"
        if isinstance(mark.read, OfValue):
            return self.given("of", mark.read.of) + f"(r.get({mark.column!r}))"
        return (
            f"r.get({mark.column!r})"
            if mark.read is None
            else self.given("read", mark.read) + "(r)"
        )

    def value(self, type_: Any, details: Any, source: str, depth: int = 0) -> str:
        """An expression that completes what `source` gives."""
        nullable = not is_non_null_type(type_)
        type_ = type_ if nullable else type_.of_type
        v = f"v{depth}"
        if isinstance(type_, GraphQLEnumType):
            made = f"{self.given('names', names_of(type_))}[{v if nullable else source}]"
        elif is_leaf_type(type_):
            return self.scalar(type_, source, v, nullable)
        elif is_list_type(type_):
            inner = self.value(type_.of_type, details, f"i{depth}", depth + 1)
            every = f"[{inner} for i{depth} in {v}] if ({v} := {source}).__class__ is list"
            if source == TABLED:
                table = self.table(type_.of_type, details)
                every += f" else {table}({v}) if {v}.__class__ is Table"
            return f"({every} else {f'None if {v} is None else ' if nullable else ''}refused())"
        else:
            made = self.composite(type_, details, v if nullable else source)
        return f"(None if ({v} := {source}) is None else {made})" if nullable else made

    def table(self, type_: Any, details: Any) -> str:
        """The name of the function that completes a table of them: by columns where it can."""
        rows = f"[{self.value(type_, details, 'r')} for r in t.rows()]"
        taken = self.columns(get_nullable_type(type_), details)
        name = self.given("t", None)
        if not taken:
            self.lines.append(f"def {name}(t): return {rows}")
            return name
        parts, takes = taken
        each = ", ".join(f"a{at}" for at in range(len(takes)))
        columns = ", ".join(f"{self.given('take', take)}(t)" for take in takes)
        self.lines += [
            f"def {name}(t):",
            f" try: columns = zip({columns}, strict=True)",
            f" except Exception: return {rows}",
            f" return [{{{', '.join(parts)}}} for {each}, in columns]",
        ]
        return name

    def columns(self, type_: Any, details: Any) -> tuple[list[str], list[Take]] | None:
        """What is written of each, and how its columns are taken; None: not by columns."""
        if not isinstance(type_, GraphQLObjectType):
            return None
        parts: list[str] = []
        takes: dict[Any, Take] = {}
        for key, ds in self.selected(type_, details).items():
            name = ds[0].node.name.value
            if name == "__typename":
                parts.append(f"{key!r}: {type_.name!r}")
                continue
            field = self.executor.schema.get_field(type_, name)
            take = field and taking(field, leaf)
            if take is None:
                return None
            takes.setdefault(name, take)
            parts.append(f"{key!r}: a{list(takes).index(name)}")
        return (parts, list(takes.values())) if takes else None

    def scalar(self, type_: Any, source: str, v: str, nullable: bool) -> str:
        given, slow = f"({v} := {source})", self.given("leaf", leaf(type_))
        if type_.name in AS_THEY_ARE:
            plain = f"{given}.__class__ is {AS_THEY_ARE[type_.name]}"
        elif type_ is GraphQLInt:
            plain = f"{given}.__class__ is int and -2147483648 <= {v} <= 2147483647"
        elif type_ is GraphQLFloat:
            plain = f"{given}.__class__ is float and {v} - {v} == 0"  # not for inf, nor nan
        elif nullable:
            return f"(None if {given} is None else {slow}({v}))"
        else:
            return f"{slow}({source})"
        return f"({v} if {plain}{f' or {v} is None' if nullable else ''} else {slow}({v}))"

    def composite(self, type_: Any, details: Any, source: str) -> str:
        if not is_abstract_type(type_):
            return f"{self.object(type_, self.selected(type_, details))}({source})"
        schema = self.executor.schema
        possible = [(t.name, self.selected(t, details)) for t in schema.get_possible_types(type_)]
        table = [f"{name!r}: {self.object(schema.type_map[name], of)}" for name, of in possible]
        by = self.given("by", None)
        self.lines.append(f"{by} = {{{', '.join(table)}}}")
        return f"{by}[(t{by} := {source})['__typename']](t{by})"

    def selected(self, type_: GraphQLObjectType, details: Any) -> Any:
        return self.executor.collect_subfields(type_, details).grouped_field_set


def names_of(type_: GraphQLEnumType) -> dict[Any, str]:
    """By the values as rows have them, and by the members of a strawberry enum."""
    found: dict[Any, str] = {each.value: name for name, each in type_.values.items()}
    members = getattr(type_, "wrapped_cls", ())
    return found | {member: found[member.value] for member in members if member.value in found}


def built(executor: Any, root_type: GraphQLObjectType, fields: Any) -> Complete | None:
    """None: what is not compiled, and is not tried again."""
    try:
        made = Compiler(executor).build(root_type, fields)
    except Exception:  # what graphql-core refuses here it may never come to
        return None
    count("made")
    return made


_functions: Kept[Complete | None] = Kept(KEPT)


def completed(
    executor: Any, root_type: GraphQLObjectType, fields: Any, root: Row
) -> dict[str, Any] | None:
    """The answer, if all in it is as expected."""
    function = _functions.get(
        executor.operation, steered(executor), lambda: built(executor, root_type, fields)
    )
    if function is None:
        count("plain")
        return None
    try:
        found = function(root)
    except Exception:
        count("fell_back")
        return None
    count("compiled")
    return found
