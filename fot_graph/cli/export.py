"""`fot-graph export`: write the graph, or a part of it, as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.cli import home, output, words
from fot_graph.core.order import grouped
from fot_graph.formats import export
from fot_graph.stores.layers import LAYERS

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

_BY_SUFFIX = {f".{format_}": format_ for format_ in export.FORMATS} | {".rdf": "rdfxml", ".xml": "rdfxml", ".gv": "dot"}


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    words.add_common(parser, export.FORMATS)
    text = f"only these layers: {', '.join(LAYERS)}; several with commas"
    parser.add_argument("--layer", dest="layers", metavar="LAYER", type=words.several, default=["all"], help=text)
    words.add_statuses(parser)
    words.add_home(parser)
    words.add_limit(parser)
    alike = grouped(export.LOSSES, lambda name: export.LOSSES[name])  # one sentence for the formats that lose the same
    losses = " ".join(f"{', '.join(formats)}: {loss.worded('en')}." for loss, formats in alike.items())
    parser.epilog = f"Without -f, TriG or what the name of the file says. Not all hold all. {losses}"


def run(args: Namespace) -> int:
    """Write the graph, and say what the format could not hold."""
    format_ = args.format or output.suffix_format(args, _BY_SUFFIX) or "trig"
    graph = home.graph(args)
    output.deliver(export.export(graph, format_, layers=args.layers, statuses=args.statuses, lang=args.lang), args)
    if lost := export.loss(format_, args.layers):
        output.note(lost, args)
    return 0
