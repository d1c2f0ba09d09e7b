"""What the graph holds, counted: the figures are those of the graph, and agree with each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fot_graph.api import Graph, load
from fot_graph.questions.overview import overview

TINY = Path(__file__).parents[1] / "fixtures" / "vp-test-1"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def figures(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_parts_add_up(graph: Graph, lang: str) -> None:
    _, (_, claims), (_, findings), _, (_, coverage) = overview(graph, lang)
    assert figures(claims)[0] == sum(figures(claims)[1:]) == len(graph.query("SELECT ?c { ?c a fot:Claim }"))
    assert figures(findings)[0] == sum(figures(findings)[1:]) == len(graph.query("SELECT ?f { ?f a fot:Finding }"))
    assert coverage.startswith("100% ")


def test_it_speaks_both_languages(graph: Graph) -> None:
    dutch, english = dict(overview(graph, "nl")), dict(overview(graph, "en"))
    assert dutch["documenten"].startswith("1: schriftelijke vraag 358, ‘Focus op Talent-beleid")
    assert english["documents"].startswith("1: written question 358, ‘Focus op Talent-beleid")


def test_another_graph_has_other_figures() -> None:
    held = dict(overview(load(TINY)))
    assert held["documents"].startswith("1: ")
    assert "100%" not in held["coverage"]
