"""The page of a claim: what it says, the words that it rests on, the reasons, and how to cite it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal

from fot_graph.core import media_types
from fot_graph.core.errors import UnknownNameError
from fot_graph.core.terms import is_iri, node
from fot_graph.formats import citation, cited_claim
from fot_graph.questions.facts import Entity
from fot_graph.web.endpoint import describing
from fot_graph.web.pages.claim_views import ClaimView, QuoteView, claims, link_quotes
from fot_graph.web.pages.common import Namer, in_language
from fot_graph.web.pages.page import Download, Page

if TYPE_CHECKING:
    from starlette.requests import Request

    from fot_graph.api import Graph


class ClaimPage(NamedTuple):
    """A claim with what surrounds it: the claims that it derives from, those that derive from it, and citations.

    Of what a rule found there are no citations, and `curation` says what that is: nobody curated it.
    """

    claim: ClaimView
    path: str
    subject_quotes: tuple[QuoteView, ...]
    object_quotes: tuple[QuoteView, ...]
    bases: tuple[ClaimView, ...]
    followers: tuple[ClaimView, ...]
    citations: tuple[tuple[str, str], ...]
    curation: str


def claim_page(graph: Graph, lang: str, name: str) -> ClaimPage:
    """Give a claim by its name below the namespace of claims. Raises: `UnknownNameError` with near names."""
    iri = graph.namespaces.claim(name)
    namer = Namer(graph, lang)
    found = claims(graph, namer, [iri]) if is_iri(iri) else {}
    if iri not in found:
        near = describing.similar_paths(graph, f"claim/{name}")
        raise UnknownNameError("claim", name, [], [path.removeprefix("claim/") for path in near])
    following = [row[0].value for row in graph.rows(_FOLLOWERS, [iri])]
    bases = [row[0].value for row in graph.rows(_BASES, [iri])]
    others = claims(graph, namer, [*bases, *following])
    is_curated = found[iri].curated
    subject, object_ = link_quotes(graph, namer, [found[iri]])[iri]
    return ClaimPage(
        found[iri],
        f"claim/{name}",
        subject,
        object_,
        tuple(others[each] for each in bases if each in others),
        tuple(others[each] for each in following if each in others),
        tuple(
            (name, citation.cite(graph, iri, name, lang))
            for name in media_types.formats_holding(media_types.CITATION)
            if is_curated
        ),
        cited_claim.curation(graph, iri, lang) if is_curated else _meaning(graph, _kind(found[iri]), lang),
    )


def claim_citation(graph: Graph, lang: str, name: str, format_: str) -> str:
    """Cite a claim. Raises: `UnknownNameError`."""
    return citation.cite(graph, claim_page(graph, lang, name).claim.iri, format_, lang)


# --- Inside ----------------------------------------------------------------------------------------------------------

_FOLLOWERS = (
    "SELECT ?claim { VALUES ?base { {about} } ?claim prov:wasDerivedFrom ?base ; a fot:Claim } ORDER BY ?claim LIMIT 50"
)
_BASES = "SELECT ?base { VALUES ?claim { {about} } ?claim prov:wasDerivedFrom ?base } ORDER BY ?base LIMIT 50"


def _kind(claim: ClaimView) -> str:
    return "status:found" if claim.status == "found" else "fot:FoundClaim"


def _meaning(graph: Graph, name: str, lang: str) -> str:
    told = Entity(graph, node(name)).values("skos:definition")
    return in_language([(text.language or "", text.value) for text in told if isinstance(text, Literal)], lang).text


# --- The page --------------------------------------------------------------------------------------------------------


def _name(request: Request) -> dict[str, Any]:
    return {"name": request.path_params["name"]}


def _citation(request: Request) -> Download | None:
    """Give the citation in the format that is asked for, if it is."""
    if "cite" not in request.query_params:
        return None
    name = request.query_params["cite"]
    format_ = media_types.formats_holding(media_types.CITATION).get(name)
    media_type = format_.media_types[0] if format_ else "text/plain"
    return Download("", media_type, claim_citation, lambda request: {**_name(request), "format_": name})


PAGES = (Page("page/claim/{name:path}", "claim.html", claim_page, _name, instead=_citation),)
