"""`fot-graph cite CLAIM`: a claim as one cites it, for a footnote or a list of references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.cli import home, output, words
from fot_graph.formats import citation

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

_BY_SUFFIX = {".txt": "text", ".md": "md", ".bib": "bibtex", ".json": "csl"}


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    text = "its name, as coverage and show give it: predecessors, a CURIE such as claim:background/tracks, or an IRI"
    parser.add_argument("claim", metavar="CLAIM", help=text)
    parser.epilog = "Without -f, plain text or what the name of the file says. csl is CSL-JSON, as Zotero reads it."
    words.add_common(parser, citation.FORMATS)
    words.add_home(parser)


def run(args: Namespace) -> int:
    """Cite the claim."""
    format_ = args.format or output.suffix_format(args, _BY_SUFFIX) or "text"
    # Not wrapped to the terminal: it is there to be copied
    return output.deliver(citation.cite(home.graph(args), args.claim, format_, args.lang), args)
