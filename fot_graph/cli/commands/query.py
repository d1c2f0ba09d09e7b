"""`fot-graph query (FILE | - | -e SPARQL)`: answer a SPARQL query."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.cli import opening, output, words
from fot_graph.core import limits
from fot_graph.core.errors import InputFileError, UsageError
from fot_graph.core.resources import read_text
from fot_graph.core.words import Message

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("file", metavar="FILE", nargs="?", help="query.file")
    parser.add_argument("-e", "--expression", metavar="SPARQL", help="query.expression")
    parser.epilog = "query.epilog"
    words.add_answers(parser)


def run(args: Namespace) -> int:
    """Answer the query."""
    text = _text(args)
    return output.deliver_answer(opening.graph(args), text, args)


def _text(args: Namespace) -> str:
    if (args.file is None) == (args.expression is None):
        raise UsageError("query-from-one-place")
    if args.expression is not None:
        return str(args.expression)
    return _standard_input() if args.file == "-" else read_text(Path(args.file), limits.QUERY_FILE_BYTES, pipe=True)


_STANDARD_INPUT = Message("standard-input")


def _standard_input() -> str:
    if sys.stdin is None:  # as after `<&-`
        raise InputFileError(_STANDARD_INPUT, "is-closed")
    content = sys.stdin.buffer.read(limits.QUERY_FILE_BYTES + 1)
    if len(content) > limits.QUERY_FILE_BYTES:
        raise InputFileError(_STANDARD_INPUT, "too-many-bytes", most=limits.QUERY_FILE_BYTES)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputFileError(_STANDARD_INPUT, "not-utf-8", "save-text-as-utf-8", byte=error.start) from None
