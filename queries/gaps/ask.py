"""Where would effort matter most? Themes by places: what is recorded there, and who near has it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.answers.coverage import coverage
from tieline.queries.answers.kept import Kept, Key
from tieline.queries.answers.work import aside
from tieline.queries.gaps import count, tell
from tieline.queries.gaps.count import Table
from tieline.queries.gaps.nearest import Nearest, nearest, offering
from tieline.queries.gaps.read import read
from tieline.queries.gaps.work import NOW, PAST, Field
from tieline.queries.resolve.seen import must_see
from tieline.queries.themes import reach

SCOPE = ("place", "theme", "network")
SHOWN = 1_000  # cells told of, unless more are asked for
KEPT = 16

_kept: Kept[Table] = Kept(KEPT)


async def gaps(
    reader: Reader, scope: Mapping[str, str] | None = None, first: int | slice = SHOWN
) -> dict[str, Any]:
    """Cells of theme and place, those first where more would matter most (count.py), then by uid.

    `scope`: place (it and those within), theme (it and what counts for it), network (what its
    members do), uids. Returns `rows` [{theme_uid, place_uid, now, past, organisations, reached,
    asks, learn {actor_uid, project_uid, place_uid, reason} or None, lesson {project_uid, text,
    reason, source_slugs} or None, reason, source_slugs}], at most `first`, or those
    of a slice; `total`, how many there are; `note`, where there is none;
    `coverage`, `uncertainty` and `graph_version`. `reached` None:
    nobody recorded it, or fewer than five.

    Raises:
        NotFound: a place, theme or network that the viewer may not see.
        WrongUse: another kind of scope.
    """
    asked = {name: uid for name, uid in (scope or {}).items() if uid}
    if unknown := asked.keys() - set(SCOPE):
        raise WrongUse(f"Gaps are looked for in a place, theme or network, not {unknown.pop()}.")
    await must_see(reader, *asked.values())
    field, under = await read(reader), await reach.within(reader, asked.get("theme"))
    network = asked.get("network")
    inside = await _members(reader, network) if network else None
    found = await _counted(reader, field, asked, inside, under)
    shown = slice(first) if isinstance(first, int) else first
    rows = await aside(told, found, found.order[shown])
    works = [uid for uid, work in field.works.items() if _within(field, found, uid)]
    return {
        "rows": rows,
        "total": len(found.order),
        "note": None if found.order else EMPTY,
        "coverage": await coverage(reader),
        "uncertainty": tell.rests_on(field, sorted(works)),
        "graph_version": field.version,
    }


EMPTY = (
    "No project with a theme and a place is recorded here that you may see. That is not to say "
    "that nothing happens: ask of a wider place, or load what a partner knows (tieline load FILE)."
)


async def whole(reader: Reader, field: Field) -> Table:
    """The table of all that is recorded."""
    return await _counted(reader, field, {})


async def _counted(
    reader: Reader,
    field: Field,
    asked: Mapping[str, str],
    inside: frozenset[str] | None = None,
    under: Sequence[str] | None = None,
) -> Table:
    key = await Key.of(reader, "gaps", scope=tuple(asked.get(name) for name in SCOPE))
    return await _kept.get(key, lambda: aside(_table, field, asked.get("place"), inside, under))


async def _members(reader: Reader, network: str) -> frozenset[str]:
    uids = await reader.pages("bridges/scope", place=None, themes=None, network=network)
    return frozenset(uids)


def _table(
    field: Field,
    place: str | None,
    inside: frozenset[str] | None,
    under: Sequence[str] | None,
) -> Table:
    themes = None if under is None else {field.themes.of(uid) for uid in under}
    places = place and {uid for uid in field.places.names if place in field.around(uid)}
    return count.table(field, themes, places or None, inside)


def _within(field: Field, table: Table, uid: str) -> bool:
    """Whether a project counts in some cell of the table, or lacks what it would take."""
    if table.inside is not None and not table.inside & field.works[uid].team:
        return False
    places = field.places_of[uid]
    return not places or bool(field.areas(places) & table.columns)


@dataclass(frozen=True)
class Here:
    """What is in a cell: the projects there now, before, and those that work around it."""

    now: Sequence[str]
    past: Sequence[str]
    beside: Sequence[str]
    bodies: Collection[str]

    @classmethod
    def of(cls, table: Table, theme: str, place: str, on: Sequence[str]) -> "Here":
        field, inside = table.field, table.inside
        mine = [uid for uid in on if inside is None or inside & field.works[uid].team]
        here = [uid for uid in mine if field.lies(field.places_of[uid], place)]
        there = set(here)
        when = {uid: field.state[uid] for uid in mine}
        around = field.around(place).keys() - {place}
        beside = [
            uid
            for uid in mine
            if when[uid] == NOW and uid not in there and around & field.places_of[uid]
        ]
        teams = set().union(*(field.works[uid].team for uid in here))
        teams |= {uid for uid in _workers(table, theme) if _at(field, uid, place)}
        bodies = {uid for uid in teams if uid in field.actors and not field.actors[uid].person}
        now = [uid for uid in here if when[uid] == NOW]
        return cls(now, [uid for uid in here if when[uid] == PAST], beside, bodies)


def _workers(table: Table, theme: str) -> Sequence[str]:
    """Who works on a theme, by their own account."""
    everybody = table.workers.get(theme, ())
    return [uid for uid in everybody if table.inside is None or uid in table.inside]


def _at(field: Field, uid: str, place: str) -> bool:
    return field.lies(field.actors[uid].based, place)


def told(table: Table, cells: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    """The rows of these cells (row, column)."""
    on = table.field.on_theme
    return [_row(table, *cell, on.get(table.themes[cell[0]], [])) for cell in cells]


def _row(table: Table, row: int, column: int, on: Sequence[str]) -> dict[str, Any]:
    field, theme, place = table.field, table.themes[row], table.places[column]
    here = Here.of(table, theme, place, on)
    asks = int(table.unmet[row, column])
    offers = offering(field, place, _offerers(field, theme)) if asks else None
    found = None if here.now else nearest(field, theme, place, on)
    cell = tell.Cell(
        len(here.now),
        len(here.past),
        int(table.running[column]),
        float(table.expected[row, column]),
        len(here.bodies),
        count.reached(field, [*here.now, *here.past]),
        [field.works[uid].title for uid in here.beside],
        asks,
        _asking(table, theme, place) if asks else [],
        replace(offers, km=None, both=None) if offers and _same(found, offers) else offers,
    )
    found = found or offers
    taught = [uid for uid in here.past if field.works[uid].lessons] or (
        [found.project] if found and found.project and field.works[found.project].lessons else []
    )
    rests = {
        *here.now,
        *here.past,
        *here.beside,
        *([found.project] if found and found.project else []),
    }
    return {
        "theme_uid": field.face(theme),
        "place_uid": place,
        "now": cell.now,
        "past": cell.past,
        "organisations": cell.bodies,
        "reached": cell.reached,
        "asks": asks,
        "learn": found
        and {
            "actor_uid": found.actor,
            "project_uid": found.project,
            "place_uid": found.place,
            "reason": tell.learn(field, found),
        },
        "lesson": _lesson(field, taught),
        "reason": tell.cell(field, cell),
        "source_slugs": sorted(set().union(*(field.works[uid].sources for uid in rests))),
    }


def _same(found: Nearest | None, offers: Nearest) -> bool:
    """How far it is need be said but once."""
    return found is not None and found.place == offers.place


def _asking(table: Table, theme: str, place: str) -> list[str]:
    """The names of organisations that ask for it there, of asks that nobody meets."""
    field = table.field
    return sorted(
        someone.name
        for uid, someone in field.actors.items()
        if not someone.person and (table.inside is None or uid in table.inside)
        for ask in someone.asks
        if theme in field.ones([ask])
        for at in someone.based
        if place in field.around(at) and (field.themes.of(ask), at) in table.unmet_in
    )


def _offerers(field: Field, theme: str) -> list[str]:
    return [
        uid
        for uid, someone in sorted(field.actors.items())
        if any(count.alike(field, theme, each) for each in someone.offers)
    ]


def _lesson(field: Field, taught: Sequence[str]) -> dict[str, Any] | None:
    """What was learnt by the one that ended last."""
    last = max(taught, key=lambda uid: (field.works[uid].ends, uid), default=None)
    if last is None:
        return None
    work = field.works[last]
    return {
        "project_uid": last,
        "text": work.lessons,
        "reason": f"{work.title}{f', until {work.ends}' if work.ends else ''}.",
        "source_slugs": sorted(work.sources),
    }
