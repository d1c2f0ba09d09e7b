"""The errors that fot_graph raises: each is a code with data, and is put into words only where it is shown.

An error is a code and the data that it speaks of, its place among them (file, line, column); `languages/` has the text
of each code. `str(error)` is English; command line and pages ask for the reader's language. Nothing here prints.
"""

from __future__ import annotations

from errno import errorcode
from typing import TYPE_CHECKING, ClassVar

from fot_graph.core.close_matches import close_matches
from fot_graph.core.words import Message, fill, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class FotGraphError(Exception):
    """Base of all errors that a caller of fot_graph may want to catch.

    `code` names what is wrong, `data` holds the fields of its text; `exit_code` is that of the command line. `frame` is
    the code of the text in which all errors of a class are put, with their place; '' for none.
    """

    exit_code: ClassVar[int] = 3
    frame: ClassVar[str] = ""

    def __init__(self, code: str | Message, hint: str | None = None, **data: object) -> None:
        """Make an error of a code, or of a message; `hint` is the code of what to do ('': nothing is said).

        Without one it is the hint that belongs to the code, if there is one.
        """
        said = code if isinstance(code, Message) else Message(code)
        super().__init__(said.code)
        self.code, self.data = said.code, {**said.data, **data}
        self._hint = hint

    def message_in(self, lang: str) -> str:
        """Say in a language, 'nl' or 'en', what is wrong and where."""
        reason, frame = self.reason_in(lang), self._frame()
        return fill(texts("errors", lang)[frame], lang, **self._fields(), reason=reason) if frame else reason

    def reason_in(self, lang: str) -> str:
        """Say in a language what is wrong, without the place."""
        return fill(texts("errors", lang)[self.code], lang, **self._fields())

    def hint_in(self, lang: str) -> str:
        """Say in a language what to do; '' if nothing is known."""
        said = texts("errors", lang)
        text = said.get(f"{self.code}.hint", "") if self._hint is None else said[self._hint] if self._hint else ""
        return fill(text, lang, **self._fields())

    def worded(self, lang: str) -> str:
        """Say all of it in a language."""
        message, hint = self.message_in(lang), self.hint_in(lang)
        return f"{message} ({hint})" if hint else message

    @property
    def message(self) -> str:
        """What is wrong and where, in English."""
        return self.message_in("en")

    @property
    def reason(self) -> str:
        """What is wrong, in English."""
        return self.reason_in("en")

    @property
    def hint(self) -> str:
        """What to do, in English; may be empty."""
        return self.hint_in("en")

    def __str__(self) -> str:
        return self.worded("en")

    def __reduce__(self) -> tuple[object, ...]:
        """Let pickle copy the error: exceptions are else made anew of `args`, which few initialisers here take."""
        return _without_init, (type(self), self.args), self.__dict__

    def _frame(self) -> str:
        return self.frame

    def _fields(self) -> dict[str, object]:
        """Give what the texts may speak of: the data, and the public attributes."""
        own = {name: value for name, value in vars(self).items() if not name.startswith("_")}
        return {**own, **self.data}


def _without_init(kind: type[FotGraphError], args: tuple[object, ...]) -> FotGraphError:
    return kind.__new__(kind, *args)


class UsageError(FotGraphError):
    """The caller asked for something that does not exist or does not fit together."""

    exit_code = 2


class UnknownNameError(UsageError):
    """A question, entity, format, language or parameter that is not known, with the nearest known names.

    `near` are these, where the caller has found them already; `hint` is what to say where none is near.
    """

    def __init__(
        self, kind: str, name: str, known: Iterable[str], near: Sequence[str] | None = None, hint: str = "known-names"
    ) -> None:
        self.kind, self.name, self.known = kind, name, sorted(known)
        self.near = list(close_matches(name, self.known, n=3, cutoff=0.5) if near is None else near)
        empty = hint == "known-names" and not self.known
        advice = "did-you-mean" if self.near else "" if empty else hint
        super().__init__(f"unknown-{kind.replace(' ', '-')}", advice, name=name)  # an AttributeError hides its `name`


class AmbiguousNameError(UsageError):
    """A name that several things have; or, where no thing has it, that stands in the names of several.

    `count` is how many there are, `things` the best of them: each its CURIE, and by language its name with its types.
    """

    def __init__(
        self, name: str, things: Sequence[tuple[str, Mapping[str, str]]], count: int, *, partly: bool = False
    ) -> None:
        self.name, self.things, self.count = name, list(things), count
        self.known = [*(curie for curie, _ in things), *(["…"] if count > len(things) else [])]
        super().__init__("stands-in-several-names" if partly else "names-several-things")

    def worded(self, lang: str) -> str:
        """Say all of it in a language, with a line below for each of the things."""
        return "\n".join([super().worded(lang), *lines_of_things(self.things, lang)])


def lines_of_things(things: Sequence[tuple[str, Mapping[str, str]]], lang: str) -> list[str]:
    """Give a line for each of some things: its CURIE, and its name with its types in a language."""
    width = max((len(curie) for curie, _ in things), default=0)
    return [f"  {curie:<{width}}  {told[lang]}" for curie, told in things]


class UnknownVariableError(UnknownNameError, KeyError, AttributeError):  # type: ignore[misc]  # both have a `name`
    """A variable that the rows of an answer do not have; by any way of asking for it, `row["x"]` or `row.x`."""


class MissingLibraryError(FotGraphError, ImportError):
    """A library that only some uses of fot_graph need, and that is not installed. `library` is its name."""

    exit_code = 2

    def __init__(self, code: str, library: str, hint: str = "install-library") -> None:
        self.library = library
        super().__init__(code, hint)


class UnreadableError(FotGraphError):
    """The content of a PDF, Word or HTML file that cannot be read; an `InputFileError` says which file it is."""


class InputFileError(FotGraphError):
    """A file that cannot be read: missing, not allowed, in another encoding; a message for the standard input."""

    frame = "cannot-read"

    def __init__(self, path: object, code: str | Message, hint: str | None = None, **data: object) -> None:
        self.path = path if isinstance(path, Message) else str(path)
        super().__init__(code, hint, **data)


class SeveralErrors(FotGraphError):  # noqa: N818  it is no error of its own
    """Several files that cannot be read; `errors` tell of each."""

    def __init__(self, errors: Sequence[FotGraphError]) -> None:
        self.errors = list(errors)
        super().__init__("several-errors", count=len(self.errors))

    def worded(self, lang: str) -> str:
        """Say all of it in a language, with a line below for each of the errors."""
        return "\n".join([super().worded(lang), *(f"  {' '.join(each.worded(lang).split())}" for each in self.errors)])


class OutputFileError(FotGraphError):
    """A file that cannot be written; nothing was left behind. `path` may be a message: the standard output."""

    frame = "cannot-write"

    def __init__(self, path: object, code: str | Message) -> None:
        self.path = path if isinstance(path, Message) else str(path)
        super().__init__(code)


def system_message(error: OSError) -> Message:
    """Say what the system says of a failure, by its number; in the system's own words where there are none for it."""
    code = f"system-{errorcode.get(error.errno or 0, '')}"
    return Message(code) if code in texts("errors", "en") else Message("words", words=error.strerror or str(error))


class RdfSyntaxError(FotGraphError):
    """RDF that does not parse, with line and column (both from 1), in the words of the engine."""

    frame = "in-file"

    def __init__(self, path: object, line: int, column: int, said: str) -> None:
        self.path, self.line, self.column = str(path), line, column
        super().__init__("words", words=said)


class InventedError(FotGraphError):
    """A file that says what only a source text may say: a passage, its words, a part of a document.

    `said` is what it says.
    """

    frame = "invented"

    def __init__(self, path: object, said: str, code: str, hint: str | None = None, **data: object) -> None:
        self.path, self.said = str(path), said
        super().__init__(code, hint, **data)


class QuerySyntaxError(FotGraphError):
    """SPARQL that does not parse, with the line, a caret under the place (line and column from 1) and a hint."""

    frame = "malformed-sparql"

    def __init__(
        self, query: str, line: int, column: int, code: str | Message, hint: str | None = None, **data: object
    ) -> None:
        self.query, self.line, self.column = query, line, column
        lines = query.splitlines() or [""]
        self.context = lines[min(line, len(lines)) - 1]
        super().__init__(code, hint, **data)

    def worded(self, lang: str) -> str:
        """Say all of it in a language, with the line of the query below."""
        start = max(0, self.column - _SHOWN)  # the line may be as long as the query
        before = self.context[start : self.column - 1].ljust(self.column - 1 - start)
        padding = "".join(char if char == "\t" else " " for char in before)  # a tab is as wide as the one above it
        return f"{super().worded(lang)}\n  {self.context[start : self.column + _SHOWN]}\n  {padding}^"


_SHOWN = 200  # characters of a line, before a place and behind it


class QueryRefusedError(FotGraphError):
    """A query that fot_graph does not run: it would reach outside the graph, change it, or overwhelm the engine.

    `line` and `column` (from 1) tell where; they are 0 where it is the query as a whole.
    """

    def __init__(self, code: str, hint: str | None = None, line: int = 0, column: int = 0, **data: object) -> None:
        self.line, self.column = line, column
        super().__init__(code, hint, **data)

    def _frame(self) -> str:
        return "refused-sparql" if self.line else ""


class EngineError(FotGraphError):
    """A query that the engine could not answer, although it reads well; `words` are the engine's own."""

    frame = "engine-failed-on"

    def __init__(self, said: str) -> None:
        super().__init__("words", "other-way", words=" ".join(said.split()))


class EndpointError(FotGraphError):
    """A SPARQL server that cannot be asked, or does not answer as it should; `url` is its address."""

    frame = "at-server"

    def __init__(self, url: str, code: str | Message, hint: str | None = None, **data: object) -> None:
        self.url = url
        super().__init__(code, hint, **data)


class ConnectionFailedError(EndpointError):
    """A server that cannot be reached, falls silent, or breaks off in the middle of an answer."""


class LoginRefusedError(EndpointError):
    """A server that wants a login, or another one. The login itself is never part of the message."""


class HttpStatusError(EndpointError):
    """A server that reports an error of its own: `status` is the number by which it does, `said` what it says."""

    def __init__(self, url: str, status: int, said: str, hint: str = "") -> None:
        self.status, self.said = status, said
        super().__init__(url, "http-status-with-words" if said else "http-status", hint)


class AnswerFormError(EndpointError):
    """A server that answers something else than was asked: a web page, broken JSON, a part of the answer."""
