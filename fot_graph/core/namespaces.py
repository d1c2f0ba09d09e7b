"""The namespaces that data, queries and output share, and those that each graph has of its own.

The terms are the same in every graph: the ontology, its concept schemes, the names of the layers, and the vocabularies
of others (`PREFIXES`, `expand`). Documents, claims and names stand below a base IRI that is the graph's own
(`Namespaces`). The strings are plain, so that importing this module costs nothing; no RDF library is needed to name a
term.
"""

from __future__ import annotations

import re

from fot_graph.core.errors import UsageError

PACKAGED = "https://w3id.org/fot-graph/"  # the base of the graph that comes with fot_graph, and of all terms

_ALL: dict[str, str] = {  # in the order in which they are written
    "fot": PACKAGED + "ontology#",  # the ontology: classes and properties of this project
    "id": PACKAGED + "id/",  # entities, shared by all documents
    "status": PACKAGED + "status/",  # claim statuses
    "theme": PACKAGED + "theme/",  # reform themes
    "principle": PACKAGED + "principle/",  # funding principles
    "transition": PACKAGED + "transition/",  # transitions of society and labour market
    "group": PACKAGED + "group/",  # target groups and audiences
    "assessment": PACKAGED + "assessment/",  # how a matter or a question item was answered
    "strength": PACKAGED + "strength/",  # how strongly its passages bear out an interpretation
    "parameter": PACKAGED + "parameter/",  # evaluation parameters
    "kind": PACKAGED + "kind/",  # kinds of finding
    "verdict": PACKAGED + "verdict/",  # how findings judge their subjects
    "aspect": PACKAGED + "aspect/",  # in what respect they do
    "stage": PACKAGED + "stage/",  # how far evaluations, reforms and policies are
    "firmness": PACKAGED + "firmness/",  # how firm intentions are
    "means": PACKAGED + "means/",  # means by which projects work
    "aim": PACKAGED + "aim/",  # aims of projects
    "advice": PACKAGED + "advice-theme/",  # themes of advice
    "counted": PACKAGED + "counted/",  # what figures count or measure
    "unit": PACKAGED + "unit/",  # units of figures
    "mention": PACKAGED + "mention/",  # kinds of things that rules find in a text
    "structure": PACKAGED + "structure/",  # structures of data sets of figures
    "graph": PACKAGED + "graph/",  # the layers: ontology, naming, document, provenance
    "claim": PACKAGED + "claim/",  # claims; below it one folder a document
    "doc": PACKAGED + "doc/",  # source documents; their parts are fragments
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",  # concepts, labels, definitions
    "dcterms": "http://purl.org/dc/terms/",  # titles, dates, parts, predecessors, sources
    "foaf": "http://xmlns.com/foaf/0.1/",  # people, groups, documents
    "org": "http://www.w3.org/ns/org#",  # organisations
    "prov": "http://www.w3.org/ns/prov#",  # quotation and derivation
    "pav": "http://purl.org/pav/",  # who curated a claim, and when
    "oa": "http://www.w3.org/ns/oa#",  # passages: position and quote selectors
    "doco": "http://purl.org/spar/doco/",  # parts of a text: sentence, paragraph, table, title
    "qb": "http://purl.org/linked-data/cube#",  # tables of figures
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-code": "http://purl.org/linked-data/sdmx/2009/code#",
    "time": "http://www.w3.org/2006/time#",  # instants
    "cpsv": "http://purl.org/vocab/cpsv#",  # public services
    "cito": "http://purl.org/spar/cito/",  # citation, quotation
    "sro": "https://data.vlaanderen.be/ns/slimmeraadpleegomgeving#",  # OSLO: questions and answers
    "dossier": "https://data.vlaanderen.be/ns/dossier#",  # OSLO: documents
    "mandaat": "http://data.vlaanderen.be/ns/mandaat#",  # OSLO: mandates
    "eli": "http://data.europa.eu/eli/ontology#",  # European Legislation Identifier
    "eli-dl": "http://data.europa.eu/eli/eli-draft-legislation-ontology#",  # questions and answers in Europe
    "vann": "http://purl.org/vocab/vann/",
    "schema": "https://schema.org/",  # domains and ranges that infer nothing
    "sh": "http://www.w3.org/ns/shacl#",
}

_OF_A_GRAPH = ("id", "claim", "doc")
PREFIXES = {prefix: namespace for prefix, namespace in _ALL.items() if prefix not in _OF_A_GRAPH}
URI_SPACE = "http://rdfs.org/ns/void#uriSpace"  # by which a graph says its base (VoID, 6.2)
_BASE = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?/(?:[A-Za-z0-9._~-]+/)*")


class Namespaces:
    """The namespaces of one graph: those of all graphs, and three below a base of its own.

    `prefixes` gives each namespace by its prefix: `doc` holds the documents of the graph, `claim` its claims, `id` its
    names.

    >>> Namespaces("https://data.example.org/").document("a")
    'https://data.example.org/doc/a'

    Raises: `UsageError` for a base that is no address with http that ends in a slash, or has other than plain signs.
    """

    def __init__(self, base: str = PACKAGED) -> None:
        if not _BASE.fullmatch(base) or _overlaps(base):
            raise UsageError("no-base", base=base)
        self.base = base
        own = {prefix: f"{base}{prefix}/" for prefix in _OF_A_GRAPH}
        self.prefixes = {prefix: own.get(prefix, namespace) for prefix, namespace in _ALL.items()}
        self._longest_first = sorted(self.prefixes.items(), key=lambda item: -len(item[1]))

    @property
    def is_packaged(self) -> bool:
        """Whether they are those of the graph that comes with fot_graph, which a graph has that says nothing."""
        return self.base == PACKAGED

    def document(self, name: str) -> str:
        """Give the IRI of a document."""
        return self.prefixes["doc"] + name

    def document_name(self, iri: str) -> str:
        """Give the name of the document that an IRI belongs to, with what follows it; '' for any other IRI."""
        space = self.prefixes["doc"]
        return iri.removeprefix(space) if iri.startswith(space) else ""

    def claim(self, name: str) -> str:
        """Give the IRI of a claim by its document and its name: `background/crevits`."""
        return self.prefixes["claim"] + name

    def shorten(self, iri: str) -> str:
        """Shorten an IRI for people (W3C CURIE Syntax 1.0): by its longest known namespace, or not at all.

        >>> Namespaces().shorten("https://w3id.org/fot-graph/claim/background/crevits")
        'claim:background/crevits'
        """
        for prefix, namespace in self._longest_first:
            if iri.startswith(namespace):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    def expand(self, name: str) -> str:
        """Write a CURIE as the IRI that it stands for. Whatever has no known prefix comes back as it is.

        >>> Namespaces().expand("id:serv"), Namespaces().expand("https://example.org/")
        ('https://w3id.org/fot-graph/id/serv', 'https://example.org/')
        """
        prefix, _, local = name.partition(":")
        return self.prefixes[prefix] + local if prefix in self.prefixes and not local.startswith("//") else name

    def path(self, iri: str) -> str | None:
        """Give the path at which a server shows a thing of the graph, or a term of ours; None for what is of others.

        >>> Namespaces("https://data.example.org/").path("https://data.example.org/id/a")
        'id/a'
        >>> Namespaces("https://data.example.org/").path("https://w3id.org/fot-graph/ontology#Claim")
        'ontology#Claim'
        """
        for base, kinds in ((self.base, _OF_A_GRAPH), (PACKAGED, _OF_TERMS)):
            if iri.startswith(base) and _kind(iri[len(base) :]) in kinds:
                return iri[len(base) :]
        return None

    def at(self, path: str) -> str:
        """Give the IRI of what a server shows at a path: the reverse of `path`.

        >>> Namespaces("https://data.example.org/").at("status/stated")
        'https://w3id.org/fot-graph/status/stated'
        """
        return (PACKAGED if _kind(path) in _OF_TERMS else self.base) + path

    def moved(self, text: str) -> str:
        r"""Give a text, such as a query or a file of RDF, that was written for the packaged graph, as one for this one.

        Its namespaces of documents, claims and names become those of this graph, also in patterns (`w3id\\.org`). A
        text that names something below the base of this graph was written for it, and stays as it is.

        >>> Namespaces("https://data.example.org/").moved("PREFIX id: <https://w3id.org/fot-graph/id/>")
        'PREFIX id: <https://data.example.org/id/>'
        """
        if self.is_packaged or any(f"{self.base}{kind}/" in text for kind in _OF_A_GRAPH):
            return text
        for before, after in ((PACKAGED, self.base), (_pattern_text(PACKAGED), _pattern_text(self.base))):
            for kind in _OF_A_GRAPH:
                text = text.replace(f"{before}{kind}/", f"{after}{kind}/")
        return text


def _overlaps(base: str) -> bool:
    """Tell whether a base stands above or below a namespace of all graphs, so that an IRI could mean two things."""
    return base != PACKAGED and any(space.startswith(base) or base.startswith(space) for space in _ALL.values())


def _kind(path: str) -> str:
    return re.split("[/#]", path, maxsplit=1)[0]


def _pattern_text(base: str) -> str:
    """Write a base as a regular expression within a string of Turtle."""
    return base.replace(".", r"\\.")


# What is ours and the same in every graph, by the first part of its path: 'ontology', 'status', 'theme' …
_OF_TERMS = frozenset(_kind(iri.removeprefix(PACKAGED)) for iri in PREFIXES.values() if iri.startswith(PACKAGED))
KINDS = frozenset((*_OF_A_GRAPH, *_OF_TERMS))  # all first parts of the paths at which a server shows things


def expand(name: str) -> str:
    """Write the CURIE of a term as the IRI that it stands for in every graph.

    >>> expand("status:stated")
    'https://w3id.org/fot-graph/status/stated'

    Raises: KeyError for another prefix, also for those of a graph (`id:`, `claim:`, `doc:`).
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def prefixes_used_in(text: str) -> dict[str, str]:
    """Give the prefixes of terms that a query may use, and perhaps some more: the engine takes its time for each.

    >>> prefixes_used_in("ASK { ?x fot:informs theme:diversity }").keys() == {"fot", "theme"}
    True
    """
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if f"{prefix}:" in text}


def may_need_base(query: str) -> bool:
    """Tell whether a query may use a prefix whose namespace each graph has for itself.

    >>> may_need_base("ASK { id:serv ?p ?o }"), may_need_base("ASK { ?x a fot:Claim }")
    (True, False)
    """
    return any(f"{prefix}:" in query for prefix in _OF_A_GRAPH)


def is_layer(graph: str) -> bool:
    """Tell the layers (ontology, naming, document, provenance) from the claims, by the IRI of a named graph.

    >>> is_layer(expand("graph:naming")), is_layer(Namespaces().claim("background/crevits"))
    (True, False)
    """
    return graph.startswith(PREFIXES["graph"])
