"""What all that write random queries share: chance, walks over the data, and the engine, asked for solutions."""

from __future__ import annotations

from abc import ABC, abstractmethod
from itertools import islice
from typing import TYPE_CHECKING, cast

from packaged import PREFIXES

from fot_graph.core.namespaces import is_layer
from random_queries.data import PROVENANCE, graph_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random
    from typing import TypeVar

    from pyoxigraph import Quad, QuerySolutions, Store

    from fot_graph.core.terms import Term
    from random_queries.data import Data, Scope

    Item = TypeVar("Item")
    Element = Callable[[Scope, int], str]

MOST = 100  # solutions of a group


class Writer(ABC):
    """Writes one query; `used` collects the constructs, `depth` is how deep groups are nested."""

    def __init__(self, random: Random, data: Data, store: Store) -> None:
        self.random, self.data, self.store = random, data, store
        self.named = data.graphs  # those that GRAPH reaches
        self.used: set[str] = set()
        self.blanks = 0
        self.depth = self.choice((0, 1, 1, 2))

    # --- Chance -----------------------------------------------------------------------------------------------------

    def may(self, percent: int) -> bool:
        return self.random.random() * 100 < percent

    def choice(self, items: Sequence[Item]) -> Item:
        return self.random.choice(items)

    def some(self, items: Sequence[Item], least: int = 1, most: int = 3) -> list[Item]:
        """Choose some of the items, in their order."""
        left, number = list(enumerate(items)), self.random.randint(least, most)
        chosen: list[tuple[int, Item]] = []
        while left and len(chosen) < number:
            chosen += [left.pop(self.random.randint(0, len(left) - 1))]
        return [item for _, item in sorted(chosen, key=lambda pair: pair[0])]

    def use(self, construct: str, text: str) -> str:
        """Take note of a construct."""
        self.used.add(construct)
        return text

    # --- Walks over the data ----------------------------------------------------------------------------------------

    def any_quad(self, data: Data | None = None) -> Quad:
        return self.choice(self.choice((data or self.data).kinds))

    def near(self, data: Data, term: Term) -> Quad:
        """Choose a quad at a term, with a liking for what claims say."""
        quads = data.at[term]
        claims = [quad for quad in quads if not is_layer(graph_name(quad)) or graph_name(quad) == PROVENANCE]
        return self.choice(claims if claims and self.may(75) else quads)

    def start(self, scope: Scope) -> Quad:
        """Choose a quad that hangs together with what is known, or any one."""
        terms = [term for term in scope.known.values() if term in scope.data.at]
        return self.near(scope.data, self.choice(terms)) if terms else self.any_quad(scope.data)

    def walk(self, scope: Scope, length: int) -> list[Quad]:
        """Choose quads that hang together, as a star, a chain or both."""
        quads = [self.start(scope)]
        for _ in range(length - 1):
            last = self.choice(quads)
            quad = self.near(scope.data, self.choice((last.subject, last.object)))
            quads += [quad] if quad not in quads else []
        return quads

    # --- Solutions --------------------------------------------------------------------------------------------------

    def held(self, scope: Scope, before: str, element: Element, depth: int) -> str:
        """Write one element more, unless there are too many solutions with it, or mostly, unless there are none."""
        used, kept = set(self.used), scope.inner(apart=True)
        alone = element(scope, depth)
        text = f"{before} {alone}".strip()
        found = self.solutions(text) if self.is_small(alone) else MOST + 1
        if 0 < found <= MOST or (found == 0 and depth < self.depth and self.may(30)):
            return text
        scope.known, scope.maybe, self.used = kept.known, kept.maybe, used
        return before

    def is_small(self, element: str) -> bool:
        """Tell whether the engine, which may match an element before it joins it, would have much to do."""
        return element.startswith(("FILTER", "BIND", "VALUES", "OPTIONAL", "MINUS")) or self.solutions(element) <= MOST

    def solutions(self, where: str) -> int:
        """Count solutions, as far as it matters; the engine finds one after the other, so that many cost no more."""
        found = self.store.query(f"SELECT * WHERE {{ {where} }}", prefixes=PREFIXES)
        return sum(1 for _ in islice(cast("QuerySolutions", found), MOST + 1))

    # --- What others write ------------------------------------------------------------------------------------------

    @abstractmethod
    def group(self, scope: Scope, depth: int) -> str:
        """Write a group that the witness matches."""

    @abstractmethod
    def element(self, depth: int) -> Element:
        """Choose what may be added to a group."""

    @abstractmethod
    def term(self, scope: Scope, term: Term, blanks: dict[Term, str] | None = None) -> str:
        """Write a term as a variable or as it is."""

    @abstractmethod
    def triples(self, scope: Scope, depth: int = 0) -> str:
        """Write triples that hang together."""

    @abstractmethod
    def absent(self, scope: Scope) -> str:
        """Write a pattern that the witness does not match, though other things do."""
