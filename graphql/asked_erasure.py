"""From the mutations about a person as a whole to the functions that do it."""

import asyncio
from functools import partial
from typing import Any

import orjson

from tieline.database.graph import Graph, Steps
from tieline.database.home import Home
from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.exports import person
from tieline.graphql.context import Asking
from tieline.graphql.marks import Args, Row
from tieline.graphql.signin.tokens import Token, Tokens
from tieline.graphql.speaking import speaker
from tieline.graphql.writing import bookmark, write
from tieline.loaders.erasure.erase import Erased, Rehearsed, erase
from tieline.loaders.erasure.secret import keep
from tieline.queries.answers.kept import forget_all
from tieline.queries.ties.explain import myself
from tieline.schema.consent import FIELD, Viewer
from tieline.schema.records import handle
from tieline.settings import settings

ALL = "All that is known"
SOME = "What a steward may see (left_out says how they get the rest, which is theirs alone)"


async def erase_me(asking: Asking, args: Args) -> Row:
    """Who is to be known no more?"""
    said = args["input"]
    uid, reader = await whose(asking, said.get("who"))
    name, dry_run = str((await myself(reader))["name"] or uid), bool(said.get("dryRun"))
    if not dry_run and " ".join((said.get("confirm") or "").split()) != name:
        raise WrongUse(f'This cannot be undone. If it is meant, say confirm: "{name}".')
    try:
        erased = await write(asking, partial(_erase, uid, dry_run))
    except Rehearsed as rehearsed:
        found = await asyncio.to_thread(tokens_of, rehearsed.erased.handles)
        return _told(asking, rehearsed.erased, len(found), f"{name} would be erased", name)
    if asking.snapshots:
        asking.snapshots.forget()
    tokens = await asyncio.to_thread(finish, erased)
    return _told(asking, erased, tokens, "Erased", None)


async def whose(asking: Asking, who: str | None) -> tuple[str, Reader]:
    """The person meant, and their own eyes."""
    uid = (await speaker(asking, who)).uid
    assert uid is not None
    return uid, asking.reader.seen_by(Viewer(FIELD, uid))


def _erase(uid: str, dry_run: bool, steps: Steps) -> Erased:
    done = erase(steps, uid, settings().today, dry_run)
    Tokens(Home.current().tokens).leave(done.handles)
    return done


def settle(graph: Graph) -> int:
    """If an erasure was cut off between the database and the tokens: how many went now."""

    def here(handles: list[str]) -> list[str]:
        return list(graph.read("erasure/here", handles=handles)[0]["handles"])

    return Tokens(Home.current().tokens).settled(here)


def finish(erased: Erased) -> int:
    """What follows once it is in: keys beside the database, nothing in memory, no sign-in.

    How many tokens were theirs.
    """
    keep(erased.keys, settings().today.isoformat())
    forget_all()
    handle.cache_clear()  # it remembers records by name
    return Tokens(Home.current().tokens).forget(erased.handles)


def tokens_of(handles: Any) -> list[Token]:
    return [each for each in Tokens(Home.current().tokens).all() if each.person in handles]


def _told(asking: Asking, erased: Erased, tokens: int, head: str, name: str | None) -> Row:
    sentence = (
        f"{head}: {erased.records:,} records and {erased.rows:,} rows; {erased.rewritten:,} rows "
        f"of others say the same without them; {erased.ties:,} ties fewer."
    )
    row = {"changed": name is None, "sentence": sentence, "bookmark": bookmark(asking)}
    return row | erased.as_json() | {"tokens": tokens, "name": name}


async def export_me(asking: Asking, args: Args) -> Row:
    """What is known of them?"""
    _, reader = await whose(asking, args["input"].get("who"))
    whole = asking.viewer.person is not None
    told = await person.told(reader, whole)
    found = await asyncio.to_thread(tokens_of, set(told["handles"]))
    names = ("name", "level", "scope", "created", "expires", "used", "revoked")
    told["tokens"] = [{name: getattr(each, name) for name in names} for each in found]
    count = len(told["records"])
    sentence = f"{ALL if whole else SOME}: {count:,} records of {_sources(told):,} sources."
    document = orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()
    row = {"changed": False, "sentence": sentence, "bookmark": bookmark(asking)}
    return row | {"document": document}


def _sources(told: Row) -> int:
    return len({row["source"]["title"] for row in told["records"]})
