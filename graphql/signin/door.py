"""Who is asking: whoever a bearer token names; without one, as whom the service answers anyone."""

import asyncio
import ipaddress
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tieline.errors import TielineError
from tieline.graphql.signin.issued import Issued
from tieline.graphql.signin.tokens import BEGINS, WRITE, Token, Tokens
from tieline.schema.consent import Viewer


class Stranger(TielineError):
    """The same words whatever is wrong: why is not for whoever found or made up a token."""

    code = "UNAUTHENTICATED"


REFUSED = (
    "This sign-in opens nothing here: it may have run out or been taken back. Ask whoever gave it "
    "to you for another, or leave the Authorization header away to see what anyone may."
)


PATIENT = 4  # who wait for an issuer at once; they keep nobody else from signing in


@dataclass(frozen=True, slots=True)
class Visitor:
    """`counted`: by what their requests are counted; None: they are not. `writes`: they may."""

    viewer: Viewer
    counted: str | None
    writes: bool = True


class Door:
    """`anyone`: as whom those are answered who do not say who they are."""

    def __init__(self, anyone: Viewer, tokens: Tokens, issued: Issued | None) -> None:
        self.anyone, self._tokens, self._issued = anyone, tokens, issued
        self._patient = ThreadPoolExecutor(PATIENT, "tieline sign-in")

    async def visitor(self, said: Sequence[str], address: str | None) -> Visitor:
        """`said`: the Authorization headers; `address`: where the request comes from.

        Raises:
            Stranger: they say who they are, and nobody can tell that it is so.
        """
        if not said:
            return Visitor(self.anyone, place(address))
        scheme, _, text = said[0].strip().partition(" ")
        found = None
        if len(said) == 1 and scheme.lower() == "bearer":
            found = await self._aside(text.strip())
        if found is None:
            raise Stranger(REFUSED)
        return found

    async def _aside(self, text: str) -> Visitor | None:
        if text.startswith(BEGINS) and (token := self._tokens.at_hand(text)):
            return _visitor(token)
        waits = self._issued is not None and not self._issued.at_hand(text)
        waits = waits and not text.startswith(BEGINS)
        pool = self._patient if waits else None
        return await asyncio.get_running_loop().run_in_executor(pool, self._known, text)

    def _known(self, text: str) -> Visitor | None:
        if text.startswith(BEGINS):
            token = self._tokens.known(text)
            return _visitor(token) if token else None
        named = self._issued.known(text) if self._issued and text.count(".") == 2 else None
        return Visitor(named.viewer, named.counted) if named else None


def _visitor(token: Token) -> Visitor:
    return Visitor(token.viewer, f"token {token.id}", token.scope == WRITE)


def place(address: str | None) -> str | None:
    """By what those are counted who do not say who they are: their address, of IPv6 the network.

    This machine's own are not: nobody else is held up by them.
    """
    try:
        found = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return "nowhere"
    mapped = getattr(found, "ipv4_mapped", None) or found
    if mapped.is_loopback:
        return None
    if mapped.version == 6:
        return str(ipaddress.ip_network((mapped, 64), strict=False).network_address)
    return str(mapped)
