"""What rules find in texts, as claims of status 'found': in the graph, in evidence, and apart from what is curated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal

from fot_graph.api import Graph, load
from fot_graph.core.errors import InventedError
from fot_graph.formats import results
from fot_graph.formats.export import export
from fot_graph.questions import catalogue

if TYPE_CHECKING:
    from pathlib import Path

FIRST = """SCHRIFTELIJKE VRAAG
nr. 12
van AN DE SMET
datum: 1 maart 2021

Kansen

1. Kent u de wet van 3 mei 2016 en het antwoord op vraag nr. 77 van 4 mei 2019?

ANTWOORD
op vraag nr. 12 van 1 maart 2021
van AN DE SMET

1. In 2020 gaf de SERV samen met Unizo 2,5 miljoen euro uit, dat is 30 tot 40 %.
"""
SECOND = "En 2021, le Gouvernement a dépensé 12 pour cent. Voir la question écrite n° 512 du 4 mars 2019.\n"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("found")
    for name, text in (("first", FIRST), ("second", SECOND)):
        (folder / name).mkdir()
        (folder / name / "source.txt").write_text(text, encoding="utf-8")
    return load([folder / "first", folder / "second"])


def answer(graph: Graph, name: str) -> list[str]:
    question = catalogue.question(name)
    lines = results.render(graph.query(catalogue.bind(question, graph, {})), "csv", "en").splitlines()
    return [line.partition(",")[2] for line in lines[1:]]


def test_other_questions_are_told_with_number_and_date_over_several_documents(graph: Graph) -> None:
    assert answer(graph, "earlier-questions") == [
        "vraag nr. 77 van 4 mei 2019,77,2019-05-04",
        "question écrite n° 512 du 4 mars 2019,512,2019-03-04",
    ]


def test_amounts_are_told_with_the_year_of_their_sentence(graph: Graph) -> None:
    told = [line.split(",")[:4] for line in answer(graph, "amounts-by-year")]
    assert told == [["2020", "30", "40", "%"], ["2020", "2500000", "", "EUR"], ["2021", "12", "", "%"]]


def test_an_amount_that_no_year_is_paired_with_has_none(tmp_path: Path) -> None:
    text = "De 30 % van 2019 werd 40 % en later 50 %.\n\n5 % in 2020.\n"
    (tmp_path / "source.txt").write_text(text, encoding="utf-8")
    graph = load(tmp_path)
    assert [line.split(",")[:2] for line in answer(graph, "amounts-by-year")] == [
        ["", "30"],
        ["", "40"],
        ["", "50"],
        ["2020", "5"],
    ]
    (row,) = graph.query("SELECT ?v { ?a sdmx-dimension:refPeriod ?v ; schema:unitText ?u }").rows
    assert {p.quote for claim in row.evidence for p in claim.passages} == {"5 %", "2020"}


def test_laws_and_names_are_told(graph: Graph) -> None:
    assert answer(graph, "references-named") == ["law or European rule,wet van 3 mei 2016,2016-05-03"]
    assert [line.split(",")[:2] for line in answer(graph, "named-together")] == [["SERV", "Unizo"]]


def test_a_row_rests_on_the_passage_that_names_the_thing(graph: Graph) -> None:
    row = graph.query("SELECT ?d { ?p schema:mentions ?q . ?q dcterms:type mention:law ; dcterms:issued ?d }").rows[0]
    (claim,) = row.evidence
    assert claim.status.endswith("/found")
    assert [passage.quote for passage in claim.passages] == ["wet van 3 mei 2016"]


def test_what_is_found_is_no_claim_of_editors() -> None:
    packaged = load()
    assert not packaged.query("SELECT ?c { ?c a fot:Claim ; fot:status status:found }").rows
    assert len(packaged.query("SELECT ?c { ?c a fot:FoundClaim }").rows) > 20
    assert "status:found" not in export(packaged, "trig", layers=["claims"])
    assert "status:found" in export(packaged, "trig", layers=["found"])


def test_a_period_has_its_value_only_where_the_text_gives_it(graph: Graph) -> None:
    rows = graph.query("SELECT ?v { ?x dcterms:type mention:date ; sdmx-dimension:refPeriod ?v }").rows
    assert {row[0].value for row in rows if isinstance(row[0], Literal)} >= {"2016-05-03", "2020", "2021"}


def test_nobody_writes_what_rules_find(tmp_path: Path) -> None:
    folder = tmp_path / "first"
    folder.mkdir()
    (folder / "source.txt").write_text(FIRST, encoding="utf-8")
    claims = "PREFIX fot: <https://w3id.org/fot-graph/ontology#>\nPREFIX status: <https://w3id.org/fot-graph/status/>\n"
    claims += "<https://w3id.org/fot-graph/claim/first/a> a fot:FoundClaim ; fot:status status:found .\n"
    (folder / "claims.trig").write_text(claims, encoding="utf-8")
    with pytest.raises(InventedError):
        load([folder])


def test_an_exported_graph_is_read_with_what_was_found(graph: Graph, tmp_path: Path) -> None:
    file = tmp_path / "graph.trig"
    file.write_text(export(graph, "trig"), encoding="utf-8")
    assert set(load([file]).quads) == set(graph.quads)
    forged = file.read_text(encoding="utf-8").replace('"77"', '"78"')
    file.write_text(forged, encoding="utf-8")
    with pytest.raises(InventedError):
        load([file])
