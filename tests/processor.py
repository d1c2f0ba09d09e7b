"""How much work a call is, in seconds of the processor, for tests of how work grows with its input."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Input = TypeVar("Input")

NEGLIGIBLE = 0.01


ENOUGH, GROWTH = 0.5, 24  # seconds that any work may take, and how much more of it an input of eight times the size


def work(call: Callable[[Input], object], given: Input, negligible: float = NEGLIGIBLE) -> float:
    """Measure the time of the processor, which other programs do not change much; the least of three."""
    times = []
    for _ in range(3):
        began = time.thread_time()
        call(given)
        times.append(time.thread_time() - began)
        if times[-1] < negligible:
            break
    return min(times)


def is_linear(call: Callable[[Input], object], short: Input, long: Input) -> bool:
    """Tell whether the work for an input of eight times the size is little, or no more than linear growth explains."""
    spent = work(call, long, negligible=ENOUGH)
    return spent < ENOUGH or spent < GROWTH * work(call, short)
