"""The graph: load it, ask it in SPARQL, find what it is named, and flatten it for what knows no named graphs.

The data stand in named graphs, one a claim and one a layer. The default graph of the store is their union, each triple
once, so that a plain query counts nothing twice and `GRAPH ?claim { … }` still tells which claim says what.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property, partial
from os import PathLike
from typing import TYPE_CHECKING, Any

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    RdfFormat,
    Store,
    Triple,
    parse,
)

from fot_graph import engine, snapshot, sparql
from fot_graph.answers import Answer, Stream
from fot_graph.errors import EngineError, UnknownNameError, UsageError, close_matches
from fot_graph.namespaces import PREFIXES, curie, expand, is_layer

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable, Iterator, Mapping

    from networkx import MultiDiGraph
    from pyoxigraph import BlankNode, Quad, QuerySolution
    from rdflib import Dataset

    from fot_graph.errors import FotGraphError, QuoteError
    from fot_graph.evidence import Evidence
    from fot_graph.facts import Entity
    from fot_graph.parts import Parts
    from fot_graph.source import Source

    Term = NamedNode | BlankNode | Literal | Triple


def load(paths: Iterable[str | PathLike[str]] | str | PathLike[str] | None = None, *, strict: bool = True) -> Graph:
    """Load the documents that come with fot_graph, or the given ones on the same ontology and names.

    A path is a document folder (source.txt and claims.trig), a folder of such folders, claims with their source.txt
    beside them, other claims (.trig, .nq), or more names (.ttl, .nt). With `strict=False` quotes that do not stand in
    their source are collected in `problems`.

    >>> graph = load()
    >>> graph.query("ASK { ?claim fot:status status:stated }").truth
    True

    Raises: `InputFileError`, also for what is beyond a limit (`limits`); `RdfSyntaxError`, `SourceLayoutError`,
    `QuoteError`; `InventedError` for what only a source text may say; `UsageError` for two documents of one name.
    """
    if paths is None:
        return _packaged(strict=strict)
    from fot_graph.corpus import read  # noqa: PLC0415  most commands find all that they need in the snapshot

    return Graph(*read([paths] if isinstance(paths, (str, PathLike)) else paths, strict=strict))


def _packaged(*, strict: bool) -> Graph:
    """Load what comes with fot_graph, as a former run left it if it can."""
    inputs = snapshot.inputs()
    kept = snapshot.ready()
    if kept:
        return Graph(kept[0], store=kept[1])
    from fot_graph.corpus import read  # noqa: PLC0415  see above

    graph = Graph(*read(strict=strict))
    if not graph.problems:
        snapshot.write(inputs, graph.quads)
    return graph


class Graph:
    """Documents, their claims and the names of all that they speak of, ready to be asked.

    Attributes: `store` (Oxigraph; the default graph is the union of the named graphs), `problems` (quotes that do not
    stand in their source; empty unless loaded with `strict=False`), and `quads` and `sources`, read when asked for.
    """

    is_here = True  # in the memory of this process, where looking at all quads costs next to nothing

    def __init__(
        self,
        quads: Iterable[Quad] | bytes,
        sources: Mapping[str, Source] | None = None,
        problems: Iterable[QuoteError] = (),
        store: Store | None = None,
    ) -> None:
        """Take quads, or N-Quads as bytes with a store that holds them and their union; and the texts of documents.

        Without texts they are the packaged ones.
        """
        self._given = quads if isinstance(quads, bytes) else tuple(dict.fromkeys(quads))
        self._sources = sources
        self.problems = list(problems)
        self.store = store or Store()
        if not store:
            self.store.extend(self.quads)
            self.store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
        self._labels: dict[str, dict[str, str]] = {}
        self._parts: Parts | None = None

    @cached_property
    def quads(self) -> tuple[Quad, ...]:
        """All quads as written, with their lexical forms, in named graphs only."""
        if isinstance(self._given, bytes):
            read = parse(self._given, RdfFormat.N_QUADS, lenient=True)
            return tuple(quad for quad in read if quad.graph_name != DefaultGraph())
        return self._given

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The parsed text of each document, by the document's name."""
        if self._sources is None:
            from fot_graph.corpus import packaged_sources  # noqa: PLC0415  few ask for them

            return packaged_sources()
        return dict(self._sources)

    def query(self, query: str) -> Answer:
        """Answer a SPARQL 1.1 query. Prefixes that fot_graph knows need not be declared.

        Each row has its `evidence`, the claims that yield it. There is no time limit, but an interrupt (Ctrl-C, or the
        stop button of a notebook) ends the call at once, with KeyboardInterrupt; the engine then goes on in a thread
        until it has an answer that nobody reads. The command line and the server end their processes in time.

        >>> row = load().query("SELECT ?theme { id:finding-little-steering fot:informs ?theme }").rows[0]
        >>> [passage.quote for claim in row.evidence for passage in claim.passages][1][:44]
        'Daarnaast wil ik het focus op talent-beleid '

        Raises: `QueryRefusedError` for a query that would change the graph or reach outside it (see `sparql.admitted`)
        and `QuerySyntaxError`, both with line and column; `EngineError`.
        """
        return self.stream(query).answer()

    def stream(self, query: str) -> Stream:
        """Answer a query as `query` does, for reading once: rows come as they are found, and are not kept."""
        form, text = sparql.admitted(query, self._has_graph)
        explain = partial(self._explain, text)
        found = engine.streamed(self._found(query, form, text))
        head = next(found)
        if isinstance(head, bool):
            return Stream(form, (), (), head, self.labels, explain)
        return Stream(form, head, self._arriving(found) if form == "select" else found, None, self.labels, explain)

    def flat(self) -> list[Triple]:
        """Give all triples once, and each triple of a claim also as an `rdf:Statement` that is part of the claim.

        For Turtle and SHACL, which know no named graphs. Statements are numbered in the order of their N-Triples
        (`<claim>#1`), so the same claims give the same triples.
        """
        triples = dict.fromkeys(quad.triple for quad in self.quads)
        for claim, stated in self._claims().items():
            for number, triple in enumerate(sorted(stated, key=str), start=1):
                triples.update(dict.fromkeys(_statement(claim, number, triple)))
        return list(triples)

    def label(self, iri: str, lang: str) -> str:
        """Name a thing in a language ('nl' or 'en'), else in the other one, else by its CURIE."""
        return self.labels(lang).get(iri) or curie(iri)

    def labels(self, lang: str) -> Mapping[str, str]:
        """Give the names of all things that have one, by IRI: in this language where there is a name in it.

        `skos:prefLabel` goes before `rdfs:label`.
        """
        if lang not in self._labels:
            names = self._names(_RDFS_LABEL, _PREF_LABEL)
            ranked = sorted(names, key=lambda name: name[1].language == lang)
            self._labels[lang] = {subject.value: literal.value for subject, literal in ranked}
        return self._labels[lang]

    def expect(self, iris: Iterable[str]) -> None:
        """Say which names will be asked for, so that a home that is far away looks them up together."""

    def entity(self, name: str) -> Entity:
        """Find what a person names, as `find` does, with its names, its types and the facts about it.

        >>> load().entity("Sociaal-Economische Raad van Vlaanderen")
        <Entity id:serv: SERV>

        Raises: `UnknownNameError`, `UsageError`.
        """
        from fot_graph.facts import Entity  # noqa: PLC0415  a shortcut to what stands further right

        return Entity(self, self.find(name))

    def find(self, name: str) -> NamedNode:
        """Find what a person names: by IRI, CURIE, label in either language, or local name.

        A label in another case or with other white space is found where none is exactly so.

        Raises: `UnknownNameError` with near names; `UsageError` listing the candidates of an ambiguous name.
        """
        wanted = _folded(name)
        for candidates in self._candidates(name.strip(), wanted):
            if len(candidates) > 1:
                names = sorted(curie(candidate.value) for candidate in candidates)
                listed = ", ".join(names[:_LISTED]) + (" …" if len(names) > _LISTED else "")
                raise UsageError(f"'{name}' names more than one thing", f"choose one of {listed}")
            if candidates:
                return candidates.pop()
        raise self._unknown(name, wanted)

    def ask(self, name: str, **parameters: str) -> Answer:
        """Answer a question of the catalogue (`fot-graph questions` lists them), with its parameters if it has any.

        >>> load().ask("everything-about", entity="SERV").variables
        ('subject', 'relation', 'object', 'status', 'voice', 'quote')

        Raises: `UnknownNameError` for a question, a parameter or a thing that is not known; `UsageError`.
        """
        from fot_graph import catalogue  # noqa: PLC0415  a shortcut to what stands further right

        return self.query(catalogue.bind(catalogue.question(name), self, parameters))

    def only(
        self,
        layers: Collection[str] = ("all",),
        statuses: Collection[str] = (),
        claims: Collection[str] | None = None,
    ) -> Graph:
        """Give the part of the graph in some layers ('claims', 'naming' …) and claims of some statuses ('stated' …).

        Or, with `claims`, these claims (IRIs) and all layers: what evidence holds on to. The part is in memory: from a
        store on disk or a server it is fetched.

        >>> load().only(statuses=["stated"]).query("ASK { ?claim fot:status status:reported }").truth
        False

        Raises: `UnknownNameError` for a layer or status that does not exist.
        """
        from fot_graph.layers import of_claims, select  # noqa: PLC0415  a shortcut to what stands further right

        chosen = select(self, layers, statuses) if claims is None else of_claims(self, claims)
        return Graph(chosen, self.sources)

    def here(self) -> Graph:
        """Give the whole graph in memory: itself, or a copy of one that is at home elsewhere."""
        return self if self.is_here else Graph(self.quads, self.sources)

    def to_networkx(
        self, *, lang: str = "en", statuses: Collection[str] = (), focus: str | None = None, hops: int = 1
    ) -> MultiDiGraph[str]:
        """Give what the claims say as a `networkx.MultiDiGraph`; see `fot_graph.network.to_networkx`."""
        from fot_graph.network import to_networkx  # noqa: PLC0415  a shortcut to what stands further right

        return to_networkx(self, lang=lang, statuses=statuses, focus=focus, hops=hops)

    @property
    def dataset(self) -> Dataset:
        """The same store as an `rdflib.Dataset`, without a copy: what rdflib changes here changes the graph."""
        from oxrdflib import OxigraphStore  # noqa: PLC0415  rdflib is heavy: only those who use it pay for it
        from rdflib import Dataset  # noqa: PLC0415

        dataset = Dataset(store=OxigraphStore(store=self.store))
        for prefix, namespace in PREFIXES.items():
            dataset.bind(prefix, namespace)
        return dataset

    def _repr_html_(self) -> str:
        """Say in a notebook what the graph holds."""
        from fot_graph import overview, tables  # noqa: PLC0415  a shortcut to what stands further right

        return tables.html(["", ""], overview.overview(self))

    # --- Inside -------------------------------------------------------------------------------------------------------

    def _found(self, query: str, form: str, text: str) -> Generator[Any]:
        """Yield first the truth of an ASK, or the variables of a SELECT, or (); then the rows or triples."""
        try:
            result: Any = self.store.query(text, prefixes={})  # with none, so that no IRI can be read as a comparison
            if form == "ask":
                yield bool(result)
                return
            yield tuple(variable.value for variable in result.variables) if form == "select" else ()
            yield from result
        except SyntaxError as error:
            raise sparql.syntax_error(query, _complaint(query) or str(error)) from None
        except (RuntimeError, OSError, ValueError) as error:
            raise self._failure(error) from None

    def _failure(self, error: Exception) -> FotGraphError:
        """Say what an error of the engine means, which is about a query that it read without complaint."""
        return EngineError(str(error))

    def _explain(self, query: str, answer: Answer, every: bool) -> list[Evidence]:  # noqa: FBT001  as answers.Explain
        from fot_graph.explain import explain  # noqa: PLC0415  only an answer that is asked for its evidence pays for it
        from fot_graph.quotes import named_by  # noqa: PLC0415  as above

        try:
            found = engine.run(lambda: explain(self.store, query, answer, every=every, parts=self.parts))
        except (RuntimeError, OSError) as error:
            raise self._failure(error) from None
        self.expect(named_by(claim for evidence in found for claim in evidence.claims))
        return found

    @property
    def parts(self) -> Parts | None:
        """The graph taken apart into claims and layers, to verify evidence; None for a graph that is too large."""
        from fot_graph.parts import Parts  # noqa: PLC0415  only an answer that is asked for its evidence pays for it

        if self._parts is None or self._parts.size != len(self.store):  # changed through `dataset`
            self._parts = Parts(self.store)
        return self._parts

    def _has_graph(self, iri: str) -> bool:
        node = _node(iri)
        return node is not None and self.store.contains_named_graph(node)

    def _claims(self) -> dict[NamedNode, list[Triple]]:
        claims: dict[NamedNode, list[Triple]] = defaultdict(list)
        for quad in self.quads:
            if isinstance(quad.graph_name, NamedNode) and not is_layer(quad.graph_name.value):
                claims[quad.graph_name].append(quad.triple)
        return claims

    def _names(self, *properties: NamedNode) -> Iterator[tuple[NamedNode, Literal]]:
        """Yield what is named and its name, by one property after the other, in the order of the names."""
        for wanted in properties:
            found = self.store.quads_for_pattern(None, wanted, None, DefaultGraph())
            pairs = ((quad.subject, quad.object) for quad in found)
            names = [(s, o) for s, o in pairs if isinstance(s, NamedNode) and isinstance(o, Literal)]
            yield from sorted(names, key=lambda name: name[1].value)

    def _candidates(self, name: str, wanted: str) -> Iterator[set[NamedNode]]:
        """Yield what a name may stand for, the surest way of naming first."""
        node = _node(expand(name.removeprefix("<").removesuffix(">")))
        yield {node} if node and self._knows(node) else set()
        for properties in ((_PREF_LABEL, _RDFS_LABEL), (_ALT_LABEL, _HIDDEN_LABEL)):
            yield set(self._named(name, *properties))
            yield {thing for thing, label in self._names_like(name, *properties) if _folded(label.value) == wanted}
        if name:
            nodes = (_node(namespace + name) for namespace in PREFIXES.values())
            yield set(self._subjects_among([node for node in nodes if node]))
            yield {thing for thing in self._subjects_like(name) if _LOCAL_NAME.split(thing.value)[-1] == name}

    # How the store is looked at: what a large store, or a distant one, does in its own way.

    def _arriving(self, rows: Iterable[QuerySolution]) -> Iterable[QuerySolution]:
        return rows

    def _knows(self, node: NamedNode) -> bool:
        as_subject = self.store.quads_for_pattern(node, None, None)
        return bool(next(as_subject, None) or next(self.store.quads_for_pattern(None, None, node), None))

    def _named(self, name: str, *properties: NamedNode) -> Iterator[NamedNode]:
        """Yield what has exactly this name, in a language of ours or in none."""
        for wanted in properties:
            for literal in (Literal(name), *(Literal(name, language=tag) for tag in _LANGUAGES)):
                found = self.store.quads_for_pattern(None, wanted, literal, DefaultGraph())
                yield from (quad.subject for quad in found if isinstance(quad.subject, NamedNode))

    def _names_like(self, name: str, *properties: NamedNode) -> Iterable[tuple[NamedNode, Literal]]:  # noqa: ARG002  see above
        """Give at least the names that differ from this one in case or white space only."""
        return self._names(*properties)

    def _subjects_among(self, nodes: Iterable[NamedNode]) -> Iterable[NamedNode]:
        return (node for node in nodes if next(self.store.quads_for_pattern(node, None, None), None))

    def _subjects_like(self, name: str) -> Iterable[NamedNode]:  # noqa: ARG002  see above
        """Give at least the subjects whose address ends in this name."""
        return (quad.subject for quad in self.quads if isinstance(quad.subject, NamedNode))

    def _preferred_labels(self) -> Iterable[str]:
        for thing, literal in self._names(_PREF_LABEL):
            yield from (literal.value, _LOCAL_NAME.split(thing.value)[-1])  # a local name will do as well

    def _unknown(self, name: str, wanted: str) -> UnknownNameError:
        labels = set(self._preferred_labels())
        error = UnknownNameError("name", name, labels)
        by_folded = {_folded(label): label for label in sorted(labels, reverse=True)}  # 'SERV' before 'serv'
        near = [by_folded[label] for label in close_matches(wanted, by_folded)]
        error.hint = f"did you mean {' or '.join(near)}?" if near else "give a label, or a CURIE such as id:serv"
        return error


_RDFS_LABEL, _PREF_LABEL = NamedNode(expand("rdfs:label")), NamedNode(expand("skos:prefLabel"))
_ALT_LABEL, _HIDDEN_LABEL = NamedNode(expand("skos:altLabel")), NamedNode(expand("skos:hiddenLabel"))
_TYPE, _STATEMENT = NamedNode(expand("rdf:type")), NamedNode(expand("rdf:Statement"))
_REIFYING = [NamedNode(expand(name)) for name in ("rdf:subject", "rdf:predicate", "rdf:object", "dcterms:isPartOf")]
_LOCAL_NAME = re.compile("[#/]")
_LANGUAGES = ("nl", "en")
_LISTED = 10  # of the things that share a name


def _complaint(query: str) -> str:
    """Ask the engine again about a form of the query in which the place that it reports can be trusted."""
    try:
        Store().query(sparql.spread(query), prefixes={})
    except SyntaxError as error:
        return str(error)
    return ""


def _statement(claim: NamedNode, number: int, triple: Triple) -> Iterator[Triple]:
    statement = NamedNode(f"{claim.value}#{number}")
    yield Triple(statement, _TYPE, _STATEMENT)
    for predicate, term in zip(_REIFYING, (*triple, claim), strict=True):
        yield Triple(statement, predicate, term)


def _node(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
