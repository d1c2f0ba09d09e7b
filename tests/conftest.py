"""What tests share: a cache of their own (the user's is neither read nor written), homes, a browser, a server."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page
    from servers import Home


def pytest_configure(config: pytest.Config) -> None:
    """Set this before any module is imported, because some load the graph as they are."""
    place = tempfile.TemporaryDirectory(prefix="fot-graph-tests-")
    os.environ["XDG_CACHE_HOME"] = place.name
    config.add_cleanup(place.cleanup)


@pytest.fixture(scope="session", params=["memory", "disk", "oxigraph", "virtuoso"])
def homes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """Give the packaged graph in each of its homes (`name, graph = homes`), one after the other."""
    from servers import started  # after the place of the snapshot is set

    with started(request.param, tmp_path_factory.mktemp(request.param)) as home:
        yield home


# Not for the whole session: while Playwright runs, no test can run an event loop


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give Chromium without a window."""
    from browsing import CHROMIUM, OPTIONS
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield made
        made.close()


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Give the address of a server of the packaged graph."""
    from serving import running

    with running("--workers", "2", "--quiet") as server:
        yield server.url.rstrip("/")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a new page, of the size of a desk."""
    from browsing import context

    made = context(browser)
    yield made.new_page()
    made.close()
