"""Where a page begins: the sort key and the uid of the row before it, as an opaque text."""

import base64
import binascii

import orjson

from tieline.errors import WrongUse

START = ("", "")


class BadCursor(WrongUse):
    code = "BAD_CURSOR"


def cursor(key: str, uid: str) -> str:
    """The cursor of the row with this sort key and uid."""
    return base64.urlsafe_b64encode(orjson.dumps([key, uid])).decode()


def start(after: str | None) -> tuple[str, str]:
    """The key and uid to begin behind.

    Raises:
        BadCursor: a text that `cursor` did not make.
    """
    if after is None:
        return START
    try:
        match orjson.loads(base64.urlsafe_b64decode(after)):
            case [str(key), str(uid)]:
                return key, uid
    except (ValueError, binascii.Error):
        pass
    raise BadCursor("This cursor is not one of ours: take it from pageInfo or from an edge.")
