"""What a format is, and what several of them need: items of JSON, text of XML, cells of tables."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar
from xml.sax.saxutils import escape

from tieline.exports.drawn import About, Thing, Tie

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TOUCHED = re.compile('[&<>"\0-\x1f\ud800-\udfff\ufffe\uffff]')  # all that is not left as it is
# ... the last four as an Asian keyboard writes them
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_QUOTED = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
BETWEEN = "|"  # of several values in one cell or one GraphML value


class Form(ABC):
    """A file in one format. Each part is written once, in the order of the methods."""

    suffix: ClassVar[str]
    media: ClassVar[str]
    placed: ClassVar[bool] = False  # whether it says where everybody stands

    def __init__(self, about: About) -> None:
        self.about = about

    @abstractmethod
    def head(self) -> bytes: ...

    @abstractmethod
    def things(self, page: Sequence[Thing]) -> bytes: ...

    @abstractmethod
    def middle(self) -> bytes: ...

    @abstractmethod
    def ties(self, page: Sequence[Tie]) -> bytes: ...

    @abstractmethod
    def tail(self) -> bytes: ...


class Items:
    """Items of a JSON list or object, some at a time, with commas between."""

    def __init__(self) -> None:
        self._begun = False

    def more(self, items: Iterable[bytes]) -> bytes:
        text = b",\n".join(items)
        before, self._begun = self._begun, self._begun or bool(text)
        return b",\n" + text if text and before else text


def xml(text: str) -> str:
    """Between tags, or in double quotes. What XML 1.0 has no way to say is left out."""
    return escape(_NO_XML.sub("", text), _QUOTED) if _TOUCHED.search(text) else text


def cell(value: Any) -> str:
    """What a spreadsheet may open: text that it would run as a formula begins with a '."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return cell(joined(value))
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def joined(values: Iterable[str]) -> str:
    """Several values as one: what parts them is no part of any."""
    return BETWEEN.join(value.replace(BETWEEN, "/") for value in values)
