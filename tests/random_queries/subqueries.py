"""Queries in the query, and aggregates (SPARQL 1.1 Query, 11 and 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from random_queries.data import Scope, is_numeric, variables
from random_queries.patterns import Patterns

if TYPE_CHECKING:
    from collections.abc import Sequence

_AGGREGATES = ("COUNT(*)", "COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT")


class SubQueries(Patterns):
    """Writes queries in the query, with values that may be unbound, slices and groups."""

    def subselect(self, scope: Scope, depth: int) -> str:
        """Write a sub-query that shares some variables; others of its own may have the names of those outside."""
        if self.open_graphs:  # the engine answers it wrongly there, so it is refused
            return self.triples(scope)
        shared = self.some([name for name, term in scope.known.items() if term in scope.data.at], 0, 2)
        inner = Scope(scope.data, {name: scope.known[name] for name in shared}, [], set(shared))
        inner.often = scope.often
        where = self.group(inner, depth - 1)
        if self.may(40):
            where = self.loosened(inner, where, depth)
        shared = [name for name in shared if name in variables(where)]
        if self.may(30):
            return self.use("sub-query", f"{{ {self.counting(scope, inner, shared, where)} }}")
        own = [name for name in inner.names if name not in scope.taken]
        shown = [*shared, *self.some(own, 0 if shared else 1, 2)]
        if not shown or self.may(15):
            shown += [f"({self.expression(inner)} AS {scope.fresh(inner.taken)})"]
        self.share(scope, inner, shown)
        return self.use("sub-query", f"{{ {self.shown(shown, where)} }}")

    def loosened(self, inner: Scope, where: str, depth: int) -> str:
        """Add to a sub-query what leaves variables unbound in some of its rows."""
        element = self.choice((self.optional, self.union, self.bind, self.values, self.without))
        return self.held(inner, where, element, max(1, depth - 1))

    def share(self, scope: Scope, inner: Scope, shown: Sequence[str]) -> None:
        """Let the query around a sub-query use the variables that it shows."""
        scope.known |= {name: inner.known[name] for name in shown if name in inner.known}
        unsure = [name for name in shown if name in inner.maybe]
        if unsure:
            self.used.add("sub-query with a value that may be unbound")
        scope.maybe += [name for name in unsure if name not in scope.names]
        scope.taken.update(name for name in shown if name[0] == "?")

    def shown(self, shown: list[str], where: str) -> str:
        kinds = ["", "", self.choice(("DISTINCT ", "REDUCED "))]
        kind = self.choice(kinds)
        if kind:
            self.used.add(f"{kind.strip()} in a sub-query")
        names = [column.rpartition(" AS ")[2].rstrip(")") for column in shown]
        end = f" {self.use('slice in a sub-query', self.slice(names))}" if self.may(25) else ""
        columns = " ".join(shown)
        if variables(where) == set(shown) and self.may(50):
            columns = self.use("SELECT * in a sub-query", "*")
        return f"SELECT {kind}{columns} WHERE {{ {where} }}{end}"

    def slice(self, names: Sequence[str]) -> str:
        """Write an order that leaves no choice among different rows, and which of them to take."""
        keys = " ".join(f"STR({name}) LANG({name}) DATATYPE({name})" for name in names)
        offset = self.use("OFFSET", f" OFFSET {self.random.randint(0, 2)}") if self.may(45) else ""
        limit = self.use("LIMIT", f" LIMIT {self.random.randint(1, 9)}") if not offset or self.may(70) else ""
        return self.use("ORDER BY", f"ORDER BY {keys}{limit}{offset}")

    def counting(self, scope: Scope, inner: Scope, keys: list[str], where: str) -> str:
        """Write a sub-query that counts."""
        numbers = [scope.fresh(inner.taken) for _ in range(self.choice((1, 1, 2)))]
        aggregates = [f"({self.aggregated(inner, within=True)} AS {number})" for number in numbers]
        self.used.add("aggregate in a sub-query")
        scope.maybe += numbers
        having = f" HAVING({self.having(inner, keys)})" if self.may(20) else ""
        by = f" GROUP BY {' '.join(keys)}" if keys else ""
        columns = " ".join([*keys, *aggregates])
        end = f" {self.use('slice in a sub-query', self.slice([*keys, *numbers]))}" if self.may(10) else ""
        return f"SELECT {columns} WHERE {{ {where} }}{by}{having}{end}"

    def counted(self, scope: Scope, depth: int) -> tuple[str, str]:
        """Write a sub-query that counts by a key, as a group to count again, and its number."""
        inner = Scope(scope.data, {}, [], set())
        where = self.group(inner, depth - 1)
        keys = self.some(inner.names, 1, 2)
        scope.taken |= inner.taken
        number = scope.fresh()
        by = f"GROUP BY {' '.join(keys)}" if keys else ""
        text = f"SELECT {' '.join(keys)} ({self.aggregated(inner, within=True)} AS {number}) WHERE {{ {where} }} {by}"
        scope.known |= {name: inner.known[name] for name in keys if name in inner.known}
        scope.maybe += [number, *(name for name in keys if name not in inner.known)]
        return self.use("count of counts", f"{{ {text} }}"), number

    # --- Aggregates -------------------------------------------------------------------------------------------------

    def aggregated(self, scope: Scope, name: str = "", *, within: bool = False) -> str:
        """Write an aggregate; `within` a sub-query none whose value depends on the order of solutions."""
        kind = self.choice(_AGGREGATES)
        distinct = "DISTINCT " * self.may(35)
        if scope.names and self.may(10):
            return self.of_exists(scope, distinct)
        name = name or (self.choice(scope.names) if scope.names else "")
        if kind == "COUNT(*)" or not name:
            return self.use("COUNT(*)", f"COUNT({distinct}*)")
        self.used.add(f"{kind} {distinct}".strip())
        text = f"STR({name})"
        plain = name if is_numeric(scope.known.get(name)) else f"STRLEN({text})"
        inside = {"SUM": plain, "AVG": plain, "COUNT": name, "SAMPLE": name, "GROUP_CONCAT": text}
        written = f"{kind}({distinct}{inside.get(kind, plain if self.may(50) else text)}{self.separator(kind)})"
        return f"STRLEN(STR({written}))" if within and kind == "GROUP_CONCAT" else self.steady(written, within=within)

    def separator(self, kind: str) -> str:
        if kind != "GROUP_CONCAT" or self.may(20):
            return ""
        return self.use("SEPARATOR", "; SEPARATOR=' | '")

    def steady(self, aggregate: str, *, within: bool) -> str:
        """Write what an aggregate is for certain, where its value depends on the order of solutions."""
        return f"(COUNT(*) > 0 || ISIRI({aggregate}))" if within and aggregate.startswith("SAMPLE") else aggregate

    def of_exists(self, scope: Scope, distinct: str) -> str:
        kind = self.choice(("SUM", "COUNT", "MAX", "AVG"))
        return self.use("EXISTS in an aggregate", f"{kind}({distinct}IF({self.told(scope)}, 1, 0))")

    def having(self, scope: Scope, keys: Sequence[str]) -> str:
        things = [name for name in keys if name in scope.things]
        if things and self.may(35):
            alone = Scope(scope.data, {name: scope.known[name] for name in things}, [], scope.taken)
            return self.use("EXISTS in HAVING", f"{self.told(alone)}{' || COUNT(*) > 1' * self.may(30)}")
        name = self.choice(scope.names) if scope.names else "1"
        conditions = "COUNT(*) >= 1", "COUNT(*) < 9", f"COUNT(DISTINCT {name}) >= 1", f"MIN(STR({name})) < 'i'"
        return self.use("HAVING", self.choice(conditions))
