"""What a tool is, what it is given, and what it said."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Service:
    """A served Tieline: `url` of its GraphQL. `token`: a steward's, who may write, if there is one.

    `ours`: on a database that is thrown away, so that anything may be tried on it.
    """

    url: str
    token: str = ""
    ours: bool = False

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"} if self.token else {}


@dataclass
class Outcome:
    """How many checks a tool made, which failed, and what else is to be said of them."""

    checks: int
    failed: list[str] = field(default_factory=list)
    note: str = ""

    @property
    def well(self) -> bool:
        return self.checks > 0 and not self.failed


@dataclass(frozen=True)
class Bench:
    """Where the tools stand: programs, the folder of npm's packages, and where output is kept."""

    node: Path
    npm: Path
    python: Path
    out: Path


@dataclass(frozen=True)
class Tool:
    """`name`: for --only. `package`: as its registry knows it; none: written here.

    `bar`: what it is held to. `ask` writes the tool's own output to bench.out / f"{name}.txt".
    """

    name: str
    registry: str
    package: str
    bar: str
    ask: Callable[[Service, Bench, Path], Outcome]

    @property
    def version(self) -> str:
        return versions(self.registry).get(self.package, "")


def versions(registry: str) -> dict[str, str]:
    """Package to pinned version."""
    if registry == "npm":
        held: dict[str, str] = json.loads((HERE / "package.json").read_text("utf-8"))[
            "dependencies"
        ]
        return held
    lines = (HERE / "tools.in").read_text("utf-8")
    return dict(re.findall(r"^([\w-]+)(?:\[[\w,]+\])?==([\w.]+)", lines, re.MULTILINE))
