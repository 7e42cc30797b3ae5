"""The answers to the questions: pathways, bridges, duplicates, search. Each carries its reason."""

from datetime import date
from typing import Any

import strawberry

from tieline.graphql.actors import Actor, Organisation, Person, Tie, kinds
from tieline.graphql.base import Entity, Record, Source, dated, upper
from tieline.graphql.marks import Args, Row, fetched, planned, said
from tieline.graphql.paging import Edge, Many, PageInfo
from tieline.graphql.rests import RestsOn
from tieline.graphql.words import (
    BridgeChange,
    BridgeKind,
    DuplicateKind,
    EvidenceKind,
    JudgementChange,
    JudgementStatus,
    TieLabel,
)


def at(column: str) -> Any:
    """Keyed by a uid (or a list of them) that the row carries."""
    return lambda row, args: row.get(column)


@strawberry.type(description="One step of a route: someone asks someone.")
class Hop:
    @fetched("entities", by=at("from_uid"), name="from")
    def from_(self) -> Actor | None:
        """Who asks; null where it is the viewer, and members may not see them."""
        planned()

    @fetched("entities", by=at("to_uid"))
    def to(self) -> Actor:
        """Who is asked."""
        planned()

    @fetched("entities", by=at("ask"))
    def ask(self) -> Person | None:
        """Whom to ask there, where an organisation is asked."""
        planned()

    step: float | None = said(
        "How likely asking is to work, 0 to 1. Stewards see it.", steward=True
    )
    label: TieLabel = said("How thick the tie is.", read=upper("label"))
    kinds: list[EvidenceKind] = said("What the tie rests on.", read=kinds)
    last_seen: date | None = dated("The day of the last evidence.", "last_seen")

    @fetched("sources_by_slug", by=at("source_slugs"))
    def sources(self) -> list[Source]:
        """Who said so."""
        planned()


@strawberry.type(description="A chain of people who could each ask the next.")
class Route:
    score: float | None = said("How likely it is to hold, 0 to 1. Stewards see it.", steward=True)
    label: TieLabel = said("How thick its thinnest tie is.", read=upper("label"))
    hops: list[Hop] = said("Its steps, in order.")
    reason: str = said("Why this route, in plain words.")

    @fetched("entities", by=at("crosses"))
    def crosses(self) -> list[Organisation]:
        """The networks it enters on the way."""
        planned()


@strawberry.type(description="Two who might meet, so that there would be a pathway.")
class MissingLink:
    @fetched("entities", by=at("left_uid"))
    def left(self) -> Actor:
        """The one nearer to the asker."""
        planned()

    @fetched("entities", by=at("right_uid"))
    def right(self) -> Actor:
        """The one nearer to whom they want to reach."""
        planned()

    reason: str = said("Why these two.")


@strawberry.type(description="Who can connect me: the best routes that share no go-between.")
class Pathways:
    routes: list[Route] = said("The routes, the best first.")
    at_least_one: float | None = said(
        "A rough chance that one of them holds. Stewards see it.", steward=True
    )
    searched: int = said("How many actors would answer the question.")
    missing_link: MissingLink | None = said("Where there is no route: who might meet.")
    note: str | None = said("Where there is no route: a sentence that says so.")
    as_of: date | None = dated("The earlier day that was asked for; else null.", "as_of")
    uncertainty: str = said("How far it may be off, in plain words.")
    coverage: RestsOn = said("On whose data it rests.")
    graph_version: str = said("The state of the graph that was asked.")


def tie_of(row: Row, args: Args) -> str | None:
    return f"{row['from_uid']}~{row['to_uid']}" if row.get("from_uid") else None


@strawberry.type(description="Two who could be a second link, one on each side.")
class SecondLink:
    @fetched("entities", by=at("left_uid"))
    def left(self) -> Actor:
        """Who would be cut off."""
        planned()

    @fetched("entities", by=at("right_uid"))
    def right(self) -> Actor:
        """Who is on the other side."""
        planned()

    reason: str = said("What both have to do with.")


@strawberry.type(description="A tie or an actor whose loss would split the field.")
class Bridge:
    kind: BridgeKind = said("A tie or an actor.")

    @fetched("ties", by=tie_of, embedded=("from", "to"))
    def tie(self) -> Tie | None:
        """The tie, if it is one."""
        planned()

    @fetched("entities", by=at("actor_uid"))
    def actor(self) -> Actor | None:
        """The actor, if it is one."""
        planned()

    smaller_side: int = said("How many would be cut off.")
    larger_side: int = said("How many would be left together.")

    @fetched("entities", by=lambda row, args: row["cut_off"][: args["first"]])
    def cut_off(self, first: Many = 20) -> list[Actor]:
        """Who would be cut off, by name."""
        planned()

    organisations: list[str] = said("Those on the smaller side, what most share first.")
    places: list[str] = said("The places of the smaller side, likewise.")
    themes: list[str] = said("The themes of the smaller side, likewise.")
    confidence: float | None = said(
        "How sure it is: in which share of draws of the field as it may really be, 0 to 1."
    )
    act_on: bool = said(
        "Whether it is worth acting on: much is lost, surely, and it can be mended."
    )
    verdict: str = said("Why it is, or for want of what it is not, in plain words.")
    make_it_two: list[SecondLink] = said("Who could be a second link, the likeliest first.")
    change: BridgeChange | None = said(
        "What has become of it since the day that was asked for; else null.", read=upper("change")
    )
    cut_off_then: int | None = said("How many it would have cut off on that day; 0: it was none.")
    reason: str = said("What would be lost, in plain words, and how sure that is.")


@strawberry.type(description="What held the field together on an earlier day, and does not now.")
class GoneBridge:
    kind: BridgeKind = said("A tie or an actor.")

    @fetched("entities", by=at("uids"))
    def actors(self) -> list[Actor]:
        """The two ends of the tie, or the actor."""
        planned()

    cut_off_then: int = said("How many it would have cut off on that day.")
    reason: str = said("The same in plain words.")


@strawberry.type(description="A page of bridges, those that cut off most first.")
class BridgeConnection:
    edges: list[Edge[Bridge]] = said("The bridges on this page with their cursors.")
    nodes: list[Bridge] = said("The bridges on this page.")
    page_info: PageInfo = said("Where the page begins and ends, and whether there is more.")
    total_count: int = said("How many there are on all pages, of those the viewer may see.")
    since: date | None = dated(
        "The earlier day it is compared with, if one was asked for.", "since"
    )
    gone: list[GoneBridge] | None = said(
        "Where a day was asked for: those of that day that are none now, the first hundred."
    )
    draws: int = said("How many times the field was drawn, to tell how sure each is.")
    uncertainty: str = said("How far that may be off, in plain words.")
    coverage: RestsOn = said("On whose data it rests.")
    graph_version: str = said("The state of the graph that was asked.")


@strawberry.type(description="A sentence that says why, and how much it weighs.")
class Reason:
    text: str = said("Why.")
    weight: float | None = said("How much it weighs; negative speaks against.")

    @fetched("sources_by_slug", by=at("source_slugs"))
    def sources(self) -> list[Source]:
        """Who says so, of those that the viewer may know of; none: it is worked out."""
        planned()


LEFT, RIGHT = at("left_uid"), at("right_uid")  # a judgement has an `at` of its own


@strawberry.type(description="What a person said of two records.")
class Judgement:
    change: JudgementChange | None = said(
        "Whether it was said or taken back, where that is followed; else nothing: it stands.",
        read=upper("change"),
    )
    verdict: JudgementStatus = said("What was said.", read=upper("verdict"))
    why: str | None = said("The reason given. Stewards see it.", steward=True)
    by: str | None = said("Who said so, or took it back. Stewards see it.", steward=True)
    at: str | None = said("When it was said, or taken back.")
    stale: bool = said("Whether something that it rested on has changed since.")

    @fetched("entities", by=LEFT)
    def left(self) -> Entity | None:
        """What the one record describes."""
        planned()

    @fetched("entities", by=RIGHT)
    def right(self) -> Entity | None:
        """What the other describes."""
        planned()


@strawberry.type(description="Two records of one thing, or two efforts for one purpose.")
class Duplicate:
    @fetched("entities", by=at("left_uid"))
    def left(self) -> Entity:
        """The one."""
        planned()

    @fetched("entities", by=at("right_uid"))
    def right(self) -> Entity:
        """The other."""
        planned()

    @fetched("records", by=at("record_uids"))
    def records(self) -> list[Record]:
        """The records it rests on, of those the viewer may see."""
        planned()

    kind: DuplicateKind = said("Which of the two.", read=upper("kind"))
    weight: float = said("How much speaks for it: see its reasons.")
    reasons: list[Reason] = said("Why, the weightiest first.")
    status: JudgementStatus = said("What has been decided.", read=upper("status"))
    judgement: Judgement | None = said("The last word on the two, if there is one.")


@strawberry.type(description="A page of pairs, each once, the likeliest first.")
class DuplicateConnection:
    edges: list[Edge[Duplicate]] = said("The pairs on this page with their cursors.")
    nodes: list[Duplicate] = said("The pairs on this page.")
    page_info: PageInfo = said("Where the page begins and ends, and whether there is more.")
    total_count: int = said("How many there are on all pages, of those the viewer may see.")
    graph_version: str = said("The state of the graph that was asked.")
    passed_over: bool = said("Whether there were too many pairs to compare them all.")
    note: str | None = said("What was not compared, and why; null: nothing was left out.")
    uncertainty: str = said("How far it may be off, in plain words.")
    coverage: RestsOn = said("On whose data it rests.")


@strawberry.type(description="Something that was found, and by which of its names.")
class SearchEdge:
    cursor: str = said("Where this stands: give it as after to go on behind it.")
    matched: str | None = said("The name that was found.")
    through: str | None = said(
        "Where another vocabulary's word carries the name: by which mappings it was reached."
    )

    @fetched("entities")
    def node(self) -> Entity:
        """The thing itself."""
        planned()


@strawberry.type(description="A page of what was found, the nearest first.")
class SearchConnection:
    edges: list[SearchEdge] = said("What was found, with the name that matched.")

    @fetched("entities", by=at("uids"))
    def nodes(self) -> list[Entity]:
        """What was found."""
        planned()

    page_info: PageInfo = said("Where the page begins and ends, and whether there is more.")
    total_count: int = said("How many there are on all pages, of those the viewer may see.")
