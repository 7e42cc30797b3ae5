"""Where a page begins: the list, the sort key and the uid of the row beside it, as an opaque text.

What a cursor holds, whoever got it was shown: for all but stewards the key of a tie is its label
and the other's name, never a figure.
"""

import base64
import binascii

import orjson

from tieline.errors import WrongUse

FIRST = ("", "")  # stands before everything
LAST = ("\U0010ffff", "\U0010ffff")  # stands behind everything: no name has this letter
NUL = "\x00"  # the least letter


class BadCursor(WrongUse):
    code = "BAD_CURSOR"


def cursor(key: str, uid: str, of: str = "") -> str:
    """The cursor of the row with this sort key and uid, in this list."""
    return base64.urlsafe_b64encode(orjson.dumps([key, uid, of])).decode()


def start(text: str | None, of: str = "") -> tuple[str, str]:
    """The key and uid to begin beside; FIRST if there is no cursor.

    Raises:
        BadCursor: a text that `cursor` did not make, or made for another list.
    """
    if text is None:
        return FIRST
    try:
        match orjson.loads(base64.urlsafe_b64decode(text)):
            case [str(key), str(uid), str(made_for)] if made_for == of:
                return key, uid
    except (ValueError, binascii.Error):
        pass
    raise BadCursor(
        "This cursor is not one of this list: take it from pageInfo or from an edge of the same "
        "list in the same order."
    )


def including(at: tuple[str, str], descending: bool) -> tuple[str, str]:
    """From where the row of a cursor is itself still ahead: just behind it, or just before."""
    key, uid = at
    if descending:
        return key, uid + NUL
    if not uid or uid[-1] == NUL:
        return key, uid[:-1]
    letter = ord(uid[-1]) - 1
    letter = 0xD7FF if 0xD800 <= letter <= 0xDFFF else letter  # no letters stand there
    return key, uid[:-1] + chr(letter) + LAST[1]
