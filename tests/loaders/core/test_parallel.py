"""Two loads at once over shared people and bodies give what one after the other gives."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from typing import Any

from tieline.database.graph import Graph
from tieline.queries.hash.hash import graph_hash
from tieline.schema.records import Row


def table(rows: Any, source: str) -> list[Row]:
    """Sixty rows over six bodies and seven people, named by both sources."""
    bodies = [rows.body(f"B{n}", f"GB-CHC-10000{n:02}") for n in range(6)]
    people = [rows.person(f"P{n}", f"local-all-person-{n}", consent=3) for n in range(7)]
    found = []
    for n in range(30):
        pair = zip(("FUNDS", "LEADS"), (bodies[n % 6], bodies[(n * 5 + 1) % 6]), strict=True)
        found.append(rows.project(f"{source}:g{n:02}", *pair))
        who, where = people[n % 7], bodies[(n * 3 + len(source)) % 6]
        found.append(rows.statement(f"{source}:m{n:02}", ("MEMBER_OF", who, where, {})))
    found.append(rows.thing(f"{source}:p", rows.person("P0", "local-all-person-0", consent=1)))
    return found


def test_two_sources_in_parallel(world: Any, rows: Any) -> None:
    tables = {source: table(rows, source) for source in ("a", "bb")}
    for source, said in tables.items():
        world.load(source, said)
    want, text = graph_hash(world.graph), world.said()
    world.clear()
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda each: world.load(*each, size=6), tables.items()))
    assert [each.written for each in told] == [61, 61]
    assert world.said() == text and graph_hash(world.graph) == want


def test_two_halves_of_one_source_in_parallel(world: Any, rows: Any) -> None:
    said = table(rows, "a")
    world.load("a", said)
    text = world.said()
    world.clear()
    halves = {"first": said[:31], "second": said[31:]}
    with ThreadPoolExecutor(2) as pool:
        jobs = [
            pool.submit(world.load, "a", each, name=name, part=name, size=4)
            for name, each in halves.items()
        ]
        assert sum(job.result().written for job in jobs) == 61
    assert world.said() == text


def test_four_loaders_in_parallel_in_halves_over_contended_hubs(world: Any, rows: Any) -> None:
    """Two sources, each in two parts, over the same six bodies and seven people."""
    tables = {source: table(rows, source) for source in ("a", "bb")}
    for source, said in tables.items():
        world.load(source, said)
    want, text = graph_hash(world.graph), world.said()
    world.clear()
    halves = [
        (source, name, said[begin::2])
        for source, said in tables.items()
        for begin, name in enumerate(("first", "second"))
    ]
    with ThreadPoolExecutor(4) as pool:
        jobs = [
            pool.submit(world.load, source, half, name=f"{source} {name}", part=name, size=3)
            for source, name, half in halves
        ]
        assert sum(job.result().written for job in jobs) == 122
    assert world.said() == text and graph_hash(world.graph) == want


def test_a_lock_holds_until_the_batch_ends(graph: Graph, raw: Any) -> None:
    """Setting and removing a property locks; two batches that both do so take turns."""
    raw("CREATE (:Identifier {uid: 'GB-CHC-1'})")
    held, order = Event(), []

    def first(steps: Any) -> None:
        steps.run("load/lock", ids=["GB-CHC-1"], uids=[])
        held.set()
        second.join(0.5)
        order.append("first")

    def other(steps: Any) -> None:
        steps.run("load/lock", ids=["GB-CHC-1"], uids=[])
        order.append("second")

    def wait() -> None:
        held.wait(5)
        graph.write(other)

    second = Thread(target=wait)
    second.start()
    before = graph.version()
    graph.write(first)
    second.join()
    assert order == ["first", "second"]
    assert graph.version() == before  # and a lock is no change
