"""Who speaks, and of whom: things as the graph knows them, and their echo in somebody's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tieline.database.graph import Steps
from tieline.errors import NotFound
from tieline.loaders.compose import ECHO, OWN_WORD_MARK, SELF
from tieline.schema.consent import DEFAULT, HIDDEN, STEWARD
from tieline.schema.records import OWN_WORD, Record, Row, dump, mention

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
class Known:
    """A thing of the graph: `ids` are those of the record that lends it its uid."""

    uid: str
    kind: str
    name: str
    level: int
    ids: tuple[str, ...]
    branch: bool = False
    scheme: str | None = None

    def echo(self, slug: str, mark: str = ECHO) -> Record:
        """It as another's words mention it: name, ids, and who might see it then."""
        return mention(slug, self.kind, self.fields(mark), self.ids, branch=self.branch)

    def fields(self, mark: str) -> dict[str, Any]:
        """A name, a mark, and who might see it."""
        level = "consent" if self.kind in DEFAULT else "audience"
        said = {TITLES.get(self.kind, "name"): self.name, level: self.level, OWN_WORD_MARK: mark}
        return said | ({"scheme": self.scheme} if self.scheme else {})


@dataclass(frozen=True, slots=True)
class Author:
    """Whose words are written, into the source `slug`; `all` are those they have spoken under."""

    slug: str
    all: tuple[str, ...]
    who: Known | None  # None: the stewards

    def rows(self) -> list[Row]:
        """Who they are, where they have not spoken before."""
        if self.who is None or self.slug in self.all:
            return []
        fields = dump(self.who.fields(SELF))
        record = Record(
            f"{self.slug}:me", self.who.kind, self.slug, fields, "", self.who.ids, self.who.branch
        )
        return [Row(record)]


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
    records = row["records"]
    chosen = [r for r in records if r["handle"] == row["uid"] and r["ids"]]
    best = (chosen or [r for r in records if r["ids"]] or [None])[0]
    if best is None:
        raise NotFound(
            f"Nobody has given {row['name'] or row['uid']} an id, so what is said of it could not "
            "be kept. Load it with an id first."
        )
    return Known(
        row["uid"],
        best["kind"],
        row["name"] or "",
        row["level"] or 0,
        tuple(sorted(best["ids"])),
        bool(best["branch"]),
        row["scheme"],
    )


def author(steps: Steps, who: Known | None) -> Author:
    """Whose words they are: nobody else adds to them until the transaction ends."""
    if who is None:
        steps.run("load/own_source", slug=STEWARDS, source=SOURCE | {"audience": STEWARD})
        return Author(STEWARDS, (STEWARDS,), None)
    before = slugs(steps, who.uid)
    slug = before[0] if before else f"{OWN_WORD}{who.uid}"
    steps.run("load/own_source", slug=slug, source=SOURCE)
    return Author(slug, slugs(steps, who.uid), who)


def slugs(steps: Steps, uid: str) -> tuple[str, ...]:
    """The sources of what this actor said."""
    return tuple(row["slug"] for row in steps.run("load/own_words", uid=uid))
