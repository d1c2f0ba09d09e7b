"""`fot-graph fmt [PATH …]`: write each claims.md in its one canonical form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.cli import opening, output, words
from fot_graph.core import files
from fot_graph.core.resources import read_text
from fot_graph.core.words import Message

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="fmt.paths")
    parser.add_argument("--check", action="store_true", help="fmt.check")
    words.add_data(parser)
    words.add_language(parser)
    words.add_limit(parser)
    parser.epilog = "fmt.epilog"


def run(args: Namespace) -> int:
    """Format the files; with --check the exit code is 1 when one would change."""
    from fot_graph.authoring.formatting import formatted  # noqa: PLC0415  --help does not pay for a parser
    from fot_graph.claims.inputs import claims_files  # noqa: PLC0415  as above

    found = [file for file in claims_files(args.paths or opening.data(args)) if file.suffix == ".md"]
    texts = {file: (read_text(file), formatted(file, read_text(file))) for file in found}
    changed = {file: new for file, (old, new) in texts.items() if old != new}
    code = "file-would-change" if args.check else "file-formatted"
    for file, new in changed.items():
        if not args.check:
            files.write(file, new)
        output.say(f"{Message(code, path=file).worded(args.lang)}\n")
    return 1 if args.check and changed else 0
