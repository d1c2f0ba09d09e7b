"""Evidence held against the graph: the query is asked again of fewer claims, and the row has to come back.

`Parts` takes a graph apart into claims and layers, and puts any of them together again. `Trial` asks one query of them:
whether some claims yield a row, whether fewer do, and, where it is not known which do, which are left when as many
claims as possible are taken away (Zeller and Hildebrandt, Simplifying and isolating failure-inducing input, 2002). It
needs no knowledge of SPARQL, so it holds for every query whose answer does not change by itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import islice, product
from time import thread_time
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, Store

from fot_graph.derivations import Derivation, smallest_first
from fot_graph.namespaces import PREFIXES, expand, is_layer, used_in
from fot_graph.syntax import Bind, Column, Exists, Filter, Group, Minus, Optional, Query, Select
from fot_graph.variables import mentioned, safe, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import QueryTriples, Triple

    Term = NamedNode | BlankNode | Literal | Triple
    Row = tuple[Term | str | None, ...]

Part = TypeVar("Part")

LAYERS = frozenset({"naming", "document", "ontology", "provenance"})
MOST_CLAIMS = 2_000  # of a store on disk that is copied into memory to ask again of its parts
SECONDS = 10.0  # of the processor for the searches of one answer


class Parts:
    """A graph taken apart: its claims, each with what the provenance says of it, and its layers.

    A part goes by the IRI of the claim or by the name of the layer. `size` is the number of quads in the store.
    """

    def __init__(self, store: Store) -> None:
        """Copy the quads of the named graphs of a store."""
        self.size = len(store)
        quads = [quad for quad in store.quads_for_pattern(None, None, None) if quad.graph_name != DefaultGraph()]
        self.claims = frozenset(_iri(quad.subject) for quad in quads if quad.predicate == _STATUS)
        self._quads: dict[str, list[Quad]] = defaultdict(list)
        for quad in quads:
            self._quads[self._part(quad)].append(quad)
        self.all = frozenset(self._quads)
        self._stores: dict[frozenset[str], _Changing] = {}

    def together(self, parts: frozenset[str]) -> Store:
        """Give a store of some parts, its default graph being their union. The next call may change it."""
        layers = parts & LAYERS
        if layers not in self._stores:
            self._stores[layers] = _Changing(self._quads)
        return self._stores[layers].become(parts)

    def _part(self, quad: Quad) -> str:
        name = _iri(quad.graph_name)
        if name == _PROVENANCE and _iri(quad.subject) in self.claims:
            return _iri(quad.subject)
        return name.removeprefix(PREFIXES["graph"]) if is_layer(name) else name


class _Changing:
    """A store in which parts come and go, which is much quicker than a new store for each question."""

    def __init__(self, quads: dict[str, list[Quad]]) -> None:
        self.quads = quads
        self.store, self.parts, self.changes = Store(), frozenset[str](), 0
        self.times: Counter[Triple] = Counter()  # in how many parts a triple stands: the default graph has it once

    def become(self, parts: frozenset[str]) -> Store:
        if self.changes > _RENEWED:  # the engine keeps the memory of what was removed
            self.store, self.parts, self.changes = Store(), frozenset(), 0
            self.times.clear()
        for part in self.parts - parts:
            self._drop(part)
        for part in parts - self.parts:
            self._add(part)
        self.parts = parts
        return self.store

    def _add(self, part: str) -> None:
        quads = self.quads[part]
        self.store.extend(quads)
        new = [quad.triple for quad in quads if not self.times[quad.triple]]
        self.store.extend(Quad(*triple) for triple in new)
        self.times.update(quad.triple for quad in quads)
        self.changes += len(quads)

    def _drop(self, part: str) -> None:
        quads = self.quads[part]
        self.times.subtract(quad.triple for quad in quads)
        for quad in quads:
            self.store.remove(quad)
            if not self.times[quad.triple]:
                self.store.remove(Quad(*quad.triple))


class Trial:
    """One query, asked of some parts of a graph. Which rows LIMIT and OFFSET of the whole query choose does not matter.

    `monotone` tells that more facts never take a row away; `is_repeatable` that a row can be known again.
    """

    def __init__(self, parts: Parts, query: Query, names: Sequence[str]) -> None:
        """Take a query and the variables (with '?') of its rows; none for a graph or a truth."""
        self.parts, self.monotone = parts, is_monotone(query)
        self._text = query.prologue + query.unsliced
        self._prefixes = used_in(self._text)
        changing = volatile(query)
        self._kinds = [changing.get(name, "") for name in names]
        self.is_repeatable = bool(names) or not changing  # it is not known which terms of a graph were made by them
        computed = {column.variable for column in query.columns if column.expression}
        keys = {column.variable for column in query.keys if not column.expression} if query.grouped else set(names)
        is_open = query.form == "select" and not isinstance(next(iter(query.where.elements), None), Select)
        certain = (safe(query.where) & keys) - computed if is_open else set()
        self._fixed = [(place, name) for place, name in enumerate(names) if name in certain]
        self._opening = len(query.prologue) + query.opening
        self._counting = _counting(query) if query.grouped else ""
        self._counted: dict[frozenset[str], list[Row]] = {}  # of the last ones that were asked for
        self._known: dict[tuple[frozenset[str], str], frozenset[Row]] = {}
        self._until = thread_time() + SECONDS

    def row(self, terms: Iterable[Term | None]) -> Row:
        """Write a row, or a triple, so that it compares: blank nodes have no lasting name, random numbers no value."""
        kinds = self._kinds or ("", "", "")
        return tuple(_comparable(term, kind) for term, kind in zip(terms, kinds, strict=False))

    def yields(self, row: Row, claims: frozenset[str], layers: frozenset[str] = LAYERS) -> bool:
        """Tell whether some claims and layers yield a row."""
        parts = (claims | layers) & self.parts.all
        many = len(self._rows(LAYERS)) > _MANY
        return row in self._rows(parts, self._given(row) if many else "")

    def reduced(self, row: Row, claims: frozenset[str]) -> frozenset[str]:
        """Leave out of claims that yield a row those without which the others do as well, and for the same reason."""
        for claim in sorted(claims):
            if thread_time() > self._until:
                break
            if self._is_spare(row, claims, claim):
                claims -= {claim}
        return claims

    def _is_spare(self, row: Row, claims: frozenset[str], claim: str) -> bool:
        """Tell whether a row comes without a claim, and that not because something is missing in its place.

        For that it has to come still when other claims come in, and groups have to hold the same number of solutions.
        """
        rest, others = claims - {claim}, sorted(self.parts.claims - {claim})
        if self._counting and self._counts(claims) != self._counts(rest):
            return False
        more = [frozenset(others), rest | set(others[::2]), rest | set(others[1::2])]
        return all(self.yields(row, some) for some in ([rest] if self.monotone else [rest, *more]))

    def _counts(self, claims: frozenset[str]) -> list[Row]:
        """Count the solutions of each group, and how often a variable is bound in them; of all where there are none."""
        if claims not in self._counted:
            parts = self.parts.together((claims | LAYERS) & self.parts.all)
            result = parts.query(self._counting, prefixes=self._prefixes)
            assert isinstance(result, QuerySolutions)
            self._counted = {claims: sorted((tuple(solution) for solution in result), key=str)}
        return self._counted[claims]

    def searched(self, row: Row, likely: frozenset[str], but: frozenset[str] = frozenset()) -> frozenset[str] | None:
        """Take claims away one by one as long as the rest yields a row; `likely` ones go last, `but` are not there.

        None where the row does not come from the parts of the graph at all, or the time is over.
        """
        kept = [*sorted(self.parts.claims - likely - but), *sorted(likely - but)]
        if not self.yields(row, frozenset(kept)):
            return None
        size = len(kept)
        while size:
            before, place = len(kept), 0
            while place < len(kept):
                if thread_time() > self._until:
                    return None
                rest = kept[:place] + kept[place + size :]
                kept, place = (rest, place) if self.yields(row, frozenset(rest)) else (kept, place + size)
            size = size // 2 if size > 1 else int(len(kept) < before)  # at last until none can be left out
        return frozenset(kept)

    def layers(self, row: Row, claims: frozenset[str]) -> frozenset[str]:
        """Give the layers without which some claims do not yield a row."""
        needed = LAYERS
        for layer in sorted(LAYERS):
            if self.yields(row, claims, needed - {layer}):
                needed -= {layer}
        return needed

    def _given(self, row: Row) -> str:
        """Write the values of a row that can be given beforehand, so that not all others are found with it."""
        given = [(name, row[place]) for place, name in self._fixed if isinstance(row[place], NamedNode | Literal)]
        if not given:
            return ""
        return f" VALUES ({' '.join(name for name, _ in given)}) {{ ({' '.join(str(term) for _, term in given)}) }} "

    def _rows(self, parts: frozenset[str], given: str = "") -> frozenset[Row]:
        """Give the rows that come from some parts, where some values are `given`."""
        if (parts, given) not in self._known:
            if len(self._known) > _KEPT:
                self._known.clear()
            text = self._text[: self._opening] + given + self._text[self._opening :]
            result = self.parts.together(parts).query(text, prefixes=self._prefixes)
            self._known[parts, given] = frozenset(self._read(result))
        return self._known[parts, given]

    def _read(self, result: QuerySolutions | QueryBoolean | QueryTriples) -> Iterator[Row]:
        if isinstance(result, QueryBoolean):
            yield from [()] if result else []
        elif isinstance(result, QuerySolutions):
            yield from (self.row(solution) for solution in result)
        else:
            yield from (self.row((triple.subject, triple.predicate, triple.object)) for triple in result)


class Verifier:
    """Holds the derivations of rows against the graph, and looks for others where they do not hold.

    `more` tells that a derivation was searched for, beside which there may be others.
    """

    def __init__(self, trial: Trial, query: Query, *, every: bool) -> None:
        self.trial, self.every = trial, every
        self.absent = looks_for_absence(query)
        self.met: dict[Row, list[frozenset[str]]] = defaultdict(list)
        self.more = False

    def verified(
        self, rows: Iterable[Sequence[Term | None]], found: Sequence[Sequence[Derivation]]
    ) -> list[list[Derivation]]:
        """Give for each row the derivations that yield it, without `every` two at most: there is more than the first.

        Where none does, give one that was searched for; none where that is in vain.
        """
        if not self.trial.is_repeatable:
            return [list(ways) for ways in found]
        return [self.of_row(self.trial.row(row), ways) for row, ways in zip(rows, found, strict=True)]

    def of_row(self, row: Row, ways: Sequence[Derivation]) -> list[Derivation]:
        """Give the derivations of one row, as `verified` does of each."""
        yielding = (way for way in (ways if self.every else ways[:_TRIED]) if self.trial.yields(row, way.claims))
        kept = [self.minimal(row, way) for way in islice(yielding, None if self.every else 2)]
        kept = (smallest_first(kept, len(kept)) if self.every else kept) or self.searched(row, ways)
        self.met[row] += [way.claims for way in kept[:1]]
        return kept

    def minimal(self, row: Row, way: Derivation) -> Derivation:
        """Leave out of a derivation what it does without, where no absence could take its place."""
        if self.trial.monotone or not (way.absent or self.absent):
            way = way._replace(claims=self.trial.reduced(row, way.claims))
        if not (way.absent or self.trial.yields(row, way.claims, way.context)):
            way = way._replace(context=self.trial.layers(row, way.claims))
        return way

    def searched(self, row: Row, ways: Sequence[Derivation]) -> list[Derivation]:
        """Search for a derivation; of the second of two identical rows for one that the first does not have."""
        likely = ways[0].claims if ways else frozenset()
        # A derivation that lacks a claim of each one that is taken is another one (Reiter's hitting sets)
        without = [frozenset(one) for one in islice(product(*map(sorted, self.met[row])), _TRIED)]
        others = (self.trial.searched(row, likely, one) for one in dict.fromkeys([*without, frozenset[str]()]))
        found = next((one for one in others if one is not None), None)
        if found is None:
            return []
        self.more = True
        return [Derivation(found, self.trial.layers(row, found), self.absent)]


# --- What a query is like --------------------------------------------------------------------------------------------


def is_monotone(query: Query) -> bool:
    """Tell whether more facts leave the rows of a query as they are: it looks for no absence, counts and cuts nothing.

    An OPTIONAL may put a value where there was none; that the row had none was no reason for it.

    >>> from fot_graph.syntax import parse
    >>> [is_monotone(parse(f"ASK {{ ?s ?p ?o {more} }}")) for more in ("FILTER EXISTS {}", "MINUS {}")]
    [True, False]
    """
    within = [select.query for select in _parts_of(query, Select)]
    sliced = any(_SLICE.search(one.modifiers) for one in within)
    return not (looks_for_absence(query) or query.grouped or sliced or any(one.grouped for one in within))


def looks_for_absence(query: Query) -> bool:
    """Tell whether a row of a query may rest on what is not there.

    MINUS does, EXISTS where it is negated or but a part of an expression, OPTIONAL where an expression looks at it.

    >>> from fot_graph.syntax import parse
    >>> asks = [f"ASK {{ ?s ?p ?o OPTIONAL {{ ?o ?q ?r }} FILTER({test}) }}" for test in ("BOUND(?o)", "BOUND(?r)")]
    >>> [looks_for_absence(parse(ask)) for ask in asks]
    [False, True]
    """
    alone = [one.exists for one in _parts_of(query, Filter) if one.is_existence]
    exists = list(_parts_of(query, Exists))
    plain = sum(not each.negated for some in alone for each in some)
    return plain < len(exists) or any(True for _ in _parts_of(query, Minus)) or _examines_optional(query)


def _examines_optional(query: Query) -> bool:
    """Tell whether an expression outside of an OPTIONAL looks at a variable that only the OPTIONAL binds."""
    certain = visible(_without_optional(query.where))
    for optional in _parts_of(query, Optional):
        outside = _expressions(query) - _expressions(optional)
        if (visible(optional.group) - certain) & mentioned(tuple(outside)):
            return True
    return False


def _expressions(part: object) -> Counter[str]:
    found = [one.expression for one in _parts_of(part, Filter)]
    found += [one.expression for one in _parts_of(part, Bind)]
    found += [one.expression for one in _parts_of(part, Column)]
    return Counter(found + [one.having for one in _parts_of(part, Query)])


def _without_optional(group: Group) -> Group:
    elements = (element for element in group.elements if not isinstance(element, Optional))
    return Group(tuple(_without_optional(one) if isinstance(one, Group) else one for one in elements))


def _counting(query: Query) -> str:
    """Write the query that counts the solutions behind each group of another, and how often each variable is bound."""
    keys = [f"({key.expression} AS {key.variable})" if key.expression else key.variable for key in query.keys]
    counts = " ".join(f"(COUNT({name}) AS {name}_count)" for name in ("*", *sorted(visible(query.where))))
    select = f"SELECT {' '.join(key.variable for key in query.keys)} {counts.replace('*_count', '?_count')}"
    group = f"GROUP BY {' '.join(keys)}" if keys else ""
    return f"{query.prologue} {select} {query.dataset} WHERE {query.pattern} {group}"


def volatile(query: Query) -> dict[str, str]:
    """Give the variables whose value differs when a query is asked again: 'any' value, or 'order' of what is joined.

    >>> from fot_graph.syntax import parse
    >>> volatile(parse("SELECT (RAND() AS ?x) (GROUP_CONCAT(?o) AS ?y) { ?s ?p ?o }"))
    {'?y': 'order', '?x': 'any'}
    """
    made = [(bind.variable, bind.expression) for bind in _parts_of(query, Bind)]
    made += [(column.variable, column.expression) for column in _parts_of(query, Column)]
    found = {name: "order" for name, expression in made if _CONCATENATED.search(expression)}
    found |= {name: "any" for name, expression in made if _VOLATILE.search(expression)}
    for name, expression in made * len(made):  # what is computed from them differs as well
        kinds = {found[other] for other in mentioned(expression) & found.keys()}
        if kinds and found.get(name) != "any":
            found[name] = min(kinds)
    return found


def _parts_of(part: object, kind: type[Part]) -> Iterator[Part]:
    """Give all parts of a query of some kind, however deep, those of queries in it as well."""
    if isinstance(part, kind):
        yield part
    if isinstance(part, tuple):
        for inner in part:
            yield from _parts_of(inner, kind)


def _comparable(term: Term | None, kind: str) -> Term | str | None:
    if term is None or not (kind or isinstance(term, BlankNode)):
        return term
    if kind == "order" and isinstance(term, Literal):
        return "".join(sorted(term.value))
    return "any"


def _iri(term: Term | DefaultGraph) -> str:
    return term.value if isinstance(term, NamedNode) else ""


_PROVENANCE, _STATUS = expand("graph:provenance"), NamedNode(expand("fot:status"))
_VOLATILE = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE|SAMPLE)\s*\(", re.IGNORECASE)
_CONCATENATED = re.compile(r"\bGROUP_CONCAT\s*\(", re.IGNORECASE)
_SLICE = re.compile(r"\b(?:LIMIT|OFFSET)\b", re.IGNORECASE)
_TRIED = 8  # derivations of a row that are tried before another one is searched for
_MANY = 200  # rows by the layers alone, from which on the values of a row are given to ask for it
_KEPT = 4_096  # answers of one query to be remembered
_RENEWED = 200_000  # quads that come and go before a store is made anew
