"""One person taken off the map for good, in one transaction; or the same, rehearsed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tieline.database.graph import Steps
from tieline.errors import NotFound, WrongUse
from tieline.loaders.asks import ease
from tieline.loaders.batch import Figures, apply, read_field
from tieline.loaders.change import Said
from tieline.loaders.erasure.keys import Keys, digest
from tieline.loaders.erasure.secret import secret
from tieline.loaders.erasure.standing import Stands, whole
from tieline.loaders.erasure.strip import stripped
from tieline.schema.records import OWN_WORD, Record, handle, recorded

END = ";"  # the sign after the colon


@dataclass
class Erased:
    """What was taken away, or would be. `handles`: every id they had; `sources`: who spoke of them.

    `rows` are gone, `rewritten` say the same without them; the others count how many fewer there
    are.
    """

    name: str
    handles: frozenset[str]
    keys: frozenset[str] = frozenset()
    sources: list[str] = field(default_factory=list)
    records: int = 0
    rows: int = 0
    rewritten: int = 0
    relationships: int = 0
    observations: int = 0
    ties: int = 0

    def as_json(self) -> dict[str, Any]:
        names = ("records", "rows", "rewritten", "relationships", "observations", "ties")
        return {"sources": self.sources} | {name: getattr(self, name) for name in names}


class Rehearsed(Exception):
    """Raised so that the transaction is rolled back."""

    def __init__(self, erased: Erased) -> None:
        super().__init__()
        self.erased = erased


def erase(steps: Steps, uid: str, day: date, dry_run: bool = False) -> Erased:
    """Take this person (uid) away. What stands in files has to follow: `secret.keep(erased.keys)`.

    Raises:
        NotFound: they are not there any more.
        WrongUse: it is no person.
        Rehearsed: all was done, and is taken back.
        LoadProblem: others were erased by another secret.
    """
    hold(steps)
    found = steps.run("erasure/records", uid=uid)
    if not found:
        raise NotFound(f"{uid} is not there any more: nothing was changed.")
    if found[0]["record"]["kind"] != "person":
        raise WrongUse("People are erased; what a source says of anything else is withdrawn.")
    records = [recorded(row["record"]) for row in found]
    shared = {each for row in found for each in row["shared"]}
    keys, fresh = _keyed(steps, records, shared, own_words(steps, uid), day)
    done = sweep(steps, {record.uid for record in records}, keys)
    done.name, done.keys = found[0]["name"] or uid, frozenset(fresh)
    if dry_run:
        raise Rehearsed(done)
    return done


def hold(steps: Steps) -> None:
    """Nobody loads, says or withdraws anything until this ends."""
    slugs = sorted(row["slug"] for row in read_sources(steps))
    steps.run("load/hold", slugs=slugs)


def read_sources(steps: Steps) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = steps.run("load/sources")[0]["sources"]
    return found


def own_words(steps: Steps, uid: str) -> list[str]:
    """The sources of what they said through Tieline."""
    return [row["slug"] for row in steps.run("load/own_words", uid=uid) if row["me"]]


def _keyed(
    steps: Steps, records: Sequence[Record], shared: set[str], slugs: Sequence[str], day: date
) -> tuple[Keys, set[str]]:
    """The keys with theirs among them, noted in the graph; and theirs alone."""
    held = steps.run("erasure/keys")[0]["keys"]
    before = Keys(secret(make=not held), held)
    fresh = before.of(records, shared) | {before.key(slug) for slug in slugs}
    keys = Keys(secret(), {*held, *fresh})
    steps.run("erasure/keep", keys=sorted(fresh), at=day.isoformat(), digest=digest(keys.held))
    return keys, fresh


def sweep(steps: Steps, uids: Iterable[str], keys: Keys) -> Erased:
    """Take away these records (uids), what was said by whom they are of, and what hangs on them."""
    uids = set(uids)
    rows = whole(steps, uids | _said_by(steps, uids, keys))
    lost = {record for each in rows for record in _records(each) if keys.erased(record)}
    gone = {record.uid for record in lost}
    done = Erased("", frozenset(handle(record.kind, record.uid) for record in lost))
    done.records, done.sources = len(lost), sorted({r.source.partition(":")[0] for r in lost})
    about = {"uids": sorted(gone), "handles": sorted(done.handles)}
    asked = [row["uid"] for row in steps.run("erasure/asked", handles=about["handles"])]
    _rewrite(steps, rows, keys, done)
    steps.run("erasure/forget", **about)
    for slug in sorted({record.source for record in lost if record.source.startswith(OWN_WORD)}):
        steps.run("load/forget", slug=slug)
    ease(steps, asked, read_field(steps).as_of)
    steps.run("load/touch", pairs=None, actors=None)
    return done


def _said_by(steps: Steps, uids: Iterable[str], keys: Keys) -> set[str]:
    """All rows of own words that are theirs, of other things too."""
    slugs = {row["slug"] for row in read_sources(steps) if row["slug"].startswith(OWN_WORD)}
    found: set[str] = set()
    for slug in (each for each in sorted(slugs) if keys.key(each) in keys.held):
        given = {"slug": slug, "after": f"{slug}:", "end": f"{slug}{END}", "most": 1_000_000}
        found |= {row["uid"] for row in steps.run("load/source_rows", **given)}
    return found


def _records(stands: Stands) -> list[Record]:
    return [stands.row.record, *stands.row.mentions.values()]


def _rewrite(steps: Steps, rows: Sequence[Stands], keys: Keys, done: Erased) -> None:
    """Each row without them, as the Loads that said it still say it; or gone."""
    left: dict[tuple[str, str], list[Stands]] = defaultdict(list)
    gone: dict[str, list[str]] = defaultdict(list)
    for each in rows:
        row = stripped(each.row, keys.erased)
        if row is None:
            gone[each.row.record.source].append(each.row.record.uid)
        elif row is not each.row:
            by = (row.record.source, each.loads[0] if each.loads else "")
            left[by].append(Stands(row, each.loads))
    total = Figures()
    for (slug, load), some in sorted(left.items()):
        total.add(apply(steps, slug, [Said(each.row) for each in some], load=load))
        _both(steps, some)
    for slug, uids in sorted(gone.items()):
        total.add(apply(steps, slug, [], uids))
    done.rows = sum(map(len, gone.values()))
    done.rewritten = sum(map(len, left.values()))
    done.relationships, done.observations = -total.relationships, -total.observations
    done.ties = -total.ties


def _both(steps: Steps, rows: Iterable[Stands]) -> None:
    """A row that several parts of a source say stays theirs all."""
    others: dict[str, list[str]] = defaultdict(list)
    for each in rows:
        for load in each.loads[1:]:
            others[load].append(each.row.record.uid)
    for load, uids in sorted(others.items()):
        steps.run("load/own", rows=sorted(uids), load=load)
