"""How much work a call is, in seconds of the processor, for tests of how work grows with its input."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Input = TypeVar("Input")

NEGLIGIBLE = 0.01


def work(call: Callable[[Input], object], given: Input) -> float:
    """Measure the time of the processor, which other programs do not change much; the least of three."""
    times = []
    for _ in range(3):
        began = time.thread_time()
        call(given)
        times.append(time.thread_time() - began)
        if times[-1] < NEGLIGIBLE:
            break
    return min(times)
