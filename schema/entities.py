"""What there is, as neomodel classes: labels, properties, uniqueness and indexes.

The loaders write Cypher of their own (every row a record, many thousand at a time), so these
classes declare rather than write: `tieline schema install` makes the constraints and indexes they
name, `docs/model.md` is drawn from them, and tests hold the graph to them. Dates are ISO text.
"""

from typing import Any, ClassVar

from neomodel import (
    ArrayProperty,
    BooleanProperty,
    DateProperty,
    FloatProperty,
    IntegerProperty,
    StringProperty,
    StructuredNode,
)
from neomodel.properties import Property

from tieline.schema.relationships import relation

_UID = "prefix of its kind and a hash of its lowest record's uid now, of those as widely seen"
_AUDIENCE = "who may see it, 0 hidden to 4 public: that of its widest source"


class Location(Property[Any]):
    """A WGS 84 point, as the driver gives and takes it."""

    def inflate(self, value: Any, rethrow: bool = False) -> Any:
        return value

    def deflate(self, value: Any, rethrow: bool = False) -> Any:
        return value


class Actor(StructuredNode):
    """A person or an organisation."""

    uid = StringProperty(unique_index=True, help_text=_UID)
    name = StringProperty(index=True, help_text="what it is called")
    also_known_as = ArrayProperty(StringProperty(), help_text="other names")
    consent = IntegerProperty(help_text="who may see the name, 0 hidden to 4 public")
    consent_rest = IntegerProperty(help_text="who may see what is not public record, if fewer")
    ease = FloatProperty(help_text="1 / (1 + asks in 90 days / capacity); absent: 1")
    observed = relation("OBSERVED", "actor")
    ties = relation("TIE", "actor")
    members_of = relation("MEMBER_OF", "organisation")
    leads = relation("LEADS", "organisation")
    leads_projects = relation("LEADS", "project")
    partners_on = relation("PARTNERS_ON", "project")
    funds = relation("FUNDS", "project")
    based_in = relation("BASED_IN", "place")
    works_on = relation("WORKS_ON", "theme")
    offers = relation("OFFERS", "theme")
    asks_for = relation("ASKS_FOR", "theme")


class Person(Actor):
    """A human being; in the graph only if the source says on what basis."""

    pronouns = StringProperty(help_text="how to speak of them")
    bio = StringProperty(help_text="what they say about themselves")
    capacity = FloatProperty(help_text="requests they can take in 90 days")
    taking_requests = BooleanProperty(help_text="whether they may be asked now")
    last_confirmed = DateProperty(help_text="when they last said that this is right")
    works_for = relation("WORKS_FOR", "organisation")
    advises = relation("ADVISES", "organisation")


class Organisation(Actor):
    """A body of people; with the label Network its members are organisations or people."""

    __optional_labels__: ClassVar[list[str]] = ["Network"]
    kind = StringProperty(help_text="what kind of organisation")
    url = StringProperty(help_text="its web page")
    founded = StringProperty(help_text="when it began, as exactly as is known")
    closed = StringProperty(help_text="when it closed, as exactly as is known")
    part_of = relation("PART_OF", "organisation")
    serves = relation("SERVES", "place")


class Project(StructuredNode):
    """Work with a beginning; a grant is a project with a funder."""

    uid = StringProperty(unique_index=True, help_text=_UID)
    title = StringProperty(index=True, help_text="what it is called")
    description = StringProperty(help_text="what it does")
    starts = DateProperty(help_text="first day")
    ends = DateProperty(help_text="last day, known or planned")
    amount = FloatProperty(help_text="money in it")
    currency = StringProperty(help_text="of the amount: GBP ...")
    lessons = StringProperty(help_text="what was learnt")
    reached = IntegerProperty(help_text="how many people it reached, as the source counts")
    status = StringProperty(help_text="as the source says: planned, running, finished ...")
    audience = IntegerProperty(help_text=_AUDIENCE)
    serves = relation("SERVES", "place")
    works_on = relation("WORKS_ON", "theme")
    follows = relation("FOLLOWS", "project")


class Place(StructuredNode):
    """Anywhere with a name: official areas, and informal ones made of them."""

    uid = StringProperty(unique_index=True, help_text=_UID)
    name = StringProperty(index=True, help_text="what it is called")
    also_known_as = ArrayProperty(StringProperty(), help_text="other names")
    gss = StringProperty(index=True, help_text="code of the statistics office")
    kind = StringProperty(help_text="what kind of area")
    vintage = StringProperty(help_text="of which year the code is")
    valid_from = DateProperty(help_text="since when there is such a place")
    valid_to = DateProperty(help_text="until when")
    location = Location(help_text="a point in it, WGS 84")
    audience = IntegerProperty(help_text=_AUDIENCE)
    within = relation("WITHIN", "place")
    succeeded_by = relation("SUCCEEDED_BY", "place")


class Theme(StructuredNode):
    """What work is about, in one scheme's words (SKOS)."""

    uid = StringProperty(unique_index=True, help_text=_UID)
    label = StringProperty(index=True, help_text="what it is called")
    scheme = StringProperty(help_text="whose words these are")
    code = StringProperty(help_text="its code in the scheme")
    alt_labels = ArrayProperty(StringProperty(), help_text="other words for it")
    hidden_labels = ArrayProperty(StringProperty(), help_text="words to find it by, never shown")
    note = StringProperty(help_text="what it takes in")
    rule = StringProperty(help_text="regular expression: texts that may be about it (RE2)")
    rule_not = StringProperty(help_text="regular expression: and those of them that are not")
    no_word_in = ArrayProperty(StringProperty(), help_text="schemes said to have no word for it")
    audience = IntegerProperty(help_text=_AUDIENCE)
    broader = relation("BROADER", "theme")
    matches = relation("MATCHES", "theme")


class Identifier(StructuredNode):
    """One real-world id, whoever carries it: identifiers.py."""

    uid = StringProperty(unique_index=True, help_text="scheme - value: GB-CHC-1090095")


class Record(StructuredNode):
    """What a partner said: a row, or what rows mention. Everything else follows from these."""

    uid = StringProperty(unique_index=True, help_text="slug:local id, or slug:kind/hash")
    handle = StringProperty(unique_index=True, help_text="the uid it lends what it describes")
    kind = StringProperty(help_text="person, organisation, project, place, theme or statement")
    source = StringProperty(index=True, help_text="slug of who said it")
    fields = StringProperty(help_text="the row as read, JSON")
    date = DateProperty(help_text="the date the data itself gives")
    digest = StringProperty(help_text="hash of all the row says; rows alone have one")
    load = StringProperty(help_text="uid of the load that brought the row")
    other_loads = ArrayProperty(StringProperty(), help_text="of other parts that say it too")
    branch = BooleanProperty(help_text="a branch under its parent's number")
    describes = relation("DESCRIBES", "actor")
    describes_project = relation("DESCRIBES", "project")
    describes_place = relation("DESCRIBES", "place")
    describes_theme = relation("DESCRIBES", "theme")
    mentions = relation("MENTIONS", "record")
    identified_by = relation("IDENTIFIED_BY", "identifier")
