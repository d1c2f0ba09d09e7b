"""The text of a Word file (Office Open XML, ISO/IEC 29500): paragraphs, numbered items, tables, footnotes, pages."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from fot_graph.core import limits
from fot_graph.core.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr")} | {f"{_MC}Fallback"}
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "lastRenderedPageBreak": "\f"}


def pages(content: bytes) -> list[str]:
    """Give the text of each page, as Word last laid them out.

    Raises: `UnreadableError` for a file that is damaged or encrypted, or that unpacks to more than is read.
    """
    try:
        _check_size(content)
        import docx  # noqa: PLC0415  an extra

        document = docx.Document(BytesIO(content))
        return _Reader(document).text().split("\f")
    except (BadZipFile, KeyError, ValueError, OSError, RecursionError, NotImplementedError) as error:
        raise UnreadableError("word-damaged") from error
    except Exception as error:  # of lxml, which is not here by name
        if type(error).__module__.partition(".")[0] not in ("lxml", "docx"):
            raise
        raise UnreadableError("word-damaged") from error


def _check_size(content: bytes) -> None:
    """See that the parts of a file are not much larger than the file: what they unpack to is what they declare."""
    with ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
    size, size_of_xml = (sum(e.file_size for e in parts if e.filename.endswith(end)) for end in ("", (".xml", ".rels")))
    if len(parts) > limits.ZIP_PARTS or size > limits.ZIP_BYTES or size_of_xml > limits.ZIP_XML_BYTES:
        raise UnreadableError("word-too-large", most=limits.ZIP_XML_BYTES)


class _Level(NamedTuple):
    """How the items of a list on one level are numbered."""

    format: str
    text: str
    start: int


class _Reader:
    """One document while it is read."""

    def __init__(self, document: Any) -> None:  # noqa: ANN401  python-docx has no type for it that can be named here
        self._document = document
        self._levels = dict(_levels(document))
        self._counts: dict[str, Counter[int]] = {}
        self._notes: list[str] = []

    def text(self) -> str:
        blocks = list(self._blocks(self._document.element.body))
        return "\n\n".join([*blocks, *self._footnotes()])

    def _blocks(self, parent: Any) -> Iterator[str]:  # noqa: ANN401  an element of lxml
        """Give the paragraphs and tables in an element, also those in content controls."""
        for element in parent:
            if element.tag == f"{_W}p":
                if text := self._paragraph(element):
                    yield text
            elif element.tag == f"{_W}tbl":
                yield "\n".join("\t".join(self._cells(row)) for row in element.iter(f"{_W}tr"))
            elif element.tag not in _SKIPPED:
                yield from self._blocks(element)

    def _cells(self, row: Any) -> Iterator[str]:  # noqa: ANN401  as above
        for cell in row.iter(f"{_W}tc"):
            yield " ".join(" ".join(self._blocks(cell)).split())

    def _paragraph(self, element: Any) -> str:  # noqa: ANN401  as above
        text = "".join(self._inline(element))
        page = "\f" if text.startswith("\f") else ""
        lines = "\n".join(" ".join(line.split(" ")) for line in text.strip(" \n").split("\n"))
        plain = lines.strip()
        return f"{page}{self._marker(element)}{plain}" if plain else page

    def _inline(self, parent: Any) -> Iterator[str]:  # noqa: ANN401  as above
        for element in parent:
            name = element.tag.removeprefix(_W) if isinstance(element.tag, str) else ""
            if name == "t":
                yield element.text or ""
            elif name == "br" and element.get(f"{_W}type") == "page":
                yield "\f"
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name == "footnoteReference":
                self._notes.append(element.get(f"{_W}id"))
                yield f"[{len(self._notes)}]"
            elif name == "txbxContent":
                yield "\n".join(["", *self._blocks(element), ""])
            elif element.tag not in _SKIPPED:
                yield from self._inline(element)

    def _footnotes(self) -> Iterator[str]:
        """Give the notes that the text refers to, in the order in which it does."""
        from lxml import etree  # noqa: PLC0415  comes with python-docx

        part = _related(self._document, "footnotes")
        if part is None or not self._notes:
            return
        root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
        notes = {note.get(f"{_W}id"): note for note in root.iter(f"{_W}footnote")}
        for number, key in enumerate(self._notes, start=1):
            if key in notes:
                yield f"[{number}] {' '.join(' '.join(self._blocks(notes[key])).split())}"

    # --- Numbers of items, which Word keeps apart from the text ------------------------------------------------------

    def _marker(self, element: Any) -> str:  # noqa: ANN401  as above
        list_, level = _list_of(element, self._document)
        known = self._levels.get((list_, level))
        if known is None or known.format == "none":
            return ""
        if known.format == "bullet":
            return "- "
        counts = self._counts.setdefault(list_, Counter())
        counts[level] += 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        text = known.text
        for each in range(level + 1):
            at = self._levels.get((list_, each), known)
            text = text.replace(f"%{each + 1}", _written(at.start + max(counts[each], 1) - 1, at.format))
        return f"{text} " if text else ""


def _related(document: Any, kind: str) -> Any:  # noqa: ANN401  as above
    """Give the part of a file that holds its footnotes or the numbering of its lists, if there is one."""
    found = (each for each in document.part.rels.values() if each.reltype.endswith(f"/{kind}") and not each.is_external)
    return next((each.target_part for each in found), None)


def _levels(document: Any) -> Iterator[tuple[tuple[str, int], _Level]]:  # noqa: ANN401  as above
    """Give how each list of a document is numbered, by list and level."""
    part = _related(document, "numbering")
    if part is None:
        return
    root = part.element
    abstract = {each.get(f"{_W}abstractNumId"): each for each in root.iter(f"{_W}abstractNum")}
    for number in root.iter(f"{_W}num"):
        pattern = abstract.get(_value(number.find(f"{_W}abstractNumId")))
        for level in pattern.iter(f"{_W}lvl") if pattern is not None else ():
            values = [_value(level.find(f"{_W}{name}")) for name in ("numFmt", "lvlText", "start")]
            found = _Level(values[0] or "decimal", values[1], _number(values[2], 1))
            yield (number.get(f"{_W}numId"), _number(level.get(f"{_W}ilvl"), 0)), found


def _list_of(paragraph: Any, document: Any) -> tuple[str, int]:  # noqa: ANN401  as above
    """Give the list and the level of a paragraph, its own or that of its style; '' for none."""
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        return "", 0
    numbering = properties.find(f"{_W}numPr")
    if numbering is None:
        style = _value(properties.find(f"{_W}pStyle"))
        found = (each for each in document.styles.element.iter(f"{_W}style") if each.get(f"{_W}styleId") == style)
        own = next(found, None) if style else None
        numbering = own.find(f"{_W}pPr/{_W}numPr") if own is not None else None
    if numbering is None:
        return "", 0
    return _value(numbering.find(f"{_W}numId")), _number(_value(numbering.find(f"{_W}ilvl")), 0)


def _value(element: Any) -> str:  # noqa: ANN401  as above
    return str(element.get(f"{_W}val") or "") if element is not None else ""


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() else otherwise


def _written(number: int, form: str) -> str:
    """Write the number of an item in a form of Word.

    >>> [_written(4, form) for form in ("decimal", "lowerLetter", "upperRoman")]
    ['4', 'd', 'IV']
    """
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        roman = ""
        for value, sign in _ROMAN:
            roman, number = roman + sign * (number // value), number % value
        return roman if form == "lowerRoman" else roman.upper()
    return str(number)


_ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x")]
_ROMAN += [(9, "ix"), (5, "v"), (4, "iv"), (1, "i")]
