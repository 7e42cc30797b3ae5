"""From the mutations of own words to the loaders' functions, and from what they did to answers."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from tieline.database.graph import Steps
from tieline.errors import NotFound, WrongUse
from tieline.graphql.context import Asking
from tieline.graphql.ids import local
from tieline.graphql.marks import Args, Row
from tieline.graphql.speaking import Speaker, author, somebody, speaker
from tieline.graphql.writing import bookmark, write
from tieline.loaders.own_word.add import New, add
from tieline.loaders.own_word.answers import answers
from tieline.loaders.own_word.correct import OWN, correct, take_back
from tieline.loaders.own_word.oneself import set_consent, take_requests
from tieline.loaders.own_word.tie import describe, withdraw, withdraw_named
from tieline.queries.resolve.find import find
from tieline.queries.ties import explain
from tieline.settings import settings

T = TypeVar("T")
ALREADY = "That was said today already: nothing was changed."
ADDED_ALREADY = "You have added that already: nothing was changed."
BACK_ALREADY = "That was taken back already: nothing was changed."
NOT_SAID = (  # the same of what is another's: whether there is such a thing is not told
    "That was taken back already, or never said by whoever may take it back: nothing was changed."
)
KINDS = {"place": ["place"], "themes": ["theme"], "organisation": ["organisation", "network"]}
KINDS["member_of"] = KINDS["organisation"]
KINDS["offers"] = KINDS["asks"] = KINDS["themes"]


def plain(value: Any) -> Any:
    """An enum's member as what it stands for."""
    return getattr(value, "value", value)


async def told(
    asking: Asking, changed: bool, sentence: str, already: str = ALREADY, **more: Any
) -> Row:
    said = sentence if changed else already
    return {"changed": changed, "sentence": said, "bookmark": bookmark(asking)} | more


async def describe_tie(asking: Asking, args: Args) -> Row:
    """How is this tie?"""
    said = args["input"]
    by = await speaker(asking, said.get("from"))
    assert by.uid is not None
    other = await explain.end(asking.reader, local(said["to"]))
    felt = {name: n for name, n in (said.get("felt") or {}).items() if n is not None}
    felt = {"cared for" if name == "caredFor" else name: n for name, n in felt.items()}
    if felt and by.entered_by:
        raise WrongUse("How a tie feels is for the person alone to say: leave felt away.")
    given = answers(
        closeness=said.get("closeness"),
        would_introduce=plain(said.get("wouldIntroduce")),
        frequency=plain(said.get("frequency")),
        felt=felt,
        no_tie=said.get("noTie") or False,
    )
    audience = plain(said.get("audience"))
    work = partial(_describe, by, other, given, audience)
    changed = await write(asking, work)
    tie = await explain.explain(asking.reader, by.uid, other)
    return await told(asking, changed, f"Noted. {tie['sentence']}", tie=tie)


def _describe(
    by: Speaker, other: str, given: list[Any], audience: int | None, steps: Steps
) -> bool:
    assert by.uid is not None
    return describe(steps, by.uid, other, given, settings().today, audience, by.entered_by)


async def withdraw_observation(asking: Asking, args: Args) -> Row:
    """Which answer is taken back?"""
    somebody(asking)
    uid, named = args.get("uid"), args.get("answer")
    if (uid is None) == (named is None):
        raise WrongUse("Name the answer by its uid, or by whom, kind and day: by one of the two.")
    if named is not None:
        return await _withdraw_named(asking, named)
    who = str((await explain.myself(asking.reader))["uid"]) if asking.viewer.person else None
    gone = await write(asking, lambda steps: withdraw(steps, str(uid), who))
    if gone is None:
        return await told(asking, False, "", NOT_SAID)
    kind = str(gone["kind"]).replace("_", " ")
    whom = "" if asking.viewer.person else f", of {gone['to_name']}"
    return await told(asking, True, f"Taken back: {kind}{whom}.")


async def _withdraw_named(asking: Asking, named: Args) -> Row:
    """Whose it is, of whom, which kind and day. Of whom nothing is said any more may be unknown."""
    by, kind, day = (
        await speaker(asking, named.get("from")),
        plain(named["kind"]).lower(),
        named["on"],
    )
    assert by.uid is not None
    who = by.uid
    try:
        other = await explain.end(asking.reader, local(named["to"]))
    except NotFound:
        return await told(asking, False, "", NOT_SAID)
    changed = await write(asking, lambda steps: withdraw_named(steps, who, other, kind, day))
    sentence = f"Taken back: {kind.replace('_', ' ')} of {day}."
    return await told(asking, changed, sentence, NOT_SAID)


async def consent(asking: Asking, args: Args) -> Row:
    """Who may see them?"""
    said = args["input"]
    by, level = await speaker(asking, said.get("who")), int(plain(said["audience"]))
    assert by.uid is not None
    changed = await _said(asking, by, lambda s, u: set_consent(s, u, level, *_by(by)))
    me = asking.viewer.person is not None
    them, themselves = ("you", "yourself") if me else ("them", "themselves")
    seen = SEEN[level].format(them=them, themselves=themselves)
    return await told(asking, changed, f"Noted: {seen}")


SEEN = (
    "nobody sees {them} from now on but {themselves}.",
    "stewards of the data see {them} from now on.",
    "weavers see {them} from now on.",
    "members of the field see {them} from now on, and may ask {them} for introductions.",
    "anyone may see {them} from now on.",
)


async def taking_requests(asking: Asking, args: Args) -> Row:
    """May they be asked?"""
    said = args["input"]
    by, taking, capacity = (
        await speaker(asking, said.get("who")),
        said["taking"],
        said.get("capacity"),
    )
    work = lambda s, u: take_requests(s, u, taking, capacity, *_by(by))  # noqa: E731
    changed = await _said(asking, by, work)
    often = f", {capacity} times in 90 days" if capacity else ""
    they = "you" if asking.viewer.person else "they"
    may = f"{they} may be asked{often}" if taking else f"{they} are not asked now"
    sentence = f"Noted: {may}."
    return await told(asking, changed, sentence)


def _by(by: Speaker) -> tuple[Any, Any]:
    return settings().today, by.entered_by


async def _said(asking: Asking, by: Speaker, work: Callable[[Steps, str], T]) -> T:
    uid = by.uid
    assert uid is not None
    return await write(asking, lambda steps: work(steps, uid))


async def add_thing(asking: Asking, args: Args) -> Row:
    """Who or what is not on the map yet?"""
    said = {_snake(name): plain(value) for name, value in args["input"].items()}
    by = await author(asking)
    refers = {name: said.pop(name, None) or [] for name in REFERRED}
    given = {name: said.pop(name, None) for name in ("kind", "name", "ids", "role", "basis")}
    if said.get("sort"):
        said["kind"] = said.pop("sort")
    new = New(
        given["kind"],
        given["name"],
        {name: value for name, value in said.items() if value is not None},
        given["ids"] or [],
        {n: [await _thing(asking, n, each) for each in v] for n, v in refers.items() if v},
        given["role"],
        given["basis"],
    )
    uid, added = await write(asking, lambda s: add(s, by.uid, new, settings().today))
    seen = (await asking.reader.rows("resolve/known", ids=[uid]) or [{}])[0].get("name", new.name)
    one = "" if seen == new.name else f", as {seen}, which has that number"
    sentence = f"{new.name} is on the map{one}: {uid}."
    return await told(asking, added, sentence, ADDED_ALREADY, uid=uid)


REFERRED = (
    "organisation", "member_of", "lead", "partners", "funder", "place", "themes", "offers", "asks",
)  # fmt: skip


async def _thing(asking: Asking, field: str, text: str) -> str:
    if field not in KINDS:
        return await explain.end(asking.reader, local(text))
    return await find(asking.reader, local(text), KINDS[field])


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


async def correct_thing(asking: Asking, args: Args) -> Row:
    """What is wrong, and what is right?"""
    changed, said = await _put_right(asking, args, correct)
    return await told(asking, changed, f"Noted: {said.pop('words')}.", **said)


async def withdraw_correction(asking: Asking, args: Args) -> Row:
    """What was not wrong after all?"""
    changed, said = await _put_right(asking, args, take_back)
    return await told(asking, changed, f"Taken back: {said.pop('words')}.", BACK_ALREADY, **said)


async def _put_right(
    asking: Asking, args: Args, how: Callable[..., bool]
) -> tuple[bool, dict[str, str]]:
    """Whether anything changed, of what (uid), and what was said, in words."""
    by, name = await author(asking), _snake(args["field"].strip())
    if by.uid is None:
        thing = await find(asking.reader, local(args["id"]))
    else:
        thing = str((await speaker(asking, args["id"])).uid)
        if name not in OWN:
            raise WrongUse(f"Of yourself you can correct {', '.join(OWN)}, not {name}.")
    today, value = settings().today, args["value"]
    changed = await write(asking, lambda steps: how(steps, by.uid, thing, name, value, today))
    words = name.replace("_", " ")
    colon = "" if words == "also known as" else ":"
    return changed, {"uid": thing, "words": f"{words}{colon} {value.strip()}"}
