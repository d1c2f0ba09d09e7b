"""What has to be undone when the process ends at once, by its time limit or an interrupt: no `finally` runs then."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_waiting: list[Callable[[], object]] = []


@contextmanager
def undone_by(undo: Callable[[], object]) -> Iterator[None]:
    """Undo by a function what is done here, should the process end at once meanwhile."""
    _waiting.append(undo)
    try:
        yield
    finally:
        _waiting.remove(undo)


def undo_all() -> None:
    """Undo what is going on, the last begun first: the process is about to end."""
    for undo in reversed(_waiting):
        with suppress(Exception):
            undo()
