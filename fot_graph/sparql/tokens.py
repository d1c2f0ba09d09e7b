"""SPARQL as tokens, and the place of a token in the text of the user. Standard: SPARQL 1.1 Query, 19.8."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fot_graph.core.errors import QueryRefusedError, QuerySyntaxError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fot_graph.core.words import Message

Token = re.Match[str]  # `lastgroup` is its kind: string, iri, blank, name, word, variable, language, number, sign

# Beyond ASCII every character counts as a letter here (`odd_character` looks closer): the classes of the grammar take
# ten times as long to compile. No repetition gives back what it took (`++`, `*+`), so that reading takes time linear in
# the text.
_LETTER = r"[^\x00-@\[-`{-\xbf]"
_NAME = r"[^\x00-/:-@\[-^`{-\xb6\xb8-\xbf]"
_NAME_OR_DASH = r"[^\x00-,./:-@\[-^`{-\xb6\xb8-\xbf]"
_LOCAL = rf"(?:{_NAME_OR_DASH}|:|%[0-9A-Fa-f]{{2}}|\\[_~.!$&'()*+,;=/?#@%-])"
_HEX = "[0-9A-Fa-f]"
_CHARACTER = rf"\\u(?![Dd][89A-Fa-f]){_HEX}{{4}}|\\U(?:0000(?![Dd][89A-Fa-f])|000[1-9A-Fa-f]|0010){_HEX}{{4}}"
_ESCAPE = rf"\\[tbnrf\"'\\]|{_CHARACTER}"
_EXPONENT = r"[eE][+-]?[0-9]++"

_TOKEN = re.compile(
    rf"""
      (?P<space>[ \t\r\n]++|\#[^\r\n]*+)
    | (?P<string>\"\"\"(?:[^"\\]|{_ESCAPE}|\"\"?(?!"))*+\"\"\"|'''(?:[^'\\]|{_ESCAPE}|''?(?!'))*+'''
        |"(?!"")(?:[^"\\\r\n]|{_ESCAPE})*+"|'(?!'')(?:[^'\\\r\n]|{_ESCAPE})*+')
    | (?P<iri><(?:[^\x00-\x20<>"{{}}|^`\\]|{_CHARACTER})*+>)
    | (?P<blank>_:{_NAME}{_NAME_OR_DASH}*+(?:\.++{_NAME_OR_DASH}++)*+)
    | (?P<name>(?:{_LETTER}{_NAME_OR_DASH}*+(?:\.++{_NAME_OR_DASH}++){{0,4}}+)?+:
        (?:(?!-){_LOCAL}++(?:\.++{_LOCAL}++)*+)?+)
    | (?P<word>(?:{_LETTER}|_){_NAME_OR_DASH}*+)
    | (?P<variable>[?$]{_NAME}++)
    | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[a-z]++)?+)
    | (?P<number>[+-]?(?:[0-9]++(?:\.[0-9]*+{_EXPONENT}|\.[0-9]++|{_EXPONENT})?+|\.[0-9]++(?:{_EXPONENT})?+))
    | (?P<sign>\^\^|&&|\|\||[!<>]=|[][{{}}().,;=<>!+*/|^?~-])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def tokenize(text: str) -> list[Token]:
    """Split a query into its tokens, without white space and comments.

    The first character that begins no token is the last one that is given, as a token of the kind 'other'.

    >>> [(token.lastgroup, token[0]) for token in tokenize("ASK { ?s a fot:Claim } # all")][2:4]
    [('variable', '?s'), ('word', 'a')]
    """
    tokens: list[Token] = []
    for token in _TOKEN.finditer(text):
        if token.lastgroup != "space":
            tokens.append(token)
        if token.lastgroup == "other":
            break
    return tokens


def is_word(token: Token, *words: str) -> bool:
    """Tell whether a token is one of these words, which are given in capitals."""
    return token.lastgroup == "word" and token[0].upper() in words


def odd_character(token: Token) -> tuple[int, str] | None:
    """Give the first character of a token that the grammar does not have there, with its place in the text."""
    if token.lastgroup == "other":
        return token.start(), token[0]
    if token[0].isascii() or token.lastgroup not in ("name", "word", "variable", "blank"):
        return None
    found = re.search(_NO_LETTER, token[0])
    return (token.start() + found.start(), found[0]) if found else None


_NO_LETTER = (  # what is neither ASCII nor PN_CHARS (19.8); compiled for the few queries with such names only
    "[^\x00-\x7f\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c\u200d\u203f\u2040\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]"
)


def unescaped(text: str) -> str:
    r"""Undo the escapes for characters in an IRI or a string.

    >>> unescaped("<urn:\\u0061>")
    '<urn:a>'
    """
    return re.sub(_CHARACTER, lambda match: chr(int(match[0].lstrip("\\uU"), 16)), text) if "\\" in text else text


def escaped_offset(text: str, offset: int) -> int:
    """Give the place in a text of what stands at an offset in `unescaped(text)`."""
    for match in re.finditer(_CHARACTER, text):
        if match.start() >= offset:
            break
        offset += len(match[0]) - 1
    return offset


def call_indices(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield the places of the names that are called as functions: those before '(' in an expression.

    Before '(' in a pattern a name is a predicate with a list, or a subject with a path. Expressions stand outside of
    all braces, in the brackets behind a word, and after SELECT, GROUP, ORDER and HAVING of an inner query.
    """
    expression = [True]  # of each open bracket, whether expressions stand in it
    called, before = False, None
    for index, (token, following) in enumerate(zip(tokens, [*tokens[1:], None], strict=True)):
        if token[0] == "(":
            word = before and before.lastgroup == "word" and before[0] != "a"
            expression.append(called or bool(word) or expression[-1])
        elif token[0] in ("{", "["):
            expression.append(False)
        elif token[0] in (")", "}", "]"):
            if len(expression) > 1:
                expression.pop()
        elif is_word(token, "SELECT", "GROUP", "ORDER", "HAVING"):
            expression[-1] = True
        may_call = expression[-1] or (before is not None and is_word(before, "FILTER"))
        called = bool(token.lastgroup in ("iri", "name") and following and following[0] == "(" and may_call)
        if called:
            yield index
        before = token


def has_one_argument(tokens: Sequence[Token], opening: int) -> bool:
    """Tell whether one expression stands in the bracket at this index."""
    depth = 0
    for token in tokens[opening:]:
        depth += (token[0] in "([{") - (token[0] in ")]}")
        if not depth or (depth == 1 and token[0] == ","):
            return not depth and tokens[opening + 1][0] != ")" and not is_word(tokens[opening + 1], "DISTINCT")
    return True  # it is never closed, and the engine says so


# --- Writing ---------------------------------------------------------------------------------------------------------

_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_SIGNS = {"\\": "\\\\", '"': '\\"', **{character: f"\\{letter}" for letter, character in _LETTERS.items()}}


def string_literal(text: str) -> str:
    r"""Write a string between double quotes on one line.

    >>> string_literal("'''it's\n\\u0022that\\\\'''")
    '"it\'s\\n\\"that\\\\"'
    """
    mark = 3 if text[:3] in ('"""', "'''") and len(text) > 5 else 1
    inner = text[mark:-mark]
    if "\\" in inner:
        inner = re.sub(r"\\(?:[uU][0-9A-Fa-f]+|.)", _escaped_character, inner)
    if mark == 1 and text[0] == '"' and "\\" not in text:
        return text
    return '"' + "".join(_SIGNS.get(character, character) for character in inner) + '"'


def _escaped_character(escape: re.Match[str]) -> str:
    if escape[0][1] in "uU":
        digits = 4 if escape[0][1] == "u" else 8
        return chr(int(escape[0][2 : 2 + digits], 16)) + escape[0][2 + digits :]
    return _LETTERS.get(escape[0][1], escape[0][1])


def join_tokens(tokens: Sequence[Token], written: Sequence[str]) -> str:
    """Put blanks between tokens, but none within a literal, nor between a word and its bracket: COALESCE(."""
    parts: list[str] = []
    kind = ""
    for token, text in zip(tokens, written, strict=True):
        if not text:
            continue
        close = (kind == "word" and text == "(") or (kind == "string" and (text == "^^" or text[0] == "@"))
        parts += [text] if not parts or close or kind == "^^" else [" ", text]
        kind = "^^" if text == "^^" and kind == "string" else str(token.lastgroup)
    return "".join(parts)


# --- Places ----------------------------------------------------------------------------------------------------------


def syntax_error_at(
    query: str, offset: int, code: str | Message, hint: str | None = None, **data: object
) -> QuerySyntaxError:
    """Make the error for what is no SPARQL, at a place in the text of the query."""
    line, column = _line_and_column(query, offset)
    return QuerySyntaxError(query, line, column, code, hint, **data)


def refusal_at(query: str, offset: int, code: str, **data: object) -> QueryRefusedError:
    """Make the error for what is not run, at a place in the text of the query."""
    line, column = _line_and_column(query, offset)
    return QueryRefusedError(code, None, line, column, **data)


def _line_and_column(query: str, offset: int) -> tuple[int, int]:
    lines = f"{query[:offset]}.".splitlines()
    return len(lines), len(lines[-1])
