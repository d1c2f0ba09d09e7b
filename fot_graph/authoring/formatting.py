"""The one canonical form of a `claims.md`: what it says stays, only its blanks, signs and line breaks change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fot_graph.claims.claims_md import blocks
from fot_graph.claims.claims_md.lines import keyword, split

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fot_graph.claims.claims_md.blocks import Section, Text


def formatted(path: Path, text: str) -> str:
    """Give a `claims.md` in its canonical form, without its comments; `path` is for errors to name.

    A blank line stands between blocks; a section has its lines below the heading first, then its quotes, its items, its
    code. Items begin with '-' and stand on one line, with one blank at each side of a '|'.

    Raises: `ClaimsFileError`, `InputFileError`.
    """
    parts = [part for section in blocks.read(path, text) for part in _parts(section)]
    return "\n\n".join(parts) + "\n" if parts else ""


def _parts(section: Section) -> Iterator[str]:
    notes = [" ".join(paragraph.text.split()) for paragraph in section.paragraphs]
    if section.level > 1:
        head = ", ".join(notes)
        yield f"{'#' * section.level} {_plain(section.title)}" + (f"\n{head}" if head else "")
    else:
        if section.level:
            yield f"# {_plain(section.title)}"
        yield from notes
    yield from map(_quote, section.quotes)
    if section.items:
        yield "\n".join(f"- {_item(item)}" for item in section.items)
    yield from (fenced(fence.language, fence.code) for fence in section.fences)


def _plain(text: Text) -> str:
    return " ".join(text.text.split())


def _quote(quote: Text) -> str:
    text = blocks.marked(blocks.unmarked(quote.text))
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _item(item: Text) -> str:
    """Write an item on one line; what stands behind a word with a colon keeps its signs."""
    cells = split(item, "|")
    if len(cells) == 1 and (named := keyword(item)) and re.match(r"(?:because|omdat) ", named[0], re.IGNORECASE):
        return f"{' '.join(named[0].split())}: {named[1].text}"
    shown = [_cell(cell) for cell in cells]
    return " | ".join(shown) if shown[0] else "| " + " | ".join(shown[1:])


def _cell(cell: Text) -> str:
    return "; ".join(part.text if part.text.startswith('"') else _plain(part) for part in split(cell, ";"))


def fenced(language: str, code: str) -> str:
    """Write fenced code, between more backticks than stand in it."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    marks = "`" * max(3, longest + 1)
    return f"{marks}{language}\n{code}\n{marks}"
