"""The help of the command line and of each command, in Dutch and English."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import fot_graph.cli
from fot_graph.cli import commands
from fot_graph.cli.line import COMMANDS
from fot_graph.cli.main import main
from fot_graph.core import media_types
from fot_graph.core.words import LANGUAGES, Message, texts
from fot_graph.stores.layers import LAYERS

if TYPE_CHECKING:
    from collections.abc import Callable

HELP = [(), *((name,) for name in COMMANDS)]
ENGLISH = {"a", "and", "answer", "file", "from", "one", "see", "show", "the", "this", "unless", "when", "with", "write"}


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def told(*words: str) -> str:
        assert main(words) == 0
        said = capsys.readouterr()
        assert said.err == ""
        return said.out

    return told


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_shows_the_commands(told: Callable[..., str], option: str) -> None:
    listed = told(option).partition("commands:\n")[2].partition("\n\n")[0]
    lines = {line.split()[0]: line.split()[1:] for line in listed.splitlines()}
    assert lines.keys() == COMMANDS.keys() == {path.stem for path in Path(commands.__file__).parent.glob("[a-z]*.py")}
    assert all(len(words) > 2 for words in lines.values())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(told: Callable[..., str], name: str) -> None:
    assert told(name, "--help").startswith(f"usage: fot-graph {name}")
    assert told(name, "-h", "--lang", "nl").startswith(f"gebruik: fot-graph {name}")


@pytest.mark.parametrize("command", HELP)
def test_the_language_stands_before_or_behind(
    told: Callable[..., str], monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    english, dutch = told(*command, "--help"), told(*command, "--help", "--lang", "nl")
    assert told("--lang", "nl", *command, "--help") == told("--lang=nl", *command, "-h") == dutch != english
    monkeypatch.setenv("LANG", "nl_BE.UTF-8")
    assert told(*command, "--help") == dutch
    assert told("--lang", "en", *command, "--help") == english


@pytest.mark.parametrize("command", HELP)
def test_no_english_stays_in_the_dutch_help(told: Callable[..., str], command: tuple[str, ...]) -> None:
    """What people type and what is a name may stay: commands, options, formats, layers, statuses."""
    english, dutch = told(*command, "--help"), told(*command, "--help", "--lang", "nl")
    words = {
        lang: set(re.findall(r"[A-Za-z]+", re.sub(r"--[\w-]+", "", text)))
        for lang, text in (("en", english), ("nl", dutch))
    }
    assert words["nl"] & ENGLISH - set(COMMANDS) == set()
    metavars = {key for key in words["en"] if key.isupper() and texts("errors", "nl").get(key, key) != key}
    assert words["nl"] & metavars == set()


@pytest.mark.parametrize("key", texts("help", "en"))
def test_each_text_is_told_in_both_languages(key: str) -> None:
    assert texts("help", "nl")[key] != texts("help", "en")[key]


def test_no_words_of_the_help_are_unused_or_missing() -> None:
    used = {
        node.value
        for path in Path(fot_graph.cli.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert [key for key in texts("help", "en") if key not in used | COMMANDS.keys()] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_of_export_says_what_formats_lose_and_names_the_layers(told: Callable[..., str], lang: str) -> None:
    said = " ".join(told("export", "--help", "--lang", lang).split())
    losses = {each.loses for each in media_types.formats_holding(media_types.DATASET).values() if each.loses}
    assert [loss for loss in losses if Message(loss).worded(lang) not in said] == []
    assert f": {', '.join(LAYERS)};" in said


def test_a_wrong_command_line_names_what_it_lacks_in_dutch(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "nl", "propose"]) == 2
    assert "dit moet u nog opgeven: DOCUMENT (" in capsys.readouterr().err
    assert main(["--lang", "nl", "convert"]) == 2
    assert "dit moet u nog opgeven: PAD (" in capsys.readouterr().err


def test_completion_tells_what_options_do(told: Callable[..., str]) -> None:
    assert texts("help", "nl")["exit-status"] in told("--lang", "nl", "--print-completion", "zsh")
    assert texts("help", "en")["exit-status"] in told("--print-completion", "zsh")
