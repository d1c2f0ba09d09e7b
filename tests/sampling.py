"""Many cases of one kind, of which `make test` tries some and `make test-all` each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


def every(step: int, cases: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Give all cases as parameters; but for one in so many they are marked as exhaustive."""
    marks = pytest.mark.exhaustive
    return [pytest.param(*case, marks=marks) if number % step else case for number, case in enumerate(cases)]
