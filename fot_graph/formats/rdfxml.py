"""RDF/XML for the programs that read nothing else. W3C RDF 1.1 XML Syntax.

Written here because the writers of the libraries don't do: one writes malformed names for some predicates without a
word, the other an order that changes from run to run.
"""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from fot_graph.core.errors import UsageError
from fot_graph.core.escaping import xml
from fot_graph.core.namespaces import PREFIXES
from fot_graph.core.order import by_subject, stable_triples

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fot_graph.core.terms import Term


_RDF = PREFIXES["rdf"]
_XSD_STRING = PREFIXES["xsd"] + "string"
_PREFIX_OF = {namespace: prefix for prefix, namespace in PREFIXES.items()}
# Names that mean something else to the syntax than a property (section 7.2.2), and the namespace that XML keeps
_NO_PROPERTY = {
    _RDF + name
    for name in "RDF ID about bagID parseType resource nodeID datatype aboutEach aboutEachPrefix Description li".split()
}
_NOT_FIRST = string.digits + ".-"  # in an XML name of ASCII
_IN_NAME = string.ascii_letters + "_" + _NOT_FIRST
_XMLNS = "http://www.w3.org/2000/xmlns/"


def rdfxml(triples: Iterable[Triple]) -> str:
    """Write triples as RDF/XML.

    Raises: `UsageError` for what the syntax cannot say: a predicate that does not end in an XML name, a character that
    XML does not have, a triple as a term.
    """
    namespaces = {_RDF: "rdf"}
    blocks = []
    for subject, properties in by_subject(stable_triples(triples)):
        lines = [f"    {_property(name, value, namespaces)}\n" for name, values in properties for value in values]
        blocks.append(f"  <rdf:Description {_named(subject, 'about')}>\n{''.join(lines)}  </rdf:Description>\n")
    declared = "".join(f'\n    xmlns:{prefix}="{xml(iri)}"' for iri, prefix in namespaces.items())
    body = "\n".join(blocks)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{declared}>\n\n{body}\n</rdf:RDF>\n'


def _property(predicate: NamedNode, value: Term, namespaces: dict[str, str]) -> str:
    name = _qualified(predicate.value, namespaces)
    if not isinstance(value, Literal):
        return f"<{name} {_named(value, 'resource')}/>"
    return f"<{name}{_kind(value)}>{xml(value.value)}</{name}>"


def _kind(literal: Literal) -> str:
    if literal.direction:
        raise UsageError("rdfxml-direction", term=literal)
    if literal.language:
        return f' xml:lang="{xml(literal.language)}"'
    kind = literal.datatype.value
    return "" if kind == _XSD_STRING else f' rdf:datatype="{xml(kind)}"'


def _named(term: Term, attribute: str) -> str:
    if isinstance(term, NamedNode):
        return f'rdf:{attribute}="{xml(term.value)}"'
    if isinstance(term, BlankNode):
        return f'rdf:nodeID="{term.value}"'
    raise UsageError("rdfxml-triple-term", term=term)


def _qualified(iri: str, namespaces: dict[str, str]) -> str:
    """Write a predicate as an XML name, and remember its namespace."""
    name = iri[len(iri.rstrip(_IN_NAME)) :].lstrip(_NOT_FIRST)
    namespace = iri.removesuffix(name)
    if not name or not namespace or iri in _NO_PROPERTY or namespace == _XMLNS:
        raise UsageError("rdfxml-predicate", iri=iri)
    if namespace not in namespaces:
        namespaces[namespace] = _PREFIX_OF.get(namespace) or f"ns{len(namespaces)}"
    return f"{namespaces[namespace]}:{name}"
