"""What the service says of itself: loads, the viewer, the limits."""

from typing import Any

import strawberry

from tieline.graphql.base import relay
from tieline.graphql.marks import Row, said
from tieline.graphql.paging import Connection
from tieline.graphql.words import ViewerLevel


def moment(column: str) -> Any:
    def read(row: Row) -> str | None:
        value = row.get(column)
        return None if value is None else str(value)

    return read


@strawberry.type(description="One file brought in once.")
class Load:
    id: strawberry.ID = said("Its global id.", "uid", read=relay)
    uid: str = said("A digest of source, part, file and how it was read.")
    source: str | None = said("The source's short name.")
    part: str | None = said("Which part of the source.")
    file: str | None = said("The file's name.")
    format: str | None = said("In which format it was read.")
    state: str | None = said(
        "How it stands: running, interrupted (nobody works on it: the same command again goes on), "
        "finished, withdrawn, or replaced by another file."
    )
    started: str | None = said("When it was begun.", read=moment("started"))
    finished: str | None = said("When it was finished.", read=moment("finished"))
    rows: int | None = said("Rows gone through so far: it rises while the file is loaded.")
    read: int | None = said("Rows read, once it is finished.")
    accepted: int | None = said("Rows taken in.")
    refused: int | None = said("Rows refused, each with its reason in the report.")


@strawberry.type(description="A page of loads.")
class LoadConnection(Connection[Load]):
    pass


@strawberry.type(description="Who is asking, and what that opens.")
class Viewer:
    level: ViewerLevel = said("As whom the question is put.")
    numbers: bool = said("Whether strengths and chances are shown: to stewards alone.")


@strawberry.type(description="What one request may ask for.")
class Limits:
    body: int = said("Bytes in a request.")
    tokens: int = said("Words and signs in a document.")
    depth: int = said("Fields within fields.")
    aliases: int = said("Fields given another name.")
    directives: int = said("Directives.")
    root_fields: int = said("Questions in one request.")
    page_size: int = said("Things on one page, for this viewer.")
    cost: int = said("Things in all that one document can ask for: page sizes multiplied.")
    seconds: float = said("Seconds that the database gives to one statement.")
