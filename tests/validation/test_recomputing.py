"""Recomputing: what a calculation yields from the claims that it names, and whether it rests on them."""

from __future__ import annotations

import pytest
from packaged import PACKAGED, PREFIXES, curie
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from fot_graph.api import load
from fot_graph.claims.layers import PROVENANCE
from fot_graph.validation.recomputing import CONSTANT, RECOMPUTED, facts

PROLOGUE = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())


def computed(text: str, predicate: NamedNode = RECOMPUTED) -> list[str]:
    parsed = parse(PROLOGUE + text, RdfFormat.TRIG)
    in_graph = ((quad, quad.graph_name if isinstance(quad.graph_name, NamedNode) else PROVENANCE) for quad in parsed)
    quads = [Quad(quad.subject, quad.predicate, quad.object, graph) for quad, graph in in_graph]
    made = [triple.object for triple in facts(quads, PACKAGED) if triple.predicate == predicate]
    return sorted(term.value if isinstance(term, Literal) else curie(str(term)[1:-1]) for term in made)


TABLE = """
claim:one { id:r1 sdmx-measure:obsValue 9 ; fot:concerns advice:hrm }
claim:two { id:r2 sdmx-measure:obsValue 15 ; fot:concerns advice:hrm }
claim:three { id:r3 sdmx-measure:obsValue 100 }
claim:total prov:wasDerivedFrom claim:one , claim:two .
"""


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("SELECT (SUM(?n) AS ?value) WHERE { ?figure sdmx-measure:obsValue ?n }", ["24"]),
        (
            "SELECT (SUM(IF(?t = advice:hrm, ?n, 0)) AS ?value) { ?f fot:concerns ?t ; sdmx-measure:obsValue ?n }",
            ["24"],
        ),
        ("SELECT ?n WHERE { ?figure sdmx-measure:obsValue ?n }", []),
        ("SELECT (1 AS ?a) (2 AS ?b) {}", []),
        ("SELECT ?none WHERE { OPTIONAL { ?figure fot:nothing ?none } }", []),
        ("SELECT ?figure WHERE { ?figure sdmx-measure:obsValue 9 }", ["id:r1"]),
        ("SELECT ?figure WHERE { ?figure sdmx-measure:obsValue ?n }", []),
        ("ASK { ?figure sdmx-measure:obsValue ?n }", []),
        ("CONSTRUCT WHERE { ?figure sdmx-measure:obsValue ?n }", []),
        ("SELECT (SUM(?n AS ?value) WHERE { ?figure sdmx-measure:obsValue ?n }", []),
        ("SELECT ?value WHERE { SERVICE <http://127.0.0.1:9/> { ?figure sdmx-measure:obsValue ?value } }", []),
        ("", []),
    ],
)
def test_a_calculation_sees_the_claims_that_it_names_and_no_others(query: str, values: list[str]) -> None:
    assert computed(f'{TABLE} claim:total fot:derivation """{query}""" .') == values


def test_a_triple_that_two_claims_give_counts_once() -> None:
    text = TABLE.replace("id:r2 sdmx-measure:obsValue 15", "id:r1 sdmx-measure:obsValue 9")
    query = "SELECT (SUM(?n) AS ?value) WHERE { ?figure sdmx-measure:obsValue ?n }"
    assert computed(f'{text} claim:total fot:derivation "{query}" .') == ["9"]


DATED = """
claim:one { id:r1 sdmx-measure:obsValue 9 ; sdmx-dimension:refPeriod "2016"^^xsd:gYear }
claim:two { id:r2 sdmx-measure:obsValue 9 ; fot:assessedAs assessment:lapsed }
claim:total prov:wasDerivedFrom claim:one , claim:two .
"""


@pytest.mark.parametrize(
    ("query", "constant"),
    [
        ("SELECT (24 AS ?value) {}", ["24"]),
        ("SELECT ?value { VALUES ?value { 24 } }", ["24"]),
        ("SELECT (24 AS ?value) { ?figure sdmx-measure:obsValue ?n } LIMIT 1", ["24"]),
        ("SELECT DISTINCT (24 AS ?value) { ?figure sdmx-measure:obsValue ?n }", ["24"]),
        ("SELECT (SUM(?n) * 0 + 24 AS ?value) { ?figure sdmx-measure:obsValue ?n }", ["24"]),
        ("SELECT (SUM(?n) AS ?value) { ?figure sdmx-measure:obsValue ?n }", []),
        ("SELECT (COUNT(?n) AS ?value) { ?figure sdmx-measure:obsValue ?n }", []),
        ("SELECT (MIN(?n) AS ?value) { ?figure sdmx-measure:obsValue ?n }", []),
        ("SELECT (?a - ?b AS ?value) { id:r1 sdmx-measure:obsValue ?a . id:r2 sdmx-measure:obsValue ?b }", []),  # 0
        ("SELECT (SUM(IF(?n > 50, 1, 0)) AS ?value) { ?figure sdmx-measure:obsValue ?n }", []),  # 0 too
        ("SELECT (2020 - xsd:integer(STR(?y)) AS ?value) { ?figure sdmx-dimension:refPeriod ?y }", []),
        (
            "SELECT (COALESCE(SAMPLE(?how), assessment:lapsed) AS ?value) "
            "{ ?matter fot:assessedAs ?how FILTER (?how != assessment:lapsed) }",
            [],
        ),
    ],
)
def test_a_calculation_rests_on_what_its_premises_say(query: str, constant: list[str]) -> None:
    text = f'{DATED} claim:total fot:derivation """{query}""" .'
    assert computed(text, CONSTANT) == constant
    assert len(computed(text)) == 1


def test_a_judgement_that_two_premises_give_alike_rests_on_them() -> None:
    text = """
claim:one { id:a fot:assessedAs assessment:answered . id:b fot:assessedAs assessment:answered }
claim:two { id:c fot:assessedAs assessment:deferred . id:d fot:assessedAs assessment:deferred }
claim:total prov:wasDerivedFrom claim:one , claim:two .
"""
    query = """SELECT (IF(MAX(?each = assessment:answered), assessment:partly-answered, assessment:lapsed) AS ?value)
WHERE { { ?matter fot:assessedAs ?each } UNION { BIND (false AS ?each) } }"""
    derived = f'{text} claim:total fot:derivation """{query}""" .'
    assert (computed(derived), computed(derived, CONSTANT)) == (["assessment:partly-answered"], [])


def test_every_calculation_of_the_data_rests_on_its_premises() -> None:
    made = [triple.predicate for triple in facts(load().quads, PACKAGED)]
    assert set(made) == {RECOMPUTED}
    assert len(made) >= 10
