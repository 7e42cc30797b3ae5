"""What is read of the graph at each level: the hard graph once more, partly hidden."""

from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from tests.exports.back import back

from tieline.database.reader import Reader
from tieline.errors import NotFound, WrongUse
from tieline.exports import read as reading
from tieline.exports.drawn import Thing, Tie
from tieline.exports.read import Read, asked
from tieline.exports.written import FORMATS, form, stream

Raw = Callable[..., list[dict[str, Any]]]
Run = Callable[[Coroutine[Any, Any, Any]], Any]
ACTORS = [
    ("p-1", "Zoë Ångström", "Person", 4),
    ("p-2", "Ana Ash", "Person", 4),
    ("p-3", "Ana Ash", "Person", 3),
    ("p-4", "Hana Hidden", "Person", 0),
    ("p-5", "Stew Spruce", "Person", 1),
    ("o-1", "=Acorn", "Organisation", 4),
    ("o-2", "Alone", "Organisation:Network", 4),
    ("p-1~p-2", "Whose id a tie would have", "Organisation", 4),
]
# both ends, the level down from which it is visible, label there, strength
TIES = [
    ("p-1", "p-2", 4, "thick", 0.6),
    ("p-1", "p-3", 4, "middling", 0.4),
    ("p-2", "p-3", 2, "thin", 0.0),
    ("p-1", "p-4", 4, "thick", 0.9),
    ("p-2", "p-5", 4, "not_yet_known", 0.2),
    ("o-1", "p-1", 4, "not_yet_known", 0.1),
    ("o-1", "p-2", 4, "no_tie", 0.0),
]
STATED = [
    ("p-1", "WORKS_FOR", "o-1", 4, "chair"),
    ("p-1", "WORKS_FOR", "o-1", 4, "cook"),
    ("p-1", "WORKS_FOR", "o-1", 4, "cook"),
    ("p-4", "WORKS_FOR", "o-1", 0, "spy"),
    ("p-2", "WORKS_FOR", "o-1", 2, "treasurer"),
    ("o-1", "MEMBER_OF", "o-2", 4, None),
    ("o-2", "MEMBER_OF", "o-1", 4, None),
    ("o-1", "LEADS", "j-1", 4, None),
    ("j-1", "WORKS_ON", "t-1", 4, None),
    ("p-1", "WORKS_ON", "t-1", 4, None),
    ("p-1", "BASED_IN", "l-1", 4, None),
    ("p-2", "BASED_IN", "l-1", 2, None),
    ("p-4", "BASED_IN", "l-2", 0, None),
    ("l-1", "WITHIN", "l-2", 4, None),
]
THINGS = """
CREATE (:Project {uid: 'j-1', title: 'Soup', description: 'warm', audience: 4}),
  (:Theme {uid: 't-1', label: 'belonging', scheme: 'words', audience: 4}),
  (:Place {uid: 'l-1', name: 'Leeds', audience: 4}),
  (:Place {uid: 'l-2', name: 'Yorkshire', audience: 4}),
  (:Source {slug: 'list', title: 'A list', licence: 'CC0', audience: 4, public: true}),
  (:Source {slug: 'notes', title: 'Notes', licence: 'secret', audience: 2, public: false})
WITH 1 AS one
UNWIND [['list', 'p-1'], ['notes', 'p-2']] AS row
MATCH (a:Actor {uid: row[1]})
CREATE (:Record {uid: row[0] + ':1', handle: 'h' + row[0], source: row[0], kind: 'person',
  digest: 'd'})-[:DESCRIBES]->(a)
"""


@pytest.fixture
def field(raw: Raw) -> Raw:
    for uid, name, labels, consent in ACTORS:
        raw(
            f"CREATE (:Actor:{labels} {{uid: $u, name: $n, consent: $c}})", u=uid, n=name, c=consent
        )
    raw(THINGS)
    for start, end, at, label, strength in TIES:
        raw(
            "MATCH (a:Actor {uid: $a}), (b:Actor {uid: $b}) "
            "CREATE (a)-[t:TIE]->(b), (b)-[s:TIE]->(a) SET t = $said, s = $said",
            a=start, b=end, said=tie(at, label, strength),
        )  # fmt: skip
    for start, verb, end, audience, role in STATED:
        raw(
            "MATCH (a {uid: $a}), (b {uid: $b}) "
            f"CREATE (a)-[:{verb} {{audience: $at, role: $r}}]->(b)",
            a=start, b=end, at=audience, r=role,
        )  # fmt: skip
    return raw


def tie(at: int, label: str, strength: float) -> dict[str, Any]:
    """Down from a level; what stewards see is thick, so that another's figure would show."""
    kinds = [label] if label == "no_tie" else ["role", "closeness"]
    shown = "thin" if label == "no_tie" else label
    said: dict[str, Any] = {"audience": at, "strength": strength, "unknown": 0.25}
    for level in range(1, at + 1):
        end = "" if level == 1 else f"_{level}"
        said |= {f"step{end}": strength, f"label{end}": shown, f"kinds{end}": kinds}
    return said


@pytest.fixture
def drawn(field: Raw, reader: Callable[[int], Reader], run: Run) -> Callable[..., Any]:
    """(the drawing, its things, its ties) as this level sees them."""

    def ask(level: int, **more: Any) -> tuple[Read, list[Thing], list[Tie]]:
        scope = {kind: more.pop(kind, None) for kind in ("place", "theme", "network")}

        async def whole() -> tuple[Read, list[Thing], list[Tie]]:
            drawing = await asked(reader(level), scope, **more)
            things = [each async for page in drawing.things() for each in page]
            return drawing, things, [each async for page in drawing.ties() for each in page]

        found: tuple[Read, list[Thing], list[Tie]] = run(whole())
        return found

    return ask


def ends(ties: list[Tie]) -> list[tuple[str, str]]:
    return [(each.start, each.end) for each in ties]


def test_anyone_sees_who_is_public_and_one_tie_a_pair(drawn: Callable[..., Any]) -> None:
    drawing, things, ties = drawn(4)
    assert [each.uid for each in things] == ["o-1", "o-2", "p-1", "p-1~p-2", "p-2"]
    assert ends(ties) == [("o-1", "p-1"), ("p-1", "p-2")]
    assert [each.weight for each in ties] == [0.5, 3.0] and not any(t.directed for t in ties)
    assert ties[0].thickness == "not yet known" and ties[1].evidence == ["role", "closeness"]
    assert {t.uid for t in ties} == {"o-1~p-1", "tie:p-1~p-2"}
    assert drawing.about.licence == "CC0" and "Notes" not in drawing.about.credit


def test_each_level_sees_its_own(drawn: Callable[..., Any]) -> None:
    seen = {level: {*ends(drawn(level)[2])} for level in (1, 2, 3, 4)}
    assert seen[3] - seen[4] == {("p-1", "p-3")}
    assert seen[2] - seen[3] == {("p-2", "p-3")}
    assert seen[1] - seen[2] == {("p-2", "p-5")}
    assert not [pair for pairs in seen.values() for pair in pairs if "p-4" in pair]
    assert drawn(2)[0].about.licence == "CC0; secret"


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_of_who_is_hidden_is_in_any_file(
    name: str, field: Raw, reader: Callable[[int], Reader], run: Run
) -> None:
    async def whole() -> bytes:
        drawing = await asked(reader(1), {}, everything=True)
        return b"".join([each async for each in stream(form(name)(drawing.about), drawing)])

    content = run(whole())
    assert not [word for word in ("Hana", "p-4", "spy") if word in str(back(name, content))]
    assert content == run(whole())
    field("MATCH (h:Actor {uid: 'p-4'}) DETACH DELETE h")
    plain = run(whole())
    assert back(name, plain)[:2] == back(name, content)[:2]


def test_numbers_are_for_stewards_and_are_above_nothing(drawn: Callable[..., Any]) -> None:
    _, _, ties = drawn(1, numbers=True)
    weights = {(t.start, t.end): (t.weight, t.strength) for t in ties}
    assert weights["p-1", "p-2"] == (0.6, 0.6) and weights["p-2", "p-3"] == (0.001, 0.0)
    for level in (2, 3, 4):
        with pytest.raises(WrongUse, match="for stewards"):
            drawn(level, numbers=True)
    assert {t.strength for t in drawn(1)[2]} == {None}


def test_all_of_it_has_what_is_stated_in_its_direction(drawn: Callable[..., Any]) -> None:
    _, things, ties = drawn(4, everything=True)
    kinds = {each.uid: each.kind for each in things}
    assert kinds["j-1"] == "project" and kinds["t-1"] == "theme" and kinds["o-2"] == "network"
    assert "l-1" in kinds and "l-2" not in kinds
    stated = {(t.start, t.sole_kind, t.end, t.role) for t in ties if t.directed}
    assert stated == {
        ("o-1", "leads", "j-1", None),
        ("o-1", "is a member of", "o-2", None),
        ("o-2", "is a member of", "o-1", None),
        ("p-1", "is based in", "l-1", None),
        ("p-1", "works for", "o-1", "chair"),
        ("p-1", "works for 2", "o-1", "cook"),
        ("p-1", "works on", "t-1", None),
        ("j-1", "works on", "t-1", None),
    }
    assert len({t.uid for t in ties} | kinds.keys()) == len(ties) + len(kinds)


def test_lists_are_what_the_viewer_may_see(drawn: Callable[..., Any]) -> None:
    things = {each.uid: each for each in drawn(4)[1]}
    assert things["p-1"].places == ["Leeds"] and things["p-1"].themes == ["belonging"]
    assert things["p-2"].places == []
    assert {each.uid: each for each in drawn(2)[1]}["p-2"].places == ["Leeds"]


@pytest.mark.parametrize(("kind", "uid", "name"), [("place", "l-1", "Leeds"),
                                                   ("theme", "t-1", "belonging")])  # fmt: skip
def test_a_part_of_the_field(kind: str, uid: str, name: str, drawn: Callable[..., Any]) -> None:
    drawing, things, ties = drawn(4, **{kind: uid})
    assert [each.uid for each in things] == ["p-1"] and ties == []
    assert drawing.about.scope == name
    assert drawing.about.title.endswith("as anyone may see it")


def test_a_part_names_whoever_spoke_of_anything_in_it(
    field: Raw, drawn: Callable[..., Any]
) -> None:
    """Of the actors, of where they are, of their ties; with all of it of their projects too."""
    for slug, audience in (("areas", 4), ("calls", 4), ("grants", 4), ("inner", 2), ("far", 4)):
        field(
            "CREATE (:Source {slug: $s, title: $s, licence: 'OGL', audience: $a, public: true})",
            s=slug, a=audience,
        )  # fmt: skip
    for slug, uid in (("areas", "l-1"), ("grants", "j-1"), ("far", "l-2")):
        field(
            "MATCH (n {uid: $u}) "
            "CREATE (:Record {uid: $s, source: $s, digest: 'd'})-[:DESCRIBES]->(n)",
            u=uid, s=slug,
        )  # fmt: skip
    for slug, other, audience in (("calls", "p-2", 4), ("inner", "p-3", 2)):
        field(
            "MATCH (a {uid: 'p-1'}), (b {uid: $b}) "
            "CREATE (a)-[:OBSERVED {uid: $s, source: $s, audience: $a}]->(b)",
            b=other, s=slug, a=audience,
        )  # fmt: skip

    def named(level: int, **more: Any) -> set[str]:
        return {each.title for each in drawn(level, place="l-1", **more)[0].about.sources}

    assert named(4) == {"A list", "areas", "calls"}
    assert named(2) == {"A list", "Notes", "areas", "calls", "inner"}
    assert named(4, everything=True) == {"A list", "areas", "calls"}
    field("MATCH (a {uid: 'p-1'}), (j {uid: 'j-1'}) CREATE (a)-[:LEADS {audience: 4}]->(j)")
    assert named(4, everything=True) == {"A list", "areas", "calls", "grants"}


def test_a_network_and_its_members(drawn: Callable[..., Any]) -> None:
    _, things, ties = drawn(4, network="o-2")
    assert [each.uid for each in things] == ["o-1", "o-2", "p-1"]
    assert ends(ties) == [("o-1", "p-1")]


def test_ties_at_least_so_thick(drawn: Callable[..., Any]) -> None:
    assert ends(drawn(4, label="middling")[2]) == [("p-1", "p-2")]
    with pytest.raises(WrongUse, match="no label 'fat'"):
        drawn(4, label="fat")


def test_what_is_hidden_is_no_scope(drawn: Callable[..., Any]) -> None:
    with pytest.raises(NotFound):
        drawn(4, place="Nowhere at all")


def test_pages_make_no_difference(
    drawn: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = drawn(1, everything=True)[1:]
    monkeypatch.setattr(reading, "ACTORS", 2)
    monkeypatch.setattr(reading, "ROWS", 1)
    things, ties = drawn(1, everything=True)[1:]
    assert things == whole[0] and sorted(ties) == sorted(whole[1])


def test_a_change_meanwhile_is_noticed(
    field: Raw, reader: Callable[[int], Reader], run: Run
) -> None:
    drawing = run(asked(reader(4), {}))
    assert run(drawing.whole())
    field("CREATE (:Actor:Person {uid: 'p-9', name: 'New', consent: 4})")
    assert not run(drawing.whole())
