"""The watch beside an embedded server: `python -m tieline.database.watch`, started with it.

It sleeps in the kernel until the server ends, and looks up once a minute: a server to which
nobody is connected, and whose address nobody asked for, for as long as the settings say, is
stopped. Before it stops anything it takes the lock that every command takes to be given the
address, and looks again.

When the server has ended, by whatever hand, nobody waits: then it makes the archive that lets the
next one start sooner, unless it is there (training.py).
"""

import time
from contextlib import suppress

import psutil

from tieline.database.home import Home, Serving
from tieline.settings import settings

LOOK_SECONDS = 60.0


def watch(home: Home, idle: float) -> None:
    """Return when the server has ended, by whatever hand. `idle`: seconds."""
    serving = home.serving()
    last_seen = time.time()
    while serving and home.alive(serving):
        with suppress(psutil.TimeoutExpired, psutil.NoSuchProcess):
            psutil.Process(serving.pid).wait(min(LOOK_SECONDS, idle / 5))
        if connected(serving):
            last_seen = time.time()
        elif time.time() - last_seen >= idle:
            stop_unless_used(home, serving, idle)


def connected(serving: Serving) -> bool:
    """Whether any client holds a connection; when the system will not say, yes."""
    try:
        links = psutil.Process(serving.pid).net_connections("tcp")
    except psutil.NoSuchProcess:
        return False
    except psutil.Error:
        return True
    return any(
        link.status == psutil.CONN_ESTABLISHED and link.laddr.port == serving.port for link in links
    )


def stop_unless_used(home: Home, serving: Serving, idle: float) -> None:
    """Stop the server, under the lock, if it is still that server and still idle."""
    from tieline.database import server  # the driver and more, which a sleeping watch can spare

    with home.lock():
        asked = home.used.stat().st_mtime if home.used.exists() else 0.0
        same = home.serving() == serving
        if same and not connected(serving) and time.time() - asked >= idle:
            server.end(home, serving)


if __name__ == "__main__":
    watch(Home.current(), settings().idle_minutes * 60)
    from tieline.database import training

    training.make()
