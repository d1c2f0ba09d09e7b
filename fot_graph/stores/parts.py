"""A graph taken apart into claims and layers, of which any can be put together again and asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from fot_graph.core.namespaces import PREFIXES, expand, is_layer
from fot_graph.core.terms import iri_of, node

if TYPE_CHECKING:
    from pyoxigraph import Triple


LAYERS = frozenset({"naming", "document", "ontology", "provenance"})
MOST_CLAIMS = 2_000  # of a store on disk that is copied into memory to ask again of its parts


class Parts:
    """A graph taken apart: its claims, each with what the provenance says of it, and its layers.

    A part goes by the IRI of the claim or by the name of the layer. `size` is the number of quads in the store.
    """

    def __init__(self, store: Store) -> None:
        """Copy the quads of the named graphs of a store."""
        self.size = len(store)
        quads = [quad for quad in store.quads_for_pattern(None, None, None) if quad.graph_name != DefaultGraph()]
        self.claims = frozenset(iri_of(quad.subject) for quad in quads if quad.predicate == _STATUS)
        self._quads: dict[str, list[Quad]] = defaultdict(list)
        for quad in quads:
            self._quads[self._part(quad)].append(quad)
        self.all = frozenset(self._quads)
        times = Counter(quad.triple for quad in quads)
        self._shared = {triple for triple, number in times.items() if number > 1}
        self._stores: dict[frozenset[str], list[_Changing]] = defaultdict(list)

    def together(self, parts: frozenset[str]) -> Store:
        """Give a store of some parts, its default graph being their union. The next call may change it.

        Of a few stores with the same layers the one is taken that needs the fewest changes.
        """
        stores = self._stores[parts & LAYERS]
        nearest = min(stores, key=lambda one: len(one.parts ^ parts), default=None)
        if nearest is None or (len(nearest.parts ^ parts) > _FAR and len(stores) < _STORES):
            nearest = _Changing(self._quads, self._shared)
            stores.append(nearest)
        return nearest.become(parts)

    def _part(self, quad: Quad) -> str:
        name = iri_of(quad.graph_name)
        if name == _PROVENANCE and iri_of(quad.subject) in self.claims:
            return iri_of(quad.subject)
        return name.removeprefix(PREFIXES["graph"]) if is_layer(name) else name


class _Changing:
    """A store in which parts come and go, which is much quicker than a new store for each question.

    Its default graph has each triple once: how often a `shared` one, which several parts have, is there, is counted.
    """

    def __init__(self, quads: dict[str, list[Quad]], shared: set[Triple]) -> None:
        self.quads, self.shared = quads, shared
        self.store, self.parts, self.changes = Store(), frozenset[str](), 0
        self.times: Counter[Triple] = Counter()
        self._pieces: dict[str, _Pieces] = {}  # of the claims that came

    def become(self, parts: frozenset[str]) -> Store:
        if self.changes > _RENEWED:  # the engine keeps the memory of what was removed
            self.store, self.parts, self.changes = Store(), frozenset(), 0
            self.times.clear()
        for part in self.parts - parts:
            self._drop(part)
        self._add(parts - self.parts)
        self.parts = parts
        return self.store

    def _add(self, parts: frozenset[str]) -> None:
        added: list[Quad] = []
        for part in parts:
            pieces = self._pieces.get(part) or _Pieces(part, self.quads[part], self.shared)
            if part not in LAYERS:  # these never go
                self._pieces[part] = pieces
            added += pieces.own + pieces.default + pieces.named
            added += (Quad(*triple) for triple in pieces.shared)
            self.times.update(pieces.shared)
        self.store.extend(added)
        self.changes += len(added)

    def _drop(self, part: str) -> None:
        pieces = self._pieces[part]
        if pieces.own:
            self.store.remove_graph(NamedNode(part))
        for quad in pieces.default + pieces.named:
            self.store.remove(quad)
        for triple in pieces.shared:
            self.times[triple] -= 1
            if not self.times[triple]:
                self.store.remove(Quad(*triple))


class _Pieces:
    """The quads of a part: those of its `own` graph, which goes as a whole, and what else comes and goes with it.

    `named` are its quads in other graphs, `default` those of the default graph that no other part has.
    """

    def __init__(self, part: str, quads: list[Quad], shared: set[Triple]) -> None:
        self.own = [quad for quad in quads if iri_of(quad.graph_name) == part]
        self.named = [quad for quad in quads if iri_of(quad.graph_name) != part]
        self.default = [Quad(*quad.triple) for quad in quads if quad.triple not in shared]
        self.shared = [quad.triple for quad in quads if quad.triple in shared]


_PROVENANCE, _STATUS = expand("graph:provenance"), node("fot:status")
_FAR, _STORES = 32, 4  # parts by which a store may differ before there is another one, and how many there are
_RENEWED = 400_000  # quads that come before a store is made anew
