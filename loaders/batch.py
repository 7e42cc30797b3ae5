"""One batch, one transaction: lock and read, resolve, write, derive.

After it the graph is what the records say now: entities, relationships, evidence and ties are pure
functions of the records, observations and judgements that stand. That is what makes any order, any
repeat and any withdrawal come out equal.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tieline.database.graph import Steps
from tieline.errors import DatabaseProblem
from tieline.loaders import bodies
from tieline.loaders.asks import ease
from tieline.loaders.change import Change, Said, compare, settle
from tieline.loaders.compose import Basis
from tieline.loaders.derive import Around, Pair, Seen, derive
from tieline.loaders.erasure.honour import honoured
from tieline.loaders.exact import exactly
from tieline.loaders.plan import Plan, draw
from tieline.loaders.standing import Standing, lock, reach
from tieline.loaders.touch import reread, touch
from tieline.loaders.write import end_things, near, point, put, relationships
from tieline.schema.consent import PUBLIC
from tieline.schema.records import OWN_WORD


@dataclass
class Figures:
    """What a batch changed. The counts of things and relationships are net."""

    written: int = 0
    created: Counter[str] = field(default_factory=Counter)
    matched: Counter[str] = field(default_factory=Counter)
    relationships: int = 0
    observations: int = 0
    ties: int = 0

    def add(self, other: "Figures") -> None:
        self.written += other.written
        self.created.update(other.created)
        self.matched.update(other.matched)
        self.relationships += other.relationships
        self.observations += other.observations
        self.ties += other.ties

    def count(self, verb: str, more: int) -> None:
        if verb == "OBSERVED":
            self.observations += more
        else:
            self.relationships += more


def apply(
    steps: Steps,
    source: str,
    rows: Sequence[Said],
    gone: Sequence[str] = (),
    load: str = "",
    own: Sequence[str] = (),
) -> Figures:
    """These rows stand and the gone ones (uids) do not; all that hangs on them follows.

    Each uid once among the rows, and not also among the gone. `load` is the uid of the Load, `own`
    those of its part: a row that says what it said is this part's too from now on, and a gone row
    that another part says as well stays. Of whoever was erased nothing is written.
    """
    rows = honoured(steps, rows)
    change = compare(steps, rows, gone, own)
    if change.strays:
        steps.run("load/own", rows=change.strays, load=load)
    if change.kept:
        steps.run("load/disown", rows=change.kept, own=list(own))
    if not change.rows and not change.gone:
        return Figures()
    stand = Standing()
    reach(steps, change.ids, change.touched, stand)
    settle(steps, change, stand)
    return rebuild(steps, stand, change, source, load)


def read_field(steps: Steps) -> Around:
    """Every source's weight and audience, and the date that the ties are computed as of."""
    found = steps.run("load/sources")[0]
    if not found["as_of"]:
        raise DatabaseProblem(
            "The database has no date of its ties yet. Run `tieline schema install` first."
        )
    return Around({row["slug"]: basis(row) for row in found["sources"]}, _day(found["as_of"]))


def basis(source: Mapping[str, Any]) -> Basis:
    """From a Source's properties; what is absent has the plain value.

    The audience of an own-word source is of whose words they are, which is theirs alone to tell;
    what they say is as visible as those it is said of.
    """
    reliability, audience = source.get("reliability"), source.get("audience")
    if str(source.get("slug", "")).startswith(OWN_WORD):
        audience = PUBLIC
    return Basis(
        1.0 if reliability is None else float(reliability),
        PUBLIC if audience is None else int(audience),
        bool(source.get("public")),
    )


def _day(text: Any) -> date:
    return date.fromisoformat(str(text)[:10])


def rebuild(
    steps: Steps, stand: Standing, change: Change, source: str = "", load: str = ""
) -> Figures:
    """Bring the things of the standing components to what the records and judgements say."""
    around = read_field(steps)
    after = {uid: r for uid, r in (stand.before | change.put).items() if uid not in change.erased}
    plan = draw(after, stand, around.sources, source)
    figures = Figures(len(change.rows) + len(change.gone), plan.created, plan.matched)
    known = bodies.touched(steps, stand, plan.bodies | _bodies(change, stand), plan.people)
    _hold_far_ends(steps, stand, plan)
    old, cleared = bodies.clear(steps, stand, known)
    if not cleared and not any(said.bodies for said in change.rows):
        known = set()  # nobody is a member of these, and nobody becomes one
    for row in (dropped := steps.each("load/drop", sorted(change.dropped))):
        figures.count(row["verb"], -1)
    torn = end_things(steps, change, plan, figures)
    put(steps, change, plan, load)
    point(steps, change, stand)
    fresh = near(plan, [e for said in change.rows for e in said.edges], around.sources)
    for edge in fresh:
        figures.count(edge["verb"], 1)
    exactly(steps, "load/relate", fresh)
    again = [{"verb": row["verb"], "props": row["props"]} for row in torn]
    relationships(steps, again, around.sources)
    shown = _audiences(steps, plan, around)
    found, late = bodies.evidence(steps, stand, known, cleared)
    shared = [{"verb": "OBSERVED", "props": props} for props in found]
    relationships(steps, shared, around.sources)
    figures.observations += len(shared) - len(old) - len(late)
    pairs = _renamed(plan, old, dropped, torn) | shown | set(late)
    pairs |= _ends(steps, plan, again + shared)
    seen = _met(plan, fresh)
    news = _news(plan, seen, pairs)
    pairs |= seen.keys()
    figures.ties += derive(steps, pairs, around, news)
    touch(steps, pairs, reread(plan, stand) | ease(steps, plan.now.values(), around.as_of))
    return figures


def _bodies(change: Change, stand: Standing) -> set[str]:
    """Organisations of which rows that come or go may name members."""
    lost = {m for uid, mentions in change.dropped.items() for m in (uid, *mentions)}
    kinds = {uid for uid in lost & stand.before.keys() if stand.before[uid].kind == "organisation"}
    return kinds | {uid for said in change.rows for uid in said.bodies}


def _hold_far_ends(steps: Steps, stand: Standing, plan: Plan) -> None:
    """Whoever stands at the other end of what moves, or is seen by others now, must stand still."""
    far: set[str] = set()
    if plan.moved:
        far |= {row["uid"] for row in steps.run("load/far", uids=plan.moved)}
    if plan.opened:
        far |= {row["uid"] for row in steps.run("load/ends", uids=sorted(plan.opened))}
    lock(steps, stand, far)


def _audiences(steps: Steps, plan: Plan, around: Around) -> set[Pair]:
    """Set anew who may see what is said of those whose consent changed. The pairs to derive."""
    if not plan.opened:
        return set()
    known = {
        slug: {"audience": source.audience, "public": source.public}
        for slug, source in around.sources.items()
    }
    rows = steps.run("load/audiences", uids=sorted(plan.opened.values()), sources=known)
    return {(row["a"], row["b"]) for row in rows if row["verb"] == "OBSERVED"}


def _renamed(plan: Plan, *groups: Sequence[Any]) -> set[Pair]:
    """Pairs that lost an observation, under the names they have now."""
    pairs = set()
    for group in groups:
        for row in group:
            a, b = row if isinstance(row, tuple) else (row["a"], row["b"])
            if isinstance(row, tuple) or row["verb"] == "OBSERVED":
                pairs.add((plan.name(a), plan.name(b)))
    return {(a, b) for a, b in pairs if a and b}


def _met(plan: Plan, edges: Sequence[Mapping[str, Any]]) -> Seen:
    """What these edges, of things that the batch holds, observe of each pair."""
    seen: Seen = {}
    for props in (edge["props"] for edge in edges if edge["verb"] == "OBSERVED"):
        one, other = plan.now[props["from_record"]], plan.now[props["to_record"]]
        row = props | {"forward": one < other}
        seen.setdefault((min(one, other), max(one, other)), []).append(row)
    return seen


def _news(plan: Plan, seen: Seen, pairs: set[Pair]) -> Seen:
    """Those pairs of which nothing stood before: one is new, and nothing else tells of the two."""
    told = {(min(pair), max(pair)) for pair in pairs}
    new = {pair for pair in seen if not plan.begun.isdisjoint(pair)}
    return {pair: seen[pair] for pair in new - told}


def _ends(steps: Steps, plan: Plan, edges: Sequence[Mapping[str, Any]]) -> set[Pair]:
    """Pairs between which observations were put."""
    ends = {
        (edge["props"]["from_record"], edge["props"]["to_record"])
        for edge in edges
        if edge["verb"] == "OBSERVED"
    }
    far = [e for e in ends if e[0] not in plan.now or e[1] not in plan.now]
    named = steps.each("load/described", [{"from": one, "to": other} for one, other in far])
    near = {(plan.now[a], plan.now[b]) for a, b in ends if a in plan.now and b in plan.now}
    return near | {(row["a"], row["b"]) for row in named}
