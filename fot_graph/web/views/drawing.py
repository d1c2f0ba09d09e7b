"""Pictures for pages, laid out in Python: boxes in columns with lines between them, each of them a link.

Lengths are in the units of the picture, which a page scales. Texts are measured by the widest of the common fonts, so
that whatever font a browser has, no text leaves its box.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.pictures.layout import heights, ordered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

SIZE = 14.0  # of the text
_LINE = 18.0
_LINES = 9  # of a box; a longer name is cut
_PADDING = 8.0
_PORT = 8.0  # between lines that meet at one side of a box
_HEAD = 9.0
_BETWEEN = 10.0
_GROUP = 34.0  # above the first box of a group
_WIDTHS = {  # in thousandths of the size (DejaVu Sans), of what is not about as wide as an 'e'
    **dict.fromkeys("ijl'|", 290),
    **dict.fromkeys("frt.,:;!()[] -/I’‘“”·", 410),
    **dict.fromkeys("ckszvxyJL", 580),
    **dict.fromkeys("mwMW%@…—", 990),
    **dict.fromkeys("ABCDEFGHKNOPQRSTUVXYZ&", 770),
}


class Node(NamedTuple):
    """A box to be placed: its text, where it leads, and its kind, which is a class of the style sheet."""

    key: str
    text: str
    href: str = ""
    tongue: str = ""
    kind: str = "thing"


class Edge(NamedTuple):
    """A line between boxes of neighbouring columns, with or without a head, perhaps a link with a name of its own."""

    start: str
    end: str
    kind: str = ""
    head: bool = True
    href: str = ""
    title: str = ""
    key: str = ""


class Box(NamedTuple):
    """A box in its place."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    lines: tuple[tuple[float, float, str], ...]


class Stroke(NamedTuple):
    """A line in its place: the paths of the line and of its head."""

    edge: Edge
    path: str
    head: str


class Picture(NamedTuple):
    """What a page draws."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    strokes: tuple[Stroke, ...]
    headings: tuple[tuple[float, float, str], ...] = ()


def picture(
    columns: Sequence[Sequence[Node]],
    edges: Sequence[Edge],
    widths: Sequence[float],
    gap: float,
    groups: Mapping[str, str] | None = None,
) -> Picture:
    """Lay out columns of boxes, so that few lines cross; boxes of one group (by key) stay together, under its name."""
    groups = groups or {}
    nodes = {node.key: node for column in columns for node in column}
    number = {node.key: place for place, column in enumerate(columns) for node in column}
    lines = {key: _wrapped(node.text, widths[number[key]] - 2 * _PADDING) for key, node in nodes.items()}
    tall = {key: _tall(key, len(lines[key]), edges) for key in nodes}
    keys = [[node.key for node in column] for column in columns]
    middles = _middles(keys, edges, tall, groups)
    lefts = [sum(widths[:place]) + gap * place + 1 for place in range(len(columns))]
    boxes = {
        key: _box(nodes[key], (lefts[number[key]], middle), (widths[number[key]], tall[key]), lines[key])
        for key, middle in middles.items()
    }
    height = max((box.y + box.height for box in boxes.values()), default=0) + 2
    return Picture(
        sum(widths) + gap * (len(widths) - 1) + 2,
        height,
        tuple(sorted(boxes.values(), key=lambda box: (box.x, box.y))),
        tuple(_strokes(edges, boxes)),
        tuple(_headings(groups, boxes)),
    )


def measured(text: str) -> float:
    """Measure a line of text.

    >>> measured("ill") < measured("MMM")
    True
    """
    return sum(_WIDTHS.get(char, 640) for char in text) * SIZE / 1000


def needed(text: str) -> float:
    """Give the width of the box that has room for a line of text."""
    return measured(text) + 2 * _PADDING + 1


# --- Inside ----------------------------------------------------------------------------------------------------------


def _middles(
    columns: Sequence[Sequence[str]], edges: Sequence[Edge], tall: Mapping[str, float], groups: Mapping[str, str]
) -> dict[str, float]:
    """Set the middle of each box from the top down, the parts that hang together one below the other."""
    links = list(dict.fromkeys((edge.start, edge.end) for edge in edges))
    found: dict[str, float] = {}
    top = 2.0 if not groups else _GROUP

    def room(upper: str, lower: str) -> float:
        apart = _GROUP if groups.get(upper) != groups.get(lower) else _BETWEEN
        return (tall[upper] + tall[lower]) / 2 + apart

    for part in _parts(columns, links, groups):
        inside = [link for link in links if link[0] in part]
        own = [column for column in ([key for key in column if key in part] for column in columns) if column]
        middles = heights(ordered(own, inside, groups), inside, room)
        first = min(middles[key] - tall[key] / 2 for key in part)
        found |= {key: top + middle - first for key, middle in middles.items()}
        top = max(found[key] + tall[key] / 2 for key in part) + (_GROUP if groups else _BETWEEN)
    return found


def _parts(
    columns: Sequence[Sequence[str]], links: Iterable[tuple[str, str]], groups: Mapping[str, str]
) -> list[set[str]]:
    """Give the parts that hang together, the largest first, those of one group after each other."""
    part_of = {key: {key} for column in columns for key in column}
    for one, other in links:
        if part_of[one] is not part_of[other]:
            part_of[one] |= part_of[other]
            part_of.update(dict.fromkeys(part_of[one], part_of[one]))
    parts = {id(part): part for part in part_of.values()}.values()
    return sorted(parts, key=lambda part: (-len(part), min(groups.get(key, "") for key in part), min(part)))


def _wrapped(text: str, room: float) -> list[str]:
    """Break a text into lines that fit, within a word only where it alone is too long, and best behind a hyphen."""
    lines = [""]
    for word in _words(text, room):
        longer = f"{lines[-1]} {word}".strip()
        if measured(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
        if len(lines) > _LINES:
            return [*lines[: _LINES - 1], "…"]
    return [line for line in lines if line] or ["?"]


def _words(text: str, room: float) -> Iterator[str]:
    for word in text.split():
        while (fits := _fitting(word, room)) < len(word):
            cut = word.rfind("-", 1, fits) + 1 or fits
            yield word[:cut]
            word = word[cut:]  # noqa: PLW2901  what is left of it
        yield word


def _fitting(word: str, room: float) -> int:
    """Count the characters at the beginning of a word that fit, at least one."""
    ends = accumulate(map(measured, word))
    return max(1, next((size for size, end in enumerate(ends) if end > room), len(word)))


def _tall(key: str, lines: int, edges: Iterable[Edge]) -> float:
    """Give the height that the text needs, or the lines that meet at one side."""
    starting = sum(edge.start == key for edge in edges)
    ending = sum(edge.end == key for edge in edges)
    return max(lines * _LINE + 2 * _PADDING, max(starting, ending) * _PORT + 6)


def _box(node: Node, place: tuple[float, float], size: tuple[float, float], lines: Sequence[str]) -> Box:
    (x, middle), (width, height) = place, size
    first = middle - (len(lines) - 1) * _LINE / 2 + SIZE * 0.35
    left = x + _PADDING
    if node.kind.startswith("relation"):  # lines reach to its words, which stand in the middle
        narrow = max(map(measured, lines)) + 6
        left, x, width = x + width / 2, x + (width - narrow) / 2, narrow
    texts = tuple((round(left, 1), round(first + place * _LINE, 1), line) for place, line in enumerate(lines))
    return Box(node, round(x, 1), round(middle - height / 2, 1), round(width, 1), round(height, 1), texts)


def _strokes(edges: Sequence[Edge], boxes: Mapping[str, Box]) -> Iterator[Stroke]:
    """Give each line its own spot at the side of a box, in the order in which the lines come in."""
    sides: defaultdict[tuple[str, bool], list[tuple[float, int]]] = defaultdict(list)
    for place, edge in enumerate(edges):
        rightward = boxes[edge.start].x < boxes[edge.end].x
        sides[edge.start, rightward].append((boxes[edge.end].y, place))
        sides[edge.end, not rightward].append((boxes[edge.start].y, place))
    spots = {
        (place, key): _spot(boxes[key], order, len(meeting), right=right)
        for (key, right), meeting in sides.items()
        for order, (_, place) in enumerate(sorted(meeting))
    }
    for place, edge in enumerate(edges):
        yield _stroke(edge, spots[place, edge.start], spots[place, edge.end])


def _spot(box: Box, order: int, among: int, *, right: bool) -> tuple[float, float]:
    step = min(_PORT, box.height / among)
    return box.x + (box.width if right else 0), box.y + box.height / 2 + step * (order - (among - 1) / 2)


def _stroke(edge: Edge, start: tuple[float, float], end: tuple[float, float]) -> Stroke:
    """Draw a line that leaves and arrives level."""
    (x0, y0), (x1, y1) = start, end
    back = (_HEAD if x1 < x0 else -_HEAD) if edge.head else 0.0
    bend = (x0 + x1 + back) / 2
    path = f"M{x0:.1f} {y0:.1f}C{bend:.1f} {y0:.1f} {bend:.1f} {y1:.1f} {x1 + back:.1f} {y1:.1f}"
    head = f"M{x1:.1f} {y1:.1f}l{back:.1f} -3.6v7.2z" if edge.head else ""
    return Stroke(edge, path, head)


def _headings(groups: Mapping[str, str], boxes: Mapping[str, Box]) -> Iterator[tuple[float, float, str]]:
    """Head each group over its first box."""
    first: dict[str, Box] = {}
    for key, group in groups.items():
        first[group] = min(first.get(group, boxes[key]), boxes[key], key=lambda box: box.y)
    for group, box in first.items():
        yield box.x, box.y - 9, group
