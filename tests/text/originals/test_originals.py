"""PDF, Word and HTML give the text that a reader sees, in its order; what is damaged or hostile is one error."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from fpdf import FPDF

import fot_graph
from fot_graph.core import limits
from fot_graph.core.errors import InputFileError, MissingLibraryError
from fot_graph.text.originals.reading import derived

if TYPE_CHECKING:
    from collections.abc import Callable

FONT = Path(fot_graph.__file__).parent / "pictures" / "fonts" / "DejaVuSans.ttf"


def read(content: bytes) -> str:
    return derived(content, "file").text.rstrip("\n")


# --- PDF -------------------------------------------------------------------------------------------------------------


def pdf(draw: Callable[[FPDF], object], **encryption: str) -> bytes:
    """Make a PDF of one page or more."""
    made = FPDF()
    made.add_font("D", "", str(FONT))
    made.set_font("D", size=10)
    made.add_page()
    draw(made)
    if encryption:
        made.set_encryption(**encryption)  # type: ignore[arg-type]
    return bytes(made.output())


def paragraphs(*texts: str) -> Callable[[FPDF], None]:
    def draw(made: FPDF) -> None:
        for text in texts:
            made.multi_cell(0, 5, text, new_x="LMARGIN", new_y="NEXT")
            made.ln(4)

    return draw


def table(*rows: tuple[str, ...], by_column: bool = False) -> Callable[[FPDF], None]:
    def draw(made: FPDF) -> None:
        places = [(x, y) for y in range(len(rows)) for x in range(len(rows[0]))]
        for x, y in sorted(places) if by_column else places:
            made.set_xy(20 + 45 * x, 30 + 6 * y)
            made.cell(45, 6, rows[y][x])

    return draw


LONG = "In de beleidsnota staat dat de minister werk maakt van een divers personeelsbestand, en dat zij daarover ieder "
LONG += "jaar aan het Vlaams Parlement zal rapporteren."


def test_lines_of_a_paragraph_stand_together_and_paragraphs_apart() -> None:
    found = read(pdf(paragraphs("Titel van de vraag", LONG, "1.   Hoeveel zijn er?", "-    een lijst;", "€ 1 234,50")))
    first, second, *rest = found.split("\n\n")
    assert (first, " ".join(second.split("\n"))) == ("Titel van de vraag", LONG)
    assert second.count("\n") == 1
    assert rest == ["1. Hoeveel zijn er?", "- een lijst;", "€ 1 234,50"]


def test_pages_end_in_a_form_feed() -> None:
    def draw(made: FPDF) -> None:
        paragraphs("De eerste bladzijde van de vraag.")(made)
        made.add_page()
        made.add_page()
        paragraphs("De derde bladzijde van de vraag.")(made)

    found = derived(pdf(draw), "file")
    assert found.text == "De eerste bladzijde van de vraag.\n\f\n\fDe derde bladzijde van de vraag.\n"
    assert found.blank_pages == (2,)
    assert (found.suffix, found.tool, found.version[:1].isdigit()) == (".pdf", "pypdfium2", True)


ROWS = ("Jaar", "Medewerkers", "Aandeel vrouwen"), ("2021", "1 031", "48 %"), ("2022", "33", "< 5 %")


@pytest.mark.parametrize("by_column", [False, True])
def test_the_cells_of_a_table_are_kept(*, by_column: bool) -> None:
    found = read(pdf(table(*ROWS, by_column=by_column)))
    assert found.split("\n") == ["\t".join(row) for row in ROWS]


def test_one_wide_gap_is_no_table() -> None:
    found = read(pdf(table(("Vraag van An Peeters", "Brussel, 25 januari 2024"))))
    assert found == "Vraag van An Peeters Brussel, 25 januari 2024"


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    def draw(made: FPDF) -> None:
        for x, words in ((10, "links"), (110, "rechts")):
            for y in range(4):
                made.set_xy(x, 30 + 5 * y)
                made.cell(80, 5, f"Dit is regel {y + 1} van de kolom {words} hier.")

    found = read(pdf(draw))
    assert found.index("regel 4 van de kolom links") < found.index("regel 1 van de kolom rechts")
    assert "\t" not in found


def test_a_scan_is_one_clear_error() -> None:
    for draw in (lambda made: made.rect(10, 10, 50, 50), paragraphs("3")):
        with pytest.raises(InputFileError, match=r"it is a scan \(add the text with OCR first"):
            read(pdf(draw))


def test_what_cannot_be_read_is_told() -> None:
    whole = pdf(paragraphs(LONG))
    for content, message in (
        (whole[:200], "it is a damaged PDF"),
        (b"%PDF-1.7\n" + b"x" * 1000, "it is a damaged PDF"),
        (pdf(paragraphs(LONG), owner_password="a", user_password="b"), "locked with a password"),
    ):
        with pytest.raises(InputFileError, match=message) as caught:
            read(content)
        assert str(caught.value).startswith("cannot read file: ")


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"no PDF", "a.pdf", "it is a damaged PDF"),
        (b"PK nothing", "a.docx", "damaged or locked Word file"),
        (b"\x89PNG\r\n\x1a\n and so on", "a.png", "it is no text"),
        ("Vraag".encode("utf-16"), "a.txt", "it is no text"),
        (b"", "a.pdf", "there is no text in it"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_told(content: bytes, name: str, message: str) -> None:
    with pytest.raises(InputFileError, match=message):
        derived(content, name)


def test_many_pages_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGES", 0)
    with pytest.raises(InputFileError, match="it has more than 0 pages"):
        read(pdf(paragraphs(LONG)))


# --- Word ------------------------------------------------------------------------------------------------------------


def word(build: Callable[..., object]) -> bytes:
    made = docx.Document()
    build(made)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def test_word_keeps_paragraphs_numbers_lists_tables_and_pages() -> None:
    def build(made: docx.document.Document) -> None:
        made.add_paragraph("Titel van de vraag")
        for text in ("Hoeveel zijn er?", "Waarom?"):
            made.add_paragraph(text, style="List Number")
        made.add_paragraph("een reden;", style="List Bullet")
        rows = made.add_table(2, 2).rows
        for row, texts in zip(rows, (("Jaar", "Aantal"), ("2021", "1 031")), strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        made.add_paragraph("Op de tweede bladzijde.")

    found = read(word(build))
    assert found.split("\n\f")[0].split("\n\n")[:5] == [
        *("Titel van de vraag", "1. Hoeveel zijn er?", "2. Waarom?", "- een reden;", "Jaar\tAantal\n2021\t1 031")
    ]
    assert found.split("\f")[1].strip() == "Op de tweede bladzijde."


def test_word_leaves_out_what_was_struck_out_and_keeps_content_controls() -> None:
    def build(made: docx.document.Document) -> None:
        paragraph = made.add_paragraph("Wat blijft, ")
        struck = OxmlElement("w:del")
        run = made.add_paragraph("wat weg is")._p.r_lst[0]
        for text in run.findall(qn("w:t")):
            text.tag = qn("w:delText")
        struck.append(run)
        paragraph._p.append(struck)
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        content.append(made.add_paragraph("en wat in een veld staat.")._p)
        control.append(content)
        made.element.body.insert(1, control)

    assert read(word(build)) == "Wat blijft,\n\nen wat in een veld staat."


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Put another part in the place of one of a Word file."""
    file = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for each in old.infolist():
            if each.filename != name:
                new.writestr(each, old.read(each.filename))
        new.writestr(name, part)
    return file.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_hostile_word_files_are_errors() -> None:
    whole = word(lambda made: made.add_paragraph(LONG))
    entity = '<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    stolen = f"{entity}<w:document {W}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
    deep = f"<w:document {W}><w:body>{'<w:p>' * 5000}{'</w:p>' * 5000}</w:body></w:document>"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    lol = f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]><w:document {W}><w:body><w:p><w:r><w:t>&l11;</w:t></w:r></w:p>'
    lol += "</w:body></w:document>"
    for part in (b" " * (limits.ZIP_XML_BYTES + 1), stolen.encode(), deep.encode(), lol.encode(), b"<w:document"):
        with pytest.raises(InputFileError) as caught:
            read(with_part(whole, "word/document.xml", part))
        assert "root:" not in str(caught.value)
    for content in (whole[:-100], whole[:2000], b"PK\x03\x04" + b"word/" * 100):
        with pytest.raises(InputFileError, match="damaged or locked Word file"):
            read(content)


# --- HTML ------------------------------------------------------------------------------------------------------------


def test_html_gives_what_is_seen() -> None:
    page = """<!DOCTYPE html><html><head><title>weg</title><style>weg</style></head><body>
    <script src="https://example.org/x.js">weg()</script><nav>weg</nav><!-- weg --><p hidden>weg</p>
    <p style="display: none">weg</p><img src="http://127.0.0.1:9/x.png" alt="weg">
    <h1>Titel   van de
    vraag</h1><p>Een&nbsp;alinea met <b>nadruk</b>.<br>Een regel.</p><ol start="3"><li>Hoeveel?<li>Waarom?</ol>
    <ol type="a"><li>één<li>twee</ol><ul><li>een reden;</ul>
    <table><tr><th>Jaar<th>Aantal<tr><td>2021<td>1 031</table><pre>zo
    staat het</pre></body></html>"""
    found = read(page.encode())
    assert "weg" not in found
    assert found.split("\n\n") == [
        *("Titel van de vraag", "Een\u00a0alinea met nadruk.\nEen regel.", "3. Hoeveel?", "4. Waarom?"),
        *("a. één", "b. twee", "- een reden;", "Jaar\tAantal\n2021\t1 031", "zo\nstaat het"),
    ]


def test_a_table_that_lays_out_a_page_gives_its_paragraphs() -> None:
    page = f"<html><table><tr><td><p>{LONG}</p><p>En nog iets.</p></td><td>Menu</td></tr></table></html>"
    assert read(page.encode()).split("\n\n") == [LONG, "En nog iets.", "Menu"]


@pytest.mark.parametrize(
    "content",
    [
        "<html><meta charset=utf-8><p>Eén antwoord, vijf euro: €.".encode(),
        "<html><p>Eén antwoord, vijf euro: €.".encode("cp1252"),
        '<html><meta charset="windows-1252"><p>Eén antwoord, vijf euro: €.'.encode("cp1252"),
        '<?xml version="1.0" encoding="utf-8"?><html><p>Eén antwoord, vijf euro: €.</p></html>'.encode(),
        "<html><p>Eén antwoord, vijf euro: €.".encode("utf-16"),
        "\ufeff<html><p>Eén antwoord, vijf euro: €.".encode(),
    ],
)
def test_html_is_read_in_its_encoding(content: bytes) -> None:
    assert derived(content, "page.html").text == "Eén antwoord, vijf euro: €.\n"


def test_hostile_html_is_read_or_refused_and_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_connection(*_: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr("socket.socket.connect", no_connection)
    entity = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><p>Veilig en wel hier aangekomen &a;'
    assert "root:" not in read(entity.encode())
    with pytest.raises(InputFileError, match="nested too deep"):
        read(b"<html>" + b"<div>" * 100_000 + b"tekst die niemand leest, hoe dan ook")
    assert read(b"<html><p>Veilig en wel hier aangekomen" + b"<b" * 10_000).startswith("Veilig")


# --- Kinds -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "there is no text in it"),
        (b" \n\f ", "there is no text in it"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "a Word file of the old kind"),
        (b"PK\x03\x04" + b"mimetypeapplication/vnd.oasis", "it is an archive, and no Word file"),
        (b"{\\rtf1 tekst}", "it is RTF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "it is no text"),
        ("vijf café".encode("latin-1"), "byte 8 is not UTF-8"),
        (b"<html><body><p></p></body>", "there is no text in it"),
        (b"x" * (limits.SOURCE_BYTES + 1), "its text has more than 1,048,576 bytes"),
        (b"<html><p>" + b"x" * (limits.SOURCE_BYTES + 1), "its text has more than 1,048,576 bytes"),
    ],
)
def test_what_is_no_text_is_told(content: bytes, message: str) -> None:
    with pytest.raises(InputFileError, match=message):
        read(content)


def test_a_text_is_its_own_text() -> None:
    found = derived("\ufeffEen tekst\r\nmet café".encode(), "file")
    assert found == ("Een tekst\r\nmet café", "", "", "", ())


@pytest.mark.parametrize(
    ("content", "library", "package"),
    [
        (b"%PDF-1.7", "pypdfium2", "pypdfium2"),
        (b"PK\x03\x04word/document.xml", "docx", "python-docx"),
        (b"<!doctype html>", "lxml", "lxml"),
    ],
)
def test_a_reader_that_is_missing_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, content: bytes, library: str, package: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingLibraryError, match=rf"{package} \(pip install 'fot-graph\[read\]'\)"):
        read(content)
