"""The words of a text and their edges: a quote holds whole words, and a figure is grounded by a whole figure.

A word is letters and digits with what joins them:

    in a number          28.433,60   1 234 (with a space of any kind)   -5   ≥ 5   2 ½   1/4   10^6   5 miljoen
    with its unit        12%   12 %   €500   500 euro   EUR 500   10 km/u   100 m²   (units: languages/*.toml)
    in a date or a code  3/05/2021   30-09-2020   14:30   2019-41   2019/24   3 bis
    in an address        https://example.org/een-twee   jan.peeters@example.org
    with a hyphen        proef-onderzoek, also where a line ends after the hyphen
    with a bracket       project(en)   (on)gelijk
    with an apostrophe   KPI’s, l’emploi, ’s
    in an abbreviation   m.b.t, R&D
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from fot_graph.text.languages import any_of
from fot_graph.text.normalisation import MARKS, SOFT, SUSPENDED, plain_letters

if TYPE_CHECKING:
    from collections.abc import Collection

GROUPING = "\u00a0\u202f\u2007\u2009"  # the spaces that may stand between the thousands of a number
_SIGN = rf"(?:[^\W_]|[{MARKS}])"  # an underscore joins, but around words it only marks them
_LINE_END = r"[^\S\n]*\n\s*"
_IN_ADDRESS = r"[^\s<>\"{}|\\^`()\[\]“”‘’«»]"
_BRACKETED = r"(?<=_)\([\w.,%-]{1,80}\)"  # …/wiki/Talent_(begrip)
_ADDRESS = (
    r"(?:https?://|ftp://|mailto:|www\.)"
    rf"(?:{_IN_ADDRESS}|{_BRACKETED}|(?<=[-_]){_LINE_END}(?=[\w/%]))*(?:[\w/]|{_BRACKETED})"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    rf"|(?:[a-zA-Z0-9-]{{1,63}}\.){{1,4}}[a-z]{{2,6}}/{_IN_ADDRESS}*[\w/]"
)
_MONEY = "€$£¥"
_CODES = "EUR|USD|GBP|BEF"
_FRACTION = "[¼-¾⅐-⅞]"
_BLANK = rf"[ {GROUPING}]?"
_GAP = rf"(?:[ {GROUPING}]|[^\S\n]{{0,8}}\n[^\S\n]{{0,8}})?"
_SIGNED = rf"(?:(?<![^\s({_MONEY}<>≤≥≈~±])[-−–‑‐+±](?=[{_MONEY}]?\d))?"
_COMPARED = rf"(?:(?:[<≤≥≈~±]|(?<=[^\n])>){_BLANK}(?=[-−–‑‐+]?(?:[{_MONEY}]{_BLANK})?\d))?"
_PRICED = rf"(?:(?:[{_MONEY}]|(?:{_CODES})(?=[^\w])){_BLANK}(?=[-−–‑‐+]?\d))?"
_BEFORE = rf"{_COMPARED}{_SIGNED}{_PRICED}{_SIGNED}(?:\([a-zß-ÿ]{{1,8}}-?\)(?=[a-zß-ÿ])|['’‘](?=[nst](?!{_SIGN})))?"
_GROUPED = (
    rf"(?<!\d)\d{{1,3}}(?:[{GROUPING}]\d{{3}})+(?!\d)"
    r"|(?<![\d.,])(?<!\d )\d{1,3}(?: \d{3})+(?:,\d+)?(?![.,]?\d| \d)"  # with plain spaces, where no more cells follow
)
_JOINER = "|".join(
    (
        rf"{SOFT}\s+(?={_SIGN})",
        rf"[-‐‑](?={_SIGN}|{_LINE_END}(?!{SUSPENDED}){_SIGN})(?:{_LINE_END})?",
        rf"_+(?:{_LINE_END})?",
        rf"(?<=\d)[-–−‒‐‑](?:['’]|[{_MONEY}])?(?=\d)",
        r"(?<=\d)%(?:-?(?=[^\W\d_])|[-–](?=\d))",
        r"['’ʼ]",
        r"(?<=\d)[.,:·٫×*^](?=\d)",
        rf"(?<=\d)[ {GROUPING}](?={_FRACTION})",
        rf"(?<=\d)(?<!\d{{4}})[ {GROUPING}](?=[1-9]/[2-9](?![\d/]))",
        r"(?<=\d)\+['’]?(?=[^\W\d_])",
        r"\([a-zß-ÿ]{1,6}\)(?=[a-zß-ÿ])",
        r"(?<=[^\W\d_])\.(?=[^\W\d_])(?!(?<=[a-zß-ÿ]\.)[A-Z])",  # 'm.b.t', but not 'beleid.Hierin'
        r"(?<=\d)[/⁄∕]|[/⁄∕](?=\d)",
        "&",
    )
)
_LATIN = "bis|quater|quinquies|sexies|septies|octies|novies|decies"  # 'ter' is a word of its own in Dutch
_NO_NAME = r"(?!(?:Frank|Mia|Ton)\b)"  # but units, in small letters
_TO = r"(?:(?:-| (?:a\u0300|tot|to) |(?<!\d{4}) [-–] )\d+(?:[.,]\d+)*)?"
_SHORT_UNITS = "(?:k|c|m)?m[²³]?|m?kg|[kMG]Wh?|ha"


@cache
def _word_pattern() -> re.Pattern[str]:
    units = "|".join(any_of(key).replace(r"\.|", "|") for key in ("magnitudes", "currencies", "measures"))
    named = rf"(?:{_NO_NAME}(?i:{units})|{_SHORT_UNITS}|(?:{_CODES})(?!{_BLANK}\d))(?!\.?{_SIGN})(?:/[^\W\d_]+)?"
    rate = r"(?:u|h|g|mg|l)/[^\W\d_]+"
    unit = rf"{named}|{rate}|[%‰]|°(?:{_BLANK}[CF](?!{_SIGN})|(?:{_LATIN}))?|[{_MONEY}](?!{_BLANK}\d)"
    after = rf"(?:(?<=\d|{_FRACTION})(?:{_TO}(?:{_GAP}(?:{unit})){{1,2}}|{_BLANK}(?:{_LATIN})(?!{_SIGN})))?"
    ending = r"(?:(?<=[^\W\d_])\([a-zß-ÿ]{1,4}\)|\+{1,2}(?!\w))?"
    return re.compile(rf"{_ADDRESS}|{_BEFORE}(?:{_GROUPED}|{_SIGN}+)(?:(?:{_JOINER}){_SIGN}+)*{after}{ending}")


@lru_cache(maxsize=4)
def word_bounds(text: str) -> tuple[list[int], list[int]]:
    """Give the starts and the ends of the words of a text, in order.

    >>> text = "Het viona-onderzoek: 28.433,60 op 3/05/2021."
    >>> [text[start:end] for start, end in zip(*word_bounds(text))]
    ['Het', 'viona-onderzoek', '28.433,60', 'op', '3/05/2021']
    """
    plain = plain_letters(text)
    spans = [match.span() for match in _word_pattern().finditer(plain.text)]
    return [plain.starts[start] for start, _ in spans], [plain.ends[end - 1] for _, end in spans]


def divided_word(text: str, at: int) -> tuple[int, int] | None:
    """Give the word that a place in a text divides, as its start and end; None where no word is divided."""
    starts, ends = word_bounds(text)
    place = bisect_right(starts, at) - 1
    return (starts[place], ends[place]) if place >= 0 and starts[place] < at < ends[place] else None


def divided_words(text: str, start: int, end: int, edges: Collection[int] = ()) -> list[tuple[int, int]]:
    """Give the words that the ends of a stretch of text divide. `edges` are those of its units, which divide none.

    >>> [text for text in ["514 dossiers"] for span in divided_words(text, 1, 12)]
    ['514 dossiers']
    """
    found = (divided_word(text, at) for at in (start, end) if at not in edges)
    return list(dict.fromkeys(filter(None, found)))


# --- Figures --------------------------------------------------------------------------------------------------------

_FIGURE = r"(?P<{}>\d+(?:[.,]\d+)*)"
_FIGURES = re.compile(f"{_FIGURE.format('first')}-{_FIGURE.format('last')}")
_RUN_BEFORE = re.compile(r"[\w.,:/'-]*\Z")
_RUN_AFTER = re.compile(r"[\w.,:/'-]*")
_LONGEST_RUN = 64  # characters on each side; nothing that is longer is a range


def is_whole_figure(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch that begins or ends with a digit is no part of a longer figure, date or code there.

    The text is as `normalisation.plain_signs` gives it, with a point for the space between thousands. Either end of
    a range is whole, and so is the figure of '3-jarig', '5/maand' and '15%'.

    >>> [is_whole_figure(text, 0, 4) for text in ("2019", "2019-2024", "2019-358", "2019/24", "2019,5", "2019-plan")]
    [True, True, False, False, False, True]
    """
    return _begins_whole(text, start) and _ends_whole(text, end)


def _begins_whole(text: str, start: int) -> bool:
    if not text[start].isdigit():
        return True
    before = text[max(0, start - 2) : start]
    if re.search(rf"[\w{MARKS}]\Z|\d[.,:'·٫×*^]\Z|-'\Z|\w[/⁄∕]\Z|(?:\A|[\s({_MONEY}])-\Z", before):
        return False
    return not re.search(r"\w-\Z", before) or _is_end_of_range(text, start, "last")


def _ends_whole(text: str, end: int) -> bool:
    if not text[end - 1].isdigit():
        return True
    if _goes_on_pattern().match(text, end):
        return False
    after = text[end : end + 2]
    if re.match(rf"[\w{MARKS}]|[.,:'·٫×*^/⁄∕]\d|[-/][^\W\d_]", after):
        return after[0] in "-/" and after[1].islower()
    return not re.match(r"-\d", after) or _is_end_of_range(text, end, "first")


@cache
def _goes_on_pattern() -> re.Pattern[str]:
    """Give a pattern of what makes another figure of the one before it: '5 miljoen', '5 à 6 miljoen', '3 bis'."""
    large = rf"{_TO}[ -]?{_NO_NAME}(?i:{any_of('magnitudes')}|m?[mk][{_MONEY}])(?!{_SIGN})"
    return re.compile(rf"{large}|{_BLANK}(?:{_LATIN})(?!{_SIGN})|{_BLANK}‰| (?<!\d{{4}} )[1-9]/[2-9](?![\d/])")


def _is_end_of_range(text: str, at: int, which: str) -> bool:
    """Tell whether the first figure of a range ends, or the last one begins, at a place: '2019-2024', '5-10'."""
    before = _RUN_BEFORE.search(text[max(0, at - _LONGEST_RUN) : at])
    after = _RUN_AFTER.match(text[at : at + _LONGEST_RUN])
    assert before
    assert after
    run = _FIGURES.fullmatch((before[0] + after[0]).rstrip(".,:'"))
    if not run or (run.end("first") if which == "first" else run.start("last")) != len(before[0]):
        return False
    first, last = (re.sub(r"\D", "", run[name]) for name in ("first", "last"))
    alike = len(last) - len(first) < (1 if re.fullmatch("(19|20)[0-9]{2}", last) else 2)
    return alike and first[0] != "0" != last[0] and int(first) < int(last)
