"""The comparison itself, on invented organisations: no database."""

from random import Random
from typing import Any

import numpy as np
import pytest

from tieline.loaders.candidates.columns import nature
from tieline.loaders.candidates.compare import LEVELS
from tieline.loaders.candidates.prepare import BITS, cores, sketches
from tieline.loaders.candidates.refine import Figures, falling, refine
from tieline.loaders.candidates.run import compare, connect, found, given
from tieline.loaders.candidates.settle import Pair, prior, settle

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
    settled = found(compared, {row["id"]: row["source"] for row in rows})
    assert [column.nature for column in compared.columns] == ["text", "web", "category"]
    assert settled.clean == {"a", "b"}
    pairs = {tuple(members) for members in settled.clusters if len(members) > 1}
    true = {(f"a:{n}", f"b:{n}") for n in range(0, 400, 5)}
    assert len(pairs & true) >= 0.95 * len(true) and len(pairs - true) <= 2
    for bits in compared.model.bits.values():
        assert bits == sorted(bits, reverse=True), "a better level never weighs less"


def test_nothing_alike_gives_nothing() -> None:
    rows = [
        {"id": f"a:{n}", "source": "a", "name": f"{one} {two} number {n}"}
        for n, (one, two) in enumerate((one, two) for one in FIRST for two in SECOND)
    ]
    con = connect()
    given(con, rows, ["name"])
    settled = found(compare(con, "given", ["name"], across=False), {r["id"]: "a" for r in rows})
    assert max(map(len, settled.clusters)) == 1


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
    """Bits that differ, over all, are the angle over pi: within four standard errors."""
    texts = ("warm hearth trust", "the warm hearth trust", "quarry lane cycling")
    con = said(*texts)
    held = [s for (s,) in con.execute("SELECT sketch::VARCHAR FROM sketched ORDER BY v").fetchall()]
    bits = dict(zip(sorted(texts), [np.array(list(each)) for each in held], strict=True))
    one, two, other = (threes(text) for text in texts)
    counts = {t: sum(t in each for each in (one, two, other)) for t in one | two | other}
    weights = {t: np.log(4 / n) for t, n in counts.items()}

    def cosine(left: set[str], right: set[str]) -> float:
        size = [sum(weights[t] ** 2 for t in each) ** 0.5 for each in (left, right)]
        return float(sum(weights[t] ** 2 for t in left & right) / (size[0] * size[1]))

    for text, grams in zip(texts, (one, two, other), strict=True):
        apart = (bits[texts[0]] != bits[text]).mean()
        assert abs(apart - np.arccos(min(1, cosine(one, grams))) / np.pi) < 0.1
    assert len(held[0]) == BITS


def test_words_that_all_have_say_nothing() -> None:
    names = [f"the {word} trust" for word in FIRST]
    con = said(*names, "the trust", "iris the garnet iris")
    cored = dict(con.execute("SELECT v, core FROM cored").fetchall())
    assert cored["the amber trust"] == "amber" and cored["iris the garnet iris"] == "garnet iris"
    assert cored["the trust"] == "the trust", "nothing else is left"


def test_levels_that_are_out_of_order_are_pooled() -> None:
    m, u = np.array([0.5, 0.1, 0.3, 0.1]), np.array([0.001, 0.01, 0.001, 0.988])
    pooled = falling(m, u)
    ratios = [one / other for one, other in pooled]
    assert ratios == sorted(ratios, reverse=True)
    assert sum(one for one, _ in pooled) == pytest.approx(1)


def test_chance_agreement_is_what_matches_leave_of_it() -> None:
    """In a table of 100 with 50 matches, half of what agrees at random is a match."""
    figures = [Figures.of([5.0, -5.0], [0.9, 0.1], [0.02, 0.98])]
    other = Figures.of([5.0, -5.0], [0.9, 0.1], [0.011, 0.989])
    counts = [[0, 0, 45], [0, 1, 54], [1, 0, 9], [1, 1, 4842]]
    done, also = refine([figures[0], other], counts, [1, 1], 4950)
    assert done.u[0] < 0.0135 and also.u[0] < 0.005
    assert done.bits()[0] > np.log2(0.9 / 0.02)


def test_the_prior_is_where_chances_add_up() -> None:
    weights = np.array([20.0] * 30 + [-20.0] * 970)
    assert prior(weights, 1000) == pytest.approx(np.log2(0.03 / 0.97), abs=0.01)


def test_one_of_two_in_a_source_without_doubles() -> None:
    """b has no doubles: the better partner is taken, the other left."""
    source = {f"a{n}": "a" for n in range(60)} | {f"b{n}": "b" for n in range(60)}
    pairs = [Pair(f"a{n}", f"b{n}", 30.0) for n in range(50)]
    pairs += [Pair("a1", "b2", 25.0), Pair("a55", "b3", 24.0)]
    settled = settle(pairs, source)
    assert settled.clean == {"a", "b"}
    assert [m for m in settled.clusters if len(m) > 1] == sorted(
        [f"a{n}", f"b{n}"] for n in range(50)
    )


def test_one_stray_pair_joins_no_two_crowds() -> None:
    source = dict.fromkeys("pqrstu", "a")
    crowds = ("pqr", "stu")
    pairs = [Pair(a, b, 30.0) for crowd in crowds for a in crowd for b in crowd if a < b]
    settled = settle([*pairs, Pair("r", "s", 9.0)], source)
    assert settled.clusters == [list("pqr"), list("stu")]
