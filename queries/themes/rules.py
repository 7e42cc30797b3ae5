"""A vocabulary's own rules for finding its themes in a text: regular expressions, in bounded time.

The expressions come from strangers' files. RE2 runs each in time proportional to the text, whatever
the expression, and in bounded memory; Python's own `re` may take for ever, and cannot be stopped.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import re2

LONGEST = 4_000  # characters of an expression
TEXT = 20_000  # characters of a text that are looked at
MEMORY = 8 << 20  # bytes that one expression may take
MATCHES = 50  # of one rule in one text that are looked at: each may read to the end of it
WORD = 60  # letters of a word that are told
SHOWN = 5  # words that a suggestion quotes
_BEFORE_A_LETTER = re.compile(r"\\([^\x00-\x7f])")  # Python reads it as the letter, RE2 not at all
_NOTHING = re.compile(r"(\\b|\(\)|\s)*")  # as UK-CAT writes a rule that is none


class BadRule(ValueError):
    """An expression that cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`finds` what may be about the theme (uid), unless `bars` finds something too."""

    theme: str
    finds: Any
    bars: Any = None


def options() -> Any:
    """As UK-CAT's own scripts read them: no case; errors are ours to tell."""
    how = re2.Options()
    how.case_sensitive, how.log_errors, how.max_mem = False, False, MEMORY
    return how


def plain(text: str) -> str:
    """The expression as RE2 writes it; "" where it says nothing."""
    said = _BEFORE_A_LETTER.sub(r"\1", text.strip()).replace(r"\Z", r"\z")
    return "" if _NOTHING.fullmatch(said) else said


def compiled(text: str) -> Any:
    """
    Raises:
        BadRule: too long, no expression that RE2 reads, or one that any text answers.
    """
    said = plain(text)
    if len(said) > LONGEST:
        raise BadRule(f"longer than {LONGEST:,} characters")
    try:
        found = re2.compile(said, options())
    except re2.error as error:
        raise BadRule(f"no regular expression of RE2's: {_words(error)}") from None
    if found.search("") is not None:
        raise BadRule("any text at all answers it")
    return found


def _words(error: Any) -> str:
    said = error.args[0] if error.args else error
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


class Rules:
    """All rules of some themes. `bad`: uid of a theme to why its rule is not used."""

    def __init__(self, written: Iterable[Mapping[str, Any]]) -> None:
        """`written`: {uid, rule, rule_not} each."""
        self.rules: list[Rule] = []
        self.bad: dict[str, str] = {}
        for each in written:
            try:
                bars = compiled(each["rule_not"]) if plain(each.get("rule_not") or "") else None
                if plain(each["rule"] or ""):
                    self.rules.append(Rule(each["uid"], compiled(each["rule"]), bars))
            except BadRule as error:
                self.bad[each["uid"]] = str(error)
        self._any = _together(self.rules)

    def find(self, text: str) -> dict[str, list[str]]:
        """The themes whose rules the text answers, each with the words that do, as they stand."""
        said = text[:TEXT]
        found = {}
        for rule in self._likely(said):
            words: dict[str, str] = {}
            for match in islice(rule.finds.finditer(said), MATCHES):
                words.setdefault(match[0].casefold(), match[0][:WORD])
            if words and not (rule.bars and rule.bars.search(said)):
                found[rule.theme] = list(words.values())
        return found

    def _likely(self, text: str) -> list[Rule]:
        """Those that the text answers, all looked for in one pass.

        None found may mean that the pass ran out of memory, untold: then each is asked.
        """
        at = (self._any.Match(text) if self._any else None) or []
        return [self.rules[each] for each in sorted(at)] or self.rules


def _together(rules: list[Rule]) -> Any:
    """One automaton of all expressions; None where there are none, or they do not fit."""
    how = options()
    how.max_mem = MEMORY * 8
    every = re2.Set.SearchSet(how)
    try:
        for rule in rules:
            every.Add(rule.finds.pattern)
        every.Compile()
    except re2.error:
        return None
    return every if rules else None
