"""The best pairs among two real funders' grants, by each method, to be read by eye.

The grants, UK-CAT's tags and their rules are loaded as anyone would; tags that a rule finds in a
grant's text and that are right more often than not (queries/themes/measured.csv) stand for what
somebody accepted. Prints ids and figures; the texts stay where they are (--pairs of each).
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from effort_rivals import embedded

from tieline.database import server
from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.database.install import install
from tieline.database.reader import Reader, open_driver
from tieline.queries.duplicates.best import Pair, best
from tieline.queries.duplicates.index import Index
from tieline.queries.duplicates.read import read
from tieline.queries.duplicates.texts import Texts
from tieline.queries.themes.measured import TEXT, measured
from tieline.queries.themes.rules import Rules
from tieline.schema.consent import Viewer

FILES = {
    "ukcat": "ukcat/ukcat.csv",
    "abct": "360giving/abcharitabletrust.xlsx",
    "lbfew": "360giving/lloyds-bank-foundation.json",
}
LEAST, DEEP = 0.5, 20_000  # of a tag's confidence; pairs looked through for those across
TAGGED = """
UNWIND $rows AS row
MATCH (j:Project {uid: row[0]}) MATCH (t:Theme {uid: row[1]})
CREATE (j)-[:WORKS_ON {audience: 4, source: 'ukcat', confidence: row[2]}]->(t)
"""
GRANTS = """
MATCH (j:Project)<-[:DESCRIBES]-(r:Record) WHERE r.source IN ['abct', 'lbfew']
RETURN j.uid AS uid, min(r.uid) AS grant, min(r.source) AS funder, j.title AS title,
  j.description AS text
"""


async def compare(shared: Path, pairs: int) -> None:
    server.wipe()
    address = server.start()
    with Graph(address) as graph:
        install(graph)
    for source, file in FILES.items():
        loaded(source, shared / "partners" / file)
    async with open_driver(address) as driver:
        reader = Reader(driver, address.database, Viewer(1), seconds=60)
        grants = {row["uid"]: row for row in rows(address, GRANTS)}
        tags = list(tagged(await reader.pages("themes/rules"), grants))
        rows(address, TAGGED, rows=tags)
        index = await read(Reader(driver, address.database, Viewer(1), seconds=60))
    show(index, grants, pairs, len(tags))


def loaded(source: str, file: Path) -> None:
    from subprocess import run

    command = [sys.executable, "-c", "from tieline.cli.main import main; main()", "load"]
    given = str(file.parent if source == "ukcat" else file)
    done = run([*command, given, "--source", source], capture_output=True, text=True)
    if done.returncode not in (0, 3):
        raise SystemExit(done.stderr)


def rows(address: Address, text: str, **params: Any) -> list[dict[str, Any]]:
    from neo4j import GraphDatabase

    auth = (address.user, address.password)
    with GraphDatabase.driver(address.uri, auth=auth) as driver:
        return [record.data() for record in driver.execute_query(text, params).records]


def tagged(written: list[dict[str, Any]], grants: dict[str, Any]) -> Iterator[list[Any]]:
    rules, codes = Rules(written), {each["uid"]: each["code"] for each in written}
    for uid, grant in sorted(grants.items()):
        for theme in rules.find(grant["text"] or ""):
            sure = measured().confidence("uk-cat", codes[theme], TEXT)
            if sure is not None and sure >= LEAST:
                yield [uid, theme, sure]


def show(index: Index, grants: dict[str, Any], many: int, tags: int) -> None:
    funder = np.array([grants.get(uid, {}).get("funder", "") for uid in index.uids])
    ours, allowed = best(index, np.arange(len(index.uids)), DEEP)
    across = [pair for pair in ours if funder[pair.left] != funder[pair.right]]
    known = int(index.comparable.sum())
    print(f"{len(index.uids):,} grants, {tags:,} tags, {known:,} can be compared, "
          f"{allowed.compared:,} pairs were.")  # fmt: skip
    table("All, ours", index, grants, ours[:many])
    table("Across the two, ours", index, grants, across[:many])
    made = embedded(index.texts.rows)
    titles = [grants.get(uid, {}).get("title") or "" for uid in index.uids]
    named = Texts.of(titles, range(len(titles)), []).rows
    rivals: dict[str, Callable[[int, Any], Any]] = {
        "TF-IDF alone": lambda at, there: (
            index.texts.rows[there] @ index.texts.rows[[at]].toarray()[0]
        ),
        "embedding alone": lambda at, there: made[there] @ made[at],
        "titles, word by word": lambda at, there: named[there] @ named[[at]].toarray()[0],
    }
    for name, score in rivals.items():
        table(f"Across the two, {name}", index, grants, rival(index, funder, score, many))


def rival(index: Index, funder: Any, score: Callable[[int, Any], Any], many: int) -> list[Pair]:
    """The pairs with the highest score, of different teams, across the two."""
    here, there = np.flatnonzero(funder == "abct"), np.flatnonzero(funder == "lbfew")
    found: list[tuple[float, int, int]] = []
    for at in here.tolist():
        said = np.asarray(score(at, there), float)
        ok = index.two_teams(np.full(len(there), at), there)
        few = np.argsort(-np.where(ok, said, -1.0), kind="stable")[:many]
        found += [(-said[x], *sorted((at, int(there[x])))) for x in few.tolist()]
    pairs = [(left, right) for _, left, right in sorted(found)[:many]]
    return [Pair(a, b, index.compared(index.side(a), index.side(b))) for a, b in pairs]


def table(title: str, index: Index, grants: dict[str, Any], pairs: list[Pair]) -> None:
    print(f"\n{title}\n\n| | one | other | weight | place | time | theme | text |\n|{'---|' * 8}")
    for at, pair in enumerate(pairs, 1):
        ids = [grants[index.uids[x]]["grant"] for x in (pair.left, pair.right)]
        score = pair.alike.score
        parts = (score.weight, score.place, score.time, score.theme or 0, score.text or 0)
        print(f"| {at} | {' | '.join(ids)} | {' | '.join(f'{part:.2f}' for part in parts)} |")
        for x in (pair.left, pair.right):  # to be read by eye; no part of what is kept
            print(grants[index.uids[x]]["grant"], grants[index.uids[x]]["text"], file=sys.stderr)
