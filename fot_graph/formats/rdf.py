"""Triples and quads as text in any RDF format of the table (`core.media_types`), each in one fixed order."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from fot_graph.core import media_types
from fot_graph.core.canonical_order import sorted_quads, sorted_triples
from fot_graph.formats.jsonld import jsonld
from fot_graph.formats.rdfxml import rdfxml
from fot_graph.formats.turtle import trig, turtle
from fot_graph.stores.flattening import flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

    from fot_graph.core.namespaces import Namespaces

_SORTED = 100_000  # triples that are put in order before they are written


def triples_text(triples: Iterable[Triple], format_: str, namespaces: Namespaces) -> str:
    """Write triples in a format that holds graphs; nothing is lost. `namespaces` are those of the graph.

    Raises: `UnknownNameError` for another format, `UsageError` for what the format cannot say.
    """
    match media_types.format_named(format_, media_types.GRAPH).name:
        case "ttl":
            return turtle(triples, namespaces)
        case "rdfxml":
            return rdfxml(triples)
        case "nt" | "nq":
            return "".join(triples_lines(triples))
        case name:
            quads = [Quad(*triple) for triple in triples]
            return trig(quads, namespaces) if name == "trig" else jsonld(quads, namespaces)


def quads_text(quads: Iterable[Quad], format_: str, namespaces: Namespaces) -> str:
    """Write quads in such a format; where it has no named graphs, as one graph in which claims are reified (`flat`).

    Raises: as `triples_text`.
    """
    match media_types.format_named(format_, media_types.GRAPH).name:
        case "trig":
            return trig(quads, namespaces)
        case "jsonld":
            return jsonld(quads, namespaces)
        case "nq":
            return "".join(f"{quad} .\n" for quad in sorted_quads(quads))
        case name:
            return triples_text(flat(quads), name, namespaces)


def triples_lines(triples: Iterable[Triple]) -> Iterator[str]:
    """Give triples as the lines of N-Triples, in one order whatever the engine's, as far as they fit into memory.

    Of more than 100,000 triples none is kept: they come as they come.
    """
    coming = iter(triples)
    first = list(islice(coming, _SORTED + 1))
    if len(first) <= _SORTED:
        yield from (f"{triple} .\n" for triple in sorted_triples(first))
    else:
        yield from (f"{triple} .\n" for triple in chain(first, coming))
