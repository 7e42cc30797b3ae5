"""The block of `#` lines on top of an SSSOM file: who says it, when, what prefixes stand for.

It is YAML; SSSOM uses little of it, and that is what is read: `key: value`, a list of values, and
one level of `key: value` under `curie_map`. What else a block holds is told by name and left.
"""

import itertools
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tieline.loaders.encoding import encoding
from tieline.loaders.refusal import Where
from tieline.loaders.report import Notes

LINES = 2000  # of a block: more is no block
# What the standard declares itself, so that no file need do it.
KNOWN = {
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
}
READ = (
    "curie_map", "mapping_date", "publication_date", "creator_label", "creator_id", "author_label",
    "author_id", "mapping_provider", "subject_source", "object_source",
)  # fmt: skip
LEFT = (
    "mapping_set_id", "mapping_set_title", "mapping_set_description", "mapping_set_version",
    "license", "comment", "sssom_version", "see_also", "issue_tracker", "other", "mapping_tool",
    "mapping_tool_version", "subject_source_version", "object_source_version",
)  # fmt: skip
_PAIR = re.compile(r"(\"[^\"]*\"|'[^']*'|[^\s:#][^:]*?)\s*:(?:\s+(.*))?$")


@dataclass(frozen=True, slots=True)
class Header:
    """What the block says of every row below it; a row's own word comes first."""

    said: dict[str, Any] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)

    def one(self, *names: str) -> str | None:
        """The first of these that is there; of several values all, in one line."""
        for name in names:
            if value := self.said.get(name):
                return ", ".join(value) if isinstance(value, list) else str(value)
        return None


def read(path: Path, notes: Notes) -> Header:
    """The block of a file; an empty one where it has none."""
    found = encoding(path)
    with path.open(encoding=found.name, errors=found.errors) as stream:
        top = itertools.islice(stream, LINES)
        lines = [line.rstrip("\n") for line in itertools.takewhile(lambda x: x[:1] == "#", top)]
    said = _parsed([line[1:] for line in lines], path, notes)
    for name in said.keys() - {*READ, *LEFT}:
        notes.unasked(f"# {name}")
    prefixes = said.pop("curie_map", None)
    return Header(said, KNOWN | (prefixes if isinstance(prefixes, dict) else {}))


def _parsed(lines: list[str], path: Path, notes: Notes) -> dict[str, Any]:
    said: dict[str, Any] = {}
    least = min((_indent(line) for line in lines if line.strip()), default=0)
    name = ""
    for number, line in enumerate(lines, 1):
        text = line.strip()
        pair = _PAIR.match(text)
        if not text or text.startswith("#") or text == "---":
            continue
        if text.startswith("- ") and name:
            said[name] = [*(said[name] if isinstance(said[name], list) else []), _bare(text[2:])]
        elif pair and _indent(line) > least and name:
            inner = said[name] if isinstance(said[name], dict) else {}
            said[name] = inner | {_bare(pair[1]): _bare(pair[2] or "")}
        elif pair and _indent(line) == least:
            name = _bare(pair[1])
            said[name] = _bare(pair[2] or "")
        else:
            notes.warn("# " + (name or "block"), "a line that cannot be read", _at(path, number))
    return said


def _at(path: Path, number: int) -> Where:
    return Where(path.name, line=number)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _bare(text: str) -> str:
    """Without quotes, or what follows a mark of comment."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text.split(" #")[0].strip()
