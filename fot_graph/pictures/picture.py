"""A picture that is ready: shown by a notebook, or written as SVG, PNG or PDF.

SVG is written by us; PNG and PDF are made from it, with the font that ships with the package and no other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.core import media_types
from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.core.files import write
from fot_graph.pictures import svg
from fot_graph.pictures.layout import lay_out
from fot_graph.pictures.text import FACES, FAMILY

if TYPE_CHECKING:
    from os import PathLike

    from fot_graph.pictures.drawing import Drawing
    from fot_graph.pictures.scene import Scene

_DOTS_PER_INCH = 150


@dataclass(frozen=True)
class Picture:
    """A scene with places for all that it shows."""

    drawing: Drawing

    @classmethod
    def of(cls, scene: Scene) -> Picture:
        """Lay out a scene."""
        return cls(lay_out(scene))

    def svg(self) -> str:
        """Give it as SVG, with the letters of the font that it needs."""
        return svg.document(self.drawing)

    def png(self) -> bytes:
        """Give it as PNG, 150 dots an inch."""
        import resvg_py  # noqa: PLC0415  only this format needs it

        files = [str(face.path) for face in FACES]
        zoom = _DOTS_PER_INCH / 96  # of the points in which its size is given
        return resvg_py.svg_to_bytes(
            svg.document(self.drawing, fonts=False), skip_system_fonts=True, font_files=files, dpi=96, zoom=zoom
        )

    def pdf(self) -> bytes:
        """Give it as PDF, on a page of its own size, with text that can be searched and copied.

        Raises: `UsageError` without fpdf2, which the extra `pdf` brings.
        """
        try:
            from fpdf import FPDF  # noqa: PLC0415  only this format needs it
            from fpdf.svg import SVGObject  # noqa: PLC0415  as above
        except ImportError:
            raise UsageError("pdf-needs-fpdf2") from None
        width, height = (length * svg.POINTS for length in (self.drawing.width, self.drawing.height))
        page = FPDF(unit="pt", format=(width, height))
        page.set_creation_date(datetime(2020, 1, 1, tzinfo=UTC))  # and not today, so that bytes do not differ by day
        page.set_title(self.drawing.scene.title)
        for face in FACES:
            style = "B" if face.weight == "bold" else "I" if face.style == "italic" else ""
            page.add_font(FAMILY, style, face.path)
        page.add_page()
        without_titles = re.sub("<(title|desc)>.*?</\\1>", "", svg.document(self.drawing, fonts=False))
        SVGObject(without_titles.encode()).draw_to_page(page)
        content = BytesIO()
        page.output(content)
        return content.getvalue()

    def save(self, path: str | PathLike[str]) -> None:
        """Write it to a file named .svg, .png or .pdf, whole or not at all; the same graph gives the same bytes.

        Raises: `UnknownNameError` for another suffix, `OutputFileError`, and what `pdf` raises.
        """
        formats = media_types.formats_holding(media_types.PICTURE)
        format_ = media_types.suffix_of(path).removeprefix(".")
        if format_ not in formats:
            raise UnknownNameError("picture format", format_, formats)
        content = {"svg": lambda: self.svg().encode(), "png": self.png, "pdf": self.pdf}[format_]()
        write(Path(path), content)

    def _repr_svg_(self) -> str:
        """Show it in a notebook."""
        return self.svg()
