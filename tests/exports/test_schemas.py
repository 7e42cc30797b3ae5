"""JSON Graph Format by its schema's rules, which the jsonschema package checks."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.exports.hard import BARE, EMPTY, HARD, written
from tests.exports.tools import fetched

JSONSCHEMA = "jsonschema==4.25.1"  # MIT


def closed(required: list[str], **properties: Any) -> dict[str, Any]:
    """An object with no other keys than these."""
    return {
        "type": "object", "properties": properties, "required": required,
        "additionalProperties": False,
    }  # fmt: skip


TEXT, FLAG, OPEN = {"type": "string"}, {"type": "boolean"}, {"type": "object"}
NODE = closed([], label=TEXT, metadata=OPEN)
EDGE = closed(
    ["source", "target"], id=TEXT, source=TEXT, target=TEXT, relation=TEXT, directed=FLAG,
    label=TEXT, metadata=OPEN,
)  # fmt: skip
GRAPH = closed(
    [], id=TEXT, label=TEXT, directed=FLAG, type=TEXT, metadata=OPEN,
    nodes={"type": "object", "additionalProperties": NODE},
    edges={"type": "array", "items": EDGE},
)  # fmt: skip
RULES = closed(["graph"], graph=GRAPH)
CHECK = "import json, sys, jsonschema as j; j.validate(*(json.load(open(p)) for p in sys.argv[1:]))"


@pytest.fixture(scope="module")
def validator(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("jsonschema")
    pip = [sys.executable, "-m", "pip", "install", "-q", "--target", str(target), JSONSCHEMA]
    fetched(pip, target)
    (target / "rules.json").write_text(json.dumps(RULES))
    return target


def valid(folder: Path, content: bytes) -> bool:
    (folder / "map.json").write_bytes(content)
    line = [sys.executable, "-c", CHECK, "map.json", "rules.json"]
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=120)
    assert not done.returncode or "ValidationError" in done.stderr, done.stderr
    return not done.returncode


@pytest.mark.slow
def test_what_is_written_is_valid(validator: Path) -> None:
    assert all(valid(validator, written("jgf", each)) for each in (HARD, BARE, EMPTY))


@pytest.mark.slow
def test_a_key_of_ours_would_not_be(validator: Path) -> None:
    wrong = written("jgf").replace(b'"relation":', b'"kind":')
    assert not valid(validator, wrong)
