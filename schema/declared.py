"""What a database must have, as the classes and the migrations declare it.

wanted()       every index and uniqueness constraint, by what it is on
migrations()   in order
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from neomodel.sync_.schema import SchemaManager

from tieline.schema import entities, keeping
from tieline.schema.relationships import properties

NODES: tuple[Any, ...] = (
    entities.Actor, entities.Person, entities.Organisation, entities.Project, entities.Place,
    entities.Theme, entities.Identifier, entities.Record,
    keeping.Source, keeping.Load, keeping.Pulse, keeping.Judgement, keeping.Retraction,
    keeping.Candidate, keeping.Erasure, keeping.Ask, keeping.Touched, keeping.Migration,
    keeping.Field,
)  # fmt: skip
_MADE = re.compile(r"\b(CREATE|DROP)\s+(?:\w+\s+)?(?:INDEX|CONSTRAINT)\s+(\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An index on one property of a label or type, or a constraint (`unique`); or a `named` one."""

    on: str = ""
    key: str = ""
    unique: bool = False
    named: str = ""

    @property
    def name(self) -> str:
        """As neomodel calls it."""
        made = "constraint_unique" if self.unique else "index"
        return self.named or f"{made}_{self.on}_{self.key}"

    def __str__(self) -> str:
        if self.named:
            return f"index {self.named}"
        return f"{'unique' if self.unique else 'index on'} {self.on}.{self.key}"


@dataclass(frozen=True, slots=True)
class Migration:
    """A file of schema/migrations/. It must bear being made twice (IF NOT EXISTS)."""

    name: str
    text: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def statements(self) -> list[str]:
        lines = [line for line in self.text.splitlines() if not line.lstrip().startswith("//")]
        return [part.strip() for part in "\n".join(lines).split(";") if part.strip()]

    @property
    def indexes(self) -> dict[str, bool]:
        """Name -> whether it is there after this migration."""
        found = _MADE.findall("\n".join(self.statements))
        return {name: verb.upper() == "CREATE" for verb, name in found}


@cache
def migrations() -> tuple[Migration, ...]:
    folder = files("tieline.schema").joinpath("migrations")
    found = [f for f in folder.iterdir() if f.name.endswith(".cypher")]
    named = ((f.name.removesuffix(".cypher"), f.read_text("utf-8")) for f in found)
    return tuple(Migration(name, text) for name, text in sorted(named))


@cache
def wanted() -> frozenset[Wanted]:
    """All that the classes name, and the indexes that stand after the last migration."""
    after: dict[str, bool] = {}
    for migration in migrations():
        after |= migration.indexes
    named = {Wanted(named=name) for name, there in after.items() if there}
    return frozenset({each for cls in NODES for each in of_class(cls)} | named)


def of_class(cls: Any) -> Iterator[Wanted]:
    """Of a label and of the relationships that start from it."""
    yield from _indexed(cls.__label__, cls)
    for relationship in cls.defined_properties(aliases=False, properties=False).values():
        model = relationship.definition["model"]
        if model is not None:
            yield from _indexed(relationship.definition["relation_type"], model)


def _indexed(on: str, model: Any) -> Iterator[Wanted]:
    for name, held in properties(model).items():
        if held.index or held.unique_index:
            yield Wanted(on, name, unique=bool(held.unique_index))


@cache
def statements() -> dict[str, str]:
    """Name -> the statement that neomodel makes it with.

    neomodel runs each in a transaction of its own, and again for every class that inherits a
    relationship; so its words are taken down here, and run together by whoever installs them.
    """
    heard = _Listener()
    manager = SchemaManager(cast(Any, heard), cast(Any, heard))
    for cls in NODES:
        manager.install_labels(cls)
    return {text.split("`")[1]: text for text in heard.texts}


class _Listener:
    """Stands in for neomodel's connection and takes down what it would run."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def version_is_higher_than(self, _: str) -> bool:
        return True

    def cypher_query(self, text: str) -> None:
        self.texts.append(" ".join(text.split()).rstrip("; "))
