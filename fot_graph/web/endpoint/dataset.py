"""The graphs that a request chooses, written into its query: they go before those that the query itself chooses.

Standard: SPARQL 1.1 Protocol, 2.1.4. Written as FROM and FROM NAMED they hold for every home of the graph, and for the
evidence of the answer.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from fot_graph.sparql import admission
from fot_graph.web.http.errors import WebError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fot_graph.api import Graph
    from fot_graph.sparql.tokens import Token

_BEHIND = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")  # what may follow a DESCRIBE without WHERE


def with_dataset(graph: Graph, query: str, default: Sequence[str], named: Sequence[str]) -> str:
    """Let a query read these graphs and no others, if any are given.

    Raises: `WebError` for what is no IRI or no graph that is here; then what `admission.check` does.
    """
    if not (default or named):
        return query
    admission.check(query, lambda _: True)  # its own graphs are not read
    chosen = [f"FROM {_node(graph, iri)}" for iri in default] + [f"FROM NAMED {_node(graph, iri)}" for iri in named]
    own, tokens = query, admission.tokenize(query)
    for first, last in _clauses(tokens):  # blanked, so that an error is told of at its own place
        own = own[: first.start()] + " " * (last.end() - first.start()) + own[last.end() :]
    place = _dataset_clause_index(tokens)
    return f"{own[:place]} {' '.join(chosen)} {own[place:]}"


def _node(graph: Graph, iri: str) -> NamedNode:
    try:
        node = NamedNode(iri)
    except ValueError:
        raise WebError(400, "no-iri-of-a-graph", iri=iri[:200]) from None
    if not graph.store.contains_named_graph(node):
        raise WebError(400, "no-graph-here", iri=iri[:200])
    return node


def _clauses(tokens: Sequence[Token]) -> list[tuple[Token, Token]]:
    """Give the first and last token of each FROM and FROM NAMED."""
    found = []
    for index, token in enumerate(tokens):
        if _is(token, "FROM"):
            rest = tokens[index + 1 : index + 3]
            length = 2 if rest and _is(rest[0], "NAMED") else 1
            if len(rest) >= length:
                found.append((token, rest[length - 1]))
    return found


def _dataset_clause_index(tokens: Sequence[Token]) -> int:
    """Find where a query says which graphs it reads: before WHERE, behind what it asks for."""
    start = _start(tokens)
    depth = 0
    for before, token in pairwise(tokens[start:]):
        opens_where = token[0] == "{" and not _is(before, "CONSTRUCT")  # behind which its template opens
        if not depth and (opens_where or _is(token, "FROM", "WHERE", *_BEHIND)):
            return token.start()
        depth += (token[0] in "([{") - (token[0] in ")]}")
    return tokens[-1].end()


def _start(tokens: Sequence[Token]) -> int:
    """Find the word that tells the form of the query."""
    forms = [form.upper() for form in admission.FORMS]
    return next(index for index, token in enumerate(tokens) if _is(token, *forms))


def _is(token: Token, *words: str) -> bool:
    return token.lastgroup == "word" and token[0].upper() in words
