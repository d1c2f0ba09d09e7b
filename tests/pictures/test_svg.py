"""The writer of SVG: valid whatever the labels are, readable for who does not see it, the same bytes each time."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from drawings import VIEWS

from fot_graph.api import Graph, load
from fot_graph.formats.style import STATUS_LINES, looks
from fot_graph.pictures import svg
from fot_graph.pictures.layout import lay_out
from fot_graph.pictures.scene import Box, Scene, SceneLine

NS = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert(1)</script> & \" ' <x> \x00\x0b\x1b\ufffe \U0001f600"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def read(text: str) -> ET.Element:
    return ET.fromstring(text.encode())


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_it_is_well_formed_with_title_description_and_every_box(graph: Graph, view: dict[str, Any]) -> None:
    drawing = graph.picture(**view).drawing
    root = read(svg.document(drawing))
    assert [child.tag for child in root][:2] == [f"{NS}title", f"{NS}desc"]
    assert root[0].text == drawing.scene.title
    of_background_alone = view == {"question": "minister-in-office"}
    source = "comes from other public sources" if of_background_alone else "Source: written question 358, 12 "
    assert source in (root[1].text or "")
    assert len(root.findall(f".//{NS}rect")) == len(drawing.boxes) + 1
    assert len(root.findall(".//*[@class='head']")) >= sum(line.line.head for line in drawing.lines)


def test_hostile_texts_stay_texts() -> None:
    boxes = {"a": Box(0, HOSTILE, href=HOSTILE, title=HOSTILE, lang=HOSTILE), "b": Box(1, "b")}
    line = SceneLine("a", "b", href='"><x>', title=HOSTILE, kind="s-asked")
    drawing = lay_out(Scene(boxes, (line,), title=HOSTILE, notes=(HOSTILE,), lang="nl"))
    for text in (svg.document(drawing), svg.element(drawing, HOSTILE, "nl")):
        root = read(text)
        assert {element.tag.removeprefix(NS) for element in root.iter()} <= {
            *("svg", "title", "desc", "style", "rect", "g", "a", "path", "text", "tspan")
        }
        assert "alert(1)" in "".join(root.itertext())


def test_a_page_has_links_classes_and_languages() -> None:
    boxes = {"a": Box(0, "een", href="/a", lang="nl", bold=True), "b": Box(1, "two", lang="en")}
    drawing = lay_out(Scene(boxes, (SceneLine("a", "b", href="#x", title="een → two", kind="s-asked"),)))
    root = read(svg.element(drawing, "what it shows", "en"))
    assert (root.get("role"), root.get("aria-label")) == ("group", "what it shows")
    (box,) = root.findall(".//a[@class='box thing focus']")
    (line,) = root.findall(".//a[@class='stroke s-asked']")
    assert (box.get("href"), line.get("href"), line.get("aria-label")) == ("/a", "#x", "een → two")
    assert [part.get("class") for part in line if part.tag == "path"] == ["hit", "wire", "head"]
    assert {"".join(text.itertext()): text.get("lang") for text in root.iter("text")} == {"een": "nl", "two": None}


def test_lines_and_marks_are_those_of_the_table() -> None:
    look, style = looks(["fot:Finding"])["fot:Finding"], STATUS_LINES["status:asked"]
    text = svg.document(lay_out(Scene({"a": Box(0, "a", look=look), "b": Box(1, "b")}, (SceneLine("a", "b", style),))))
    assert f'stroke="{style.colour}"' in text
    assert f'stroke-dasharray="{" ".join(f"{length:g}" for length in style.dashes)}"' in text
    assert f'fill="{look.colour}"' in text


def test_the_letters_that_are_drawn_come_along_and_no_others(graph: Graph) -> None:
    text = svg.document(graph.picture(focus="SERV").drawing)
    assert sorted(re.findall("font-weight:(\\w+);font-style:(\\w+)", text)) == [
        *(("bold", "normal"), ("normal", "italic"), ("normal", "normal"))
    ]
    assert len(text) < 40_000
    assert "@font-face" not in svg.document(graph.picture(focus="SERV").drawing, fonts=False)
