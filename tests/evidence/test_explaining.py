"""Evidence of answers: which claims, by a person's reading of the source; one test a construct of SPARQL.

That evidence suffices, and that none of it can be left out, is shown by tests/test_law.py on many more queries.
"""

from __future__ import annotations

import pytest
from packaged import curie, expand
from pyoxigraph import Literal, NamedNode

from fot_graph import Graph, load
from fot_graph.core.terms import text_of
from fot_graph.evidence.claims import Evidence
from fot_graph.evidence.explaining import explain

HERE = "https://w3id.org/fot-graph/claim/vp-sv-2019-2020-358/"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def evidence(graph: Graph, query: str, *, every: bool = False) -> list[Evidence]:
    """Answer a query and explain it."""
    return graph.query(query).evidence(every=every)


def value(term: object) -> str:
    """Give the IRI or the text of a term."""
    assert isinstance(term, NamedNode | Literal)
    return term.value


def names(found: Evidence) -> set[str]:
    """Give the last part of the names of the claims."""
    return {claim.iri.rpartition("/")[2] for claim in found}


def first(graph: Graph, query: str) -> set[str]:
    """Give the claims behind the only row of an answer."""
    [found] = evidence(graph, query)
    return names(found)


def test_a_triple_rests_on_the_claim_that_says_it(graph: Graph) -> None:
    [found] = evidence(graph, "SELECT ?x { ?x dcterms:replaces id:jobkanaal }")
    [claim] = found
    assert claim.iri == f"{HERE}predecessors"
    assert claim.passages[0].quote.endswith("de diversiteitsconsulenten en Jobkanaal.")


def test_a_join_rests_on_all_its_triples(graph: Graph) -> None:
    query = (
        "SELECT ?who { doc:vp-sv-2019-2020-358\\/finding-added-value fot:informs ?theme . ?who "
        "fot:intends ?theme . ?theme a fot:Intention }"
    )
    assert first(graph, query) == {"added-value-informs-consolidation", "consolidate"}


def test_names_and_types_need_no_claim(graph: Graph) -> None:
    [found] = evidence(graph, "SELECT ?l { id:jobkanaal a ?c ; skos:prefLabel ?l FILTER(LANG(?l) = 'nl') }")
    assert (found, found.context) == ((), ("naming",))


def test_document_structure_needs_no_claim(graph: Graph) -> None:
    found = evidence(graph, "SELECT ?i { ?i a fot:QuestionItem ; skos:notation '3a' }")
    assert [(one, one.context) for one in found] == [((), ("document",))]


def test_what_is_said_of_a_claim_rests_on_this_claim(graph: Graph) -> None:
    rows = graph.query("SELECT ?c { ?c fot:status status:quoted ; fot:voice ?v } ORDER BY ?c").rows
    found = evidence(graph, "SELECT ?c { ?c fot:status status:quoted ; fot:voice ?v } ORDER BY ?c")
    assert [claim.iri for one in found for claim in one] == [value(row.c) for row in rows]


def test_optional_counts_where_it_took_part(graph: Graph) -> None:
    query = "SELECT ?f ?t { VALUES ?f { doc:vp-sv-2019-2020-358\\/finding-hrm-files-stable doc:vp-sv-2019-2020-358\\/finding-added-value } ?f a fot:Finding OPTIONAL { ?f fot:informs ?t } } ORDER BY ?t"  # noqa: E501
    found = {curie(value(row.f)): one for row, one in zip(graph.query(query).rows, evidence(graph, query), strict=True)}
    assert {name: names(one) for name, one in found.items()} == {
        "doc:vp-sv-2019-2020-358/finding-hrm-files-stable": set(),
        "doc:vp-sv-2019-2020-358/finding-added-value": {"added-value-informs-consolidation"},
    }


def test_a_union_rests_on_the_side_that_gave_the_row(graph: Graph) -> None:
    query = "SELECT ?x { { id:focus-op-talent dcterms:replaces ?x } UNION { id:focus-op-talent fot:introducedIn ?x } }"
    rows = graph.query(query).rows
    found = dict(zip([curie(value(row.x)) for row in rows], map(names, evidence(graph, query)), strict=True))
    assert found == {
        "id:jobkanaal": {"predecessors"},
        "id:diversity-consultants": {"predecessors"},
        "doc:vp-sv-2019-2020-358/previous-legislature": {"introduced"},
    }


def test_exists_brings_its_claims_and_not_exists_an_absence(graph: Graph) -> None:
    there = "SELECT ?f { ?f fot:findingKind kind:strength FILTER EXISTS { ?f fot:informs theme:workplace-learning } }"
    assert all(len(one) == 2 for one in evidence(graph, there))
    gone = "SELECT ?f { ?f a fot:Finding FILTER NOT EXISTS { ?f fot:informs ?t } }"
    found = evidence(graph, gone)
    assert [(one, one.looked_at) for one in found] == [((), 225)] * 4


@pytest.mark.parametrize(
    ("pattern", "sought"),
    [
        ("FILTER NOT EXISTS { ?f fot:informs ?t }", ["finding-hrm-files-stable fot:informs ?t"]),
        (
            "FILTER NOT EXISTS { ?f fot:informs ?t . ?t a ?c }",
            ["finding-hrm-files-stable fot:informs ?t", "?t rdf:type ?c"],
        ),
        ("MINUS { ?f fot:informs ?t }", []),
        ("FILTER NOT EXISTS { ?f fot:informs ?t } FILTER NOT EXISTS { ?f fot:since ?s . ?s a fot:Study }", []),
        ("FILTER NOT EXISTS { { ?f fot:informs ?t } UNION { ?f fot:informs ?s } }", []),
        ("OPTIONAL { ?f fot:informs ?t } FILTER NOT EXISTS { ?f fot:informs ?o } FILTER (!BOUND(?t))", []),
    ],
)
def test_what_was_looked_for_is_told_where_one_pattern_says_it(graph: Graph, pattern: str, sought: list[str]) -> None:
    stable = "VALUES ?f { doc:vp-sv-2019-2020-358\\/finding-hrm-files-stable }"
    (found,) = evidence(graph, f"SELECT ?f {{ {stable} ?f a fot:Finding {pattern} }}")
    words = [[curie(text_of(each)).rpartition("/")[2] for each in triple] for triple in found.sought]
    assert (found.looked_at, [" ".join(each) for each in words]) == (225, sought)


def test_of_two_patterns_joined_by_or_one_is_enough(graph: Graph) -> None:
    query = (
        "SELECT ?f { VALUES ?f { doc:vp-sv-2019-2020-358\\/finding-added-value } ?f a fot:Finding"
        " FILTER (EXISTS { ?f fot:informs ?t } || EXISTS { ?f fot:findingOf ?s }) }"
    )
    assert all(len(one) == 1 for one in evidence(graph, query))
    [every] = evidence(graph, query, every=True)
    assert {names(Evidence([one])) == {"added-value"} for one in every.derivations} == {True, False}


def test_a_value_computed_from_exists_rests_on_what_exists(graph: Graph) -> None:
    query = "SELECT ?k { BIND(IF(EXISTS { id:jobkanaal a ?c . ?x dcterms:replaces id:jobkanaal }, 'yes', 'no') AS ?k) }"
    assert first(graph, query) == {"predecessors"}


def test_minus_rests_on_absence(graph: Graph) -> None:
    found = evidence(graph, "SELECT ?f { ?f a fot:Finding MINUS { ?f fot:informs ?t } }")
    assert {one.looked_at for one in found} == {225}


@pytest.mark.parametrize(
    ("dataset", "count"),
    [
        ("", 225),
        ("FROM {claim}little-steering>", 1),
        ("FROM {claim}little-steering> FROM {claim}added-value> FROM NAMED {claim}predecessors>", 3),
        ("FROM NAMED {claim}predecessors> FROM {graph}naming>", 1),
        ("FROM {graph}provenance>", 225),
    ],
)
def test_an_absence_is_one_among_the_claims_that_the_query_reads(graph: Graph, dataset: str, count: int) -> None:
    """The graph says what findings inform, but none of the claims that FROM chooses does."""
    names = {"claim": f"<{expand('claim:vp-sv-2019-2020-358/')}", "graph": f"<{expand('graph:')}"}
    query = f"ASK {dataset.format(**names)} {{ ?f fot:informs theme:climate }}"
    assert [found.looked_at for found in graph.query(query).evidence()] == [count]


def test_each_edge_of_a_path_counts(graph: Graph) -> None:
    query = "SELECT ?who { doc:vp-sv-2019-2020-358\\/finding-added-value fot:informs/^fot:intends ?who }"
    assert first(graph, query) == {"added-value-informs-consolidation", "consolidate"}


def test_a_path_of_any_length_rests_on_its_edges(graph: Graph) -> None:
    query = (
        "SELECT ?y { doc:vp-sv-2019-2020-358\\/finding-added-value (fot:findingOf|^fot:findingOf)+ "
        "?y FILTER(?y = doc:vp-sv-2019-2020-358\\/finding-own-expertise) }"
    )
    assert first(graph, query) == {"added-value", "own-expertise"}


def test_a_path_of_no_steps_needs_no_claim(graph: Graph) -> None:
    found = evidence(graph, "SELECT ?y { id:jobkanaal dcterms:replaces* ?y }")
    assert [len(one) for one in found] == [0]


def test_an_aggregate_rests_on_every_row_that_was_counted(graph: Graph) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?f fot:informs doc:vp-sv-2019-2020-358\\/intention-substantive-direction }"
    [row] = graph.query(query).rows
    assert value(row.n) == "3"
    assert first(graph, query) == {
        "campaign-needs-clarity-informs-content-direction",
        "little-cohesion-informs-content-direction",
        "little-steering-informs-content-direction",
    }


def test_a_sum_rests_on_the_rows_of_the_table(graph: Graph) -> None:
    query = """SELECT (SUM(?n) AS ?files) {
      ?figure qb:dataSet doc:vp-sv-2019-2020-358\\/sme-portfolio-use ; fot:concerns advice:hrm ;
        fot:countOf counted:advice-files ; sdmx-measure:obsValue ?n
    }"""
    [row] = graph.query(query).rows
    assert value(row.files) == "1731"  # 443 + 403 + 433 + 452
    [found] = evidence(graph, query)
    assert [claim.passages[-1].quote.split()[:2] for claim in found] == [
        ["2016", "443"],
        ["2017", "403"],
        ["2018", "433"],
        ["2019", "452"],
    ]


def test_a_count_of_nothing_rests_on_absence(graph: Graph) -> None:
    [found] = evidence(graph, "SELECT (COUNT(*) AS ?n) { id:serv fot:intends ?x }")
    assert (found, found.looked_at) == ((), 225)


def test_a_variable_that_is_grouped_by_twice_is_one(graph: Graph) -> None:
    once, twice = (f"SELECT ?t (COUNT(?f) AS ?n) {{ ?f fot:informs ?t }} GROUP BY {keys}" for keys in ("?t", "?t ?t"))
    found = {row.t: {claim.iri for claim in row.evidence.claims} for row in graph.query(twice).rows}
    assert found == {row.t: {claim.iri for claim in row.evidence.claims} for row in graph.query(once).rows}
    assert all(found.values())


def test_groups_that_the_row_does_not_show_are_found(graph: Graph) -> None:
    query = "SELECT (COUNT(?f) AS ?n) { ?f fot:informs ?t } GROUP BY ?t HAVING(COUNT(?f) = 3)"
    assert len(first(graph, query)) == 3


def test_a_query_in_the_query_is_explained_too(graph: Graph) -> None:
    query = """SELECT ?f ?n {
      { SELECT ?f (COUNT(?t) AS ?n) { ?f fot:informs ?t } GROUP BY ?f }
      ?f fot:findingOf ?s FILTER(?f = doc:vp-sv-2019-2020-358\\/finding-added-value)
    }"""
    assert first(graph, query) == {"added-value-informs-consolidation", "added-value"}


def test_named_graphs_are_their_claims(graph: Graph) -> None:
    assert first(graph, f"SELECT ?x {{ GRAPH <{HERE}predecessors> {{ ?x dcterms:replaces id:jobkanaal }} }}") == {
        "predecessors"
    }
    query = f"SELECT ?x FROM <{HERE}predecessors> FROM graph:naming {{ ?x dcterms:replaces ?y . ?y a ?c }}"
    assert [names(one) for one in evidence(graph, query)] == [{"predecessors"}] * len(graph.query(query).rows)


def test_identical_rows_have_a_derivation_each(graph: Graph) -> None:
    query = "SELECT ?t { ?f fot:informs ?t FILTER(?t = doc:vp-sv-2019-2020-358\\/intention-substantive-direction) }"
    assert len(set.union(*map(names, evidence(graph, query)))) == 3
    distinct = query.replace("SELECT", "SELECT DISTINCT")
    [found] = evidence(graph, distinct, every=True)
    assert len(found.derivations) == 3


def test_ask_rests_on_what_it_found_or_on_absence(graph: Graph) -> None:
    assert first(graph, "ASK { ?x dcterms:replaces id:jobkanaal }") == {"predecessors"}
    [found] = evidence(graph, "ASK { ?x dcterms:replaces id:serv }")
    assert (found, found.looked_at) == ((), 225)


def test_each_constructed_triple_has_its_own_evidence(graph: Graph) -> None:
    query = (
        "CONSTRUCT { ?t skos:related ?f . ?f skos:note 'x' } "
        "{ ?f fot:informs ?t FILTER(?t = doc:vp-sv-2019-2020-358\\/intention-substantive-direction) }"
    )
    found = evidence(graph, query)
    assert len(found) == 6
    assert all(len(one) == 1 for one in found)


def test_a_description_rests_on_the_claims_and_on_what_chose_the_thing(graph: Graph) -> None:
    query = "DESCRIBE ?x { ?x dcterms:replaces id:jobkanaal }"
    triples = graph.query(query).triples
    of_each = zip(triples, evidence(graph, query), strict=True)
    found = {curie(value(triple.predicate)): names(one) for triple, one in of_each}
    assert found["dcterms:replaces"] == {"predecessors"}
    assert found["fot:introducedIn"] == {"introduced", "predecessors"}


def test_values_that_differ_each_time_do_not_hinder(graph: Graph) -> None:
    query = "SELECT (RAND() AS ?r) (NOW() AS ?n) { ?x dcterms:replaces id:jobkanaal }"
    assert first(graph, query) == {"predecessors"}


def test_a_value_of_the_data_beside_one_made_anew_rests_on_its_claim_without_asking_again(graph: Graph) -> None:
    query = f"""SELECT ?b {{ {{ <{expand("id:focus-op-talent")}> <{expand("fot:introducedIn")}> ?b }}
        UNION {{ BIND(UUID() AS ?b) }} }}"""
    answer = graph.query(query)
    found = dict(zip(map(str, (row.b for row in answer.rows)), explain(graph.store, query, answer), strict=True))
    assert names(found[f"<{expand('doc:vp-sv-2019-2020-358/previous-legislature')}>"]) == {"introduced"}


def test_conditions_and_limits_of_the_answer_stay_its_own(graph: Graph) -> None:
    query = "SELECT ?f { ?f fot:informs ?t } ORDER BY ?f LIMIT 2 OFFSET 3"
    assert [len(one) for one in evidence(graph, query)] == [1, 1]


def test_a_blank_node_is_no_hindrance(graph: Graph) -> None:
    found = evidence(graph, "SELECT ?f { ?f fot:informs [ a skos:Concept ] }")
    assert {len(one) for one in found} == {1}


def test_only_these_claims_yield_the_row_again(graph: Graph) -> None:
    query = "SELECT ?who { doc:vp-sv-2019-2020-358\\/finding-added-value fot:informs/^fot:intends ?who }"
    [found] = evidence(graph, query)
    part = graph.only(claims=[claim.iri for claim in found])
    assert list(part.query(query).rows) == list(graph.query(query).rows)
    assert not graph.only(claims=[found[0].iri]).query(query).rows


def test_a_column_computed_from_exists_rests_on_what_exists(graph: Graph) -> None:
    query = (
        "SELECT ?x (EXISTS { ?y dcterms:replaces ?x } AS ?replaced) { VALUES ?x { id:jobkanaal id:serv } } ORDER BY ?x"
    )
    found = evidence(graph, query)
    assert [(names(one), one.looked_at) for one in found] == [({"predecessors"}, None), (set(), 225)]


def test_a_query_in_the_query_may_leave_unbound_what_is_bound_outside(graph: Graph) -> None:
    query = "SELECT ?a { ?a dcterms:replaces id:jobkanaal { SELECT DISTINCT ?a { doc:vp-sv-2019-2020-358\\/finding-hrm-files-stable fot:findingOf ?c } } }"  # noqa: E501
    assert len(first(graph, query)) == 2


def test_a_number_of_the_template_may_be_spelled_otherwise(graph: Graph) -> None:
    query = "CONSTRUCT WHERE { ?s oa:start '76'^^xsd:nonNegativeInteger ; a oa:TextPositionSelector }"
    found = evidence(graph, query)
    assert found
    assert {one.context for one in found} == {("document",)}


def test_of_many_matches_of_exists_the_one_that_is_needed_anyway_is_chosen(graph: Graph) -> None:
    query = "SELECT ?x { ?x dcterms:replaces id:jobkanaal FILTER EXISTS { ?claim fot:mentions ?any } }"
    assert first(graph, query) == {"predecessors"}


@pytest.mark.parametrize("made", ["COUNT(?set)", "STRLEN(GROUP_CONCAT(STR(?set)))"])
def test_a_sample_of_one_value_rests_on_what_makes_that_value(graph: Graph, made: str) -> None:
    inner = f"SELECT ({made} AS ?n) {{ ?figure qb:dataSet ?set }}"
    needed = first(graph, inner)
    assert len(needed) == 19
    assert first(graph, f"SELECT (SAMPLE(?n) AS ?value) {{ {{ {inner} }} }}") == needed


def test_a_sample_of_several_values_may_be_any_of_them(graph: Graph) -> None:
    sampled = first(graph, "SELECT (SAMPLE(?theme) AS ?one) { ?finding fot:informs ?theme }")
    assert sampled == first(graph, "SELECT (COUNT(?theme) AS ?n) { ?finding fot:informs ?theme }")
