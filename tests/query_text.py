"""A query as text: where its groups, its sub-queries and its slices stand, as far as the law of evidence needs it.

Only keywords in capitals are known, as the random queries and the catalogue write them. Strings, IRIs and comments are
blanked before anything is looked for, so that no word or bracket in them counts; places stay what they were.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>\s{}"]*>|#[^\n]*')
_ABSENCE = re.compile(r"\b(?:OPTIONAL|MINUS|EXISTS)\b")
_TURNING = re.compile(r"\b(?:MINUS|BOUND|COALESCE|NOT\s+EXISTS)\b|(?<!FILTER )(?<!FILTER\()\bEXISTS\b")
_GROUPED = re.compile(r"\b(?:GROUP BY|HAVING|COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT)\b")
_SLICE = re.compile(r"\s(?:LIMIT|OFFSET)\s+\d+")
_MODIFIERS = re.compile(r"\s(?:LIMIT|OFFSET)\s+\d+|\sORDER BY\b.*?(?=\s(?:LIMIT|OFFSET|VALUES)\b|$)", re.DOTALL)
_SELECT = re.compile(r"\{\s*SELECT\b")
_HEADS = re.compile(r"\b(?:SELECT|DESCRIBE|CONSTRUCT\s*\{[^{}]*\})[^{}]*")
_FICKLE = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE)\s*\(")
_KEY = re.compile(r"\bGROUP BY\s+(STR\(\?\w+\))")
_HEAD = re.compile(r"SELECT\s+(?:DISTINCT\s+|REDUCED\s+)?")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Blank strings, IRIs and comments.

    >>> plain("ASK { ?x ?p '{' } # }")
    'ASK { ?x ?p     }    '
    """
    return _QUOTED.sub(lambda found: " " * len(found[0]), text)


def looks_for_absence(text: str) -> bool:
    """Tell whether a query may have rows because something is not there."""
    return bool(_ABSENCE.search(plain(text)))


def may_turn_on_absence(text: str) -> bool:
    """Tell whether a condition or a value of a query may come out otherwise because something is not there.

    >>> [may_turn_on_absence(f"ASK {{ ?s ?p ?o {more} }}") for more in ("FILTER EXISTS { ?o ?q ?r }", "MINUS { }")]
    [False, True]
    """
    return bool(_TURNING.search(plain(text)))


def with_optionals_required(text: str) -> list[str]:
    """Write a query once for each OPTIONAL with whose new variables something else has to agree, without that word.

    Where it finds nothing, these variables are free, and agree with anything. The query is also written without all
    these words, and those of each OPTIONAL around them, which for want of them may find nothing either.

    >>> with_optionals_required("ASK { { OPTIONAL { ?x a ?y } } ?x ?p ?o }")
    ['ASK { {            ?x a ?y   } ?x ?p ?o }']
    >>> with_optionals_required("ASK { ?x ?p ?o OPTIONAL { ?x a ?y } }")
    []
    >>> len(with_optionals_required("ASK { ?x ?p ?o OPTIONAL { ?o ?q ?r OPTIONAL { ?x a ?y } FILTER(?y != ?r) } }"))
    2
    """
    shown = _HEADS.sub(lambda found: " " * len(found[0]), plain(text))
    spans = [found.span() for found in re.finditer(r"\bOPTIONAL\b", shown)]
    joined = [span for span in spans if _is_joined(shown, span[0])]
    around = [one for one in spans if any(one[0] < span[0] < _end(shown, shown.index("{", one[0])) for span in joined)]
    together = sorted({*joined, *around})
    choices = [[span] for span in joined] + ([together] if len(together) > 1 else [])
    return [_required(text, choice) for choice in choices]


def _required(text: str, optionals: Iterable[tuple[int, int]]) -> str:
    """Leave out the words OPTIONAL at some places, with the braces behind, so that filters see what stands around."""
    for start, end in optionals:
        opening = text.index("{", end)
        closing = _end(text, opening) - 1
        inside = text[opening + 1 : closing]
        braces = "{}" if re.match(r"\s*SELECT\b|.*\bBIND\b", inside, re.DOTALL) else "  "
        text = f"{text[:start]}{' ' * (opening - start)}{braces[0]}{inside}{braces[1]}{text[closing + 1 :]}"
    return text


def _is_joined(shown: str, start: int) -> bool:
    """Tell whether an OPTIONAL binds a variable that no triple before it in its braces has, but something else."""
    end = _end(shown, shown.index("{", start))
    depth, opening = 1, start
    while depth:
        opening -= 1
        depth += {"}": 1, "{": -1}.get(shown[opening], 0)
    before, others = shown[opening + 1 : start], shown[:opening] + shown[end:]
    return bool((_names(shown[start:end]) - _names(_without_unions(before))) & _names(others))


def _without_unions(text: str) -> str:
    """Leave out the sides of a UNION: a solution of one side need not have the variables of another.

    >>> _without_unions("?x a ?y { ?x a ?z } UNION { ?z a ?x } ")
    '?x a ?y   '
    """
    kept, place = "", 0
    for start, end in ((found.start(), _end(text, found.start())) for found in re.finditer(r"\{", text)):
        is_side = re.match(r"\s*UNION\b", text[end:]) or re.search(r"\bUNION\s*$", text[:start])
        if start >= place and is_side:
            kept, place = kept + re.sub(r"UNION\s*$", "", text[place:start]), end
    return kept + re.sub(r"^\s*UNION\s*$", "", text[place:])


def _names(text: str) -> set[str]:
    return set(re.findall(r"\?\w+", text))


def is_grouped_within(text: str) -> bool:
    """Tell whether a query in the query has aggregates or groups."""
    shown = plain(text)
    return any(_GROUPED.search(shown[found.start() : _end(text, found.start())]) for found in _SELECT.finditer(shown))


def is_grouped(text: str) -> bool:
    """Tell whether a query, or a query in it, has aggregates or groups."""
    return bool(_GROUPED.search(plain(text)))


def counts_counts(text: str) -> bool:
    """Tell whether a query, or one in it, has an aggregate over the rows of one that has aggregates itself."""
    names = counted(text).text
    return bool(re.search(r"SUM\(\?counted\d", names))


def is_fickle(text: str) -> bool:
    """Tell whether a query computes something that is never the same twice."""
    return bool(_FICKLE.search(plain(text)))


def is_sliced_within(text: str) -> bool:
    """Tell whether a query in the query has LIMIT or OFFSET."""
    return bool(_SLICE.search(plain(unsliced(text))))


def unsliced(text: str) -> str:
    """Leave out LIMIT, OFFSET and ORDER BY of the query itself, which choose and sort its rows and decide nothing else.

    >>> unsliced("SELECT ?x WHERE { { SELECT ?x WHERE { ?x a ?y } LIMIT 3 } } ORDER BY ?x LIMIT 1 VALUES ?y { 1 }")
    'SELECT ?x WHERE { { SELECT ?x WHERE { ?x a ?y } LIMIT 3 } } VALUES ?y { 1 }'
    """
    spans = groups(text)
    tail = spans[_where(text, spans)][1] if spans else 0
    masked = plain(text)
    for start, end in (span for span in spans if span[0] >= tail):
        masked = masked[:start] + " " * (end - start) + masked[end:]
    for found in reversed(list(_MODIFIERS.finditer(masked, tail))):
        text = text[: found.start()] + text[found.end() :]
    return text


def all_solutions(text: str) -> str:
    """Write the query that gives the solutions of a query's pattern, with all its variables."""
    spans = groups(text)
    start, end = spans[_where(text, spans)]
    first = re.search(r"\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE)\b", plain(text))
    assert first
    dataset = " ".join(re.findall(r"\bFROM\s+(?:NAMED\s+)?\S+", text[:start]))
    return f"{text[: first.start()]}SELECT * {dataset} WHERE {text[start:end]}"


def groups(text: str) -> list[tuple[int, int]]:
    """Give the places of the braces that stand in no other braces or brackets."""
    found, opened = [], list[int]()
    for bracket in re.finditer(r"[{}()]", plain(text)):
        if bracket[0] in "{(":
            opened.append(bracket.start())
        else:
            start = opened.pop()
            if not opened and bracket[0] == "}":
                found.append((start, bracket.end()))
    return found


def _where(text: str, spans: list[tuple[int, int]]) -> int:
    """Tell which of the outermost braces hold the pattern: the first ones, but that CONSTRUCT has a template before."""
    short = re.search(r"\bCONSTRUCT\b[^{]*\bWHERE\b[^{]*\{", plain(text))
    return int("CONSTRUCT" in plain(text) and not short and len(spans) > 1)


# --- Counts ---------------------------------------------------------------------------------------------------------


class Counted(NamedTuple):
    """A query that shows, in columns that were added in front, how many solutions each of its groups has."""

    text: str
    columns: int


@lru_cache(maxsize=256)
def counted(text: str) -> Counted:
    """Let a query show how many solutions its groups have, and how often each variable is bound in them.

    >>> counted("SELECT (MIN(?y) AS ?z) WHERE { ?y a fot:Finding }").text
    'SELECT (COUNT(*) AS ?counted0) (COUNT(?y) AS ?counted1) (MIN(?y) AS ?z) WHERE { ?y a fot:Finding }'

    What the groups go by is shown too, since another group may get the values of one that is gone.

    >>> counted("SELECT (1 AS ?z) WHERE { } GROUP BY STR(?y)").text.split(" WHERE ")
    ['SELECT ?grouped (COUNT(*) AS ?counted0) (COUNT(?y) AS ?counted1) (1 AS ?z)', '{ } GROUP BY (STR(?y) AS ?grouped)']
    """
    if not re.match(r"\s*(?:PREFIX\s+\S+\s+\S+\s+)*SELECT\b", uncommented(text)):
        text = all_solutions(text)
    start = plain(text).index("SELECT")
    select, keys = text[start:], 0
    if found := _KEY.search(_own(select)):
        select = f"{select[: found.start(1)]}({found[1]} AS ?grouped){select[found.end(1) :]}"
        keys = 1
    written, names = _counted(select, 0)
    if keys:
        written = _HEAD.sub(lambda head: f"{head[0]}?grouped ", written, count=1)
    return Counted(text[:start] + written, keys + len(names))


def uncommented(text: str) -> str:
    """Leave out the lines that are comments."""
    return re.sub(r"^\s*#[^\n]*$", "", text, flags=re.MULTILINE)


def _counted(select: str, used: int) -> tuple[str, list[str]]:
    """Add the columns to a SELECT; `used` numbers are taken already."""
    names: list[str] = []
    place = 0
    while found := _SELECT.search(plain(select), place):
        end = _end(select, found.start())
        if re.search(r"\b(?:EXISTS|MINUS)\s*$", plain(select)[: found.start()]):
            place = end
            continue
        begin = found.start() + found[0].index("SELECT")
        inner, inside = _counted(select[begin : end - 1], used + len(names))
        select = f"{select[:begin]}{inner} {select[end - 1 :]}"
        names += inside
        place = begin + len(inner)
    head = _HEAD.match(select)
    assert head
    own = _own(select)
    if _GROUPED.search(own):
        bound = sorted(set(re.findall(r"\?[A-Za-z]\w*", plain(select[head.end() :]))) - {*names, *_given(own)})
        values = [*(f"SUM({name})" for name in names), "COUNT(*)", *(f"COUNT({name})" for name in bound)]
        fresh = [f"?counted{used + len(names) + place}" for place in range(len(values))]
        columns, names = [f"({value} AS {name})" for value, name in zip(values, fresh, strict=True)], fresh
    else:
        columns = [] if re.match(r"\s*\*", own[head.end() :]) else list(names)
    return head[0] + "".join(f"{column} " for column in columns) + select[head.end() :], names


def _given(own: str) -> list[str]:
    """Give the variables that SELECT and GROUP BY give a value."""
    return re.findall(r"\bAS\s+(\?\w+)", own)


def _own(select: str) -> str:
    """Blank all that stands in braces, so that only the query's own words are left."""
    text, depth = "", 0
    for sign in plain(select):
        depth += sign == "{"
        text += " " if depth else sign
        depth -= sign == "}"
    return text


def _end(text: str, start: int) -> int:
    """Give the place behind the brace that closes the one at `start`."""
    depth = 0
    for bracket in re.finditer(r"[{}]", plain(text)[start:]):
        depth += 1 if bracket[0] == "{" else -1
        if not depth:
            return start + bracket.end()
    raise ValueError(text)
