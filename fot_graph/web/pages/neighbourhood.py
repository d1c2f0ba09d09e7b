"""The graph page: a thing with what surrounds it, further things opened one by one, and the same facts as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from pyoxigraph import Literal

from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.core.namespaces import expand
from fot_graph.core.statuses import STATUSES
from fot_graph.web.pages.around import draw_around
from fot_graph.web.pages.common import Namer, TermView
from fot_graph.web.pages.entity import facts_about, known_entity
from fot_graph.web.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pyoxigraph import NamedNode
    from starlette.requests import Request

    from fot_graph.api import Graph
    from fot_graph.pictures.drawing import Drawing
    from fot_graph.web.pages.around import DirectedFact


class FilterChoice(NamedTuple):
    """A value of a filter."""

    value: str
    name: TermView
    chosen: bool


class Neighbourhood(NamedTuple):
    """A thing and what surrounds it.

    `opened` are the further things whose facts are shown, each with the address of the page without it; `open` are
    their names. `cut` tells that there are more facts of one of them than a page reads.
    """

    focus: TermView
    name: str
    opened: tuple[tuple[TermView, str], ...]
    open: tuple[str, ...]
    picture: Drawing
    left_out: int
    facts: tuple[DirectedFact, ...]
    statuses: tuple[FilterChoice, ...]
    relations: tuple[FilterChoice, ...]
    things: tuple[TermView, ...]
    cut: bool


def neighbourhood(
    graph: Graph,
    lang: str,
    focus: str = "",
    opened: Collection[str] = (),
    statuses: Collection[str] = (),
    relations: Collection[str] = (),
) -> Neighbourhood:
    """Give what surrounds a thing: the one that most is said about, if none is named; a document without claims.

    Things and relations are CURIEs, or names that `Graph.find` knows. `opened` are shown with what surrounds them too.
    Raises: `UnknownNameError`; `UsageError` for a name with several meanings, and where there is nothing to name.
    """
    for status in statuses:
        if status not in STATUSES:
            raise UnknownNameError("status", status, STATUSES)
    namer = Namer(graph, lang)
    middle = graph.find(focus) if focus else _first(graph)
    others = (known_entity(graph, graph.namespaces.expand(name)).node for name in opened)
    nodes = [middle, *(node for node in others if node != middle)][:_MOST]
    read = {namer(node).name: facts_about(graph, namer, node, statuses) for node in nodes}
    every = dict.fromkeys(each.relation for said, _ in read.values() for each in said)
    found = [(name, [each for each in said if _is_chosen(each, relations)]) for name, (said, _) in read.items()]
    chosen = [("status", status) for status in statuses] + [("relation", name) for name in relations]
    page = _Address(lang, namer(middle).name, tuple(dict.fromkeys(namer(node).name for node in nodes[1:])), chosen)
    drawn, left_out = draw_around(namer(middle), found, _FACTS, page.opening)
    return Neighbourhood(
        namer(middle),
        page.focus,
        tuple((namer(node), page.closing(namer(node))) for node in nodes[1:]),
        page.opened,
        drawn,
        left_out,
        tuple({each._replace(way=""): each for _, said in found for each in said}.values()),
        tuple(FilterChoice(each, namer(expand(f"status:{each}")), each in statuses) for each in STATUSES),
        tuple(FilterChoice(each.name, each, each.name in relations) for each in sorted(every)),
        _things(graph, namer),
        any(cut for _, cut in read.values()),
    )


# --- Inside ----------------------------------------------------------------------------------------------------------

_MOST, _FACTS = 8, 24
_FIRST = """SELECT ?thing (COUNT(?claim) AS ?n) {
  ?claim a fot:Claim ; fot:mentions ?thing FILTER(STRSTARTS(STR(?thing), {names}))
} GROUP BY ?thing ORDER BY DESC(?n) ?thing LIMIT 1"""
_DOCUMENT = "SELECT ?document { ?document a foaf:Document ; prov:value ?text } ORDER BY ?document LIMIT 1"
_THINGS = """SELECT ?thing (COUNT(?claim) AS ?n) {
  ?claim a fot:Claim ; fot:mentions ?thing . ?thing skos:prefLabel ?name
} GROUP BY ?thing ORDER BY DESC(?n) ?thing LIMIT 400"""


def _first(graph: Graph) -> NamedNode:
    """Give what most is said about among the names that documents share, else among those of one document."""
    shared, of_documents = (
        _FIRST.replace("{names}", str(Literal(graph.namespaces.prefixes[prefix]))) for prefix in ("id", "doc")
    )
    found = next((row for query in (shared, of_documents, _DOCUMENT) for row in graph.rows(query)), None)
    if found is None:
        raise UsageError("no-thing")
    return known_entity(graph, found[0].value).node


def _is_chosen(fact: DirectedFact, relations: Collection[str]) -> bool:
    return not relations or fact.relation.name in relations


class _Address(NamedTuple):
    """The address of a page with the things that are opened on it and the filters that are chosen."""

    lang: str
    focus: str
    opened: tuple[str, ...]
    chosen: Sequence[tuple[str, str]]

    def opening(self, thing: TermView) -> str:
        """Give that of the same page with one thing more."""
        return self._with((*self.opened, thing.name))

    def closing(self, thing: TermView) -> str:
        """Give that of the same page without one of the things."""
        return self._with([name for name in self.opened if name != thing.name])

    def _with(self, opened: Sequence[str]) -> str:
        words = [("focus", self.focus), *(("open", name) for name in dict.fromkeys(opened) if name != self.focus)]
        return f"/{self.lang}/graph?{urlencode([*words, *self.chosen])}#picture"


def _things(graph: Graph, namer: Namer) -> tuple[TermView, ...]:
    """Give the things that claims speak of, for the field in which one is chosen."""
    found = [row[0].value for row in graph.rows(_THINGS)]
    namer.expect(found)
    return tuple(sorted((namer(iri) for iri in found), key=lambda thing: thing.text.casefold()))


# --- The page --------------------------------------------------------------------------------------------------------


def _asked(request: Request) -> dict[str, Any]:
    asked = request.query_params
    several = {name: tuple(dict.fromkeys(filter(None, asked.getlist(name)))) for name in ("open", "status", "relation")}
    return {
        "focus": asked.get("focus", ""),
        "opened": several["open"],
        "statuses": several["status"],
        "relations": several["relation"],
    }


PAGES = (Page("graph", "graph.html", neighbourhood, _asked),)
MENU = ((7, "graph"),)
