"""The map of a large field: how soon it is seen, and how smoothly it is moved, in a real Chromium.

    .venv/bin/python benchmarks/map.py [--actors 10000] [--ties 50000]

An invented field is written to a database of its own (or to the one that TIELINE_HOME or
TIELINE_NEO4J_URI names, which must be empty), then served and opened. Chromium draws in software
where there is no graphics card: who draws is said beside the figures. The first picture is there
when every dot and every tie is drawn, to the last pixel. Claims: a first picture under 3 s,
panning above 30 frames a second.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

KINDS = {
    "the page": ["--type=renderer"],
    "its drawing": ["--type=gpu-process"],
    "the service": ["tieline", " serve "],
}
CIRCLES, INSIDE, BATCH = 40, 0.85, 10_000
LABELS, SHARES = ["not_yet_known", "thin", "middling", "thick"], [0.55, 0.25, 0.13, 0.07]
ACTORS = """
UNWIND $rows AS row
CREATE (a:Actor {uid: row.uid, name: row.name, consent: 4})
FOREACH (_ IN CASE WHEN row.person THEN [1] ELSE [] END | SET a:Person)
FOREACH (_ IN CASE WHEN row.person THEN [] ELSE [1] END | SET a:Organisation)
WITH a, row MATCH (p:Place {uid: row.place}), (t:Theme {uid: row.theme})
CREATE (a)-[:BASED_IN {uid: row.uid + 'p', audience: 4, source: 'invented'}]->(p)
CREATE (a)-[:WORKS_ON {uid: row.uid + 't', audience: 4, source: 'invented'}]->(t)
"""
TIES = """
UNWIND $rows AS row
MATCH (a:Actor {uid: row.a}), (b:Actor {uid: row.b})
CREATE (a)-[t:TIE {audience: 4, label: row.label, label_4: row.label, kinds: ['joint_work'],
  kinds_4: ['joint_work'], step: .5, step_4: .5, likely: .5, likely_4: .5, strength: .5}]->(b)
CREATE (b)-[u:TIE]->(a) SET u = properties(t)
"""
GROUND = """
UNWIND range(0, $circles - 1) AS n
CREATE (:Place {uid: 'l-' + n, name: 'Invented place ' + n, audience: 4})
CREATE (:Theme {uid: 't-' + n, label: 'Invented theme ' + n, scheme: 'invented', audience: 4})
"""
PANNING = """async () => {
  const frames = []
  const box = document.querySelector('.drawn').getBoundingClientRect()
  const target = document.querySelector('.sigma-mouse')
  const at = step => ({clientX: box.x + box.width / 2 + 160 * Math.sin(step / 9),
                       clientY: box.y + box.height / 2 + 120 * Math.cos(step / 7), bubbles: true})
  target.dispatchEvent(new MouseEvent('mousedown', at(0)))
  await new Promise(done => {
    let step = 0
    const next = now => {
      frames.push(now)
      document.dispatchEvent(new MouseEvent('mousemove', at(++step)))
      if (step < SECONDS * 1000 && now - frames[0] < SECONDS * 1000) requestAnimationFrame(next)
      else done()
    }
    requestAnimationFrame(next)
  })
  document.dispatchEvent(new MouseEvent('mouseup', at(0)))
  return frames
}""".replace("SECONDS", "5")
SEEN = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
  for (const canvas of document.querySelectorAll('.drawn canvas')) {
    const gl = canvas.getContext('webgl2')  // reading a pixel waits until all is drawn
    gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4))
  }
  done()
})))"""
DRAWS = """() => {
  const gl = document.createElement('canvas').getContext('webgl')
  const more = gl.getExtension('WEBGL_debug_renderer_info')
  return more ? gl.getParameter(more.UNMASKED_RENDERER_WEBGL) : gl.getParameter(gl.RENDERER)
}"""


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--actors", type=int, default=10_000)
    asked.add_argument("--ties", type=int, default=50_000)
    asked.add_argument("--kept", action="store_true", help="the field is there from a run before")
    given = asked.parse_args()
    with home():
        measured(given)


def measured(given: argparse.Namespace) -> None:
    if not given.kept:
        fill(given.actors, given.ties)
    with served() as url:
        print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors", flush=True)
        for name in ("first, the service just begun", "again, kept by the service"):
            print(json.dumps({"opened": name} | looked_at(url)), flush=True)


@contextmanager
def home() -> Iterator[None]:
    """The database that is named, or one that goes when all is measured."""
    from tieline.database import server

    if os.environ.get("TIELINE_HOME") or os.environ.get("TIELINE_NEO4J_URI"):
        yield
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TIELINE_HOME"] = folder
        try:
            yield
        finally:
            server.stop()


def fill(actors: int, ties: int) -> None:
    """An invented field of circles: most ties are within one."""
    from neo4j import GraphDatabase

    from tieline.database.address import find
    from tieline.database.graph import Graph
    from tieline.database.install import install

    address = find()
    with Graph(address) as graph:
        if graph.read("database/anything"):
            sys.exit("The database is not empty: name another with TIELINE_HOME.")
        install(graph)
    began = time.monotonic()
    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:

        def put(text: str, **more: Any) -> None:
            driver.execute_query(text, more, database_=address.database)

        put(GROUND, circles=CIRCLES)
        people, tied = field(actors, ties)
        for at in range(0, len(people), BATCH):
            put(ACTORS, rows=people[at : at + BATCH])
        for at in range(0, len(tied), BATCH):
            put(TIES, rows=tied[at : at + BATCH])
        put("MERGE (f:Field {uid: 'field'}) SET f.as_of = date()")
    print(f"{actors:,} actors and {ties:,} ties invented in {time.monotonic() - began:.0f} s")


def field(actors: int, ties: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    dice = np.random.default_rng(9)
    circle = dice.integers(0, CIRCLES, actors)
    members = [np.flatnonzero(circle == each) for each in range(CIRCLES)]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < ties:
        one = int(dice.integers(0, actors))
        near = dice.random() < INSIDE
        other = int(dice.choice(members[circle[one]])) if near else int(dice.integers(0, actors))
        if one != other:
            pairs.add((min(one, other), max(one, other)))
    labels = dice.choice(LABELS, ties, p=SHARES).tolist()
    uid = [f"p-{n:06}" for n in range(actors)]
    people = [
        {
            "uid": uid[n], "name": f"Invented {n:05}", "person": n % 4 > 0,
            "place": f"l-{circle[n]}", "theme": f"t-{dice.integers(0, CIRCLES)}",
        }
        for n in range(actors)
    ]  # fmt: skip
    rows = zip(sorted(pairs), labels, strict=True)
    return people, [{"a": uid[a], "b": uid[b], "label": label} for (a, b), label in rows]


@contextmanager
def served() -> Iterator[str]:
    """`tieline serve` on a free port, ready."""
    import httpx

    line = [Path(sys.executable).parent / "tieline", "serve", "--port", "0"]
    with subprocess.Popen(line, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        try:
            url = next(w for said in process.stderr for w in said.split() if w.startswith("http"))
            while httpx.get(url.replace("graphql", "readyz"), timeout=60).status_code != 200:
                time.sleep(0.3)
            yield url
        finally:
            process.terminate()
            process.stderr.read()


def looked_at(url: str) -> dict[str, Any]:
    """Seconds to a first picture and to a settled one, and frames a second while panning."""
    from browser import browsing

    with browsing() as visit:
        seen = visit("about:blank", width=1440, height=900)
        page = seen.page
        before, began = processors(), time.monotonic()
        page.goto(url.replace("graphql", "map"))
        page.locator(".drawn canvas").first.wait_for(timeout=120_000)
        page.evaluate(SEEN)
        first, used = time.monotonic() - began, spent(before)
        page.locator(".settling").wait_for(state="detached", timeout=120_000)
        settled = time.monotonic() - began
        page.wait_for_timeout(1_500)
        frames = np.diff(np.array(page.evaluate(PANNING)))
        drawn = page.evaluate(DRAWS)
    return {
        "first_picture_s": round(first, 2),
        "processor_s_until_then": used,
        "settled_s": round(settled, 2),
        "frames_a_second": round(1000 / float(np.mean(frames)), 1),
        "slowest_twentieth_ms": round(float(np.quantile(frames, 0.95)), 1),
        "drawn_by": drawn,
    }


def processors() -> dict[str, float]:
    """Processor seconds so far of what this process began: the page, the drawing, the service.
    Empty where the system keeps no /proc."""
    parents, found = {os.getpid()}, dict.fromkeys(KINDS, 0.0)
    told = [each for each in map(process, Path("/proc").glob("[0-9]*")) if each]
    for pid, parent, seconds, line in sorted(told):  # whoever begins another has a lower number
        if parent in parents:
            parents.add(pid)
            for name, words in KINDS.items():
                found[name] += seconds if all(word in line for word in words) else 0
    return found


def process(folder: Path) -> tuple[int, int, float, str] | None:
    try:
        line = (folder / "cmdline").read_text("utf-8", "replace").replace("\0", " ")
        told = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:  # it has ended
        return None
    ticks = os.sysconf("SC_CLK_TCK")
    return int(folder.name), int(told[1]), (int(told[11]) + int(told[12])) / ticks, line


def spent(before: dict[str, float]) -> dict[str, float]:
    return {name: round(now - before[name], 2) for name, now in processors().items()}


if __name__ == "__main__":
    main()
