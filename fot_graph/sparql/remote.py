"""Rewrites a query for another server: with every prefix that it uses, and over the graphs that it should read."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from fot_graph.core.namespaces import PREFIXES
from fot_graph.sparql.admission import FORMS
from fot_graph.sparql.names import Names
from fot_graph.sparql.tokens import is_word, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fot_graph.sparql.tokens import Token

HIDDEN = "fot_graph_"


def standalone(query: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Write before a query the prefixes that it uses and does not declare; no line moves.

    >>> standalone("ASK { ?claim fot:quote 'skos:no' }")
    "PREFIX fot: <https://w3id.org/fot-graph/ontology#> ASK { ?claim fot:quote 'skos:no' }"
    """
    tokens = tokenize(query)
    declared = {name[0][:-1] for word, name in pairwise(tokens) if is_word(word, "PREFIX")}
    used = dict.fromkeys(token[0].partition(":")[0] for token in tokens if token.lastgroup == "name")
    missing = [prefix for prefix in used if prefix in prefixes and prefix not in declared]
    return "".join(f"PREFIX {prefix}: <{prefixes[prefix]}> " for prefix in missing) + query


def form(query: str) -> str:
    """Tell the form of a query that was admitted, or that we wrote ourselves.

    >>> form("PREFIX ask: <urn:ask:> DESCRIBE ask:x")
    'describe'
    """
    return next(token[0].lower() for token in tokenize(query) if token[0].lower() in FORMS)


def chooses_dataset(query: str) -> bool:
    """Tell whether a query says with FROM or FROM NAMED which graphs it asks."""
    return any(is_word(token, "FROM") for token in tokenize(query))


def without_graphs(query: str, graphs: Iterable[str]) -> str:
    """Let no variable after GRAPH stand for one of these graphs, and find a graph that is named by a variable, too.

    For a server that is told of a default graph: it then knows of no other by name, but finds each by a variable. Such
    a variable of ours begins with `HIDDEN`.

    >>> without_graphs("ASK { GRAPH ?g { ?s ?p ?o } }", ["urn:all"])
    'ASK { GRAPH ?g { ?s ?p ?o } FILTER(?g NOT IN (<urn:all>)) }'
    >>> without_graphs("ASK { GRAPH <urn:g> { ?s ?p ?o } }", ["urn:all"])
    'ASK { GRAPH ?fot_graph_2 { ?s ?p ?o } FILTER(?fot_graph_2 = <urn:g>) }'
    """
    tokens, listed = tokenize(query), ", ".join(f"<{graph}>" for graph in graphs)
    names = Names(query, tokens, PREFIXES)
    changes: list[tuple[int, int, str]] = []
    for index in _graphs(tokens):
        graph, end = tokens[index + 1], _closing_index(tokens, index + 2)
        if graph.lastgroup == "variable":
            changes.append((end, end, f" FILTER({graph[0]} NOT IN ({listed}))"))
        else:
            variable = f"?{HIDDEN}{index}"
            changes.append((graph.start(), graph.end(), variable))
            changes.append((end, end, f" FILTER({variable} = <{names.full(graph)}>)"))
    return _replace_spans(query, changes)


def _replace_spans(query: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """Put texts in the place of others, which are given by where they begin and end."""
    parts, place = [], 0
    for begin, end, text in sorted(changes):
        parts += [query[place:begin], text]
        place = end
    return "".join(parts) + query[place:]


def _graphs(tokens: list[Token]) -> Iterator[int]:
    for index, (word, graph, bracket) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        if is_word(word, "GRAPH") and graph.lastgroup in ("variable", "iri", "name") and bracket[0] == "{":
            yield index


def _closing_index(tokens: list[Token], opening: int) -> int:
    """Give the place behind the bracket that closes the one at this index."""
    depth = 0
    for token in tokens[opening:]:
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if not depth:
            return token.end()
    return len(tokens[opening].string)  # the query does not parse, and is not run
