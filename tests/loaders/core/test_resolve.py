"""Which records are one thing: the rules one by one, then any order of records and identifiers."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tieline.loaders.resolve import Judgement, components
from tieline.schema.records import Record

CHARITY, OTHER = "GB-CHC-1000001", "GB-CHC-1000002"
COMPANY, NAME = "GB-COH-00000001", "name-place-newport"


def record(uid: str, *ids: str, kind: str = "organisation", branch: bool = False) -> Record:
    return Record(uid, kind, uid[0], "{}", "", tuple(sorted(ids)), branch)


def parts(*records: Record, said: tuple[Judgement, ...] = ()) -> list[list[str]]:
    return components({each.uid: each for each in records}, said)


def test_a_shared_identifier_joins() -> None:
    assert parts(record("a", CHARITY), record("b", CHARITY), record("c")) == [["a", "b"], ["c"]]


def test_two_values_of_an_exclusive_scheme_part() -> None:
    """The company number is shared, the charity numbers are not: two charities."""
    assert parts(record("a", CHARITY, COMPANY), record("b", OTHER, COMPANY)) == [["a"], ["b"]]


def test_a_bridge_joins_what_two_sources_called_differently() -> None:
    found = parts(record("a", CHARITY), record("b", COMPANY), record("c", CHARITY, COMPANY))
    assert found == [["a", "b", "c"]]


def test_a_branch_is_not_its_parent() -> None:
    assert parts(record("a", CHARITY), record("b", CHARITY, branch=True)) == [["a"], ["b"]]


def test_different_kinds_never_join() -> None:
    assert parts(record("a", "GB-LAE-BIR"), record("b", "GB-LAE-BIR", kind="place")) == [
        ["a"],
        ["b"],
    ]


def test_a_name_joins_the_one_place_that_carries_it() -> None:
    place = record("a", "GSS-W06000022", NAME, kind="place")
    mention = record("b", NAME, kind="place")
    assert parts(place, mention) == [["a", "b"]]


def test_a_name_that_two_places_carry_joins_neither_but_itself() -> None:
    two = [record(uid, gss, NAME, kind="place") for uid, gss in (("a", "GSS-1"), ("b", "GSS-2"))]
    mentions = [record(uid, NAME, kind="place") for uid in "cd"]
    assert parts(*two, *mentions) == [["a"], ["b"], ["c", "d"]]


def test_two_people_of_one_name_and_two_local_ids_stay_two() -> None:
    name = "name-person-x-ann lee"
    known = [record(uid, f"local-x-person-{uid}", name, kind="person") for uid in "ab"]
    assert parts(*known, record("c", name, kind="person")) == [["a"], ["b"], ["c"]]


def test_judgements_join_and_part() -> None:
    same, different = Judgement("a", "b", "same"), Judgement("b", "c", "different")
    records = (record("a", CHARITY), record("b"), record("c", CHARITY))
    assert parts(*records, said=(same,)) == [["a", "b", "c"]]
    assert parts(*records, said=(same, different)) == [["a", "b"], ["c"]]


IDS = st.lists(st.sampled_from([CHARITY, OTHER, COMPANY, NAME, "360G-x:1"]), max_size=3)
RECORDS = st.lists(st.tuples(IDS, st.booleans()), min_size=1, max_size=7)
WORDS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.sampled_from(["same", "different"]))
)


@settings(max_examples=200, deadline=None)
@given(RECORDS, WORDS, st.randoms(use_true_random=False))
def test_no_order_shows(
    specs: list[tuple[list[str], bool]], words: list[tuple[int, int, str]], rng: object
) -> None:
    """Also: no entity holds a contradicting pair, and no record is lost."""
    records = [record("abcdefg"[n], *set(i), branch=b) for n, (i, b) in enumerate(specs)]
    said = [Judgement("abcdefg"[min(x, y)], "abcdefg"[max(x, y)], v) for x, y, v in words if x != y]
    found = parts(*records, said=tuple(said))
    shuffled = list(records)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert parts(*shuffled, said=tuple(reversed(said))) == found
    assert sorted(uid for members in found for uid in members) == [r.uid for r in records]
    barred = {(j.left, j.right) for j in said if j.verdict == "different"}
    branch = {r.uid: r.branch for r in records}
    for members in found:
        assert len({branch[uid] for uid in members}) == 1
        assert not any((x, y) in barred for x in members for y in members)
