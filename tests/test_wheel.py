"""`make dist`: what is in the wheel, and that it runs where there is nothing else of Tieline."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.browser import browsing
from tests.web.mapping import opened

ROOT = Path(__file__).parent.parent
PARTNER = ROOT / "examples" / "through-thick-and-thin" / "places"
KEPT = {".py", ".cypher", ".graphql", ".toml", ".csv", ".tsv", ".html"}

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def dist(checkout: Path) -> Path:
    """The folder that `make dist` fills, with the tools of this very environment."""
    tools = f"RUN={Path(sys.executable).parent}"
    command = ["make", "dist", tools, "--assume-old=install"]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return checkout / "dist"


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    (made,) = dist.glob("*.whl")
    return made


class Elsewhere:
    """An environment with nothing in it but the wheel and what that needs, outside any checkout."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        venv.create(folder / "venv", with_pip=True)
        self._programs = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
        bare = {n: v for n, v in os.environ.items() if not n.startswith(("PYTHON", "TIELINE_"))}
        self._environment = bare | {"TIELINE_HOME": str(folder / "a home")}

    def begin(self, program: str, *words: str | Path) -> subprocess.Popen[str]:
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        command = [self._programs / program, *words]
        return subprocess.Popen(command, cwd=self.folder, env=self._environment, text=True, **pipes)

    def run(self, program: str, *words: str | Path) -> str:
        """What it printed."""
        with self.begin(program, *words) as process:
            out, err = process.communicate()
        assert process.returncode == 0, f"{words}: {out[-2000:]}{err[-2000:]}"
        return out


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    made = Elsewhere(tmp_path_factory.mktemp("elsewhere"))
    made.run("pip", "install", "-q", "--require-hashes", "-r", ROOT / "constraints-run.txt")
    made.run("pip", "install", "-q", "--no-deps", "--no-index", wheel)
    shutil.copytree(PARTNER, made.folder / "their folder")
    yield made
    made.run("tieline", "database", "stop")


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path, checkout: Path) -> None:
    source = checkout / "src" / "tieline"
    ours = {str(path.relative_to(source.parent)) for path in _files(source) if path.suffix in KEPT}
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        assert ours - names == set(), "left out"
        for name in names:
            assert archive.read(name) == (source.parent / name).read_bytes(), name
    assert {"tieline/py.typed", "tieline/examples/through-thick-and-thin/README.md"} <= names


def _files(folder: Path) -> Iterator[Path]:
    """Those under it and under the links in it."""
    for path in folder.iterdir():
        if path.is_dir() and path.name != "__pycache__":
            yield from _files(path)
        elif path.is_file():
            yield path


def test_neither_archive_names_this_machine(dist: Path, wheel: Path, checkout: Path) -> None:
    (source,) = dist.glob("*.tar.gz")
    here = [str(each).encode() for each in (checkout.parent, ROOT, sysconfig.get_path("purelib"))]
    with zipfile.ZipFile(wheel) as archive:
        told = {name: archive.read(name) for name in archive.namelist()}
    with tarfile.open(source) as archive:
        for member in archive.getmembers():
            assert member.isfile() or member.isdir(), f"{member.name}: a link leads out of it"
            file = archive.extractfile(member)
            told[member.name] = file.read() if file else b""
            assert not member.name.partition("/")[2].startswith(("tests", ".git", "secrets"))
    assert [name for name, text in told.items() if any(place in text for place in here)] == []
    assert f"{source.name.removesuffix('.tar.gz')}/constraints-run.txt" in told


def test_what_the_wheel_says_of_itself(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
        told = HeaderParser().parsestr(archive.read(name).decode())
    assert (told["License-Expression"], told["Requires-Python"]) == ("Apache-2.0", ">=3.11")
    assert told["Summary"] and told["Description-Content-Type"] == "text/markdown"
    assert {"Typing :: Typed", "Environment :: Console"} <= set(told.get_all("Classifier", []))
    assert "dev" in told.get_all("Provides-Extra", [])


def test_it_runs_where_there_is_no_checkout(
    elsewhere: Elsewhere, patient: Callable[[str, str], Any]
) -> None:
    """Demo, load, serve and doctor, one after another on one database."""
    assert "No broken requirements" in elsewhere.run("pip", "check")
    where = elsewhere.run("python", "-c", "import tieline; print(tieline.__file__)")
    assert elsewhere.folder in Path(where.strip()).parents
    demo = json.loads(elsewhere.run("tieline", "demo", "--no-serve", "--json"))
    assert len(demo["loads"]) > 5 and all(demo["answers"].values())
    elsewhere.run("tieline", "demo", "--remove")
    loads = json.loads(elsewhere.run("tieline", "load", "their folder", "--json"))
    assert sum(load["written"] for load in loads) > 0
    assert _places(elsewhere, patient) == 28
    assert json.loads(elsewhere.run("tieline", "doctor", "--json"))["well"]


@contextmanager
def _serving(elsewhere: Elsewhere) -> Iterator[str]:
    """Where `tieline serve` answers."""
    with elsewhere.begin("tieline", "serve", "--port", "0") as serving:
        assert serving.stderr
        try:
            yield next(w for line in serving.stderr for w in line.split() if w.startswith("http"))
        finally:
            serving.terminate()


def _places(elsewhere: Elsewhere, patient: Callable[[str, str], Any]) -> Any:
    """How many places `tieline serve` tells of."""
    with _serving(elsewhere) as url:
        return patient(url, "{ places { totalCount } }")["places"]["totalCount"]


def test_it_brings_graphiql(elsewhere: Elsewhere, wheel: Path, checkout: Path) -> None:
    """Where npm's registry answered when it was made; else our own page, which says what to do."""
    built = (checkout / "graphql/explorer/dist/index.html").is_file()
    with zipfile.ZipFile(wheel) as archive:
        pages = {name for name in archive.namelist() if "/dist/" in name}
    with _serving(elsewhere) as url:
        page = httpx.get(url, headers={"accept": "text/html"})
        assert page.status_code == 200
        scripts = re.findall(r'"(/graphiql/assets/[^"]+[.]js)"', page.text)
        told = [httpx.get(url.removesuffix("/graphql") + script) for script in scripts]
    if built:
        assert scripts and all(each.status_code == 200 for each in told)
        for folder in ("explorer", "picture"):
            assert f"tieline/graphql/{folder}/dist/licences.md" in pages
    else:
        assert not pages and not scripts and "make web" in page.text


def test_its_graphiql_and_map_open_in_a_browser(elsewhere: Elsewhere, checkout: Path) -> None:
    """With the example field, and no name but this machine's own: all they need is in the wheel."""
    if not (checkout / "graphql/explorer/dist/index.html").is_file():
        pytest.skip("the wheel was made where npm's registry does not answer")
    elsewhere.run("tieline", "demo", "--no-serve", "--json")
    with _serving(elsewhere) as url, browsing() as visit:
        seen = visit(url)
        seen.page.locator(".graphiql-query-editor .view-line").first.wait_for(timeout=60_000)
        seen.page.locator(".graphiql-execute-button").click()
        answer = seen.page.locator(".graphiql-response", has_text='"data"')
        answer.wait_for(timeout=60_000)
        seen.clean()
        drawn = opened(visit, url)
        assert drawn.page.locator("canvas").count() > 0
        drawn.clean()
    elsewhere.run("tieline", "demo", "--remove")
