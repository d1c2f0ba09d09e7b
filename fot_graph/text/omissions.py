"""What a claim leaves out of a sentence that it quotes in part, where that turns what the sentence says.

'De projecten slaagden er […] in' leaves out 'niet'. The words that turn a sentence are data, by language:
ontology/turning-words.toml.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

from fot_graph.core.errors import InputFileError
from fot_graph.core.fragments import Span
from fot_graph.core.resources import folder, read_text
from fot_graph.text.normalisation import MARKS, plain_signs, whole_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

KINDS = ("negating", "lacking", "limiting", "conditional")
_MARK = re.compile(f"[{MARKS}]")
_BEFORE, _AFTER = rf"(?<![^\W_])(?<![{MARKS}])", rf"(?![^\W_]|[{MARKS}]|(?<=\bno)\.\s?\d)"  # 'no. 5'


def turning_omissions(text: str, sentence: Span, quoted: Iterable[Span], language: str) -> list[Span]:
    """Give the stretches of a sentence that no passage quotes and in which a word turns the sentence, in order.

    `language` is that of the text, as a tag (BCP 47); of one that has no list nothing is known.
    """
    pattern, stressed = turning_words(language.partition("-")[0].lower())
    if not pattern:
        return []
    stretches = list(omitted_spans(sentence, quoted))
    found = list(_turning_ranges(text[sentence.start : sentence.end], pattern, stressed=stressed)) if stretches else []
    words = [Span(sentence.start + start, sentence.start + end) for start, end in found]
    return [each for each in stretches if any(word.start < each.end and each.start < word.end for word in words)]


def omitted_spans(sentence: Span, quoted: Iterable[Span]) -> Iterator[Span]:
    """Yield the stretches of a sentence that passages leave out, in order; of one that none of them quotes, nothing."""
    inside = sorted(span for span in quoted if span.start < sentence.end and sentence.start < span.end)
    at = sentence.start
    for span in inside:
        if at < span.start:
            yield Span(at, span.start)
        at = max(at, span.end)
    if inside and at < sentence.end:
        yield Span(at, sentence.end)


@cache
def turning_words(language: str) -> tuple[re.Pattern[str] | None, bool]:
    """Give a pattern of the words that turn a sentence, and whether accents only stress them; None for no list.

    Raises: `InputFileError` for a list that is no TOML.
    """
    given = word_lists(language)
    if not given:
        return None, False
    pattern = f"{words_pattern(given, *KINDS)}|{parts_pattern(given, 'beginnings')}"
    return re.compile(pattern, re.IGNORECASE), given["stressed"]


@cache
def word_lists(language: str) -> dict[str, Any]:
    """Give the lists of a language by their names; none for a language that is not known.

    Raises: `InputFileError` for a file that is no TOML.
    """
    path = folder("ontology") / "turning-words.toml"
    try:
        return dict(tomllib.loads(read_text(path)).get(language, {}))
    except tomllib.TOMLDecodeError as error:
        raise InputFileError(path, "no-toml", "installed-without-folder.hint", words=str(error)) from None


def words_pattern(lists: Mapping[str, Any], *kinds: str) -> str:
    """Write a pattern for the words of some lists; one that finds nothing where they are empty."""
    entries = [entry for kind in kinds for entry in lists.get(kind, ())]
    return rf"{_BEFORE}(?:{_any_of(entries)}){_AFTER}" if entries else r"(?!)"


def parts_pattern(lists: Mapping[str, Any], beginnings: str) -> str:
    """Write a pattern for the beginnings of words in a list, and for the ends that turn any word."""
    forms = [rf"{_BEFORE}(?:{_any_of(lists[beginnings])})"] if lists.get(beginnings) else []
    forms += [rf"(?:{_any_of(lists['endings'])}){_AFTER}"] if lists.get("endings") else []
    return "|".join(forms) or r"(?!)"


def _any_of(entries: Iterable[str]) -> str:
    """Write a pattern for any of some words as `normalisation.plain_signs` writes them, the longest first.

    French capitals may lack their accents: 'A moins', 'GUERE'.
    """
    plain = sorted((plain_signs(entry).text for entry in entries), key=len, reverse=True)
    bare = [_MARK.sub("", entry) for entry in plain if _MARK.search(entry)]
    capitals = dict.fromkeys([*map(str.upper, bare), *map(str.capitalize, (one for one in bare if one[:2] == "a "))])
    return "|".join([*map(_words_pattern, plain), *(f"(?-i:{_words_pattern(entry)})" for entry in capitals)])


def _words_pattern(entry: str) -> str:
    return r"\s+".join(map(re.escape, entry.split()))


def _turning_ranges(sentence: str, pattern: re.Pattern[str], *, stressed: bool) -> Iterator[tuple[int, int]]:
    r"""Yield the ranges of turning words, also of those that were split at a line's end ('zon-\nder')."""
    plain = plain_signs(sentence)
    if stressed:
        plain = plain.sub(_MARK, lambda _: "")
    for text in (plain, whole_words(plain)):
        for found in pattern.finditer(text.text):
            yield text.starts[found.start()], text.ends[found.end() - 1]
