"""The namespaces that data, queries and output share: one prefix a line, with what it is for.

The strings are plain, so that importing this module costs nothing; no RDF library is needed to name a term.
"""

from __future__ import annotations

BASE = "https://w3id.org/fot-graph/"  # everything that fot_graph names itself stands below this

PREFIXES: dict[str, str] = {
    "fot": BASE + "ontology#",  # the ontology: classes and properties of this project
    "id": BASE + "id/",  # entities, shared by all documents
    "status": BASE + "status/",  # claim statuses
    "theme": BASE + "theme/",  # reform themes
    "principle": BASE + "principle/",  # funding principles
    "transition": BASE + "transition/",  # transitions of society and labour market
    "group": BASE + "group/",  # target groups and audiences
    "assessment": BASE + "assessment/",  # how a question item was answered
    "parameter": BASE + "parameter/",  # evaluation parameters
    "kind": BASE + "kind/",  # kinds of finding
    "means": BASE + "means/",  # means by which projects work
    "aim": BASE + "aim/",  # aims of projects
    "advice": BASE + "advice-theme/",  # themes of the advice that the table of figures counts
    "unit": BASE + "unit/",  # units of figures
    "graph": BASE + "graph/",  # the layers: ontology, naming, document, provenance
    "claim": BASE + "claim/",  # claims; below it one folder a document
    "doc": BASE + "doc/",  # source documents; their parts are fragments
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",  # concepts, labels, definitions
    "dcterms": "http://purl.org/dc/terms/",  # titles, dates, parts, predecessors, sources
    "foaf": "http://xmlns.com/foaf/0.1/",  # people, groups, documents
    "org": "http://www.w3.org/ns/org#",  # organisations
    "prov": "http://www.w3.org/ns/prov#",  # quotation and derivation
    "oa": "http://www.w3.org/ns/oa#",  # passages: position and quote selectors
    "doco": "http://purl.org/spar/doco/",  # parts of a text: sentence, paragraph, table, title
    "qb": "http://purl.org/linked-data/cube#",  # tables of figures
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-code": "http://purl.org/linked-data/sdmx/2009/code#",
    "cube": "https://cube.link/",  # the datatype of a value that is missing
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

_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


def curie(iri: str) -> str:
    """Shorten an IRI for people (W3C CURIE Syntax 1.0): by its longest known namespace, or not at all.

    >>> curie("https://w3id.org/fot-graph/claim/background/crevits"), curie("https://example.org/")
    ('claim:background/crevits', 'https://example.org/')
    """
    for prefix, namespace in _LONGEST_FIRST:
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand(name: str) -> str:
    """Write a CURIE as the IRI that it stands for. Whatever has no known prefix comes back as it is.

    >>> expand("status:stated"), expand("https://example.org/")
    ('https://w3id.org/fot-graph/status/stated', 'https://example.org/')
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES and not local.startswith("//") else name


def used_in(text: str) -> dict[str, str]:
    """Give the prefixes that a query may use, and perhaps some more: the engine takes its time for each.

    >>> used_in("ASK { ?x fot:informs theme:diversity }").keys() == {"fot", "theme"}
    True
    """
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if f"{prefix}:" in text}


def is_layer(graph: str) -> bool:
    """Tell the layers (ontology, naming, document, provenance) from the claims, by the IRI of a named graph.

    >>> is_layer(expand("graph:naming")), is_layer(expand("claim:background/crevits"))
    (True, False)
    """
    return graph.startswith(PREFIXES["graph"])
