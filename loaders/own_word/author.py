"""Who speaks, and of whom: things as the graph knows them, and their echo in somebody's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tieline.database.graph import Steps
from tieline.errors import LoadProblem, NotFound
from tieline.loaders.compose import ECHO, OWN_WORD_MARK, SELF
from tieline.schema.consent import DEFAULT, HIDDEN, STEWARD
from tieline.schema.records import OF, OWN_WORD, Record, Row, dump, mention

STEWARDS = f"{OWN_WORD}stewards"  # what stewards say who are nobody in the graph
SOURCE = {
    "title": "Own word",
    "lawful_basis": "said through Tieline",
    "reliability": 1.0,
    "audience": HIDDEN,  # of whose words they are: see batch.basis
    "public": False,
}
TITLES = {"project": "title", "theme": "label"}


@dataclass(frozen=True, slots=True)
class Held:
    """A record of a thing that carries ids: what is said of the thing can be kept by it."""

    of: str
    ids: tuple[str, ...]
    branch: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A thing of the graph: `best` is the record that lends it its uid; `all` are those of others
    that it is made of, the best first; `records` the uids of all."""

    uid: str
    kind: str
    name: str
    level: int
    best: Held
    all: tuple[Held, ...]
    records: frozenset[str]
    scheme: str | None = None

    def echo(self, slug: str, day: str, mark: str = ECHO) -> Record:
        """It as another's words mention it: name, ids, and who might see it then."""
        best = self.best
        return mention(slug, self.kind, self.fields(mark), best.ids, day, best.branch)

    def fields(self, mark: str) -> dict[str, Any]:
        """A name, a mark, of which record it is said, and who might see it."""
        level = "consent" if self.kind in DEFAULT else "audience"
        said = {TITLES.get(self.kind, "name"): self.name, level: self.level}
        said |= {OWN_WORD_MARK: mark, OF: self.best.of}
        return said | ({"scheme": self.scheme} if self.scheme else {})


@dataclass(frozen=True, slots=True)
class Author:
    """Whose words are written, into the source `slug`; `all` are those they have spoken under."""

    slug: str
    all: tuple[str, ...]
    who: Known | None  # None: the stewards
    new: bool = False

    def rows(self) -> list[Row]:
        """Who they are, where they have not spoken before."""
        if self.who is None or not self.new:
            return []
        fields = dump(self.who.fields(SELF))
        return [Row(self.record(f"{self.slug}:me", self.who, fields, ""))]

    def record(
        self, uid: str, thing: Known, fields: str, day: str, held: Held | None = None
    ) -> Record:
        """What they say of a thing, kept by one of its records: the best, if none is given."""
        by = held or thing.best
        return Record(uid, thing.kind, self.slug, fields, day, by.ids, by.branch)


def known(steps: Steps, uids: Sequence[str]) -> list[Known]:
    """These things, in this order.

    Raises:
        NotFound: one of them is not there any more.
    """
    found = {row["uid"]: row for row in steps.run("load/known", uids=sorted(set(uids)))}
    for uid in uids:
        if uid not in found:
            raise NotFound(f"{uid} is not there any more: look for it again and use its new id.")
    return [_known(found[uid]) for uid in uids]


def _known(row: dict[str, Any]) -> Known:
    """By the record of its uid, or the first that carries any id: an echo joins what that joins."""
    found = [each for each in row["records"] if each["ids"]]
    found.sort(key=lambda each: (each["handle"] != row["uid"], _own(each["uid"]), each["uid"]))
    if not found:
        raise NotFound(
            f"Nobody has given {row['name'] or row['uid']} an id, so what is said of it could not "
            "be kept. Load it with an id first."
        )
    best, others = _held(found[0]), [_held(r) for r in found if not _own(r["uid"])]
    return Known(
        row["uid"],
        found[0]["kind"],
        row["name"] or "",
        row["level"] or 0,
        best,
        tuple(dict.fromkeys([best, *others])),
        frozenset(each["uid"] for each in row["records"]),
        row["scheme"],
    )


def _own(uid: str) -> bool:
    return uid.startswith(OWN_WORD) and ":added/" not in uid


def _held(record: dict[str, Any]) -> Held:
    return Held(record["handle"], tuple(sorted(record["ids"])), bool(record["branch"]))


def author(steps: Steps, who: Known | None) -> Author:
    """Whose words they are: nobody else adds to them until the transaction ends."""
    if who is None:
        _hold(steps, STEWARDS, STEWARD)
        return Author(STEWARDS, (STEWARDS,), None)
    before = steps.run("load/own_words", uid=who.uid)
    known_as = [row["slug"] for row in before if row["me"]]
    slug = known_as[0] if known_as else f"{OWN_WORD}{who.uid}"
    for each in sorted({slug, *(row["slug"] for row in before)}):
        _hold(steps, each, HIDDEN)  # two speakers were joined: neither speaks beside us
    return Author(slug, slugs(steps, who.uid), who, new=not known_as)


def _hold(steps: Steps, slug: str, audience: int) -> None:
    if steps.run("load/own_source", slug=slug, source=SOURCE | {"audience": audience})[0][
        "leaving"
    ]:
        raise LoadProblem(
            f"What was said as {slug} is being withdrawn, and not all of it is out yet. Finish "
            f"that first: tieline withdraw {slug}. Then say it again."
        )


def slugs(steps: Steps, uid: str) -> tuple[str, ...]:
    """The sources of what this actor said."""
    return tuple(row["slug"] for row in steps.run("load/own_words", uid=uid))
