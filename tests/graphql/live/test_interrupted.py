"""A load on which nobody works any more is told as interrupted, everywhere, and not waited for."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tieline.database.graph import Graph
from tieline.graphql.live.hub import TICK
from tieline.loaders.pulse import EVERY, LASTS, worked_on

LOAD = "subscription($load: ID!) { loadProgress(load: $load) { uid rows state } }"
MAPPING = '[[table]]\nkind = "organisation"\nid = "Ref"\n[table.columns]\nname = "Name"\n'
TIELINE = str(Path(sys.executable).parent / "tieline")


def listed(service: Any, steward: str, order: str = "NEWEST") -> dict[str, str]:
    text = "query($o: LoadOrder) { loads(first: 9, orderBy: $o) { nodes { uid state } } }"
    asked = {"query": text, "variables": {"o": order}}
    headers = {"authorization": f"Bearer {steward}"}
    told = service.http.post("/graphql", json=asked, headers=headers).json()
    return {each["uid"]: each["state"] for each in told["data"]["loads"]["nodes"]}


def journal(graph: Graph) -> list[str]:
    return [row["state"] for row in graph.read("load/loads")]


def test_a_load_without_a_pulse_was_interrupted(
    service: Any, steward: str, graph: Graph, load: str, raw: Any
) -> None:
    assert listed(service, steward) == {load: "running"} and journal(graph) == ["running"]
    raw("MATCH (p:Pulse {load: $u}) SET p.until = timestamp() - 1", u=load)
    for order in ("NEWEST", "OLDEST"):
        assert listed(service, steward, order) == {load: "interrupted"}
    assert journal(graph) == ["interrupted"]
    raw("MATCH (p:Pulse) DELETE p")
    assert listed(service, steward) == {load: "interrupted"}, "as an older Tieline left it"
    with service.socket() as socket:
        socket.begin(steward).ask(LOAD, variables={"load": load})
        told, end = socket.rest()
        assert told["payload"]["data"]["loadProgress"]["state"] == "interrupted"
        assert end["type"] == "complete"


def test_whoever_follows_hears_it_though_nothing_is_written(
    service: Any, steward: str, load: str, raw: Any
) -> None:
    raw("MATCH (p:Pulse {load: $u}) SET p.until = timestamp() + 5000", u=load)
    with service.socket() as socket, service.events(LOAD, steward, variables={"load": load}) as sse:
        socket.begin(steward).ask(LOAD, variables={"load": load})
        heard = [each["payload"]["data"]["loadProgress"]["state"] for each in socket.rest()[:-1]]
        seen = [each["data"]["data"]["loadProgress"]["state"] for each in [*sse][:-1]]
    assert heard == seen == ["running", "interrupted"]


def test_it_is_told_as_running_again_when_somebody_goes_on(
    service: Any, steward: str, graph: Graph, load: str, raw: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that slept over it, or the same command again. Its end takes the pulse back."""
    monkeypatch.setattr("tieline.loaders.pulse.EVERY", 0.05)
    raw("MATCH (p:Pulse {load: $u}) SET p.until = 0", u=load)
    with pytest.raises(ZeroDivisionError), worked_on(graph, load):
        until = time.monotonic() + 20
        while listed(service, steward) != {load: "running"}:
            assert time.monotonic() < until
        raise ZeroDivisionError
    assert listed(service, steward) == {load: "interrupted"}
    assert raw("MATCH (p:Pulse) RETURN count(p) AS n") == [{"n": 0}]


def test_a_pulse_outlasts_several_that_are_missed() -> None:
    assert LASTS >= 4 * EVERY


@pytest.mark.slow
def test_a_killed_loader(
    service: Any, steward: str, graph: Graph, raw: Callable[..., Any], tmp_path: Path
) -> None:
    """A real one, with kill -9; the same command again goes on to the end."""
    (tmp_path / "m.toml").write_text(MAPPING)
    lines = "".join(f"{n},Body {n}\n" for n in range(1, 8_001))
    (tmp_path / "p.csv").write_text(f"Ref,Name\n{lines}")
    words = ["load", str(tmp_path / "p.csv"), "--source", "us", "--mapping"]
    command = [TIELINE, *words, str(tmp_path / "m.toml")]
    loading = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 120
        while not (found := [each for each in graph.read("load/loads") if each["rows"]]):
            assert loading.poll() is None and time.monotonic() < until
            time.sleep(0.05)
        (load,) = (row["uid"] for row in raw("MATCH (l:Load) RETURN l.uid AS uid"))
        with service.socket() as socket:
            socket.begin(steward).ask(LOAD, variables={"load": load})
            told = socket.hear()["payload"]["data"]["loadProgress"]
            assert (told["state"], found[0]["state"]) == ("running", "running")
            loading.send_signal(signal.SIGKILL)
            loading.wait(20)
            began = time.monotonic()
            assert listed(service, steward) == {load: "running"}, "nobody can know it at once"
            while (last := socket.hear(LASTS + 10))["type"] == "next":
                state = last["payload"]["data"]["loadProgress"]["state"]
            assert (state, last["type"]) == ("interrupted", "complete")
            assert time.monotonic() - began < LASTS + 2 * TICK + 3
    finally:
        loading.kill()
        loading.wait(20)
    assert journal(graph) == ["interrupted"] and listed(service, steward) == {load: "interrupted"}
    assert subprocess.run(command, capture_output=True, timeout=240).returncode == 0
    assert journal(graph) == ["finished"]
    assert raw("MATCH (r:Record) RETURN count(r) AS n") == [{"n": 8_000}]
    assert raw("MATCH (p:Pulse) RETURN count(p) AS n") == [{"n": 0}]
