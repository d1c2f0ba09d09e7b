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
from fot_graph.core.fragments import Span
from fot_graph.core.namespaces import PREFIXES, Namespaces
from fot_graph.core.tables import one_line
from fot_graph.core.terms import iri_of
from fot_graph.core.words import texts
from fot_graph.evidence import claims
from fot_graph.evidence.units import units_of
from fot_graph.formats.bibliography import Author
from fot_graph.text.passages import joined_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from fot_graph.core.terms import Solution, Term
    from fot_graph.evidence.claims import Claim, Passage
    from fot_graph.stores.interface import StoredGraph


class CitedWords(NamedTuple):
    """What one speaker says in one place of a document; `place` names it, `addresses` are IRIs of passages.

    `author` is whose words they are, '' if unknown; `speaker` tells also who relays them ('…, as reported by …').
    """

    quote: str
    author: str
    speaker: str
    place: str
    addresses: tuple[str, ...]


class CitedDocument(NamedTuple):
    """A written question, as far as it tells of itself: `kind` has its number ('written question 41').

    `page` is the address at which it was published, '' where that is not known.
    """

    iri: str
    title: str
    kind: str
    number: str
    author: Author
    issued: str
    page: str
    answered: bool
    language: str


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
    scene = _QuotedDocuments(graph, [passage for own, said_by in owned for passage in (own, *said_by.passages)], lang)
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


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, Literal) else ""


# --- Words, and who says them ----------------------------------------------------------------------------------------

_QUESTION, _ANSWER = PREFIXES["sro"] + "InitiatiefrechtVraag", PREFIXES["sro"] + "InitiatiefrechtAntwoord"
_DOCUMENTS = """SELECT ?document ?text ?title ?number ?issued ?author ?person ?page ?answer ?tongue {
  VALUES ?document { {about} }
  ?document prov:value ?text ; dcterms:language ?tongue .
  OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?document foaf:page ?page }
  OPTIONAL {
    ?document dcterms:hasPart ?question . ?question a sro:InitiatiefrechtVraag .
    OPTIONAL { ?question dcterms:identifier ?number }
    OPTIONAL { ?question dcterms:issued ?issued }
    OPTIONAL { ?question dcterms:creator ?author OPTIONAL { ?author a ?person FILTER(?person = foaf:Person) } }
    OPTIONAL { ?answer eli-dl:answers_to ?question }
  }
}"""
_HALVES = """SELECT ?passage ?half ?kind {
  VALUES ?passage { {about} }
  ?passage fot:standsIn/dcterms:isPartOf* ?half .
  ?half a ?kind FILTER(?kind IN (sro:InitiatiefrechtVraag, sro:InitiatiefrechtAntwoord))
}"""
_ANSWERING = """SELECT DISTINCT ?document ?voice {
  VALUES ?document { {about} }
  ?passage oa:hasSource ?document .
  ?claim prov:wasQuotedFrom ?passage ; fot:voice ?voice FILTER EXISTS { ?claim a fot:Claim ; fot:status status:stated }
}"""
_RELAYED = {
    ("en", "reported"): "{}, as reported by {}",
    ("en", "quoted"): "{}, as quoted by {}",
    ("nl", "reported"): "{}, zoals weergegeven door {}",
    ("nl", "quoted"): "{}, zoals geciteerd door {}",
}
_UNNAMED = {
    ("en", _QUESTION): "the questioner",
    ("en", _ANSWER): "the answer",
    ("nl", _QUESTION): "de vraagsteller",
    ("nl", _ANSWER): "het antwoord",
}


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


class _QuotedDocuments:
    """The documents that passages stand in, and who speaks in each half of them."""

    def __init__(self, graph: StoredGraph, passages: Sequence[Passage], lang: str) -> None:
        self.lang = lang
        self.label: Callable[[str], str] = lambda iri: graph.label(iri, lang)
        iris = sorted({passage.document for passage in passages})
        rows = {iri_of(row[0]): row for row in graph.rows(_DOCUMENTS, iris)}
        self.texts = {iri: _text(row[1]) for iri, row in rows.items()}
        self.documents = {iri: self._document(row) for iri, row in sorted(rows.items())}
        places = graph.rows(_HALVES, sorted({passage.iri for passage in passages}))
        self.halves = {iri_of(row[0]): (iri_of(row[2]), iri_of(row[1])) for row in places}
        self.answering: dict[str, set[str]] = {}
        for row in graph.rows(_ANSWERING, iris):
            self.answering.setdefault(iri_of(row[0]), set()).add(iri_of(row[1]))

    def words(self, owned: Iterable[tuple[Passage, Claim]]) -> Iterator[CitedWords]:
        """Put together what the same speaker says in the same place."""
        said = [((p.document, *self._author_and_speaker(p, claim), self._place_name(p)), p) for p, claim in owned]
        for (document, author, speaker, place), group in groupby(dict.fromkeys(said), key=lambda pair: pair[0]):
            passages = [passage for _, passage in group]
            quote = joined_text(self.texts[document], [Span(passage.start, passage.end) for passage in passages])
            yield CitedWords(quote, author, speaker, place, tuple(passage.iri for passage in passages))

    def _document(self, row: Solution) -> CitedDocument:
        iri, author = iri_of(row[0]), self.label(iri_of(row[5])) if row[5] else ""
        name = Author(author, person=row[6] is not None)
        kind, page = self.label(iri), iri_of(row[7])
        return CitedDocument(
            iri, _text(row[2]), kind, _text(row[3]), name, _text(row[4]), page, row[8] is not None, _text(row[9])
        )

    def _place_name(self, passage: Passage) -> str:
        """Name the item of a passage, or the half of the document that it stands in, and its page and line on it."""
        place = passage.item or self._half(passage)[1]
        words = texts("evidence", self.lang)
        page = f"{words['page']} {passage.page}, {words['line']} {passage.page_line}" if passage.page else ""
        return ", ".join(filter(None, [self.label(place) if place else "", page]))

    def _half(self, passage: Passage) -> tuple[str, str]:
        return self.halves.get(passage.iri, ("", ""))

    def _author_and_speaker(self, passage: Passage, claim: Claim) -> tuple[str, str]:
        """Name whose words these are: its own voice in the half that the claim is about, in the other who speaks there.

        The minister may take up a question to answer it: its words stay those of the questioner.
        """
        half, host = self._half(passage)[0], self._host(passage)
        teller = host or _UNNAMED.get((self.lang, half), "")
        status = claim.status.rpartition("/")[2]
        halves = {self._half(other)[0] for other in claim.passages}
        if half != (_ANSWER if _ANSWER in halves else _QUESTION) or status in ("interpreted", "computed"):
            return host, teller
        voice = self.label(claim.voice)
        relayed = _RELAYED.get((self.lang, status), "{}")
        return voice, relayed.format(voice, teller)

    def _host(self, passage: Passage) -> str:
        """Name who speaks in this half of the document: who put the question, or who states things in the answer."""
        half = self._half(passage)[0]
        voices = self.answering.get(passage.document, set())
        if half == _ANSWER and len(voices) == 1:
            return self.label(next(iter(voices)))
        return self.documents[passage.document].author.text if half == _QUESTION else ""


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
        text = graph.label(iri_of(value), lang) if name == "publisher" else iri_of(value) or _text(value)
        known.setdefault((iri_of(source), name), []).append(text)
    for iri in iris:
        title, publisher, issued = (min(known.get((iri, name), [""])) for name in ("title", "publisher", "issued"))
        yield CitedSource(
            iri, graph.label(iri, lang), title, publisher, issued, tuple(sorted(known.get((iri, "page"), [])))
        )
