"""What a reader has to know of each language: abbreviations, months, the words of questions and answers.

The data stand in `languages/*.toml`, one file a language. What is read of them serves every text: a Belgian one mixes
two languages, and the abbreviations of one are seldom words of another.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FOLDER = Path(__file__).with_name("languages")


@cache
def languages() -> dict[str, dict[str, Any]]:
    """Give the data of each language by its tag (ISO 639-1)."""
    import tomllib  # noqa: PLC0415  the packaged graph is read without it, as a former run left it

    files = sorted(_FOLDER.glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


def words(key: str) -> list[str]:
    """Give a list of all languages together; what is one text is cut at white space.

    >>> "januari" in words("months") and "March" in words("months")
    True
    """
    found: list[str] = []
    for data in languages().values():
        entry = data[key]
        found += entry.split() if isinstance(entry, str) else entry
    return list(dict.fromkeys(found))


def any_of(key: str) -> str:
    """Give a pattern for any of the words of a list."""
    return alternatives(words(key)).replace("\\ ", r"\s+")


def alternatives(words: Iterable[str]) -> str:
    """Give a pattern for any of some words, the longest first; one that finds nothing where there are none."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, longest_first)) or r"(?!)"


def patterns(key: str) -> str:
    """Give a pattern for what a key of each language describes by a pattern of its own; layout aside."""
    return "|".join("".join(data[key].split("\n")) for data in languages().values())


_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str, among: Sequence[str] = (), otherwise: str = "nl") -> str:
    """Tell the language of a text by its most common words: 'nl', 'fr' or 'en', or one of those given.

    Where nothing decides it is `otherwise`.

    >>> language_of("Le ministre peut-il dire ce que coûte la mesure ?"), language_of("S4W-12051", ["en", "fr"], "en")
    ('fr', 'en')
    """
    counts = dict.fromkeys(among or languages(), 0)
    for word in _WORD.findall(text.lower()):
        for tag in counts:
            counts[tag] += word in _common(tag)
    best = max(counts.values())
    return otherwise if counts.get(otherwise, 0) == best else max(counts, key=lambda tag: counts[tag])


def is_in_none_of(text: str, tags: Sequence[str]) -> bool:
    """Tell that a text has too few of the common words of some languages to be in one of them.

    No where it is too short to tell, and where nothing is known of one of the languages.

    >>> is_in_none_of("El plan sigue su curso, y luego decidiremos. " * 3, ["nl", "en"])
    True
    """
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < _FEWEST_WORDS or not all(map(_common, tags)):
        return False
    return all(sum(word in _common(tag) for word in words) < _LEAST_SHARE * len(words) for tag in tags)


_FEWEST_WORDS = 20
_LEAST_SHARE = 0.14  # of its common words in a text: at least 0.16 in all that we have, at most 0.13 in other languages


@cache
def _common(tag: str) -> frozenset[str]:
    return frozenset(languages().get(tag, {}).get("common", "").split())
