"""What the engine is measured beside: letters in threes, and Splink as its tutorial uses it."""

import logging
import math
import multiprocessing
import time
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
import pyarrow as pa
from identity_data import Case
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_library as cl
from splink.internals.exceptions import EMTrainingException

from tieline.loaders.candidates.run import connect

SIZE = 4096
BLOCK = 512
Weighed = dict[tuple[str, str], float]
Row = Mapping[str, str]


def threes(rows: Sequence[Row], source: Mapping[str, str], across: bool) -> Weighed:
    """Cosine of letters in threes over everything a record says, weighed by rarity; .2 and more."""
    texts = [" ".join(v for k, v in row.items() if k != "id").lower() for row in rows]
    grams = [Counter(f" {t} "[n : n + 3] for n in range(len(t))) for t in texts]
    often = Counter(g for each in grams for g in each)
    made = np.zeros((len(rows), SIZE), dtype=np.float32)
    for at, each in enumerate(grams):
        for gram, n in each.items():
            digest = zlib.crc32(gram.encode())
            weight = n * math.log(len(rows) / often[gram] + 1e-9)
            made[at, digest % SIZE] += weight if digest & 1 << 20 else -weight
    made /= np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9)
    ids = [row["id"] for row in rows]
    found: Weighed = {}
    for start in range(0, len(rows), BLOCK):
        alike = made[start : start + BLOCK] @ made.T
        for i, j in zip(*np.nonzero(alike >= 0.2), strict=True):
            one, other = ids[start + i], ids[j]
            if start + i < j and not (across and source[one] == source[other]):
                found[min(one, other), max(one, other)] = float(alike[i, j])
    return found


def plain(
    rows: Sequence[Row], source: Mapping[str, str], across: bool, documented: bool = False
) -> Weighed:
    """Splink as its tutorial begins: each column exact or by Jaro-Winkler, default prior.

    Pairs share a column's value; u by sampling, m by EM on the first two columns that will do.
    `documented`: as its documentation goes on: values in small letters, term frequencies, and the
    prior from pairs that are equal in two columns (recall .7). Probability of a match.
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    names = [name for name in rows[0] if name != "id"]
    columns = _columns(rows, names, small=documented)
    api = DuckDBAPI(connect())
    if len(names) < 3:  # Splink 5.0.0 cannot train one comparison alone: one that says nothing
        columns |= {"nothing": pa.nulls(len(rows), pa.string())}
    told = _settings(names, documented)
    sides = [source[row["id"]] for row in rows] if across else None
    if across:
        chosen = [
            [source[row["id"]] == side for row in rows] for side in sorted({*source.values()})
        ]
        tables = [api.register(pa.table(columns).filter(mask)) for mask in chosen]
        given = SettingsCreator(link_type="link_only", **told)
        linker = Linker(tables, given, log_level=None, validate_settings=False)
    else:
        given = SettingsCreator(link_type="dedupe_only", **told)
        linker = Linker(
            api.register(pa.table(columns)), given, log_level=None, validate_settings=False
        )
    if documented and (rules := _sure(columns, names, sides)):
        linker.training.estimate_probability_two_random_records_match(
            [block_on(*rule) for rule in rules], recall=0.7
        )
    train(linker, names)
    found = linker.inference.predict(threshold_match_probability=0.01, warning_mode="never")
    weighed: Weighed = {}
    for r in found.as_record_list():
        one, other = r["unique_id_l"], r["unique_id_r"]
        weighed[min(one, other), max(one, other)] = r["match_probability"]
    return weighed


def _sure(
    columns: Mapping[str, Any], names: Sequence[str], sides: Sequence[str] | None
) -> list[tuple[str, ...]]:
    """Rules by which a match is as good as sure: two columns equal, else one alone, where any two
    rows (of two sides) are so. Of none Splink would make a prior of nought, and fail.
    """
    for width in (2, 1):
        rules = []
        for rule in combinations(names, width):
            held: dict[tuple[str, ...], list[str | int]] = {}
            for n, value in enumerate(zip(*(columns[name] for name in rule), strict=True)):
                if None not in value:
                    held.setdefault(value, []).append(sides[n] if sides else n)
            rules += [rule] if any(len(set(each)) > 1 for each in held.values()) else []
        if rules:
            return rules
    return []


def _columns(rows: Sequence[Row], names: Sequence[str], small: bool) -> dict[str, object]:
    values: dict[str, object] = {
        name: [(row[name].lower() if small else row[name]).strip() or None for row in rows]
        for name in names
    }
    return values | {"unique_id": [row["id"] for row in rows]}


def _settings(names: Sequence[str], documented: bool) -> dict[str, Any]:
    compared = [cl.JaroWinklerAtThresholds(name) for name in names]
    if documented:
        compared = [each.configure(term_frequency_adjustments=True) for each in compared]
    if len(names) < 3:
        compared.append(cl.JaroWinklerAtThresholds("nothing"))
    return {
        "comparisons": compared,
        "blocking_rules_to_generate_predictions": [block_on(name) for name in names],
        "retain_matching_columns": False,
    }


def train(linker: Linker, names: Sequence[str]) -> None:
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    done = 0
    for name in names if len(names) > 1 else ():  # one column alone cannot train itself
        if done == 2:
            break
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(name))
        except EMTrainingException:
            continue
        done += 1


def limited(case: Case, documented: bool, seconds: float) -> tuple[Weighed, float] | str:
    """Splink in a process of its own: what it found and its processor seconds, or why not."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_alone, args=(case, documented, there), daemon=True)
    child.start()
    there.close()
    try:
        return here.recv() if here.poll(seconds) else f"did not finish in {seconds:.0f} s"
    except EOFError:
        return "its process was ended"
    finally:
        child.kill()
        child.join()


def _alone(case: Case, documented: bool, told: Connection) -> None:
    began = time.process_time()
    try:
        found = plain(case.rows, case.source, case.across, documented)
    except Exception as error:
        told.send(f"failed: {type(error).__name__} {error}"[:90])
        return
    told.send((found, time.process_time() - began))
