"""What has changed since a day: which cuts are new or gone, which cut off more or fewer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.answers.kept import Kept
from tieline.queries.answers.work import aside
from tieline.queries.bridges.cut import Cuts, cuts_of
from tieline.queries.bridges.part import Part
from tieline.queries.bridges.standing import everybody
from tieline.queries.bridges.then import field_then
from tieline.settings import settings

KEPT = 8
Actors = tuple[str, ...]


@dataclass(frozen=True)
class Since:
    """How the field was cut on a day. `then`: those cut off by each cut of that day."""

    day: date
    then: Mapping[Actors, int]

    def change(self, actors: Actors, now: int) -> tuple[str, int]:
        """In a word, of a cut of today that cuts off `now`; and how many it cut off then."""
        was = self.then.get(actors, 0)
        if not was:
            return "new", 0
        return "same" if was == now else "more" if was < now else "fewer", was

    def gone(self, now: Cuts) -> list[tuple[Actors, int]]:
        """The cuts of that day that are none today, those that cut off most first, then by uid."""
        today = {cut.actors for cut in now.ranked}
        lost = ((actors, size) for actors, size in self.then.items() if actors not in today)
        return sorted(lost, key=lambda each: (-each[1], each[0]))


_kept: Kept[Since] = Kept(KEPT)


async def since(reader: Reader, part: Part, day: date, label: str | None) -> Since:
    """How this part of the field was cut on that day.

    Raises:
        WrongUse: the day has not come yet, or too much had been observed by then.
    """
    if day > settings().today:
        raise WrongUse(f"{day} has not come yet: ask since a day gone by.")

    async def make() -> Since:
        inside = part.inside
        if inside is None:
            inside = frozenset(await everybody(reader))
        then = await aside(cuts_of, await field_then(reader, inside, day, label))
        return Since(day, {cut.actors: cut.smaller for cut in then.ranked})

    return await _kept.get(part.key.to("since", since=day.isoformat()), make)


def told(change: str, was: int, now: int, day: date) -> str:
    """What has changed of a cut of today, in plain words."""
    if change == "new":
        return f"New since {day}."
    if change == "same":
        return f"On {day} it cut off as many."
    return f"On {day} it cut off {was:,}, {'fewer' if was < now else 'more'} than now."


def told_gone(names: Sequence[str], was: int, day: date) -> str:
    """Of one that is gone."""
    what = f"The tie between {names[0]} and {names[1]}" if len(names) == 2 else names[0]
    return f"{what} would have cut off {was:,} on {day}; today nobody."
