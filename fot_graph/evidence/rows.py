"""What the rows of a query rest on: a row on its solutions, the row of a group on all solutions of that group.

The engine is asked again for the solutions behind the rows, by a query that shows every triple of a solution (see
`tracing`), limited to the rows at hand. So the work is done where the data are, and grows with the rows explained.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal

from fot_graph.evidence.derivations import ABSENT, Derivation, Search, product, shared_out, together
from fot_graph.evidence.lookup import StoreLookup, values, within
from fot_graph.evidence.solutions import SolutionDerivations
from fot_graph.evidence.tracing import Check, TracedPattern, trace_pattern
from fot_graph.sparql import tree
from fot_graph.sparql.pruning import opened, pruned
from fot_graph.sparql.traits import hidden_keys, is_sliced, slice_of, takes_away, volatile
from fot_graph.sparql.tree import Column
from fot_graph.sparql.variables import columns, examined_by, mentioned, safe, visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from fot_graph.core.terms import Term
    from fot_graph.evidence.derivations import Limits
    from fot_graph.evidence.lookup import Solution, Values
    from fot_graph.evidence.tracing import Inner
    from fot_graph.sparql.tree import Exists, Group, Query
    from fot_graph.stores.rows import Queryable


class RowDerivations:
    """Finds what rows rest on in one store, for one query and its sub-queries."""

    def __init__(self, store: Queryable, query: Query, limits: Limits) -> None:
        self.query, self.search = query, Search(limits)
        self.lookup = StoreLookup(store, query)
        self.fresh = tree.fresh(query.text, "w")
        self.solutions = SolutionDerivations(self.lookup, self.search, self.fresh, self._of_inner)

    def of_answer(self, names: Sequence[str], rows: Sequence[Values]) -> list[list[Derivation]]:
        """Give the derivations of the rows of the query, or of the truth of an ASK; identical rows take turns."""
        return shared_out(rows, self.of_rows(self.query, names, rows))

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
            return self._of_groups(query, names, rows, graph, examined_by(query).union(tested))
        found = self._of_values(query, names, rows, graph, tested)
        if new := {name for name, kind in volatile(query).items() if kind == "new"}:
            others = self._of_values(query, names, rows, graph, tested, new)
            return [same or other for same, other in zip(found, others, strict=True)]
        return found

    def _of_inner(self, part: Inner, rows: Sequence[Values], graph: Term | None) -> list[list[Derivation]]:
        """Give the derivations of rows of a sub-query; what sorts them matters where LIMIT or OFFSET takes some."""
        if is_sliced(part.query):
            return self._of_slice(part.query, rows, graph, part.tested | mentioned(part.query.modifiers))
        return self.of_rows(part.query, columns(part.query), rows, graph, part.tested)

    def _of_slice(
        self, query: Query, rows: Sequence[Values], graph: Term | None, tested: Collection[str]
    ) -> list[list[Derivation]]:
        """Give the derivations of rows that LIMIT or OFFSET takes, with those of the rows that OFFSET skips.

        A row that comes from other solutions than those taken is no reason: with more claims these come before it.
        """
        if slice_of(query).offset > self.search.limits.counted:
            return [[] for _ in rows]
        shown, sorting = columns(query), hidden_keys(query)
        skipped, taken = self._slice(query, sorting, graph, set(rows))
        found = self.of_rows(query, [*shown, *sorting], [*skipped, *taken], graph, tested)
        before = shared_out(skipped, found[: len(skipped)])
        if not all(before):
            return [[] for _ in rows]
        self.search.more = self.search.more or bool(skipped)  # others could stand before them
        certain, times = together(derivations[0] for derivations in before), Counter(skipped)
        of_row: dict[Values, list[Derivation]] = {row: [] for row in rows}
        for row, derivations in zip(taken, found[len(skipped) :], strict=True):
            of_row[row[: len(shown)]] += derivations[times[row] :]  # those before it come from other claims
        missing = [row for row, derivations in of_row.items() if not derivations]  # of a new value or blank node
        of_row |= dict(zip(missing, self.of_rows(query, shown, missing, graph, tested), strict=True))
        return [self.search.product([[certain], self.search.smallest(of_row[row])]) for row in rows]

    def _slice(
        self, query: Query, sorting: Sequence[str], graph: Term | None, wanted: Collection[Values]
    ) -> tuple[list[Values], list[Values]]:
        """Give the rows that the OFFSET of a sub-query skips, and the wanted ones among those that it takes.

        Behind its columns each row has the values of variables that only sort it.
        """
        cut = slice_of(query)
        if not (cut.offset or sorting):
            return [], [*wanted]
        names, written = [*columns(query), *sorting], " ".join(column.written for column in query.columns)
        keys = f"GROUP BY {' '.join(key.written for key in query.keys)}" if query.keys else ""
        last = f"LIMIT {cut.offset}"
        if sorting:
            last = f"LIMIT {cut.offset + cut.limit}" if cut.limit is not None else ""
        end = f"{keys} {query.having} {cut.order} {last} {query.values.text if query.values else ''}"
        select = f"SELECT {cut.kind} {written or '*'} {' '.join(sorting)} {self.query.dataset}"
        solutions = self.lookup.ask(f"{select} WHERE {{ {within(graph, query.pattern)} }} {end}")
        rows = (tuple(solution.get(name) for name in names) for solution in solutions)
        skipped = list(islice(rows, cut.offset))
        size = len(names) - len(sorting)
        return skipped, [*dict.fromkeys(row for row in rows if row[:size] in wanted)] if sorting else [*wanted]

    def _of_values(
        self,
        query: Query,
        names: Sequence[str],
        rows: Sequence[Values],
        graph: Term | None,
        tested: Collection[str],
        new: Collection[str] = (),
    ) -> list[list[Derivation]]:
        """Give the derivations of rows without groups.

        Of the variables in `new`, whose values differ each time, it counts only whether they have one.
        """
        computed = {column.variable: column for column in query.columns if column.expression}
        known = [place for place, name in enumerate(names) if name not in new]
        other = [place for place, name in enumerate(names) if name in new and name not in computed]
        is_there = [Column(next(self.fresh), f"BOUND({names[place]})") for place in other]
        wanted = [(*(row[at] for at in known), *(Literal(row[at] is not None) for at in other)) for row in rows]
        keys = [names[place] for place in known] + [column.variable for column in is_there]
        binds = [computed[name] for name in keys if name in computed] + is_there
        tail = query.values.text if query.values else ""
        needed = mentioned((tuple(keys), *(bind.expression for bind in binds), tail)).union(tested)
        where = pruned(opened(query.where, self.fresh, distinct=True), needed)
        request = _Request(where, keys, set(wanted), binds, tail, graph, examined_by(query).union(tested))
        found = self._of_request(request, self.search.limits.solutions)
        return [self.search.smallest(one for solution in found[key] for one in solution) for key in wanted]

    def _of_request(self, request: _Request, most: int) -> dict[Values, list[list[Derivation]]]:
        """Give, for each wanted combination of values, its solutions, each with its derivations."""
        pattern = request.checked(trace_pattern(request.where, self.fresh, request.examined))
        found = self.lookup.select(request.pattern(pattern.text, texts=self.lookup.joins_texts))
        solutions = self._sorted(found, request, most)
        flat = [solution for of_key in solutions.values() for solution in of_key]
        derived = self.solutions.of_solutions(pattern, flat, request.graph)
        of_each = iter(shared_out([frozenset(solution.items()) for solution in flat], derived))
        return {key: [next(of_each) for _ in of_key] for key, of_key in solutions.items()}

    def _sorted(self, found: Iterable[Solution], request: _Request, free: int) -> dict[Values, list[Solution]]:
        """Sort solutions by the wanted combinations of values, until each has one and `free` more are read."""
        solutions: dict[Values, list[Solution]] = {key: [] for key in request.wanted}
        missing = len(solutions)
        for solution in found:
            of_key = solutions.get(tuple(solution.get(name) for name in request.keys))
            if of_key is None:
                continue
            if of_key and free <= 0:
                self.search.more = True
                if not missing:
                    break
                continue
            missing, free = (missing, free - 1) if of_key else (missing - 1, free)
            of_key.append(solution)
        return solutions

    # Groups

    def _of_groups(
        self,
        query: Query,
        names: Sequence[str],
        rows: Sequence[Values],
        graph: Term | None,
        examined: Collection[str],
    ) -> list[list[Derivation]]:
        """Give for each row of a grouped query the derivations that hold all solutions of its group.

        Where the pattern takes solutions away (MINUS, NOT EXISTS), fewer claims may bring more of them to the group.
        """
        groups = self._groups(query, names, rows, graph)
        keys = [column.variable for column in query.keys]
        within_arguments, outside = _exists_of_groups(query)
        binds = [column for column in query.keys if column.expression]
        binds += [Column(next(self.fresh), argument, exists) for argument, exists in within_arguments]
        wanted = {group for of_row in groups for group in of_row}
        request = _Request(query.where, keys, wanted, binds, graph=graph, examined=examined)
        found = self._of_request(request, self.search.limits.counted)
        away = [[ABSENT]] if takes_away(query.where) else []
        of_group = {group: self._of_group([*found[group], *away], keys, group, outside, graph) for group in wanted}
        return [[whole for key in of_row for whole in of_group[key]] for of_row in groups]

    def _of_group(
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
        found = [self.solutions.of_exists(exists, known, graph) for exists in outside]
        there = [
            [ABSENT] if one.negated or not derivations else derivations
            for one, derivations in zip(outside, found, strict=True)
        ]
        needs = [*solutions, *there] or [[ABSENT]]
        certain = together(derivations[0] for derivations in needs if len(derivations) == 1)
        several = dict.fromkeys(tuple(derivations) for derivations in needs if len(derivations) != 1)
        wholes = product([[certain], *several], min(_WHOLE, self.search.limits.derivations))
        self.search.more = self.search.more or len(wholes) == _WHOLE
        return wholes

    def _groups(
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


_WHOLE = 64  # derivations of a group: there are very many where several of its solutions have more than one


class _Request(NamedTuple):
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


def _exists_of_groups(query: Query) -> tuple[list[tuple[str, tuple[Exists, ...]]], list[Exists]]:
    """Give the arguments of aggregates that look at an EXISTS, each with those in it, and the EXISTS beside them."""
    looking = [(one.expression, one.exists) for one in query.columns] + [(query.having, query.having_exists)]
    arguments = [(argument, exists) for text, exists in looking if exists for argument in tree.aggregated(text)]
    within = [(argument, tuple(one for one in exists if one.text in argument)) for argument, exists in arguments]
    counted = {one for _, inside in within for one in inside}
    outside = [one for _, exists in looking for one in exists if one not in counted]
    return [(argument, inside) for argument, inside in within if inside], outside
