"""Many cases of one kind, of which `make test` tries some and `make test-all` each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any


def every(step: int, cases: Iterable[Any]) -> list[Any]:
    """Give all cases as parameters, a tuple for several; but for one in so many they are marked as exhaustive."""
    return [_parameters(case, is_tried=number % step == 0) for number, case in enumerate(cases)]


def in_turn(cases: Iterable[Any], others: Sequence[Any]) -> list[Any]:
    """Give each case with each of the others, of which `make test` tries one a case, in turn."""
    return [
        _parameters((case, other), is_tried=place == number % len(others))
        for number, case in enumerate(cases)
        for place, other in enumerate(others)
    ]


def _parameters(case: Any, *, is_tried: bool) -> Any:  # noqa: ANN401  whatever a test takes
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=() if is_tried else pytest.mark.exhaustive)
