"""A real Chromium for tests of pages: this machine's own, driven by Playwright. None is fetched.

    with browsing() as visit:
        seen = visit("http://127.0.0.1:8000/graphql", width=390, height=844, dark=True)
        seen.page.get_by_role("button", name="Run").click()
        seen.clean()

While it is open nothing else may run asyncio in this thread: Playwright's own loop runs in it.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# Whatever a page may try, no name but this machine's own leads anywhere.
FLAGS = (
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
INSIDE = ("data", "blob", "about")  # what a page makes itself


def found() -> str:
    """Chromium's program. Where there is none, the test is skipped."""
    for name in NAMES:
        if program := shutil.which(name):
            return program
    pytest.skip("no Chromium here: on Debian `apt-get install chromium`")


@dataclass
class Seen:
    """A page, every address that it or its workers asked for, and every complaint it made."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self.asked.append(request.url))
        self.page.on("websocket", lambda socket: self.asked.append(socket.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self.hear)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text} ({message.location['url']})")

    def outside(self) -> list[str]:
        """The addresses asked for that are not those of the page's own service."""
        here = urlsplit(self.page.url).netloc
        parts = ((url, urlsplit(url)) for url in self.asked)
        return [url for url, at in parts if at.scheme not in INSIDE and at.netloc != here]

    def clean(self) -> None:
        """It has asked something of its own service, nothing of another, and complained of nothing.

        Nothing that its policy forbade was tried either: that is an error on the console.
        """
        assert self.asked and self.outside() == []
        assert self.complaints == []


Visit = Callable[..., Seen]


@contextmanager
def browsing() -> Iterator[Visit]:
    """Opens pages, each in a profile of its own: visit(url, width=, height=, dark=, touch=)."""
    program = found()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)

        def visit(
            url: str,
            width: int = 1280,
            height: int = 800,
            dark: bool = False,
            touch: bool = False,
        ) -> Seen:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if dark else "light",
                has_touch=touch,
                is_mobile=touch,
            )
            seen = Seen(context.new_page())
            seen.listen(context)
            seen.page.goto(url)
            return seen

        yield visit
        browser.close()
