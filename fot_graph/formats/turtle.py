"""Turtle and TriG as a person would have written them: prefixes, one block a subject, terms as the curator wrote them.

The writers of the RDF libraries don't fit: one loses the order, the other the lexical forms ("1.50" becomes "1.5").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, Triple

from fot_graph.core.canonical_order import RDF_TYPE, by_graph, by_subject, sorted_triples
from fot_graph.core.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fot_graph.core.namespaces import Namespaces
    from fot_graph.core.terms import Term


_INDENT = "    "
_LINE = 100  # characters of values that still read well on one line
# Literals that Turtle writes without quotes, each where its text has the one form that reads back the same
_BARE = {
    PREFIXES["xsd"] + "integer": re.compile(r"[+-]?[0-9]+"),
    PREFIXES["xsd"] + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    PREFIXES["xsd"] + "boolean": re.compile(r"true|false"),
}


def trig(quads: Iterable[Quad], namespaces: Namespaces) -> str:
    """Write quads as TriG: the layers first, then every claim with its graph. W3C TriG 1.1."""
    writer = _Writer(namespaces)
    blocks: list[str] = []
    for name, triples in by_graph(quads):
        if name is None:
            blocks.extend(writer.blocks(triples))
        else:
            body = "\n\n".join(writer.blocks(triples, _INDENT))
            blocks.append(f"{writer.term(name)} {{\n{body}\n}}")
    return writer.document(blocks)


def turtle(triples: Iterable[Triple], namespaces: Namespaces) -> str:
    """Write triples as Turtle. W3C Turtle 1.1."""
    writer = _Writer(namespaces)
    return writer.document(list(writer.blocks(sorted_triples(triples))))


class _Writer:
    """Writes terms in Turtle and remembers which prefixes they used."""

    def __init__(self, namespaces: Namespaces) -> None:
        self.namespaces, self.used = namespaces, set[str]()

    def document(self, blocks: list[str]) -> str:
        known = self.namespaces.prefixes
        prefixes = [f"@prefix {name}: <{known[name]}> ." for name in known if name in self.used]
        head = [f"@base <{self.namespaces.base}> .", *prefixes]
        return "\n\n".join(["\n".join(head), *blocks]) + "\n"

    def blocks(self, triples: Iterable[Triple], indent: str = "") -> Iterator[str]:
        """Give one block a subject: its name, and below it each property with its values."""
        inner = indent + _INDENT
        for subject, properties in by_subject(triples):
            lines = f" ;\n{inner}".join(self._values(name, values, inner) for name, values in properties)
            yield f"{indent}{self.term(subject)} {lines} ."

    def _values(self, predicate: NamedNode, objects: Iterable[Term], indent: str) -> str:
        """Give a property with its values, on one line where that stays readable."""
        name = "a" if predicate.value == RDF_TYPE else self.term(predicate)
        values = [self.term(term) for term in objects]
        long = len(values) > 1 and sum(map(len, values)) > _LINE
        return f"{name} " + (f" ,\n{indent}{_INDENT}" if long else " , ").join(values)

    def term(self, term: Term) -> str:
        match term:
            case NamedNode():
                return self._iri(term.value)
            case Literal():
                return self._literal(term)
        return str(term)

    def _iri(self, iri: str) -> str:
        short = self.namespaces.shorten(iri)
        prefix, _, local = short.partition(":")
        if short != iri and re.fullmatch(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?", local):
            self.used.add(prefix)
            return short
        below = iri.removeprefix(self.namespaces.base)
        # Relative to @base only where every parser resolves it to the same IRI: no dot segments, no colon up front
        return f"<{below}>" if re.match(r"[\w-]+(?:[/#]|$)", below) and "/." not in below else f"<{iri}>"

    def _literal(self, literal: Literal) -> str:
        kind = literal.datatype.value
        if kind in _BARE and _BARE[kind].fullmatch(literal.value):
            return literal.value
        quoted = _quoted(literal.value)
        plain = str(Literal("", language=literal.language, direction=literal.direction))[2:] if literal.language else ""
        return quoted + (plain or ("" if kind == PREFIXES["xsd"] + "string" else f"^^{self._iri(kind)}"))


def _quoted(text: str) -> str:
    """Quote a text; one of several lines keeps its lines."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "\\r")
    return f'"""{escaped}"""' if "\n" in text else f'"{escaped}"'
