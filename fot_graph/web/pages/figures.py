"""The figures: in tables every value with its status and its claim, what was calculated, and a small chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal

from fot_graph.web.pages.claim_views import ClaimView, claims
from fot_graph.web.pages.common import Namer, TermView
from fot_graph.web.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fot_graph.api import Graph
    from fot_graph.core.terms import Solution


class Measure(NamedTuple):
    """What a column counts or measures, and in which unit; `claim` gives the unit where one claim gives it for all."""

    name: TermView
    unit: TermView
    claim: ClaimView | None


class Cell(NamedTuple):
    """A figure with the claim that gives it: its value, or the words of the source where these say more.

    `number` is None where there is no value: the words then give a bound, or say that it is missing.
    """

    shown: TermView
    number: float | None
    claim: ClaimView


class Line(NamedTuple):
    """The figures of one period for the same things, in the order of the measures; None where there is none."""

    period: TermView
    concerned: tuple[TermView, ...]
    cells: tuple[Cell | None, ...]

    @property
    def group(self) -> str:
        """The names of the things that the figures concern."""
        return " · ".join(each.text for each in self.concerned)


class Bar(NamedTuple):
    """A bar of a chart, in the units of the chart; `y` is its top."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: str
    group: int


class Chart(NamedTuple):
    """Bars by period, side by side for each thing that figures concern, for one measure."""

    measure: TermView
    width: float
    height: float
    bars: tuple[Bar, ...]
    groups: tuple[str, ...]
    periods: tuple[tuple[float, str], ...]


class Table(NamedTuple):
    """A data set; or the figures of a document that stand in none, without `id` and by the name of the document."""

    id: str
    name: TermView
    measures: tuple[Measure, ...]
    has_period: bool
    lines: tuple[Line, ...]
    charts: tuple[Chart, ...]


def figures(graph: Graph, lang: str) -> tuple[Table, ...]:
    """Give all figures, those of the source before those that were calculated, those of no table last."""
    found = list(graph.rows(_FIGURES))
    namer = Namer(graph, lang)
    namer.expect(term for row in found for term in row if not isinstance(term, Literal))
    judged = claims(graph, namer, dict.fromkeys(row[name].value for row in found for name in _CLAIMS if row[name]))
    sets: dict[tuple[str, TermView], dict[str, list[Solution]]] = {}
    for row in found:
        name = namer(row["set"]) if row["set"] else judged[row["claim"].value].document
        of_set = sets.setdefault((row["set"].value.rpartition("/")[2] if row["set"] else "", name), {})
        of_set.setdefault(row["figure"].value, []).append(row)
    tables = [_table(*key, list(members.values()), namer, judged) for key, members in sets.items()]
    return tuple(sorted(tables, key=lambda table: (not table.id, _is_computed(table), -len(table.lines), table.name)))


# --- Inside ----------------------------------------------------------------------------------------------------------

_CLAIMS = ("claim", "unit_claim")
_FIGURES = """SELECT ?set ?figure ?period ?concerned ?counted ?value ?words ?unit ?claim ?unit_claim {
  GRAPH ?claim { ?figure fot:countOf ?counted ; fot:concerns ?concerned }
  ?claim a fot:Claim .
  OPTIONAL { { ?figure qb:dataSet ?set } UNION { ?figure dcterms:isPartOf ?set } }
  OPTIONAL { ?figure sdmx-dimension:refPeriod ?period }
  OPTIONAL { ?figure sdmx-measure:obsValue ?value }
  OPTIONAL { ?figure sdmx-attribute:comment ?words }
  OPTIONAL { GRAPH ?unit_claim { ?figure sdmx-attribute:unitMeasure ?unit } }
} ORDER BY ?set ?period ?concerned ?figure ?claim ?unit_claim LIMIT 2000"""
_CHART_HEIGHT, _BAR, _GROUP_GAP, _TOP, _BOTTOM = 150.0, 46.0, 34.0, 22.0, 24.0
_PATTERNS = 2  # by which a chart tells groups apart, in the style sheet


def _is_computed(table: Table) -> bool:
    return all(cell.claim.status == "computed" for line in table.lines for cell in line.cells if cell)


def _table(
    identifier: str, name: TermView, members: Sequence[Sequence[Solution]], namer: Namer, judged: dict[str, ClaimView]
) -> Table:
    """Put the figures of a data set in lines, by what they concern, and columns, by what they count in which unit."""
    columns: dict[tuple[TermView, TermView], list[Solution]] = {}
    lines: dict[tuple[TermView, tuple[TermView, ...]], list[dict[tuple[TermView, TermView], Cell]]] = {}
    for rows in members:
        row = rows[0]
        column = namer(row["counted"]), namer(row["unit"])
        columns.setdefault(column, []).append(row)
        concerned = tuple(dict.fromkeys(namer(each["concerned"]) for each in rows))
        of_key = lines.setdefault((namer(row["period"]), concerned), [])
        free = next(
            (cells for cells in of_key if column not in cells), None
        )  # several figures of one thing: a line each
        if free is None:
            of_key.append(free := {})
        free[column] = _cell(row, namer, judged)
    ordered = sorted(columns, key=lambda column: [part.text for part in column])
    made = tuple(Line(*key, tuple(map(cells.get, ordered))) for key, of_key in lines.items() for cells in of_key)
    measures = tuple(Measure(*column, _unit_claim(columns[column], judged)) for column in ordered)
    charts = tuple(filter(None, (_chart(each.name, made, place) for place, each in enumerate(measures))))
    return Table(identifier, name, measures, any(line.period.text for line in made), made, charts)


def _unit_claim(rows: Iterable[Solution], judged: dict[str, ClaimView]) -> ClaimView | None:
    given = {row["unit_claim"].value for row in rows if row["unit_claim"]}
    return judged.get(given.pop()) if len(given) == 1 else None


def _cell(row: Solution, namer: Namer, judged: dict[str, ClaimView]) -> Cell:
    value, words = row["value"], row["words"]
    number = _number(value.value) if isinstance(value, Literal) else None
    unit = row["unit"].value if row["unit"] else ""
    return Cell(namer(words or value, unit), number, judged[row["claim"].value])


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _chart(measure: TermView, lines: Sequence[Line], place: int) -> Chart | None:
    """Draw a measure over the periods, where there are several, and no more groups than there are patterns."""
    periods = list(dict.fromkeys(line.period.text for line in lines if line.period.text))
    groups = list(dict.fromkeys(line.group for line in lines))
    values = [cell.number for line in lines if (cell := line.cells[place]) and cell.number is not None]
    if len(periods) < 3 or len(groups) > _PATTERNS or not values or min(values) < 0 or not max(values):
        return None
    if len({(line.period, line.group) for line in lines}) < len(lines):  # their bars would hide each other
        return None
    width = _BAR * len(groups) + _GROUP_GAP
    bars = tuple(
        _bar(cell, max(values), periods.index(line.period.text) * width, groups.index(line.group))
        for line in lines
        if (cell := line.cells[place]) and line.period.text
    )
    middles = tuple((number * width + (width - _GROUP_GAP) / 2, period) for number, period in enumerate(periods))
    return Chart(measure, width * len(periods), _TOP + _CHART_HEIGHT + _BOTTOM, bars, tuple(groups), middles)


def _bar(cell: Cell, most: float, left: float, group: int) -> Bar:
    tall = _CHART_HEIGHT * (cell.number or 0) / most
    return Bar(
        left + group * _BAR + 3,
        round(_TOP + _CHART_HEIGHT - tall, 1),
        _BAR - 6,
        round(tall, 1),
        _short(cell),
        cell.shown.text,
        group,
    )


def _short(cell: Cell) -> str:
    """Write the value over its bar: amounts in thousands, because there is no more room."""
    if cell.number is None or cell.number < 10_000:
        return cell.shown.text
    return f"{cell.number / 1000:.0f}k"


PAGES = (Page("figures", "figures.html", figures),)
MENU = ((4, "figures"),)
