"""The map's page as a stranger opens it: served to anyone, every answer kept to be read."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, Response
from tests.browser import Seen, Visit
from web.build import HERE, Unbuilt, build, node

from tieline.graphql.mapped import built

AXE = HERE / "map" / "node_modules" / "axe-core" / "axe.min.js"
DRIVER = "GL Driver Message"  # Chromium's own remark where there is no graphics card


def made() -> None:
    """The page is built, if it is not; without npm's registry the test is skipped."""
    if not built() or not AXE.is_file():
        try:
            build(HERE / "map", node())
        except Unbuilt as error:
            pytest.skip(f"The map cannot be built here: {error}")


@dataclass
class Opened:
    """The page, and every answer that the browser got."""

    seen: Seen
    answers: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.seen.page

    def listen(self) -> None:
        self.page.on("response", self._hear)

    def _hear(self, response: Response) -> None:
        if not response.url.endswith((".js", ".css")):
            self.answers.append(response.text())

    def ask(self, question: str) -> None:
        self.page.get_by_role("navigation", name="Questions").get_by_role(
            "button", name=question
        ).click()

    def choose(self, label: str, text: str) -> None:
        """Types part of a name and takes the first that is offered."""
        self.page.get_by_role("combobox", name=label).fill(text)
        self.page.get_by_role("listbox", name=label).get_by_role("option").first.wait_for()
        self.page.keyboard.press("Enter")

    def told(self) -> None:
        """Waits for the answer that is being asked for."""
        self.page.locator(".answers .asking").wait_for(state="detached", timeout=60_000)

    def clean(self) -> None:
        self.seen.complaints = [each for each in self.seen.complaints if DRIVER not in each]
        self.seen.clean()

    def faults(self) -> list[str]:
        """What axe finds of serious or critical faults."""
        self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate("axe.run({resultTypes: ['violations']})")
        bad = [each for each in found["violations"] if each["impact"] in ("serious", "critical")]
        return [json.dumps([e["id"], e["help"], [n["html"] for n in e["nodes"]][:3]]) for e in bad]


def opened(visit: Visit, url: str, path: str = "", **how: Any) -> Opened:
    """The map, once it is drawn."""
    seen = visit("about:blank", **how)
    found = Opened(seen)
    found.listen()
    seen.page.goto(f"{url.removesuffix('graphql')}map{path}")
    seen.page.locator(".canvas, .everybody").first.wait_for(timeout=60_000)
    seen.page.locator(".settling").wait_for(state="detached", timeout=60_000)
    return found
