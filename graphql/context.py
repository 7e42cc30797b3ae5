"""Who asks, and how the database is read for them: the context of one request."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tieline.database.reader import Reader
from tieline.graphql.writing import Writer
from tieline.queries.pathways.snapshot.keep import Snapshots
from tieline.schema.consent import PUBLIC, Viewer

if TYPE_CHECKING:
    from tieline.graphql.live.hub import Hub
    from tieline.graphql.live.present import Present

PAGE_ANONYMOUS = 100
PAGE_SIGNED_IN = 1000


@dataclass
class Asking:
    """One request: `reader` speaks for the viewer, and adds the viewer's level to each call."""

    reader: Reader
    extensions: dict[str, object] = field(default_factory=dict)
    saved: str | None = None  # the name of the saved operation that it is, once it is parsed
    snapshots: Snapshots | None = None  # of the ties, in a process that stays

    writer: Writer | None = None  # where anything may be changed
    changing: bool = False  # it is being changed: then it is finished, whoever waits
    reads_only: bool = False  # whoever signed in may change nothing, whatever their level
    introspection: bool = True  # the schema is told
    compiled: bool = True  # the answer is put together by a function made for the document

    hub: "Hub | None" = None  # where answers may come one after another
    present: "Present | None" = None  # and who is connected meanwhile
    event: dict[str, Any] | None = None  # the one that is being told

    @property
    def viewer(self) -> Viewer:
        return self.reader.viewer

    @property
    def page_limit(self) -> int:
        """The largest page: 100 for anyone, 1,000 when signed in."""
        return PAGE_ANONYMOUS if self.viewer.level == PUBLIC else PAGE_SIGNED_IN
