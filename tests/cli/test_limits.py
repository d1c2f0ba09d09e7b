"""Time and rows are limited: the process ends in time, long answers are cut, and no file is left half written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from fot_graph.cli.main import main
from fot_graph.formats import rdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
MANY = "{ VALUES ?a { 1 2 3 4 5 6 7 8 9 10 } VALUES ?b { 1 2 3 4 5 6 7 8 9 10 } }"
OVER = b"fot-graph: the time limit of 0.3 s is over (--timeout SECONDS sets another, 0 none)\n"


def process(*words: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "fot_graph", *words]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **env})


@pytest.mark.parametrize(
    "query",
    [
        ENDLESS,
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "CONSTRUCT { ?a ?b ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?c), STR(?f), STR(?i)) = 'x') }",
    ],
)
def test_the_process_ends_in_time_and_leaves_nothing(tmp_path: Path, query: str) -> None:
    (tmp_path / "old.nt").write_text("old")
    start = time.monotonic()
    ran = process("query", "-e", query, "--timeout", "0.3", "--max-rows", "0", "-o", str(tmp_path / "x"))
    assert (ran.returncode, ran.stderr, ran.stdout) == (4, OVER, b"")
    assert time.monotonic() - start < 10
    assert [path.name for path in tmp_path.iterdir()] == ["old.nt"]


def test_what_ends_in_time_is_not_ended(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "-e", "ASK {}", "--timeout", "0.5"]) == 0
    time.sleep(0.6)
    assert capsys.readouterr().out == "true\n"


@pytest.mark.parametrize("name", ["ask", "query", "board", "show", "path", "export", "draw"])
def test_commands_that_ask_have_a_time_limit(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    main([name, "--help"])
    assert "--timeout SECONDS" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--timeout", "-1"), "'-1' is no number of seconds (30, 0.5 …; 0 for no limit)"),
        (("--timeout", "soon"), "'soon' is no number of seconds"),
        (("--timeout", "nan"), "'nan' is no number of seconds"),
        (("--max-rows", "1.5"), "'1.5' is no number of rows (1, 100 …; 0 for all)"),
        (("--max-rows", "-3"), "'-3' is no number of rows"),
    ],
)
def test_a_limit_is_a_number(words: tuple[str, str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "-e", "ASK {}", "=".join(words)]) == 2
    out, err = capsys.readouterr()
    assert (out, err.startswith(f"fot-graph: {message}"), err.count("\n")) == ("", True, 1)


@pytest.mark.parametrize("format_", ["table", "csv", "tsv", "json", "xml", "md"])
def test_a_long_answer_is_cut_and_says_so(format_: str, capsys: pytest.CaptureFixture[str]) -> None:
    query = ["query", "-e", f"SELECT ?a ?b {MANY}", "-f", format_]
    assert main([*query, "--max-rows", "3"]) == 0
    out, err = capsys.readouterr()
    assert err == "fot-graph: cut after 3 rows; --max-rows 0 gives all\n"
    assert main([*query[:2], f"SELECT ?a ?b {MANY} LIMIT 3", *query[3:]]) == 0
    assert capsys.readouterr() == (out, "")


def test_an_answer_that_fits_is_not_cut(capsys: pytest.CaptureFixture[str]) -> None:
    for most in ("100", "101", "0"):
        main(["query", "-e", f"SELECT ?a ?b {MANY}", "-f", "json", "--max-rows", most, "--with-quotes"])
        out, err = capsys.readouterr()
        content = json.loads(out)
        assert (err, len(content["results"]["bindings"]), len(content["evidence"])) == ("", 100, 100)


def test_ten_thousand_rows_are_the_limit_unless_told_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    query = f"SELECT * {{ {MANY} {MANY.replace('?a', '?c').replace('?b', '?d')} VALUES ?e {{ 1 2 }} }}"
    main(["query", "-e", query])
    out, err = capsys.readouterr()
    assert (len(out.splitlines()), err) == (10_001, "fot-graph: cut after 10,000 rows; --max-rows 0 gives all\n")
    main(["query", "-e", query, "--max-rows", "0"])
    out, err = capsys.readouterr()
    assert (len(out.splitlines()), err) == (20_001, "")


@pytest.mark.parametrize("words", [("-f", "nt"), ("-f", "ttl"), ("-f", "trig", "--with-quotes")])
def test_triples_are_cut_too(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    query = "CONSTRUCT { ?finding <urn:x> ?theme } { ?finding fot:informs ?theme }"
    assert main(["query", "-e", query, *words, "--max-rows", "2"]) == 0
    out, err = capsys.readouterr()
    kind = {"nt": RdfFormat.N_TRIPLES, "ttl": RdfFormat.TURTLE, "trig": RdfFormat.TRIG}[words[1]]
    assert len([quad for quad in parse(out, kind) if quad.predicate.value == "urn:x"]) == 2
    assert err == "fot-graph: cut after 2 triples; --max-rows 0 gives all\n"


def test_more_triples_than_are_put_in_order_come_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    quads = list(parse("<urn:c> <urn:p> 1 . <urn:b> <urn:p> 1 . <urn:a> <urn:p> 1 .", RdfFormat.TURTLE))
    triples = [quad.triple for quad in quads]
    assert list(rdf.triples_lines(triples)) == sorted(f"{triple} .\n" for triple in triples)
    monkeypatch.setattr(rdf, "_SORTED", 2)
    assert list(rdf.triples_lines(triples)) == [f"{triple} .\n" for triple in triples]


@pytest.mark.parametrize("format_", ["csv", "json", "xml"])
def test_a_long_answer_needs_no_memory(format_: str) -> None:
    program = (
        "import resource, sys; from fot_graph.cli.main import main; main(sys.argv[1:]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    used = []
    for rows in (100, 100_000):
        query = (
            f"SELECT * {{ {MANY} {MANY.replace('?a', '?c').replace('?b', '?d')} VALUES ?e {{ 1 2 3 4 5 6 7 8 9 10 }} }}"
        )
        words = ["query", "-e", f"{query} LIMIT {rows}", "-f", format_, "--max-rows", "0", "-o", "/dev/null"]
        ran = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, check=True)
        used.append(int(ran.stderr))
    assert used[1] - used[0] < 4096  # kilobytes: as rows they would be ten times that


# --- What is lost on the way -----------------------------------------------------------------------------------------


class _Breaking(BaseHTTPRequestHandler):
    """A server that breaks off in the middle of a long answer."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", "10000000")
        self.end_headers()
        self.wfile.write(b'{"head": {"vars": ["x"]}, "results": {"bindings": [')
        self.wfile.write(b'{"x": {"type": "literal", "value": "one"}},' * 50_000)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def breaking() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Breaking) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize("format_", ["csv", "json", "xml", "table"])
def test_an_answer_that_breaks_off_leaves_no_file(tmp_path: Path, breaking: str, format_: str) -> None:
    words = ["query", "-e", "SELECT ?x { ?x ?y ?z }", "--endpoint", breaking, "--max-rows", "0", "-f", format_]
    ran = process(*words, "-o", str(tmp_path / "x"))
    assert (ran.returncode, ran.stdout, ran.stderr.count(b"\n")) == (3, b"", 1)
    assert ran.stderr.startswith(b"fot-graph: ")
    assert list(tmp_path.iterdir()) == []
