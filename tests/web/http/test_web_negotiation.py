"""Which form, coding and language a client gets, by what it says that it reads; q=0 is what it does not."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from hostile import ENCODINGS
from serving import Got, Server, running

from fot_graph.web.http.errors import WebError
from fot_graph.web.http.negotiation import accepts_json, best, codings

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE, ANSWER, SHORT = "/en/board", "/sparql?query=SELECT+*+{?s+?p+?o}+LIMIT+50", "/health"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running("--workers", "1", "--quiet") as made:
        yield made


def coded(server: Server, path: str, encoding: str | None) -> Got:
    return server.request("GET", path, headers={} if encoding is None else {"Accept-Encoding": encoding})


@pytest.mark.parametrize(
    ("encoding", "coding"),
    [
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip, deflate, br, zstd", "gzip"),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", "gzip"),
        ("*", "gzip"),
        ("gzip;q=0.001", "gzip"),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("identity;q=0, gzip", "gzip"),
        ("*;q=0, gzip", "gzip"),
        ("identity;q=0, *", "gzip"),
        (None, None),
        ("", None),
        ("identity", None),
        ("br", None),
        ("gzip;q=0", None),
        ("gzip;q=0.0", None),
        ("gzip; Q = 0", None),
        ("gzip; q=0.000", None),
        ("gzip ; Q=0", None),
        ("GZip;q=0", None),
        ("x-gzip;q=0", None),
        ("gzip;q=0, *", None),
        ("gzip;q=0, *;q=1", None),
        ("*, gzip;q=0", None),
        ("br, gzip;q=0, deflate", None),
        ("gzip;q=0.5, identity", None),
        ("gzip;q=0.5, identity;q=0.6", None),
        ("gzip;q=0.3, *;q=0.8", None),
        ("identity, *;q=0", None),
        ("*;q=0, identity;q=0.001", None),
        ("gzip;q=high", None),
        ("gzip;q=2", None),
        ("notgzip", None),
    ],
)
def test_a_page_is_compressed_for_who_wants_it_so(server: Server, encoding: str | None, coding: str | None) -> None:
    got = coded(server, PAGE, encoding)
    assert (got.status, got.headers["Content-Encoding"]) == (200, coding)
    assert "Accept-Encoding" in got.headers["Vary"]
    assert b"</html>" in (gzip.decompress(got.body) if coding else got.body)


def test_several_headers_count_as_one(server: Server) -> None:
    lines = b"Accept-Encoding: br\r\nAccept-Encoding: gzip;q=0\r\nConnection: close\r\n\r\n"
    head = server.raw(f"GET {PAGE} HTTP/1.1\r\n".encode() + server.own_host + lines).partition(b"\r\n\r\n")[0]
    assert b"200 OK" in head
    assert b"content-encoding" not in head


@pytest.mark.parametrize("path", [PAGE, ANSWER, SHORT, "/id/serv.ttl", "/static/page.js"])
def test_who_reads_nothing_that_is_not_compressed_gets_nothing_else(server: Server, path: str) -> None:
    plain, got = coded(server, path, "identity"), coded(server, path, "gzip, identity;q=0")
    assert (plain.headers["Content-Encoding"], got.headers["Content-Encoding"]) == (None, "gzip")
    assert gzip.decompress(got.body) == plain.body


@pytest.mark.parametrize("path", [PAGE, ANSWER, SHORT, "/nothing"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_who_reads_nothing_that_we_have_is_told(server: Server, path: str, encoding: str) -> None:
    got = coded(server, path, encoding)
    assert got.status == 406
    assert got.text == "answers come in gzip, or as they are (leave the Accept-Encoding header out)\n"


def test_an_answer_without_content_stays_so(server: Server) -> None:
    tag = server.get("/id/serv.ttl").headers["ETag"]
    got = server.request("GET", "/id/serv.ttl", headers={"If-None-Match": tag, "Accept-Encoding": "identity;q=0, gzip"})
    assert (got.status, got.body, got.headers["Content-Encoding"]) == (304, b"", None)


def test_the_weights_of_codings() -> None:
    assert codings("gzip;q=0.5")[0] == 0.5
    assert 0 < codings("gzip;q=0.001")[1] < 0.001
    assert codings("*;q=0.2") == (0.2, 0.2)


# --- Forms ------------------------------------------------------------------------------------------------------------

OFFERED = ["application/json", "text/csv", "text/turtle"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("application/json;q=0, */*", "text/csv"),
        ("*/*, application/json;q=0", "text/csv"),
        ("text/*;q=0, */*;q=0.1", "application/json"),
        ("text/*;q=0, text/csv", "text/csv"),
        ("text/*, text/csv;q=0", "text/turtle"),
        ("*/*;q=0, text/turtle", "text/turtle"),
        ("application/json; Q=0.000, text/turtle;q=0.001", "text/turtle"),
        ("text/csv;q=0.2, text/turtle;q=0.9, application/json;q=0.5", "text/turtle"),
    ],
)
def test_a_form_that_is_not_acceptable_is_not_given(accept: str, chosen: str) -> None:
    assert best(accept, OFFERED) == chosen


@pytest.mark.parametrize("accept", ["*/*;q=0", "text/*;q=0, application/*;q=0", "application/json;q=0", "image/png"])
def test_where_no_form_is_acceptable_none_is_given(accept: str) -> None:
    with pytest.raises(WebError):
        best(accept, OFFERED)


@pytest.mark.parametrize(
    ("accept", "is_json"),
    [
        ("application/json", True),
        ("application/problem+json;q=0.1, text/html", True),
        ("application/json;q=0", False),
        ("application/sparql-results+json;q=0.0, */*", False),
        ("text/json-like", False),
        ("*/*", False),
    ],
)
def test_an_error_comes_as_json_to_who_wants_it_so(server: Server, accept: str, is_json: bool) -> None:  # noqa: FBT001
    assert accepts_json(accept) == is_json
    got = server.get("/nothing", accept)
    assert (got.status, got.type) == (404, "application/problem+json" if is_json else "text/plain")


# --- Languages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wishes", "lang"),
    [
        ("nl;q=0", "en"),
        ("en;q=0", "nl"),
        ("en-GB;q=0, *", "nl"),
        ("nl;q=0, *", "en"),
        ("nl;q=0.1, en;q=0.2", "en"),
        ("en;q=0.1, nl;q=0.2", "nl"),
        ("fr, *;q=0.5, nl;q=0.4", "en"),
        ("NL-be", "nl"),
        ("en;q=0, nl;q=0.001", "nl"),
        ("en;q=high, nl;q=0.1", "nl"),
    ],
)
def test_a_language_that_is_not_wanted_is_not_chosen(server: Server, wishes: str, lang: str) -> None:
    assert_led_to(server, wishes, lang)


@pytest.mark.parametrize("wishes", ["", "fr", "*", "nl;q=0, en;q=0", ",;,"])
def test_without_a_wish_everything_leads_to_the_same_language(server: Server, wishes: str) -> None:
    assert_led_to(server, wishes, "nl")


def assert_led_to(server: Server, wishes: str, lang: str) -> None:
    """Hold all that leads to a page to one language."""
    for path, page in (("/", "/"), ("/id/serv", "/page/id/serv"), ("/sparql", "/ask")):
        got = server.get(path, Accept="text/html", Accept_Language=wishes)
        assert got.headers["Location"] == f"/{lang}{page}"
