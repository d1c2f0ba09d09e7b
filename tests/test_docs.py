"""The page on a document of one's own tells the truth: its commands run one after the other and print what it shows."""

from __future__ import annotations

import re
import runpy
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from serving import running

from fot_graph.authoring import claims_in_markdown
from fot_graph.claims.corpus import context_of
from fot_graph.claims.documents import read_written
from fot_graph.cli import output as out
from fot_graph.cli.main import main
from fot_graph.core.terms import node, text_of

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


LINES = (DOCS / "claims-in-lines.md").read_text(encoding="utf-8")
INVENTED = """\
SCHRIFTELIJKE VRAAG
nr. 214
van LIEVE VERBEECK
datum: 8 januari 2024
aan KOEN MAERTENS
MINISTER VAN MOBILITEIT

Cycling Plan - Progress

The Cycling Plan succeeds the Action Plan. Too few people cycle.

1. Is it a success?
ANTWOORD
op vraag nr. 214 van 8 januari 2024
van LIEVE VERBEECK

1. In 2016, 488 requests were made to Bureau Spaak. I want more cycle paths.
"""


def test_each_form_of_the_reference_is_read(tmp_path: Path) -> None:
    blocks = re.findall(r"^(`{3,})markdown\n(.*?)^\1$", LINES, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 9
    place = tmp_path / "plan"
    place.mkdir()
    (place / "source.txt").write_text(INVENTED, encoding="utf-8")
    (place / "document.toml").write_text('languages = ["en"]\n', encoding="utf-8")
    (place / "claims.md").write_text("\n".join(block for _, block in blocks), encoding="utf-8")
    read = read_written(place / "claims.md", context_of(place))
    claims = {quad.subject for quad in read.quads if quad.object in (node("fot:Claim"), node("fot:NoClaim"))}
    assert len(claims) == sum(line.startswith("## ") for _, block in blocks for line in block.splitlines())
    values = {text_of(quad.object) for quad in read.quads if quad.predicate == node("sdmx-measure:obsValue")}
    assert values == {"488", "976", "1488", "28433.60", "5", "6500000", "34"}
    assert claims_in_markdown.written(read.quads, place / "claims.md", read.source, read.vocabulary)


def test_the_small_program_proposes_what_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (program,) = re.findall(r"^```python\n(.*?)^```$", LINES, re.MULTILINE | re.DOTALL)
    place = tmp_path / "plan"
    place.mkdir()
    (tmp_path / "program.py").write_text(program, encoding="utf-8")
    (place / "source.txt").write_text(INVENTED, encoding="utf-8")
    (place / "document.toml").write_text('languages = ["en"]\n', encoding="utf-8")
    names = ["Lieve Verbeeck; Koen Maertens | person", "Bureau Spaak | organisation", "requests | counted:"]
    (place / "claims.md").write_text("# Names\n\n- " + "\n- ".join(names) + "\n", encoding="utf-8")
    code = main(["propose", str(place), "--with", f"{sys.executable} {tmp_path / 'program.py'}", "--lang", "en"])
    assert code == 0, capsys.readouterr().out
    drafts = (place / "drafts.md").read_text(encoding="utf-8")
    assert "- figure: value: 488 | what: requests | whom: Bureau Spaak" in drafts
