"""The known names that are most like a word, for 'did you mean'."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def close_matches(word: str, known: Iterable[str], n: int = 3, cutoff: float = 0.6) -> list[str]:
    """Find the names that are most like a word, the nearest first, as `difflib` does; of short ones only slips.

    >>> close_matches("cvs", ["csv", "ttl"]), close_matches("asc", ["ask", "csv"]), close_matches("txt", ["csv", "ttl"])
    (['csv'], ['ask'], [])
    """
    from difflib import get_close_matches  # noqa: PLC0415  only mistakes pay for it

    near = get_close_matches(word, list(known), n, cutoff)
    return [name for name in near if len(word) > _SHORT or _is_slip(word, name)]


def _is_slip(word: str, name: str) -> bool:
    """Tell whether two short words have the same letters, or begin alike and differ in one letter at most."""
    if set(name) <= set(word) or set(word) <= set(name):
        return True
    return len(word) == len(name) and word[0] == name[0] and sum(map(str.__ne__, word, name)) <= 1


_SHORT = 3  # letters of a word, one of which is too much to be a slip
