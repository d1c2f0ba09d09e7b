"""The parts of a SPARQL query that the engine has accepted: its patterns, its columns, its groups.

What evidence needs is the shape of the patterns; everything else (expressions, modifiers) is kept as it is written, so
that it means to the engine what it meant before. `reader` makes it of a text.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from fot_graph.sparql.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fot_graph.sparql.tokens import Token


# --- Property paths (SPARQL 1.1 Query, 9.1) --------------------------------------------------------------------------


class Step(NamedTuple):
    """One predicate, as written: an IRI, a prefixed name, 'a', or a variable."""

    predicate: str


class Inverse(NamedTuple):
    """A path from the object to the subject: ^path."""

    path: Path


class Chain(NamedTuple):
    """Paths one after the other: path/path."""

    paths: tuple[Path, ...]


class Choice(NamedTuple):
    """One path or another: path|path."""

    paths: tuple[Path, ...]


class Closure(NamedTuple):
    """A path any number of times, as its sign says: path*, path+, path?."""

    path: Path
    sign: str


class Negated(NamedTuple):
    """Any predicate but these, from subject to object (`forward`) or back (`backward`): !(a|^b)."""

    forward: tuple[str, ...]
    backward: tuple[str, ...]


Part = TypeVar("Part")
Path = Step | Inverse | Chain | Choice | Closure | Negated

# --- Patterns (5 to 12) ----------------------------------------------------------------------------------------------


class Triple(NamedTuple):
    """A triple pattern; blank nodes are variables already."""

    subject: str
    path: Path
    object: str


class Group(NamedTuple):
    """What stands in braces, in its order."""

    elements: tuple[Element, ...]


class Optional(NamedTuple):
    """OPTIONAL { … }."""

    group: Group


class Minus(NamedTuple):
    """MINUS { … }, as written."""

    text: str


class GraphPattern(NamedTuple):
    """GRAPH name { … }."""

    name: str
    group: Group


class Union(NamedTuple):
    """{ … } UNION { … }."""

    groups: tuple[Group, ...]


class Exists(NamedTuple):
    """EXISTS { … } or NOT EXISTS { … } in an expression; `text` is all of it, keywords included."""

    text: str
    group: Group
    negated: bool


class Filter(NamedTuple):
    """FILTER expression."""

    expression: str
    exists: tuple[Exists, ...]

    @property
    def is_existence(self) -> bool:
        """Whether the expression is one EXISTS or NOT EXISTS, and nothing more."""
        return [one.text for one in self.exists] == [_bare(self.expression)]


class Bind(NamedTuple):
    """BIND (expression AS ?variable)."""

    expression: str
    variable: str
    exists: tuple[Exists, ...]


class Values(NamedTuple):
    """VALUES, as written; `bound` are its variables that have a value in each row."""

    text: str
    variables: tuple[str, ...]
    bound: tuple[str, ...]


class Select(NamedTuple):
    """A query within a query."""

    query: Query


Element = Triple | Group | Optional | Minus | GraphPattern | Union | Filter | Bind | Values | Select


class Column(NamedTuple):
    """A variable of SELECT or GROUP BY, with the expression that gives its value, empty for a plain variable."""

    variable: str
    expression: str
    exists: tuple[Exists, ...] = ()

    @property
    def written(self) -> str:
        """The column as SPARQL writes it."""
        return f"({self.expression} AS {self.variable})" if self.expression else self.variable


class Query(NamedTuple):
    """A query in its parts. Texts are as written; variables have their '?'.

    `distinct` tells also REDUCED. `columns` are empty for SELECT *, ASK and the forms that give a graph; `named` are
    what DESCRIBE names; `keys` are those of GROUP BY, whose expressions have a variable of their own; `grouped` tells
    also the one group of a query with aggregates and no GROUP BY; `modifiers` are ORDER BY, LIMIT and OFFSET; `pattern`
    is `where` as written; `unsliced` is the query without its own modifiers, which only choose and sort its rows;
    `opening` is the place in these texts where the pattern begins, behind its brace, and 0 where there is none.
    """

    text: str
    prologue: str
    form: str
    distinct: bool
    columns: tuple[Column, ...]
    named: tuple[str, ...]
    template: tuple[Triple, ...]
    dataset: str
    where: Group
    pattern: str
    keys: tuple[Column, ...]
    grouped: bool
    having: str
    having_exists: tuple[Exists, ...]
    modifiers: str
    values: Values | None
    unsliced: str
    opening: int


def binds(element: object) -> Iterator[Bind]:
    """Give every BIND of a pattern, however deep; not those of queries in it."""
    if isinstance(element, Bind):
        yield element
    elif isinstance(element, tuple) and not isinstance(element, Query):
        for part in element:
            yield from binds(part)


def renamed(part: Part, names: Mapping[str, str]) -> Part:
    """Give other names to variables of a part of a query, wherever they stand in it."""
    if isinstance(part, str):
        return _renamed_text(part, names)  # type: ignore[return-value]
    if not isinstance(part, tuple):
        return part
    inner = [renamed(each, names) for each in part]
    return type(part)(*inner) if hasattr(part, "_fields") else type(part)(inner)


def _renamed_text(text: str, names: Mapping[str, str]) -> str:
    for token in reversed([token for token in tokenize(text) if token.lastgroup == "variable"]):
        name = names.get(variable_of(token[0]), token[0])
        text = text[: token.start()] + name + text[token.end() :]
    return text


def aggregated(expression: str) -> Iterator[str]:
    """Give what the aggregates of an expression count or sum up: an expression each; COUNT(*) has none.

    >>> list(aggregated("SUM(IF(?x > 1, 1, 0)) / COUNT(DISTINCT ?y)"))
    ['IF(?x > 1, 1, 0)', '?y']
    """
    tokens = tokenize(expression)
    for place, token in enumerate(tokens):
        if token.lastgroup == "word" and token[0].upper() in _AGGREGATES:
            first = place + 3 if tokens[place + 2][0].upper() == "DISTINCT" else place + 2
            last = _end_of_argument(tokens, first)
            if last > first and tokens[first][0] != "*":
                yield expression[tokens[first].start() : tokens[last - 1].end()]


def _end_of_argument(tokens: Sequence[Token], first: int) -> int:
    """Find the bracket that closes a call, or the semicolon before the SEPARATOR of GROUP_CONCAT."""
    depth, place = 0, first
    while depth or tokens[place][0] not in (")", ";"):
        depth += (tokens[place][0] in OPENING) - (tokens[place][0] in CLOSING)
        place += 1
    return place


def fresh(text: str, name: str) -> Iterator[str]:
    """Give variables that begin with a name, or a longer one if the query uses that.

    >>> next(fresh("SELECT ?b0 { ?b0 ?p ?o }", "b"))
    '?b_0'
    """
    while f"?{name}" in text or f"${name}" in text:
        name += "_"
    return (f"?{name}{number}" for number in count())


def _bare(expression: str) -> str:
    """Take away brackets round an expression that begins and ends with them."""
    while expression.startswith("(") and expression.endswith(")"):
        expression = expression[1:-1].strip()
    return expression


def variable_of(token: str) -> str:
    """Write a variable with its '?', whether it stands there with '?' or with '$'."""
    return f"?{token[1:]}"


def aggregates(texts: list[str]) -> bool:
    """Tell whether an expression counts or sums up; `modifiers` and columns of a query in it don't stand here."""
    tokens = (token for text in texts for token in tokenize(text))
    return any(token.lastgroup == "word" and token[0].upper() in _AGGREGATES for token in tokens)


_AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")
OPENING, CLOSING = ("(", "[", "{"), (")", "]", "}")
