"""Every sentence of the document is quoted by a claim, or marked as carrying none, with the reason."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from fot_graph.api import Graph, load
from fot_graph.questions.coverage import CoverageLine, coverage, percentage

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT = "vp-sv-2019-2020-358"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


@pytest.fixture(scope="module")
def lines(graph: Graph) -> list[CoverageLine]:
    return [line for line in coverage(graph) if line.document == DOCUMENT]


def test_nothing_is_left_out(lines: list[CoverageLine]) -> None:
    assert [line for line in lines if not line.covered] == []
    assert percentage(lines) == 100


def test_every_leaf_of_the_source_is_there_once_and_in_order(graph: Graph, lines: list[CoverageLine]) -> None:
    source = graph.sources[DOCUMENT]
    leaves = [leaf for leaf in source.leaves() if leaf.kind != "marker"]
    assert [line.line for line in lines] == [source.line(leaf.start) for leaf in leaves]


def test_a_sentence_names_its_item_its_line_and_its_claims(lines: list[CoverageLine]) -> None:
    (line,) = [line for line in lines if line.text.startswith("Tegen wanneer worden de adviezen")]
    assert (line.item, line.line) == ("question-6", 36)
    assert line.claims
    assert not line.reasons


def test_what_carries_no_claim_says_why_in_both_languages(lines: list[CoverageLine]) -> None:
    marked = [line for line in lines if not line.claims]
    assert marked
    assert all(set(line.reasons) == {"nl", "en"} for line in marked)


def test_a_long_document_takes_linear_work(tmp_path: Path) -> None:
    def took(count: int) -> float:
        folder = tmp_path / f"d{count}"
        folder.mkdir()
        items = "\n\n".join(f"{number}. Hoeveel is {number}? En waarom?" for number in range(1, count + 1))
        text = f"Paden\n\n{items}\n\nAntwoord\n\n{items}\n"
        (folder / "source.txt").write_text(text, encoding="utf-8")
        graph = load(folder)
        began = time.process_time()  # of all threads: the engine has its own
        lines = coverage(graph)
        assert len(lines) > 4 * count
        return time.process_time() - began

    short, long = took(40), took(320)
    assert long < max(0.5, 20 * short)


def test_a_share_just_below_all_is_not_all() -> None:
    lines = [CoverageLine("d", "", n, "", ("claim",) if n else (), {}) for n in range(10_000)]
    assert percentage(lines) == 99.9
    assert percentage(lines[1:]) == 100
