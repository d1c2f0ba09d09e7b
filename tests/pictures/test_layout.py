"""Pictures are measured as they are drawn: no text on another, none cut, each in its box."""

from __future__ import annotations

import re
from typing import Any

import pytest
from drawings import VIEWS, Area, frame, labels, overlapping

from fot_graph.api import Graph, load
from fot_graph.core.errors import UsageError
from fot_graph.pictures.layout import lay_out
from fot_graph.pictures.scene import Box, Scene, SceneLine
from fot_graph.questions import catalogue


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_nothing_overlaps_and_nothing_is_cut(graph: Graph, view: dict[str, Any], lang: str) -> None:
    shown = view.copy()
    shown["lang"] = lang
    drawing = graph.picture(**shown).drawing
    found = list(labels(drawing))
    assert not overlapping(found)
    sheet = Area(0, 0, drawing.width, drawing.height)
    for name, label in found:
        assert sheet.holds(label, 12), name
    frames = [(str(i), frame(box)) for i, box in enumerate(drawing.boxes)]
    assert not overlapping(frames)
    for _, area in frames:
        assert [area.holds(label) for _, label in found if area.overlaps(label)] == [True]


@pytest.mark.slow
@pytest.mark.parametrize("name", catalogue.questions())
def test_each_question_is_drawn_well_or_says_why_not(graph: Graph, name: str) -> None:
    try:
        drawing = graph.picture(question=name, lang="nl").drawing
    except UsageError as error:
        assert re.search("no claim joins|too many", str(error))  # noqa: PT017  either is right
    else:
        assert not overlapping(list(labels(drawing)))


@pytest.mark.parametrize(
    "text",
    ["", "a" * 5000, "woord " * 400, "een-streepje/" * 300, "漢字" * 500, "Ἀθῆναι, Москва, ∑ ≠ ∞", "\u200b", "\u0301"],
)
def test_any_text_stays_in_its_box(text: str) -> None:
    boxes = {"a": Box(0, text), "r": Box(1, text[:200], "relation"), "b": Box(2, "end")}
    drawing = lay_out(Scene(boxes, (SceneLine("a", "r"), SceneLine("r", "b")), title=text[:300], notes=(text,)))
    found = list(labels(drawing))
    assert not overlapping([(str(i), frame(box)) for i, box in enumerate(drawing.boxes)])
    assert all(Area(0, 0, drawing.width, drawing.height).holds(label) for _, label in found)
    (lines,) = (box.lines for box in drawing.boxes if box.box is boxes["a"])
    assert "".join(lines).replace(" ", "") == ("".join(text.split()) or "?")


def test_a_picture_of_nothing_is_an_empty_sheet() -> None:
    drawing = lay_out(Scene({}, ()))
    assert (drawing.boxes, drawing.lines) == ((), ())


def test_the_name_of_a_relation_is_not_broken_within_a_word() -> None:
    boxes = {"a": Box(0, "a"), "r": Box(1, "financieringsprincipe volgt", "relation"), "b": Box(2, "b")}
    drawing = lay_out(Scene(boxes, (SceneLine("a", "r"), SceneLine("r", "b"))))
    assert [box.lines for box in drawing.boxes if box.box.role == "relation"] == [("financieringsprincipe", "volgt")]


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_boxes_come_column_by_column_from_the_top_down(graph: Graph, view: dict[str, Any]) -> None:
    places = [box.place for box in graph.picture(**view).drawing.boxes]
    assert places == sorted(places, key=lambda place: (place.left, place.top))
