"""The names that a graph has for what texts name: what rules look for, and who a head may mean."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from fot_graph.claims.layers import NAMING, ONTOLOGY
from fot_graph.core.namespaces import is_layer
from fot_graph.core.terms import iri_of, node
from fot_graph.text.finding.names import NameList

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fot_graph.core.namespaces import Namespaces
    from fot_graph.core.terms import Term

_TYPE, _SUB_CLASS = node("rdf:type"), node("rdfs:subClassOf")
_STATUS, _STATED, _VOICE = node("fot:status"), node("status:stated"), node("fot:voice")
_PERSON = node("foaf:Person")
_AGENTS = frozenset((_PERSON, node("foaf:Agent"), node("org:Organization")))
_NAMED = frozenset((_PERSON, node("org:Organization"), node("fot:Policy")))
_LABELS = frozenset(map(node, ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "rdfs:label")))
_OF_HEADS = frozenset(
    map(
        node,
        (
            *("dcterms:identifier", "dcterms:issued", "dcterms:creator", "dcterms:title"),
            *("schema:toRecipient", "fot:resolvesTo"),
        ),
    )
)


class Known(NamedTuple):
    """What has a name that all documents share: `names` of persons, organisations and policies.

    `agents` are those of persons and organisations alone, `people` the IRIs of the persons.
    """

    names: NameList
    agents: NameList
    people: frozenset[Term]


def names_in(quads: Iterable[Quad], namespaces: Namespaces) -> Known:
    """Give the labels of persons, organisations and policies in the names and the ontology of a graph.

    What only a document names is left out.
    """
    given = [quad for quad in quads if quad.graph_name in (NAMING, ONTOLOGY)]
    labels = [quad for quad in given if quad.predicate in _LABELS]
    return Known(
        _list(labels, _members(given, _NAMED), namespaces),
        _list(labels, _members(given, _AGENTS), namespaces),
        frozenset(_members(given, {_PERSON})),
    )


def _members(given: Sequence[Quad], kinds: Iterable[Term]) -> set[Term]:
    classes: set[Term] = {*kinds}
    for _ in range(3):  # levels of classes below these
        classes |= {quad.subject for quad in given if quad.predicate == _SUB_CLASS and quad.object in classes}
    return {quad.subject for quad in given if quad.predicate == _TYPE and quad.object in classes}


def _list(labels: Iterable[Quad], wanted: set[Term], namespaces: Namespaces) -> NameList:
    pairs = ((label.object, label.subject) for label in labels if label.subject in wanted)
    return NameList(
        (text.value, thing.value)
        for text, thing in pairs
        if isinstance(text, Literal) and isinstance(thing, NamedNode) and not namespaces.document_name(thing.value)
    )


class Said(NamedTuple):
    """What the claims and the names of a document say already that its head could say too.

    `said` are subjects with a property that claims give them; `names` the names of the document's own agents, in small
    letters, with who bears them; `people` the persons among these; `speakers` those in whose voice claims state things.
    """

    said: frozenset[tuple[Term, NamedNode]] = frozenset()
    names: Mapping[str, NamedNode] = {}
    people: frozenset[Term] = frozenset()
    speakers: frozenset[NamedNode] = frozenset()


def said_in(quads: Iterable[Quad], namespaces: Namespaces) -> dict[str, Said]:
    """Give what quads of claims and names say of each document; what rules find is not among these."""
    own: defaultdict[str, list[Quad]] = defaultdict(list)
    stated: set[Term] = set()
    for quad in quads:
        if quad.predicate == _STATUS and quad.object == _STATED:
            stated.add(quad.subject)
        term = quad.object if quad.predicate == _VOICE else quad.subject
        if isinstance(term, NamedNode) and (name := namespaces.document_name(term.value)):
            own[re.split("[/#]", name, maxsplit=1)[0]].append(quad)
    return {name: _said(of_document, stated) for name, of_document in own.items()}


def _said(quads: Sequence[Quad], stated: set[Term]) -> Said:
    named = [quad for quad in quads if quad.graph_name == NAMING]
    agents = {quad.subject for quad in named if quad.predicate == _TYPE and quad.object in _AGENTS}
    people = {quad.subject for quad in named if quad.predicate == _TYPE and quad.object == _PERSON}
    bearers: defaultdict[str, set[NamedNode]] = defaultdict(set)
    for quad in named:
        if quad.predicate in _LABELS and quad.subject in agents and isinstance(quad.subject, NamedNode):
            bearers[quad.object.value.casefold() if isinstance(quad.object, Literal) else ""].add(quad.subject)
    said = ((quad.subject, quad.predicate) for quad in quads if not is_layer(iri_of(quad.graph_name)))
    voices = (quad.object for quad in quads if quad.predicate == _VOICE and quad.subject in stated)
    return Said(
        frozenset(each for each in said if each[1] in _OF_HEADS),
        {name: min(things, key=str) for name, things in bearers.items() if len(things) == 1},
        frozenset(people),
        frozenset(voice for voice in voices if isinstance(voice, NamedNode)),
    )
