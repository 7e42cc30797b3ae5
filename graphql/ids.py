"""Relay's global ids over our uids: base64("Person:p-0123..."). A uid carries its kind already."""

import base64
import binascii

KINDS = ("Person", "Organisation", "Project", "Place", "Theme", "Tie", "Source", "Load", "Record")


def global_id(kind: str, uid: str) -> str:
    """The id a GraphQL client sees."""
    return base64.b64encode(f"{kind}:{uid}".encode()).decode()


def local(text: str) -> str:
    """The uid in a global id; any other text (a uid, a handle, a slug) stays as it is."""
    try:
        kind, _, uid = base64.b64decode(text, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return text
    return uid if kind in KINDS and uid else text
