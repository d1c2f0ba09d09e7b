"""The command `fot-graph`: a thin shell over the library, and the only module that prints.

Exit codes: 0 fine; 1 a negative finding; 2 wrong usage; 3 unreadable input or malformed query. An error is one clear
line on standard error. Tables are for terminals; a pipe gets tab-separated lines unless told otherwise.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import sys
import textwrap
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from fot_graph import catalogue, export, results
from fot_graph.coverage import coverage, percentage
from fot_graph.errors import FotGraphError, InputFileError, OutputFileError, UnknownNameError, UsageError
from fot_graph.graph import load
from fot_graph.resources import folder, read_text

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Collection, Mapping, Sequence

    from fot_graph.catalogue import Question
    from fot_graph.coverage import Line
    from fot_graph.graph import Answer, Graph

BOARD = "asked-versus-answered"
LANGUAGES = ("en", "nl")
REPORT_FORMATS = ("text", "json", "turtle")

_HELP = """\
usage: fot-graph COMMAND [options]

A parliamentary question and its answer as a graph, and the sentence behind every claim.

commands:
{commands}

  fot-graph COMMAND --help explains a command; fot-graph --version shows the version.

examples:
  fot-graph ask findings-informing-themes --lang nl
  fot-graph query -e 'SELECT ?status (COUNT(*) AS ?claims) {{ ?claim fot:status ?status }} GROUP BY ?status'
  fot-graph export -o graph.trig

exit codes: 0 fine, 1 a negative finding, 2 wrong usage, 3 unreadable input or malformed query
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (without the program's name; the process's own by default) and give its exit code."""
    try:
        return _run(list(sys.argv[1:] if argv is None else argv))
    except FotGraphError as error:
        print(f"fot-graph: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        _forget_output()
        return 0
    except KeyboardInterrupt:
        return 130


def _run(argv: list[str]) -> int:
    first = argv[0] if argv else "--help"
    if first in ("-h", "--help"):
        return _say(_HELP.format(commands="\n".join(f"  {name:<10} {_COMMANDS[name].about}" for name in _COMMANDS)))
    if first == "--version":
        return _say(f"fot-graph {_version()}\n")
    if first.startswith("-"):
        raise UsageError(f"option {first} stands before the command", "fot-graph COMMAND [options]")
    if first not in _COMMANDS:
        raise UnknownNameError("command", first, _COMMANDS)
    return _dispatch(first, argv[1:])


def _dispatch(name: str, words: list[str]) -> int:
    """Parse the words after a command and run it."""
    command, parser = _COMMANDS[name], _parser(name)
    if {"-h", "--help"} & set(words):
        return _say(parser.format_help())
    options = _options(parser)
    words, parameters = _split_parameters(words, options) if name == "ask" else (words, {})
    args, unknown = parser.parse_known_args(words)
    for word in unknown:
        if word.startswith("-"):
            raise UnknownNameError("option", word.partition("=")[0], options)
        parser.error(f"unexpected argument '{word}'")
    args.parameters, args.options = parameters, options
    return command.run(args)


# --- The commands ----------------------------------------------------------------------------------------------------


def _ask(args: Namespace) -> int:
    question = _question(args.name)
    _check_parameters(question, args)
    if "lang" in question.parameters:  # the language of the texts that the question itself selects
        args.parameters["lang"] = args.lang
    graph = load()
    answer = graph.query(catalogue.bind(question, graph, args.parameters))
    headings = question.columns if args.lang == "nl" else ()
    return _answered(answer, graph, args, question.summary.get(args.lang, ""), headings)


def _question(name: str) -> Question:
    try:
        return catalogue.question(name)
    except UnknownNameError as error:
        if error.hint.startswith("known"):  # dozens of names: too many for a line
            raise UsageError(error.message, "fot-graph questions lists them") from None
        raise


def _check_parameters(question: Question, args: Namespace) -> None:
    known = [f"--{name}" for name in question.parameters]
    for option in (f"--{name}" for name in args.parameters if name not in question.parameters):
        near = get_close_matches(option, [*known, *args.options], n=1, cutoff=0.7)
        hint = f"did you mean {near[0]}?" if near else f"it has {' and '.join(known) or 'none'}"
        raise UsageError(f"question '{question.name}' has no parameter {option}", hint)


def _query(args: Namespace) -> int:
    text = _query_text(args)
    graph = load()
    return _answered(graph.query(text), graph, args)


def _board(args: Namespace) -> int:
    args.name = BOARD
    return _ask(args)


def _questions(args: Namespace) -> int:
    found = list(catalogue.questions().values())
    rows = [[q.name, q.summary.get(args.lang, ""), _parameters(q), " ".join(q.tags)] for q in found]
    format_ = _row_format(args)
    if format_ == "table":
        shown = [[name, f"{question} {parameters}".rstrip()] for name, question, parameters, _ in rows]
        return _deliver(results.table(["name", "question"], shown, width=_width(args)), args)
    header = ["name", "question", "parameters", "tags"]
    return _deliver(_listed(header, rows, [_described(q) for q in found], format_), args)


def _parameters(question: Question) -> str:
    return " ".join(f"--{name}" for name in question.parameters if name != "lang")  # every command has --lang


def _described(question: Question) -> dict[str, object]:
    return {
        "name": question.name,
        "summary": question.summary,
        "tags": list(question.tags),
        "parameters": question.parameters,
    }


def _validate(args: Namespace) -> int:
    from fot_graph.validation import validate  # noqa: PLC0415  heavy: only this command pays for SHACL

    report = validate(load(_with_packaged(args.files), strict=False))
    format_ = args.format or _suffix_format(args, {".json": "json", ".ttl": "turtle"}) or "text"
    forms = {"json": report.json, "turtle": report.turtle}
    _deliver(forms[format_]() if format_ in forms else _fitted(report.text(args.lang), _width(args)), args)
    return 0 if report.conforms else 1


def _with_packaged(files: Sequence[Path]) -> list[Path] | None:
    """Put files beside what comes with fot_graph, which they may speak of; one of the same name takes its place."""
    if not files:
        return None
    data, given = folder("data"), {_document_name(path.resolve()) for path in files}
    packaged = [*sorted((data / "documents").iterdir()), *sorted((data / "background").glob("*.trig"))]
    return [*(path for path in packaged if path.name not in given), *files]


def _document_name(path: Path) -> str:
    return path.parent.name if path.name == "claims.trig" else path.name


def _coverage(args: Namespace) -> int:
    lines = coverage(load())
    # Not TSV in a pipe: the last line with the percentage is what one wants to see there
    format_ = args.format or _suffix_format(args, _BY_SUFFIX) or "table"
    share = percentage(lines)
    if format_ == "table":
        text = _coverage_list(lines, share, args)
    else:
        header = ["document", "item", "line", "text", "claims", "reason"]
        objects = {"percentage": share, "lines": [line._asdict() for line in lines]}
        text = _listed(header, [_coverage_row(line, args.lang) for line in lines], objects, format_)
    _deliver(text, args)
    return 0 if share == 100 else 1


def _coverage_row(line: Line, lang: str) -> list[str]:
    reason = line.reasons.get(lang, "")
    return [line.document, line.item, str(line.line), line.text, " ".join(line.claims), reason]


def _export(args: Namespace) -> int:
    format_ = args.format or _suffix_format(args, {".ttl": "ttl", ".trig": "trig"}) or "trig"
    return _deliver(export.export(load(), format_), args)


# --- What the commands show ------------------------------------------------------------------------------------------

_BY_SUFFIX = {".csv": "csv", ".tsv": "tsv", ".json": "json"}


def _answered(answer: Answer, graph: Graph, args: Namespace, title: str = "", headings: Sequence[str] = ()) -> int:
    """Deliver an answer: rows or a truth value as such, a graph as Turtle or N-Triples."""
    if answer.form in ("construct", "describe"):
        format_ = args.format or _suffix_format(args, {".nt": "nt", ".ttl": "ttl"}) or "ttl"
        if format_ in export.TRIPLE_FORMATS:
            return _deliver(export.triples_text(answer.triples, format_), args)
    else:
        format_ = _row_format(args)
        if format_ in export.TRIPLE_FORMATS:
            form = answer.form.upper()
            raise UsageError(f"{form} gives no graph, which {format_} would show", "choose table, csv, tsv or json")
    width = _width(args)
    text = results.render(answer, format_, args.lang, graph, iris=args.iris, width=width, headings=headings)
    heading = f"{_wrapped(title, width)}\n\n" if title and format_ == "table" and width else ""
    _deliver(heading + text, args)
    return 1 if args.exit_status and answer.truth is False else 0


def _listed(header: Sequence[str], rows: Sequence[Sequence[str]], objects: object, format_: str) -> str:
    """Give what no query gives as CSV or TSV, or its fuller form as JSON."""
    if format_ == "json":
        return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"
    return results.separated(header, rows, format_)


_COVERAGE_WORDS = {
    "en": {
        "question": "question",
        "answer": "answer",
        "none": "no claim: {}",
        "uncovered": "NOT COVERED",
        "total": "{} sentences, headings and table rows: {} quoted, {} without claim, {} uncovered: {:g}%",
    },
    "nl": {
        "question": "vraag",
        "answer": "antwoord",
        "none": "geen bewering: {}",
        "uncovered": "NIET GEDEKT",
        "total": "{} zinnen, opschriften en tabelrijen: {} aangehaald, {} zonder bewering, {} niet gedekt: {:g}%",
    },
}


def _coverage_list(lines: Sequence[Line], share: float, args: Namespace) -> str:
    """Give each sentence with its line and item, below it the claims that quote it, and the share at the end."""
    width = _width(args)
    blocks = []
    for line in lines:
        part, _, number = line.item.partition("-")
        item = f"{_COVERAGE_WORDS[args.lang].get(part, part)} {number}"
        head = f"{line.line:>4}  {item:<12}  {line.text}"
        blocks.append(_cut(head, width) + "\n" + _wrapped(_carried(line, args.lang), width, indent=20))
    quoted, covered = sum(bool(line.claims) for line in lines), sum(line.covered for line in lines)
    counts = (len(lines), quoted, covered - quoted, len(lines) - covered)
    total = _wrapped(_COVERAGE_WORDS[args.lang]["total"].format(*counts, share), width)
    return "\n".join([*blocks, "", total]) + "\n"


def _carried(line: Line, lang: str) -> str:
    """Name the claims of a line, without their document's folder, or say why there is none."""
    if line.claims:
        return ", ".join(claim.rpartition("/")[2] for claim in line.claims)
    words = _COVERAGE_WORDS[lang]
    reason = line.reasons.get(lang) or next(iter(line.reasons.values()), "")
    return words["none"].format(reason) if line.covered else words["uncovered"]


def _cut(text: str, width: int | None) -> str:
    return text if width is None or len(text) <= width else text[: max(1, width - 1)].rstrip() + "…"


def _fitted(text: str, width: int | None) -> str:
    """Wrap each line of a text to the terminal, if there is one, under its own indentation."""
    return "".join(f"{_wrapped(line.lstrip(), width, len(line) - len(line.lstrip()))}\n" for line in text.splitlines())


def _wrapped(text: str, width: int | None, indent: int = 0) -> str:
    """Wrap a text to the terminal, if there is one, and indent it."""
    blank = " " * indent
    if width is None or not text:
        return blank + text
    filled = textwrap.wrap(text, max(20, width - indent), break_on_hyphens=False)
    return "\n".join(blank + part for part in filled)


# --- In and out ------------------------------------------------------------------------------------------------------


def _query_text(args: Namespace) -> str:
    if (args.file is None) == (args.expression is None):
        raise UsageError("a query comes from one place", "give FILE, or - for standard input, or -e SPARQL")
    if args.expression is not None:
        return str(args.expression)
    return _standard_input() if args.file == "-" else read_text(Path(args.file))


def _standard_input() -> str:
    if sys.stdin is None:  # as after `<&-`
        raise InputFileError("standard input", "it is closed")
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputFileError("standard input", f"byte {error.start} is not UTF-8", "save the text as UTF-8") from None


def _deliver(text: str, args: Namespace) -> int:
    if args.output is None:
        return _say(text)
    export.write(args.output, text)
    return 0


def _say(text: str) -> int:
    """Print to standard output: UTF-8 with line feeds in a pipe, whatever the terminal can show on a terminal."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="replace")
        else:
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    try:
        print(text, end="", flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        _forget_output()
        raise OutputFileError("standard output", (error.strerror or str(error)).lower()) from None
    return 0


def _forget_output() -> None:
    """Let nothing more be written where nobody reads, so that the interpreter ends without complaint."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _on_terminal(args: Namespace) -> bool:
    return args.output is None and sys.stdout is not None and sys.stdout.isatty()


def _width(args: Namespace) -> int | None:
    return shutil.get_terminal_size().columns if _on_terminal(args) else None


def _row_format(args: Namespace) -> str:
    return args.format or _suffix_format(args, _BY_SUFFIX) or ("table" if _on_terminal(args) else "tsv")


def _suffix_format(args: Namespace, formats: Mapping[str, str]) -> str | None:
    """Give the format that the name of the output file asks for."""
    return formats.get(Path(args.output).suffix.lower()) if args.output else None


# --- The words of the command line -----------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    """Raises what argparse would print and exit with, so that all errors look alike."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, f"{self.prog} --help explains")


def _parser(name: str) -> _Parser:
    about = _COMMANDS[name].about
    sentence = f"{about[0].upper()}{about[1:]}."
    parser = _Parser(prog=f"fot-graph {name}", description=sentence, allow_abbrev=False)
    parser.set_defaults(exit_status=False, iris=False)
    _COMMANDS[name].add_words(parser)
    return parser


def _add_ask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="a question; 'fot-graph questions' lists them")
    parser.epilog = "A question's own parameters are options too: fot-graph ask NAME --PARAMETER VALUE."
    _add_answers(parser)


def _add_query(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", nargs="?", help="a file with the query; - reads standard input")
    parser.add_argument("-e", "--expression", metavar="SPARQL", help="the query itself")
    parser.epilog = "The project's prefixes (fot:, id:, skos: …) are known without PREFIX lines."
    _add_answers(parser)


def _add_validate(parser: argparse.ArgumentParser) -> None:
    text = "documents or RDF files to check beside the packaged ones, or in place of those of the same name"
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help=text)
    _add_common(parser, REPORT_FORMATS)


def _add_export(parser: argparse.ArgumentParser) -> None:
    _add_common(parser, export.FORMATS)


def _add_answers(parser: argparse.ArgumentParser) -> None:
    _add_common(parser, (*results.FORMATS, *export.TRIPLE_FORMATS))
    parser.add_argument("--iris", action="store_true", help="show IRIs where labels would stand")
    parser.add_argument("--exit-status", action="store_true", help="exit with 1 when the answer to an ASK is no")


def _add_common(parser: argparse.ArgumentParser, formats: Sequence[str] = results.FORMATS) -> None:
    parser.add_argument(
        "--lang", metavar="LANG", type=_one_of("language", LANGUAGES), default=_language(os.environ), help="nl or en"
    )
    parser.add_argument(
        "-f", "--format", metavar="FORMAT", type=_one_of("format", formats), help=f"one of {', '.join(formats)}"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file instead of standard output")


def _one_of(kind: str, names: Collection[str]) -> Callable[[str], str]:
    def check(word: str) -> str:
        if word not in names:
            raise UnknownNameError(kind, word, names)
        return word

    return check


def _language(environment: Mapping[str, str]) -> str:
    """Choose Dutch where the user's locale is Dutch, otherwise English.

    >>> _language({"LANG": "nl_BE.UTF-8"}), _language({"LC_ALL": "C", "LANG": "nl_BE.UTF-8"})
    ('nl', 'en')
    """
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "nl" if next(filter(None, names), "").startswith("nl") else "en"


def _options(command: argparse.ArgumentParser) -> list[str]:
    return [name for name in command._option_string_actions if name.startswith("--")]  # noqa: SLF001  no public way


def _split_parameters(words: Sequence[str], options: Collection[str]) -> tuple[list[str], dict[str, str]]:
    """Take the parameters of a question, which argparse cannot know, out of the words of a command line.

    >>> _split_parameters(["about", "--entity", "SERV", "--lang", "nl", "--year=2017"], ["--lang"])
    (['about', '--lang', 'nl'], {'entity': 'SERV', 'year': '2017'})
    """
    rest, parameters = [], {}
    following = iter(words)
    for word in following:
        option, sign, value = word.partition("=")
        if not option.startswith("--") or option in options:
            rest.append(word)
            continue
        given = value if sign else next(following, "--")
        if given.startswith("--") and not sign:
            raise UsageError(f"option {option} needs a value")
        parameters[option[2:]] = given
    return rest, parameters


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415  only this option pays for it

    return version("fot-graph")


class _Command(NamedTuple):
    run: Callable[[Namespace], int]
    about: str
    add_words: Callable[[argparse.ArgumentParser], None]


_COMMANDS = {
    "ask": _Command(_ask, "answer a question of the catalogue", _add_ask),
    "query": _Command(_query, "answer a SPARQL query", _add_query),
    "questions": _Command(_questions, "list the questions of the catalogue", _add_common),
    "board": _Command(_board, "show what was asked and what was answered", _add_answers),
    "coverage": _Command(_coverage, "list every sentence with the claims that quote it", _add_common),
    "validate": _Command(_validate, "check the graph, or your files, and say what to mend", _add_validate),
    "export": _Command(_export, "write the whole graph as a file", _add_export),
}
