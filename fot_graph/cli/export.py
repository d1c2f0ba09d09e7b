"""`fot-graph export`: write the graph as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph import export
from fot_graph.cli import output, words
from fot_graph.graph import load

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    words.add_common(parser, export.FORMATS)


def run(args: Namespace) -> int:
    """Write the graph."""
    format_ = args.format or output.suffix_format(args, {".ttl": "ttl", ".trig": "trig"}) or "trig"
    return output.deliver(export.export(load(), format_), args)
