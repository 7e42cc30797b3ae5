"""The field that answers over HTTP are measured on: invented, and all of it for members to see.

    written(address)        into an empty database; nothing, if it is there already

4,000 people, 1,000 organisations, 25,000 pairs tied each way, 2,000 projects, 200 places and 100
themes. A tie also carries `rank`, the very order in which ties are shown to members, so that a peer
may sort by a property that is there.
"""

from random import Random
from typing import Any

from neo4j import Driver, GraphDatabase

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.database.install import install
from tieline.loaders.refresh import refresh
from tieline.settings import settings

PEOPLE, BODIES, PAIRS, PROJECTS, PLACES, THEMES = 4_000, 1_000, 25_000, 2_000, 200, 100
SIZE = 10_000
SLUG, PERSON = "invented-field", "p-00042"
LABELS = {"thick": "1", "middling": "2", "thin": "3", "not_yet_known": "4"}
WRITTEN = {
    "Source": "CREATE (n:Source)",
    "Person": "CREATE (n:Person:Actor)",
    "Organisation": "CREATE (n:Organisation:Actor)",
    "Project": "CREATE (n:Project)",
    "Place": "CREATE (n:Place)",
    "Theme": "CREATE (n:Theme)",
}
JOINED = "MATCH (a {uid: row.a}) MATCH (b {uid: row.b}) CREATE (a)-[r:$(row.verb)]->(b) SET r = row"
TIED = (
    "MATCH (a:Actor {uid: row.a}) MATCH (b:Actor {uid: row.b}) "
    "CREATE (a)-[t:TIE]->(b) SET t = row.tie"
)
Rows = list[dict[str, Any]]


def written(address: Address) -> None:
    """
    Raises:
        SystemExit: there is something else in that database.
    """
    with Graph(address) as graph:
        if any(row["slug"] == SLUG for row in graph.read("load/sources")[0]["sources"]):
            return
        if graph.read("database/anything"):
            raise SystemExit(f"The database at {address.uri} holds something else: empty it.")
        install(graph)
        refresh(graph, settings().today)
    auth = (address.user, address.password)
    with GraphDatabase.driver(address.uri, auth=auth) as driver:
        dice = Random(7)
        things = drawn(dice)
        for label, rows in things.items():
            put(driver, f"{WRITTEN[label]} SET n = row", rows)
        for label, other, rows in joined(dice):
            text = JOINED.replace("(a ", f"(a:{label} ").replace("(b ", f"(b:{other} ")
            put(driver, text, rows)
        put(driver, TIED, ties(dice, things["Person"] + things["Organisation"]))
        driver.execute_query("CALL db.awaitIndexes()")


def put(driver: Driver, text: str, rows: Rows) -> None:
    for at in range(0, len(rows), SIZE):
        driver.execute_query(f"UNWIND $rows AS row {text}", rows=rows[at : at + SIZE])


def drawn(dice: Random) -> dict[str, Rows]:
    """The things, by their labels."""
    words = ["".join(dice.choice("bdfglmnprst") + dice.choice("aeiou") for _ in range(3)).title()
             for _ in range(400)]  # fmt: skip

    def named(many: int) -> str:
        return " ".join(dice.choices(words, k=many))

    source = {"slug": SLUG, "title": "An invented field", "audience": 4, "reliability": 1.0}
    people = [
        {"uid": f"p-{n:05}", "name": named(2), "pronouns": "they", "bio": named(8), "consent": 4,
         "taking_requests": True, "last_confirmed": f"2026-0{n % 9 + 1}-01"}
        for n in range(PEOPLE)
    ]  # fmt: skip
    bodies = [
        {"uid": f"o-{n:05}", "name": named(3), "kind": "charity", "consent": 4,
         "url": f"https://o{n}.example", "founded": str(1900 + n % 120)}
        for n in range(BODIES)
    ]  # fmt: skip
    projects = [
        {"uid": f"j-{n:05}", "title": named(4), "description": named(20), "starts": "2020-01-01",
         "ends": f"2022-0{n % 9 + 1}-01", "amount": float(dice.randint(1, 900) * 1000),
         "currency": "GBP", "lessons": named(6), "status": "closed", "audience": 4}
        for n in range(PROJECTS)
    ]  # fmt: skip
    places = [{"uid": f"l-{n}", "name": f"Place {n}", "audience": 4} for n in range(PLACES)]
    themes = [
        {"uid": f"t-{n}", "label": f"Theme {n}", "scheme": "invented", "audience": 4}
        for n in range(THEMES)
    ]
    found = (("Source", [source]), ("Person", people), ("Organisation", bodies))
    return dict((*found, ("Project", projects), ("Place", places), ("Theme", themes)))


def joined(dice: Random) -> list[tuple[str, str, Rows]]:
    """Where actors are, what they work on, who is part of what: (label, other label, rows)."""
    actors = [f"p-{n:05}" for n in range(PEOPLE)] + [f"o-{n:05}" for n in range(BODIES)]

    def row(a: str, verb: str, b: str) -> dict[str, Any]:
        return {"uid": f"{a} {verb} {b}", "a": a, "verb": verb, "b": b, "audience": 4,
                "source": SLUG}  # fmt: skip

    on = [row(a, "WORKS_ON", f"t-{n}") for a in actors for n in dice.sample(range(THEMES), 3)]
    at = [row(a, "BASED_IN", f"l-{dice.randrange(PLACES)}") for a in actors]
    parts = [
        row(a, dice.choice(("LEADS", "PARTNERS_ON")), f"j-{n:05}")
        for n in range(PROJECTS)
        for a in dice.sample(actors, 3)
    ]
    return [("Actor", "Theme", on), ("Actor", "Place", at), ("Actor", "Project", parts)]


def ties(dice: Random, actors: Rows) -> Rows:
    """Each pair there and back; one in twenty is of one of ten who know very many."""
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < PAIRS:
        a, b = dice.randrange(len(actors)), dice.randrange(len(actors))
        a = dice.randrange(10) if dice.random() < 0.05 else a
        if a != b and (b, a) not in pairs:
            pairs.add((a, b))
    found = []
    for a, b in sorted(pairs):
        label, step = dice.choice(list(LABELS)), round(dice.random(), 4)
        for here, there in ((actors[a], actors[b]), (actors[b], actors[a])):
            tie = {"rank": f"{LABELS[label]} {there['name']}", "audience": 4, "strength": step,
                   "unknown": 0.2, "heard": 1, "quiet": False}  # fmt: skip
            for end in ("", "_2", "_3", "_4"):
                tie |= {f"step{end}": step, f"label{end}": label, f"seen{end}": "2026-09-01",
                        f"kinds{end}": ["joint_work"]}  # fmt: skip
            found.append({"a": here["uid"], "b": there["uid"], "tie": tie})
    return found
