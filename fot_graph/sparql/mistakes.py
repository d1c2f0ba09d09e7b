"""Where a query goes wrong, and why, told in the place and the words of the user's text."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from fot_graph.core.close_matches import close_matches
from fot_graph.core.words import Message
from fot_graph.sparql.tokens import is_word, syntax_error_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fot_graph.core.errors import QuerySyntaxError
    from fot_graph.sparql.tokens import Token

    Explained = tuple[int, Message, str | None]  # offset in the query, what is wrong, the code of another hint

_LONGEST_KEYWORD = 24
_MISTAKES = {  # what the engine says, and the code of that mistake
    "IRI parsing failed": "no-full-iri",
    "variable that is unbound": "select-not-grouped",
    "Duplicated variable": "select-twice",
    "SELECT overrides": "select-overrides",
    "SELECT * is not": "select-all-grouped",
    "BIND is overriding": "bind-overrides",
    "VALUES clause rows": "values-row",
}
_AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_KEYWORDS = (
    "SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK WHERE FROM NAMED OPTIONAL FILTER UNION MINUS GRAPH BIND VALUES"
    " GROUP ORDER HAVING LIMIT OFFSET EXISTS NOT COUNT SAMPLE GROUP_CONCAT CONTAINS REGEX LANG STR PREFIX"
).split()


def one_token_a_line(written: Sequence[str], tokens: Sequence[Token]) -> str:
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


def engine_syntax_error(query: str, tokens: Sequence[Token], message: str) -> QuerySyntaxError:
    """Explain why a query does not parse, from the engine's message about what `one_token_a_line` wrote."""
    found = re.search(r"error at (\d+):", message)
    index = min(int(found[1]) - 1, len(tokens)) if found else 0
    mistake = (
        _explain_unbalanced(tokens, index)
        or _explain_mistake(tokens, index, message)
        or _explain_assignment(tokens, index)
        or _explain_not_grouped(tokens[: index + 1])
    )
    return syntax_error_at(query, *(mistake or _explain_unexpected(query, tokens, index)))


def unexpected_token_error(query: str, tokens: Sequence[Token], index: int) -> QuerySyntaxError:
    """Say that a token has no place where it stands, or that the query ends too early where there is none."""
    return syntax_error_at(query, *_explain_unexpected(query, tokens, index))


def stray_character_error(query: str, offset: int, character: str) -> QuerySyntaxError:
    """Say that a character begins no token, and what may be meant."""
    return syntax_error_at(query, offset, *_explain_stray(character))


# --- Inside ----------------------------------------------------------------------------------------------------------


def _explain_unexpected(query: str, tokens: Sequence[Token], index: int) -> Explained:
    if index >= len(tokens):
        return len(query.rstrip()), Message("query-ends-early"), None
    token = tokens[index]
    near = _similar_keywords(token)
    hint = "did-you-mean" if near else _hint(token, tokens[:index])
    return token.start(), Message("unexpected-token", token=token[0], near=near), hint


def _explain_stray(character: str) -> tuple[Message, str | None]:
    if character in "\"'":
        return Message("string-not-closed"), None
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return Message("stray-character", token=shown), "quotes-are-straight" if character in "“”‘’„«»" else None


def _explain_unbalanced(tokens: Sequence[Token], index: int) -> Explained | None:
    """Find the bracket that is not closed when the engine stopped at another one that closes, or at the end."""
    opened: list[Token] = []
    for token in tokens[:index]:
        if token[0] in "([{":
            opened.append(token)
        elif token[0] in ")]}":
            del opened[-1:]
    at_end = index == len(tokens)
    if opened and (at_end or tokens[index][0] in ")]}".replace(_CLOSING[opened[-1][0]], "")):
        bracket = opened[-1][0]
        return opened[-1].start(), Message("never-closed", token=bracket, closing=_CLOSING[bracket]), None
    return None


def _explain_mistake(tokens: Sequence[Token], index: int, message: str) -> Explained | None:
    for words, code in _MISTAKES.items():
        if words in message:
            select = next((token.start() for token in tokens if is_word(token, "SELECT")), 0)
            at = select if code.startswith("select") else tokens[min(index, len(tokens) - 1)].start()
            return at, Message(code), None
    return None


def _explain_assignment(tokens: Sequence[Token], index: int) -> Explained | None:
    """Find a BIND, in the group that closes at a token, which gives a variable a value that it has already."""
    if index >= len(tokens) or tokens[index][0] != "}":
        return None
    known: set[str] = set()
    depth, within, binds = 0, 0, False
    for before, token in pairwise(tokens[_opening(tokens, index) : index]):
        depth += (token[0] == "(") - (token[0] == ")")
        within += (token[0] == "{") - (token[0] == "}")
        if not depth:
            binds = is_word(token, "BIND") and not within
        if token.lastgroup == "variable" and not depth:
            known.add(token[0][1:])
        elif binds and depth == 1 and is_word(before, "AS") and token[0][1:] in known:
            return token.start(), Message("bind-overrides"), None
    return None


def _explain_not_grouped(before: Sequence[Token]) -> Explained | None:
    """Find a query in the query which shows a variable beside a count, or a group, that it does not group by."""
    for at, token in enumerate(before):
        if is_word(token, "SELECT") and (name := _not_grouped(before[at + 1 :])):
            return name.start(), Message("select-not-grouped"), None
    return None


def _not_grouped(tokens: Sequence[Token]) -> Token | None:
    """Give the variable that the SELECT before these tokens may not show; None if the bracket around it is open."""
    depth, begun, by, counts = 0, False, False, False
    shown: list[Token] = []
    keys: list[str] = []
    for token in tokens:
        depth += (token[0] in ("(", "{")) - (token[0] in (")", "}"))
        if depth < 0:
            return next((name for name in shown if name[0][1:] not in keys), None) if counts else None
        begun = begun or token[0] == "{"
        if not depth and token.lastgroup == "word":
            by = is_word(token, "GROUP", "BY") and begun
        counts = counts or by or (not begun and is_word(token, *_AGGREGATES))
        if token.lastgroup == "variable" and by:
            keys.append(token[0][1:])
        elif token.lastgroup == "variable" and not begun and not depth:
            shown.append(token)
    return None


def _opening(tokens: Sequence[Token], index: int) -> int:
    """Give the number of the bracket that a closing one closes."""
    depth = 0
    for number in range(index, -1, -1):
        depth += (tokens[number][0] == "}") - (tokens[number][0] == "{")
        if not depth:
            return number
    return 0


def _similar_keywords(token: Token) -> list[str]:
    """Give the keyword that a word may be meant to be."""
    near = close_matches(token[0].upper(), _KEYWORDS, n=1) if token.lastgroup == "word" else []
    return near if near != [token[0].upper()] else []


def _hint(token: Token, before: Sequence[Token]) -> str | None:
    if token[0] == ")" and "{" not in [earlier[0] for earlier in before]:
        return "name-the-expression"
    return "compare-or-assign" if token[0] == "=" else None
