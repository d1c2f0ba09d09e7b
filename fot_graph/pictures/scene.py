"""A scene, which is a picture without positions: boxes in columns, lines between them, a legend and other words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fot_graph.formats.style import OTHER_LINE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fot_graph.formats.style import LineStyle, Look


@dataclass(frozen=True)
class Box:
    """What stands in a column.

    `role` is 'thing', 'finding', 'theme', 'relation' (the name of a relation, without a frame) or 'pass' (nothing but
    a line on its way to a further column). `href` is where it leads, `title` what it is, `lang` the language of `text`.
    """

    column: int
    text: str = ""
    role: str = "thing"
    look: Look | None = None
    bold: bool = False
    href: str = ""
    lang: str = ""
    title: str = ""


@dataclass(frozen=True)
class SceneLine:
    """A line from a box to one in a neighbouring column, with or without a head at its end; `kind` is its class."""

    start: str
    end: str
    style: LineStyle = OTHER_LINE
    head: bool = True
    kind: str = ""
    href: str = ""
    title: str = ""


@dataclass(frozen=True)
class LegendEntry:
    """A row of the legend: a type or a kind of line, and its name."""

    name: str
    sign: Look | LineStyle


@dataclass(frozen=True)
class Scene:
    """A picture before it is laid out.

    Boxes are by names of their own. `groups` (by box) keep boxes of a group together, under its name; `headings` stand
    over the first column, between it and the last, and over the last. `notes` stand below. After `most_lines` lines
    the text of a box is cut, if there is such a limit.
    """

    boxes: Mapping[str, Box]
    lines: tuple[SceneLine, ...]
    title: str = ""
    lang: str = ""
    legend: tuple[LegendEntry, ...] = ()
    notes: tuple[str, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)
    headings: tuple[str, ...] = ()
    most_lines: int | None = None
