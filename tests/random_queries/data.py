"""The data that random queries are drawn from, and what the variables of a place in a query stand for."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from packaged import curie, expand
from pyoxigraph import Literal, NamedNode, Quad

from fot_graph.core.namespaces import is_layer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fot_graph.core.terms import Term


TYPE = NamedNode(expand("rdf:type"))
PROVENANCE = expand("graph:provenance")
_LONGEST = 120  # characters of a constant
_NUMERIC = tuple(expand(f"xsd:{name}") for name in ("integer", "decimal", "nonNegativeInteger"))


class Data:
    """Quads, which can be found by their nodes."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.quads = sorted(quads, key=str)
        self.at: dict[Term, list[Quad]] = defaultdict(list)
        for quad in self.quads:
            self.at[quad.subject].append(quad)
            self.at[quad.object].append(quad)
        self.kinds = [kind for kind in self._kinds() if kind]

    def _kinds(self) -> Iterable[list[Quad]]:
        """Yield the quads by what they rest on; claims come first and twice, since evidence is about them."""
        claims = [quad for quad in self.quads if not is_layer(graph_name(quad))]
        provenance = [quad for quad in self.quads if graph_name(quad) == PROVENANCE]
        yield from (claims, provenance, claims)
        yield [quad for quad in self.quads if is_layer(graph_name(quad)) and graph_name(quad) != PROVENANCE]

    @cached_property
    def graphs(self) -> dict[NamedNode, Data]:
        """The data of each named graph."""
        found: dict[NamedNode, list[Quad]] = defaultdict(list)
        for quad in self.quads:
            assert isinstance(quad.graph_name, NamedNode)
            found[quad.graph_name].append(quad)
        return {name: Data(quads) for name, quads in found.items()}


class Scope:
    """The variables of a place in a query: the bound ones, with their value in the witness, and those that may be.

    A name that is `taken` stands for something in the same group or around it, and no new variable may have it.
    """

    def __init__(self, data: Data, known: dict[str, Term], maybe: list[str], taken: set[str]) -> None:
        self.data, self.known, self.maybe, self.taken = data, known, maybe, taken
        self.often = False  # the place is in EXISTS, where the engine matches a pattern once for each solution

    def inner(self, *, apart: bool = False, often: bool = False) -> Scope:
        """Give the scope of a group in this one; `apart` lets it use names that others of its kind use too."""
        made = Scope(self.data, dict(self.known), list(self.maybe), set(self.taken) if apart else self.taken)
        made.often = self.often or often
        return made

    def fresh(self, besides: Iterable[str] = ()) -> str:
        """Take a name that is not taken."""
        name = next(f"?{letter}{number}" for number in ("", *range(1, 50)) for letter in "abcdefghijklmnopqrst"
                    if f"?{letter}{number}" not in {*self.taken, *besides})  # fmt: skip
        self.taken.add(name)
        return name

    @property
    def names(self) -> list[str]:
        return [*self.known, *self.maybe]

    @property
    def things(self) -> list[str]:
        """The variables that stand for an IRI in the witness."""
        return [name for name, term in self.known.items() if isinstance(term, NamedNode)]


def graph_name(quad: Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""


def constant(term: Term) -> str:
    """Write a term, as short as it goes."""
    short = curie(term.value) if isinstance(term, NamedNode) else ""
    return short if re.fullmatch(r"[a-z-]+:[A-Za-z][\w-]*", short) else str(term)


def is_long(term: Term) -> bool:
    """Tell whether a term is too long to be written."""
    return len(str(term)) > _LONGEST


def is_numeric(term: Term | None) -> bool:
    return isinstance(term, Literal) and term.datatype.value in _NUMERIC


def variables(text: str) -> set[str]:
    """Give the variables that stand in a piece of a query."""
    return set(re.findall(r"\?[A-Za-z]\w*", text))
