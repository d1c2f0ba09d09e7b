"""The timeline: the dates and periods that claims give, each with its status; what has no full date is not placed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from fot_graph.web.pages.claim_views import ClaimView, claims
from fot_graph.web.pages.common import Namer, TermView
from fot_graph.web.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fot_graph.api import Graph
    from fot_graph.core.terms import Solution


class Moment(NamedTuple):
    """A dated fact: `date` in ISO form ('2020-02-12', '2032-06', '2017'), how it is shown, and the claims that give it.

    `via` are the claims that lead from the thing to the moment, where the date is not its own. `document` is what the
    first claim quotes.
    """

    date: str
    shown: TermView
    thing: TermView
    relation: TermView
    document: TermView
    claims: tuple[ClaimView, ...]
    via: tuple[ClaimView, ...]


class Undated(NamedTuple):
    """A fact about time that no claim gives a full date for: a day without a year, a period by its name, words."""

    shown: TermView
    thing: TermView
    relation: TermView
    document: TermView
    claim: ClaimView
    resolved: TermView
    resolving: ClaimView | None


class Timeline(NamedTuple):
    """All moments in order, and what has no date of its own; `several` tells that they are of several documents."""

    moments: tuple[Moment, ...]
    undated: tuple[Undated, ...]

    @property
    def several(self) -> bool:
        """Whether each is to be shown with its document."""
        documents = {each.document for each in self.moments} | {each.document for each in self.undated}
        return len(documents - {TermView("")}) > 1


def timeline(graph: Graph, lang: str) -> Timeline:
    """Give the dates that claims give."""
    namer = Namer(graph, lang)
    own, led, named = (list(graph.rows(f"{query} LIMIT {_MOST}")) for query in (_DATED, _LED, _PERIODS))
    found = [*own, *led, *named]
    judged = claims(graph, namer, [row[name].value for row in found for name in _CLAIMS if row[name]])
    namer.expect(term for row in found for term in row if isinstance(term, NamedNode))
    groups: dict[tuple[str, ...], list[Solution]] = {}
    for row in [*own, *led]:
        groups.setdefault(tuple(row[name].value for name in ("date", "thing", "relation")), []).append(row)
    moments = (_moment(members, namer, judged) for members in groups.values())
    ordered = sorted(moments, key=lambda moment: (moment.date, moment.thing.text))
    return Timeline(tuple(ordered), tuple(_undated(row, namer, judged) for row in named))


# --- Inside ----------------------------------------------------------------------------------------------------------

_MOST = 300
_CLAIMS = ("claim", "via", "resolving")
# A date that a thing itself has ...
_DATED = """SELECT ?thing ?relation ?date ?claim ?via ?resolving {
  GRAPH ?claim { ?thing ?relation ?date }
  ?claim a fot:Claim .
  FILTER(DATATYPE(?date) IN (xsd:date, xsd:gYearMonth, xsd:gYear) && ?relation != time:inXSDDate)
  FILTER NOT EXISTS { ?thing fot:countOf ?counted }
} ORDER BY ?date ?thing ?claim"""
# ... and the date of a moment that it leads to
_LED = """SELECT ?thing ?relation ?date ?claim ?via ?resolving {
  GRAPH ?via { ?thing ?relation ?moment }
  GRAPH ?claim { ?moment time:inXSDDate ?date }
  ?claim a fot:Claim . ?via a fot:Claim .
} ORDER BY ?date ?thing ?claim"""
_PERIODS = """SELECT ?thing ?relation ?period ?claim ?via ?resolved ?resolving {
  {
    GRAPH ?claim { ?thing ?relation ?period }
    ?period a dcterms:PeriodOfTime FILTER(?relation != fot:resolvesTo)
  } UNION {
    VALUES ?relation { fot:timeIndication }
    GRAPH ?claim { ?thing ?relation ?period }
  }
  ?claim a fot:Claim .
  FILTER NOT EXISTS { ?thing fot:countOf ?counted }
  OPTIONAL { GRAPH ?resolving { ?period fot:resolvesTo ?resolved } }
} ORDER BY ?thing ?claim"""


def _moment(members: Sequence[Solution], namer: Namer, judged: dict[str, ClaimView]) -> Moment:
    """Put together what several claims say alike."""
    row = members[0]
    date = row["date"]
    assert isinstance(date, Literal)
    giving, via = ([judged[each[name].value] for each in members if each[name]] for name in ("claim", "via"))
    names = namer(date), namer(row["thing"]), namer(row["relation"])
    said = tuple(dict.fromkeys(giving)), tuple(dict.fromkeys(via))
    return Moment(date.value, *names, giving[0].document, *said)


def _undated(row: Solution, namer: Namer, judged: dict[str, ClaimView]) -> Undated:
    resolving = judged[row["resolving"].value] if row["resolving"] else None
    return Undated(
        namer(row["period"]),
        namer(row["thing"]),
        namer(row["relation"]),
        judged[row["claim"].value].document,
        judged[row["claim"].value],
        namer(row["resolved"]),
        resolving,
    )


PAGES = (Page("timeline", "timeline.html", timeline),)
MENU = ((5, "timeline"),)
