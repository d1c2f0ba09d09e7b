"""The addresses of the parts of a document: what has no parts of its own by its characters, all else by its number."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from fot_graph.core.fragments import Span, fragment

if TYPE_CHECKING:
    from fot_graph.text.source import Source
    from fot_graph.text.units import Unit


def parts(source: Source) -> list[tuple[Unit, str, Unit | None]]:
    """Give each part of a text with its fragment and the part that it stands in, in document order, without markers.

    What has no parts of its own is addressed by its characters, all else by its kind and its number in the document.
    The whole document has no fragment: ''.
    """
    counts: Counter[str] = Counter()
    found: list[tuple[Unit, str, Unit | None]] = []
    for unit, whole in source.walk():
        counts[unit.kind] += 1
        if unit.kind != "marker":
            found.append((unit, _part(unit, counts[unit.kind]) if whole else "", whole))
    return found


def _part(unit: Unit, number: int) -> str:
    if not unit.children:
        return fragment(Span(unit.start, unit.end))
    if unit.kind in ("question", "answer"):
        return unit.kind
    kind = unit.kind.removesuffix("-item") if unit.label else unit.kind
    return f"{kind}-{unit.label or number}"


_PART = re.compile(r"(?:question|answer)(?:-\d[0-9a-z,-]*)?|(?:paragraph|list|list-item|table)-\d+")


def is_part(identifier: str) -> bool:
    """Tell whether a fragment is one that `parts` gives to a part by its number."""
    return bool(_PART.fullmatch(identifier))
