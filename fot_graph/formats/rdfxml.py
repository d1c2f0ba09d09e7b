"""RDF/XML for the programs that read nothing else. W3C RDF 1.1 XML Syntax.

pyoxigraph writes it. Some things it writes wrongly without a word: a predicate that does not end in an XML name, a
character that XML does not have. They are refused, and carriage returns, which it leaves as they are, are escaped.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from xml.parsers import expat

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from fot_graph.core.canonical_order import by_subject, sorted_triples
from fot_graph.core.errors import UsageError
from fot_graph.core.escaping import check_xml
from fot_graph.core.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fot_graph.core.terms import Term


def rdfxml(triples: Iterable[Triple]) -> str:
    """Write triples as RDF/XML.

    Raises: `UsageError` for what the syntax cannot say: a predicate that does not end in an XML name, a character that
    XML does not have, a direction, a triple as a term.
    """
    ordered = [
        Triple(subject, predicate, value)  # type: ignore[arg-type]  # a subject is no literal
        for subject, properties in by_subject(sorted_triples(triples))
        for predicate, values in properties
        for value in values
    ]
    for predicate in {triple.predicate for triple in ordered}:
        if not _is_writable(predicate):
            raise UsageError("rdfxml-predicate", iri=predicate.value)
    for triple in ordered:
        _check(triple.subject)
        _check(triple.object)
    return _unchecked_rdfxml(ordered).replace("\r", "&#13;")  # which an XML parser would read as a line feed


def _unchecked_rdfxml(triples: list[Triple]) -> str:
    used = {triple.predicate.value for triple in triples}
    prefixes = {name: iri for name, iri in PREFIXES.items() if any(predicate.startswith(iri) for predicate in used)}
    return (serialize(triples, None, RdfFormat.RDF_XML, prefixes=prefixes) or b"").decode() + "\n"


@lru_cache(maxsize=1_000)
def _is_writable(predicate: NamedNode) -> bool:
    """Tell whether a predicate comes back from the XML that is written of it, and whether that is XML at all."""
    triples = [Triple(_NODE, predicate, _NODE)]
    try:  # OSError is what pyoxigraph raises for a name that means something else to the syntax
        text = _unchecked_rdfxml(triples)
        expat.ParserCreate(namespace_separator=" ").Parse(text, True)  # noqa: FBT003  as in expat
        return [quad.triple for quad in parse(text, RdfFormat.RDF_XML)] == triples
    except (ValueError, OSError, expat.ExpatError):
        return False


_NODE = NamedNode("urn:node")


def _check(term: Term) -> None:
    """Raise `UsageError` for a term that RDF/XML cannot hold."""
    if isinstance(term, Triple):
        raise UsageError("rdfxml-triple-term", term=term)
    if isinstance(term, Literal) and term.direction:
        raise UsageError("rdfxml-direction", term=term)
    check_xml(term.value)
