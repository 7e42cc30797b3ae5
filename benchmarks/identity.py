"""How well doubles are found, beside letters in threes and beside plain Splink, in one run.

    python benchmarks/identity.py [NAME ...]            the sets beside the repository, or some
    python benchmarks/identity.py --left A.csv [--right B.csv] --truth T.csv [--id COLUMN]

Of each set and method: pairwise precision, recall and F1; B-cubed the same; the share of true
clusters found exactly. Any files will do: an id column in each (`id`, else the first), a truth of
two columns of ids; with one file, its truth pairs rows of it.

- threes: cosine of letters in threes over all that a row says, at .5, and at the threshold that
  suits the truth best (marked *: a floor that no method in use could know);
- splink: as its tutorial begins (every column exact or by Jaro-Winkler at .9 and .7, default
  prior, blocking on each column, EM on two), at .5 and .95; the better is the bar;
- tieline: the engine of `tieline candidates`, its clusters; no threshold is given to it.

Fixed before any truth was looked at: how a column's nature is read off its values, the levels of
each nature, u by random pairs, m by EM, a match where it is likelier than not. Seen on these very
sets, and so to be tried on others: chance agreement without the matches in it, rarity by the other
records, web addresses as a nature, the weight of a usual start (20 pairs), when a source counts as
without doubles (2% of its records), and m learnt again from the matches of such sources.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from identity_data import CASES, Case, doubled, linked, shared, table
from identity_metrics import b_cubed, components, exact, pairs_of, pairwise
from identity_rivals import Row, Weighed, plain, threes

from tieline.loaders.candidates.run import compare, connect, found, given

STEPS = [n / 20 for n in range(6, 20)]
HEAD = f"{'set':18} {'method':14} {'pairwise P R F1':18} {'B-cubed P R F1':18} exact  s (cpu)"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="How well doubles are found.")
    parser.add_argument("names", nargs="*", help="sets, by a part of their names")
    parser.add_argument("--left", type=Path)
    parser.add_argument("--right", type=Path)
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--id", default=None, help="the column of ids")
    parser.add_argument("--delimiter", default=",")
    parser.add_argument("--show", action="store_true", help="natures, weights and what was missed")
    said = parser.parse_args(arguments)
    print(HEAD)
    if said.left:
        measure(files(said.left, said.right, said.truth, said.id, said.delimiter), said.show)
        return
    if not (shared() / "dedupe").is_dir():
        print(f"skipped: {shared()} is not here; set TIELINE_SHARED_DATA, or give --left, --truth")
        return
    for make in CASES:
        case = make()
        if not said.names or any(name.lower() in case.name.lower() for name in said.names):
            measure(case, said.show)


def files(left: Path, right: Path | None, truth: Path, id: str | None, delimiter: str) -> Case:
    """Any pair of files, or one, with its truth."""
    rows = _read(left, "l", id, delimiter)
    answers = [list(row.values())[1:] for row in _read(truth, "t", None, delimiter, keep=True)]
    if right is None:
        joined = components([r["id"] for r in rows], [(f"l:{a}", f"l:{b}") for a, b, *_ in answers])
        who = {id: members[0] for members in joined for id in members}
        return doubled(left.stem, rows, who)
    others = _read(right, "r", id, delimiter)
    return linked(left.stem, rows, others, [(f"l:{a}", f"r:{b}") for a, b, *_ in answers])


def _read(
    path: Path, prefix: str, id: str | None, delimiter: str, keep: bool = False
) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", errors="replace") as file:
        heads = [head.strip() for head in file.readline().strip().split(delimiter)]
    plain_heads = [head.strip('"\ufeff') for head in heads]
    key = id or ("id" if "id" in plain_heads else plain_heads[0])
    return table(path, prefix, key, delimiter, keep=keep)


def measure(case: Case, show: bool) -> None:
    ids = [row["id"] for row in case.rows]
    true = components(ids, case.true)
    weighed, took = timed(lambda: threes(case.rows, case.source, case.across))
    tell(case, "threes .5", at(ids, weighed, 0.5), true, took)
    best = max(STEPS, key=lambda least: score(case, at(ids, weighed, least), true))
    tell(case, f"threes {best}*", at(ids, weighed, best), true, took)
    chances, took = timed(lambda: plain(case.rows, case.source, case.across))
    for least in (0.5, 0.95):
        tell(case, f"splink {least}", at(ids, chances, least), true, took)
    clusters, took = timed(lambda: ours(case, show))
    tell(case, "tieline", clusters, true, took)
    if show:
        missed(case, clusters, true)


def timed(work):  # type: ignore[no-untyped-def]
    """What came of it, and the processor seconds it took."""
    began = time.process_time()
    return work(), time.process_time() - began


def ours(case: Case, show: bool) -> list[list[str]]:
    con = connect()
    names = [name for name in case.rows[0] if name != "id"]
    given(con, [row | {"source": case.source[row["id"]]} for row in case.rows], names)
    compared = compare(con, "given", names, case.across)
    settled = found(compared)
    for each in compared.model.compared if show else ():
        bits = ", ".join(f"{b:+.1f}" for b in compared.model.bits[each.key])
        print(f"    {each.name}: {each.nature}, {bits}")
    return settled.clusters(compared.ids)


def at(ids: Sequence[str], weighed: Weighed, least: float) -> list[list[str]]:
    return components(ids, [pair for pair, weight in weighed.items() if weight >= least])


def score(case: Case, clusters: list[list[str]], true: list[list[str]]) -> float:
    wanted = pairs_of(true, case.source, case.across)
    return pairwise(pairs_of(clusters, case.source, case.across), wanted).f1


def tell(
    case: Case, method: str, clusters: list[list[str]], true: list[list[str]], took: float
) -> None:
    wanted = pairs_of(true, case.source, case.across)
    pairs = pairwise(pairs_of(clusters, case.source, case.across), wanted)
    line = f"{case.name:18} {method:14} {pairs}  {b_cubed(clusters, true)}  "
    print(f"{line}{exact(clusters, true):.3f}  {took:.1f}", flush=True)


def missed(case: Case, clusters: list[list[str]], true: list[list[str]], most: int = 20) -> None:
    rows: dict[str, Row] = {row["id"]: row for row in case.rows}
    mine = pairs_of(clusters, case.source, case.across)
    wanted = pairs_of(true, case.source, case.across)
    for word, pairs in (("wrong", mine - wanted), ("missed", wanted - mine)):
        for one, other in sorted(pairs)[:most]:
            print(f"    {word}: {list(rows[one].values())} {list(rows[other].values())}")


if __name__ == "__main__":
    sys.exit(main())
