"""A graph that hands on to another one whatever it is asked, so that a class above can add what it can do besides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import NamedNode, Quad, Triple
    from rdflib import Dataset

    from fot_graph.core.errors import FotGraphError
    from fot_graph.core.namespaces import Namespaces
    from fot_graph.core.quote_errors import QuoteError
    from fot_graph.core.terms import Solution, Term
    from fot_graph.stores.execution import QueryResult
    from fot_graph.stores.interface import Sources, StoredGraph
    from fot_graph.stores.parts import Parts


class GraphWrapper:
    """Another graph (`stored`), with all that the interface of graphs has; see `interface.StoredGraph`."""

    def __init__(self, stored: StoredGraph) -> None:
        self.stored = stored

    @property
    def is_here(self) -> bool:
        """Whether it is in the memory of this process."""
        return self.stored.is_here

    @property
    def store(self) -> Any:  # noqa: ANN401  who has an Oxigraph store may do with it whatever that can do
        """The `pyoxigraph.Store`, whose default graph is the union of the named graphs; of a server its `Endpoint`."""
        return self.stored.store

    @property
    def namespaces(self) -> Namespaces:
        """The namespaces of its documents, claims and names, by which CURIEs and prefixes are read and written."""
        return self.stored.namespaces

    @property
    def quads(self) -> tuple[Quad, ...]:
        """All quads in named graphs, their literals as the engine writes them: 28433.6 for 28433.60."""
        return self.stored.quads

    @property
    def sources(self) -> Sources:
        """The parsed text of each document, by the document's name."""
        return self.stored.sources

    @property
    def problems(self) -> Sequence[QuoteError]:
        """The quotes that do not stand in their source; none unless loaded with `strict=False`."""
        return self.stored.problems

    @property
    def workspaces(self) -> Sequence[Path]:
        """The folders of the workspaces that it is of: their questions join the catalogue."""
        return self.stored.workspaces

    @workspaces.setter
    def workspaces(self, folders: Sequence[Path]) -> None:
        self.stored.workspaces = folders

    @property
    def parts(self) -> Parts | None:
        """The graph taken apart into claims and layers, to verify evidence; None for a graph that is too large."""
        return self.stored.parts

    @property
    def dataset(self) -> Dataset:
        """The same store as an `rdflib.Dataset`, without a copy, to read it only.

        Raises: `UsageError` for what would change it, and for a server; rdflib has a store of its own for these.
        """
        return self.stored.dataset

    def execute(self, query: str) -> QueryResult:
        """Run a query, without what its rows rest on."""
        return self.stored.execute(query)

    def rows(self, query: str, about: Iterable[str | Term] = ()) -> Iterator[Solution]:
        """Run a SELECT that needs not be admitted, perhaps about many things; see `stores.rows.select`."""
        return self.stored.rows(query, about)

    def failure(self, error: Exception) -> FotGraphError:
        """Say what an error of the engine means."""
        return self.stored.failure(error)

    def label(self, iri: str, lang: str) -> str:
        """Name a thing in a language ('nl' or 'en'), else in the other one, else by its CURIE."""
        return self.stored.label(iri, lang)

    def labels(self, lang: str) -> Mapping[str, str]:
        """Give the names of all things that have one, by IRI: in this language where there is a name in it.

        `skos:prefLabel` goes before `rdfs:label`.
        """
        return self.stored.labels(lang)

    def expect(self, iris: Iterable[str]) -> None:
        """Say which names will be asked for, so that a graph that is far away looks them up together."""
        self.stored.expect(iris)

    def flat(self) -> list[Triple]:
        """Give all triples once, and each triple of a claim also as an `rdf:Statement` that is part of the claim.

        For Turtle and SHACL, which know no named graphs. Statements are numbered in the order of their N-Triples
        (`<claim>#1`), so the same claims give the same triples.
        """
        return self.stored.flat()

    def find(self, name: str) -> NamedNode:
        """Find what a person names: by IRI, CURIE, label in either language, or local name.

        A label in another case or with other white space is found where none is exactly so.

        Raises: `UnknownNameError` with near names; `UsageError` listing the candidates of an ambiguous name.
        """
        return self.stored.find(name)
