"""What a person names, found in a graph: by IRI, CURIE, label in either language, or local name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from fot_graph.core.errors import UnknownNameError, UsageError, close_matches
from fot_graph.core.namespaces import PACKAGED, URI_SPACE, Namespaces, expand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fot_graph.stores.interface import Index
    from fot_graph.stores.rows import Queryable

RDFS_LABEL, PREF_LABEL = NamedNode(expand("rdfs:label")), NamedNode(expand("skos:prefLabel"))
_ALT_LABEL, _HIDDEN_LABEL = NamedNode(expand("skos:altLabel")), NamedNode(expand("skos:hiddenLabel"))
LOCAL_NAME = re.compile("[#/]")
_LISTED = 10  # of the things that share a name


def namespaces(store: Queryable) -> Namespaces:
    """Give the namespaces of the graph in a store, which says its base in its provenance, or else has the packaged one.

    Raises: `UsageError` for a base that cannot be one.
    """
    found = store.quads_for_pattern(None, NamedNode(URI_SPACE), None, NamedNode(expand("graph:provenance")))
    bases = sorted(quad.object.value for quad in found if isinstance(quad.object, Literal))
    return Namespaces(bases[0] if bases else PACKAGED)


def find(index: Index, name: str, namespaces: Namespaces) -> NamedNode:
    """Find what a person names: by IRI, CURIE, label in either language, or local name.

    A label in another case or with other white space is found where none is exactly so.

    Raises: `UnknownNameError` with near names; `UsageError` listing the candidates of an ambiguous name.
    """
    wanted = _folded(name)
    for candidates in _candidates(index, name.strip(), wanted, namespaces):
        if len(candidates) > 1:
            names = sorted(namespaces.shorten(candidate.value) for candidate in candidates)
            known = [*names[:_LISTED], *(["…"] if len(names) > _LISTED else [])]
            raise UsageError("names-several-things", name=name, known=known)
        if candidates:
            return candidates.pop()
    raise _unknown(index, name, wanted)


def _candidates(index: Index, name: str, wanted: str, namespaces: Namespaces) -> Iterator[set[NamedNode]]:
    """Yield what a name may stand for, the surest way of naming first."""
    node = _node(namespaces.expand(name.removeprefix("<").removesuffix(">")))
    yield {node} if node and index.knows(node) else set()
    for properties in ((PREF_LABEL, RDFS_LABEL), (_ALT_LABEL, _HIDDEN_LABEL)):
        yield set(index.named(name, *properties))
        yield {thing for thing, label in index.names_like(name, *properties) if _folded(label.value) == wanted}
    if name:
        nodes = (_node(namespace + name) for namespace in namespaces.prefixes.values())
        yield set(index.subjects_among([node for node in nodes if node]))
        yield {thing for thing in index.subjects_like(name) if LOCAL_NAME.split(thing.value)[-1] == name}


def _unknown(index: Index, name: str, wanted: str) -> UnknownNameError:
    labels = set(index.preferred_labels())
    by_folded = {_folded(label): label for label in sorted(labels, reverse=True)}  # 'SERV' before 'serv'
    near = [by_folded[label] for label in close_matches(wanted, by_folded)]
    return UnknownNameError("name", name, labels, near, hint="give-label-or-curie")


def _node(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
