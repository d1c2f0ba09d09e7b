"""Rows of a SELECT: asked of any store, about many things with few queries, and read by the names of the variables."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, SupportsIndex, TypeVar, overload

from pyoxigraph import NamedNode, Triple

from fot_graph.core.errors import UnknownVariableError
from fot_graph.core.namespaces import prefixes_used_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Self

    from pyoxigraph import Quad

    from fot_graph.core.terms import GraphName, Solution, Subject, Term

Item = TypeVar("Item")
_AT_ONCE = 200  # things that one query asks about


class Queryable(Protocol):
    """What answers a query: a store of Oxigraph, or a server (`endpoint.Endpoint`). Its default graph is the union."""

    def query(self, query: str, *, prefixes: dict[str, str]) -> Any:  # noqa: ANN401  it depends on the form of the query
        """Give the solutions of a SELECT, the truth of an ASK, or triples; see `pyoxigraph.Store.query`."""

    def quads_for_pattern(
        self,
        subject: Subject | None,
        predicate: NamedNode | None,
        object_: Term | None,
        name: GraphName | None = None,
        /,
    ) -> Iterator[Quad]:
        """Give the quads that match; None matches anything."""

    def contains_named_graph(self, graph: NamedNode, /) -> bool:
        """Tell whether there is a named graph of this name."""


class NamedRow(tuple["Term | None", ...]):
    """A row whose values are read by place or by name: `row.finding`, `row["finding"]` and `row[0]` are the same.

    `dict(row)` and `**row` work. An unbound variable is None. A variable that is named like a method of tuples
    (`count`, `index`) is read as `row["count"]`.

    Raises: `UnknownVariableError`, which is a `KeyError` and an `AttributeError`, for another name.
    """

    variables: tuple[str, ...] = ()

    def __new__(cls, values: Iterable[Term | None], variables: tuple[str, ...]) -> Self:
        """Take the values, in the order of the variables."""
        row = super().__new__(cls, values)
        row.variables = variables
        return row

    @overload
    def __getitem__(self, key: SupportsIndex | str) -> Term | None: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Term | None, ...]: ...
    def __getitem__(self, key: SupportsIndex | slice | str) -> Term | tuple[Term | None, ...] | None:
        return super().__getitem__(self._position(key) if isinstance(key, str) else key)

    def __getattr__(self, name: str) -> Term | None:
        return self[name]

    def __reduce__(self) -> tuple[type[NamedRow], tuple[tuple[Term | None, ...], tuple[str, ...]]]:
        return NamedRow, (tuple(self), self.variables)

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

    def _position(self, name: str) -> int:
        try:
            return self.variables.index(name)
        except ValueError:
            raise UnknownVariableError("variable", name, self.variables) from None


def select(store: Queryable, query: str, about: Iterable[str | Term] = ()) -> Iterator[Solution]:
    """Run a SELECT of our own, whose prefixes need not be declared.

    `{about}` in the query stands for these things (an IRI as a text, a term, or a triple for three variables), as many
    as one query may ask about at a time, so that many things cost few queries. Where there are none, nothing is asked.

    >>> from pyoxigraph import Store
    >>> [row["x"].value for row in select(Store(), "SELECT ?x { VALUES ?x { {about} } }", ["urn:a", "urn:b"])]
    ['urn:a', 'urn:b']
    """
    if "{about}" not in query:
        yield from store.query(query, prefixes=prefixes_used_in(query))
        return
    for some in chunks(dict.fromkeys(about)):
        asked = query.replace("{about}", " ".join(map(_written, some)))
        yield from store.query(asked, prefixes=prefixes_used_in(query))


def chunks(items: Iterable[Item], size: int = _AT_ONCE) -> Iterator[list[Item]]:
    """Cut what comes into lists of a size, as it comes: by itself, one that a query can ask about.

    >>> list(chunks("abc", 2))
    [['a', 'b'], ['c']]
    """
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def _written(thing: str | Term) -> str:
    """Write a thing as VALUES has it."""
    if isinstance(thing, Triple):
        return f"({thing.subject} {thing.predicate} {thing.object})"
    return str(NamedNode(thing) if isinstance(thing, str) else thing)
