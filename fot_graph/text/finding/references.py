"""Finds references: to earlier questions, laws, decrees, agreements and reports, and web addresses."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.text.finding.dates import moments
from fot_graph.text.finding.mention import REFERENCES
from fot_graph.text.finding.patterns import patterns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Reference(NamedTuple):
    """A reference in a line of text: its kind (`REFERENCES`), its number as written, and its date (ISO 8601)."""

    kind: str
    start: int
    end: int
    number: str
    date: str


def references(text: str) -> list[Reference]:
    """Find the references, in order; of those that share words the longest, or the first of the kinds.

    >>> [(each.kind, each.number, each.date) for each in references("vraag nr. 12 van 3 mei 2021")]
    [('question', '12', '2021-05-03')]
    """
    found = [each for kind in REFERENCES for each in _apart(_of_kind(kind, text), len(text))]
    found.sort(key=lambda each: (each.start - each.end, REFERENCES.index(each.kind)))
    return sorted(_apart(found, len(text)), key=lambda each: each.start)


def _apart(found: Iterable[Reference], length: int) -> list[Reference]:
    """Leave out what shares characters with one before it."""
    taken = bytearray(length)
    kept: list[Reference] = []
    for each in found:
        if not any(taken[each.start : each.end]):
            taken[each.start : each.end] = b"\1" * (each.end - each.start)
            kept.append(each)
    return kept


def _of_kind(kind: str, text: str) -> Iterator[Reference]:
    """Find the references of a kind, rule by rule: the first rules are the surest."""
    if kind == "web-address":
        yield from (Reference(kind, *match.span(), match[0], "") for match in WEB_ADDRESS.finditer(text))
        return
    for pattern in patterns(f"{kind}_references"):
        yield from (_reference(kind, match) for match in pattern.finditer(text))


_PATH = r"[^\s<>\"{}|\\^`()\[\]]*[\w/]"
_DOMAINS = "be|nl|eu|fr|uk|ie|lu|scot|wales|com|org|net|int|gov|info|brussels|vlaanderen|gent|amsterdam|europe"
_BARE = rf"(?=[\w.-]*[a-z])[\w-]{{2,63}}(?:\.[\w-]{{1,63}}){{0,4}}\.(?i:{_DOMAINS})/(?:{_PATH})?"
WEB_ADDRESS = re.compile(rf"(?<![\w.@/-])(?:(?:https?://|www\.){_PATH}|{_BARE})")


def _reference(kind: str, match: re.Match[str]) -> Reference:
    groups = match.groupdict()
    date = groups.get("date") or groups.get("date2") or ""
    number = groups.get("number") or groups.get("number2") or ""
    written, start = match[0], match.start()
    start += len(written) - len(written.lstrip())
    return Reference(kind, start, start + len(written.strip(" ,")), number.strip(" .,"), _date(date))


@cache
def _date(written: str) -> str:
    return next((moment.value for moment in moments(written)), "")
