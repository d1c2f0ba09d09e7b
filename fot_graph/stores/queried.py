"""A graph that is only ever asked: on disk, where it may not fit in memory, or on a server, which answers late.

Nothing is read ahead but the names of what an answer shows, many with one query; whatever needs the graph as a whole
(`quads`: an export, a part by layer or status) fetches it when it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from fot_graph.core.namespaces import Namespaces, may_need_base
from fot_graph.core.words import LANGUAGES
from fot_graph.stores import execution, likeness, naming
from fot_graph.stores.rows import chunks, select
from fot_graph.stores.sources import GraphSources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from pyoxigraph import Triple

    from fot_graph.core.errors import FotGraphError
    from fot_graph.core.quote_errors import QuoteError
    from fot_graph.core.terms import Solution, Term
    from fot_graph.stores.execution import QueryResult
    from fot_graph.stores.rows import Queryable
    from fot_graph.text.source import Source

    _Name = tuple[str, bool, str]  # its language, whether it is the preferred one, and what it reads


class QueriedGraph:
    """What graphs on disk and on a server have in common; with `parts` and `dataset` it is a `StoredGraph`."""

    is_here = False

    def __init__(self, store: Queryable) -> None:
        """Take an open store, or what answers to the same calls. Its default graph has to be the union."""
        self.store = store
        self.problems: list[QuoteError] = []
        self.workspaces: Sequence[Path] = ()
        self._lookup = _Lookup(self.rows)

    @cached_property
    def namespaces(self) -> Namespaces:
        """The namespaces of its documents, claims and names, read from the store when they are asked for."""
        return naming.namespaces(self.store)

    @cached_property
    def quads(self) -> tuple[Quad, ...]:
        """All quads of the named graphs, fetched at once."""
        return tuple(Quad(*row) for row in self.rows("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }"))

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The parsed text of each document, by the document's name, read from the store when it is asked for."""
        return GraphSources(self)

    def execute(self, query: str) -> QueryResult:
        """Run a query that someone wrote; some rows are read ahead, whose names are then looked up together."""
        namespaces = self.namespaces if may_need_base(query) else Namespaces()
        result = execution.execute(self.store, query, namespaces, self.failure)
        return result._replace(found=self._ahead(result.found)) if result.form == "select" else result

    def rows(self, query: str, about: Iterable[str | Term] = ()) -> Iterator[Solution]:
        """Run a SELECT of our own; see `rows.select`."""
        return select(self.store, query, about)

    def failure(self, error: Exception) -> FotGraphError:
        """Say what an error of the engine means."""
        return execution.engine_failure(error)

    def labels(self, lang: str) -> Mapping[str, str]:
        """Give the names of things by IRI; they are looked up when they are asked for."""
        return _Names(self._lookup, lang)

    def label(self, iri: str, lang: str) -> str:
        """Name a thing in a language, else in the other one, else by its CURIE."""
        return self.labels(lang).get(iri) or self.namespaces.shorten(iri)

    def expect(self, iris: Iterable[str]) -> None:
        """Say which names will be asked for, so that they are looked up together."""
        self._lookup.expect(iris)

    def find(self, name: str) -> NamedNode:
        """Find what a person names; see `naming.find`."""
        return naming.find(_Index(self), name, self.namespaces)

    def flat(self) -> list[Triple]:
        """Give all triples without named graphs; see `flattening.flat`."""
        from fot_graph.stores.flattening import flat  # noqa: PLC0415  most programs only ask

        return flat(self.quads)

    def _ahead(self, rows: Iterable[Solution]) -> Iterator[Solution]:
        for some in chunks(rows, _AHEAD):
            self.expect(term.value for row in some for term in row if isinstance(term, NamedNode))
            yield from some


class _Index:
    """The names in a graph that is asked by queries: an `interface.Index`."""

    def __init__(self, graph: QueriedGraph) -> None:
        self._graph = graph

    def knows(self, node: NamedNode) -> bool:
        return any(self._graph.rows(f"SELECT ?p {{ {{ {node} ?p ?o }} UNION {{ ?s ?p {node} }} }} LIMIT 1"))

    def named(self, name: str, *properties: NamedNode) -> Iterator[NamedNode]:
        literals = [Literal(name), *(Literal(name, language=tag) for tag in LANGUAGES)]
        patterns = " UNION ".join(f"{{ ?thing {path} {literal} }}" for path in properties for literal in literals)
        return self._things(f"SELECT DISTINCT ?thing {{ {patterns} }}")

    def names_like(self, name: str, *properties: NamedNode) -> Iterator[tuple[NamedNode, Literal]]:
        patterns = " UNION ".join(f"{{ ?thing {path} ?name }}" for path in properties)
        wanted = f"LCASE({Literal(' '.join(name.split()))})"
        alike = f'LCASE(STR(?name)) = {wanted} || LCASE(REPLACE(STR(?name), "\\\\s+", " ")) = {wanted}'
        return (
            (thing, label)
            for thing, label in self._graph.rows(f"SELECT DISTINCT ?thing ?name {{ {patterns} FILTER({alike}) }}")
            if isinstance(thing, NamedNode) and isinstance(label, Literal)
        )

    def names_holding(self, words: Sequence[str], *properties: NamedNode) -> Iterator[tuple[NamedNode, Literal]]:
        patterns = " UNION ".join(f"{{ ?thing {path} ?name }}" for path in properties)
        holds = " && ".join(f'REGEX(STR(?name), {Literal(likeness.pattern(word))}, "i")' for word in words)
        query = f"SELECT DISTINCT ?thing ?name {{ {patterns} FILTER({holds}) }} LIMIT {_COMPARED}"
        return (
            (thing, label)
            for thing, label in self._graph.rows(query)
            if isinstance(thing, NamedNode) and isinstance(label, Literal)
        )

    def described(self, things: Sequence[NamedNode]) -> list[dict[str, str]]:
        return naming.described(things, self._graph.rows, self._graph.label)

    def subjects_among(self, nodes: Iterable[NamedNode]) -> Iterator[NamedNode]:
        patterns = " UNION ".join(f"{{ {node} ?p ?o BIND({node} AS ?thing) }}" for node in nodes)
        return self._things(f"SELECT DISTINCT ?thing {{ {patterns} }}")

    def subjects_like(self, name: str) -> Iterator[NamedNode]:
        ends = " || ".join(f"STRENDS(STR(?thing), {Literal(sign + name)})" for sign in "/#")
        return self._things(f"SELECT DISTINCT ?thing {{ ?thing a ?class FILTER(isIRI(?thing) && ({ends})) }}")

    def preferred_labels(self) -> Iterator[str]:
        rows = self._graph.rows(f"SELECT DISTINCT ?name {{ ?thing skos:prefLabel ?name }} LIMIT {_COMPARED}")
        return (row[0].value for row in rows)

    def _things(self, query: str) -> Iterator[NamedNode]:
        return (row[0] for row in self._graph.rows(query) if isinstance(row[0], NamedNode))


# --- Names -----------------------------------------------------------------------------------------------------------


class _Lookup:
    """The names that were looked up, and those that soon will be."""

    def __init__(self, ask: Callable[[str, Iterable[str]], Iterable[Solution]]) -> None:
        self._ask = ask
        self._known: dict[str, list[_Name]] = {}
        self._expected: set[str] = set()

    def expect(self, iris: Iterable[str]) -> None:
        """Look these up with the next one that is not known."""
        if len(self._expected) > _KEPT:  # nobody asks for names here
            self._expected.clear()
        self._expected.update(iris)

    def names(self, iri: str) -> list[_Name]:
        """Give the names of a thing, each with its rank."""
        if iri not in self._known:
            self.find({iri, *self._expected})
            self._expected.clear()
        return self._known[iri]

    def find(self, iris: set[str]) -> None:
        """Look up names, many with one query."""
        if len(self._known) > _KEPT:
            self._known.clear()
        new = sorted(iris - self._known.keys())
        self._known.update({iri: [] for iri in new})
        query = _NAMES.format("VALUES ?thing { {about} }")
        for thing, property_, name in self._ask(query, filter(_IRI.fullmatch, new)):
            self._add(thing, property_, name)

    def all(self) -> Iterable[str]:
        """Look up every name there is, and give the things that have one."""
        for thing, property_, name in self._ask(_NAMES.format(""), ()):
            self._known.setdefault(thing.value, [])
            self._add(thing, property_, name)
        return [iri for iri, names in self._known.items() if names]

    def _add(self, thing: NamedNode, property_: NamedNode, name: Literal) -> None:
        self._known[thing.value].append((name.language or "", property_ == naming.PREF_LABEL, name.value))


class _Names(Mapping[str, str]):
    """The names of things in a language, by IRI: a mapping that looks them up."""

    def __init__(self, lookup: _Lookup, lang: str) -> None:
        self._lookup, self._lang = lookup, lang

    def __getitem__(self, iri: str) -> str:
        """Give the name that `Graph.labels` gives."""
        names = self._lookup.names(iri)
        if not names:
            raise KeyError(iri)
        return max(names, key=lambda name: (name[0] == self._lang, *name[1:]))[2]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lookup.all())

    def __len__(self) -> int:
        return len(list(self._lookup.all()))


_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_AHEAD, _KEPT = 100, 50_000
_COMPARED = 5_000  # names that an unknown one is compared with
_NAMES = """SELECT ?thing ?property ?name {{
  {{ {0} ?thing rdfs:label ?name BIND(rdfs:label AS ?property) }}
  UNION {{ {0} ?thing skos:prefLabel ?name BIND(skos:prefLabel AS ?property) }}
  FILTER(isIRI(?thing) && isLiteral(?name))
}}"""
