"""No text of a request or a document comes to a terminal as anything else than text: in the log, errors and headers."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hostile import CONTROLS
from serving import Server, running, write_store

from fot_graph.web.http import logs
from fot_graph.web.http.errors import InternalError
from fot_graph.web.http.logs import escape_invisible
from fot_graph.web.settings import GraphLocation, RequestLimits, Settings
from fot_graph.web.workers.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fot_graph.api import Graph

ALL = "".join(CONTROLS)


def unseen(text: str, keep: str = "\t\n") -> list[str]:
    """Find the characters that act on a terminal."""
    acting = {"Cc", "Cf", "Zl", "Zp", "Cs"}
    return [character for character in text if unicodedata.category(character) in acting and character not in keep]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    place = write_store(tmp_path_factory.mktemp("logs") / "store", ALL)
    with running("--quiet", "--workers", "1", "--store", str(place)) as made:
        yield made


@pytest.mark.parametrize("character", CONTROLS)
def test_what_cannot_be_seen_is_written_out(character: str) -> None:
    assert escape_invisible(f"a{character}b") == f"a{character.encode('unicode_escape').decode()}b"
    assert escape_invisible(f"a{character}b", keep=character) == f"a{character}b"


def test_what_can_be_seen_stays() -> None:
    text = "‘één’ – “twee” … ﬁ 💥 \\x1b Ἀ\u00a0b"
    assert escape_invisible(text) == text


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Give what is logged as the server logs it."""
    written = io.StringIO()
    handler, logger = logging.StreamHandler(written), logging.getLogger("fot_graph.web")
    handler.setFormatter(logs._Formatter("%(message)s"))
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)


@pytest.mark.parametrize("character", CONTROLS)
def test_a_line_of_the_log_is_one_line(log: io.StringIO, character: str) -> None:
    logging.getLogger("fot_graph.web").error("a worker does not start: %s", f"{character}127.0.0.1 fake")
    assert log.getvalue().count("\n") == 1
    assert not unseen(log.getvalue())


def test_no_line_of_a_traceback_can_pass_for_a_line_of_the_log(log: io.StringIO) -> None:
    try:
        int(f"{ALL}\n127.0.0.1 fake")
    except ValueError as error:
        error.add_note(f"{ALL}\n127.0.0.1 fake")
        logging.getLogger("fot_graph.web").exception("a mistake of ours")
    first, *rest = log.getvalue().splitlines()
    assert first == "a mistake of ours"
    assert rest
    assert all(line.startswith("  ") for line in rest)
    assert not unseen(log.getvalue())


def failing(graph: Graph) -> None:
    raise ValueError(ALL)


_WORKER = """
import asyncio, sys
sys.path[:0] = sys.argv[1:]
import test_web_logs
if __name__ == "__main__":
    asyncio.run(test_web_logs.ask())
"""


async def ask() -> None:
    """Let a worker make a mistake."""
    pool = Pool(Settings(GraphLocation(quads=b"<urn:s> <urn:p> <urn:o> <urn:g> .\n"), 1, RequestLimits(time=20)))
    await pool.start()
    with suppress(InternalError):
        await pool.run(failing)
    await pool.close()


def test_the_mistakes_of_a_worker_are_logged_as_well(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(_WORKER)
    command = [sys.executable, str(program), *map(str, Path(__file__).parents[:3:2])]
    ran = subprocess.run(command, capture_output=True, timeout=60, check=True)
    said = ran.stderr.decode("utf-8", "surrogateescape")
    assert "a mistake of ours in a worker" in said
    assert "ValueError: \\x1b" in said
    assert not unseen(said)


# --- Errors and headers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("character", CONTROLS)
@pytest.mark.parametrize(
    "path",
    [
        *(
            "/sparql?query=ASK+{+?s+{}+}",
            "/sparql?query=ASK{}&named-graph-uri={}",
            "/sparql?query=ASK{}&default-graph-uri={}",
        ),
        *("/id/{}", "/id/se{}rv.ttl", "/{}", "/en/page/claim/{}?cite=text", "/nl/answer.csv?query={}", "/en/{}?{}"),
        *("/nl/board.csv?document={}", "/sparql?query=ASK{}&evidence={}"),
    ],
)
def test_what_is_said_of_a_request_is_plain(server: Server, path: str, character: str) -> None:
    address = path.replace("ASK{}", "ASK%7B%7D").replace("{}", quote(f"x{character}y", safe=""))
    for accept in ("", "application/json"):
        got = server.get(address.replace("{", "%7B").replace("}", "%7D"), accept)
        assert 400 <= got.status < 500
        assert not unseen("".join(f"{name}{value}" for name, value in got.headers.items()), keep="")
        assert got.type == "text/html" or not unseen(got.text)


def test_no_header_is_made_of_a_document(server: Server) -> None:
    for path in ("/id/serv", "/id/serv.ttl", "/en/page/id/serv", "/sparql?query=SELECT+*+%7B?s+?p+?o%7D"):
        got = server.get(path)
        assert got.status in (200, 303)
        assert not unseen("".join(f"{name}{value}" for name, value in got.headers.items()), keep="")
