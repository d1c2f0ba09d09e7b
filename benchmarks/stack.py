"""How much stack the engine takes for each construct of SPARQL at the largest that a query may have of it.

    python benchmarks/stack.py [CONSTRUCT …]

Each query is asked in a process of its own, in a thread with a stack that doubles until the process survives. What
takes too long is ended after its plan was made, which is where the engine recurses. `fot_graph.stores.engine.STACK` has
to be a multiple of the largest; `tests/stores/test_engine.py` asks the same queries in the way that `Graph.query` does.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 20
SMALLEST, LARGEST = 2**16, 2**29  # bytes


def _each(text: str, sign: str = " ") -> Callable[[int], str]:
    """Give a function that writes a text so many times; '#' in it becomes the number."""
    return lambda count: sign.join(text.replace("#", str(number)) for number in range(count))


# Of each construct the query around it, its part, and how many there may be within 8,000 tokens and 64 KiB
CONSTRUCTS: dict[str, tuple[str, Callable[[int], str], int]] = {
    "sum": ("ASK { FILTER(%) }", _each("1", "+"), 7_900),
    "sum of variables": ("SELECT (% AS ?n) { ?a ?b ?c }", _each("?a", " + "), 3_980),
    "difference": ("ASK { FILTER(%) }", _each("?a", " - "), 3_980),
    "product": ("ASK { FILTER(%) }", _each("?a", "*"), 3_980),
    "and": ("ASK { ?a ?b ?c FILTER(%) }", _each("?a = ?b", "&&"), 1_990),
    "or": ("ASK { ?a ?b ?c FILTER(%) }", _each("?a", "||"), 3_980),
    "IN": ("SELECT * { ?a ?b ?c FILTER(?a IN (%)) }", _each("<urn:#>", ","), 3_980),
    "NOT IN": ("SELECT * { ?a ?b ?c FILTER(?a NOT IN (%)) }", _each("#", ","), 3_980),
    "CONCAT": ("SELECT * { BIND(CONCAT(%) AS ?x) }", _each("?a", ","), 3_980),
    "COALESCE": ("SELECT * { BIND(COALESCE(%) AS ?x) }", _each("?a", ","), 3_980),
    "IF, 60 deep": ("SELECT * { BIND(% AS ?x) }", lambda _: "IF(?a,1," * 60 + "2" + ")" * 60, 1),
    "brackets, 60 deep, with sums": ("ASK { FILTER(%) }", lambda _: "(1+" * 60 + "1+" * 3_000 + "1" + ")" * 60, 1),
    "DESCRIBE": ("DESCRIBE %", _each("<u:#>"), 7_000),
    "DESCRIBE of variables": ("DESCRIBE % { ?v1 ?p ?o }", _each("?v#"), 7_900),
    "VALUES": ("SELECT * { VALUES ?x { % } ?x ?p ?o }", _each("#"), 7_900),
    "VALUES, many": ("SELECT * { % }", _each("VALUES ?x { 1 }"), 1_590),
    "triples": ("SELECT * { % } LIMIT 1", _each("?s <urn:p> ?o#", " . "), 1_990),
    "objects": ("SELECT * { ?s ?p % }", _each("?o", " , "), 3_980),
    "predicates": ("SELECT * { ?s % }", _each("?p ?o", " ; "), 2_600),
    "list": ("ASK { ?s ?p (%) }", _each("1"), 7_980),
    "list in a template": ("CONSTRUCT { ?s ?p (%) } { ?s ?p ?o } LIMIT 1", _each("1"), 7_900),
    "template": ("CONSTRUCT { % } { ?s ?p ?o }", _each("?s ?p ?o", " . "), 1_980),
    "blank nodes": ("ASK { ?s ?p % }", _each("[ ?p ?o ]", " , "), 1_590),
    "path /": ("ASK { ?s % ?o }", _each("<urn:p>", "/"), 3_980),
    "path |": ("SELECT * { ?s % ?o } LIMIT 3", _each("<urn:p>", "|"), 3_980),
    "path (|)*": ("SELECT * { ?s (%)* ?o } LIMIT 3", _each("<urn:p>", "|"), 3_970),
    "path (/)*": ("SELECT * { ?s (%)* ?o } LIMIT 3", _each("<urn:p>", "/"), 3_970),
    "path */*": ("SELECT * { ?s % ?o } LIMIT 3", _each("<urn:p>*", "/"), 2_600),
    "path !(|)": ("SELECT * { ?s !(%) ?o } LIMIT 3", _each("<urn:p>", "|"), 3_970),
    "UNION": ("SELECT * { % }", _each("{ ?s ?p # }", " UNION "), 1_300),
    "OPTIONAL": ("SELECT * { ?s ?p ?o % }", _each("OPTIONAL { ?s <urn:q> ?z }"), 1_300),
    "MINUS": ("SELECT * { ?s ?p ?o % }", _each("MINUS { ?s <urn:q> # }"), 1_300),
    "MINUS of nothing": ("SELECT * { ?s ?p ?o % }", _each("MINUS {}"), 2_600),
    "FILTER": ("SELECT * { ?s ?p ?o % }", _each("FILTER(?o)"), 1_990),
    "FILTER NOT EXISTS": ("SELECT * { ?s ?p ?o % }", _each("FILTER NOT EXISTS { ?s <urn:q> # }"), 990),
    "groups": ("SELECT * { % }", _each("{ ?s ?p ?o }"), 1_590),
    "GRAPH": ("SELECT * { % }", _each("GRAPH <urn:g> {}"), 1_990),
    "BIND": ("SELECT * { % }", _each("BIND(1 AS ?x#)"), 1_320),
    "inner queries": ("SELECT * { % }", _each("{ SELECT ?s { ?s ?p ?o } }"), 880),
    "inner queries, 31 deep": ("SELECT * { % }", lambda _: "{ SELECT * { " * 30 + "} }" * 30, 1),
    "EXISTS, 60 deep": ("ASK { % }", lambda _: "FILTER EXISTS { " * 60 + "}" * 60, 1),
    "GROUP BY": ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY %", _each("(1 AS ?x#)"), 1_590),
    "HAVING": ("SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING %", _each("(1)"), 2_600),
    "ORDER BY": ("SELECT * { ?s ?p ?o } ORDER BY %", _each("DESC(?s)"), 1_990),
    "aggregates": ("SELECT % { ?s ?p ?o }", _each("(COUNT(?s) AS ?x#)"), 990),
    "columns": ("SELECT % { ?s ?p ?o } LIMIT 2", _each("(1 AS ?x#)"), 1_590),
    "FROM": ("SELECT * % { ?s ?p ?o }", _each("FROM <urn:g>"), 3_900),
}
_CHILD = """
import sys, threading
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QueryBoolean, Store
query, store = sys.stdin.read(), Store()
for graph in (NamedNode("urn:g"), DefaultGraph()):
    for number, value in enumerate((NamedNode("urn:1"), NamedNode("urn:2"), Literal(1))):
        store.add(Quad(NamedNode(f"urn:{number}"), NamedNode("urn:p"), value, graph))
def ask():
    found = store.query(query)
    if not isinstance(found, QueryBoolean):
        for _ in found:
            pass
threading.stack_size(int(sys.argv[1]))
thread = threading.Thread(target=ask)
thread.start()
thread.join()
"""


def query(name: str) -> str:
    """Write the query of a construct at its largest."""
    around, part, count = CONSTRUCTS[name]
    return around.replace("%", part(count))


def survives(text: str, stack: int) -> bool:
    """Tell whether a process survives a query in a thread with so many bytes of stack."""
    command = [sys.executable, "-c", _CHILD, str(stack)]
    try:
        return subprocess.run(command, input=text.encode(), timeout=SECONDS, check=False).returncode == 0  # noqa: S603
    except subprocess.TimeoutExpired:
        return True


def needed(text: str) -> int:
    """Give the first stack that is large enough, in bytes."""
    stack = SMALLEST
    while stack < LARGEST and not survives(text, stack):
        stack *= 2
    return stack


def main() -> None:
    """Print a table, the largest last."""
    found = {name: needed(query(name)) for name in sys.argv[1:] or CONSTRUCTS}
    for name, stack in sorted(found.items(), key=lambda pair: pair[1]):
        sys.stdout.write(f"{name:<30} {CONSTRUCTS[name][2]:>6,} times  {stack // 1024:>7,} KiB\n")


if __name__ == "__main__":
    main()
