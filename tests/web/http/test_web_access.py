"""Who may read: the names that a server answers to, and the web pages of other sites that may read its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hostile import OTHER_HOSTS, OTHER_SITES
from serving import FORM, Server, running, write_store

from fot_graph.cli.main import main
from fot_graph.core.errors import UsageError
from fot_graph.web.http.access import host_name, origin

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = "confidential"
QUERY = "/sparql?query=" + quote("SELECT ?o { ?s ?p ?o }")
PATHS = ["/health", "/metrics", QUERY, "/sparql", "/id/serv.ttl", "/id/serv", "/en/", "/static/page.js", "/nothing"]
FRIEND, PROXY = "https://friend.example", "https://graph.example"


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server of a store, as one starts it."""
    place = write_store(tmp_path_factory.mktemp("private") / "store", WORD)
    with running("--quiet", "--workers", "1", "--store", str(place)) as made:
        yield made


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server of a store with other names, which pages of some sites may read."""
    place = write_store(tmp_path_factory.mktemp("shared") / "store", WORD)
    names = ["--host-name", "Graph.Example", "--host-name", "other.example:9000"]
    sites = ["--cors", "HTTPS://Friend.example:443", "--cors", "http://localhost:3000"]
    with running("--quiet", "--workers", "1", "--store", str(place), *names, *sites) as made:
        yield made


@pytest.fixture(scope="module")
def public() -> Iterator[Server]:
    """Give a server of the packaged graph."""
    with running("--quiet", "--workers", "1") as made:
        yield made


def sent(server: Server, *lines: str, target: str = QUERY, version: str = "1.1") -> bytes:
    """Send a request of these headers, in which PORT is that of the server."""
    head = "".join(f"{line}\r\n" for line in (f"GET {target} HTTP/{version}", *lines, "Connection: close", ""))
    return server.raw(head.replace("PORT", str(server.port)).encode())


# --- Names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1:PORT", "localhost:PORT", "[::1]:PORT", "LocalHost:PORT", "localhost.:PORT", "127.0.0.1.:PORT"),
        *("[0:0:0:0:0:0:0:1]:PORT", "[::ffff:127.0.0.1]:PORT", "[::FFFF:7F00:1]:PORT"),
    ],
)
def test_every_spelling_of_its_address_is_its_own(private: Server, host: str) -> None:
    got = sent(private, f"Host: {host}")
    assert got.startswith(b"HTTP/1.1 200 ")
    assert WORD.encode() in got


@pytest.mark.parametrize("server", ["private", "shared", "public"])
@pytest.mark.parametrize("host", OTHER_HOSTS)
def test_a_server_answers_to_no_other_name(server: str, host: str, request: pytest.FixtureRequest) -> None:
    got = sent(request.getfixturevalue(server), f"Host: {host}")
    assert got.split()[1] in (b"400", b"421")
    assert WORD.encode() not in got
    assert b"Access-Control-Allow-Origin" not in got.title()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "DELETE"])
def test_no_address_of_it_is_open_to_another_name(private: Server, method: str, path: str) -> None:
    got = private.request(method, path, headers={"Host": f"evil.example:{private.port}"})
    assert got.status == 421
    assert got.body == b"" or got.text.startswith("the Host header does not name this server (")


def test_it_is_said_in_the_language_of_the_address(private: Server) -> None:
    got = private.request("GET", "/nl/", headers={"Host": "evil.example"})
    assert got.text.startswith("de header Host noemt niet deze server (geef bij het starten met --host-name")


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("Host:",),
        ("Host: localhost:PORT", "Host: localhost:PORT"),
        ("Host: localhost:PORT", "Host: evil.example"),
        ("Host: evil.example", "X-Forwarded-Host: localhost:PORT"),
        ("Host: evil.example", "Forwarded: host=localhost:PORT", "X-Host: localhost:PORT"),
        ("Host : localhost:PORT",),
        ("X-Host: localhost:PORT",),
    ],
)
@pytest.mark.parametrize("version", ["1.1", "1.0"])
def test_nothing_stands_in_for_the_host(private: Server, lines: tuple[str, ...], version: str) -> None:
    got = sent(private, *lines, version=version)
    assert got.split()[1] in (b"400", b"421")
    assert WORD.encode() not in got


@pytest.mark.parametrize(
    ("target", "host", "status"),
    [
        (f"http://localhost:PORT{QUERY}", "localhost:PORT", b"200"),
        (f"HTTP://127.0.0.1:PORT{QUERY}", "localhost:PORT", b"200"),
        (f"http://evil.example{QUERY}", "localhost:PORT", b"421"),
        (f"http://localhost:PORT{QUERY}", "evil.example", b"421"),
        (f"http://evil.example:PORT{QUERY}", "evil.example:PORT", b"421"),
        (f"http://localhost:PORT@evil.example{QUERY}", "localhost:PORT", b"400"),
        (f"http://{QUERY}", "localhost:PORT", b"400"),
        (f"ftp://localhost:PORT{QUERY}", "localhost:PORT", b"404"),
    ],
)
def test_a_target_with_a_host_counts_as_well(private: Server, target: str, host: str, status: bytes) -> None:
    got = sent(private, f"Host: {host}", target=target)
    assert got.split()[1] == status
    assert (WORD.encode() in got) == (status == b"200")


def test_what_a_proxy_calls_it_has_to_be_said(shared: Server) -> None:
    port = shared.port
    for host in ("graph.example", "GRAPH.example.", "graph.example:443", "graph.example:80", f"graph.example:{port}"):
        assert sent(shared, f"Host: {host}").startswith(b"HTTP/1.1 200 "), host
    assert sent(shared, "Host: other.example:9000").startswith(b"HTTP/1.1 200 ")
    assert sent(shared, f"Host: localhost:{port}").startswith(b"HTTP/1.1 200 ")
    for host in ("graph.example:9000", "other.example", f"other.example:{port}", "www.graph.example", "example"):
        assert sent(shared, f"Host: {host}").startswith(b"HTTP/1.1 421 "), host


def test_listening_everywhere_it_is_called_as_it_was_reached() -> None:
    with running("--quiet", "--workers", "1", "--host", "0.0.0.0") as server:
        for host in ("localhost", "127.0.0.1", "[::1]", "0.0.0.0"):
            assert sent(server, f"Host: {host}:PORT").startswith(b"HTTP/1.1 200 "), host
        for host in ("127.0.0.2", "192.0.2.1", "evil.example", "localhost.evil.example"):
            assert sent(server, f"Host: {host}:PORT").startswith(b"HTTP/1.1 421 "), host


# --- Pages of other sites ---------------------------------------------------------------------------------------------


def readers(server: Server, path: str = QUERY, method: str = "GET", **headers: str) -> tuple[int, str | None]:
    """Send a request, and give its status and who may read the answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    got = server.request(method, path, headers=named)
    assert "Access-Control-Allow-Credentials" not in got.headers
    return got.status, got.headers["Access-Control-Allow-Origin"]


@pytest.mark.parametrize("path", ["/health", QUERY, "/sparql?query=ASK+{", "/id/serv.ttl", "/nothing"])
def test_any_page_may_read_the_packaged_graph(public: Server, path: str) -> None:
    for asks in ("https://evil.example", "null", "http://localhost:3000"):
        assert readers(public, path, Origin=asks, Sec_Fetch_Site="cross-site")[1] == "*"
    got = public.get(path)
    assert got.headers["Access-Control-Allow-Origin"] == "*"
    assert got.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Origin" not in (got.headers["Vary"] or "")


@pytest.mark.parametrize("path", PATHS)
def test_no_page_of_another_site_reads_a_store(private: Server, path: str) -> None:
    for asks in ("https://evil.example", "null", "http://localhost:3000", "http://localhost", FRIEND):
        assert readers(private, path, Origin=asks) == (403, None)
    got = private.get(path)
    assert got.status != 403
    assert got.headers["Access-Control-Allow-Origin"] is None
    assert got.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_server_behind_which_another_one_is_is_as_private(public: Server) -> None:
    with running("--quiet", "--workers", "1", "--endpoint", f"{public.url}sparql") as server:
        assert readers(server) == (200, None)
        assert readers(server, Origin="https://evil.example") == (403, None)
        assert sent(server, "Host: evil.example").startswith(b"HTTP/1.1 421 ")


@pytest.mark.parametrize("headers", OTHER_SITES, ids=str)
@pytest.mark.parametrize("server", ["private", "shared"])
def test_a_page_of_another_site_makes_a_store_do_nothing(
    server: str, headers: dict[str, str], request: pytest.FixtureRequest
) -> None:
    """Also where its browser sends the request without asking first: a form, a script, a picture, a frame."""
    made = request.getfixturevalue(server)
    for method, body in (("GET", None), ("HEAD", None), ("POST", "query=ASK+{}")):
        got = made.request(method, QUERY if body is None else "/sparql", body, headers | (FORM if body else {}))
        assert got.status == 403
        assert WORD not in got.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
        {"Origin": "http://localhost:PORT", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://127.0.0.1:PORT"},
    ],
    ids=str,
)
def test_its_own_pages_and_links_to_them_work(private: Server, headers: dict[str, str]) -> None:
    own = {name: value.replace("PORT", str(private.port)) for name, value in headers.items()}
    got = private.request("GET", QUERY, headers=own)
    assert (got.status, WORD in got.text) == (200, True)


def test_only_the_sites_that_are_named_may_read(shared: Server) -> None:
    for asks in (FRIEND, "http://localhost:3000"):
        assert readers(shared, Origin=asks, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="cors") == (200, asks)
    for asks in (
        *("http://friend.example", f"{FRIEND}:8443", f"{FRIEND}.evil.example", f"{FRIEND}/", FRIEND.upper(), "null"),
        *("https://a.friend.example", f"{FRIEND}, https://evil.example", "http://localhost:3001", "*", ""),
    ):
        assert readers(shared, Origin=asks) == (403, None), asks
    for got in (shared.get(QUERY), shared.get("/nothing"), shared.get(QUERY, Origin=FRIEND)):
        assert "Origin" in got.headers["Vary"].split(", ")
        assert got.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert shared.get("/id/serv.ttl", Origin=FRIEND).headers["Vary"].split(", ") == ["Accept", "Origin"]
    assert readers(shared, Origin=PROXY) == (200, None)  # its own pages, through a proxy


def test_a_browser_that_asks_first_is_told(private: Server, shared: Server, public: Server) -> None:
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Private-Network": "true"}

    def told(server: Server, site: str) -> tuple[int, str | None, str | None]:
        got = server.request("OPTIONS", "/sparql", headers={**asks, "Origin": site})
        names = ("Access-Control-Allow-Origin", "Access-Control-Allow-Private-Network")
        return got.status, *(got.headers[name] for name in names)  # type: ignore[return-value]

    assert told(public, "https://evil.example") == (204, "*", "true")
    assert told(shared, FRIEND) == (204, FRIEND, "true")
    assert told(shared, "https://evil.example") == (403, None, None)
    assert told(private, FRIEND) == (403, None, None)
    got = shared.request("OPTIONS", "/sparql", headers={"Origin": FRIEND, "Access-Control-Request-Method": "POST"})
    assert "POST" in got.headers["Access-Control-Allow-Methods"]
    assert "Origin" in got.headers["Vary"]
    assert got.headers["Access-Control-Allow-Private-Network"] is None


def test_all_sites_may_be_let_in(tmp_path_factory: pytest.TempPathFactory) -> None:
    place = write_store(tmp_path_factory.mktemp("open") / "store", WORD)
    with running("--quiet", "--workers", "1", "--store", str(place), "--cors", "*", "--cors", FRIEND) as server:
        assert readers(server, Origin="null", Sec_Fetch_Site="cross-site") == (200, "*")
        assert sent(server, "Host: evil.example").startswith(b"HTTP/1.1 421 ")


def test_naming_sites_closes_the_packaged_graph_to_others() -> None:
    with running("--quiet", "--workers", "1", "--cors", FRIEND) as server:
        assert readers(server, Origin=FRIEND) == (200, FRIEND)
        assert readers(server, Origin="https://evil.example") == (403, None)


# --- The options ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("https://Example.org:443", "https://example.org"),
        ("http://example.org:80", "http://example.org"),
        ("http://example.org:443", "http://example.org:443"),
        ("http://[0:0::1]:3000", "http://[::1]:3000"),
        ("https://büro.example", "https://xn--bro-hoa.example"),
        ("moz-extension://0a1b", "moz-extension://0a1b"),
        ("*", "*"),
    ],
)
def test_an_origin_is_spelled_as_browsers_do(text: str, spelled: str) -> None:
    assert origin(text) == spelled


@pytest.mark.parametrize(
    "text",
    [
        *("example.org", "//example.org", "https://", "https://a/", "https://a/b", "https://a?b", "https://a#b"),
        *("https://u@a", "https://*.a", "https://a:", "https://a:99999", "https://a b", "", "null", "https://a\n"),
    ],
)
def test_what_is_no_origin_is_told(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError):
        origin(text)
    assert main(["serve", "--cors", text]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("text", ["", "*", "a b", "http://a", "a/b", "a:0", "a:99999", "a:", ".a", "a..b", "a\n"])
def test_what_is_no_name_of_a_host_is_told(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError):
        host_name(text)
    assert main(["serve", "--host-name", text]) == 2
    assert capsys.readouterr().err.count("\n") == 1
