"""What every graph can do, wherever it is: in memory, in a store on disk or on a SPARQL server.

Whatever takes a graph and does not open one takes a `StoredGraph`. `memory`, `disk` and `server` meet it, and so does
`api.Graph`, which adds shortcuts for those who work in Python. Only type checkers read this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import Literal, NamedNode, Quad, Triple
    from rdflib import Dataset

    from fot_graph.core.errors import FotGraphError
    from fot_graph.core.namespaces import Namespaces
    from fot_graph.core.quote_errors import QuoteError
    from fot_graph.core.terms import Solution, Term
    from fot_graph.stores.execution import QueryResult
    from fot_graph.stores.parts import Parts
    from fot_graph.stores.rows import Queryable
    from fot_graph.text.source import Source

    Sources = Mapping[str, Source]  # parsed texts, by the names of their documents


class StoredGraph(Protocol):
    """Documents, their claims and the names of all that they speak of, in named graphs, ready to be asked.

    `workspaces` are the folders of the workspaces that it is of: their questions join the catalogue.
    """

    workspaces: Sequence[Path]

    @property
    def is_here(self) -> bool:
        """Whether it is in the memory of this process, where looking at all quads costs next to nothing."""

    @property
    def store(self) -> Queryable:
        """What holds the quads and answers queries; its default graph is the union of the named graphs."""

    @property
    def namespaces(self) -> Namespaces:
        """The namespaces of its documents, claims and names."""

    @property
    def quads(self) -> tuple[Quad, ...]:
        """All quads, in named graphs only; fetched at once where the graph is not here."""

    @property
    def sources(self) -> Sources:
        """The parsed text of each document, by the document's name."""

    @property
    def problems(self) -> Sequence[QuoteError]:
        """The quotes that do not stand in their source, of a graph that was read with `strict=False`."""

    @property
    def parts(self) -> Parts | None:
        """The graph taken apart into claims and layers, to verify evidence; None for a graph that is too large."""

    @property
    def dataset(self) -> Dataset:
        """The same store as an `rdflib.Dataset`. Raises: `UsageError` where there can be none."""

    def execute(self, query: str) -> QueryResult:
        """Run a query that someone wrote. Raises: `QueryRefusedError`, `QuerySyntaxError`, `EngineError`."""

    def rows(self, query: str, about: Iterable[str | Term] = ()) -> Iterator[Solution]:
        """Run a SELECT of our own, perhaps about many things; see `rows.select`."""

    def failure(self, error: Exception) -> FotGraphError:
        """Say what an error of the engine means, which is about a query that it read without complaint."""

    def labels(self, lang: str) -> Mapping[str, str]:
        """Give the names of all things that have one, by IRI: in this language where there is a name in it.

        `skos:prefLabel` goes before `rdfs:label`.
        """

    def label(self, iri: str, lang: str) -> str:
        """Name a thing in a language ('nl' or 'en'), else in the other one, else by its CURIE."""

    def expect(self, iris: Iterable[str]) -> None:
        """Say which names will be asked for, so that a graph that is far away looks them up together."""

    def find(self, name: str) -> NamedNode:
        """Find what a person names. Raises: `UnknownNameError`, `UsageError`; see `naming.find`."""

    def flat(self) -> list[Triple]:
        """Give all triples once, and each triple of a claim also as a statement; see `flattening.flat`."""


class Index(Protocol):
    """How a graph is looked into for names: a large one, or a distant one, does it in its own way."""

    def knows(self, node: NamedNode) -> bool:
        """Tell whether anything is said of a thing, or with it."""

    def named(self, name: str, *properties: NamedNode) -> Iterable[NamedNode]:
        """Give what has exactly this name, in a language of ours or in none."""

    def names_like(self, name: str, *properties: NamedNode) -> Iterable[tuple[NamedNode, Literal]]:
        """Give at least the names that differ from this one in case or white space only."""

    def names_holding(self, words: Sequence[str], *properties: NamedNode) -> Iterable[tuple[NamedNode, Literal]]:
        """Give at least the names that hold all these words in some form, folded by `likeness`; perhaps not all."""

    def described(self, things: Sequence[NamedNode]) -> Sequence[Mapping[str, str]]:
        """Give of each of these things by language its name, with its types in brackets."""

    def subjects_among(self, nodes: Iterable[NamedNode]) -> Iterable[NamedNode]:
        """Give those of these things that something is said of."""

    def subjects_like(self, name: str) -> Iterable[NamedNode]:
        """Give at least the subjects whose address ends in this name."""

    def preferred_labels(self) -> Iterable[str]:
        """Give the names that an unknown one is compared with."""
