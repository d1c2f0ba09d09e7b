"""The tutorials tell the truth: their files are written, their commands run, and what they show is what is printed."""

from __future__ import annotations

import io
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from serving import running

from fot_graph.claims.claims_md import templates
from fot_graph.cli import output as out
from fot_graph.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {"nl": "zelfstudie.md", "en": "tutorial.md"}
PICTURES = {"nl": "bibliobus.svg", "en": "mobile-library.svg"}
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
ANSWER = re.compile(r"(?<=\] )([a-z])\n(?=\S)")  # what a person types behind '[a/c/r/l/q] '
COUNTED = re.compile(r"\d+(?= (?:rules|regels))")  # how many rules there are is not for a tutorial to know


class Session:
    """Somebody who follows a tutorial in a folder: writes its files, and gives its commands."""

    def __init__(self, place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.place, self._monkeypatch, self._capsys = place, monkeypatch, capsys

    def follow(self, page: str) -> Iterator[tuple[str, str, str]]:
        """Give each command that prints, what the page shows of it, and what it prints."""
        for kind, name, text in BLOCK.findall(page):
            if kind != "console":
                file = self.place / name
                before = file.read_text(encoding="utf-8") if file.exists() else ""
                file.write_text(f"{before}\n{text}" if before else text, encoding="utf-8")
                continue
            for command, shown in COMMAND.findall(text):
                yield command, shown, self.give(command, "\n".join(ANSWER.findall(shown)))

    def give(self, command: str, answers: str) -> str:
        words = shlex.split(command)
        if words[0] == "cd":
            self.place /= words[1]
        elif words[0] == "sed":
            old, new = words[2].split("/")[1:3]
            file = self.place / words[3]
            file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        else:
            self._monkeypatch.chdir(self.place)
            self._monkeypatch.setattr("sys.stdin", io.StringIO(answers))
            main(words[1:])
        printed = self._capsys.readouterr()
        return printed.out + printed.err


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Session:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(out, "_on_terminal", lambda args: True)
    return Session(tmp_path, monkeypatch, capsys)


def uncounted(text: str) -> str:
    return COUNTED.sub("N", text)


@pytest.mark.parametrize("lang", PAGES)
def test_a_tutorial_does_what_it_shows(lang: str, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", f"{lang}_BE.UTF-8")
    steps = list(session.follow((DOCS / PAGES[lang]).read_text(encoding="utf-8")))
    assert len(steps) == 17
    for command, shown, printed in steps:
        assert uncounted(printed) == uncounted(ANSWER.sub("", shown)), command
    drawn = (session.place / PICTURES[lang]).read_text(encoding="utf-8")
    assert drawn == (DOCS / PICTURES[lang]).read_text(encoding="utf-8")
    with running("--data", str(session.place), "--workers", "1", "--quiet") as server:
        (document,) = session.place.glob("data/documents/*-12")
        page = server.get(f"/{lang}/page/doc/{document.name}", "text/html")
        assert page.status == 200
        assert "2032" in page.text


def program_words(page: str) -> list[str]:
    """List the names of the program that the claims of a page use: templates, kinds, predicates, words."""
    claims = "".join(text for kind, _, text in BLOCK.findall(page) if kind == "markdown")
    known = {name for each in templates.read_all().values() for name in each.names.values()}
    first = re.findall(r"^- (?:\| )?([\w ]+?)(?: nl| en)?:", claims, re.MULTILINE)
    cells = re.findall(r"\| ([\w:]+)(?=:| \||$)", claims, re.MULTILINE)
    headings = re.findall(r"^#+ .*\n([^\s>-].*)$", claims, re.MULTILINE)
    sections = re.findall(r"^# (.*)$", claims, re.MULTILINE)
    return sorted({*(w for w in first), *(known & {*first}), *headings, *sections, *KNOWN & {*cells}})


KNOWN = set(
    "person persoon organisation organisatie evaluation evaluatie counted: also ook by door number nummer answered "
    "beantwoord".split()
)


@pytest.mark.parametrize("lang", PAGES)
def test_a_tutorial_says_what_it_costs(lang: str) -> None:
    page = (DOCS / PAGES[lang]).read_text(encoding="utf-8")
    claims = [line for kind, _, text in BLOCK.findall(page) if kind == "markdown" for line in text.splitlines()]
    typed = sum(map(len, (line for line in claims if not line.startswith(">"))))
    words = program_words(page)
    said = re.search(r": ([\d.,]+) (?:getypte tekens|characters)[^;]*; (\d+) [^(]*\(([^)]*)\)", page)
    assert said
    assert (int(re.sub("[.,]", "", said[1])), int(said[2]), said[3]) == (typed, len(words), ", ".join(words))
