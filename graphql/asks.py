"""From a field's arguments to a question's own function, and from its rows to the field's."""

from collections.abc import Callable
from typing import Any

from tieline.errors import WrongUse
from tieline.graphql.connection import page_info, page_size
from tieline.graphql.context import Asking
from tieline.graphql.cursors import BadCursor, cursor, start
from tieline.graphql.ids import local
from tieline.graphql.inputs import references, uid_of
from tieline.graphql.marks import Args, Row
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
SLACK = 20  # rows read beyond a page, so that one that moved up is still found behind its cursor


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
    refs = await references(asking.reader, args, "place", "theme")
    found = await search_ask.search(
        asking.reader,
        args["text"],
        [word(kind) for kind in args.get("kinds") or []] or None,
        refs["place"],
        refs["theme"],
        page_size(asking, args),
        args.get("after"),
    )
    ends = [row["cursor"] for row in found["rows"]]
    return {
        "edges": [dict(row) for row in found["rows"]],
        "uids": [row["uid"] for row in found["rows"]],
        "total_count": found["total"],
        "page_info": page_info(ends, found["has_next"], args.get("after") is not None),
    }


def word(value: Any) -> str:
    """An enum's value as the questions write it."""
    return str(getattr(value, "value", value)).lower()


async def bridges(asking: Asking, args: Args) -> Row:
    """What holds this field together? What cuts off most comes first."""
    scope, first = await scoped(asking, args), page_size(asking, args)
    many = stood(args) + first + SLACK
    answer = await bridges_ask.bridges(asking.reader, scope, many, args.get("since"))
    keys = ("actor_uid", "from_uid", "to_uid")
    page = ranked(answer, first, args, lambda row: "~".join(row.get(k) or "" for k in keys))
    about = ("since", "gone", "draws", "uncertainty", "coverage")
    return page | {name: answer.get(name) for name in about}


async def brokers(asking: Asking, args: Args) -> Row:
    """Who stands between others? Those who join most come first."""
    scope, first = await scoped(asking, args), page_size(asking, args)
    many, kind = stood(args) + first + SLACK, args.get("placeKind")
    answer = await brokers_ask.brokers(asking.reader, scope, many, kind)
    page = ranked(answer, first, args, lambda row: str(row["uid"]))
    about = ("order", "betweenness_error", "busiest", "mixing", "coverage", "uncertainty")
    return page | {name: answer[name] for name in about}


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
    first = page_size(asking, args)
    refs = await references(asking.reader, args.get("scope") or {}, "place", "theme")
    scope = {name: uid for name, uid in refs.items() if uid}
    status = word(args["status"]) if args.get("status") else None
    kind = word(args["kind"])
    answer = await duplicates_ask.duplicates(asking.reader, kind, scope or None, status)
    page = ranked(answer, first, args, lambda row: f"{row['left_uid']}~{row['right_uid']}")
    told = {name: answer.get(name) for name in ("note", "coverage", "uncertainty")}
    return page | told | {"uncertainty": told["uncertainty"] or UNPROVED}


def stood(args: Args) -> int:
    """How many rows came before the cursor when it was made."""
    place, _ = start(args.get("after"))
    if place and not place.isdigit():
        raise BadCursor("This cursor is of another list: take it from pageInfo or from an edge.")
    return int(place or 0)


def ranked(answer: Row, first: int, args: Args, key: Callable[[Row], str]) -> Row:
    """A page of rows that come in an order of their own.

    A cursor holds the place and the key of its row: it goes on behind that row wherever it now
    stands, and if it has gone, where it stood.
    """
    rows, total = answer["rows"], answer.get("total", len(answer["rows"]))
    after, begin = args.get("after"), stood(args)
    if after is not None:
        uid = start(after)[1]
        begin = next((at + 1 for at, row in enumerate(rows) if key(row) == uid), begin)
    here = rows[begin : begin + first]
    ends = [cursor(str(begin + at + 1), key(row)) for at, row in enumerate(here)]
    return {
        "edges": [{"cursor": c, "node": copied(r)} for c, r in zip(ends, here, strict=True)],
        "nodes": [copied(row) for row in here],
        "page_info": page_info(ends, begin + first < total, after is not None),
        "total_count": total,
        "graph_version": answer["graph_version"],
        "passed_over": answer.get("passed_over", False),
    }


def copied(row: Row) -> Row:
    """A row of its own, for a selection of its own."""
    return {k: [dict(x) for x in v] if k == "reasons" else v for k, v in row.items()}


async def viewer(asking: Asking, args: Args) -> Row:
    level = asking.viewer.level
    name = next(name for name, value in VIEWERS.items() if value == level)
    return {"level": name.upper(), "numbers": asking.viewer.numbers}


async def limits(asking: Asking, args: Args) -> Any:
    from tieline.graphql import limits as these

    return these.told(asking.page_limit)
