"""Why an answer holds: for each row the smallest set of claims that yields it.

The engine is asked again for the solutions behind the rows, by a query that shows every triple of a solution (see
`tracing`), limited to the rows at hand. A solution rests on its triples, a triple on the claim whose graph it stands
in, or on a layer, which needs no claim. What a solution needs together is a derivation. So the work is done where the
data are, and grows with the rows that are explained.
"""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, Triple

from fot_graph.core.errors import UsageError
from fot_graph.evidence import claims
from fot_graph.evidence.claims import Claim, Evidence
from fot_graph.evidence.derivations import ABSENT, NOTHING, Derivation, product, shared_out, smallest_first, together
from fot_graph.evidence.lookup import StoreLookup, values, within
from fot_graph.evidence.paths import PathDerivations
from fot_graph.evidence.tracing import (
    Absent,
    Check,
    Edge,
    Inner,
    Named,
    Repeat,
    TracedPattern,
    Unmatched,
    step,
    trace_pattern,
)
from fot_graph.evidence.verifying import Trial, Verifier
from fot_graph.sparql import reader, tree
from fot_graph.sparql.pruning import opened, pruned
from fot_graph.sparql.traits import is_sliced, volatile
from fot_graph.sparql.tree import Column, Filter
from fot_graph.sparql.variables import columns, examined_by, mentioned, safe, visible
from fot_graph.stores.parts import LAYERS
from fot_graph.stores.rows import chunks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from fot_graph.core.terms import Term
    from fot_graph.evidence.answers import Answer
    from fot_graph.evidence.tracing import Part
    from fot_graph.sparql.tree import Exists, Group, Query
    from fot_graph.stores.parts import Parts
    from fot_graph.stores.rows import Queryable

    Solution = dict[str, Term]
    Values = tuple[Term | None, ...]
    Spelled = tuple[str, str, str]


class Limits(NamedTuple):
    """How much is looked into: for the smallest derivation, or for all.

    At most `derivations` are pursued for a solution at a time, and `alternatives` for a row or for one part of the
    pattern; `solutions` are read for the rows of an answer together, beyond the first of each; `counted` where an
    aggregate rests on all.
    """

    derivations: int
    alternatives: int
    solutions: int
    counted: int


SMALLEST = Limits(derivations=16, alternatives=1_000, solutions=1_000, counted=4_000)
ALL = Limits(derivations=4_096, alternatives=4_096, solutions=20_000, counted=80_000)


def explain(
    store: Queryable, query: str, answer: Answer, *, every: bool = False, parts: Parts | None = None
) -> list[Evidence]:
    """Give the evidence of each row of an answer, of each triple of a graph, or of the truth of an ASK.

    Of each the smallest derivation, or all with `every`; it is verified against `parts`, the graph taken apart, unless
    the graph is too large for that. Raises: `UsageError` for queries beyond SPARQL 1.1.
    """
    parsed = reader.parse(query)
    explainer = _Explainer(store, parsed, ALL if every else SMALLEST)
    if answer.truth is False:  # every claim was looked at
        return explainer.evidence([[ABSENT]])
    names = [f"?{name}" for name in answer.variables]
    items: Sequence[Values] = [()] if answer.truth else [tuple(item) for item in answer]
    try:
        found = explainer.of_items(names, items)
    except SyntaxError as error:
        raise UsageError("evidence-not-found", words=str(error)) from None
    if parts:

        def traced(item: Sequence[Term | None], claims: frozenset[str]) -> list[Derivation]:
            over = parts.together((claims | LAYERS) & parts.all)
            return _Explainer(over, parsed, SMALLEST).of_items(names, [tuple(item)])[0]

        verifier = Verifier(Trial(parts, parsed, names), parsed, traced, every=every)
        found = verifier.verified(items, found)
        explainer.more = explainer.more or (every and verifier.more)
    return explainer.evidence(found)


class _Asked(NamedTuple):
    """Solutions that are asked for: of a pattern, with some combinations of values (`wanted`) of some variables.

    `binds` are columns that the pattern does not bind itself, `tail` is a VALUES that follows it, `graph` is the named
    graph that it is matched in, if any, `examined` are the variables that the columns of the query look at.
    """

    where: Group
    keys: Sequence[str]
    wanted: Collection[Values]
    binds: Sequence[Column] = ()
    tail: str = ""
    graph: Term | None = None
    examined: Collection[str] = ()

    def checked(self, pattern: TracedPattern) -> TracedPattern:
        """Add to the parts of a rewritten pattern the columns that rest on what exists."""
        scope = frozenset(visible(self.where))
        checks = [Check(bind.expression, bind.variable, bind.exists, "", scope) for bind in self.binds if bind.exists]
        return TracedPattern(pattern.text, (*pattern.parts, *(("", check) for check in checks)))

    def pattern(self, rewritten: str, *, texts: bool) -> str:
        """Write the pattern, with fixed beforehand what has no other effect than to choose among its solutions.

        Without `texts` only things are fixed.
        """
        free = safe(self.where) - {column.variable for column in self.binds}
        if not texts:
            free -= {n for row in self.wanted for n, t in zip(self.keys, row, strict=True) if isinstance(t, Literal)}
        places = [place for place, name in enumerate(self.keys) if name in free]
        rows = dict.fromkeys(tuple(row[place] for place in places) for row in self.wanted)
        first = values([self.keys[place] for place in places], rows)
        bound = " ".join(f"BIND({column.expression} AS {column.variable})" for column in self.binds)
        return f"{{ {first} {within(self.graph, rewritten)} }} {self.tail} {bound}"


class _Explainer:
    """Finds derivations in one store, for one query and the queries in it."""

    def __init__(self, store: Queryable, query: Query, limits: Limits) -> None:
        self.query, self.limits = query, limits
        self.lookup = StoreLookup(store, query)
        self.fresh = tree.fresh(query.text, "w")
        self.more = False
        self.known: dict[tuple[Exists, tuple[tuple[str, Term], ...], Term | None], list[Derivation]] = {}
        self.alternatives: dict[tuple[Repeat, Term | None], PathDerivations] = {}

    def of_items(self, names: Sequence[str], items: Sequence[Values]) -> list[list[Derivation]]:
        """Give the derivations of each row, of each triple, or of the truth of an answer."""
        if self.query.form in ("select", "ask"):
            return shared_out(items, self.of_rows(self.query, names, items))
        return self.of_triples([Triple(*item) for item in items])  # type: ignore[arg-type]  # terms of a triple

    # Rows

    def of_rows(
        self,
        query: Query,
        names: Sequence[str],
        rows: Sequence[Values],
        graph: Term | None = None,
        tested: Collection[str] = (),
    ) -> list[list[Derivation]]:
        """Give the derivations of rows of a query, whose columns are `names`, within a named graph if it is given.

        `tested` are the variables that something outside of the query looks at, beyond showing them.
        """
        if query.grouped:
            return self.of_groups(query, names, rows, graph, examined_by(query).union(tested))
        fickle = {name for name, kind in volatile(query).items() if kind == "new"}
        found = self.of_values(query, names, rows, graph, tested)
        if not fickle:
            return found
        loose = self.of_values(query, names, rows, graph, tested, fickle)
        return [same or other for same, other in zip(found, loose, strict=True)]

    def of_values(
        self,
        query: Query,
        names: Sequence[str],
        rows: Sequence[Values],
        graph: Term | None,
        tested: Collection[str],
        fickle: Collection[str] = (),
    ) -> list[list[Derivation]]:
        """Give the derivations of rows without groups; of `fickle` values only this counts: whether there is one."""
        computed = {column.variable: column for column in query.columns if column.expression}
        known = [place for place, name in enumerate(names) if name not in fickle]
        other = [place for place, name in enumerate(names) if name in fickle and name not in computed]
        is_there = [Column(next(self.fresh), f"BOUND({names[place]})") for place in other]
        picked = [(*(row[at] for at in known), *(Literal(row[at] is not None) for at in other)) for row in rows]
        keys = [names[place] for place in known] + [column.variable for column in is_there]
        binds = [computed[name] for name in keys if name in computed] + is_there
        tail = query.values.text if query.values else ""
        needed = mentioned((tuple(keys), *(bind.expression for bind in binds), tail)).union(tested)
        examined = examined_by(query).union(tested)
        where = pruned(opened(query.where, self.fresh, distinct=True), needed)
        asked = _Asked(where, keys, set(picked), binds, tail, graph, examined)
        found = self.derived(asked, self.limits.solutions)
        return [self.kept(one for solution in found[key] for one in solution) for key in picked]

    def derived(self, asked: _Asked, most: int) -> dict[Values, list[list[Derivation]]]:
        """Give, for each wanted combination of values, its solutions, each with its derivations."""
        pattern = asked.checked(trace_pattern(asked.where, self.fresh, asked.examined))
        found = self.lookup.select(asked.pattern(pattern.text, texts=self.lookup.joins_texts))
        solutions = self.sorted(found, asked, most)
        flat = [solution for of_key in solutions.values() for solution in of_key]
        derived = self.of_solutions(pattern, flat, asked.graph)
        of_each = iter(shared_out([frozenset(solution.items()) for solution in flat], derived))
        return {key: [next(of_each) for _ in of_key] for key, of_key in solutions.items()}

    def sorted(self, found: Iterable[Solution], asked: _Asked, free: int) -> dict[Values, list[Solution]]:
        """Sort solutions by the wanted combinations of values, until each has one and `free` more are read."""
        solutions: dict[Values, list[Solution]] = {key: [] for key in asked.wanted}
        missing = len(solutions)
        for solution in found:
            of_key = solutions.get(tuple(solution.get(name) for name in asked.keys))
            if of_key is None:
                continue
            if of_key and free <= 0:
                self.more = True
                if not missing:
                    break
                continue
            missing, free = (missing, free - 1) if of_key else (missing - 1, free)
            of_key.append(solution)
        return solutions

    def kept(self, found: Iterable[Derivation]) -> list[Derivation]:
        """Keep the smallest ways in which a row, or a part of a pattern, holds; as many as are pursued."""
        kept = smallest_first(found, self.limits.alternatives)
        self.more = self.more or len(kept) == ALL.alternatives
        return kept

    # Groups

    def of_groups(
        self,
        query: Query,
        names: Sequence[str],
        rows: Sequence[Values],
        graph: Term | None,
        examined: Collection[str],
    ) -> list[list[Derivation]]:
        """Give for each row of a grouped query the derivations that hold all solutions of its group."""
        groups = self.groups(query, names, rows, graph)
        keys = [column.variable for column in query.keys]
        within, outside = _exists_of_groups(query)
        binds = [column for column in query.keys if column.expression]
        binds += [Column(next(self.fresh), argument, exists) for argument, exists in within]
        wanted = {group for of_row in groups for group in of_row}
        asked = _Asked(query.where, keys, wanted, binds, graph=graph, examined=examined)
        found = self.derived(asked, self.limits.counted)
        of_group = {group: self.of_group(found[group], keys, group, outside, graph) for group in wanted}
        return [[whole for key in of_row for whole in of_group[key]] for of_row in groups]

    def of_group(
        self,
        solutions: Sequence[Sequence[Derivation]],
        keys: Sequence[str],
        group: Values,
        outside: Sequence[Exists],
        graph: Term | None,
    ) -> list[Derivation]:
        """Put all solutions of a group together, each in one of its ways; none where a solution has none.

        `outside` are the EXISTS that look at the group as a whole: those of HAVING and of columns.
        """
        if keys and not solutions:
            return []
        known = {name: term for name, term in zip(keys, group, strict=True) if term is not None}
        found = [self.of_exists(exists, known, graph) for exists in outside]
        there = [
            [ABSENT] if one.negated or not alternatives else alternatives
            for one, alternatives in zip(outside, found, strict=True)
        ]
        needs = [*solutions, *there] or [[ABSENT]]
        certain = together(alternatives[0] for alternatives in needs if len(alternatives) == 1)
        open_ = dict.fromkeys(tuple(alternatives) for alternatives in needs if len(alternatives) != 1)
        wholes = product([[certain], *open_], min(_WHOLE, self.limits.derivations))
        self.more = self.more or len(wholes) == _WHOLE
        return wholes

    def groups(
        self, query: Query, names: Sequence[str], rows: Sequence[Values], graph: Term | None
    ) -> list[list[Values]]:
        """Give the keys of the groups of each row: they stand in it, or are asked for."""
        keys = [column.variable for column in query.keys]
        if set(keys) <= set(names):
            return [[tuple(row[names.index(key)] for key in keys)] for row in rows]
        hidden = [key for key in keys if key not in {column.variable for column in query.columns}]
        shown = " ".join([*(column.written for column in query.columns), *hidden])
        written = " ".join(key.written for key in query.keys)
        tail = f"GROUP BY {written} {query.having} {query.values.text if query.values else ''}"
        where = within(graph, query.pattern)
        found: dict[Values, list[Values]] = {}
        for solution in self.lookup.ask(f"SELECT {shown} {self.query.dataset} WHERE {{ {where} }} {tail}"):
            group = tuple(solution.get(key) for key in keys)
            found.setdefault(tuple(solution.get(name) for name in names), []).append(group)
        return [found.get(tuple(row), []) for row in rows]

    # Graphs

    def of_triples(self, triples: Sequence[Triple]) -> list[list[Derivation]]:
        """Give the derivations of the triples of CONSTRUCT, by its template, or of DESCRIBE."""
        if self.query.form == "describe":
            return self.of_description(triples)
        found: list[list[Derivation]] = [[] for _ in triples]
        for part in self.query.template:
            assert isinstance(part.path, tree.Step)
            self.add_instances((part.subject, part.path.predicate, part.object), triples, found)
        return [self.kept(each) for each in found]

    def of_description(self, triples: Sequence[Triple]) -> list[list[Derivation]]:
        """Give the derivations of the triples of DESCRIBE: what chose the thing, and what says the triple."""
        found: list[list[Derivation]] = [[] for _ in triples]
        for name in columns(self.query) if self.query.named == ("*",) else self.query.named:
            self.add_instances((name, "", ""), triples, found)
        for triple, alternatives in zip(triples, found, strict=True):
            if isinstance(triple.subject, BlankNode):  # it is described with what it belongs to
                alternatives.append(NOTHING)
        spelled = [_spelled(triple.subject, triple.predicate, triple.object) for triple in triples]
        self.lookup.locate(spelled)
        own = [self.lookup.of_triple(triple) for triple in spelled]
        return [self.product([alternatives, says]) for alternatives, says in zip(found, own, strict=True)]

    def add_instances(
        self, template: tuple[str, str, str], triples: Sequence[Triple], found: list[list[Derivation]]
    ) -> None:
        """Add what derives the triples that a part of the template may have given."""
        bound = visible(self.query.where) | {column.variable for column in self.query.keys}
        names = sorted({name for name in template if name in bound})
        rows: dict[Values, list[int]] = {}
        for place, triple in enumerate(triples):
            solution = self.matched(template, triple, bound)
            if solution is not None:
                rows.setdefault(tuple(solution[name] for name in names), []).append(place)
        for places, derivations in zip(rows.values(), self.of_rows(self.query, names, list(rows)), strict=True):
            for place in places:
                found[place] += derivations

    def matched(self, template: tuple[str, str, str], triple: Triple, bound: Collection[str]) -> Solution | None:
        """Give the values that a part of the template has in a triple; None if it did not give the triple."""
        solution: Solution = {}
        for text, term in zip(template, (triple.subject, triple.predicate, triple.object), strict=True):
            if text in bound:
                if solution.setdefault(text, term) != term:
                    return None
            elif text and text[0] != "?" and not self.lookup.means(text, term):
                return None
        return solution

    # Solutions and their parts

    def of_solutions(
        self, pattern: TracedPattern, solutions: Sequence[Solution], graph: Term | None
    ) -> list[list[Derivation]]:
        """Give the derivations of each solution: of all its parts together."""
        needs: list[list[list[Derivation]]] = [[] for _ in solutions]
        self.lookup.locate(self.triples(pattern, solutions))
        for mark, part in pattern.parts:
            places = [place for place, solution in enumerate(solutions) if not mark or mark in solution]
            found = self.of_part(part, [solutions[place] for place in places], graph)
            for place, alternatives in zip(places, found, strict=True):
                needs[place].append(alternatives)
        return [self.product(need) for need in needs]

    def product(self, needs: Sequence[Sequence[Derivation]]) -> list[Derivation]:
        """Combine one derivation of each part that is needed: all choices, or those that give the smallest result."""
        found = product(needs, self.limits.derivations)
        self.more = self.more or len(found) == ALL.derivations
        return found

    def triples(self, pattern: TracedPattern, solutions: Sequence[Solution]) -> Iterator[Spelled]:
        """Give the triples of solutions."""
        edges = [(mark, part) for mark, part in pattern.parts if isinstance(part, Edge)]
        for solution in solutions:
            found = (self.triple(edge, solution) for mark, edge in edges if not mark or mark in solution)
            yield from (triple for triple in found if triple)

    def triple(self, edge: Edge, solution: Solution) -> Spelled | None:
        """Give a triple of a solution; None where a variable of an OPTIONAL or a UNION is unbound."""
        terms = [self.lookup.term(text, solution) for text in (edge.subject, edge.predicate, edge.object)]
        return None if None in terms else _spelled(*terms)

    def of_part(self, part: Part, solutions: Sequence[Solution], graph: Term | None) -> list[list[Derivation]]:
        """Give, for each solution, the ways in which a part of the pattern holds: none where that is not known."""
        if isinstance(part, Absent):
            return [[ABSENT]] * len(solutions)
        if isinstance(part, Unmatched):
            return [[NOTHING if part.mark in solution else ABSENT] for solution in solutions]
        name = part.graph
        graphs = [self.lookup.term(name, solution) if name else graph for solution in solutions]
        if isinstance(part, Inner):
            return self.of_inner(part, solutions, graphs)
        return [self.of_one(part, solution, at) for solution, at in zip(solutions, graphs, strict=True)]

    def of_one(self, part: Edge | Named | Repeat | Check, solution: Solution, graph: Term | None) -> list[Derivation]:
        match part:
            case Edge():
                triple = self.triple(part, solution)
                return self.lookup.of_triple(triple, graph) if triple else [NOTHING]
            case Named():
                return self.lookup.of_graph(graph)
            case Repeat():
                return self.of_path(part, solution, graph)
            case Check():
                return self.of_check(part, solution, graph)

    def of_inner(
        self, part: Inner, solutions: Sequence[Solution], graphs: Sequence[Term | None]
    ) -> list[list[Derivation]]:
        """Give the derivations of the rows of a query in the query."""
        found: list[list[Derivation]] = [[] for _ in solutions]
        for graph in dict.fromkeys(graphs):
            places = [place for place, other in enumerate(graphs) if other == graph]
            rows = [tuple(solutions[place].get(copy) for copy in part.row) for place in places]
            tested = part.tested | _sorted_by(part.query)
            ways_of_rows = self.of_rows(part.query, columns(part.query), rows, graph, tested)
            for place, alternatives in zip(places, ways_of_rows, strict=True):
                found[place] = alternatives
        return found

    # Expressions with EXISTS

    def of_check(self, check: Check, solution: Solution, graph: Term | None) -> list[Derivation]:
        """Give the ways in which an expression gets the value that it has, by what exists and what does not."""
        seen = _only(solution, check.scope)
        alternatives = [self.of_exists(exists, seen, graph) for exists in check.exists]
        if not check.variable and Filter(check.expression, check.exists).is_existence:
            return [ABSENT] if check.exists[0].negated else alternatives[0]
        there = [place for place, alternative in enumerate(alternatives) if alternative]
        gone = [place for place in range(len(alternatives)) if place not in there]
        value = self.value(check, solution, there)
        absent = any(self.value(check, solution, [*there, *more]) != value for more in _subsets(gone) if more)
        always = [
            place for place in there if any(not alternative.claims for alternative in alternatives[place])
        ]  # by the layers alone
        some = [frozenset({*always, *more}) for more in _subsets([place for place in there if place not in always])]
        giving = {chosen for chosen in some if self.value(check, solution, chosen) == value}
        enough: list[frozenset[int]] = []
        for chosen in some:  # what gives the value only as long as others are missing is no reason for it
            stays = all(larger in giving for larger in some if chosen <= larger)
            if stays and not any(other <= chosen for other in enough):
                enough.append(chosen)
        found = [
            one
            for chosen in enough
            for one in product([alternatives[place] for place in chosen], self.limits.alternatives)
        ]
        return [derivation._replace(absent=derivation.absent or absent) for derivation in found]

    def value(self, check: Check, solution: Solution, there: Collection[int]) -> Term | None:
        """Compute an expression as if only some of its patterns existed."""
        rest, written = check.expression, ""
        for place, exists in enumerate(check.exists):
            before, rest = rest.split(exists.text, 1)
            written += f"{before} {str((place in there) != exists.negated).lower()} "
        expression = f"({written}{rest})" if check.variable else f"IF(({written}{rest}), true, false)"
        return self.lookup.compute(expression, _only(solution, mentioned(expression)))

    def of_exists(self, exists: Exists, solution: Solution, graph: Term | None) -> list[Derivation]:
        """Give the ways in which a pattern has a solution, as it does for a given solution of the whole."""
        bound = tuple(sorted(_only(solution, mentioned(exists.group)).items()))
        if (exists, bound, graph) not in self.known:
            self.known[exists, bound, graph] = self.found(exists.group, dict(bound), graph)
        return self.known[exists, bound, graph]

    def found(self, group: Group, bound: Solution, graph: Term | None) -> list[Derivation]:
        """Give the ways in which a pattern has a solution that agrees with some values."""
        pattern = trace_pattern(pruned(opened(group, self.fresh, distinct=True), ()), self.fresh, given=bound)
        own = {bind.variable for bind in tree.binds(group)}  # the pattern gives these a value itself
        first = values(sorted(bound.keys() - own), [tuple(bound[name] for name in sorted(bound.keys() - own))])
        found: list[Solution] = []
        for one in self.lookup.select(f"{first} {within(graph, pattern.text)}"):
            if all(one.get(name, bound[name]) == bound[name] for name in own & bound.keys()):
                found.append(one)
            if len(found) == self.limits.alternatives:
                self.more = self.more or self.limits == ALL
                break
        return self.kept(
            alternative for alternatives in self.of_solutions(pattern, found, graph) for alternative in alternatives
        )

    # Paths of any length

    def of_path(self, repeat: Repeat, solution: Solution, graph: Term | None) -> list[Derivation]:
        """Give the ways from the start of a path to its end."""
        start, end = self.lookup.term(repeat.subject, solution), self.lookup.term(repeat.object, solution)
        if start is None or end is None:
            return [NOTHING]
        if repeat.path.sign in "*?" and start == end:  # no step: the term need only stand in the data
            mentions = self.lookup.of_mention(start, graph, self.limits.alternatives)
            return self.kept(alternative for alternatives in mentions for alternative in alternatives) or [NOTHING]
        if (repeat, graph) not in self.alternatives:
            steps = partial(self.steps, step(repeat.path.path, self.fresh), graph)
            self.alternatives[repeat, graph] = PathDerivations(
                steps, once=repeat.path.sign == "?", most=self.limits.solutions
            )
        alternatives = self.alternatives[repeat, graph]
        found = alternatives.smallest(start, end, self.limits.alternatives)
        self.more = self.more or alternatives.cut
        return found

    def steps(
        self, pattern: TracedPattern, graph: Term | None, nodes: Sequence[Term]
    ) -> Iterator[tuple[Term, Term, Derivation]]:
        """Give the steps of a path from some nodes."""
        for chunk in chunks(nodes):
            first = values(["?from"], [(node,) for node in chunk])
            solutions = list(self.lookup.select(f"{first} {within(graph, pattern.text)}"))
            for solution, alternatives in zip(solutions, self.of_solutions(pattern, solutions, graph), strict=True):
                if solution["?from"] in chunk:
                    yield from ((solution["?from"], solution["?to"], alternative) for alternative in alternatives)

    # Evidence

    def evidence(self, found: Sequence[Sequence[Derivation]]) -> list[Evidence]:
        """Give derivations with their claims: all, or of each the smallest."""
        shown = [alternatives if self.limits == ALL else alternatives[:1] for alternatives in found]
        iris = (iri for alternatives in shown for alternative in alternatives for iri in sorted(alternative.claims))
        known = claims.read(self.lookup.store, iris)
        return [
            self.one(alternatives, known, len(each) > len(alternatives))
            for alternatives, each in zip(shown, found, strict=True)
        ]

    def one(self, alternatives: Sequence[Derivation], known: Mapping[str, Claim], more: bool) -> Evidence:  # noqa: FBT001
        derivations = [
            tuple(known.get(iri) or Claim(iri, "", "") for iri in sorted(alternative.claims))
            for alternative in alternatives
        ]
        context = {name for alternative in alternatives for name in alternative.context}
        looked_at = self.lookup.looked_at if any(alternative.absent for alternative in alternatives) else None
        return Evidence(derivations, context, looked_at, more=more or self.more, known=bool(alternatives))


_WHOLE = 64  # derivations of a group: there are very many where several of its solutions have more than one
_COMBINED = 6  # EXISTS in one expression of which all combinations are tried


def _sorted_by(query: Query) -> set[str]:
    """Give the variables by which the rows are sorted of which LIMIT or OFFSET takes some."""
    return mentioned(query.modifiers) if is_sliced(query) else set()


def _exists_of_groups(query: Query) -> tuple[list[tuple[str, tuple[Exists, ...]]], list[Exists]]:
    """Give the arguments of aggregates that look at an EXISTS, each with those in it, and the EXISTS beside them."""
    looking = [(one.expression, one.exists) for one in query.columns] + [(query.having, query.having_exists)]
    arguments = [(argument, exists) for text, exists in looking if exists for argument in tree.aggregated(text)]
    within = [(argument, tuple(one for one in exists if one.text in argument)) for argument, exists in arguments]
    counted = {one for _, inside in within for one in inside}
    outside = [one for _, exists in looking for one in exists if one not in counted]
    return [(argument, inside) for argument, inside in within if inside], outside


def _subsets(places: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Give all subsets, the smallest first; of very many places the whole alone."""
    sizes = range(len(places) + 1) if len(places) <= _COMBINED else (len(places),)
    return (some for size in sizes for some in combinations(places, size))


def _spelled(*terms: Term | None) -> Spelled:
    subject, predicate, object_ = map(str, terms)
    return subject, predicate, object_


def _only(solution: Solution, names: Collection[str]) -> Solution:
    return {name: term for name, term in solution.items() if name in names}
