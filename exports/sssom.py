"""SSSOM as a table of tabs: what matches a vocabulary elsewhere, and where there is no word for it.

https://mapping-commons.github.io/sssom/; `tieline load` reads it back: of a vocabulary
whose name is no prefix too (schema/prefixes.py).
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tieline.exports.vocabulary import BASE, PREDICATES, Row, Vocabulary, code, name_of, part
from tieline.schema.prefixes import prefixes

COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "object_source",
    "mapping_justification", "author_label", "mapping_date", "confidence", "comment",
)  # fmt: skip
UNSAID = "semapv:UnspecifiedMatching"


def write(held: Vocabulary, base: str = BASE, licence: str | None = None) -> str:
    """The whole file."""
    known = prefixes(held.schemes)
    lines = [*_block(held, known, base, licence), "\t".join(COLUMNS)]
    lines += ["\t".join(_cell(row.get(name)) for name in COLUMNS) for row in _rows(held, known)]
    return "".join(f"{line}\n" for line in lines)


def _block(
    held: Vocabulary, known: Mapping[str, str], base: str, licence: str | None
) -> Iterator[str]:
    yield f"#mapping_set_id: {base}mappings/{part(held.scheme)}"
    yield f"#mapping_set_title: {_quoted(f'{held.scheme}: what matches it in other vocabularies')}"
    yield f"#license: {licence or held.licence}"
    titles = "; ".join(source["title"] or source["slug"] for source in held.sources)
    if titles:
        yield f"#comment: {_quoted(f'As said by: {titles}')}"
    yield "#curie_map:"
    for scheme, prefix in known.items():
        yield f"#  {prefix}: {base}{part(scheme)}/"
    yield f"#  vocabulary: {base}vocabularies/"


def _rows(held: Vocabulary, known: Mapping[str, str]) -> Iterator[Row]:
    for match in held.matches:
        if match["predicate"] in PREDICATES:
            yield {
                **_end("subject", match["subject"], known),
                **_end("object", match["object"], known),
                "predicate_id": f"skos:{match['predicate']}",
                "mapping_justification": match["justification"] or UNSAID,
                "author_label": match["by"],
                "mapping_date": match["at"],
                "confidence": match["confidence"],
                "comment": match["comment"],
            }
    for theme in held.themes:
        for scheme in theme["no_word_in"]:
            yield {
                **_end("subject", theme, known),
                "predicate_id": "skos:exactMatch",
                "object_id": "sssom:NoTermFound",
                "object_source": f"vocabulary:{part(scheme)}",
                "mapping_justification": UNSAID,
            }


def _end(side: str, theme: Row, known: Mapping[str, str]) -> Row:
    id = f"{known[name_of(theme)]}:{code(theme)}"
    return {f"{side}_id": id, f"{side}_label": theme["label"]}


def _cell(value: Any) -> str:
    """In a table of tabs no cell holds one, nor a new line."""
    if value is None:
        return ""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    text = " ".join(text.split())
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if '"' in text else text


def _quoted(text: str) -> str:
    """A text as YAML takes it, in one line and without what no YAML file may hold."""
    plain = "".join(c for c in " ".join(text.split()) if c.isprintable())
    return json.dumps(plain, ensure_ascii=False)
