"""A workspace in neither language of the commands: asked in these, it gives the reasons and names that it has."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from curation import BASE, Curation, workspace
from pyoxigraph import Literal

from fot_graph.api import Graph, load
from fot_graph.cli.main import main
from fot_graph.core.words import LANGUAGES
from fot_graph.formats import results
from fot_graph.formats.citation import cite
from fot_graph.formats.export import export
from fot_graph.questions import catalogue
from fot_graph.text import source
from fot_graph.web.pages import board

NAME = "belgian-senate-french"
TEXT = Path(__file__).parents[1] / "text" / "questions" / f"{NAME}.txt"
REASON = "an invented text"  # of each claim and each mark, tagged as French
MATTER = f"{BASE}doc/{NAME}/matter-1"
WITH_REASONS = ("asked-versus-answered", "matters-by-judgement", "passages-without-claims")


def curated(place: Path, *languages: str) -> Path:
    """Make a workspace with one document, with labels and reasons in these languages."""
    folder = workspace(place, languages) / "data" / "documents" / NAME
    folder.mkdir()
    shutil.copy(TEXT, folder / "source.txt")
    made = Curation(source.read(TEXT), NAME, languages)
    (folder / "names.ttl").write_text(made.names(), encoding="utf-8")
    (folder / "claims.trig").write_text(made.claims(), encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return curated(tmp_path_factory.mktemp("french") / "w", "fr")


@pytest.fixture(scope="module")
def graph(place: Path) -> Graph:
    return load(place)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", WITH_REASONS)
def test_a_question_gives_the_reasons_that_there_are(graph: Graph, name: str, lang: str) -> None:
    answer = graph.ask(name, lang=lang)
    place = answer.variables.index("rationale")
    assert {row[place] for row in answer.rows} == {Literal(REASON, language="fr")}


def test_a_reason_in_the_language_asked_for_goes_first(tmp_path: Path) -> None:
    graph = load(curated(tmp_path / "w", "fr", "en"))
    for name in WITH_REASONS:
        answer = graph.ask(name, lang="en")
        place = answer.variables.index("rationale")
        assert {row[place] for row in answer.rows} == {Literal(REASON, language="en")}


def test_each_question_that_takes_a_language_falls_back() -> None:
    taking = {name: question.text for name, question in catalogue.questions().items() if "lang" in question.parameters}
    assert set(WITH_REASONS) < set(taking)
    assert all("COALESCE(?own_rationale, ?any_rationale)" in text for text in taking.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_things_and_evidence_are_told_in_what_there_is(graph: Graph, lang: str) -> None:
    shown = results.render(graph.ask("matters-by-judgement", lang=lang), "md", lang, quotes=True)
    assert graph.label(MATTER, lang) == "matter-b"
    assert "matter-b" in shown
    assert shown.count(REASON) > len(graph.ask("matters-by-judgement", lang=lang).rows)  # below the rows, too


def test_pages_and_citations_have_the_reasons(graph: Graph) -> None:
    items = board.board(graph, "en", NAME).items
    assert {matter.rationale.text for item in items for matter in item.matters} == {REASON}
    assert REASON in cite(graph, f"claim:{NAME}/judges-matter-1", lang="en")


def test_the_json_has_them_in_their_language(graph: Graph) -> None:
    text = export(graph, "json", layers=["claims", "naming"])
    found = json.loads(text if isinstance(text, str) else text.decode())
    assert {"fr": REASON} in [claim.get("rationale") for claim in found["claims"]]
    assert '"fr": "matter-b"' in json.dumps(found)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_commands_show_them(place: Path, capsys: pytest.CaptureFixture[str], lang: str) -> None:
    options = ["--data", str(place), "--lang", lang]
    for words in (["coverage", "-f", "csv"], ["show", f"claim:{NAME}/judges-matter-1", "-f", "csv"], ["board"]):
        main([*words, *options])
        assert REASON in capsys.readouterr().out
    assert main(["show", MATTER, "-f", "md", *options]) == 0
    assert "- fr: matter-b" in capsys.readouterr().out
