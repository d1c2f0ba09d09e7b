"""What a query gives: rows that are tuples and mappings in one, a truth value, or triples.

Terms stay as the engine gives them (pyoxigraph's NamedNode, Literal, BlankNode, Triple); nothing is converted until
someone asks for it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, SupportsIndex, overload

from fot_graph import tables, terms
from fot_graph.errors import MissingLibraryError, UnknownVariableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pandas import DataFrame
    from pyoxigraph import BlankNode, Literal, NamedNode, Triple

    Term = NamedNode | BlankNode | Literal | Triple

_SHOWN_ROWS = 100  # of a longer answer a notebook shows the beginning


class Row(tuple["Term | None", ...]):
    """One row of an answer to SELECT: a tuple whose values also go by the names of the variables.

    `row.finding`, `row["finding"]` and `row[0]` are the same; `dict(row)` and `**row` work. An unbound variable is
    None. A variable that is named like a method of tuples (`count`, `index`) is read as `row["count"]`.

    Raises: `UnknownVariableError`, which is a `KeyError` and an `AttributeError`, for another name.
    """

    __slots__ = ()
    variables: ClassVar[tuple[str, ...]] = ()

    @overload
    def __getitem__(self, key: SupportsIndex | str) -> Term | None: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Term | None, ...]: ...
    def __getitem__(self, key: SupportsIndex | slice | str) -> Term | tuple[Term | None, ...] | None:
        return super().__getitem__(self._place(key) if isinstance(key, str) else key)

    def __getattr__(self, name: str) -> Term | None:
        return self[name]

    def __reduce__(self) -> tuple[Callable[..., Row], tuple[tuple[str, ...], tuple[Term | None, ...]]]:
        return _row, (self.variables, tuple(self))  # the class is made on the fly, and pickle could not name it

    def keys(self) -> tuple[str, ...]:
        """Give the names of the variables."""
        return self.variables

    def get(self, name: str, default: Term | None = None) -> Term | None:
        """Give the value of a variable, or the default where there is no such variable or it is unbound."""
        found = self[name] if name in self.variables else None
        return default if found is None else found

    def asdict(self) -> dict[str, Term | None]:
        """Give the values by the names of the variables."""
        return dict(zip(self.variables, self, strict=True))

    def _place(self, name: str) -> int:
        try:
            return self.variables.index(name)
        except ValueError:
            raise UnknownVariableError("variable", name, self.variables) from None


@lru_cache
def row_type(variables: tuple[str, ...]) -> type[Row]:
    """Give the class of the rows of a query: it holds their names once, so that a row costs no more than a tuple."""
    return type("Row", (Row,), {"__slots__": (), "variables": variables})


def _row(variables: tuple[str, ...], values: tuple[Term | None, ...]) -> Row:
    return row_type(variables)(values)


def _no_labels(_: str) -> Mapping[str, str]:
    return {}


class Answer:
    """What a query gives, by its form: rows for 'select', a truth for 'ask', triples for 'construct' and 'describe'.

    `variables` are named without question mark, in the order of the query. An answer is also the sequence of its rows
    or triples, and as true as the truth of an ASK: `for row in answer`, `len(answer)`, `if answer`. `labels` gives the
    names of things in a language (as `Graph.labels`).
    """

    def __init__(
        self,
        form: str,
        variables: tuple[str, ...] = (),
        rows: Sequence[Row] = (),
        truth: bool | None = None,  # noqa: FBT001
        triples: Sequence[Triple] = (),
        labels: Callable[[str], Mapping[str, str]] = _no_labels,
    ) -> None:
        self.form, self.variables, self.rows, self.truth, self.triples = form, variables, rows, truth, triples
        self.labels = labels

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

    def to_dataframe(self, lang: str = "en", *, iris: bool = False) -> DataFrame:
        """Give the rows as a pandas DataFrame: numbers as numbers, things by their label in `lang`, or by their IRI.

        Raises: `UsageError` when there are no rows (ASK, CONSTRUCT, DESCRIBE), `MissingLibraryError` without pandas.
        """
        if self.form != "select":
            raise UsageError(f"{self.form.upper()} gives no rows for a DataFrame", "ask with SELECT")
        try:
            from pandas import DataFrame  # noqa: PLC0415  optional, and heavy
        except ImportError:
            raise MissingLibraryError("a DataFrame", "pandas") from None
        labels, blanks = {} if iris else self.labels(lang), terms.blank_names()
        rows: list[list[Any]] = [[terms.value(term, labels, blanks) for term in row] for row in self.rows]
        return DataFrame(rows, columns=list(self.variables))

    def _items(self) -> Sequence[Row] | Sequence[Triple]:
        return self.rows if self.form == "select" else self.triples

    def _repr_html_(self) -> str:
        """Show the answer in a notebook, things by their English label."""
        if self.truth is not None:
            return f"<p>{terms.TRUTH['en'][self.truth]}</p>\n"
        labels, blanks = self.labels("en"), terms.blank_names()
        header = self.variables or ("subject", "predicate", "object")
        first: Sequence[Iterable[Term | None]] = self._items()[:_SHOWN_ROWS]
        rows = [[terms.shown(term, labels, blanks, "en") for term in row] for row in first]
        left = f"<p>{len(self) - len(rows)} more</p>\n" if len(self) > len(rows) else ""
        return tables.html([name.replace("_", " ") for name in header], rows) + left
