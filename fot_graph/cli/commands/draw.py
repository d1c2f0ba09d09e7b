"""`fot-graph draw -o FILE`: draw a picture of the claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.cli import opening, words
from fot_graph.cli.commands.ask import asked
from fot_graph.core.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("-o", "--output", metavar="FILE", required=True, help="draw.output")
    parser.add_argument("--theme-map", action="store_true", help="draw.theme-map")
    parser.add_argument("--focus", metavar="ENTITY", help="draw.focus")
    parser.add_argument("--hops", metavar="N", type=_count, help="draw.hops")
    parser.add_argument("--question", metavar="NAME", help="draw.question")
    parser.epilog = "draw.epilog"
    words.add_statuses(parser)
    words.add_language(parser)
    words.add_graph_choice(parser)
    words.add_limit(parser)


def run(args: Namespace) -> int:
    """Draw the picture."""
    if not (args.theme_map or args.focus or args.question):
        raise UsageError("nothing-to-draw")
    if args.hops and not args.focus:
        raise UsageError("hops-without-focus")
    if args.question:
        asked(args.question, args)
    shown = {"focus": args.focus, "hops": args.hops or 1, "question": args.question, "theme_map": args.theme_map}
    shown["parameters"] = args.parameters
    opening.graph(args).picture(lang=args.lang, statuses=args.statuses, **shown).save(args.output)
    return 0


def _count(word: str) -> int:
    if not (word.isascii() and word.isdigit() and int(word)):
        raise UsageError("no-number-of-steps", word=word)
    return int(word)
