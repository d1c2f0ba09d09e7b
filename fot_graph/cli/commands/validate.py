"""`fot-graph validate [FILE …]`: check the graph, or your files, and say what to mend."""

from __future__ import annotations

from os.path import realpath  # a link to itself ends Path.resolve
from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.api import load
from fot_graph.cli import output, words
from fot_graph.core import media_types
from fot_graph.core.resources import folder

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    text = "documents or RDF files to check beside the packaged ones, or in place of those of the same name"
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help=text)
    words.add_base(parser)
    words.add_common(parser, media_types.REPORT)


def run(args: Namespace) -> int:
    """Validate and report; the exit code is 1 when there is something to mend."""
    from fot_graph.formats.turtle import turtle  # noqa: PLC0415  only this command pays for it
    from fot_graph.validation.validating import validate  # noqa: PLC0415  heavy: --help does not pay for SHACL

    graph = load(_with_packaged(args.files), strict=False, base=args.base)
    report = validate(graph)
    format_ = output.format_of(args, media_types.REPORT, "text")
    if format_ == "text":
        text = output.wrap_lines(report.text(args.lang), output.width(args))
    else:
        text = report.json() if format_ == "json" else turtle(report.triples(), graph.namespaces)
    output.deliver(text, args)
    return 0 if report.conforms else 1


def _with_packaged(files: Sequence[Path]) -> list[Path] | None:
    """Put files beside what comes with fot_graph, which they may speak of; one of the same name takes its place."""
    if not files:
        return None
    data, given = folder("data"), {_document_name(Path(realpath(path))) for path in files}
    packaged = [*sorted((data / "documents").iterdir()), *sorted((data / "background").glob("*.trig"))]
    return [*(path for path in packaged if path.name not in given), *files]


def _document_name(path: Path) -> str:
    return path.parent.name if path.name == "claims.trig" else path.name
