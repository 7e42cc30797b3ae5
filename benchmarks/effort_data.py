"""An invented field of projects that write as real charities do, straight into Neo4j.

    world = draw(projects=100_000, areas=380, seed=1)
    write(address, world)

What a project writes is what a hand-tagged charity of UK-CAT's sample says it does, some words left
out and some of another charity of the same tag put in; its themes are the hand-given tags. Places
are a country, nine regions, areas and their wards. Organisations lead two projects each and pay
for them in part; one in ten has a partner, one in twenty follows on from another. Nothing of it is
true but the words.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from neo4j import GraphDatabase

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.database.install import install
from tieline.queries.themes.rules import Rules

SIZE, REGIONS, WARDS = 5_000, 9, 4
Row = dict[str, Any]
WRITE = {
    "things": """
UNWIND $rows AS row
CREATE (n:$(row.labels)) SET n = row.props
""",
    "projects": """
UNWIND $rows AS row
CREATE (n:Project) SET n = row
""",
    "ties": """
UNWIND $rows AS row
MATCH (a:$(row.from) {uid: row.a}) MATCH (b:$(row.to) {uid: row.b})
CREATE (a)-[:$(row.verb) {audience: 4, source: 'invented'}]->(b)
""",
}
ENDS = {
    "LEADS": ("Actor", "Project"),
    "PARTNERS_ON": ("Actor", "Project"),
    "FUNDS": ("Actor", "Project"),
    "SERVES": ("Project", "Place"),
    "WORKS_ON": ("Project", "Theme"),
    "FOLLOWS": ("Project", "Project"),
    "WITHIN": ("Place", "Place"),
    "BROADER": ("Theme", "Theme"),
    "MATCHES": ("Theme", "Theme"),
}


@dataclass
class World:
    """Uids of things; `projects` with their properties; `ties`: (from, to) by verb."""

    things: list[Row] = field(default_factory=list)
    projects: list[Row] = field(default_factory=list)
    ties: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def thing(self, labels: list[str], uid: str, **props: Any) -> str:
        self.things.append({"labels": labels, "props": {"uid": uid} | props})
        return uid


def charities(shared: Path) -> list[tuple[str, list[str]]]:
    """(what it does, its tags) of each that says it in so many words."""
    with (shared / "partners/ukcat/sample.csv").open(encoding="utf-8") as file:
        rows = [(row["activities"], row["UKCAT"].split(";")) for row in csv.DictReader(file)]
    return [
        (text, [t for t in tags if t]) for text, tags in rows if len(text.split()) > 8 and any(tags)
    ]


def wider(shared: Path) -> dict[str, tuple[str, str | None]]:
    """Of each tag its label, and the code of the tag above it."""
    with (shared / "partners/ukcat/ukcat.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    by_name = {row["tag"]: row["Code"] for row in rows}
    found = {}
    for row in rows:
        above = row["Subcategory"] or row["Category"]
        up = by_name.get(above if row["Level"] == "3" else row["Category"])
        found[row["Code"]] = (row["tag"], up if up != row["Code"] else None)
    return found


def rules(shared: Path) -> Rules:
    with (shared / "partners/ukcat/ukcat.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    said = ("Regular expression", "Exclude regular expression")
    return Rules([{"uid": r["Code"], "rule": r[said[0]], "rule_not": r[said[1]]} for r in rows])


def draw(shared: Path, projects: int, areas: int, seed: int) -> World:
    dice, world = Random(seed), World()
    pool = charities(shared)
    places = _places(world, areas)
    themes = _themes(world, wider(shared))
    by_tag = defaultdict(list)
    for at, (_, tags) in enumerate(pool):
        by_tag[tags[0]].append(at)
    bodies = [
        world.thing(["Actor", "Organisation"], f"o-{at:06}", name=f"Invented body {at}", consent=4)
        for at in range(projects // 2)
    ]
    for at in range(projects):
        text, tags = pool[dice.randrange(len(pool))]
        uid = _project(world, dice, at, _mixed(dice, text, pool[dice.choice(by_tag[tags[0]])][0]))
        world.ties["WORKS_ON"] += [(uid, tag) for tag in sorted(set(tags)) if tag in themes]
        world.ties["LEADS"].append((dice.choice(bodies), uid))
        world.ties["FUNDS"].append((bodies[dice.randrange(min(200, len(bodies)))], uid))
        if dice.random() < 0.1:
            world.ties["PARTNERS_ON"].append((dice.choice(bodies), uid))
        if at and dice.random() < 0.05:
            world.ties["FOLLOWS"].append((uid, f"j-{dice.randrange(at):06}"))
        if served := _served(dice, places):
            world.ties["SERVES"].append((uid, served))
    return world


def _project(world: World, dice: Random, at: int, text: str) -> str:
    begins = date(2018, 1, 1) + timedelta(dice.randrange(365 * 9))
    ends = begins + timedelta(dice.choice([180, 365, 730, 1095]))
    row = {
        "uid": f"j-{at:06}",
        "title": f"Invented project {at}",
        "description": text,
        "audience": 4,
    }
    if dice.random() < 0.95:
        row |= {"starts": begins.isoformat()}
    if dice.random() < 0.9:
        row |= {"ends": ends.isoformat()}
    if ends < date(2026, 11, 21) and dice.random() < 0.2:
        row["lessons"] = f"Invented: begin with {' '.join(text.split()[:3])}."
    world.projects.append(row)
    return str(row["uid"])


def _mixed(dice: Random, text: str, other: str) -> str:
    kept = [word for word in text.split() if dice.random() < 0.7]
    return " ".join(kept + dice.sample(other.split(), min(6, len(other.split()))))


def _places(world: World, areas: int) -> list[list[str]]:
    """Country, regions, areas, wards: the uids of each level."""
    levels = [[world.thing(["Place"], "p-0", name="Inventia", audience=4)], [], [], []]
    for at in range(REGIONS):
        levels[1].append(world.thing(["Place"], f"p-1-{at}", name=f"Region {at}x", audience=4))
        world.ties["WITHIN"].append((levels[1][-1], "p-0"))
    for at in range(areas):
        levels[2].append(world.thing(["Place"], f"p-2-{at}", name=f"Area {at}x", audience=4))
        world.ties["WITHIN"].append((levels[2][-1], levels[1][at % REGIONS]))
        for ward in range(WARDS):
            uid = world.thing(["Place"], f"p-3-{at}-{ward}", name=f"Ward {at}x{ward}", audience=4)
            levels[3].append(uid)
            world.ties["WITHIN"].append((uid, levels[2][-1]))
    return levels


def _served(dice: Random, levels: list[list[str]]) -> str | None:
    """Most serve an area or a ward, some a region or all; of one in twenty it is not known."""
    level = dice.choices([0, 1, 2, 3, None], [5, 10, 60, 20, 5])[0]
    return None if level is None else dice.choice(levels[level])


def _themes(world: World, tags: dict[str, tuple[str, str | None]]) -> set[str]:
    for code, (label, above) in tags.items():
        world.thing(["Theme"], code, label=label, audience=4)
        if above:
            world.ties["BROADER"].append((code, above))
    return set(tags)


def write(address: Address, world: World) -> None:
    """Into an empty database, the model's constraints and indexes first."""
    with Graph(address) as graph:
        install(graph)
    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        for name, rows in (("things", world.things), ("projects", world.projects)):
            for at in range(0, len(rows), SIZE):
                driver.execute_query(WRITE[name], rows=rows[at : at + SIZE])
        for rows in _tied(world):
            driver.execute_query(WRITE["ties"], rows=rows)
        driver.execute_query(
            "MERGE (f:Field {uid: 'field'}) SET f.as_of = '2026-11-21' "
            "CREATE (:Source {slug: 'invented', title: 'Invented', audience: 4, public: true})"
        )


def _tied(world: World) -> Iterator[list[Row]]:
    for verb, pairs in world.ties.items():
        a, b = ENDS[verb]
        for at in range(0, len(pairs), SIZE):
            yield [
                {"verb": verb, "from": a, "to": b, "a": one, "b": other}
                for one, other in sorted(set(pairs[at : at + SIZE]))
            ]
