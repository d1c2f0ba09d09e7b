"""Tests keep their snapshots to themselves: the user's cache is neither read nor written."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Set this before any module is imported, because some load the graph as they are."""
    place = tempfile.TemporaryDirectory(prefix="fot-graph-tests-")
    os.environ["XDG_CACHE_HOME"] = place.name
    config.add_cleanup(place.cleanup)
