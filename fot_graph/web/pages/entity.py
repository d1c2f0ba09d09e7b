"""The page of a thing: its names, what the claims say of it with their quotes, and what surrounds it as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from fot_graph.core.errors import UnknownNameError
from fot_graph.evidence.units import units_of
from fot_graph.questions import facts
from fot_graph.questions.facts import Entity
from fot_graph.web.endpoint import describing
from fot_graph.web.pages.around import DirectedFact, draw_around
from fot_graph.web.pages.claim_views import ClaimView, claims
from fot_graph.web.pages.common import Namer, TermView
from fot_graph.web.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from starlette.requests import Request

    from fot_graph.api import Graph
    from fot_graph.pictures.drawing import Drawing


READ = 500  # facts of a thing: a page with more would be of no use


class FactGroup(NamedTuple):
    """The facts of one relation in one direction."""

    way: str
    relation: TermView
    facts: tuple[DirectedFact, ...]


class EntityView(NamedTuple):
    """A thing. `names` are by language; `left_out` counts what the picture does not show.

    `cut` tells that there are more than the `READ` facts that a page reads. Of a status, `claims` are those that have
    it, and `claims_cut` tells that there are more than `READ`.
    """

    iri: str
    thing: TermView
    path: str
    names: tuple[tuple[str, tuple[str, ...]], ...]
    other_names: tuple[TermView, ...]
    types: tuple[TermView, ...]
    definition: TermView
    texts: tuple[TermView, ...]
    outside: tuple[TermView, ...]
    groups: tuple[FactGroup, ...]
    picture: Drawing
    left_out: int
    total: int
    cut: bool
    claims: tuple[ClaimView, ...]
    claims_cut: bool


def thing(graph: Graph, lang: str, path: str) -> EntityView:
    """Give what there is to say of the thing at a path below our own namespace ('id/some-name').

    Raises: `UnknownNameError` where the graph does not know it.
    """
    entity = known_entity(graph, graph.namespaces.at(path))
    namer = Namer(graph, lang)
    said, cut = facts_about(graph, namer, entity.node)
    types = [term for term in entity.values("rdf:type") if isinstance(term, NamedNode)]
    same = [term for name in _SAME for term in entity.values(name)]
    namer.expect([entity.node, *types, *same])
    of_status = [row[0].value for row in graph.rows(_OF_STATUS, [entity.iri])]
    drawn, left_out = draw_around(namer(entity.node), [(entity.name, said)], _MOST)
    return EntityView(
        iri=entity.iri,
        thing=namer(entity.node),
        path=path,
        names=tuple((tongue, tuple(entity.names(tongue))) for tongue in ("nl", "en")),
        other_names=tuple(_texts(entity, "skos:altLabel", "skos:hiddenLabel")),
        types=tuple(sorted(map(namer, types))),
        definition=_texts_in_language(lang, list(_texts(entity, "skos:definition"))),
        texts=tuple(_texts(entity, "prov:value")),
        outside=tuple(namer(term) for term in same),
        groups=tuple(_groups(said)),
        picture=drawn,
        left_out=left_out,
        total=len(said),
        cut=cut,
        claims=tuple(claims(graph, namer, of_status[:READ]).values()),
        claims_cut=len(of_status) > READ,
    )


def known_entity(graph: Graph, iri: str) -> Entity:
    """Give a thing that the graph knows. Raises: `UnknownNameError` with near names."""
    try:
        node = NamedNode(iri)
    except ValueError:
        raise _unknown(graph, iri) from None
    pattern = f"{{ {node} ?p ?o }} UNION {{ ?s ?p {node} }} UNION {{ GRAPH {node} {{ ?s ?p ?o }} }}"
    if not any(graph.rows(f"SELECT ?p {{ {pattern} }} LIMIT 1")):
        raise _unknown(graph, iri)
    return Entity(graph, node)


def facts_about(
    graph: Graph, namer: Namer, node: NamedNode, statuses: Collection[str] = ()
) -> tuple[list[DirectedFact], bool]:
    """Give the facts about a thing, in the order of their relations, and whether there are more than `READ`."""
    read = facts.Entity(graph, node).shown_facts(statuses, READ + 1)
    found = [
        fact
        for fact in read[:READ]
        if not statuses or (fact.status and fact.status.value.rpartition("/")[2] in statuses)
    ]
    judged = claims(graph, namer, [fact.claim.value for fact in found])
    namer.expect(
        term for fact in found for term in (fact.subject, fact.relation, fact.object) if not isinstance(term, Literal)
    )
    units = units_of(graph, found)
    said = [
        DirectedFact(
            "out" if fact.subject == node else "in" if fact.object == node else "",
            namer(fact.subject),
            namer(fact.relation),
            namer(fact.object, units.of(fact.subject, fact.relation)),
            judged[fact.claim.value],
        )
        for fact in found
        if fact.claim.value in judged
    ]
    said.sort(key=lambda each: (_WAYS.index(each.way), each.relation.text.casefold(), each.other.text.casefold()))
    return said, len(read) > READ


# --- Inside ----------------------------------------------------------------------------------------------------------

_MOST = 24  # facts of a picture
_OF_STATUS = f"""SELECT ?claim {{
  VALUES ?status {{ {{about}} }} ?claim fot:status ?status
}} ORDER BY ?claim LIMIT {READ + 1}"""
_WAYS = ("out", "in", "")
_SAME = ("owl:sameAs", "skos:exactMatch", "skos:closeMatch", "foaf:page")


def _unknown(graph: Graph, iri: str) -> UnknownNameError:
    namespaces = graph.namespaces
    path = namespaces.path(iri)
    near = [] if path is None else describing.similar_paths(graph, path)
    known_ones = [namespaces.shorten(namespaces.at(other)) for other in near]
    return UnknownNameError("thing", namespaces.shorten(iri), [], known_ones)


def _texts(entity: Entity, *names: str) -> Iterator[TermView]:
    for name in names:
        found = [term for term in entity.values(name) if isinstance(term, Literal)]
        yield from sorted(TermView(term.value, term.language or "") for term in found)


def _texts_in_language(lang: str, texts: Iterable[TermView]) -> TermView:
    return max(texts, key=lambda text: text.lang == lang, default=TermView(""))


def _groups(said: Sequence[DirectedFact]) -> Iterator[FactGroup]:
    groups: dict[tuple[str, TermView], list[DirectedFact]] = {}
    for each in said:
        groups.setdefault((each.way, each.relation), []).append(each)
    for (way, relation), members in groups.items():
        yield FactGroup(way, relation, tuple(members))


# --- The page --------------------------------------------------------------------------------------------------------


def _path(request: Request) -> dict[str, Any]:
    return {"path": request.path_params["path"]}


PAGES = (Page("page/{path:path}", "entity.html", thing, _path),)
