"""Admits queries: each is read token by token, and only what was read is sent to an engine.

The engine honours SERVICE, has no switch for it, knows more than SPARQL 1.1, and reads without tokens, so that
`FILTER(1<'>')` may hold the start of a string to it. So a query is read here first, by the tokens of the grammar. Each
word must be one that SPARQL 1.1 Query has, each function one that the engine knows. What is sent is written anew from
these tokens: a blank between any two, strings in one form of quotes, and every name as a full IRI. Such a text has one
reading, because no IRI that begins with its scheme can be taken for a comparison.

>>> admit("PREFIX ex: <urn:ex:> ASK { ?s a ex:Thing ; ex:p 'it''s' }")
Admitted(form='ask', text='ASK { ?s a <urn:ex:Thing> ; <urn:ex:p> "it" "s" }')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fot_graph.core import limits
from fot_graph.core.close_matches import close_matches
from fot_graph.core.errors import QueryRefusedError, QuerySyntaxError
from fot_graph.core.namespaces import Namespaces
from fot_graph.sparql import named_graphs, vocabulary
from fot_graph.sparql.names import Names
from fot_graph.sparql.tokens import (
    Token,
    call_indices,
    escaped_offset,
    has_one_argument,
    is_word,
    join_tokens,
    odd_character,
    refusal_at,
    string_literal,
    syntax_error_at,
    tokenize,
    unescaped,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

FORMS = ("select", "ask", "construct", "describe")
_PACKAGED = Namespaces().prefixes
_GROWTH = 16  # so many times as long as `limits.QUERY_BYTES` a query may be with its names in full


class Admitted(NamedTuple):
    """A query that may be run: its form ('select', 'ask', 'construct' or 'describe'), and its text as it is sent.

    The text needs no prefix and no base, holds no comment, and means what the user's text means.
    """

    form: str
    text: str


def admit(
    query: str, is_graph: Callable[[str], bool] = lambda _: False, prefixes: Mapping[str, str] = _PACKAGED
) -> Admitted:
    r"""Read a query, and give what is sent to an engine in its place.

    `is_graph` tells whether an IRI names a graph at hand, which FROM and FROM NAMED may then choose. `prefixes` need
    no declaration: those of the graph that is asked (`Namespaces.prefixes`), without which they are the packaged ones.

    >>> admit("SELECT * { \\u0053ERVICE <https://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    fot_graph.core.errors.QuerySyntaxError: malformed SPARQL at line 1, column 12: '\' has no place here
      SELECT * { \u0053ERVICE <https://example.org/> { ?s ?p ?o } }
                 ^

    Raises: `QueryRefusedError` for SERVICE, an update, FROM another graph, a query in `GRAPH ?g` (which the engine
    answers wrongly), and a query that is too long or too deep; `QuerySyntaxError` for what SPARQL 1.1 Query does not
    have, for functions that no engine here knows, and for prefixes that are not declared. Both tell line and column.
    """
    reading = _Reading(query, prefixes)
    reading.check(is_graph)
    return Admitted(reading.form, join_tokens(reading.tokens, reading.written()))


def check(query: str, is_graph: Callable[[str], bool] = lambda _: False) -> str:
    """Tell the form of a query ('select', 'ask', 'construct' or 'describe') that is admitted; raises as `admit`.

    >>> check("PREFIX service: <urn:service:> ASK { ?s ?p 'SERVICE' } # SERVICE")
    'ask'
    """
    return admit(query, is_graph).form


def iris(query: str, prefixes: Mapping[str, str] = _PACKAGED) -> set[str]:
    """Give the IRIs that a query names, in full or with a prefix; not those that only declare a prefix.

    >>> iris("PREFIX ex: <urn:x:> ASK { ?s a ex:Thing ; <urn:p> 'ex:no' } # ex:no") == {"urn:x:Thing", "urn:p"}
    True
    """
    names = Names(query, tokens := tokenize(query), prefixes)
    named = {names.full(token) for token in tokens[names.end :] if token.lastgroup in ("iri", "name")}
    return named if names.base is None else {*named, names.base}


def one_token_a_line(query: str) -> str:
    """Write an admitted query for the engine as `mistakes.one_token_a_line` does, to learn where it does not parse."""
    from fot_graph.sparql import mistakes  # noqa: PLC0415  only a query that does not parse pays for it

    reading = _Reading(query, _PACKAGED)
    return mistakes.one_token_a_line(reading.written(), reading.tokens)


def syntax_error(query: str, message: str) -> QuerySyntaxError:
    """Explain why an admitted query does not parse, from the engine's message about `one_token_a_line(query)`."""
    from fot_graph.sparql import mistakes  # noqa: PLC0415  see above

    return mistakes.engine_syntax_error(query, tokenize(query), message)


# --- Inside -----------------------------------------------------------------------------------------------------------


class _Reading:
    """A query as it is read: its tokens, its names in full, its form."""

    def __init__(self, query: str, prefixes: Mapping[str, str]) -> None:
        _check_size(query)
        self.query, self.tokens = query, tokenize(query)
        if len(self.tokens) > limits.QUERY_TOKENS:
            raise QueryRefusedError("many-tokens", count=limits.QUERY_TOKENS)
        self._check_characters()
        self.names = Names(query, self.tokens, prefixes)
        self.body = self.tokens[self.names.end :]
        self.form = self._form()

    def check(self, is_graph: Callable[[str], bool]) -> None:
        """Raise what `admit` raises."""
        self._check_words()
        self._check_escapes()
        self._check_signs()
        self._check_depth()
        self._check_graphs(is_graph)
        named_graphs.check(self.query, self.body)
        self._check_calls()

    def written(self) -> list[str]:
        """Write each token as it is sent; those of the prologue are not, and are left empty."""
        written, size = [""] * self.names.end, 0
        blanks: dict[str, str] = {}
        joined_first = named_graphs.before_values(self.body)
        for index, token in enumerate(self.body):
            written.append(joined_first.get(index, "") + self._written(token, blanks))
            size += len(written[-1])
            if size > _GROWTH * limits.QUERY_BYTES:
                raise QueryRefusedError("long-with-names-in-full", size=_GROWTH * limits.QUERY_BYTES // 1024)
        return written

    def _written(self, token: Token, blanks: dict[str, str]) -> str:
        match token.lastgroup:
            case "iri" | "name":
                return f"<{self.names.full(token)}>"
            case "string":
                return string_literal(token[0])
            case "blank":
                return blanks.setdefault(token[0], f"_:b{len(blanks)}")
            case "word" if is_word(token, "TRUE", "FALSE"):
                return token[0].lower()
        return token[0]

    # What is not read

    def _check_characters(self) -> None:
        for token in self.tokens:
            if found := odd_character(token):
                from fot_graph.sparql.mistakes import stray_character_error  # noqa: PLC0415  see above

                raise stray_character_error(self.query, *found)

    def _form(self) -> str:
        word = next((token for token in self.body if token.lastgroup == "word"), None)
        if word is None:
            at = len(self.query.rstrip())
            raise syntax_error_at(self.query, at, "no-query-here")
        if word[0].lower() in FORMS:
            return word[0].lower()
        self._check_word(word)
        near = close_matches(word[0].upper(), [form.upper() for form in FORMS], n=1)
        hint = "did-you-mean" if near else None
        raise syntax_error_at(self.query, word.start(), "no-kind-of-query", hint, token=word[0], near=near)

    def _check_words(self) -> None:
        for index, token in enumerate(self.body, start=self.names.end):
            if token.lastgroup != "word" or token[0] == "a":
                continue
            self._check_word(token)
            if token[0].upper() not in vocabulary.WORDS or is_word(token, "BASE", "PREFIX"):
                from fot_graph.sparql.mistakes import unexpected_token_error  # noqa: PLC0415  see above

                raise unexpected_token_error(self.query, self.tokens, index)

    def _check_word(self, token: Token) -> None:
        word = token[0].upper()
        if word == "SERVICE":
            raise refusal_at(self.query, token.start(), "asks-another-server")
        if word in vocabulary.UPDATES:
            raise refusal_at(self.query, token.start(), "would-change-the-graph", token=word)
        if word in vocabulary.LATER:
            raise self._later(token)

    def _check_escapes(self) -> None:
        """Refuse what would ask another server if escapes were undone before the query is read (19.2)."""
        for token in tokenize(unescaped(self.query)) if "\\" in self.query else ():
            if is_word(token, "SERVICE"):
                at = escaped_offset(self.query, token.start())
                raise refusal_at(self.query, at, "asks-another-server")

    def _check_signs(self) -> None:
        for token, following in zip(self.body, [*self.body[1:], None], strict=True):
            direction = token.lastgroup == "language" and "--" in token[0]
            pair = following and token.end() == following.start() and (token[0], following[0]) in vocabulary.PAIRS
            if token[0] == "~" or direction or pair:
                raise self._later(token)

    def _later(self, token: Token) -> QuerySyntaxError:
        sign = token.lastgroup == "sign" and token[0] != "~"
        shown = token.string[token.start() : token.start() + 2] if sign else token[0]
        return syntax_error_at(self.query, token.start(), "not-in-sparql", token=shown)

    def _check_depth(self) -> None:
        """Refuse what is nested too deep: brackets, and signs before a term, all the way down."""
        opened: list[int] = []
        depth = signs = 0
        for token in self.body:
            if token[0] in "([{":
                opened.append(signs + 1)
                depth, signs = depth + signs + 1, 0
            elif token[0] in ")]}":
                depth, signs = depth - (opened.pop() if opened else 0), 0
            else:
                signs = signs + len(token[0]) if token[0] in ("!", "-", "+", "^", "^^") else 0
            if depth + signs > limits.QUERY_DEPTH:
                raise refusal_at(self.query, token.start(), "nested-deep", count=limits.QUERY_DEPTH)

    def _check_graphs(self, is_graph: Callable[[str], bool]) -> None:
        for clause, token in _dataset(self.body):
            graph = self.names.full(token)
            if not is_graph(graph):
                raise refusal_at(self.query, token.start(), "names-no-graph-here", clause=clause, graph=graph)

    def _check_calls(self) -> None:
        for index in call_indices(self.body):
            token = self.body[index]
            name = self.names.full(token)
            if name not in vocabulary.CASTS:
                raise syntax_error_at(self.query, token.start(), "no-function", iri=name)
            if not has_one_argument(self.body, index + 1):
                raise syntax_error_at(self.query, token.start(), "cast-of-one-value", name=token[0])


def _check_size(query: str) -> None:
    try:
        size = len(query.encode())
    except UnicodeEncodeError as error:
        raise syntax_error_at(query, error.start, "half-a-character") from None
    if size > limits.QUERY_BYTES:
        raise QueryRefusedError("long-query", size=limits.QUERY_BYTES // 1024)


def _dataset(tokens: Sequence[Token]) -> Iterator[tuple[str, Token]]:
    """Yield the clause and the name of each graph that FROM and FROM NAMED choose."""
    for token, second, third in zip(tokens, tokens[1:], [*tokens[2:], None], strict=False):
        if is_word(token, "FROM"):
            named = is_word(second, "NAMED")
            name = third if named else second
            if name and name.lastgroup in ("iri", "name"):
                yield ("FROM NAMED" if named else "FROM"), name
