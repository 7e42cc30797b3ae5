"""Cells to values: each function reads one thing or says why it cannot (`Unreadable`).

All take what a file holds (text, number, true date) and give plain text, numbers or ISO dates, so
that the same fact reads the same from JSON, CSV and a spreadsheet.
"""

import datetime
import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from tieline.loaders.refusal import Unreadable
from tieline.schema.consent import NAMES

# ruff: noqa: RUF001
MISSING = frozenset({"", "-", "–", "—", "n/a", "na", "no data", "none", "null", "#n/a"})
NAME = 400  # characters of a name or id: it is looked up by an index, which has a limit
LONGEST = 20_000  # characters of a text; a longer one is a document, not a cell
EMAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[A-Za-z]{2,}")

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\ufffe\uffff]")
_TWICE = re.compile("[ÂÃ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â[\x80€][\x80-\xbf\u2013-\u2122œž]")
_TRUE, _FALSE = {"y", "yes", "true", "1", "t"}, {"n", "no", "false", "0", "f"}
_SHAPES = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%Y/%m/%d")
_PART = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
_HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+([/:?#].*)?")

Reader = Callable[[Any], Any]


def blank(value: Any, missing: frozenset[str] = MISSING) -> bool:
    """Nothing there: empty, or one of the ways people write that they do not know."""
    if isinstance(value, str):
        return value.strip().casefold() in missing
    return value is None or value == [] or value == {}


def text(value: Any) -> str:
    """One line of text: white space and new lines become single spaces, control marks go."""
    return " ".join(prose(value).split())


def name(value: Any) -> str:
    """Text short enough to be called by, or to be an id."""
    said = text(value)
    if len(said) > NAME:
        raise Unreadable(f"longer than {NAME} characters, too long for a name", "Shorten it.")
    return said


def prose(value: Any) -> str:
    """Text that may run over several lines.

    Raises:
        Unreadable: a list or object, bytes that are no text, or far too long.
    """
    if isinstance(value, (dict, list, tuple)):
        raise Unreadable("a list or object where text should be", "Write plain text.")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime.datetime | datetime.date):
        value = day(value)
    said = str(value)
    if any("\ud800" <= letter <= "\udfff" for letter in said):
        raise Unreadable("holds bytes that are no text", "Save the file as UTF-8.")
    if len(said) > LONGEST:
        raise Unreadable(f"longer than {LONGEST:,} characters", "Shorten it, or check the quotes.")
    return mended(_CONTROL.sub("", said)).strip()


def mended(said: str) -> str:
    """Undo text that was encoded twice, piece by piece: a pound sign or an accent comes back."""
    return _TWICE.sub(lambda found: _once(found[0]), said) if _TWICE.search(said) else said


def _once(piece: str) -> str:
    for encoding in ("windows-1252", "latin-1"):
        try:
            return piece.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return piece


def discreet(value: Any) -> str:
    """Prose without e-mail addresses: nobody asked for those."""
    return EMAIL.sub("[e-mail left out]", prose(value))


def amount(value: Any) -> float:
    """Money or another figure, to the penny: 1,000.50 or £1,000.50; never NaN."""
    said = re.sub(r"[\s,£$€]", "", mended(str(value))).removeprefix("GBP").removesuffix("GBP")
    try:
        figure = Decimal(said)
    except InvalidOperation:
        mend = "Write a number such as 1000.50"
        formula = isinstance(value, str) and value.startswith("=")
        reason = "a formula, not a number" if formula else "not a number"
        raise Unreadable(
            reason, f"{mend}{'; paste values, not formulas' if formula else ''}."
        ) from None
    if isinstance(value, bool) or not figure.is_finite() or abs(figure) >= Decimal(10) ** 15:
        raise Unreadable("not an amount that can be", "Write a number such as 1000.50.")
    return float(round(figure, 2))


def number(value: Any) -> float:
    """Any finite number, unrounded."""
    try:
        figure = float(str(value).strip())
    except ValueError:
        figure = math.nan
    if not math.isfinite(figure) or isinstance(value, bool):
        raise Unreadable("not a number", "Write a number such as 52.4.")
    return figure


def between(low: float, high: float) -> Reader:
    """A number in [low, high]."""

    def read(value: Any) -> float:
        figure = number(value)
        if not low <= figure <= high:
            raise Unreadable(f"not between {low:g} and {high:g}", "Correct the number.")
        return figure

    return read


latitude, longitude = between(-90, 90), between(-180, 180)


def day(value: Any) -> str:
    """A date as YYYY-MM-DD. Slashes are read the British way, day first; a time is left off."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    said = " ".join(str(value).split())
    if re.match(r"\d{4}-\d\d?-\d\d?([T ].*)?$", said):
        said, shapes = re.split("[T ]", said)[0], ["%Y-%m-%d"]
    else:
        said, shapes = re.sub(r"\s+\d\d?:\d\d(:\d\d)?$", "", said), list(_SHAPES)
    for shape in shapes:
        try:
            return _likely(datetime.datetime.strptime(said, shape).date())
        except ValueError:
            continue
    raise _no_date(said)


def _no_date(said: str) -> Unreadable:
    """Why a text is no date, as exactly as can be told."""
    mend = "Write it as 2024-03-31 or 31/03/2024 (day first)."
    if re.fullmatch(r"[34]\d{4}(\.\d+)?", said):
        mend = "Give the column the format of dates, or write it as 2024-03-31."
        return Unreadable("a number where a date should be, as spreadsheets count days", mend)
    parts = re.fullmatch(r"(\d\d?)[/.-](\d\d?)[/.-]\d{4}", said)
    if parts and int(parts[1]) <= 12 < int(parts[2]) <= 31:
        return Unreadable("not a date: the month seems to come first", mend)
    if parts or re.fullmatch(r"\d{4}-\d\d?-\d\d?", said):
        return Unreadable("not a date: the calendar has no such day", mend)
    return Unreadable("not a date", mend)


def _likely(found: datetime.date) -> str:
    if not 1000 <= found.year <= 2999:
        raise ValueError
    return found.isoformat()


def when(value: Any) -> str:
    """A date of which only the year, or year and month, may be known: 1998, 1998-05, 1998-05-02."""
    said = text(value)
    return said if _PART.fullmatch(said) else day(value)


def yes(value: Any) -> bool:
    """Y, Yes, TRUE, 1 ... or N, No, FALSE, 0 ..."""
    said = text(value).casefold()
    if said not in _TRUE | _FALSE:
        raise Unreadable("neither yes nor no", "Write Yes or No.")
    return said in _TRUE


def level(value: Any) -> int:
    """Who may see it, 0 to 4: hidden, steward, weaver, field or public. Yes or no is not enough."""
    said = text(value).casefold()
    found = NAMES.get(said, int(said) if said in {"0", "1", "2", "3", "4"} else None)
    if found is None:
        mend = f"Write one of {', '.join(NAMES)}, or let the mapping say what {said!r} stands for."
        raise Unreadable("not a level of consent or audience", mend)
    return found


def url(value: Any) -> str:
    """A web address, with http:// put before a bare one. An e-mail address is not one."""
    said = text(value).replace(" ", "")
    if EMAIL.search(said) and not re.match(r"https?://[^@]*/", said, re.I):
        raise Unreadable("an e-mail address where a web address should be", "Give the web address.")
    if not re.match("[a-z][a-z0-9+.-]*:", said, re.I) or _HOST.fullmatch(said):
        said = f"http://{said}"
    if not re.match("https?://", said, re.I) or not _HOST.fullmatch(
        re.split("//", said, maxsplit=1)[1]
    ):
        raise Unreadable("not a web address", "Write it as https://example.org.")
    return said


def rule(value: Any) -> str | None:
    """A regular expression by which texts about a theme are found; None for one that is empty."""
    from tieline.queries.themes.rules import BadRule, compiled, plain

    said = prose(value)
    if not plain(said):
        return None
    try:
        compiled(said)
    except BadRule as error:
        raise Unreadable(str(error), "Write one that RE2 reads, or leave it blank.") from None
    return said


def whole(low: int, high: int) -> Reader:
    """A whole number in [low, high]."""
    within = between(low, high)

    def read(value: Any) -> int:
        figure = within(value)
        if not float(figure).is_integer():
            raise Unreadable("not a whole number", f"Write a whole number, {low} to {high}.")
        return int(figure)

    return read


def one_of(words: Mapping[str, Any], what: str) -> Reader:
    """One of some words, in any case; what it stands for."""

    def read(value: Any) -> Any:
        said = text(value).casefold()
        if said not in words:
            raise Unreadable(f"not a {what} known here", f"Write one of: {', '.join(words)}.")
        return words[said]

    return read


def district(value: Any) -> str:
    """The outward half of a postcode: CV1 of CV1 2AB. The rest can point at a home: dropped."""
    found = re.fullmatch(r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})?", text(value).upper())
    if not found:
        raise Unreadable("not a postcode", "Write it as CV1 2AB.")
    return found[1]
