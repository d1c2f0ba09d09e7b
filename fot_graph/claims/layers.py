"""The layers of a graph, which are its named graphs beside the claims, and an RDF file read into one of them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from fot_graph.core import limits
from fot_graph.core.errors import InputFileError, RdfSyntaxError
from fot_graph.core.media_types import DATASET, format_named
from fot_graph.core.namespaces import Namespaces
from fot_graph.core.resources import is_there, read_text
from fot_graph.core.terms import node

if TYPE_CHECKING:
    from pathlib import Path

    from fot_graph.core.terms import Term

ONTOLOGY, NAMING = node("graph:ontology"), node("graph:naming")
DOCUMENT, PROVENANCE = node("graph:document"), node("graph:provenance")
LAYERS = frozenset((ONTOLOGY, NAMING, DOCUMENT, PROVENANCE))
FORMATS = {
    format_named("ttl", DATASET).suffixes[0]: RdfFormat.TURTLE,
    format_named("trig", DATASET).suffixes[0]: RdfFormat.TRIG,
    format_named("nt", DATASET).suffixes[0]: RdfFormat.N_TRIPLES,
    format_named("nq", DATASET).suffixes[0]: RdfFormat.N_QUADS,
}


def read_layer(path: Path, layer: NamedNode, namespaces: Namespaces | None = None) -> list[Quad]:
    """Read an RDF file; what stands in its default graph comes to stand in `layer`. Lexical forms are kept.

    What was written for the packaged graph is read as what belongs to the graph with these namespaces.

    Raises: `InputFileError` for a file that cannot be read, is beyond a limit (`limits`), or is no Turtle, TriG,
    N-Triples or N-Quads by its name; `RdfSyntaxError` with line and column.
    """
    if path.suffix not in FORMATS and is_there(path):
        raise InputFileError(path, "no-rdf-suffix")
    text = (namespaces or Namespaces()).moved(read_text(path))
    if text.count("<<") > limits.TRIPLE_TERMS:
        raise InputFileError(path, "many-triple-terms", count=limits.TRIPLE_TERMS)
    try:
        quads = list(islice(parse(text, FORMATS[path.suffix], rename_blank_nodes=True), limits.TRIPLES + 1))
    except SyntaxError as error:
        raise RdfSyntaxError(path, error.lineno or 1, error.offset or 1, error.msg.partition(": ")[2]) from None
    except MemoryError:  # so the parser says that a term is longer than 16 MiB
        raise _too_long(path) from None
    if len(quads) > limits.TRIPLES:
        raise InputFileError(path, "many-triples", count=limits.TRIPLES)
    if len(text) > limits.LITERAL and any(_length(term) > limits.LITERAL for quad in quads for term in quad):
        raise _too_long(path)
    default = DefaultGraph()
    return [_in_layer(quad, layer) if quad.graph_name == default else quad for quad in quads]


def _length(term: Term | DefaultGraph) -> int:
    """Give the characters of a term, with those of its datatype and of what stands in a triple term."""
    if isinstance(term, Triple):
        return max(map(_length, term))
    if isinstance(term, Literal):
        return max(len(term.value), len(term.datatype.value))
    return len(term.value) if isinstance(term, NamedNode) else 0


def _too_long(path: Path) -> InputFileError:
    return InputFileError(path, "long-text", count=limits.LITERAL)


def _in_layer(quad: Quad, layer: NamedNode) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, layer)
