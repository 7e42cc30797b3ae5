"""The words of the schema that are one of a few."""

from enum import Enum
from typing import Any

import strawberry


def choice(value: str | int, description: str) -> Any:
    """One of the few: as the code and the graph have it, and what it means."""
    return strawberry.enum_value(value, description=description)


@strawberry.enum(description="How thick a tie is.")
class TieLabel(Enum):
    THICK = choice("THICK", "They could ask each other a great deal.")
    MIDDLING = choice("MIDDLING", "They know each other well enough.")
    THIN = choice("THIN", "They have met.")
    NOT_YET_KNOWN = choice("NOT_YET_KNOWN", "Too little has been heard to say.")


@strawberry.enum(description="The kinds of thing on the map.")
class EntityKind(Enum):
    PERSON = choice("person", "A person.")
    ORGANISATION = choice("organisation", "An organisation.")
    NETWORK = choice("network", "A network.")
    PROJECT = choice("project", "A project or a grant.")
    PLACE = choice("place", "A place.")
    THEME = choice("theme", "What people work on.")


@strawberry.enum(description="What a vocabulary's word is to what was asked.")
class ThemeWay(Enum):
    SAME = choice("SAME", "It carries the word itself.")
    EXACT = choice("EXACT", "It is said to be the same, by any chain.")
    CLOSE = choice("CLOSE", "It is close, by one step.")
    BROADER = choice("BROADER", "It is wider: counts half.")
    NARROWER = choice("NARROWER", "It is narrower: counts half.")
    RELATED = choice("RELATED", "It is no word for it: counts nothing.")


@strawberry.enum(description="What falls away if it is lost.")
class BridgeKind(Enum):
    TIE = choice("TIE", "A tie whose loss splits the field.")
    ACTOR = choice("ACTOR", "An actor whose loss splits the field.")


@strawberry.enum(description="What has become of a bridge since a day.")
class BridgeChange(Enum):
    NEW = choice("NEW", "It was none on that day.")
    MORE = choice("MORE", "More would be cut off today than then.")
    FEWER = choice("FEWER", "Fewer would be cut off today than then.")
    SAME = choice("SAME", "As many would be cut off as then.")


@strawberry.enum(description="How much somebody stands between others, of the ties on record.")
class BrokerLabel(Enum):
    JOINS_MANY = choice("JOINS_MANY", "Joins five or more who hardly meet but through them.")
    JOINS_SOME = choice("JOINS_SOME", "Joins two or more who hardly meet but through them.")
    WITHIN_ONE = choice(
        "WITHIN_ONE", "Whom they are tied to are mostly tied to each other, or one."
    )
    NOT_TIED = choice("NOT_TIED", "Has no recorded tie here.")


@strawberry.enum(description="What two ends of a tie may have in common.")
class MixedBy(Enum):
    PLACE = choice("PLACE", "A place where both are or serve.")
    THEME = choice("THEME", "A theme both work on.")
    SECTOR = choice("SECTOR", "A kind of organisation.")


@strawberry.enum(description="The parts of where somebody fits.")
class FitPart(Enum):
    ALLIES = choice("ALLIES", "Others on the same themes in the same place.")
    SUPPORT = choice("SUPPORT", "Offers that meet what they ask for, and who could lead there.")
    PROJECTS = choice("PROJECTS", "Projects to join or share.")
    PARALLEL = choice("PARALLEL", "Where two may be doing one thing: they may be allies.")
    LESSONS = choice("LESSONS", "What was learnt by those who did this before.")
    GAPS = choice("GAPS", "What is not recorded near them.")


@strawberry.enum(description="How far others do the same already.")
class RiskLabel(Enum):
    HIGH = choice("HIGH", "One overlaps by half or more.")
    SOME = choice("SOME", "One overlaps by a quarter or more.")
    LOW = choice("LOW", "Some overlap a little.")
    NONE = choice("NONE", "None that the viewer may see overlaps.")


@strawberry.enum(description="Two kinds of duplicate, two verbs: merge, or start a conversation.")
class DuplicateKind(Enum):
    SAME_RECORD = choice("SAME_RECORD", "Two records of one thing: merge them, reversibly.")
    PARALLEL_EFFORT = choice("PARALLEL_EFFORT", "Two efforts for one purpose: you may be allies.")


@strawberry.enum(description="What has been decided about a pair.")
class JudgementStatus(Enum):
    OPEN = choice("OPEN", "Nobody has judged it yet.")
    SAME = choice("SAME", "Judged to be one thing.")
    DIFFERENT = choice("DIFFERENT", "Judged to be two things.")
    UNSURE = choice("UNSURE", "Looked at and left open.")
    PARALLEL = choice("PARALLEL", "Judged to be parallel efforts.")
    NOT_PARALLEL = choice("NOT_PARALLEL", "Judged not to be parallel efforts.")


@strawberry.enum(description="What happened to a judgement, where it is followed.")
class JudgementChange(Enum):
    SAID = choice("SAID", "It was said, or said anew.")
    TAKEN_BACK = choice("TAKEN_BACK", "It was taken back, as if it had never been said.")


@strawberry.enum(description="What a steward says of two records.")
class Verdict(Enum):
    SAME = choice("same", "One thing: they are joined.")
    DIFFERENT = choice("different", "Two things: they stay apart.")
    UNSURE = choice("unsure", "Not to be told yet; ask no more.")
    PARALLEL = choice("parallel", "Two efforts for one purpose.")
    NOT_PARALLEL = choice("not_parallel", "Two efforts, two purposes.")


@strawberry.enum(description="Who is asking.")
class ViewerLevel(Enum):
    ANONYMOUS = choice("ANONYMOUS", "Anyone.")
    MEMBER = choice("MEMBER", "A signed-in member of the field.")
    WEAVER = choice("WEAVER", "A network weaver.")
    STEWARD = choice("STEWARD", "A steward of the data.")


@strawberry.enum(description="What a tie rests on.")
class EvidenceKind(Enum):
    CLOSENESS = choice("CLOSENESS", "Asked how close they are.")
    WOULD_INTRODUCE = choice("WOULD_INTRODUCE", "Asked whether they would introduce the other.")
    FELT = choice("FELT", "Asked how the tie feels.")
    FREQUENCY = choice("FREQUENCY", "Asked how often they are in touch.")
    ROLE = choice("ROLE", "One has a role in the other.")
    JOINT_WORK = choice("JOINT_WORK", "They worked on one thing.")
    CONTACT_DAY = choice("CONTACT_DAY", "They met, called or wrote.")
    STATED_TIE = choice("STATED_TIE", "A source says there is a tie.")
    NO_TIE = choice("NO_TIE", "A source says there is none.")


@strawberry.enum(description="In what way someone belongs to an organisation.")
class Belonging(Enum):
    WORKS_FOR = choice("WORKS_FOR", "Works for it.")
    MEMBER_OF = choice("MEMBER_OF", "Is a member of it.")
    LEADS = choice("LEADS", "Leads it.")
    ADVISES = choice("ADVISES", "Advises it.")
    PART_OF = choice("PART_OF", "Is a branch of it.")


@strawberry.enum(description="In what way an actor is part of a project.")
class Part(Enum):
    LEADS = choice("LEADS", "Leads it.")
    PARTNERS_ON = choice("PARTNERS_ON", "Is a partner on it.")
    FUNDS = choice("FUNDS", "Funds it.")
