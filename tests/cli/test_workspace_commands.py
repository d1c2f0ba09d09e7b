"""Commands in a workspace, and on what --data names: each reads it, says so once, and tells all that is bad."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fot_graph.api import load
from fot_graph.cli import line
from fot_graph.cli.main import main
from fot_graph.core import workspace

TINY = Path(__file__).parents[1] / "fixtures" / "vp-test-1"
READING = sorted(set(line.COMMANDS) - {"init", "convert", "propose", "review"})  # three work on one document folder


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Give a new workspace with one document, without claims."""
    place = tmp_path / "mine"
    assert main(["init", str(place), "--lang", "en"]) == 0
    document = place / "data" / "documents" / "first"
    document.mkdir()
    shutil.copy(TINY / "source.txt", document)
    return place


# --- init ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "command"), [("nl", "fot-graph new vraag.pdf"), ("en", "fot-graph new question.pdf")])
def test_init_makes_a_workspace_that_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, command: str
) -> None:
    place = tmp_path / "Vragen 2024"
    assert main(["init", str(place), "--lang", lang, "--languages", "nl,fr"]) == 0
    assert str(place) in capsys.readouterr().out
    read = workspace.read(place)
    assert read[1:5] == ("Vragen 2024", "https://data.example.org/vragen-2024/", ("nl", "fr"), "")
    for name in ("data/documents", "data/background", "queries", "templates"):
        assert (place / name).is_dir()
    assert command in (place / "README.md").read_text(encoding="utf-8")
    assert main(["validate", "--data", str(place), "--lang", "en"]) == 0
    assert "Conforms: " in capsys.readouterr().out
    assert [path for path in tmp_path.iterdir() if path != place] == []


def test_init_writes_who_curates(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "mine"), "--curator", 'An "A." Smet']) == 0
    assert workspace.read(tmp_path / "mine").curator == 'An "A." Smet'


@pytest.mark.parametrize(
    ("languages", "labels"),
    [
        ("nl,fr", {"nl": ["de redactie"], "fr": ["la rédaction"]}),
        ("en,de", {"en": ["the editors"], "de": ["die Redaktion"]}),
        ("en,pl", {"en": ["the editors"], "pl": ['An "A." Smet']}),
    ],
)
def test_init_names_the_voice_of_interpretations(tmp_path: Path, languages: str, labels: dict[str, list[str]]) -> None:
    place = str(tmp_path / "w")
    assert main(["init", place, "--lang", "en", "--languages", languages, "--curator", 'An "A." Smet']) == 0
    editors = load(place).entity("id:editors")
    assert {lang: editors.names(lang) for lang in labels} == labels
    assert main(["validate", "--data", place, "--lang", "en"]) == 0


def test_coverage_of_an_empty_workspace_says_how_to_make_a_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "w"), "--lang", "en"]) == 0
    assert main(["coverage", "--data", str(tmp_path / "w"), "--lang", "en"]) == 2
    assert "the graph holds no document (fot-graph new question.pdf makes one of a file)" in capsys.readouterr().err


def test_init_makes_one_of_the_folder_in_which_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "--base", "https://data.oireachtas.ie/mine/"]) == 0
    assert workspace.read(tmp_path).base == "https://data.oireachtas.ie/mine/"
    assert sorted(path.name for path in Path().iterdir()) == [
        *("README.md", "data", "fot-graph.toml", "queries", "templates")
    ]


def test_init_touches_nothing_that_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    assert main(["init", str(tmp_path), "--lang", "en"]) == 2
    assert "is a folder with something else in it" in capsys.readouterr().err
    assert main(["init", str(tmp_path / "README.md"), "--lang", "en"]) == 3
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize("words", [["--base", "x"], ["--languages", "Dutch"], ["--languages", ""]])
def test_init_refuses_what_cannot_be(tmp_path: Path, words: list[str]) -> None:
    assert main(["init", str(tmp_path / "new"), *words]) == 2
    assert list(tmp_path.iterdir()) == []


# --- Reading ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", READING)
def test_every_command_that_reads_takes_data(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert "--data DIR" in capsys.readouterr().out


def test_a_workspace_is_found_from_below(
    mine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(mine / "data" / "documents" / "first")
    capsys.readouterr()
    assert main(["query", "-e", "SELECT ?title { ?document a foaf:Document ; dcterms:title ?title }"]) == 0
    said = capsys.readouterr()
    assert said.out == "title\nBarometer - Toekomst\n"
    assert said.err == ""
    assert main(["ask", "predecessors", "--data", str(workspace.packaged()), "--lang", "nl"]) == 0
    assert "Jobkanaal" in capsys.readouterr().out


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_once_which_workspace_is_read(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(mine)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main(["ask", "parts-of-the-document", "--lang", "en"]) == 0
    assert terminal.getvalue() == f"fot-graph: reading the workspace 'mine' in {mine}\n"
    assert main(["ask", "parts-of-the-document", "--data", str(mine), "--lang", "en"]) == 0
    assert terminal.getvalue().count("\n") == 1


def test_in_the_packaged_workspace_nothing_is_other(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [sys.executable, "-m", "fot_graph", "ask", "predecessors", "--lang", "nl"]
    places = workspace.packaged(), Path("/")
    here, elsewhere = (subprocess.run(words, cwd=place, capture_output=True, check=True).stdout for place in places)
    assert here == elsewhere != b""


def test_its_own_questions_are_listed_and_asked(
    mine: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    query = "#+ summary: Which?\n#+ summary_nl: Welke?\nSELECT ?x WHERE { ?x a foaf:Document }"
    (mine / "queries" / "mine.rq").write_text(query, encoding="utf-8")
    store = str(tmp_path / "store")
    assert main(["load", "--store", store, "--data", str(mine)]) == 0
    capsys.readouterr()
    for words in (["--data", str(mine)], []):
        assert main(["questions", *words, "-f", "tsv", "--lang", "en"]) == 0
        assert "\nmine\tWhich?\t" in capsys.readouterr().out
        monkeypatch.chdir(mine)
    for words in (["--data", str(mine)], [], ["--store", store]):
        assert main(["ask", "mine", *words, "--iris"]) == 0
        assert capsys.readouterr().out == "x\nhttps://data.example.org/mine/doc/first\n"


def test_several_places_are_one_graph(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    second = shutil.copytree(mine / "data" / "documents" / "first", mine.parent / "second")
    capsys.readouterr()
    query = "SELECT ?document { ?document a foaf:Document ; prov:value ?text } ORDER BY ?document"
    assert main(["query", "-e", query, "--iris", "--data", str(mine), "--data", str(second)]) == 0
    found = capsys.readouterr().out.split()[1:]
    assert found == [f"https://data.example.org/mine/doc/{name}" for name in ("first", "second")]


# --- What is bad -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["load", "validate"])
def test_load_and_validate_go_on_and_tell_all(
    mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    for name in ("second", "third"):
        shutil.copytree(mine / "data" / "documents" / "first", mine / "data" / "documents" / name)
        (mine / "data" / "documents" / name / "claims.trig").write_text("<urn:a>", encoding="utf-8")
    words = ["--store", str(tmp_path / "store")] if command == "load" else []
    capsys.readouterr()
    assert main([command, *words, "--data", str(mine), "--lang", "en"]) == 3
    said = capsys.readouterr()
    assert all(f"{name}/claims.trig" in said.err for name in ("second", "third"))
    assert not (tmp_path / "store").exists()
    assert ("rules checked" in said.out) == (command == "validate")


def test_a_workspace_that_cannot_be_read_is_an_error_everywhere(
    mine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (mine / "fot-graph.toml").write_text("name = 1", encoding="utf-8")
    monkeypatch.chdir(mine)
    for words in (["board"], ["questions"], ["validate"], ["load", "--store", "x"], ["coverage", "--data", "."]):
        assert main([*words, "--lang", "en"]) == 3
        assert "fot-graph.toml: it does not say in which languages labels are" in capsys.readouterr().err


# --- Without a command -----------------------------------------------------------------------------------------------

NAMED = """id:spaak a org:Organization ; skos:prefLabel "Bureau Spaak"@en .
id:spaak-elsewhere a org:Organization ; skos:prefLabel "Bureau Spaak"@en .
"""


@pytest.mark.parametrize(
    ("names", "advised"),
    [
        ("", ""),
        (NAMED.replace("Bureau", "Bureau" * 9), ""),  # too long for an example
        (NAMED.splitlines()[0], "fot-graph show 'Bureau Spaak' "),
        (NAMED, "fot-graph show id:spaak "),
    ],
)
def test_the_name_that_it_says_to_try_is_one_of_the_workspace(
    mine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], names: str, advised: str
) -> None:
    with (mine / "data" / "entities.ttl").open("a", encoding="utf-8") as file:
        file.write(names)
    monkeypatch.chdir(mine)
    capsys.readouterr()
    assert main([]) == 0
    told = [told.strip() for told in capsys.readouterr().out.splitlines() if "fot-graph show" in told]
    assert bool(told) is bool(advised)
    assert all(line.startswith(advised) for line in told)


def test_a_workspace_has_each_language_once(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "mine"), "--languages", "en,en,fr,en"]) == 0
    assert 'languages = ["en", "fr"]' in (tmp_path / "mine" / "fot-graph.toml").read_text(encoding="utf-8")
    assert main(["init", str(tmp_path / "other"), "--languages", "en,x-1"]) == 2


SPANISH = "El plan sigue su curso, y luego decidiremos si el programa continúa. Nada cambia. " * 3


@pytest.mark.parametrize(
    ("text", "told"), [(SPANISH, True), ("Het plan is in uitvoering en de middelen volgen.", False)]
)
def test_a_text_in_no_language_of_the_workspace_is_told(
    mine: Path, capsys: pytest.CaptureFixture[str], text: str, *, told: bool
) -> None:
    words = "second: the text is in none of the languages of the workspace (nl, en)"
    file = mine / "second.txt"
    file.write_text(text, encoding="utf-8")
    assert main(["new", str(file), "--data", str(mine), "--lang", "en"]) == 0
    assert (words in capsys.readouterr().err) == told
    assert main(["validate", "--data", str(mine), "--lang", "en"]) == 0
    assert (words in capsys.readouterr().err) == told
