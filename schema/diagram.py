"""The model as people read it, drawn from the classes: tables, a Mermaid diagram, JSON.

`docs/model.md` holds `mermaid()` and `tables()` between markers; a test compares. To bring it up
to date: python -m tieline.schema.diagram docs/model.md
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tieline.schema.declared import NODES
from tieline.schema.relationships import CLASSES, VERBS, Verb, properties

_TYPES = {
    "StringProperty": "text", "DateProperty": "date", "IntegerProperty": "whole number",
    "FloatProperty": "number", "BooleanProperty": "yes or no", "ArrayProperty": "list",
    "Location": "point",
}  # fmt: skip
_DRAWN = ("Person", "Organisation", "Project", "Place", "Theme", "Record", "Identifier")


def model() -> dict[str, Any]:
    """{"things": {label: {...}}, "verbs": {name: {...}}} for programs."""
    things = {cls.__label__: {"what": _what(cls), "properties": _rows(cls)} for cls in NODES}
    verbs = {
        verb.name: {
            "from": list(verb.starts),
            "to": list(verb.ends),
            "sentence": verb.sentence,
            "properties": _rows(verb.model) if verb.model else [],
        }
        for verb in _verbs()
    }
    return {"things": things, "verbs": verbs}


def tables() -> str:
    """Markdown: a table for each label, then the verbs, then what each verb carries."""
    parts = [_thing(cls) for cls in NODES]
    rows = [f"| `{v.name}` | {_ends(v.starts)} | {_ends(v.ends)} | {_read(v)} |" for v in _verbs()]
    heads = ["### Verbs\n", "| verb | from | to | reads |", "|---|---|---|---|"]
    parts.append("\n".join(heads + rows))
    for held in dict.fromkeys(v.model for v in _verbs() if v.model):
        names = ", ".join(f"`{v.name}`" for v in _verbs() if v.model is held)
        parts.append(f"### Carried by {names}\n\n{_table(_rows(held))}")
    return "\n\n".join(parts)


def mermaid() -> str:
    """A class diagram of things and verbs."""
    lines = ["classDiagram", "direction LR"]
    for cls in NODES:
        if cls.__label__ in _DRAWN:
            names = [row["property"] for row in _rows(cls)]
            lines += [f"class {cls.__label__} {{", *(f"  {name}" for name in names), "}"]
    lines += ["class Actor", "Actor <|-- Person", "Actor <|-- Organisation"]
    for verb in _verbs():
        lines += [f"{a} --> {b} : {verb.name}" for a, b in _arrows(verb)]
    return "\n".join(lines)


def _verbs() -> list[Verb]:
    return list(VERBS.values())


def _arrows(verb: Verb) -> Iterator[tuple[str, str]]:
    for start in _classes(verb.starts):
        for end in _classes(verb.ends):
            yield start, end


def _classes(kinds: tuple[str, ...]) -> list[str]:
    """Class names; a person and an organisation together are an actor."""
    if {"person", "organisation"} <= set(kinds):
        kinds = ("actor", *(k for k in kinds if k not in ("person", "organisation")))
    return [CLASSES[kind] for kind in kinds]


def _what(cls: Any) -> str:
    return " ".join(str(cls.__doc__).split())


def _rows(cls: Any) -> list[dict[str, str]]:
    return [
        {
            "property": name,
            "type": _TYPES[type(held).__name__],
            "kept": "unique" if held.unique_index else "indexed" if held.index else "",
            "what": str(held.help_text),
        }
        for name, held in properties(cls).items()
    ]


def _table(rows: list[dict[str, str]]) -> str:
    lines = [f"| `{r['property']}` | {r['type']} | {r['kept']} | {r['what']} |" for r in rows]
    return "\n".join(["| property | type | | what it is |", "|---|---|---|---|", *lines])


def _thing(cls: Any) -> str:
    labels = [*cls.inherited_labels()[1:], *cls.__optional_labels__]
    also = f" Also `{'`, `'.join(labels)}`." if labels else ""
    return f"### {cls.__label__}\n\n{_what(cls)}{also}\n\n{_table(_rows(cls))}"


def _ends(kinds: tuple[str, ...]) -> str:
    return ", ".join(kinds)


def _read(verb: Verb) -> str:
    return verb.told("A", "B")


def drawn(page: str) -> str:
    """The page with what stands between its markers drawn anew."""
    for name, text in (("diagram", f"```mermaid\n{mermaid()}\n```"), ("tables", tables())):
        head, found, rest = page.partition(f"<!-- {name} -->\n")
        tail = rest.partition(f"\n<!-- end of {name} -->")
        page = head + found + text + tail[1] + tail[2]
    return page


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(drawn(path.read_text("utf-8")), "utf-8")
