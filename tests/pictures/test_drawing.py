"""Pictures are measured as they are drawn: no label on another, none cut, each in its box; and files are whole."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import FancyBboxPatch
from pyoxigraph import NamedNode

from fot_graph.api import Graph, load
from fot_graph.core.errors import OutputFileError, UnknownNameError, UsageError
from fot_graph.pictures.drawing import draw, figure
from fot_graph.questions import catalogue

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

    from fot_graph.pictures.drawing import View

VIEWS: dict[str, View] = {
    "theme map": {"theme_map": True},
    "SERV": {"focus": "SERV"},
    "SERV, 2 hops": {"focus": "SERV", "hops": 2},
    "Focus op Talent": {"focus": "Focus op Talent"},
    "minister": {"focus": "id:minister"},
    "minister, 2 hops": {"focus": "id:minister", "hops": 2},
    "study": {"focus": "id:viona-study"},
    "diversity": {"focus": "theme:diversity"},
    "quoted": {"statuses": ["quoted"]},
    "intentions": {"question": "intentions"},
    "address": {"question": "minister-in-office"},
}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def labels(sheet: Figure) -> dict[str, Bbox]:
    canvas = FigureCanvasAgg(sheet)
    sheet.draw(canvas.get_renderer())  # type: ignore[no-untyped-call]
    texts = enumerate(sheet.axes[0].texts)
    return {f"{i} {text.get_text()}": text.get_window_extent() for i, text in texts}


def overlapping(boxes: dict[str, Bbox]) -> list[tuple[str, str]]:
    named = list(boxes.items())
    pairs = ((one, other) for i, one in enumerate(named) for other in named[:i])
    return [(one, other) for (one, here), (other, there) in pairs if here.overlaps(there)]


def within(inner: Bbox, outer: Bbox) -> bool:
    return bool(outer.x0 < inner.x0 < inner.x1 < outer.x1 and outer.y0 < inner.y0 < inner.y1 < outer.y1)


def texts(sheet: Figure) -> list[str]:
    return [text.get_text().replace("\n", " ") for text in sheet.axes[0].texts]


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_nothing_overlaps_and_nothing_is_cut(graph: Graph, view: View, lang: str) -> None:
    shown = view.copy()
    shown["lang"] = lang
    sheet = figure(graph, **shown)
    found, margin = labels(sheet), sheet.dpi / 8
    assert not overlapping(found)
    for name, label in found.items():
        assert within(label, sheet.bbox.padded(-margin)), name
    frames = [patch.get_window_extent() for patch in sheet.axes[0].patches if isinstance(patch, FancyBboxPatch)]
    assert not overlapping({str(i): frame for i, frame in enumerate(frames)})
    for frame in frames:
        assert [within(label, frame) for label in found.values() if frame.overlaps(label)] == [True]


def test_the_theme_map_shows_each_link_once(graph: Graph) -> None:
    rows = graph.query("SELECT ?finding ?theme { ?finding fot:informs ?theme }").rows
    sheet = figure(graph, theme_map=True)
    heads = [patch for patch in sheet.axes[0].patches if type(patch).__name__ == "Polygon"]
    legend_and_heading = 3 + 1
    assert len(heads) == len(rows) + legend_and_heading
    shown = texts(sheet)
    for row in rows:
        for term in row:
            assert isinstance(term, NamedNode)
            assert graph.label(term.value, "en") in shown


def test_the_theme_map_says_what_it_rests_on_and_leaves_out(graph: Graph) -> None:
    (small,) = (text for text in texts(figure(graph, theme_map=True, lang="nl")) if "Bron" in text)
    assert "Status van de verbanden: geïnterpreteerd" in small
    assert "4 bevindingen en 6 hervormingsthema’s" in small
    assert "schriftelijke vraag 358, 12 februari 2020, Tom Ongena" in small


def test_a_focus_names_things_relations_types_and_statuses(graph: Graph) -> None:
    shown = texts(figure(graph, focus="SERV"))
    assert shown[0] == "What the claims say about ‘SERV’"
    wanted = {"SERV", "author", "concerns", "advice", "policy text", "asked", "background"}
    assert wanted <= set(shown)
    assert shown[-1].startswith("What is background comes from other public sources. Source: written question 358,")


def test_types_differ_in_their_marks_and_statuses_in_their_lines(graph: Graph) -> None:
    sheet = figure(graph, focus="Focus op Talent")
    marks = {(line.get_marker(), line.get_color()) for line in sheet.axes[0].lines}
    assert len(marks) == len({mark for mark, _ in marks}) == 15
    dashes = {str(patch.get_linestyle()) for patch in sheet.axes[0].patches if type(patch).__name__ == "PathPatch"}
    assert len(dashes) == 4


def test_statuses_leave_out_claims_and_the_picture_says_so(graph: Graph) -> None:
    shown = texts(figure(graph, focus="SERV", statuses=["asked"], lang="nl"))
    assert "auteur" not in shown
    assert any(text.startswith("Alleen wat als status heeft: gevraagd.") for text in shown)


@pytest.mark.slow
@pytest.mark.parametrize("name", catalogue.questions())
def test_each_question_is_drawn_well_or_says_why_not(graph: Graph, name: str) -> None:
    try:
        sheet = figure(graph, question=name, lang="nl")
    except UsageError as error:
        assert re.search("no claim joins|too many", str(error))  # noqa: PT017  either is right
    else:
        assert not overlapping(labels(sheet))


# --- Files -----------------------------------------------------------------------------------------------------------

SIGNS = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}


@pytest.mark.parametrize("suffix", SIGNS)
def test_files_are_of_their_kind_and_the_same_each_time(graph: Graph, tmp_path: Path, suffix: str) -> None:
    one, other = tmp_path / f"one.{suffix}", tmp_path / f"other.{suffix}"
    draw(graph, one, focus="SERV")
    draw(load(), other, focus="SERV")
    assert one.read_bytes().startswith(SIGNS[suffix])
    assert one.read_bytes() == other.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [one.name, other.name]


def test_drawing_leaves_the_users_settings_alone_and_heeds_none(graph: Graph, tmp_path: Path) -> None:
    draw(graph, tmp_path / "plain.svg", focus="SERV")
    theirs: dict[Any, Any] = {"font.size": 30, "lines.linewidth": 9, "svg.hashsalt": "mine", "text.color": "red"}
    with mpl.rc_context(theirs):
        draw(graph, tmp_path / "styled.svg", focus="SERV")
        assert {name: mpl.rcParams[name] for name in theirs} == theirs
    assert (tmp_path / "plain.svg").read_bytes() == (tmp_path / "styled.svg").read_bytes()


def test_bytes_rest_neither_on_hash_seed_nor_on_a_display(tmp_path: Path) -> None:
    program = (
        "import pathlib, sys; from fot_graph import load; from fot_graph.pictures import drawing as pictures;"
        "pictures.draw(load(), pathlib.Path(sys.argv[1]), focus='id:minister', hops=2);"
        "sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    paths = [tmp_path / f"{seed}.svg" for seed in ("1", "2")]
    for path in paths:
        environment = {**os.environ, "PYTHONHASHSEED": path.stem, "MPLBACKEND": "svg"}
        environment.pop("DISPLAY", None)
        subprocess.run([sys.executable, "-c", program, path], check=True, env=environment)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_the_picture_in_the_readme_is_the_one_drawn_now(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "findings-informing-themes.svg"
    draw(graph, path, theme_map=True)
    kept = Path(__file__).parents[2] / "docs" / path.name
    assert path.read_bytes() == kept.read_bytes(), f"draw it anew: fot-graph draw --theme-map -o docs/{path.name}"


def test_another_suffix_is_refused_with_those_known(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"picture format 'jpeg' \(did you mean png"):
        draw(graph, tmp_path / "picture.jpeg", focus="SERV")


@pytest.mark.parametrize("place", ["missing/picture.svg", "folder.svg"])
def test_an_unwritable_path_leaves_nothing_behind(graph: Graph, tmp_path: Path, place: str) -> None:
    (tmp_path / "folder.svg").mkdir()
    with pytest.raises(OutputFileError, match=re.escape(place)):
        draw(graph, tmp_path / place, focus="SERV")
    assert [path.name for path in tmp_path.rglob("*")] == ["folder.svg"]


def test_a_failed_write_keeps_the_former_file(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "picture.svg"
    path.write_text("former")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputFileError, match="no space left on device"):
        draw(graph, path, focus="SERV")
    assert path.read_text() == "former"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("view", "message"),
    [
        ({}, r"\d+ things are too many for one picture \(choose a focus\)"),
        ({"focus": "Focus op Talent", "hops": 2}, "too many.*fewer hops"),
        ({"focus": "SERV", "theme_map": True}, "focus and theme_map"),
        ({"theme_map": True, "statuses": ["quoted"]}, "no finding informs"),
        ({"question": "subsidy-table"}, "no claim joins the things in the answer to 'subsidy-table'"),
    ],
)
def test_what_cannot_be_drawn_is_said_with_what_to_do(graph: Graph, view: View, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        figure(graph, **view)


def test_unknown_names_come_with_near_ones(graph: Graph) -> None:
    with pytest.raises(UnknownNameError, match="did you mean Jobkanaal"):
        figure(graph, focus="Jobkanal")
    with pytest.raises(UnknownNameError, match="findings-informing-themes"):
        figure(graph, question="findings-informing-theme")
