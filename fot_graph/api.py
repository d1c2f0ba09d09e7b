"""What `import fot_graph` gives: graphs that are loaded, opened or connected to, and what they can be asked."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING, Any

from fot_graph.claims import cache
from fot_graph.core.namespaces import PACKAGED
from fot_graph.evidence import asking
from fot_graph.evidence.answers import Answer
from fot_graph.stores.memory import MemoryGraph

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from typing import Unpack

    from networkx import MultiDiGraph
    from pyoxigraph import NamedNode, Quad, Store, Triple
    from rdflib import Dataset

    from fot_graph.core.errors import FotGraphError, QuoteError
    from fot_graph.core.namespaces import Namespaces
    from fot_graph.core.terms import Solution, Term
    from fot_graph.evidence.answers import Stream
    from fot_graph.pictures.picture import Picture
    from fot_graph.pictures.views import View
    from fot_graph.questions.facts import Entity
    from fot_graph.stores.endpoint import Login
    from fot_graph.stores.execution import QueryResult
    from fot_graph.stores.interface import StoredGraph
    from fot_graph.stores.parts import Parts
    from fot_graph.text.source import Source

__all__ = ["Answer", "Graph", "connect", "load", "open_store"]


def load(
    paths: Iterable[str | PathLike[str]] | str | PathLike[str] | None = None,
    *,
    strict: bool = True,
    base: str | None = None,
) -> Graph:
    """Load the documents that come with fot_graph, or the given ones on the same ontology and names.

    A path is a document folder (source.txt and claims.trig), a folder of such folders, claims with their source.txt
    beside them, other claims (.trig, .nq), or more names (.ttl, .nt). With `strict=False` quotes that do not stand in
    their source are collected in `problems`. `base` is the IRI below which the graph has its documents, claims and
    names, if it is not the packaged one; files that were written for the packaged graph are read as if for this one.

    >>> graph = load()
    >>> graph.query("ASK { ?claim fot:status status:stated }").truth
    True

    Raises: `InputFileError`, also for what is beyond a limit (`limits`); `RdfSyntaxError`, `SourceLayoutError`,
    `QuoteError`; `InventedError` for what only a source text may say; `UsageError` for two documents of one
    name, and for what is no base.
    """
    if paths is None and base in (None, PACKAGED):
        return _load_packaged(strict=strict)
    from fot_graph.claims.corpus import read  # noqa: PLC0415  most commands find all that they need in the snapshot

    given = [paths] if isinstance(paths, (str, PathLike)) else paths
    return Graph(*read(given, strict=strict, base=base))


def _load_packaged(*, strict: bool) -> Graph:
    """Load what comes with fot_graph, as a former run left it if it can."""
    inputs = cache.inputs()
    kept = cache.ready()
    if kept:
        return Graph(kept[0], store=kept[1])
    from fot_graph.claims.corpus import read  # noqa: PLC0415  see above

    graph = Graph(*read(strict=strict))
    if not graph.problems:
        cache.write(inputs, graph.quads)
    return graph


def open_store(directory: str | PathLike[str]) -> Graph:
    """Open a store on disk, to read it only; so may others, at the same time.

    It is the version that stands there now: `fot-graph load --replace` changes nothing for who has it open.

    Raises: `InputFileError` for a folder that is not there, is no store, is being written, is damaged or may not be
    read.
    """
    from fot_graph.stores.disk import DiskGraph  # noqa: PLC0415  most programs ask the packaged graph

    return Graph(stored=DiskGraph.open(directory))


def connect(url: str, login: Login | None = None, *, default_graph: str = "", timeout: float = 60.0) -> Graph:
    """Ask a SPARQL 1.1 server that holds layers and claims as named graphs, and as default graph their union.

    A server of the store that `fot-graph load` writes does. Where the server has no default graph of its own (Virtuoso)
    the union stands in a named graph, and `default_graph` is its IRI. Without a login it is that of the environment
    (`Login.from_environment`). Nothing is asked yet. `timeout` is in seconds.

    Raises: `UsageError` for what is no address; then, by everything that asks, `EndpointError`.
    """
    from fot_graph.stores.server import ServerGraph  # noqa: PLC0415  see above

    return Graph(stored=ServerGraph.connect(url, login, default_graph=default_graph, timeout=timeout))


class Graph:
    """Documents, their claims and the names of all that they speak of, ready to be asked.

    It is a `stores.interface.StoredGraph`, in memory, on disk or on a server (`stored`), with shortcuts for those who
    work in Python. Attributes: `store` (Oxigraph; the default graph is the union of the named graphs), `problems`
    (quotes that do not stand in their source; empty unless loaded with `strict=False`), and `quads` and `sources`, read
    when asked for.
    """

    def __init__(
        self,
        quads: Iterable[Quad] | bytes = (),
        sources: Mapping[str, Source] | None = None,
        problems: Iterable[QuoteError] = (),
        store: Store | None = None,
        *,
        namespaces: Namespaces | None = None,
        stored: StoredGraph | None = None,
    ) -> None:
        """Take quads, or N-Quads as bytes with a store that holds them and their union; and the texts of documents.

        Without texts they are the packaged ones; without namespaces, those that the quads tell of. Or, with `stored`,
        take a graph that is in memory or elsewhere.
        """
        self.stored = stored or MemoryGraph(quads, sources, problems, store, namespaces)

    def query(self, query: str) -> Answer:
        """Answer a SPARQL 1.1 query. The prefixes of the graph (`namespaces`) need not be declared.

        Each row has its `evidence`, the claims that yield it. There is no time limit, but an interrupt (Ctrl-C, or the
        stop button of a notebook) ends the call at once, with KeyboardInterrupt; the engine then goes on in a thread
        until it has an answer that nobody reads. The command line and the server end their processes in time.

        >>> row = load().query("SELECT ?former { id:focus-op-talent dcterms:replaces ?former }").rows[0]
        >>> [passage.quote for claim in row.evidence for passage in claim.passages][0][:44]
        'Het programma Focus op Talent werd tijdens d'

        Raises: `QueryRefusedError` for a query that would change the graph or reach outside it (see
        `admission.admit`) and `QuerySyntaxError`, both with line and column; `EngineError`.
        """
        return asking.ask(self.stored, query)

    def stream(self, query: str) -> Stream:
        """Answer a query as `query` does, for reading once: rows come as they are found, and are not kept."""
        return asking.stream(self.stored, query)

    def ask(self, name: str, **parameters: str) -> Answer:
        """Answer a question of the catalogue (`fot-graph questions` lists them), with its parameters if it has any.

        >>> load().ask("everything-about", entity="SERV").variables
        ('subject', 'relation', 'object', 'status', 'voice', 'quote')

        Raises: `UnknownNameError` for a question, a parameter or a thing that is not known; `UsageError`.
        """
        from fot_graph.questions import catalogue  # noqa: PLC0415  only those who take the shortcut pay for it

        return self.query(catalogue.bind(catalogue.question(name), self, parameters))

    def entity(self, name: str) -> Entity:
        """Find what a person names, as `find` does, with its names, its types and the facts about it.

        >>> load().entity("Sociaal-Economische Raad van Vlaanderen")
        <Entity id:serv: SERV>

        Raises: `UnknownNameError`, `UsageError`.
        """
        from fot_graph.questions.facts import Entity  # noqa: PLC0415  as in `ask`

        return Entity(self, self.find(name))

    def find(self, name: str) -> NamedNode:
        """Find what a person names: by IRI, CURIE, label in either language, or local name.

        A label in another case or with other white space is found where none is exactly so.

        Raises: `UnknownNameError` with near names; `UsageError` listing the candidates of an ambiguous name.
        """
        return self.stored.find(name)

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
        from fot_graph.stores import layers as parts  # noqa: PLC0415  as in `ask`

        if claims is None:
            return Graph(stored=parts.part(self, layers, statuses))
        return Graph(parts.claim_quads(self, claims), self.sources, namespaces=self.namespaces)

    def here(self) -> Graph:
        """Give the whole graph in memory: itself, or a copy of one that is elsewhere."""
        return self if self.is_here else Graph(self.quads, self.sources, namespaces=self.namespaces)

    def to_networkx(
        self, *, lang: str = "en", statuses: Collection[str] = (), focus: str | None = None, hops: int = 1
    ) -> MultiDiGraph[str]:
        """Give what the claims say as a network (see `formats.networkx`), with its looks (see `pictures.network`)."""
        from fot_graph.formats.networkx import to_networkx  # noqa: PLC0415  as in `ask`
        from fot_graph.pictures.network import add_style  # noqa: PLC0415  as in `ask`

        return add_style(to_networkx(self, lang=lang, statuses=statuses, focus=focus, hops=hops))

    def picture(self, **view: Unpack[View]) -> Picture:
        """Draw what `pictures.views.scene` can show; a notebook shows it, and its `save` writes it to a file."""
        from fot_graph.pictures.picture import Picture  # noqa: PLC0415  as in `ask`
        from fot_graph.pictures.views import scene  # noqa: PLC0415  as in `ask`

        return Picture.of(scene(self, **view))

    def _repr_html_(self) -> str:
        """Say in a notebook what the graph holds."""
        from fot_graph.core import tables  # noqa: PLC0415  as in `ask`
        from fot_graph.questions.overview import overview  # noqa: PLC0415  as in `ask`

        return tables.html(["", ""], overview(self))

    def __repr__(self) -> str:
        """Say where it is, or what it holds.

        >>> load()
        <Graph of vp-sv-2019-2020-358: 160 claims, 7104 triples>
        """
        if not self.is_here:
            return repr(self.stored)
        documents = [self.namespaces.document_name(row[0].value) for row in self.rows(_DOCUMENTS)]
        held = f"{len(documents)} documents" if len(documents) > 3 else ", ".join(documents) or "no documents"
        claims, triples = (next(iter(self.rows(query)))[0].value for query in (_CLAIMS, _TRIPLES))
        return f"<Graph of {held}: {claims} claims, {triples} triples>"

    # --- The interface of all graphs, see `stores.interface` ----------------------------------------------------------

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
    def sources(self) -> Mapping[str, Source]:
        """The parsed text of each document, by the document's name."""
        return self.stored.sources

    @property
    def problems(self) -> Sequence[QuoteError]:
        """The quotes that do not stand in their source; none unless loaded with `strict=False`."""
        return self.stored.problems

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


# What `repr` of a graph counts
_DOCUMENTS = "SELECT ?document { ?document a foaf:Document ; prov:value ?text } ORDER BY ?document"
_CLAIMS = "SELECT (COUNT(*) AS ?claims) { ?claim a fot:Claim }"
_TRIPLES = "SELECT (COUNT(*) AS ?triples) { ?s ?p ?o }"
