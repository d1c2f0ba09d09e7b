"""The command `fot-graph`: a thin shell over the library, and the only part of it that prints.

A command is a module of its name in this package, with `add_words(parser)` for its options and `run(args)` for what it
does and its exit code: 0 fine; 1 a negative finding; 2 wrong usage; 3 unreadable input or malformed query; 4 out of
time; 130 interrupted. A module is imported when its command is called. An error is one clear line on standard error.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from fot_graph.cli import home
from fot_graph.core import terminal
from fot_graph.core.errors import FotGraphError, QuerySyntaxError

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (without the program's name; the process's own by default) and give its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        with home.begun(words):
            from fot_graph.cli import line  # noqa: PLC0415  while the graph is being loaded

            return line.run(words)
    except FotGraphError as error:
        print(f"fot-graph: {_told(error)}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        from fot_graph.cli import output  # noqa: PLC0415  as above

        output.forget()
        return 0
    except KeyboardInterrupt:
        return 130


def _told(error: FotGraphError) -> str:
    """Give an error as one line that steers no terminal; one in a query has the line of the query below it."""
    text = str(error) if isinstance(error, QuerySyntaxError) else " ".join(str(error).splitlines())
    return terminal.shown(text)
