"""`fot-graph questions`: list the questions of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.cli import opening, output, words
from fot_graph.core import media_types, tables
from fot_graph.core.words import texts
from fot_graph.questions import catalogue

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from fot_graph.questions.catalogue import Question


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    words.add_data(parser)
    words.add_common(parser, media_types.LIST)


def run(args: Namespace) -> int:
    """List the questions with what they ask and their parameters."""
    found = list(catalogue.questions(*opening.workspaces(args)).values())
    rows = [[q.name, q.summary.get(args.lang, ""), _parameters(q), " ".join(q.tags)] for q in found]
    plain = [[*row[:2], row[2].replace("--", ""), row[3]] for row in rows]  # cells that begin with a hyphen are guarded
    format_ = output.format_of(args, media_types.LIST, output.fitting_format(args))
    if format_ == "table":
        shown = [[name, f"{question} {parameters}".rstrip()] for name, question, parameters, _ in rows]
        said = texts("names", args.lang)
        return output.deliver(tables.table([said["label"], said["question"]], shown, width=output.width(args)), args)
    header = ["name", "question", "parameters", "tags"]
    return output.deliver(output.list_text(header, plain, [_described(q) for q in found], format_), args)


def _parameters(question: Question) -> str:
    return " ".join(f"--{name}" for name in question.parameters if name != "lang")  # every command has --lang


def _described(question: Question) -> dict[str, object]:
    return {
        "name": question.name,
        "summary": question.summary,
        "tags": list(question.tags),
        "parameters": question.parameters,
    }
