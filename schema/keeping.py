"""What keeps the graph honest: sources, loads, judgements, erasures, asks, and its own state."""

from neomodel import (
    ArrayProperty,
    BooleanProperty,
    DateProperty,
    FloatProperty,
    IntegerProperty,
    StringProperty,
    StructuredNode,
)


class Source(StructuredNode):
    """Who says it, on what basis, and who may hear it."""

    slug = StringProperty(unique_index=True, help_text="short name")
    title = StringProperty(help_text="what it is called")
    publisher = StringProperty(help_text="who gives it out")
    licence = StringProperty(help_text="what may be done with it")
    lawful_basis = StringProperty(help_text="why people may be named in it")
    reliability = FloatProperty(help_text="how much its word weighs, above 0, up to 1")
    audience = IntegerProperty(help_text="who may see what it says, 0 hidden to 4 public")
    contact = StringProperty(help_text="whom to ask about it")
    retrieved = DateProperty(help_text="when it was fetched")
    public = BooleanProperty(help_text="whether it is public record")
    leaving = BooleanProperty(help_text="true while it is being withdrawn")


class Load(StructuredNode):
    """One coming in of one file."""

    uid = StringProperty(unique_index=True, help_text="hash of slug, part, file, mapping, version")
    source = StringProperty(index=True, help_text="slug of the source")
    part = StringProperty(help_text="which part of the source")
    file = StringProperty(help_text="name of the file")
    sha256 = StringProperty(help_text="of the file")
    format = StringProperty(help_text="how it was read")
    started = StringProperty(help_text="when it began")
    finished = StringProperty(help_text="when it ended")
    retrieved = DateProperty(help_text="of which day the file is")
    newest = DateProperty(help_text="newest date that its rows give")
    state = StringProperty(help_text="running, finished, withdrawn, or replaced by another file")
    rows = IntegerProperty(help_text="rows read and committed")
    read = IntegerProperty(help_text="rows of the file")
    accepted = IntegerProperty(help_text="rows taken in")
    refused = IntegerProperty(help_text="rows refused")


class Pulse(StructuredNode):
    """A sign that somebody works on a load; without one it was interrupted, whatever it says."""

    load = StringProperty(unique_index=True, help_text="uid of the load")
    until = IntegerProperty(help_text="until when it holds, in milliseconds")


class Judgement(StructuredNode):
    """What a person says of two records; it outlives reloads and can be taken back."""

    uid = StringProperty(unique_index=True, help_text="hash of both records")
    left = StringProperty(index=True, help_text="uid of one record")
    right = StringProperty(index=True, help_text="uid of the other")
    kind = StringProperty(help_text="same record, or parallel effort")
    verdict = StringProperty(help_text="same, different, unsure, parallel, not_parallel")
    by = StringProperty(help_text="who judged")
    why = StringProperty(help_text="their reason")
    at = StringProperty(help_text="when")
    evidence = StringProperty(help_text="hash of the fields it was judged on")


class Retraction(StructuredNode):
    """A judgement that was taken back, for those who follow what is said; swept away in time."""

    uid = StringProperty(unique_index=True, help_text="its own")
    left = StringProperty(help_text="uid of one record")
    right = StringProperty(help_text="uid of the other")
    kind = StringProperty(help_text="same record, or parallel effort")
    verdict = StringProperty(help_text="what had been said")
    by = StringProperty(help_text="who took it back")
    at = StringProperty(index=True, help_text="when")
    evidence = StringProperty(help_text="hash of the fields it was judged on")


class Candidate(StructuredNode):
    """Two records that may be one thing, or when a kind was last compared; joins nothing."""

    uid = StringProperty(unique_index=True, help_text="hash of both records")
    kind = StringProperty(index=True, help_text="of things: person, organisation or project")
    level = IntegerProperty(help_text="of the viewers who see it, made of what they may see")
    left = StringProperty(help_text="uid of one record")
    right = StringProperty(help_text="uid of the other")
    bits = FloatProperty(help_text="weight of evidence, above 0 likelier than not")
    reasons = ArrayProperty(StringProperty(), help_text="what speaks for it and against")
    weights = ArrayProperty(FloatProperty(), help_text="bits of each reason")
    evidence = StringProperty(help_text="hash of what was compared")
    found = IntegerProperty(help_text="how many candidates the comparison found")
    at = StringProperty(help_text="when it was compared")


class Erasure(StructuredNode):
    """Somebody who must not come back, by a key that names nobody."""

    key = StringProperty(unique_index=True, help_text="HMAC of a record uid or identifier")
    at = StringProperty(help_text="when")


class Ask(StructuredNode):
    """A request made of a go-between."""

    uid = StringProperty(unique_index=True, help_text="its own")
    of = StringProperty(index=True, help_text="uid of the go-between")
    by = StringProperty(help_text="uid of who asked")
    to = StringProperty(help_text="uid of whom they wished to meet")
    on = DateProperty(help_text="when")
    outcome = StringProperty(help_text="what came of it")


class Touched(StructuredNode):
    """What one transaction touched of the ties, for those who keep a copy; swept away in time."""

    uid = StringProperty(unique_index=True, help_text="its own")
    at = IntegerProperty(index=True, help_text="when, in milliseconds")
    pairs = ArrayProperty(StringProperty(), help_text="uids: from, to, from, to; absent: all")
    actors = ArrayProperty(StringProperty(), help_text="uids of actors to be read anew")


class Migration(StructuredNode):
    """A change to the database that was made once."""

    name = StringProperty(unique_index=True, help_text="of its file, without .cypher")
    checksum = StringProperty(help_text="sha256 of its text")
    at = StringProperty(help_text="when it was made")


class Field(StructuredNode):
    """The whole graph: there is one."""

    uid = StringProperty(unique_index=True, help_text="field")
    as_of = DateProperty(help_text="the day as of which every tie is computed")
    pending = BooleanProperty(help_text="set while ties are being brought to a new day")
    erased = StringProperty(help_text="digest of the keys of all who were erased")
