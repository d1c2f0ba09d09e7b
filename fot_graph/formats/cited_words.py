"""The words of a source in a citation: who says them, where they stand, and in which document."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.core.fragments import Span
from fot_graph.core.namespaces import PREFIXES
from fot_graph.core.terms import iri_of, text_of
from fot_graph.core.words import texts
from fot_graph.formats.bibliography import Author
from fot_graph.text.passages import joined_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from fot_graph.core.terms import Solution
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

    `issued` is the day of the question, `answered_on` that of the first answer, both as in ISO 8601. `page` is the
    address at which it was published. Each is '' where it is not known.
    """

    iri: str
    title: str
    kind: str
    number: str
    author: Author
    issued: str
    answered_on: str
    page: str
    answered: bool
    language: str


class QuotedDocuments:
    """The documents that passages stand in, and who speaks in each half of them."""

    def __init__(self, graph: StoredGraph, passages: Sequence[Passage], lang: str) -> None:
        self.lang = lang
        self.label: Callable[[str], str] = lambda iri: graph.label(iri, lang)
        iris = sorted({passage.document for passage in passages})
        first_answer_last = sorted(graph.rows(_DOCUMENTS, iris), key=lambda row: text_of(row[10]), reverse=True)
        dated_last = sorted(first_answer_last, key=lambda row: row[10] is not None)
        rows = {iri_of(row[0]): row for row in dated_last}
        self.texts = {iri: text_of(row[1]) for iri, row in rows.items()}
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
        title, number, issued, tongue, told = (text_of(row[place]) for place in (2, 3, 4, 9, 10))
        answered = row[8] is not None
        return CitedDocument(iri, title, self.label(iri), number, name, issued, told, iri_of(row[7]), answered, tongue)

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


_QUESTION, _ANSWER = PREFIXES["sro"] + "InitiatiefrechtVraag", PREFIXES["sro"] + "InitiatiefrechtAntwoord"
_DOCUMENTS = """SELECT ?document ?text ?title ?number ?issued ?author ?person ?page ?answer ?tongue ?told {
  VALUES ?document { {about} }
  ?document prov:value ?text ; dcterms:language ?tongue .
  OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?document foaf:page ?page }
  OPTIONAL {
    ?document dcterms:hasPart ?question . ?question a sro:InitiatiefrechtVraag .
    OPTIONAL { ?question dcterms:identifier ?number }
    OPTIONAL { ?question dcterms:issued ?issued }
    OPTIONAL { ?question dcterms:creator ?author OPTIONAL { ?author a ?person FILTER(?person = foaf:Person) } }
    OPTIONAL { ?answer eli-dl:answers_to ?question OPTIONAL { ?answer dcterms:issued ?told } }
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
