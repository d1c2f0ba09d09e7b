"""What an answer rests on: claims, and the passages of the source that they quote.

`read` looks up all that a reader wants to know of claims, with a few queries for many claims, so that it costs the same
on a store in memory, on disk and behind a network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal

from fot_graph.core.fragments import parse_passage
from fot_graph.core.namespaces import PREFIXES
from fot_graph.stores.rows import select

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from fot_graph.core.terms import Term
    from fot_graph.stores.rows import Queryable


class Passage(NamedTuple):
    """A stretch of a source text that a claim quotes.

    `quote` reads as the source does, with runs of white space as one blank; `document` is an IRI; `start` and `end`
    count characters of the untouched text from 0 (RFC 5147), `line` its lines from 1; `item` is the IRI of the item of
    the question or the answer that it stands in, empty outside of them. Where the text has pages, `page` is its page
    and `page_line` its line there, both from 1; 0 where it has none.
    """

    iri: str
    quote: str
    document: str
    start: int
    end: int
    line: int
    item: str
    page: int = 0
    page_line: int = 0


class Claim(NamedTuple):
    """A claim with what it rests on. All names are IRIs; texts in two languages go by 'nl' and 'en'.

    `derivation` is the query by which a computed claim follows from those in `derived_from`, from which an interpreted
    claim follows by its `rationale`; `sources` are those of background claims, `pages` their addresses ('' if unknown).
    """

    iri: str
    status: str
    voice: str
    passages: tuple[Passage, ...] = ()
    rationale: tuple[tuple[str, str], ...] = ()
    derivation: str = ""
    derived_from: tuple[Claim, ...] = ()
    sources: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()


class Evidence(tuple[Claim, ...]):
    """The claims of the smallest derivation of a row (none, if it rests on no claim), and what else there is to say.

    `derivations` are all that were asked for, the smallest first, each a tuple of claims; no claim of a derivation can
    be left out of it. `context` names the layers that take part ('naming', 'document', 'ontology', 'provenance').
    `looked_at` is the number of claims among which something was looked for and not found, where the row rests on such
    an absence (MINUS, NOT EXISTS, a count of nothing), otherwise None. `sought` are the triples that were looked for,
    where one NOT EXISTS says so plainly: terms, and variables as written. `more` tells that there are more derivations,
    or more claims behind an aggregate, than were looked at. Where `known` is false, it is not known what the row rests
    on, and there are no derivations.
    """

    derivations: tuple[tuple[Claim, ...], ...]
    context: tuple[str, ...]
    looked_at: int | None
    sought: tuple[tuple[Term, ...], ...]
    more: bool
    known: bool

    def __new__(
        cls,
        derivations: Sequence[tuple[Claim, ...]] = (),
        context: Iterable[str] = (),
        looked_at: int | None = None,
        *,
        sought: Iterable[tuple[Term, ...]] = (),
        more: bool = False,
        known: bool = True,
    ) -> Evidence:
        """Take the derivations, the smallest first."""
        made = super().__new__(cls, derivations[0] if derivations else ())
        made.derivations, made.context = tuple(derivations), tuple(sorted(context))
        made.looked_at, made.sought, made.more, made.known = looked_at, tuple(sought), more, known
        return made

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims of all derivations, each once."""
        return tuple(dict.fromkeys(claim for derivation in self.derivations for claim in derivation))


def read(store: Queryable, iris: Iterable[str]) -> dict[str, Claim]:
    """Look up claims by their IRIs, and those from which they derive. What is no claim is left out."""
    found = _described(store, list(dict.fromkeys(iris)))
    missing = {base for properties in found.values() for base in properties.get(_DERIVED_FROM, ())} - found.keys()
    while missing:  # a claim may derive from one that derives from others
        found |= (more := _described(store, sorted(missing)))
        missing = {base for properties in more.values() for base in properties.get(_DERIVED_FROM, ())} - found.keys()
        missing -= {base for base in missing if not more}
    passages = _passages(store, {iri for properties in found.values() for iri in properties.get(_QUOTED_FROM, ())})
    _add_pages(store, found.values())
    made: dict[str, Claim] = {}
    for iri in found:
        _claim(iri, found, passages, made)
    return made


# --- Inside ----------------------------------------------------------------------------------------------------------

_TYPE, _CLAIMS = PREFIXES["rdf"] + "type", {PREFIXES["fot"] + "Claim", PREFIXES["fot"] + "FoundClaim"}
_STATUS, _VOICE = PREFIXES["fot"] + "status", PREFIXES["fot"] + "voice"
_RATIONALE, _DERIVATION = PREFIXES["fot"] + "rationale", PREFIXES["fot"] + "derivation"
_QUOTED_FROM, _DERIVED_FROM = PREFIXES["prov"] + "wasQuotedFrom", PREFIXES["prov"] + "wasDerivedFrom"
_SOURCE, _PAGE = PREFIXES["dcterms"] + "source", PREFIXES["foaf"] + "page"

_OF_CLAIMS = """SELECT ?claim ?property ?value WHERE {
  VALUES ?claim { {about} }
  ?claim ?property ?value
  FILTER (?property IN (rdf:type, fot:status, fot:voice, fot:rationale, fot:derivation, prov:wasQuotedFrom,
    prov:wasDerivedFrom, dcterms:source))
}"""
_OF_PASSAGES = """SELECT ?passage ?quote ?item WHERE {
  VALUES ?passage { {about} }
  ?passage prov:value ?quote .
  OPTIONAL {
    ?passage fot:standsIn/dcterms:isPartOf* ?item .
    FILTER (EXISTS { ?item a fot:QuestionItem } || EXISTS { ?item a fot:AnswerItem })
  }
}"""
_OF_SOURCES = "SELECT ?source ?page WHERE { VALUES ?source { {about} } ?source foaf:page ?page }"
_OF_DOCUMENTS = "SELECT ?document ?text WHERE { VALUES ?document { {about} } ?document prov:value ?text }"

_Properties = dict[str, list[str]]


def _described(store: Queryable, iris: Sequence[str]) -> dict[str, _Properties]:
    found: dict[str, _Properties] = {}
    for row in select(store, _OF_CLAIMS, iris):
        claim, property_, value = row[0].value, row[1].value, row[2]
        text = f"{value.language}:{value.value}" if isinstance(value, Literal) and value.language else value.value
        found.setdefault(claim, {}).setdefault(property_, []).append(text)
    return {iri: found[iri] for iri in iris if _CLAIMS & {*found.get(iri, {}).get(_TYPE, ())}}


def _add_pages(store: Queryable, claims: Collection[_Properties]) -> None:
    sources = {source for properties in claims for source in properties.get(_SOURCE, ())}
    found = sorted((row[0].value, row[1].value) for row in select(store, _OF_SOURCES, sorted(sources)))
    pages = dict(reversed(found))  # of several addresses the first
    for properties in claims:
        properties[_PAGE] = [pages.get(source, "") for source in sorted(properties.get(_SOURCE, ()))]


def _passages(store: Queryable, iris: Iterable[str]) -> dict[str, Passage]:
    rows = list(select(store, _OF_PASSAGES, sorted(iris)))
    places = {row[0].value: place for row in rows if (place := parse_passage(row[0].value))}
    texts = select(store, _OF_DOCUMENTS, sorted({document for document, _ in places.values()}))
    text_of = {row[0].value: row[1].value for row in texts}
    items: dict[str, str] = {}
    for row in rows:  # a passage that runs over two items is told of by the first
        items[row[0].value] = min(filter(None, (items.get(row[0].value), row[2].value if row[2] else "")), default="")
    quotes = {row[0].value: row[1].value for row in rows}
    found: dict[str, Passage] = {}
    for iri, (document, span) in places.items():
        line, *on_page = _lines(text_of.get(document, ""), span.start)
        found[iri] = Passage(iri, quotes[iri], document, *span, line, items[iri], *on_page)
    return found


def _lines(text: str, start: int) -> tuple[int, int, int]:
    r"""Give the line of a place in a text, its page, and its line there; a page ends in a form feed.

    >>> _lines("a\nb\n\fc\nd", 7)
    (4, 2, 2)
    """
    line = text.count("\n", 0, start) + 1
    if "\f" not in text:
        return line, 0, 0
    begins = text.rfind("\f", 0, start) + 1
    on_page = text.count("\n", begins, start) + 1 - (begins > 0 and text.startswith("\n", begins))
    return line, text.count("\f", 0, start) + 1, on_page


def _claim(iri: str, found: dict[str, _Properties], passages: dict[str, Passage], made: dict[str, Claim]) -> Claim:
    """Make a claim of its properties, after those that it derives from."""
    if iri not in made:
        given = found[iri]
        made[iri] = Claim(iri, "", "")  # a circle of derivations ends here
        bases = [_claim(base, found, passages, made) for base in sorted(given.get(_DERIVED_FROM, [])) if base in found]
        quoted = [passages[passage] for passage in given.get(_QUOTED_FROM, []) if passage in passages]
        made[iri] = Claim(
            iri,
            min(given.get(_STATUS, [""])),
            min(given.get(_VOICE, [""])),
            tuple(sorted(quoted, key=lambda passage: (passage.document, passage.start, passage.end))),
            tuple(sorted((text[:2], text[3:]) for text in given.get(_RATIONALE, []))),
            min(given.get(_DERIVATION, [""])),
            tuple(bases),
            tuple(sorted(given.get(_SOURCE, []))),
            tuple(given.get(_PAGE, [])),
        )
    return made[iri]
