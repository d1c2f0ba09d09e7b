"""Random SPARQL queries over a graph: every construct, and most of them with an answer.

A query is written around a witness. A walk over real triples gives a pattern, of which some terms become variables;
what they stand for in the walk is remembered, so that filters, values and further patterns can be made to hold for it.
`make` takes a `random.Random`: a seeded one repeats a query. `shorter` makes one shorter that breaks a law.

A module holds the constructs of one kind, one short function each: `paths`, `expressions`, `patterns`, `subqueries`,
`forms`; a class of each adds to the one before. SERVICE is the only construct of SPARQL 1.1 that is never written.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from random_queries.forms import Forms

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from pyoxigraph import Store

    from random_queries.data import Data

CONSTRUCTS = (
    "join; ';'; ','; a; [ ]; blank node; collection; variable predicate; empty group; unsatisfiable; group in a group; "
    "OPTIONAL; FILTER in OPTIONAL; OPTIONAL in OPTIONAL; OPTIONAL and !bound; UNION; MINUS; MINUS in MINUS; "
    "EXISTS; NOT EXISTS; empty NOT EXISTS; EXISTS in an expression; EXISTS in IF; EXISTS in HAVING; "
    "EXISTS in an aggregate; EXISTS in a grouped SELECT; EXISTS in ORDER BY; "
    "comparison; IN; NOT IN; regex; lang; bound; !bound; &&; ||; COALESCE; IF; function; RAND, NOW, UUID or BNODE; "
    "BIND; VALUES; VALUES at the end; UNDEF; sub-query; sub-query with a value that may be unbound; "
    "DISTINCT in a sub-query; REDUCED in a sub-query; SELECT * in a sub-query; slice in a sub-query; "
    "aggregate in a sub-query; count of counts; GROUP BY; GROUP BY expression; implicit group; HAVING; COUNT(*); "
    "COUNT; COUNT DISTINCT; SUM; SUM DISTINCT; AVG; AVG DISTINCT; MIN; MIN DISTINCT; MAX; MAX DISTINCT; SAMPLE; "
    "SAMPLE DISTINCT; GROUP_CONCAT; GROUP_CONCAT DISTINCT; SEPARATOR; DISTINCT; REDUCED; ORDER BY; LIMIT; OFFSET; "
    "/; |; ^; !; ? in a path; * in a path; + in a path; path from nowhere; path to or from a constant; "
    "GRAPH constant; GRAPH variable; GRAPH in GRAPH; FROM; FROM NAMED; "
    "SELECT *; SELECT expression; SELECT expression of another; ASK; CONSTRUCT; CONSTRUCT WHERE; empty template; "
    "blank node in a template; DESCRIBE; DESCRIBE WHERE; DESCRIBE *"
).split("; ")


class Query(NamedTuple):
    """A query and the constructs that it uses."""

    text: str
    used: frozenset[str]

    def __repr__(self) -> str:  # what a failing test shows
        return f"\n{self.text}\n"


def make(random: Random, data: Data, store: Store) -> Query:
    """Write a query; the store, which holds the data, is asked on the way whether there are not too many solutions."""
    maker = Forms(random, data, store)
    return Query(maker.query(), frozenset(maker.used))


def shorter(text: str, still: Callable[[str], bool], seconds: float = 10) -> str:
    """Leave words out of a query, as long as something still holds of it, for some time."""
    words, end = text.split(" "), monotonic() + seconds
    size = len(words) // 2
    while size:
        place = 0
        while place < len(words) and monotonic() < end:
            rest = words[:place] + words[place + size :]
            words, place = (rest, place) if still(" ".join(rest)) else (words, place + max(1, size // 4))
        size = size // 2 if size > 12 else size - 1
    return " ".join(words)
