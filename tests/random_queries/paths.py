"""Property paths (SPARQL 1.1 Query, 9) along a walk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from random_queries.data import TYPE, constant, is_long
from random_queries.writer import Writer

if TYPE_CHECKING:
    from fot_graph.core.terms import Term
    from random_queries.data import Data, Scope


class Paths(Writer):
    """Writes paths; each kind gives its text and the term to which it leads from where it begins."""

    def path(self, scope: Scope, depth: int = 0) -> str:
        """Write a path from a node to another."""
        if self.may(6):
            return self.from_nowhere(scope)
        quad = self.start(scope)
        begin = quad.subject if self.may(70) or isinstance(quad.object, Literal) else quad.object
        path, end = self.steps(scope.data, begin, self.choice((2, 2, 3)))
        if path.count("!") > 2 or (scope.often and re.search(r"\)[*+].|.\(.*\)[*+]|!", path)):
            return self.triples(scope)  # it would be walked too often
        known = [name for name, term in scope.known.items() if term == begin]
        if re.search(r"\)[*+]|!", path):  # with both ends open these find a large part of all pairs
            first = known[0] if known and self.may(80) else constant(begin)
        else:
            first = self.term(scope, begin)
        last = constant(end) if self.may(20) and not is_long(end) else self.term(scope, end)
        if not {first[0], last[0]} <= {"?", "_"}:
            self.used.add("path to or from a constant")
        return f"{first} {path} {last} ."

    def from_nowhere(self, scope: Scope) -> str:
        """Write a path of no steps from a term that no triple has (9.3: it leads to itself)."""
        predicate, name = constant(self.any_quad().predicate), scope.fresh()
        scope.maybe.append(name)
        return self.use("path from nowhere", f"id:nosuch ({predicate}){self.choice('*?')} {name} .")

    def steps(self, data: Data, begin: Term, depth: int) -> tuple[str, Term]:
        """Write a path from a node and tell where it leads."""
        simple = (self.step, self.step, self.negated)
        nested = (self.sequence, self.alternative, self.sequence, self.repeated, self.repeated, self.inverse)
        return self.choice(simple + nested * (depth > 0))(data, begin, depth)

    def step(self, data: Data, begin: Term, depth: int) -> tuple[str, Term]:
        quad = self.near(data, begin)
        if quad.subject == begin:
            return constant(quad.predicate), quad.object
        return self.use("^", f"^{constant(quad.predicate)}"), quad.subject

    def negated(self, data: Data, begin: Term, depth: int) -> tuple[str, Term]:
        """Write any predicate but some, among which is not the one that the walk takes."""
        quad = self.near(data, begin)
        forward = quad.subject == begin
        others = {self.any_quad(data).predicate for _ in range(3)} - {quad.predicate}
        names = [f"{'^' * self.may(30)}{constant(other)}" for other in sorted(others, key=str)] or ["fot:none"]
        if not forward and not any(name.startswith("^") for name in names):
            names.append("^fot:none")
        if forward and all(name.startswith("^") for name in names):
            names.append("fot:none")
        text = names[0] if len(names) == 1 else f"({'|'.join(names)})"
        return self.use("!", f"!{text}"), quad.object if forward else quad.subject

    def sequence(self, data: Data, begin: Term, depth: int) -> tuple[str, Term]:
        first, middle = self.steps(data, begin, depth - 1)
        second, end = self.steps(data, middle, depth - 1)
        return self.use("/", f"{first}/{second}"), end

    def alternative(self, data: Data, begin: Term, depth: int) -> tuple[str, Term]:
        path, end = self.steps(data, begin, depth - 1)
        other, _ = self.steps(data, begin, depth - 1)
        return self.use("|", f"({path}|{other})"), end

    def repeated(self, data: Data, begin: Term, depth: int) -> tuple[str, Term]:
        path, end = self.steps(data, begin, depth - 1)
        sign = self.choice("?+*") if not re.search(r"\)[*+]|!", path) else "?"
        return self.use(f"{sign} in a path", f"({path}){sign}"), begin if sign != "+" and self.may(30) else end

    def inverse(self, data: Data, begin: Term, depth: int) -> tuple[str, Term]:
        """Write ^(…) around the way back, where it is a single step."""
        quad = self.near(data, begin)
        if quad.subject == begin:
            return self.use("^", f"^(^{constant(quad.predicate)})"), quad.object
        return self.use("^", f"^({constant(quad.predicate)}|{constant(TYPE)})"), quad.subject
