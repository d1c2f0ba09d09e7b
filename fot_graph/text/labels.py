"""The numbers of items: how a marker is written, and which items of a question a number of an answer names.

A label is a number ('3'), a capital letter or Roman number ('A', 'IV') or a small letter ('b'), with letters or
numbers below it if any ('3a', 'A1', '2.1', '2.1b'). A label of an answer may join several: '3-7', '1,2', '3a-3c'.
"""

from __future__ import annotations

import re
from functools import cache
from string import ascii_lowercase

from fot_graph.text.languages import any_of

_SMALL = r"(?:[ivx]{2,5}|[a-z])(?![^\W\d_])"
_LARGE = r"(?:[IVXL]{1,6}|[A-HJKM-UWYZ])(?![^\W\d_])"  # each letter in one way only
_NESTED = rf"\d{{1,2}}(?:\.\d{{1,2}}(?!\d)){{1,3}}(?:\.?\s*{_SMALL})?"
# '3', '3a', '3. a', '2.1', 'B', 'B. 2', 'IV'
NUMBERED = rf"(?:{_NESTED}|\d{{1,3}}(?!\d)(?:\.?\s*{_SMALL})?|{_LARGE}(?:[.)]?\s*(?:\d{{1,2}}(?!\d)|{_SMALL}))?)"
REFERENCE = rf"(?:{NUMBERED}|{_SMALL})"
_PLAIN_REFERENCE = rf"(?:\d{{1,3}}(?!\d)|{_LARGE}|{_SMALL})"
# '3-7.Momenteel' needs no blank after it, but 1.500 is an amount, 'o.a.' an abbreviation and 1/3 a fraction.
# '2.1 Hoeveel' needs no sign.
CLOSED = (
    r"(?:(?:(?<=\d\.\d)|(?<=\d\.\d\d))(?=[ \t]+[“‘«(\"]?[A-ZÀ-Þ])"
    r"|(?<=\d)(?:(?:\.?\)|\.)(?![\d)])|[ ][.)](?=\s)|\s?[°º]\s?[.)/]?)"
    r"|(?<=[^\W\d_])(?:\)|[.°º](?=\s))|(?:(?<=[^\W_])\s?[/:]|\.?\s?[-–])(?=\s))"
)


_MOST = 60  # further numbers in one marker


@cache
def joined() -> str:
    """Give the pattern of what stands between two numbers, such as 'en', ', en' and 't/m'."""
    words = rf"(?:{any_of('and')}|{any_of('through')})(?![^\W\d_])"
    joins = rf"(?:,\s*+(?:{words})|(?<![^\W\d_]){words}|[-–,;&/+])"
    return rf"(?:\.?\)|[.°º])?[ \t]*+{joins}[ \t]*+(?:(?:{any_of('question')})[ \t]*+)?"


@cache
def marker_pattern() -> re.Pattern[str]:
    """Give the pattern of a marker at the start of a line: '3.', '1-2.', '(1)', '3. a)', 'IV.', 'Ad 2)', 'Q4.'."""
    several = rf"{REFERENCE}(?:{joined()}{REFERENCE}){{0,{_MOST}}}"
    in_brackets = rf"{REFERENCE}(?:\)?[ \t]*+{joined()}\(?{REFERENCE}){{0,{_MOST}}}"
    prefix = r"(?:(?:Ad|Sub)\s+|[QVR](?=\d))?"
    return re.compile(rf"\((?P<inner>{in_brackets})\)|{prefix}(?P<outer>{several}){CLOSED}(?:\s?-(?=\s))?")


@cache
def plain_marker_pattern() -> re.Pattern[str]:
    """Give the pattern of a marker of one level: '3.' of '3. a) …'."""
    return re.compile(rf"\((?P<inner>{_PLAIN_REFERENCE})\)|(?P<outer>{_PLAIN_REFERENCE}){CLOSED}")


@cache
def _through() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{any_of('through')})(?![^\W\d_])|–")


@cache
def _and() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{any_of('and')}|{any_of('question')})(?![^\W\d_])|[&/+;]", re.IGNORECASE)


def label_of(written: str, last: str = "") -> str:
    """Write the number of an item in one form; `last` is the label before it, whose number a lone letter belongs to.

    >>> label_of("3. a)"), label_of("1 en 2."), label_of("7, 8, en 9"), label_of("b)", last="3a"), label_of("2.1.")
    ('3a', '1,2', '7,8,9', '3b', '2.1')
    """
    plain = _and().sub(",", _through().sub("-", written))
    plain = re.sub(r"[^\dA-Za-z,.-]|(?<!\d)\.|\.(?!\d)", "", plain)
    plain = re.sub(r"[,-]*,[,-]*|-+", lambda signs: "," if "," in signs[0] else "-", plain).strip(",-")
    parts = re.split("([,-])", plain)
    before = first_and_last(last)[1] if last else ""
    for at, part in enumerate(parts):
        if _NUMBER.fullmatch(part):
            before = parts[at] = _above(part, before) + part
    return "".join(parts)


_NUMBER = re.compile(r"[\dA-Za-z.]+")


def _above(part: str, before: str) -> str:
    """Give the number that a lone letter, or a number after a capital letter, belongs to; `before` stands before it."""
    if part.isalpha() and part.islower():
        above = before.rstrip(ascii_lowercase)
        return above or ("" if upper(before).islower() else upper(before))
    return upper(before) if part.isdigit() and upper(before).isupper() else ""


_LEVELS = re.compile(r"(\d+|[A-Z]+|[a-z]+)\.?(.*)")


def upper(number: str) -> str:
    """Give the first level of a number: '3' of '3a'."""
    match = _LEVELS.fullmatch(number)
    return match[1] if match else ""


def below(number: str) -> str:
    """Give the levels below the first one: 'a' of '3a', '1b' of '2.1b', '' of '3'."""
    match = _LEVELS.fullmatch(number)
    return match[2] if match else ""


def first_and_last(label: str) -> tuple[str, str]:
    """Give the first and the last number of a label."""
    numbers = re.split("[,-]", label)
    return numbers[0], numbers[-1]


def key(number: str) -> tuple[int, ...]:
    """Give what the number of an item sorts by: its kind, and its levels from the first one.

    >>> sorted(["10", "3b", "3", "3a", "2.10", "2.9"], key=key)
    ['2.9', '2.10', '3', '3a', '3b', '10']
    """
    top = upper(number)
    levels = []
    while level := upper(number):
        levels.append(value(level))
        number = below(number)
    return 0 if top.isdigit() else 1 if top.isupper() else 2, *levels


def value(level: str) -> int:
    """Count from one: the number itself, a Roman number, or the place of a letter; 0 for ''.

    >>> value("12"), value("IV"), value("c"), value("")
    (12, 4, 3, 0)
    """
    if not level or level.isdigit():
        return int(level or 0)
    if len(level) > 1 or level in "IVX":
        return roman(level)
    return ord(level.lower()) - ord("a") + 1


def roman(number: str) -> int:
    """Read a Roman number.

    >>> roman("XIV")
    14
    """
    values = [{"i": 1, "v": 5, "x": 10, "l": 50}.get(letter, 0) for letter in number.lower()]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))


def succeeds(level: str, last: str) -> bool:
    """Tell whether a level is the next one of its kind after `last`; after '' comes the first one.

    >>> succeeds("b", "a"), succeeds("II", "I"), succeeds("I", "H"), succeeds("a", ""), succeeds("c", "a")
    (True, True, True, True, False)
    """
    if level.isdigit() and (last.isdigit() or not last):
        return int(level) == int(last or 0) + 1
    if not last:
        return level in ("a", "A", "i", "I")
    if level.isdigit() or last.isdigit() or level.isupper() != last.isupper():
        return False
    by_letter = len(level) == len(last) == 1 and ord(level) == ord(last) + 1
    return by_letter or (set(level + last) <= set("ivxlIVXL") and roman(level) == roman(last) + 1)


def is_next(label: str, last: str, *, opens: bool) -> bool:
    """Tell whether a question item may follow the last one: the next number, or the next letter of that number.

    A number may be left out only by one that opens a block: lines that are wrapped begin with numbers too.
    """
    if not _NUMBER.fullmatch(label):  # '1-2' and '1,2' number answers only
        return False
    (top, sub), (last_top, last_sub) = (upper(label), below(label)), (upper(last), below(last))
    if top == last_top:
        return bool(sub) and is_next(sub, last_sub, opens=False)
    if sub and not is_next(sub, "", opens=False):
        return False
    if succeeds(top, last_top):
        return True
    return opens and top.isdigit() and (last_top.isdigit() or not last_top) and int(top) > int(last_top or 0)


def named_labels(label: str, asked: list[str]) -> list[str]:
    """Select those of the `asked` labels that an answer's label names; a number names all its letters.

    >>> named_labels("3-4", ["1", "3a", "3b", "4", "5"])
    ['3a', '3b', '4']
    """
    ranges = [first_and_last(part) for part in label.split(",")]
    return [item for item in asked if item and any(_lies_in(item, first, final) for first, final in ranges)]


_LAST = 1_000  # after all that stands below a number


def _lies_in(item: str, first: str, final: str) -> bool:
    """Tell whether an item, or one of those that it joins, lies in a range."""
    for part in item.split(","):
        start, end = first_and_last(part)
        if key(first) <= key(end) and key(start) <= (*key(final), _LAST) and key(start)[0] == key(final)[0]:
            return True
    return False


def is_named(label: str, asked: list[str]) -> bool:
    """Tell whether each part of an answer's label names an item that was asked."""
    return all(named_labels(part, asked) for part in label.split(","))
