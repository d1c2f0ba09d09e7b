"""The whole graph as a file that people read and version control compares: TriG with its claims, or plain Turtle.

Subjects and values stand in a fixed order and terms as the curator wrote them, so the same data gives the same bytes.
The writers of the RDF libraries don't fit: one loses the order, the other the lexical forms ("1.50" becomes "1.5").
"""

from __future__ import annotations

import contextlib
import os
import re
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, Triple

from fot_graph.errors import OutputFileError, UnknownNameError
from fot_graph.namespaces import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fot_graph.graph import Graph

    Term = NamedNode | Literal | BlankNode | Triple
    Key = TypeVar("Key")

_INDENT = "    "
_LINE = 100  # characters of values that still read well on one line

FORMATS = ("ttl", "trig")
TRIPLE_FORMATS = ("ttl", "nt")

_RDF_TYPE = PREFIXES["rdf"] + "type"
_NAMES = [  # what a reader wants to see first of a subject; the other properties follow in alphabetical order
    _RDF_TYPE,
    *(PREFIXES["skos"] + name for name in ("prefLabel", "altLabel", "hiddenLabel")),
    PREFIXES["rdfs"] + "label",
    PREFIXES["dcterms"] + "title",
    PREFIXES["skos"] + "definition",
]
_RANKS = {iri: rank for rank, iri in enumerate(_NAMES)}
_PREFIX_OF = {namespace: prefix for prefix, namespace in PREFIXES.items()}
_LAYERS = [PREFIXES["graph"] + name for name in ("ontology", "naming", "document", "provenance")]
# Literals that Turtle writes without quotes, each where its text has the one form that reads back the same
_BARE = {
    PREFIXES["xsd"] + "integer": re.compile(r"[+-]?\d+"),
    PREFIXES["xsd"] + "decimal": re.compile(r"[+-]?\d*\.\d+"),
    PREFIXES["xsd"] + "boolean": re.compile(r"true|false"),
}


def export(graph: Graph, format_: str) -> str:
    """Give the whole graph as `trig` (layers and claims as named graphs) or `ttl` (one graph, claims reified).

    Raises UnknownNameError for another format. W3C TriG and Turtle 1.1; both read back to the same graph.
    """
    if format_ not in FORMATS:
        raise UnknownNameError("format", format_, FORMATS)
    return trig(graph.quads) if format_ == "trig" else triples_text(graph.flat(), "ttl")


def trig(quads: Iterable[Quad]) -> str:
    """Write quads as TriG: the layers first, then every claim with its graph."""

    def place(quad: Quad) -> tuple[int, str]:
        name = quad.graph_name
        iri = name.value if isinstance(name, NamedNode) else ""
        return (_LAYERS.index(iri) if iri in _LAYERS else len(_LAYERS), _natural(iri))

    writer = _Writer()
    blocks = []
    for _, members in groupby(sorted(_stable(quads), key=place), key=place):
        part = list(members)
        name = part[0].graph_name
        triples = (quad.triple for quad in part)
        if isinstance(name, NamedNode):
            body = "\n\n".join(writer.blocks(triples, _INDENT))
            blocks.append(f"{writer.term(name)} {{\n{body}\n}}")
        else:
            blocks.extend(writer.blocks(triples))
    return writer.document(blocks)


def triples_text(triples: Iterable[Triple], format_: str) -> str:
    """Write triples as Turtle (`ttl`) or as sorted N-Triples (`nt`). Raises UnknownNameError for another format."""
    if format_ not in TRIPLE_FORMATS:
        raise UnknownNameError("format", format_, TRIPLE_FORMATS)
    stable = [quad.triple for quad in _stable(Quad(*triple) for triple in triples)]
    if format_ == "nt":
        return "".join(sorted(f"{triple} .\n" for triple in stable))
    writer = _Writer()
    return writer.document(list(writer.blocks(stable)))


def write(path: Path | str, text: str) -> None:
    """Write a text file (UTF-8) whole or not at all: beside its place, to the disk, and then renamed.

    A device or a pipe (/dev/stdout) is written as it is. Raises OutputFileError, and leaves nothing behind.
    """
    place = Path(path)
    try:
        if place.exists() and not place.is_file() and not place.is_dir():
            place.write_text(text, encoding="utf-8", newline="\n")
        else:
            _replace(place.resolve(), text)
    except OSError as error:
        raise OutputFileError(path, _reason(error)) from error


def _replace(place: Path, text: str) -> None:
    beside = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    try:
        with beside.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if place.exists():
            beside.chmod(place.stat().st_mode & 0o777)
        beside.replace(place)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def _reason(error: OSError) -> str:
    reasons: dict[type[OSError], str] = {
        FileNotFoundError: "there is no such folder",
        NotADirectoryError: "there is no such folder",
        IsADirectoryError: "it is a folder",
        PermissionError: "permission denied",
    }
    return reasons.get(type(error), (error.strerror or str(error)).lower())


# --- Order -----------------------------------------------------------------------------------------------------------


def _stable(quads: Iterable[Quad]) -> Iterable[Quad]:
    """Give blank nodes, if any, names that don't change from run to run (RDFC-1.0), and quads one order."""
    dataset = Dataset(quads)
    if any(isinstance(term, BlankNode) for quad in dataset for term in (quad.subject, quad.object)):
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(dataset, key=str)


def _natural(text: str) -> str:
    """Give a key that sorts numbers in a text by value, so that passage 99 stands before passage 100.

    >>> sorted(["#char=100,120", "#char=99,100"], key=_natural)
    ['#char=99,100', '#char=100,120']
    """
    return re.sub(r"\d+", lambda found: found[0].zfill(9), text) + "\0" + text


def _property_order(predicate: str) -> tuple[int, str]:
    return (_RANKS.get(predicate, len(_RANKS)), predicate)


def _value_order(term: Term) -> tuple[str, str]:
    """Put the same languages in the same order everywhere."""
    return (getattr(term, "language", None) or "", _natural(str(term)))


# --- Text ------------------------------------------------------------------------------------------------------------


class _Writer:
    """Writes terms in Turtle and remembers which prefixes they used."""

    def __init__(self) -> None:
        self.used: set[str] = set()

    def document(self, blocks: list[str]) -> str:
        prefixes = [f"@prefix {name}: <{PREFIXES[name]}> ." for name in PREFIXES if name in self.used]
        head = [f"@base <{BASE}> .", *prefixes]
        return "\n\n".join(["\n".join(head), *blocks]) + "\n"

    def blocks(self, triples: Iterable[Triple], indent: str = "") -> Iterator[str]:
        """Give one block a subject: its name, and below it each property with its values."""
        inner = indent + _INDENT
        of_subject = _grouped(triples, lambda triple: triple.subject)
        for subject, about in sorted(of_subject.items(), key=lambda item: _natural(str(item[0]))):
            of_property = _grouped(about, lambda triple: triple.predicate)
            ordered = sorted(of_property, key=lambda name: _property_order(name.value))
            lines = f" ;\n{inner}".join(self._values(name, of_property[name], inner) for name in ordered)
            yield f"{indent}{self.term(subject)} {lines} ."

    def _values(self, predicate: NamedNode, triples: list[Triple], indent: str) -> str:
        """Give a property with its values, on one line where that stays readable."""
        name = "a" if predicate.value == _RDF_TYPE else self.term(predicate)
        objects = sorted((triple.object for triple in triples), key=_value_order)
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
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix, local = _PREFIX_OF.get(iri[:cut]), iri[cut:]
        if prefix and re.fullmatch(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?", local):
            self.used.add(prefix)
            return f"{prefix}:{local}"
        below = iri.removeprefix(BASE)
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


def _grouped(triples: Iterable[Triple], key: Callable[[Triple], Key]) -> dict[Key, list[Triple]]:
    groups: dict[Key, list[Triple]] = {}
    for triple in triples:
        groups.setdefault(key(triple), []).append(triple)
    return groups
