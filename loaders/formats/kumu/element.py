"""One element of a Kumu file to a record."""

from typing import Any

from tieline.loaders import values
from tieline.loaders.formats.kumu.labels import Labels
from tieline.loaders.formats.kumu.meaning import TYPES, Meaning
from tieline.loaders.interpret import Draft
from tieline.loaders.read import Raw
from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.schema.identifiers import by_theme
from tieline.schema.records import Row

TITLES = {"project": "title", "theme": "label"}
DESCRIBED = {"person": "bio", "project": "description", "theme": "note"}
LEFT = ("image", "icon", "color", "size", "position", "pinned", "x", "y")  # how it is drawn
WEB = ("url", "website", "web", "link")


def interpret(
    source: Source, raw: Raw, notes: Notes, meaning: Meaning, labels: Labels
) -> Row | Refusal:
    """A person, organisation, project, place or theme, and the themes that its tags are."""
    draft, held = Draft(source, raw, notes), dict(raw.values)
    label = draft.need("label", held.pop("label", None), values.name, "Every element needs one.")
    type_ = draft.read("type", held.pop("type", None), values.name) or ""
    own = draft.read("id", held.pop("id", None), values.name) or ""
    found = labels.element(label or "", type_, own)
    fields: dict[str, Any] = {TITLES.get(found.kind, "name"): label}
    about = draft.read("description", held.pop("description", None), values.discreet)
    if about:
        fields[DESCRIBED.get(found.kind, "description")] = about
    if found.kind == "theme":
        fields["scheme"] = scheme(source, meaning)
    if found.kind in ("organisation", "place") and type_.casefold() not in TYPES:
        fields["kind"] = type_
    if found.kind == "organisation":
        fields["url"] = _web(draft, held)
    uid = f"{source.slug}:element:{found.key}"
    if meaning.scheme and found.kind in ("person", "organisation", "project"):
        _tags(draft, held.pop("tags", None), uid, meaning.scheme)
    for name, value in held.items():
        _rest(draft, name, value)
    return draft.finish(
        uid, found.kind, fields, "", found.ids(source.slug, scheme(source, meaning))
    )


def scheme(source: Source, meaning: Meaning) -> str:
    """The scheme of elements that are themes: that of tags, so that they are one."""
    return meaning.scheme or f"{source.slug}-tags"


def listed(value: Any) -> list[Any]:
    """Several values in one cell, parted by bars."""
    if isinstance(value, list):
        return value
    return value.split("|") if isinstance(value, str) else [value]


def _tags(draft: Draft, said: Any, uid: str, scheme_: str) -> None:
    for each in listed(said):
        if tag := draft.read("tags", each, values.name):
            fields = {"label": tag, "scheme": scheme_}
            theme = draft.mention("tag", "theme", fields, [by_theme(scheme_, tag.casefold())])
            draft.say("WORKS_ON", uid, theme.uid)


def _web(draft: Draft, held: dict[str, Any]) -> str | None:
    said = [(name, held.pop(name, None)) for name in WEB]
    found = [draft.read(name, value, values.url, soft=True) for name, value in said]
    return next((each for each in found if each), None)


def _rest(draft: Draft, name: str, value: Any) -> None:
    if name in LEFT:
        draft.notes.left[name] += 1
    elif not values.blank(value):
        draft.unread(name, value)
