"""`fot-graph board`: show what was asked and what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.cli import words
from fot_graph.cli.commands import ask

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

QUESTION = "asked-versus-answered"


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    words.add_answers(parser)


def run(args: Namespace) -> int:
    """Answer the one question of the catalogue that the board shows."""
    args.name = QUESTION
    return ask.run(args)
