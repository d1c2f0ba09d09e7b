"""What the server counts, in the text form that Prometheus and people read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fot_graph.web.http.cache import ResponseCache
    from fot_graph.web.workers.pool import Pool


@dataclass(slots=True)
class Metrics:
    """Counters since the start. `statuses` counts answers by their status, 499 for a client that left."""

    statuses: Counter[int] = field(default_factory=Counter)
    active: int = 0
    seconds: float = 0.0

    def text(self, pool: Pool, cache: ResponseCache) -> str:
        """Give all of them, one a line with what it is."""
        lines = [
            _metric("requests_total", "counter", "Requests that were answered, by status.", _by_status(self.statuses)),
            _metric("errors_total", "counter", "Requests answered with a status of 500 or more.", self._errors()),
            _metric("request_seconds_total", "counter", "Time that the answers took together.", f"{self.seconds:.3f}"),
            _metric("requests_active", "gauge", "Requests that are being answered.", self.active),
            _metric("answers_kept_total", "counter", "Answers and pages given again without a worker.", cache.given),
            _metric("queue", "gauge", "Requests that wait for a worker.", pool.waiting),
            _metric("workers", "gauge", "Worker processes.", pool.alive),
            _metric("worker_restarts_total", "counter", "Workers that were replaced.", pool.restarts),
        ]
        return "".join(lines)

    def _errors(self) -> int:
        return sum(count for status, count in self.statuses.items() if status >= 500)


def _by_status(statuses: Counter[int]) -> dict[str, int]:
    return {f'{{status="{status}"}}': statuses[status] for status in sorted(statuses)}


def _metric(name: str, kind: str, about: str, value: float | str | dict[str, int]) -> str:
    values = value if isinstance(value, dict) else {"": value}
    lines = "".join(f"fot_graph_{name}{label} {number}\n" for label, number in values.items())
    return f"# HELP fot_graph_{name} {about}\n# TYPE fot_graph_{name} {kind}\n{lines}"
