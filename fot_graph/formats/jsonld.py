"""JSON-LD 1.1 that reads as JSON: short names, texts by language, references as plain strings.

The context ships as `ontology/context.jsonld` and stands in the text itself, so that nothing has to be fetched to read
it. Its terms are CURIEs, as everywhere in fot_graph; it says which properties refer to things and which hold texts.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode

from fot_graph.core.canonical_order import RDF_TYPE, by_graph, by_subject, grouped
from fot_graph.core.errors import UsageError
from fot_graph.core.namespaces import PREFIXES
from fot_graph.core.resources import folder, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Quad

    from fot_graph.core.namespaces import Namespaces
    from fot_graph.core.terms import Term

    Context = Mapping[str, Any]

_XSD = PREFIXES["xsd"]
_NATIVE = {  # where JSON's own form reads back to the same literal
    _XSD + "integer": re.compile(r"0|-?[1-9][0-9]{0,14}"),
    _XSD + "boolean": re.compile("true|false"),
}


def jsonld(quads: Iterable[Quad], namespaces: Namespaces) -> str:
    """Write quads as JSON-LD: a named graph is a node with its triples in `@graph`. W3C JSON-LD 1.1.

    Raises: `UsageError` for what it cannot say: a triple as a term, a direction, an IRI that its prefixes would change.
    """
    text = namespaces.moved(read_text(folder("ontology") / "context.jsonld"))
    writer = _Writer(json.loads(text)["@context"], namespaces)
    nodes: list[dict[str, Any]] = []
    for name, triples in by_graph(quads):
        described = [writer.node(subject, properties) for subject, properties in by_subject(triples)]
        nodes += described if name is None else [{"@id": writer.iri(name), "@graph": described}]
    written = json.dumps(nodes, ensure_ascii=False, indent=2).replace("\n", "\n  ")
    return f'{text.rstrip().removesuffix("}").rstrip()},\n  "@graph": {written}\n}}\n'


class _Writer:
    """Writes terms as the context has them."""

    def __init__(self, context: Context, namespaces: Namespaces) -> None:
        self.context, self.namespaces = context, namespaces

    def node(self, subject: Term, properties: Iterable[tuple[NamedNode, list[Term]]]) -> dict[str, Any]:
        node: dict[str, Any] = {"@id": self.iri(subject)}
        for predicate, values in properties:
            name = self.iri(predicate)
            kind = self.context.get(name, {})
            if predicate.value == RDF_TYPE and not any(isinstance(value, Literal) for value in values):
                node["@type"] = _one_or_all([self.iri(value) for value in values])
            elif "@container" in kind and all(_is_text(value) for value in values):
                node[name] = _by_language(values)
            elif "@container" in kind:  # under its IRI the property is no term, and may hold anything
                node[predicate.value] = _one_or_all([self._value(value, {}) for value in values])
            else:
                node[name] = _one_or_all([self._value(value, kind) for value in values])
        return node

    def _value(self, term: Term, kind: Context) -> Any:  # noqa: ANN401  JSON
        refers = kind.get("@type") == "@id"
        if not isinstance(term, Literal):
            return self.iri(term) if refers else {"@id": self.iri(term)}
        datatype = term.datatype.value
        if term.direction:
            raise UsageError("jsonld-direction", term=term)
        if term.language:
            return {"@value": term.value, "@language": term.language}
        if datatype in _NATIVE and _NATIVE[datatype].fullmatch(term.value):
            return json.loads(term.value)
        if datatype == _XSD + "string":
            return {"@value": term.value} if refers else term.value
        return {"@value": term.value, "@type": self.iri(term.datatype)}

    def iri(self, term: Term) -> str:
        if isinstance(term, BlankNode):
            return str(term)
        if not isinstance(term, NamedNode):
            raise UsageError("jsonld-triple-term", term=term)
        scheme, _, rest = term.value.partition(":")
        if scheme in self.namespaces.prefixes and not rest.startswith("//"):
            raise UsageError("jsonld-prefix", iri=term.value, prefix=scheme)
        short = self.namespaces.shorten(term.value)
        return term.value if short.partition(":")[2].startswith("//") else short


def _is_text(value: Term) -> bool:
    return isinstance(value, Literal) and bool(value.language) and not value.direction


def _by_language(values: Iterable[Term]) -> dict[str, Any]:
    texts = [(value.language or "", value.value) for value in values if isinstance(value, Literal)]
    tags = grouped(texts, lambda text: text[0])
    return {tag: _one_or_all([text for _, text in found]) for tag, found in tags.items()}


def _one_or_all(values: list[Any]) -> Any:  # noqa: ANN401  JSON
    return values[0] if len(values) == 1 else values
