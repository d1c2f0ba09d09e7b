"""Where sentences end: full stops with those of abbreviations, initials and numbers left out.

Abbreviations stand in `languages/*.toml`, those of all languages together. After a sentence may stand marks of
footnotes or a reference number ('… vraagt? 1)', '… matter. [7433/24]'), which are no part of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from fot_graph.text.languages import words
from fot_graph.text.units import Unit

_CLOSING = r"[”’»\"')\]]*_*"
_GLUED = r"(?<=[a-zà-ÿ)”»\"][.?!])\d{1,2}(?!\S)"  # a raised number that a reader of files made a plain one
_MARKS = rf"(?P<marks>(?:\s?\[\d[\d/, ]*\])+|(?:\(\d{{1,3}}\))+|[¹²³⁰-⁹]+|{_GLUED}|)"
_STOP = re.compile(
    rf"(?P<mark>[.?!…])(?P<closing>{_CLOSING}){_MARKS}"
    r"(?:(?=\s+[“‘«(\[]*(?P<next>[^\s“‘«(\[]))|(?<=[^\W_A-ZÀ-Þ][.?!…)\"”»])(?=[A-ZÀ-Þ][^\W\d_A-ZÀ-Þ])|(?<=[)\"”»%][.?!…)\"”»])(?=[A-ZÀ-Þ][^\W\d_A-ZÀ-Þ])|(?<=[\])¹²³⁰-⁹])(?=[A-ZÀ-Þ]))"
)
_LAST_STOP = re.compile(rf"(?P<mark>[.?!:]){_CLOSING}(?:\s?\[\d[\d/, ]*\]|\s?\(?\d{{1,3}}\)|[¹²³⁰-⁹]|{_GLUED})*\Z")
_LAST_MARKS = re.compile(
    rf"(?<=[.?!…\"”»’)])(?:\s{{0,3}}(?:\[\d[\d/, ]{{0,12}}\]|\(?\d{{1,3}}\)|[¹²³⁰-⁹]{{1,3}}|{_GLUED})){{1,5}}\Z"
)
_ONLY_MARKS = re.compile(r"(?:(?:\[\d[\d/, ]{0,40}\]|\(?\d{1,3}\)|[¹²³⁰-⁹]{1,3})\s*)+")
_ONE_MARK = re.compile(r"\[\d[\d/, ]*\]|\(?\d{1,3}\)|[¹²³⁰-⁹]+|\d+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]")


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(words("abbreviations"))


@cache
def _may_close() -> frozenset[str]:
    return frozenset(words("may_close"))


@cache
def _before_numbers() -> frozenset[str]:
    return frozenset(word.lower() for word in (*words("before_numbers"), *words("short_months")))


def sentences(text: str, start: int, end: int) -> list[Unit]:
    """Parse the sentences in the range, and the marks after them. What the last full stop leaves is a sentence too."""
    found: list[Unit] = []
    quotations = _Quotations(text, start, end)
    begin = _next_word(text, start)
    for stop in _STOP.finditer(text, start, end):
        if stop.start() < begin or not _ends_sentence(text, begin, stop) or quotations.goes_on(begin, stop.end()):
            continue
        found.append(Unit("sentence", begin, stop.end("closing")))
        found += _marks(text, stop.start("marks"), stop.end("marks"))
        begin = _next_word(text, stop.end("marks"))
    if begin < end:
        found += _last_sentence(text, begin, end, is_first=not found)
    return found


def _last_sentence(text: str, begin: int, end: int, *, is_first: bool) -> list[Unit]:
    if not is_first and (marks := _ONLY_MARKS.fullmatch(text, begin, end)):
        return _marks(text, *marks.span())
    marks = _LAST_MARKS.search(text, max(begin, end - 40), end)
    stop = marks and _LAST_STOP.search(text, max(begin, marks.start() - 16), marks.start())
    if not marks or not stop or ends_in_abbreviation(text, begin, stop.start()):
        return [Unit("sentence", begin, end)]
    return [Unit("sentence", begin, marks.start()), *_marks(text, marks.start(), end)]


def _marks(text: str, start: int, end: int) -> list[Unit]:
    return [Unit("mark", *mark.span()) for mark in _ONE_MARK.finditer(text, start, end)]


def _ends_sentence(text: str, begin: int, stop: re.Match[str]) -> bool:
    """Tell whether a full stop with text after it ends the sentence that begins at `begin`.

    Within brackets it does so only when the whole sentence stands in them: '(sectoren, …) en', '(enz.) De'.
    """
    following = stop["next"]
    if following is None:  # glued to the next sentence, which no address is
        return not _is_address(text, begin, stop.start())
    if following.islower() or (")" in stop["closing"] and text[begin] != "("):
        return False
    if stop["mark"] != ".":
        return True
    return not _is_abbreviated(text, begin, stop.start(), before_number=following.isdigit())


def _is_address(text: str, begin: int, end: int) -> bool:
    word = text[max(begin, end - 200) : end].split()[-1:]
    return bool(word) and (word[0].lower().startswith("www") or "://" in word[0] or "@" in word[0])


def is_ended(text: str, start: int, end: int) -> bool:
    """Tell whether a block of text ends with a sentence, or with the colon of an introduction."""
    stop = _LAST_STOP.search(text, max(start, end - 16), end)
    if not stop:
        return False
    return stop["mark"] != "." or not _is_abbreviated(text, start, stop.start())


def ends_in_abbreviation(text: str, start: int, stop: int) -> bool:
    """Tell whether the full stop at `stop` is that of an abbreviation which something always follows: 'nr.'."""
    return _is_abbreviated(text, start, stop, before_number=True)


def _is_abbreviated(text: str, begin: int, end: int, *, before_number: bool = False) -> bool:
    """Tell whether the full stop at `end` belongs to an abbreviation, initials or the number of a heading.

    The sentence begins at `begin`. Only its last word is looked at: one may have thousands of full stops.
    """
    while begin < end and text[end - 1].isspace():
        end -= 1
    start = end
    while begin < start and not text[start - 1].isspace():
        start -= 1
    word = _ELIDED.sub("", text[start:end].lstrip("(“‘«\"'[").lower())
    if start == begin and word.isdigit() and len(word) < 3:
        return True
    if word in _abbreviations() or (before_number and word in _before_numbers()):
        return True
    return word not in _may_close() and bool(_INITIALS.fullmatch(word))


_ELIDED = re.compile(r"^(?:qu|[cdjlmnst])['’]")  # before 'art.' in French

_PAIRS = {"“": "”", "«": "»"}


class _Quotations:
    """Where quotations stand that the sentence around them goes on after: 'zoals: "Hebt u …? Waarom?".'."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._spans: list[tuple[int, int]] = []
        opened: dict[str, int] = {}
        for sign in _QUOTES.finditer(text, start, end):
            mark, at = sign[0], sign.start()
            closes = next((other for other, closing in _PAIRS.items() if closing == mark), mark)
            if closes in opened and (mark == '"' or mark not in _PAIRS):
                began = opened.pop(closes)
                if _GOES_ON.match(text, at + 1, end):
                    self._spans.append((began, at + 1))
            elif mark in _PAIRS or mark == '"':
                opened[mark] = at
        self._spans.sort()

    def goes_on(self, begin: int, at: int) -> bool:
        """Tell whether a place lies within such a quotation that began after the sentence did, at `begin`."""
        place = bisect_right(self._spans, (at, -1)) - 1
        return place >= 0 and begin < self._spans[place][0] and at <= self._spans[place][1]


_QUOTES = re.compile('[“”«»"]')
_GOES_ON = re.compile(r"[.;,]|\s+[^\W\d_A-ZÀ-Þ]")

_WORD = re.compile(r"\S")


def _next_word(text: str, start: int) -> int:
    match = _WORD.search(text, start)
    return match.start() if match else len(text)
