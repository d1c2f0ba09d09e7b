"""One command line: which command it names, its words, its help, and the exit code that comes of it."""

from __future__ import annotations

from argparse import Namespace
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from fot_graph.cli import limits, output, words
from fot_graph.core.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Sequence

COMMANDS = {file.stem: file for file in sorted(Path(__file__).with_name("commands").glob("[a-z]*.py"))}

_HELP = """\
usage: fot-graph COMMAND [options]

A parliamentary question and its answer as a graph, and the sentence behind every claim.

commands:
{commands}

  fot-graph alone says what the graph holds; fot-graph COMMAND --help explains a command;
  fot-graph --print-completion bash or zsh gives what completes its words; fot-graph --version shows the version.

examples:
  fot-graph ask findings-informing-themes --lang nl
  fot-graph query -e 'SELECT ?status (COUNT(*) AS ?claims) {{ ?claim fot:status ?status }} GROUP BY ?status'
  fot-graph show SERV
  fot-graph export -o graph.trig

exit codes: 0 fine, 1 a negative finding, 2 wrong usage, 3 unreadable input or malformed query,
  4 the time limit is over, 130 interrupted
"""


_LASTING = ("load", "serve", "propose", "review")  # which put things in order when they are interrupted


class _Command(Protocol):
    def add_words(self, parser: ArgumentParser) -> None: ...
    def run(self, args: Namespace) -> int: ...


def run(argv: list[str]) -> int:
    """Run one command line, without the program's name, and give its exit code."""
    lang, argv = words.take_language(argv)
    if not argv:
        return output.say(_welcome(lang))
    first = argv[0]
    if first in ("-h", "--help"):
        return output.say(_HELP.format(commands="\n".join(f"  {name:<10} {about(name)}" for name in COMMANDS)))
    if first == "--version":
        return output.say(f"fot-graph {_version()}\n")
    if first == "--print-completion":
        return output.say(_completion(argv[1:]))
    if first.startswith("-"):
        raise UsageError("option-before-command", option=first)
    if first not in COMMANDS:
        raise UnknownNameError("command", first, COMMANDS)
    return _dispatch(first, argv[1:])


def about(name: str) -> str:
    """Say in a few words what a command does: the first line of its file says so after the words of the command.

    Read, not imported: the help of all commands would else import all that they need.
    """
    with COMMANDS[name].open(encoding="utf-8") as file:
        return file.readline().partition("`: ")[2].strip().removesuffix('"""').removesuffix(".")


def _dispatch(name: str, given: list[str]) -> int:
    """Parse the words after a command and run it."""
    with nullcontext() if name in _LASTING else limits.interruptible():
        command: _Command = import_module(f"fot_graph.cli.commands.{name}")
        parser = words.parser(name, about(name))
        command.add_words(parser)
        if {"-h", "--help"} & set(given):
            return output.say(parser.format_help())
        args = words.parse(parser, given, parameters=_takes_parameters(name, given))
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


def _completion(given: Sequence[str]) -> str:
    shells = ("bash", "zsh")
    if len(given) != 1:
        raise UsageError("completion-without-shell", shells=shells)
    words.OneOf("shell", shells)(given[0])
    from fot_graph.cli.completion import script  # noqa: PLC0415  as above

    return script(given[0], {name: about(name) for name in COMMANDS})


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415  only this option pays for it

    return version("fot-graph")
