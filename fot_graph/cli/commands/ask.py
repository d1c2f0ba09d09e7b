"""`fot-graph ask NAME [--PARAMETER VALUE]`: answer a question of the catalogue."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fot_graph.cli import opening, output, words
from fot_graph.core.close_matches import close_matches
from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.core.words import Message
from fot_graph.questions import catalogue

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence
    from pathlib import Path

    from fot_graph.api import Graph
    from fot_graph.questions.catalogue import Question


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("name", metavar="NAME", help="ask.name")
    parser.epilog = "ask.epilog"
    words.add_answers(parser)


def run(args: Namespace) -> int:
    """Answer the question."""
    question = asked(args.name, args)
    graph = opening.graph(args)
    query = catalogue.bind(question, graph, args.parameters)
    headings = question.columns if args.lang == "nl" else ()
    why_empty = partial(_why_empty, question, graph, args)
    return output.deliver_answer(graph, query, args, question.summary.get(args.lang, ""), headings, why_empty)


def _why_empty(question: Question, graph: Graph, args: Namespace) -> Message:
    """Say of which things there is no answer, and what kinds of things the question is about."""
    things = {name: value for name, value in args.parameters.items() if name != "lang"}
    if not things:
        return Message("question-without-rows")
    kinds = sorted({kind for name in things for kind in catalogue.kinds(question, graph, name, args.lang)})
    given = [f"--{name} {value}" for name, value in things.items()]
    return Message("no-rows-about-kinds" if kinds else "no-rows-about", given=given, kinds=kinds)


def asked(name: str, args: Namespace) -> Question:
    """Give a question of the catalogue, for which the options of a command are right; it takes its language from them.

    Raises: `UnknownNameError` for the name, `UsageError` for a parameter that it does not have.
    """
    question = _question(name, opening.workspaces(args))
    _check_parameters(question, args)
    if "lang" in question.parameters:  # the language of the texts that the question itself selects
        args.parameters["lang"] = args.lang
    return question


def _question(name: str, own: Sequence[Path]) -> Question:
    try:
        return catalogue.question(name, *own)
    except UnknownNameError as error:
        if error.near:
            raise
        raise UnknownNameError("question", name, (), hint="questions-lists-them") from None  # dozens, not for a line


def _check_parameters(question: Question, args: Namespace) -> None:
    known = [f"--{name}" for name in question.parameters]
    for option in (f"--{name}" for name in args.parameters if name not in question.parameters):
        near = close_matches(option, [*known, *args.options], n=1, cutoff=0.7)
        hint = "did-you-mean" if near else "it-has-parameters" if known else "it-has-no-parameter"
        raise UsageError("no-such-parameter", hint, name=question.name, option=option, near=near, known=known)
