"""What a query gives: rows that are tuples and mappings in one, a truth value, or triples.

Terms stay as the engine gives them (pyoxigraph's NamedNode, Literal, BlankNode, Triple); nothing is converted until
someone asks for it, and what a row rests on is not looked for before either.
"""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from fot_graph.core import escaping, tables, terms
from fot_graph.core.errors import MissingLibraryError, UsageError
from fot_graph.core.namespaces import Namespaces
from fot_graph.core.words import texts
from fot_graph.stores.rows import NamedRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Self

    from pandas import DataFrame
    from pyoxigraph import Triple

    from fot_graph.core.terms import Term
    from fot_graph.core.words import Message
    from fot_graph.evidence.claims import Evidence

    Explain = Callable[["Answer", bool], list[Evidence]]
    FindUnits = Callable[[Sequence[Sequence[Term | None]]], Mapping[tuple[int, int], str]]  # as units.units_in_rows

_PACKAGED = Namespaces()
_INT64 = 2**63
_SHOWN_ROWS = 100  # of a longer answer a notebook shows the beginning
_BLOCK = 100  # rows whose evidence is looked for together when one of them is asked for it


class Row(NamedRow):
    """One row of an answer to SELECT: a tuple whose values also go by the names of the variables (see `NamedRow`).

    A variable that is named `evidence` is read as `row["evidence"]`.
    """

    _answer: Answer | None
    _number: int  # among the rows of the answer

    def __new__(
        cls, values: Iterable[Term | None], variables: tuple[str, ...], answer: Answer | None = None, number: int = 0
    ) -> Self:
        """Take the values, in the order of the variables, and the answer that it is a row of."""
        row = super().__new__(cls, values, variables)
        row._answer, row._number = answer, number
        return row

    def __reduce__(self) -> tuple[type[Row], tuple[tuple[Term | None, ...], tuple[str, ...]]]:
        return Row, (tuple(self), self.variables)  # without the answer, which leads to the whole graph

    @property
    def evidence(self) -> Evidence:
        """The claims that yield this row, with their quotes; looked for when it is first asked for.

        Raises: `UsageError` for a row that is no longer part of an answer to a query.
        """
        if self._answer is None:
            raise UsageError("row-without-query")
        return self._answer.evidence_at(self._number)


def _no_labels(_: str) -> Mapping[str, str]:
    return {}


def _no_units(_: Sequence[Sequence[Term | None]]) -> Mapping[tuple[int, int], str]:
    return {}


def _no_evidence(_: Answer, every: bool) -> list[Evidence]:  # noqa: ARG001, FBT001  as `Explain`
    raise UsageError("answer-without-query")


class Answer:
    """What a query gives, by its form: rows for 'select', a truth for 'ask', triples for 'construct' and 'describe'.

    `variables` are named without question mark, in the order of the query. An answer is also the sequence of its rows
    or triples, and as true as the truth of an ASK: `for row in answer`, `len(answer)`, `if answer`. `labels` gives the
    names of things in a language (as `Graph.labels`); `shorten` gives the CURIE of an IRI.
    """

    warn: Callable[[], list[Message]] = list  # what `warnings` says
    units: FindUnits = staticmethod(_no_units)

    def __init__(  # noqa: PLR0913, PLR0917  each is one word of what an answer is
        self,
        form: str,
        variables: tuple[str, ...] = (),
        rows: Iterable[Iterable[Term | None]] = (),
        truth: bool | None = None,  # noqa: FBT001
        triples: Sequence[Triple] = (),
        labels: Callable[[str], Mapping[str, str]] = _no_labels,
        explain: Explain = _no_evidence,
        shorten: Callable[[str], str] = _PACKAGED.shorten,
    ) -> None:
        self.form, self.variables, self.truth, self.triples = form, variables, truth, triples
        self.rows: Sequence[Row] = ()
        if form == "select":
            self.rows = [Row(values, variables, self, number) for number, values in enumerate(rows)]
        self.labels, self.explain, self.shorten = labels, explain, shorten
        self._evidence: dict[bool, list[Evidence]] = {}
        self._blocks: dict[int, list[Evidence]] = {}

    def __iter__(self) -> Iterator[Any]:  # Row or Triple: the reader knows which by the query
        return iter(self._items())

    def __len__(self) -> int:
        return len(self._items())

    def __bool__(self) -> bool:
        return bool(self._items()) if self.truth is None else self.truth

    def __repr__(self) -> str:
        counted = f"{len(self.rows)} rows of {', '.join(self.variables)}" if self.form == "select" else ""
        found = str(self.truth) if self.form == "ask" else f"{len(self.triples)} triples"
        return f"<Answer: {counted or found}>"

    @cached_property
    def warnings(self) -> list[Message]:
        """What may be wrong with the query: terms of which the graph says nothing, so that they find nothing.

        Each is told by `worded`, in 'nl' or 'en'. A notebook shows them above the answer.
        """
        return self.warn()

    def evidence(self, *, every: bool = False) -> list[Evidence]:
        """Give what the answer rests on: one for each row or triple, in their order; exactly one for an ASK.

        Each is the smallest derivation, or all derivations with `every`. It is looked for once, and kept.
        Raises: `UsageError` for a query beyond SPARQL 1.1.
        """
        if every not in self._evidence:
            self._evidence[every] = self.explain(self, every)
        return self._evidence[every]

    def evidence_at(self, place: int) -> Evidence:
        """Give what the row at a place rests on: of identical rows each has its own derivation."""
        if False in self._evidence:
            return self._evidence[False][place]
        block = place // _BLOCK
        if block not in self._blocks:
            self._blocks[block] = self._explained(block * _BLOCK)
        return self._blocks[block][place % _BLOCK]

    def _explained(self, first: int) -> list[Evidence]:
        """Find what some rows rest on, after rows before them that are identical and take their derivations first."""
        rows = self.rows[first : first + _BLOCK]
        among = set(rows)
        twins = [row for row in self.rows[:first] if row in among]
        part = Answer(self.form, self.variables, [*twins, *rows], labels=self.labels, shorten=self.shorten)
        return self.explain(part, False)[len(twins) :]  # noqa: FBT003  as `Explain`

    def to_dataframe(self, lang: str = "en", *, iris: bool = False, evidence: bool = False) -> DataFrame:
        """Give the rows as a pandas DataFrame: things by their label in `lang`, or by their IRI.

        A column of whole numbers is `Int64` and one of truths `boolean`, which may lack values; a date is a `date`.
        With `evidence` one more column holds what each row rests on, as CSV has it.
        Raises: `UsageError` when there are no rows (ASK, CONSTRUCT, DESCRIBE), `MissingLibraryError` without pandas.
        """
        if self.form != "select":
            raise UsageError("no-rows-for-dataframe", form=self.form.upper())
        try:
            from pandas import DataFrame  # noqa: PLC0415  optional, and heavy
        except ImportError:
            raise MissingLibraryError("dataframe-needs", "pandas") from None
        labels, blanks = {} if iris else self.labels(lang), terms.blank_names()
        rows: list[list[Any]] = [[terms.python_value(term, labels, blanks) for term in row] for row in self.rows]
        frame = DataFrame(rows, columns=list(self.variables), dtype=object)
        for name, values in zip(self.variables, zip(*rows, strict=True), strict=False):
            frame[name] = frame[name].astype(_kind_of_column(values))
        if evidence:
            from fot_graph.evidence.wording import Reader, column  # noqa: PLC0415  only quotes pay for it

            frame[column(self.variables)] = [*map(Reader(labels, lang, name=str).cell, self.evidence())]
        return frame

    def texts(self, rows: Sequence[Row] | Sequence[Triple], labels: Mapping[str, str], lang: str) -> list[list[str]]:
        """Give the cells of some of its rows or triples as people read them in a language."""
        cells = [[*row] for row in rows]
        units, blanks = self.units(cells), terms.blank_names()
        return [
            [
                terms.display_text(term, labels, blanks, lang, self.shorten, units.get((row, column), ""))
                for column, term in enumerate(values)
            ]
            for row, values in enumerate(cells)
        ]

    def with_quotes(self, lang: str = "en") -> WithQuotes:
        """Give what a notebook shows as the answer with the quotes that each row rests on, in 'nl' or 'en'."""
        return WithQuotes(self, lang)

    def _items(self) -> Sequence[Row] | Sequence[Triple]:
        return self.rows if self.form == "select" else self.triples

    def _repr_html_(self) -> str:
        """Show the answer in a notebook, things by their English label."""
        return self._html("en")

    def _html(self, lang: str, quotes: Callable[[int], str] | None = None) -> str:
        """Give the beginning as an HTML table; `quotes` gives what stands below a row, by its place."""
        warned = "".join(f"<p>⚠ {escaping.html(warning.worded(lang))}</p>\n" for warning in self.warnings)
        if self.truth is not None:
            return f"{warned}<p>{terms.truth(lang, value=self.truth)}</p>\n" + (quotes(0) if quotes else "")
        header = self.variables or ("subject", "predicate", "object")
        rows = self.texts(self._items()[:_SHOWN_ROWS], self.labels(lang), lang)
        more = texts("answers", lang)["more"].format(len(self) - len(rows))
        left = f"<p>{more}</p>\n" if len(self) > len(rows) else ""
        below = [quotes(place) for place in range(len(rows))] if quotes else ()
        return warned + tables.html([name.replace("_", " ") for name in header], rows, below) + left


class WithQuotes:
    """An answer as a notebook shows it: below each row the quotes that it rests on, of the smallest derivation."""

    def __init__(self, answer: Answer, lang: str) -> None:
        self.answer, self.lang = answer, lang

    def _repr_html_(self) -> str:
        from fot_graph.evidence.wording import Reader  # noqa: PLC0415  only quotes pay for it

        answer = self.answer
        reader = Reader(answer.labels(self.lang), self.lang, answer.shorten, text=escaping.html)
        evidence = answer.evidence()

        def below(place: int) -> str:
            lines = reader.lines(evidence[place])
            return "".join(f'<p style="margin: 0 0 0 {2 + 2 * line.depth}em">{line.text}</p>\n' for line in lines)

        return answer._html(self.lang, below)  # noqa: SLF001  of the same module


class Stream:
    """An answer that is read once, as the engine finds it, so that the longest one needs no memory.

    `form`, `variables`, `truth`, `labels` and `shorten` are those of `Answer`; iterating gives the rows, or the
    triples. With a `limit` (0: none) it ends after so many, and then `cut` tells whether there were more. `is_empty`
    tells that nothing was found so far.
    """

    warn: Callable[[], list[Message]] = list  # as in Answer
    units: FindUnits = staticmethod(_no_units)

    def __init__(  # noqa: PLR0913, PLR0917  as Answer
        self,
        form: str,
        variables: tuple[str, ...] = (),
        found: Iterable[Any] = (),
        truth: bool | None = None,  # noqa: FBT001
        labels: Callable[[str], Mapping[str, str]] = _no_labels,
        explain: Explain = _no_evidence,
        shorten: Callable[[str], str] = _PACKAGED.shorten,
    ) -> None:
        self.form, self.variables, self.truth, self.labels = form, variables, truth, labels
        self.shorten = shorten
        self.limit, self.cut = 0, False
        self.is_empty = not truth
        self._explain = explain
        self._found = iter(found)

    def __iter__(self) -> Iterator[Any]:  # Row or Triple, as in Answer
        found = self._read()
        return (Row(values, self.variables) for values in found) if self.form == "select" else found

    def _read(self) -> Iterator[Any]:
        found = islice(self._found, self.limit or None)
        for first in found:
            self.is_empty = False
            yield first
            yield from found
        self.cut = bool(self.limit) and next(self._found, None) is not None

    def answer(self) -> Answer:
        """Read it to its end, or to the limit, and keep it."""
        found = list(self._read())
        rows, triples = (found, ()) if self.form == "select" else ((), found)
        kept = Answer(self.form, self.variables, rows, self.truth, triples, self.labels, self._explain, self.shorten)
        kept.warn, kept.units = self.warn, self.units
        return kept


def _kind_of_column(values: Iterable[object]) -> str:
    """Give the kind of a column of a DataFrame: one that may lack values, where the values have one."""
    known = [value for value in values if value is not None]
    kinds = {type(value) for value in known}
    if kinds == {bool}:
        return "boolean"
    if kinds == {int} and all(-_INT64 <= value < _INT64 for value in known if isinstance(value, int)):
        return "Int64"
    return "float64" if kinds in ({float}, {int, float}) else "object"
