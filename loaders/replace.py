"""A file takes the place of the earlier one of its part: what it no longer says is taken away.

The rows of a part are those that its files' loads wrote. A row that two parts say alike is both's,
and stays while one says it; where they say it otherwise, it is the one's that said it last. Which
of them the new file still says is asked of a table of hashes on disk, so memory stays flat. The
file is read once beforehand: an older one, or one in which over a fifth of the rows are gone, is
refused before anything is written, and so is one that lacks some and has rows refused.

Newer is by the day both were fetched (`retrieved`), where both say it; where neither does, by the
newest date that their rows give; else by the order of loading.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tieline.errors import LoadProblem
from tieline.loaders.seen import Uids
from tieline.schema.records import Row

PAGE = 10_000  # uids read at a time
SHARE = 0.2  # of a part's rows, gone: more is asked about

Rows = list[dict[str, Any]]
Ask = Callable[..., Rows]  # Steps.run or Graph.read


@dataclass(frozen=True, slots=True)
class Replaced:
    """What stands of a part, and what the new file still says.

    `others`: the part's other files, as the journal knew them; `loads`: the uids of all of them.
    """

    slug: str
    uid: str
    others: Rows
    said: Uids

    @property
    def loads(self) -> list[str]:
        return [self.uid, *(other["uid"] for other in self.others)]

    def gone(self, ask: Ask) -> Iterator[list[str]]:
        """Uids of the rows that stand and that the file does not say, some at a time."""
        for page in _pages(ask, self.slug, self.loads) if self.others else ():
            if left := [uid for uid in page if uid not in self.said]:
                yield left


def others(ask: Ask, uid: str, load: Mapping[str, Any]) -> Rows:
    """The other files of the part of this one (the Load `uid`)."""
    return ask("load/part", slug=load["source"], part=load["part"], uid=uid)


def replaced(
    ask: Ask, uid: str, load: Mapping[str, Any], rows: Iterable[Any], *, allow_shrink: bool
) -> Replaced:
    """What this file (the Load `uid`) takes the place of: rows and refusals in file order.

    Raises:
        LoadProblem: it is older than what stands, or too much of that is gone.
    """
    known = others(ask, uid, load)
    if not known:
        return Replaced(load["source"], uid, known, Uids())
    newest, said, refused, first = "", Uids(), 0, ""
    for row in rows:
        if isinstance(row, Row):
            said.add(row.record.uid)
            newest = max(newest, row.record.date)
        else:
            refused, first = refused + 1, first or str(row)
    for other in known:
        if other["state"] == "finished":
            _newer(dict(load) | {"newest": newest}, other)
    found = Replaced(load["source"], uid, known, said)
    if not allow_shrink:
        _few(ask, found, load, refused, first)
    return found


def _newer(load: Mapping[str, Any], other: Mapping[str, Any]) -> None:
    mine, theirs = load["retrieved"], other["retrieved"]
    if mine and theirs and mine < theirs:
        raise LoadProblem(
            f"{load['file']} was fetched on {mine}, and {other['file']}, which stands for part "
            f"{load['part']}, on {theirs}: nothing was written. Load the newer file; to go back "
            "to this one, withdraw the source first."
        )
    mine, theirs = load["newest"], other["newest"] if not (mine or theirs) else ""
    if mine and theirs and mine < theirs:
        raise LoadProblem(
            f"The newest row of {load['file']} is of {mine}, that of {other['file']}, which stands "
            f"for part {load['part']}, of {theirs}: nothing was written. If this file is the newer "
            "one all the same, say when it was fetched: --retrieved DATE."
        )


def _few(ask: Ask, found: Replaced, load: Mapping[str, Any], refused: int, first: str) -> None:
    """Gone rows are asked about if they are many, or if they may be among the refused ones."""
    stand = sum(len(page) for page in _pages(ask, found.slug, found.loads))
    gone = sum(len(some) for some in found.gone(ask))
    if not gone or (gone <= SHARE * stand and not refused):
        return
    told = (
        f"{gone:,} of the {stand:,} rows that stand of {load['source']}, part {load['part']}, "
        f"are not in {load['file']}"
    )
    if refused:  # which rows those were nobody can say, and what they said before is good
        raise LoadProblem(
            f"{told}, and {refused:,} of its rows are refused, which may be the same: nothing "
            f"was written. The first: {first} Mend them (--dry-run --allow-shrink --report "
            "tells them all), or load it with --allow-shrink if the others are to go."
        )
    raise LoadProblem(
        f"{told}: nothing was written. If they are to go, load it with --allow-shrink; if it is "
        "another table of the source, give it a --part of its own."
    )


def _pages(ask: Ask, slug: str, loads: Sequence[str]) -> Iterator[list[str]]:
    """The uids of a part's rows, in order; a row taken away meanwhile disturbs nothing."""
    after, end = f"{slug}:", f"{slug};"  # the sign after the colon
    while page := [
        row["uid"]
        for row in ask("load/part_rows", after=after, end=end, loads=list(loads), most=PAGE)
    ]:
        yield page
        after = page[-1]
