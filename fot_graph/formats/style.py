"""How statuses and types look: one table of colours, marks and dashes, for every picture.

A box has the colour and the mark of its type, a line the colour and the dashes of its claim's status: neither is told
by colour alone. The strength of an interpretation is the width of its line. Pictures, their legends, pages, Graphviz
(DOT) and networkx all read it here, so that nothing looks one way here and another way there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, pi, sin
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class LineStyle:
    """A kind of line: its colour on white and on a dark page, its dashes (drawn, left out …) and width in pixels."""

    colour: str
    dark: str
    dashes: tuple[float, ...] = ()
    width: float = 1.6


STATUS_LINES = {
    "status:stated": LineStyle("#0b5cad", "#82b9ff"),
    "status:reported": LineStyle("#166447", "#72d3a8", (16, 3)),
    "status:quoted": LineStyle("#86297f", "#e6a0e2", (14, 3, 2, 3, 2, 3)),
    "status:premise": LineStyle("#8f4400", "#f0b070", (2, 6)),
    "status:asked": LineStyle("#a3201b", "#ff9f94", (2, 3)),
    "status:interpreted": LineStyle("#5a3da6", "#bda9ff", (7, 3)),
    "status:computed": LineStyle("#3f4b5f", "#b6c2d6", (11, 6)),
    "status:background": LineStyle("#565656", "#c0c0c0", (10, 3, 2, 3)),
    "status:found": LineStyle("#6b5b00", "#d6c36a", (1, 5)),
}
STRENGTH_WIDTHS = {"strength:strong": 3.6, "strength:plausible": 1.8, "strength:weak": 0.7}
OTHER_LINE = LineStyle("#57544e", "#b4b0a6")  # of what no claim states, such as the triples of an answer


@dataclass(frozen=True)
class Look:
    """How the things of a type look: a colour and a mark, which is a shape and what is left white within it.

    `shape` is the letter that matplotlib and networkx know it by. `hollow` is '' for a full mark, 'ring', 'dot' or
    'bar'.
    """

    colour: str
    shape: str
    hollow: str = ""

    @property
    def tint(self) -> str:
        """The colour of a box, on which text reads well."""
        return _mixed(self.colour, 0.12, 255)

    @property
    def shade(self) -> str:
        """The colour of a frame and of text, dark enough for white paper."""
        return _mixed(self.colour, 0.65, 0)


# The palette of Okabe and Ito (2008), which people with any colour vision tell apart
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#8C7A00", "#5A5A5A")
_SHAPES = ("o", "s", "^", "D", "v", "p", "P", "X", "h", "*", "<", ">", "d", "8", "H")
# The nearest in Graphviz in which a label has room
_GRAPHVIZ = dict(
    zip(
        _SHAPES,
        "ellipse box house diamond invhouse pentagon cds note hexagon component larrow rarrow parallelogram octagon "
        "septagon".split(),
        strict=True,
    )
)
_HOLLOW = ("", "ring", "dot")

# Types and kinds of findings that the ontology has; the first fifteen have the full marks
TYPES = (
    *("kind:strength", "kind:point-of-attention", "kind:observation", "fot:Theme", "fot:Finding"),
    *("fot:Matter", "fot:Intention", "kind:conclusion", "fot:Programme", "org:Organization", "foaf:Person"),
    *("fot:Policy", "fot:Group", "fot:Track", "fot:Goal", "fot:Measure", "fot:Project", "fot:Study"),
    *("fot:Instrument", "fot:FundingPrinciple", "foaf:Group", "fot:Decision", "fot:Participation", "time:Instant"),
    *("dcterms:PeriodOfTime", "fot:PolicyText", "fot:Advice", "fot:Evaluation", "fot:Condition"),
    *("fot:Circumstance", "schema:FundingScheme", "fot:Reform", "fot:QuestionItem", "fot:AnswerItem"),
    *("sro:InitiatiefrechtVraag", "mandaat:Mandataris", "org:Post", "org:Role", "foaf:Document"),
    *("fot:Figure", "qb:DataSet", "fot:Aim", "fot:Means", "fot:Transition"),
)
OTHER_TYPE = Look("#5A5A5A", "o", "bar")  # of what no type is known of


def look(number: int, hollow: str | None = None) -> Look:
    """Give the look of a place in the table: colours and shapes go round at lengths that share no factor."""
    inside = _HOLLOW[number // len(_SHAPES) % len(_HOLLOW)] if hollow is None else hollow
    return Look(_COLOURS[number % len(_COLOURS)], _SHAPES[number % len(_SHAPES)], inside)


_TABLE = {kind: look(number) for number, kind in enumerate(TYPES)}


def looks(kinds: Iterable[str]) -> dict[str, Look]:
    """Give types (CURIEs or IRIs) their looks; types of one's own have a bar in their mark, by their name.

    >>> looks(["fot:Finding", "urn:mine", ""])["fot:Finding"]
    Look(colour='#D55E00', shape='v', hollow='')
    """
    found: dict[str, Look] = {}
    taken: set[str] = {OTHER_TYPE.shape}
    for kind in sorted(set(kinds)):
        number = crc32(kind.encode())
        while kind not in _TABLE and kind and _SHAPES[number % len(_SHAPES)] in taken and len(taken) < len(_SHAPES):
            number += 1  # two types of one picture do not share a mark while there are others
        own = _TABLE.get(kind) or (look(number, "bar") if kind else OTHER_TYPE)
        taken |= {own.shape} if kind not in _TABLE else set()
        found[kind] = own
    return found


def line(status: str, strength: str = "") -> LineStyle:
    """Give the line of a status (CURIE), as thick as an interpretation of a strength is strong."""
    style = STATUS_LINES.get(status, OTHER_LINE)
    return replace(style, width=STRENGTH_WIDTHS.get(strength, style.width))


def graphviz_node(look: Look) -> dict[str, str]:
    """Give a look in the attributes of Graphviz; what is white in a mark becomes a second or third frame."""
    shape = {"shape": _GRAPHVIZ[look.shape], "color": look.shade, "fillcolor": look.tint}
    return shape | ({"peripheries": str(1 + ("", "ring", "dot", "bar").index(look.hollow))} if look.hollow else {})


def graphviz_edge(style: LineStyle) -> dict[str, str]:
    """Give a kind of line in the attributes of Graphviz, which has two kinds of dashes."""
    kind = "solid" if not style.dashes else "dotted" if max(style.dashes[::2]) < 4 else "dashed"
    return {"color": style.colour, "style": kind}


def _mixed(colour: str, part: float, other: int) -> str:
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part * each + (1 - part) * other):02x}" for each in parts)


def outline(shape: str) -> tuple[tuple[float, float], ...]:
    """Give the corners of a shape around (0, 0), about one across; none for a circle."""
    return _OUTLINES[shape]


def _regular(corners: int, turn: float = -0.25, inner: float = 1.0) -> tuple[tuple[float, float], ...]:
    """Give a polygon or, with an inner radius, a star; `turn` is where it begins, in turns from the right."""
    steps = corners * (1 if inner == 1 else 2)
    angles = [2 * pi * (turn + step / steps) for step in range(steps)]
    radii = [0.55 * (inner if step % 2 else 1.0) for step in range(steps)]
    return tuple((round(r * cos(a), 3), round(r * sin(a), 3)) for r, a in zip(radii, angles, strict=True))


def _plus(turned: bool) -> tuple[tuple[float, float], ...]:  # noqa: FBT001  either way up
    arm, half = 0.17, 0.5
    corner = [(arm, -half), (arm, -arm), (half, -arm)]
    points = [(x, y) for k in range(4) for x, y in (_turned(point, k * 0.25) for point in corner)]
    return tuple((round(x, 3), round(y, 3)) for x, y in (_turned(p, 0.125 if turned else 0.0) for p in points))


def _turned(point: tuple[float, float], turn: float) -> tuple[float, float]:
    (x, y), a = point, 2 * pi * turn
    return x * cos(a) - y * sin(a), x * sin(a) + y * cos(a)


_OUTLINES: dict[str, tuple[tuple[float, float], ...]] = {
    "o": (),
    "s": ((-0.45, -0.45), (0.45, -0.45), (0.45, 0.45), (-0.45, 0.45)),
    "^": ((0, -0.5), (0.5, 0.45), (-0.5, 0.45)),
    "v": ((0, 0.5), (0.5, -0.45), (-0.5, -0.45)),
    "<": ((-0.5, 0), (0.45, 0.5), (0.45, -0.5)),
    ">": ((0.5, 0), (-0.45, 0.5), (-0.45, -0.5)),
    "D": ((0, -0.6), (0.6, 0), (0, 0.6), (-0.6, 0)),
    "d": ((0, -0.6), (0.38, 0), (0, 0.6), (-0.38, 0)),
    "p": _regular(5),
    "h": _regular(6),
    "H": _regular(6, 0.0),
    "8": _regular(8, 0.0625),
    "*": _regular(5, inner=0.45),
    "P": _plus(turned=False),
    "X": _plus(turned=True),
}
