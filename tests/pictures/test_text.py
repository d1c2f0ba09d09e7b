"""Text is measured by the font that ships with the package."""

from __future__ import annotations

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from fot_graph.pictures.text import BOLD, FACES, FONTS, REGULAR, Face, Type, subset


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.file)
def test_a_letter_is_as_wide_as_the_font_says(face: Face) -> None:
    font = TTFont(face.path)
    widths, names = font["hmtx"], font.getBestCmap()
    for letter in "aM1é…ΩЖ":
        assert Type(20, face).width(letter) == pytest.approx(
            20 * widths[names[ord(letter)]][0] / font["head"].unitsPerEm
        )


def test_bold_is_wider_and_size_scales() -> None:
    assert Type(14, BOLD).width("tekst") > Type(14, REGULAR).width("tekst")
    assert Type(28).width("tekst") == pytest.approx(2 * Type(14).width("tekst"))


def test_the_font_comes_with_its_licence() -> None:
    assert "Bitstream Vera" in (FONTS / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("letters", ["abcé→’", "Ωμέγα", "Жук"])
def test_a_part_of_the_font_has_its_letters_and_is_small(letters: str) -> None:
    data = subset(REGULAR, [letters])
    assert set(map(ord, letters)) <= set(TTFont(BytesIO(data)).getBestCmap())
    assert len(data) < 20_000
    assert data == subset(REGULAR, [letters])


def test_lines_break_at_spaces_then_behind_hyphens_then_anywhere() -> None:
    assert Type(14).wrapped("een twee drie", 70) == ("een twee", "drie")
    found = Type(14).wrapped("de face-to-faceondersteuning blijkt", 154)
    assert found == ("de face-to-", "faceondersteuning", "blijkt")
    lines = Type(14).wrapped("x" * 100, 60)
    assert "".join(lines) == "x" * 100
    assert all(Type(14).width(line) <= 60 for line in lines)
