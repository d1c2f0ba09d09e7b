"""Runs one command line in a process: its errors, its interrupts, its exit code."""

from __future__ import annotations

import _signal as signal  # type: ignore[import-not-found]  # all is imported late that takes long, see `main`
import os
import sys

TYPE_CHECKING = False  # as in fot_graph
if TYPE_CHECKING:
    from collections.abc import Sequence

    from fot_graph.core.errors import FotGraphError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (without the program's name; the process's own by default) and give its exit code."""
    words = _with_command_first(sys.argv[1:] if argv is None else argv)
    is_ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler and _on_interrupt(_end)
    from fot_graph.cli import opening  # noqa: PLC0415  as above
    from fot_graph.core.errors import FotGraphError  # noqa: PLC0415  while an interrupt just ends the process

    try:
        with opening.loading_ahead(words):
            from fot_graph.cli import line  # noqa: PLC0415  while the graph is being loaded

            if is_ours:
                _on_interrupt(signal.default_int_handler)
            return line.run(words)
    except FotGraphError as error:
        from fot_graph.cli import output  # noqa: PLC0415  as above

        output.complain(_told(error, words))
        return error.exit_code
    except BrokenPipeError:
        from fot_graph.cli import output  # noqa: PLC0415  as above

        output.discard_output()
        return 0
    except KeyboardInterrupt:
        return _INTERRUPTED
    finally:
        if is_ours:
            _on_interrupt(signal.default_int_handler)


_INTERRUPTED = 130


def _with_command_first(argv: Sequence[str]) -> list[str]:
    """Put a language that is chosen before the command (`--lang nl ask …`) behind it, where each command takes it.

    >>> _with_command_first(["--lang", "nl", "show", "SERV"])
    ['show', '--lang', 'nl', 'SERV']
    """
    words = list(argv)
    chosen = 2 if words[:1] == ["--lang"] else 1 if words and words[0].startswith("--lang=") else 0
    command = words[chosen : chosen + 1]
    return [*command, *words[:chosen], *words[chosen + 1 :]] if command and command[0][:1] != "-" else words


def _on_interrupt(handler: object) -> bool:
    """Choose what an interrupt (SIGINT) does; False outside the main thread, where that cannot be chosen."""
    try:
        signal.signal(signal.SIGINT, handler)
    except ValueError:
        return False
    return True


def _end(*_: object) -> None:
    """End the process: an import that is interrupted shows where, or fails in another way."""
    os._exit(_INTERRUPTED)


def _told(error: FotGraphError, words: Sequence[str]) -> str:
    """Give an error as one line, in the language of a command line; some have lines of their own below it."""
    from fot_graph.cli.words import language_of  # noqa: PLC0415  as above
    from fot_graph.core.errors import AmbiguousNameError, QuerySyntaxError, SeveralErrors  # noqa: PLC0415  as above

    text = error.worded(language_of(words))
    is_listed = isinstance(error, (AmbiguousNameError, QuerySyntaxError, SeveralErrors))
    return text if is_listed else " ".join(text.splitlines())
