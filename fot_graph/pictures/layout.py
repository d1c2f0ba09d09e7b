"""Places for all that a scene shows: boxes sized by their text, lines between them, title, legend and notes.

Nothing overlaps and nothing is cut, however long the labels are. Lengths are in pixels, from the top left.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from fot_graph.formats.style import LineStyle
from fot_graph.pictures.columns import connected_parts, heights, order_boxes
from fot_graph.pictures.drawing import BoxPlace, Drawing, PlacedBox, PlacedLegendEntry, PlacedLine, PlacedText
from fot_graph.pictures.text import BOLD, OBLIQUE, Type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fot_graph.pictures.scene import Box, LegendEntry, Scene, SceneLine

HEAD = 11.0  # length of an arrow's head
MARK = 29.0  # the strip in a box where its mark stands
SAMPLE = 62.0  # of a line, in the legend

TITLE, HEADING, GROUP, NAME = Type(23, BOLD), Type(17, BOLD), Type(14, BOLD), Type(14)
BETWEEN_HEADINGS, NOTE = Type(17, OBLIQUE), Type(12.5)
TYPES = {"thing": NAME, "finding": NAME, "theme": Type(16, BOLD), "relation": Type(12.5, OBLIQUE), "pass": NAME}

_WIDTHS = {"thing": 218.0, "finding": 437.0, "theme": 235.0, "relation": 123.0, "pass": 0.0}  # of a line, at most
_BETWEEN = {"thing": 15.0, "finding": 8.0, "theme": 34.0, "relation": 10.0, "pass": 10.0}
_BETWEEN_PARTS = 50.0
_GUTTER = (47.0, 0.04)  # between columns, room for lines to bend: so much, and so much for each pixel that they climb
_GAP_OF_GROUPS = 246.0
_MARGIN, _PADDING, _SIDE = 45.0, 10.0, 16.0
_GROUP_ROOM = 38.0  # above the first box of a group
_PORT = 10.0  # between lines that meet at one side of a box
_LEAST_WIDTH = 728.0
_LEGEND_ROW = 30.0


def lay_out(scene: Scene, margin: float = _MARGIN) -> Drawing:
    """Give everything in a scene its place."""
    wrapped = {name: _box_lines(box, scene.most_lines) for name, box in scene.boxes.items()}
    places = _box_places(scene, wrapped)
    width = max(_LEAST_WIDTH, *(place.right + 2 * margin for place in places.values()), 0)
    title = TITLE.wrapped(scene.title, width - 2 * margin, _MOST_LINES) if scene.title else ()
    above = margin + (TITLE.height(len(title)) + 34 if title else 0)
    above += 2 * _GROUP_ROOM if scene.headings else 0
    above += _GROUP_ROOM - 10 if scene.groups and not scene.headings else 0
    places = {name: replace(place, left=place.left + margin, top=place.top + above) for name, place in places.items()}
    floor = max((place.bottom for place in places.values()), default=above)
    legend = _legend_rows(scene.legend, margin, width - margin, floor + 56)
    floor = legend[-1].y + _LEGEND_ROW if legend else floor
    notes = tuple(line for note in scene.notes for line in NOTE.wrapped(note, width - 2 * margin, _MOST_LINES))
    texts = [
        PlacedText(title, margin, margin + TITLE.size, TITLE),
        *_headings(scene, places),
        PlacedText(notes, margin, floor + NOTE.size, NOTE, soft=True),
    ]
    return Drawing(
        scene,
        width,
        floor + NOTE.height(len(notes)) + margin,
        tuple(_in_reading_order(PlacedBox(box, places[name], wrapped[name]) for name, box in scene.boxes.items())),
        tuple(_lines(scene, places)),
        tuple(text for text in texts if text.lines),
        tuple(legend),
    )


def _in_reading_order(boxes: Iterable[PlacedBox]) -> list[PlacedBox]:
    """Sort what is seen of boxes by column and from the top down, in which order keys and screen readers meet them."""
    seen = (each for each in boxes if each.box.role != "pass")
    return sorted(seen, key=lambda each: (each.place.left, each.place.top))


# --- Boxes -----------------------------------------------------------------------------------------------------------


_MOST_LINES = 300  # of a text; of a longer one the beginning is drawn, with an ellipsis


def _box_lines(box: Box, most: int | None) -> tuple[str, ...]:
    if box.role == "pass":
        return ()
    type_, room = type_of(box), _WIDTHS[box.role]
    if box.role == "relation":  # its column grows with a long word, up to the width of a box
        room = min(_WIDTHS["thing"], max([room, *(type_.width(word[:50]) for word in box.text.split())]))
    return type_.wrapped(box.text, room, most or _MOST_LINES)


def indent(box: Box) -> float:
    """Give the room to the left of a box's text."""
    return MARK + 4 if box.look else _SIDE


def type_of(box: Box) -> Type:
    """Give the type of a box's text."""
    return Type(TYPES[box.role].size, BOLD) if box.bold else TYPES[box.role]


def _box_places(scene: Scene, wrapped: Mapping[str, Sequence[str]]) -> dict[str, BoxPlace]:
    """Give each box its place, the parts that hang together one below the other, from (0, 0)."""
    tall = {name: _box_height(name, box, len(wrapped[name]), scene.lines) for name, box in scene.boxes.items()}
    down = _vertical_places(scene, tall)
    climb = max((abs(down[line.start] - down[line.end]) for line in scene.lines), default=0.0)
    across = _horizontal_places(scene, wrapped, _GAP_OF_GROUPS if scene.groups else _GUTTER[0] + _GUTTER[1] * climb)
    return {
        name: BoxPlace(left, down[name] - tall[name] / 2, wide, tall[name]) for name, (left, wide) in across.items()
    }


def _box_height(name: str, box: Box, lines: int, joined: Iterable[SceneLine]) -> float:
    """Give the height that the text needs, or the lines that meet at one side."""
    if box.role == "pass":
        return _PORT / 2
    if box.role == "relation":
        return TYPES[box.role].height(lines) + 4
    ports = max(sum(line.end == name for line in joined), sum(line.start == name for line in joined))
    return max(TYPES[box.role].height(lines) + 2 * _PADDING, ports * _PORT)


def _box_width(box: Box, lines: Sequence[str]) -> float:
    """Give the width that the text needs."""
    around = {"pass": 0.0, "relation": 11.0}.get(box.role, indent(box) + _SIDE)
    return max((type_of(box).width(line) for line in lines), default=0.0) + around


def _horizontal_places(
    scene: Scene, wrapped: Mapping[str, Sequence[str]], gutter: float
) -> dict[str, tuple[float, float]]:
    """Give the left and the width of each box: as wide as its column, but for the names of relations."""
    widths = {name: _box_width(box, wrapped[name]) for name, box in scene.boxes.items()}
    columns = defaultdict(list)
    for name, box in scene.boxes.items():
        columns[box.column].append(name)
    spots: dict[str, tuple[float, float]] = {}
    left = 0.0
    for number in sorted(columns):
        wide = max(widths[name] for name in columns[number])
        for name in columns[number]:
            own = widths[name] if scene.boxes[name].role == "relation" else wide
            spots[name] = (left + (wide - own) / 2, own)
        left += wide + gutter
    return spots


def _vertical_places(scene: Scene, tall: Mapping[str, float]) -> dict[str, float]:
    """Give the middle of each box from the top down."""
    links = list(dict.fromkeys((line.start, line.end) for line in scene.lines))
    down: dict[str, float] = {}
    top = 0.0

    def room(upper: str, lower: str) -> float:
        heading = _GROUP_ROOM if scene.groups.get(upper) != scene.groups.get(lower) else 0
        return (tall[upper] + tall[lower]) / 2 + _BETWEEN[scene.boxes[upper].role] + heading

    for part in connected_parts(scene.boxes, links, scene.groups):
        inside = [link for link in links if link[0] in part]
        found = heights(order_boxes(_columns(scene, part), inside, scene.groups), inside, room)
        first = min(found[name] - tall[name] / 2 for name in part)
        down |= {name: top + height - first for name, height in found.items()}
        top = max(down[name] + tall[name] / 2 for name in part) + _BETWEEN_PARTS
    return down


def _columns(scene: Scene, part: Iterable[str]) -> list[list[str]]:
    columns = defaultdict(list)
    for name in part:
        columns[scene.boxes[name].column].append(name)
    return [columns[number] for number in range(min(columns), max(columns) + 1)]


# --- Lines -----------------------------------------------------------------------------------------------------------


def _lines(scene: Scene, places: Mapping[str, BoxPlace]) -> Iterator[PlacedLine]:
    """Give each line its own spot at the side of a box, in the order in which the lines come in."""
    sides: defaultdict[tuple[str, float], list[tuple[float, int]]] = defaultdict(list)
    for number, line in enumerate(scene.lines):
        for name, other in ((line.start, line.end), (line.end, line.start)):
            sides[name, places[name].side(places[other].left)].append((places[other].middle, number))
    ports = {
        (number, name): (x, places[name].middle + min(_PORT, places[name].height / len(met)) * (i - (len(met) - 1) / 2))
        for (name, x), met in sides.items()
        for i, (_, number) in enumerate(sorted(met))
    }
    for number, line in enumerate(scene.lines):
        start, place = ports[number, line.start], places[line.start]
        passed = place.left + place.right - start[0] if scene.boxes[line.start].role == "pass" else start[0]
        yield PlacedLine(line, passed, start, ports[number, line.end])


# --- Words around ----------------------------------------------------------------------------------------------------


def _headings(scene: Scene, places: Mapping[str, BoxPlace]) -> Iterator[PlacedText]:
    """Head the columns, the relation between them, and each group over its first box."""
    if scene.headings:
        left, right = (edge(place.left for place in places.values()) for edge in (min, max))
        y = min(place.top for place in places.values()) - 2 * _GROUP_ROOM + HEADING.size
        start, between, end = scene.headings
        yield PlacedText((start,), left, y, HEADING)
        yield PlacedText((between,), right - _GAP_OF_GROUPS / 2, y, BETWEEN_HEADINGS, anchor="middle")
        yield PlacedText((end,), right, y, HEADING)
    for group in dict.fromkeys(scene.groups.values()):
        members = [name for name, own in scene.groups.items() if own == group]
        first = min(members, key=lambda name: places[name].top)
        look = scene.boxes[first].look
        x, y = places[first].left, places[first].top - 12
        yield PlacedText((group,), x, y, GROUP, colour=look.shade if look else "")


def _legend_rows(legend: Sequence[LegendEntry], left: float, right: float, top: float) -> list[PlacedLegendEntry]:
    """Set the legend in rows: marks first, then lines, which begin a row of their own."""
    placed: list[PlacedLegendEntry] = []
    x, y = left, top
    for key in legend:
        is_line = isinstance(key.sign, LineStyle)
        wide = NAME.width(key.name) + (SAMPLE + 45 if is_line else 58)
        begins = is_line and placed and not isinstance(placed[-1].key.sign, LineStyle)
        if x > left and (begins or x + wide > right + 20):
            x, y = left, y + _LEGEND_ROW
        placed.append(PlacedLegendEntry(key, x, y))
        x += wide
    return placed
