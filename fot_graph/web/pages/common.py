"""What several pages show: things by their names, each with its address and its language."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from fot_graph.core import terms
from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.core.namespaces import PREFIXES, Namespaces
from fot_graph.core.words import text_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fot_graph.api import Graph
    from fot_graph.core.terms import Term


_SAFE = "/-._~!$&'()*+,;=:@"  # what may stand in the path of an address as it is (RFC 3986)


class TermView(NamedTuple):
    """A term as a page shows it: `lang` is the language of `text` ('' for none), `href` its page ('' for none).

    `name` is the CURIE of a thing, '' for a literal; `outside` tells that the address is not one of our own pages.
    """

    text: str
    lang: str = ""
    href: str = ""
    name: str = ""
    outside: bool = False


def address(iri: str, lang: str, namespaces: Namespaces) -> str:
    """Give the address of the page of a thing on this server, '' for what is not ours.

    >>> address("https://w3id.org/fot-graph/id/serv", "nl", Namespaces())
    '/nl/page/id/serv'
    >>> address("https://w3id.org/fot-graph/ontology#Claim", "en", Namespaces())
    '/en/ontology#Claim'
    """
    place = namespaces.path(iri)
    if place is None:
        return ""
    path, sign, fragment = place.partition("#")
    page = f"/{lang}/ontology" if path == "ontology" else f"/{lang}/page/{quote(path, safe=_SAFE)}"
    return page + (sign and f"#{quote(fragment, safe=_SAFE)}")


class Namer:
    """Someone who knows how things are called in a language, and where their pages are.

    Names are looked up together: first `expect` what will be asked for. `here` is the document whose own page links to
    its passages without leaving.
    """

    def __init__(self, graph: Graph, lang: str, here: str = "") -> None:
        self.graph, self.lang, self.here = graph, lang, here
        self._known: dict[str, list[tuple[bool, bool, str, str]]] = {}
        self._terms: set[str] = set()
        self._made: dict[str, TermView] = {}

    def expect(self, found: Iterable[Term | str | None]) -> None:
        """Look up the names of these."""
        iris = {term.value if isinstance(term, NamedNode) else term for term in found if term}
        new = {iri for iri in iris if isinstance(iri, str) and iri} - self._known.keys()
        self._known.update({iri: [] for iri in new})
        for thing, property_, name in self.graph.rows(_NAMES, sorted(new)):
            if property_ == _IN_ONTOLOGY:
                self._terms.add(thing.value)
            else:
                tag = name.language or ""
                self._known[thing.value].append((tag == self.lang, property_ == _PREFERRED, name.value, tag))

    def __call__(self, term: Term | str | None, unit: str = "") -> TermView:
        """Show a term: a thing (also given by its IRI) by its name, a literal as the language and its unit write it."""
        if isinstance(term, str):
            return self._thing(term) if term else TermView("")
        if isinstance(term, NamedNode):
            return self._thing(term.value)
        if isinstance(term, Literal):
            return TermView(terms.literal_text(term, self.lang, unit), term.language or "")
        return TermView("" if term is None else str(term))

    def _thing(self, iri: str) -> TermView:
        if iri not in self._made:
            self._made[iri] = self._named(iri)
        return self._made[iri]

    def _named(self, iri: str) -> TermView:
        if iri not in self._known:
            self.expect([iri])
        name = self.graph.namespaces.shorten(iri)
        href = self._address(iri)
        outside = not href and iri.startswith(("https://", "http://"))
        best = max(self._known[iri], default=None)
        text, lang = (best[2], best[3]) if best else (name, "")
        return TermView(text, lang, iri if outside else href, name, outside)

    def _address(self, iri: str) -> str:
        document, sign, fragment = iri.partition("#")
        if self.here and sign and document == self.here:
            return f"#{quote(fragment, safe=_SAFE)}"
        namespaces = self.graph.namespaces
        if iri in self._terms and namespaces.path(iri) is None:
            return f"/{self.lang}/ontology#{quote(namespaces.shorten(iri), safe=_SAFE)}"
        return address(iri, self.lang, namespaces)


def document_of(graph: Graph, name: str = "") -> tuple[str, list[str]]:
    """Give the IRI of a document (the first one, if none is named), and the IRIs of all.

    Raises: `UnknownNameError`, and `UsageError` where there is no document.
    """
    documents = [row[0].value for row in graph.rows(_DOCUMENTS)]
    if not documents:
        raise UsageError("no-document")
    iri = graph.namespaces.document(name) if name else documents[0]
    if iri not in documents and not (terms.is_iri(iri) and [*graph.rows(_IS_DOCUMENT, [iri])]):
        raise UnknownNameError("document", name, list(map(graph.namespaces.document_name, documents)))
    return iri, documents


def in_language(said: Iterable[tuple[str, str]], lang: str) -> TermView:
    """Choose a text in the wanted language, else in another one."""
    chosen, text = text_in(dict(said), lang)
    return TermView(text, chosen)


# --- Inside ----------------------------------------------------------------------------------------------------------

_LISTED = 100  # documents that a page offers
_DOCUMENTS = f"""SELECT DISTINCT ?document {{
  ?document a foaf:Document ; prov:value ?text
}} ORDER BY ?document LIMIT {_LISTED}"""
_IS_DOCUMENT = """SELECT ?document {
  VALUES ?document { {about} } ?document a foaf:Document ; prov:value ?text
} LIMIT 1"""
_PREFERRED = NamedNode(PREFIXES["skos"] + "prefLabel")
_IN_ONTOLOGY = NamedNode(PREFIXES["rdf"] + "type")
_NAMES = """SELECT ?thing ?property ?name {
  VALUES ?thing { {about} }
  {
    VALUES ?property { rdfs:label skos:prefLabel }
    ?thing ?property ?name FILTER(isLiteral(?name))
  } UNION {
    VALUES ?name { owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty rdf:Property rdfs:Datatype }
    BIND(rdf:type AS ?property)
    GRAPH graph:ontology { ?thing a ?name }
  }
}"""
