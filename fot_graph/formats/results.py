"""Answers as text: aligned tables for people, CSV and TSV for spreadsheets and scripts, the W3C's forms for programs.

Tables speak the reader's language (labels, '28.433,60', '21 maart 2019'); the other forms keep plain numbers and ISO
dates. The same answer gives the same bytes everywhere. With quotes, every form also holds what each row rests on, and
what the form is without them stays as it is.
"""

from __future__ import annotations

from datetime import date
from itertools import repeat
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from fot_graph.core import media_types, tables
from fot_graph.core.errors import UsageError
from fot_graph.core.terms import MONEY, all_numbers, blank_names, plain_text, python_value, truth
from fot_graph.core.words import texts
from fot_graph.formats import sparql_results

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from fot_graph.core.terms import Term
    from fot_graph.evidence.answers import Answer, Stream
    from fot_graph.evidence.claims import Evidence
    from fot_graph.evidence.wording import Reader

STREAMED = ("csv", "tsv", "json", "xml")  # those that need not see all rows to write the first


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

    `format_` is one that holds rows, but for `xlsx`, which is no text (see `workbook`); `lang` is 'nl' or 'en'; `iris`
    shows IRIs where a label would stand; `width` is the number of columns of the terminal, None when there is none:
    then nothing wraps; `headings` stand over the columns of a table in place of the names of the variables; with
    `quotes` each row shows what it rests on, its smallest derivation or, with `every`, all of them. `json` and `xml`
    are the SPARQL 1.1 Query Results formats, `md` is GitHub Flavored Markdown.
    Raises UnknownNameError for another format, UsageError for an answer that is a graph (CONSTRUCT, DESCRIBE) and for
    a character that XML cannot hold.
    """
    check(answer.form, format_)
    evidence = answer.evidence(every=every) if quotes or every else None
    if format_ == "json":
        return "".join(sparql_results.json(answer, evidence, every=every))
    if format_ == "xml":
        return "".join(_xml(answer, lang, evidence))
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
        return sparql_results.json(answer) if format_ == "json" else sparql_results.xml(answer)
    return _lines(answer, format_, {} if iris else answer.labels(lang), lang)


def workbook(
    answer: Answer,
    lang: str,
    *,
    iris: bool = False,
    headings: Sequence[str] = (),
    quotes: bool = False,
    every: bool = False,
) -> bytes:
    """Give an answer as an Excel workbook, with numbers, truths and dates as such.

    The options are those of `render`; with `quotes` there is one more column. Raises what `render` and
    `spreadsheet.workbook` do.
    """
    check(answer.form, "xlsx")
    from fot_graph.formats import spreadsheet  # noqa: PLC0415  only this form pays for it

    labels, blanks = {} if iris else answer.labels(lang), blank_names()
    cells = _cells(answer.evidence(every=every) if quotes or every else None, labels, lang)
    further = [_column(answer.variables)] if quotes or every else []
    if answer.truth is not None:
        return spreadsheet.workbook(["answer", *further], [[answer.truth, *next(cells)]])
    rows = ([*(_cell(t, labels, blanks) for t in row), *cell] for row, cell in zip(answer, cells, strict=False))
    money = {place for place, unit in answer.units(answer.rows).items() if unit in MONEY}
    return spreadsheet.workbook([*(headings or _headings(answer)), *further], rows, money)


def _cell(term: Term | None, labels: Mapping[str, str], blanks: Mapping[str, str]) -> str | float | date | None:
    from fot_graph.formats.spreadsheet import keeps  # noqa: PLC0415  as above

    found = python_value(term, labels, blanks)
    if isinstance(term, Literal) and isinstance(found, int | float | date) and not keeps(found, term.value):
        return term.value
    return found


def check(form: str, format_: str) -> None:
    """Raise UnknownNameError or UsageError where `format_` cannot show answers of this form."""
    media_types.format_named(format_, media_types.ROWS)
    if form not in ("select", "ask"):
        known = [*media_types.formats_holding(media_types.GRAPH)]
        raise UsageError("gives-a-graph", form=form.upper(), format=format_, known=known)


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
    return tables.table(names, answer.texts(answer.rows, labels, lang), width=width, right=_right(answer), below=below)


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
        text = tables.markdown_table(names, answer.texts(answer.rows, labels, lang), _right(answer), last)
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
    rows = ([*(plain_text(t, labels, blanks) for t in row), *cell] for row, cell in zip(answer, cells, strict=False))
    return tables.lines(header, rows, format_)


def _cells(
    evidence: Sequence[Evidence] | None,
    labels: Mapping[str, str],
    lang: str,
    text: Callable[[str], str] = tables.one_line,
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


def _xml(answer: Answer, lang: str, evidence: Sequence[Evidence] | None) -> Iterator[str]:
    """Give XML, which has no place for more than variables: what rows rest on is one more of them.

    An ASK, which has none, links to each claim and to what it says (RFC 2397).
    """
    if not evidence:
        return sparql_results.xml(answer, "" if evidence is None else _column(answer.variables))
    cells = _cells(evidence, answer.labels(lang), lang)
    if answer.truth is None:
        return sparql_results.xml(answer, _column(answer.variables), cells)
    from urllib.parse import quote  # noqa: PLC0415  only this form pays for it

    said = f"data:text/plain;charset=utf-8,{quote(next(cells)[0])}"
    return sparql_results.xml(answer, links=[*(claim.iri for claim in evidence[0].claims), said])
