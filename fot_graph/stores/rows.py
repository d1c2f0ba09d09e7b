"""One row of what a query finds: a tuple whose values also go by the names of the variables."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, SupportsIndex, overload

from fot_graph.core.errors import UnknownVariableError

if TYPE_CHECKING:
    from fot_graph.core.terms import Term


class NamedRow(tuple["Term | None", ...]):
    """A row whose values are read by place or by name: `row.finding`, `row["finding"]` and `row[0]` are the same.

    `dict(row)` and `**row` work. An unbound variable is None. A variable that is named like a method of tuples
    (`count`, `index`) is read as `row["count"]`.

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
def named_row(variables: tuple[str, ...]) -> type[NamedRow]:
    """Give the class of the rows of a query: it holds their names once, so that a row costs no more than a tuple."""
    return type("NamedRow", (NamedRow,), {"__slots__": (), "variables": variables})
