"""The invented questions, loaded with the packaged one: every sentence claimed or marked, every rule kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from fot_graph.api import Graph, load
from fot_graph.core.workspace import packaged
from fot_graph.questions.coverage import coverage
from fot_graph.validation.validating import validate

TOGETHER = Path(__file__).parent / "together"
DOCUMENTS = ["vp-sv-2019-2020-358", "vp-sv-2031-2032-187", "vp-sv-2031-2032-41"]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load([packaged(), TOGETHER])


def test_three_documents_are_read(graph: Graph) -> None:
    assert sorted(graph.sources) == DOCUMENTS


def test_every_sentence_is_quoted_or_marked(graph: Graph) -> None:
    assert [line.text for line in coverage(graph) if not line.covered] == []


def test_every_rule_is_kept(graph: Graph) -> None:
    assert [result.messages for result in validate(graph).results] == []


def test_they_need_no_name_of_the_packaged_workspace() -> None:
    assert [result.messages for result in validate(load([TOGETHER])).results] == []
