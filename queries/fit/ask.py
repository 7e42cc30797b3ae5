"""Where do I fit? Allies, support, projects, parallel effort, lessons and gaps, for one actor."""

from typing import Any

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.answers.coverage import coverage
from tieline.queries.answers.work import aside
from tieline.queries.fit import near
from tieline.queries.fit.allies import allies
from tieline.queries.fit.lines import Section
from tieline.queries.fit.mine import Mine
from tieline.queries.fit.parallel import parallel
from tieline.queries.fit.projects import lessons, to_join
from tieline.queries.fit.support import support
from tieline.queries.gaps.ask import whole
from tieline.queries.gaps.count import Table
from tieline.queries.gaps.read import SAID, read
from tieline.queries.gaps.tell import rests_on
from tieline.queries.gaps.work import Field, Someone
from tieline.queries.resolve.seen import unknown

MOST = 20  # lines of each part


async def fit(reader: Reader, actor: str, first: int = 5) -> dict[str, Any]:
    """For one actor (uid), in six parts of at most `first` lines each.

    Returns `actor_uid`, `sections` [{part, title, lines [{actor_uid, project_uid, yours_uid,
    theme_uid, place_uid, through_uid, lesson (each may be None), reason, source_slugs}], total,
    note (why there is nothing)}], `coverage`, `uncertainty`, `graph_version`. A viewer who asks of
    themselves is told of what is theirs, whoever else may see it.

    Raises:
        NotFound: nobody whom the viewer may see: the same answer as where nobody is.
        WrongUse: more lines than MOST, or none.
    """
    if not 1 <= first <= MOST:
        raise WrongUse(f"Ask for 1 to {MOST} lines of each part, not {first}.")
    field = await read(reader)
    mine = await _mine(reader, field, actor)
    table = await whole(reader, field)
    step = reader.viewer.of("step")
    tied = await reader.pages("fit/tied", uids=sorted(mine.own), step=step)
    worked = await aside(_sections, mine, frozenset(tied), table, first)
    drawn, beside = await support(reader, mine, first), await parallel(reader, mine, first)
    parts = [worked[0], drawn, worked[1], beside, *worked[2:]]
    return {
        "actor_uid": mine.who.uid,
        "sections": [part.told() for part in parts],
        "coverage": await coverage(reader),
        "uncertainty": rests_on(field, sorted(field.works)),
        "graph_version": field.version,
    }


def _sections(mine: Mine, tied: frozenset[str], table: Table, first: int) -> list[Section]:
    return [
        allies(mine, tied, first),
        to_join(mine, first),
        lessons(mine, first),
        near.gaps(mine, table, first),
    ]


async def _mine(reader: Reader, field: Field, actor: str) -> Mine:
    """Whose fit it is; of the viewer themselves with what nobody else may see."""
    me = reader.viewer.person
    rows = await reader.rows("fit/own", me=me) if me else []
    if rows and rows[0]["me"]["uid"] == actor:
        return _myself(field, rows[0]["me"])
    if actor not in field.actors:
        raise unknown(actor)
    return Mine(field, field.actors[actor])


def _myself(field: Field, told: dict[str, Any]) -> Mine:
    who, more = Someone(told["uid"], told["name"], True), set()
    for verb, uid, source, project in told["said"]:
        if project:
            more |= {uid} & field.works.keys()
        elif verb in SAID:
            getattr(who, SAID[verb]).setdefault(uid, set()).add(source)
    return Mine(field, who, frozenset(more))
