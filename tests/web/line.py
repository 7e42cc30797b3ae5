"""A line to the database that can be cut and mended, so that a service loses a real one.

with line(address.uri) as to_it:
    ...  # serve with TIELINE_NEO4J_URI=to_it.uri
    to_it.cut()
"""

import contextlib
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit


class Line:
    """Whatever comes to a port of this machine goes to the database, and back."""

    def __init__(self, uri: str) -> None:
        at = urlsplit(uri)
        self._there = (at.hostname or "127.0.0.1", at.port or 7687)
        self._open: list[socket.socket] = []
        self._heard = self._listen(0)
        self.port = int(self._heard.getsockname()[1])
        self.uri = f"bolt://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Nothing answers there, and who was connected is not."""
        for each in [self._heard, *self._open]:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._open.clear()

    def mend(self) -> None:
        self._heard = self._listen(self.port)

    def _listen(self, port: int) -> socket.socket:
        heard = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._take, args=(heard,), daemon=True).start()
        return heard

    def _take(self, heard: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                here, _ = heard.accept()
                there = socket.create_connection(self._there)
                self._open += [here, there]
                for one, other in ((here, there), (there, here)):
                    threading.Thread(target=carry, args=(one, other), daemon=True).start()


def carry(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while said := one.recv(65536):
            other.sendall(said)
        other.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def line(uri: str) -> Iterator[Line]:
    found = Line(uri)
    try:
        yield found
    finally:
        found.cut()
