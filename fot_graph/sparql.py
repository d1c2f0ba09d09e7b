"""SPARQL as text: what a query may not do, and where a malformed one goes wrong.

The engine honours SERVICE, has no switch for it, and overflows its stack on deep nesting; so a query is read here
first, as the tokens of the SPARQL 1.1 grammar. The engine reads without tokens: it backs out of a name or an IRI that
does not suit it, so that `FILTER(1<'>')` may hold the start of a string and `ex:SERVICEother:x {` a call. `check`
therefore also refuses the few spellings that can be read in two ways; each refusal says how to write them plainly.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from fot_graph.errors import QueryRefusedError, QuerySyntaxError, close_matches
from fot_graph.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Token = re.Match[str]
    _Explained = tuple[int, str, str]  # offset in the query, reason, hint

FORMS = ("select", "ask", "construct", "describe")
MAX_BYTES = 64 * 1024
MAX_TOKENS = 8_000
MAX_DEPTH = 64


def check(query: str, is_graph: Callable[[str], bool] = lambda _: False) -> str:
    r"""Tell the form of a query ('select', 'ask', 'construct' or 'describe') once it is known to be safe to run.

    `is_graph` tells whether an IRI names a graph at hand, which FROM and FROM NAMED may then choose.

    >>> check("PREFIX service: <urn:service:> ASK { ?s ?p 'SERVICE' } # SERVICE")
    'ask'
    >>> check("SELECT * { \\u0053ERVICE <https://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    fot_graph.errors.QueryRefusedError: SERVICE asks another server (ask the graph at hand only)

    Raises: `QueryRefusedError` for SERVICE, an update, FROM another graph, or a query that is too long or too deep;
    `QuerySyntaxError` for characters that are no SPARQL and for a query without a form. Standard: SPARQL 1.1 Query,
    19.8 (grammar) and 19.2 (escapes for characters, which the engine leaves alone: both readings have to be safe).
    """
    _check_text(query)
    if "\\" in query:
        _check_reading(tokenize(_unescaped(query)))
    tokens = tokenize(query)
    _check_characters(query, tokens)
    _check_reading(tokens)
    form = _form(query, tokens)
    _check_dataset(tokens, is_graph)
    return form


# --- Tokens ---------------------------------------------------------------------------------------------------------

# Beyond ASCII every character counts as a letter here (`_check_characters` looks closer): the classes of the grammar
# take ten times as long to compile, and what is no letter to the engine stops it anyway.
_LETTER = r"[^\x00-@\[-`{-\xbf]"
_NAME = r"[^\x00-/:-@\[-^`{-\xb6\xb8-\xbf]"
_NAME_OR_DASH = r"[^\x00-,./:-@\[-^`{-\xb6\xb8-\xbf]"
_LOCAL = rf"(?:{_NAME_OR_DASH}|:|%[0-9A-Fa-f]{{2}}|\\[_~.!$&'()*+,;=/?#@%-])"
_HEX = "[0-9A-Fa-f]"
# Escapes of characters that exist: with any other one the engine backs out of the string that holds it.
_CHARACTER = rf"\\u(?![Dd][89A-Fa-f]){_HEX}{{4}}|\\U(?:0000(?![Dd][89A-Fa-f])|000[1-9A-Fa-f]|0010){_HEX}{{4}}"
_ESCAPE = rf"\\[tbnrf\"'\\]|{_CHARACTER}"

_TOKEN = re.compile(
    rf"""
      (?P<space>[ \t\r\n]+|\#[^\r\n]*)
    | (?P<string>\"\"\"(?:[^"\\]|{_ESCAPE}|\"\"?(?!"))*\"\"\"|'''(?:[^'\\]|{_ESCAPE}|''?(?!'))*'''
        |"(?!"")(?:[^"\\\r\n]|{_ESCAPE})*"|'(?!'')(?:[^'\\\r\n]|{_ESCAPE})*')
    | (?P<iri><(?:[^\x00-\x20<>"{{}}|^`\\]|{_CHARACTER})*>)
    | (?P<blank>_:{_NAME}{_NAME_OR_DASH}*(?:\.+{_NAME_OR_DASH}+)*)
    | (?P<name>(?:{_LETTER}{_NAME_OR_DASH}*(?:\.+{_NAME_OR_DASH}+){{0,4}})?:(?:(?!-){_LOCAL}+(?:\.+{_LOCAL}+)*)?)
    | (?P<word>(?:{_LETTER}|_){_NAME_OR_DASH}*)
    | (?P<variable>[?$]{_NAME}+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[a-z]+)?)
    | (?P<number>[+-]?(?:[0-9]+\.?[0-9]*[eE][+-]?[0-9]+|\.[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+))
    | (?P<sign>\^\^|&&|\|\||[!<>]=|[][{{}}().,;=<>!+*/|^?~-])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def tokenize(text: str) -> list[Token]:
    """Split a query into its tokens, without white space and comments."""
    tokens: list[Token] = []
    for token in _TOKEN.finditer(text):
        if token.lastgroup != "space":
            tokens.append(token)
        if len(tokens) > MAX_TOKENS:
            raise QueryRefusedError(f"the query has more than {MAX_TOKENS} words and signs", "ask in smaller steps")
    return tokens


def _unescaped(text: str) -> str:
    """Undo the escapes for characters, as the standard does before it reads a query."""
    return re.sub(_CHARACTER, lambda match: chr(int(match[0].lstrip("\\uU"), 16)), text)


def _is_word(token: Token, *words: str) -> bool:
    return token.lastgroup == "word" and token[0].upper() in words


# --- What is refused ------------------------------------------------------------------------------------------------

_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
# Within brackets '<' may also compare. These IRIs cannot be a comparison, or hide nothing if they are one.
_PLAIN_IRI = rf"(?s)<(?:[A-Za-z][A-Za-z0-9+.-]*://.*|(?:{_NAME}|[:./?%=~@;,*&$]|-(?!-))*)>"  # few queries need it


def _check_text(query: str) -> None:
    try:
        size = len(query.encode())
    except UnicodeEncodeError as error:
        raise _malformed(query, error.start, "this is half a character (a lone surrogate)") from None
    if size > MAX_BYTES:
        raise QueryRefusedError(f"the query is longer than {MAX_BYTES // 1024} KiB", "ask in smaller steps")


def _check_characters(query: str, tokens: list[Token]) -> None:
    for token in tokens:
        if token.lastgroup == "other":
            raise _malformed(query, token.start(), *_stray(token[0]))
        if token.lastgroup in ("name", "word", "variable", "blank") and not token[0].isascii():
            for offset, character in enumerate(token[0], start=token.start()):
                if "\u2000" <= character <= "\u206f" and character not in "\u200c\u200d\u203f\u2040":
                    raise _malformed(query, offset, *_stray(character))


def _stray(character: str) -> tuple[str, str]:
    if character in "\"'":
        return "the string that begins here is not closed or has a wrong escape", "a backslash is written \\\\"
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return f"'{shown}' has no place here", "quotes are straight, \" or '" if character in "“”‘’„«»" else ""


def _check_reading(tokens: list[Token]) -> None:
    _check_service(tokens)
    _check_depth(tokens)
    _check_iris(tokens)


def _check_service(tokens: list[Token]) -> None:
    """Refuse SERVICE, also where the engine would split it off: 'trueSERVICE', 'SERVICEex:x {', 'ex:SERVICE ?x {'."""
    for index, token in enumerate(tokens):
        if token.lastgroup not in ("word", "name") or "service" not in token[0].lower():
            continue
        if token.lastgroup == "word":
            raise QueryRefusedError("SERVICE asks another server", "ask the graph at hand only")
        if _may_call(tokens[index + 1 : index + 4]) and not (index and _is_word(tokens[index - 1], "GRAPH")):
            raise QueryRefusedError(f"'{token[0]}' before '{{' may be read as SERVICE", "end the triple with '.' first")


def _may_call(following: list[Token]) -> bool:
    """Tell whether these tokens are the rest of a call: SILENT or not, the server or not, and '{'."""
    rest = following[1:] if following and _is_word(following[0], "SILENT") else following
    server = bool(rest) and rest[0].lastgroup in ("iri", "name", "variable")
    return [token[0] for token in rest[server : server + 1]] == ["{"]


def _check_depth(tokens: list[Token]) -> None:
    """Refuse what is nested too deep: brackets, quoted triples, and signs before a term, all the way down."""
    opened: list[int] = []
    depth = signs = 0
    for token in tokens:
        if _opens(token):
            opened.append(signs + 1)
            depth, signs = depth + signs + 1, 0
        elif _closes(token):
            depth, signs = depth - (opened.pop() if opened else 0), 0
        else:
            signs = signs + len(token[0]) if token[0] in ("!", "-", "+", "^", "^^") else 0
        if depth + signs > MAX_DEPTH:
            raise QueryRefusedError(f"the query is nested more than {MAX_DEPTH} deep", "ask in smaller steps")


def _opens(token: Token) -> bool:
    return token[0] in "([{" or (token[0] == "<" and token.string.startswith("<<", token.start()))


def _closes(token: Token) -> bool:
    return token[0] in ")]}" or (token[0] == ">" and token.string.startswith(">>", token.start()))


def _check_iris(tokens: list[Token]) -> None:
    """Refuse an IRI that may as well be a comparison and the start of a string, a comment or deep nesting."""
    opened: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token[0] in "([{":
            opened.append(token[0])
        elif token[0] in ")]}":
            del opened[-1:]
        may_compare = token.lastgroup == "iri" and (opened[-1:] == ["("] or (before and before[0] == "<"))
        if may_compare and not re.fullmatch(_PLAIN_IRI, token[0]):
            raise QueryRefusedError(f"{token[0]} may be a comparison", "write '< ', or use a prefix for the IRI")


def _form(query: str, tokens: list[Token]) -> str:
    word = next((t for t in tokens if t.lastgroup == "word" and not _is_word(t, "PREFIX", "BASE", "VERSION")), None)
    if word and _is_word(word, *_UPDATES):
        raise QueryRefusedError(f"{word[0].upper()} would change the graph", "queries only read it")
    form = next((form for form in FORMS if word and word[0].lower().startswith(form)), "")
    if not form:
        place = word.start() if word else len(query.rstrip())
        near = close_matches(word[0].upper() if word else "", [form.upper() for form in FORMS], n=1)
        reason = f"'{word[0]}' is no kind of query" if word else "there is no query here"
        raise _malformed(query, place, reason, f"did you mean {near[0]}?" if near else "begin with SELECT or ASK")
    return form


def _check_dataset(tokens: list[Token], is_graph: Callable[[str], bool]) -> None:
    for clause, graph in _dataset(tokens):
        if not is_graph(graph):
            hint = "nothing is fetched: leave it out to ask the whole graph"
            raise QueryRefusedError(f"{clause} <{graph}> names a graph that is not here", hint)


def _dataset(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Yield the clause and the IRI of each graph that FROM and FROM NAMED choose."""
    for token, second, third in zip(tokens, tokens[1:], [*tokens[2:], None], strict=False):
        if _is_word(token, "FROM"):
            named = _is_word(second, "NAMED")
            name = third if named else second
            if name and name.lastgroup in ("iri", "name"):
                yield ("FROM NAMED" if named else "FROM"), _resolved(name, tokens)


def _resolved(name: Token, tokens: list[Token]) -> str:
    """Write an IRI or a prefixed name of a query in full."""
    if name.lastgroup == "name":
        prefix, _, local = name[0].partition(":")
        return _prefixes(tokens).get(prefix, f"{prefix}:") + re.sub(r"\\(.)", r"\1", local)
    base = next((iri for word, iri in pairwise(tokens) if _is_word(word, "BASE")), None)
    if not base:
        return _iri(name)
    from urllib.parse import urljoin  # noqa: PLC0415  only a query with BASE pays for it

    return urljoin(_iri(base), _iri(name))


def _prefixes(tokens: list[Token]) -> dict[str, str]:
    """Give the prefixes that a query may use: the known ones and its own."""
    triples = zip(tokens, tokens[1:], tokens[2:], strict=False)
    own = {name[0][:-1]: _iri(iri) for word, name, iri in triples if _is_word(word, "PREFIX")}
    return {**PREFIXES, **own}


def _iri(token: Token) -> str:
    return _unescaped(token[0][1:-1])


def iris(query: str) -> set[str]:
    """Give the IRIs that a query names, in full or with a prefix; not those that only declare a prefix.

    >>> iris("PREFIX ex: <urn:x:> ASK { ?s a ex:Thing ; <urn:p> 'ex:no' } # ex:no") == {"urn:x:Thing", "urn:p"}
    True
    """
    tokens = tokenize(query)
    declaring = _declaring(tokens)
    named = [token for token in tokens if token.lastgroup in ("iri", "name") and token.start() not in declaring]
    return {_resolved(token, tokens) for token in named}


def _declaring(tokens: list[Token]) -> set[int]:
    """Give the places of the names and IRIs that belong to a declaration of a prefix."""
    triples = zip(tokens, tokens[1:], tokens[2:], strict=False)
    return {token.start() for word, *declared in triples if _is_word(word, "PREFIX") for token in declared}


HIDDEN = "fot_graph_"

# --- For another engine ---------------------------------------------------------------------------------------------


def standalone(query: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Write before a query the prefixes that it uses and does not declare; no line moves.

    Names with a backslash, which not every server reads, are written in full.

    >>> standalone("ASK { ?claim fot:quote 'skos:no' }")
    "PREFIX fot: <https://w3id.org/fot-graph/ontology#> ASK { ?claim fot:quote 'skos:no' }"
    """
    tokens = _all_tokens(query)
    declared = {name[0][:-1] for word, name in pairwise(tokens) if _is_word(word, "PREFIX")}
    used = dict.fromkeys(token[0].partition(":")[0] for token in tokens if token.lastgroup == "name")
    missing = [prefix for prefix in used if prefix in prefixes and prefix not in declared]
    escaped = [token for token in tokens if token.lastgroup == "name" and "\\" in token[0]]
    full = _changed(query, [(token.start(), token.end(), f"<{_resolved(token, tokens)}>") for token in escaped])
    return "".join(f"PREFIX {prefix}: <{prefixes[prefix]}> " for prefix in missing) + full


def form(query: str) -> str:
    """Tell the form of a query that was checked before, or that we wrote ourselves; `check` tells it of any other.

    >>> form("PREFIX ask: <urn:ask:> DESCRIBE ask:x")
    'describe'
    """
    return _form(query, _all_tokens(query))


def chooses_dataset(query: str) -> bool:
    """Tell whether a query says with FROM or FROM NAMED which graphs it asks."""
    return any(_is_word(token, "FROM") for token in _all_tokens(query))


def leaving_out(query: str, graphs: Iterable[str]) -> str:
    """Let no variable after GRAPH stand for one of these graphs, and find a graph that is named by a variable, too.

    For a server that is told of a default graph: it then knows of no other by name, but finds each by a variable. Such
    a variable of ours begins with `HIDDEN`.

    >>> leaving_out("ASK { GRAPH ?g { ?s ?p ?o } }", ["urn:all"])
    'ASK { GRAPH ?g { ?s ?p ?o } FILTER(?g NOT IN (<urn:all>)) }'
    >>> leaving_out("ASK { GRAPH <urn:g> { ?s ?p ?o } }", ["urn:all"])
    'ASK { GRAPH ?fot_graph_2 { ?s ?p ?o } FILTER(?fot_graph_2 = <urn:g>) }'
    """
    tokens, listed = _all_tokens(query), ", ".join(f"<{graph}>" for graph in graphs)
    changes: list[tuple[int, int, str]] = []
    for index in _graphs(tokens):
        graph, end = tokens[index + 1], _closing(tokens, index + 2)
        if graph.lastgroup == "variable":
            changes.append((end, end, f" FILTER({graph[0]} NOT IN ({listed}))"))
        else:
            variable = f"?{HIDDEN}{index}"
            changes.append((graph.start(), graph.end(), variable))
            changes.append((end, end, f" FILTER({variable} = <{_resolved(graph, tokens)}>)"))
    return _changed(query, changes)


def _changed(query: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """Put texts in the place of others, which are given by where they begin and end."""
    parts, place = [], 0
    for begin, end, text in sorted(changes):
        parts += [query[place:begin], text]
        place = end
    return "".join(parts) + query[place:]


def _all_tokens(query: str) -> list[Token]:
    """Split a query that we wrote or have checked, however long it is."""
    return [token for token in _TOKEN.finditer(query) if token.lastgroup != "space"]


def _graphs(tokens: list[Token]) -> Iterator[int]:
    for index, (word, graph, bracket) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        if _is_word(word, "GRAPH") and graph.lastgroup in ("variable", "iri", "name") and bracket[0] == "{":
            yield index


def _closing(tokens: list[Token], opening: int) -> int:
    """Give the place behind the bracket that closes the one at this index."""
    depth = 0
    for token in tokens[opening:]:
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if not depth:
            return token.end()
    return len(tokens[opening].string)  # the query does not parse, and is not run


# --- Where a query goes wrong ---------------------------------------------------------------------------------------

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


def spread(query: str) -> str:
    """Write each token on a line of its own, with room after it.

    The engine reports the farthest place that it looked at, many characters past a mistake when it tried a keyword
    there. In this form the line of that place is the number of the wrong token.
    """
    room = " " * _LONGEST_KEYWORD
    tokens = tokenize(query)
    lines = [re.sub(r"[\r\n]", " ", token[0]) for token in tokens]
    for number, (name, bracket) in enumerate(pairwise(tokens)):
        if name.lastgroup == "word" and bracket[0] == "(":  # COALESCE and its bracket have to stand together
            lines[number : number + 2] = [f"{name[0]}(", ""]
    return "".join(f"{line}{room}\n" for line in lines) + room


def syntax_error(query: str, message: str) -> QuerySyntaxError:
    """Explain why a query does not parse, from the engine's message about `spread(query)`."""
    tokens = tokenize(query)
    found = re.search(r"error at (\d+):", message)
    index = min(int(found[1]) - 1, len(tokens)) if found else 0
    explained = _undeclared(tokens, index) or _unbalanced(tokens, index) or _mistaken(tokens, index, message)
    return _malformed(query, *(explained or _unexpected(query, tokens, index)))


def _undeclared(tokens: list[Token], index: int) -> _Explained | None:
    known = _prefixes(tokens)
    for token in tokens[: index + 1]:
        prefix = token[0].partition(":")[0]
        if token.lastgroup == "name" and prefix not in known:
            near = " or ".join(close_matches(prefix, known))
            hint = f"did you mean {near}?" if near else f"write PREFIX {prefix}: <…> first"
            return token.start(), f"prefix '{prefix}:' is not declared", hint
    return None


def _unbalanced(tokens: list[Token], index: int) -> _Explained | None:
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


def _mistaken(tokens: list[Token], index: int, message: str) -> _Explained | None:
    for words, (reason, hint) in _MISTAKES.items():
        if words in message:
            select = next((token.start() for token in tokens if _is_word(token, "SELECT")), 0)
            at = select if "SELECT" in reason else tokens[min(index, len(tokens) - 1)].start()
            return at, reason, hint
    return None


def _unexpected(query: str, tokens: list[Token], index: int) -> _Explained:
    if index == len(tokens):
        return len(query.rstrip()), "the query ends too early", ""
    return tokens[index].start(), f"unexpected '{tokens[index][0]}'", _hint(tokens[index], tokens[:index])


def _hint(token: Token, before: list[Token]) -> str:
    near = close_matches(token[0].upper(), _KEYWORDS, n=1) if token.lastgroup == "word" else []
    if near and near[0] != token[0].upper():
        return f"did you mean {near[0]}?"
    if token[0] == ")" and "{" not in [earlier[0] for earlier in before]:
        return "an expression in SELECT has a name: (COUNT(?a) AS ?n)"
    return "compare in FILTER(?a = ?b), assign in BIND(… AS ?a)" if token[0] == "=" else ""


def _malformed(query: str, offset: int, reason: str, hint: str = "") -> QuerySyntaxError:
    lines = f"{query[:offset]}.".splitlines()
    return QuerySyntaxError(query, len(lines), len(lines[-1]), reason, hint)
