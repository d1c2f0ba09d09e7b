"""Finds what has a name in the workspace: whole words, the longest name first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORD = re.compile(r"\w+(?:[-'.&]\w+)*|[^\w\s]")


class NameList:
    """NameList to look for, each with what bears it. A name that several things bear says nothing, and is left out."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        bearers: dict[tuple[str, ...], set[str]] = {}
        spellings: dict[tuple[str, ...], set[str]] = {}
        for name, bearer in names:
            words = tuple(_WORD.findall(name))
            key = tuple(map(str.casefold, words))
            if key:
                bearers.setdefault(key, set()).add(bearer)
                spellings.setdefault(key, set()).add(" ".join(words))
        self._bearers = {key: found.pop() for key, found in bearers.items() if len(found) == 1}
        self._spellings = spellings
        self._lengths: dict[str, list[int]] = {}
        for key in self._bearers:
            self._lengths.setdefault(key[0], []).append(len(key))
        for lengths in self._lengths.values():
            lengths[:] = sorted(set(lengths), reverse=True)

    def find(self, text: str) -> Iterator[NameFound]:
        """Find the names in lines of text. Capitals count only in a name of one word, such as 'AP'.

        >>> [named.bearer for named in NameList([("Raad", "a"), ("Hoge Raad", "b")]).find("de Hoge raad en de raad")]
        ['b']
        """
        for line in re.finditer(r"[^\n]+", text):
            words = list(_WORD.finditer(text, *line.span()))
            at = 0
            while at < len(words):
                named = self._named(words, at)
                if named:
                    yield NameFound(words[at].start(), words[at + named[1] - 1].end(), named[0])
                at += named[1] if named else 1

    def bearer(self, name: str) -> str:
        """Give who bears this very name, capitals aside; '' for nobody.

        >>> NameList([("An De Smet", "a")]).bearer("AN DE SMET")
        'a'
        """
        return self._bearers.get(tuple(map(str.casefold, _WORD.findall(name))), "")

    def _named(self, words: list[re.Match[str]], at: int) -> tuple[str, int] | None:
        for length in self._lengths.get(words[at][0].casefold(), ()):
            written = [word[0] for word in words[at : at + length]]
            key = tuple(map(str.casefold, written))
            bearer = self._bearers.get(key)
            if bearer and (length > 1 or written[0] in self._spellings[key]):
                return bearer, length
        return None


class NameFound(NamedTuple):
    """A name in a line of text, and what bears it."""

    start: int
    end: int
    bearer: str
