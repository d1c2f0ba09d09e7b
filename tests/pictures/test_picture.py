"""Files of pictures: of their kind, whole, and the same each time and everywhere."""

from __future__ import annotations

import builtins
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from fot_graph.api import Graph, load
from fot_graph.core.errors import OutputFileError, UnknownNameError, UsageError
from fot_graph.pictures.layout import lay_out
from fot_graph.pictures.picture import Picture
from fot_graph.pictures.scene import Box, Scene

SIGNS = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


@pytest.mark.parametrize("suffix", SIGNS)
def test_files_are_of_their_kind_and_the_same_each_time(graph: Graph, tmp_path: Path, suffix: str) -> None:
    one, other = tmp_path / f"one.{suffix}", tmp_path / f"other.{suffix}"
    graph.picture(focus="SERV").save(one)
    load().picture(focus="SERV").save(str(other))
    assert one.read_bytes().startswith(SIGNS[suffix])
    assert one.read_bytes() == other.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [one.name, other.name]


def test_bytes_rest_neither_on_hash_seed_nor_on_a_display(tmp_path: Path) -> None:
    program = (
        "import sys; from fot_graph import load;"
        "load().picture(focus='doc:vp-sv-2019-2020-358/minister', hops=2).save(sys.argv[1]);"
        "sys.exit('matplotlib' in sys.modules or (sys.argv[1][-3:] != 'pdf' and 'numpy' in sys.modules))"
    )
    for suffix in SIGNS:
        paths = [tmp_path / f"{seed}.{suffix}" for seed in ("1", "2")]
        for path in paths:
            environment = {**os.environ, "PYTHONHASHSEED": path.stem, "FONTCONFIG_PATH": str(tmp_path)}
            environment.pop("DISPLAY", None)
            subprocess.run([sys.executable, "-c", program, path], check=True, env=environment)
        assert paths[0].read_bytes() == paths[1].read_bytes()


def test_png_draws_letters_with_the_font_of_the_package() -> None:
    """Two texts of one length differ only if letters are drawn; what the font lacks is a box, not a gap."""
    sheets = [Picture(lay_out(Scene({"a": Box(0, text)}, ()))).png() for text in ("aa", "bb", "漢漢", "")]
    assert len(set(sheets)) == len(sheets)


def test_png_has_150_dots_an_inch(graph: Graph) -> None:
    picture = graph.picture(focus="SERV")
    content = picture.png()
    width, height = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    dots = 9 / 14 / 72 * 150  # of a pixel of the drawing
    assert (width, height) == pytest.approx((picture.drawing.width * dots, picture.drawing.height * dots), abs=1.5)


def test_the_text_of_a_pdf_can_be_searched(graph: Graph, tmp_path: Path) -> None:
    graph.picture(theme_map=True, lang="nl").save(tmp_path / "x.pdf")
    reader = PdfReader(tmp_path / "x.pdf")
    text = reader.pages[0].extract_text()
    assert len(reader.pages) == 1
    assert reader.metadata is not None
    assert reader.metadata.title == "Hoe bevindingen thema’s en voornemens voeden"
    for words in ("talentenbenadering", "Thema’s en voornemens", "voeden →", "geïnterpreteerd"):
        assert words in text


def test_a_pdf_without_fpdf2_is_refused_with_what_to_do(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: object) -> object:
        if name.partition(".")[0] == "fpdf":
            raise ImportError(name)
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(UsageError, match=re.escape("PDF needs the package fpdf2 (pip install 'fot-graph[pdf]'")):
        graph.picture(focus="SERV").pdf()


def test_a_notebook_shows_it(graph: Graph) -> None:
    picture = graph.picture(focus="SERV")
    assert picture._repr_svg_() == picture.svg()


def test_the_picture_in_the_readme_is_the_one_drawn_now(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "findings-informing-themes.svg"
    graph.picture(theme_map=True).save(path)
    kept = Path(__file__).parents[2] / "docs" / path.name
    assert path.read_bytes() == kept.read_bytes(), f"draw it anew: fot-graph draw --theme-map -o docs/{path.name}"


def test_another_suffix_is_refused_with_those_known(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"picture format 'jpeg' \(did you mean png"):
        graph.picture(focus="SERV").save(tmp_path / "picture.jpeg")


@pytest.mark.parametrize("place", ["missing/picture.svg", "folder.svg"])
def test_an_unwritable_path_leaves_nothing_behind(graph: Graph, tmp_path: Path, place: str) -> None:
    (tmp_path / "folder.svg").mkdir()
    with pytest.raises(OutputFileError, match=re.escape(place)):
        graph.picture(focus="SERV").save(tmp_path / place)
    assert [path.name for path in tmp_path.rglob("*")] == ["folder.svg"]


def test_a_failed_write_keeps_the_former_file(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "picture.svg"
    path.write_text("former")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputFileError, match="no space left on device"):
        graph.picture(focus="SERV").save(path)
    assert path.read_text() == "former"
    assert list(tmp_path.iterdir()) == [path]
