"""What may stand between two things: each a verb with a direction, two ends and a sentence.

    VERBS["WORKS_FOR"].told("Ada", "the Guild")    "Ada works for the Guild"
    relation("WORKS_FOR", "organisation")          its neomodel declaration, for entities.py

Every stated relationship knows the source and the record that state it and the records at both
ends, so it can be re-pointed when an entity splits or joins, and withdrawn alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from neomodel import (
    ArrayProperty,
    BooleanProperty,
    DateProperty,
    FloatProperty,
    IntegerProperty,
    RelationshipTo,
    StringProperty,
    StructuredRel,
)

from tieline.schema.consent import LEVELS, STEWARD

CLASSES = {
    "person": "Person", "organisation": "Organisation", "project": "Project", "place": "Place",
    "theme": "Theme", "record": "Record", "identifier": "Identifier", "actor": "Actor",
}  # fmt: skip


class Stated(StructuredRel):
    """What every relationship carries that a source states."""

    uid = StringProperty(unique_index=True, help_text="hash of source, verb, both records, row")
    slug = StringProperty(db_property="source", help_text="slug of the source that states it")
    record = StringProperty(help_text="uid of the row that states it")
    from_record = StringProperty(help_text="uid of the record it starts from")
    to_record = StringProperty(help_text="uid of the record it leads to")
    said = IntegerProperty(help_text="audience the row itself asks for, if any")
    audience = IntegerProperty(help_text="who may see it, 0 hidden to 4 public: the least of all")


class Role(Stated):
    role = StringProperty(help_text="what it is called there")
    from_ = DateProperty(db_property="from", help_text="since when")
    to = DateProperty(help_text="until when; absent: it runs on")


class Funding(Stated):
    role = StringProperty(help_text="what it is called there")
    amount = FloatProperty(help_text="how much, in the project's currency")


class Work(Stated):
    confidence = FloatProperty(help_text="how sure the source is, 0 to 1")


class Match(Stated):
    """SSSOM: a mapping between two schemes of themes."""

    predicate = StringProperty(help_text="exactMatch, closeMatch, broadMatch ...")
    confidence = FloatProperty(help_text="how sure, 0 to 1")
    justification = StringProperty(help_text="how it was found: semapv:ManualMappingCuration ...")
    comment = StringProperty(help_text="why, in words")
    by = StringProperty(help_text="who matched them")
    at = DateProperty(help_text="when")


class Observed(Stated):
    """One thing said or recorded of a tie: strength.md. Never updated."""

    kind = StringProperty(help_text="closeness, joint_work ...: weights.py")
    value = FloatProperty(help_text="0 to 1")
    weight = FloatProperty(help_text="base weight, if not that of its kind")
    answered_share = FloatProperty(help_text="share of items answered, 0 to 1")
    reporter = StringProperty(help_text="from, to, or the record uid of who else says it")
    on = DateProperty(help_text="the day, or the first")
    until = DateProperty(help_text="the last day, known or planned")
    purpose = StringProperty(help_text="what it was told for")
    derived = BooleanProperty(help_text="made by rule from shared work")


class Tie(StructuredRel):
    """The summary of what is observed of a pair, one a direction. Its key is its two ends."""

    audience = IntegerProperty(help_text="highest level at which anything of it is visible")
    strength = FloatProperty(help_text="how much says it holds; the same both ways")
    against = FloatProperty(help_text="how much speaks against it")
    unknown = FloatProperty(help_text="how much is not known; the three make 1")
    heard = IntegerProperty(help_text="ends heard in their own words: 0, 1 or 2")
    quiet = BooleanProperty(help_text="silent for more than eight times the usual gap")


for _level in LEVELS:
    _suffix = "" if _level == STEWARD else f"_{_level}"
    _at = "" if _level == STEWARD else f" at level {_level}"
    for _name, _made, _help in (
        ("step", FloatProperty, f"strength of the first asking the second{_at}"),
        ("likely", FloatProperty, f"strength and half of what is unknown{_at}"),
        ("label", StringProperty, f"thick, middling, thin or not_yet_known{_at}"),
        ("kinds", ArrayProperty, f"kinds of evidence{_at}"),
        ("seen", DateProperty, f"last day of any evidence{_at}"),
    ):
        setattr(Tie, f"{_name}{_suffix}", _made(help_text=_help))


class Mention(StructuredRel):
    role = StringProperty(help_text="as what the row mentions it; numbered when it repeats")


@dataclass(frozen=True, slots=True)
class Verb:
    """A relationship type: what it joins, and how it reads aloud."""

    name: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    sentence: str
    model: type[StructuredRel] | None = Stated

    def told(self, a: str, b: str) -> str:
        return self.sentence.format(a=a, b=b)

    @property
    def stated(self) -> bool:
        """Whether a source states it, and it must carry who does."""
        return self.model is not None and issubclass(self.model, Stated)


_ACTOR = ("person", "organisation")
_THING = ("person", "organisation", "project", "place", "theme")
_TABLE = (
    Verb("WORKS_FOR", ("person",), ("organisation",), "{a} works for {b}", Role),
    Verb("MEMBER_OF", _ACTOR, ("organisation",), "{a} is a member of {b}", Role),
    Verb("LEADS", _ACTOR, ("organisation", "project"), "{a} leads {b}", Role),
    Verb("ADVISES", ("person",), ("organisation",), "{a} advises {b}", Role),
    Verb("PART_OF", ("organisation",), ("organisation",), "{a} is part of {b}"),
    Verb("PARTNERS_ON", _ACTOR, ("project",), "{a} is a partner in {b}", Role),
    Verb("FUNDS", _ACTOR, ("project",), "{a} funds {b}", Funding),
    Verb("BASED_IN", _ACTOR, ("place",), "{a} is based in {b}"),
    Verb("SERVES", ("project", "organisation"), ("place",), "{a} serves {b}"),
    Verb("WORKS_ON", (*_ACTOR, "project"), ("theme",), "{a} works on {b}", Work),
    Verb("OFFERS", _ACTOR, ("theme",), "{a} offers {b}", Role),
    Verb("ASKS_FOR", _ACTOR, ("theme",), "{a} asks for {b}", Role),
    Verb("FOLLOWS", ("project",), ("project",), "{a} follows on from {b}"),
    Verb("WITHIN", ("place",), ("place",), "{a} lies within {b}"),
    Verb("SUCCEEDED_BY", ("place",), ("place",), "{a} became {b}"),
    Verb("BROADER", ("theme",), ("theme",), "{a} is a kind of {b}"),
    Verb("MATCHES", ("theme",), ("theme",), "{a} matches {b}", Match),
    Verb("OBSERVED", _ACTOR, _ACTOR, "{a} was seen to have to do with {b}", Observed),
    Verb("TIE", _ACTOR, _ACTOR, "{a} is tied to {b}", Tie),
    Verb("DESCRIBES", ("record",), _THING, "{a} describes {b}", None),
    Verb("MENTIONS", ("record",), ("record",), "{a} mentions {b}", Mention),
    Verb("IDENTIFIED_BY", ("record",), ("identifier",), "{a} carries {b}", None),
)
VERBS: dict[str, Verb] = {verb.name: verb for verb in _TABLE}


def relation(name: str, end: str) -> Any:
    """neomodel's declaration of a verb towards one kind of thing."""
    verb = VERBS[name]
    return RelationshipTo(f"tieline.schema.entities.{CLASSES[end]}", name, model=verb.model)


def properties(model: Any) -> dict[str, Any]:
    """The properties of a class by their name in the graph."""
    held: Iterable[tuple[str, Any]] = model.defined_properties(aliases=False, rels=False).items()
    return {prop.get_db_property_name(name): prop for name, prop in held}
