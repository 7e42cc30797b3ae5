"""The words of the schema that are one of a few."""

from enum import Enum

import strawberry


@strawberry.enum(description="How thick a tie is.")
class TieLabel(Enum):
    THICK = strawberry.enum_value("THICK", description="They could ask each other a great deal.")
    MIDDLING = strawberry.enum_value("MIDDLING", description="They know each other well enough.")
    THIN = strawberry.enum_value("THIN", description="They have met.")
    NOT_YET_KNOWN = strawberry.enum_value(
        "NOT_YET_KNOWN", description="Too little has been heard to say."
    )


@strawberry.enum(description="The kinds of thing on the map.")
class EntityKind(Enum):
    PERSON = strawberry.enum_value("person", description="A person.")
    ORGANISATION = strawberry.enum_value("organisation", description="An organisation.")
    NETWORK = strawberry.enum_value("network", description="A network.")
    PROJECT = strawberry.enum_value("project", description="A project or a grant.")
    PLACE = strawberry.enum_value("place", description="A place.")
    THEME = strawberry.enum_value("theme", description="What people work on.")


@strawberry.enum(description="What a vocabulary's word is to what was asked.")
class ThemeWay(Enum):
    SAME = strawberry.enum_value("SAME", description="It carries the word itself.")
    EXACT = strawberry.enum_value("EXACT", description="It is said to be the same, by any chain.")
    CLOSE = strawberry.enum_value("CLOSE", description="It is close, by one step.")
    BROADER = strawberry.enum_value("BROADER", description="It is wider: counts half.")
    NARROWER = strawberry.enum_value("NARROWER", description="It is narrower: counts half.")
    RELATED = strawberry.enum_value("RELATED", description="It is no word for it: counts nothing.")


@strawberry.enum(description="What falls away if it is lost.")
class BridgeKind(Enum):
    TIE = strawberry.enum_value("TIE", description="A tie whose loss splits the field.")
    ACTOR = strawberry.enum_value("ACTOR", description="An actor whose loss splits the field.")


@strawberry.enum(description="What has become of a bridge since a day.")
class BridgeChange(Enum):
    NEW = strawberry.enum_value("NEW", description="It was none on that day.")
    MORE = strawberry.enum_value("MORE", description="More would be cut off today than then.")
    FEWER = strawberry.enum_value("FEWER", description="Fewer would be cut off today than then.")
    SAME = strawberry.enum_value("SAME", description="As many would be cut off as then.")


@strawberry.enum(description="How much somebody stands between others, of the ties on record.")
class BrokerLabel(Enum):
    JOINS_MANY = strawberry.enum_value(
        "JOINS_MANY", description="Joins five or more who hardly meet but through them."
    )
    JOINS_SOME = strawberry.enum_value(
        "JOINS_SOME", description="Joins two or more who hardly meet but through them."
    )
    WITHIN_ONE = strawberry.enum_value(
        "WITHIN_ONE", description="Whom they are tied to are mostly tied to each other, or one."
    )
    NOT_TIED = strawberry.enum_value("NOT_TIED", description="Has no recorded tie here.")


@strawberry.enum(description="What two ends of a tie may have in common.")
class MixedBy(Enum):
    PLACE = strawberry.enum_value("PLACE", description="A place where both are or serve.")
    THEME = strawberry.enum_value("THEME", description="A theme both work on.")
    SECTOR = strawberry.enum_value("SECTOR", description="A kind of organisation.")


@strawberry.enum(description="The parts of where somebody fits.")
class FitPart(Enum):
    ALLIES = strawberry.enum_value(
        "ALLIES", description="Others on the same themes in the same place."
    )
    SUPPORT = strawberry.enum_value(
        "SUPPORT", description="Offers that meet what they ask for, and who could lead there."
    )
    PROJECTS = strawberry.enum_value("PROJECTS", description="Projects to join or share.")
    PARALLEL = strawberry.enum_value(
        "PARALLEL", description="Where two may be doing one thing: they may be allies."
    )
    LESSONS = strawberry.enum_value(
        "LESSONS", description="What was learnt by those who did this before."
    )
    GAPS = strawberry.enum_value("GAPS", description="What is not recorded near them.")


@strawberry.enum(description="How far others do the same already.")
class RiskLabel(Enum):
    HIGH = strawberry.enum_value("HIGH", description="One overlaps by half or more.")
    SOME = strawberry.enum_value("SOME", description="One overlaps by a quarter or more.")
    LOW = strawberry.enum_value("LOW", description="Some overlap a little.")
    NONE = strawberry.enum_value("NONE", description="None that the viewer may see overlaps.")


@strawberry.enum(description="Two kinds of duplicate, two verbs: merge, or start a conversation.")
class DuplicateKind(Enum):
    SAME_RECORD = strawberry.enum_value(
        "SAME_RECORD", description="Two records of one thing: merge them, reversibly."
    )
    PARALLEL_EFFORT = strawberry.enum_value(
        "PARALLEL_EFFORT", description="Two efforts for one purpose: you may be allies."
    )


@strawberry.enum(description="What has been decided about a pair.")
class JudgementStatus(Enum):
    OPEN = strawberry.enum_value("OPEN", description="Nobody has judged it yet.")
    SAME = strawberry.enum_value("SAME", description="Judged to be one thing.")
    DIFFERENT = strawberry.enum_value("DIFFERENT", description="Judged to be two things.")
    UNSURE = strawberry.enum_value("UNSURE", description="Looked at and left open.")
    PARALLEL = strawberry.enum_value("PARALLEL", description="Judged to be parallel efforts.")
    NOT_PARALLEL = strawberry.enum_value(
        "NOT_PARALLEL", description="Judged not to be parallel efforts."
    )


@strawberry.enum(description="What happened to a judgement, where it is followed.")
class JudgementChange(Enum):
    SAID = strawberry.enum_value("SAID", description="It was said, or said anew.")
    TAKEN_BACK = strawberry.enum_value(
        "TAKEN_BACK", description="It was taken back, as if it had never been said."
    )


@strawberry.enum(description="What a steward says of two records.")
class Verdict(Enum):
    SAME = strawberry.enum_value("same", description="One thing: they are joined.")
    DIFFERENT = strawberry.enum_value("different", description="Two things: they stay apart.")
    UNSURE = strawberry.enum_value("unsure", description="Not to be told yet; ask no more.")
    PARALLEL = strawberry.enum_value("parallel", description="Two efforts for one purpose.")
    NOT_PARALLEL = strawberry.enum_value("not_parallel", description="Two efforts, two purposes.")


@strawberry.enum(description="Who is asking.")
class ViewerLevel(Enum):
    ANONYMOUS = strawberry.enum_value("ANONYMOUS", description="Anyone.")
    MEMBER = strawberry.enum_value("MEMBER", description="A signed-in member of the field.")
    WEAVER = strawberry.enum_value("WEAVER", description="A network weaver.")
    STEWARD = strawberry.enum_value("STEWARD", description="A steward of the data.")


@strawberry.enum(description="What a tie rests on.")
class EvidenceKind(Enum):
    CLOSENESS = strawberry.enum_value("CLOSENESS", description="Asked how close they are.")
    WOULD_INTRODUCE = strawberry.enum_value(
        "WOULD_INTRODUCE", description="Asked whether they would introduce the other."
    )
    FELT = strawberry.enum_value("FELT", description="Asked how the tie feels.")
    FREQUENCY = strawberry.enum_value("FREQUENCY", description="Asked how often they are in touch.")
    ROLE = strawberry.enum_value("ROLE", description="One has a role in the other.")
    JOINT_WORK = strawberry.enum_value("JOINT_WORK", description="They worked on one thing.")
    CONTACT_DAY = strawberry.enum_value("CONTACT_DAY", description="They met, called or wrote.")
    STATED_TIE = strawberry.enum_value("STATED_TIE", description="A source says there is a tie.")
    NO_TIE = strawberry.enum_value("NO_TIE", description="A source says there is none.")


@strawberry.enum(description="In what way someone belongs to an organisation.")
class Belonging(Enum):
    WORKS_FOR = strawberry.enum_value("WORKS_FOR", description="Works for it.")
    MEMBER_OF = strawberry.enum_value("MEMBER_OF", description="Is a member of it.")
    LEADS = strawberry.enum_value("LEADS", description="Leads it.")
    ADVISES = strawberry.enum_value("ADVISES", description="Advises it.")
    PART_OF = strawberry.enum_value("PART_OF", description="Is a branch of it.")


@strawberry.enum(description="In what way an actor is part of a project.")
class Part(Enum):
    LEADS = strawberry.enum_value("LEADS", description="Leads it.")
    PARTNERS_ON = strawberry.enum_value("PARTNERS_ON", description="Is a partner on it.")
    FUNDS = strawberry.enum_value("FUNDS", description="Funds it.")
