"""Layouts of parliamentary questions: data that tell where a text of some parliament says what.

A layout is one file `layouts/*.toml`; those of this package and of any folder that a caller names are found by listing
it, and one of the same name replaces ours. Its patterns are Python's, verbose and for many lines, with short-hands:
`(?&date)` for a date, `(?&answer)` for 'answer' with its kind, such as 'voorlopig antwoord' or 'joint answer', and
`(?&block)` for the lines up to an empty one. Named groups give the fields of the head.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fot_graph.core import limits
from fot_graph.core.errors import InputFileError, UnknownNameError
from fot_graph.core.resources import read_toml
from fot_graph.core.working_time import at_most
from fot_graph.text.dates import date_pattern
from fot_graph.text.languages import any_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

FIELDS = ("number", "date_asked", "date_answered", "author", "addressee", "answered_by", "title", "policy_field")
PLAIN = "plain"
_FOLDER = Path(__file__).with_name("layouts")
_BLOCK = r"(?>\S[^\n\f]*(?:\n[^\S\n\f]*\S[^\n\f]*)*)"


@cache
def _answer() -> str:
    """Give the pattern of a word for an answer with its kind, if any, before or after it; in any case."""
    kinds = any_of("answer_kinds")
    return rf"(?i:(?:(?:{kinds})(?:\s+(?:en|et|and))?\s+){{0,2}}(?:{any_of('answer')})(?:\s+(?:{kinds})\b)?)"


def _short_hands() -> dict[str, str]:
    return {"date": date_pattern(), "block": _BLOCK, "answer": _answer()}


class HeadPattern(NamedTuple):
    """A stretch of the head: where it stands, `next` to what was found before it or anywhere; `repeat` if several."""

    pattern: re.Pattern[str]
    next: bool
    repeat: bool


class Layout(NamedTuple):
    """How the questions of a parliament are laid out; `layouts/README` in CONTRIBUTING tells the keys."""

    name: str
    language: str  # '' where texts are of several
    general: bool  # taken only where no other fits
    recognised: tuple[re.Pattern[str], ...]
    expects: tuple[str, ...]
    head: tuple[HeadPattern, ...]
    answer: tuple[re.Pattern[str], ...]
    noise: tuple[re.Pattern[str], ...]
    notes: tuple[re.Pattern[str], ...]
    items: tuple[re.Pattern[str], ...]
    inline: bool  # items may begin within a line
    bare: bool  # items may be numbered by a number alone

    @property
    def is_question(self) -> bool:
        """Whether texts of this layout are questions and answers: all but plain ones are."""
        return bool(self.recognised)

    def fit(self, text: str) -> int:
        """Count the patterns of this layout that a text fits."""
        return sum(1 for pattern in self.recognised if pattern.search(text))


def layout_of(text: str, folders: Iterable[str | PathLike[str]] = (), name: str = "") -> Layout:
    """Give the layout of a text: the one that is named, or that of which it fits most.

    That is a general one if it fits no other, and `plain` for all else.

    Raises: `UnknownNameError` for a name that no layout has; `InputFileError` for a layout in the folders that cannot
    be read, or with a pattern that takes too long to search this text (`limits.PATTERN_SECONDS`).
    """
    paths = {path.stem: path for folder in folders for path in sorted(Path(folder).glob("*.toml"))}
    known = {**_packaged(), **{stem: read_layout(path) for stem, path in paths.items()}}
    if name:
        if name not in known:
            raise UnknownNameError("layout", name, known, hint="known-layouts")
        best = name
    else:
        for stem, path in paths.items():
            _try("recognised", known[stem].recognised, text, path)
        fits = {name: layout.fit(text) for name, layout in known.items()}
        best = max(known, key=lambda name: (fits[name] > 0, not known[name].general, fits[name]))
        best = best if fits[best] else PLAIN
    if best in paths:
        _try("head", (each.pattern for each in known[best].head), text, paths[best])
        for key in ("answer", "noise", "notes", "items"):
            _try(key, getattr(known[best], key), text, paths[best])
    return known[best]


def _try(key: str, patterns: Iterable[re.Pattern[str]], text: str, path: Path) -> None:
    """Search a text by patterns that are not ours, as reading it will do: some take years for a short text."""
    for pattern in patterns:
        try:
            with at_most(limits.PATTERN_SECONDS):
                for _ in pattern.finditer(text):
                    pass
        except TimeoutError:
            written = pattern.pattern
            for name, meaning in _short_hands().items():
                written = written.replace(meaning, f"(?&{name})")
            written, seconds = " ".join(written.split()), limits.PATTERN_SECONDS
            raise InputFileError(path, "layout-pattern-slow", key=key, pattern=written, seconds=seconds) from None


@cache
def _packaged() -> dict[str, Layout]:
    return {path.stem: read_layout(path) for path in sorted(_FOLDER.glob("*.toml"))}


def layout_names() -> list[str]:
    """List the layouts that come with fot_graph."""
    return list(_packaged())


def read_layout(path: Path) -> Layout:
    """Read a layout. Raises: `InputFileError` for a file that is no layout, with the key that is at fault."""
    return _Reader(path, read_toml(path, _KEYS)).layout()


class _Reader:
    """One file of a layout while it is read."""

    def __init__(self, path: Path, data: dict[str, Any]) -> None:
        self.path, self.data = path, data

    def layout(self) -> Layout:
        for key, value in self.data.items():
            self._expect(key, value, _KEYS[key])
        self._expect_fields(self.data.get("expects", ()))
        return Layout(
            name=self.path.stem,
            language=self.data.get("language", ""),
            general=self.data.get("general", False),
            recognised=self._patterns("recognised"),
            expects=tuple(self.data.get("expects", ())),
            head=tuple(map(self._head, self.data.get("head", ()))),
            answer=self._patterns("answer"),
            noise=self._patterns("noise"),
            notes=self._patterns("notes"),
            items=self._patterns("items", "label"),
            inline=self.data.get("inline", False),
            bare=self.data.get("bare", False),
        )

    def _expect(self, key: str, value: object, kind: type) -> None:
        if not isinstance(value, kind):
            raise InputFileError(self.path, "layout-value", key=key, wanted=kind.__name__)

    def _head(self, entry: object) -> HeadPattern:
        if not isinstance(entry, dict) or not isinstance(entry.get("pattern"), str):
            raise InputFileError(self.path, "layout-value", key="head", wanted="pattern")
        pattern = self._pattern("head", entry["pattern"])
        return HeadPattern(pattern, entry.get("next", False) is True, entry.get("repeat", False) is True)

    def _patterns(self, key: str, *groups: str) -> tuple[re.Pattern[str], ...]:
        return tuple(self._pattern(key, each, *groups) for each in self.data.get(key, ()))

    def _pattern(self, key: str, written: object, *groups: str) -> re.Pattern[str]:
        if not isinstance(written, str):
            raise InputFileError(self.path, "layout-value", key=key, wanted="str")
        full = written
        for name, meaning in _short_hands().items():
            full = full.replace(f"(?&{name})", meaning)
        try:
            pattern = re.compile(full, re.VERBOSE | re.MULTILINE)
        except re.error as error:
            raise InputFileError(self.path, "layout-pattern", key=key, words=str(error)) from None
        self._expect_fields(name for name in pattern.groupindex if name not in groups)
        return pattern

    def _expect_fields(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in FIELDS:
                near = get_close_matches(name, FIELDS, n=1)
                hint = "did-you-mean" if near else "known-names"
                raise InputFileError(self.path, "unknown-key", hint, key=name, near=near, known=[*FIELDS])


_KEYS: dict[str, type] = {
    "language": str,
    "general": bool,
    "recognised": list,
    "expects": list,
    "head": list,
    "answer": list,
    "noise": list,
    "notes": list,
    "items": list,
    "inline": bool,
    "bare": bool,
}
