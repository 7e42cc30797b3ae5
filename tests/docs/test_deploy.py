"""What docs/deploy.md gives to copy, given to the programs that read it."""

import re
import shutil
import ssl
import subprocess
import time
from pathlib import Path

import httpx
import pytest

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


def test_nginx_leads_to_tieline_and_limits_who_asks_too_often(tmp_path: Path) -> None:
    nginx, openssl = program("nginx"), program("openssl")
    made = [
        openssl,
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=map.example.org",
    ]
    made += ["-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem")]
    subprocess.run(made, check=True, capture_output=True)
    behind, plain, secure = 18_431, 18_432, 18_433
    text = block("nginx").replace("/etc/ssl/tieline", str(tmp_path))
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{behind}")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{plain};")
    text = text.replace("listen 443 ", f"listen 127.0.0.1:{secure} ")
    # Behind it a server that answers at once with what it was told: the database is not the matter.
    told = 'default_type text/plain; return 200 "$http_host $http_x_forwarded_proto $request_uri";'
    text += f"server {{ listen 127.0.0.1:{behind}; {told} }}"
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


def _answers(plain: int, secure: int) -> None:
    trust = ssl.create_default_context()
    trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
    with httpx.Client(verify=trust, headers={"host": "map.example.org"}) as client:
        moved = _once_up(client, f"http://127.0.0.1:{plain}/graphql")
        assert moved.headers["location"] == "https://map.example.org/graphql"
        url = f"https://127.0.0.1:{secure}"
        assert client.post(f"{url}/graphql").text == "map.example.org https /graphql"
        assert client.get(f"{url}/readyz").status_code == 404
        assert client.post(f"{url}/graphql", content=b"x" * 200_000).status_code == 413
        many = [client.get(f"{url}/graphql").status_code for _ in range(200)]
        assert many.count(200) >= 50 and 429 in many


def _once_up(client: httpx.Client, url: str) -> httpx.Response:
    for _ in range(100):
        try:
            return client.get(url)
        except httpx.TransportError:
            time.sleep(0.05)
    return client.get(url)
