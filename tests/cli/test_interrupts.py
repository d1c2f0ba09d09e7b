"""Ctrl-C ends a command at once with exit code 130 and leaves no file, and ends `Graph.query` in Python."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fot_graph.cli.line import COMMANDS

DOCUMENTS = Path(__file__).parents[1] / "documents"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
MANY = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
# Tells when a query is asked, so that the interrupt comes while the engine works
TELLING = """
import sys
from fot_graph.evidence import asking
stream = asking.stream
def telling(*args):
    print("asking", file=sys.stderr, flush=True)
    return stream(*args)
asking.stream = telling
"""
COMMAND = f"{TELLING}\nfrom fot_graph.cli.main import main\nsys.exit(main(sys.argv[1:]))"
# Has a command ask the engine in the main thread, as most do that make their own queries
DIRECT = f"""
import sys
from importlib import import_module
from fot_graph.cli.main import main
from fot_graph.api import load
def run(args):
    print("asking", file=sys.stderr, flush=True)
    load().store.query({ENDLESS!r})
    return 0
import_module("fot_graph.cli.commands." + sys.argv[1]).run = run
sys.exit(main(sys.argv[1:]))
"""
NOTEBOOK = f"""{TELLING}
import fot_graph
graph = fot_graph.load()
try:
    graph.query({ENDLESS!r})
except KeyboardInterrupt:
    print(len(graph.query("ASK {{ ?s ?p ?o }}").rows), graph.query("ASK {{ ?s ?p ?o }}").truth, flush=True)
    import os
    os._exit(7)
"""


def interrupted(program: str, *words: str) -> tuple[int, str, str]:
    """Run a program, interrupt it while it asks, and give its exit code, its output and its last errors."""
    command = [sys.executable, "-c", program, *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert process.stderr.readline() == "asking\n"
        time.sleep(0.5)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
    return process.returncode, out, err


@pytest.mark.parametrize("query", [ENDLESS, f"{MANY} ORDER BY ?a", f"ASK {{ {{ {ENDLESS} }} FILTER(?n < 0) }}"])
def test_an_interrupt_ends_a_query_at_once(query: str, tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("old")
    words = ["query", "-e", query, "--timeout", "60", "-o", str(tmp_path / "old.csv")]
    assert interrupted(COMMAND, *words) == (130, "", "")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("old.csv", "old")]


def test_an_interrupt_ends_an_answer_that_is_being_written(tmp_path: Path) -> None:
    words = ["query", "-e", MANY, "--timeout", "60", "--max-rows", "0", "-f", "csv", "-o", str(tmp_path / "x.csv")]
    assert interrupted(COMMAND, *words) == (130, "", "")
    assert list(tmp_path.iterdir()) == []


WORDS = {"ask": ["findings"], "show": ["SERV"], "path": ["SERV", "VDAB"], "cite": ["predecessors"], "draw": ["-o", "x"]}
WORDS |= {"convert": ["x"], "entities": ["check"]}


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - {"load", "serve", "propose", "review"}))
def test_an_interrupt_ends_every_command_that_asks(name: str, tmp_path: Path) -> None:
    words = [str(tmp_path / word) if word == "x" else word for word in WORDS.get(name, [])]
    assert interrupted(DIRECT, name, *words) == (130, "", "")


# Tells when the claims that were proposed are validated, and then takes long
VALIDATING = """
import sys, time
from fot_graph.authoring import trial
def validate(*args, **options):
    print("asking", file=sys.stderr, flush=True)
    time.sleep(60)
trial.validate = validate
from fot_graph.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
# Tells when a person is asked, and waits for an answer that does not come
WAITING = """
import sys
print("asking", file=sys.stderr, flush=True)
from fot_graph.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
DRAFT = "## a\n\n> Er zijn steeds meer fietsers.\n\n- omstandigheid: meer fietsers\n"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    shutil.copytree(DOCUMENTS, tmp_path / "mine")
    place = tmp_path / "mine" / "data" / "documents" / "fietsplan"
    (place / "drafts.md").write_text(DRAFT, encoding="utf-8")
    return place


def contents(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in place.iterdir()}


def test_an_interrupt_ends_the_validation_of_proposals(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    before = contents(document)
    assert interrupted(VALIDATING, "propose", str(document)) == (130, "", "")
    assert contents(document) == before
    assert list((tmp_path / "temporary").iterdir()) == []


def test_an_interrupt_ends_the_program_that_proposes(document: Path, tmp_path: Path) -> None:
    before, told = contents(document), tmp_path / "told"
    program = f"import os, pathlib, time; pathlib.Path({str(told)!r}).write_text(str(os.getpid())); time.sleep(60)"
    command = [
        sys.executable,
        "-m",
        "fot_graph",
        "propose",
        str(document),
        "--with",
        shlex.join([sys.executable, "-c", program]),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while not (told.exists() and told.read_text()):
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert (*process.communicate(timeout=10), process.returncode) == ("", "", 130)
    assert contents(document) == before
    assert is_gone(int(told.read_text()))


def is_gone(process: int) -> bool:
    """Tell whether a process ends within some seconds."""
    for _ in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_an_interrupt_ends_a_review_that_waits_for_an_answer(document: Path) -> None:
    before = contents(document)
    with subprocess.Popen(
        [sys.executable, "-c", WAITING, "review", str(document), "--lang", "en"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"draft 1 of 1\n"
        process.send_signal(signal.SIGINT)
        process.wait(timeout=10)
        assert process.returncode == 130
    assert contents(document) == before


def test_an_interrupt_ends_a_query_in_python() -> None:
    code, out, err = interrupted(NOTEBOOK)
    assert (code, out) == (7, "0 True\n"), err


# Interrupts itself when a certain module is imported, which makes another error of it, as NumPy does
STARTING = """
import os, signal, sys
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == sys.argv[1]:
            try:
                os.kill(os.getpid(), signal.SIGINT)
                import time
                time.sleep(2)
            except KeyboardInterrupt:
                raise ImportError("interrupted")
sys.meta_path.insert(0, Interrupting())
from fot_graph.cli.main import main
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize(
    ("module", "words"),
    [
        ("fot_graph.cli.opening", ["board"]),
        ("pyoxigraph", ["query", "-e", "ASK { ?s ?p ?o }"]),
        ("fot_graph.cli.line", ["load", "--store", "s"]),
        ("fot_graph.cli.commands.draw", ["draw", "--theme-map"]),
    ],
)
def test_an_interrupt_ends_a_command_that_starts(module: str, words: list[str], tmp_path: Path) -> None:
    command = [sys.executable, "-c", STARTING, module, *words]
    found = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tmp_path, timeout=30)
    assert (found.returncode, found.stdout, found.stderr) == (130, "", "")
    assert list(tmp_path.iterdir()) == []


# Some libraries (NumPy) make another error of a KeyboardInterrupt that comes while they are imported
RAISING = """
import os, signal, time
from fot_graph.cli import limits
limits._end = lambda code: print(code, flush=True)
with limits.interruptible():
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.5)
    print("goes on")
try:
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(5)
except KeyboardInterrupt:
    print("as before")
"""


def test_an_interrupt_of_a_command_is_no_exception() -> None:
    found = subprocess.run([sys.executable, "-c", RAISING], check=False, capture_output=True, text=True, timeout=30)
    assert (found.stdout, found.stderr) == ("130\ngoes on\nas before\n", "")


def test_an_interrupt_that_is_ignored_stays_ignored() -> None:
    """As of a command that a shell script starts with `&`."""
    program = "import os, signal, sys\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    program += STARTING.replace("except KeyboardInterrupt", "except ZeroDivisionError").replace("sleep(2)", "sleep(0)")
    command = [sys.executable, "-c", program, "fot_graph.cli.opening", "query", "-e", "ASK { ?s ?p ?o }"]
    found = subprocess.run(command, check=False, capture_output=True, text=True, timeout=30)
    assert (found.returncode, found.stdout, found.stderr) == (0, "true\n", "")
