"""The parser of a command: its help in Dutch and English, and what is said when a word of the command line is wrong."""

from __future__ import annotations

import argparse
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, NoReturn

from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.core.words import Message, fill, texts

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Collection, Iterable, Mapping, Sequence


class Parser(argparse.ArgumentParser):
    """Holds the options of a command, whose texts are codes of `help.json` until `word` says them in a language.

    It raises what argparse would print and exit with, so that all errors look alike. `data` are the fields of its
    epilog.
    """

    data: Mapping[str, object] = MappingProxyType({})

    def error(self, message: str) -> NoReturn:
        """Raise `UsageError`."""
        raise _usage_error(self, argparse.ArgumentError(None, message))

    def word(self, lang: str) -> None:
        """Say all texts in a language; what people type in the place of a metavar has its word among the errors."""
        said, names = texts("help", lang), texts("errors", lang)
        self.description = self.description and _sentence(said[self.description])
        self.epilog = self.epilog and fill(said[self.epilog], lang, **self.data)
        self._positionals.title, self._optionals.title = "arguments", "options"
        for group in self._action_groups:
            group.title = said[group.title or ""]
        for action in self._actions:
            code = action.dest if action.dest == "help" else action.help or ""
            listed = getattr(action.type, "names", ())
            action.help = fill(said[code], lang, default=action.default, names=list(listed)).replace("%", "%%")
            if isinstance(action.metavar, str):
                action.metavar = names.get(action.metavar, action.metavar)
        self.formatter_class = partial(_HelpFormatter, usage=said["usage"])


class _HelpFormatter(argparse.HelpFormatter):
    """Writes the word before the usage in a language."""

    def __init__(self, prog: str, usage: str) -> None:
        super().__init__(prog)
        self._usage = usage

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or self._usage)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Give what checks options as they are added: to ask for the terminal there takes longer than all the rest."""
    return argparse.HelpFormatter(prog, width=80)


def of_command(name: str) -> Parser:
    """Give the parser of a command, without options yet."""
    made = Parser(prog=f"fot-graph {name}", description=name, allow_abbrev=False, formatter_class=_formatter)
    made.exit_on_error = False
    made.set_defaults(exit_status=False, iris=False, parameters={}, timeout=0)
    return made


def parse(parser: argparse.ArgumentParser, given: Sequence[str], *, parameters: bool = False) -> Namespace:
    """Read the words after a command; with `parameters` an option that it does not know is one of a question.

    Raises: `UsageError`, `UnknownNameError`.
    """
    options = [name for name in parser._option_string_actions if name.startswith("--")]  # noqa: SLF001  no public way
    own, rest = split_parameters(given, options) if parameters else (list(given), {})
    try:
        args, unknown = parser.parse_known_args(own)
    except argparse.ArgumentError as error:
        raise _usage_error(parser, error) from None
    for word in unknown:
        if word.startswith("-"):
            raise UnknownNameError("option", word.partition("=")[0], options)
        raise UsageError("unexpected-argument", "help-explains", word=word, command=parser.prog)
    args.parameters, args.options = rest, options
    return args


_MISUSES = {  # how what argparse says begins, up to the word 'argument', and the code of that mistake
    "the following": "arguments-required",
    "expected one": "argument-without-value",
    "ignored explicit": "argument-with-value",
    "not allowed with": "argument-not-with-other",
}


def _usage_error(parser: argparse.ArgumentParser, error: argparse.ArgumentError) -> UsageError:
    """Say what argparse says; the names that it speaks of stand at the end."""
    kind, _, rest = error.message.partition(" argument")
    names = [name.strip(" '\"") for name in rest.rpartition(": ")[2].split(", ")]
    said = [Message(name) if name in texts("errors", "en") else name for name in names]
    data = {"name": error.argument_name, "said": said, "words": error.message, "command": parser.prog}
    return UsageError(_MISUSES.get(kind, "argument-misused"), "help-explains", **data)


def split_parameters(words: Sequence[str], options: Collection[str]) -> tuple[list[str], dict[str, str]]:
    """Take the parameters of a question, which argparse cannot know, out of the words of a command line.

    >>> split_parameters(["about", "--entity", "SERV", "--lang", "nl", "--year=2017"], ["--lang"])
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
            raise UsageError("option-without-value", option=option)
        parameters[option[2:]] = given
    return rest, parameters
