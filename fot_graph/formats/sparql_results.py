"""Answers to SELECT and ASK in the formats of the W3C (JSON, XML, CSV and TSV), for programs.

Terms are written as the engine gives them, numbers with its value ("1.5"). The writer of pyoxigraph would do for rows
that come straight from it; these rows may come from any store, are counted against a limit, and their blank nodes have
names that do not change from run to run. JSON and XML also hold what each row rests on.
"""

from __future__ import annotations

import re
from itertools import repeat
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from fot_graph.core import escaping
from fot_graph.core.errors import UsageError
from fot_graph.core.namespaces import PREFIXES
from fot_graph.core.terms import STRING, blank_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from fot_graph.core.terms import Term
    from fot_graph.evidence.answers import Answer, Stream
    from fot_graph.evidence.claims import Evidence


# --- JSON ------------------------------------------------------------------------------------------------------------


def json(answer: Answer | Stream, evidence: Sequence[Evidence] | None = None, *, every: bool = False) -> Iterator[str]:
    """Write SPARQL 1.1 Query Results JSON, row by row; what rows rest on stands in members of its own.

    They stand before the results, because some parsers end with these.
    """
    from json import JSONEncoder, dumps  # noqa: PLC0415  only this form pays for it

    def written(content: object, depth: int) -> str:
        return dumps(content, ensure_ascii=False, indent=2).replace("\n", "\n" + "  " * depth)

    head = {} if answer.truth is not None else {"vars": list(answer.variables)}
    yield f'{{\n  "head": {written(head, 1)},\n'
    if evidence is not None:
        from fot_graph.evidence.wording import as_object, notes_as_object  # noqa: PLC0415  as above

        yield f'  "evidence": {written([[as_object(claim) for claim in each] for each in evidence], 1)},\n'
        yield f'  "evidenceNotes": {written([notes_as_object(each, every=every) for each in evidence], 1)},\n'
    if answer.truth is not None:
        yield f'  "boolean": {written(answer.truth, 1)}\n}}\n'
    else:
        yield '  "results": {\n    "bindings": ['
        yield from _json_rows(answer, JSONEncoder(ensure_ascii=False).encode)
        yield "]\n  }\n}\n"


def _json_rows(answer: Answer | Stream, quoted: Callable[[str], str]) -> Iterator[str]:
    """Give the bindings, as `json.dumps` would, which takes many times as long."""
    blanks = blank_names()
    names = [f"\n        {quoted(name)}: " for name in answer.variables]
    between, after = "\n      ", ""
    for row in answer:
        bound = zip(names, row, strict=True)
        members = ",".join([name + _json_term(term, blanks, quoted, 4) for name, term in bound if term is not None])
        yield f"{between}{{{members}\n      }}" if members else f"{between}{{}}"
        between, after = ",\n      ", "\n    "
    yield after


def _json_term(term: Term, blanks: Mapping[str, str], quoted: Callable[[str], str], depth: int) -> str:
    """Write a term as an object that stands so deep."""
    end = "\n" + "  " * depth
    line = end + "  "
    match term:
        case NamedNode():
            kind, value, more = "uri", quoted(term.value), ""
        case Literal():
            kind, value, more = "literal", quoted(term.value), _json_kind(term, quoted, line)
        case BlankNode():
            kind, value, more = "bnode", quoted(blanks[term.value]), ""
        case Triple():
            parts = zip(("subject", "predicate", "object"), term, strict=True)
            inner = ",".join(f'{line}  "{name}": {_json_term(part, blanks, quoted, depth + 2)}' for name, part in parts)
            kind, value, more = "triple", f"{{{inner}{line}}}", ""
    return f'{{{line}"type": "{kind}",{line}"value": {value}{more}{end}}}'


def _json_kind(literal: Literal, quoted: Callable[[str], str], line: str) -> str:
    """Write the language or the datatype of a literal, where it has one to be told."""
    if literal.language:
        return f',{line}"xml:lang": {quoted(literal.language)}'
    kind = literal.datatype.value
    return "" if kind == STRING else f',{line}"datatype": {quoted(kind)}'


# --- XML -------------------------------------------------------------------------------------------------------------


def xml(
    answer: Answer | Stream, further: str = "", cells: Iterable[Sequence[str]] = repeat(()), links: Sequence[str] = ()
) -> Iterator[str]:
    """Write SPARQL Query Results XML (second edition), row by row.

    `further` is one more variable, whose texts are the `cells` of the rows; `links` are IRIs of what belongs to the
    answer.

    Raises: `UsageError` for a character that XML cannot hold, when its row comes.
    """
    names = (*answer.variables, further) if further else answer.variables
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n  <head>\n'
    yield "".join(f'    <variable name="{escaping.xml(name)}"/>\n' for name in names)
    yield "".join(f'    <link href="{escaping.xml(link)}"/>\n' for link in links) + "  </head>\n"
    if answer.truth is None:
        yield "  <results>\n"
        yield from _xml_rows(answer, names, cells)
        yield "  </results>\n"
    else:
        yield f"  <boolean>{str(answer.truth).lower()}</boolean>\n"
    yield "</sparql>\n"


def _xml_rows(answer: Answer | Stream, names: Sequence[str], cells: Iterable[Sequence[str]]) -> Iterator[str]:
    blanks = blank_names()
    for row, cell in zip(answer, cells, strict=False):
        yield _xml_row(names, (*row, *map(Literal, cell)), blanks)


def _xml_row(names: Sequence[str], row: Sequence[Term | None], blanks: Mapping[str, str]) -> str:
    bound = [(name, term) for name, term in zip(names, row, strict=True) if term is not None]
    bindings = (
        f'      <binding name="{escaping.xml(name)}">{_xml_term(term, blanks)}</binding>\n' for name, term in bound
    )
    return f"    <result>\n{''.join(bindings)}    </result>\n"


def _xml_term(term: Term, blanks: Mapping[str, str]) -> str:
    match term:
        case NamedNode():
            return f"<uri>{escaping.xml(term.value)}</uri>"
        case BlankNode():
            return f"<bnode>{blanks[term.value]}</bnode>"
        case Literal():
            return f"<literal{_xml_kind(term)}>{_xml_text(term.value)}</literal>"
        case Triple():
            names = ("subject", "predicate", "object")
            parts = zip(names, map(_xml_term, term, [blanks] * 3), strict=True)
            return f"<triple>{''.join(f'<{name}>{part}</{name}>' for name, part in parts)}</triple>"


def _xml_text(text: str) -> str:
    """Write a text whose blanks at both ends survive parsers that trim, as that of pyoxigraph."""
    escaped = escaping.xml(text)
    inner = escaped.strip(" ")
    before = len(escaped) - len(escaped.lstrip(" "))
    return "&#32;" * before + inner + "&#32;" * (len(escaped) - before - len(inner))


def _xml_kind(literal: Literal) -> str:
    if literal.language:
        return f' xml:lang="{escaping.xml(literal.language)}"'
    kind = literal.datatype.value
    return "" if kind == STRING else f' datatype="{escaping.xml(kind)}"'


# --- CSV and TSV -----------------------------------------------------------------------------------------------------


def csv(answer: Answer | Stream) -> Iterator[str]:
    """Write SPARQL 1.1 Query Results CSV, row by row; nothing is done for spreadsheets.

    Raises: `UsageError` for a triple as a term.
    """
    yield ",".join(answer.variables) + "\r\n"
    blanks = blank_names()
    for row in answer:
        yield ",".join(_csv_cell(term, blanks) for term in row) + "\r\n"


def _csv_cell(term: Term | None, blanks: Mapping[str, str]) -> str:
    match term:
        case None:
            return ""
        case BlankNode():
            return f"_:{blanks[term.value]}"
        case Triple():
            raise UsageError("csv-triple-term")
    return '"' + term.value.replace('"', '""') + '"' if re.search('[",\r\n]', term.value) else term.value


def tsv(answer: Answer | Stream) -> Iterator[str]:
    """Write SPARQL 1.1 Query Results TSV, row by row."""
    yield "\t".join(f"?{name}" for name in answer.variables) + "\n"
    blanks = blank_names()
    for row in answer:
        yield "\t".join(_tsv_cell(term, blanks) for term in row) + "\n"


_BARE = {  # what TSV may write without quotes, as Turtle does
    PREFIXES["xsd"] + "boolean": re.compile("true|false"),
    PREFIXES["xsd"] + "integer": re.compile(r"[+-]?[0-9]+"),
    PREFIXES["xsd"] + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    PREFIXES["xsd"] + "double": re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
}


def _tsv_cell(term: Term | None, blanks: Mapping[str, str]) -> str:
    match term:
        case None:
            return ""
        case BlankNode():
            return f"_:{blanks[term.value]}"
        case Literal() if (bare := _BARE.get(term.datatype.value)) and bare.fullmatch(term.value):
            return term.value
    return str(term).replace("\t", "\\t")  # the engine writes a literal as Turtle does, but leaves a tab as it is
