"""`fot-graph init [DIR]`: make a workspace for documents of your own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.authoring import founding
from fot_graph.cli import output, words
from fot_graph.core.words import Message
from fot_graph.core.workspace import Workspace

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("place", metavar="DIR", nargs="?", type=Path, default=Path(), help="init.place")
    parser.add_argument(
        "--languages", metavar="LANGS", type=words.languages, default=("nl", "en"), help="init.languages"
    )
    parser.add_argument("--curator", metavar="NAME", default="", help="init.curator")
    words.add_base(parser)
    words.add_language(parser)


def run(args: Namespace) -> int:
    """Make the workspace, and say what to do next."""
    place = args.place.absolute()
    name = place.resolve().name or "workspace"
    made = Workspace(place, name, args.base or founding.default_base(name), tuple(args.languages), args.curator)
    founding.found(made, args.lang)
    return output.say(f"{Message('workspace-made', place=args.place, base=made.base).worded(args.lang)}\n")
