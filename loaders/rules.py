"""Rules by which a source's owner lets its organisations be joined without a person's judgement.

`same_when = ["number-and-name"]` in source.toml gives every organisation of the source one more
identifier, made of what the rule compares; it joins those that carry it too, and so only records of
sources that switched the same rule on. What contradicts stays apart, as with any identifier, and a
withdrawal or a change of the switch (load the file again) takes the join back.

number-and-name   the same digits in whichever register (GB-CHC-212481, GB-COH-00212481), and the
                  same name, legal form aside
web-and-name      the same web address but for its path, and the same name
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tieline.queries.duplicates.same import REGISTERS, plain
from tieline.schema.identifiers import LONGEST, scheme

NUMBER_AND_NAME, WEB_AND_NAME = "number-and-name", "web-and-name"
RULES = (NUMBER_AND_NAME, WEB_AND_NAME)


def ruled(
    rules: Sequence[str], kind: str, fields: Mapping[str, Any], ids: Sequence[str]
) -> list[str]:
    """The identifiers that the rules add to a record's own."""
    name = plain(str(fields.get("name") or ""))
    if kind != "organisation" or not rules or not name:
        return []
    found = []
    if NUMBER_AND_NAME in rules:
        found += [f"{NUMBER_AND_NAME}-{digits}-{name}" for digits in sorted(_digits(ids))]
    if WEB_AND_NAME in rules and (host := _host(str(fields.get("url") or ""))):
        found.append(f"{WEB_AND_NAME}-{host}-{name}")
    return [f"rule-{each}"[:LONGEST] for each in found]


def _digits(ids: Sequence[str]) -> set[str]:
    held = [id.removeprefix(scheme(id)) for id in ids if scheme(id) in REGISTERS]
    return {re.sub(r"\D", "", each).lstrip("0") for each in held} - {""}


def _host(url: str) -> str:
    return re.sub(r"^([a-z]+://)?(www\.)?([^/?#]*).*$", r"\3", url.strip().lower())
