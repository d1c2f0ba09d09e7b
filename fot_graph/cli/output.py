"""Where and how a command's text comes out: a terminal, a pipe or a file.

Tables are for terminals, where nothing is wider than the screen; a pipe gets tab-separated lines unless told otherwise.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fot_graph.cli import opening
from fot_graph.core import files, media_types, tables, terminal, workspace
from fot_graph.core.errors import OutputFileError, SeveralErrors, UsageError, system_message
from fot_graph.core.quote_errors import QuoteError
from fot_graph.core.words import Message
from fot_graph.evidence import unknown
from fot_graph.formats import results

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from fot_graph.api import Graph
    from fot_graph.core.errors import FotGraphError
    from fot_graph.evidence.answers import Stream

_PRINTED = 1 << 17  # characters that are printed together


def deliver(content: str | bytes | Iterable[str], args: Namespace) -> int:
    """Write a text, texts one after the other, or bytes to the file that was asked for, or to standard output."""
    if args.output is None:
        return _say_bytes(content) if isinstance(content, bytes) else say(content)
    files.write(args.output, content)
    return 0


def deliver_answer(
    graph: Graph,
    query: str,
    args: Namespace,
    title: str = "",
    headings: Sequence[str] = (),
    why_empty: Callable[[], Message] | None = None,
) -> int:
    """Deliver the answer to a query: rows or a truth value as such, a graph in a form of RDF.

    With --status it is that of the claims of these statuses. What may have left it empty is told besides, also by
    `why_empty` where it has no rows.
    """
    asked = opening.part(graph, args)
    answer = asked.stream(query)
    answer.limit = args.max_rows
    if answer.form in ("construct", "describe"):
        _deliver_graph(asked, answer, args)
    else:
        _deliver_rows(answer, args, title, headings)
    if answer.cut:
        code = "cut-after-rows" if answer.form == "select" else "cut-after-triples"
        note(Message(code, count=answer.limit), args)
    _warn(graph, query, answer, args)
    if why_empty and answer.is_empty and not args.statuses:
        note(why_empty(), args)
    return 1 if args.exit_status and answer.truth is False else 0


def _warn(graph: Graph, query: str, answer: Stream, args: Namespace) -> None:
    """Say which terms of a query the whole graph does not hold, and which statuses an empty answer leaves out."""
    whole = graph.stream(query) if args.statuses else answer
    warnings = whole.warn()
    left = unknown.left_out(whole) if args.statuses and answer.is_empty else None
    for warning in (*warnings, *([left] if left else [])):
        note(warning, args)


def _deliver_rows(answer: Stream, args: Namespace, title: str, headings: Sequence[str]) -> None:
    """Deliver rows as they come, or all together where the format or their evidence asks for it."""
    format_ = format_of(args, media_types.ROWS, fitting_format(args))
    known = media_types.formats_holding(media_types.ROWS)
    if format_ not in known:
        raise UsageError("gives-no-graph", form=answer.form.upper(), format=format_, known=[*known])
    quotes, every = args.with_quotes, args.all_evidence
    if format_ in results.STREAMED and not (quotes or every):
        deliver(results.stream(answer, format_, args.lang, iris=args.iris), args)
        return
    wide = width(args)
    look = {"iris": args.iris, "quotes": quotes, "every": every}
    if format_ == "xlsx":
        deliver(results.workbook(answer.answer(), args.lang, headings=headings, **look), args)
        return
    text = results.render(answer.answer(), format_, args.lang, width=wide, headings=headings, **look)
    heading = f"{wrap_text(title, wide)}\n\n" if title and format_ == "table" and wide else ""
    deliver(heading + text, args)


def _deliver_graph(graph: Graph, answer: Stream, args: Namespace) -> None:
    """Deliver triples, with quotes in the graphs of the claims that they rest on."""
    format_ = format_of(args, media_types.GRAPH, "ttl")
    if format_ not in media_types.formats_holding(media_types.GRAPH):
        results.check(answer.form, format_)
    from fot_graph.formats import attribution, export, rdf  # noqa: PLC0415  most answers are rows, and are there sooner without them

    if not (args.with_quotes or args.all_evidence):
        streamed = format_ in ("nt", "nq")
        text = rdf.triples_lines(answer) if streamed else rdf.triples_text(answer, format_, graph.namespaces)
        deliver(text, args)
        return
    found = answer.answer()
    evidence = found.evidence(every=args.all_evidence)
    quads = attribution.quads_with_provenance(graph.store, found.triples, evidence)
    deliver(rdf.quads_text(quads, format_, graph.namespaces), args)
    if unknown := sum(not each.known for each in evidence):
        note(Message("triples-not-known", unknown=unknown, count=len(evidence)), args)
    if lost := export.loss(format_, ("claims",)):
        note(lost, args)


def list_text(header: Sequence[str], rows: Sequence[Sequence[str]], objects: object, format_: str) -> str | bytes:
    """Give what no query gives as CSV, TSV, Markdown or an Excel workbook, or its fuller form as JSON."""
    if format_ == "xlsx":
        from fot_graph.formats import spreadsheet  # noqa: PLC0415  only this form pays for it

        return spreadsheet.workbook(header, rows)
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
    with _output_errors():
        for part in [text] if isinstance(text, str) else _in_large_pieces(text):
            print(terminal.visible_text(part) if on_terminal else part, end="", flush=True)
    return 0


def _say_bytes(content: bytes) -> int:
    """Print what is no text, where no terminal shows it."""
    if sys.stdout.isatty():
        raise UsageError("text-terminal")
    with _output_errors():
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
    return 0


@contextmanager
def _output_errors() -> Iterator[None]:
    """Raise OutputFileError where standard output cannot be written, unless nobody reads it any more."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        discard_output()
        raise OutputFileError(Message("standard-output"), system_message(error)) from None


def _in_large_pieces(texts: Iterable[str]) -> Iterator[str]:
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
    complain(message.worded(args.lang))


def tell_workspace(args: Namespace) -> None:
    """Say on a terminal which workspace a command reads that names none."""
    names_one = any(vars(args).get(name, True) for name in ("data", "store", "endpoint") if name in args)
    found = None if "data" not in args or names_one else opening.own_workspace()
    if found and sys.stderr is not None and sys.stderr.isatty():
        note(Message("reads-workspace", name=workspace.read(found).name, place=found), args)


def complain(text: str) -> None:
    """Print a line on standard error. Where that is closed, print would take standard output, where data stand."""
    if sys.stderr is not None:
        print(f"fot-graph: {terminal.visible_text(text)}", file=sys.stderr)


def reason(error: Message | FotGraphError, lang: str) -> str:
    """Say what is wrong without the place, where it is none that anybody wrote."""
    if isinstance(error, SeveralErrors):
        error = error.errors[0]
    if isinstance(error, Message | QuoteError):
        return error.worded(lang)
    hint = error.hint_in(lang)
    return error.reason_in(lang) + (f" ({hint})" if hint else "")


def discard_output() -> None:
    """Write nothing more to a pipe that is closed, so that the interpreter ends without complaint."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _on_terminal(args: Namespace) -> bool:
    return args.output is None and sys.stdout is not None and sys.stdout.isatty()


def width(args: Namespace) -> int | None:
    """Give the columns of the terminal; None where there is none, and nothing wraps."""
    if not _on_terminal(args):
        return None
    from shutil import get_terminal_size  # noqa: PLC0415  a pipe need not wait for it

    return get_terminal_size().columns


def fitting_format(args: Namespace) -> str:
    """Choose the format of rows that fits the place."""
    return "table" if _on_terminal(args) else "tsv"


def format_of(args: Namespace, what: str, otherwise: str) -> str:
    """Choose a format: as asked with -f, as the name of the file says, or otherwise.

    `what` is to be written (`core.media_types`). Raises: `UnknownNameError` for a suffix that says nothing.
    """
    if args.format:
        return str(args.format)
    found = media_types.format_of_file(args.output, what) if args.output else None
    return found.name if found else otherwise


def cut_line(text: str, width: int | None) -> str:
    """Cut a line at the width of the terminal, if there is one."""
    return text if width is None or len(text) <= width else text[: max(1, width - 1)].rstrip() + "…"


def wrap_lines(text: str, width: int | None) -> str:
    """Wrap each line of a text to the terminal, if there is one, under its own indentation."""
    return "".join(f"{wrap_text(line.lstrip(), width, len(line) - len(line.lstrip()))}\n" for line in text.splitlines())


def wrap_text(text: str, width: int | None, indent: int = 0) -> str:
    """Wrap a text to the terminal, if there is one, and indent it."""
    return tables.indented_text(text, width, indent)
