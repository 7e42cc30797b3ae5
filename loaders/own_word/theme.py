"""That a thing works on a theme, or does not: what somebody says of a suggestion.

What is accepted is a relationship like any other, in the words of whoever said it; what is refused
is kept and not suggested again. A later word takes an earlier one's place, which is kept and says
nothing any more.
"""

from datetime import date
from typing import Any

from tieline.database.graph import Steps
from tieline.errors import NotFound, WrongUse
from tieline.loaders.own_word.author import Author, Known, author, known
from tieline.loaders.own_word.rows import (
    fields,
    heading,
    number,
    standing,
    stands,
    superseded,
    write,
)
from tieline.schema.records import STATEMENT, Edge, Record, Row, dump

ABOUT, REFUSED = "theme_said", "refused"
KINDS = ("person", "organisation", "project")


def say(
    steps: Steps,
    who: str | None,
    thing: str,
    theme: str,
    works: bool,
    day: date,
    entered_by: str | None = None,
) -> bool:
    """`who` (uid; None: the stewards) says whether the thing works on the theme. Whether anything
    changed.

    Raises:
        WrongUse: no thing that works on something, or no theme.
        NotFound: one of them is not there any more.
    """
    of, what, by = _three(steps, who, thing, theme)
    said = _said(steps, by, of, what)
    before = [row for row in said if stands(row)]
    if any(fields(row).get(REFUSED, False) is not works for row in before):
        return False
    today = day.isoformat()
    under = heading(by.slug, ABOUT, of.uid, what.uid, today)
    uid = number((r for r in said if r.record.uid.startswith(under)), under)
    row = _row(uid, by, of, what, works, today, entered_by)
    return write(steps, [*by.rows(), row, *(superseded(each, today) for each in before)])


def take_back(steps: Steps, who: str | None, thing: str, theme: str, day: date) -> bool:
    """`who` says nothing of the two any more. Whether anything changed.

    Raises:
        NotFound: they never said anything of them, or one is not there any more.
    """
    of, what, by = _three(steps, who, thing, theme)
    said = _said(steps, by, of, what)
    if not said:
        raise NotFound(
            f"Nobody has said here whether {of.name} works on {what.name}: there is nothing to "
            "take back. `tieline themes suggest` lists what is suggested."
        )
    standing_now = [row for row in said if stands(row)]
    old = [superseded(row, day.isoformat()) for row in standing_now]
    return bool(old) and write(steps, old)


def _three(steps: Steps, who: str | None, thing: str, theme: str) -> tuple[Known, Known, Author]:
    of, what = known(steps, [thing, theme])
    if of.kind not in KINDS or what.kind != "theme":
        raise WrongUse(
            f"{of.name} is a {of.kind} and {what.name} a {what.kind}: name a project, an "
            "organisation or a person first, then a theme."
        )
    return of, what, author(steps, known(steps, [who])[0] if who else None)


def _said(steps: Steps, by: Author, of: Known, what: Known) -> list[Row]:
    """All that these have said of the two, whatever they were called then."""
    ofs = sorted({of.uid, *(held.of for held in of.all)})
    whats = sorted({what.uid, *(held.of for held in what.all)})
    under = [heading(s, ABOUT, o, w) for s in by.all for o in ofs for w in whats]
    return standing(steps, under)


def _row(
    uid: str, by: Author, of: Known, what: Known, works: bool, day: str, entered_by: str | None
) -> Row:
    said: dict[str, Any] = {REFUSED: not works}
    said |= {"entered_by": entered_by} if entered_by else {}
    ends = {"from": of.echo(by.slug, day), "theme": what.echo(by.slug, day)}
    row = Row(Record(uid, STATEMENT, by.slug, dump(said), day), ends)
    if works:
        row.edges.append(Edge("WORKS_ON", ends["from"].uid, ends["theme"].uid, uid))
    return row
