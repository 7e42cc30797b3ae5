"""Whether ties lead across: by hand, by brute force over a tree of places."""

from random import Random

import numpy as np

from tieline.queries.bridges.mixing import mixing
from tieline.queries.bridges.tree import Tree, _all_above

ABOVE = {  # wards in towns in a country, and a town apart
    "country": frozenset[str](),
    "north": frozenset({"country"}),
    "south": frozenset({"country"}),
    "mill": frozenset({"north"}),
    "dock": frozenset({"north"}),
    "park": frozenset({"south"}),
    "island": frozenset[str](),
}
KIND = {"country": "Country", "north": "Town", "south": "town", "island": "town"}
TREE = Tree(
    {uid: _all_above(uid, ABOVE) for uid in ABOVE}, {uid: KIND.get(uid, "ward") for uid in ABOVE}
)


def test_a_place_that_lies_in_the_other_is_within() -> None:
    groups = [frozenset({each}) for each in ("mill", "north", "dock", "country", "island")]
    ends = np.array([(0, 1), (0, 2), (2, 3), (3, 4), (0, 4)])
    found = mixing(groups, ends, TREE.wider)
    assert (found.all_within, found.all_across) == (2, 3)
    assert found.within.tolist() == [1, 1, 1, 1, 0]
    assert mixing(groups, ends).all_within == 0, "without the tree nothing lies in anything"


def test_places_read_as_towns() -> None:
    """Two wards of one town are one; of who is in the country alone it is not known where."""
    assert TREE.as_("town", frozenset({"mill", "country"})) == {"north"}
    assert TREE.as_("town", frozenset({"country"})) == frozenset()
    assert TREE.as_("ward", frozenset({"north"})) == frozenset()
    assert TREE.kinds == ["country", "town", "ward"]
    groups = [TREE.as_("town", frozenset({each})) for each in ("mill", "dock", "park", "country")]
    found = mixing(groups, np.array([(0, 1), (0, 2), (1, 3)]))
    assert (found.all_within, found.all_across) == (1, 1)


def test_against_brute_force() -> None:
    dice = Random(5)
    for _ in range(50):
        groups = [frozenset(dice.sample([*ABOVE], dice.randint(0, 3))) for _ in range(12)]
        ends = np.array(
            sorted({tuple(sorted(dice.sample(range(12), 2))) for _ in range(25)}), np.int64
        )
        found = mixing(groups, ends, TREE.wider)
        within = across = 0
        for a, b in ends.tolist():
            if not (groups[a] and groups[b]):
                continue
            near = any(
                p == q or q in TREE.wider[p] or p in TREE.wider[q]
                for p in groups[a]
                for q in groups[b]
            )
            within, across = within + near, across + (not near)
        assert (found.all_within, found.all_across) == (within, across)


def test_places_that_lie_in_each_other_come_to_an_end() -> None:
    ring = {"a": frozenset({"b"}), "b": frozenset({"c"}), "c": frozenset({"a"})}
    assert _all_above("a", ring) == {"b", "c"}
