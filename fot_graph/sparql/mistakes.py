"""Where a query goes wrong, and why, told in the place and the words of the user's text."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from fot_graph.core.errors import close_matches
from fot_graph.sparql.tokens import is_word, malformed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fot_graph.core.errors import QuerySyntaxError
    from fot_graph.sparql.tokens import Token

    Explained = tuple[int, str, str]  # offset in the query, reason, hint

_LONGEST_KEYWORD = 24
_MISTAKES = {
    "IRI parsing failed": ("this is no full IRI", "write it with its scheme, or with a prefix: id:serv"),
    "variable that is unbound": ("SELECT has a variable that is not grouped", "add it to GROUP BY, or count it"),
    "Duplicated variable": ("SELECT has a variable twice", "give the second another name"),
    "SELECT overrides": ("SELECT gives a variable a value that it has already", "choose a new name after AS"),
    "SELECT * is not": ("SELECT * does not go with GROUP BY", "name the variables"),
    "BIND is overriding": ("BIND gives a variable a value that it has already", "choose a new name after AS"),
    "VALUES clause rows": ("a row of VALUES has too many or too few terms", "a term that is missing is UNDEF"),
}
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_KEYWORDS = (
    "SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK WHERE FROM NAMED OPTIONAL FILTER UNION MINUS GRAPH BIND VALUES"
    " GROUP ORDER HAVING LIMIT OFFSET EXISTS NOT COUNT SAMPLE GROUP_CONCAT CONTAINS REGEX LANG STR PREFIX"
).split()


def spread(written: Sequence[str], tokens: Sequence[Token]) -> str:
    """Write each token on a line of its own, with room after it; `written` is how each is sent to the engine.

    The engine reports the farthest place that it looked at, many characters past a mistake when it tried a keyword
    there. In this form the line of that place is the number of the wrong token.
    """
    room = " " * _LONGEST_KEYWORD
    lines = list(written)
    for number, (name, bracket) in enumerate(pairwise(tokens)):
        if name.lastgroup == "word" and bracket[0] == "(":  # COALESCE and its bracket have to stand together
            lines[number : number + 2] = [f"{name[0]}(", ""]
    return "".join(f"{line}{room}\n" for line in lines) + room


def explained(query: str, tokens: Sequence[Token], message: str) -> QuerySyntaxError:
    """Explain why a query does not parse, from the engine's message about its tokens as `spread` writes them."""
    found = re.search(r"error at (\d+):", message)
    index = min(int(found[1]) - 1, len(tokens)) if found else 0
    mistake = _unbalanced(tokens, index) or _mistaken(tokens, index, message)
    return malformed(query, *(mistake or _unexpected(query, tokens, index)))


def unexpected(query: str, tokens: Sequence[Token], index: int) -> QuerySyntaxError:
    """Say that a token has no place where it stands, or that the query ends too early where there is none."""
    return malformed(query, *_unexpected(query, tokens, index))


def stray(query: str, offset: int, character: str) -> QuerySyntaxError:
    """Say that a character begins no token, and what may be meant."""
    return malformed(query, offset, *_stray(character))


# --- Inside ----------------------------------------------------------------------------------------------------------


def _unexpected(query: str, tokens: Sequence[Token], index: int) -> Explained:
    if index >= len(tokens):
        return len(query.rstrip()), "the query ends too early", ""
    return tokens[index].start(), f"unexpected '{tokens[index][0]}'", _hint(tokens[index], tokens[:index])


def _stray(character: str) -> tuple[str, str]:
    if character in "\"'":
        return "the string that begins here is not closed or has a wrong escape", "a backslash is written \\\\"
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return f"'{shown}' has no place here", "quotes are straight, \" or '" if character in "“”‘’„«»" else ""


def _unbalanced(tokens: Sequence[Token], index: int) -> Explained | None:
    """Find the bracket that is not closed when the engine stopped at another one that closes, or at the end."""
    opened: list[Token] = []
    for token in tokens[:index]:
        if token[0] in "([{":
            opened.append(token)
        elif token[0] in ")]}":
            del opened[-1:]
    at_end = index == len(tokens)
    if opened and (at_end or tokens[index][0] in ")]}".replace(_CLOSING[opened[-1][0]], "")):
        return opened[-1].start(), f"'{opened[-1][0]}' is never closed", f"add '{_CLOSING[opened[-1][0]]}'"
    return None


def _mistaken(tokens: Sequence[Token], index: int, message: str) -> Explained | None:
    for words, (reason, hint) in _MISTAKES.items():
        if words in message:
            select = next((token.start() for token in tokens if is_word(token, "SELECT")), 0)
            at = select if "SELECT" in reason else tokens[min(index, len(tokens) - 1)].start()
            return at, reason, hint
    return None


def _hint(token: Token, before: Sequence[Token]) -> str:
    near = close_matches(token[0].upper(), _KEYWORDS, n=1) if token.lastgroup == "word" else []
    if near and near[0] != token[0].upper():
        return f"did you mean {near[0]}?"
    if token[0] == ")" and "{" not in [earlier[0] for earlier in before]:
        return "an expression in SELECT has a name: (COUNT(?a) AS ?n)"
    return "compare in FILTER(?a = ?b), assign in BIND(… AS ?a)" if token[0] == "=" else ""
