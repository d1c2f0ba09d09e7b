"""A query in its parts: each production of the grammar that evidence looks at, and every query of the catalogue."""

from __future__ import annotations

import pytest

from fot_graph.core.errors import UsageError
from fot_graph.questions import catalogue
from fot_graph.sparql import tree
from fot_graph.sparql.reader import parse
from fot_graph.sparql.tree import (
    Chain,
    Choice,
    Closure,
    Column,
    Element,
    GraphPattern,
    Group,
    Inverse,
    Minus,
    Negated,
    Optional,
    Path,
    Query,
    Select,
    Step,
    Triple,
    Union,
    Values,
)


def only(text: str) -> Element:
    """Give the one element of a pattern."""
    [element] = parse(f"SELECT * {{ {text} }}").where.elements
    return element


def path(text: str) -> Path:
    """Give a path as it is read between two variables."""
    element = only(f"?x {text} ?y")
    assert isinstance(element, Triple)
    return element.path


P, Q, R = Step("ex:p"), Step("ex:q"), Step("ex:r")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ex:p", P),
        ("a", Step("a")),
        ("?p", Step("?p")),
        ("$p", Step("?p")),
        ("<urn:p>", Step("<urn:p>")),
        ("ex:p/ex:q", Chain((P, Q))),
        ("ex:p|ex:q/ex:r", Choice((P, Chain((Q, R))))),
        ("(ex:p|ex:q)/ex:r", Chain((Choice((P, Q)), R))),
        ("^ex:p", Inverse(P)),
        ("^ex:p*", Inverse(Closure(P, "*"))),
        ("(^ex:p)*", Closure(Inverse(P), "*")),
        ("^^ex:p", Inverse(Inverse(P))),
        ("ex:p?/ex:q+", Chain((Closure(P, "?"), Closure(Q, "+")))),
        ("!ex:p", Negated(("ex:p",), ())),
        ("!^ex:p", Negated((), ("ex:p",))),
        ("!(ex:p|^ex:q|a)", Negated(("ex:p", "a"), ("ex:q",))),
        ("!()", Negated((), ())),
        ("(!ex:p)+", Closure(Negated(("ex:p",), ()), "+")),
    ],
)
def test_paths(text: str, expected: Path) -> None:
    assert path(text) == expected


def triples(text: str) -> list[tuple[str, str, str]]:
    """Give the triples of a pattern of simple predicates."""
    found = parse(f"SELECT * {{ {text} }}").where.elements
    return [
        (t.subject, t.path.predicate, t.object) for t in found if isinstance(t, Triple) and isinstance(t.path, Step)
    ]


def test_semicolons_and_commas_repeat_the_subject_and_the_predicate() -> None:
    assert triples("?x a ex:A , ex:B ; ex:p 5 ;; ex:q 'x'@nl .") == [
        ("?x", "a", "ex:A"),
        ("?x", "a", "ex:B"),
        ("?x", "ex:p", "5"),
        ("?x", "ex:q", "'x'@nl"),
    ]


@pytest.mark.parametrize(
    "term",
    ["'a'", '"""a "b" c"""', "'x'@nl-BE", "'1'^^xsd:integer", "'1'^^<urn:t>", "-1.5e3", "true", "<urn:x>", "ex:"],
)
def test_terms_stay_as_they_are_written(term: str) -> None:
    assert triples(f"?x ex:p {term} . ?y a ex:C") == [("?x", "ex:p", term), ("?y", "a", "ex:C")]


def test_blank_nodes_are_variables_of_their_own() -> None:
    assert triples("_:a ex:p _:b . _:b ex:p [] . [ a ex:C ] ex:q [ ex:r 1 ; ex:s 2 ] . [ ex:t 3 ]") == [
        ("?blank0", "ex:p", "?blank1"),
        ("?blank1", "ex:p", "?blank2"),
        ("?blank3", "a", "ex:C"),
        ("?blank4", "ex:r", "1"),
        ("?blank4", "ex:s", "2"),
        ("?blank3", "ex:q", "?blank4"),
        ("?blank5", "ex:t", "3"),
    ]


def test_a_list_is_its_triples() -> None:
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    assert triples("?x ex:p (1 2) . () ex:q ?y") == [
        ("?blank0", f"<{rdf}first>", "1"),
        ("?blank0", f"<{rdf}rest>", "?blank1"),
        ("?blank1", f"<{rdf}first>", "2"),
        ("?blank1", f"<{rdf}rest>", f"<{rdf}nil>"),
        ("?x", "ex:p", "?blank0"),
        (f"<{rdf}nil>", "ex:q", "?y"),
    ]


def test_groups() -> None:
    one = Triple("?x", P, "?y")
    assert only("OPTIONAL { ?x ex:p ?y }") == Optional(Group((one,)))
    assert only("MINUS { ?x ex:p ?y }") == Minus("MINUS { ?x ex:p ?y }")
    assert only("GRAPH ?g { ?x ex:p ?y }") == GraphPattern("?g", Group((one,)))
    assert only("{ ?x ex:p ?y } UNION { } UNION { ?x ex:p ?y }") == Union((Group((one,)), Group(()), Group((one,))))
    assert only("{ ?x ex:p ?y }") == Group((one,))
    assert only("{ { ?x ex:p ?y . } }") == Group((Group((one,)),))


def test_values_tell_which_variables_always_have_a_value() -> None:
    assert only("VALUES ?x { 1 'a'@nl }") == Values("VALUES ?x { 1 'a'@nl }", ("?x",), ("?x",))
    assert only("VALUES ?x { 1 UNDEF }") == Values("VALUES ?x { 1 UNDEF }", ("?x",), ())
    text = "VALUES (?x ?y ?z) { (1 UNDEF 'a'^^xsd:string) (UNDEF 2 'b'@nl) }"
    assert only(text) == Values(text, ("?x", "?y", "?z"), ("?z",))
    assert only("VALUES () { () }") == Values("VALUES () { () }", (), ())


def test_expressions_give_their_patterns() -> None:
    query = parse(
        "SELECT * { FILTER(?a > 3 || NOT EXISTS { ?a ex:p ')' } && exists { ?b a ?c }) FILTER NOT EXISTS {} }"
    )
    first, second = query.where.elements
    assert isinstance(first, tree.Filter)
    assert isinstance(second, tree.Filter)
    assert [(one.negated, one.text) for one in first.exists] == [
        (True, "NOT EXISTS { ?a ex:p ')' }"),
        (False, "exists { ?b a ?c }"),
    ]
    assert [one.text for one in second.exists] == [second.expression] == ["NOT EXISTS {}"]


def test_filters_need_no_brackets_around_a_call() -> None:
    query = parse("SELECT * { FILTER regex(?a, '[)]') ?a ex:p ?b FILTER ex:f(?b) . ?b a ?c }")
    assert [e.expression for e in query.where.elements if isinstance(e, tree.Filter)] == [
        "regex(?a, '[)]')",
        "ex:f(?b)",
    ]
    assert len(query.where.elements) == 4


def test_bind_has_an_expression_and_a_variable() -> None:
    bind = only("BIND(IF(EXISTS { ?x a ?y }, (1 + 2), 3) AS ?k)")
    assert isinstance(bind, tree.Bind)
    assert (bind.expression, bind.variable) == ("IF(EXISTS { ?x a ?y }, (1 + 2), 3)", "?k")
    assert [one.text for one in bind.exists] == ["EXISTS { ?x a ?y }"]


def test_the_modifiers_of_a_query() -> None:
    query = parse(
        "PREFIX ex: <urn:> SELECT DISTINCT ?a (COUNT(?b) + 1 AS ?n) FROM ex:g FROM NAMED <urn:h> WHERE { ?a ex:p ?b }"
        " GROUP BY ?a (YEAR(?d) AS ?y) STR(?a) HAVING (COUNT(*) > 1) (?a != 3) ORDER BY DESC(?n) LIMIT 3 OFFSET 1"
        " VALUES ?a { 1 }"
    )
    assert query.prologue == "PREFIX ex: <urn:> "
    assert query.columns == (Column("?a", ""), Column("?n", "COUNT(?b) + 1"))
    assert query.dataset == "FROM ex:g FROM NAMED <urn:h>"
    assert query.pattern == "{ ?a ex:p ?b }"
    assert query.keys == (Column("?a", ""), Column("?y", "YEAR(?d)"), Column("?blank0", "STR(?a)"))
    assert (query.having, query.modifiers) == (
        "HAVING (COUNT(*) > 1) (?a != 3)",
        "ORDER BY DESC(?n) LIMIT 3 OFFSET 1",
    )
    assert query.values == Values("VALUES ?a { 1 }", ("?a",), ("?a",))
    assert query.grouped


@pytest.mark.parametrize(
    ("text", "grouped"),
    [
        ("SELECT (COUNT(*) AS ?n) { ?x a ?y }", True),
        ("SELECT (STR(?x) AS ?n) { ?x a ?y }", False),
        ("SELECT ?x { { SELECT (COUNT(*) AS ?x) { ?x a ?y } } }", False),
        ("SELECT ?x { ?x a ?y } ORDER BY COUNT(?y)", True),
        ("SELECT ?x { ?x a ?y } GROUP BY ?x", True),
        ("SELECT ?count { ?x ex:count ?count }", False),
    ],
)
def test_a_query_is_grouped_by_its_own_aggregates(text: str, grouped: bool) -> None:  # noqa: FBT001
    assert parse(text).grouped is grouped


def test_a_query_in_a_query_is_kept_as_written() -> None:
    [group] = parse("SELECT ?x { { SELECT ?x (MAX(?z) AS ?m) { ?x a _:b } GROUP BY ?x LIMIT 2 } }").where.elements
    assert isinstance(group, Group)
    [select] = group.elements
    assert isinstance(select, Select)
    assert select.query.text == "SELECT ?x (MAX(?z) AS ?m) { ?x a _:b } GROUP BY ?x LIMIT 2"
    assert select.query.prologue == ""


def construct(text: str) -> Query:
    """Read a query and check that it is what it says."""
    query = parse(text)
    assert query.form == text.split(maxsplit=1)[0].lower()
    return query


def test_the_other_forms() -> None:
    assert construct("ASK { ?x a ?y }").columns == ()
    assert construct("DESCRIBE id:serv ?x WHERE { ?x a ?y }").named == ("id:serv", "?x")
    assert construct("DESCRIBE <urn:x>").where == Group(())
    template = construct("CONSTRUCT { ?x ex:p _:b , [ a ?y ] } WHERE { ?x a ?y }").template
    assert (template[0].subject, template[0].object) == ("?x", "?blank0")
    assert len(template) == 3
    assert construct("CONSTRUCT WHERE { ?x a ?y ; ex:p 1 }").template == (
        Triple("?x", Step("a"), "?y"),
        Triple("?x", P, "1"),
    )


def test_variables_that_a_query_does_not_use() -> None:
    names = tree.fresh("SELECT ?w0 { $w_x ?p ?o }", "w")
    assert [next(names), next(names)] == ["?w__0", "?w__1"]


def test_what_goes_beyond_sparql_1_1_is_said_so() -> None:
    with pytest.raises(UsageError, match="triples in triples"):
        parse("SELECT * { << ?s ?p ?o >> ex:q ?z }")


@pytest.mark.parametrize("name", sorted(catalogue.questions()))
def test_every_question_of_the_catalogue_is_read_to_its_end(name: str) -> None:
    question = catalogue.question(name)
    query = parse(question.text)
    assert question.text.rstrip().endswith(query.text)
    assert query.where.elements
