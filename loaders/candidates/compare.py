"""How two values of a column are compared: by its nature, from equal to nothing alike.

Each level: a condition on the two sides, what it says in plain words, and the weight in bits that
it starts with, used where the data cannot tell. Those of the design (titles, leads, places, starts,
funders) were estimated on 360Giving grants; missing adds nothing.

Registered numbers keep their weights (FIRM). What shares a number is one thing already and is not
compared any more, so what is left cannot show how often matches agree; and that a thing has one
number in a register is what the model says, not what a sample does: two of them are as unlikely in
matches as anything is taken to be. Numbers of two registers say nothing.
"""

import math
from dataclasses import dataclass
from typing import Any

from tieline.loaders.candidates.columns import Column
from tieline.loaders.candidates.refine import M_LEAST
from tieline.loaders.candidates.sketch import BITS, WORD


@dataclass(frozen=True, slots=True)
class Level:
    sql: str
    words: str
    bits: float
    rarity: bool = False  # an equal value weighs more the rarer it is


@dataclass(frozen=True, slots=True)
class Comparison:
    """`name` is the column's own; `key` its name among `things`."""

    key: str
    name: str
    nature: str
    levels: tuple[Level, ...]

    @property
    def starts(self) -> list[float]:
        return [level.bits for level in self.levels]

    @property
    def firm(self) -> bool:
        """Whether its weights stay as they start."""
        return self.nature in FIRM


def _alike(least: float) -> str:
    """Cosine of letters in threes at least so much, by the sketches (sketch.py)."""
    most = round(BITS * math.acos(least) / math.pi)
    apart = (f"bit_count(xor({{k}}_s{n}_l, {{k}}_s{n}_r))" for n in range(BITS // WORD))
    return f"{'::INTEGER + '.join(apart)}::INTEGER <= {most}"


_EQUAL = "{k}_l = {k}_r"
_BARE = "{k}_bare_l = {k}_bare_r"
_SHARED = "list_has_any(string_split({k}_l, '|'), string_split({k}_r, '|'))"
_OTHER = "list_contains({k}_all_l, {k}_r) OR list_contains({k}_all_r, {k}_l)"
_SLIP = "abs(length({k}_l) - length({k}_r)) <= 1 AND damerau_levenshtein({k}_l, {k}_r) <= 1"
_NEAR = "coalesce(abs(try_cast({k}_l AS DOUBLE) - try_cast({k}_r AS DOUBLE)) <= 1, false)"
_DAYS = "abs(date_diff('day', {k}_l::DATE, {k}_r::DATE)) <= "
_ONE_OFF = (
    "len(list_filter(string_split({k}_l, '|'), lambda a: len(list_filter("
    "string_split({k}_r, '|'), lambda b: damerau_levenshtein(a, b) <= 1)) > 0)) > 0"
)
_ELSEWHERE = "NOT list_has_any({k}_in_l, {k}_in_r)"
_DIGITS = f"list_has_any({{k}}_digits_l, {{k}}_digits_r) AND {_ELSEWHERE}"
FIRM = ("register",)
LEVELS = {
    "text": (
        Level(_EQUAL, "the same {n}", 10.23, True),
        Level(_BARE, "the same {n} but for its legal form or the order of words", 9.5),
        Level(_alike(0.85), "nearly the same {n}", 8.5),
        Level(_alike(0.7), "much the same {n}", 6.0),
        Level(_alike(0.55), "a like {n}", 3.5),
        Level(_alike(0.4), "a {n} with something alike", 1.0),
        Level("ELSE", "another {n}", -5.0),
    ),
    "prose": (
        Level(_EQUAL, "the same {n}", 8.0),
        Level(_alike(0.8), "nearly the same {n}", 7.0),
        Level(_alike(0.6), "much the same {n}", 5.0),
        Level(_alike(0.4), "a like {n}", 2.0),
        Level("ELSE", "another {n}", -2.0),
    ),
    "name": (
        Level(_EQUAL, "the same {n}", 6.5, True),
        Level("jaro_winkler_similarity({k}_l, {k}_r) >= 0.93", "nearly the same {n}", 5.0),
        Level("jaro_winkler_similarity({k}_l, {k}_r) >= 0.86 OR " + _alike(0.6), "a like {n}", 2.5),
        Level("ELSE", "another {n}", -3.31),
    ),
    "number": (
        Level(_EQUAL, "the same {n}", 12.0),
        Level(_SLIP, "the same {n} but for one character", 8.0),
        Level("ELSE", "another {n}", -3.31),
    ),
    "mail": (
        Level(_EQUAL, "the same {n}", 12.0),
        Level("split_part({k}_l, '@', 1) = split_part({k}_r, '@', 1)",
              "the same {n} before the @", 9.0),
        Level("jaro_winkler_similarity({k}_l, {k}_r) >= 0.9", "nearly the same {n}", 5.0),
        Level("ELSE", "another {n}", -3.0),
    ),
    # Of the graph's own things: lists, and the starting weights of the design.
    "lead": (
        Level(_EQUAL, "the same {n}", 6.49, True),
        Level(_SHARED, "one {n} in common", 4.0),
        Level("ELSE", "another {n}", -3.31),
    ),
    "place": (
        Level(_EQUAL, "the same {n}", 5.41, True),
        Level(_SHARED, "one {n} in common", 3.0),
        Level("ELSE", "another {n}", -1.0),
    ),
    "funder": (
        Level(_EQUAL, "the same {n}", 2.81, True),
        Level("ELSE", "another {n}", -0.5),
    ),
    "register": (
        Level(_SHARED, "the same {n}", 12.0),
        Level(_DIGITS, "the same digits in two registers", 12.0),
        Level(_ONE_OFF, "the same {n} but for one character", 8.0),
        Level(_ELSEWHERE, "{n}s of two registers", 0.0),
        Level("ELSE", "two {n}s of one register, in which a thing has one", math.log2(M_LEAST)),
    ),
    "web": (
        Level(_EQUAL, "the same {n}", 11.0, True),
        Level("jaro_winkler_similarity({k}_l, {k}_r) >= 0.95", "nearly the same {n}", 4.0),
        Level("ELSE", "another {n}", -2.0),
    ),
    "date": (
        Level(_EQUAL, "the same {n}", 6.0, True),
        Level(_SLIP, "the same {n} but for one character", 5.0),
        Level(_DAYS + "31", "{n} within a month", 4.0),
        Level(_DAYS + "366", "{n} within a year", 0.5),
        Level("ELSE", "{n} more than a year apart", -3.58),
    ),
    "postcode": (
        Level(_EQUAL, "the same {n}", 9.0, True),
        Level("{k}_l[:-4] = {k}_r[:-4]", "the same district of {n}", 4.0),
        Level("ELSE", "{n} of another district", -3.0),
    ),
    "figure": (
        Level(_EQUAL, "the same {n}", 5.0, True),
        Level(_NEAR + " OR length({k}_l) > 2 AND " + _SLIP, "nearly the same {n}", 2.0),
        Level("ELSE", "another {n}", -2.5),
    ),
    "category": (
        Level(_EQUAL, "the same {n}", 2.81, True),
        Level("ELSE", "another {n}", -1.5),
    ),
}  # fmt: skip


LEVELS["named"] = (
    LEVELS["text"][0],
    Level(_OTHER, "the {n} of one is another name of the other", 9.5),
    *LEVELS["text"][1:],
)


def comparisons(columns: list[Column]) -> list[Comparison]:
    return [
        Comparison(f"c{n}", column.name, column.nature, _levels(f"c{n}", column))
        for n, column in enumerate(columns)
    ]


def _levels(key: str, column: Column) -> tuple[Level, ...]:
    said = column.name.replace("_", " ")
    return tuple(
        Level(
            each.sql.replace("{k}", key),
            each.words.replace("{n}", said),
            each.bits,
            each.rarity,
        )
        for each in LEVELS[column.nature]
    )


def settings(compared: Comparison) -> dict[str, Any]:
    """The comparison as Splink takes it."""
    null = f"{compared.key}_l IS NULL OR {compared.key}_r IS NULL"
    levels: list[dict[str, Any]] = [
        {"sql_condition": null, "label_for_charts": "missing", "is_null_level": True}
    ]
    levels += [
        {"sql_condition": level.sql, "label_for_charts": level.words} for level in compared.levels
    ]
    return {"output_column_name": compared.key, "comparison_levels": levels}
