"""What surrounds a thing, as a picture: what it points to on its right, what points to it on its left."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.formats.style import line
from fot_graph.pictures.layout import lay_out
from fot_graph.pictures.relations import status_class
from fot_graph.pictures.scene import Box, Scene, SceneLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fot_graph.pictures.drawing import Drawing
    from fot_graph.web.pages.claim_views import ClaimView
    from fot_graph.web.pages.common import TermView

    _Triple = tuple[TermView, TermView, TermView]


MARGIN = 2.0  # around a picture, which a page gives room of its own
MOST_LINES = 9  # of a box; a longer name is cut


class DirectedFact(NamedTuple):
    """A fact of a claim: `way` is 'out' where the thing does it, 'in' where it is done to it, '' for another place."""

    way: str
    subject: TermView
    relation: TermView
    object: TermView
    claim: ClaimView

    @property
    def other(self) -> TermView:
        """The other end."""
        return self.subject if self.way == "in" else self.object


def draw_around(
    middle: TermView,
    hubs: Sequence[tuple[str, Sequence[DirectedFact]]],
    most: int,
    address: Callable[[TermView], str] = lambda thing: thing.href,
) -> tuple[Drawing, int]:
    """Draw things, by their CURIEs, with so many facts about each: first the one in the middle, then others around it.

    A relation is named once for all that shares it. Give also the number of facts left out.
    """
    sheet = _Sheet(address)
    sheet.begin(middle)
    left_out = 0
    drawn: set[DirectedFact] = set()
    for name, said in hubs:
        things = [each for each in said if each.way and each.other.name and each._replace(way="") not in drawn]
        shown = [each for each in things[:most] if _is_added(sheet, name, each)]
        drawn.update(each._replace(way="") for each in shown)
        left_out += len(things) - len(shown)
    return sheet.drawing(), left_out


def picture_of(triples: Sequence[_Triple]) -> tuple[Drawing, int]:
    """Draw triples, each part that hangs together from the thing outwards that most of them are about.

    Give also the number of those that are drawn.
    """
    degrees = Counter(thing for subject, _, object_ in triples for thing in (subject, object_))
    waiting = [thing for thing, _ in sorted(degrees.items(), key=lambda item: (-item[1], item[0].name))]
    sheet = _Sheet(lambda thing: thing.href)
    drawn: set[_Triple] = set()
    for middle in waiting:
        if sheet.begin(middle):
            _draw_from(middle, triples, sheet, drawn)
    return sheet.drawing(), len(drawn)


# --- Inside ----------------------------------------------------------------------------------------------------------

_LARGEST = 60  # boxes; more are mud, not a picture


def _draw_from(middle: TermView, triples: Sequence[_Triple], sheet: _Sheet, drawn: set[_Triple]) -> None:
    reached = [middle]
    for hub in reached:  # grows while it is read
        for triple in (each for each in triples if hub in (each[0], each[2]) and each not in drawn):
            subject, relation, object_ = triple
            other = object_ if hub == subject else subject
            if other != hub and sheet.add(hub.name, (relation, other), outward=hub == subject):
                drawn.add(triple)
                reached += [other] if other not in reached else []


def _is_added(sheet: _Sheet, hub: str, each: DirectedFact) -> bool:
    return sheet.add(hub, (each.relation, each.other), f"status:{each.claim.status}", outward=each.way == "out")


class _Sheet:
    """A picture while it is made: things stand in the even columns, relations in between."""

    def __init__(self, address: Callable[[TermView], str]) -> None:
        self.address = address
        self.boxes: dict[str, Box] = {}
        self.lines: dict[tuple[str, str], SceneLine] = {}

    def begin(self, middle: TermView) -> bool:
        """Put a thing in the middle, if it stands nowhere yet and there is room; tell whether it was put there."""
        if middle.name in self.boxes or len(self.boxes) >= _LARGEST:
            return False
        self.boxes[middle.name] = self._box(0, middle, bold=not self.lines)
        return True

    def add(self, hub: str, ends: tuple[TermView, TermView], status: str = "", *, outward: bool) -> bool:
        """Add a relation of a thing that is there, with the other end; tell whether it could be drawn."""
        relation, other = ends
        if hub not in self.boxes or (other.name not in self.boxes and len(self.boxes) >= _LARGEST):
            return False
        column = self.boxes[hub].column
        side = (1 if column > 0 else -1) if column else (1 if outward else -1)
        place = self.boxes[other.name].column if other.name in self.boxes else column + 2 * side
        if abs(place - column) != 2:
            return False
        self.boxes.setdefault(other.name, self._box(place, other))
        between = (place + column) // 2
        middle = f"{hub} {outward} {relation.name} {status} {between}"
        self.boxes.setdefault(middle, Box(between, relation.text, "relation", lang=relation.lang))
        for start, end in ((hub, middle), (middle, other.name)) if outward else ((other.name, middle), (middle, hub)):
            drawn = SceneLine(start, end, line(status), head=end != middle, kind=status_class(status) if status else "")
            self.lines.setdefault((start, end), drawn)
        return True

    def drawing(self) -> Drawing:
        """Lay it out."""
        return lay_out(Scene(self.boxes, tuple(self.lines.values()), most_lines=MOST_LINES), MARGIN)

    def _box(self, column: int, thing: TermView, *, bold: bool = False) -> Box:
        return Box(column, thing.text, bold=bold, href=self.address(thing), lang=thing.lang)
