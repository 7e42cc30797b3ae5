"""Comparing many organisations: time beside plain Splink in one run, and memory.

    python benchmarks/identity_scale.py [HOW MANY, 100000] [--alone]

Claims: 100,000 within 1.3 times plain Splink (wall and processor seconds), a million in bounded
memory (--alone leaves Splink out). The organisations are invented: names of invented words, a
tenth there twice, spelt otherwise, moved, or without a number. Each way runs in a process of its
own with two threads; DuckDB may take 2 GB and put the rest in files. Prints seconds, peak memory,
and pairwise precision, recall and F1, so that neither is fast by finding nothing.
"""

import argparse
import logging
import multiprocessing
import resource
import time
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from random import Random
from typing import Any

import pyarrow as pa
from identity_metrics import components, pairs_of, pairwise
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_library as cl

from tieline.loaders.candidates.run import compare, connect, found

SOUNDS = [c + v for c in "bcdfghjklmnprstvw" for v in ("a", "e", "i", "o", "u", "ay", "ow")]
KINDS = ("trust", "project", "society", "centre", "association", "community group", "foundation")
COLUMNS = ("name", "web", "town", "postcode", "number")
SCHEMA = pa.schema([(name, pa.string()) for name in ("id", "source", *COLUMNS)])
Row = dict[str, str]
Found = list[list[str]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("many", nargs="?", type=int, default=100_000)
    parser.add_argument("--alone", action="store_true")
    said = parser.parse_args()
    ways: dict[str, Callable[[pa.Table], Found]] = {"tieline": ours}
    if not said.alone:
        ways = {"splink": plain} | ways
    took = {name: measured(way, said.many) for name, way in ways.items()}
    for name, (wall, cpu, peak, scores) in took.items():
        print(f"{name}: {wall:.1f} s, {cpu:.1f} cpu s, peak {peak:.0f} MB, pairwise {scores}")
    if not said.alone:
        (wall, cpu, _, _), (alone, spent, _, _) = took["tieline"], took["splink"]
        print(f"ratio: {wall / alone:.2f} by the clock, {cpu / spent:.2f} of cpu (bar 1.3)")


def measured(way: Callable[[pa.Table], Found], many: int) -> tuple[float, float, float, str]:
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_measured, (way.__name__, many))


def _measured(name: str, many: int) -> tuple[float, float, float, str]:
    table = invented(many, Random(11))
    wall, cpu = time.monotonic(), time.process_time()
    clusters = {"ours": ours, "plain": plain}[name](table)
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    source = dict.fromkeys(table["id"].to_pylist(), "one")
    twice = [(id, f"{id}b") for id in source if f"{id}b" in source]
    mine, true = (pairs_of(each, source, False) for each in (clusters, [list(p) for p in twice]))
    return wall, cpu, peak, str(pairwise(mine, true))


def invented(many: int, rng: Random) -> pa.Table:
    """So many rows, as a reader hands them over, a part at a time."""
    rows = told(many, rng)
    parts = []
    while part := list(islice(rows, 50_000)):
        parts.append(pa.Table.from_pylist(part, SCHEMA))
    return pa.concat_tables(parts)


def told(many: int, rng: Random) -> Iterator[Row]:
    """Of every eleven rows the last is one of the ten before, otherwise told."""
    words = ["".join(rng.choices(SOUNDS, k=rng.randint(2, 4))) for _ in range(max(500, many // 40))]
    towns = ["".join(rng.choices(SOUNDS, k=3)).title() for _ in range(300)]
    last: deque[Row] = deque(maxlen=10)
    for n in range(many):
        if n % 11 == 10:
            yield again(rng.choice(last), rng)
            continue
        name = f"{rng.choice(words)} {rng.choice(words)} {rng.choice(KINDS)}".title()
        town = rng.choice(towns)
        district = f"{town[:2].upper()}{rng.randint(1, 20)}"
        row = {
            "id": str(n),
            "source": "one",
            "name": name,
            "web": f"www.{name.replace(' ', '').lower()}.example" if rng.random() < 0.6 else "",
            "town": town,
            "postcode": f"{district} {rng.randint(1, 9)}{''.join(rng.choices('ABDEFG', k=2))}",
            "number": str(rng.randint(200_000, 1_300_000)) if rng.random() < 0.5 else "",
        }
        last.append(row)
        yield row


def again(row: Row, rng: Random) -> Row:
    """The same organisation as somebody else writes it."""
    name = row["name"]
    at = rng.randrange(len(name) - 1)
    spelt = (
        f"The {name} Ltd",
        name[:at] + name[at + 1 :],
        " ".join(reversed(name.split())),
        name.upper(),
    )
    other = row | {"id": f"{row['id']}b", "name": rng.choice(spelt)}
    for column in ("web", "number", "postcode", "town"):
        if rng.random() < 0.3:
            other[column] = ""
    return other


def ours(rows: pa.Table) -> Found:
    con = connect()
    con.register("rows", rows)
    con.execute("CREATE TABLE given AS SELECT * FROM rows")
    compared = compare(con, "given", COLUMNS, across=False)
    return found(compared).clusters(compared.ids)


def plain(rows: pa.Table) -> Found:
    """As its tutorial begins: exact or by Jaro-Winkler, blocked on what names few, EM on two."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    con = connect()
    con.register("rows", rows)
    filled = ", ".join(f"nullif({name}, '') AS {name}" for name in COLUMNS)
    con.execute(f"CREATE TABLE given AS SELECT id AS unique_id, {filled} FROM rows")
    told = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[cl.JaroWinklerAtThresholds(name) for name in COLUMNS],
        blocking_rules_to_generate_predictions=[
            block_on(name) for name in ("name", "web", "postcode", "number")
        ],
        retain_matching_columns=False,
    )
    api = DuckDBAPI(con)
    linker = Linker(api.register("given"), told, log_level=None, validate_settings=False)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for name in ("name", "postcode"):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(name))
    pairs: Any = linker.inference.predict(threshold_match_probability=0.5, warning_mode="never")
    likely = con.execute(f"SELECT unique_id_l, unique_id_r FROM {pairs.physical_name}").fetchall()
    return components(rows["id"].to_pylist(), likely)


if __name__ == "__main__":
    main()
