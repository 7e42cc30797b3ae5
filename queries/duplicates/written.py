"""Texts as numbers of words, all at once, and which of these words say nothing of a project.

That is: names of places (written with a capital, or reading would be Reading), phrases that a
funder repeats, numbers, and words that carry no meaning. Plurals count as their singular (Harman's
S-stemmer, 1991).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tieline.queries.answers.work import step

Array = NDArray[Any]
WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
PHRASE = 5  # words in a row
OFTEN, SHARE = 10, 0.02  # texts of one funder with the same phrase, at least: it says nothing
LONGEST = 4  # words of a place's name
SHORTEST = 3  # letters of a word
MIX = np.uint64(0x9E3779B97F4A7C15)
PORTION = 5_000  # texts between two looks whether anybody still waits


@cache
def plain() -> frozenset[str]:
    """Words that carry no meaning of their own."""
    return frozenset(files("tieline.queries").joinpath("duplicates/plain.txt").read_text().split())


def singular(word: str) -> str:
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    return word[:-1] if word.endswith("s") and not word.endswith(("us", "ss")) else word


def bare(word: str) -> str:
    """In lower case, without accents and apostrophes."""
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word)
        word = "".join(c for c in word if not unicodedata.combining(c) and c != "\u2019")
    return word.replace("'", "").lower()


@dataclass(frozen=True)
class Written:
    """Texts as one row of numbers: word k of all is `forms[word[k]]`, of the text `text[k]`.

    Of the forms: `stem`, which of `stems` each is; `capital` and `number`, how it is written.
    """

    word: Array
    text: Array
    forms: list[str]
    stems: list[str]
    stem: Array
    capital: Array
    number: Array

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Written":
        seen: dict[str, int] = {}
        found, counts = list[Array](), np.zeros(len(texts), np.int64)
        for begin in range(0, len(texts), PORTION):
            step("reading descriptions", begin, len(texts))
            said = [WORD.findall(text) for text in texts[begin : begin + PORTION]]
            counts[begin : begin + PORTION] = [len(words) for words in said]
            numbers = (seen.setdefault(word, len(seen)) for words in said for word in words)
            found.append(np.fromiter(numbers, np.int64))
        word = np.concatenate([*found, np.zeros(0, np.int64)])
        forms = list(seen)
        number = np.array([form[0].isdigit() for form in forms], bool)
        reduced = ["0" if form[0].isdigit() else singular(bare(form)) for form in forms]
        stems = sorted(set(reduced))
        at = {each: place for place, each in enumerate(stems)}
        stem = np.array([at[each] for each in reduced], np.int64)
        capital = np.array([form[0].isupper() for form in forms], bool)
        text = np.repeat(np.arange(len(texts)), counts)
        return cls(word, text, forms, stems, stem, capital, number)

    def runs(self, length: int) -> tuple[Array, Array]:
        """(a number for each run of so many words, whether it lies in one text), by first word."""
        said = self.stem[self.word].astype(np.uint64)
        many = max(len(said) - length + 1, 0)
        key = np.zeros(many, np.uint64)
        for ahead in range(length):
            key = mixed(key, said[ahead : ahead + many])
        return key, self.text[:many] == self.text[length - 1 : length - 1 + many]


def mixed(key: Array, word: Array) -> Array:
    """A hash of a run and one word more: of 64 bits, so that two runs hardly ever share one."""
    key = (key ^ (word + np.uint64(1))) * MIX
    return key ^ (key >> np.uint64(29))


def repeated(written: Written, funders: Sequence[Any]) -> Array:
    """Which words stand in a phrase that many texts of the same funders have word for word."""
    out = np.zeros(len(written.word), bool)
    key, whole = written.runs(PHRASE)
    if not whole.any():
        return out
    groups: dict[Any, int] = {}
    group = np.array([groups.setdefault(each, len(groups)) for each in funders], np.int64)
    texts = np.bincount(group)
    at = np.flatnonzero(whole)
    text = written.text[at]
    key = mixed(key[at], group[text].astype(np.uint64))
    order = np.lexsort((text, key))
    key_, text_ = key[order], text[order]
    new = np.append(True, (key_[1:] != key_[:-1]) | (text_[1:] != text_[:-1]))
    phrases, many = np.unique(key_[new], return_counts=True)
    often = many[np.searchsorted(phrases, key)]
    common = at[often >= np.maximum(OFTEN, SHARE * texts[group[text]])]
    for ahead in range(PHRASE):
        out[common + ahead] = True
    return out


Names = dict[str, list[tuple[str, ...]]]


def names_of(places: Iterable[str]) -> Names:
    """What places go by, word by word, under the first word."""
    found: Names = defaultdict(list)
    for name in sorted(set(places)):
        words = tuple(singular(bare(word)) for word in WORD.findall(name))
        if 0 < len(words) <= LONGEST:
            found[words[0]].append(words)
    return dict(found)


def named(written: Written, names: Names) -> Array:
    """Which words are the name of a place, capitals at both ends."""
    out = np.zeros(len(written.word), bool)
    number = {stem: at for at, stem in enumerate(written.stems)}
    by_length: dict[int, list[list[int]]] = defaultdict(list)
    for words in (each for stem in written.stems for each in names.get(stem, ())):
        if all(word in number for word in words):
            by_length[len(words)].append([number[word] for word in words])
    capital = written.capital[written.word]
    for length, some in by_length.items():
        wanted = np.zeros(len(some), np.uint64)
        for column in np.array(some, np.uint64).T:
            wanted = mixed(wanted, column)
        key, whole = written.runs(length)
        ends = capital[: len(key)] & capital[length - 1 : length - 1 + len(key)]
        found = np.flatnonzero(whole & ends & np.isin(key, wanted))
        for ahead in range(length):
            out[found + ahead] = True
    return out


def meant(written: Written) -> Array:
    """Which words carry a meaning."""
    stops = {singular(word) for word in plain()} | plain()
    good = [len(stem) >= SHORTEST and stem not in stops for stem in written.stems]
    forms = np.array(good, bool)[written.stem] & ~written.number
    return np.asarray(forms[written.word], bool)
