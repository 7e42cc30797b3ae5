"""From a field's arguments to a question's own function, and from its rows to the field's."""

from typing import Any

from tieline.errors import WrongUse
from tieline.graphql.context import Asking
from tieline.graphql.ids import local
from tieline.graphql.inputs import references, uid_of
from tieline.graphql.marks import Args, Row
from tieline.graphql.pages import page_of
from tieline.graphql.ranked import page_info, ranked, window
from tieline.queries.answers.coverage import coverage
from tieline.queries.bridges import ask as bridges_ask
from tieline.queries.bridges import brokers as brokers_ask
from tieline.queries.bridges import explain as explain_broker
from tieline.queries.duplicates import ask as duplicates_ask
from tieline.queries.pathways import ask as pathways_ask
from tieline.queries.pathways.target import Target
from tieline.queries.search import ask as search_ask
from tieline.queries.ties import explain
from tieline.schema.consent import VIEWERS

ACTORS = ["person", "organisation", "network"]
BODIES = ["organisation", "network"]
ROUGH = (
    "Chances are rough: ties are taken to hold or not each by itself. A tie that nobody recorded "
    "leads nowhere here."
)
UNPROVED = (
    "Weights tell what to look at first and prove nothing: fields are taken to agree each by "
    "itself, and what is not recorded counts half. Read the reasons."
)


async def pathways(asking: Asking, args: Args) -> Row:
    """Who can connect `from` with the target?"""
    start_uid = await asker(asking, args.get("from"))
    target = await wanted(asking, args["to"])
    how = (args["hops"], args["routes"], asking.snapshots, args.get("asOf"))
    answer = await pathways_ask.pathways(asking.reader, start_uid, target, *how)
    return answer | {"uncertainty": ROUGH, "coverage": await coverage(asking.reader)}


async def asker(asking: Asking, who: str | None) -> str:
    """The uid of who asks: the viewer, if it is somebody and nobody else is named.

    Raises:
        WrongUse: nobody is named, and the viewer is nobody in particular.
    """
    if who is None and asking.viewer.person is None:
        raise WrongUse("Say who asks: from is the id of a person or an organisation.")
    return await explain.end(asking.reader, local(who) if who else "me")


async def wanted(asking: Asking, to: Args) -> Target:
    """Whom a target names, by uid."""
    if actor := to.get("actor"):
        inside = actor["personIn"]
        uid = await uid_of(asking.reader, actor["id"], BODIES if inside else ACTORS)
        return Target(actor=uid, person_in=inside)
    theme = await uid_of(asking.reader, to["theme"]["theme"], ["theme"])
    place = to["theme"].get("place")
    return Target(theme=theme, place=place and await uid_of(asking.reader, place, ["place"]))


async def search(asking: Asking, args: Args) -> Row:
    """What carries these words? The nearest first."""
    refs, page = await references(asking.reader, args, "place", "theme"), page_of(asking, args)
    found = await search_ask.search(
        asking.reader,
        args["text"],
        [word(kind) for kind in args.get("kinds") or []] or None,
        refs["place"],
        refs["theme"],
        page.size,
        page.cursor,
        page.back,
    )
    ends = [row["cursor"] for row in found["rows"]]
    return {
        "edges": [dict(row) for row in found["rows"]],
        "uids": [row["uid"] for row in found["rows"]],
        "total_count": found["total"],
        "page_info": page_info(ends, found["has_previous"], found["has_next"]),
    }


def word(value: Any) -> str:
    """An enum's value as the questions write it."""
    return str(getattr(value, "value", value)).lower()


async def bridges(asking: Asking, args: Args) -> Row:
    """What holds this field together? What cuts off most comes first."""
    scope, page = await scoped(asking, args), page_of(asking, args)
    answer = await bridges_ask.bridges(asking.reader, scope, window(page), args.get("since"))
    about = ("since", "gone", "draws", "uncertainty", "coverage")
    return ranked(answer, page, bridge_key, window(page)) | {
        name: answer.get(name) for name in about
    }


def bridge_key(row: Row) -> str:
    return "~".join(row.get(name) or "" for name in ("actor_uid", "from_uid", "to_uid"))


async def brokers(asking: Asking, args: Args) -> Row:
    """Who stands between others? Those who join most come first."""
    scope, page = await scoped(asking, args), page_of(asking, args)
    answer = await brokers_ask.brokers(asking.reader, scope, window(page), args.get("placeKind"))
    about = ("order", "betweenness_error", "busiest", "mixing", "coverage", "uncertainty")
    return ranked(answer, page, lambda row: str(row["uid"]), window(page)) | {
        name: answer[name] for name in about
    }


async def broker(asking: Asking, args: Args) -> Row:
    """Why does somebody stand where they stand between others?"""
    uid = await uid_of(asking.reader, args["actor"], ACTORS)
    return await explain_broker.broker(asking.reader, uid, await scoped(asking, args))


async def scoped(asking: Asking, args: Args) -> dict[str, str]:
    """The part of the field that is asked about, by uids."""
    said = args.get("scope") or {}
    refs = await references(asking.reader, said, "place", "theme", "network")
    scope = {name: uid for name, uid in refs.items() if uid}
    if said.get("label"):
        scope["label"] = word(said["label"])
    return scope | ({"on": said["on"].isoformat()} if said.get("on") else {})


async def duplicates(asking: Asking, args: Args) -> Row:
    """Is someone here twice, or are two doing one thing?"""
    page = page_of(asking, args)
    refs = await references(asking.reader, args.get("scope") or {}, "place", "theme")
    scope = {name: uid for name, uid in refs.items() if uid}
    status = word(args["status"]) if args.get("status") else None
    kind = word(args["kind"])
    answer = await duplicates_ask.duplicates(asking.reader, kind, scope or None, status)
    made = ranked(answer, page, lambda row: f"{row['left_uid']}~{row['right_uid']}")
    told = {name: answer.get(name) for name in ("note", "coverage", "uncertainty")}
    return made | told | {"uncertainty": told["uncertainty"] or UNPROVED}


async def viewer(asking: Asking, args: Args) -> Row:
    level = asking.viewer.level
    name = next(name for name, value in VIEWERS.items() if value == level)
    return {"level": name.upper(), "numbers": asking.viewer.numbers}


async def limits(asking: Asking, args: Args) -> Any:
    from tieline.graphql import limits as these

    return these.told(asking.page_limit)
