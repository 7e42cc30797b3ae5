"""Documents known beforehand: the saved operations, by the sha256 of their texts.

    python -m tieline.graphql.documents     the list, as JSON: sha256 to the operation's name

A client may send `extensions: { persistedQuery: { version: 1, sha256Hash } }` in the place of the
text, as Apollo's clients do. TIELINE_DOCUMENTS=saved answers these documents and no others.
"""

import hashlib
from functools import cache
from typing import Any

from tieline.errors import WrongUse
from tieline.graphql.operations import saved


class NotKnown(WrongUse):
    """In the words by which clients know that they have to send the text itself."""

    code = "PERSISTED_QUERY_NOT_FOUND"


class NotSaved(WrongUse):
    code = "DOCUMENT_NOT_SAVED"


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def known() -> dict[str, str]:
    """The names of the saved operations by their digests."""
    return {sha256(operation.text): name for name, operation in saved().items()}


def document(text: str | None, extensions: Any, saved_only: bool) -> str | None:
    """The document that is asked for, by its text or its digest.

    Raises:
        NotKnown: a digest of no saved operation.
        NotSaved: a text of none, where no other is answered.
    """
    if text is None and (asked := _digest(extensions)):
        if asked not in known():
            raise NotKnown("PersistedQueryNotFound")
        return str(saved()[known()[asked]].text)
    if text is not None and saved_only and sha256(text) not in known():
        raise NotSaved(
            "This service answers its saved operations only, to the letter: "
            "/graphiql/operations.json lists them."
        )
    return text


def _digest(extensions: Any) -> str | None:
    persisted = extensions.get("persistedQuery") if isinstance(extensions, dict) else None
    asked = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    return asked if isinstance(asked, str) else None


if __name__ == "__main__":
    import sys

    import orjson

    told = orjson.dumps(known(), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
    sys.stdout.write(told.decode() + "\n")
