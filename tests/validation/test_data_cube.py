"""Figures as others read them: the integrity constraints of the RDF Data Cube recommendation, and plain sums."""

from __future__ import annotations

import pytest
from packaged import PREFIXES, THIS, expand
from pyoxigraph import Quad, Store

from fot_graph import load

GRAPH = load()
HERE = {**PREFIXES, "this": expand(THIS)}

# Section 11.1 of the recommendation: what must not be found, and a change of the data by which it is.
CONSTRAINTS = {
    "IC-1": (
        """{ ?obs a qb:Observation FILTER NOT EXISTS { ?obs qb:dataSet ?set } }
           UNION { ?obs a qb:Observation ; qb:dataSet ?one , ?two FILTER (?one != ?two) }""",
        "DELETE { this:providers-hrm qb:dataSet ?set } WHERE { this:providers-hrm qb:dataSet ?set }",
    ),
    "IC-2": (
        """{ ?set a qb:DataSet FILTER NOT EXISTS { ?set qb:structure ?dsd } }
           UNION { ?set a qb:DataSet ; qb:structure ?one , ?two FILTER (?one != ?two) }""",
        "INSERT DATA { this:service-providers qb:structure structure:figures-by-period }",
    ),
    "IC-3": (
        """?dsd a qb:DataStructureDefinition
           FILTER NOT EXISTS { ?dsd qb:component/qb:componentProperty ?property . ?property a qb:MeasureProperty }""",
        "DELETE DATA { structure:figures qb:component structure:value }",
    ),
    "IC-4": (
        "?dim a qb:DimensionProperty FILTER NOT EXISTS { ?dim rdfs:range ?range }",
        "DELETE DATA { fot:concerns rdfs:range rdfs:Resource }",
    ),
    "IC-5": (
        "?dim a qb:DimensionProperty ; rdfs:range skos:Concept FILTER NOT EXISTS { ?dim qb:codeList ?list }",
        "DELETE DATA { fot:countOf qb:codeList <https://w3id.org/fot-graph/counted> }",
    ),
    "IC-6": (
        """?dsd qb:component ?component . ?component qb:componentRequired false ; qb:componentProperty ?property
           FILTER NOT EXISTS { ?property a qb:AttributeProperty }""",
        "INSERT DATA { structure:value qb:componentRequired false }",
    ),
    "IC-11": (
        """?obs qb:dataSet/qb:structure/qb:component/qb:componentProperty ?dim . ?dim a qb:DimensionProperty
           FILTER NOT EXISTS { ?obs ?dim ?value }""",
        "DELETE { ?obs fot:concerns ?what } WHERE { ?obs qb:dataSet this:service-providers ; fot:concerns ?what }",
    ),
    "IC-12": (
        """FILTER (?allEqual) { SELECT (MIN(?equal) AS ?allEqual) {
             ?one qb:dataSet ?set . ?two qb:dataSet ?set FILTER (?one != ?two)
             ?set qb:structure/qb:component/qb:componentProperty ?dim . ?dim a qb:DimensionProperty .
             ?one ?dim ?value1 . ?two ?dim ?value2 BIND (?value1 = ?value2 AS ?equal)
           } GROUP BY ?one ?two }""",
        """DELETE { ?obs fot:concerns ?what } INSERT { ?obs fot:concerns advice:hrm }
           WHERE { ?obs qb:dataSet this:service-providers ; fot:concerns ?what }""",
    ),
    "IC-13": (
        """?obs qb:dataSet/qb:structure/qb:component ?component .
           ?component qb:componentRequired true ; qb:componentProperty ?attr FILTER NOT EXISTS { ?obs ?attr ?value }""",
        "INSERT DATA { structure:unit qb:componentRequired true }",
    ),
    "IC-14": (
        """?obs qb:dataSet/qb:structure ?dsd .
           FILTER NOT EXISTS { ?dsd qb:component/qb:componentProperty qb:measureType }
           ?dsd qb:component/qb:componentProperty ?measure . ?measure a qb:MeasureProperty
           FILTER NOT EXISTS { ?obs ?measure ?value }""",
        "INSERT DATA { this:use-2016-diversity-files qb:dataSet this:sme-portfolio-use }",  # a missing value is none
    ),
    "IC-19": (
        """?obs qb:dataSet/qb:structure/qb:component/qb:componentProperty ?dim .
           ?dim a qb:DimensionProperty ; qb:codeList ?list . ?list a skos:ConceptScheme . ?obs ?dim ?value
           FILTER NOT EXISTS { ?value a skos:Concept ; skos:inScheme ?list }""",
        "INSERT DATA { this:providers-hrm fot:countOf advice:hrm }",
    ),
    # IC-7 to IC-10 and IC-18 are about slices, IC-15 to IC-17 about measure dimensions, IC-20 and IC-21 about
    # hierarchical code lists: there are none.
    "IC-7 to IC-10, IC-15 to IC-18, IC-20 and IC-21": (
        """{ ?any a ?class FILTER (?class IN (qb:Slice, qb:SliceKey, qb:HierarchicalCodeList)) }
           UNION { ?any qb:measureType ?measure } UNION { ?any qb:slice ?slice }""",
        "INSERT DATA { this:providers-hrm qb:measureType sdmx-measure:obsValue }",
    ),
}


def union() -> Store:
    store = Store()
    store.extend(Quad(*quad.triple) for quad in GRAPH.quads)
    return store


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_the_constraints_of_the_data_cube_hold_and_would_be_seen_to_fail(name: str) -> None:
    pattern, change = CONSTRAINTS[name]
    store = union()
    assert not store.query(f"ASK {{ {pattern} }}", prefixes=HERE)
    store.update(change, prefixes=HERE)
    assert store.query(f"ASK {{ {pattern} }}", prefixes=HERE)


@pytest.mark.parametrize(
    ("counted", "concerns", "total"),
    [
        ("counted:advice-files", "advice:hrm", "1731"),  # 443 + 403 + 433 + 452
        ("counted:advice-files", "advice:diversity", "37"),  # 9 + 15 + 13; 'nvt' in 2016 is no number
        ("counted:subsidy", "advice:hrm", "2734494.28"),
        ("counted:subsidy", "advice:diversity", "85368.41"),
    ],
)
def test_sums_over_a_data_set_are_those_of_its_values(counted: str, concerns: str, total: str) -> None:
    [row] = GRAPH.query(
        f"""PREFIX this: <{expand(THIS)}> SELECT (SUM(?value) AS ?total) {{
          ?figure qb:dataSet this:sme-portfolio-use ; fot:countOf {counted} ; fot:concerns {concerns} ;
            sdmx-measure:obsValue ?value }}"""
    ).rows
    assert str(row.total).partition('"^^')[0] == f'"{total}'


def test_what_is_missing_is_said_in_the_words_of_the_source() -> None:
    rows = GRAPH.query(
        """SELECT ?counted ?words ?quote {
          GRAPH ?claim { ?figure sdmx-attribute:obsStatus sdmx-code:obsStatus-M ; fot:countOf ?counted ;
            sdmx-attribute:comment ?words }
          ?claim fot:quote ?quote } ORDER BY ?counted"""
    ).rows
    assert [str(row.words) for row in rows] == ['"nvt"@nl', '"nvt"@nl']
    assert all("nvt nvt" in str(row.quote) for row in rows)
