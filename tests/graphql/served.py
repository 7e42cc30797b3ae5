"""The application under a real server. (As `tieline serve` runs it, sockets and all: live/.)"""

import gc
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn

from tieline.database.address import Address
from tieline.graphql.app import build
from tieline.graphql.serving import KEPT, bound
from tieline.schema.consent import Viewer


@contextmanager
def answering(address: Address, level: int = 4, ready: bool = False) -> Iterator[httpx.Client]:
    """The application on a port of its own, for anyone. `ready`: once it has planned its questions;
    ended before, it leaves them half asked."""
    taken = bound("127.0.0.1", 0)
    server = uvicorn.Server(
        uvicorn.Config(
            build(address, Viewer(level)),
            log_config=None,
            access_log=False,
            ws="none",
            timeout_keep_alive=KEPT,  # as long as the client's own, they would meet by chance
        )
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
    thread.start()
    url, until = f"http://127.0.0.1:{taken.getsockname()[1]}", time.monotonic() + 120
    try:
        with httpx.Client(base_url=url, timeout=120) as opened:
            while not server.started or (ready and opened.get("/readyz").status_code == 503):
                assert thread.is_alive() and time.monotonic() < until
                time.sleep(0.02)
            yield opened
    finally:
        server.should_exit = True
        thread.join()
        taken.close()
        swept()


def swept() -> None:
    """A driver that is given up while it connects leaves its socket to be collected: not ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
