"""What the server refuses, each with the status by which it says so; other errors of fot_graph have theirs here too."""

from __future__ import annotations

from fot_graph.core import errors
from fot_graph.core.errors import FotGraphError


class WebError(FotGraphError):
    """A request that gets no answer; `status` and `headers` are those of the response that says so."""

    def __init__(self, status: int, code: str, *, headers: dict[str, str] | None = None, **data: object) -> None:
        super().__init__(code, None, **data)
        self.status, self.headers = status, headers or {}


class BusyError(WebError):
    """Too many others are being served: it may work a little later."""

    def __init__(self, code: str = "too-many-requests") -> None:
        super().__init__(503, code, headers={"retry-after": "2"})


class TimeLimitError(WebError):
    """A query that was stopped at the time limit."""

    def __init__(self, seconds: float) -> None:
        super().__init__(504, "time-limit", seconds=seconds)


class MemoryLimitError(WebError):
    """A query that was stopped because it took more memory than a query may."""

    def __init__(self) -> None:
        super().__init__(507, "memory-limit")


class EngineFailedError(WebError):
    """A query that ended its worker process."""

    def __init__(self) -> None:
        super().__init__(500, "engine-failed")


class TooMuchError(WebError):
    """An answer with more rows or bytes than an answer may have; a part of it would be a wrong answer."""

    def __init__(self, code: str, limit: float) -> None:
        super().__init__(422, code, limit=limit)


class InternalError(WebError):
    """A mistake of ours; what it is stands in the log."""

    def __init__(self) -> None:
        super().__init__(500, "server-failed")


_STATUSES: list[tuple[type[FotGraphError], int]] = [  # the first that fits
    (errors.QuerySyntaxError, 400),
    (errors.QueryRefusedError, 403),
    (errors.UnknownNameError, 404),
    (errors.UsageError, 400),
    (errors.ConnectionFailedError, 504),
    (errors.EndpointError, 502),
]


def status(error: FotGraphError) -> int:
    """Give the HTTP status of an error."""
    if isinstance(error, WebError):
        return error.status
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)
