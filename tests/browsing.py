"""A browser, and what the tests of the pages share: the pages, and what one says and asks for.

Needs Chromium (on Debian `apt install chromium`), and for the checks of accessibility axe-core (`npm ci` in frontend/).
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import fot_graph

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Error, Page, Request, ViewportSize

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FRONTEND = Path(fot_graph.__file__).parent.parent / "frontend"
AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
OPTIONS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
NEEDS_CHROMIUM = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: the pages are not tried in a browser"),
]

DOCUMENT = "vp-sv-2019-2020-358"
PATHS = [
    "/",
    "/board",
    "/themes",
    "/figures",
    "/timeline",
    "/search?words=serv",
    "/graph?focus=id:serv&open=doc:vp-sv-2019-2020-358/matter-reform-advice",
    "/ask?question=findings-informing-themes",
    "/ask?question=all-figures",
    "/ask?query=CONSTRUCT+WHERE+{+?f+fot:informs+?t+}",
    "/ontology",
    "/page/id/focus-op-talent",
    f"/page/claim/{DOCUMENT}/30-september-is",
    f"/page/claim/{DOCUMENT}/total-hrm-2016-2019-files",
]
BROKEN = ["/ask?query=SELECT+*+{+x", "/page/id/nothing"]

DESK: ViewportSize = {"width": 1280, "height": 800}


class Watch:
    """What a page asks for and complains of, until it is let go."""

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self._page = page
        page.on("request", self._requested)
        page.on("console", self._said)
        page.on("pageerror", self._failed)
        page.on("dialog", self._asked)

    def end(self) -> None:
        self._page.remove_listener("request", self._requested)
        self._page.remove_listener("console", self._said)
        self._page.remove_listener("pageerror", self._failed)
        self._page.remove_listener("dialog", self._asked)

    def _requested(self, request: Request) -> None:
        self.requests.append(request.url)

    def _failed(self, error: Error) -> None:
        self.complaints.append(str(error))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _asked(self, dialog: Dialog) -> None:
        self.complaints.append("a dialog")
        dialog.dismiss()


def context(browser: Browser, width: int = 1280, scheme: str = "light", *, scripts: bool = True) -> BrowserContext:
    return browser.new_context(
        viewport={**DESK, "width": width},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=scripts,
    )


def renew(page: Page) -> None:
    """Let a page be as it was when it was new; pages of ours leave nothing behind in the browser."""
    page.goto("about:blank")
    page.set_viewport_size(DESK)
    page.emulate_media(media="null")


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")


def until(page: Page, true: str) -> None:
    """Wait for what an event brings about; the page allows no `eval`, with which Playwright would wait."""
    for _ in range(100):
        if page.evaluate(true):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never: {true}")
