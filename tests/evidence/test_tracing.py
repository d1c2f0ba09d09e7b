"""A pattern with its witnesses: it has the same solutions, and names the triples behind each."""

from __future__ import annotations

import pytest
from packaged import PREFIXES

from fot_graph import Graph, load
from fot_graph.evidence.tracing import Absent, Check, Edge, Inner, Named, Repeat, TracedPattern, trace_pattern
from fot_graph.sparql import reader, tree
from fot_graph.sparql.variables import columns, mentioned, safe


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def of(pattern: str) -> TracedPattern:
    """Rewrite a pattern."""
    return trace_pattern(reader.parse(f"SELECT * {{ {pattern} }}").where, tree.fresh(pattern, "w"))


def test_the_nodes_between_the_steps_of_a_path_show() -> None:
    found = of("?x ex:p/^ex:q ?y")
    assert found.text == "?x ex:p ?w0 . ?y ex:q ?w0 ."
    assert found.parts == (("", Edge("?x", "ex:p", "?w0", "")), ("", Edge("?y", "ex:q", "?w0", "")))


def test_one_predicate_of_several_shows() -> None:
    assert of("?x a|ex:q ?y").parts == (("", Edge("?x", "?w0", "?y", "")),)
    assert of("?x !ex:q ?y").text == "?x ?w0 ?y . FILTER(?w0 NOT IN (ex:q))"
    assert of("?x !^ex:q ?y").parts == (("", Edge("?y", "?w0", "?x", "")),)


def test_optional_and_union_leave_a_mark() -> None:
    found = of("OPTIONAL { ?x ex:p ?y } { ?x a ?z } UNION { ?x ex:q ?z }")
    assert [(mark, part.predicate) for mark, part in found.parts if isinstance(part, Edge)] == [
        ("?w0", "ex:p"),
        ("?w1", "a"),
        ("?w2", "ex:q"),
    ]


def test_a_triple_knows_its_graph() -> None:
    assert of("GRAPH ?g { ?x ex:p ?y }").parts == (("", Named("?g")), ("", Edge("?x", "ex:p", "?y", "?g")))


def test_a_query_in_the_query_that_only_hides_variables_is_opened() -> None:
    found = of("{ SELECT ?x (STR(?z) AS ?s) { ?x ex:p ?z , 'not ?z' } } ?x ex:q ?z")
    assert found.text == "{ { ?x ex:p ?w0 . ?x ex:p 'not ?z' . BIND(STR(?w0) AS ?s) } } ?x ex:q ?z ."


def test_what_no_variable_shows_is_a_part_of_its_own() -> None:
    found = of(
        "?x ex:p+ ?y FILTER EXISTS { ?x a ?y } MINUS { ?x a ?z } { SELECT DISTINCT ?x { ?x a ?k } } FILTER(?x != ?y)"
        " BIND(EXISTS { ?x a ?y } AS ?b)"
    )
    assert [type(part) for _, part in found.parts] == [Repeat, Check, Absent, Inner, Check]


@pytest.mark.parametrize(
    "pattern",
    [
        "?x fot:informs/^fot:intends ?y",
        "?x (fot:informs|fot:about) ?y",
        "?x (fot:informs|^fot:findingOf|fot:about/skos:broader) ?y",
        "?x !(rdf:type|fot:informs) ?y . ?x a fot:Finding",
        "?x a fot:Finding OPTIONAL { ?x fot:informs ?y FILTER(?y != theme:diversity) OPTIONAL { ?y skos:related ?z } }",
        "{ ?x fot:informs ?y } UNION { ?x fot:about ?y } FILTER(?x != ?y)",
        "?x fot:informs [ a fot:Intention ; ^fot:intends ?i ]",
        "GRAPH ?g { ?x fot:informs ?y OPTIONAL { ?x fot:about ?z } }",
        "{ SELECT ?x (COUNT(*) AS ?n) { ?x fot:informs ?y } GROUP BY ?x }",
        "OPTIONAL { SELECT ?x { ?x fot:informs ?y } } ?x a fot:Finding",
        "?x dcterms:isPartOf+ ?y . ?x a fot:QuestionItem",
        "?x a fot:Finding MINUS { ?x fot:informs ?y } BIND(EXISTS { ?x fot:about ?z } AS ?e)",
        "VALUES (?x ?y) { (doc:vp-sv-2019-2020-358\\/finding-added-value UNDEF) (UNDEF "
        "theme:diversity) } ?x fot:informs ?y",
    ],
)
def test_a_rewritten_pattern_has_the_same_solutions(graph: Graph, pattern: str) -> None:
    names = sorted(syntax_names(pattern))
    shown = " ".join(names)
    plain = graph.query(f"SELECT {shown} {{ {pattern} }}").rows
    rewritten = graph.store.query(f"SELECT {shown} {{ {of(pattern).text} }}", prefixes=PREFIXES)
    assert sorted(map(str, plain)) == sorted(str(tuple(row)) for row in rewritten)
    assert plain


def test_a_negated_path_in_both_directions_has_the_same_pairs(graph: Graph) -> None:
    pattern = "?x !(rdf:type|^fot:informs) ?y . ?x a fot:Theme"  # the engine gives each pair once
    rewritten = graph.store.query(f"SELECT ?x ?y {{ {of(pattern).text} }}", prefixes=PREFIXES)
    plain = graph.query(f"SELECT ?x ?y {{ {pattern} }}").rows
    assert {tuple(row) for row in plain} == {tuple(row) for row in rewritten}


def syntax_names(pattern: str) -> set[str]:
    """Give the variables that a pattern can bind and that a query can name."""
    return {name for name in columns(reader.parse(f"SELECT * {{ {pattern} }}")) if not name.startswith("?blank")}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("?x a ?y", {"?x", "?y"}),
        ("?x a ?y OPTIONAL { ?x ex:p ?z }", {"?x", "?y"}),
        ("OPTIONAL { ?x ex:p ?z } ?x a ?y", {"?y"}),  # fixing ?x first would change what OPTIONAL finds
        ("{ ?x a ?y } UNION { ?x ex:p ?z }", {"?x"}),
        ("?x a ?y MINUS { ?x ex:p ?z } ?z ex:q ?y", {"?x", "?y"}),
        ("BIND(?y AS ?k) ?x a ?y", {"?x"}),
        ("?x a ?y BIND(?y AS ?k)", {"?x", "?y"}),
        ("VALUES (?x ?y) { (1 UNDEF) } ?y a ?z", {"?x", "?z"}),
        ("GRAPH ?g { ?x a ?y }", {"?g", "?x", "?y"}),
        ("GRAPH ?g { { SELECT (COUNT(*) AS ?n) { ?x a ?y } } }", set()),
        ("{ SELECT ?x (STR(?y) AS ?s) { ?x a ?y } }", {"?x"}),
        ("FILTER(?x > 1) ?x a ?y", {"?x", "?y"}),
    ],
)
def test_variables_that_may_be_fixed_beforehand(pattern: str, expected: set[str]) -> None:
    assert safe(reader.parse(f"SELECT * {{ {pattern} }}").where) == expected


def test_variables_inside_a_query_in_the_query_do_not_show() -> None:
    where = reader.parse("SELECT * { { SELECT ?x { ?x a ?hidden } } OPTIONAL { ?x ex:p ?y FILTER(?z) } }").where
    assert mentioned(where) == {"?x", "?y", "?z"}
