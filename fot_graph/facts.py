"""What the claims say of one thing, and how two things connect: each fact with its status, its voice and its quote."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Triple

from fot_graph.answers import Answer, row_type
from fot_graph.markup import html
from fot_graph.namespaces import PREFIXES, curie, expand, is_layer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

    from fot_graph.graph import Graph

    Term = NamedNode | Literal | BlankNode | Triple
    _Links = dict[NamedNode, list[tuple[NamedNode, "Fact"]]]

COLUMNS = ("subject", "relation", "object", "status", "voice", "quote", "claim")


class Fact(NamedTuple):
    """A triple of a claim, and what the claim rests on.

    `status` and `voice` are None where the claim does not say; `quote` is what its passages read, None for a claim that
    rests on another source (its voice) or on a calculation.
    """

    subject: Term
    relation: NamedNode
    object: Term
    status: NamedNode | None
    voice: NamedNode | None
    quote: Literal | None
    claim: NamedNode


class Entity:
    """A thing that the graph knows: its names, its types, and what the claims say of it.

    Attributes: `iri`, and `node`, the same as a term of the engine.
    """

    def __init__(self, graph: Graph, node: NamedNode) -> None:
        self.node, self.iri = node, node.value
        self._graph = graph

    def __repr__(self) -> str:
        return f"<Entity {curie(self.iri)}: {self.label()}>"

    def label(self, lang: str = "en") -> str:
        """Name it in a language ('nl' or 'en'), else in the other one, else by its CURIE."""
        return self._graph.label(self.iri, lang)

    @property
    def types(self) -> list[str]:
        """The IRIs of its classes."""
        return sorted(term.value for term in self.values("rdf:type") if isinstance(term, NamedNode))

    def names(self, lang: str) -> list[str]:
        """Give its preferred names in a language, none if it has none."""
        return self.texts("skos:prefLabel", lang) or self.texts("rdfs:label", lang)

    def other_names(self) -> list[str]:
        """Give the other wordings by which the sources call it, in any language."""
        found = [*self.values("skos:altLabel"), *self.values("skos:hiddenLabel")]
        return sorted({term.value for term in found if isinstance(term, Literal)})

    def texts(self, name: str, lang: str) -> list[str]:
        """Give the texts of a property (a CURIE) in a language."""
        found = [term for term in self.values(name) if isinstance(term, Literal)]
        return sorted(term.value for term in found if term.language == lang)

    def values(self, name: str) -> list[Term]:
        """Give the values of a property (a CURIE or IRI), whoever says so."""
        found = self._graph.store.quads_for_pattern(self.node, NamedNode(expand(name)), None, DefaultGraph())
        return [quad.object for quad in found]

    def facts(self) -> list[Fact]:
        """Give every fact in which it stands: as subject, as object or as relation; of a claim, what it says."""
        places = [(self.node, None, None, None), (None, self.node, None, None), (None, None, self.node, None)]
        found = (quad for place in [*places, (None, None, None, self.node)] for quad in _stated(self._graph, *place))
        return sorted(_facts(self._graph, dict.fromkeys(found)), key=_order)

    def _repr_html_(self) -> str:
        """Show the facts in a notebook, under the name."""
        named = f"<p><b>{html(self.label())}</b> ({html(curie(self.iri))})</p>\n"
        return named + answer(self._graph, self.facts())._repr_html_()


def path(graph: Graph, start: NamedNode, end: NamedNode) -> list[Fact] | None:
    """Give the facts that lead from one thing to another in the fewest steps, along triples in either direction.

    None when no claims connect them; no facts when they are the same thing. Of ways of the same length it is the one
    that rests on the firmest claims: what is stated goes before what is interpreted, and both before what is asked.
    """
    links = _links(graph)
    came: dict[NamedNode, tuple[NamedNode, Fact] | None] = {start: None}
    reached = [start]
    while reached and end not in came:
        steps = [(node, other, fact) for node in reached for other, fact in links.get(node, [])]
        reached = []
        for node, other, fact in sorted(steps, key=lambda step: _firmness(step[2])):
            if other not in came:
                came[other] = (node, fact)
                reached.append(other)
    return list(_way_back(came, end))[::-1] if end in came else None


def answer(graph: Graph, facts: Iterable[Fact]) -> Answer:
    """Give facts as the answer to a SELECT, one row a fact, to be rendered like any other."""
    return Answer("select", COLUMNS, [row_type(COLUMNS)(fact) for fact in facts], labels=graph.labels)


# --- Inside ----------------------------------------------------------------------------------------------------------

_STATUS, _VOICE, _QUOTE = (NamedNode(expand(name)) for name in ("fot:status", "fot:voice", "fot:quote"))
_FIRMEST_FIRST = [
    PREFIXES["status"] + name
    for name in ("stated", "reported", "quoted", "computed", "background", "premise", "interpreted", "asked")
]


def _stated(
    graph: Graph,
    subject: NamedNode | None = None,
    predicate: NamedNode | None = None,
    object_: NamedNode | None = None,
    claim: NamedNode | None = None,
) -> Iterator[Quad]:
    for quad in graph.store.quads_for_pattern(subject, predicate, object_, claim):
        if isinstance(quad.graph_name, NamedNode) and not is_layer(quad.graph_name.value):
            yield quad


def _facts(graph: Graph, quads: Iterable[Quad]) -> Iterator[Fact]:
    known: dict[NamedNode, tuple[NamedNode | None, NamedNode | None, Literal | None]] = {}
    for quad in quads:
        claim = quad.graph_name
        assert isinstance(claim, NamedNode)
        if claim not in known:
            known[claim] = _support(graph, claim)
        yield Fact(quad.subject, quad.predicate, quad.object, *known[claim], claim)


def _support(graph: Graph, claim: NamedNode) -> tuple[NamedNode | None, NamedNode | None, Literal | None]:
    def first(predicate: NamedNode) -> Term | None:
        quads = graph.store.quads_for_pattern(claim, predicate, None, DefaultGraph())
        return min((quad.object for quad in quads), key=str, default=None)

    status, voice, quote = first(_STATUS), first(_VOICE), first(_QUOTE)
    return (
        status if isinstance(status, NamedNode) else None,
        voice if isinstance(voice, NamedNode) else None,
        quote if isinstance(quote, Literal) else None,
    )


def _order(fact: Fact) -> tuple[str, ...]:
    return tuple(str(term) for term in (fact.relation, fact.claim, fact.subject, fact.object))


def _firmness(fact: Fact) -> tuple[int, tuple[str, ...]]:
    status = fact.status.value if fact.status else ""
    return (_FIRMEST_FIRST.index(status) if status in _FIRMEST_FIRST else len(_FIRMEST_FIRST)), _order(fact)


def _links(graph: Graph) -> _Links:
    links: _Links = {}
    for fact in _facts(graph, _stated(graph)):
        if isinstance(fact.subject, NamedNode) and isinstance(fact.object, NamedNode):
            links.setdefault(fact.subject, []).append((fact.object, fact))
            links.setdefault(fact.object, []).append((fact.subject, fact))
    return links


def _way_back(came: dict[NamedNode, tuple[NamedNode, Fact] | None], end: NamedNode) -> Iterator[Fact]:
    step = came[end]
    while step:
        node, fact = step
        yield fact
        step = came[node]
