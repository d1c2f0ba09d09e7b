"""`fot-graph convert PATH`: write claims.trig as claims.md, or claims.md as claims.trig."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.cli import output, words
from fot_graph.core import files
from fot_graph.core.errors import OutputFileError, system_message
from fot_graph.core.words import Message

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("path", metavar="PATH", type=Path, help="convert.path")
    parser.add_argument("--write", action="store_true", help="convert.write")
    words.add_language(parser)
    words.add_limit(parser)
    parser.epilog = "convert.epilog"


def run(args: Namespace) -> int:
    """Convert the claims, and print them or put them in their place."""
    from fot_graph.authoring import converting  # noqa: PLC0415  --help does not pay for reading documents
    from fot_graph.formats.turtle import trig  # noqa: PLC0415  as above

    file = converting.file_of(args.path)
    text = converting.converted(file, trig)
    if not args.write:
        return output.say(text)
    new = converting.other_form(file)
    if new.exists():
        raise OutputFileError(new, "is-there-already")
    files.write(new, text)
    try:
        file.unlink()
    except OSError as error:
        raise OutputFileError(file, system_message(error)) from error
    return output.say(f"{Message('claims-converted', old=file, new=new).worded(args.lang)}\n")
