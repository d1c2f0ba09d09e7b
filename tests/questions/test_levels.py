"""Levels of documents: what each asks, and what the next one needs, in the order of the text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fot_graph.api import Graph, load
from fot_graph.cli.main import main
from fot_graph.questions.coverage import coverage
from fot_graph.questions.levels import DocumentLevel, levels

DOCUMENTS = Path(__file__).parents[1] / "documents"
HEAD = "SCHRIFTELIJKE VRAAG\nnr. 1\nvan LIEVE VERBEECK\ndatum: 8 januari 2024"
TEXT = f"{HEAD}\n\nFietsen\n\n1. Waarom?\n\nANTWOORD\n\n1. Ja. Nee.\n"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    shutil.copytree(DOCUMENTS, tmp_path / "mine")
    place = tmp_path / "mine" / "data" / "documents" / "fietsplan"
    (place / "source.txt").write_text(TEXT, encoding="utf-8")
    (place / "claims.md").unlink()
    return place


def claims(place: Path, *more: str) -> None:
    """Write claims that cover all of the text but the title and a heading; `more` lines stand in each of them."""
    quotes = {"kop": HEAD, "waarom": "Waarom?", "ja": "Ja.", "nee": "Nee."}
    sections = [
        "\n\n".join([f"## {name}\n{status}", *[f"> {quote}".replace("\n", "\n> ")], "\n".join(lines)])
        for name, quote in quotes.items()
        for status, lines in [
            ("stated by id:lieve", ["- id:plan | fot:about | id:fiets", *more])
            if name in ("waarom", "nee")
            else ("geen bewering", ["- because nl: Niets."])
        ]
    ]
    (place / "claims.md").write_text("\n\n".join(sections) + "\n", encoding="utf-8")


def level(place: Path) -> DocumentLevel:
    graph: Graph = load(place)
    return levels(graph, coverage(graph))[0]


SIGNED = ("- pav:curatedBy: id:jan", '- pav:curatedOn: "2030-05-01"^^xsd:date')
HEADING = "\n## antwoord\ngeen bewering\n\n> ANTWOORD\n\n- because nl: Een opschrift.\n"


@pytest.mark.parametrize(
    ("more", "heading", "expected"),
    [
        (SIGNED, HEADING, "curated"),
        (SIGNED, "", "draft"),  # the heading is not covered; the title is told by the head
        (SIGNED[:1], HEADING, "draft"),  # on no day
        (SIGNED[1:], HEADING, "draft"),  # by nobody
        ((*SIGNED, "- fot:reviewedBy: id:jan"), HEADING, "curated"),  # by its own curator
        ((*SIGNED, "- fot:reviewedBy: id:an"), HEADING, "reviewed"),
        ((*SIGNED, "- fot:reviewedBy: id:an", "- fot:reviewedBy: id:jan"), HEADING, "reviewed"),  # the curator, too
        ((*SIGNED, "- fot:reviewedBy: id:jan", "- fot:reviewedBy: id:zoe"), HEADING, "reviewed"),
    ],
)
def test_a_level_asks_for_claims_on_all_signatures_and_reviews(
    more: tuple[str, ...], heading: str, expected: str, document: Path
) -> None:
    claims(document, *more)
    with (document / "claims.md").open("a", encoding="utf-8") as file:
        file.write(heading)
    assert level(document).level == expected


def test_what_is_to_be_mended_keeps_a_document_a_draft(document: Path) -> None:
    claims(document, *SIGNED)
    with (document / "claims.md").open("a", encoding="utf-8") as file:
        file.write(HEADING)
    graph = load(document)
    assert levels(graph, coverage(graph), {"fietsplan": 1})[0].level == "draft"


def test_an_empty_document_needs_a_short_list_in_the_order_of_the_text(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = [
        "fietsplan: draft; to be curated it needs",
        "  - claims: fot-graph propose drafts some, or write them in claims.md",
        "  - line 8 (question 1): a claim on “Waarom?”",
        "  - line 10 (answer): a claim on “ANTWOORD”",
        "  - line 12 (answer 1): claims on 2 sentences from “Ja.”",
        "  - and where a sentence carries none: 'no claim' below the heading, with the reason",
    ]
    assert main(["validate", str(document), "--lang", "en"]) == 0
    assert capsys.readouterr().out.splitlines()[:-2] == expected
    assert main(["coverage", str(document), "--lang", "en"]) == 1
    assert capsys.readouterr().out.splitlines()[-len(expected) - 2 : -2] == [
        "level: draft; to be curated it needs",
        *expected[1:],
    ]


def test_findings_stand_in_the_order_of_the_text(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    claims(document)
    text = (document / "claims.md").read_text(encoding="utf-8").replace("## waarom", "## zz").replace("## nee", "## aa")
    (document / "claims.md").write_text(text, encoding="utf-8")
    assert main(["validate", str(document), "--lang", "en"]) == 1
    out = capsys.readouterr().out
    assert 0 < out.index("\nclaim:fietsplan/zz\n") < out.index("\nclaim:fietsplan/aa\n")
    assert "leaf-covered" not in out  # these are what the level needs
    assert "  - line 10 (answer): a claim on “ANTWOORD”" in out
