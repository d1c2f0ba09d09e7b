"""Invented questions of all layouts, each claimed in full, in workspaces of several languages: they hold together.

Among them are questions without an answer, without numbers, by several authors, with several answers, in French and in
English, with numbers such as S6W-12345 and E-001234/2020.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from curation import Curation, workspace

from fot_graph.api import load
from fot_graph.formats.citation import cite
from fot_graph.questions import catalogue
from fot_graph.text import source
from fot_graph.validation.validating import validate
from fot_graph.web.pages import board

if TYPE_CHECKING:
    from fot_graph.api import Graph

TEXTS = Path(__file__).parents[1] / "text" / "questions"
# Lines that stand twice there can be quoted only with words that a program gives to the wrong half.
_REPEATING = {"belgian-chamber-lost-lines", "oireachtas-record", "tweede-kamer-bare-numbers", "tweede-kamer-letter"}
_OF_THE_PROGRAM = {"leaf-address", "no-claim-says-nothing"}  # it says nothing of addresses, and quotes lines twice


def curated(place: Path, languages: tuple[str, ...], step: int = 1) -> Graph:
    """Give a workspace in which each text, or one in so many, is claimed in full."""
    documents = workspace(place, languages) / "data" / "documents"
    for file in sorted(TEXTS.glob("*.txt"))[::step]:
        if file.stem in _REPEATING:
            continue
        folder = documents / file.stem
        folder.mkdir()
        shutil.copy(file, folder / "source.txt")
        made = Curation(source.read(file), file.stem, languages)
        (folder / "names.ttl").write_text(made.names(), encoding="utf-8")
        (folder / "claims.trig").write_text(made.claims(), encoding="utf-8")
    return load(place, strict=False)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return curated(tmp_path_factory.mktemp("kinds") / "nl-en", ("nl", "en"))


def found(graph: Graph) -> set[str]:
    report = validate(graph, house=False)
    return {f"{one.rule} {one.focus}" for one in report.findings() if one.rule not in _OF_THE_PROGRAM}


def test_documents_of_every_kind_conform(graph: Graph) -> None:
    assert found(graph) == set()
    kinds = {name: read.values("number")[:1] for name, read in graph.sources.items()}
    assert kinds["scottish-parliament"] == ["S6W-12345"]
    asking = [read for read in graph.sources.values() if read.layout != "plain" and "question" not in read.missing]
    assert len(asking) > 30
    assert all(read.question_items() for read in asking)


@pytest.mark.parametrize("languages", [("fr",), ("en", "fr", "nl")])
def test_labels_and_rationales_are_asked_for_in_the_languages_of_the_workspace(
    tmp_path: Path, languages: tuple[str, ...]
) -> None:
    assert found(curated(tmp_path / "w", languages, step=6)) == set()


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("without an answer", "?q a sro:InitiatiefrechtVraag FILTER NOT EXISTS { ?a eli-dl:answers_to ?q }"),
        (
            "with several answers",
            "?a eli-dl:answers_to ?q . ?b eli-dl:answers_to ?q . ?q a sro:InitiatiefrechtVraag FILTER(?a != ?b)",
        ),
        ("by several authors", "?q dcterms:creator ?a , ?b FILTER(?a != ?b)"),
        ("without numbers", "?i a fot:QuestionItem FILTER NOT EXISTS { ?i skos:notation ?n }"),
        ("without a title", "?d a foaf:Document ; prov:value ?t FILTER NOT EXISTS { ?d dcterms:title ?title }"),
        ("in French", "?d a foaf:Document ; dcterms:language 'fr'"),
        ("with a number that is not of digits", "?q dcterms:identifier ?n FILTER REGEX(?n, '[^0-9]')"),
    ],
)
def test_there_are_documents_of_each_kind(graph: Graph, kind: str, query: str) -> None:
    assert graph.query(f"ASK {{ {query} }}").truth, kind


@pytest.mark.parametrize("name", catalogue.questions())
def test_each_question_of_the_catalogue_is_answered(graph: Graph, name: str) -> None:
    parameters = {"entity": "doc:flemish-unnumbered/matter-1"} if name == "everything-about" else {}
    answer = graph.ask(name, **parameters)
    assert all(row.evidence is not None for row in list(answer.rows)[:1])


def test_what_has_no_number_is_asked_and_answered_too(graph: Graph) -> None:
    asked = graph.query("SELECT ?item { ?item fot:asksAbout ?matter }").rows
    judged = graph.query("SELECT ?m { GRAPH ?c { ?m fot:assessedAs ?j } ?item fot:asksAbout ?m }").rows
    assert len(graph.ask("what-each-item-asks").rows) == len(asked)
    assert len(graph.ask("asked-versus-answered").rows) == len(judged)
    items = board.board(graph, "nl", "flemish-unnumbered").items
    assert {(item.label, item.answer.text) for item in items} == {("", "antwoord 1"), ("", "antwoord 2")}


def test_a_citation_says_with_the_answer_only_where_there_is_one(graph: Graph) -> None:
    cited = {name: cite(graph, f"claim:{name}/put") for name in ("tweede-kamer-questions", "european-parliament-web")}
    assert "with the answer" not in cited["tweede-kamer-questions"]
    assert "In: " in cited["tweede-kamer-questions"]
    assert "with the answer" in cited["european-parliament-web"]
