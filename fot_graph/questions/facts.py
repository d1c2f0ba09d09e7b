"""What the claims say of one thing, and how two things connect: each fact with its status, its voice and its quote."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from fot_graph.core.escaping import html
from fot_graph.core.namespaces import PREFIXES
from fot_graph.core.statuses import firmness_rank
from fot_graph.core.terms import node
from fot_graph.core.words import LANGUAGES, text_in
from fot_graph.evidence.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from fot_graph.core.terms import Term
    from fot_graph.stores.interface import StoredGraph

    _Support = tuple[NamedNode | None, NamedNode | None, Literal | None]

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

    def __init__(self, graph: StoredGraph, node: NamedNode) -> None:
        self.node, self.iri = node, node.value
        self._graph = graph

    def __repr__(self) -> str:
        return f"<Entity {self.name}: {self.label()}>"

    @property
    def name(self) -> str:
        """Its CURIE, or its IRI where no prefix is known for it."""
        return self._graph.namespaces.shorten(self.iri)

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

    def spoken(self, *names: str) -> list[str]:
        """Give the languages of the texts of properties (CURIEs): 'nl' and 'en', and what others there are."""
        found = {term.language for name in names for term in self.values(name) if isinstance(term, Literal)}
        return [*LANGUAGES, *sorted(tag for tag in found if tag and tag not in LANGUAGES)]

    def text_for(self, name: str, lang: str) -> str:
        """Give the texts of a property for a reader of a language: in that one, else in another one."""
        said = {tag: " ".join(self.texts(name, tag)) for tag in self.spoken(name)}
        return text_in({tag: text for tag, text in said.items() if text}, lang)[1]

    def values(self, name: str) -> list[Term]:
        """Give the values of a property (a CURIE or IRI), whoever says so."""
        property_ = NamedNode(self._graph.namespaces.expand(name))
        found = self._graph.store.quads_for_pattern(self.node, property_, None, DefaultGraph())
        return [quad.object for quad in found]

    def facts(self, most: int | None = None, *, found: bool = True) -> list[Fact]:
        """Give every fact in which it stands: as subject, as object or as relation; of a claim, what it says.

        With `most`, no more than so many are looked for; without `found`, what rules find in a text is left out.
        """
        quads = _quads_about(self._graph, "spog", [self.node], most, "" if found else _NOT_FOUND)
        return sorted(_facts(self._graph, dict.fromkeys(quads)), key=_fact_sort_key)

    def shown_facts(self, statuses: Collection[str] = (), most: int | None = None) -> list[Fact]:
        """Give the facts that a command or a page shows, at most as many as `facts` looks for.

        What rules find is among them where its status is asked for, or where no claim speaks of the thing.
        """
        shown = self.facts(most, found="found" in statuses)
        return shown or ([] if statuses else self.facts(most))

    def members(self) -> list[Fact]:
        """Give the facts that put things in this class, in a subclass of it, or in this concept scheme.

        Most of these are not claimed: then `claim` is the layer that tells, and there is no status, voice or quote.
        """
        found = self._graph.rows(_MEMBERS.format(NamedNode(self.iri)))
        return sorted(_facts(self._graph, dict.fromkeys(Quad(*row) for row in found)), key=_fact_sort_key)

    def _repr_html_(self) -> str:
        """Show the facts in a notebook, under the name."""
        named = f"<p><b>{html(self.label())}</b> ({html(self.name)})</p>\n"
        return named + answer(self._graph, self.facts())._repr_html_()


def path(graph: StoredGraph, start: NamedNode, end: NamedNode) -> list[Fact] | None:
    """Give the facts that lead from one thing to another in the fewest steps, along triples in either direction.

    None when no claims connect them; no facts when they are the same thing. Of ways of the same length it is the one
    that rests on the firmest claims: what is stated goes before what is interpreted, and both before what is asked.
    Each round asks for the claims about what the last one reached; no more of the graph is looked at.
    """
    arrivals: dict[NamedNode, list[_Step]] = {start: []}  # what was reached, and the steps that reach it first
    reached = [start]
    while reached and end not in arrivals:
        level: dict[NamedNode, list[_Step]] = {}
        for step in _steps(graph, reached):
            if step.to not in arrivals:
                level.setdefault(step.to, []).append(step)
        arrivals.update(level)
        reached = list(level)
    return list(_steps_back(graph, arrivals, end))[::-1] if end in arrivals else None


def answer(graph: StoredGraph, facts: Iterable[Fact]) -> Answer:
    """Give facts as the answer to a SELECT, one row a fact, to be rendered like any other."""
    return Answer("select", COLUMNS, facts, labels=graph.labels, shorten=graph.namespaces.shorten)


# --- Inside ----------------------------------------------------------------------------------------------------------

_STATUS, _VOICE, _QUOTE = (node(name) for name in ("fot:status", "fot:voice", "fot:quote"))
_MEMBERS = """SELECT ?s ?p ?o ?g {{
  {{ GRAPH ?g {{ ?s rdf:type {0} }} BIND(rdf:type AS ?p) BIND({0} AS ?o) }}
  UNION {{ GRAPH ?g {{ ?s skos:inScheme {0} }} BIND(skos:inScheme AS ?p) BIND({0} AS ?o) }}
  UNION {{ ?o rdfs:subClassOf+ {0} GRAPH ?g {{ ?s rdf:type ?o }} BIND(rdf:type AS ?p) }}
}}"""
_NOT_FOUND = "FILTER NOT EXISTS { ?g fot:status status:found }"
_OF_CLAIMS = f'FILTER(!STRSTARTS(STR(?g), "{PREFIXES["graph"]}"))'


class _Step(NamedTuple):
    """A triple of a claim that leads from one thing to another."""

    start: NamedNode
    to: NamedNode
    quad: Quad


def _quads_about(
    graph: StoredGraph, names: str, nodes: Sequence[NamedNode], most: int | None = None, kept: str = ""
) -> Iterator[Quad]:
    """Give the quads of claims in which one of these stands at one of these places ('s', 'p', 'o', 'g')."""
    limit = f" LIMIT {most}" if most else ""
    patterns = (f"{{ VALUES ?{name} {{ {{about}} }} GRAPH ?g {{ ?s ?p ?o }} }}" for name in names)
    query = f"SELECT ?s ?p ?o ?g {{ {' UNION '.join(patterns)} {_OF_CLAIMS} {kept} }}{limit}"
    return (Quad(*row) for row in graph.rows(query, nodes))


def _steps(graph: StoredGraph, nodes: Sequence[NamedNode]) -> Iterator[_Step]:
    at = set(nodes)
    for quad in dict.fromkeys(_quads_about(graph, "so", nodes)):
        for start, to in ((quad.subject, quad.object), (quad.object, quad.subject)):
            if start in at and isinstance(start, NamedNode) and isinstance(to, NamedNode):
                yield _Step(start, to, quad)


def _facts(graph: StoredGraph, quads: Iterable[Quad]) -> list[Fact]:
    found = list(quads)
    known = _supports(graph, [quad.graph_name for quad in found if isinstance(quad.graph_name, NamedNode)])
    facts = [
        Fact(quad.subject, quad.predicate, quad.object, *known[quad.graph_name], quad.graph_name)
        for quad in found
        if isinstance(quad.graph_name, NamedNode)
    ]
    graph.expect(term.value for fact in facts for term in fact if isinstance(term, NamedNode))
    return facts


def _supports(graph: StoredGraph, claims: Iterable[NamedNode]) -> dict[NamedNode, _Support]:
    """Give the status, the voice and the quote of claims; of several the first in the order of their texts."""
    asked = list(dict.fromkeys(claims))
    found: dict[tuple[NamedNode, NamedNode], list[Term]] = {}
    patterns = (f"{{ VALUES ?c {{ {{about}} }} ?c {way} ?v BIND({way} AS ?p) }}" for way in (_STATUS, _VOICE, _QUOTE))
    for claim, property_, value in graph.rows(f"SELECT ?c ?p ?v {{ {' UNION '.join(patterns)} }}", asked):
        found.setdefault((claim, property_), []).append(value)
    return {claim: _support(*(found.get((claim, way), []) for way in (_STATUS, _VOICE, _QUOTE))) for claim in asked}


def _support(statuses: list[Term], voices: list[Term], quotes: list[Term]) -> _Support:
    status, voice, quote = (min(terms, key=str, default=None) for terms in (statuses, voices, quotes))
    return (
        status if isinstance(status, NamedNode) else None,
        voice if isinstance(voice, NamedNode) else None,
        quote if isinstance(quote, Literal) else None,
    )


def _fact_sort_key(fact: Fact) -> tuple[str, ...]:
    return tuple(str(term) for term in (fact.relation, fact.claim, fact.subject, fact.object))


def _firmness_sort_key(fact: Fact) -> tuple[int, tuple[str, ...]]:
    return firmness_rank(fact.status.value if fact.status else ""), _fact_sort_key(fact)


def _steps_back(graph: StoredGraph, arrivals: dict[NamedNode, list[_Step]], end: NamedNode) -> Iterator[Fact]:
    """Give the firmest step to the end, the firmest one to where that begins, and so on."""
    here = end
    while arrivals[here]:
        facts = zip(_facts(graph, (step.quad for step in arrivals[here])), arrivals[here], strict=True)
        fact, step = min(facts, key=lambda pair: _firmness_sort_key(pair[0]))
        yield fact
        here = step.start
