"""Gephi reads what is written: its toolkit from the Java registry, on the Java that runs Neo4j.

The toolkit (GPL-3.0 or CDDL-1.0) and the compiler (EPL-2.0) are fetched for the test alone.
"""

import io
import os
import zipfile
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from tests.exports.hard import HARD, ODD, THINGS, TIES, UNDIRECTED, Held, written
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


def said(drawing: Held) -> Lines:
    """Ends, whether it has a direction, weight and kind of each tie, as `read` tells them."""
    return sorted(
        [t.start, t.end, str(t.directed).lower(), str(t.weight), t.sole_kind] for t in drawing.tied
    )


@pytest.mark.slow
def test_gexf_is_read_whole(gephi: Gephi) -> None:
    """Parallel and mutual ties by their kinds, lists as lists; places, which Gephi centres."""
    path = gephi.folder / "map.gexf"
    path.write_bytes(written("gexf"))
    things, ties = gephi.read(path)
    assert [row[:2] for row in things] == NAMES
    assert sorted(row[1:6] for row in ties) == said(HARD)
    assert {row[0] for row in ties} == {each.uid for each in TIES}
    assert {row[5] for row in things} == {"String[]"}
    one, other = ([float(at) for row in things if row[0] == uid for at in row[2:4]]
                  for uid in ("p-3", "p-1"))  # fmt: skip
    assert [a - b for a, b in zip(one, other, strict=True)] == pytest.approx([1.5, 6.25], abs=1e-5)


@pytest.mark.slow
def test_graphml_is_read_whole_where_nothing_has_a_direction(gephi: Gephi) -> None:
    path = gephi.folder / "map.graphml"
    path.write_bytes(written("graphml", UNDIRECTED))
    things, ties = gephi.read(path)
    assert [row[:2] for row in things] == NAMES
    assert sorted(row[1:5] for row in ties) == [row[:4] for row in said(UNDIRECTED)]


@pytest.mark.slow
def test_of_mixed_graphml_it_makes_one_line_a_pair_as_the_page_says(gephi: Gephi) -> None:
    path = gephi.folder / "mixed.graphml"
    path.write_bytes(written("graphml"))
    weights = {(row[1], row[2]): float(row[4]) for row in gephi.read(path)[1]}
    assert len(weights) == len(UNDIRECTED.tied) and weights["o-1", "p-1"] == 1 + 1 + 1


@pytest.mark.slow
def test_its_tables_are_read_one_after_the_other(gephi: Gephi) -> None:
    with zipfile.ZipFile(io.BytesIO(written("gephi-csv"))) as packed:
        packed.extractall(gephi.folder)
    things, ties = gephi.read(gephi.folder / "nodes.csv", gephi.folder / "edges.csv")
    assert {row[0] for row in things} == {each.uid for each in THINGS}
    assert {row[1] for row in things} >= {"Ana Ash", "'+alone", ODD}
    assert sorted(row[1:6] for row in ties) == said(HARD)
