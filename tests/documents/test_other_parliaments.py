"""Invented questions of three other parliaments, claimed in lines: every rule kept, and what they answer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fot_graph.api import Graph, load
from fot_graph.authoring.formatting import formatted
from fot_graph.cli.main import main
from fot_graph.questions.coverage import coverage
from fot_graph.validation.validating import validate
from fot_graph.web.pages import figures, neighbourhood, timeline

PLACE = Path(__file__).parent / "other-parliaments"
ANSWERS = sorted((PLACE / "answers").glob("*.csv"))
FILES = sorted(PLACE.glob("data/documents/*/claims.md"))


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load(PLACE)


def test_each_is_read_by_the_layout_of_its_parliament(graph: Graph) -> None:
    assert {name: (source.layout, source.language) for name, source in graph.sources.items()} == {
        "repair-workshops": ("oireachtas", "en"),
        "trains-de-nuit": ("european-parliament", "fr"),
        "zwemlessen": ("tweede-kamer", "nl"),
    }


def test_every_sentence_is_quoted_or_marked(graph: Graph) -> None:
    assert [line.text for line in coverage(graph) if not line.covered] == []


def test_every_rule_is_kept(graph: Graph) -> None:
    assert [result.messages for result in validate(graph).results] == []


@pytest.mark.parametrize("path", ANSWERS, ids=[path.stem for path in ANSWERS])
def test_a_question_has_the_answer_that_was_read_against_the_sources(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", path.stem, "--data", str(PLACE), "-f", "csv", "--lang", "nl"]) == 0
    assert capsys.readouterr().out == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=[path.parent.name for path in FILES])
def test_the_claims_stand_in_their_canonical_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert formatted(path, text) == text


def test_the_welcome_offers_what_has_an_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(PLACE)
    assert main(["--lang", "en"]) == 0
    offered = capsys.readouterr().out
    assert "findings   2: 2 point of attention\n" in offered
    assert "findings-informing-themes" not in offered
    assert "theme-map" not in offered
    assert "  fot-graph ask all-figures  " in offered
    assert "  fot-graph show 'Mend and Share Scheme'  " in offered


def test_no_way_between_two_things_is_said_in_a_pipe_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["path", "towns", "Oost", "--data", str(PLACE), "--lang", "en"]) == 1
    assert capsys.readouterr().err == "fot-graph: no claims connect towns with Oost\n"


def test_what_cannot_be_read_is_not_said_to_be_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(PLACE, tmp_path / "mine")
    (broken,) = (tmp_path / "mine").glob("data/documents/zwemlessen/claims.md")
    broken.write_text("# Namen\n\n- a | hond\n", encoding="utf-8")
    assert main(["validate", "--data", str(tmp_path / "mine"), "--lang", "en"]) == 3
    said = capsys.readouterr()
    assert "repair-workshops: draft" in said.out
    assert "Conforms" not in said.out
    assert "claims.md:3:7: unknown kind 'hond'" in said.err


def test_pages_of_several_documents_name_the_document_of_each_fact(graph: Graph) -> None:
    tables = {table.name.text: table for table in figures.figures(graph, "en")}
    assert {name: len(table.lines) for name, table in tables.items()} == {
        "written question 2032Z01877": 8,
        "written question 47": 7,
        "written question E-000731/2032": 2,
    }
    found = timeline.timeline(graph, "en")
    assert found.several
    assert {(each.date, each.document.text) for each in found.moments} == {
        ("2032-02-04", "written question 2032Z01877"),
        ("2031-11", "written question 47"),
        ("2035", "written question 47"),
    }


def test_the_timeline_tells_times_that_stand_in_words_alone(graph: Graph) -> None:
    told = {(each.thing.text, each.shown.text) for each in timeline.timeline(graph, "en").undated}
    assert ("publishing the final report", "by the end of June 2032") in told
    assert ("recording waiting times", "vanaf 1 september 2032") in told


def test_the_graph_page_opens_with_what_most_is_said_about(graph: Graph) -> None:
    assert neighbourhood.neighbourhood(graph, "en").focus.text == "Mend and Share Scheme"


def test_a_picture_names_the_documents_that_it_rests_on_and_no_others(graph: Graph) -> None:
    def notes(focus: str) -> str:
        return " ".join(graph.picture(focus=focus).drawing.scene.notes)

    assert notes("Mend and Share Scheme") == "Source: written question 47, Cormac Ó Láimhín, Nuala Brackenridge."
    assert notes("Zwem Mee") == "Source: written question 2032Z01877, 4 February 2032, Van Aalderink, Yalçın."


def test_validating_one_document_tells_of_others_only_that_something_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(PLACE, tmp_path / "mine")
    (broken,) = (tmp_path / "mine").glob("data/documents/repair-workshops/claims.md")
    broken.write_text(broken.read_text(encoding="utf-8").replace("- figure: 38 |", "- figure: 39 |"), encoding="utf-8")
    assert main(["validate", str(broken.parent), "--lang", "en"]) == 1
    assert "‘39’ does not stand in the quotes" in capsys.readouterr().out
    assert main(["validate", str(broken.parent.parent / "zwemlessen"), "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert "39" not in said.out
    assert "1 finding in other documents of the workspace" in said.err
