"""`fot-graph coverage [DOCUMENT …]`: list every sentence with the claims that quote it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.api import load
from fot_graph.claims.inputs import claims_files
from fot_graph.cli import levels as levels_shown
from fot_graph.cli import opening, output, words
from fot_graph.core import media_types
from fot_graph.core.errors import UsageError
from fot_graph.core.words import fill, text_in, texts
from fot_graph.questions import levels
from fot_graph.questions.coverage import coverage, part_name, percentage

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from fot_graph.api import Graph
    from fot_graph.questions.coverage import CoverageLine


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("documents", metavar="DOCUMENT", nargs="*", type=Path, help="coverage.documents")
    words.add_common(parser, media_types.LIST)
    words.add_graph_choice(parser)
    words.add_limit(parser)


def run(args: Namespace) -> int:
    """List the sentences; the exit code is 1 when one is not covered."""
    graph = _graph(args)
    lines = coverage(graph)
    if not lines:
        raise UsageError("no-document")
    found = levels.levels(graph, lines)
    # Not TSV in a pipe: the last line with the percentage is what one wants to see there
    format_ = output.format_of(args, media_types.LIST, "table")
    share = percentage(lines)
    text: str | bytes
    if format_ == "table":
        text = _list(lines, share, args, levels_shown.text(found, args.lang, named=len(found) > 1))
    else:
        header = ["document", "item", "line", "text", "claims", "reason"]
        told = [{"document": each.document, "level": each.level} for each in found]
        objects = {"percentage": share, "levels": told, "lines": [line._asdict() for line in lines]}
        text = output.list_text(header, [_row(line, args.lang) for line in lines], objects, format_)
    output.deliver(text, args)
    return 0 if share == 100 else 1


def _graph(args: Namespace) -> Graph:
    """Read the given documents, or open the graph that the options choose."""
    if not args.documents:
        return opening.graph(args)
    if args.store or args.endpoint or args.data:
        raise UsageError("documents-or-store")
    list(claims_files(args.documents))  # each has to be a document
    return load(args.documents, strict=False)


def _row(line: CoverageLine, lang: str) -> list[str]:
    _, reason = text_in(line.reasons, lang)
    return [line.document, line.item, str(line.line), line.text, " ".join(line.claims), reason]


def _list(lines: Sequence[CoverageLine], share: float, args: Namespace, reached: str) -> str:
    """Give each sentence with its line and item and the claims that quote it, the levels reached, and the share."""
    width = output.width(args)
    blocks = []
    several = len({line.document for line in lines}) > 1
    for before, line in zip([None, *lines], lines, strict=False):
        if several and (before is None or before.document != line.document):
            blocks.append(("\n" if before else "") + line.document)
        head = f"{line.line:>4}  {part_name(line.item, args.lang):<12}  {line.text}"
        blocks.append(
            output.cut_line(head, width) + "\n" + output.wrap_text(_claims_or_reason(line, args.lang), width, indent=20)
        )
    quoted, covered = sum(bool(line.claims) for line in lines), sum(line.covered for line in lines)
    counts = (len(lines), quoted, covered - quoted, len(lines) - covered)
    total = output.wrap_text(fill(texts("coverage", args.lang)["total"], args.lang, *counts, f"{share:g}"), width)
    return "\n".join([*blocks, "", output.wrap_lines(reached, width), total]) + "\n"


def _claims_or_reason(line: CoverageLine, lang: str) -> str:
    """Name the claims of a line, without their document's folder, or say why there is none."""
    if line.claims:
        return ", ".join(claim.rpartition("/")[2] for claim in line.claims)
    _, reason = text_in(line.reasons, lang)
    return texts("coverage", lang)["none"].format(reason) if line.covered else texts("coverage", lang)["uncovered"]
