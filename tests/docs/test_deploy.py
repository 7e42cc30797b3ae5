"""What docs/deploy.md gives to copy, given to the programs that read it."""

import os
import re
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.container.test_compose import free_port

from tieline.database.address import Address
from tieline.database.graph import Graph

PAGE = (Path(__file__).parent.parent.parent / "docs" / "deploy.md").read_text("utf-8")
MAIN = "daemon off; error_log stderr; pid {0}/pid; events {{}} http {{ access_log off; {1} {2} }}"
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def block(kind: str) -> str:
    found = re.search(rf"^```{kind}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed here")
    return found


def test_systemd_has_nothing_to_remark_on_the_unit(tmp_path: Path) -> None:
    """With a program and an account that are there."""
    analyze, unit = program("systemd-analyze"), tmp_path / "tieline.service"
    text = block("ini").replace("/opt/tieline/bin/tieline", program("true"))
    unit.write_text(text.replace("User=tieline", "User=root"))
    done = subprocess.run([analyze, "verify", str(unit)], capture_output=True, text=True)
    remarks = [line for line in done.stderr.splitlines() if "tieline.service" in line]
    assert (done.returncode, remarks) == (0, []), done.stderr
    unit.write_text(text + "\n[Service]\nNoSuchWord=yes\n")
    done = subprocess.run([analyze, "verify", str(unit)], capture_output=True, text=True)
    assert "NoSuchWord" in done.stderr, "it does remark on what is wrong"


@pytest.fixture
def behind(address: Address, graph: Graph) -> Iterator[int]:
    """The port of a `tieline serve` on the tests' database."""
    said = {name: getattr(address, name) for name in ("uri", "user", "password", "database")}
    named = {f"TIELINE_NEO4J_{name.upper()}": value for name, value in said.items()}
    command = [sys.executable, "-c", "from tieline.cli.main import main; main()", "serve"]
    with subprocess.Popen(
        [*command, "--port", "0"], env=os.environ | named, stderr=subprocess.PIPE, text=True
    ) as serving:
        assert serving.stderr
        found = (re.search(r"http://127\.0\.0\.1:(\d+)", line) for line in serving.stderr)
        yield int(next(each[1] for each in found if each))
        serving.terminate()


def test_nginx_leads_to_tieline_and_limits_who_asks_too_often(tmp_path: Path, behind: int) -> None:
    nginx = program("nginx")
    certificate(tmp_path)
    plain, secure = free_port(), free_port()
    text = block("nginx").replace("/etc/ssl/tieline", str(tmp_path))
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{behind}")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{plain};")
    text = text.replace("listen 443 ", f"listen 127.0.0.1:{secure} ")
    folders = "".join(f" {name}_temp_path {tmp_path / name};" for name in TEMPORARY)
    conf = tmp_path / "nginx.conf"
    conf.write_text(MAIN.format(tmp_path, folders, text))
    command = [nginx, "-p", str(tmp_path), "-c", str(conf)]
    subprocess.run([*command, "-t"], check=True)
    with subprocess.Popen(command) as running:
        try:
            _answers(plain, secure)
        finally:
            running.terminate()


def certificate(folder: Path) -> None:
    """A key and a certificate that it signs itself, by the names that the page gives."""
    command = [program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes"]
    command += ["-subj", "/CN=map.example.org"]
    command += ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(command, check=True, capture_output=True)


def _answers(plain: int, secure: int) -> None:
    """Once, and then as fast as one can ask."""
    trust = ssl.create_default_context()
    trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
    with httpx.Client(verify=trust, headers={"host": "map.example.org"}, timeout=60) as client:
        moved = _once_up(client, f"http://127.0.0.1:{plain}/graphql")
        assert moved.headers["location"] == "https://map.example.org/graphql"
        url = f"https://127.0.0.1:{secure}"
        got = client.post(f"{url}/graphql", json={"query": "{ viewer { level } }"})
        assert got.json()["data"] == {"viewer": {"level": "ANONYMOUS"}}
        page = client.get(f"{url}/graphql", headers={"accept": "text/html"})
        assert page.status_code == 200 and "<!doctype html>" in page.text
        for hidden in ("readyz", "healthz"):
            assert client.get(f"{url}/{hidden}").text != "ready\n"
            assert client.get(f"{url}/{hidden}").status_code == 404
        assert client.post(f"{url}/graphql", content=b"x" * 200_000).status_code == 413
        many = [client.get(f"{url}/nowhere").status_code for _ in range(200)]
        assert many.count(404) >= 50 and 429 in many and len(set(many)) == 2


def _once_up(client: httpx.Client, url: str) -> httpx.Response:
    for _ in range(100):
        try:
            return client.get(url)
        except httpx.TransportError:
            time.sleep(0.05)
    return client.get(url)
