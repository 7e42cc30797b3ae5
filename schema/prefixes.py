"""Vocabularies' names as prefixes of ids (CURIEs), which may hold few signs.

    prefixes(["uk-cat", "our words"])    {"uk-cat": "uk-cat", "our words": "our_words_6e2f0581"}
    named("our_words_6e2f0581", "https://tieline.example/our%20words/")    "our words"

A name that is a prefix already stays, unless another differs from it by capitals alone. Any other
becomes its letters and a digest of it: known again by what the prefix map says it stands for.
A prefix begins with a letter, holds letters, digits, `_`, `-` and `.`, and does not end with a dot:
what the readers of SSSOM, Turtle and SPARQL all take. https://www.w3.org/TR/turtle/#grammar-production-PN_PREFIX
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from urllib.parse import unquote

# Those the standard declares itself, our own, and what begins an address.
TAKEN = {"owl", "rdf", "rdfs", "semapv", "skos", "sssom", "vocabulary", "xsd", "linkml"}
TAKEN |= {"http", "https", "urn", "mailto"}
TAKEN |= {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}  # no texts to YAML
LONGEST = 40  # letters of a name that are told beside its digest
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_DIGESTED = re.compile(r".*_[0-9a-f]{8}")


def prefixes(names: Iterable[str]) -> dict[str, str]:
    """A prefix for each name, no two alike: also to readers for whom small letters and capitals
    are one."""
    wanted = set(names)
    alike = Counter(name.casefold() for name in wanted)
    return {
        name: name if plain(name) and alike[name.casefold()] == 1 else digested(name)
        for name in sorted(wanted)
    }


def plain(name: str) -> bool:
    """Whether a name is a prefix as it is, and would not be taken for another."""
    fits = _PLAIN.fullmatch(name) and not _DIGESTED.fullmatch(name)
    return bool(fits) and name.casefold() not in TAKEN


def digested(name: str) -> str:
    """Its letters and digits as far as they are ASCII, and a digest of it to the letter."""
    ascii = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    letters = re.sub(r"[^A-Za-z0-9]+", "_", ascii).strip("_")[:LONGEST].rstrip("_")
    begin = letters if letters[:1].isalpha() else f"v_{letters}".rstrip("_")
    return f"{begin}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def named(prefix: str, address: str) -> str:
    """The name a prefix was made of, by the address it stands for; another's prefix is a name."""
    name = unquote(address.rstrip("/#").rpartition("/")[2])
    return name if name and prefix == digested(name) else prefix
