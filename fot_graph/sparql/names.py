"""What the names of a query stand for: prefixed names and IRIs, in full. Standard: SPARQL 1.1 Query, 4.1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fot_graph.core.close_matches import close_matches
from fot_graph.sparql.tokens import is_word, syntax_error_at, unescaped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fot_graph.sparql.tokens import Token


class Names:
    """What the names of a query stand for, by known prefixes, and its own prologue (4.1); `end` is its length."""

    def __init__(self, query: str, tokens: Sequence[Token], prefixes: Mapping[str, str]) -> None:
        self.query = query
        self.prefixes = dict(prefixes)
        self.base: str | None = None
        self.end = 0
        self._known: dict[str, str] = {}
        while tokens[self.end :] and is_word(tokens[self.end], "PREFIX", "BASE"):
            self._declare(tokens)

    def full(self, token: Token) -> str:
        """Write an IRI or a prefixed name in full.

        Raises: `QuerySyntaxError` for a prefix that is not declared, and for what makes no full IRI.
        """
        found = self._known.get(token[0])
        if found is None:
            found = self._known[token[0]] = self._resolved(token) if token.lastgroup == "iri" else self._named(token)
        return found

    def _declare(self, tokens: Sequence[Token]) -> None:
        """Read the next declaration."""
        kinds = ("name", "iri") if is_word(tokens[self.end], "PREFIX") else ("iri",)
        for at, kind in enumerate(kinds, start=self.end + 1):
            is_right = at < len(tokens) and tokens[at].lastgroup == kind
            if not is_right or (kind == "name" and tokens[at][0].find(":") < len(tokens[at][0]) - 1):
                from fot_graph.sparql.mistakes import unexpected_token_error  # noqa: PLC0415  only a query that does not parse pays for it

                raise unexpected_token_error(self.query, tokens, at)
        iri = self._resolved(tokens[self.end + len(kinds)])
        if len(kinds) == 2:
            self.prefixes[tokens[self.end + 1][0][:-1]] = iri
        else:
            self.base = iri
        self.end += 1 + len(kinds)

    def _named(self, token: Token) -> str:
        prefix, _, local = token[0].partition(":")
        if prefix not in self.prefixes:
            near = close_matches(prefix, self.prefixes)
            hint = "did-you-mean" if near else None
            raise syntax_error_at(self.query, token.start(), "unknown-prefix", hint, prefix=prefix, near=near)
        return self._valid(token, self.prefixes[prefix] + re.sub(r"\\(.)", r"\1", local))

    def _resolved(self, token: Token) -> str:
        iri = unescaped(token[0][1:-1])
        if _has_scheme(iri):
            return self._valid(token, iri)
        if self.base is None:
            raise syntax_error_at(self.query, token.start(), "no-full-iri", "write-scheme-or-compare")
        from pyoxigraph import RdfFormat, parse  # noqa: PLC0415  resolves as the engine does; few queries have a BASE

        try:
            [quad] = parse(f"<{iri}> <urn:p> <urn:o> .", RdfFormat.TURTLE, base_iri=self.base)
        except SyntaxError:
            return self._valid(token, iri)
        return self._valid(token, str(quad.subject)[1:-1])

    def _valid(self, token: Token, iri: str) -> str:
        from pyoxigraph import NamedNode  # noqa: PLC0415  it is here wherever a query is asked

        try:
            return NamedNode(iri).value
        except ValueError:
            raise syntax_error_at(self.query, token.start(), "no-iri", iri=iri) from None


def _has_scheme(iri: str) -> bool:
    scheme, colon, _ = iri.partition(":")
    letters = scheme.isascii() and all(character.isalnum() or character in "+.-" for character in scheme)
    return bool(colon) and letters and scheme[:1].isalpha()
