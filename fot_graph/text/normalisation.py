r"""The one normalisation under which a quote is compared with its source. It is never fuzzy.

A source may write with signs that nobody types, and nobody sees. So before they are compared, text and quote are
rewritten by RULES, in this order:

    zero-width characters   (zero-width spaces and joiners, byte-order marks, direction marks) are left out
    soft hyphens            are left out; one that ends a line counts as a hyphen there
    ligatures               are their letters: ﬁ is fi, ﬀ is ff, ĳ is ij
    combined letters        are their base letter and its marks (Unicode normalisation form D), so NFC equals NFD
    quotation marks         double ones are ", single ones and apostrophes are '
    dashes                  of all lengths, the minus and the no-break hyphen are -
    breaks after hyphens    white space after a hyphen, dash or underscore is left out: 'proef-\nonderzoek'
    white space             of any kind and length is one blank; around the whole there is none

A word that was split at a line's end ('werk-\nzaam') is also found when it is quoted whole ('werkzaam').

Every character keeps the place where it comes from, so that what is found is a range of the untouched text, in
characters (code points), and what is shown is always what the text has.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# Marks that combine with the letter before them; `\w` does not match them.
MARKS = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
# Words before which a hyphen stands for the rest of the word before it: 'in- en uitvoer'.
SUSPENDED = r"(?:en|of|en/of|naar|tot|als|dan|maar|noch|versus|respectievelijk)(?![\w-])"


class Tracked(NamedTuple):
    """A text that was rewritten, with the range of the first text that each of its characters comes from."""

    text: str
    starts: array[int]
    ends: array[int]

    @classmethod
    def of(cls, text: str) -> Tracked:
        """Take a text as it is."""
        return cls(text, array("I", range(len(text))), array("I", range(1, len(text) + 1)))

    def sub(self, pattern: re.Pattern[str], write: Callable[[re.Match[str]], str]) -> Tracked:
        """Rewrite what a pattern finds; each new character comes from the whole of what it replaces."""
        pieces: list[str] = []
        starts, ends = array("I"), array("I")
        done = 0
        for match in pattern.finditer(self.text):
            start, end = match.span()
            new = write(match)
            pieces += (self.text[done:start], new)
            starts += self.starts[done:start] + array("I", [self.starts[start]]) * len(new)
            ends += self.ends[done:start] + array("I", [self.ends[end - 1]]) * len(new)
            done = end
        if not done:
            return self
        pieces.append(self.text[done:])
        return Tracked("".join(pieces), starts + self.starts[done:], ends + self.ends[done:])


class Rule(NamedTuple):
    """One rule: its name (`languages/` has it in each language), what it finds, and what it writes in its place."""

    name: str
    pattern: re.Pattern[str]
    write: Callable[[re.Match[str]], str]


def _nothing(_: re.Match[str]) -> str:
    return ""


def _one_of(signs: dict[str, str]) -> tuple[re.Pattern[str], Callable[[re.Match[str]], str]]:
    """Give a pattern for single characters, and what writes each as `plain_signs` says."""
    written = {sign: new for all_, new in signs.items() for sign in all_}
    return re.compile(f"[{re.escape(''.join(written))}]"), lambda match: written[match[0]]


SOFT = "\ufdd0"  # stands for a hyphen that may vanish: no text has it, since Unicode gave it no character
_INVISIBLE = "[\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
_LIGATURES = dict(zip("ﬀﬁﬂﬃﬄﬅﬆĳĲ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st", "ij", "IJ"), strict=True))
_QUOTATION_MARKS = {"“”„‟«»": '"', "‘’‚‛‹›ʼ´`": "'"}
_DASHES = {"‐‑‒–—―−⁃﹘﹣－": "-"}
# No more marks together than Unicode's stream-safe text has (UAX 15): to order thousands takes quadratic time.
_CLUSTER = re.compile(rf".[{MARKS}]{{1,30}}|[^\x00-\x7f]", re.DOTALL)
_SOFT_HYPHEN = re.compile("\u00ad(?P<blank>(?=\\s+\\S))?")

# What nobody sees, or sees as a letter: what is left are the words of the text.
_LETTERS = (
    Rule("zero-width characters", re.compile(_INVISIBLE), _nothing),
    Rule("soft hyphens", _SOFT_HYPHEN, lambda found: "" if found["blank"] is None else SOFT),
    Rule("ligatures", *_one_of(_LIGATURES)),
    Rule("combined letters", _CLUSTER, lambda found: unicodedata.normalize("NFD", found[0])),
)
_SIGNS = (
    Rule("quotation marks and apostrophes", *_one_of(_QUOTATION_MARKS)),
    Rule("dashes", *_one_of(_DASHES)),
)
_BLANKS = (
    Rule("a hyphen at a line end", re.compile(rf"(?<=[-{SOFT}_])\s+"), _nothing),
    Rule("special spaces", re.compile(r"\s{2,}|[^\S ]"), lambda _: " "),
)
RULES = (*_LETTERS, *_SIGNS, *_BLANKS)

_SPLIT_WORD = re.compile(rf"(?<=[^\W\d_]|[{MARKS}])(?P<hyphen>-)(?=[^\S\n]*\n\s*(?!{SUSPENDED})(?P<next>[^\W\d_]))")
_SPLIT = re.compile(rf"{_SPLIT_WORD.pattern}[^\S\n]*\n\s*|{SOFT}\s+")
_HYPHEN_IN_WORD = re.compile(rf"(?<=[\w{MARKS}])-(?=\w)")


class Normalised(NamedTuple):
    """A text under the normalisation; `soft` are the places in it of hyphens that a line's end may have put there."""

    tracked: Tracked
    soft: frozenset[int]

    @property
    def text(self) -> str:
        """The normalised text."""
        return self.tracked.text

    def range(self, start: int, end: int) -> tuple[int, int] | None:
        """Give the range of the untouched text that a stretch comes from; None if an end divides a character of it."""
        _, starts, ends = self.tracked
        if (start and ends[start - 1] > starts[start]) or (end < len(ends) and ends[end - 1] > starts[end]):
            return None
        return starts[start], ends[end - 1]


def plain_letters(text: str) -> Tracked:
    r"""Write a text in plain letters, without what nobody sees; white space and signs stay.

    >>> plain_letters("e\u0301\u00adﬁn –  x").text == "e\u0301fin –  x"
    True
    """
    return _apply_rules(Tracked.of(text), _LETTERS)


def plain_signs(text: str) -> Tracked:
    r"""Write a text in plain letters and signs; white space stays.

    >>> plain_signs("de “KPI’s” – \u200b nu").text
    'de "KPI\'s" -  nu'
    """
    return _apply_rules(plain_letters(text), _SIGNS)


@lru_cache(maxsize=4)
def normalise(text: str) -> Normalised:
    r"""Normalise a text. The last ones are kept, because hundreds of quotes are looked up in the same text.

    >>> normalise("een viona-\n onder\u00adzoek\n").text
    'een viona-onderzoek'
    """
    whole = _apply_rules(plain_signs(text).sub(_SPLIT_WORD, _soft_before_lower_case), _BLANKS)
    start, end = len(whole.text) - len(whole.text.lstrip()), len(whole.text.rstrip())
    stripped = whole.text[start:end]
    soft = frozenset(place for place, sign in enumerate(stripped) if sign == SOFT)
    return Normalised(Tracked(stripped.replace(SOFT, "-"), whole.starts[start:end], whole.ends[start:end]), soft)


@lru_cache(maxsize=4)
def without_hyphens(text: str) -> Tracked:
    """Give a normalised text without the hyphens in its words, with the ranges of the normalised text."""
    return Tracked.of(text).sub(_HYPHEN_IN_WORD, _nothing)


def whole_words(text: Tracked) -> Tracked:
    """Join the words that were split at the end of a line, in a text as `plain_signs` gives it."""
    return text.sub(_SPLIT, lambda found: "" if (found["next"] or "a").islower() else found[0])


def needed_rules(stretch: str, quote: str) -> tuple[Rule, ...]:
    """Give the rules that a quote needs to be the same as a stretch of text; how lines are wrapped is no cause."""
    return tuple(rule for rule in RULES if _visible_changes(rule, stretch) != _visible_changes(rule, quote))


def _visible_changes(rule: Rule, text: str) -> list[str]:
    """Give what a rule would change in a text, other than plain blanks and line ends."""
    changed = (match[0] for match in rule.pattern.finditer(text) if rule.write(match) != match[0])
    wrapped = (re.sub(r"[ \t\n\r\f\v]+", " ", each) for each in changed)
    return [each for each in wrapped if rule is not RULES[-1] or each != " "]


def _apply_rules(text: Tracked, rules: Iterable[Rule]) -> Tracked:
    for rule in rules:
        text = text.sub(rule.pattern, rule.write)
    return text


def _soft_before_lower_case(found: re.Match[str]) -> str:
    return SOFT if found["next"].islower() else found[0]
