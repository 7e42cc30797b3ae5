"""A correction taken back: what stood before stands again, what was said is kept. Invented."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import orjson
import pytest

from tieline.errors import NotFound, WrongUse
from tieline.loaders.own_word.correct import correct, take_back

TODAY = date(2026, 11, 21)
YESTERDAY = TODAY - timedelta(days=1)
Say = Callable[..., bool]


@pytest.fixture
def say(field: Any) -> Say:
    """Ann corrects a field of herself: say("bio", "Makes tea"); of="Guild" the stewards of that."""

    def put(name: str, value: str, day: date = TODAY, of: str = "", back: bool = False) -> bool:
        who, thing = (None, field.uid(of)) if of else (field.uid("Ann"), field.uid("Ann"))
        how = take_back if back else correct
        return bool(field.do(lambda s: how(s, who, thing, name, value, day)))

    return put


def kept(field: Any) -> list[dict[str, Any]]:
    """What the rows of corrections say, in order."""
    text = "MATCH (r:Record) WHERE r.uid CONTAINS ':correct/' RETURN r.fields AS f ORDER BY r.uid"
    return [orjson.loads(row["f"]) for row in field.world.ask(text)]


def test_what_a_partner_says_stands_again(field: Any, say: Say) -> None:
    before = field.props("Guild")
    assert say("url", "guild.example", of="Guild")
    assert field.props("Guild")["url"] == "http://guild.example"
    assert say("url", "http://guild.example", of="Guild", back=True)
    assert field.props("Guild") == before
    (row,) = kept(field)
    assert row["said"]["url"] == "http://guild.example" and row["taken_back"]


def test_twice_is_once(field: Any, say: Say) -> None:
    assert say("bio", "Makes tea")
    assert say("bio", "Makes tea", back=True)
    before = field.world.graph.version()
    assert not say("bio", "Makes tea", back=True)
    assert field.world.graph.version() == before
    assert say("bio", "Makes tea"), "it can be said again"
    assert field.props("Ann")["bio"] == "Makes tea" and len(kept(field)) == 2
    assert say("bio", "Makes tea", back=True) and "bio" not in field.props("Ann")


def test_the_value_before_it_stands_again_of_whichever_day(field: Any, say: Say) -> None:
    assert say("bio", "Makes tea", YESTERDAY)
    for bio in ("Makes soup", "Makes bread"):
        assert say("bio", bio)
    assert say("bio", "Makes bread", back=True)
    assert field.props("Ann")["bio"] == "Makes soup"
    assert say("bio", "Makes soup", back=True)
    assert field.props("Ann")["bio"] == "Makes tea"
    assert say("bio", "Makes tea", back=True)
    assert "bio" not in field.props("Ann") and len(kept(field)) == 3


def test_what_did_not_stand_does_not_come_back_once_it_was_taken_back(field: Any, say: Say) -> None:
    for bio in ("Makes tea", "Makes soup"):
        assert say("bio", bio)
    assert say("bio", "Makes tea", back=True)
    assert field.props("Ann")["bio"] == "Makes soup"
    assert say("bio", "Makes soup", back=True)
    assert "bio" not in field.props("Ann")


def test_a_name_and_other_names(field: Any, say: Say) -> None:
    before, uid = field.props("Guild"), field.uid("Guild")
    assert say("name", "The Guild", of="Guild")
    assert say("name", "The Guild", of="The Guild", back=True)
    assert field.props("Guild") == before and field.uid("Guild") == uid
    for name in ("Annie", "Anna"):
        assert say("also_known_as", name)
    assert say("also_known_as", "Annie", back=True)
    assert field.props("Ann")["also_known_as"] == ["Anna"]


def test_nobody_takes_back_what_another_said_or_nobody(field: Any, say: Say) -> None:
    with pytest.raises(NotFound, match="nothing to take back"):
        say("bio", "Makes tea", back=True)
    assert say("bio", "Makes soup")
    with pytest.raises(NotFound, match="stands: Makes soup"):
        say("bio", "Makes tea", back=True)
    with pytest.raises(NotFound, match="nothing to take back"):
        say("bio", "Makes soup", of="Ann", back=True)
    with pytest.raises(WrongUse, match="no field"):
        say("shoe_size", "4", back=True)
    assert field.props("Ann")["bio"] == "Makes soup"


@pytest.mark.parametrize("seed", range(2))
def test_all_taken_back_in_any_order_is_as_it_was(field: Any, say: Say, seed: int) -> None:
    dice, before, said = Random(seed), field.props("Ann"), set()
    for day in (YESTERDAY, TODAY):
        for _ in range(3):
            said.add(bio := dice.choice(["tea", "soup", "bread"]))
            say("bio", bio, day)
    for bio in dice.sample(sorted(said), len(said)):
        assert field.props("Ann")["bio"] in said
        assert say("bio", bio, back=True)
        said.remove(bio)
    assert field.props("Ann") == before
