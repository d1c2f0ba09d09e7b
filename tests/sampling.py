"""Many cases of one kind, of which `make test` tries some and `make test-all` each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


def every(step: int, cases: Iterable[Any]) -> list[Any]:
    """Give all cases as parameters, a tuple for several; but for one in so many they are marked as exhaustive."""
    return [_exhaustive(case) if number % step else case for number, case in enumerate(cases)]


def _exhaustive(case: Any) -> Any:  # noqa: ANN401  whatever a test takes
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.exhaustive)
