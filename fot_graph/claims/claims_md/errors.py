"""The error of a line that cannot be read, of a `claims.md` or of a table of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.core.errors import FotGraphError, lines_of_things

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fot_graph.core.words import Message


class ClaimsFileError(FotGraphError):
    """A line of a `claims.md` that cannot be read, with line and column (both from 1).

    `things` are those that a name there may stand for: each its CURIE, and by language its name with its types.
    """

    frame = "in-file"

    def __init__(
        self,
        path: object,
        line: int,
        column: int,
        code: str | Message,
        hint: str | None = None,
        *,
        things: Sequence[tuple[str, Mapping[str, str]]] = (),
        **data: object,
    ) -> None:
        self.path, self.line, self.column, self.things = str(path), line, column, list(things)
        super().__init__(code, hint, **data)

    def worded(self, lang: str) -> str:
        """Say all of it in a language, with a line below for each of the things."""
        return "\n".join([super().worded(lang), *lines_of_things(self.things, lang)])
