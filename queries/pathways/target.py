"""Who is asked for: an actor, anyone in an organisation, or anyone on a theme in a place."""

from dataclasses import dataclass

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.resolve.seen import must_see
from tieline.queries.themes.reach import within

MOST = 50_000  # candidates: more, and a question takes longer than it may


@dataclass(frozen=True)
class Target:
    """Either `actor` (`person_in`: any person there), or `theme`, in `place` if one is given."""

    actor: str | None = None
    person_in: bool = False
    theme: str | None = None
    place: str | None = None

    def __post_init__(self) -> None:
        if (self.actor is None) == (self.theme is None):
            raise WrongUse("Ask for an actor or for a theme: one of the two.")
        if self.actor is None and self.person_in:
            raise WrongUse("Anyone there: name the organisation.")


async def candidates(reader: Reader, target: Target) -> list[str]:
    """The uids any of which would answer, in order; what the viewer may not see is not among them.

    Raises:
        NotFound: a theme or place that the viewer may not see, or that is not there.
        WrongUse: more than MOST.
    """
    if target.actor and not target.person_in:
        return [target.actor]
    if target.actor:
        rows = await reader.rows("pathways/people_in", organisation=target.actor, most=MOST + 1)
    else:
        await must_see(reader, *filter(None, [target.theme, target.place]))
        themes = await within(reader, target.theme)
        rows = await reader.rows(
            "pathways/workers_on", themes=themes, place=target.place, most=MOST + 1
        )
    if len(rows) > MOST:
        raise WrongUse(
            f"More than {MOST} would answer: name a smaller place, a narrower theme, "
            "or the organisation itself."
        )
    return [row["uid"] for row in rows]
