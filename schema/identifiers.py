"""Identifiers: one spelling a real-world id, and what each scheme promises.

    SCHEMES            name -> Scheme(rank, exclusive, weak ...)
    scheme(identifier) "GB-CHC-1090095" -> "GB-CHC"
    identifier(text)   "GB-CHC- 115305\\n" -> "GB-CHC-115305", or None
    checked(text)      the same with a sentence of warning where it is None
    by_local, by_name, by_theme   the identifiers a loader gives to references inside a source

Records are joined scheme by scheme in order of `rank`. Two records that hold values of one
`exclusive` scheme and share none are two things. A `weak` identifier (a name) joins last, and only
where it can mean one thing.

Prefixes follow org-id.guide. Shapes are public rules of the registers: charity numbers of the three
commissions, company numbers of Companies House (8 characters, so stripped zeros are put back), the
ROR check digits (ISO 7064 mod 97 over six base-32 characters), the ONS nine-character code.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

LONGEST = 500  # characters; longer is text that slipped into the wrong column
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_COMPANY = (
    r"\d{8}|(AC|CE|CS|FC|FE|GE|GN|GS|IC|IP|LP|NA|NC|NF|NI|NL|NO|NP|NR|NV|NZ|OC|OE|PC|RC|RS|SA|SC"
    r"|SE|SF|SG|SI|SL|SO|SP|SR|SZ|ZC)(\d{6}|\d{5}[A-Z]|\d{4}[A-Z]{2})|R\d{7}"
)


def _same(value: str) -> str:
    return value


def _scottish(value: str) -> str:
    return f"SC{value.removeprefix('SC').zfill(6)}"


def _northern(value: str) -> str:
    return value.removeprefix("NIC")


def _company(value: str) -> str:
    """Eight characters: zeros lost by a spreadsheet come back, behind the letters if any."""
    parts = re.fullmatch(r"([A-Z]{0,2})(\d{1,8})", value, re.ASCII)
    return parts[1] + parts[2].zfill(8 - len(parts[1])) if parts else value


def _ror(value: str) -> str:
    return value.lower().removeprefix("https://").removeprefix("ror.org/")


def _sound_ror(value: str) -> bool:
    """https://ror.readme.io/docs/identifier: the last two digits check the six before them."""
    number = 0
    for letter in value[1:7]:
        number = number * 32 + _CROCKFORD.index(letter)
    return 98 - number * 100 % 97 == int(value[7:])


def _not_nought(value: str) -> bool:
    return value.strip("0") != ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """`shape` is the pattern of a value, `rule` says it in words, `what` says what it names."""

    name: str
    rank: int
    what: str
    rule: str
    shape: str
    exclusive: bool = False
    weak: bool = False
    tidy: Callable[[str], str] = _same
    sound: Callable[[str], bool] = _not_nought


_LETTERS = r"[A-Z0-9]{1,12}"
_COUNCIL = r"[A-Z]{3,5}"
_TABLE = (
    Scheme("GB-CHC", 0, "charity number of England and Wales", "6 or 7 digits",
           r"[1-9]\d{5,6}(-[1-9]\d{0,3})?", exclusive=True),
    Scheme("GB-SC", 1, "Scottish charity number", "SC and 6 digits",
           r"SC\d{6}", exclusive=True, tidy=_scottish),
    Scheme("GB-NIC", 2, "charity number of Northern Ireland", "6 digits",
           r"[1-9]\d{5}", exclusive=True, tidy=_northern),
    Scheme("GB-COH", 3, "company number", "8 characters, such as 00212481 or SC123456",
           _COMPANY, exclusive=True, tidy=_company),
    Scheme("GSS", 4, "code of a place", "a letter and 8 digits",
           r"[EJKLMNSW]\d{8}", exclusive=True),
    Scheme("XI-ROR", 5, "research organisation", "0, 6 letters or digits, 2 check digits",
           rf"0[{_CROCKFORD}]{{6}}\d\d", exclusive=True, tidy=_ror, sound=_sound_ror),
    Scheme("GB-MPR", 6, "mutual society", "up to 6 digits with register letters",
           r"[A-Z]{0,2}\d{1,6}[A-Z]{0,2}"),
    Scheme("GB-CASC", 7, "community amateur sports club", "letters and digits", _LETTERS),
    Scheme("GB-EDU", 8, "school (URN)", "5 to 7 digits", r"\d{5,7}"),
    Scheme("GB-UKPRN", 9, "learning provider", "8 digits starting with 1", r"1\d{7}"),
    Scheme("GB-NHS", 10, "health body (ODS)", "3 to 8 letters and digits", r"[A-Z0-9]{3,8}"),
    Scheme("GB-LAE", 11, "local authority in England", "3 to 5 letters", _COUNCIL),
    Scheme("GB-LAS", 12, "local authority in Scotland", "3 to 5 letters", _COUNCIL),
    Scheme("GB-PLA", 13, "local authority in Wales", "3 to 5 letters", _COUNCIL),
    Scheme("GB-LANI", 14, "local authority in Northern Ireland", "3 to 5 letters", _COUNCIL),
    Scheme("GB-GOR", 15, "government body", "letters and digits", _LETTERS),
    Scheme("GB-REV", 16, "charity known to the tax office", "letters and digits", _LETTERS),
    Scheme("GB-SHPE", 17, "social housing provider", "letters and digits", _LETTERS),
    Scheme("XI-WIKIDATA", 18, "Wikidata item", "Q and digits", r"Q[1-9]\d*"),
    Scheme("360G", 19, "id private to one funder", "4 characters or more", r"\S{4,}"),
    Scheme("theme", 20, "theme of a scheme", "a scheme, then a code or label", r".+-.+"),
    Scheme("local", 21, "id inside one source", "a source, a kind and an id", r".+-.+-.+"),
    Scheme("rule", 22, "what a source's owner joins by", "a rule and what it compares", r".+"),
    Scheme("name", 99, "name", "a kind and a name", r"[a-z]+-.+", weak=True),
)  # fmt: skip
SCHEMES: dict[str, Scheme] = {each.name: each for each in _TABLE}
RETIRED = {"GB-GOVUK": "GB-GOR or GB-COH"}
_ONE_WORD = ("GSS", "360G", "theme", "local", "rule", "name")


def scheme(identifier: str) -> str:
    """GB-CHC, GSS, 360G, theme, local, name ... An unknown one is its first two parts."""
    first, _, rest = identifier.partition("-")
    return first if first in _ONE_WORD else f"{first}-{rest.partition('-')[0]}"


def identifier(text: str | None) -> str | None:
    """The one spelling of an identifier, or None where it is not one. Idempotent."""
    return checked(text)[0]


def checked(text: str | None) -> tuple[str | None, str | None]:
    """(identifier, None), or (None, why not and what to do); (None, None) for a blank."""
    plain = " ".join((text or "").split())
    if not plain:
        return None, None
    name = scheme(plain)
    if name in ("theme", "local", "rule", "name", "360G"):
        value = plain[len(name) + 1 :]
        value = value.replace(" ", "") if name == "360G" else value.strip()
        value = value.casefold() if name == "name" else value
    else:
        plain = plain.replace(" ", "")
        name = scheme(plain.upper())
        value = plain.upper()[len(name) + 1 :].strip("-")
    return _held(name, value, plain)


def _held(name: str, value: str, said: str) -> tuple[str | None, str | None]:
    known = SCHEMES.get(name)
    if not known:
        return None, _unknown(name, said)
    value = known.tidy(value)
    if len(value) <= LONGEST and re.fullmatch(known.shape, value, re.ASCII) and known.sound(value):
        return f"{name}-{value}", None
    return None, (
        f"{_short(said)} is not a {known.what} ({known.rule}): kept as text, it joins nothing. "
        "Correct it at the source and load again."
    )


def _unknown(name: str, said: str) -> str:
    if name in RETIRED:
        return f"{_short(said)}: {name} is no longer kept up; kept as text. Use {RETIRED[name]}."
    return (
        f"{_short(said)} is in no scheme known here: kept as text, it joins nothing. "
        "Write the scheme before the number, such as GB-CHC-1090095."
    )


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")


def by_local(slug: str, kind: str, value: str) -> str:
    """The identifier of a partner's own id; never meets another source's."""
    return f"local-{slug}-{kind}-{' '.join(value.split())}"


def by_name(kind: str, name: str, slug: str | None = None) -> str:
    """By name: places and themes meet across sources; anything else within one (`slug`)."""
    words = " ".join(name.split()).casefold()
    return f"name-{kind}-{words}" if slug is None else f"name-{kind}-{slug}-{words}"


def by_theme(scheme_name: str, code_or_label: str) -> str:
    """A theme by its code, or by its label in small letters where the scheme has no codes."""
    return f"theme-{scheme_name}-{' '.join(code_or_label.split())}"
