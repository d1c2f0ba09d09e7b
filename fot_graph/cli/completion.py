"""`fot-graph --print-completion SHELL`: what makes a shell complete commands, options, formats and questions."""

from __future__ import annotations

import argparse
from importlib import import_module

import shtab

from fot_graph.api import load
from fot_graph.cli import words
from fot_graph.core.statuses import STATUSES
from fot_graph.questions import catalogue
from fot_graph.stores.layers import LAYERS

_FILES = {"file", "files", "output"}
_NAMES = {  # things with a colon in their name are left out: a shell takes it for the end of a word
    "question": lambda: list(catalogue.questions()),
    "layers": lambda: list(LAYERS),
    "statuses": lambda: list(STATUSES),
    "claim": lambda: _local_names("SELECT ?claim { ?claim a fot:Claim }"),
}


def script(shell: str, commands: dict[str, str]) -> str:
    """Give the script for 'bash', 'zsh' or 'tcsh'; the questions in it are those of today's catalogue."""
    whole = argparse.ArgumentParser(prog="fot-graph", description="A parliamentary question and its answer as a graph.")
    whole.add_argument("--version", action="store_true", help="show the version")
    each = whole.add_subparsers()
    for name, about in commands.items():
        parser = each.add_parser(name, description=about, help=about)
        import_module(f"fot_graph.cli.commands.{name}").add_words(parser)
        _complete(parser)
    _add_questions(each.choices["ask"])
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
        ask.add_argument(f"--{parameter}", help="a parameter of some questions")
