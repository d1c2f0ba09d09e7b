"""The levels of documents, as `validate` and `coverage` print them: with what the next level needs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fot_graph.cli import output
from fot_graph.core.words import Message
from fot_graph.questions.coverage import part_name
from fot_graph.questions.levels import CURATED, DRAFT, REVIEWED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fot_graph.questions.levels import DocumentLevel, Stretch

_NAMES = {DRAFT: "level-draft", CURATED: "level-curated", REVIEWED: "level-reviewed"}
_MOST_STRETCHES = 12  # of one document, and how many documents are told of one by one
_MOST_DOCUMENTS = 20
_WIDTH = 60  # characters of a sentence


def text(found: Sequence[DocumentLevel], lang: str, *, named: bool = True) -> str:
    """Say of each document, or of very many together, which levels they meet, and the least that the next one needs.

    A single one need not be `named`.
    """
    if len(found) > _MOST_DOCUMENTS:
        counts = Counter(each.level for each in found)
        told = [_level(name, lang) + f": {counts[name]}" for name in (DRAFT, CURATED, REVIEWED) if counts[name]]
        return Message("levels-of-many", count=len(found), told=told).worded(lang) + "\n"
    return "".join(
        f"{line}\n" for each in found for line in _lines(each, each.document if named else Message("level"), lang)
    )


def _lines(found: DocumentLevel, name: str | Message, lang: str) -> Iterator[str]:
    following = {DRAFT: CURATED, CURATED: REVIEWED}.get(found.level)
    level = _level(found.level, lang)
    if not following:
        yield Message("level-met", document=name, level=level).worded(lang)
        return
    yield Message("level-needs", document=name, level=level, next=_level(following, lang)).worded(lang)
    yield from (f"  - {need.worded(lang)}" for need in _needs(found, lang))


def _needs(found: DocumentLevel, lang: str) -> Iterator[Message]:
    """Give what the next level needs: first what is to mend, then what is to write in the order of the text."""
    signed = found.signed
    if found.level == CURATED:
        yield Message("needs-review", count=signed.without_reviewer)
        return
    if found.mistakes:
        yield Message("needs-mending", count=found.mistakes)
    if not signed.claims:
        yield Message("needs-claims")
    yield from (_place(stretch, lang) for stretch in found.uncovered[:_MOST_STRETCHES])
    if rest := found.uncovered[_MOST_STRETCHES:]:
        yield Message("needs-rest", count=sum(stretch.sentences for stretch in rest), places=len(rest))
    if found.uncovered:
        yield Message("needs-reason")
    if signed.without_curator:
        yield Message("needs-curator", count=signed.without_curator)
    if signed.without_day:
        yield Message("needs-day", count=signed.without_day)


def _place(stretch: Stretch, lang: str) -> Message:
    where = part_name(stretch.item, lang)
    one = stretch.first == stretch.last
    lines = Message("needs-line" if one else "needs-lines", first=stretch.first, last=stretch.last)
    said = {"lines": lines, "part": f" ({where})" if where else "", "sentence": output.cut_line(stretch.text, _WIDTH)}
    if stretch.sentences == 1:
        return Message("needs-sentence", **said)
    return Message("needs-sentences", count=stretch.sentences, **said)


def _level(name: str, lang: str) -> str:
    return Message(_NAMES[name]).worded(lang)
