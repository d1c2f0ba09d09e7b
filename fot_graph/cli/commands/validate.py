"""`fot-graph validate [FILE …]`: check the graph, or your files, and say what to mend."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.api import Graph
from fot_graph.cli import opening, output, words
from fot_graph.core import media_types, workspace
from fot_graph.core.errors import SeveralErrors
from fot_graph.core.words import Message
from fot_graph.stores.memory import MemoryGraph

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence

    from fot_graph.core.errors import FotGraphError
    from fot_graph.validation.report import Report, ValidationResult


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help="validate.files")
    words.add_data(parser)
    words.add_base(parser)
    words.add_common(parser, media_types.REPORT)


def run(args: Namespace) -> int:
    """Validate and report; the exit code is 1 when there is something to mend, 3 when something cannot be read."""
    from fot_graph.formats.turtle import turtle  # noqa: PLC0415  only this command pays for it
    from fot_graph.validation.validating import validate  # noqa: PLC0415  heavy: --help does not pay for SHACL

    failed: list[FotGraphError] = []
    graph = Graph(stored=MemoryGraph.load(_places(args), strict=False, base=args.base, failed=failed))
    if failed and len(failed) >= len(args.files) > 0:  # nothing of what the report should be about can be read
        raise failed[0] if len(failed) == 1 else SeveralErrors(failed)
    everywhere = validate(graph)
    report = everywhere.of(_of_named(everywhere, graph, args))
    format_ = output.format_of(args, media_types.REPORT, "text")
    if format_ == "text":
        said = _with_levels(report, graph, args)
        if failed and report.conforms:  # what cannot be read is not in order: the last line keeps what was checked
            above, _, summary = said.rstrip("\n").rpartition("\n")
            said = f"{above}\n{summary.partition(': ')[2]}\n".lstrip("\n")
        text = output.wrap_lines(said, output.width(args))
    else:
        text = report.json() if format_ == "json" else turtle(report.triples(), graph.namespaces)
    output.deliver(text, args)
    for error in failed:
        output.complain(error.worded(args.lang))
    for told in _in_other_languages(graph, args):
        output.complain(told.worded(args.lang))
    if elsewhere := len(everywhere.findings()) - len(report.findings()):
        output.complain(Message("findings-elsewhere", count=elsewhere).worded(args.lang))
    return 3 if failed else 0 if report.conforms else 1


def _in_other_languages(graph: Graph, args: Namespace) -> Iterator[Message]:
    """Tell of each document that was named, or of all, whose text is in no language of its workspace."""
    from fot_graph.validation import languages  # noqa: PLC0415  as above

    named = _named(args)
    for name in languages.foreign_texts(graph):
        if name in named or not args.files:
            yield Message("text-in-no-language", name=name, languages=languages.of(graph).labels)


def _of_named(report: Report, graph: Graph, args: Namespace) -> list[ValidationResult]:
    """Give the results of the documents that were named, where only documents were, without those of others."""
    documents = {name for name, _ in graph.sources.items()}
    if not args.files or not all(_names(path) & documents for path in args.files):
        return report.results
    others = documents - _named(args)
    return [each for each in report.results if _document(each, graph) not in others]


def _document(result: ValidationResult, graph: Graph) -> str:
    """Give the name of the document that a result is about; '' where it is about none."""
    from fot_graph.validation.renaming import document_of  # noqa: PLC0415  as above

    return document_of(result.focus, graph) or document_of(result.value, graph)


def _named(args: Namespace) -> set[str]:
    return {name for path in args.files for name in _names(path)}


def _names(path: Path) -> set[str]:
    """Give the names of documents that a path may mean: it is the folder of one, or a file in it."""
    return {path.resolve().name, path.resolve().parent.name}


def _with_levels(report: Report, graph: Graph, args: Namespace) -> str:
    """Say what was found, and which level each document meets: its sentences without a claim are what that needs."""
    from fot_graph.cli import levels as levels_shown  # noqa: PLC0415  as above
    from fot_graph.questions import coverage, levels  # noqa: PLC0415  as above

    different = {(each.rule, each.focus, each.path, each.value): each for each in report.results}.values()
    documents = (_document(result, graph) for result in different if result.rule != _UNCOVERED)
    mistakes = Counter(name for name in documents if name)
    named = _named(args)
    found = levels.levels(graph, coverage.coverage(graph), mistakes)
    shown = [each for each in found if each.document in named] if args.files else found
    *blocks, summary = report.text(args.lang, {_UNCOVERED}).splitlines()
    return (
        "\n".join([*blocks, *levels_shown.text(shown, args.lang).splitlines(), *([""] if shown else []), summary])
        + "\n"
    )


_UNCOVERED = "leaf-covered"  # the rule that each sentence carries a claim, or the reason why it carries none


def _places(args: Namespace) -> Sequence[Path] | None:
    """Put what is named beside all else in its workspace, which it may speak of."""
    named = [*(opening.data(args) or ()), *args.files]
    homes = dict.fromkeys(home for path in named if (home := workspace.above(path)))
    return [*(homes or [workspace.packaged()]), *named] if named else None
