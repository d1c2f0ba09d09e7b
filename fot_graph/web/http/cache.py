"""Answers and pages that are asked for again, as many as fit; the one that was asked for longest ago goes first."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Hashable

_OVERHEAD = 1000  # bytes that an entry takes besides what it holds


class ResponseCache:
    """What is kept takes at most `size` bytes; with 0 nothing is kept. `given` counts what was given again."""

    def __init__(self, size: int, given: int = 0) -> None:
        self._size, self._left, self._largest = size, size, size // 16
        self._entries: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self.given = given

    def emptied(self) -> ResponseCache:
        """Give an empty one that counts on. Whoever still works with this one keeps nothing in that one."""
        return ResponseCache(self._size, self.given)

    def get(self, key: Hashable) -> Any:  # noqa: ANN401  what was put there
        """Give what was kept under a key, or None."""
        if key not in self._entries:
            return None
        self._entries.move_to_end(key)
        self.given += 1
        return self._entries[key][0]

    def put(self, key: Hashable, value: object, size: int) -> None:
        """Keep what never changes; `size` is what key and value take, in bytes."""
        size += _OVERHEAD
        if key in self._entries or size > self._largest:
            return
        self._entries[key] = value, size
        self._left -= size
        while self._left < 0:
            self._left += self._entries.popitem(last=False)[1][1]
