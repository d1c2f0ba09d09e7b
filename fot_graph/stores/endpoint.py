"""Asks a SPARQL server over SPARQL 1.1 Protocol, by the same calls as a store on this machine.

A query goes out as a form by POST and may be sent again when the connection fails, because it changes nothing; but not
once a part of the answer was handed on. Answers stream (`server_answer`). Login and query go to no other address than
the one that was given.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin, urlsplit

import urllib3
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

from fot_graph.core.errors import EndpointError, UsageError
from fot_graph.core.namespaces import PREFIXES
from fot_graph.sparql import remote
from fot_graph.stores.login import Login
from fot_graph.stores.server_answer import (
    ASK_FOR_SERVICE,
    GRAPHS,
    RESULTS,
    AnswerBody,
    PassingError,
    Solutions,
    one_line,
    request_failure,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import QueryBoolean
    from urllib3 import BaseHTTPResponse

    from fot_graph.core.terms import GraphName, Subject, Term
    from fot_graph.stores.server_answer import Formats, Triples

_RETRIES = 2
_LONGEST_PAUSE = 10.0  # seconds, that a server may ask for
_REDIRECTS = 3
_CONNECT_TIMEOUT = 10.0
_MOVED = {301, 302, 307, 308}
_OF_VIRTUOSO = (
    "http://www.openlinksw.com/schemas/virtrdf#",
    "http://localuriqaserver/sparql",
    "http://www.w3.org/ns/ldp#",
    "http://www.w3.org/2002/07/owl#",
)


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
                return self._sent(fields, GRAPHS if form in ("construct", "describe") else RESULTS).read_as(form)
            except PassingError as passing:
                if not left or passing.pause > _LONGEST_PAUSE:
                    raise passing.error from None
                time.sleep(passing.pause)
        raise AssertionError  # the last attempt returns or raises

    def _sent(self, fields: Mapping[str, str], formats: Formats) -> AnswerBody:
        url = self.url
        for _ in range(_REDIRECTS + 1):
            response = self._posted(url, fields, ", ".join(formats))
            if response.status in _MOVED:
                url = self._next(url, response)
                continue
            try:
                return AnswerBody(self.url, response, formats, self._login)
            except (EndpointError, PassingError):
                response.close()
                raise
        raise EndpointError(self.url, "sends-on-and-on", ASK_FOR_SERVICE)

    def _posted(self, url: str, fields: Mapping[str, str], accept: str) -> BaseHTTPResponse:
        headers = {"accept": accept, "user-agent": "fot-graph", **self._login.headers()}
        form = urlencode(fields)
        headers["content-type"] = "application/x-www-form-urlencoded"
        try:
            return self._pool.request("POST", url, body=form, headers=headers, redirect=False, preload_content=False)
        except urllib3.exceptions.HTTPError as error:
            raise request_failure(self.url, error, again=True) from None

    def _next(self, url: str, response: BaseHTTPResponse) -> str:
        """Give the address that the server sends on to, if it is its own: nobody else learns the login or the query."""
        target = urljoin(url, response.headers.get("location", ""))
        response.close()
        if _origin(target) != _origin(self.url):
            raise EndpointError(self.url, "sends-on-to", address=one_line(target))
        return target


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


def _checked_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise UsageError("login-in-address")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError("no-address-of-a-server", address=one_line(url))
    return url


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)
