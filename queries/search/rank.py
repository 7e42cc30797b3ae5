"""How well a name answers a search: our own figure, of the text and the name alone.

The full-text index only finds candidates. Its own scores count every name it holds, hidden ones
too, so they are never used: a hidden name cannot move a visible one.
"""

import re
import unicodedata
from collections.abc import Iterable

EXACT, BEGINS, WORDS, BEGINNINGS, SOME = 1.0, 0.9, 0.8, 0.7, 0.6
OTHER = 0.05  # less when it is another name of the thing
WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


def words(text: str) -> list[str]:
    """The words of a text in lower case, apostrophes kept, everything else left out."""
    return WORD.findall(text.lower())


def fold(text: str) -> str:
    """Without case, accents, apostrophes and punctuation: "St. John's, Zoë" is 'st johns zoe'."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'\u2019")
    return " ".join(WORD.findall(letters))


def lucene(text: str, joined: str = "AND") -> str:
    """The text as a full-text query: each word, whole or as a beginning, `AND` or `OR` the next.

    Words hold letters, digits and apostrophes only, in lower case, so nothing in the text can be
    an operator of the query's language.
    """
    return f" {joined} ".join(f"({' OR '.join(_forms(word))})" for word in words(text))


def _forms(word: str) -> list[str]:
    if "'" in word or "\u2019" in word:
        straight, curly = word.replace("\u2019", "'"), word.replace("'", "\u2019")
        stem = re.split("['\u2019]", word)[0]
        return [straight, curly, *([f"{stem}*"] if len(stem) > 1 else [])]
    return [word, f"{word}*"] if len(word) > 1 else [word]


def score(text: str, name: str, others: Iterable[str] = ()) -> tuple[float, str] | None:
    """How well the best of its names answers, in (0, 1], and which name that is; None: not at all.

    The same name 1, beginning with the text .9, all its words .8, each the beginning of a word .7,
    some of them .6 x their share; .05 less for another name.
    """
    found = [(_one(text, name), name)]
    found += [(_one(text, other) - OTHER, other) for other in sorted(set(others))]
    best = max(found, key=lambda pair: pair[0])
    return (round(best[0], 4), best[1]) if best[0] > 0 else None


def _one(text: str, name: str) -> float:
    asked, held = fold(text), fold(name)
    if not asked or not held:
        return 0.0
    if asked == held:
        return EXACT
    if held.startswith(asked):
        return BEGINS
    wanted, have = asked.split(), held.split()
    if set(wanted) <= set(have):
        return WORDS
    begun = [word for word in wanted if any(one.startswith(word) for one in have)]
    if len(begun) == len(wanted):
        return BEGINNINGS
    return SOME * len(begun) / len(wanted)
