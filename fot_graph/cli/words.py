"""The options that several commands have, what their values may be, and the language of a command line."""

from __future__ import annotations

import os
import re
import sys
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from fot_graph.core import media_types
from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.core.words import LANGUAGES
from fot_graph.core.workspace import is_languages

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Mapping, Sequence

TIMEOUT = 30  # seconds
MAX_ROWS = 10_000


def add_answers(parser: argparse.ArgumentParser) -> None:
    """Add the options of the commands that answer a query."""
    add_common(parser, media_types.ROWS, media_types.GRAPH)
    add_iris(parser)
    add_quotes(parser)
    add_statuses(parser)
    add_graph_choice(parser)
    parser.add_argument("--max-rows", metavar="N", type=_count, default=MAX_ROWS, help="max-rows")
    add_limit(parser)
    parser.add_argument("--exit-status", action="store_true", help="exit-status")


def add_iris(parser: argparse.ArgumentParser) -> None:
    """Add --iris."""
    parser.add_argument("--iris", action="store_true", help="iris")


def add_quotes(parser: argparse.ArgumentParser) -> None:
    """Add --with-quotes and --all-evidence."""
    parser.add_argument("--with-quotes", action="store_true", help="with-quotes")
    parser.add_argument("--all-evidence", action="store_true", help="all-evidence")


def add_limit(parser: argparse.ArgumentParser) -> None:
    """Add --timeout, by which `cli` ends the process."""
    parser.add_argument("--timeout", metavar="SECONDS", type=seconds, default=TIMEOUT, help="timeout")


def add_common(parser: argparse.ArgumentParser, *what: str) -> None:
    """Add the options that every command has: its language, its output, and the formats that can hold `what` it gives.

    `what` are of the kinds in `core.media_types`.
    """
    add_language(parser)
    formats = media_types.formats_holding(*what)
    one_of = OneOf("format", formats, {each.alias: name for name, each in formats.items() if each.alias})
    parser.add_argument("-f", "--format", metavar="FORMAT", type=one_of, help="format")
    parser.add_argument("-o", "--output", metavar="FILE", help="output")


def add_language(parser: argparse.ArgumentParser) -> None:
    """Add --lang."""
    default = language(os.environ)
    parser.add_argument(
        "--lang", metavar="LANG", type=OneOf("language", sorted(LANGUAGES)), default=default, help="lang"
    )


def add_statuses(parser: argparse.ArgumentParser) -> None:
    """Add --status, which keeps the claims of some statuses."""
    parser.add_argument("--status", dest="statuses", metavar="STATUS", type=comma_separated, default=(), help="status")


def add_graph_choice(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose another graph than the packaged one; `cli.opening` opens it."""
    places = parser.add_mutually_exclusive_group()
    add_data(places)
    places.add_argument("--store", metavar="DIR", help="store")
    places.add_argument("--endpoint", metavar="URL", help="endpoint")
    parser.add_argument("--default-graph", metavar="IRI", default="", help="default-graph")


def add_data(parser: argparse._ActionsContainer) -> None:
    """Add --data, for the commands that read files; `cli.opening` finds a workspace where it is not given."""
    parser.add_argument("--data", metavar="DIR", type=Path, action="append", default=[], help="data")


def add_base(parser: argparse.ArgumentParser) -> None:
    """Add --base, for the commands that read documents."""
    parser.add_argument("--base", metavar="IRI", help="base")


def languages(words: str) -> list[str]:
    """Read languages with commas between them, each once. Raises: `UsageError` for what is none."""
    found = [*dict.fromkeys(comma_separated(words))]
    if not is_languages(found):
        raise UsageError("no-language-codes", words=words)
    return found


def person(word: str) -> str:
    """Read the name of a person. Raises: `UsageError` for one without a letter, or on several lines."""
    if len(word.splitlines()) != 1 or not any(map(str.isalpha, word)):
        raise UsageError("no-person", word=" ".join(word.splitlines()))
    return word.strip()


def day(word: str) -> str:
    """Read a day (ISO 8601). Raises: `UsageError` for what is none."""
    try:
        return date.fromisoformat(word).isoformat()
    except ValueError:
        raise UsageError("no-day", word=word) from None


def comma_separated(words: str) -> list[str]:
    """Read names with commas between them."""
    return [word.strip() for word in words.split(",") if word.strip()]


class OneOf:
    """A check that a word is one of some names; it raises `UnknownNameError` with the nearest ones."""

    def __init__(self, kind: str, names: Collection[str], aliases: Mapping[str, str] = MappingProxyType({})) -> None:
        self.kind, self.names, self.aliases = kind, names, aliases

    def __call__(self, word: str) -> str:
        """Give the name that the word is, or is another name for."""
        name = self.aliases.get(word, word)
        if name not in self.names:
            raise UnknownNameError(self.kind, word, [*self.names, *self.aliases])
        return name


def _count(word: str) -> int:
    if not (word.isascii() and word.isdigit()):
        raise UsageError("no-number-of-rows", word=word)
    return min(int(word.lstrip("0")[:20] or 0), sys.maxsize)  # 20 digits are more than any number of rows


def seconds(word: str) -> float:
    """Read a number of seconds. Raises: `UsageError` for what is none."""
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", word):
        raise UsageError("no-number-of-seconds", word=word)
    return float(word)


def language(environment: Mapping[str, str]) -> str:
    """Choose Dutch where the user's locale is Dutch, otherwise English.

    >>> language({"LANG": "nl_BE.UTF-8"}), language({"LC_ALL": "C", "LANG": "nl_BE.UTF-8"})
    ('nl', 'en')
    """
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "nl" if next(filter(None, names), "").startswith("nl") else "en"


def take_language(given: list[str]) -> tuple[str, list[str]]:
    """Take a language from the beginning of a command line; without one it is that of the user's locale.

    >>> take_language(["--lang", "nl", "--help"])
    ('nl', ['--help'])

    Raises: `UsageError` for --lang alone, `UnknownNameError` for a language that there is not.
    """
    option, sign, named = given[0].partition("=") if given else ("", "", "")
    if option != "--lang":
        return language(os.environ), given
    if not sign and len(given) < 2:
        raise UsageError("option-without-value", option=option)
    return OneOf("language", sorted(LANGUAGES))(named if sign else given[1]), given[1 if sign else 2 :]


def language_of(given: Sequence[str]) -> str:
    """Give the language that a command line asks for, also if it is wrong in another way.

    >>> language_of(["show", "--lang", "nl", "--lnag"]), language_of(["--lang=en"])
    ('nl', 'en')
    """
    asked = [
        word.partition("=")[2] or following
        for word, following in zip(given, [*given[1:], ""], strict=False)
        if word.partition("=")[0] == "--lang"
    ]
    return asked[-1] if asked and asked[-1] in LANGUAGES else language(os.environ)
