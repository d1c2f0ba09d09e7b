"""`fot-graph export`: write the graph as a file, whole or in part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.cli import opening, output, words
from fot_graph.core import media_types
from fot_graph.core.canonical_order import grouped
from fot_graph.core.errors import UsageError
from fot_graph.core.words import Message
from fot_graph.formats import export
from fot_graph.stores import layers

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from pyoxigraph import Triple

    from fot_graph.cli.parser import Parser


def add_words(parser: Parser) -> None:
    """Add the options."""
    words.add_common(parser, media_types.DATASET)
    parser.add_argument(
        "--layer", dest="layers", metavar="LAYER", type=words.comma_separated, default=["all"], help="export.layer"
    )
    words.add_statuses(parser)
    for_processors = parser.add_mutually_exclusive_group()
    for_processors.add_argument("--for-validation", action="store_true", help="export.for-validation")
    for_processors.add_argument("--shapes", action="store_true", help="export.shapes")
    words.add_graph_choice(parser)
    words.add_limit(parser)
    formats = media_types.formats_holding(media_types.DATASET)
    alike = grouped(formats, lambda name: formats[name].loses)  # told once for the formats that lose the same
    losses = [Message("format-loses", formats=some, loss=Message(loss)) for loss, some in alike.items() if loss]
    parser.epilog, parser.data = "export.epilog", {"losses": losses}


def run(args: Namespace) -> int:
    """Write the graph, and say what the format could not hold."""
    if args.for_validation or args.shapes:
        return _write_for_validation(args)
    format_ = output.format_of(args, media_types.DATASET, "trig")
    graph = opening.graph(args)
    output.deliver(export.export(graph, format_, layers=args.layers, statuses=args.statuses, lang=args.lang), args)
    if lost := export.loss(format_, args.layers):
        output.note(lost, args)
    return 0


def _write_for_validation(args: Namespace) -> int:
    """Write the data or the shapes that any SHACL processor has to be given to find what `validate` finds."""
    from fot_graph.formats import rdf  # noqa: PLC0415  only these options pay for it
    from fot_graph.validation import languages, validating  # noqa: PLC0415  heavy, as above

    if args.statuses or "all" not in args.layers:
        raise UsageError("shapes-of-part" if args.shapes else "for-validation-of-part")
    format_ = output.format_of(args, media_types.GRAPH, "ttl")
    graph = opening.graph(args)
    if args.shapes:
        triples: Sequence[Triple] = validating.shapes(graph.namespaces, spoken=languages.of(graph)).triples
    else:
        triples = validating.data(layers.in_memory(graph))
    return output.deliver(rdf.triples_text(triples, format_, graph.namespaces), args)
