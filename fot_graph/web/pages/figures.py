"""The tables of figures: every value with its status and its claim, what was calculated, and a small chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from fot_graph.core.namespaces import PREFIXES
from fot_graph.core.terms import UNDEFINED
from fot_graph.evidence.units import units_of
from fot_graph.web.pages.claim_views import ClaimView, claims
from fot_graph.web.pages.common import Namer, TermView, in_language
from fot_graph.web.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fot_graph.api import Graph
    from fot_graph.core.terms import Solution
    from fot_graph.evidence.units import Units


class Measure(NamedTuple):
    """What a column measures.

    `definition` is left out where it only repeats the name; `claim` gives the unit, where there is one.
    """

    name: TermView
    definition: TermView
    unit: TermView
    claim: ClaimView | None

    @property
    def told(self) -> bool:
        """Whether there is something to tell."""
        return bool(self.definition.text or self.claim)


class Cell(NamedTuple):
    """A value with the claim that gives it; `missing` tells one that the source marks as not there."""

    shown: TermView
    number: float | None
    missing: bool
    claim: ClaimView


class Observation(NamedTuple):
    """An observation: what it is of, and its values, in the order of the measures; None where there is none."""

    thing: TermView
    period: TermView
    theme: TermView
    cells: tuple[Cell | None, ...]


class Bar(NamedTuple):
    """A bar of a chart, in the units of the chart; `y` is its top."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: str
    theme: int


class Chart(NamedTuple):
    """Bars by period, side by side for each theme, for one measure."""

    measure: TermView
    width: float
    height: float
    bars: tuple[Bar, ...]
    themes: tuple[TermView, ...]
    periods: tuple[tuple[float, str], ...]


class Table(NamedTuple):
    """A data set."""

    id: str
    name: TermView
    measures: tuple[Measure, ...]
    has_period: bool
    lines: tuple[Observation, ...]
    charts: tuple[Chart, ...]


def figures(graph: Graph, lang: str) -> tuple[Table, ...]:
    """Give all tables of figures, those of the source before those that were calculated."""
    found = list(graph.rows(_OBSERVATIONS))
    namer = Namer(graph, lang)
    namer.expect(
        term
        for row in found
        for term in (row["set"], row["row"], row["period"], row["theme"], row["measure"])
        if not isinstance(term, Literal)
    )
    units = list(graph.rows(_UNITS))
    namer.expect(row["unit"] for row in units)
    judged = claims(graph, namer, dict.fromkeys(row["claim"].value for row in [*found, *units]))
    measures = _measures(graph, namer, {row["measure"].value for row in found}, units, judged)
    sets: dict[str, list[Solution]] = {}
    for row in found:
        sets.setdefault(row["set"].value, []).append(row)
    tables = [_table(iri, members, namer, judged, measures) for iri, members in sets.items()]
    return tuple(sorted(tables, key=lambda table: (_is_computed(table), -len(table.lines), table.name.text)))


# --- Inside ----------------------------------------------------------------------------------------------------------

_MEASURES = ("adviceFiles", "subsidy", "shareOfFiles", "shareOfSubsidy")
_OBSERVATIONS = """SELECT ?set ?row ?period ?theme ?measure ?value ?claim {
  ?row qb:dataSet ?set .
  OPTIONAL { ?row sdmx-dimension:refPeriod ?period }
  OPTIONAL { ?row fot:adviceTheme ?theme }
  GRAPH graph:ontology { ?measure a qb:MeasureProperty }
  GRAPH ?claim { ?row ?measure ?value }
  ?claim a fot:Claim .
} ORDER BY ?set ?period ?theme ?row ?measure ?claim LIMIT 2000"""
_UNITS = """SELECT ?measure ?unit ?claim {
  GRAPH graph:ontology { ?measure a qb:MeasureProperty }
  GRAPH ?claim { ?measure sdmx-attribute:unitMeasure ?unit }
  ?claim a fot:Claim .
} ORDER BY ?measure ?claim LIMIT 100"""
_DEFINITIONS = "SELECT ?measure ?definition { VALUES ?measure { {about} } ?measure skos:definition ?definition }"
_NO_UNIT = TermView(""), None
_CHART_HEIGHT, _BAR, _GROUP_GAP, _TOP, _BOTTOM = 150.0, 46.0, 34.0, 22.0, 24.0


def _is_computed(table: Table) -> bool:
    return all(cell.claim.status == "computed" for line in table.lines for cell in line.cells if cell)


def _measures(
    graph: Graph, namer: Namer, iris: Iterable[str], units: Sequence[Solution], judged: dict[str, ClaimView]
) -> dict[str, Measure]:
    """Tell of each measure what it is and in which unit."""
    texts: dict[str, list[tuple[str, str]]] = {iri: [] for iri in iris}
    for row in graph.rows(_DEFINITIONS, texts):
        texts[row["measure"].value].append((row["definition"].language or "", row["definition"].value))
    given = {row["measure"].value: (namer(row["unit"]), judged.get(row["claim"].value)) for row in units}
    return {
        iri: Measure(
            namer(iri), _informative_definition(in_language(defined, namer.lang), namer(iri)), *given.get(iri, _NO_UNIT)
        )
        for iri, defined in texts.items()
    }


def _informative_definition(definition: TermView, name: TermView) -> TermView:
    repeats = definition.text.rstrip(".").casefold().endswith(name.text.casefold())
    return TermView("") if repeats else definition


def _table(
    iri: str,
    members: Sequence[Solution],
    namer: Namer,
    judged: dict[str, ClaimView],
    known: dict[str, Measure],
) -> Table:
    measures = sorted({row["measure"].value for row in members}, key=_measure_sort_key)
    lines: dict[str, dict[str, Solution]] = {}
    for row in members:
        lines.setdefault(row["row"].value, {}).setdefault(row["measure"].value, row)
    units = units_of(namer.graph, [(row["row"], row["measure"], row["value"]) for row in members])
    made = tuple(_line(cells, measures, units, namer, judged) for cells in lines.values())
    own = tuple(known[measure] for measure in measures)
    charts = tuple(filter(None, (_chart(each.name, made, place) for place, each in enumerate(own))))
    return Table(iri.rpartition("/")[2], namer(iri), own, any(line.period.text for line in made), made, charts)


def _measure_sort_key(measure: str) -> tuple[int, str]:
    name = measure.removeprefix(PREFIXES["fot"])
    return (_MEASURES.index(name) if name in _MEASURES else len(_MEASURES), name)


def _line(
    cells: dict[str, Solution], measures: Iterable[str], units: Units, namer: Namer, judged: dict[str, ClaimView]
) -> Observation:
    any_cell = next(iter(cells.values()))
    shown = tuple(_cell(cells[measure], units, namer, judged) if measure in cells else None for measure in measures)
    return Observation(namer(any_cell["row"]), namer(any_cell["period"]), namer(any_cell["theme"]), shown)


def _cell(row: Solution, units: Units, namer: Namer, judged: dict[str, ClaimView]) -> Cell | None:
    value, claim = row["value"], judged.get(row["claim"].value)
    if claim is None:
        return None
    missing = isinstance(value, Literal) and value.datatype == NamedNode(UNDEFINED)
    shown = namer(value, units.of(row["row"], row["measure"]))
    return Cell(shown, None if missing else _number(value.value), missing, claim)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _chart(measure: TermView, lines: Sequence[Observation], place: int) -> Chart | None:
    """Draw a measure over the periods, where there is more than one of them."""
    periods = list(dict.fromkeys(line.period.text for line in lines if line.period.text))
    themes = list(dict.fromkeys(line.theme for line in lines))
    values = [cell.number for line in lines if (cell := line.cells[place]) and cell.number is not None]
    if len(periods) < 3 or not values or min(values) < 0 or not max(values):
        return None
    group = _BAR * len(themes) + _GROUP_GAP
    bars = tuple(
        _bar(cell, max(values), periods.index(line.period.text) * group, themes.index(line.theme))
        for line in lines
        if (cell := line.cells[place])
    )
    middles = tuple((number * group + (group - _GROUP_GAP) / 2, period) for number, period in enumerate(periods))
    return Chart(measure, group * len(periods), _TOP + _CHART_HEIGHT + _BOTTOM, bars, tuple(themes), middles)


def _bar(cell: Cell, most: float, left: float, theme: int) -> Bar:
    tall = _CHART_HEIGHT * (cell.number or 0) / most
    return Bar(
        left + theme * _BAR + 3,
        round(_TOP + _CHART_HEIGHT - tall, 1),
        _BAR - 6,
        round(tall, 1),
        _short(cell),
        cell.shown.text,
        theme,
    )


def _short(cell: Cell) -> str:
    """Write the value over its bar: amounts in thousands, because there is no more room."""
    if cell.number is None or cell.number < 10_000:
        return cell.shown.text
    return f"{cell.number / 1000:.0f}k"


PAGES = (Page("figures", "figures.html", figures),)
MENU = ((4, "figures"),)
