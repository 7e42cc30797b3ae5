"""Gephi reads what is written: its toolkit from the Java registry, on the Java that runs Neo4j.

The toolkit (GPL-3.0 or CDDL-1.0) and the compiler (EPL-2.0) are fetched for the test alone.
"""

import io
import os
import zipfile
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from tests.exports.hard import HARD, THINGS, TIES, written
from tests.exports.tools import java, ran

from tieline.database.registry import Registry

TOOLKIT = ("org.gephi", "gephi-toolkit", "0.10.1", "all")
COMPILER = ("org.eclipse.jdt", "ecj", "3.42.0", "")
READER = Path(__file__).parent / "gephi.java"
Lines = list[list[str]]
NAMES = sorted([each.uid, each.name.replace("\x07", "")] for each in THINGS)  # XML has no bell


class Gephi:
    """`read` gives what it told: things and ties, each a list of texts."""

    def __init__(self, folder: Path, jars: list[Path]) -> None:
        toolkit, compiler = jars
        self.folder, self.path = folder, f"{toolkit}{os.pathsep}{folder}"
        ran([java(), "-jar", compiler, "-nowarn", "-source", "17", "-target", "17", "-cp", toolkit,
             "-d", folder, READER], folder)  # fmt: skip

    def read(self, *paths: Path) -> tuple[Lines, Lines]:
        line: list[str | Path] = [java(), "-Djava.awt.headless=true", "-cp", self.path, "gephi"]
        told = ran([*line, *paths], self.folder).splitlines()
        rows = [[unquote_plus(text) for text in each.split(" ")] for each in told]
        things, ties = ([row[1:] for row in rows if row[0] == kind] for kind in ("thing", "tie"))
        return sorted(things), sorted(ties)


@pytest.fixture(scope="module")
def gephi(tmp_path_factory: pytest.TempPathFactory) -> Gephi:
    folder = tmp_path_factory.mktemp("gephi")
    try:
        with Registry(folder) as registry:
            jars = [registry.get(*each) for each in (TOOLKIT, COMPILER)]
    except OSError as error:
        pytest.skip(f"the Java registry gives nothing here: {error}")
    return Gephi(folder, jars)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["gexf", "graphml"])
def test_it_reads_everybody_and_every_tie(name: str, gephi: Gephi) -> None:
    path = gephi.folder / f"map.{name}"
    path.write_bytes(written(name))
    things, ties = gephi.read(path)
    assert [row[:2] for row in things] == NAMES
    pairs = {(row[1], row[2], row[3], float(row[4])) for row in ties}
    assert pairs >= {(t.start, t.end, str(t.directed).lower(), t.weight) for t in TIES[:4]}


@pytest.mark.slow
def test_gexf_keeps_parallel_ties_apart_lists_lists_and_places(gephi: Gephi) -> None:
    path = gephi.folder / "map.gexf"
    path.write_bytes(written("gexf"))
    things, ties = gephi.read(path)
    kinds = sorted((row[1], row[2], row[5]) for row in ties)
    assert kinds == sorted((t.start, t.end, t.sole_kind) for t in TIES)
    assert {row[5] for row in things} == {"String[]"}
    assert [float(at) for row in things if row[0] == "p-3" for at in row[2:4]] == [3.0, 4.0]


@pytest.mark.slow
def test_tables_are_read_one_after_the_other(gephi: Gephi) -> None:
    with zipfile.ZipFile(io.BytesIO(written("gephi-csv"))) as packed:
        packed.extractall(gephi.folder)
    things, ties = gephi.read(gephi.folder / "nodes.csv", gephi.folder / "edges.csv")
    assert {row[0] for row in things} == {each.uid for each in HARD.some}
    weights = {(row[1], row[2], float(row[4])) for row in ties}
    assert weights >= {(t.start, t.end, t.weight) for t in TIES[:4]}
