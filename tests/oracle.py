"""What a query gives over a part of the graph, so that the law of evidence can be held against it.

Nothing here knows how evidence is found: the query is asked again, of fewer claims.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING

from packaged import PREFIXES, expand
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QueryBoolean, QueryTriples, Store

from fot_graph.core.namespaces import is_layer

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Triple

    from fot_graph.api import Graph
    from fot_graph.core.terms import GraphName, Term

    Row = tuple[str, ...]

LAYERS = frozenset({"naming", "document", "ontology", "provenance"})
_PROVENANCE, _STATUS = expand("graph:provenance"), NamedNode(expand("fot:status"))


class Parts:
    """A graph taken apart into its claims, each with what the provenance says of it, and its layers."""

    def __init__(self, graph: Graph) -> None:
        quads = [quad for quad in graph.store.quads_for_pattern(None, None, None) if quad.graph_name != DefaultGraph()]
        self.claims = frozenset(_subject(quad) for quad in quads if quad.predicate == _STATUS)
        self.quads: dict[str, list[Quad]] = defaultdict(list)
        for quad in quads:
            self.quads[self._part(quad)].append(quad)
        self.all = frozenset(self.quads)
        self.halves = [half for seed in range(2) for half in self._halves(Random(seed))]
        self.kept: dict[frozenset[str], list[_Held]] = {}
        self.rows = lru_cache(maxsize=256)(self._rows)

    def _halves(self, random: Random) -> tuple[frozenset[str], frozenset[str]]:
        """Divide the claims into two halves."""
        half = frozenset(random.sample(sorted(self.claims), len(self.claims) // 2))
        return half, self.claims - half

    def _part(self, quad: Quad) -> str:
        """Tell the claim or the layer that a quad belongs to."""
        assert isinstance(quad.graph_name, NamedNode)
        name = quad.graph_name.value
        if name == _PROVENANCE and _subject(quad) in self.claims:
            return _subject(quad)
        return name.removeprefix(PREFIXES["graph"]) if is_layer(name) else name

    def _rows(self, query: str, parts: frozenset[str]) -> Counter[Row]:
        """Answer a query over some parts: rows, triples, or one empty row for yes; how often each comes."""
        return Counter(map(tuple, self._answer(self.holding(parts), query)))

    def _answer(self, store: Store, query: str) -> Iterator[Iterator[str]]:
        result = store.query(query, prefixes=PREFIXES)
        if isinstance(result, QueryBoolean):
            return iter([iter(())] if result else [])
        if isinstance(result, QueryTriples):
            columns = loose(query, ())
            return (_compared(triple, columns) for triple in result)
        columns = loose(query, [variable.value for variable in result.variables])
        return (_compared(row, columns) for row in result)

    def holding(self, parts: frozenset[str]) -> Store:
        """Give a store that holds these parts and no others."""
        return self._held(parts).store

    def _held(self, parts: frozenset[str]) -> _Held:
        """Give what holds these parts and no others: the one that is nearest to it, changed."""
        layers = parts & LAYERS
        if layers not in self.kept:
            self.kept[layers] = [_Held(self.quads) for _ in (frozenset[str](), self.claims, *self.halves)]
            for held, claims in zip(self.kept[layers], (frozenset[str](), self.claims, *self.halves), strict=True):
                held.become(layers | claims if layers == LAYERS else layers)
        held = min(self.kept[layers], key=lambda one: len(one.parts ^ parts))
        held.become(parts)
        return held

    def rows_besides(
        self, query: str, parts: frozenset[str], quads: Iterable[Quad]
    ) -> Generator[Iterator[str], None, None]:
        """Give the rows of a query over some parts, as they come, as if these said something more.

        Of each its values one by one: of most rows the first ones tell that it is not the one that is looked for.
        """
        held = self._held(parts)
        added = [quad for quad in quads if quad not in held.store]
        held.store.extend(added)
        try:
            yield from self._answer(held.store, query)
        finally:
            held.remove(added)

    def minimal(self, query: str, row: Row, random: Random) -> frozenset[str]:
        """Find claims that yield a row and of which none can be left out, by leaving out as many as possible."""
        kept = sorted(self.claims)
        random.shuffle(kept)
        size = len(kept)
        while size:
            place = 0
            while place < len(kept):
                rest = kept[:place] + kept[place + size :]
                kept, place = (rest, place) if row in self.rows(query, LAYERS | set(rest)) else (kept, place + size)
            size //= 2
        return frozenset(kept)


class _Held:
    """A store of some parts, in which parts come and go; that is much faster than a new store for each question."""

    def __init__(self, quads: Mapping[str, Sequence[Quad]]) -> None:
        self.quads = quads
        self.store, self.parts = Store(), frozenset[str]()
        self.times: Counter[Triple] = Counter()  # in how many parts a triple stands; in the default graph it is once
        self.sizes: Counter[GraphName] = Counter()  # how many quads the parts have in each graph

    def become(self, parts: frozenset[str]) -> None:
        for part in sorted(self.parts - parts):
            self._drop(part)
        for part in sorted(parts - self.parts):
            self._add(part)
        self.parts = parts

    def _add(self, part: str) -> None:
        triples = [quad.triple for quad in self.quads[part]]
        self.store.extend(self.quads[part])
        self.store.extend(Quad(*triple) for triple in triples)
        self.times.update(triples)
        self.sizes.update(quad.graph_name for quad in self.quads[part])

    def _drop(self, part: str) -> None:
        quads = self.quads[part]
        self.times.subtract(quad.triple for quad in quads)
        self.sizes.subtract(quad.graph_name for quad in quads)
        self.remove([*quads, *(Quad(*quad.triple) for quad in quads if not self.times[quad.triple])])

    def remove(self, quads: Iterable[Quad]) -> None:
        """Take quads away, and graphs in which the parts have none: an empty graph would still count as one."""
        empty: dict[GraphName, bool] = {DefaultGraph(): False}
        for quad in quads:
            name = quad.graph_name
            if name not in empty:
                empty[name] = not self.sizes[name]
                if empty[name]:
                    self.store.remove_graph(name)
            if not empty[name]:
                self.store.remove(quad)


def _subject(quad: Quad) -> str:
    return quad.subject.value if isinstance(quad.subject, NamedNode) else ""


def loose(query: str, names: Sequence[str]) -> dict[int, str]:
    """Tell the columns whose value no query decides, as it depends on the order of solutions, on chance or the time."""
    kinds = {"SAMPLE(": "any"} | dict.fromkeys(("RAND(", "NOW(", "UUID(", "BNODE("), "new")
    kinds |= {"GROUP_CONCAT(": "unordered"}
    if template := _TEMPLATE.match(query):
        objects = [_made(query, name) for name in re.findall(r"\?(\w+)", template[1])]
        return {2: "by chance"} if any(word in text for text in objects for word in _BY_CHANCE) else {}
    loose = {}
    for place, name in enumerate(names):
        own, *others = _made_from(query, name)
        direct = [kind for word, kind in kinds.items() if word in own]
        behind = [kind for word, kind in kinds.items() if any(word in text for text in others)]
        if direct or behind:
            loose[place] = direct[-1] if direct else behind[0]
    return loose


_TEMPLATE = re.compile(r"(?:\s*PREFIX\s+\S+\s+\S+)*\s*CONSTRUCT\s*\{([^{}]*)\}")
# What differs each time in the triples of a CONSTRUCT, by its datatype: other literals there are compared as they are
_BY_CHANCE = {"RAND(": NamedNode(expand("xsd:double")), "NOW(": NamedNode(expand("xsd:dateTime"))}


def _made_from(query: str, name: str) -> list[str]:
    """Give what makes a column, then what makes those that it is computed from, but for those that it only counts."""
    texts, waiting, seen = [], [name], {name}
    while waiting:
        texts.append(_made(query, waiting.pop()))
        used = set() if "COUNT(" in texts[-1] else {*re.findall(r"\?(\w+)", texts[-1])} - seen
        waiting += sorted(used)
        seen |= used
    return texts


def _made(query: str, name: str) -> str:
    """Give what stands before each 'AS ?name' (in a UNION there may be several), back to the bracket that opens it."""
    found = []
    for given in re.finditer(re.escape(f" AS ?{name})"), query):
        depth, start = 0, given.start()
        while start and depth < 1:
            start -= 1
            depth += {"(": 1, ")": -1}.get(query[start], 0)
        found.append(query[start : given.start()])
    return " ".join(found)


def comparable(terms: Iterable[Term | None], columns: dict[int, str] | None = None) -> Row:
    """Write terms so that they compare across stores: blank nodes have no lasting name, samples no lasting value."""
    return tuple(_compared(terms, columns or {}))


def _compared(terms: Iterable[Term | None], columns: dict[int, str]) -> Iterator[str]:
    return (_comparable(term, columns.get(place, "")) for place, term in enumerate(terms))


def _comparable(term: Term | None, kind: str) -> str:
    if term is None:
        return ""
    written = str(term)
    if isinstance(term, BlankNode) or kind == "any" or written.startswith("<urn:uuid:"):
        return "_"
    if kind and isinstance(term, Literal):
        if kind == "new" or (kind == "by chance" and term.datatype in _BY_CHANCE.values()):
            return str(term.datatype)
        return "".join(sorted(term.value)) if kind == "unordered" else written
    return written
