"""What do people say that no vocabulary has a word for?

Two lists. Themes that somebody works on and that no exactMatch or closeMatch leads to in another
vocabulary. And words that several projects use of themselves and that no theme is known by: of
these, pairs of words before single ones. Names of places and organisations, and words without a
meaning of their own, are none.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tieline.database.reader import Reader
from tieline.queries.answers.coverage import coverage
from tieline.queries.answers.kept import Kept, Key
from tieline.queries.answers.work import aside, step
from tieline.queries.duplicates.written import plain, singular
from tieline.queries.search.rank import fold
from tieline.schema.records import OWN_WORD

MORE = frozenset("everybody everyone hello nobody others people somebody someone whoever".split())
LEAST = 3  # projects that use a word
FEW = 0.2  # of all projects: a word that more use says nothing of any
SHORTEST = 4  # letters of a word
WORDS = 100  # of these, at most
HELD = 400_000  # words counted at once: beyond it those met once so far are let go
PAGE = 2_000
UNCERTAIN = (
    "Words are counted as they stand in descriptions; which of them is a theme is for people to "
    "say. What nobody has described has no words here."
)
Row = dict[str, Any]
_kept: Kept[list[Row]] = Kept(8)


async def untranslated(reader: Reader) -> Row:
    """What no vocabulary has a word for.

    Returns `rows` [{theme_uid (or None), word (or None), used (by how many it is worked on, or in
    how many projects it stands), project_uids (a few, of a word), reason, source_slugs}], themes
    first, the most used first; `note` where there is nothing; `uncertainty`, `coverage`,
    `graph_version`.
    """
    key = await Key.of(reader, "untranslated")
    rows = await _kept.get(key, lambda: _find(reader))
    note = None if rows else (
        "Every theme that is worked on here has a word in another vocabulary, and descriptions use "
        "no word often that no theme is known by."
    )  # fmt: skip
    return {
        "rows": [dict(row) for row in rows],
        "note": note,
        "uncertainty": UNCERTAIN,
        "coverage": await coverage(reader),
        "graph_version": key.version,
    }


async def _find(reader: Reader) -> list[Row]:
    themes = [_theme(*each) for each in await reader.pages("themes/used")]
    labels = await reader.pages("themes/labels")
    names = await reader.pages("themes/names")
    texts = await _texts(reader)
    known = {_stem(word) for _, *said in labels for word in _words(_flat(said))}
    named = {word for word in _words(names)}
    counted = await aside(count, texts, known, named)
    return themes + [_word(*each) for each in counted]


def _flat(said: Sequence[Any]) -> list[str]:
    label, others = said
    return [label, *others]


async def _texts(reader: Reader) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    after = ""
    while True:
        page = await reader.pages("themes/projects", after=after, limit=PAGE, ids=None)
        found += [(uid, f"{title or ''}. {text or ''}") for uid, title, text, *_ in page]
        if len(page) < PAGE:
            return found
        after = page[-1][0]


def count(
    texts: Sequence[tuple[str, str]], known: set[str], named: set[str]
) -> list[tuple[str, int, list[str]]]:
    """(word or pair of words, in how many texts, a few of them): (uid, text) each."""
    used: Counter[str] = Counter()
    for at, (_, text) in enumerate(texts):
        if at % 200 == 0:
            step("counting words", at, len(texts))
        used.update(_said(text, known, named))
        if len(used) > HELD:
            used = Counter({word: n for word, n in used.items() if n > 1})
    most = max(LEAST, FEW * len(texts))
    kept = {word: n for word, n in used.items() if LEAST <= n <= most}
    pairs = {word for pair in kept if " " in pair for word in pair.split()}
    kept = {word: n for word, n in kept.items() if word not in pairs}
    best = sorted(kept, key=lambda word: (-kept[word] * (1 + (" " in word)), word))[:WORDS]
    where: dict[str, list[str]] = {word: [] for word in best}
    for uid, text in texts:
        for word in where.keys() & _said(text, known, named):
            if len(where[word]) < LEAST:
                where[word].append(uid)
    return [(word, kept[word], where[word]) for word in best]


def _said(text: str, known: set[str], named: set[str]) -> set[str]:
    """The words of a text that no theme is known by, and pairs of these."""
    found: set[str] = set()
    before = ""
    for word in fold(text).split():
        bad = len(word) < SHORTEST or not word.isalpha() or word in plain() | MORE or word in named
        here = "" if bad or _stem(word) in known else word
        if here:
            found.add(singular(here))
            found |= {f"{before} {singular(here)}"} if before else set()
        before = here
    return found


def _words(texts: Iterable[str]) -> Iterable[str]:
    return (word for text in texts for word in fold(text).split())


def _stem(word: str) -> str:
    """As far as its ending: befriend of befriending, neighbour of neighbourliness."""
    word = singular(word)
    for ending in ("liness", "ness", "ments", "ment", "ings", "ing", "ers", "er", "ed", "ly", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word[: -len(ending)]
    return word


def _theme(
    uid: str,
    label: str,
    scheme: str | None,
    used: int,
    lacking: Sequence[str],
    near: bool,
    sources: Sequence[str],
) -> Row:
    whom = "1 works on it" if used == 1 else f"{used:,} work on it"
    nearest = (
        "another vocabulary has a wider, narrower or related word alone"
        if near
        else "no other vocabulary here has a word for it"
    )
    looked = f"; {', '.join(lacking)} is said to have none" if lacking else ""
    said = f"{label!r}{f' of {scheme}' if scheme else ''}: {whom}, and {nearest}{looked}."
    slugs = [slug for slug in sources if not slug.startswith(OWN_WORD)]
    return _row(theme_uid=uid, used=used, reason=said, source_slugs=slugs)


def _word(word: str, used: int, uids: Sequence[str]) -> Row:
    said = f"{used:,} projects say {word!r} of themselves, and no theme is known by it."
    return _row(word=word, used=used, project_uids=list(uids), reason=said)


def _row(**said: Any) -> Row:
    empty: Mapping[str, Any] = {
        "theme_uid": None, "word": None, "used": 0, "project_uids": [], "reason": "",
        "source_slugs": [],
    }  # fmt: skip
    return {**empty, **said}
