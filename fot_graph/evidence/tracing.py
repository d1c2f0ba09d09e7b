"""A pattern rewritten so that each of its solutions tells by which triples it holds.

The rewritten pattern has the solutions of the original one, with more variables: the nodes between the steps of a path,
a predicate where several would do, and a mark for each OPTIONAL and each side of a UNION that took part. So the engine
finds the witnesses itself, wherever the data are. What no variable can show (a path of any length, EXISTS, a query in
the query) is given as a part of its own, to be looked into later, for the solutions that matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fot_graph.sparql.pruning import opened
from fot_graph.sparql.tree import (
    Bind,
    Chain,
    Choice,
    Closure,
    Exists,
    Filter,
    GraphPattern,
    Group,
    Inverse,
    Minus,
    Negated,
    Optional,
    Select,
    Step,
    Triple,
    Union,
    Values,
)
from fot_graph.sparql.variables import certain, columns, examined, joined, mentioned, visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from fot_graph.sparql.tree import Element, Path, Query


class Edge(NamedTuple):
    """A triple of the solution; terms as written or variables; `graph` is '' for the default graph."""

    subject: str
    predicate: str
    object: str
    graph: str


class Repeat(NamedTuple):
    """A path of any length between two terms."""

    subject: str
    path: Closure
    object: str
    graph: str


class Named(NamedTuple):
    """A named graph that GRAPH chose."""

    graph: str


class Check(NamedTuple):
    """An expression with EXISTS in it: a filter, or the value of a variable; `scope` are the variables that it sees."""

    expression: str
    variable: str
    exists: tuple[Exists, ...]
    graph: str
    scope: frozenset[str]


class Inner(NamedTuple):
    """A query in the query; `row` are variables that hold its columns as it gave them, bound or not.

    `tested` are those of its columns that an expression outside of it looks at.
    """

    query: Query
    graph: str
    row: tuple[str, ...]
    tested: frozenset[str]


class Absent(NamedTuple):
    """Something that has to be absent: MINUS."""


class Unmatched(NamedTuple):
    """An OPTIONAL of which it matters whether it bound its variables: where `mark` is unbound it found nothing.

    It does not matter where each of them had a value before: copies of these values are in `before`, if they may have.
    """

    mark: str
    before: tuple[str, ...]


Part = Edge | Repeat | Named | Check | Inner | Absent | Unmatched


class TracedPattern(NamedTuple):
    """The rewritten pattern, without braces, and its parts, each with the mark that is bound where it took part."""

    text: str
    parts: tuple[tuple[str, Part], ...]


def trace_pattern(
    group: Group, fresh: Iterator[str], tested: Collection[str] = (), given: Collection[str] = ()
) -> TracedPattern:
    """Rewrite a group; `fresh` gives variables that the query does not use.

    `tested` are variables of which it matters to the query whether they have a value, beyond showing them.

    `given` are variables that have a value everywhere in the group, as those of a solution have in EXISTS (18.6).

    >>> from fot_graph.sparql.reader import parse
    >>> trace_pattern(parse("ASK { ?x fot:about/skos:broader ?y }").where, iter(["?w0"])).text
    '?x fot:about ?w0 . ?w0 skos:broader ?y .'
    """
    writer = _Writer(fresh, tested, given)
    text = writer.group(opened(group, fresh), "", "")
    return TracedPattern(text, tuple(writer.parts))


def step(path: Path, fresh: Iterator[str]) -> TracedPattern:
    """Rewrite one round of a path of any length, from ?from to ?to."""
    return trace_pattern(Group((Triple("?from", path, "?to"),)), fresh)


class _Writer:
    """Writes a pattern and collects its parts; `graph` and `mark` are those of the place."""

    def __init__(self, fresh: Iterator[str], tested: Collection[str], given: Collection[str]) -> None:
        self.fresh, self.tested, self.given = fresh, frozenset(tested), frozenset(given)
        self.bound = self.given  # by what stands before, in every solution of the group
        self.bindable = self.given  # by what stands before, in some
        self.awaited = self.tested  # of which it matters whether an OPTIONAL binds it
        self.parts: list[tuple[str, Part]] = []

    def group(self, group: Group, graph: str, mark: str, outer: frozenset[str] = frozenset()) -> str:
        """Write what stands in braces; its expressions see its own variables, those of `outer` and the graph's name."""
        scope = outer | visible(group) | mentioned(graph)
        before, tested = (self.tested, self.bound, self.bindable), self.tested | examined(group)
        self.bound = self.bindable = self.given
        written = []
        for element, behind, others in joined(group):
            self.tested, self.awaited = tested | others, tested | behind
            written.append(self.element(element, graph, mark, scope))
            self.bound |= certain(element)
            self.bindable |= visible(element)
        self.tested, self.bound, self.bindable = before
        return " ".join(written)

    def marked(self, group: Group, graph: str, outer: frozenset[str] = frozenset(), mark: str = "") -> str:
        """Write a group that binds a mark of its own; VALUES, since the engine joins it without a detour."""
        mark = mark or next(self.fresh)
        return f"{{ {self.group(group, graph, mark, outer)} VALUES {mark} {{ 1 }} }}"

    def optional(self, group: Group, graph: str, mark: str, scope: frozenset[str]) -> str:
        """Write an OPTIONAL; it may matter that it did not bind what nothing before it binds."""
        own, awaited = next(self.fresh), (visible(group) - self.bound) & self.awaited
        copies = {name: next(self.fresh) for name in sorted(awaited)} if awaited <= self.bindable else {}
        if awaited:
            self.parts.append((mark, Unmatched(own, tuple(copies.values()))))
        copied = (f"BIND({name} AS {copy}) " for name, copy in copies.items())
        return f"{''.join(copied)}OPTIONAL {self.marked(group, graph, scope, own)}"

    def inner(self, query: Query, graph: str, mark: str) -> str:
        """Write a query in the query; copies of its columns tell them from what the rest of the group binds."""
        row = {name: next(self.fresh) for name in columns(query)}
        self.parts.append((mark, Inner(query, graph, tuple(row.values()), self.tested & row.keys())))
        return f"{{ {{ {query.text} }} {' '.join(f'BIND({name} AS {copy})' for name, copy in row.items())} }}"

    def element(self, element: Element, graph: str, mark: str, scope: frozenset[str]) -> str:  # noqa: C901, PLR0911  a line or two a kind
        match element:
            case Triple(subject, path, object_):
                return self.path(subject, path, object_, graph, mark)
            case Group():
                return f"{{ {self.group(element, graph, mark)} }}"
            case Optional(group):
                return self.optional(group, graph, mark, scope)
            case Union(groups):
                return " UNION ".join(self.marked(group, graph) for group in groups)
            case GraphPattern(name, group):
                self.parts.append((mark, Named(name)))
                return f"GRAPH {name} {{ {self.group(group, name, mark)} }}"
            case Minus(text):
                if mentioned(text) & (scope | self.given):  # what shares no variable takes nothing away
                    self.parts.append((mark, Absent()))
                return text
            case Filter(expression):
                self.check(element, "", graph, mark, scope)
                return f"FILTER {expression}"
            case Bind(expression, variable):
                self.check(element, variable, graph, mark, scope)
                return f"BIND({expression} AS {variable})"
            case Values(text):
                return text
            case Select(query):
                return self.inner(query, graph, mark)

    def check(self, element: Filter | Bind, variable: str, graph: str, mark: str, scope: frozenset[str]) -> None:
        """Keep an expression whose value rests on what exists."""
        if element.exists:
            self.parts.append((mark, Check(element.expression, variable, element.exists, graph, scope)))

    # Paths (18.2.2.4)

    def path(self, subject: str, path: Path, object_: str, graph: str, mark: str) -> str:
        match path:
            case Step(predicate):
                return self.edge(subject, predicate, object_, graph, mark)
            case Inverse(inner):
                return self.path(object_, inner, subject, graph, mark)
            case Chain(paths):
                nodes = [subject, *(next(self.fresh) for _ in paths[1:]), object_]
                steps = zip(nodes, paths, nodes[1:], strict=False)
                return " ".join(self.path(start, inner, end, graph, mark) for start, inner, end in steps)
            case Choice(paths):
                return self.choice(subject, paths, object_, graph, mark)
            case Negated():
                return self.negated(subject, path, object_, graph, mark)
            case Closure():
                self.parts.append((mark, Repeat(subject, path, object_, graph)))
                return f"{subject} {written(path)} {object_} ."

    def edge(self, subject: str, predicate: str, object_: str, graph: str, mark: str) -> str:
        self.parts.append((mark, Edge(subject, predicate, object_, graph)))
        return f"{subject} {predicate} {object_} ."

    def choice(self, subject: str, paths: tuple[Path, ...], object_: str, graph: str, mark: str) -> str:
        steps = [path.predicate for path in paths if isinstance(path, Step)]
        if len(set(steps)) == len(paths):  # one predicate of some
            predicate = next(self.fresh)
            known = " ".join(RDF_TYPE if name == "a" else name for name in steps)
            return f"{self.edge(subject, predicate, object_, graph, mark)} VALUES {predicate} {{ {known} }}"
        return " UNION ".join(self.marked(Group((Triple(subject, path, object_),)), graph) for path in paths)

    def negated(self, subject: str, path: Negated, object_: str, graph: str, mark: str) -> str:
        if path.forward and path.backward:
            sides = (Negated(path.forward, ()), Negated((), path.backward))
            return self.choice(subject, sides, object_, graph, mark)
        if path.backward:
            return self.negated(object_, Negated(path.backward, ()), subject, graph, mark)
        predicate = next(self.fresh)
        refused = ", ".join(RDF_TYPE if name == "a" else name for name in path.forward)
        edge = self.edge(subject, predicate, object_, graph, mark)
        return f"{edge} FILTER({predicate} NOT IN ({refused}))"


RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def written(path: Path) -> str:
    """Write a path in SPARQL again."""
    match path:
        case Step(predicate):
            return predicate
        case Inverse(inner):
            return f"^({written(inner)})"
        case Chain(paths):
            return "/".join(f"({written(inner)})" for inner in paths)
        case Choice(paths):
            return "|".join(f"({written(inner)})" for inner in paths)
        case Closure(inner, sign):
            return f"({written(inner)}){sign}"
        case Negated(forward, backward):
            return f"!({'|'.join([*forward, *(f'^{name}' for name in backward)])})"
