"""The signs of Markdown in a text that was converted to it, such as a PDF: they are no part of what it says."""

from __future__ import annotations

import re

from fot_graph.text.units import Unit

_IS_MARKDOWN = re.compile(r"^[ ]{0,3}\#{1,6}[ \t]+\S|\*\*\S[^*\n]{0,300}\S?\*\*", re.MULTILINE)
# A heading's signs, a quotation's sign, the rule below the head of a table, and a sign that is written with a backslash
_AT_LINES = re.compile(
    r"^[^\S\n]*(?P<heading>\#{1,6})(?=[^\S\n]|$)|^[^\S\n]*(?P<quotation>>)(?=[^\S\n])|(?<=\S)[^\S\n]+(?P<closing>\#+)[^\S\n]*$"
    r"|^[^\S\n]*(?P<rule>(?=[|:-])\|?(?:[^\S\n]*:?-+:?[^\S\n]*\|)+(?:[^\S\n]*:?-+:?)?)[^\S\n]*$"
    r"|(?P<escape>\\)(?=[*_#\[\]().!+>~`|-])",
    re.MULTILINE,
)
_STARS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])(?:(?!\1|\n[^\S\n]*\n)[\s\S]){1,2000}?(?<=\S)(\1)(?!\*)")
_UNDERLINES = re.compile(r"(?<![\w/.=&?-])_{1,3}(?=\S)|(?<=[^\s\\_])_{1,3}(?!\w)|(?<=[^\W\d_])__(?=[^\W\d_])")


def markdown_signs(text: str) -> list[Unit]:
    """List the signs of Markdown: of headings, quotations, emphasis, rules of tables and escapes.

    A text has some only where it has a heading or bold words as Markdown writes them. Bullets, numbers and the bars
    of tables are read as in any text.
    """
    if not _IS_MARKDOWN.search(text):
        return []
    spans = {match.span(match.lastgroup or 0) for match in _AT_LINES.finditer(text)}
    spans |= {span for match in _STARS.finditer(text) for span in (match.span(1), match.span(2))}
    spans |= {match.span() for match in _UNDERLINES.finditer(text)}
    return [Unit("furniture", *span) for span in sorted(spans)]
