"""What a person says of two records: one thing, or two. The one function behind every judgement.

    decide(steps, left, right, verdict, by, why)   checked; says what came of it
    retract(steps, left, right, by, at)            as if it had never been said
    judge(steps, left, right, verdict)             the bare word; None takes it back

A judgement is keyed by record uids, so it outlives reloads and stands again when a withdrawn record
comes back. `evidence` is the hash of the fields it was made on: while they stay nobody is asked
again. `same` is refused where it would put two that were judged different into one thing, and is
kept but does not join where the records contradict each other otherwise (resolve.py): it is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from shlex import quote

from tieline.database.graph import Steps
from tieline.errors import NotFound, TielineError, WrongUse
from tieline.loaders.batch import Figures, read_field, rebuild
from tieline.loaders.change import Change
from tieline.loaders.compose import Basis
from tieline.loaders.resolve import DIFFERENT, SAME, Clusters, Judgement, cluster, known
from tieline.loaders.standing import Standing, judged, reach
from tieline.loaders.unseen import unseen
from tieline.schema.deciding import evidence
from tieline.schema.identifiers import scheme
from tieline.schema.records import LABELS, STATEMENT, digest

OF_RECORDS = ("same", "different", "unsure")
OF_EFFORT = ("parallel", "not_parallel")
Sources = Mapping[str, Basis]


class Contradicted(TielineError):
    """A judgement that another one speaks against."""

    code = "CONTRADICTED"


@dataclass(frozen=True, slots=True)
class Decided:
    """`joined`: whether the two records describe one thing now. `changed`: whether it was news."""

    left: str
    right: str
    joined: bool
    changed: bool
    sentence: str
    figures: Figures


def judge(
    steps: Steps,
    left: str,
    right: str,
    verdict: str | None,
    by: str | None = None,
    why: str | None = None,
    at: str | None = None,
) -> Figures:
    """`same`, `different` ... of two record uids; None takes it back. Entities follow at once."""
    left, right = sorted((left, right))
    stand = Standing()
    hold(steps, left, right)
    reach(steps, set(), {left, right}, stand)
    uid = digest(left, right)
    if verdict is None:
        steps.run("load/unjudge", uid=uid)
    else:
        kind = "parallel_effort" if verdict in OF_EFFORT else "same_record"
        there = [stand.before[each] for each in (left, right) if each in stand.before]
        held = [(r.uid, r.kind, r.fields, r.ids, r.branch) for r in there]
        said: dict[str, str | None]
        said = {"left": left, "right": right, "verdict": verdict, "kind": kind}
        said |= {"by": by, "why": why, "at": at, "evidence": evidence(held)}
        steps.run("load/judge", uid=uid, said=said)
    stand.judgements = judged(steps, stand.before)
    return rebuild(steps, stand, Change())


def hold(steps: Steps, left: str, right: str) -> None:
    """As every batch does, the sources first, then the records: whoever waits for all waits so."""
    slugs = {row["source"] for row in steps.run("load/whose", uids=[left, right])}
    steps.run("load/hold", slugs=sorted(slugs))


def decide(
    steps: Steps, left: str, right: str, verdict: str, by: str, why: str | None, at: str
) -> Decided:
    """Say `verdict` of two records and bring the graph to it.

    Raises:
        NotFound: no such record.
        WrongUse: one record, two kinds, a record of nothing, or no such verdict.
        Contradicted: `same`, of what others were judged apart from.
    """
    left, right = sorted((left, right))
    stand = Standing()
    hold(steps, left, right)
    reach(steps, set(), {left, right}, stand)
    _sound(stand, left, right, verdict)
    sources = read_field(steps).sources
    if verdict == SAME:
        _refuse(stand, left, right, sources)
    before = steps.run("load/judgement", uid=digest(left, right))
    figures = judge(steps, left, right, verdict, by, why, at)
    changed = not before or before[0]["verdict"] != verdict or before[0]["why"] != why
    after = _after(stand, left, right, verdict, sources)
    joined = after.of.get(left, left) == after.of.get(right, right)
    return Decided(left, right, joined, changed, _sentence(after, verdict, joined), figures)


def retract(steps: Steps, left: str, right: str, by: str, at: str) -> Decided:
    """Take back what was said of two records. A note of it is kept for a day (see judged).

    Raises:
        NotFound: nothing was said of them.
    """
    left, right = sorted((left, right))
    if not steps.run("load/judgement", uid=digest(left, right)):
        raise NotFound(
            f"Nobody has judged {left} and {right}: `tieline review --status different` lists what "
            "was, and so does same or unsure."
        )
    steps.run("load/retract", uid=digest(left, right), by=by, at=at)
    forget_retracted(steps)
    figures = judge(steps, left, right, None)
    stand = Standing()
    reach(steps, set(), {left, right}, stand)
    things = [stand.node.get(uid) for uid in (left, right)]
    joined = things[0] is not None and things[0] == things[1]
    still = " They are one still: their identifiers say so." if joined else ""
    return Decided(left, right, joined, True, f"Taken back.{still}", figures)


def forget_retracted(steps: Steps) -> None:
    """Notes of what was taken back over a day ago."""
    before = datetime.now(UTC) - timedelta(days=1)
    steps.run("load/unretract", before=before.isoformat(timespec="seconds"))


def _sound(stand: Standing, left: str, right: str, verdict: str) -> None:
    if verdict not in OF_RECORDS + OF_EFFORT:
        raise WrongUse(f"{verdict!r} is no verdict: say {', '.join(OF_RECORDS + OF_EFFORT)}.")
    if left == right:
        raise WrongUse(f"{left} is one record: judge it against another.")
    for uid in (left, right):
        if uid not in stand.before:
            raise NotFound(f"There is no record {uid}. `tieline review --json` lists some.")
    kinds = {stand.before[uid].kind for uid in (left, right)}
    if STATEMENT in kinds or not kinds <= LABELS.keys() or len(kinds) > 1:
        raise WrongUse(
            f"{left} and {right} are of different kinds ({', '.join(sorted(kinds))}): "
            "only two of one kind can be one thing."
        )
    if verdict in OF_EFFORT and kinds != {"project"}:
        raise WrongUse(f"Only projects are parallel: of {left} and {right} say same or different.")


def _refuse(stand: Standing, left: str, right: str, sources: Sources) -> None:
    """Not if a `different` pair would end up in one thing."""
    apart = {(j.left, j.right) for j in stand.judgements if j.verdict == DIFFERENT}
    apart -= {(left, right)}
    now = _clusters(stand, stand.judgements, sources)
    ours, theirs = (set(now.members.get(now.of.get(uid, uid), [uid])) for uid in (left, right))
    for one, other in sorted(apart):
        if (one in ours and other in theirs) or (one in theirs and other in ours):
            raise Contradicted(
                f"{left} and {right} cannot be one thing: {one} is in the one, {other} in the "
                f"other, and those were judged different. Take that back first: "
                f"tieline review --judge {quote(one)} {quote(other)} none"
            )


def _after(stand: Standing, left: str, right: str, verdict: str, sources: Sources) -> Clusters:
    kept = [j for j in stand.judgements if (j.left, j.right) != (left, right)]
    said = [Judgement(left, right, verdict)] if verdict in (SAME, DIFFERENT) else []
    return _clusters(stand, [*kept, *said], sources)


def _clusters(stand: Standing, said: Sequence[Judgement], sources: Sources) -> Clusters:
    return cluster(stand.before, said, unseen(stand.before, said, sources))


def _sentence(after: Clusters, verdict: str, joined: bool) -> str:
    if verdict == SAME:
        return "They are one thing now." if joined else f"Noted, but left apart: {_why(after)}"
    if verdict == DIFFERENT:
        return "They stay two things, whatever identifiers say."
    one = "They are one thing already, by their identifiers." if joined else ""
    return f"Noted. {one}".strip()


def _why(after: Clusters) -> str:
    """What keeps apart whom somebody calls the same."""
    for one, other in after.left_out:
        mine, theirs = after.claims[after.of[one]], after.claims[after.of[other]]
        for name in sorted(mine.keys() & theirs.keys()):
            if all(left.isdisjoint(right) for left in mine[name] for right in theirs[name]):
                if name == "branch":
                    return "one of the two is a branch, and a branch is not its parent."
                numbers = sorted({n for held in (*mine[name], *theirs[name]) for n in held})
                what = known(numbers[0]).what if scheme(numbers[0]) else name
                return f"a thing has one {what}, and these have {' and '.join(numbers)}."
    return "something else on record speaks against it."
