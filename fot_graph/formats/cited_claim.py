"""Gathers what a citation of a claim says: the words of its source, who says them and where, in which documents.

What the document does not say is left out. Words that the answer relays go to whom it relays; what the editors read,
compute or take from elsewhere goes to them, with the passages, claims or sources that it comes from.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from fot_graph.core import terms
from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.core.escaping import without_surrogates
from fot_graph.core.tables import one_line
from fot_graph.core.terms import iri_of, text_of
from fot_graph.core.words import texts
from fot_graph.evidence import claims
from fot_graph.evidence.units import units_of
from fot_graph.formats.cited_words import CitedDocument, CitedWords, QuotedDocuments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fot_graph.core.namespaces import Namespaces
    from fot_graph.evidence.claims import Claim, Passage
    from fot_graph.stores.interface import StoredGraph


class CitedSource(NamedTuple):
    """Another public source, as far as it is known."""

    iri: str
    label: str
    title: str
    publisher: str
    issued: str
    pages: tuple[str, ...]


class Citation(NamedTuple):
    """What there is to say of a claim, in one language; `statement` is what the claim says, in labels."""

    claim: Claim
    namespaces: Namespaces
    lang: str
    status: str
    voice: str
    statement: str
    words: tuple[CitedWords, ...]
    documents: tuple[CitedDocument, ...]
    sources: tuple[CitedSource, ...]
    curation: str


def find(graph: StoredGraph, name: str) -> str:
    """Find the claim that a person names and give its IRI. Raises what `cite` raises."""
    whole = graph.namespaces.expand(name.strip().removeprefix("<").removesuffix(">"))
    if terms.is_iri(whole) and any(graph.rows(_IS_CLAIM, [whole])):
        return whole
    name = without_surrogates(name)
    named = [iri_of(row[0]) for row in graph.rows(_NAMED.format(name=Literal(f"/{name.strip()}")))]
    if not named:
        raise _no_claim(graph, name)
    if len(named) > 1:
        raise UsageError("names-several-claims", name=name, known=[*map(graph.namespaces.shorten, named)])
    return named[0]


def citation(graph: StoredGraph, iri: str, lang: str) -> Citation:
    """Gather what there is to say of a claim."""
    claim = claims.read(graph.store, [iri])[iri]
    owned = sorted(set(_owned(claim)), key=lambda pair: (pair[0].document, pair[0].start, pair[0].end, pair[1].iri))
    scene = QuotedDocuments(graph, [passage for own, said_by in owned for passage in (own, *said_by.passages)], lang)
    return Citation(
        claim,
        graph.namespaces,
        lang,
        graph.label(claim.status, lang),
        graph.label(claim.voice, lang),
        _statement(graph, iri, lang),
        tuple(scene.words(owned)),
        tuple(scene.documents.values()),
        tuple(_sources(graph, claim.sources, lang)),
        curation(graph, iri, lang),
    )


def curation(graph: StoredGraph, iri: str, lang: str) -> str:
    """Say who curated a claim, on which day, and whether anyone else reviewed it."""
    said = texts("citation", lang)
    curators, days, reviewers = ({row[at] for row in graph.rows(_CURATION, [iri]) if row[at]} for at in range(3))
    who = ", ".join(sorted(graph.label(iri_of(curator), lang) for curator in curators))
    day = ", ".join(sorted(terms.literal_text(each, lang) for each in days if isinstance(each, Literal)))
    curated = said["curated-on"].format(who, day) if who and day else said["curated"].format(who) if who else ""
    by = ", ".join(sorted(graph.label(iri_of(reviewer), lang) for reviewer in reviewers))
    return " ".join(filter(None, [curated, said["reviewed"].format(by) if by else said["not-reviewed"]]))


_CURATION = """SELECT ?curator ?day ?reviewer {
  VALUES ?claim { {about} } ?claim a fot:Claim .
  OPTIONAL { ?claim pav:curatedBy ?curator } OPTIONAL { ?claim pav:curatedOn ?day }
  OPTIONAL { ?claim fot:reviewedBy ?reviewer }
}"""


# --- Finding ---------------------------------------------------------------------------------------------------------

_IS_CLAIM = "SELECT ?claim { VALUES ?claim { {about} } ?claim a fot:Claim }"
_NAMED = "SELECT ?claim {{ ?claim a fot:Claim FILTER(STRENDS(STR(?claim), {name})) }} ORDER BY ?claim LIMIT 6"
_SOME = "SELECT ?claim { ?claim a fot:Claim } LIMIT 5000"  # a name is compared with these


def _no_claim(graph: StoredGraph, name: str) -> UsageError:
    """Say what a name is that is not that of a claim, or which claims are named nearly so."""
    known = {iri_of(row[0]).rpartition("/")[2] for row in graph.rows(_SOME)}  # a hundred and more: too many for a line
    near = UnknownNameError("claim", name, known, hint="coverage-lists-claims")
    try:
        found = graph.namespaces.shorten(graph.find(name).value)
    except UsageError:
        return near
    hint = "did-you-mean" if near.near else None
    return UsageError("is-no-claim", hint, name=found, near=near.near)


# --- Passages, and the claims that say their words -------------------------------------------------------------------


def _owned(claim: Claim) -> Iterator[tuple[Passage, Claim]]:
    """Give the passages of a claim, or of those that it is computed from, each with the claim that says its words."""
    for passage in claim.passages:
        yield passage, next((base for base in claim.derived_from if _says(base, passage)), claim)
    if not claim.passages:
        for base in claim.derived_from:
            yield from _owned(base)


def _says(claim: Claim, passage: Passage) -> bool:
    """Tell whether a claim quotes words of the passage."""
    same = (other for other in claim.passages if other.document == passage.document)
    return any(other.start < passage.end and passage.start < other.end for other in same)


# --- What the claim says, and other sources --------------------------------------------------------------------------

_SAID = "SELECT ?subject ?relation ?object {{ GRAPH {claim} {{ ?subject ?relation ?object }} }}"
_SOURCES = """SELECT ?source ?property ?value {
  VALUES ?source { {about} }
  VALUES ?property { dcterms:title dcterms:publisher dcterms:issued foaf:page }
  ?source ?property ?value .
}"""


def _statement(graph: StoredGraph, iri: str, lang: str) -> str:
    """Read the triples of a claim by their labels, one subject after the other."""
    labels, blanks = graph.labels(lang), terms.blank_names()
    rows = [tuple(row) for row in graph.rows(_SAID.format(claim=NamedNode(iri)))]
    spoken = {row[:2] for row in rows if getattr(row[2], "language", None) == lang}
    kept = (row for row in rows if row[:2] not in spoken or getattr(row[2], "language", None) == lang)
    name = graph.namespaces.shorten
    units = units_of(graph, rows)
    said = sorted(
        {
            tuple(terms.display_text(term, labels, blanks, lang, name, units.of(*row[:2])) for term in row)
            for row in kept
        }
    )
    subjects = []
    for subject, about in groupby(said, key=lambda row: row[0]):
        relations = groupby(about, key=lambda row: row[1])
        told = "; ".join(f"{name} {', '.join(row[2] for row in members)}" for name, members in relations)
        subjects.append(f"{subject} – {told}")
    return one_line(". ".join([*subjects[:1], *map(capitalized, subjects[1:])]))


def capitalized(text: str) -> str:
    """Give a text a capital, as it has where a sentence begins."""
    return text[:1].upper() + text[1:]


def _sources(graph: StoredGraph, iris: Sequence[str], lang: str) -> Iterator[CitedSource]:
    known: dict[tuple[str, str], list[str]] = {}
    for source, property_, value in graph.rows(_SOURCES, iris):
        name = iri_of(property_).rpartition("/")[2]
        text = graph.label(iri_of(value), lang) if name == "publisher" else text_of(value)
        known.setdefault((iri_of(source), name), []).append(text)
    for iri in iris:
        title, publisher, issued = (min(known.get((iri, name), [""])) for name in ("title", "publisher", "issued"))
        yield CitedSource(
            iri, graph.label(iri, lang), title, publisher, issued, tuple(sorted(known.get((iri, "page"), [])))
        )
