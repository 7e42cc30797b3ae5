"""SKOS as Turtle: a vocabulary's words, how they lie in one another, what matches them elsewhere.

https://www.w3.org/TR/skos-reference/ and https://www.w3.org/TR/turtle/. Labels carry no language,
since none is kept. What is only for finding (hidden labels) is not written.
"""

from collections.abc import Iterator

from tieline.exports.vocabulary import BASE, PREDICATES, Row, Vocabulary, code, part, scheme_of

PREFIXES = """@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def write(held: Vocabulary, base: str = BASE, licence: str | None = None) -> str:
    """The whole file."""
    parts = [PREFIXES, _said(f"<{base}{part(held.scheme)}/>", _scheme(held, licence))]
    for theme in held.themes:
        parts.append(_said(_address(theme, base), _concept(held, theme, base)))
    return "\n".join(parts)


def _said(subject: str, pairs: Iterator[tuple[str, str]]) -> str:
    lines = [f"{verb} {what}" for verb, what in pairs]
    return f"{subject} " + " ;\n    ".join(lines) + " .\n"


def _scheme(held: Vocabulary, licence: str | None) -> Iterator[tuple[str, str]]:
    yield "a", "skos:ConceptScheme"
    yield "skos:prefLabel", _text(held.scheme)
    yield "dcterms:license", f"<{licence or held.licence}>"
    for source in held.sources:
        yield "dcterms:source", _text(source["title"] or source["slug"])


def _concept(held: Vocabulary, theme: Row, base: str) -> Iterator[tuple[str, str]]:
    yield "a", "skos:Concept"
    scheme = f"<{base}{part(held.scheme)}/>"
    yield "skos:inScheme", scheme
    yield "skos:prefLabel", _text(theme["label"])
    if theme["code"]:
        yield "skos:notation", _text(theme["code"])
    for word in theme["alt_labels"]:
        yield "skos:altLabel", _text(word)
    if theme["note"]:
        yield "skos:scopeNote", _text(theme["note"])
    for wider in theme["broader"]:
        yield "skos:broader", _address(wider, base)
    if not theme["broader"]:
        yield "skos:topConceptOf", scheme
    own = (held.scheme, theme["code"], theme["label"])
    for match in held.matches:
        subject = match["subject"]
        if match["predicate"] in PREDICATES and own == tuple(
            subject[name] for name in ("scheme", "code", "label")
        ):
            yield f"skos:{match['predicate']}", _address(match["object"], base)


def _address(theme: Row, base: str) -> str:
    return f"<{base}{scheme_of(theme)}/{code(theme)}>"


def _text(text: str) -> str:
    plain = "".join(_ESCAPES.get(c, c) for c in text)
    return '"' + "".join(c if c >= " " else f"\\u{ord(c):04X}" for c in plain) + '"'
