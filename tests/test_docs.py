"""The page on a document of one's own tells the truth: its commands run one after the other and print what it shows."""

from __future__ import annotations

import re
import runpy
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from serving import running

from fot_graph.cli import output as out
from fot_graph.cli.main import main

if TYPE_CHECKING:
    import pytest

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "a-document-of-your-own.md").read_text(encoding="utf-8")
SESSIONS = re.findall(r"^```console\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_the_page_does_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runpy.run_path(str(DOCS / "invented_question.py"))["write"](str(tmp_path / "question.pdf"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(out, "_on_terminal", lambda args: True)
    shown = []
    for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", "".join(SESSIONS), re.MULTILINE):
        words = shlex.split(command)
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
            continue
        assert main(words[1:]) == 0
        printed = capsys.readouterr().out
        assert printed == expected, command
        shown.append(printed)
    assert len(shown) == 5
    assert all(shown)


def test_the_document_has_a_reading_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runpy.run_path(str(DOCS / "invented_question.py"))["write"](str(tmp_path / "question.pdf"))
    assert main(["init", str(tmp_path / "mine")]) == 0
    monkeypatch.chdir(tmp_path / "mine")
    assert main(["new", "../question.pdf"]) == 0
    with running("--data", str(tmp_path / "mine"), "--workers", "1", "--quiet") as server:
        page = server.get("/en/page/doc/question", "text/html")
        assert page.status == 200
        assert "De inventaris is klaar tegen 30 juni 2024." in page.text
