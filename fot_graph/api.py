"""What `import fot_graph` gives: graphs that are loaded, opened or connected to, and what they can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.core.words import fill
from fot_graph.evidence import asking
from fot_graph.evidence.answers import Answer
from fot_graph.stores.memory import MemoryGraph
from fot_graph.stores.wrapper import GraphWrapper

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from os import PathLike
    from typing import Unpack

    from networkx import MultiDiGraph
    from pyoxigraph import Quad, Store

    from fot_graph.core.namespaces import Namespaces
    from fot_graph.core.quote_errors import QuoteError
    from fot_graph.evidence.answers import Stream
    from fot_graph.pictures.picture import Picture
    from fot_graph.pictures.views import View
    from fot_graph.questions.facts import Entity
    from fot_graph.stores.interface import Sources, StoredGraph
    from fot_graph.stores.login import Login

__all__ = ["Answer", "Graph", "connect", "load", "open_store"]


def load(
    paths: Iterable[str | PathLike[str]] | str | PathLike[str] | None = None,
    *,
    strict: bool = True,
    base: str | None = None,
) -> Graph:
    """Load the workspace that comes with fot_graph, or what stands at the given paths, on the same ontology.

    A path is a workspace (with fot-graph.toml), a document folder (source.txt, perhaps with claims.trig), a folder of
    such folders, claims with their source.txt beside them, other claims (.trig, .nq), or more names (.ttl, .nt). What
    stands in a workspace is read with its names, its base and its languages; what stands in none, with those of the
    packaged one. With `strict=False` quotes that do not stand in their source are collected in `problems`. `base` is
    the IRI below which the graph has its documents, claims and names, if the workspace does not tell it; files that
    were written for the packaged graph are read as if for this one.

    >>> graph = load()
    >>> graph.query("ASK { ?claim fot:status status:stated }").truth
    True

    Raises: `InputFileError`, also for what is beyond a limit (`limits`); `RdfSyntaxError`,
    `QuoteError`; `InventedError` for what only a source text may say; `SeveralErrors` for several of these;
    `UsageError` for two documents of one name, and for what is no base.
    """
    return Graph(stored=MemoryGraph.load(paths, strict=strict, base=base))


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


class Graph(GraphWrapper):
    """Documents, their claims and the names of all that they speak of, ready to be asked.

    It is a `stores.interface.StoredGraph`, in memory, on disk or on a server (`stored`), with shortcuts for those who
    work in Python.
    """

    def __init__(
        self,
        quads: Iterable[Quad] | bytes = (),
        sources: Sources | None = None,
        problems: Iterable[QuoteError] = (),
        store: Store | None = None,
        *,
        namespaces: Namespaces | None = None,
        stored: StoredGraph | None = None,
    ) -> None:
        """Take quads, or N-Quads as bytes with a store that holds them and their union; and the texts of documents.

        Without texts they are read from the quads; without namespaces, they are those that the quads tell of. Or, with
        `stored`, take a graph that is in memory or elsewhere.
        """
        super().__init__(stored or MemoryGraph(quads, sources, problems, store, namespaces))

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

    def stream(self, query: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()) -> Stream:
        """Answer a query as `query` does, for reading once: rows come as they are found, and are not kept.

        `default_graphs` and `named_graphs` (IRIs) are read in place of those that the query chooses itself.
        """
        return asking.stream(self.stored, query, default_graphs, named_graphs)

    def ask(self, name: str, **parameters: str) -> Answer:
        """Answer a question of the catalogue (`fot-graph questions` lists them), with its parameters if it has any.

        >>> load().ask("everything-about", entity="SERV").variables
        ('document', 'subject', 'relation', 'object', 'status', 'voice', 'quote')

        Raises: `UnknownNameError` for a question, a parameter or a thing that is not known; `UsageError`.
        """
        from fot_graph.questions import catalogue  # noqa: PLC0415  only those who take the shortcut pay for it

        return self.query(catalogue.bind(catalogue.question(name, *self.workspaces), self, parameters))

    def entity(self, name: str) -> Entity:
        """Find what a person names, as `find` does, with its names, its types and the facts about it.

        >>> load().entity("Sociaal-Economische Raad van Vlaanderen")
        <Entity id:serv: SERV>

        Raises: `UnknownNameError`, `UsageError`.
        """
        from fot_graph.questions.facts import Entity  # noqa: PLC0415  as in `ask`

        return Entity(self, self.find(name))

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

        chosen = parts.part(self, layers, statuses) if claims is None else parts.of_claims(self, claims)
        return Graph(stored=chosen)

    def here(self) -> Graph:
        """Give the whole graph in memory: itself, or a copy of one that is elsewhere."""
        from fot_graph.stores import layers as parts  # noqa: PLC0415  as in `ask`

        return self if self.is_here else Graph(stored=parts.in_memory(self))

    def to_networkx(
        self, *, lang: str = "en", statuses: Collection[str] = (), focus: str | None = None, hops: int = 1
    ) -> MultiDiGraph[str]:
        """Give what the claims say as a network (see `formats.networkx`), with its looks (see `pictures.network`)."""
        from fot_graph.pictures.network import styled_network  # noqa: PLC0415  as in `ask`

        return styled_network(self, lang=lang, statuses=statuses, focus=focus, hops=hops)

    def picture(
        self, *, question: str | None = None, parameters: Mapping[str, str] | None = None, **view: Unpack[View]
    ) -> Picture:
        """Draw the answer to a question of the catalogue, or what else `pictures.views.scene` can show.

        A notebook shows it, and its `save` writes it to a file.

        Raises: what `scene` and, for a question, `ask` do.
        """
        from fot_graph.pictures.picture import Picture  # noqa: PLC0415  as in `ask`
        from fot_graph.pictures.views import DrawnQuery, scene  # noqa: PLC0415  as in `ask`
        from fot_graph.questions import catalogue  # noqa: PLC0415  as in `ask`

        if question:
            asked, given = catalogue.question(question, *self.workspaces), parameters or {}
            title = catalogue.title(asked, self, given, view.get("lang", "en"))
            view["query"] = DrawnQuery(question, catalogue.bind(asked, self, given), title)
        return Picture.of(scene(self, **view))

    def _repr_html_(self) -> str:
        """Say in a notebook what the graph holds."""
        from fot_graph.core import tables  # noqa: PLC0415  as in `ask`
        from fot_graph.questions.overview import overview  # noqa: PLC0415  as in `ask`

        return tables.html(["", ""], overview(self))

    def __repr__(self) -> str:
        """Say where it is, or what it holds.

        >>> load()  # doctest: +ELLIPSIS
        <Graph of vp-sv-2019-2020-358: 180 claims, ... triples>
        """
        if not self.is_here:
            return repr(self.stored)
        documents = [self.namespaces.document_name(row[0].value) for row in self.rows(_DOCUMENTS)]
        held = f"{len(documents)} documents" if len(documents) > 3 else ", ".join(documents) or "no documents"
        counts = (int(next(iter(self.rows(query)))[0].value) for query in (_CLAIMS, _TRIPLES))
        return f"<Graph of {held}: {fill('{:claim|claims}, {:triple|triples}', 'en', *counts)}>"


# What `repr` of a graph counts
_DOCUMENTS = "SELECT ?document { ?document a foaf:Document ; prov:value ?text } ORDER BY ?document"
_CLAIMS = "SELECT (COUNT(*) AS ?claims) { ?claim a fot:Claim }"
_TRIPLES = "SELECT (COUNT(*) AS ?triples) { ?s ?p ?o }"
