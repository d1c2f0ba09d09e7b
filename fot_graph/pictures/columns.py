"""Places for boxes that stand in columns and are joined by lines: few crossings, short lines, no overlaps.

Layered drawing after Sugiyama, Tagawa and Toda (1981): order each column by its neighbours, then set heights. Lines run
between neighbouring columns only; one that goes further passes through a box of its own in each column between. The
same input gives the same places everywhere: nothing here is drawn by lot.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import accumulate, pairwise
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Columns = Sequence[Sequence[str]]
    Links = Iterable[tuple[str, str]]

_SWEEPS = 12
_ROUNDS = 12


def order_boxes(columns: Columns, links: Links, groups: Mapping[str, str]) -> list[list[str]]:
    """Order the boxes of each column so that few lines cross; boxes of one group (by box) stay together.

    >>> order_boxes([["a", "b"], ["x", "y"]], [("a", "y"), ("b", "x")], {})
    [['a', 'b'], ['y', 'x']]
    """
    joined = list(links)
    starts = ([list(column) for column in columns], [list(column)[::-1] for column in columns])
    found = (order for start in starts for order in _candidate_orders(start, joined, groups))
    return min(found, key=lambda order: crossings(order, joined))


def _candidate_orders(
    columns: list[list[str]], links: list[tuple[str, str]], groups: Mapping[str, str]
) -> Iterator[list[list[str]]]:
    """Yield orders that follow from one, sweep by sweep."""
    near = _neighbours(links)
    yield columns
    for sweep in range(_SWEEPS):
        columns = _swept_columns(columns, near, groups, rightward=sweep % 2 == 0)
        for number, column in enumerate(columns):
            sides = [_positions(columns[side : side + 1]) for side in (number - 1, number + 1) if side >= 0]
            columns[number] = _swapped(column, near, groups, sides)
        yield [list(column) for column in columns]


def crossings(columns: Columns, links: Links) -> int:
    """Count the pairs of lines that cross, for boxes in this order.

    >>> crossings([["a", "b"], ["x", "y"]], [("a", "y"), ("b", "x")])
    1
    """
    column_of = {box: number for number, column in enumerate(columns) for box in column}
    place = _positions(columns)
    by_gap = defaultdict(list)
    for link in links:
        left, right = sorted(link, key=column_of.__getitem__)
        by_gap[column_of[left], column_of[right]].append((place[left], place[right]))
    return sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for gap in by_gap.values() for i, a in enumerate(gap) for b in gap[:i])


def heights(columns: Columns, links: Links, room: Callable[[str, str], float]) -> dict[str, float]:
    """Set the middle of each box at a height near its neighbours', in the given order, from the top down.

    `room` gives the least distance between the middles of two boxes, one right below the other, in any unit.

    >>> heights([["a"], ["x", "y"]], [("a", "x"), ("a", "y")], lambda upper, lower: 1)
    {'a': 0.5, 'x': 0.0, 'y': 1.0}
    """
    near = _neighbours(links)
    steps = [[room(upper, lower) for upper, lower in pairwise(column)] for column in columns]
    found = {
        box: float(height)
        for column, apart in zip(columns, steps, strict=True)
        for box, height in zip(column, accumulate(apart, initial=0), strict=False)
    }
    rightward = list(zip(columns, steps, strict=True))
    for column, apart in (rightward + rightward[::-1]) * _ROUNDS:
        wishes = [fmean(found[other] for other in near[box]) if near[box] else found[box] for box in column]
        found.update(zip(column, spaced_positions(wishes, apart), strict=True))
    top = min(found.values())
    return {box: height - top for box, height in found.items()}


def spaced_positions(wishes: Sequence[float], apart: Sequence[float]) -> list[float]:
    """Give the places nearest to the wished ones (least squares) that lie at least so far apart, in this order.

    Isotonic regression by pooling adjacent violators.

    >>> spaced_positions([0, 0, 9], [2, 2])
    [-1.0, 1.0, 9.0]
    """
    offsets = list(accumulate(apart, initial=0.0))
    pools: list[list[float]] = []
    for wish, offset in zip(wishes, offsets, strict=False):
        pools.append([wish - offset])
        while len(pools) > 1 and fmean(pools[-2]) > fmean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    shifts = [fmean(pool) for pool in pools for _ in pool]
    return [shift + offset for shift, offset in zip(shifts, offsets, strict=False)]


def connected_parts(boxes: Iterable[str], links: Links, groups: Mapping[str, str]) -> list[dict[str, None]]:
    """Give the parts that hang together, the largest first, each in the order in which its boxes come.

    >>> connected_parts(["a", "b", "c"], [("a", "c")], {})
    [{'a': None, 'c': None}, {'b': None}]
    """
    part_of = {box: {box} for box in boxes}
    for one, other in links:
        smaller, larger = sorted((part_of[one], part_of[other]), key=len)
        if smaller is not larger:
            larger |= smaller
            part_of.update(dict.fromkeys(smaller, larger))
    members: dict[str, dict[str, None]] = {}
    for box, part in part_of.items():
        members.setdefault(min(part), {})[box] = None
    return sorted(members.values(), key=lambda part: (-len(part), min(groups.get(box, "") for box in part), min(part)))


def _neighbours(links: Links) -> defaultdict[str, list[str]]:
    near: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in links:
        near[one].append(other)
        near[other].append(one)
    return near


def _positions(columns: Columns) -> dict[str, int]:
    return {box: place for column in columns for place, box in enumerate(column)}


def _swept_columns(
    columns: list[list[str]], near: Mapping[str, list[str]], groups: Mapping[str, str], *, rightward: bool
) -> list[list[str]]:
    """Order column after column by the mean place of the neighbours in the one before."""
    done: list[list[str]] = []
    for column in columns if rightward else columns[::-1]:
        before = _positions(done[-1:])
        own = _positions([column])
        wish = {box: _mean([before[other] for other in near[box] if other in before], own[box]) for box in column}
        done.append(_by_group(column, wish, groups))
    return done if rightward else done[::-1]


def _by_group(column: list[str], wish: Mapping[str, float], groups: Mapping[str, str]) -> list[str]:
    members = defaultdict(list)
    for box in column:
        members[groups.get(box, "")].append(wish[box])
    return sorted(column, key=lambda box: (fmean(members[groups.get(box, "")]), groups.get(box, ""), wish[box]))


def _mean(places: list[int], otherwise: float) -> float:
    return fmean(places) if places else otherwise


def _swapped(
    column: list[str], near: Mapping[str, list[str]], groups: Mapping[str, str], sides: list[dict[str, int]]
) -> list[str]:
    """Swap boxes that stand next to each other wherever fewer lines to the columns on either side cross then."""
    boxes = list(column)
    for _ in boxes:
        for i in range(len(boxes) - 1):
            upper, lower = boxes[i : i + 2]
            pairs = [_neighbour_pairs(near[upper], near[lower], side) for side in sides]
            gain = sum((above > below) - (above < below) for side in pairs for above, below in side)
            if gain > 0 and groups.get(upper, "") == groups.get(lower, ""):
                boxes[i : i + 2] = lower, upper
    return boxes


def _neighbour_pairs(some: list[str], others: list[str], side: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Yield the places, in one column, of each neighbour of a box with each neighbour of another."""
    for one in some:
        for other in others:
            if one in side and other in side:
                yield side[one], side[other]
