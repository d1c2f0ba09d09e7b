"""Groups and what stands in them: triples, GRAPH, OPTIONAL, UNION, MINUS, VALUES (SPARQL 1.1 Query, 4 to 8, 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from random_queries.data import TYPE, Scope, constant, is_long
from random_queries.expressions import Expressions

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from fot_graph.core.terms import Term
    from random_queries.writer import Element

_ALWAYS = "id:focus-op-talent fot:introducedIn ?period ."


class Patterns(Expressions):
    """Writes groups around a witness.

    `open_graphs` counts GRAPH with a variable, in which neither a query nor a MINUS may stand.
    """

    open_graphs = 0

    def group(self, scope: Scope, depth: int) -> str:
        """Write a group that the witness matches."""
        first: list[Element] = [self.triples, self.triples, self.triples, self.graph, self.path]
        nested: list[Element] = [self.union, self.union, self.values_first, self.subselect]
        written = self.held(scope, "", self.choice(first + nested * (depth > 0)), depth)
        for _ in range(self.choice((0, 1, 1, 2, 3))):
            written = self.held(scope, written, self.element(depth), depth)
        return written or _ALWAYS

    def element(self, depth: int) -> Element:
        flat: list[Element] = [self.filter, self.filter, self.triples, self.path, self.bind, self.values, self.graph]
        nested: list[Element] = [self.optional, self.optional, self.optional, self.union, self.minus, self.subselect]
        nested += [self.subselect, self.exists, self.not_exists, self.without, self.braces]
        rare: list[Element] = [self.empty, self.unsatisfiable]
        return self.choice(rare) if self.may(3) else self.choice(flat + nested * (depth > 0))

    def subselect(self, scope: Scope, depth: int) -> str:
        raise NotImplementedError

    # --- Triples ----------------------------------------------------------------------------------------------------

    def triples(self, scope: Scope, depth: int = 0) -> str:
        quads = self.walk(scope, self.choice((1, 2, 2, 3)))
        if len(quads) > 1:
            self.used.add("join")
        if len(quads) == 2 and quads[0].object == quads[1].subject and self.may(30):
            return self.nested_blank(scope, *quads)
        blanks: dict[Term, str] = {}
        return self.written([self.triple(scope, quad, blanks) for quad in quads])

    def triple(self, scope: Scope, quad: Quad, blanks: dict[Term, str]) -> tuple[str, str, str]:
        subject = self.term(scope, quad.subject, blanks)
        return subject, self.predicate(scope, quad.predicate), self.term(scope, quad.object, blanks)

    def written(self, triples: list[tuple[str, str, str]]) -> str:
        """Write triples, with ';' and ',' where the one before has the same subject and predicate."""
        text, before = "", ("", "", "")
        for subject, predicate, object_ in triples:
            if (subject, predicate) == before[:2] and self.may(80):
                text += self.use("','", f" , {object_}")
            elif subject == before[0] and self.may(80):
                text += self.use("';'", f" ; {predicate} {object_}")
            else:
                text += f"{' . ' * bool(text)}{subject} {predicate} {object_}"
            before = (subject, predicate, object_)
        return f"{text} ."

    def nested_blank(self, scope: Scope, first: Quad, second: Quad) -> str:
        inside = f"{self.predicate(scope, second.predicate)} {self.term(scope, second.object)}"
        written = f"{self.term(scope, first.subject)} {self.predicate(scope, first.predicate)} [ {inside} ] ."
        return self.use("[ ]", written)

    def term(self, scope: Scope, term: Term, blanks: dict[Term, str] | None = None) -> str:
        """Write a term as the variable that stands for it, as a new one, as a blank node, or as it is."""
        names = [name for name, value in scope.known.items() if value == term]
        if names and self.may(92):
            return self.choice(names)
        if blanks is not None and (term in blanks or self.may(5)):
            self.blanks += term not in blanks
            return self.use("blank node", blanks.setdefault(term, f"_:b{self.blanks}"))
        return self.variable(scope, term) if is_long(term) or self.may(65) else constant(term)

    def variable(self, scope: Scope, term: Term) -> str:
        name = scope.fresh()
        scope.known[name] = term
        return name

    def predicate(self, scope: Scope, predicate: NamedNode) -> str:
        if self.may(7):
            return self.use("variable predicate", self.variable(scope, predicate))
        return self.use("a", "a") if predicate == TYPE else constant(predicate)

    # --- Groups of little or nothing --------------------------------------------------------------------------------

    def empty(self, scope: Scope, depth: int = 0) -> str:
        nothing = ("{ }", "OPTIONAL { }", "{ } UNION { }", "MINUS { }")
        return self.use("empty group", self.choice(nothing[:3] if self.open_graphs else nothing))

    def unsatisfiable(self, scope: Scope, depth: int = 0) -> str:
        """Write what nothing meets, so that the query has no rows, or the rows of what stands beside it in a UNION."""
        nothing = self.choice(("FILTER(false)", "VALUES ?none { }", "(1 2) fot:about ?none ."))
        self.used |= {"collection"} if nothing[0] == "(" else set()
        return self.use("unsatisfiable", f"{{ {self.triples(scope.inner())} {nothing} }} UNION {{ }}")

    def braces(self, scope: Scope, depth: int) -> str:
        """Write a group in braces, whose filters and OPTIONALs see nothing of what stands around it."""
        inner = Scope(scope.data, dict(scope.known), [], scope.taken)
        text = self.group(inner, depth - 1)
        scope.known |= inner.known
        scope.maybe += [name for name in inner.maybe if name not in scope.names]
        return self.use("group in a group", f"{{ {text} }}")

    # --- GRAPH ------------------------------------------------------------------------------------------------------

    def graph(self, scope: Scope, depth: int = 0) -> str:
        """Write GRAPH around a pattern of one named graph."""
        if not self.named:
            return self.triples(scope)
        name = self.graph_name(scope)
        inner = Scope(self.named[name], scope.known, scope.maybe, scope.taken)
        inner.often = scope.often
        shown = self.graph_term(scope, name)
        self.open_graphs += shown.startswith("?")
        inside = [self.choice((self.triples, self.triples, self.path))(inner, 0)]
        more: list[Element] = [self.optional, self.filter, self.union, self.exists, self.without, self.subselect]
        if depth > 0 and self.may(40):
            inside.append(self.choice(more)(inner, 1))
        if depth > 0 and self.may(8):
            inside.append(self.use("GRAPH in GRAPH", self.graph(scope)))
        self.open_graphs -= shown.startswith("?")
        return f"GRAPH {shown} {{ {' '.join(inside)} }}"

    def graph_name(self, scope: Scope) -> NamedNode:
        """Choose a graph: one that is known already, one that says something of what is known, or any one."""
        known = [term for term in scope.known.values() if isinstance(term, NamedNode) and term in self.named]
        if known and self.may(60):
            return self.choice(known)
        name = self.start(scope).graph_name
        return name if isinstance(name, NamedNode) and name in self.named else self.choice(list(self.named))

    def graph_term(self, scope: Scope, name: NamedNode) -> str:
        known = [variable for variable, term in scope.known.items() if term == name]
        if known and self.may(80):
            return self.use("GRAPH variable", self.choice(known))
        if self.may(70):
            return self.use("GRAPH variable", self.variable(scope, name))
        return self.use("GRAPH constant", constant(name))

    # --- What may be there, or may not ------------------------------------------------------------------------------

    def optional(self, scope: Scope, depth: int) -> str:
        """Write OPTIONAL around what the witness matches, or does not."""
        inner = scope.inner()
        text = self.group(inner, depth - 1) if self.may(65) else self.absent(inner)
        if depth > 1 and self.may(35):
            text += " " + self.use("OPTIONAL in OPTIONAL", self.optional(inner, depth - 1))
        if self.may(30):
            text += self.use("FILTER in OPTIONAL", f" {self.filter(inner, depth - 1)}")
        scope.maybe += [name for name in inner.names if name not in scope.names]
        return self.use("OPTIONAL", f"OPTIONAL {{ {text} }}")

    def without(self, scope: Scope, depth: int) -> str:
        """Write an absence that OPTIONAL finds: nothing is bound by it."""
        inner = scope.inner()
        before = set(scope.names)
        text = self.absent(inner)
        new = sorted(set(inner.names) - before)
        if not new:
            return self.optional(scope, depth)
        scope.maybe += new
        return self.use("OPTIONAL and !bound", f"OPTIONAL {{ {text} }} FILTER(!BOUND({new[0]}))")

    def union(self, scope: Scope, depth: int) -> str:
        branches = [scope.inner(apart=True) for _ in range(self.choice((2, 2, 3)))]
        written = [self.group(branch, depth - 1) for branch in branches]
        everywhere = set.intersection(*(set(branch.known) for branch in branches))
        scope.known |= {name: term for name, term in branches[0].known.items() if name in everywhere}
        scope.maybe += sorted({name for branch in branches for name in branch.names} - set(scope.names))
        scope.taken.update(*(branch.taken for branch in branches))
        return self.use("UNION", " UNION ".join(f"{{ {text} }}" for text in written))

    def minus(self, scope: Scope, depth: int) -> str:
        if self.open_graphs:  # where it shares no variable the engine answers it wrongly there, so it is refused
            return self.triples(scope)
        inner = scope.inner()
        text = self.absent(inner)
        if depth > 1 and self.may(60):
            text += " " + self.use("MINUS in MINUS", self.minus(inner, depth - 1))
        return self.use("MINUS", f"MINUS {{ {text} {self.filter(inner, 0) if self.may(20) else ''} }}")

    def absent(self, scope: Scope) -> str:
        """Write a pattern that the witness does not match, though other things do."""
        quad = self.any_quad(scope.data)
        if not scope.things:
            return f"{self.term(scope, quad.subject)} {constant(quad.predicate)} {scope.fresh()} ."
        name = self.choice(scope.things)
        has = any(near.predicate == quad.predicate for near in scope.data.at.get(scope.known[name], ()))
        if has and not is_long(quad.object):
            return f"{name} {constant(quad.predicate)} {constant(quad.object)} ."
        return f"{name} {constant(quad.predicate)} {self.variable(scope, quad.object)} ."

    # --- VALUES -----------------------------------------------------------------------------------------------------

    def values(self, scope: Scope, depth: int = 0) -> str:
        """Write VALUES that hold the witness and others, or UNDEF."""
        names = self.some([name for name, term in scope.known.items() if not is_long(term)], 1, 2)
        if not names:
            return ""
        rows = [[constant(scope.known[name]) for name in names]]
        rows += [[self.other(scope.known[name]) for name in names] for _ in range(self.random.randint(0, 2))]
        return self.use("VALUES", self.table(names, rows))

    def other(self, term: Term) -> str:
        """Write a term that might stand in the place of another, or UNDEF."""
        if self.may(20):
            return self.use("UNDEF", "UNDEF")
        quad = self.choice(self.data.at.get(term) or self.data.quads)
        like = [other for other in self.choice(self.data.kinds) if other.predicate == quad.predicate] or [quad]
        found = self.choice(like)
        chosen: Term = found.object if quad.object == term else found.subject
        return "UNDEF" if is_long(chosen) else constant(chosen)

    def table(self, names: list[str], rows: list[list[str]]) -> str:
        if len(names) == 1 and self.may(60):
            return f"VALUES {names[0]} {{ {' '.join(row[0] for row in rows)} }}"
        written = " ".join(f"({' '.join(row)})" for row in rows)
        return f"VALUES ({' '.join(names)}) {{ {written} }}"

    def values_first(self, scope: Scope, depth: int) -> str:
        """Write VALUES for a term of a triple before the triple."""
        quad = self.start(scope)
        place = self.choice(("predicate", "object", "subject"))
        term = quad.predicate if place == "predicate" else quad.object if place == "object" else quad.subject
        if is_long(term):
            return self.triples(scope)
        name = self.variable(scope, term)
        written = self.use("VALUES", self.table([name], [[constant(term)], [self.other(term)]]))
        predicate = name if place == "predicate" else constant(quad.predicate)
        return f"{written} {self.term(scope, quad.subject)} {predicate} {self.term(scope, quad.object)} ."
