"""What a person says, as a mutation takes it."""

from datetime import date
from enum import Enum

import strawberry

from tieline.graphql.inputs import given
from tieline.graphql.words import EvidenceKind, choice

WHO = "Whose word it is: the viewer, unless a steward writes down another's. An id or a name."


@strawberry.enum(description="How often two are in touch.")
class Frequency(Enum):
    NEVER = choice("never", "Never.")
    YEARLY = choice("yearly", "About once a year.")
    QUARTERLY = choice("quarterly", "About every three months.")
    MONTHLY = choice("monthly", "About every month.")
    WEEKLY = choice("weekly", "About every week.")
    DAILY = choice("daily", "About every day.")


@strawberry.enum(description="Whether one would introduce somebody to the other.")
class WouldIntroduce(Enum):
    NO = choice("no", "No: they will not be asked to.")
    WITH_CARE = choice("with care", "With care.")
    YES = choice("yes", "Yes.")


@strawberry.enum(description="Who may see something: whoever is named, and those after them.")
class Audience(Enum):
    HIDDEN = choice(0, "Nobody but the person.")
    STEWARDS = choice(1, "Stewards of the data.")
    WEAVERS = choice(2, "Weavers too.")
    MEMBERS = choice(3, "Members of the field too.")
    ANYONE = choice(4, "Anyone.")


@strawberry.enum(description="A kind of thing that can be added.")
class AddedKind(Enum):
    PERSON = choice("person", "A person.")
    ORGANISATION = choice("organisation", "An organisation.")
    PROJECT = choice("project", "A project or a grant.")


@strawberry.input(description="How it feels: any of the ten, 1 not at all to 5 very much.")
class Felt:
    belong: int | None = given("I belong.")
    safe: int | None = given("I am safe.")
    cared_for: int | None = given("I am cared for.")
    supported: int | None = given("I am supported.")
    understood: int | None = given("I am understood.")
    purposeful: int | None = given("It has a purpose.")
    valued: int | None = given("I am valued.")
    respected: int | None = given("I am respected.")
    seen: int | None = given("I am seen.")
    loved: int | None = given("I am loved.")


@strawberry.input(description="How a tie is, in the words of one of its ends.")
class DescribeTie:
    to: strawberry.ID = strawberry.field(description="With whom: an id, or a name only one has.")
    from_: strawberry.ID | None = strawberry.field(default=None, name="from", description=WHO)
    closeness: int | None = given('From 1 "know of" to 5 "would ring in trouble".')
    would_introduce: WouldIntroduce | None = given("Would they introduce somebody to the other?")
    frequency: Frequency | None = given("How often are they in touch?")
    felt: Felt | None = given("How does it feel? For the person alone to say, and to read.")
    no_tie: bool = strawberry.field(default=False, description="There is no tie.")
    audience: Audience | None = given(
        "Who may hear of it, if fewer than may see both ends. What was answered nobody reads."
    )


@strawberry.input(description="All that one said of another in one kind on one day.")
class NamedAnswer:
    to: strawberry.ID = strawberry.field(description="Of whom: an id, or a name only one has.")
    from_: strawberry.ID | None = strawberry.field(default=None, name="from", description=WHO)
    kind: EvidenceKind = strawberry.field(description="What was answered: closeness, felt ...")
    on: date = strawberry.field(description="The day on which it was said.")


@strawberry.input(description="Who may see somebody from now on.")
class SetConsent:
    audience: Audience = strawberry.field(description="Who may see them.")
    who: strawberry.ID | None = given(WHO)


@strawberry.input(description="Whether somebody may be asked for introductions.")
class TakingRequests:
    taking: bool = strawberry.field(description="Whether they may be asked now.")
    capacity: int | None = given("How many requests they can take in 90 days, 1 or more.")
    who: strawberry.ID | None = given(WHO)


@strawberry.input(description="Somebody or something to be added.")
class AddThing:
    kind: AddedKind = strawberry.field(description="What it is.")
    name: str = strawberry.field(description="What it is called.")
    basis: str | None = given("Of a person: on what basis they may be named.")
    ids: list[str] | None = given("Registered ids, such as GB-CHC-1090095.")
    pronouns: str | None = given("Of a person: how to speak of them.")
    bio: str | None = given("Of a person: what they say about themselves.")
    consent: Audience | None = given("Who may see a person or an organisation.")
    url: str | None = given("Of an organisation: its web page.")
    sort: str | None = given("Of an organisation: what kind it is.")
    description: str | None = given("Of a project: what it does.")
    starts: str | None = given("Of a project: its first day, month or year.")
    ends: str | None = given("Of a project: its last one, known or planned.")
    amount: float | None = given("Of a project: money in it.")
    currency: str | None = given("Of the amount: GBP ...")
    status: str | None = given("Of a project: planned, running, finished ...")
    lessons: str | None = given("Of a project: what was learnt.")
    reached: int | None = given("Of a project: how many people it reached.")
    organisation: list[strawberry.ID] | None = given("Of a person: for whom they work.")
    role: str | None = given("Of a person: as what.")
    member_of: list[strawberry.ID] | None = given("Organisations it is a member of.")
    lead: list[strawberry.ID] | None = given("Of a project: who leads it.")
    partners: list[strawberry.ID] | None = given("Of a project: who else works on it.")
    funder: list[strawberry.ID] | None = given("Of a project: who funds it.")
    place: list[strawberry.ID] | None = given("Where it is based; of a project where it works.")
    themes: list[strawberry.ID] | None = given("What it works on.")
    offers: list[strawberry.ID] | None = given("What a person or an organisation offers: themes.")
    asks: list[strawberry.ID] | None = given("What they ask for: themes.")
