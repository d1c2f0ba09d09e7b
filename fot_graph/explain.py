"""Why an answer holds: for each row the smallest set of claims that yields it.

The engine is asked again for the solutions behind the rows, by a query that shows every triple of a solution (see
`witness`), limited to the rows at hand. A solution rests on its triples, a triple on the claim whose graph it stands
in, or on a layer, which needs no claim. What a solution needs together is a derivation (a minimal witness, in the terms
of why-provenance: Cheney, Chiticariu and Tan, Provenance in Databases, 2009, section 2). Only derivations of which
nothing can be left out are kept.
"""

from __future__ import annotations

import re
from functools import cached_property, reduce
from heapq import heappop, heappush
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Store

from fot_graph import evidence, syntax
from fot_graph.evidence import Claim, Evidence
from fot_graph.namespaces import PREFIXES, expand, is_layer
from fot_graph.witness import (
    RDF_TYPE,
    Absent,
    Check,
    Edge,
    Inner,
    Named,
    Repeat,
    Witness,
    columns,
    mentioned,
    safe,
    step,
    visible,
    witness,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import QuerySolutions, Triple

    from fot_graph.answers import Answer
    from fot_graph.syntax import Column, Exists, Group, Query
    from fot_graph.witness import Part

    Term = NamedNode | BlankNode | Literal | Triple
    Solution = dict[str, Term]
    Values = tuple[Term | None, ...]
    _Item = TypeVar("_Item")


class Derivation(NamedTuple):
    """Claims that together yield something, the layers that take part, and whether it rests on an absence as well."""

    claims: frozenset[str] = frozenset()
    context: frozenset[str] = frozenset()
    absent: bool = False


def explain(store: Store, query: str, answer: Answer, *, every: bool = False) -> list[Evidence]:
    """Give the evidence of each row of an answer, of each triple of a graph, or of the truth of an ASK.

    Of each the smallest derivation, or all with `every`. Raises: `UsageError` for queries beyond SPARQL 1.1.
    """
    finder = _Finder(store, syntax.parse(query), every=every)
    if answer.form == "ask":
        found = finder.of_rows(finder.query, [], [()]) if answer.truth else [[_ABSENT]]
    elif answer.form == "select":
        found = finder.of_rows(finder.query, [f"?{name}" for name in answer.variables], answer.rows)
        found = _shared_out(answer.rows, found)
    else:
        found = finder.of_triples(answer.triples)
    return finder.evidence(found)


# --- Derivations -----------------------------------------------------------------------------------------------------

_NOTHING, _ABSENT = Derivation(), Derivation(absent=True)
_FEW, _MANY = 8, 4096  # derivations that are pursued at a time: for the smallest one, for all
_SOLUTIONS = 1_000  # that are read for the rows of an answer together, beyond the first of each
_EVERY = 20  # times as many where all derivations are asked for
_COUNTED = 4_000  # that are read where an aggregate rests on all of them


def _smallest_first(found: Iterable[Derivation], most: int = _MANY) -> list[Derivation]:
    """Keep the derivations of which no claim can be left out, the smallest first, not many more than `most`."""
    kept: list[Derivation] = []
    for one in sorted(set(found), key=_size):
        if not any(other.claims <= one.claims and other.absent <= one.absent for other in kept):
            kept.append(one)
            if len(kept) > most:
                break
    return kept


def _size(one: Derivation) -> tuple[int, bool, list[str], list[str]]:
    return len(one.claims), one.absent, sorted(one.claims), sorted(one.context)


def _together(one: Derivation, other: Derivation) -> Derivation:
    return Derivation(one.claims | other.claims, one.context | other.context, one.absent or other.absent)


def _shared_out(rows: Sequence[Hashable], found: list[list[Derivation]]) -> list[list[Derivation]]:
    """Give the second of two identical rows the second derivation first, and so on."""
    met: dict[Hashable, int] = {}
    for place, row in enumerate(rows):
        turn = met[row] = met.get(row, -1) + 1
        if found[place] and turn:
            turn %= len(found[place])
            found[place] = found[place][turn:] + found[place][:turn]
    return found


# --- Finding them ----------------------------------------------------------------------------------------------------


class _Finder:
    """Finds derivations in one store, for one query and the queries in it."""

    def __init__(self, store: Store, query: Query, *, every: bool) -> None:
        self.store, self.query, self.every = store, query, every
        self.most = _MANY if every else _FEW
        self.fresh = syntax.fresh(query.text, "w")
        self.places: dict[tuple[str, str, str], tuple[str, ...]] = {}
        self.claims: dict[str, bool] = {}
        self.constants: dict[str, Term | None] = {}
        self.more = False

    # Rows

    def of_rows(
        self, query: Query, names: Sequence[str], rows: Sequence[Values], graph: Term | None = None
    ) -> list[list[Derivation]]:
        """Give the derivations of rows of a query, whose columns are `names`, within a named graph if it is given."""
        if query.grouped:
            return self.of_groups(query, names, rows, graph)
        computed = {column.variable: column for column in query.columns if column.expression}
        fickle = _fickle(query)
        known = [place for place, name in enumerate(names) if name not in fickle]
        wanted = {tuple(row[place] for place in known) for row in rows}
        keys = [names[place] for place in known]
        binds = [computed[name] for name in keys if name in computed]
        tail = query.values.text if query.values else ""
        by_key = self.derived(query.where, keys, wanted, binds, tail, graph)
        return [self.kept(by_key.get(tuple(row[place] for place in known), [])) for row in rows]

    def derived(  # noqa: PLR0913, PLR0917  the parts of the query
        self,
        where: Group,
        keys: Sequence[str],
        wanted: Collection[Values],
        binds: Sequence[Column],
        tail: str,
        graph: Term | None,
        most: int = _SOLUTIONS,
    ) -> dict[Values, list[list[Derivation]]]:
        """Give, for each wanted combination of values, its solutions, each with its derivations."""
        pattern = witness(where, self.fresh)
        found = self.solutions(pattern, _fixed(where, keys, wanted, binds), binds, tail, graph)
        solutions = self.read(found, keys, wanted, most * (_EVERY if self.every else 1))
        flat = [solution for of_key in solutions.values() for solution in of_key]
        of_each = iter(self.of_solutions(pattern, flat, graph))
        return {key: [next(of_each) for _ in of_key] for key, of_key in solutions.items()}

    def read(
        self, found: Iterable[Solution], keys: Sequence[str], wanted: Collection[Values], free: int
    ) -> dict[Values, list[Solution]]:
        """Sort solutions by the wanted combinations of values, until each has one and `free` more are read."""
        solutions: dict[Values, list[Solution]] = {key: [] for key in wanted}
        missing = len(solutions)
        for solution in found:
            of_key = solutions.get(tuple(solution.get(name) for name in keys))
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

    def kept(self, found: Iterable[Iterable[Derivation]]) -> list[Derivation]:
        """Put the derivations of all solutions of a row together."""
        kept = _smallest_first((derivation for each in found for derivation in each), self.most)
        self.more = self.more or len(kept) > self.most
        return kept[: self.most]

    def of_groups(
        self, query: Query, names: Sequence[str], rows: Sequence[Values], graph: Term | None
    ) -> list[list[Derivation]]:
        """Give for each row of a grouped query the one derivation that holds all solutions of its group."""
        keys = [column.variable for column in query.keys]
        groups = self.groups(query, names, rows, graph)
        binds = [column for column in query.keys if column.expression]
        wanted = {group for found in groups for group in found}
        by_group = self.derived(query.where, keys, wanted, binds, "", graph, _COUNTED)
        return [[self.whole(by_group[group]) for group in found] for found in groups]

    def whole(self, solutions: Iterable[Sequence[Derivation]]) -> Derivation:
        """Put all solutions of a group together; of each its smallest derivation, or all."""
        parts = [part for found in solutions for part in (found if self.every else found[:1])]
        return reduce(_together, parts, _NOTHING) if parts else _ABSENT

    def groups(
        self, query: Query, names: Sequence[str], rows: Sequence[Values], graph: Term | None
    ) -> list[list[Values]]:
        """Give the keys of the groups of each row: they stand in it, or are asked for."""
        keys = [column.variable for column in query.keys]
        if set(keys) <= set(names):
            return [[tuple(row[names.index(key)] for key in keys)] for row in rows]
        shown = " ".join(f"({c.expression} AS {c.variable})" if c.expression else c.variable for c in query.columns)
        hidden = " ".join(key for key in keys if key not in {column.variable for column in query.columns})
        by = " ".join(f"({c.expression} AS {c.variable})" if c.expression else c.variable for c in query.keys)
        where = _within(graph, query.pattern)
        tail = query.values.text if query.values else ""
        found: dict[Values, list[Values]] = {}
        text = f"SELECT {shown} {hidden} {self.dataset} WHERE {{ {where} }} GROUP BY {by} {query.having} {tail}"
        for solution in self.ask(text):
            group = tuple(solution.get(key) for key in keys)
            found.setdefault(tuple(solution.get(name) for name in names), []).append(group)
        return [found.get(tuple(row), []) for row in rows]

    # Graphs

    def of_triples(self, triples: Sequence[Triple]) -> list[list[Derivation]]:
        """Give the derivations of the triples of CONSTRUCT, by its template, or of DESCRIBE."""
        if self.query.form == "construct":
            templates = [tuple(self._template(triple)) for triple in self.query.template]
        else:
            templates = [(name, "", "") for name in self._described()]
        found: list[list[Derivation]] = [[] for _ in triples]
        for template in templates:
            self._instances(template, triples, found)
        if self.query.form == "describe":
            self._described_by(triples, found)
        return [self.kept([each]) for each in found]

    def _template(self, triple: syntax.Triple) -> Iterator[str]:
        assert isinstance(triple.path, syntax.Step)
        yield from (triple.subject, triple.path.predicate, triple.object)

    def _described(self) -> list[str]:
        return columns(self.query) if self.query.named == ("*",) else list(self.query.named)

    def _instances(self, template: tuple[str, ...], triples: Sequence[Triple], found: list[list[Derivation]]) -> None:
        """Add what derives the triples that a part of the template may have given."""
        bound = visible(self.query.where) | {column.variable for column in self.query.keys}
        names = sorted({name for name in template if name in bound})
        rows: dict[Values, list[int]] = {}
        for place, triple in enumerate(triples):
            solution = self._matched(template, triple, bound)
            if solution is not None:
                rows.setdefault(tuple(solution[name] for name in names), []).append(place)
        if not names and self.query.form == "describe":  # a thing that the query names
            derived = [[_NOTHING]] * len(rows)
        else:
            derived = self.of_rows(self.query, names, list(rows))
        for places, derivations in zip(rows.values(), derived, strict=True):
            for place in places:
                found[place] += derivations

    def _matched(self, template: tuple[str, ...], triple: Triple, bound: Collection[str]) -> Solution | None:
        """Give the values that a part of the template has in a triple; None if it did not give the triple."""
        solution: Solution = {}
        for text, term in zip(template, (triple.subject, triple.predicate, triple.object), strict=True):
            if text in bound:
                if solution.setdefault(text, term) != term:
                    return None
            elif text and text[0] != "?" and self.constant(text) != term:
                return None
        return solution

    def _described_by(self, triples: Sequence[Triple], found: list[list[Derivation]]) -> None:
        """Add what the triples of a description rest on themselves."""
        self.locate((str(t.subject), str(t.predicate), str(t.object)) for t in triples)
        for place, triple in enumerate(triples):
            own = self.of_triple((str(triple.subject), str(triple.predicate), str(triple.object)))
            found[place] = self.product([found[place] or [_NOTHING], own])

    # Solutions

    def solutions(
        self,
        pattern: Witness,
        fixed: tuple[Sequence[str], Collection[Values]],
        binds: Sequence[Column],
        tail: str,
        graph: Term | None,
    ) -> Iterator[Solution]:
        """Ask for the solutions of a rewritten pattern, with some variables fixed to some combinations of values."""
        first = _values(*fixed)
        bound = " ".join(f"BIND({column.expression} AS {column.variable})" for column in binds)
        where = f"{{ {first} {_within(graph, pattern.text)} }} {tail} {bound}"
        return self.ask(f"SELECT * {self.dataset} WHERE {{ {where} }}")

    def of_solutions(
        self, pattern: Witness, solutions: Sequence[Solution], graph: Term | None
    ) -> list[list[Derivation]]:
        """Give the derivations of each solution: of all its parts together."""
        needs: list[list[list[Derivation]]] = [[] for _ in solutions]
        self.locate(self._triples(pattern, solutions))
        for mark, part in pattern.parts:
            places = [place for place, solution in enumerate(solutions) if not mark or mark in solution]
            found = self.of_part(part, [solutions[place] for place in places], graph)
            for place, derivations in zip(places, found, strict=True):
                if derivations:
                    needs[place].append(derivations)
        return [self.product(need) for need in needs]

    def product(self, needs: Iterable[list[Derivation]]) -> list[Derivation]:
        """Put together what is needed together, each in all its ways, or in the smallest ones."""
        found = [_NOTHING]
        for ways in needs:
            found = _smallest_first((_together(one, way) for one in found for way in ways), self.most)
            self.more = self.more or len(found) > self.most
            found = found[: self.most]
        return found

    # Parts

    def of_part(self, part: Part, solutions: Sequence[Solution], graph: Term | None) -> list[list[Derivation]]:
        """Give, for each solution, the ways in which a part of the pattern holds."""
        match part:
            case Edge():
                return [self.of_edge(part, solution, graph) for solution in solutions]
            case Named(name):
                return [self.of_graph(self.term(name, solution)) for solution in solutions]
            case Absent():
                return [[_ABSENT]] * len(solutions)
            case Repeat():
                return [self.of_path(part, solution, graph) for solution in solutions]
            case Check():
                return [self.of_check(part, solution, graph) for solution in solutions]
            case Inner():
                return self.of_inner(part, solutions, graph)

    def of_edge(self, edge: Edge, solution: Solution, graph: Term | None) -> list[Derivation]:
        triple = self._triple(edge, solution)
        within = self.term(edge.graph, solution) if edge.graph else graph
        if triple is None:
            return []
        return self.of_triple(triple, [within.value] if isinstance(within, NamedNode) else None)

    def of_triple(self, triple: tuple[str, str, str], graphs: Iterable[str] | None = None) -> list[Derivation]:
        """Give the ways in which a triple holds: by a layer, or by a claim that says so."""
        names = self.places.get(triple, ()) if graphs is None else tuple(graphs)
        layers = sorted(name for name in names if is_layer(name))
        if any(name != _PROVENANCE for name in layers):
            return [Derivation(context=frozenset({_layer(next(name for name in layers if name != _PROVENANCE))}))]
        subject = triple[0][1:-1]
        if layers:  # what is said of a claim rests on this claim
            return [Derivation(frozenset({subject})) if self.claims.get(subject) else Derivation(context=_OF_CLAIMS)]
        return [Derivation(frozenset({name})) for name in sorted(names)]

    def of_graph(self, graph: Term | None) -> list[Derivation]:
        if not isinstance(graph, NamedNode) or is_layer(graph.value):
            return []
        return [Derivation(frozenset({graph.value}))]

    def of_inner(self, part: Inner, solutions: Sequence[Solution], graph: Term | None) -> list[list[Derivation]]:
        """Give the derivations of the rows of a query in the query."""
        names = columns(part.query)
        found: list[list[Derivation]] = [[] for _ in solutions]
        by_graph: dict[Term | None, list[int]] = {}
        for place, solution in enumerate(solutions):
            by_graph.setdefault(self.term(part.graph, solution) if part.graph else graph, []).append(place)
        for within, places in by_graph.items():
            rows = [tuple(solutions[place].get(name) for name in names) for place in places]
            for place, derivations in zip(places, self.of_rows(part.query, names, rows, within), strict=True):
                found[place] = derivations
        return found

    # Expressions with EXISTS

    def of_check(self, check: Check, solution: Solution, graph: Term | None) -> list[Derivation]:
        """Give the ways in which an expression gets the value that it has, by what exists and what does not."""
        within = self.term(check.graph, solution) if check.graph else graph
        ways = [self.of_exists(exists, solution, within) for exists in check.exists]
        if [exists.text for exists in check.exists] == [check.expression]:
            return ways[0] or [_ABSENT]
        there = [place for place, way in enumerate(ways) if way]
        value = self.value(check, solution, there)
        absent = any(
            self.value(check, solution, [*there, place]) != value for place in range(len(ways)) if place not in there
        )
        enough: list[tuple[int, ...]] = []
        for chosen in (each for size in range(len(there) + 1) for each in combinations(there, size)):
            if not any(set(other) <= set(chosen) for other in enough) and self.value(check, solution, chosen) == value:
                enough.append(chosen)
        found = [derivation for chosen in enough for derivation in self.product([ways[place] for place in chosen])]
        return [derivation._replace(absent=derivation.absent or absent) for derivation in found]

    def value(self, check: Check, solution: Solution, there: Collection[int]) -> Term | None:
        """Compute an expression as if only some of its patterns existed."""
        rest, written = check.expression, ""
        for place, exists in enumerate(check.exists):
            before, rest = rest.split(exists.text, 1)
            written += f"{before} {str((place in there) != exists.negated).lower()} "
        expression = f"({written}{rest})" if check.variable else f"IF(({written}{rest}), true, false)"
        bound = {name: term for name, term in solution.items() if name in mentioned(expression)}
        text = f"SELECT ({expression} AS ?value) WHERE {{ {_values(list(bound), [tuple(bound.values())])} }}"
        return next(self.ask(text, Store()), {}).get("?value")

    def of_exists(self, exists: Exists, solution: Solution, graph: Term | None) -> list[Derivation]:
        """Give the ways in which a pattern has a solution, as it does for a given solution of the whole."""
        bound = {name: solution[name] for name in sorted(mentioned(exists.group)) if name in solution}
        pattern = witness(exists.group, self.fresh)
        found: list[Solution] = []
        for one in self.solutions(pattern, (list(bound), [tuple(bound.values())]), (), "", graph):
            found.append(one)
            if len(found) >= (_SOLUTIONS if self.every else _FEW):
                self.more = True
                break
        return self.kept(self.of_solutions(pattern, found, graph))

    # Paths of any length

    def of_path(self, repeat: Repeat, solution: Solution, graph: Term | None) -> list[Derivation]:
        """Give the ways from the start of a path to its end."""
        start, end = self.term(repeat.subject, solution), self.term(repeat.object, solution)
        if start is None or end is None:
            return []
        within = self.term(repeat.graph, solution) if repeat.graph else graph
        if repeat.path.sign in "*?" and start == end:
            return self.of_mention(start, within)
        steps = _Steps(self, repeat.path.path, within, once=repeat.path.sign == "?")
        return steps.ways(start, end)

    def of_mention(self, term: Term, graph: Term | None) -> list[Derivation]:
        """Give the ways in which a term stands in the data at all, which a path of no steps asks for."""
        if isinstance(term, BlankNode):
            return []
        patterns = [f"?s ?p {term}", *([f"{term} ?p ?o"] if isinstance(term, NamedNode) else [])]
        found = [
            (str(one.get("?s", term)), str(one["?p"]), str(one.get("?o", term)))
            for pattern in patterns
            for one in self.ask(f"SELECT * WHERE {{ {_within(graph, pattern)} }} LIMIT {self.most}")
        ]
        self.locate(found)
        graphs = [graph.value] if isinstance(graph, NamedNode) else None
        return self.kept(self.of_triple(triple, graphs) for triple in found)

    # The store

    @cached_property
    def dataset(self) -> str:
        return self.query.dataset

    @cached_property
    def default_graphs(self) -> set[str] | None:
        """The graphs that FROM makes the default graph; None for that of the store."""
        if not self.dataset:
            return None
        words = re.sub(r"FROM\s+NAMED\s+\S+", "", self.dataset, flags=re.IGNORECASE).split()
        named = (self.constant(word) for word in words if word.upper() != "FROM")
        return {node.value for node in named if isinstance(node, NamedNode)}

    def ask(self, text: str, store: Store | None = None) -> Iterator[Solution]:
        result: QuerySolutions = (store or self.store).query(self.query.prologue + text, prefixes=PREFIXES)  # type: ignore[assignment]
        names = [f"?{variable.value}" for variable in result.variables]
        for row in result:
            yield {name: term for name, term in zip(names, row, strict=True) if term is not None}

    def constant(self, text: str) -> Term | None:
        """Give the term that a piece of the query stands for; the engine reads it."""
        if text not in self.constants:
            term = RDF_TYPE if text == "a" else text
            found = self.ask(f"SELECT ?term WHERE {{ VALUES ?term {{ {term} }} }}", Store())
            self.constants[text] = next(found, {}).get("?term")
        return self.constants[text]

    def term(self, text: str, solution: Mapping[str, Term]) -> Term | None:
        return solution.get(text) if text[0] == "?" else self.constant(text)

    def _triple(self, edge: Edge, solution: Solution) -> tuple[str, str, str] | None:
        terms = [self.term(text, solution) for text in (edge.subject, edge.predicate, edge.object)]
        return None if None in terms else (str(terms[0]), str(terms[1]), str(terms[2]))

    def _triples(self, pattern: Witness, solutions: Sequence[Solution]) -> Iterator[tuple[str, str, str]]:
        """Give the triples of solutions."""
        edges = [(mark, part) for mark, part in pattern.parts if isinstance(part, Edge)]
        for solution in solutions:
            found = (self._triple(edge, solution) for mark, edge in edges if not mark or mark in solution)
            yield from (triple for triple in found if triple)

    def locate(self, triples: Iterable[tuple[str, str, str]]) -> None:
        """Look up in which graphs triples stand, and which of their subjects in the provenance are claims."""
        unknown = [triple for triple in dict.fromkeys(triples) if triple not in self.places]
        self.places |= dict.fromkeys(unknown, ())
        named = [triple for triple in unknown if "_:" not in (triple[0][:2], triple[2][:2])]
        for chunk in _chunks(named):
            rows = " ".join(f"({' '.join(triple)})" for triple in chunk)
            text = f"SELECT ?s ?p ?o ?g WHERE {{ VALUES (?s ?p ?o) {{ {rows} }} GRAPH ?g {{ ?s ?p ?o }} }}"
            for found in self.ask(text):
                s, p, o, graph = map(str, found.values())
                self._place((s, p, o), graph[1:-1])
        for triple in set(unknown).difference(named):  # blank nodes stand in the ontology only
            self.places[triple] = (_ONTOLOGY,)
        self._tell_claims({triple[0][1:-1] for triple in named if _PROVENANCE in self.places[triple]})

    def _place(self, triple: tuple[str, str, str], graph: str) -> None:
        if self.default_graphs is None or graph in self.default_graphs:
            self.places[triple] = (*self.places.get(triple, ()), graph)

    def _tell_claims(self, iris: set[str]) -> None:
        unknown = sorted(iris - self.claims.keys())
        self.claims |= dict.fromkeys(unknown, False)
        for chunk in _chunks(unknown):
            rows = " ".join(f"<{iri}>" for iri in chunk)
            for found in self.ask(f"SELECT ?claim WHERE {{ VALUES ?claim {{ {rows} }} ?claim a <{_CLAIM}> }}"):
                self.claims[str(found["?claim"])[1:-1]] = True

    # Evidence

    def evidence(self, found: Sequence[Sequence[Derivation]]) -> list[Evidence]:
        """Give derivations with their claims."""
        shown = [list(ways) if self.every else list(ways[:1]) for ways in found]
        known = evidence.read(self.store, (iri for ways in shown for way in ways for iri in sorted(way.claims)))
        return [self._evidence(ways, known, len(all_) > len(ways)) for ways, all_ in zip(shown, found, strict=True)]

    def _evidence(self, ways: Sequence[Derivation], known: Mapping[str, Claim], more: bool) -> Evidence:  # noqa: FBT001
        derivations = [tuple(known.get(iri) or Claim(iri, "", "") for iri in sorted(way.claims)) for way in ways]
        context = {name for way in ways for name in way.context}
        looked_at = self.looked_at if any(way.absent for way in ways) else None
        return Evidence(derivations, context, looked_at, more=more or self.more)

    @cached_property
    def looked_at(self) -> int:
        found = next(self.ask(f"SELECT (COUNT(?claim) AS ?n) WHERE {{ ?claim a <{_CLAIM}> }}"))["?n"]
        return int(str(found).split('"')[1])


class _Steps:
    """The steps of a path of any length, found from its start onwards, and the ways over them."""

    def __init__(self, finder: _Finder, path: syntax.Path, graph: Term | None, *, once: bool) -> None:
        self.finder, self.graph, self.once = finder, graph, once
        self.pattern = step(path, finder.fresh)
        self.edges: dict[Term, list[tuple[Term, Derivation]]] = {}

    def ways(self, start: Term, end: Term) -> list[Derivation]:
        """Give the smallest sets of claims over which one gets from the start to the end.

        After each way found, one without each of its claims is looked for (as Reiter's hitting set tree does), so that
        none is missed, up to the number that is wanted.
        """
        self.explore(start, end)
        found: list[Derivation] = []
        refused: list[frozenset[str]] = [frozenset()]
        for without in refused:
            way = self.way(start, end, without=without)
            if way is None or len(refused) > _MANY // (1 if self.finder.every else 64):
                continue
            way = self.reduced(way, start, end)
            found.append(way)
            refused += [more for claim in sorted(way.claims) if (more := without | {claim}) not in refused]
        return _smallest_first(found)[: self.finder.most]

    def explore(self, start: Term, end: Term) -> None:
        """Find the steps from the start onwards; all of them, or until the end is reached."""
        reached = [start]
        while reached:
            for node in reached:
                self.edges[node] = []
            for node, other, derivation in self.steps(reached):
                self.edges[node].append((other, derivation))
            onward = {other for node in reached for other, _ in self.edges[node] if other not in self.edges}
            far = not self.finder.every and len(self.edges) > _COUNTED and end in onward
            reached = [] if self.once or far else sorted(onward, key=str)

    def steps(self, nodes: Sequence[Term]) -> Iterator[tuple[Term, Term, Derivation]]:
        for chunk in _chunks(nodes):
            rows = [(node,) for node in chunk]
            solutions = list(self.finder.solutions(self.pattern, (["?from"], rows), (), "", self.graph))
            for solution, ways in zip(
                solutions, self.finder.of_solutions(self.pattern, solutions, self.graph), strict=True
            ):
                if solution["?from"] in self.edges:
                    yield from ((solution["?from"], solution["?to"], way) for way in ways)

    def way(
        self, start: Term, end: Term, *, without: frozenset[str] = frozenset(), among: frozenset[str] | None = None
    ) -> Derivation | None:
        """Find a way of few claims, of one step at least (Dijkstra's algorithm, the claims being the cost).

        `without` some claims, or `among` some.
        """
        waiting: list[tuple[int, int, int, Term, Derivation]] = [(0, 0, 0, start, _NOTHING)]
        number = 0
        done: set[Term] = set()
        while waiting:
            _, far, _, node, so_far = heappop(waiting)
            if node == end and far:
                return so_far
            if node in done:
                continue
            if far or start != end:
                done.add(node)
            for other, derivation in self.edges.get(node, ()):
                claims = derivation.claims
                if other not in done and not claims & without and (among is None or claims <= among):
                    whole, number = _together(so_far, derivation), number + 1
                    heappush(waiting, (len(whole.claims), far + 1, number, other, whole))
        return None

    def reduced(self, way: Derivation, start: Term, end: Term) -> Derivation:
        """Leave out each claim without which the others suffice."""
        for claim in sorted(way.claims):
            rest = way.claims - {claim}
            way = self.way(start, end, among=rest) or way
        return way


# --- Text ------------------------------------------------------------------------------------------------------------

_PROVENANCE, _ONTOLOGY = expand("graph:provenance"), expand("graph:ontology")
_CLAIM = expand("fot:Claim")
_OF_CLAIMS = frozenset({"provenance"})
_VOLATILE = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE)\s*\(", re.IGNORECASE)


def _layer(graph: str) -> str:
    return graph.removeprefix(PREFIXES["graph"])


def _chunks(items: Sequence[_Item], size: int = 200) -> Iterator[Sequence[_Item]]:
    return (items[first : first + size] for first in range(0, len(items), size))


def _within(graph: Term | None, pattern: str) -> str:
    return f"GRAPH {graph} {{ {pattern} }}" if graph else pattern


def _values(names: Sequence[str], rows: Collection[Values]) -> str:
    """Write combinations of values; a blank node cannot be named and is left open."""
    if not names:
        return ""
    lines = (" ".join("UNDEF" if t is None or isinstance(t, BlankNode) else str(t) for t in row) for row in rows)
    return f"VALUES ({' '.join(names)}) {{ {' '.join(f'({line})' for line in lines)} }}"


def _fixed(
    where: Group, keys: Sequence[str], wanted: Collection[Values], binds: Sequence[Column]
) -> tuple[Sequence[str], Collection[Values]]:
    """Choose what can be fixed before the pattern is matched: it must have no other effect than to choose."""
    free = safe(where) - {column.variable for column in binds}
    places = [place for place, name in enumerate(keys) if name in free]
    rows = dict.fromkeys(tuple(row[place] for place in places) for row in wanted)
    return [keys[place] for place in places], list(rows)


def _fickle(query: Query) -> set[str]:
    """Give the variables whose value differs each time the query is asked: random numbers, the time, new nodes."""
    made = [(column.variable, column.expression) for column in query.columns]
    made += [(bind.variable, bind.expression) for bind in syntax.binds(query.where)]
    fickle = {variable for variable, expression in made if _VOLATILE.search(expression)}
    for variable, expression in made * len(made):
        if mentioned(expression) & fickle:
            fickle.add(variable)
    return fickle
