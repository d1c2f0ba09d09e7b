"""One fixed order for whatever is written, so that the same data gives the same bytes in every form.

What a reader wants to see first of a thing comes first: its types, its names, its definition.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad, Triple

from fot_graph.core.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fot_graph.core.terms import Term

    Item = TypeVar("Item")
    Key = TypeVar("Key")

RDF_TYPE = PREFIXES["rdf"] + "type"
_FIRST = [  # of a subject; the other properties follow in alphabetical order
    RDF_TYPE,
    *(PREFIXES["skos"] + name for name in ("prefLabel", "altLabel", "hiddenLabel")),
    PREFIXES["rdfs"] + "label",
    PREFIXES["dcterms"] + "title",
    PREFIXES["skos"] + "definition",
]
_RANKS = {iri: rank for rank, iri in enumerate(_FIRST)}
_LAYERS = [PREFIXES["graph"] + name for name in ("ontology", "naming", "document", "provenance")]


def sorted_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Give blank nodes, if any, names that don't change from run to run (RDFC-1.0), and quads one order."""
    dataset = Dataset(quads)
    if any(isinstance(term, BlankNode) for quad in dataset for term in (quad.subject, quad.object)):
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(dataset, key=str)


def sorted_triples(triples: Iterable[Triple]) -> list[Triple]:
    """Do the same for triples."""
    return [quad.triple for quad in sorted_quads(Quad(*triple) for triple in triples)]


def by_graph(quads: Iterable[Quad]) -> Iterator[tuple[NamedNode | BlankNode | None, list[Triple]]]:
    """Yield each graph with its triples: the layers, then the default graph (None), then the claims."""
    graphs = grouped(sorted_quads(quads), lambda quad: quad.graph_name)
    for name, members in sorted(graphs.items(), key=lambda item: _graph_sort_key(item[0])):
        yield (name if isinstance(name, (NamedNode, BlankNode)) else None), [quad.triple for quad in members]


def by_subject(triples: Iterable[Triple]) -> Iterator[tuple[Term, list[tuple[NamedNode, list[Term]]]]]:
    """Yield each subject with its properties, and each property with its values, all in their order."""
    subjects = grouped(triples, lambda triple: triple.subject)
    for subject, about in sorted(subjects.items(), key=lambda item: natural_sort_key(str(item[0]))):
        properties = grouped(about, lambda triple: triple.predicate)
        ordered = sorted(properties.items(), key=lambda item: _property_sort_key(item[0].value))
        yield subject, [(name, sorted((t.object for t in found), key=_value_sort_key)) for name, found in ordered]


def grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    """Put items that share a key together, in the order of first sight."""
    groups: dict[Key, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def natural_sort_key(text: str) -> str:
    """Give a key that sorts numbers in a text by value, so that passage 99 stands before passage 100.

    >>> sorted(["#char=100,120", "#char=99,100"], key=natural_sort_key)
    ['#char=99,100', '#char=100,120']
    """
    return re.sub(r"\d+", lambda found: found[0].zfill(9), text) + "\0" + text


def _property_sort_key(predicate: str) -> tuple[int, str]:
    return (_RANKS.get(predicate, len(_RANKS)), predicate)


def _value_sort_key(term: Term) -> tuple[str, str]:
    """Put the same languages in the same order everywhere."""
    return (getattr(term, "language", None) or "", natural_sort_key(str(term)))


def _graph_sort_key(name: object) -> tuple[int, str]:
    iri = name.value if isinstance(name, NamedNode) else ""
    return (_LAYERS.index(iri) if iri in _LAYERS else len(_LAYERS), natural_sort_key(iri))
