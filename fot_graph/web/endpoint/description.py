"""What the service and its data are, for programs: SPARQL 1.1 Service Description, VoID and DCAT."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Triple
from starlette.responses import Response
from starlette.routing import Route

from fot_graph.core import media_types
from fot_graph.core.namespaces import PREFIXES, Namespaces
from fot_graph.core.terms import node
from fot_graph.formats import rdf
from fot_graph.web.endpoint import describing
from fot_graph.web.http.errors import WebError
from fot_graph.web.http.negotiation import best

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from starlette.requests import Request

    from fot_graph.api import Graph

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID, _DCAT = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/dcat#"
_FORMATS = "http://www.w3.org/ns/formats/"
_KNOWN = {**PREFIXES, "sd": _SD, "void": _VOID, "dcat": _DCAT, "format": _FORMATS}
_RESULTS = [each.standard for each in media_types.standard_formats(media_types.ROWS).values()]
_GRAPHS = media_types.standard_formats(media_types.GRAPH)
_DUMP, _DUMPED = "dump.nq", media_types.format_named("nq", media_types.DATASET)
_MOST_DUMPED = 25_000  # triples, of about 250 bytes each
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_MOST_GRAPHS = 1_000  # that are listed
_EACH = 200  # bytes that a graph or a class takes when it is kept, about


class Figures(NamedTuple):
    """What was counted: triples of the default graph, of each named graph and of each property, things of each class.

    `licences` are those that the graph names for what is in it, `examples` things that it tells much of: a document.
    """

    triples: int | None = None
    graphs: tuple[tuple[str, int], ...] = ()
    classes: tuple[tuple[str, int], ...] = ()
    properties: tuple[tuple[str, int], ...] = ()
    licences: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


def figures(graph: Graph) -> Figures:
    """Count. Runs in a worker."""
    triples = _counts(graph, "SELECT (SAMPLE(?p) AS ?x) (COUNT(*) AS ?n) { ?s ?p ?o }")[0][1]
    each = "SELECT ?x (COUNT(*) AS ?n) { GRAPH ?x { ?s ?p ?o } FILTER(isIRI(?x)) } GROUP BY ?x ORDER BY ?x"
    classes = "SELECT ?x (COUNT(?s) AS ?n) { ?s a ?x FILTER(isIRI(?x)) } GROUP BY ?x ORDER BY ?x"
    properties = "SELECT ?x (COUNT(*) AS ?n) { ?s ?x ?o } GROUP BY ?x ORDER BY ?x"
    graphs = _counts(graph, f"{each} LIMIT {_MOST_GRAPHS}")
    examples = _iris(graph, "SELECT ?x { ?x a foaf:Document ; prov:value ?text } ORDER BY ?x LIMIT 1")
    return Figures(triples, graphs, _counts(graph, classes), _counts(graph, properties), _licences(graph), examples)


def _licences(graph: Graph) -> tuple[str, ...]:
    """List the licences of the graph; that of the ontology is also that of the packaged data, and of no others."""
    ours = "" if graph.namespaces.is_packaged else "FILTER(?thing != <https://w3id.org/fot-graph/ontology>)"
    return _iris(graph, f"SELECT DISTINCT ?x {{ ?thing dcterms:license ?x {ours} }} ORDER BY ?x")


def _iris(graph: Graph, query: str) -> tuple[str, ...]:
    return tuple(x.value for (x,) in graph.query(query).rows if isinstance(x, NamedNode))


def _counts(graph: Graph, query: str) -> tuple[tuple[str, int], ...]:
    rows = graph.query(query).rows
    return tuple(
        (x.value, int(n.value)) for x, n in rows if isinstance(x, NamedNode | Literal) and isinstance(n, Literal)
    )


async def service(request: Request) -> Response:
    """Describe the endpoint, at its own address."""
    endpoint = str(request.url.replace(query="", fragment=""))
    return await _rdf_response(request, _service(endpoint, await _figures(request)))


async def dataset(request: Request) -> Response:
    """Describe the data, at the well-known place (VoID, 7.2)."""
    base = str(request.base_url)
    own = await _namespaces(request)
    counted = await _figures(request)
    described = _dataset(base, own, counted, request.app.state.modified)
    dumped = _dump(base, counted) if _has_dump(request, counted) else ()
    return await _rdf_response(request, chain(described, dumped))


async def dump(request: Request) -> Response:
    """Give the whole dataset as N-Quads, where it is small enough to be sent at once."""
    if not _has_dump(request, await _figures(request)):
        raise WebError(404, "nothing-at-address")
    state = request.app.state
    body = await state.pool.run(describing.dump, limits=state.settings.limits)
    return Response(body, headers={"content-type": _DUMPED.media_types[0]})


def _has_dump(request: Request, counted: Figures) -> bool:
    """Tell whether there is a dump: of graphs that are here, and not too large."""
    here = not request.app.state.settings.location.endpoint
    return here and counted.triples is not None and counted.triples <= _MOST_DUMPED


async def _figures(request: Request) -> Figures:
    """Count once, where nothing changes; leave the figures out where counting takes too long."""
    state = request.app.state
    cache = state.cache  # of the present graph, even if it is replaced meanwhile
    known: Figures | None = cache.get(Figures)
    if known:
        return known
    try:
        found: Figures = await state.pool.run(figures)
    except WebError:
        return Figures()
    cache.put(Figures, found, _EACH * (len(found.graphs) + len(found.classes) + len(found.properties)))
    return found


async def _namespaces(request: Request) -> Namespaces:
    """Ask once for the namespaces of the graph, where nothing changes."""
    cache = request.app.state.cache
    known: Namespaces | None = cache.get(Namespaces)
    if known:
        return known
    found: Namespaces = await request.app.state.pool.run(describing.namespaces)
    cache.put(Namespaces, found, _EACH)
    return found


async def _rdf_response(request: Request, triples: Iterable[Triple]) -> Response:
    media_type = best(request.headers.get("accept", ""), list(_GRAPHS))
    text = rdf.triples_text(triples, _GRAPHS[media_type].name, await _namespaces(request))
    return Response(text, headers={"content-type": media_type, "vary": "Accept"})


# --- What is said ----------------------------------------------------------------------------------------------------


def _service(endpoint: str, counted: Figures) -> Iterator[Triple]:
    about = f"{endpoint}#service"
    yield _triple(about, "rdf:type", _SD + "Service")
    yield _triple(about, "sd:endpoint", endpoint)
    yield _triple(about, "sd:supportedLanguage", _SD + "SPARQL11Query")
    yield _triple(about, "sd:feature", _SD + "UnionDefaultGraph")
    for name in dict.fromkeys((*_RESULTS, *(each.standard for each in _GRAPHS.values()))):
        yield _triple(about, "sd:resultFormat", _FORMATS + name)
    yield _triple(about, "sd:defaultDataset", f"{endpoint}#dataset")
    yield _triple(f"{endpoint}#dataset", "rdf:type", _SD + "Dataset")
    yield from _graph(f"{endpoint}#dataset", "sd:defaultGraph", f"{endpoint}#default", counted.triples)
    for number, (name, size) in enumerate(counted.graphs, start=1):
        named = f"{endpoint}#graph-{number}"
        yield _triple(f"{endpoint}#dataset", "sd:namedGraph", named)
        yield _triple(named, "rdf:type", _SD + "NamedGraph")
        yield _triple(named, "sd:name", name)
        yield from _graph(named, "sd:graph", f"{endpoint}#graph-{number}-triples", size)


def _graph(owner: str, relation: str, name: str, size: int | None) -> Iterator[Triple]:
    yield _triple(owner, relation, name)
    yield _triple(name, "rdf:type", _SD + "Graph")
    if size is not None:
        yield _triple(name, "void:triples", size)


def _dataset(base: str, own: Namespaces, counted: Figures, modified: float | None) -> Iterator[Triple]:
    about, access = f"{base}.well-known/void#dataset", f"{base}sparql#service"
    for kind in ("void:Dataset", "dcat:Dataset"):
        yield _triple(about, "rdf:type", kind)
    for lang, title, text in _TEXTS:
        yield _triple(about, "dcterms:title", Literal(title, language=lang))
        yield _triple(about, "dcterms:description", Literal(text, language=lang))
    if modified is not None:
        when = datetime.fromtimestamp(int(modified), UTC).isoformat().replace("+00:00", "Z")
        yield _triple(about, "dcterms:modified", Literal(when, datatype=node("xsd:dateTime")))
    yield _triple(about, "void:uriSpace", Literal(own.base))
    yield _triple(about, "void:sparqlEndpoint", f"{base}sparql")
    for example in counted.examples:
        yield _triple(about, "void:exampleResource", example)
    for prefix in _VOCABULARIES:
        yield _triple(about, "void:vocabulary", PREFIXES[prefix])
    for name in dict.fromkeys(each.standard for each in _GRAPHS.values()):
        yield _triple(about, "void:feature", _FORMATS + name)
    for licence in counted.licences:
        yield _triple(about, "dcterms:license", licence)
    yield from _access(about, base, access)
    yield from _sizes(about, counted)


_VOCABULARIES = ("fot", "skos", "dcterms", "prov", "oa", "qb", "foaf", "org", "doco")
_TEXTS = [
    (
        "en",
        "fot_graph: a parliamentary question and its answer as a graph",
        "What the question asks and the answer says, as claims with the sentences that support them.",
    ),
    (
        "nl",
        "fot_graph: een parlementaire vraag en haar antwoord als graaf",
        "Wat de vraag vraagt en het antwoord zegt, als beweringen met de zinnen die ze onderbouwen.",
    ),
]


def _access(about: str, base: str, access: str) -> Iterator[Triple]:
    yield _triple(about, "dcat:distribution", f"{base}.well-known/void#distribution")
    yield _triple(f"{base}.well-known/void#distribution", "rdf:type", "dcat:Distribution")
    yield _triple(f"{base}.well-known/void#distribution", "dcat:accessURL", f"{base}sparql")
    yield _triple(f"{base}.well-known/void#distribution", "dcat:accessService", access)
    yield _triple(access, "rdf:type", "dcat:DataService")
    yield _triple(access, "dcat:endpointURL", f"{base}sparql")
    yield _triple(access, "dcat:endpointDescription", f"{base}sparql")
    yield _triple(access, "dcat:servesDataset", about)
    yield _triple(access, "dcterms:conformsTo", "http://www.w3.org/TR/sparql11-protocol/")


def _dump(base: str, counted: Figures) -> Iterator[Triple]:
    about, address = f"{base}.well-known/void#dataset", f"{base}{_DUMP}"
    distribution = f"{base}.well-known/void#dump"
    yield _triple(about, "void:dataDump", address)
    yield _triple(about, "dcat:distribution", distribution)
    yield _triple(distribution, "rdf:type", "dcat:Distribution")
    yield _triple(distribution, "dcat:downloadURL", address)
    yield _triple(distribution, "dcat:mediaType", f"{_MEDIA_TYPES}{_DUMPED.media_types[0]}")
    for licence in counted.licences:
        yield _triple(distribution, "dcterms:license", licence)


def _sizes(about: str, counted: Figures) -> Iterator[Triple]:
    if counted.triples is None:
        return
    yield _triple(about, "void:triples", counted.triples)
    yield _triple(about, "void:classes", len(counted.classes))
    for number, (name, size) in enumerate(counted.classes, start=1):
        part = about.replace("#dataset", f"#class-{number}")
        yield _triple(about, "void:classPartition", part)
        yield _triple(part, "void:class", name)
        yield _triple(part, "void:entities", size)
    yield _triple(about, "void:properties", len(counted.properties))
    for number, (name, size) in enumerate(counted.properties, start=1):
        part = about.replace("#dataset", f"#property-{number}")
        yield _triple(about, "void:propertyPartition", part)
        yield _triple(part, "void:property", name)
        yield _triple(part, "void:triples", size)


def _triple(subject: str, predicate: str, value: str | int | Literal) -> Triple:
    """Make a triple; names may be CURIEs."""
    object_ = (
        NamedNode(_full_iri(value))
        if isinstance(value, str)
        else value
        if isinstance(value, Literal)
        else Literal(value)
    )
    return Triple(NamedNode(subject), NamedNode(_full_iri(predicate)), object_)


def _full_iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return _KNOWN[prefix] + local if prefix in _KNOWN and not local.startswith("//") else name


routes = [Route("/.well-known/void", dataset), Route(f"/{_DUMP}", dump)]
