"""The errors that fot_graph raises, one small family under `FotGraphError`.

Each error carries the data it speaks of, reads as one clear line, and may add a hint that says what to do.
The command line prints `str(error)` and leaves with `exit_code`; nothing here prints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


_SHOWN_PLACES = 5  # of a quote that stands in many


class FotGraphError(Exception):
    """Base of all errors that a caller of fot_graph may want to catch.

    Attributes: `message` (what is wrong), `hint` (what to do, may be empty), `exit_code` (of the command line).
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class UsageError(FotGraphError):
    """The caller asked for something that does not exist or does not fit together."""

    exit_code = 2


class UnknownNameError(UsageError):
    """A question, entity, format, language or parameter that is not known, with the nearest known names.

    `near` are these, where the caller has found them already.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str], near: Sequence[str] | None = None) -> None:
        self.kind, self.name, self.known = kind, name, sorted(known)
        close = close_matches(name, self.known, n=3, cutoff=0.5) if near is None else near
        hint = f"did you mean {' or '.join(close)}?" if close else f"known: {_listed(self.known)}" if self.known else ""
        super().__init__(f"unknown {kind} '{name}'", hint)


class UnknownVariableError(UnknownNameError, KeyError, AttributeError):  # type: ignore[misc]  # both have a `name`
    """A variable that the rows of an answer do not have; by any way of asking for it, `row["x"]` or `row.x`."""


class MissingLibraryError(FotGraphError, ImportError):
    """A library that only some uses of fot_graph need, and that is not installed. `library` is its name."""

    exit_code = 2

    def __init__(self, purpose: str, library: str) -> None:
        self.library = library
        super().__init__(f"{purpose} needs {library}, which is not installed", f"pip install {library}")


class InputFileError(FotGraphError):
    """A file that cannot be read: missing, not allowed, in another encoding."""

    def __init__(self, path: object, reason: str, hint: str = "") -> None:
        self.path, self.reason = str(path), reason
        super().__init__(f"cannot read {self.path}: {reason}", hint)


class OutputFileError(FotGraphError):
    """A file that cannot be written; nothing was left behind."""

    def __init__(self, path: object, reason: str) -> None:
        self.path, self.reason = str(path), reason
        super().__init__(f"cannot write {self.path}: {reason}")


class RdfSyntaxError(FotGraphError):
    """RDF that does not parse, with line and column (both from 1)."""

    def __init__(self, path: object, line: int, column: int, reason: str) -> None:
        self.path, self.line, self.column, self.reason = str(path), line, column, reason
        super().__init__(f"{self.path}:{line}:{column}: {reason}")


class InventedError(FotGraphError):
    """A file that says what only a source text may say: a passage, its words, a part of a document.

    `said` is what it says, `reason` why that cannot be.
    """

    def __init__(self, path: object, said: str, reason: str, hint: str = "") -> None:
        self.path, self.said, self.reason = str(path), said, reason
        super().__init__(f"{self.path}: {said}: {reason}", hint)


class QuerySyntaxError(FotGraphError):
    """SPARQL that does not parse, with the line, a caret under the place (line and column from 1) and a hint."""

    def __init__(self, query: str, line: int, column: int, reason: str, hint: str = "") -> None:
        self.query, self.line, self.column, self.reason = query, line, column, reason
        lines = query.splitlines() or [""]
        self.context = lines[min(line, len(lines)) - 1]
        super().__init__(f"malformed SPARQL at line {line}, column {column}: {reason}", hint)

    def __str__(self) -> str:
        start = max(0, self.column - _SHOWN)  # the line may be as long as the query
        before = self.context[start : self.column - 1].ljust(self.column - 1 - start)
        padding = "".join(char if char == "\t" else " " for char in before)  # a tab is as wide as the one above it
        return f"{super().__str__()}\n  {self.context[start : self.column + _SHOWN]}\n  {padding}^"


_SHOWN = 200  # characters of a line, before a place and behind it


class QueryRefusedError(FotGraphError):
    """A query that fot_graph does not run: it would reach outside the graph, change it, or overwhelm the engine.

    `line` and `column` (from 1) tell where; they are 0 where it is the query as a whole.
    """

    def __init__(self, reason: str, hint: str = "", line: int = 0, column: int = 0) -> None:
        self.reason, self.line, self.column = reason, line, column
        super().__init__(f"SPARQL refused at line {line}, column {column}: {reason}" if line else reason, hint)


class EngineError(FotGraphError):
    """A query that the engine could not answer, although it reads well; `reason` holds the engine's own words."""

    def __init__(self, reason: str) -> None:
        self.reason = " ".join(reason.split())
        super().__init__(f"the engine failed on this query: {self.reason}", "ask in another way, or in smaller steps")


class EndpointError(FotGraphError):
    """A SPARQL server that cannot be asked, or does not answer as it should; `url` is its address."""

    def __init__(self, url: str, reason: str, hint: str = "") -> None:
        self.url, self.reason = url, reason
        super().__init__(f"{url}: {reason}", hint)


class ConnectionFailedError(EndpointError):
    """A server that cannot be reached, falls silent, or breaks off in the middle of an answer."""


class LoginRefusedError(EndpointError):
    """A server that wants a login, or another one. The login itself is never part of the message."""


class HttpStatusError(EndpointError):
    """A server that reports an error of its own; `status` is the number by which it does."""

    def __init__(self, url: str, status: int, reason: str, hint: str = "") -> None:
        self.status = status
        super().__init__(url, f"HTTP {status}: {reason}" if reason else f"HTTP {status}", hint)


class AnswerFormError(EndpointError):
    """A server that answers something else than was asked: a web page, broken JSON, a part of the answer."""


class SourceLayoutError(FotGraphError):
    """A source text that is not laid out as a Flemish written question; `line` counts from 1."""

    def __init__(self, line: int, reason: str, hint: str = "") -> None:
        self.line, self.reason = line, reason
        super().__init__(f"source line {line}: {reason}", hint)


class QuoteError(FotGraphError):
    """A quote that does not stand exactly once, in whole words, in its source. `claim` names the claim if known."""

    def __init__(self, quote: str, reason: str, hint: str, claim: str = "") -> None:
        self.quote, self.reason, self.claim = quote, reason, claim
        about = f"{claim}: " if claim else ""
        super().__init__(f"{about}quote {reason}: “{_shortened(quote)}”", hint)


class QuoteNotFoundError(QuoteError):
    """A quote that the source does not hold; `nearest` is the source's most similar stretch of text.

    `cause` says in words what alone keeps it from being found, where that is one thing.
    """

    def __init__(self, quote: str, nearest: str, cause: str = "", claim: str = "") -> None:
        self.nearest, self.cause = nearest, cause
        hint = f"nearest text: “{_shortened(nearest, 400)}”" + (f"; {cause}" if cause else "")
        super().__init__(quote, "not found in the source", hint, claim)


class QuoteAmbiguousError(QuoteError):
    """A quote that stands more than once; `starts` are the first character offsets where it does, `count` is how often.

    `overlooked` names what had to be overlooked to find the quote at all (the rules of `normalisation`).
    """

    def __init__(
        self, quote: str, starts: Iterable[int], count: int = 0, overlooked: Sequence[str] = (), claim: str = ""
    ) -> None:
        self.starts, self.overlooked = list(starts), list(overlooked)
        self.count = count or len(self.starts)
        more = " …" if self.count > _SHOWN_PLACES else ""
        places = f"{_listed(map(str, self.starts[:_SHOWN_PLACES]))}{more}"
        hint = f"it stands {self.count} times, at characters {places}: quote more{_found_by(overlooked)}"
        super().__init__(quote, "is ambiguous", hint, claim)


class QuoteDividesWordError(QuoteError):
    """A quote that begins or ends inside a word, number, date, code or address; `words` are these, as they stand.

    `overlooked` names what had to be overlooked to find the quote at all (the rules of `normalisation`).
    """

    def __init__(self, quote: str, words: Iterable[str], overlooked: Sequence[str] = (), claim: str = "") -> None:
        self.words, self.overlooked = list(words), list(overlooked)
        shown = " and ".join(f"‘{_shortened(word, 60)}’" for word in self.words)
        super().__init__(quote, "divides a word", f"quote {shown} whole{_found_by(overlooked)}", claim)


def _found_by(overlooked: Sequence[str]) -> str:
    return f"; found by overlooking {_listed(overlooked)}" if overlooked else ""


def close_matches(word: str, known: Iterable[str], n: int = 3, cutoff: float = 0.6) -> list[str]:
    """Find the names that are most like a word, the nearest first, as `difflib` does."""
    from difflib import get_close_matches  # noqa: PLC0415  only mistakes pay for it

    return get_close_matches(word, list(known), n, cutoff)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _shortened(text: str, width: int = 120) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= width else folded[: width - 1] + "…"
