"""The model in the database: constraints and indexes, migrations, the graph's date.

    install(graph)   what was newly installed, in words; [] if all was there (one quick look)
    check(graph)     what is missing, in words

neomodel makes what its classes declare; schema/migrations/*.cypher make the rest, in order, once,
each recorded with a checksum. A recorded migration that has since been edited is refused.
"""

from collections.abc import Iterator, Sequence

from neo4j import GraphDatabase, ManagedTransaction
from neo4j.exceptions import ClientError

from tieline.database.driver import mended, options
from tieline.database.graph import Graph
from tieline.errors import LoadProblem
from tieline.schema.declared import Migration, Wanted, migrations, statements, wanted
from tieline.settings import settings

ATTEMPTS = 3  # when another process installs at the same moment


def install(graph: Graph) -> list[str]:
    """Bring the database to the model.

    Raises:
        LoadProblem: a past migration was edited, or is of a newer Tieline.
    """
    missing, pending, began = _lacking(graph)
    if missing or pending:
        _make(graph, missing, pending)
    if not began:
        graph.write(lambda steps: steps.run("schema/begin", as_of=settings().today.isoformat()))
    return _told(missing, pending, began)


def check(graph: Graph) -> list[str]:
    """What `install` would bring. Raises as it does."""
    return _told(*_lacking(graph))


def _lacking(graph: Graph) -> tuple[set[Wanted], list[Migration], bool]:
    """(constraints and indexes, migrations to make, whether the graph has its date)."""
    sound = [row for row in graph.read("schema/indexes") if row["state"] != "FAILED"]
    there = {each for row in sound for each in _as(row)}
    state = graph.read("schema/state")[0]
    made = dict(state["made"])
    missing = {each for each in wanted() if each not in there}
    lost = {each.named for each in missing}
    pending = [m for m in migrations() if m.name not in made or lost & m.indexes.keys()]
    _refuse(made)
    return missing, pending, state["as_of"] is not None


def _as(row: dict[str, object]) -> Iterator[Wanted]:
    """An index there is, by its name and by what it is on."""
    yield Wanted(named=str(row["name"]))
    on, held = row["on"], row["properties"]
    if isinstance(on, list) and isinstance(held, list) and len(on) == len(held) == 1:
        yield Wanted(on[0], held[0], bool(row["unique"]))


def _refuse(made: dict[str, str]) -> None:
    known = {m.name: m.checksum for m in migrations()}
    for name, checksum in sorted(made.items()):
        if name not in known:
            raise LoadProblem(
                f"This database has had the migration {name}, which this Tieline does not have: "
                "it was used with a newer one. Update Tieline."
            )
        if known[name] != checksum:
            raise LoadProblem(
                f"The migration {name} has been edited since it was made here. Put back "
                f"schema/migrations/{name}.cypher as it was, and write the change as a new one."
            )


def _make(graph: Graph, missing: set[Wanted], pending: Sequence[Migration]) -> None:
    """Changes of schema stand in no transaction with changes of data, so they are not `Steps`."""
    address = graph.address
    with mended(address.uri), GraphDatabase.driver(address.uri, **options(address)) as driver:
        with driver.session(database=address.database) as session:
            for attempt in range(ATTEMPTS):
                texts = [statements()[each.name] for each in missing if not each.named]
                try:
                    session.execute_write(_run, texts)
                    break
                except ClientError as error:
                    if "AlreadyExists" not in (error.code or "") or attempt == ATTEMPTS - 1:
                        raise
                    missing = _lacking(graph)[0]
            for migration in pending:
                for statement in migration.statements:
                    session.execute_write(_run, [statement])
                _record(graph, migration)
    graph.write(lambda steps: steps.run("schema/online"))  # may take longer than a read may


def _run(transaction: ManagedTransaction, texts: Sequence[str]) -> None:
    for text in sorted(texts):
        transaction.run(text).consume()


def _record(graph: Graph, migration: Migration) -> None:
    said = {"name": migration.name, "checksum": migration.checksum}
    graph.write(lambda steps: steps.run("schema/made", **said))


def _told(missing: set[Wanted], pending: Sequence[Migration], began: bool) -> list[str]:
    """Words for each, those of a migration under its name."""
    held = {name for migration in pending for name in migration.indexes}
    words = sorted(str(each) for each in missing if each.named not in held)
    words += [f"migration {migration.name}" for migration in pending]
    return words if began else [*words, "the graph's date"]


def lacking(missing: list[str]) -> str:
    """What a database lacks that was emptied or put in another's place, and how to mend it."""
    if not missing:
        return ""
    parts = "1 part" if len(missing) == 1 else f"{len(missing)} parts"
    return (
        f"The database lacks {parts} of the model, first {missing[0]}, as one that was emptied "
        "does. Bring them: tieline schema install"
    )
