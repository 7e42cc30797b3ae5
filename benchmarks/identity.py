"""How well doubles are found, beside letters in threes and beside plain Splink, in one run.

    python benchmarks/identity.py [NAME ...]            the sets beside the repository, or some
    python benchmarks/identity.py --left A.csv --right B.csv --truth T.csv [--id COLUMN]
    python benchmarks/identity.py --left A.csv --truth T.csv         doubles within one file
    python benchmarks/identity.py --left A.csv --cluster COLUMN      the same, where a column says
                                             which thing a row is; a blank: one that is there once

Of each set and method: pairwise precision, recall and F1; B-cubed the same; the share of true
clusters found exactly. Any tables will do, in any encoding, split by , ; | % or tabs: an id column
in each (`id`, else the first), a truth of two columns of ids, with headings or without. Two files
are compared by the columns that both have; --same name=title says that the right file's title is
the left one's name. Rows that repeat an id are left out, and told.

- threes: cosine of letters in threes over all that a row says, at .5, and at the threshold that
  suits the truth best (marked *: a floor that no method in use could know);
- splink: as its tutorial begins (every column exact or by Jaro-Winkler at .9 and .7, default
  prior, blocking on each column, EM on two), at .5 and .95;
- splink+: as its documentation goes on: values in small letters, term frequencies, the prior from
  pairs that are equal in two columns. The best of the four is the bar. Each in a process of its
  own that is ended after --seconds;
- tieline: the engine of `tieline candidates`, its clusters; no threshold is given to it.

Fixed before any truth was looked at: how a column's nature is read off its values, the levels of
each nature, u counted or by random pairs, m by EM, a match where it is likelier than not. Seen on
these very sets, and so to be tried on others: chance agreement without the matches in it, rarity by
the other records, web addresses as a nature, the weight of what is usual (20 pairs) and that each
worse level is half as usual, when a source counts as without doubles (2% of its records), m and u
learnt again from such sources, and that legal forms and small words do not say which body it is.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from identity_data import CASES, Case, shared
from identity_files import files
from identity_metrics import b_cubed, components, exact, pairs_of, pairwise
from identity_rivals import Row, Weighed, limited, threes

from tieline.loaders.candidates.run import compare, connect, found, given

STEPS = [n / 20 for n in range(6, 20)]
HEAD = f"{'set':18} {'method':14} {'pairwise P R F1':18} {'B-cubed P R F1':18} exact  s (cpu)"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="sets, by a part of their names")
    parser.add_argument("--left", type=Path, help="a table")
    parser.add_argument("--right", type=Path, help="another, to be linked with it")
    parser.add_argument("--truth", type=Path, help="two columns of ids that are one thing")
    parser.add_argument("--id", action="append", default=[], help="its column; twice: left, right")
    parser.add_argument("--cluster", help="of one file: the column that says which thing a row is")
    parser.add_argument("--same", action="append", default=[], metavar="LEFT=RIGHT")
    parser.add_argument("--delimiter", help="found if not said")
    parser.add_argument("--seconds", type=float, default=300, help="for each way to use Splink")
    parser.add_argument("--show", action="store_true", help="weights, what was missed or wrong")
    said = parser.parse_args(arguments)
    if said.left:
        same = dict(each.partition("=")[::2] for each in said.same)
        case = files(said.left, said.right, said.truth, said.id, said.cluster, same, said.delimiter)
        print(HEAD)
        measure(case, said.show, said.seconds)
        return
    if not (shared() / "dedupe").is_dir():
        print(f"skipped: {shared()} is not here; set TIELINE_SHARED_DATA, or give --left, --truth")
        return
    print(HEAD)
    for make in CASES:
        case = make()
        if not said.names or any(name.lower() in case.name.lower() for name in said.names):
            measure(case, said.show, said.seconds)


def measure(case: Case, show: bool, seconds: float) -> None:
    ids = [row["id"] for row in case.rows]
    true = components(ids, case.true)
    weighed, took = timed(lambda: threes(case.rows, case.source, case.across))
    tell(case, "threes .5", at(ids, weighed, 0.5), true, took)
    best = max(STEPS, key=lambda least: score(case, at(ids, weighed, least), true))
    tell(case, f"threes {best}*", at(ids, weighed, best), true, took)
    for documented in (False, True):
        plain = limited(case, documented, seconds)
        for least in (0.5, 0.95):
            name = f"splink{'+' * documented} {least}"
            if isinstance(plain, str):
                print(f"{case.name:18} {name:14} {plain}", flush=True)
            else:
                tell(case, name, at(ids, plain[0], least), true, plain[1])
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
