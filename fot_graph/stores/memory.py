"""A graph in the memory of this process.

The data stand in named graphs, one a claim and one a layer. The default graph of the store is their union, each triple
once, so that a plain query counts nothing twice and `GRAPH ?claim { … }` still tells which claim says what.
"""

from __future__ import annotations

from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from fot_graph.claims import cache
from fot_graph.core.namespaces import PACKAGED
from fot_graph.core.terms import canonical
from fot_graph.core.words import LANGUAGES
from fot_graph.stores import execution, naming
from fot_graph.stores.rows import select

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import Triple
    from rdflib import Dataset

    from fot_graph.core.errors import FotGraphError
    from fot_graph.core.namespaces import Namespaces
    from fot_graph.core.quote_errors import QuoteError
    from fot_graph.core.terms import Solution, Term
    from fot_graph.stores.execution import QueryResult
    from fot_graph.stores.interface import Sources
    from fot_graph.stores.parts import Parts


class MemoryGraph:
    """Quads with the texts of their documents; a `stores.interface.StoredGraph`."""

    is_here = True

    def __init__(
        self,
        quads: Iterable[Quad] | bytes,
        sources: Sources | None = None,
        problems: Iterable[QuoteError] = (),
        store: Store | None = None,
        namespaces: Namespaces | None = None,
        workspaces: Sequence[Path] = (),
    ) -> None:
        """Take quads, or N-Quads as bytes with a store that holds them and their union; and the texts of documents.

        Without texts they are read from the quads. Without namespaces they are those that the quads tell of. `queries`
        are folders of questions of its own.
        """
        self.workspaces = workspaces
        self._given = quads if isinstance(quads, bytes) else _canonical(quads)
        self._sources = sources
        self.problems = list(problems)
        self.store = store or Store()
        if not store:
            self.store.extend(self.quads)
            self.store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
        self.namespaces = namespaces or naming.namespaces(self.store)
        self._labels: dict[str, dict[str, str]] = {}
        self._parts: Parts | None = None

    @classmethod
    def load(
        cls,
        paths: Iterable[str | PathLike[str]] | str | PathLike[str] | None,
        *,
        strict: bool,
        base: str | None,
        failed: list[FotGraphError] | None = None,
    ) -> MemoryGraph:
        """Read documents, claims and names; without any, take the packaged ones, as a former run left them if it can.

        What cannot be read is added to `failed` where that is given.

        Raises: as `api.load`.
        """
        is_packaged = paths is None and base in (None, PACKAGED)
        inputs = cache.inputs() if is_packaged else b""
        if is_packaged and (kept := cache.ready()):
            return cls(kept[0], store=kept[1])
        from fot_graph.claims.corpus import read  # noqa: PLC0415  most commands find all that they need in the cache

        given = [paths] if isinstance(paths, (str, PathLike)) else paths
        found = read(given, strict=strict, base=base, failed=failed)
        graph = cls(found.quads, found.sources, found.problems, workspaces=found.workspaces)
        if is_packaged and not graph.problems and not failed:
            cache.write(inputs, graph.quads)
        return graph

    @cached_property
    def quads(self) -> tuple[Quad, ...]:
        """All quads, in named graphs only, their literals as the engine writes them."""
        if isinstance(self._given, bytes):
            read = parse(self._given, RdfFormat.N_QUADS, lenient=True)
            return tuple(quad for quad in read if quad.graph_name != DefaultGraph())
        return self._given

    @cached_property
    def sources(self) -> Sources:
        """The parsed text of each document, by the document's name."""
        if self._sources is None:
            from fot_graph.stores.sources import GraphSources  # noqa: PLC0415  few ask for them

            return GraphSources(self)
        return dict(self._sources)

    @property
    def parts(self) -> Parts:
        """The graph taken apart into claims and layers, to verify evidence."""
        from fot_graph.stores.parts import Parts  # noqa: PLC0415  only an answer that is asked for its evidence needs it

        if self._parts is None or self._parts.size != len(self.store):
            self._parts = Parts(self.store)
        return self._parts

    @property
    def dataset(self) -> Dataset:
        """The same store as an `rdflib.Dataset`, without a copy, to read it only."""
        from fot_graph.stores.dataset import as_dataset  # noqa: PLC0415  rdflib is heavy: only those who use it pay

        return as_dataset(self.store, self.namespaces)

    def execute(self, query: str) -> QueryResult:
        """Run a query that someone wrote."""
        return execution.execute(self.store, query, self.namespaces, self.failure)

    def rows(self, query: str, about: Iterable[str | Term] = ()) -> Iterator[Solution]:
        """Run a SELECT of our own; see `rows.select`."""
        return select(self.store, query, about)

    def failure(self, error: Exception) -> FotGraphError:
        """Say what an error of the engine means."""
        return execution.engine_failure(error)

    def labels(self, lang: str) -> Mapping[str, str]:
        """Give the names of all things that have one, by IRI."""
        if lang not in self._labels:
            names = _names(self.store, naming.RDFS_LABEL, naming.PREF_LABEL)
            ranked = sorted(names, key=lambda name: name[1].language == lang)
            self._labels[lang] = {subject.value: literal.value for subject, literal in ranked}
        return self._labels[lang]

    def label(self, iri: str, lang: str) -> str:
        """Name a thing in a language, else in the other one, else by its CURIE."""
        return self.labels(lang).get(iri) or self.namespaces.shorten(iri)

    def expect(self, iris: Iterable[str]) -> None:
        """Do nothing: all names are at hand."""

    def find(self, name: str) -> NamedNode:
        """Find what a person names; see `naming.find`."""
        return naming.find(_Index(self), name, self.namespaces)

    def flat(self) -> list[Triple]:
        """Give all triples without named graphs; see `flattening.flat`."""
        from fot_graph.stores.flattening import flat  # noqa: PLC0415  most programs only ask

        return flat(self.quads)


def _canonical(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """Give quads, each once, their literals as a store on disk or a server gives them back."""
    given = tuple(quads)
    other = canonical(quad.object for quad in given)
    kept = (Quad(q.subject, q.predicate, other.get(q.object, q.object), q.graph_name) for q in given)
    return tuple(dict.fromkeys(kept if other else given))


class _Index:
    """The names in a store in memory: an `interface.Index`."""

    def __init__(self, graph: MemoryGraph) -> None:
        self._graph, self._store = graph, graph.store

    def knows(self, node: NamedNode) -> bool:
        as_subject = self._store.quads_for_pattern(node, None, None)
        return bool(next(as_subject, None) or next(self._store.quads_for_pattern(None, None, node), None))

    def named(self, name: str, *properties: NamedNode) -> Iterator[NamedNode]:
        for wanted in properties:
            for literal in (Literal(name), *(Literal(name, language=tag) for tag in LANGUAGES)):
                found = self._store.quads_for_pattern(None, wanted, literal, DefaultGraph())
                yield from (quad.subject for quad in found if isinstance(quad.subject, NamedNode))

    def names_like(self, name: str, *properties: NamedNode) -> Iterator[tuple[NamedNode, Literal]]:  # noqa: ARG002  all are at hand
        return _names(self._store, *properties)

    def names_holding(self, words: Sequence[str], *properties: NamedNode) -> Iterator[tuple[NamedNode, Literal]]:  # noqa: ARG002  all are at hand
        return _names(self._store, *properties)

    def described(self, things: Sequence[NamedNode]) -> list[dict[str, str]]:
        return naming.described(things, self._graph.rows, self._graph.label)

    def subjects_among(self, nodes: Iterable[NamedNode]) -> Iterator[NamedNode]:
        return (node for node in nodes if next(self._store.quads_for_pattern(node, None, None), None))

    def subjects_like(self, name: str) -> Iterator[NamedNode]:  # noqa: ARG002  all are at hand
        return (quad.subject for quad in self._graph.quads if isinstance(quad.subject, NamedNode))

    def preferred_labels(self) -> Iterator[str]:
        for thing, literal in _names(self._store, naming.PREF_LABEL):
            yield from (literal.value, naming.LOCAL_NAME.split(thing.value)[-1])  # a local name will do as well


def _names(store: Store, *properties: NamedNode) -> Iterator[tuple[NamedNode, Literal]]:
    """Yield what is named and its name, by one property after the other, in the order of the names."""
    for wanted in properties:
        found = store.quads_for_pattern(None, wanted, None, DefaultGraph())
        pairs = ((quad.subject, quad.object) for quad in found)
        names = [(s, o) for s, o in pairs if isinstance(s, NamedNode) and isinstance(o, Literal)]
        yield from sorted(names, key=lambda name: name[1].value)
