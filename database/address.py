"""Where the graph is: an address from the environment, or the server run here."""

from dataclasses import dataclass, field

from tieline.errors import ServerProblem
from tieline.settings import settings


@dataclass(frozen=True)
class Address:
    """All that a driver needs. `embedded`: the server is ours, in TIELINE_HOME."""

    uri: str
    user: str
    password: str = field(repr=False)
    database: str
    embedded: bool = False


def given() -> Address | None:
    """The address the environment names, if it names one."""
    said = settings()
    if not said.neo4j_uri:
        return None
    password = said.neo4j_password or ""
    return Address(said.neo4j_uri, said.neo4j_user, password, said.neo4j_database)


def find(start: bool = True) -> Address:
    """The address to use now; the embedded server is started when none is given.

    Raises:
        ServerProblem: the embedded server does not start, or is down and `start` is false.
    """
    from tieline.database import server  # psutil and more, which a given address does not need

    if address := given():
        return address
    found = server.start() if start else server.running()
    if found is None:
        raise ServerProblem("The database is not running. Start it: tieline database start")
    return found
