"""The README tells the truth: its commands run, and its output is what they print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import fot_graph
from fot_graph.cli import output as out
from fot_graph.cli.main import main
from fot_graph.core.statuses import firmness_rank

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
SESSIONS = [text for kind, text in BLOCKS if kind == "console" and text.startswith("$")]
COMMANDS = [
    shlex.split(line, comments=True)[1:]
    for kind, text in BLOCKS
    if kind == "console"
    for line in text.splitlines()
    if line.startswith("fot-graph")
    and not line.startswith("fot-graph serve")  # runs until it is stopped: tests/serving.py
]


@pytest.mark.parametrize("session", SESSIONS, ids=lambda session: session.partition("\n")[0])
def test_the_output_shown_is_the_output(
    session: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(out, "_on_terminal", lambda args: True)
    monkeypatch.setenv("COLUMNS", "100")
    command, _, output = session.partition("\n")
    assert main(shlex.split(command)[2:]) == 0
    assert capsys.readouterr().out == output


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_runs(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if "--store" in words and words[0] != "load":  # each command runs in a folder of its own
        assert main(["load", *words[words.index("--store") :][:2]]) == 0
    assert main(words) == 0


def test_the_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    code = next(text for kind, text in BLOCKS if kind == "python")
    exec(compile(code, "README.md", "exec"), {})
    assert int(capsys.readouterr().out) > 10


def test_the_query_has_an_answer() -> None:
    query = next(text for kind, text in BLOCKS if kind == "sparql")
    assert len(fot_graph.load().query(query).rows) == 2


def test_the_statuses_are_those_of_the_scheme() -> None:
    shown = re.findall(r"^\| (\w+) \| (?!what)", README, re.MULTILINE)
    rows = fot_graph.load().query("SELECT ?status { ?status skos:inScheme <https://w3id.org/fot-graph/status> }").rows
    assert shown == sorted((str(status).rstrip(">").rpartition("/")[2] for (status,) in rows), key=firmness_rank)
