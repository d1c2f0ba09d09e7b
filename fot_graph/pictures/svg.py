"""The one writer of pictures: a drawing as SVG, for files and notebooks (`document`) and for pages (`element`).

Colours, dashes and sizes stand in presentation attributes, which the style sheet of a page outdoes where it has a rule,
such as for dark screens. Lines come first, so that boxes lie over them; what leads somewhere is a link. The same
drawing gives the same bytes.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import defaultdict
from typing import TYPE_CHECKING

from fot_graph.core.escaping import NO_XML, html
from fot_graph.formats.style import LineStyle, Look, outline
from fot_graph.pictures.layout import HEAD, MARK, NAME, SAMPLE, indent, type_of
from fot_graph.pictures.text import FACES, FAMILY, LINE_HEIGHT, REGULAR, subset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fot_graph.pictures.drawing import Drawing, PlacedBox, PlacedLegendEntry, PlacedLine, PlacedText
    from fot_graph.pictures.text import Face, Type

INK, SOFT, PAPER, PANEL = "#1d1c1a", "#57544e", "#ffffff", "#f4f2ec"
POINTS = 9 / 14  # the length of a pixel, in points: names of 14 pixels are printed at 9 points

_BASE = 0.36  # from the middle of a letter down to its base, in sizes
_ROUND_CORNER = 5


def document(drawing: Drawing, *, fonts: bool = True) -> str:
    """Write a picture as an SVG file, with the letters that it needs of the font, unless `fonts` is false.

    Title and notes are its <title> and <desc>, for who does not see it.
    """
    width, height = _number(drawing.width * POINTS), _number(drawing.height * POINTS)
    scene = drawing.scene
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" {_view(drawing)} role="img"'
        f'{_attribute("lang", scene.lang)} font-family="{FAMILY}" font-size="{NAME.size:g}">\n'
        f"<title>{_text(scene.title)}</title>\n<desc>{_text(' '.join(scene.notes))}</desc>\n"
        f"{_fonts(drawing) if fonts else ''}"
        f'<rect width="{_number(drawing.width)}" height="{_number(drawing.height)}" fill="{PAPER}"/>\n'
        f"{_drawing_elements(drawing, scene.lang)}</svg>\n"
    )


def element(drawing: Drawing, name: str, lang: str) -> str:
    """Write a picture as a part of an HTML page in a language; `name` says what it shows.

    The page gives it a font and colours, and room around.
    """
    return (
        f'<svg {_view(drawing)} role="group"{_attribute("aria-label", name)}>\n{_drawing_elements(drawing, lang)}</svg>'
    )


def _view(drawing: Drawing) -> str:
    return f'viewBox="0 0 {_number(drawing.width)} {_number(drawing.height)}"'


def _drawing_elements(drawing: Drawing, lang: str) -> str:
    parts = [
        *map(_line, drawing.lines),
        *map(_words, drawing.texts),
        *(_box(box, lang) for box in drawing.boxes),
        *map(_key, drawing.legend),
    ]
    return f'<g class="sheet">\n{"".join(parts)}</g>\n'


# --- Boxes and words -------------------------------------------------------------------------------------------------


def _box(placed: PlacedBox, lang: str) -> str:
    box, place = placed.box, placed.place
    is_relation = box.role == "relation"
    x = place.left + (place.width / 2 if is_relation else indent(box))
    look = "" if not box.look else _mark(box.look, place.left + MARK / 2 + 2, place.middle)
    title = f"<title>{_text(box.title)}</title>" if box.title else ""
    classes = f"box {box.role}" + (" focus" if box.bold else "")
    type_, size = type_of(box), len(placed.lines)
    text = _lines(
        placed.lines,
        (x, place.middle - (size - 1) / 2 * type_.size * LINE_HEIGHT + _BASE * type_.size),
        type_,
        fill=SOFT if is_relation else INK,
        anchor="middle" if is_relation else "start",
        lang=box.lang if box.lang != lang else "",
    )
    return _linked(f"{title}{_frame(placed)}{look}{text}", classes, box.href)


def _frame(placed: PlacedBox) -> str:
    box, place = placed.box, placed.place
    corners = "".join(
        f' {name}="{_number(value)}"'
        for name, value in (("x", place.left), ("y", place.top), ("width", place.width), ("height", place.height))
    )
    if box.role == "relation":  # lines that pass below leave its words readable
        return f'<rect{corners} fill="{PAPER}"/>'
    tint, shade = (box.look.tint, box.look.shade) if box.look else (PANEL, SOFT)
    width = 2.5 if box.bold or box.role == "theme" else 1.2
    return f'<rect{corners} rx="{_ROUND_CORNER}" fill="{tint}" stroke="{shade}" stroke-width="{width}"/>'


def _words(text: PlacedText) -> str:
    fill = text.colour or (SOFT if text.soft else INK)
    return f'<g class="words">{_lines(text.lines, (text.x, text.y), text.type, fill=fill, anchor=text.anchor)}</g>\n'


def _lines(
    lines: Sequence[str], spot: tuple[float, float], type_: Type, *, fill: str, anchor: str = "start", lang: str = ""
) -> str:
    """Write lines of text, the first with its base at the spot."""
    x, y = spot
    spans = (
        f'<tspan x="{_number(x)}" y="{_number(y + number * type_.size * LINE_HEIGHT)}">{_text(line)}'
        f"{' ' if number < len(lines) - 1 else ''}</tspan>"
        for number, line in enumerate(lines)
    )
    look = {
        "font-size": "" if type_.size == NAME.size else f"{type_.size:g}",
        "font-weight": "" if type_.face.weight == REGULAR.weight else type_.face.weight,
        "font-style": "" if type_.face.style == REGULAR.style else type_.face.style,
        "text-anchor": "" if anchor == "start" else anchor,
        "lang": lang,
    }
    attributes = "".join(_attribute(name, value) for name, value in look.items())
    return f'<text fill="{fill}"{attributes}>{"".join(spans)}</text>'


def _mark(look: Look, x: float, y: float) -> str:
    """Draw the mark of a type: its shape, and what is white within it."""
    white = {
        "ring": '<circle r="3" fill="#ffffff"/>',
        "dot": '<circle r="1.6" fill="#ffffff"/>',
        "bar": '<path d="M-4 0H4" stroke="#ffffff" stroke-width="2.4"/>',
    }
    corners = " ".join(f"{_number(14 * a)},{_number(14 * b)}" for a, b in outline(look.shape))
    shape = f'<polygon points="{corners}"' if corners else '<circle r="6.6"'
    return (
        f'<g class="mark" transform="translate({_number(x)} {_number(y)})">'
        f'{shape} fill="{look.colour}" stroke="{INK}" stroke-width="0.9"/>{white.get(look.hollow, "")}</g>'
    )


# --- Lines -----------------------------------------------------------------------------------------------------------


def _line(placed: PlacedLine) -> str:
    """Draw a line that leaves and arrives level; its head stands apart, so that dashes leave it whole."""
    line, (x0, y0), (x1, y1) = placed.line, placed.start, placed.end
    back = (HEAD if x1 < x0 else -HEAD) if line.head else 0.0
    bend, end = _number((x0 + x1 + back) / 2), _number(x1 + back)
    first = _number(y0)
    way = f"M{_number(placed.before)} {first}" + (f"H{_number(x0)}" if placed.before != x0 else "")
    way += f"C{bend} {first} {bend} {_number(y1)} {end} {_number(y1)}"
    hit = f'<path class="hit" d="{way}" fill="none" stroke="none"/>' if line.href else ""
    head = _head((x1, y1), back, line.style) if line.head else ""
    title = f"<title>{_text(line.title)}</title>" if line.title else ""
    classes = f"stroke {line.kind}".strip()
    return _linked(f"{title}{hit}{_line_path(way, line.style)}{head}", classes, line.href, line.title)


def _line_path(way: str, style: LineStyle) -> str:
    dashes = _attribute("stroke-dasharray", " ".join(f"{length:g}" for length in style.dashes))
    return f'<path class="wire" d="{way}" fill="none" stroke="{style.colour}" stroke-width="{style.width:g}"{dashes}/>'


def _head(tip: tuple[float, float], back: float, style: LineStyle) -> str:
    half = _number(HEAD / 2.6)
    start = f"M{_number(tip[0])} {_number(tip[1])}"
    return f'<path class="head" d="{start}l{_number(back)} -{half}v{_number(2 * HEAD / 2.6)}z" fill="{style.colour}"/>'


def _key(placed: PlacedLegendEntry) -> str:
    """Draw a row of the legend."""
    key, x, y = placed.key, placed.x, placed.y
    if isinstance(key.sign, LineStyle):
        way = f"M{_number(x)} {_number(y)}H{_number(x + SAMPLE - HEAD)}"
        sign, room = _line_path(way, key.sign) + _head((x + SAMPLE, y), -HEAD, key.sign), SAMPLE + 11
    else:
        sign, room = _mark(key.sign, x + 10, y), MARK
    return f'<g class="key">{sign}{_lines([key.name], (x + room, y + _BASE * NAME.size), NAME, fill=INK)}</g>\n'


# --- Writing ---------------------------------------------------------------------------------------------------------


def _linked(inside: str, classes: str, href: str, label: str = "") -> str:
    if not href:
        return f'<g class="{classes}">{inside}</g>\n'
    return f'<a{_attribute("href", href)} class="{classes}"{_attribute("aria-label", label)}>{inside}</a>\n'


def _fonts(drawing: Drawing) -> str:
    """Give the letters of each face that the picture has, so that every browser draws what was measured."""
    rules = "".join(
        f"@font-face{{font-family:'{FAMILY}';font-weight:{face.weight};font-style:{face.style};"
        f"src:url(data:font/ttf;base64,{b64encode(subset(face, texts)).decode()})}}\n"
        for face, texts in _texts(drawing)
    )
    return f"<style>\n{rules}</style>\n"


def _texts(drawing: Drawing) -> Iterator[tuple[Face, Iterable[str]]]:
    """Give all texts of the picture by the face that they are drawn in."""
    found: defaultdict[Face, set[str]] = defaultdict(set)
    for box in drawing.boxes:
        found[type_of(box.box).face].update(box.lines)
    for text in drawing.texts:
        found[text.type.face].update(text.lines)
    found[NAME.face].update(placed.key.name for placed in drawing.legend)
    yield from ((face, found[face]) for face in FACES if found[face])


def _attribute(name: str, value: str) -> str:
    return f' {name}="{_text(value)}"' if value else ""


def _text(text: str) -> str:
    """Escape a text, in which XML allows no control characters."""
    return html(re.sub(NO_XML, "\ufffd", text))


def _number(value: float) -> str:
    return f"{round(value, 1) + 0.0:g}" if abs(value) < 1e5 else f"{value:.1f}"
