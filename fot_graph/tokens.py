"""SPARQL as tokens, and the place of a token in the text of the user. Standard: SPARQL 1.1 Query, 19.8."""

from __future__ import annotations

import re

from fot_graph.errors import QueryRefusedError, QuerySyntaxError

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


def escaped_place(text: str, offset: int) -> int:
    """Give the place in a text of what stands at an offset in `unescaped(text)`."""
    for match in re.finditer(_CHARACTER, text):
        if match.start() >= offset:
            break
        offset += len(match[0]) - 1
    return offset


def malformed(query: str, offset: int, reason: str, hint: str = "") -> QuerySyntaxError:
    """Make the error for what is no SPARQL, at a place in the text of the query."""
    return QuerySyntaxError(query, *_place(query, offset), reason, hint)


def refused(query: str, offset: int, reason: str, hint: str = "") -> QueryRefusedError:
    """Make the error for what is not run, at a place in the text of the query."""
    return QueryRefusedError(reason, hint, *_place(query, offset))


def _place(query: str, offset: int) -> tuple[int, int]:
    lines = f"{query[:offset]}.".splitlines()
    return len(lines), len(lines[-1])
