"""The forms of a query, its dataset and its end (SPARQL 1.1 Query, 13, 15 and 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from random_queries.data import Data, Scope, constant, variables
from random_queries.subqueries import SubQueries

if TYPE_CHECKING:
    from collections.abc import Callable


class Forms(SubQueries):
    """Writes SELECT, with or without groups, ASK, CONSTRUCT or DESCRIBE."""

    def query(self) -> str:
        dataset, data = self.dataset()
        scope = Scope(data, {}, [], set())
        forms: list[Callable[[Scope, str], str]] = [*[self.select] * 6]
        forms += [self.aggregate] * 4
        forms += [self.count_of_counts, self.ask, self.construct, self.construct, self.describe]
        return self.choice(forms)(scope, dataset)

    def dataset(self) -> tuple[str, Data]:
        """Choose the graphs that a query reads: mostly all, with no clause for it."""
        if not self.may(8):
            return "", self.data
        quads = self.walk(Scope(self.data, {}, [], set()), 3)
        names = sorted({name for quad in quads if isinstance(name := quad.graph_name, NamedNode)}, key=str)
        named = self.some(list(self.named), 1, 3) if self.may(50) else []
        self.named = {name: self.named[name] for name in named}
        self.used |= {"FROM", *(["FROM NAMED"] if named else [])}
        clauses = [f"FROM {constant(name)}" for name in names] + [f"FROM NAMED {constant(name)}" for name in named]
        return " ".join(clauses) + " ", Data(quad for quad in self.data.quads if quad.graph_name in names)

    # --- SELECT -----------------------------------------------------------------------------------------------------

    def select(self, scope: Scope, dataset: str) -> str:
        where = self.group(scope, self.depth)
        names = self.some(scope.names, 1, 3) or ["*"]
        columns = self.columns(scope, names)
        kind = self.choice(("", "", "", "DISTINCT ", "DISTINCT ", "REDUCED "))
        if kind:
            self.used.add(kind.strip())
        end = self.ending(scope, columns)
        return f"SELECT {kind}{' '.join(columns)} {dataset}WHERE {{ {where} }}{end}{self.last_values(scope)}"

    def columns(self, scope: Scope, names: list[str]) -> list[str]:
        if names == ["*"] or self.may(25):
            return [self.use("SELECT *", "*")]
        if self.may(25):
            expression = self.fickle() if self.may(5) else self.expression(scope, 1)
            again = [self.use("SELECT expression of another", "(STR(?value) AS ?again)")] if self.may(15) else []
            written = [self.use("SELECT expression", f"({expression} AS ?value)"), *again]
            return [*names, *(written if "()" not in expression else written[:1])]
        return names

    def ending(self, scope: Scope, columns: list[str]) -> str:
        """Write ORDER BY, and LIMIT only where the order leaves no choice."""
        names = [name for name in columns if name.startswith("?")]
        if not names or not self.may(25):
            return ""
        if names == columns and self.may(50):
            return f" {self.slice(names)}"
        if self.may(40):
            alone = Scope(scope.data, {n: scope.known[n] for n in names if n in scope.known}, names, set(scope.taken))
            return self.use("EXISTS in ORDER BY", f" ORDER BY ({self.told(alone)}) {' '.join(names)}")
        key = self.choice((names[0], f"DESC({names[0]})", f"ASC(STRLEN(STR({names[0]})))"))
        return self.use("ORDER BY", f" ORDER BY {key}")

    def last_values(self, scope: Scope) -> str:
        written = self.values(scope) if self.may(6) else ""
        return self.use("VALUES at the end", f" {written}") if written else ""

    # --- SELECT with groups -----------------------------------------------------------------------------------------

    def aggregate(self, scope: Scope, dataset: str) -> str:
        return self.grouped(scope, dataset, self.group(scope, self.depth))

    def count_of_counts(self, scope: Scope, dataset: str) -> str:
        """Write an aggregate over the rows of a sub-query that counts."""
        where, number = self.counted(scope, max(1, self.depth))
        if self.may(30):
            where = self.held(scope, where, self.element(0), 0)
        return self.grouped(scope, dataset, where, number)

    def grouped(self, scope: Scope, dataset: str, where: str, number: str = "") -> str:
        keys = self.some([name for name in scope.names if name != number], 0, 2)
        if number and self.may(30):
            keys.append(number)
        by, columns = self.keys(scope, keys)
        columns += [f"({self.aggregated(scope, number)} AS ?value{one or ''})" for one in range(self.choice((1, 1, 2)))]
        columns += self.told_of_groups(scope, by, keys)
        having = f" HAVING({self.having(scope, keys if 'AS ?key' not in by else [])})" if by and self.may(25) else ""
        order = self.use("ORDER BY", f" ORDER BY DESC(?value) {' '.join(keys)}") if by and self.may(25) else ""
        end = order if "AS ?key" not in by and "STR(" not in by else ""
        return f"SELECT {' '.join(columns)} {dataset}WHERE {{ {where} }}{by}{having}{end}{self.last_values(scope)}"

    def keys(self, scope: Scope, keys: list[str]) -> tuple[str, list[str]]:
        """Write GROUP BY, and the columns that it allows."""
        if not keys:
            return self.use("implicit group", ""), []
        self.used.add("GROUP BY")
        if self.may(20):
            return self.use("GROUP BY expression", f" GROUP BY ({self.expression(scope)} AS ?key)"), ["?key"]
        if self.may(10):
            return self.use("GROUP BY expression", f" GROUP BY STR({keys[0]})"), []
        return f" GROUP BY {' '.join(keys)}", list(keys)

    def told_of_groups(self, scope: Scope, by: str, keys: list[str]) -> list[str]:
        """Write a column that tells whether something exists about the key of a group."""
        things = [name for name in keys if name in scope.things]
        if not things or not by or variables(by) != set(keys) or "STR(" in by or "AS ?key" in by or not self.may(20):
            return []
        alone = Scope(scope.data, {name: scope.known[name] for name in things}, [], scope.taken)
        return [self.use("EXISTS in a grouped SELECT", f"(IF({self.told(alone)}, 'yes', 'no') AS ?exists)")]

    # --- Other forms ------------------------------------------------------------------------------------------------

    def ask(self, scope: Scope, dataset: str) -> str:
        return self.use("ASK", f"ASK {dataset}{{ {self.group(scope, self.depth)} }}")

    def construct(self, scope: Scope, dataset: str) -> str:
        if self.may(15):
            return self.use("CONSTRUCT WHERE", f"CONSTRUCT {dataset}WHERE {{ {self.plain(scope)} }}")
        where = self.group(scope, self.depth)
        if self.may(8):
            return self.use("empty template", f"CONSTRUCT {{ }} {dataset}WHERE {{ {where} }}")
        template = " . ".join(self.constructed(scope) for _ in range(self.choice((1, 1, 2))))
        return self.use("CONSTRUCT", f"CONSTRUCT {{ {template} }} {dataset}WHERE {{ {where} }}")

    def plain(self, scope: Scope) -> str:
        return self.written([self.triple(scope, quad, {}) for quad in self.walk(scope, 2)]).replace("_:", "?blank_")

    def constructed(self, scope: Scope) -> str:
        subject = self.choice(scope.things or ["id:thing"])
        if self.may(20):
            blank = self.choice(("_:new", "[]", "[ a fot:Finding ]", "( id:thing )"))
            subject = self.use("blank node in a template", blank)
        return f"{subject} {self.choice(('fot:about', 'fot:concerns'))} {self.choice(scope.names or ['id:thing'])}"

    def describe(self, scope: Scope, dataset: str) -> str:
        subject = constant(self.any_quad().subject)
        if self.may(40):
            other = f" {constant(self.any_quad().subject)}" * self.may(30)
            return self.use("DESCRIBE", f"DESCRIBE {subject}{other} {dataset.strip()}")
        where = self.group(scope, self.depth)
        things = self.some(scope.things, 1, 2) + [subject] * self.may(20)
        if self.may(15) or not things:
            return self.use("DESCRIBE *", f"DESCRIBE * {dataset}WHERE {{ {where} }}")
        return self.use("DESCRIBE WHERE", f"DESCRIBE {' '.join(things)} {dataset}WHERE {{ {where} }}")
