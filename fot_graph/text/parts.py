"""The addresses of the parts of a document: what has no parts of its own by its characters, all else by its number."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from fot_graph.core.fragments import Span, fragment
from fot_graph.text.passages import reflow

if TYPE_CHECKING:
    from fot_graph.text.source import Source
    from fot_graph.text.units import Unit


_NO_PARTS = frozenset({"marker", "mark", "furniture"})  # and the pieces of what these stand in


def parts(source: Source) -> list[tuple[Unit, str, Unit | None]]:
    """Give each part of a text with its fragment and the part that it stands in, in document order.

    Left out are markers, marks and page furniture. What has no parts of its own is addressed by its characters, all
    else by its kind and its number in the document. The whole document has no fragment: ''.
    """
    counts: Counter[str] = Counter()
    found: list[tuple[Unit, str, Unit | None]] = []
    given: dict[str, int] = {}
    for unit, whole in source.walk():
        counts[unit.kind] += 1
        if unit.kind in _NO_PARTS or unit.kind.endswith("-part"):
            continue
        first = address = _part(unit, counts[unit.kind]) if whole else ""
        while address in given:
            given[first] += 1
            address = f"{first}.{given[first]}"
        given[address] = 1
        found.append((unit, address, whole))
    return found


def is_leaf(unit: Unit) -> bool:
    """Tell whether a part has no parts of its own, or only pieces of what page furniture stands in the middle of."""
    return not unit.children or any(child.kind == f"{unit.kind}-part" for child in unit.children)


def pieces(unit: Unit) -> list[Span]:
    """Give what a leaf consists of, without the page furniture and footnotes that stand in the middle of it."""
    return [Span(child.start, child.end) for child in unit.children if child.kind.endswith("-part")] or [
        Span(unit.start, unit.end)
    ]


def gap(text: str, before: Span, after: Span) -> str:
    """Give the blank between two pieces of a leaf, or '' where the sign between them stands within a word."""
    between = text[before.end : after.start]
    words_meet = text[before.end - 1].isalnum() and text[after.start].isalnum()
    return " " if words_meet or any(map(str.isspace, between)) else ""


def wording(text: str, unit: Unit) -> str:
    """Read a leaf on one line, as a person reads it."""
    spans = pieces(unit)
    gaps = ["", *(gap(text, before, after) for before, after in pairwise(spans))]
    return "".join(blank + reflow(text[span.start : span.end]) for blank, span in zip(gaps, spans, strict=True))


def _part(unit: Unit, number: int) -> str:
    if is_leaf(unit):
        return fragment(Span(unit.start, unit.end))
    if unit.kind in ("question", "answer"):
        return unit.kind
    kind = unit.kind.removesuffix("-item") if unit.label else unit.kind
    return f"{kind}-{unit.label or number}"


_PART = re.compile(
    r"(?:question|answer)(?:-[0-9A-Za-z][0-9A-Za-z,.-]*)?(?:\.\d+)?|(?:question-item|answer-item|paragraph|list|list-item|table|footnote|annex)-\d+"
)


def is_part(identifier: str) -> bool:
    """Tell whether a fragment is one that `parts` gives to a part by its number."""
    return bool(_PART.fullmatch(identifier))
