"""What rules found on the reading page: marked in the text, listed below each item, and apart from claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fot_graph.api import Graph, load
from fot_graph.web.pages import reading

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """SCHRIFTELIJKE VRAAG
nr. 12
van AN DE SMET
datum: 1 maart 2021

Kansen

1. Kent u het antwoord op vraag nr. 77 van 4 mei 2019?

ANTWOORD
op vraag nr. 12 van 1 maart 2021
van AN DE SMET

1. In 2020 gaf de SERV
2,5 miljoen euro uit, zie www.serv.be.
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder: Path = tmp_path_factory.mktemp("found") / "first"
    folder.mkdir()
    (folder / "source.txt").write_text(TEXT, encoding="utf-8")
    return load(folder)


def test_each_item_lists_what_was_found_in_it(graph: Graph) -> None:
    page = reading.reading(graph, "nl")
    (pair,) = page.answer.pairs
    assert pair.answered
    assert [each.title for item in pair.asked for each in item.found] == [
        "andere parlementaire vraag: 77, 4 mei 2019",
        "datum of periode: 4 mei 2019",
    ]
    assert [(each.words, each.line, each.title) for each in pair.answered.found] == [
        ("2020", 14, "datum of periode: 2020"),
        ("SERV", 14, "organisatie: SERV"),
        ("2,5 miljoen euro", 15, "bedrag, aandeel of maat: 2.500.000 EUR"),
        ("www.serv.be", 15, "webadres: http://www.serv.be"),
    ]
    assert {each.title for each in page.found_elsewhere} == {"datum of periode: 1 maart 2021"}
    assert len(page.found) == 2 + 4 + len(page.found_elsewhere)


def test_the_text_is_cut_where_something_is_found_and_stays_whole(graph: Graph) -> None:
    page = reading.reading(graph, "nl")
    answered = page.answer.pairs[0].answered
    assert answered
    (leaf,) = answered.blocks[0].leaves
    runs = [run for segment in leaf.cells[0] for _, runs in segment.runs for run in runs]
    assert "".join(text for text, _ in runs) == leaf.text
    assert ("SERV", "organisatie: SERV") in runs
    assert ("2,5 miljoen euro", "bedrag, aandeel of maat: 2.500.000 EUR") in runs
