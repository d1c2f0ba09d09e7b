"""Where the parts of a text stand on its reading page: what was asked beside what was answered.

Page numbers, running heads and the signs of Markdown stand nowhere on it; footnotes stand together after the rest.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fot_graph.text.source import Source
    from fot_graph.text.units import Unit

_HALVES = ("question", "answer", "question-item", "answer-item")
_ASIDE = ("furniture", "footnote", "marker")
_CLOSING = {"signature": "signature", "annex": "annex"}  # what these are called; all else are remarks


class Pair(NamedTuple):
    """Question items that stand together, with the answer item beside them.

    `named` are all question items that it answers. `elsewhere` tells that it stands beside others of them.
    """

    asked: tuple[Unit, ...]
    answered: Unit | None = None
    named: tuple[Unit, ...] = ()
    elsewhere: bool = False


class AnswerParts(NamedTuple):
    """One of the answers: its head, what stands before its first item, and its items beside what they answer."""

    head: Unit | None
    preamble: list[Unit]
    pairs: list[Pair]


class Arrangement(NamedTuple):
    """The parts of a text: its head and letter (`opening`), the `context` of the question, its answers, and the rest.

    The question items stand with the first answer; without one its pairs have no answer items. `closing` are the
    signature, remarks, footnotes and annexes, each with their name. `is_question` is not so for a plain text, all of
    which is opening.
    """

    is_question: bool
    policy_field: Unit | None
    title: Unit | None
    opening: list[Unit]
    context: list[Unit]
    answers: list[AnswerParts]
    closing: list[tuple[str, list[Unit]]]


def arrange(source: Source) -> Arrangement:
    """Say where each part of a text stands on the page."""
    units = [unit for unit, _ in source.walk()]
    field, title = (next((unit for unit in units if unit.kind == kind), None) for kind in ("policy-field", "title"))
    outside = [unit for unit in source.root.children if unit.kind not in (*_HALVES, *_ASIDE)]
    start = next((unit.start for unit in source.root.children if unit.kind in _HALVES), len(source.text))
    questions = [unit for unit in source.root.children if unit.kind == "question"]
    return Arrangement(
        is_question=start < len(source.text),
        policy_field=field,
        title=title,
        opening=[unit for unit in outside if unit.start < start and unit not in (field, title)],
        context=[unit for question in questions for unit in _blocks(question) if unit != title],
        answers=_answers(source),
        closing=_closing([unit for unit in outside if unit.start >= start], units),
    )


def _blocks(whole: Unit) -> list[Unit]:
    """Give what stands in a half beside its items."""
    return [unit for unit in whole.children if unit.kind not in (*_HALVES, *_ASIDE, "answer-head")]


def _answers(source: Source) -> list[AnswerParts]:
    wholes = [unit for unit in source.root.children if unit.kind == "answer"]
    items = [[unit for unit in whole.children if unit.kind == "answer-item"] for whole in wholes]
    first, *others = items or [[unit for unit in source.root.children if unit.kind == "answer-item"]]
    heads = [next((unit for unit in whole.children if unit.kind == "answer-head"), None) for whole in wholes] or [None]
    preambles = [_blocks(whole) for whole in wholes] or [[]]
    pairs = [_pairs(source, first), *([Pair((), item, _named(source, item)) for item in other] for other in others)]
    return [AnswerParts(*each) for each in zip(heads, preambles, pairs, strict=True)]


def _named(source: Source, item: Unit) -> tuple[Unit, ...]:
    labels = source.answered_by(item)
    return tuple(unit for unit in source.question_items() if unit.label in labels)


def _pairs(source: Source, answers: Sequence[Unit]) -> list[Pair]:
    """Give the question items in their order, those together that one answer answers.

    An answer to items that do not follow each other stands beside the first of them, or beside the last where each
    answer follows its question. Answers to items that others have answered come last.
    """
    answer_of: dict[Unit, Unit] = {}
    for item in answers:
        for asked in _named(source, item):
            answer_of.setdefault(asked, item)
    groups = [
        (answer, tuple(items))
        for (answer, _), items in groupby(
            source.question_items(), key=lambda asked: (answer_of.get(asked), asked if asked not in answer_of else None)
        )
    ]
    in_turn = any(unit.start > answers[0].start for unit in source.question_items()) if answers else False
    beside = dict(groups if in_turn else reversed(groups))
    found = [
        Pair(asked, answer, _named(source, answer) if answer else (), bool(answer) and beside[answer] != asked)
        for answer, asked in groups
    ]
    return found + [Pair((), item, _named(source, item)) for item in answers if item not in beside]


def _closing(units: Iterable[Unit], everything: Iterable[Unit]) -> list[tuple[str, list[Unit]]]:
    found: dict[str, list[Unit]] = {"remarks": [], "signature": [], "footnotes": [], "annex": []}
    for unit in units:
        found[_CLOSING.get(unit.kind, "remarks")] += _blocks(unit) if unit.kind == "annex" else [unit]
    found["footnotes"] = [unit for unit in everything if unit.kind == "footnote"]
    return [(name, blocks) for name, blocks in found.items() if blocks]
