"""The rules that find things in any text, Dutch, French or English, without a curator; one pass a rule.

A finding says only that its passage names the thing. Dates in a head are found too; references there are not, for a
head tells of the document itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.text.finding.amounts import amounts
from fot_graph.text.finding.dates import moments
from fot_graph.text.finding.lines import lines_of
from fot_graph.text.finding.mention import Mention
from fot_graph.text.finding.pairing import dated
from fot_graph.text.finding.references import references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fot_graph.text.finding.names import NameList
    from fot_graph.text.source import Source


def findings(source: Source, names: NameList | None = None) -> list[Mention]:
    """Find dates, periods, amounts, references and names, in the order of the text."""
    return sorted(_findings(source, names), key=lambda found: (found.span, found.kind))


def _findings(source: Source, names: NameList | None) -> Iterator[Mention]:
    lines = lines_of(source)
    dates, figures = moments(lines.text), list(amounts(lines.text, source.language))
    for moment in dates:
        yield Mention("date", lines.span(moment.start, moment.end), moment.value)
    given_for = dict(dated(lines.text, figures, dates))
    for amount in figures:
        found = Mention("amount", lines.span(amount.start, amount.end), amount.value, amount.upper, amount.unit)
        date = given_for.get(amount)
        yield found._replace(date=date.value, dated=lines.span(date.start, date.end)) if date else found
    for each in references(lines.text):
        if lines.place(each.start) != "head" and not (each.kind == "question" and each.number == source.number != ""):
            value = each.number if each.kind == "web-address" else ""
            number = "" if value else each.number
            yield Mention(each.kind, lines.span(each.start, each.end), value, number=number, date=each.date)
    for named in names.find(lines.text) if names else ():
        if lines.place(named.start) != "head":
            yield Mention("name", lines.span(named.start, named.end), named.bearer)
