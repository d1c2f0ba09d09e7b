"""What tests of pictures share: views to draw, and whether what is drawn lies apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fot_graph.pictures.layout import MARK, NAME, SAMPLE, indent, type_of
from fot_graph.pictures.text import LINE_HEIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fot_graph.pictures.drawing import Drawing, PlacedBox
    from fot_graph.pictures.text import Type

VIEWS: dict[str, dict[str, Any]] = {  # arguments of Graph.picture
    "theme map": {"theme_map": True},
    "SERV": {"focus": "SERV"},
    "SERV, 2 hops": {"focus": "SERV", "hops": 2},
    "Focus op Talent": {"focus": "Focus op Talent"},
    "minister": {"focus": "doc:vp-sv-2019-2020-358/minister"},
    "minister, 2 hops": {"focus": "doc:vp-sv-2019-2020-358/minister", "hops": 2},
    "study": {"focus": "id:viona-study"},
    "diversity": {"focus": "theme:diversity"},
    "quoted": {"statuses": ["quoted"]},
    "intentions": {"question": "intentions"},
    "address": {"question": "minister-in-office"},
}


class Area(NamedTuple):
    """A rectangle on the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Area) -> bool:
        """Tell whether two have more than an edge in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Area, margin: float = 0) -> bool:
        """Tell whether another lies within, so far from the edge."""
        return (
            self.left + margin <= other.left
            and other.right <= self.right - margin
            and self.top + margin <= other.top
            and other.bottom <= self.bottom - margin
        )


def frame(box: PlacedBox) -> Area:
    """Give the area of a box."""
    return Area(box.place.left, box.place.top, box.place.right, box.place.bottom)


def written(lines: Sequence[str], left: float, top: float, type_: Type) -> Area:
    """Give the area of lines of text."""
    return Area(left, top, left + max(map(type_.width, lines)), top + type_.height(len(lines)))


def labels(drawing: Drawing) -> Iterator[tuple[str, Area]]:
    """Give every text of a drawing with its area."""
    for box in drawing.boxes:
        type_ = type_of(box.box)
        left = box.place.left + (5 if box.box.role == "relation" else indent(box.box))
        yield " ".join(box.lines), written(box.lines, left, box.place.middle - type_.height(len(box.lines)) / 2, type_)
    for text in drawing.texts:
        wide = max(map(text.type.width, text.lines))
        left = text.x - (wide / 2 if text.anchor == "middle" else 0)
        first = text.y - text.type.size * (LINE_HEIGHT + 0.6) / 2
        yield " ".join(text.lines), written(text.lines, left, first, text.type)
    for placed in drawing.legend:
        room = MARK if hasattr(placed.key.sign, "shape") else SAMPLE + 11
        area = written([placed.key.name], placed.x + room, placed.y - NAME.height(1) / 2, NAME)
        yield placed.key.name, Area(placed.x, area.top, area.right, area.bottom)


def texts(drawing: Drawing) -> list[str]:
    """Give every text of a drawing."""
    return [text for text, _ in labels(drawing)]


def overlapping(areas: Sequence[tuple[str, Area]]) -> list[tuple[str, str]]:
    """Give the pairs that overlap."""
    return [(one, other) for i, (one, a) in enumerate(areas) for other, b in areas[:i] if a.overlaps(b)]
