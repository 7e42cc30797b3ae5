"""What every connection has in common: its options, and errors said as sentences."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from neo4j import (
    NotificationDisabledClassification,
    NotificationMinimumSeverity,
    ResultSummary,
    exceptions,
)

from tieline import __version__
from tieline.database.address import Address, given
from tieline.database.home import Home
from tieline.errors import (
    Away,
    BadBookmark,
    DatabaseProblem,
    TielineError,
    TookTooLong,
    Unknown,
    WrongUse,
)
from tieline.settings import settings

CONNECT, PATIENCE = 5.0, 30.0  # seconds to connect: anywhere; here, where all is slow together
SCANT = 100_000_000  # bytes free: where a store file cannot grow, all of it may have been too few
READ_ONLY = ("ReadOnly", "Security.Forbidden")  # in codes: of a database, of a user's rights
# of a server that goes on answering, but only with these
BROKEN = ("needs to be restarted", "TransactionCommitFailed", "TransactionLogError")

# An empty graph has none of our labels and properties yet, and the server remarks on each: those
# are not mistakes. Nor is an index that IF NOT EXISTS found in place.
EXPECTED = [
    NotificationDisabledClassification.UNRECOGNIZED,
    NotificationDisabledClassification.SCHEMA,
]


def _wanted(record: logging.LogRecord) -> bool:
    """The driver tells of each retry and of each lost route: we say once what is the matter."""
    return logging.getLogger("neo4j").isEnabledFor(logging.INFO)  # with -v they are told too


for _name in ("neo4j.session", "neo4j.pool"):
    logging.getLogger(_name).addFilter(_wanted)


def options(address: Address) -> dict[str, Any]:
    """Keyword arguments for a driver, synchronous or not."""
    least = NotificationMinimumSeverity
    patience = PATIENCE if address.embedded else CONNECT
    return {
        "auth": (address.user, address.password) if address.password else None,
        "user_agent": f"tieline/{__version__}",
        "telemetry_disabled": True,
        "connection_timeout": patience,
        "connection_acquisition_timeout": 2 * patience,
        "notifications_min_severity": least.INFORMATION if settings().strict else least.OFF,
        "notifications_disabled_classifications": EXPECTED,
    }


def heed(name: str, summary: ResultSummary) -> None:
    """Make what the server remarks on a statement an error; asked for by strict settings only.

    Raises:
        DatabaseProblem: there is a remark, be it only that a plan may be slow.
    """
    remarks = [each for each in summary.gql_status_objects if each.is_notification]
    if remarks:
        told = "; ".join(f"{each.gql_status} {each.status_description}" for each in remarks)
        raise DatabaseProblem(f"queries/{name}.cypher: {told}")


class Many(list[Any]):
    """A parameter's list that the driver does not spell out.

    It writes out all parameters of every statement for its own log, whether that is on or not: a
    twentieth of a load's time, and the names of people in whoever's log turns it on.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"[{len(self)}]"


def short(params: dict[str, Any]) -> dict[str, Any]:
    """Parameters of a statement, their lists not spelled out."""
    return {k: Many(v) if isinstance(v, list) else v for k, v in params.items()}


@contextmanager
def mended(where: str) -> Iterator[None]:
    """Turn the driver's errors into ours; those of a faulty statement stay as they are."""
    try:
        yield
    except exceptions.AuthError:
        raise DatabaseProblem(
            f"The database at {where} refuses this name and password. "
            "Correct TIELINE_NEO4J_USER and TIELINE_NEO4J_PASSWORD."
        ) from None
    except (exceptions.ConfigurationError, exceptions.UnsupportedServerProduct) as error:
        raise WrongUse(
            f"{where} is no address of a Neo4j database ({error}). "
            "Write one like bolt://localhost:7687 or neo4j+s://name.example."
        ) from None
    except exceptions.Neo4jError as error:
        if (ours := _of_the_server(where, error)) is None:
            raise
        raise ours from None
    except exceptions.IncompleteCommit:
        raise Unknown(
            f"The connection to {where} was lost while it committed: it may have, or not. Do it "
            "again: what is in is not done twice."
        ) from None
    except (exceptions.DriverError, OSError) as error:
        if not _unreachable(error):
            raise
        raise _nobody(where) from None


def _of_the_server(where: str, error: exceptions.Neo4jError) -> TielineError | None:
    """What an error that the server told means; None: a faulty statement."""
    if "TransactionTimedOut" in (error.code or ""):
        return TookTooLong(
            "The database stopped a question at its time limit. Ask for less at once, "
            "or try again when the database is less busy."
        )
    if "InvalidBookmark" in (error.code or ""):
        return BadBookmark(
            "This bookmark is none of this database, or of what it was before. Leave it away; "
            "the next mutation gives another."
        )
    if "no such fulltext schema index" in (error.message or ""):
        return DatabaseProblem(
            f"The database at {where} lacks an index of the model, as one that was emptied "
            "does. Bring it: tieline schema install"
        )
    if "DatabaseNotFound" in (error.code or ""):
        return DatabaseProblem(
            f"The server at {where} has no such database. Correct TIELINE_NEO4J_DATABASE."
        )
    if any(sign in (error.code or "") for sign in READ_ONLY):
        return DatabaseProblem(
            f"The database at {where} does not allow it: {error.message} Nothing was written. Name "
            "one that does, or a user who may: TIELINE_NEO4J_URI, TIELINE_NEO4J_USER."
        )
    if any(sign in f"{error.code} {error.message}" for sign in BROKEN):
        return _broken(where, error.message or "")
    if isinstance(error, exceptions.TransientError):
        return DatabaseProblem(f"The database is too busy: {error.message} Try again.")
    return None


def _nobody(where: str) -> Away:
    if given():
        return Away(
            f"No database answers at {where}. Check the address and that the server runs; "
            "without TIELINE_NEO4J_URI Tieline runs its own."
        )
    serving = Home.current().serving()
    if serving and where == serving.uri:
        return Away(
            f"The database at {where} runs, but did not answer in time: the machine is too busy. "
            "Do it again when it has less to do."
        )
    return Away(
        f"No database answers at {where}: it has ended meanwhile. What was committed is kept. "
        "Do it again, which starts it."
    )


def _broken(where: str, message: str) -> Away:
    """The server lives, but its database has stopped: ours is disowned, so that the next command
    ends it and starts another. (A note is removed for it: on a full disk none can be written.)
    """
    if given():
        return Away(f"The database at {where} cannot go on: {message} Have it restarted.")
    home = Home.current()
    serving = home.serving()
    if serving and where == serving.uri:
        home.note(None)
    if shutil.disk_usage(home.neo4j).free < SCANT:
        return Away(
            f"There is no room for the database in {home.neo4j}, so it has stopped. What was "
            "committed is kept. Make room, then do it again."
        )
    return Away(
        f"The database has stopped: {message} What was committed is kept. Do it again, which "
        "starts it anew."
    )


def _unreachable(error: Exception) -> bool:
    gone = (exceptions.ServiceUnavailable, exceptions.SessionExpired, OSError)
    return isinstance(error, gone)
