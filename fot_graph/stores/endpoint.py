"""A SPARQL server as the home of a graph: the calls by which everything here asks a store, over SPARQL 1.1 Protocol.

A query goes out as a form by POST and may be sent again when the connection fails, because it changes nothing; but not
once a part of the answer was handed on. Answers stream. A server that breaks off, cuts an answer short or answers with
a web page is an error, never a shorter answer. Login and query go to no other address than the one that was given.
"""

from __future__ import annotations

import re
import time
from base64 import b64encode
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import urlencode, urljoin, urlsplit

import urllib3
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

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

    from pyoxigraph import QuerySolutions, Variable
    from urllib3 import BaseHTTPResponse

    from fot_graph.core.terms import GraphName, Solution, Subject, Term

    _Formats = Mapping[str, QueryResultsFormat] | Mapping[str, RdfFormat]

T = TypeVar("T")

_RETRIES = 2
_PAUSE, _LONGEST_PAUSE = 0.3, 10.0  # seconds; a server may ask for more than the first, and gets no more than the last
_REDIRECTS = 3
_CONNECT_TIMEOUT = 10.0
_BUSY = {429, 502, 503, 504}
_MOVED = {301, 302, 307, 308}
# No XML, which loses the blanks at the ends of a text, and of which half may look whole
_RESULTS = dict.fromkeys(format_named("json", ROWS).media_types, QueryResultsFormat.JSON)
_GRAPHS = {
    format_named("nt", GRAPH).media_types[0]: RdfFormat.N_TRIPLES,
    format_named("ttl", GRAPH).media_types[0]: RdfFormat.TURTLE,
}
_OF_VIRTUOSO = (
    "http://www.openlinksw.com/schemas/virtrdf#",
    "http://localuriqaserver/sparql",
    "http://www.w3.org/ns/ldp#",
    "http://www.w3.org/2002/07/owl#",
)
_JSON = QueryResultsFormat.JSON
_BOOLEAN = PREFIXES["xsd"] + "boolean"


class Login(NamedTuple):
    """Who asks: a user with a password, or a token (bearer)."""

    user: str = ""
    password: str = ""
    token: str = ""

    def __repr__(self) -> str:
        return "<Login>"  # it may come to stand in a log

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Login:
        """Read FOT_GRAPH_USER and FOT_GRAPH_PASSWORD, or FOT_GRAPH_TOKEN.

        Raises: `UsageError` for a token that cannot be one.
        """
        user, password, token = (environment.get(f"FOT_GRAPH_{name}", "") for name in ("USER", "PASSWORD", "TOKEN"))
        if not re.fullmatch(r"[!-~]*", token):
            raise UsageError("no-token")
        return cls(user, password, token)

    def headers(self) -> dict[str, str]:
        """Give what a request carries."""
        if self.token:
            return {"authorization": f"Bearer {self.token}"}
        known = b64encode(f"{self.user}:{self.password}".encode()).decode()
        return {"authorization": f"Basic {known}"} if self.user else {}


class Endpoint:
    """A server that answers SPARQL 1.1 queries; what `Store` is on this machine, as far as asking goes.

    `default_graph` names the graph that holds the union of all others, for a server whose default graph is not its own
    (Virtuoso): plain patterns then read that graph, and `GRAPH ?g` finds every other one.

    Raises: `UsageError` for an address that is none of HTTP, or that holds a password.
    """

    def __init__(self, url: str, login: Login | None = None, *, default_graph: str = "", timeout: float = 60.0) -> None:
        self.url = _checked_url(url)
        self.default_graph = default_graph
        self._login = login or Login()
        limits = urllib3.Timeout(connect=min(timeout, _CONNECT_TIMEOUT), read=timeout)
        self._pool = urllib3.PoolManager(timeout=limits, retries=False)

    def __repr__(self) -> str:
        return f"<Endpoint {self.url}>"

    def query(self, query: str, *, prefixes: Mapping[str, str] = PREFIXES) -> Solutions | QueryBoolean | Triples:
        """Ask the server; `admission.admit` comes before: what is sent may do all that the server lets it do.

        Raises: `SyntaxError` as the engine does, before anything is sent; `EndpointError`.
        """
        _ENGINE.query(query, prefixes=dict(prefixes))
        return self._asked(self._fields(remote.standalone(query, prefixes)), remote.form(query))

    def quads_for_pattern(
        self, subject: Subject | None, predicate: NamedNode | None, object_: Term | None, graph: GraphName | None = None
    ) -> Iterator[Quad]:
        """Give the quads that match; None matches anything, as it does in a `Store`."""
        given = {"s": subject, "p": predicate, "o": object_, "g": graph}
        if any(isinstance(term, BlankNode) for term in given.values()):
            return  # the names of blank nodes hold within one answer only
        found = self.query(_pattern(given))
        assert isinstance(found, Solutions)
        free = {variable.value for variable in found.variables}
        for row in found:
            terms: dict[str, Any] = {name: row[name] if name in free else term for name, term in given.items()}
            yield Quad(terms["s"], terms["p"], terms["o"], terms["g"] or DefaultGraph())

    def contains_named_graph(self, graph: NamedNode | BlankNode | DefaultGraph) -> bool:
        """Tell whether the server has a graph of this name with anything in it."""
        if not isinstance(graph, NamedNode):
            return False
        found = self.query(f"SELECT ?s {{ GRAPH {graph} {{ ?s ?p ?o }} }} LIMIT 1")  # Virtuoso says yes to any such ASK
        assert isinstance(found, Solutions)
        return any(True for _ in found)

    # --- Inside -------------------------------------------------------------------------------------------------------

    def _fields(self, query: str) -> dict[str, str]:
        if not self.default_graph or remote.chooses_dataset(query):
            return {"query": query}
        others = remote.without_graphs(query, [self.default_graph, *_OF_VIRTUOSO])
        return {"query": others, "default-graph-uri": self.default_graph}

    def _asked(self, fields: Mapping[str, str], form: str) -> Solutions | QueryBoolean | Triples:
        """Send a query, again when that may help, and read the beginning of the answer."""
        for left in reversed(range(_RETRIES + 1)):
            try:
                return self._sent(fields, _GRAPHS if form in ("construct", "describe") else _RESULTS).read_as(form)
            except _PassingError as passing:
                if not left or passing.pause > _LONGEST_PAUSE:
                    raise passing.error from None
                time.sleep(passing.pause)
        raise AssertionError  # the last attempt returns or raises

    def _sent(self, fields: Mapping[str, str], formats: _Formats) -> _Body:
        url = self.url
        for _ in range(_REDIRECTS + 1):
            response = self._posted(url, fields, ", ".join(formats))
            if response.status in _MOVED:
                url = self._next(url, response)
                continue
            try:
                return _Body(self.url, response, formats, self._login)
            except (EndpointError, _PassingError):
                response.close()
                raise
        raise EndpointError(self.url, "sends-on-and-on", _SERVICE)

    def _posted(self, url: str, fields: Mapping[str, str], accept: str) -> BaseHTTPResponse:
        headers = {"accept": accept, "user-agent": "fot-graph", **self._login.headers()}
        form = urlencode(fields)
        headers["content-type"] = "application/x-www-form-urlencoded"
        try:
            return self._pool.request("POST", url, body=form, headers=headers, redirect=False, preload_content=False)
        except urllib3.exceptions.HTTPError as error:
            raise _failure(self.url, error, again=True) from None

    def _next(self, url: str, response: BaseHTTPResponse) -> str:
        """Give the address that the server sends on to, if it is its own: nobody else learns the login or the query."""
        target = urljoin(url, response.headers.get("location", ""))
        response.close()
        if _origin(target) != _origin(self.url):
            raise EndpointError(self.url, "sends-on-to", address=_one_line(target))
        return target


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


class _PassingError(Exception):
    """A failure that may be gone after a pause (in seconds), and the error to raise if it is not."""

    def __init__(self, error: EndpointError, pause: float = _PAUSE) -> None:
        super().__init__(error)
        self.error, self.pause = error, pause


class _Body:
    """The body of an answer, to be read as a file is read; what goes wrong in reading it is said in our words."""

    def __init__(self, url: str, response: BaseHTTPResponse, formats: _Formats, login: Login) -> None:
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
            raise _failure(self.url, error, again=not self._handed_on) from None

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
            raise _PassingError(error, self._pause()) if status in _BUSY else error
        if "S1TAT" in self._response.headers.get("x-sql-state", ""):  # Virtuoso reached its limit of time
            raise AnswerFormError(self.url, "part-of-the-answer")

    def _format_among(self, formats: _Formats) -> QueryResultsFormat | RdfFormat:
        """Give the format of the answer, if it is one of those that were asked for."""
        type_ = self._response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if type_ not in formats:
            code = "answer-of-type" if _one_line(type_) else "answer-of-no-type"
            raise AnswerFormError(self.url, code, _SERVICE, type=_one_line(type_))
        return formats[type_]

    def _malformed(self, error: SyntaxError) -> AnswerFormError:
        self._response.close()
        return AnswerFormError(self.url, "answer-breaks-off", words=_one_line(error.msg))

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
            text = _one_line(" ".join(re.findall(r"<title>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)))
        for secret in filter(None, (self._login.password, self._login.token)):
            text = text.replace(secret, "…")
        return _one_line(next((line for line in text.splitlines() if line.strip()), self._response.reason or ""))

    def _pause(self) -> float:
        """Give the seconds that the server asks to wait, which it says as a number or as a date."""
        wanted = self._response.headers.get("retry-after", "")
        try:
            return max(urllib3.Retry().parse_retry_after(wanted), _PAUSE) if wanted else _PAUSE
        except urllib3.exceptions.InvalidHeader:
            return _PAUSE


def _pattern(given: Mapping[str, Term | DefaultGraph | None]) -> str:
    """Write the query for the quads that match what is given; the terms that are not given are its variables."""
    term = {name: f"?{name}" if value is None else str(value) for name, value in given.items()}
    triple = f"{term['s']} {term['p']} {term['o']}"
    in_graph = f"GRAPH {term['g']} {{ {triple} }}"
    where = triple if given["g"] == DefaultGraph() else in_graph
    if given["g"] is None:
        where = f"{{ {triple} }} UNION {{ {in_graph} }}"
    free = " ".join(f"?{name}" for name, value in given.items() if value is None)
    return f"SELECT {free or '(1 AS ?found)'} {{ {where} }}"


_ENGINE = Store()  # empty: it only reads queries
_SERVICE = "is-this-the-service"
_LONGEST_REASON, _LONGEST_LINE = 4096, 200


def _checked_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise UsageError("login-in-address")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError("no-address-of-a-server", address=_one_line(url))
    return url


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


_FAILURES: list[tuple[type[Exception], str, bool]] = [  # the first that fits; whether it may pass
    (urllib3.exceptions.NameResolutionError, "no-server-of-that-name", False),
    (urllib3.exceptions.NewConnectionError, "connection-refused", True),
    (urllib3.exceptions.ConnectTimeoutError, "server-does-not-respond", False),
    (urllib3.exceptions.ReadTimeoutError, "server-falls-silent", False),
    (urllib3.exceptions.SSLError, "no-safe-connection", False),
    (urllib3.exceptions.HTTPError, "connection-broke-off", True),
]


def _failure(url: str, error: urllib3.exceptions.HTTPError, *, again: bool) -> Exception:
    """Say why there is no answer, or no more of it, and with `again` whether to ask once more."""
    if isinstance(error, urllib3.exceptions.LocationValueError):
        return UsageError("no-address-of-a-server", address=_one_line(url))
    known = next(failure for failure in _FAILURES if isinstance(error, failure[0]))
    failure = ConnectionFailedError(url, known[1])
    return _PassingError(failure) if again and known[2] else failure


def _hint(status: int, reason: str) -> str:
    if "transitive start not given" in reason:
        return "virtuoso-path"
    return _SERVICE if status in (404, 405, 415) else ""


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


def _one_line(text: str) -> str:
    """Put a text of a server on one line that a terminal can show."""
    shown = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(shown.split())[:_LONGEST_LINE]
