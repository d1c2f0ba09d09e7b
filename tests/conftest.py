"""What tests share: a cache of their own (the user's is neither read nor written), backends, a browser, a server."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from browsing import Watch
    from playwright.sync_api import Browser, Page
    from servers import Backend


collect_ignore = ["law.py"]  # it has no examples, and to be imported once more it would load the graph once more


def pytest_configure(config: pytest.Config) -> None:
    """Set this before any module is imported, because some load the graph as they are."""
    place = tempfile.TemporaryDirectory(prefix="fot-graph-tests-")
    os.environ["XDG_CACHE_HOME"] = place.name
    config.add_cleanup(place.cleanup)
    settings.register_profile("no clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("no clock")


_MOST_UNKNOWN = 1_000  # one row in so many of the random queries may be one whose evidence is not known


def _counted(config: pytest.Config, name: str) -> int:
    """Sum up a number that tests recorded, in whichever process they ran."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    passed = reporter.stats.get("passed", []) if reporter else []
    return sum(value for report in passed for key, value in report.user_properties if key == name)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where the evidence of too many rows is not known (tests/test_law.py); one test has too few to tell."""
    unknown = _counted(session.config, "unknown")
    if unknown > 1 and unknown * _MOST_UNKNOWN > _counted(session.config, "rows"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    rows = _counted(terminalreporter.config, "rows")
    if rows:
        unknown = _counted(terminalreporter.config, "unknown")
        told = f"evidence of {rows} rows of random queries judged, {unknown} not known (at most 1 in {_MOST_UNKNOWN})"
        terminalreporter.write_line(told)


@pytest.fixture(scope="session", params=["memory", "disk", "oxigraph", "virtuoso"])
def backend(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """Give the packaged graph in each of its backends (`name, graph = backend`), one after the other."""
    from servers import started  # after the place of the snapshot is set

    with started(request.param, tmp_path_factory.mktemp(request.param)) as backend:
        yield backend


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


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    """Give the address of a server of the packaged graph."""
    from serving import running

    with running("--workers", "2", "--quiet") as server:
        yield server.url.rstrip("/")


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """Give one page for all tests of a file: to open another takes longer than most of what they do."""
    from browsing import context

    made = context(browser)
    yield made.new_page()
    made.close()


@pytest.fixture
def page(window: Page) -> Iterator[Page]:
    """Give a page without a past, of the size of a desk."""
    from browsing import renew

    yield window
    renew(window)


@pytest.fixture
def watch(page: Page) -> Iterator[Watch]:
    """Give what the page asks for and complains of."""
    from browsing import Watch

    made = Watch(page)
    yield made
    made.end()
