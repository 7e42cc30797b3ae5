"""tieline ask: the weavers' questions on the terminal, answered by the saved operations."""

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import click
import orjson

from tieline.cli.drafting import drafted
from tieline.cli.saying import As, say
from tieline.cli.saying import data as told
from tieline.errors import NotFound

Data = dict[str, Any]
DAY = click.DateTime(["%Y-%m-%d"])
DAY = click.DateTime(["%Y-%m-%d"])


def shared(function: Callable[..., Any]) -> Callable[..., Any]:
    """--as and --json, which every question takes."""
    level = click.option(
        "--as",
        "level",
        type=As(),
        default="steward",
        show_default=True,
        help="Answer as to this viewer.",
    )
    json = click.option("--json", "as_json", is_flag=True, help="The answer's data alone, as JSON.")
    return level(json(function))


def scoped(function: Callable[..., Any]) -> Callable[..., Any]:
    """The part of the field that is asked about; `scope_of` reads it."""
    options = [
        click.option("--place", help="There or in a place within it."),
        click.option("--theme", help="On this theme or on a narrower one."),
        click.option("--network", help="Members of this network."),
        click.option(
            "--label",
            type=click.Choice(["thin", "middling", "thick"]),
            help="Ties at least so thick; else all of which anything is known.",
        ),
        click.option("--on", type=DAY, help="Ties as they were on this day, such as 2026-01-31."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


def scope_of(said: Mapping[str, str | datetime | None]) -> Data | None:
    label, day = said["label"], said["on"]
    others = {name: said[name] for name in ("place", "theme", "network")}
    more = {
        "label": str(label).upper() if label else None,
        "on": day.date().isoformat() if isinstance(day, datetime) else None,
    }
    return given_of(others | more)


@click.group(name="ask")
def command() -> None:
    """Who can connect me, what holds this field together, who already does this.

    FROM, TO and other names take a uid, a handle, a global id, or a name that only one carries.

    \b
    Examples:
      tieline ask search tea
      tieline ask pathways "Amara Thistlewood" "Joss Penhallow-Reed"
    """


@command.command()
@click.argument("start", metavar="FROM")
@click.argument("to", metavar="TO", required=False)
@click.option("--hops", default=4, show_default=True, help="At most so many steps, 1 to 4.")
@click.option("--routes", default=3, show_default=True, help="How many routes, 1 to 10.")
@click.option("--person-in", is_flag=True, help="Any visible person in the organisation TO.")
@click.option("--theme", help="Instead of TO: anyone who works on this theme ...")
@click.option("--place", help="... in this place.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Of an earlier day, such as 2026-01-31: what was dated later is left out.",
)
@shared
def pathways(
    start: str,
    to: str | None,
    hops: int,
    routes: int,
    person_in: bool,
    theme: str | None,
    place: str | None,
    as_of: datetime | None,
    level: str,
    as_json: bool,
) -> None:
    """Who can connect FROM with TO?

    \b
    Examples:
      tieline ask pathways "Amara Thistlewood" "Joss Penhallow-Reed" --routes 2
      tieline ask pathways "Amara Thistlewood" --theme "Food" --place Leeds
      tieline ask pathways "Amara Thistlewood" "Joss Penhallow-Reed" --as-of 2025-06-30
    """
    if (to is None) == (theme is None):
        raise click.UsageError("Say whom to reach: TO, or --theme (and --place). One of the two.")
    day = as_of and as_of.date().isoformat()
    given: Data = {"from": start, "hops": hops, "routes": routes, "asOf": day}
    if to is None:
        put("pathways-theme", given | {"theme": theme, "place": place}, level, as_json)
    else:
        put("pathways", given | {"to": to, "personIn": person_in}, level, as_json)


@command.command()
@click.argument("start", metavar="FROM")
@click.argument("to")
@click.option("--person-in", is_flag=True, help="Any visible person in the organisation TO.")
@click.option("--first", default=5, show_default=True, help="How many to show, 1 to 20.")
@shared
def introducers(
    start: str, to: str, person_in: bool, first: int, level: str, as_json: bool
) -> None:
    """Whom does FROM, of their own ties, ask first on the way to TO?

    \b
    Examples:
      tieline ask introducers "Amara Thistlewood" "Joss Penhallow-Reed" --first 3
    """
    given = {"from": start, "to": to, "personIn": person_in, "first": first}
    put("introducers", given, level, as_json)


@command.command()
@click.argument("start", metavar="FROM")
@click.argument("to")
@click.option("--through", multiple=True, help="A go-between, in order; else the best route's.")
@click.option("--sent", is_flag=True, help="It was sent: note that the first of them was asked.")
@shared
def introduce(
    start: str, to: str, through: tuple[str, ...], sent: bool, level: str, as_json: bool
) -> None:
    """A few sentences that FROM could send to the first go-between on the way to TO.

    Put them in your own words. Nothing is kept, but with --sent: then it counts as a request made
    of them, and whoever is asked a lot is found less often.

    \b
    Examples:
      tieline ask introduce "Amara Thistlewood" "Joss Penhallow-Reed"
    """
    route = [start, *through, to] if through else best_route(start, to, level)
    if sent:
        say("record-ask", {"input": {"of": route[1], "from": start, "to": to}}, level, as_json)
    else:
        put("introduce", {"route": route}, level, as_json)


def best_route(start: str, to: str, level: str) -> list[str]:
    """The uids of the best route that has a go-between.

    Raises:
        NotFound: there is none.
    """
    found = told("introducers", {"from": start, "to": to, "first": 1}, level)["introducers"]
    if not found["introducers"]:
        raise NotFound(f"{found['note']} `tieline ask pathways` says what is missing.")
    hops = found["introducers"][0]["route"]["hops"]
    asks = hops[0]["from"]  # none, where it is the viewer and members may not see them
    return [asks["uid"] if asks else "me", *(hop["to"]["uid"] for hop in hops)]


@command.command()
@scoped
@click.option("--since", type=DAY, help="Say what has changed since this earlier day.")
@click.option("--first", default=10, show_default=True, help="How many to show.")
@shared
def bridges(
    since: datetime | None, first: int, level: str, as_json: bool, **scope: str | datetime | None
) -> None:
    """What holds this field together?

    \b
    Examples:
      tieline ask bridges --first 3
      tieline ask bridges --place Coventry --as anonymous
      tieline ask bridges --since 2025-06-30
      tieline ask bridges --label middling --on 2025-06-30
    """
    given: Data = {"first": first, "scope": scope_of(scope)}
    put("bridges", given | ({"since": since.date().isoformat()} if since else {}), level, as_json)


@command.command()
@scoped
@click.option("--place-kind", help="Read places as areas of this kind: region, ward ...")
@click.option("--first", default=10, show_default=True, help="How many to show.")
@shared
def brokers(
    place_kind: str | None, first: int, level: str, as_json: bool, **scope: str | datetime | None
) -> None:
    """Who stands between others, and do ties lead across?

    By how much they join; within that by name, for stewards the least constrained first.

    \b
    Examples:
      tieline ask brokers --first 5
      tieline ask brokers --place Coventry --as member
    """
    given: Data = {"first": first, "scope": scope_of(scope), "placeKind": place_kind}
    put("brokers", given, level, as_json)


@command.command()
@click.option(
    "--kind",
    type=click.Choice(["same-record", "parallel-effort"]),
    default="parallel-effort",
    show_default=True,
    help="Here twice, or two efforts for one purpose.",
)
@click.option("--place", help="There or in a place within it.")
@click.option("--theme", help="On this theme or on a narrower one.")
@click.option("--first", default=10, show_default=True, help="How many to show.")
@shared
def duplicates(
    kind: str, place: str | None, theme: str | None, first: int, level: str, as_json: bool
) -> None:
    """Who already does this, or is here twice?

    \b
    Examples:
      tieline ask duplicates --first 3
      tieline ask duplicates --kind same-record --json
    """
    scope = given_of({"place": place, "theme": theme})
    word = kind.upper().replace("-", "_")
    put("duplicates", {"kind": word, "first": first, "scope": scope}, level, as_json)


@command.command()
@click.argument("name", nargs=-1, required=True)
@click.option("--first", default=3, show_default=True, help="Lines of each part, 1 to 20.")
@shared
def fit(name: tuple[str, ...], first: int, level: str, as_json: bool) -> None:
    """Where does NAME fit: allies, support, projects, parallel effort, lessons, gaps near them?

    \b
    Examples:
      tieline ask fit Ninepin House --first 2
      tieline ask fit me --as person:"Amara Thistlewood"
    """
    put("fit", {"actor": " ".join(name), "first": first}, level, as_json)


@command.command()
@click.option("--place", help="There or in a place within it.")
@click.option("--theme", help="On this theme or on a narrower one.")
@click.option("--network", help="What members of this network do.")
@click.option("--first", default=10, show_default=True, help="How many to show.")
@shared
def gaps(
    place: str | None,
    theme: str | None,
    network: str | None,
    first: int,
    level: str,
    as_json: bool,
) -> None:
    """Where would effort matter most? Themes by places, as recorded.

    \b
    Examples:
      tieline ask gaps --place "West Midlands" --first 3
      tieline ask gaps --theme belonging --as anonymous
    """
    scope = given_of({"place": place, "theme": theme, "network": network})
    put("gaps", {"first": first, "scope": scope}, level, as_json)


@command.command()
@click.argument("words", nargs=-1)
@click.option("--theme", help="On this theme or on a narrower one.")
@click.option("--place", help="There or in a place within it.")
@click.option("--first", default=10, show_default=True, help="How many to show.")
@shared
def lessons(
    words: tuple[str, ...],
    theme: str | None,
    place: str | None,
    first: int,
    level: str,
    as_json: bool,
) -> None:
    """What was learnt, by whoever did this before? Of all of them without WORDS.

    \b
    Examples:
      tieline ask lessons cook --first 3
      tieline ask lessons --theme "eating together" --place England
    """
    given: Data = {"text": " ".join(words) or None, "theme": theme, "place": place}
    put("lessons", given | {"first": first}, level, as_json)


@command.command()
@click.argument("title", required=False)
@click.option("--description", help="What it does.")
@click.option("--theme", "themes", multiple=True, help="It works on this; may be repeated.")
@click.option("--place", "places", multiple=True, help="It works there; may be repeated.")
@click.option("--start", type=DAY, help="Its first day, such as 2026-10-01.")
@click.option("--end", type=DAY, help="Its last day, as planned.")
@click.option("--lead", help="Who would lead it.")
@click.option("--first", default=5, show_default=True, help="How many of each to show.")
@shared
def similar(title: str | None, first: int, level: str, as_json: bool, **said: Any) -> None:
    """Who does this already? Before TITLE is added: allies, what was tried, what was learnt.

    \b
    Examples:
      tieline ask similar "Tea at Four" --place Glasgow --theme befriending
      tieline ask similar --description "a weekly lunch for older people" --as member
    """
    put("similar", {"draft": drafted(title=title, **said), "first": first}, level, as_json)


@command.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--first", default=20, show_default=True, help="How many to show.")
@shared
def search(text: tuple[str, ...], first: int, level: str, as_json: bool) -> None:
    """Where do I find this person, organisation, project, place or theme?

    \b
    Examples:
      tieline ask search tea
      tieline ask search candlewick commons --first 5
    """
    put("search", {"text": " ".join(text), "first": first}, level, as_json)


@command.command()
@click.argument("term", nargs=-1, required=True)
@shared
def translate(term: tuple[str, ...], level: str, as_json: bool) -> None:
    """What do others call this? Every vocabulary's word for TERM.

    \b
    Examples:
      tieline ask translate befriending
    """
    put("translate", {"term": " ".join(term)}, level, as_json)


@command.command()
@click.option("--first", default=20, show_default=True, help="How many to show.")
@shared
def untranslated(first: int, level: str, as_json: bool) -> None:
    """What do people work on, or say, that no vocabulary has a word for?

    \b
    Examples:
      tieline ask untranslated --first 10
    """
    put("untranslated", {"first": first}, level, as_json)


def given_of(scope: Data) -> Data | None:
    return {name: value for name, value in scope.items() if value} or None


def put(operation: str, variables: Data, level: str, as_json: bool) -> None:
    """Execute a saved operation and print its data, as a table or as it is."""
    data = told(operation, variables, level)
    if as_json:
        sys.stdout.write(orjson.dumps(data, option=orjson.OPT_INDENT_2).decode() + "\n")
        return
    from tieline.cli.tables import show

    show(data)
