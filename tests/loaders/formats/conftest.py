"""What the tests of formats share: a path to rows, refusals and notes, without a database."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.tasks import Wish, tasks
from tieline.schema.records import Row


@dataclass
class Found:
    """What a path held. `said` maps each row's uid (without its source) to its fields."""

    rows: list[Row] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)

    @property
    def said(self) -> dict[str, dict[str, Any]]:
        return {row.record.uid.split(":", 1)[1]: json.loads(row.record.fields) for row in self.rows}

    @property
    def kinds(self) -> dict[str, str]:
        return {row.record.uid.split(":", 1)[1]: row.record.kind for row in self.rows}

    @property
    def sentences(self) -> set[tuple[str, str, str]]:
        """(what, verb, what): each end by its name, or by its lowest identifier."""
        return {each for row in self.rows for each in sentences(row)}

    @property
    def told(self) -> str:
        return "\n".join(self.notes.lines())

    @property
    def text(self) -> str:
        """Everything that would be stored."""
        return repr(self.rows)


def sentences(row: Row) -> set[tuple[str, str, str]]:
    named = {}
    for record in (row.record, *row.mentions.values()):
        fields = json.loads(record.fields)
        name = fields.get("name") or fields.get("title") or fields.get("label")
        named[record.uid] = name or min(record.ids, default=record.uid)
    return {(named[e.from_record], e.verb, named[e.to_record]) for e in row.edges}


Read = Callable[..., Found]


@pytest.fixture
def reading(tmp_path: Path) -> Read:
    """reading(path, format=None, mapping=None): the path read as the source `we`, which is
    described and has a basis for naming people."""
    folder = tmp_path / "described" / "we"
    folder.mkdir(parents=True)
    (folder / "source.toml").write_text('slug = "we"\nlawful_basis = "consent"\n')

    def read(
        path: Path, format: str | None = None, mapping: str | None = None, strict: bool = False
    ) -> Found:
        told = None
        if mapping is not None:
            told = folder / "mapping.toml"
            told.write_text(mapping)
        wish = Wish(path, slug="we", format=format, sources=folder.parent, mapping=told)
        found = Found(notes=Notes(strict=strict))
        for task in tasks(wish):
            for each in task.rows(found.notes):
                (found.refused if isinstance(each, Refusal) else found.rows).append(each)  # type: ignore[arg-type]
        return found

    return read
