"""Whether a sentence denies what some of its words say: 'I never promised …', 'Ik zal niet …', 'je ne m'engage pas'.

The words that deny are data, by language: ontology/turning-words.toml.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.text.languages import patterns
from fot_graph.text.normalisation import MARKS, plain_signs
from fot_graph.text.omissions import parts_pattern, word_lists, words_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SENTENCE_END = re.compile(r"(?<=[.?!;:])[\"')\]]*\s+")


class Denial(NamedTuple):
    """A word that denies, and whether it may belong to what is to be done: 'I will not …', and not 'I never …'."""

    words: str
    of_content: bool


def denials(text: str, language: str, wordings: Iterable[str]) -> list[Denial]:
    """Find the words of a text on one line that deny some wordings in it, such as 'zal' and 'promised'.

    `language` is that of the text, as a tag (BCP 47); of one that has no list nothing is known.

    >>> denials("I never promised that I will pay.", "en", ["promised"])
    [Denial(words='never', of_content=False)]
    >>> denials("Ik zal erop toezien dat er geen misbruik is, en niet alleen hier.", "nl", ["zal"])
    []
    """
    words = _words(language.partition("-")[0].lower())
    wanted = [_plain(wording, language) for wording in wordings]
    if not words or not wanted:
        return []
    cues = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, wanted))})(?![\w-])", re.IGNORECASE)
    found: list[Denial] = []
    for sentence in _SENTENCE_END.split(_plain(text, language)):
        for cue in cues.finditer(sentence):
            found += _of_cue(words, sentence, cue)
    return list(dict.fromkeys(found))


def denies(text: str, language: str) -> bool:
    """Tell whether a text, such as a name, has a word that denies."""
    words = _words(language.partition("-")[0].lower())
    return bool(words and words.negating.search(_plain(text, language)))


class _Words(NamedTuple):
    negating: re.Pattern[str]
    harmless: re.Pattern[str]
    edges: re.Pattern[str]  # words that another clause begins with
    content: re.Pattern[str]
    pledging: re.Pattern[str]
    auxiliary: re.Pattern[str]


@cache
def _words(language: str) -> _Words | None:
    lists = word_lists(language)
    if not lists:
        return None
    denying = f"{words_pattern(lists, 'negating', 'refusing')}|{parts_pattern(lists, 'negating_beginnings')}"
    negating = rf"(?<!-)(?:{denying})(?!-\w)"
    content = rf"(?!{words_pattern(lists, 'pointing')}){words_pattern(lists, 'content')}"
    auxiliary = "|".join([patterns("futures"), patterns("present_passives"), words_pattern(lists, "auxiliary")])
    harmless, pledging = words_pattern(lists, "harmless"), words_pattern(lists, "pledging")
    written = negating, harmless, words_pattern(lists, "joining", "subordinate"), content, pledging, auxiliary
    return _Words(*(re.compile(pattern, re.IGNORECASE) for pattern in written))


@lru_cache(maxsize=4096)  # names come again
def _plain(text: str, language: str) -> str:
    plain = plain_signs(text).text
    return re.sub(f"[{MARKS}]", "", plain) if word_lists(language.partition("-")[0].lower()).get("stressed") else plain


def _of_cue(words: _Words, sentence: str, cue: re.Match[str]) -> Iterator[Denial]:
    """Find what denies a wording: before it in its clause or a clause that has it as its content, or behind it."""
    is_auxiliary = bool(words.auxiliary.fullmatch(cue[0]))
    harmless = [found.span() for found in words.harmless.finditer(sentence)]
    edges = [found.end() for found in words.edges.finditer(sentence, 0, cue.start())]
    if not words.pledging.search(cue[0]):
        commas = (found.end() for found in re.finditer(r",\s*", sentence[: cue.start()]))
        edges += [at for at in commas if not words.content.match(sentence, at)]
    start, end = max(edges, default=0), len(sentence)
    for pattern in (words.edges, words.content):
        if found := pattern.search(sentence, cue.end()):
            end = min(end, found.start())
    for found in words.negating.finditer(sentence, start, end):
        at = found.start()
        if cue.start() <= at < cue.end() or any(first <= at < last for first, last in harmless):
            continue
        is_behind = at > cue.start()
        is_inside = is_auxiliary and not words.content.search(sentence, at, cue.start())
        yield Denial(found[0], is_behind or is_inside)
