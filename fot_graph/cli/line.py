"""One command line: which command it names, its words, its help, and the exit code that comes of it."""

from __future__ import annotations

from argparse import Namespace
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from fot_graph.cli import limits, output, words
from fot_graph.cli import parser as parsers
from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.core.words import fill, texts

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {file.stem: file for file in sorted(Path(__file__).with_name("commands").glob("[a-z]*.py"))}

_LASTING = ("load", "serve", "propose", "review")  # which put things in order when they are interrupted


class _Command(Protocol):
    def add_words(self, parser: parsers.Parser) -> None: ...
    def run(self, args: Namespace) -> int: ...


def run(argv: list[str]) -> int:
    """Run one command line, without the program's name, and give its exit code."""
    lang, argv = words.take_language(argv)
    if not argv:
        return output.say(_welcome(lang))
    first = argv[0]
    if first in ("-h", "--help"):
        return output.say(_help(words.language_of(["--lang", lang, *argv])))
    if first == "--version":
        return output.say(f"fot-graph {_version()}\n")
    if first == "--print-completion":
        return output.say(_completion(argv[1:], lang))
    if first.startswith("-"):
        raise UsageError("option-before-command", option=first)
    if first not in COMMANDS:
        raise UnknownNameError("command", first, COMMANDS)
    return _dispatch(first, argv[1:])


def _help(lang: str) -> str:
    """Say what the commands are, what each does, and how a command line looks."""
    said = texts("help", lang)
    return fill(said["program"], lang, commands="\n".join(f"  {name:<10} {said[name]}" for name in COMMANDS))


def _dispatch(name: str, given: list[str]) -> int:
    """Parse the words after a command and run it."""
    with nullcontext() if name in _LASTING else limits.interruptible():
        command: _Command = import_module(f"fot_graph.cli.commands.{name}")
        parser = parsers.of_command(name)
        command.add_words(parser)
        if {"-h", "--help"} & set(given):
            parser.word(words.language_of(given))
            return output.say(parser.format_help())
        args = parsers.parse(parser, given, parameters=_takes_parameters(name, given))
        output.tell_workspace(args)
        with limits.time_limit(args.timeout, args.lang):
            return command.run(args)


def _takes_parameters(name: str, given: Sequence[str]) -> bool:
    """Tell whether an option that a command does not know is a parameter of a question."""
    return name == "ask" or (name == "draw" and any(word.partition("=")[0] == "--question" for word in given))


def _welcome(lang: str) -> str:
    """Say what the graph holds, and what to try."""
    from fot_graph.cli.welcome import text  # noqa: PLC0415  no other command pays for it

    return text(lang, output.width(Namespace(output=None)))


def _completion(given: Sequence[str], lang: str) -> str:
    shells = ("bash", "zsh")
    if len(given) != 1:
        raise UsageError("completion-without-shell", shells=shells)
    words.OneOf("shell", shells)(given[0])
    from fot_graph.cli.completion import script  # noqa: PLC0415  as above

    return script(given[0], list(COMMANDS), lang)


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415  only this option pays for it

    return version("fot-graph")
