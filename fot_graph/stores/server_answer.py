"""Reads the answer of a SPARQL server as it arrives, and says what is wrong with what is no answer.

A server that breaks off, cuts an answer short or answers with a web page is an error, never a shorter answer.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

import urllib3
from pyoxigraph import Literal, QueryBoolean, QueryResultsFormat, RdfFormat, parse, parse_query_results

from fot_graph.core.errors import (
    AnswerFormError,
    ConnectionFailedError,
    EndpointError,
    HttpStatusError,
    LoginRefusedError,
    UsageError,
)
from fot_graph.core.media_types import GRAPH, ROWS, format_named
from fot_graph.core.namespaces import PREFIXES
from fot_graph.sparql import remote
from fot_graph.stores.rows import NamedRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import QuerySolutions, Triple, Variable
    from urllib3 import BaseHTTPResponse

    from fot_graph.core.terms import Solution, Term
    from fot_graph.stores.login import Login

    Formats = Mapping[str, QueryResultsFormat] | Mapping[str, RdfFormat]

T = TypeVar("T")

_PAUSE = 0.3  # seconds, where the server asks for none
_BUSY = {429, 502, 503, 504}
# No XML, which loses the blanks at the ends of a text, and of which half may look whole
RESULTS = dict.fromkeys(format_named("json", ROWS).media_types, QueryResultsFormat.JSON)
GRAPHS = {
    format_named("nt", GRAPH).media_types[0]: RdfFormat.N_TRIPLES,
    format_named("ttl", GRAPH).media_types[0]: RdfFormat.TURTLE,
}
_JSON = QueryResultsFormat.JSON
_BOOLEAN = PREFIXES["xsd"] + "boolean"
ASK_FOR_SERVICE = "is-this-the-service"  # the hint where no SPARQL server seems to be
_LONGEST_REASON, _LONGEST_LINE = 4096, 200


class Solutions:
    """The rows of an answer, read from the server as they are asked for. `variables` as in `QuerySolutions`."""

    def __init__(self, variables: list[Variable], rows: Iterator[Solution]) -> None:
        self.variables = variables
        self._rows = rows

    def __iter__(self) -> Iterator[Solution]:
        return self._rows

    def __next__(self) -> Solution:
        return next(self._rows)


class Triples:
    """The triples of an answer, read from the server as they are asked for."""

    def __init__(self, triples: Iterator[Triple]) -> None:
        self._triples = triples

    def __iter__(self) -> Iterator[Triple]:
        return self._triples

    def __next__(self) -> Triple:
        return next(self._triples)


# --- One answer ------------------------------------------------------------------------------------------------------


class PassingError(Exception):
    """A failure that may be gone after a pause (in seconds), and the error to raise if it is not."""

    def __init__(self, error: EndpointError, pause: float = _PAUSE) -> None:
        super().__init__(error)
        self.error, self.pause = error, pause


class AnswerBody:
    """The body of an answer, to be read as a file is read; what goes wrong in reading it is said in our words."""

    def __init__(self, url: str, response: BaseHTTPResponse, formats: Formats, login: Login) -> None:
        self.url, self._response = url, response
        self._login = login
        self._handed_on = False
        self._check()
        self._format = self._format_among(formats)

    def read_as(self, form: str) -> Solutions | QueryBoolean | Triples:
        """Read the beginning of the answer, and leave the rest until it is asked for."""
        file: Any = self  # the parsers want no more of a file than `read`
        if isinstance(self._format, RdfFormat):
            return Triples(self._each(quad.triple for quad in parse(file, self._format, rename_blank_nodes=True)))
        try:
            found = parse_query_results(file, self._format)
        except SyntaxError as error:
            raise self._malformed(error) from None
        if isinstance(found, QueryBoolean):
            self._response.drain_conn()
            return found
        shown = [variable for variable in found.variables if not variable.value.startswith(remote.HIDDEN)]
        rows = Solutions(shown, self._each(self._mended(found, shown)))
        return _truth_of_row(rows) if form == "ask" else rows

    def read(self, size: int = -1) -> bytes:
        """Give the next bytes, none at the end."""
        try:
            return self._response.read(size)
        except urllib3.exceptions.HTTPError as error:
            raise request_failure(self.url, error, again=not self._handed_on) from None

    def _mended(self, found: QuerySolutions, shown: list[Variable]) -> Iterable[Solution]:
        """Leave out our own variables (`remote.without_graphs`), and read Virtuoso's truth values: 1 and 0 in JSON."""
        if len(shown) == len(found.variables) and not self._response.headers.get("server", "").startswith("Virtuoso"):
            return found
        names = tuple(variable.value for variable in shown)
        return (NamedRow((_repaired_term(row[variable]) for variable in shown), names) for row in found)

    def _each(self, items: Iterable[T]) -> Iterator[T]:
        self._handed_on = True
        count = 0
        try:
            for count, item in enumerate(items, start=1):  # noqa: B007  it is used when all is read
                yield item
            self._end(count)
        except SyntaxError as error:
            raise self._malformed(error) from None
        finally:
            del items  # the parser must end in the thread that made it, and not in one that looks at a traceback
            self._response.close()

    def _end(self, count: int) -> None:
        """Leave the connection to the next query, once it is sure that nothing is missing."""
        most = self._response.headers.get("x-sparql-maxrows", "")
        if most.isdecimal() and count >= int(most):  # Virtuoso says so in passing, with 200
            raise AnswerFormError(self.url, "answer-cut-at-rows", count=most)
        self._response.drain_conn()

    # --- What it is not -----------------------------------------------------------------------------------------------

    def _check(self) -> None:
        """Raise what the status of the answer says."""
        status = self._response.status
        if status in (401, 403):
            raise LoginRefusedError(self.url, "login-refused", self._login_hint())
        if status != HTTPStatus.OK:
            reason = self._reason()
            error = HttpStatusError(self.url, status, reason, _hint(status, reason))
            raise PassingError(error, self._pause()) if status in _BUSY else error
        if "S1TAT" in self._response.headers.get("x-sql-state", ""):  # Virtuoso reached its limit of time
            raise AnswerFormError(self.url, "part-of-the-answer")

    def _format_among(self, formats: Formats) -> QueryResultsFormat | RdfFormat:
        """Give the format of the answer, if it is one of those that were asked for."""
        type_ = self._response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if type_ not in formats:
            code = "answer-of-type" if one_line(type_) else "answer-of-no-type"
            raise AnswerFormError(self.url, code, ASK_FOR_SERVICE, type=one_line(type_))
        return formats[type_]

    def _malformed(self, error: SyntaxError) -> AnswerFormError:
        self._response.close()
        return AnswerFormError(self.url, "answer-breaks-off", words=one_line(error.msg))

    def _login_hint(self) -> str:
        if "digest" in self._response.headers.get("www-authenticate", "").lower():
            return "digest-login"
        return "check-login" if self._login.headers() else "set-login"

    def _reason(self) -> str:
        """Give the first line of what the server says of its error, without the login that it may repeat."""
        try:
            text = self._response.read(_LONGEST_REASON).decode(errors="replace")
        except urllib3.exceptions.HTTPError:
            text = ""
        if "html" in self._response.headers.get("content-type", ""):
            text = one_line(" ".join(re.findall(r"<title>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)))
        for secret in filter(None, (self._login.password, self._login.token)):
            text = text.replace(secret, "…")
        return one_line(next((line for line in text.splitlines() if line.strip()), self._response.reason or ""))

    def _pause(self) -> float:
        """Give the seconds that the server asks to wait, which it says as a number or as a date."""
        wanted = self._response.headers.get("retry-after", "")
        try:
            return max(urllib3.Retry().parse_retry_after(wanted), _PAUSE) if wanted else _PAUSE
        except urllib3.exceptions.InvalidHeader:
            return _PAUSE


_FAILURES: list[tuple[type[Exception], str, bool]] = [  # the first that fits; whether it may pass
    (urllib3.exceptions.NameResolutionError, "no-server-of-that-name", False),
    (urllib3.exceptions.NewConnectionError, "connection-refused", True),
    (urllib3.exceptions.ConnectTimeoutError, "server-does-not-respond", False),
    (urllib3.exceptions.ReadTimeoutError, "server-falls-silent", False),
    (urllib3.exceptions.SSLError, "no-safe-connection", False),
    (urllib3.exceptions.HTTPError, "connection-broke-off", True),
]


def request_failure(url: str, error: urllib3.exceptions.HTTPError, *, again: bool) -> Exception:
    """Say why there is no answer, or no more of it, and with `again` whether to ask once more."""
    if isinstance(error, urllib3.exceptions.LocationValueError):
        return UsageError("no-address-of-a-server", address=one_line(url))
    known = next(failure for failure in _FAILURES if isinstance(error, failure[0]))
    failure = ConnectionFailedError(url, known[1])
    return PassingError(failure) if again and known[2] else failure


def _hint(status: int, reason: str) -> str:
    if "transitive start not given" in reason:
        return "virtuoso-path"
    return ASK_FOR_SERVICE if status in (404, 405, 415) else ""


def _repaired_term(term: Term | None) -> Term | None:
    if isinstance(term, Literal) and term.value in "01" and term.datatype.value == _BOOLEAN:
        return Literal(term.value == "1")
    return term


def _truth_of_row(rows: Solutions) -> QueryBoolean:
    """Read the row that Virtuoso gives for an ASK."""
    value = next((row[0].value for row in rows if isinstance(row[0], Literal)), "")
    found = parse_query_results(f'{{"head": {{}}, "boolean": {str(value not in ("", "0")).lower()}}}', _JSON)
    assert isinstance(found, QueryBoolean)
    return found


def one_line(text: str) -> str:
    """Put a text of a server on one line that a terminal can show."""
    shown = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(shown.split())[:_LONGEST_LINE]
