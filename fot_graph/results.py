"""Answers as text: aligned tables for people, CSV and TSV for spreadsheets and scripts, SPARQL JSON for programs.

Tables speak the reader's language (labels, '28.433,60', '21 maart 2019'); the other forms keep plain numbers and ISO
dates. The same answer gives the same bytes everywhere.
"""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections import defaultdict
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from fot_graph.errors import UnknownNameError, UsageError
from fot_graph.namespaces import PREFIXES, curie

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from fot_graph.graph import Answer, Graph

    Term = NamedNode | Literal | BlankNode | Triple

FORMATS = ("table", "csv", "tsv", "json")

_XSD = PREFIXES["xsd"]
_STRING = _XSD + "string"
_DECIMAL = _XSD + "decimal"
_UNDEFINED = PREFIXES["cube"] + "Undefined"
_INTEGERS = [_XSD + name for name in ("integer", "nonNegativeInteger", "positiveInteger", "int", "long")]
_NUMERIC = {*_INTEGERS, _DECIMAL, _XSD + "double", _XSD + "float"}

_MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_TRUTH = {"nl": ("nee", "ja"), "en": ("no", "yes")}
_MISSING = {"nl": "nvt", "en": "n/a"}
_NO_ROWS = {"nl": "geen resultaten", "en": "no results"}

_GAP = "  "
_MOST_LINES = 5  # a cell of a terminal table that would wrap over more lines reads better as a record


def render(
    answer: Answer,
    format_: str,
    lang: str,
    graph: Graph,
    *,
    iris: bool = False,
    width: int | None = None,
    headings: Sequence[str] = (),
) -> str:
    """Give an answer to SELECT or ASK as text that ends in a line feed.

    `format_` is one of `FORMATS`, `lang` is 'nl' or 'en'; `iris` shows IRIs where a label would stand; `width` is the
    number of columns of the terminal, None when there is none: then nothing wraps; `headings` stand over the columns of
    a table in place of the names of the variables. JSON: SPARQL 1.1 Query Results.
    Raises UnknownNameError for another format, UsageError for an answer that is a graph (CONSTRUCT, DESCRIBE).
    """
    if format_ not in FORMATS:
        raise UnknownNameError("format", format_, FORMATS)
    if answer.form not in ("select", "ask"):
        raise UsageError(f"{answer.form.upper()} gives a graph, which {format_} cannot show", "choose ttl or nt")
    if format_ == "json":
        return _json(answer)
    if answer.truth is not None:
        return f"{_TRUTH[lang][answer.truth] if format_ == 'table' else str(answer.truth).lower()}\n"
    labels = {} if iris else graph.labels(lang)
    if format_ == "table":
        names = headings or [name.replace("_", " ") for name in answer.variables]
        return _answer_table(answer, names, labels, lang, width)
    blanks = _blank_names()
    rows = [[_plain(term, labels, blanks) for term in row] for row in answer.rows]
    return separated(answer.variables, rows, format_)


def separated(header: Sequence[str], rows: Sequence[Sequence[str]], format_: str) -> str:
    r"""Give rows as CSV (RFC 4180, with line feeds) or TSV (tabs and line ends inside a cell as \t, \n, \r).

    A cell that a spreadsheet would run as a formula begins with an apostrophe; numbers stay as they are.

    >>> print(separated(["a", "b"], [["=1+1", "-5"], ["x,y", ""]], "csv"), end="")
    a,b
    '=1+1,-5
    "x,y",
    """
    lines = [header, *([_guarded(cell) for cell in row] for row in rows)]
    if format_ == "tsv":
        return "".join("\t".join(map(_escaped, line)) + "\n" for line in lines)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


def table(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, width: int | None = None, right: Collection[int] = ()
) -> str:
    """Give rows as an aligned table; where it would not read well in `width` columns, as one record a row.

    `right` are the columns that align right, numbers for instance.

    >>> print(table(["year", "files"], [["2016", "443"], ["2017", "9"]], right=[1]), end="")
    year  files
    ────  ─────
    2016    443
    2017      9
    """
    cells = [[_folded(cell) for cell in line] for line in (header, *rows)]
    natural = [max(map(len, column)) for column in zip(*cells, strict=True)]
    widths = _fitted(natural, (width or sum(natural) + len(_GAP) * len(natural)) - len(_GAP) * (len(natural) - 1))
    if any(full > fit * _MOST_LINES for full, fit in zip(natural, widths, strict=True)):
        return _records(cells[0], cells[1:], width or 0)
    ruled = [["─" * size for size in widths], *cells[1:]]
    blocks = [_block(line, widths, right) for line in [cells[0], *ruled]]
    airy = any(block.count("\n") > 1 for block in blocks[2:])  # rows of many lines need air between them
    return "\n".join(blocks[:2]) + "\n" + ("\n\n" if airy else "\n").join(blocks[2:]) + "\n"


def _answer_table(answer: Answer, names: Sequence[str], labels: Mapping[str, str], lang: str, width: int | None) -> str:
    if not answer.rows:
        return _NO_ROWS[lang] + "\n"
    blanks = _blank_names()
    rows = [[_shown(term, labels, blanks, lang) for term in row] for row in answer.rows]
    right = [i for i, column in enumerate(zip(*answer.rows, strict=True)) if _all_numbers(column)]
    return table(names, rows, width=width, right=right)


def _all_numbers(column: Sequence[Term | None]) -> bool:
    kinds = {term.datatype.value if isinstance(term, Literal) else "" for term in column if term is not None}
    return bool(kinds) and kinds <= {*_NUMERIC, _UNDEFINED} and kinds != {_UNDEFINED}


# --- One term as text ------------------------------------------------------------------------------------------------


def _blank_names() -> defaultdict[str, str]:
    """Names in order of first sight, because an engine's own names for blank nodes differ from run to run."""
    names: defaultdict[str, str] = defaultdict(lambda: f"b{len(names) + 1}")
    return names


def _plain(term: Term | None, labels: Mapping[str, str], blanks: Mapping[str, str]) -> str:
    """Give the text of a cell for spreadsheets and scripts."""
    match term:
        case NamedNode():
            return labels.get(term.value, term.value)
        case Literal():
            return "" if term.datatype.value == _UNDEFINED else _lexical(term)
        case BlankNode():
            return f"_:{blanks[term.value]}"
    return "" if term is None else str(term)


def _shown(term: Term | None, labels: Mapping[str, str], blanks: Mapping[str, str], lang: str) -> str:
    """Give the text of a cell for people."""
    if isinstance(term, NamedNode):
        return labels.get(term.value) or curie(term.value)
    if isinstance(term, Literal):
        kind = term.datatype.value
        return _SHOWN[kind](_lexical(term), lang) if kind in _SHOWN else term.value
    return _plain(term, labels, blanks)


def _lexical(literal: Literal) -> str:
    """Give decimals at least two places, which amounts have and the engine drops: 28433.6 is 28433.60."""
    value = literal.value
    if literal.datatype.value != _DECIMAL or not re.fullmatch(r"[+-]?\d+(\.\d*)?", value):
        return value
    whole, _, fraction = value.partition(".")
    return f"{whole}.{fraction:0<2}"


def _shown_number(value: str, lang: str) -> str:
    """Give thousands their separator, as the language has it.

    >>> _shown_number("-28433.60", "nl"), _shown_number("1500", "en")
    ('-28.433,60', '1,500')
    """
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", value):
        return value
    whole, point, fraction = value.partition(".")
    text = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", whole) + point + fraction
    return text.translate(str.maketrans(",.", ".,")) if lang == "nl" else text


def _shown_date(value: str, lang: str) -> str:
    """Write a date, or a day of any year, in words.

    >>> _shown_date("2019-03-21", "nl"), _shown_date("--09-30", "en")
    ('21 maart 2019', '30 September')
    """
    found = re.fullmatch(r"(\d{4}|-)-(0[1-9]|1[0-2])-([0-3]\d)", value)
    if not found:
        return value
    year, month, day = found.groups()
    return f"{int(day)} {_MONTHS[lang][int(month) - 1]} {year}".removesuffix(" -")


def _shown_truth(value: str, lang: str) -> str:
    return _TRUTH[lang][value in ("true", "1")]


_SHOWN: dict[str, Callable[[str, str], str]] = {
    **dict.fromkeys([*_INTEGERS, _DECIMAL], _shown_number),
    _XSD + "date": _shown_date,
    _XSD + "gMonthDay": _shown_date,
    _XSD + "boolean": _shown_truth,
    _UNDEFINED: lambda _, lang: _MISSING[lang],
}


# --- JSON ------------------------------------------------------------------------------------------------------------


def _json(answer: Answer) -> str:
    """Write SPARQL 1.1 Query Results JSON."""
    content: dict[str, Any] = {"head": {}, "boolean": answer.truth}
    if answer.truth is None:
        blanks = _blank_names()
        bindings = [
            {name: _json_term(term, blanks) for name, term in zip(answer.variables, row, strict=True) if term}
            for row in answer.rows
        ]
        content = {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _json_term(term: Term, blanks: Mapping[str, str]) -> dict[str, Any]:
    match term:
        case NamedNode():
            return {"type": "uri", "value": term.value}
        case BlankNode():
            return {"type": "bnode", "value": blanks[term.value]}
        case Literal(language=str(tag)):
            return {"type": "literal", "value": term.value, "xml:lang": tag}
        case Literal():
            kind = term.datatype.value
            return {"type": "literal", "value": _lexical(term)} | ({} if kind == _STRING else {"datatype": kind})
        case Triple():
            parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
            return {"type": "triple", "value": {name: _json_term(part, blanks) for name, part in parts.items()}}


# --- Cells and columns -----------------------------------------------------------------------------------------------


def _guarded(cell: str) -> str:
    """Keep a spreadsheet from running a cell as a formula."""
    number = re.fullmatch(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?", cell)
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not number else cell


def _escaped(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _folded(cell: str) -> str:
    """Put a cell on one line, without the control characters by which data could steer a terminal."""
    return "".join(char if char.isprintable() else "\ufffd" for char in " ".join(cell.split()))


def _fitted(natural: Sequence[int], room: int) -> list[int]:
    """Share `room` between columns: narrow ones keep their natural width, the wide ones share what is left."""
    widths = list(natural)
    by_size = sorted(range(len(natural)), key=natural.__getitem__)
    for left, column in zip(range(len(natural), 0, -1), by_size, strict=True):
        widths[column] = max(1, min(natural[column], room // left))
        room -= widths[column]
    return widths


def _block(cells: Sequence[str], widths: Sequence[int], right: Collection[int]) -> str:
    """Give the lines of one row, each cell wrapped to its column."""
    wrapped = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    sides = [str.rjust if column in right else str.ljust for column in range(len(widths))]
    return "\n".join(
        _GAP.join(side(part, width) for side, part, width in zip(sides, parts, widths, strict=True)).rstrip()
        for parts in zip_longest(*wrapped, fillvalue="")
    )


def _records(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    """Give one block of 'name  value' lines a row, for rows of long texts."""
    names = max(map(len, header))
    widths = [names, max(20, width - names - len(_GAP))]
    blocks = ("\n".join(_block(pair, widths, ()) for pair in zip(header, row, strict=True) if pair[1]) for row in rows)
    return "\n\n".join(blocks) + "\n"


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]
