"""What pictures show: things, relations, types and statuses, each once, and what they rest on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from drawings import VIEWS, texts
from packaged import THIS
from pyoxigraph import NamedNode

from fot_graph.api import Graph, load
from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.formats.style import LineStyle, Look

if TYPE_CHECKING:
    from fot_graph.pictures.drawing import Drawing


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def drawn(graph: Graph, view: dict[str, Any]) -> Drawing:
    return graph.picture(**view).drawing


def test_the_theme_map_shows_each_link_once(graph: Graph) -> None:
    rows = graph.query("SELECT ?finding ?theme { ?finding fot:informs ?theme }").rows
    drawing = drawn(graph, {"theme_map": True})
    assert len(drawing.lines) == len(rows)
    shown = texts(drawing)
    for row in rows:
        for term in row:
            assert isinstance(term, NamedNode)
            assert graph.label(term.value, "en") in shown


def test_the_theme_map_says_what_it_rests_on_and_leaves_out(graph: Graph) -> None:
    notes = " ".join(graph.picture(theme_map=True, lang="nl").drawing.scene.notes)
    assert "Status van de verbanden: geïnterpreteerd" in notes
    assert "4 bevindingen en 6 hervormingsthema’s" in notes
    assert "schriftelijke vraag 358, 12 februari 2020, Tom Ongena" in notes


def test_a_focus_names_things_relations_types_and_statuses(graph: Graph) -> None:
    shown = drawn(graph, {"focus": "SERV"})
    assert shown.scene.title == "What the claims say about ‘SERV’"
    wanted = {"SERV", "drawn up by", "concerns", "advice", "policy text", "asked", "background"}
    assert wanted <= set(texts(shown))
    assert shown.scene.notes[0] == "What is background comes from other public sources."
    assert shown.scene.notes[1].startswith("Source: written question 358,")


def test_types_differ_in_their_marks_and_statuses_in_their_lines(graph: Graph) -> None:
    signs = [key.sign for key in graph.picture(focus="Focus op Talent").drawing.scene.legend]
    marks = [(sign.shape, sign.hollow) for sign in signs if isinstance(sign, Look)]
    assert len(marks) == len(set(marks)) == 15
    dashes = [sign.dashes for sign in signs if isinstance(sign, LineStyle)]
    assert len(dashes) == len(set(dashes)) == 7


def test_a_type_and_a_status_look_the_same_in_every_picture(graph: Graph) -> None:
    found: dict[str, set[Look | LineStyle]] = {}
    for view in VIEWS.values():
        for key in graph.picture(**view).drawing.scene.legend:
            found.setdefault(key.name, set()).add(key.sign)
    assert {name: signs for name, signs in found.items() if len(signs) > 1} == {}
    assert len({sign for signs in found.values() for sign in signs}) == len(found)


def test_statuses_leave_out_claims_and_the_picture_says_so(graph: Graph) -> None:
    shown = graph.picture(focus="SERV", statuses=["asked"], lang="nl").drawing.scene
    assert "auteur" not in {box.text for box in shown.boxes.values()}
    assert any(text.startswith("Alleen wat als status heeft: gevraagd.") for text in shown.notes)


@pytest.mark.parametrize(
    ("view", "message"),
    [
        ({}, r"\d+ things are too many for one picture \(choose a focus\)"),
        ({"focus": "Focus op Talent", "hops": 2}, "too many.*fewer hops"),
        ({"focus": "SERV", "theme_map": True}, "focus and theme-map"),
        ({"theme_map": True, "statuses": ["quoted"]}, "no finding informs"),
        ({"question": "parts-of-the-document"}, "no claim joins the things in the answer to 'parts-of-the-document'"),
    ],
)
def test_what_cannot_be_drawn_is_said_with_what_to_do(graph: Graph, view: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        graph.picture(**view)


def test_unknown_names_come_with_near_ones(graph: Graph) -> None:
    with pytest.raises(UnknownNameError, match="unknown language 'de'"):
        graph.picture(question="minister-in-office", lang="de")
    with pytest.raises(UnknownNameError, match="did you mean Jobkanaal"):
        graph.picture(focus="Jobkanal")
    with pytest.raises(UnknownNameError, match="findings-informing-themes"):
        graph.picture(question="findings-informing-theme")


def test_a_web_address_stands_without_what_every_address_has(graph: Graph) -> None:
    shown = [box.text for box in graph.picture(question="minister-in-office").drawing.scene.boxes.values()]
    assert not [text for text in shown if re.match("https?:", text)]


@pytest.mark.parametrize(
    ("question", "parameters", "dutch"),
    [
        ("everything-about", {"entity": "VDAB"}, "Wat zegt de graaf over één persoon, "),
        ("finding-to-intention", {"finding": f"{THIS}finding-little-steering"}, "Hoe leidt een bevinding "),
    ],
)
def test_a_question_is_drawn_with_its_parameters_and_titled_with_them(
    graph: Graph, question: str, parameters: dict[str, str], dutch: str
) -> None:
    shown = graph.picture(question=question, parameters=parameters, lang="nl").drawing.scene
    (name,) = parameters.values()
    label = graph.label(graph.find(name).value, "nl")
    assert shown.title.startswith(dutch)
    assert shown.title.endswith(f" – {label}")
    assert graph.namespaces.shorten(graph.find(name).value) in shown.boxes
    if question != "everything-about":
        assert len(shown.boxes) < len(graph.picture(question=question).drawing.boxes)


def test_parameters_of_a_question_are_its_own(graph: Graph) -> None:
    with pytest.raises(UnknownNameError, match="did you mean entity"):
        graph.picture(question="everything-about", parameters={"entty": "VDAB"})
    with pytest.raises(UnknownNameError, match="unknown name 'qqqq'"):
        graph.picture(question="everything-about", parameters={"entity": "qqqq"})
