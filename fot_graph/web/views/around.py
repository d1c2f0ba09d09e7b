"""What surrounds a thing, as a picture: what it points to on its right, what points to it on its left."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fot_graph.namespaces import curie
from fot_graph.web.views.drawing import Edge, Node, Picture, picture

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fot_graph.web.views.common import Claim, Named


class Said(NamedTuple):
    """A fact of a claim: `way` is 'out' where the thing does it, 'in' where it is done to it, '' for another place."""

    way: str
    subject: Named
    relation: Named
    object: Named
    claim: Claim

    @property
    def other(self) -> Named:
        """The other end."""
        return self.subject if self.way == "in" else self.object


def drawn_around(
    middle: Named,
    hubs: Sequence[tuple[str, Sequence[Said]]],
    most: int,
    address: Callable[[Named], str] = lambda thing: thing.href,
) -> tuple[Picture, int]:
    """Draw things with the facts about them, so many of each: first the one in the middle, then others around it.

    A relation is named once for all that shares it. Give also the number of facts left out.
    """
    sheet = _Sheet(middle, address)
    left_out = 0
    for iri, said in hubs:
        things = [each for each in said if each.way and each.other.name]
        left_out += sum(not (place < most and sheet.add(curie(iri), each)) for place, each in enumerate(things))
    return sheet.picture(), left_out


# --- Inside ----------------------------------------------------------------------------------------------------------

_WIDE, _NARROW, _GAP = 205.0, 112.0, 42.0
_LARGEST = 60  # boxes; more are mud, not a picture


class _Sheet:
    """A picture while it is made: things stand in the even columns, relations in between."""

    def __init__(self, middle: Named, address: Callable[[Named], str]) -> None:
        self.address = address
        self.columns = {middle.name: 0}
        self.nodes = {middle.name: Node(middle.name, middle.text, address(middle), middle.lang, "thing focus")}
        self.edges: dict[tuple[str, str], Edge] = {}

    def add(self, hub: str, each: Said) -> bool:
        """Add a fact about a thing that is there; tell whether it could be drawn."""
        if hub not in self.columns or (each.other.name not in self.nodes and len(self.nodes) >= _LARGEST):
            return False
        column, outward = self.columns[hub], each.way == "out"
        side = (1 if column > 0 else -1) if column else (1 if outward else -1)
        other = each.other.name
        place = self.columns.setdefault(other, column + 2 * side)
        if abs(place - column) != 2:
            return False
        kind = f"s-{each.claim.status}"
        between = (place + column) // 2
        relation = f"{hub} {each.way} {each.relation.name} {kind} {between}"
        self.nodes.setdefault(other, Node(other, each.other.text, self.address(each.other), each.other.lang))
        if relation not in self.nodes:
            self.columns[relation] = between
            self.nodes[relation] = Node(relation, each.relation.text, "", each.relation.lang, f"relation {kind}")
        for start, end in ((hub, relation), (relation, other)) if outward else ((other, relation), (relation, hub)):
            self.edges.setdefault((start, end), Edge(start, end, kind, head=end != relation))
        return True

    def picture(self) -> Picture:
        """Lay it out."""
        numbers = sorted({self.columns[key] for key in self.nodes})
        columns = [[node for key, node in self.nodes.items() if self.columns[key] == number] for number in numbers]
        widths = [_NARROW if number % 2 else _WIDE for number in numbers]
        return picture(columns, list(self.edges.values()), widths, _GAP)
