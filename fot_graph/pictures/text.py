"""Text as it is drawn: measured by HarfBuzz with the font that ships with the package, and broken into lines.

The font is DejaVu Sans (Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew, Arabic and many signs). A letter that it
lacks, such as a Chinese one, is measured as its empty box; a browser draws it from another font, PNG and PDF show the
box.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import uharfbuzz

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FAMILY = "DejaVu Sans"
FONTS = Path(__file__).parent / "fonts"
LINE_HEIGHT = 1.25  # of the size


@dataclass(frozen=True)
class Face:
    """A face of the font: its file, and how SVG names it."""

    file: str
    weight: str = "normal"
    style: str = "normal"

    @property
    def path(self) -> Path:
        """Where its file is."""
        return FONTS / self.file


REGULAR, BOLD = Face("DejaVuSans.ttf"), Face("DejaVuSans-Bold.ttf", weight="bold")
OBLIQUE = Face("DejaVuSans-Oblique.ttf", style="italic")
FACES = (REGULAR, BOLD, OBLIQUE)


@dataclass(frozen=True)
class Type:
    """How a text is set: its size in pixels and its face."""

    size: float
    face: Face = REGULAR

    def width(self, text: str) -> float:
        """Measure a line of text, in pixels."""
        return _advance(text, self.face) * self.size

    def height(self, lines: int) -> float:
        """Give the height of so many lines, in pixels."""
        return lines * self.size * LINE_HEIGHT

    def wrapped(self, text: str, room: float, most: int | None = None) -> tuple[str, ...]:
        """Break a text into lines that fit, within a word only where it alone is too long, and best behind a hyphen.

        >>> Type(14).wrapped("de face-to-faceondersteuning blijkt", 154)
        ('de face-to-', 'faceondersteuning', 'blijkt')
        """
        lines = [""]
        for word in self._words(text, room):
            longer = f"{lines[-1]} {word}".strip()
            if self.width(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
            if most and len(lines) > most:
                return (*(line for line in lines[: most - 1] if line), "…")
        return tuple(line for line in lines if line) or ("?",)

    def _words(self, text: str, room: float) -> Iterator[str]:
        for word in text.split():
            while (fits := self._fitting(word, room)) < len(word):
                cut = max((match.end() for match in re.finditer("[-/_]+", word[:fits])), default=0)
                yield word[: cut or fits]
                word = word[cut or fits :]  # noqa: PLW2901  what is left of it
            yield word

    def _fitting(self, word: str, room: float) -> int:
        """Count the characters at the beginning of a word that fit, at least one."""
        begin = word[: int(room)]  # no more of it fits in any case, and a word may be a million letters long
        if self.width(begin) <= room:
            return len(begin)
        ends = accumulate(self.width(char) for char in begin)
        return max(1, next((size for size, end in enumerate(ends) if end > room), len(begin) - 1))


def subset(face: Face, characters: Iterable[str]) -> bytes:
    """Give the part of a face that draws these characters, as a TrueType font."""
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update({ord(char) for text in characters for char in text})
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    return bytes(uharfbuzz.subset(_font(face).face, wanted).blob.data)


@lru_cache
def _font(face: Face) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path))))


@lru_cache(maxsize=8192)
def _advance(text: str, face: Face) -> float:
    """Measure a text in sizes of its font."""
    font, buffer = _font(face), uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    return sum(float(position.x_advance) for position in buffer.glyph_positions) / float(font.face.upem)
