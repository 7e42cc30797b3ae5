"""The comparison itself, on invented organisations: no database."""

from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest

from tieline.loaders.candidates.columns import Column, nature, natures
from tieline.loaders.candidates.compare import LEVELS
from tieline.loaders.candidates.grow import MOST, UNSEEN, grown
from tieline.loaders.candidates.pairs import Pairs
from tieline.loaders.candidates.prepare import cores
from tieline.loaders.candidates.refine import M_LEAST, Figures, Share, falling, refine
from tieline.loaders.candidates.run import compare, connect, found, given
from tieline.loaders.candidates.settle import Settled, prior, settle
from tieline.loaders.candidates.sketch import BITS, sketches

FIRST = ("amber", "birch", "cobalt", "dune", "ember", "fern", "garnet", "hazel", "iris", "juniper")
SECOND = ("kettle", "lantern", "meadow", "nettle", "orchard", "pebble", "quarry", "river", "saddle")
THIRD = ("circle", "trust", "project", "hub", "society", "friends", "centre", "league")
TOWNS = ("Mossford", "Nethery", "Oakholt", "Pennick", "Quarndale", "Ravenby")
LOOKS = {"dates": 0.0, "postcodes": 0.0, "mails": 0.0, "webs": 0.0, "numbers": 0.0, "digits": 0.0}


def invented(many: int, rng: Random) -> list[dict[str, str]]:
    """Organisations of two sources; a fifth of the first are in the second, spelt anew."""
    rows = []
    for n in range(many):
        name = f"{rng.choice(FIRST)}{n % 97} {rng.choice(SECOND)}{n} {rng.choice(THIRD)}"
        web = f"https://www.{name.replace(' ', '')}.example/about"
        town = rng.choice(TOWNS)
        rows.append({"id": f"a:{n}", "source": "a", "name": name, "web": web, "town": town})
        if n % 5 == 0:
            first, second, third = name.split()
            spelt = f"The {second.title()} {third.title()} of {first.upper()} Ltd"
            again = {"id": f"b:{n}", "source": "b", "name": spelt, "town": town}
            rows.append(again | {"web": web.removesuffix("/about") if n % 10 else ""})
    return rows


def test_the_same_under_two_spellings_is_found() -> None:
    rows = invented(400, Random(3))
    con = connect()
    given(con, rows, ["name", "web", "town"])
    compared = compare(con, "given", ["name", "web", "town"], across=True)
    settled = found(compared)
    assert [column.nature for column in compared.columns] == ["text", "web", "category"]
    assert settled.clean.all() and len(settled.clean) == 2
    clusters = settled.clusters(compared.ids)
    pairs = {tuple(members) for members in clusters if len(members) > 1}
    true = {(f"a:{n}", f"b:{n}") for n in range(0, 400, 5)}
    assert len(pairs & true) >= 0.95 * len(true) and len(pairs - true) <= 2
    for bits in compared.model.bits.values():
        assert bits == sorted(bits, reverse=True), "a better level never weighs less"


NUMBERS = {  # of one organisation in two sources
    0: ("GB-CHC-1000001", "GB-CHC-1000001|GB-COH-00000007", 0),
    5: ("GB-CHC-1000002|GB-COH-00212481", "GB-SC-SC212481", 1),
    10: ("GB-CHC-1077116", "GB-CHC-1077166", 2),
    15: ("GB-CHC-1000003", "GB-SC-SC000009", 3),
    20: ("GB-CHC-1000004|GB-COH-00000008", "GB-CHC-1234567|GB-SC-SC000001", 4),
    25: ("GB-CHC-1000005|GB-COH-00000777", "GB-CHC-1100000|GB-SC-SC000777", 4),
    30: ("GB-CHC-1000006", None, -1),
}


def test_two_numbers_of_one_register_speak_against_and_of_two_registers_neither_way() -> None:
    rows: list[dict[str, Any]] = [*invented(400, Random(3))]
    for row in rows:
        source, n = row["id"].split(":")
        told = NUMBERS.get(int(n), (f"GB-COH-{int(n) * 7919 % 10**8:08d}",) * 2)
        row["number"] = told["ab".index(source)]
    con = connect()
    given(con, [row | {"others": None} for row in rows], ["name", "number", "others"])
    columns = [Column("name", "named", 0, 0), Column("number", "register", 0, 0)]
    compared = compare(con, "given", columns, across=True)
    at = {id: n for n, id in enumerate(compared.ids)}
    pairs, levels = compared.pairs, compared.pairs.levels[1]
    held = zip(pairs.left.tolist(), pairs.right.tolist(), levels.tolist(), strict=True)
    found = {(one, other): level for one, other, level in held}
    for n, (*_, level) in NUMBERS.items():
        assert found[at[f"a:{n}"], at[f"b:{n}"]] == level, n
    bits = compared.model.bits["c1"]
    assert bits[3] == 0 and bits[4] == np.log2(M_LEAST) < -8, "whatever is found among these"
    assert bits == sorted(bits, reverse=True) and bits[0] == 12


def test_nothing_alike_gives_nothing() -> None:
    rows = [
        {"id": f"a:{n}", "source": "a", "name": f"{one} {two} number {n}"}
        for n, (one, two) in enumerate((one, two) for one in FIRST for two in SECOND)
    ]
    con = connect()
    given(con, rows, ["name"])
    compared = compare(con, "given", ["name"], across=False)
    assert max(map(len, found(compared).clusters(compared.ids))) == 1


@pytest.mark.parametrize(
    ("looks", "distinct", "words", "is_"),
    [
        ({"dates": 0.9}, 90, 1, "date"),
        ({"postcodes": 0.9}, 90, 2, "postcode"),
        ({"mails": 1.0}, 90, 1, "mail"),
        ({"webs": 0.8}, 90, 1, "web"),
        ({"numbers": 1.0, "digits": 8}, 90, 1, "number"),
        ({"numbers": 1.0, "digits": 4}, 90, 1, "figure"),
        ({}, 5, 1, "category"),
        ({}, 90, 1, "name"),
        ({}, 90, 4, "text"),
        ({}, 90, 40, "prose"),
    ],
)
def test_the_nature_of_a_column(
    looks: dict[str, float], distinct: int, words: float, is_: str
) -> None:
    shares = LOOKS | looks
    assert nature(100, distinct, words=words, **shares) == is_
    assert is_ in LEVELS


def test_a_column_of_few_values_is_looked_at_however_many_rows_there_are() -> None:
    """Rows are sampled, not values: a sample of a few hundred towns may hold none of them."""
    con = connect()
    con.execute(
        "CREATE TABLE told AS SELECT n AS id, 'Mossford ' || n % 60 AS town, 'x' AS same "
        "FROM range(60000) t(n)"
    )
    (found,) = natures(con, "told", ["town", "same"])
    assert (found.name, found.distinct, found.filled) == ("town", 60, 60_000)


def said(*values: str) -> Any:
    con = connect()
    rows = ", ".join("(?, ?)" for _ in values)
    con.execute(
        f"CREATE TABLE said AS FROM (VALUES {rows}) t(n, v)",
        [each for pair in enumerate(values) for each in pair],
    )
    cores(con)
    sketches(con)
    return con


def threes(text: str) -> set[str]:
    return {f" {text} "[n : n + 3] for n in range(len(text))}


def test_sketches_keep_the_angle() -> None:
    """Bits that differ, over all, are the angle over pi: within four standard errors at most."""
    texts = ("warm hearth trust", "the warm hearth trust", "quarry lane cycling")
    con = said(*texts)
    held = con.execute("SELECT v, s.* EXCLUDE (n) FROM said JOIN sketched s USING (n)").fetchall()
    bits = {v: np.array(list("".join(f"{word:064b}" for word in words))) for v, *words in held}
    one, two, other = (threes(text) for text in texts)
    counts = {t: sum(t in each for each in (one, two, other)) for t in one | two | other}
    weights = {t: np.log(4 / n) for t, n in counts.items()}

    def cosine(left: set[str], right: set[str]) -> float:
        size = [sum(weights[t] ** 2 for t in each) ** 0.5 for each in (left, right)]
        return float(sum(weights[t] ** 2 for t in left & right) / (size[0] * size[1]))

    for text, grams in zip(texts, (one, two, other), strict=True):
        apart = (bits[texts[0]] != bits[text]).mean()
        assert abs(apart - np.arccos(min(1, cosine(one, grams))) / np.pi) < 0.125
    assert len(bits[texts[0]]) == BITS


def test_words_that_all_have_say_nothing() -> None:
    names = [f"the {word} trust" for word in FIRST]
    con = said(*names, "the trust", "iris the garnet iris")
    cored = dict(con.execute("SELECT v, core FROM cored").fetchall())
    assert cored["the amber trust"] == "amber" and cored["iris the garnet iris"] == "garnet iris"
    assert cored["the trust"] == "the trust", "nothing else is left"


def test_neither_its_legal_form_nor_small_words_say_which_body_it_is() -> None:
    con = said("the warm hearth society", "warm hearth society ltd", "society of warm hearth cio")
    bare = con.execute("SELECT DISTINCT bare FROM cored").fetchall()
    assert bare == [("hearth society warm",)]
    assert said("the company").execute("SELECT bare FROM cored").fetchall() == [("company the",)]


def test_levels_that_are_out_of_order_are_pooled() -> None:
    m, u = np.array([0.5, 0.1, 0.3, 0.1]), np.array([0.001, 0.01, 0.001, 0.988])
    pooled = falling(m, u)
    ratios = [one / other for one, other in pooled]
    assert ratios == sorted(ratios, reverse=True)
    assert sum(one for one, _ in pooled) == pytest.approx(1)


def figures(m: list[float], share: list[float], pairs: float) -> Figures:
    return Figures.of([5.0, -5.0], m, Share(np.array(share), pairs))


def test_chance_agreement_is_what_matches_leave_of_it() -> None:
    """In a table of 100 with 50 matches, half of what agrees at random is a match."""
    known = [figures([0.9, 0.1], share, 4950) for share in ([0.02, 0.98], [0.011, 0.989])]
    counts = np.array([[0, 0, 45], [0, 1, 54], [1, 0, 9], [1, 1, 4842]])
    done, also = refine(known, counts, [1, 1], 4950)
    assert done.u[0] < 0.0135 and also.u[0] < 0.005
    assert done.bits()[0] > np.log2(0.9 / 0.02)


def test_of_a_single_column_matches_stay_as_usual() -> None:
    """It cannot tell what agrees in them; no more are reckoned with than explain what is equal."""
    one = figures([None, None], [0.0004, 0.9996], 1e6)  # type: ignore[list-item]
    (done,) = refine([one], np.array([[0, 400], [1, 999_600]]), [1], 1e6)
    assert done.m[0] == pytest.approx(0.6 / 0.7, abs=0.01)
    assert done.u[0] == pytest.approx(0.02 * 0.0004, rel=0.1), "what is equal are matches"
    town = figures([None, None], [0.1, 0.9], 1e6)  # type: ignore[list-item]
    (done,) = refine([town], np.array([[0, 100_000], [1, 900_000]]), [1], 1e6)
    assert done.u[0] > 0.099, "a match a record at most: so hardly any of what is equal"


def test_where_nothing_matches_what_agrees_does_by_chance() -> None:
    known = figures([0.9, 0.1], [0.02, 0.98], 1e6)
    known.again(np.array([45, 5]), Share(np.array([1e-4, 1 - 1e-4]), 1e6))
    assert known.u[0] == pytest.approx(1e-4, rel=0.01)


def test_the_prior_is_where_chances_add_up() -> None:
    weights = np.array([20.0] * 30 + [-20.0] * 970)
    assert prior(weights, 1000) == pytest.approx(np.log2(0.03 / 0.97), abs=0.01)


def settled(
    source: dict[str, int], weighed: list[tuple[str, str, float]]
) -> tuple[Settled, list[list[str]]]:
    """Clusters, as `settle` makes them of named records."""
    ids = sorted(source)
    at = {id: n for n, id in enumerate(ids)}
    ends = np.array([sorted((at[a], at[b])) for a, b, _ in weighed], np.int32).T
    weights = np.array([weight for *_, weight in weighed], np.float32)
    made = settle(
        Pairs(ends[0], ends[1], [], weights), np.array([source[id] for id in ids], np.int32)
    )
    return made, made.clusters(ids)


def test_one_of_two_in_a_source_without_doubles() -> None:
    """b has no doubles: the better partner is taken, the other left."""
    source = {f"a{n}": 0 for n in range(60)} | {f"b{n}": 1 for n in range(60)}
    pairs = [(f"a{n}", f"b{n}", 30.0) for n in range(50)]
    made, clusters = settled(source, [*pairs, ("a1", "b2", 25.0), ("a55", "b3", 24.0)])
    assert made.clean.all()
    assert sorted(m for m in clusters if len(m) > 1) == sorted(
        [f"a{n}", f"b{n}"] for n in range(50)
    )


def test_one_stray_pair_joins_no_two_crowds() -> None:
    crowds = ("pqr", "stu")
    pairs = [(a, b, 30.0) for crowd in crowds for a in crowd for b in crowd if a < b]
    _, clusters = settled(dict.fromkeys("pqrstu", 0), [*pairs, ("r", "s", 9.0)])
    assert clusters == [list("pqr"), list("stu")]


@pytest.mark.parametrize("seed", range(12))
def test_clusters_are_those_of_going_through_every_pair(seed: int) -> None:
    """Against the plainest way to say it: surest pair first, sums over all records of both."""
    rng = Random(seed)
    many = 40
    bits = {
        (a, b): rng.choice((-8.0, -3.0, 2.0, 5.0, 25.0)) + rng.random()
        for a in range(many)
        for b in range(a + 1, many)
        if rng.random() < 0.08
    }
    lone = [rng.choice((-1, 0, 1)) for _ in range(many)]
    groups = {n: {n} for n in range(many)}
    for (a, b), weight in sorted(bits.items(), key=lambda each: (-each[1], each[0])):
        one, other = groups[a], groups[b]
        kept = [lone[n] for n in one | other if lone[n] >= 0]
        if weight <= 0 or one is other or len(kept) > len(set(kept)):
            continue
        known = (bits.get((min(p), max(p)), UNSEEN) for p in product(one, other))
        if sum(max(-MOST, min(MOST, each)) for each in known) > 0:
            for n in (whole := one | other):
                groups[n] = whole
    ends = np.array(sorted(bits), np.int32).T
    weights = np.array([bits[pair] for pair in sorted(bits)])
    of = grown(ends[0], ends[1], weights, np.array(lone, np.int32))
    assert of.tolist() == [min(groups[n]) for n in range(many)]
