"""A vocabulary as it stands here, for whoever keeps vocabularies: read once, written in two forms.

held = await read(reader, "field-words")      what this viewer may see of it
sssom.write(held, base)                       what matches it elsewhere (SSSOM, TSV)
skos.write(held, base)                        its words (SKOS, Turtle)
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from tieline.database.reader import Reader
from tieline.errors import NotFound
from tieline.schema.records import OWN_WORD

BASE = "https://tieline.example/"  # ids are no addresses; whoever publishes them says where
LICENCES = {
    "cc0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "cc by 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "ogl": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
UNSAID = "https://w3id.org/sssom/license/unspecified"
PREDICATES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`themes` and `matches` as the statement gives them; `sources` are those one may name."""

    scheme: str
    themes: list[Row]
    matches: list[Row]
    sources: list[Row]

    @property
    def schemes(self) -> list[str]:
        """Every vocabulary that is spoken of."""
        ends = (match[side] for match in self.matches for side in ("subject", "object"))
        return sorted({self.scheme, *map(name_of, ends)})

    @property
    def licence(self) -> str:
        """The address of the one licence that all sources name, if they do and it is known."""
        named = {_address(source["licence"] or "") for source in self.sources}
        return named.pop() if len(named) == 1 else UNSAID

    @property
    def untold(self) -> int:
        """Matches of a sort that neither form knows."""
        return sum(match["predicate"] not in PREDICATES for match in self.matches)


async def read(reader: Reader, scheme: str) -> Vocabulary:
    """
    Raises:
        NotFound: no word of that vocabulary that the viewer may see.
    """
    found = await reader.pages("themes/vocabulary", scheme=scheme)
    if not found["themes"]:
        raise NotFound(
            f"There is no vocabulary {scheme!r} here. `tieline ask translate WORD` names "
            "those that have one; `tieline load relational-words` brings field-words."
        )
    sources = [each for each in found["sources"] if not each["slug"].startswith(OWN_WORD)]
    return Vocabulary(scheme, found["themes"], found["matches"], sources)


def _address(licence: str) -> str:
    plain = licence.casefold().replace("-", " ")
    if plain.startswith(("http://", "https://")):
        return licence
    kept = [address for name, address in LICENCES.items() if plain.startswith(name)]
    return kept[0] if kept and ";" not in plain else UNSAID


def code(theme: Row) -> str:
    """Its code in an id or an address: where it has none, its label in small letters."""
    return quote(str(theme["code"] or theme["label"].casefold()), safe="")


def name_of(theme: Row) -> str:
    """Its vocabulary's name; words of none are of one without a name."""
    return str(theme["scheme"] or "words")


def scheme_of(theme: Row) -> str:
    return part(name_of(theme))


def part(text: str) -> str:
    """A vocabulary's name as a part of an address: it may hold any sign."""
    return quote(text, safe="")
