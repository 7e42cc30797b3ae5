"""How well a lesson answers some words: our own figure, of what everybody who sees it may read.

The full-text index only finds candidates: its scores count what is hidden too. A word counts whole
where it is in what was learnt, .7 in the title, .6 where the words name a theme of the project; .1
less where it is but the beginning of one.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tieline.queries.search.rank import fold

LESSON, TITLE, THEME, BEGUN = 1.0, 0.7, 0.6, 0.1


class Rank(NamedTuple):
    """`score` in (0, 1]; `words` of those asked for that are in what was learnt."""

    score: float
    words: tuple[str, ...]
    theme: str | None


def rank(text: str, row: dict[str, Any], named: Mapping[str, float]) -> Rank | None:
    """`row` of lessons/about; `named`: themes (uids) that the text names, with what each counts.
    None: not at all."""
    wanted = fold(text).split()
    lesson, title = fold(row["lessons"]).split(), fold(row["title"]).split()
    on = [(named[uid], label) for uid, label in row["themes"] if uid in named]
    weight, theme = max(on, default=(0.0, None))
    floor = THEME * weight
    scores = [max(_in(w, lesson, LESSON), _in(w, title, TITLE), floor) for w in wanted]
    found = tuple(dict.fromkeys(w for w in wanted if _in(w, lesson, LESSON)))
    score = round(sum(scores) / len(scores), 4) if scores else 0.0
    return Rank(score, found, theme) if score > 0 else None


def _in(word: str, held: Sequence[str], whole: float) -> float:
    if word in held:
        return whole
    return whole - BEGUN if any(each.startswith(word) for each in held) else 0.0
