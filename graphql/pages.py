"""Which page is asked for: forwards (`first`, `after`) or backwards (`last`, `before`)."""

from dataclasses import dataclass

from tieline.errors import WrongUse
from tieline.graphql.context import Asking
from tieline.graphql.marks import Args

DEFAULT = 20  # where neither first nor last is given


class PageSize(WrongUse):
    code = "PAGE_SIZE"


@dataclass(frozen=True)
class Page:
    """So many behind a cursor, or, if `back`, before it; the things stand in the list's order."""

    size: int
    cursor: str | None = None
    back: bool = False


def page_of(asking: Asking, args: Args) -> Page:
    """The page that a connection's arguments ask for.

    Raises:
        PageSize: below 1, or above what this viewer may have at once.
        WrongUse: both ways at once.
    """
    back = args.get("last") is not None
    one, other = ("last", "after") if back else ("first", "before")
    if args.get("first") is not None and back:
        raise WrongUse("Give first or last, not both: first goes on with after, last with before.")
    if args.get(other) is not None:
        goes = "after goes with first, before with last"
        raise WrongUse(f"{other} is given without {'first' if back else 'last'}: {goes}.")
    size = DEFAULT if args.get(one) is None else args[one]
    return Page(sized(asking, one, size), args.get("before" if back else "after"), back)


def page_size(asking: Asking, args: Args) -> int:
    """How many of a list without cursors.

    Raises:
        PageSize: below 1, or above what this viewer may have at once.
    """
    return sized(asking, "first", args["first"])


def sized(asking: Asking, name: str, size: int) -> int:
    if not 1 <= size <= asking.page_limit:
        on = "before" if name == "last" else "after"
        raise PageSize(
            f"{name} is {size}: ask for 1 to {asking.page_limit} at a time and go on with {on}."
        )
    return size
