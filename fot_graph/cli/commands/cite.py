"""`fot-graph cite CLAIM`: cite a claim, with its quote, for a footnote or a list of references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.cli import opening, output, words
from fot_graph.core import media_types
from fot_graph.formats import citation

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("claim", metavar="CLAIM", help="cite.claim")
    parser.epilog = "cite.epilog"
    words.add_common(parser, media_types.CITATION)
    words.add_graph_choice(parser)


def run(args: Namespace) -> int:
    """Cite the claim."""
    format_ = output.format_of(args, media_types.CITATION, "text")
    # Not wrapped to the terminal: it is there to be copied
    return output.deliver(citation.cite(opening.graph(args), args.claim, format_, args.lang), args)
