"""Tests keep their snapshots to themselves: the user's cache is neither read nor written. And the homes of a graph."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

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
