"""The graphs that a query reads, written into it in place of those that it chooses itself.

Standard: SPARQL 1.1 Protocol, 2.1.4. Written as FROM and FROM NAMED they hold wherever the graph is, and for the
evidence of the answer.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from fot_graph.sparql import admission
from fot_graph.sparql.tokens import is_word, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fot_graph.sparql.tokens import Token

_BEHIND = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")  # what may follow a DESCRIBE without WHERE


def with_dataset(query: str, clauses: Iterable[str]) -> str:
    """Put dataset clauses (`FROM <…>`, `FROM NAMED <…>`) in the place of those of a query.

    >>> with_dataset("ASK { ?s ?p ?o }", ["FROM <urn:a>"])
    'ASK  FROM <urn:a> { ?s ?p ?o }'

    Raises: what `admission.check` does, before the clauses are read.
    """
    admission.check(query, lambda _: True)  # its own graphs are not read
    own, tokens, chosen = query, tokenize(query), " ".join(clauses)
    for first, last in _clauses(tokens):  # blanked, so that an error is told of at its own place
        own = own[: first.start()] + " " * (last.end() - first.start()) + own[last.end() :]
    place = _dataset_clause_index(tokens)
    return f"{own[:place]} {chosen} {own[place:]}"


def _clauses(tokens: Sequence[Token]) -> list[tuple[Token, Token]]:
    """Give the first and last token of each FROM and FROM NAMED."""
    found = []
    for index, token in enumerate(tokens):
        if is_word(token, "FROM"):
            rest = tokens[index + 1 : index + 3]
            length = 2 if rest and is_word(rest[0], "NAMED") else 1
            if len(rest) >= length:
                found.append((token, rest[length - 1]))
    return found


def _dataset_clause_index(tokens: Sequence[Token]) -> int:
    """Find where a query says which graphs it reads: before WHERE, behind what it asks for."""
    start = _start(tokens)
    depth = 0
    for before, token in pairwise(tokens[start:]):
        opens_where = token[0] == "{" and not is_word(before, "CONSTRUCT")  # behind which its template opens
        if not depth and (opens_where or is_word(token, "FROM", "WHERE", *_BEHIND)):
            return token.start()
        depth += (token[0] in "([{") - (token[0] in ")]}")
    return tokens[-1].end()


def _start(tokens: Sequence[Token]) -> int:
    """Find the word that tells the form of the query."""
    forms = [form.upper() for form in admission.FORMS]
    return next(index for index, token in enumerate(tokens) if is_word(token, *forms))
