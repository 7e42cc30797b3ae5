"""SSSOM as a table of tabs: what matches a vocabulary elsewhere, and where there is no word for it.

https://mapping-commons.github.io/sssom/; `tieline load` reads it back.
"""

from collections.abc import Iterator
from typing import Any

from tieline.exports.vocabulary import BASE, PREDICATES, Row, Vocabulary, code, scheme_of

COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "object_source",
    "mapping_justification", "author_label", "mapping_date", "confidence", "comment",
)  # fmt: skip
UNSAID = "semapv:UnspecifiedMatching"


def write(held: Vocabulary, base: str = BASE, licence: str | None = None) -> str:
    """The whole file."""
    lines = [*_block(held, base, licence), "\t".join(COLUMNS)]
    lines += ["\t".join(_cell(row.get(name)) for name in COLUMNS) for row in _rows(held)]
    return "".join(f"{line}\n" for line in lines)


def _block(held: Vocabulary, base: str, licence: str | None) -> Iterator[str]:
    yield f"#mapping_set_id: {base}mappings/{held.scheme}"
    yield f'#mapping_set_title: "{_bare(held.scheme)}: what matches it in other vocabularies"'
    yield f"#license: {licence or held.licence}"
    titles = "; ".join(_bare(source["title"] or source["slug"]) for source in held.sources)
    if titles:
        yield f'#comment: "As said by: {titles}"'
    yield "#curie_map:"
    for scheme in held.schemes:
        yield f"#  {scheme}: {base}{scheme}/"
    yield f"#  vocabulary: {base}vocabularies/"


def _rows(held: Vocabulary) -> Iterator[Row]:
    for match in held.matches:
        if match["predicate"] in PREDICATES:
            yield {
                **_end("subject", match["subject"]),
                **_end("object", match["object"]),
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
                **_end("subject", theme),
                "predicate_id": "skos:exactMatch",
                "object_id": "sssom:NoTermFound",
                "object_source": f"vocabulary:{scheme}",
                "mapping_justification": UNSAID,
            }


def _end(side: str, theme: Row) -> Row:
    known = f"{scheme_of(theme)}:{code(theme)}"
    return {f"{side}_id": known, f"{side}_label": theme["label"]}


def _cell(value: Any) -> str:
    """In a table of tabs no cell holds one, nor a new line."""
    if value is None:
        return ""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    text = " ".join(text.split())
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if '"' in text else text


def _bare(text: str) -> str:
    return " ".join(text.replace('"', "'").split())
