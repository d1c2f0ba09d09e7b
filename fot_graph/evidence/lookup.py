"""Asks a store about one query: what its constants mean, which solutions there are, where a triple stands."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Store

from fot_graph.core.namespaces import PREFIXES, expand, is_layer, prefixes_used_in
from fot_graph.evidence.derivations import NOTHING, Derivation
from fot_graph.evidence.tracing import RDF_TYPE
from fot_graph.stores.rows import chunks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import QuerySolutions

    from fot_graph.core.terms import Term
    from fot_graph.sparql.tree import Query
    from fot_graph.stores.rows import Queryable

    Solution = dict[str, Term]
    Values = tuple[Term | None, ...]
    Spelled = tuple[str, str, str]  # a triple, each term as N-Triples writes it


class StoreLookup:
    """Asks a store in the words of a query, with its prefixes and its dataset.

    Where a triple stands and what is a claim is looked up once, for many triples at a time.
    """

    def __init__(self, store: Queryable, query: Query) -> None:
        self.store, self.query = store, query
        self._prefixes = prefixes_used_in(query.text)
        self._places: dict[Spelled, list[str]] = {}
        self._derivations: dict[Spelled, list[Derivation]] = {}
        self._claims: dict[str, bool] = {}
        self._constants: dict[str, Term | None] = {}

    # Solutions

    @property
    def joins_texts(self) -> bool:
        """Whether texts given in VALUES are found: not by a server without a default graph of its own (Virtuoso)."""
        return not getattr(self.store, "default_graph", "")

    def ask(self, text: str, store: Queryable | None = None) -> Iterator[Solution]:
        """Give the rows of a SELECT as they come, without what is unbound, by their variables."""
        asked = (store or self.store).query(self.query.prologue + text, prefixes=self._prefixes)
        result: QuerySolutions = asked
        names = [f"?{variable.value}" for variable in result.variables]
        for row in result:
            yield {name: term for name, term in zip(names, row, strict=True) if term is not None}

    def select(self, where: str) -> Iterator[Solution]:
        """Give the solutions of a pattern over the dataset of the query."""
        return self.ask(f"SELECT * {self.query.dataset} WHERE {{ {where} }}")

    def compute(self, expression: str, solution: Solution) -> Term | None:
        """Give the value of an expression without patterns, for a solution; None for an error."""
        text = f"SELECT ({expression} AS ?value) WHERE {{ {values(list(solution), [tuple(solution.values())])} }}"
        return next(self.ask(text, Store()), {}).get("?value")

    def term(self, text: str, solution: Mapping[str, Term]) -> Term | None:
        """Give the term that a variable has in a solution, or that a constant of the query stands for."""
        return solution.get(text) if text[0] == "?" else self.constant(text)

    def constant(self, text: str) -> Term | None:
        """Give the term that a piece of the query stands for; the engine reads it."""
        if text not in self._constants:
            written = RDF_TYPE if text == "a" else text
            found = self.ask(f"SELECT ?term WHERE {{ VALUES ?term {{ {written} }} }}", Store())
            self._constants[text] = next(found, {}).get("?term")
        return self._constants[text]

    def means(self, text: str, term: Term) -> bool:
        """Tell whether a piece of the query stands for a term, which may be a number in another spelling."""
        meant = self.constant(text)
        return meant == term or (isinstance(term, Literal) and meant == self.constant(str(term)))

    # Where triples stand

    def locate(self, triples: Iterable[Spelled]) -> None:
        """Look up in which graphs triples stand, and which of their subjects in the provenance are claims."""
        unknown = [triple for triple in dict.fromkeys(triples) if triple not in self._places]
        self._places |= {triple: [] for triple in unknown}
        named = [triple for triple in unknown if "_:" not in (triple[0][:2], triple[2][:2])]
        self._places |= {
            triple: [_ONTOLOGY] for triple in set(unknown).difference(named)
        }  # where alone blank nodes are
        texts = {triple[:2] for triple in named if triple[2][0] == '"'}  # not every server finds a text given in VALUES
        self._look_up("?s ?p ?o", [triple for triple in named if triple[:2] not in texts])
        self._look_up("?s ?p", sorted(texts))
        self._tell_claims({triple[0][1:-1] for triple in named if _PROVENANCE in self._places[triple]})

    def of_triple(self, triple: Spelled, graph: Term | None = None) -> list[Derivation]:
        """Give the ways in which a triple that was located holds, anywhere or in a graph: by a layer, or by claims."""
        if graph is not None:
            return self._of_graphs(triple, (str(graph)[1:-1],))
        if triple not in self._derivations:
            self._derivations[triple] = self._of_graphs(triple, self._places.get(triple, ()))
        return self._derivations[triple]

    def _of_graphs(self, triple: Spelled, names: Sequence[str]) -> list[Derivation]:
        layers = sorted(name for name in names if is_layer(name) and name != _PROVENANCE)
        if layers:
            return [Derivation(context=frozenset({layers[0].removeprefix(PREFIXES["graph"])}))]
        if _PROVENANCE in names:
            return self._of_provenance(triple[0][1:-1])
        return [Derivation(frozenset({name})) for name in sorted(names)]

    def of_graph(self, graph: Term | None) -> list[Derivation]:
        """Give the way in which there is a named graph: it is a claim; a layer is there without."""
        name = str(graph)[1:-1]
        return [NOTHING] if graph is None or is_layer(name) else [Derivation(frozenset({name}))]

    def of_mention(self, term: Term, graph: Term | None, most: int) -> list[list[Derivation]]:
        """Give the ways in which triples hold that a term is the subject or the object of, some of them."""
        if isinstance(term, BlankNode):
            return []
        patterns = [f"?s ?p {term}", *([f"{term} ?p ?o"] if isinstance(term, NamedNode) else [])]
        found = [
            (str(one.get("?s", term)), str(one["?p"]), str(one.get("?o", term)))
            for pattern in patterns
            for one in self.ask(f"SELECT * {self.query.dataset} WHERE {{ {within(graph, pattern)} }} LIMIT {most}")
        ]
        self.locate(found)
        return [self.of_triple(triple, graph) for triple in found]

    @cached_property
    def looked_at(self) -> int:
        """The number of claims that the query reads, those that rules found included: a row may rest on any of them.

        These are all of the store, unless FROM and FROM NAMED choose; what is said of claims stands in one graph.
        """
        graphs = {str(self.constant(word)) for word in self.query.dataset.split() if word.upper() not in _FROM}
        some = graphs and f"<{_PROVENANCE}>" not in graphs
        chosen = f"VALUES ?claim {{ {' '.join(sorted(graphs))} }}" if some else ""
        found = next(self.ask(f"SELECT (COUNT(?claim) AS ?n) WHERE {{ {chosen} ?claim <{_STATUS}> ?any }}"))["?n"]
        return int(str(found).split('"')[1])

    @cached_property
    def _default_graphs(self) -> set[str] | None:
        """The graphs that FROM makes the default graph; None for that of the store."""
        if not self.query.dataset:
            return None
        words = re.sub(r"FROM\s+NAMED\s+\S+", "", self.query.dataset, flags=re.IGNORECASE).split()
        return {str(self.constant(word))[1:-1] for word in words if word.upper() != "FROM"}

    def _look_up(self, names: str, known: Sequence[Sequence[str]]) -> None:
        """Look up the graphs of triples that are known by their subject and predicate, or as a whole."""
        for chunk in chunks(known):
            rows = " ".join(f"({' '.join(terms)})" for terms in chunk)
            for found in self.ask(
                f"SELECT ?s ?p ?o ?g WHERE {{ VALUES ({names}) {{ {rows} }} GRAPH ?g {{ ?s ?p ?o }} }}"
            ):
                s, p, o, graph = (str(found[name]) for name in ("?s", "?p", "?o", "?g"))
                self._record_graph((s, p, o), graph[1:-1])

    def _record_graph(self, triple: Spelled, graph: str) -> None:
        places = self._places.setdefault(triple, [])
        if (
            graph not in places
            and len(places) < _PLACES
            and (self._default_graphs is None or graph in self._default_graphs)
        ):
            places.append(graph)

    def _of_provenance(self, subject: str) -> list[Derivation]:
        """Give the claim, on which what is said of it rests; other things need none."""
        return [Derivation(frozenset({subject})) if self._claims.get(subject) else _OF_SOURCES]

    def _tell_claims(self, iris: set[str]) -> None:
        unknown = sorted(iris - self._claims.keys())
        self._claims |= dict.fromkeys(unknown, False)
        for chunk in chunks(unknown):
            rows = " ".join(f"<{iri}>" for iri in chunk)
            for found in self.ask(f"SELECT ?claim WHERE {{ VALUES ?claim {{ {rows} }} ?claim <{_STATUS}> ?any }}"):
                self._claims[str(found["?claim"])[1:-1]] = True


# --- Text ------------------------------------------------------------------------------------------------------------

_PROVENANCE, _ONTOLOGY, _STATUS = expand("graph:provenance"), expand("graph:ontology"), expand("fot:status")
_FROM = ("FROM", "NAMED")
_PLACES = 1_000  # claims of one and the same triple that are considered
_OF_SOURCES = Derivation(context=frozenset({"provenance"}))


def values(names: Sequence[str], rows: Collection[Values]) -> str:
    """Write combinations of values as VALUES; a blank node cannot be named, and is left open.

    >>> values(["?x", "?y"], [(NamedNode("urn:x"), None)])
    'VALUES (?x ?y) { (<urn:x> UNDEF) }'
    """
    if not names:
        return ""
    lines = (" ".join("UNDEF" if t is None or isinstance(t, BlankNode) else str(t) for t in row) for row in rows)
    return f"VALUES ({' '.join(names)}) {{ {' '.join(f'({line})' for line in lines)} }}"


def spelled(*terms: Term | None) -> Spelled:
    """Write a triple as N-Triples does."""
    subject, predicate, object_ = map(str, terms)
    return subject, predicate, object_


def within(graph: Term | None, pattern: str) -> str:
    """Put a pattern in a named graph, if there is one."""
    return f"GRAPH {graph} {{ {pattern} }}" if graph else pattern
