"""Where and how a command's text comes out: a terminal, a pipe or a file.

Tables are for terminals, where nothing is wider than the screen; a pipe gets tab-separated lines unless told otherwise.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.core import files, tables, terminal
from fot_graph.core.errors import OutputFileError, UsageError, of_system
from fot_graph.core.words import Message
from fot_graph.formats import results

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fot_graph.api import Graph
    from fot_graph.evidence.answers import Stream

LIST_FORMATS = ("table", *tables.FORMATS, "json")
_PRINTED = 1 << 17  # characters that are printed together
BY_SUFFIX = {".csv": "csv", ".tsv": "tsv", ".json": "json", ".md": "md"}
_ROWS_BY_SUFFIX = {**BY_SUFFIX, ".xml": "xml", ".srx": "xml"}
_GRAPH_BY_SUFFIX = {".nt": "nt", ".ttl": "ttl", ".trig": "trig", ".nq": "nq", ".jsonld": "jsonld"}


def deliver(text: str | Iterable[str], args: Namespace) -> int:
    """Write a text, or texts one after the other, to the file that was asked for, or print it."""
    if args.output is None:
        return say(text)
    files.write(args.output, text)
    return 0


def answered(graph: Graph, query: str, args: Namespace, title: str = "", headings: Sequence[str] = ()) -> int:
    """Deliver the answer to a query: rows or a truth value as such, a graph in a form of RDF."""
    answer = graph.stream(query)
    answer.limit = args.max_rows
    if answer.form in ("construct", "describe"):
        _deliver_graph(graph, answer, args)
    else:
        _deliver_rows(answer, args, title, headings)
    if answer.cut:
        code = "cut-after-rows" if answer.form == "select" else "cut-after-triples"
        note(Message(code, count=answer.limit), args)
    return 1 if args.exit_status and answer.truth is False else 0


def _deliver_rows(answer: Stream, args: Namespace, title: str, headings: Sequence[str]) -> None:
    """Deliver rows as they come, or all together where the format or their evidence asks for it."""
    format_ = answer_format(args)
    if format_ in results.GRAPH_FORMATS:
        raise UsageError("gives-no-graph", form=answer.form.upper(), format=format_, known=[*results.FORMATS])
    quotes, every = args.with_quotes, args.all_evidence
    if format_ in results.STREAMED and not (quotes or every):
        deliver(results.stream(answer, format_, args.lang, iris=args.iris), args)
        return
    wide = width(args)
    look = {"iris": args.iris, "quotes": quotes, "every": every}
    text = results.render(answer.answer(), format_, args.lang, width=wide, headings=headings, **look)
    heading = f"{wrapped(title, wide)}\n\n" if title and format_ == "table" and wide else ""
    deliver(heading + text, args)


def _deliver_graph(graph: Graph, answer: Stream, args: Namespace) -> None:
    """Deliver triples, with quotes in the graphs of the claims that they rest on."""
    format_ = args.format or suffix_format(args, _GRAPH_BY_SUFFIX) or "ttl"
    if format_ not in results.GRAPH_FORMATS:
        results.check(answer.form, format_)
    from fot_graph.formats import attribution, export  # noqa: PLC0415  most answers are rows, and are there sooner without them

    if not (args.with_quotes or args.all_evidence):
        streamed = format_ in ("nt", "nq")
        lines = export.triples_lines(answer) if streamed else export.triples_text(answer, format_, graph.namespaces)
        deliver(lines, args)
        return
    found = answer.answer()
    evidence = found.evidence(every=args.all_evidence)
    quads = attribution.attributed(graph.store, found.triples, evidence)
    deliver(attribution.text(quads, format_, graph.namespaces), args)
    if unknown := sum(not each.known for each in evidence):
        note(Message("triples-not-known", unknown=unknown, count=len(evidence)), args)
    if lost := export.loss(format_, ("claims",)):
        note(lost, args)


def listed(header: Sequence[str], rows: Sequence[Sequence[str]], objects: object, format_: str) -> str:
    """Give what no query gives as CSV, TSV or Markdown, or its fuller form as JSON."""
    return json_text(objects) if format_ == "json" else tables.write(header, rows, format_)


def json_text(content: object) -> str:
    """Write JSON as people read it."""
    import json  # noqa: PLC0415  only this form pays for it

    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def say(text: str | Iterable[str]) -> int:
    """Print to standard output: UTF-8 with line feeds in a pipe, whatever the terminal can show on a terminal.

    This is the one way to a terminal, and nothing in a text steers it; a pipe gets the text as it is.
    """
    on_terminal = sys.stdout is not None and sys.stdout.isatty()
    if isinstance(sys.stdout, io.TextIOWrapper):
        if on_terminal:
            sys.stdout.reconfigure(errors="replace")
        else:
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    try:
        for part in [text] if isinstance(text, str) else _gathered(text):
            print(terminal.shown(part) if on_terminal else part, end="", flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        forget()
        raise OutputFileError(Message("standard-output"), of_system(error)) from None
    return 0


def _gathered(texts: Iterable[str]) -> Iterator[str]:
    """Put texts together until it is worth while to print: what fits, nobody sees before all of it was found."""
    gathered: list[str] = []
    size = 0
    for text in texts:
        gathered.append(text)
        size += len(text)
        if size > _PRINTED:
            yield "".join(gathered)
            gathered, size = [], 0
    yield "".join(gathered)


def note(message: Message, args: Namespace) -> None:
    """Say on standard error what the output itself cannot say."""
    print(f"fot-graph: {terminal.shown(message.worded(args.lang))}", file=sys.stderr)


def forget() -> None:
    """Let nothing more be written where nobody reads, so that the interpreter ends without complaint."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _on_terminal(args: Namespace) -> bool:
    return args.output is None and sys.stdout is not None and sys.stdout.isatty()


def width(args: Namespace) -> int | None:
    """Give the columns of the terminal; None where there is none, and nothing wraps."""
    if not _on_terminal(args):
        return None
    from shutil import get_terminal_size  # noqa: PLC0415  a pipe need not wait for it

    return get_terminal_size().columns


def answer_format(args: Namespace) -> str:
    """Choose the format of rows: as asked, as the name of the file says, or what fits the place."""
    return args.format or suffix_format(args, _ROWS_BY_SUFFIX) or default_format(args)


def list_format(args: Namespace) -> str:
    """Choose the format of a list: as asked, as the name of the file says, or what fits the place."""
    return args.format or suffix_format(args, BY_SUFFIX) or default_format(args)


def default_format(args: Namespace) -> str:
    """Choose the format that fits the place."""
    return "table" if _on_terminal(args) else "tsv"


def suffix_format(args: Namespace, formats: Mapping[str, str]) -> str | None:
    """Give the format that the name of the output file asks for."""
    return formats.get(Path(args.output).suffix.lower()) if args.output else None


def cut(text: str, width: int | None) -> str:
    """Cut a line at the width of the terminal, if there is one."""
    return text if width is None or len(text) <= width else text[: max(1, width - 1)].rstrip() + "…"


def fitted(text: str, width: int | None) -> str:
    """Wrap each line of a text to the terminal, if there is one, under its own indentation."""
    return "".join(f"{wrapped(line.lstrip(), width, len(line) - len(line.lstrip()))}\n" for line in text.splitlines())


def wrapped(text: str, width: int | None, indent: int = 0) -> str:
    """Wrap a text to the terminal, if there is one, and indent it."""
    return tables.filled(text, width, indent)
