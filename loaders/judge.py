"""What a person says of two records: one thing, or two."""

from tieline.database.graph import Steps
from tieline.loaders.batch import Figures, rebuild
from tieline.loaders.change import Change
from tieline.loaders.standing import Standing, judged, reach
from tieline.schema.records import digest


def judge(
    steps: Steps,
    left: str,
    right: str,
    verdict: str | None,
    by: str | None = None,
    why: str | None = None,
) -> Figures:
    """`same`, `different` ... of two record uids; None takes it back. Entities follow at once."""
    left, right = sorted((left, right))
    stand = Standing()
    reach(steps, set(), {left, right}, stand)
    uid, said = digest(left, right), {"left": left, "right": right, "verdict": verdict}
    if verdict is None:
        steps.run("load/unjudge", uid=uid)
    else:
        steps.run("load/judge", uid=uid, by=by, why=why, **said)
    stand.judgements = judged(steps, stand.before)
    return rebuild(steps, stand, Change())
