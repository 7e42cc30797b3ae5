"""What an entity is called and who may see it: a pure function of the records that describe it.

Most reliable source first, then newest by the date the data itself gives (undated is oldest), then
record uid; lists are unions; a missing value never beats a value.

Consent of an actor, 0 (hidden) to 4 (public): their own word (a source `own-word:...`), else the
lowest that any source not on public record says, else the default; where a public record names
them, that record's audience (4), and `consent_rest` keeps the other figure for all that is not
public record. Never more than the widest audience among their sources. Their name and fields are
composed only from records that whoever may see the name may see. Projects, places and themes are as
visible as their widest source that names them, and say what the sources of that audience say.

What nobody has named yet is hidden until somebody does: a row may speak of an id before, or
without, a row that says whose it is. What only a narrower source names is as narrow as that name.
The uid too is made of records that whoever may see the thing may see: it tells of no narrower one.

What somebody says through Tieline opens nothing but their own consent. The echo of a name, in an
answer about another, counts only while nobody else names the thing, and then at the level it had
when it was heard; a person's own name so noted counts with their own consent; a correction changes
what is said, never who may see it; what somebody added fills in what others who name the thing
leave open, and overrides neither them nor who may see it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from neo4j.spatial import WGS84Point

from tieline.schema.consent import DEFAULT, PUBLIC
from tieline.schema.records import LABELS, OWN_WORD, Record, handle

OWN_WORD_MARK = "own_word"  # a field of own-word records that are not of the author themselves
ECHO, SELF, CORRECTION, ADDED = "echo", "self", "correction", "added"
LEANING = (ECHO, SELF, CORRECTION)
NETWORK = "Network"
PROPERTIES = {
    "person": ("name", "also_known_as", "pronouns", "bio", "last_confirmed"),
    "organisation": ("name", "also_known_as", "kind", "url", "founded", "closed"),
    "place": ("name", "also_known_as", "gss", "kind", "vintage", "valid_from", "valid_to"),
    "theme": (
        "label", "scheme", "code", "alt_labels", "hidden_labels", "note", "rule", "rule_not",
        "no_word_in",
    ),
    "project": (
        "title", "description", "starts", "ends", "amount", "currency", "lessons", "reached",
        "status",
    ),
}  # fmt: skip
# These protect whoever is asked, so they count whatever their source's audience (model: Ask).
PROTECTING = {"person": ("capacity", "taking_requests")}
NAME = {"project": "title", "theme": "label"}  # of the others "name"
NAMED = {"person": "also_known_as", "organisation": "also_known_as", "place": "also_known_as"}

Fields = dict[str, Any]
Said = tuple[Record, Fields]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a source's word is worth and who may hear it."""

    reliability: float = 1.0
    audience: int = PUBLIC
    public: bool = False


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity as the graph is to hold it."""

    props: Fields
    labels: tuple[str, ...]

    @property
    def uid(self) -> str:
        return str(self.props["uid"])


def compose(records: Sequence[Record], sources: Mapping[str, Basis]) -> Thing:
    """One thing from the records of one component (all of one kind)."""
    kind, ordered, levels, heard = hearing(records, sources)
    shown = [fields for _, fields in heard]
    best = _merged(shown, PROPERTIES[kind]) | _protecting(ordered, PROTECTING.get(kind, ()))
    props = _with_other_names(kind, best, shown) | _location(kind, shown) | levels
    first = [r.uid for r, _ in heard if not r.source.startswith(OWN_WORD)]
    props["uid"] = handle(kind, min(first or [record.uid for record, _ in heard]))
    network = kind == "organisation" and any(fields.get("network") is True for fields in shown)
    return Thing(props, (*LABELS[kind], NETWORK) if network else tuple(LABELS[kind]))


def hearing(
    records: Sequence[Record], sources: Mapping[str, Basis]
) -> tuple[str, list[Said], Fields, list[Said]]:
    """(kind, all they say best first, who may see it, those of them that it is made of)."""
    ordered = [(record, orjson.loads(record.fields)) for record in best_first(records, sources)]
    ordered.sort(key=lambda each: _mark(each) in (ECHO, SELF, ADDED))
    kind = ordered[0][0].kind
    levels, heard = (_actor if kind in DEFAULT else _common)(kind, ordered, sources)
    return kind, ordered, levels, heard


def _actor(
    kind: str, said: Sequence[Said], sources: Mapping[str, Basis]
) -> tuple[Fields, list[Said]]:
    """Consent, and the records behind it: no wider than where a name is heard, else hidden."""
    naming = _firm(said, "name", (ECHO,) if _own_words(said, "consent") else LEANING)
    name, rest = consents(kind, naming, sources)
    content = _content(said, naming)
    for level in range(name, -1, -1):
        lower = min(level, rest)
        if any(f.get("name") for r, f in naming if _heard(sources[r.source], level, lower)):
            heard = [each for each in content if _heard(sources[each[0].source], level, lower)]
            return {"consent": level} | ({"consent_rest": lower} if lower < level else {}), heard
    return {"consent": 0}, list(said)


def _common(
    kind: str, said: Sequence[Said], sources: Mapping[str, Basis]
) -> tuple[Fields, list[Said]]:
    """Audience, and the records behind it, of a project, place or theme."""
    word = NAME.get(kind, "name")
    naming = _firm(said, word, LEANING)
    levels = [f.get("audience", sources[r.source].audience) for r, f in naming if f.get(word)]
    widest = max(levels, default=0)
    heard = [
        each
        for each in _content(said, naming)
        if sources[each[0].source].audience == widest or _mark(each) == CORRECTION
    ]
    return {"audience": widest}, heard or list(said)


def _mark(each: Said) -> str | None:
    """What an own word is that is not simply its author's of themselves."""
    record, fields = each
    return fields.get(OWN_WORD_MARK) if record.source.startswith(OWN_WORD) else None


def _firm(said: Sequence[Said], word: str, leaning: Sequence[str]) -> Sequence[Said]:
    """Those that name it and lean on nobody; else what was added; else all."""
    for marks in ((*leaning, ADDED), leaning):
        firm = [each for each in said if _mark(each) not in marks]
        if any(fields.get(word) for _, fields in firm):
            return firm
    return said


def _content(said: Sequence[Said], naming: Sequence[Said]) -> Sequence[Said]:
    """What it is made of: echoes only where nothing else names it."""
    return said if len(naming) == len(said) else [s for s in said if _mark(s) not in (ECHO, SELF)]


def best_first(records: Sequence[Record], sources: Mapping[str, Basis]) -> list[Record]:
    """Most reliable source, then newest, then corrections of the day, then record uid."""
    if len(records) == 1:
        return list(records)
    ordered = sorted(records, key=lambda record: (not _corrects(record), record.uid))
    ordered.sort(key=lambda record: record.date, reverse=True)
    ordered.sort(key=lambda record: -sources[record.source].reliability)
    return ordered


def _corrects(record: Record) -> bool:
    """Without reading all its fields: they are JSON with sorted keys and no spaces."""
    own = record.source.startswith(OWN_WORD)
    return own and f'"{OWN_WORD_MARK}":"{CORRECTION}"' in record.fields


def consents(kind: str, said: Sequence[Said], sources: Mapping[str, Basis]) -> tuple[int, int]:
    """(level of the name, level of what is not public record) of an actor."""
    widest = max(sources[record.source].audience for record, _ in said)
    if own := _own_words(said, "consent"):
        level = min(_latest(own), widest)
        return level, level
    private = [f["consent"] for r, f in said if not sources[r.source].public and "consent" in f]
    rest = min(private, default=DEFAULT[kind])
    known = [sources[r.source].audience for r, _ in said if sources[r.source].public]
    name = max([rest, *known])
    return min(name, widest), min(rest, name, widest)


def _latest(own: Sequence[tuple[str, str, str, int]]) -> int:
    """What was said last; of those of one day that nobody can put in order, the strictest."""
    newest = max(day for day, *_ in own)
    last: dict[str, tuple[str, int]] = {}
    for _, source, number, level in (each for each in own if each[0] == newest):
        kept = last.get(source, ("", level))
        last[source] = max(kept, (number, level), key=lambda said: (said[0], -said[1]))
    return min(level for _, level in last.values())


def _own_words(said: Sequence[Said], name: str) -> list[tuple[str, str, str, int]]:
    """(date, source, its number of that day, value) of each time they said it of themselves."""
    return [
        (record.date, record.source, (record.uid.split("/") + [""] * 4)[3], fields[name])
        for record, fields in said
        if record.source.startswith(OWN_WORD) and name in fields and OWN_WORD_MARK not in fields
    ]


def _protecting(said: Sequence[Said], names: Sequence[str]) -> Fields:
    """Whether they may be asked, and how often: theirs to say, whatever others say later."""
    best = _merged([fields for _, fields in said], names)
    own = {name: _own_words(said, name) for name in best}
    return best | {name: _latest(words) for name, words in own.items() if words}


def _heard(source: Basis, name: int, rest: int) -> bool:
    """Whoever may see the name may see what this source says."""
    return min(source.audience, name if source.public else rest) >= name


def _merged(said: Sequence[Fields], names: Sequence[str]) -> Fields:
    best: Fields = {}
    asked = names if len(said) > 1 else [name for name in names if said and name in said[0]]
    for name in asked:
        values = [f[name] for f in said if f.get(name) is not None and f[name] not in ("", [])]
        if values and isinstance(values[0], list):
            best[name] = sorted({each for value in values for each in _listed(value)})
        elif values:
            best[name] = values[0]
    return best


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _with_other_names(kind: str, best: Fields, shown: Sequence[Fields]) -> Fields:
    """Names the thing goes by elsewhere, its own left out."""
    key, name = ("alt_labels", "label") if kind == "theme" else (NAMED.get(kind), "name")
    if key is None:
        return best
    others = {fields[name] for fields in shown if fields.get(name)} | set(best.pop(key, []))
    others -= {best.get(name)}
    return best | ({key: sorted(others)} if others else {})


def _location(kind: str, shown: Sequence[Fields]) -> Fields:
    """The point of a place, both figures from one record."""
    for fields in shown if kind == "place" else ():
        if fields.get("latitude") is not None and fields.get("longitude") is not None:
            return {"location": WGS84Point((fields["longitude"], fields["latitude"]))}
    return {}
