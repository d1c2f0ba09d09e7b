"""Write an invented written question with its answer as a PDF of two pages: `python docs/invented_question.py FILE`.

Needs fpdf2 (`pip install 'fot-graph[pdf]'`). The same words always give the same text.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fpdf import FPDF

_FONT = Path(__file__).parents[1] / "fot_graph" / "pictures" / "fonts" / "DejaVuSans.ttf"
QUESTION = (
    "MOBILITEIT EN OPENBARE WERKEN",
    "Fietspaden - Onderhoud",
    "In haar beleidsnota kondigt de minister aan dat elk fietspad langs een gewestweg om de vijf jaar wordt nagekeken. "
    "Fietsers melden toch veel gebreken.",
    "1. Hoeveel meldingen over fietspaden kwamen er sinds 2021 binnen? Graag een overzicht per jaar.",
    "2. Hoeveel kilometer fietspad werd in die jaren vernieuwd?",
    "3. Wanneer is de inventaris van de gebreken klaar?",
)
ANSWER = (
    "ANTWOORD\nop vraag nr. 12 van 8 januari 2024\nvan AN PEETERS",
    "1-2. De meldingen en de vernieuwde fietspaden worden per jaar bijgehouden:",
)
TABLE = (("2021", "1 204", "86"), ("2022", "1 377", "91"), ("2023", "1 169", "104"))
CLOSING = ("3. De inventaris is klaar tegen 30 juni 2024. Ik bezorg hem dan aan het parlement.",)


def write(file: str) -> None:
    """Write the PDF."""
    made = FPDF()
    made.add_font("DejaVu", "", str(_FONT))
    made.set_font("DejaVu", size=11)
    made.set_margins(25, 25)
    made.add_page()
    _paragraphs(made, QUESTION)
    made.add_page()
    _paragraphs(made, ANSWER)
    for row in TABLE:
        for cell in row:
            made.cell(40, 6, cell)
        made.ln(6)
    made.ln(4)
    _paragraphs(made, CLOSING)
    made.output(file)


def _paragraphs(made: FPDF, texts: tuple[str, ...]) -> None:
    for text in texts:
        made.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")
        made.ln(5)


if __name__ == "__main__":
    write(sys.argv[1])
