"""What the place of a quote says of a claim: in the question it is asked or a premise, in the answer it is stated.

The voice is that of the author, or of who answers, as the head of the text or the section 'Voices' names them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from fot_graph.core.quote_errors import QuoteError
from fot_graph.text.bearers import name_of_person
from fot_graph.text.languages import patterns
from fot_graph.text.passages import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fot_graph.text.source import Source
    from fot_graph.text.units import Unit

QUESTION, ANSWER = "question", "answer"
_FIELDS = {QUESTION: ("author",), ANSWER: ("answered_by", "addressee")}


class TextHalves:
    """The halves of a text, and who speaks in each of them by its head."""

    def __init__(self, source: Source) -> None:
        self._source = source
        units = [unit for unit, _ in source.walk()]
        halves = (QUESTION, ANSWER)
        self._halves = [unit for unit in units if unit.kind.removesuffix("-item") in halves]
        self._items = [unit for unit in units if unit.kind in ("question-item", "answer-item")]
        self._sentences = sorted((unit for unit in units if unit.kind == "sentence"), key=lambda unit: unit.start)
        self._starts = [unit.start for unit in self._sentences]
        self._edges = source.edges()
        self._found: dict[str, int] = {}

    def status(self, quotes: Sequence[str]) -> tuple[str, int]:
        """Give the status that the place of some quotes implies, '' for none, and where the deciding quote begins."""
        starts = [self._start(quote) for quote in quotes]
        halves = {start: self._half(start) for start in starts}
        if answered := [start for start in starts if halves[start] == ANSWER]:
            return "stated", answered[0]
        if asked := [start for start in starts if halves[start] == QUESTION]:
            return ("asked" if self._is_asked(asked[-1]) else "premise"), asked[-1]
        return "", starts[0] if starts else 0

    def item(self, quotes: Sequence[str]) -> Unit | None:
        """Give the item of question or answer in which the first of some quotes stands that stands in one."""
        starts = map(self._start, quotes)
        return next((unit for start in starts for unit in self._items if unit.start <= start < unit.end), None)

    def speaker(self, half: str, start: int) -> str:
        """Give who speaks in a half of the text, at a place, by the head; '' where it does not say."""
        for name in _FIELDS[half]:
            fields = [each for each in self._source.fields if each.name == name]
            if fields:
                before = [each for each in fields if each.start <= start]
                return (before or fields)[-1 if before else 0].value
        return ""

    def _start(self, quote: str) -> int:
        """Find where a quote begins; one that is not there, or twice, where the text is most like it."""
        if quote not in self._found:
            try:
                self._found[quote] = find(self._source.text, quote, self._edges).start
            except QuoteError:
                from fot_graph.text.nearest import nearest_stretch  # noqa: PLC0415  heavy, and only mistakes pay for it

                self._found[quote] = nearest_stretch(self._source.text, quote)[0]
        return self._found[quote]

    def _half(self, start: int) -> str:
        inside = (unit for unit in self._halves if unit.start <= start < unit.end)
        return next((unit.kind.removesuffix("-item") for unit in inside), "")

    def _is_asked(self, start: int) -> bool:
        unit = self._sentence(start)
        return bool(unit) and self._source.text[unit.start : unit.end].rstrip().endswith("?") if unit else False

    def _sentence(self, start: int) -> Unit | None:
        at = bisect_right(self._starts, start) - 1
        return self._sentences[at] if at >= 0 and start < self._sentences[at].end else None


def speakers(source: Source) -> set[str]:
    """Give the names of those who ask and answer, as the head of a text gives them."""
    fields = (name for half in _FIELDS.values() for name in half)
    return {name_of(said) for field in fields for said in source.values(field)}


def name_of(said: str) -> str:
    """Give the name of a person that a head gives, not in capitals."""
    name = called(said)[0]
    return name.title() if name.isupper() else name


def called(said: str) -> list[str]:
    """Give what a head calls a speaker: first the person, if it names one, and then the whole, without an article.

    >>> called("De Staatssecretaris van Jeugd en Sport, M.J. Bakker")
    ['M.J. Bakker', 'Staatssecretaris van Jeugd en Sport, M.J. Bakker']
    >>> called("KOEN MAERTENS VLAAMS MINISTER VAN MOBILITEIT")[0], called("Minister for Transport (Deputy Tom Daly)")[0]
    ('KOEN MAERTENS', 'Tom Daly')
    >>> called("the Minister for Transport, Energy and the Islands")
    ['Minister for Transport, Energy and the Islands']
    >>> called("Minister De Groot (Infrastructuur)")[0], called("De Boer")[0]
    ('De Groot', 'De Boer')
    """
    whole = _leading().sub("", said, count=1)
    return list(dict.fromkeys(filter(None, [name_of_person(said), whole])))


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"(?i)\A(?:(?:{patterns('articles')})\s+)?(?:(?:{patterns('honorifics')})\s+)*")
