"""The example field, loaded once a module by what `tieline demo` loads it with."""

from collections.abc import Iterator
from datetime import date

import pytest

from tieline.cli.demo import load_field
from tieline.database.graph import Graph
from tieline.database.install import install
from tieline.loaders.refresh import refresh

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def field(connection: Graph) -> Iterator[Graph]:
    """The whole field, its ties as of one day whatever today is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIELINE_TODAY", TODAY.isoformat())
        while connection.write(lambda s: s.run("database/empty", batch=20_000))[0]["deleted"]:
            pass
        install(connection)
        refresh(connection, TODAY)
        load_field(connection)
        yield connection
