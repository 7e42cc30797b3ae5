"""How answers were put together, counted since this process began: for whoever looks after it.

count("compiled")       one more
counted()               {"compiled": 812, "fell_back": 1, "plain": 3, "made": 12}
"""

WORDS = {
    "compiled": "Answers put together by a function made for their document.",
    "fell_back": "Answers that such a function left to graphql-core: nulls, errors, odd values.",
    "plain": "Answers put together by graphql-core: introspection, or it was wished so.",
    "made": "Functions made.",
}
_numbers = dict.fromkeys(WORDS, 0)


def count(name: str) -> None:
    """One more of these.

    Raises:
        KeyError: nothing of this name is counted.
    """
    _numbers[name] += 1


def counted() -> dict[str, int]:
    """The numbers by their names; `WORDS` says what each is."""
    return dict(_numbers)
