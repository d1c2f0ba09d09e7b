"""Answers as text: aligned tables for people, CSV and TSV for spreadsheets and scripts, the W3C's forms for programs.

Tables speak the reader's language (labels, '28.433,60', '21 maart 2019'); the other forms keep plain numbers and ISO
dates. The same answer gives the same bytes everywhere. With quotes, every form also holds what each row rests on, and
what the form is without them stays as it is.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from fot_graph.core import tables
from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.core.escaping import xml
from fot_graph.core.terms import STRING, all_numbers, blank_names, lexical, plain, shown, truth
from fot_graph.core.words import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from fot_graph.core.terms import Term
    from fot_graph.evidence.answers import Answer, Stream
    from fot_graph.evidence.claims import Evidence
    from fot_graph.evidence.wording import Reader


FORMATS = ("table", "csv", "tsv", "json", "xml", "md")
STREAMED = ("csv", "tsv", "json", "xml")  # those that need not see all rows to write the first
GRAPH_FORMATS = ("ttl", "trig", "nt", "nq", "jsonld")  # of CONSTRUCT and DESCRIBE; `export` writes them


def render(  # noqa: PLR0913  each of them is an option of the command line
    answer: Answer,
    format_: str,
    lang: str,
    *,
    iris: bool = False,
    width: int | None = None,
    headings: Sequence[str] = (),
    quotes: bool = False,
    every: bool = False,
) -> str:
    """Give an answer to SELECT or ASK as text that ends in a line feed.

    `format_` is one of `FORMATS`, `lang` is 'nl' or 'en'; `iris` shows IRIs where a label would stand; `width` is the
    number of columns of the terminal, None when there is none: then nothing wraps; `headings` stand over the columns of
    a table in place of the names of the variables; with `quotes` each row shows what it rests on, its smallest
    derivation or, with `every`, all of them. `json` and `xml` are the SPARQL 1.1 Query Results formats, `md` is
    GitHub Flavored Markdown.
    Raises UnknownNameError for another format, UsageError for an answer that is a graph (CONSTRUCT, DESCRIBE) and for
    a character that XML cannot hold.
    """
    check(answer.form, format_)
    evidence = answer.evidence(every=every) if quotes or every else None
    if format_ in ("json", "xml"):
        return "".join(_json(answer, evidence, every=every) if format_ == "json" else _xml(answer, lang, evidence))
    labels = {} if iris else answer.labels(lang)
    if format_ in ("csv", "tsv"):
        return "".join(_lines(answer, format_, labels, lang, evidence))
    if format_ == "md":
        return _markdown(answer, labels, lang, headings, evidence)
    return _table(answer, labels, lang, headings, width, evidence)


def stream(answer: Stream, format_: str, lang: str, *, iris: bool = False) -> Iterator[str]:
    """Give an answer in one of the `STREAMED` formats, row by row as they come; together they are what `render` gives.

    Raises what `render` does, for a character that XML cannot hold when its row comes.
    """
    check(answer.form, format_)
    if format_ in ("json", "xml"):
        return _json(answer) if format_ == "json" else _xml(answer, lang)
    return _lines(answer, format_, {} if iris else answer.labels(lang), lang)


def check(form: str, format_: str) -> None:
    """Raise UnknownNameError or UsageError where `format_` cannot show answers of this form."""
    if format_ not in FORMATS:
        raise UnknownNameError("format", format_, FORMATS)
    if form not in ("select", "ask"):
        raise UsageError("gives-a-graph", form=form.upper(), format=format_, known=[*GRAPH_FORMATS])


# --- For people ------------------------------------------------------------------------------------------------------


def _table(
    answer: Answer,
    labels: Mapping[str, str],
    lang: str,
    headings: Sequence[str],
    width: int | None,
    evidence: Sequence[Evidence] | None,
) -> str:
    below: list[str] = []
    if evidence is not None:
        from fot_graph.evidence.wording import Reader, laid_out  # noqa: PLC0415  only quotes pay for it

        reader = Reader(labels, lang, answer.shorten)
        below = [laid_out(reader.lines(each), width, indent=4) for each in evidence]
    if answer.truth is not None:
        return "\n".join([truth(lang, value=answer.truth), *below]) + "\n"
    if not answer.rows:
        return texts("answers", lang)["no-rows"] + "\n"
    names = headings or _headings(answer)
    return tables.table(names, _shown(answer, labels, lang), width=width, right=_right(answer), below=below)


def _markdown(
    answer: Answer,
    labels: Mapping[str, str],
    lang: str,
    headings: Sequence[str],
    evidence: Sequence[Evidence] | None,
) -> str:
    """Write a table whose last column, with quotes, refers to footnotes, one a claim for all rows."""
    references: list[str] = []
    notes: dict[str, str] = {}
    if evidence is not None:
        from fot_graph.evidence.wording import Reader  # noqa: PLC0415  as above

        reader = Reader(labels, lang, answer.shorten, text=tables.markdown)
        references = [_references(each, reader, notes) for each in evidence]
    written = "".join(f"[^{number}]: {note}\n" for number, note in enumerate(notes.values(), start=1))
    if answer.truth is not None:
        text = " ".join([truth(lang, value=answer.truth), *references]) + "\n"
    elif not answer.rows:
        return texts("answers", lang)["no-rows"] + "\n"
    else:
        last = [texts("answers", lang)["evidence"], *references] if references else ()
        names = headings or _headings(answer)
        text = tables.markdown_table(names, _shown(answer, labels, lang), _right(answer), last)
    return f"{text}\n{written}" if written else text


def _references(evidence: Evidence, reader: Reader, notes: dict[str, str]) -> str:
    """Refer to the footnotes of claims, which are added to `notes` where they are missing."""
    ways = []
    for derivation in evidence.derivations:
        for claim in derivation:
            notes.setdefault(claim.iri, " ".join(line.text for line in reader.claim(claim)))
        numbers = list(notes)
        ways.append("".join(f"[^{numbers.index(claim.iri) + 1}]" for claim in derivation))
    return "; ".join(filter(None, [f" {reader.word('or')} ".join(filter(None, ways)), *reader.notes(evidence)]))


def _headings(answer: Answer) -> list[str]:
    return [name.replace("_", " ") for name in answer.variables]


def _right(answer: Answer) -> list[int]:
    return [place for place, column in enumerate(zip(*answer.rows, strict=True)) if all_numbers(column)]


def _shown(answer: Answer, labels: Mapping[str, str], lang: str) -> list[list[str]]:
    blanks = blank_names()
    return [[shown(term, labels, blanks, lang, answer.shorten) for term in row] for row in answer.rows]


# --- For spreadsheets and scripts ------------------------------------------------------------------------------------


def _lines(
    answer: Answer | Stream,
    format_: str,
    labels: Mapping[str, str],
    lang: str,
    evidence: Sequence[Evidence] | None = None,
) -> Iterator[str]:
    """Give the lines of CSV or TSV; with evidence they have one more column."""
    if answer.truth is not None and evidence is None:
        return iter([f"{str(answer.truth).lower()}\n"])
    blanks = blank_names()
    cells = _cells(evidence, labels, lang)
    if answer.truth is not None:
        return tables.lines(["answer", "evidence"], [[str(answer.truth).lower(), *next(cells)]], format_)
    header = answer.variables if evidence is None else (*answer.variables, _column(answer.variables))
    rows = ([*(plain(t, labels, blanks) for t in row), *cell] for row, cell in zip(answer, cells, strict=False))
    return tables.lines(header, rows, format_)


def _cells(
    evidence: Sequence[Evidence] | None,
    labels: Mapping[str, str],
    lang: str,
    text: Callable[[str], str] = tables.folded,
) -> Iterator[tuple[str, ...]]:
    """Give for each row the cells that say what it rests on: one, or none without evidence."""
    if evidence is None:
        return repeat(())
    from fot_graph.evidence.wording import Reader  # noqa: PLC0415  as above

    reader = Reader(labels, lang, name=str, text=text)
    return ((reader.cell(each),) for each in evidence)


def _column(names: Sequence[str]) -> str:
    from fot_graph.evidence.wording import column  # noqa: PLC0415  as above

    return column(names)


# --- JSON ------------------------------------------------------------------------------------------------------------


def _json(answer: Answer | Stream, evidence: Sequence[Evidence] | None = None, *, every: bool = False) -> Iterator[str]:
    """Write SPARQL 1.1 Query Results JSON; what rows rest on stands in members of its own.

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
            kind, value, more = "literal", quoted(lexical(term)), _json_kind(term, quoted, line)
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


def _xml(answer: Answer | Stream, lang: str, evidence: Sequence[Evidence] | None = None) -> Iterator[str]:
    """Write SPARQL Query Results XML (second edition).

    It has no place for more than variables, so with quotes there is one more of them; an ASK, which has none, links
    to each claim and to what it says (RFC 2397).
    """
    names = answer.variables
    cells = _cells(evidence, answer.labels(lang) if evidence is not None else {}, lang)
    further = [_column(names)] if evidence is not None and answer.truth is None else []
    links = _links(evidence[0], next(cells)[0]) if evidence and answer.truth is not None else []
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n  <head>\n'
    yield "".join(f'    <variable name="{xml(name)}"/>\n' for name in (*names, *further))
    yield "".join(f'    <link href="{xml(link)}"/>\n' for link in links) + "  </head>\n"
    if answer.truth is None:
        yield "  <results>\n"
        yield from _xml_rows(answer, further, cells)
        yield "  </results>\n"
    else:
        yield f"  <boolean>{str(answer.truth).lower()}</boolean>\n"
    yield "</sparql>\n"


def _links(evidence: Evidence, cell: str) -> list[str]:
    from urllib.parse import quote  # noqa: PLC0415  only this form pays for it

    return [*(claim.iri for claim in evidence.claims), f"data:text/plain;charset=utf-8,{quote(cell)}"]


def _xml_rows(answer: Answer | Stream, further: Sequence[str], cells: Iterable[tuple[str, ...]]) -> Iterator[str]:
    blanks = blank_names()
    names = (*answer.variables, *further)
    for row, cell in zip(answer, cells, strict=False):
        yield _xml_row(names, (*row, *map(Literal, cell)), blanks)


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
