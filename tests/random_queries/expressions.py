"""Conditions, computed values and functions (SPARQL 1.1 Query, 17), EXISTS in any of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packaged import expand
from pyoxigraph import Literal

from random_queries.data import constant, is_long, is_numeric, variables
from random_queries.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Callable

    from fot_graph.core.terms import Term
    from random_queries.data import Scope

_OF_ANY = (
    "STR({0})|STRLEN(STR({0}))|LCASE(STR({0}))|UCASE(STR({0}))|SUBSTR(STR({0}), 9, 5)|SUBSTR(STR({0}), 3)"
    "|STRAFTER(STR({0}), '/')|STRBEFORE(STR({0}), ':')|CONCAT(STR({0}), '!')|REPLACE(STR({0}), '[aeiou]', '')"
    "|ENCODE_FOR_URI(STR({0}))|MD5(STR({0}))|SHA1(STR({0}))|SHA256(STR({0}))|SHA384(STR({0}))|SHA512(STR({0}))"
    "|LANG({0})|DATATYPE({0})|IRI(STR({0}))|URI(STR({0}))|ISIRI({0})|ISURI({0})|ISBLANK({0})|ISLITERAL({0})"
    "|ISNUMERIC({0})|STRDT(STR({0}), xsd:string)|STRLANG(STR({0}), 'nl')|xsd:string({0})|xsd:integer({0})"
    "|xsd:boolean({0})|STRSTARTS(STR({0}), 'h')|STRENDS(STR({0}), 't')|CONTAINS(STR({0}), 'fot')"
    "|REGEX(STR({0}), '^h', 'i')|SAMETERM({0}, {0})|LANGMATCHES(LANG({0}), '*')"
).split("|")
_OF_NUMBERS = "{0} * 2|{0} + 1.5|{0} - 1|{0} / 3|-{0}|ABS({0})|CEIL({0} / 2)|FLOOR({0} / 2)|ROUND({0} / 2)".split("|")
_OF_DATES = "YEAR({0})|MONTH({0})|DAY({0})|{0} > '2019-01-01'^^xsd:date|HOURS(xsd:dateTime({0}))".split("|")
_OF_TIMES = "HOURS({0})|MINUTES({0})|SECONDS({0})|TIMEZONE({0})|TZ({0})|YEAR({0})".split("|")
_FICKLE = "RAND()|NOW()|UUID()|STRUUID()|BNODE()|BNODE('x')".split("|")


class Expressions(Paths):
    """Writes what stands in FILTER, BIND, SELECT, GROUP BY, HAVING and ORDER BY."""

    # --- Conditions -------------------------------------------------------------------------------------------------

    def filter(self, scope: Scope, depth: int = 0) -> str:
        return f"FILTER({self.condition(scope, depth)})" if scope.names else ""

    def condition(self, scope: Scope, depth: int) -> str:
        """Write a condition that the witness meets, at least on one side of ||."""
        one = self.single(scope, depth)
        if self.may(15):
            return self.use("||", f"{self.failing(scope, depth)} || {one}")
        if self.may(12):
            return self.use("||", f"{one} || {self.failing(scope, depth)}")
        if self.may(12):
            return self.use("&&", f"{one} && {self.single(scope, depth)}")
        return self.use("!", f"!(!({one}))") if self.may(6) else one

    def single(self, scope: Scope, depth: int) -> str:
        if depth > 0 and self.may(25):
            return self.in_an_expression(scope, depth)
        if scope.maybe and self.may(35):
            return self.choice((self.bound, self.unbound, self.defaulted))(self.choice(scope.maybe))
        return self.holding(scope, self.choice(list(scope.known))) if scope.known else "1 = 1"

    def bound(self, name: str) -> str:
        return self.use("bound", f"BOUND({name})")

    def unbound(self, name: str) -> str:
        return self.use("!bound", f"!BOUND({name})")

    def defaulted(self, name: str) -> str:
        return self.use("COALESCE", f"COALESCE({name}, 1) != 2")

    def failing(self, scope: Scope, depth: int) -> str:
        if depth > 0 and self.may(40):
            return self.use("EXISTS in an expression", f"EXISTS {{ {self.absent(scope.inner())} }}")
        if self.may(8):
            return self.use("empty NOT EXISTS", "NOT EXISTS { }")
        return f"BOUND({self.choice(scope.maybe)})" if scope.maybe and self.may(50) else "1 = 2"

    def holding(self, scope: Scope, name: str) -> str:
        """Write a condition on a variable that its value in the witness meets."""
        term = scope.known[name]
        if isinstance(term, Literal) and (is_numeric(term) or term.datatype.value == expand("xsd:date")):
            return self.use("comparison", f"{name} {self.choice(('>=', '<=', '='))} {term}")
        written: list[Callable[[str, Term], str]] = [self.unlike, self.among, self.not_among, self.matching]
        if isinstance(term, Literal) and term.language:
            written += [self.language] * 4
        return self.choice(written)(name, term)

    def unlike(self, name: str, term: Term) -> str:
        other = self.any_quad().subject
        return self.use("comparison", f"{name} != {constant(other)}") if other != term else f"SAMETERM({name}, {name})"

    def among(self, name: str, term: Term) -> str:
        if is_long(term):
            return f"STRLEN(STR({name})) > 10"
        others = [constant(self.any_quad().subject) for _ in range(2)]
        return self.use("IN", f"{name} IN ({', '.join([*others, constant(term)])})")

    def not_among(self, name: str, term: Term) -> str:
        others = {self.any_quad().subject for _ in range(2)} - {term}
        return self.use("NOT IN", f"{name} NOT IN ({', '.join(sorted(map(constant, others)))})")

    def matching(self, name: str, term: Term) -> str:
        words = re.findall(r"[A-Za-z]{3,}", str(getattr(term, "value", ""))) or [""]
        return self.use("regex", f'REGEX(STR({name}), "{self.choice(words)[:4].lower()}", "i")')

    def language(self, name: str, term: Term) -> str:
        assert isinstance(term, Literal)
        return self.use("lang", f'LANG({name}) = "{term.language}"')

    # --- EXISTS -----------------------------------------------------------------------------------------------------

    def exists(self, scope: Scope, depth: int) -> str:
        return f"FILTER {self.existing(scope, depth)}"

    def not_exists(self, scope: Scope, depth: int) -> str:
        return f"FILTER {self.missing(scope, depth)}"

    def in_an_expression(self, scope: Scope, depth: int) -> str:
        return self.use("EXISTS in an expression", self.choice((self.existing, self.missing))(scope, depth))

    def existing(self, scope: Scope, depth: int) -> str:
        inside = self.group(scope.inner(often=True), depth - 1)
        if not variables(inside) & {*scope.names}:  # it would be asked again for each solution
            inside = self.absent(scope.inner())
        return self.use("EXISTS", f"EXISTS {{ {inside} }}")

    def missing(self, scope: Scope, depth: int) -> str:
        inner = scope.inner(often=True)
        inside = self.absent(inner)
        if self.may(30):
            inside = self.held(inner, inside, self.element(depth - 1), depth - 1)
        return self.use("NOT EXISTS", f"NOT EXISTS {{ {inside} }}")

    def told(self, scope: Scope) -> str:
        """Write EXISTS about one of some variables as a value."""
        name = self.choice(scope.things or scope.names)
        predicate = constant(self.near(scope.data, scope.known[name]).predicate if self.may(60) and
                             scope.known.get(name) in scope.data.at else self.any_quad().predicate)  # fmt: skip
        return f"{'NOT ' * self.may(25)}EXISTS {{ {name} {predicate} {scope.fresh()} }}"

    # --- Values -----------------------------------------------------------------------------------------------------

    def bind(self, scope: Scope, depth: int) -> str:
        expression = self.fickle() if self.may(3) else self.expression(scope, depth)
        name = scope.fresh(variables(expression))
        if "()" not in expression:  # what is never the same twice is shown at most
            scope.maybe.append(name)
        return self.use("BIND", f"BIND({expression} AS {name})")

    def expression(self, scope: Scope, depth: int = 0) -> str:
        """Write something to compute."""
        if depth > 0 and self.may(15):
            text = self.in_an_expression(scope, depth)
            return self.use("EXISTS in IF", f"IF({text}, 'yes', 'no')") if self.may(40) else text
        if not scope.names:
            return self.choice(('"none"', "1 + 1", "true"))
        name = self.choice(scope.names)
        return self.choice((self.function, self.function, self.coalesced, self.chosen))(scope, name)

    def coalesced(self, scope: Scope, name: str) -> str:
        return self.use("COALESCE", f'COALESCE({name}, {self.choice(scope.names)}, "none")')

    def chosen(self, scope: Scope, name: str) -> str:
        return self.use("IF", f'IF(BOUND({name}), {name}, "none")')

    def function(self, scope: Scope, name: str) -> str:
        term = scope.known.get(name)
        kind = term.datatype.value if isinstance(term, Literal) else ""
        written = _OF_NUMBERS if is_numeric(term) else _OF_ANY
        written = {expand("xsd:date"): _OF_DATES, expand("xsd:dateTime"): _OF_TIMES}.get(kind, written)
        return self.use("function", self.choice(written).format(name))

    def fickle(self) -> str:
        return self.use("RAND, NOW, UUID or BNODE", self.choice(_FICKLE))
