"""The text of a web page: paragraphs, lists and tables. Scripts, styles and what is hidden are no text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fot_graph.core.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_TEXT = set("script style template noscript head title svg math iframe object canvas select button nav".split())
_BLOCKS = set(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr legend li main ol p pre section summary table ul".split()
)
_CHARSET = re.compile(rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""")


def pages(content: bytes) -> list[str]:
    """Give the text, as one page. Raises: `UnreadableError` for a page that is nested too deep."""
    from lxml import etree, html  # noqa: PLC0415  an extra

    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(_decoded(content).encode(), parser)
        if any("depth" in error.message for error in parser.error_log):
            raise UnreadableError("html-too-deep")
        text = "".join(_texts(root, keeps_lines=False))
    except (etree.ParserError, etree.XMLSyntaxError, RecursionError, AssertionError):
        raise UnreadableError("html-damaged") from None
    lines = (re.sub(r"[ \t]+", _separator, line).strip(" ") for line in text.split("\n"))
    return [re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")]


def _decoded(content: bytes) -> str:
    """Decode a page by its byte-order mark, what it says itself, or as UTF-8; as Windows-1252 where that is wrong."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    said = _CHARSET.search(content[:4096])
    for encoding in ([said[1].decode()] if said else []) + ["utf-8"]:
        try:
            return content.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", "replace")


def _texts(element: Any, *, keeps_lines: bool) -> Iterator[str]:  # noqa: ANN401  lxml has no types
    """Give the text of an element, piece by piece; an empty line stands around each block."""
    name = element.tag if isinstance(element.tag, str) else ""
    if not name or name in _NO_TEXT or _is_hidden(element):
        return
    if name == "br":
        yield "\n"
    elif name == "table" and not element.xpath(".//table"):
        yield from _table(element)
    else:
        around = "\n\n" if name in _BLOCKS else " " if name in ("td", "th") else ""
        yield around + (_marker(element) if name == "li" else "")
        yield from _inner(element, keeps_lines=keeps_lines or name == "pre")
        yield around


def _inner(element: Any, *, keeps_lines: bool) -> Iterator[str]:  # noqa: ANN401  as above
    yield _folded(element.text, keeps_lines=keeps_lines)
    for child in element:
        yield from _texts(child, keeps_lines=keeps_lines)
        yield _folded(child.tail, keeps_lines=keeps_lines)


def _folded(text: str | None, *, keeps_lines: bool) -> str:
    return (text or "") if keeps_lines else re.sub(r"[ \t\r\n\f]+", " ", text or "")


def _is_hidden(element: Any) -> bool:  # noqa: ANN401  as above
    style = re.sub(r"\s", "", element.get("style") or "").lower()
    return element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style


def _table(table: Any) -> Iterator[str]:  # noqa: ANN401  as above
    """Give a table with a line a row and a tab between cells; one that only lays out a page keeps its paragraphs."""
    rows = [[_cell(cell) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    captions = (" ".join(caption.text_content().split()) for caption in table.iter("caption"))
    if max((len(row) for row in rows), default=0) > 1 and not any("\n\n" in cell for row in rows for cell in row):
        lines = ["\t".join(" ".join(cell.split()) for cell in row) for row in rows]
        yield "\n".join(["\n", *captions, *filter(str.strip, lines), "\n"])
    else:
        yield "\n\n".join(["", *captions, *(cell for row in rows for cell in row), ""])


def _separator(space: re.Match[str]) -> str:
    """Keep a tab, which stands between the cells of a row."""
    return "\t" if "\t" in space[0] else " "


def _cell(cell: Any) -> str:  # noqa: ANN401  as above
    text = "".join(_inner(cell, keeps_lines=False))
    return re.sub(r"\s+", lambda space: "\n\n" if space[0].count("\n") > 1 else space[0], text).strip()


def _marker(item: Any) -> str:  # noqa: ANN401  as above
    """Write the marker of a list item, as a browser shows it."""
    whole = item.getparent()
    if whole is None or whole.tag != "ol":
        return "- "
    before = sum(1 for _ in item.itersiblings("li", preceding=True))
    first, own = whole.get("start") or "", item.get("value") or ""
    number = int(own) if own.isdecimal() else before + (int(first) if first.isdecimal() else 1)
    is_lettered = whole.get("type") in ("a", "A") and 0 < number <= 26
    return f"{chr(ord(whole.get('type')) + number - 1) if is_lettered else number}. "
