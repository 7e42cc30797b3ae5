"""Saying something to the graph: a saved mutation, its sentence on stdout."""

import sys
from typing import Any

import click
import orjson

from tieline.schema.consent import VIEWERS

Data = dict[str, Any]
AUDIENCES = ("hidden", "stewards", "weavers", "members", "anyone")


class As(click.ParamType[str]):
    """A level by its name, or person:ID."""

    name = "viewer"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return f"[{'|'.join(VIEWERS)}|person:ID]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value)
        if text in VIEWERS or (text.startswith("person:") and text != "person:"):
            return text
        self.fail(f"{text!r} is none of {', '.join(VIEWERS)} and person:ID.", param, ctx)


def data(operation: str, variables: Data, level: str) -> Data:
    """The saved operation's answer, as this viewer."""
    from tieline.cli.telling import telling
    from tieline.database.address import find
    from tieline.graphql.inprocess import answer
    from tieline.graphql.who import viewer_of

    address = find()
    viewer = viewer_of(address, level)
    with telling():
        return answer(address, viewer, operation, variables)


def say(operation: str, variables: Data, level: str, as_json: bool) -> None:
    """Do it, and print what came of it."""
    done = data(operation, variables, level)
    if as_json:
        sys.stdout.write(orjson.dumps(done, option=orjson.OPT_INDENT_2).decode() + "\n")
        return
    click.echo(next(iter(done.values()))["sentence"])


def given(**values: Any) -> Data:
    """Those that were given."""
    return {name: value for name, value in values.items() if value not in (None, (), [], {}, "")}
