"""What a person names, found in a graph: by IRI, CURIE, label in either language, local name, or a part of a label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from fot_graph.core.close_matches import close_matches
from fot_graph.core.errors import AmbiguousNameError, UnknownNameError
from fot_graph.core.escaping import without_surrogates
from fot_graph.core.namespaces import PACKAGED, URI_SPACE, Namespaces
from fot_graph.core.terms import node
from fot_graph.core.words import LANGUAGES
from fot_graph.stores import likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from fot_graph.core.terms import Solution
    from fot_graph.stores.interface import Index
    from fot_graph.stores.rows import Queryable

RDFS_LABEL, PREF_LABEL = node("rdfs:label"), node("skos:prefLabel")
_ALT_LABEL, _HIDDEN_LABEL = node("skos:altLabel"), node("skos:hiddenLabel")
LOCAL_NAME = re.compile("[#/]")
_LISTED = 10  # of the things that a name may stand for


def namespaces(store: Queryable) -> Namespaces:
    """Give the namespaces of the graph in a store, which says its base in its provenance, or else has the packaged one.

    Raises: `UsageError` for a base that cannot be one.
    """
    found = store.quads_for_pattern(None, NamedNode(URI_SPACE), None, node("graph:provenance"))
    bases = sorted(quad.object.value for quad in found if isinstance(quad.object, Literal))
    return Namespaces(bases[0] if bases else PACKAGED)


def find(index: Index, name: str, namespaces: Namespaces) -> NamedNode:
    """Find what a person names: by IRI, CURIE, label in either language, or local name.

    Where none is exactly so, a label is found that differs in case or white space; then one that differs in accents,
    apostrophes, hyphens, the order of its words or a plural; then the one thing in whose labels the words stand.

    Raises: `UnknownNameError` with near names; `AmbiguousNameError` with the things that a name may stand for.
    """
    name = without_surrogates(name)
    wanted = _case_folded(name)
    for candidates in _candidates(index, name.strip(), wanted, namespaces):
        if len(candidates) > 1:
            raise _ambiguous(index, name, sorted(candidates, key=str), namespaces)
        if candidates:
            return candidates.pop()
    ranks = {} if ":" in name else _holding(index, name)  # with a colon it is a CURIE or an IRI
    things = sorted(ranks, key=lambda thing: (ranks[thing], namespaces.shorten(thing.value)))
    if not things:
        raise _unknown_name_error(index, name, wanted)
    best = ranks[things[0]][0]
    same = [thing for thing in things if best <= likeness.SAME and ranks[thing][0] == best]
    if len(same or things) > 1:
        raise _ambiguous(index, name, same or things, namespaces, partly=not same)
    return things[0]


def _candidates(index: Index, name: str, wanted: str, namespaces: Namespaces) -> Iterator[set[NamedNode]]:
    """Yield what a name may stand for, the surest way of naming first."""
    node = _node(namespaces.expand(name.removeprefix("<").removesuffix(">")))
    yield {node} if node and index.knows(node) else set()
    for properties in ((PREF_LABEL, RDFS_LABEL), (_ALT_LABEL, _HIDDEN_LABEL)):
        yield set(index.named(name, *properties))
        yield {thing for thing, label in index.names_like(name, *properties) if _case_folded(label.value) == wanted}
    if name:
        nodes = (_node(namespace + name) for namespace in namespaces.prefixes.values())
        yield set(index.subjects_among([node for node in nodes if node]))
        yield {thing for thing in index.subjects_like(name) if LOCAL_NAME.split(thing.value)[-1] == name}


def _holding(index: Index, name: str) -> dict[NamedNode, tuple[int, int]]:
    """Give the things in whose names these words stand, with the rank and the length of the best of their names."""
    words = likeness.folded(name)
    found = index.names_holding(words, PREF_LABEL, RDFS_LABEL, _ALT_LABEL, _HIDDEN_LABEL) if words else ()
    best: dict[NamedNode, tuple[int, int]] = {}
    for thing, label in found:
        rank = likeness.rank(name, label.value)
        if rank is not None:
            best[thing] = min(best.get(thing, (rank, len(label.value))), (rank, len(label.value)))
    return best


def _ambiguous(
    index: Index, name: str, things: Sequence[NamedNode], namespaces: Namespaces, *, partly: bool = False
) -> AmbiguousNameError:
    names = [namespaces.shorten(thing.value) for thing in things[:_LISTED]]
    told = zip(names, index.described(things[:_LISTED]), strict=True)
    return AmbiguousNameError(name, list(told), len(things), partly=partly)


def _unknown_name_error(index: Index, name: str, wanted: str) -> UnknownNameError:
    labels = set(index.preferred_labels())
    by_folded = {_case_folded(label): label for label in sorted(labels, reverse=True)}  # capitals before small letters
    near = [by_folded[label] for label in close_matches(wanted, by_folded)]
    return UnknownNameError("name", name, labels, near, hint="give-label-or-curie")


def described(
    things: Sequence[NamedNode],
    rows: Callable[[str, Iterable[NamedNode]], Iterable[Solution]],
    label: Callable[[str, str], str],
) -> list[dict[str, str]]:
    """Give of each thing by language its name, with its types in brackets, by what a graph has for rows and labels."""
    types: dict[NamedNode, list[str]] = {}
    for thing, kind in rows("SELECT ?thing ?kind { VALUES ?thing { {about} } ?thing a ?kind }", things):
        types.setdefault(thing, []).append(kind.value)
    return [{lang: _told(thing, types.get(thing, ()), lang, label) for lang in LANGUAGES} for thing in things]


def _told(thing: NamedNode, types: Iterable[str], lang: str, label: Callable[[str, str], str]) -> str:
    kinds = ", ".join(sorted({label(kind, lang) for kind in types}))
    return f"{label(thing.value, lang)} ({kinds})" if kinds else label(thing.value, lang)


def _node(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None


def _case_folded(name: str) -> str:
    return " ".join(name.split()).casefold()
