"""Claims as pages show them: what they say, who says it, and the passages that they quote, each with its address."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal

from fot_graph.core.namespaces import PREFIXES
from fot_graph.evidence import claims as evidence
from fot_graph.evidence.units import units_of
from fot_graph.web.pages.common import TermView, address, in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fot_graph.api import Graph
    from fot_graph.core.terms import Solution
    from fot_graph.evidence.units import Units
    from fot_graph.web.pages.common import Namer


class FactView(NamedTuple):
    """What a triple of a claim says."""

    subject: TermView
    relation: TermView
    object: TermView


class QuoteView(NamedTuple):
    """A passage that a claim quotes: its words, where it stands, and the address of that place on the reading page."""

    text: str
    href: str
    line: int
    item: TermView
    document: TermView

    @property
    def line_href(self) -> str:
        """The address of the line in which it begins, on the reading page."""
        return f"{self.href.partition('#')[0]}#line-{self.line}"


class ClaimView(NamedTuple):
    """A claim as pages show it. `status` is 'stated', 'reported' …; `quotes` are in the order of the source.

    `curated` tells whether a person wrote it, not a rule.

    A computed claim quotes nothing itself: `base_quotes` are those of the claims that it was calculated from.
    """

    iri: str
    name: str
    href: str
    status: str
    status_name: TermView
    voice: TermView
    facts: tuple[FactView, ...]
    quotes: tuple[QuoteView, ...]
    rationale: TermView
    sources: tuple[tuple[TermView, TermView], ...]
    bases: tuple[TermView, ...]
    derivation: str
    base_quotes: tuple[QuoteView, ...]
    open_list: bool
    themes: tuple[str, ...]
    curated: bool

    @property
    def document(self) -> TermView:
        """The document that it quotes, or was calculated from; nothing where it quotes none."""
        return next((quote.document for quote in (*self.quotes, *self.base_quotes)), TermView(""))


def claims(graph: Graph, namer: Namer, iris: Iterable[str]) -> dict[str, ClaimView]:
    """Read claims with all that a page shows of them, by their IRIs, in the given order."""
    found = evidence.read(graph.store, iris)
    wanted = [iri for iri in dict.fromkeys(iris) if iri in found]
    said: dict[str, list[Solution]] = {iri: [] for iri in wanted}
    for row in graph.rows(_SAID, wanted):
        said[row[0].value].append(row)
    themes: dict[str, list[str]] = {}
    for row in graph.rows(_THEMES, wanted):
        themes.setdefault(row[0].value, []).append(row[1].value)
    open_lists = {row[0].value for row in graph.rows(_OPEN_LISTS, wanted)}
    of_rules = {row[0].value for row in graph.rows(_OF_RULES, wanted)}
    namer.expect(term for triples in said.values() for row in triples for term in (row[1], row[2], row[3]))
    namer.expect(iri for claim in found.values() for iri in _mentioned_iris(claim))
    units = units_of(graph, ((*row,)[1:] for triples in said.values() for row in triples))
    return {
        iri: _claim(found[iri], said[iri], units, namer)._replace(
            open_list=iri in open_lists, themes=tuple(sorted(themes.get(iri, []))), curated=iri not in of_rules
        )
        for iri in wanted
    }


def quote_of(passage: evidence.Passage, namer: Namer) -> QuoteView:
    """Show a passage with the address of its place."""
    place = namer(passage.iri)
    item = namer(passage.item) if passage.item else TermView("")
    return QuoteView(passage.quote, place.href, passage.line, item, namer(passage.document))


def link_quotes(
    graph: Graph, namer: Namer, found: Iterable[ClaimView]
) -> dict[str, tuple[tuple[QuoteView, ...], tuple[QuoteView, ...]]]:
    """Give the quotes of claims that make a link: those on the subject's side, and those on the object's."""
    by_claim = {claim.iri: claim for claim in found}
    places: dict[tuple[str, str], set[str]] = {}
    for claim, side, passage in graph.rows(_SIDES, by_claim):
        places.setdefault((claim.value, side.value), set()).add(namer(passage).href)

    def of(claim: ClaimView, side: str) -> tuple[QuoteView, ...]:
        return tuple(quoted for quoted in claim.quotes if quoted.href in places.get((claim.iri, side), ()))

    return {iri: (of(claim, _SUBJECT), of(claim, _OBJECT)) for iri, claim in by_claim.items()}


# --- Inside -----------------------------------------------------------------------------------------------------------

_SUBJECT, _OBJECT = PREFIXES["fot"] + "subjectPassage", PREFIXES["fot"] + "objectPassage"
_SIDES = """SELECT ?claim ?side ?passage {
  VALUES ?claim { {about} } VALUES ?side { fot:subjectPassage fot:objectPassage } ?claim ?side ?passage
}"""
_SAID = """SELECT ?claim ?subject ?relation ?object {
  VALUES ?claim { {about} }
  GRAPH ?claim { ?subject ?relation ?object }
}"""
_THEMES = "SELECT ?claim ?theme { VALUES ?claim { {about} } ?claim fot:mentions ?theme . ?theme a fot:Theme }"
_OF_RULES = "SELECT ?claim { VALUES ?claim { {about} } ?claim a fot:FoundClaim }"
_OPEN_LISTS = "SELECT ?claim { VALUES ?claim { {about} } ?claim fot:openList true }"


def _mentioned_iris(claim: evidence.Claim) -> Iterator[str]:
    yield from (claim.iri, claim.status, claim.voice, *claim.sources, *(base.iri for base in claim.derived_from))
    for passage in (*claim.passages, *_calculated_from(claim)):
        yield from (passage.iri, passage.item, passage.document)


def _claim(claim: evidence.Claim, said: Iterable[Solution], units: Units, namer: Namer) -> ClaimView:
    return ClaimView(
        iri=claim.iri,
        name=claim.iri.rpartition("/")[2],
        href=address(claim.iri, namer.lang, namer.graph.namespaces),
        status=claim.status.rpartition("/")[2],
        status_name=namer(claim.status),
        voice=namer(claim.voice),
        facts=tuple(
            FactView(namer(row[1]), namer(row[2]), namer(row[3], units.of(row[1], row[2])))
            for row in sorted(said, key=_triple_sort_key)
        ),
        quotes=tuple(quote_of(passage, namer) for passage in claim.passages),
        rationale=in_language(claim.rationale, namer.lang),
        sources=tuple(
            (namer(source), namer(page) if page else TermView(""))
            for source, page in zip(claim.sources, claim.pages, strict=False)
        ),
        bases=tuple(_base(base, namer) for base in claim.derived_from),
        derivation=claim.derivation,
        base_quotes=tuple(quote_of(passage, namer) for passage in _calculated_from(claim)),
        open_list=False,
        themes=(),
        curated=True,
    )


def _calculated_from(claim: evidence.Claim) -> list[evidence.Passage]:
    """Give the passages on which a calculation rests, each once, in the order of the source."""
    if not claim.derivation:
        return []
    found = {passage for base in claim.derived_from for passage in (*base.passages, *_calculated_from(base))}
    return sorted(found, key=lambda passage: (passage.document, passage.start, passage.end))


def _triple_sort_key(row: Solution) -> tuple[str, ...]:
    """Order the triples of a claim alike whatever engine gave them."""
    return str(row[1]), str(row[2]), row[3].value if isinstance(row[3], Literal) else str(row[3])


def _base(base: evidence.Claim, namer: Namer) -> TermView:
    return namer(base.iri)._replace(text=base.iri.rpartition("/")[2])
