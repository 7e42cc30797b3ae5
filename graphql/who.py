"""As whom something is asked: a level by its name, or `person:ID`, until there is a sign-in."""

import asyncio

from tieline.database.address import Address
from tieline.database.reader import Reader, open_driver
from tieline.errors import WrongUse
from tieline.queries.resolve.find import find
from tieline.schema.consent import FIELD, STEWARD, VIEWERS, Viewer

PERSON = "person:"
SECONDS = 60.0


def understood(text: str) -> str:
    """
    Raises:
        WrongUse: neither a level nor a person.
    """
    if text in VIEWERS or (text.startswith(PERSON) and text.removeprefix(PERSON).strip()):
        return text
    raise WrongUse(f"{text!r} is nobody: say one of {', '.join(VIEWERS)}, or person:ID.")


def level_of(text: str) -> int:
    """A person sees what members see, and their own."""
    return VIEWERS.get(understood(text), FIELD)


def viewer_of(address: Address, text: str) -> Viewer:
    """The viewer of this name.

    Raises:
        WrongUse: neither a level nor a person.
        NotFound, Ambiguous: nobody, or several, of this id or name.
    """
    if not understood(text).startswith(PERSON):
        return Viewer(VIEWERS[text])
    return asyncio.run(_person(address, text.removeprefix(PERSON).strip()))


async def _person(address: Address, text: str) -> Viewer:
    """Looked for as a steward does: whoever starts the command stands before the whole map."""
    async with open_driver(address) as driver:
        reader = Reader(driver, address.database, Viewer(STEWARD), seconds=SECONDS)
        hidden = await reader.rows("ties/me", me=text)
        return Viewer(FIELD, text if hidden else await find(reader, text, ["person"]))
