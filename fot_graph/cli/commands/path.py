"""`fot-graph path A B`: show how two things connect, claim by claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.cli import claims, opening, output, words
from fot_graph.core import media_types
from fot_graph.core.words import fill, texts
from fot_graph.questions import facts

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence

    from pyoxigraph import NamedNode

    from fot_graph.cli.claims import FactPrinter
    from fot_graph.core.terms import Term
    from fot_graph.questions.facts import Fact


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("start", metavar="A", help="path.start")
    parser.add_argument("end", metavar="B", help="path.end")
    parser.epilog = "path.epilog"
    words.add_common(parser, media_types.ROWS)
    words.add_iris(parser)
    words.add_statuses(parser)
    words.add_graph_choice(parser)
    words.add_limit(parser)


def run(args: Namespace) -> int:
    """Show the way; the exit code is 1 when there is none."""
    graph = opening.graph(args)
    ends = graph.find(args.start), graph.find(args.end)
    searched = graph.only(statuses=args.statuses) if args.statuses else graph
    found = facts.path(searched, *ends)
    support = claims.FactPrinter(graph, found or (), args)
    format_ = output.format_of(args, media_types.ROWS, output.fitting_format(args))
    text: str | bytes
    if format_ == "table":
        text = _page(ends, found, support, args)
    elif format_ == "json":
        steps = [support.as_object(fact) for fact in found or ()]
        text = output.json_text({"connected": found is not None, "steps": steps})
    else:
        text = support.markdown(found or ()) if format_ == "md" else support.text(found or (), format_)
    output.deliver(text, args)
    if found is None and format_ != "table":  # which says so itself
        output.complain(_title(ends, found, support, args))
    return 1 if found is None else 0


def _title(
    ends: tuple[NamedNode, NamedNode], found: Sequence[Fact] | None, support: FactPrinter, args: Namespace
) -> str:
    kind = "none" if found is None else "steps" if found else "same"
    return fill(texts("path", args.lang)[kind], args.lang, *map(support.name, ends), len(found or ()))


def _page(
    ends: tuple[NamedNode, NamedNode], found: Sequence[Fact] | None, support: FactPrinter, args: Namespace
) -> str:
    width = output.width(args)
    title = _title(ends, found, support, args)
    return "\n\n".join([output.wrap_text(title, width), *_steps(ends[0], found or (), support, width)]) + "\n"


def _steps(start: NamedNode, found: Sequence[Fact], support: FactPrinter, width: int | None) -> Iterator[str]:
    """Give each step as 'here → relation → there', or '←' where the triple runs the other way."""
    here: Term = start
    for number, fact in enumerate(found, start=1):
        arrow, there = ("→", fact.object) if fact.subject == here else ("←", fact.subject)
        step = f"{support.name(here)} {arrow} {support.name(fact.relation)} {arrow} {support.name(there)}"
        line = output.wrap_text(step, width, 3).lstrip()
        yield f"{number}. {line}\n{support.lines(fact, width, 3)}"
        here = there
