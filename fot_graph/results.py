"""Answers as text: aligned tables for people, CSV and TSV for spreadsheets and scripts, the W3C's forms for programs.

Tables speak the reader's language (labels, '28.433,60', '21 maart 2019'); the other forms keep plain numbers and ISO
dates. The same answer gives the same bytes everywhere.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from fot_graph import tables
from fot_graph.errors import UnknownNameError, UsageError
from fot_graph.markup import xml
from fot_graph.terms import STRING, TRUTH, all_numbers, blank_names, lexical, plain, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fot_graph.answers import Answer

    Term = NamedNode | Literal | BlankNode | Triple

FORMATS = ("table", "csv", "tsv", "json", "xml", "md")
GRAPH_FORMATS = ("ttl", "trig", "nt", "nq", "jsonld")  # of CONSTRUCT and DESCRIBE; `export` writes them

_NO_ROWS = {"nl": "geen resultaten", "en": "no results"}


def render(
    answer: Answer,
    format_: str,
    lang: str,
    *,
    iris: bool = False,
    width: int | None = None,
    headings: Sequence[str] = (),
) -> str:
    """Give an answer to SELECT or ASK as text that ends in a line feed.

    `format_` is one of `FORMATS`, `lang` is 'nl' or 'en'; `iris` shows IRIs where a label would stand; `width` is the
    number of columns of the terminal, None when there is none: then nothing wraps; `headings` stand over the columns of
    a table in place of the names of the variables. `json` and `xml` are the SPARQL 1.1 Query Results formats, `md` is
    GitHub Flavored Markdown.
    Raises UnknownNameError for another format, UsageError for an answer that is a graph (CONSTRUCT, DESCRIBE) and for
    a character that XML cannot hold.
    """
    if format_ not in FORMATS:
        raise UnknownNameError("format", format_, FORMATS)
    if answer.form not in ("select", "ask"):
        hint = f"choose one of {', '.join(GRAPH_FORMATS)}"
        raise UsageError(f"{answer.form.upper()} gives a graph, which {format_} cannot show", hint)
    if format_ in ("json", "xml"):
        return _json(answer) if format_ == "json" else _xml(answer)
    if answer.truth is not None:
        return f"{TRUTH[lang][answer.truth] if format_ in ('table', 'md') else str(answer.truth).lower()}\n"
    labels = {} if iris else answer.labels(lang)
    if format_ in ("csv", "tsv"):
        blanks = blank_names()
        return tables.write(answer.variables, [[plain(t, labels, blanks) for t in row] for row in answer.rows], format_)
    names = headings or [name.replace("_", " ") for name in answer.variables]
    return _for_people(answer, format_, names, _shown(answer, labels, lang), lang, width)


def _shown(answer: Answer, labels: Mapping[str, str], lang: str) -> list[list[str]]:
    blanks = blank_names()
    return [[shown(term, labels, blanks, lang) for term in row] for row in answer.rows]


def _for_people(
    answer: Answer, format_: str, names: Sequence[str], rows: list[list[str]], lang: str, width: int | None
) -> str:
    if not rows:
        return _NO_ROWS[lang] + "\n"
    right = [i for i, column in enumerate(zip(*answer.rows, strict=True)) if all_numbers(column)]
    if format_ == "md":
        return tables.write(names, rows, "md", right)
    return tables.table(names, rows, width=width, right=right)


# --- JSON ------------------------------------------------------------------------------------------------------------


def _json(answer: Answer) -> str:
    """Write SPARQL 1.1 Query Results JSON."""
    content: dict[str, Any] = {"head": {}, "boolean": answer.truth}
    if answer.truth is None:
        blanks = blank_names()
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
            return {"type": "literal", "value": lexical(term)} | ({} if kind == STRING else {"datatype": kind})
        case Triple():
            parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
            return {"type": "triple", "value": {name: _json_term(part, blanks) for name, part in parts.items()}}


# --- XML -------------------------------------------------------------------------------------------------------------


def _xml(answer: Answer) -> str:
    """Write SPARQL Query Results XML (second edition)."""
    head = "".join(f'    <variable name="{xml(name)}"/>\n' for name in answer.variables)
    if answer.truth is None:
        blanks = blank_names()
        rows = "".join(_xml_row(answer.variables, row, blanks) for row in answer.rows)
        body = f"  <results>\n{rows}  </results>\n"
    else:
        body = f"  <boolean>{str(answer.truth).lower()}</boolean>\n"
    opening = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
    return f"{opening}  <head>\n{head}  </head>\n{body}</sparql>\n"


def _xml_row(names: Sequence[str], row: Sequence[Term | None], blanks: Mapping[str, str]) -> str:
    bound = [(name, term) for name, term in zip(names, row, strict=True) if term is not None]
    bindings = (f'      <binding name="{xml(name)}">{_xml_term(term, blanks)}</binding>\n' for name, term in bound)
    return f"    <result>\n{''.join(bindings)}    </result>\n"


def _xml_term(term: Term, blanks: Mapping[str, str]) -> str:
    match term:
        case NamedNode():
            return f"<uri>{xml(term.value)}</uri>"
        case BlankNode():
            return f"<bnode>{blanks[term.value]}</bnode>"
        case Literal():
            return f"<literal{_xml_kind(term)}>{xml(lexical(term))}</literal>"
        case Triple():
            names = ("subject", "predicate", "object")
            parts = zip(names, map(_xml_term, term, [blanks] * 3), strict=True)
            return f"<triple>{''.join(f'<{name}>{part}</{name}>' for name, part in parts)}</triple>"


def _xml_kind(literal: Literal) -> str:
    if literal.language:
        return f' xml:lang="{xml(literal.language)}"'
    kind = literal.datatype.value
    return "" if kind == STRING else f' datatype="{xml(kind)}"'
