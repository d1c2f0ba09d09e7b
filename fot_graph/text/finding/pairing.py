"""Which amounts of a sentence the sentence gives for which date or period."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import chain, groupby, pairwise
from typing import TYPE_CHECKING

from fot_graph.text.finding.amounts import Amount
from fot_graph.text.languages import any_of, patterns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fot_graph.text.finding.dates import TimeExpression

    Group = list[Amount | TimeExpression]  # all of one kind
    Pair = tuple[Amount, TimeExpression]


def dated(text: str, amounts: Iterable[Amount], dates: Iterable[TimeExpression]) -> Iterator[Pair]:
    """Give the amounts of sentences, a line each, that these pair with a date, each with that date; others have none.

    A sentence, or a clause of it, pairs one amount with one date, amounts and dates that take turns, as many of them in
    the same order, and amounts with the one date that stands before them.

    >>> from fot_graph.text.finding.amounts import amounts
    >>> from fot_graph.text.finding.dates import moments
    >>> text = "In 2020 en 2021 was het 10 % en 12 %; nu 5 %, maar 3 % in 2019."
    >>> [(amount.value, date.value) for amount, date in dated(text, amounts(text, "nl"), moments(text))]
    [('10', '2020'), ('12', '2021'), ('3', '2019')]
    """
    known = [date for date in dates if date.value[:1].isdigit()]
    ends = [match.start() for match in re.finditer("\n", text)]
    found: list[Amount | TimeExpression] = [*amounts, *known]
    found.sort(key=lambda each: each.start)
    for _, things in groupby(found, key=lambda each: bisect_left(ends, each.start)):
        groups = _groups(text, things)
        yield from _paired(groups) or chain.from_iterable(map(_paired, _clauses(text, groups)))


def _groups(text: str, things: Iterable[Amount | TimeExpression]) -> list[Group]:
    """Put together amounts, or dates, that commas and 'and' alone join."""
    groups: list[Group] = []
    for each in things:
        last = groups[-1][-1] if groups else None
        if last and type(last) is type(each) and _joint().fullmatch(text, last.end, each.start):
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _clauses(text: str, groups: Iterable[Group]) -> list[list[Group]]:
    """Part groups where a clause ends between them; a date before it ('In 2020, …') belongs to the next one."""
    clauses: list[list[Group]] = []
    for group in groups:
        last = clauses[-1] if clauses else []
        ends = last and any(map(_is_amounts, last)) and _clause_end().search(text, last[-1][-1].end, group[0].start)
        if ends or not last:
            clauses.append([])
        clauses[-1].append(group)
    return clauses


def _paired(groups: Sequence[Group]) -> list[Pair]:
    """Pair all amounts of a stretch with its dates, or none."""
    dates = [date for group in groups for date in group if not isinstance(date, Amount)]
    amounts = [amount for group in groups for amount in group if isinstance(amount, Amount)]
    if len(dates) == 1 and (len(groups) == 2 or not _is_amounts(groups[0])):
        return [(amount, dates[0]) for amount in amounts]
    takes_turns = all(_is_amounts(one) != _is_amounts(other) for one, other in pairwise(groups))
    alike = all(len(one) == len(other) for one, other in zip(groups[::2], groups[1::2], strict=False))
    if takes_turns and alike and len(groups) % 2 == 0:
        return list(zip(amounts, dates, strict=True))
    return []


def _is_amounts(group: Group) -> bool:
    return isinstance(group[0], Amount)


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf",? ?(?:{any_of('and')}|[&/])? ?")


@cache
def _clause_end() -> re.Pattern[str]:
    words = rf"{any_of('and')}|{patterns('clause_words')}"
    return re.compile(rf"[;:()]|,(?!\d)|(?<!\w)(?:{words})(?!\w)")
