"""What the engine gets wrong within `GRAPH ?g`: it is refused, or written in another way that the engine gets right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.sparql.tokens import is_word, refusal_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fot_graph.sparql.tokens import Token


def check(query: str, tokens: Sequence[Token]) -> None:
    """Refuse what would be answered wrongly in `tokens`, those of the query without its prologue.

    That is a query within `GRAPH ?g`, which the engine answers over all graphs together, with ?g unbound; and MINUS
    there, where it has no variable of what it takes from, because the engine lets the two share ?g.

    Raises: `QueryRefusedError`.
    """
    for index, name, _ in _words_in_graphs(tokens, "SELECT"):
        raise refusal_at(query, tokens[index].start(), "query-within-graph", name=name)
    for index, name, opening in _words_in_graphs(tokens, "MINUS"):
        before = {token[0][1:] for token in tokens[opening:index] if token.lastgroup == "variable"}
        within = tokens[index + 1 : _block_end(tokens, index) + 1]
        if not any(token[0][1:] in before for token in within if token.lastgroup == "variable"):
            raise refusal_at(query, tokens[index].start(), "minus-within-graph", name=name)


def before_values(tokens: Sequence[Token]) -> dict[int, str]:
    """Give what to write before VALUES within `GRAPH ?g`, which the engine joins with no graph, and leaves ?g unbound.

    `GRAPH ?g { }` gives all graphs. It is left out where triples follow, which are in a graph.
    """
    found = _words_in_graphs(tokens, "VALUES")
    return {index: f"GRAPH {name} {{ }} " for index, name, _ in found if not _is_before_triples(tokens, index)}


def _is_before_triples(tokens: Sequence[Token], index: int) -> bool:
    following = [token for token in tokens[_block_end(tokens, index) + 1 :][:2] if token[0] != "."][:1]
    return any(token.lastgroup not in ("word", "sign") or token[0] in ("(", "[") for token in following)


def _block_end(tokens: Sequence[Token], index: int) -> int:
    """Give the place of the brace that closes the first block after a place."""
    depth = 0
    for end, token in enumerate(tokens[index:], start=index):
        depth += (token[0] == "{") - (token[0] == "}")
        if token[0] == "}" and depth <= 0:
            return end
    return len(tokens)


def _words_in_graphs(tokens: Sequence[Token], word: str) -> Iterator[tuple[int, str, int]]:
    """Yield where a word stands within `GRAPH ?g`, that variable, and where the brace around the word opens."""
    opened: list[tuple[int, str]] = []  # each open brace, and the variable of the GRAPH that it stands in, or ''
    for index, token in enumerate(tokens):
        if token[0] == "{":
            graph = index > 1 and is_word(tokens[index - 2], "GRAPH") and tokens[index - 1]
            inherited = opened[-1][1] if opened else ""
            opened.append((index, (graph[0] if graph.lastgroup == "variable" else "") if graph else inherited))
        elif token[0] == "}":
            del opened[-1:]
        elif opened and opened[-1][1] and is_word(token, word):
            yield index, opened[-1][1], opened[-1][0]
