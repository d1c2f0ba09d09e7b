"""`fot-graph --print-completion SHELL`: what makes a shell complete commands, options, formats and questions."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import shtab

from fot_graph.api import load
from fot_graph.cli import words
from fot_graph.cli.parser import Parser
from fot_graph.core.statuses import STATUSES
from fot_graph.core.words import texts
from fot_graph.questions import catalogue
from fot_graph.stores.layers import LAYERS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

_FILES = {"file", "files", "output"}
_NAMES = {  # things with a colon in their name are left out: a shell takes it for the end of a word
    "question": lambda: list(catalogue.questions()),
    "layers": lambda: list(LAYERS),
    "statuses": lambda: list(STATUSES),
    "claim": lambda: _local_names("SELECT ?claim { ?claim a fot:Claim }"),
}


def script(shell: str, commands: Sequence[str], lang: str) -> str:
    """Give the script for 'bash', 'zsh' or 'tcsh'; the questions in it are those of today's catalogue."""
    said = texts("help", lang)
    whole = Parser(prog="fot-graph", description=said["about"])
    whole.add_argument("--version", action="store_true", help=said["version"])
    each = whole.add_subparsers()
    for name in commands:
        parser = each.add_parser(name, description=name, help=said[name])
        import_module(f"fot_graph.cli.commands.{name}").add_words(parser)
        _complete(parser)
        if name == "ask":
            _add_questions(parser)
        parser.word(lang)
    return shtab.complete(whole, shell)


def _complete(parser: argparse.ArgumentParser) -> None:
    for action in parser._actions:  # noqa: SLF001  no public way
        if action.dest in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif isinstance(action.type, words.OneOf):
            action.choices = action.type.names
        elif action.dest in _NAMES:
            action.choices = _NAMES[action.dest]()


def _local_names(query: str) -> list[str]:
    return sorted(str(iri)[1:-1].rpartition("/")[2] for (iri,) in load().query(query).rows)


def _add_questions(ask: argparse.ArgumentParser) -> None:
    found = catalogue.questions()
    names = next(action for action in ask._actions if action.dest == "name")  # noqa: SLF001  no public way
    names.choices = list(found)
    for parameter in sorted({name for question in found.values() for name in question.parameters} - {"lang"}):
        ask.add_argument(f"--{parameter}", help="parameter")
