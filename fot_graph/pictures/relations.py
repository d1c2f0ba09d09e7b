"""A network of claims as a scene: things in the even columns, the names of relations in between."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.core.statuses import firmness_rank
from fot_graph.formats.style import line, looks
from fot_graph.pictures.scene import Box, LegendEntry, SceneLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from networkx import MultiDiGraph

    from fot_graph.stores.interface import StoredGraph


class _Fact(NamedTuple):
    start: str
    end: str
    label: str
    status: str


def boxes_and_lines(
    network: MultiDiGraph[str], columns: Mapping[str, int], focus: str = ""
) -> tuple[dict[str, Box], tuple[SceneLine, ...]]:
    """Give a box to each thing, in its column, and lines to its facts; what shares an end and a relation names it once.

    `focus` is the thing that stands out.
    """
    shown = looks(about["kind"] for _, about in network.nodes(data=True))
    boxes = {
        node: Box(
            2 * columns[node],
            _readable(about["label"]),
            look=shown[about["kind"]],
            bold=node == focus,
            title=about["type"],
        )
        for node, about in network.nodes(data=True)
    }
    lines: list[SceneLine] = []
    for number, ((hub, _, label, status, _), facts) in enumerate(_bundles(network, columns).items()):
        relation = f"relation {number}"
        boxes[relation] = Box(_beside(columns, hub, facts), label, "relation")
        lines += _bundle(boxes, relation, hub, facts, status)
    return boxes, tuple(lines)


def legend(graph: StoredGraph, network: MultiDiGraph[str], lang: str, other: str) -> tuple[LegendEntry, ...]:
    """Name each type, the most frequent first, and each status; `other` names what has no type with a name."""
    kinds = Counter(about["kind"] for _, about in network.nodes(data=True))
    names = {about["kind"]: about["type"] or other for _, about in network.nodes(data=True)}
    shown = looks(kinds)
    ranked = sorted(kinds, key=lambda kind: (-kinds[kind], kind))
    statuses = {edge["status"] for _, _, edge in network.edges(data=True)}
    return (*(LegendEntry(names[kind], shown[kind]) for kind in ranked), *keys_of(graph, statuses, lang))


def keys_of(graph: StoredGraph, statuses: set[str], lang: str) -> list[LegendEntry]:
    """Name the line of each status, the firmest first."""
    ranked = sorted(statuses, key=firmness_rank)
    return [LegendEntry(graph.label(graph.namespaces.expand(status), lang), line(status)) for status in ranked]


def status_class(status: str) -> str:
    """Give the class that a style sheet knows a status by.

    >>> status_class("status:asked")
    's-asked'
    """
    return f"s-{status.partition(':')[2]}"


def _readable(label: str) -> str:
    """Leave out of a web address what every address has."""
    return label.partition("://")[2] or label


def _bundles(
    network: MultiDiGraph[str], columns: Mapping[str, int]
) -> dict[tuple[str, bool, str, str, int], list[_Fact]]:
    """Give facts that share a start or an end, a relation, a status and the other column, as one bundle."""
    facts = dict.fromkeys(
        _Fact(start, end, edge["label"], edge["status"]) for start, end, edge in network.edges(data=True)
    )
    choices = {
        fact: [
            (fact.start, True, fact.label, fact.status, columns[fact.end]),
            (fact.end, False, fact.label, fact.status, columns[fact.start]),
        ]
        for fact in facts
    }
    sizes = Counter(choice for both in choices.values() for choice in both)
    bundles = defaultdict(list)
    for fact, both in choices.items():
        bundles[max(both, key=sizes.__getitem__)].append(fact)
    return bundles


def _beside(columns: Mapping[str, int], hub: str, facts: Sequence[_Fact]) -> int:
    """Give the column beside the thing that facts share, on the side of the others; outside if in one column."""
    other = facts[0].end if facts[0].start == hub else facts[0].start
    outside = 1 if 2 * columns[hub] >= max(columns.values()) else -1
    side = outside if columns[other] == columns[hub] else 1 if columns[other] > columns[hub] else -1
    return 2 * columns[hub] + side


def _bundle(boxes: dict[str, Box], relation: str, hub: str, facts: Sequence[_Fact], status: str) -> Iterator[SceneLine]:
    """Yield the lines of a bundle, through boxes of their own where they pass a column."""
    outward = facts[0].start == hub
    style, kind = line(status), status_class(status)
    ends = (hub, relation) if outward else (relation, hub)
    yield SceneLine(*ends, style, not outward, kind)
    for fact in facts:
        other = fact.end if outward else fact.start
        way = [relation, *_columns_passed(boxes, relation, other), other]
        for one, two in pairwise(way if outward else way[::-1]):
            yield SceneLine(one, two, style, outward and two == other, kind)


def _columns_passed(boxes: dict[str, Box], start: str, end: str) -> list[str]:
    first, last = boxes[start].column, boxes[end].column
    step = 1 if last > first else -1
    between = {f"{start} to {end} by {column}": column for column in range(first + step, last, step)}
    boxes.update({name: Box(column, role="pass") for name, column in between.items()})
    return list(between)
