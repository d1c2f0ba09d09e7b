"""A scene with places for all that it shows. Lengths are in pixels, from the top left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fot_graph.pictures.scene import Box, LegendEntry, Scene, SceneLine
    from fot_graph.pictures.text import Type


@dataclass(frozen=True)
class BoxPlace:
    """Where a box stands: its left, its top and its size."""

    left: float
    top: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.top + self.height / 2

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def side(self, towards: float) -> float:
        """Give the edge that looks to a place on the left or right."""
        return self.right if towards > self.left + self.width / 2 else self.left


@dataclass(frozen=True)
class PlacedBox:
    """A box with its place and the lines of its text."""

    box: Box
    place: BoxPlace
    lines: tuple[str, ...]


@dataclass(frozen=True)
class PlacedLine:
    """A line with the points that it leaves from and arrives at; it comes straight from `before`, past a column."""

    line: SceneLine
    before: float
    start: tuple[float, float]
    end: tuple[float, float]


@dataclass(frozen=True)
class PlacedText:
    """Lines of text, the first with its base at `y`; `anchor` is 'start' or 'middle'."""

    lines: tuple[str, ...]
    x: float
    y: float
    type: Type
    soft: bool = False
    colour: str = ""
    anchor: str = "start"


@dataclass(frozen=True)
class PlacedLegendEntry:
    """A row of the legend with its place: the left and the middle of its sign."""

    key: LegendEntry
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """A scene with places for all of it."""

    scene: Scene
    width: float
    height: float
    boxes: tuple[PlacedBox, ...]
    lines: tuple[PlacedLine, ...]
    texts: tuple[PlacedText, ...]
    legend: tuple[PlacedLegendEntry, ...]
