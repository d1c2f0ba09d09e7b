"""`fot-graph export`: write the graph as a file, whole or in part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.cli import opening, output, words
from fot_graph.core import media_types
from fot_graph.core.order import grouped
from fot_graph.core.words import Message
from fot_graph.formats import export
from fot_graph.stores.layers import LAYERS

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    words.add_common(parser, media_types.DATASET)
    text = f"only these layers: {', '.join(LAYERS)}; several with commas"
    parser.add_argument(
        "--layer", dest="layers", metavar="LAYER", type=words.comma_separated, default=["all"], help=text
    )
    words.add_statuses(parser)
    words.add_home(parser)
    words.add_limit(parser)
    formats = media_types.formats_holding(media_types.DATASET)
    alike = grouped(formats, lambda name: formats[name].loses)  # one sentence for the formats that lose the same
    losses = " ".join(f"{', '.join(some)}: {Message(loss).worded('en')}." for loss, some in alike.items() if loss)
    parser.epilog = f"Without -f, TriG or what the name of the file says. Not all hold all. {losses}"


def run(args: Namespace) -> int:
    """Write the graph, and say what the format could not hold."""
    format_ = output.format_of(args, media_types.DATASET, "trig")
    graph = opening.graph(args)
    output.deliver(export.export(graph, format_, layers=args.layers, statuses=args.statuses, lang=args.lang), args)
    if lost := export.loss(format_, args.layers):
        output.note(lost, args)
    return 0
