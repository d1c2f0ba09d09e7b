"""Evidence is verified before it is shown, searched for where it does not hold, and else said not to be known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from packaged import curie, expand
from pyoxigraph import NamedNode, Quad, Store

from fot_graph import load, open_store
from fot_graph.cli.main import main
from fot_graph.evidence import wording
from fot_graph.evidence.derivations import Derivation
from fot_graph.evidence.rows import RowDerivations
from fot_graph.evidence.trial import Trial
from fot_graph.evidence.verifying import Verifier
from fot_graph.sparql.admission import admit
from fot_graph.sparql.reader import parse
from fot_graph.stores.parts import LAYERS, Parts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fot_graph import Graph
    from fot_graph.evidence.claims import Evidence
    from fot_graph.sparql.tree import Query

HERE = expand("claim:vp-sv-2019-2020-358/")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def names(evidence: Evidence) -> set[str]:
    return {claim.iri.removeprefix(HERE) for claim in evidence}


def of_only(graph: Graph, query: str) -> Evidence:
    """Give the evidence of the only row."""
    [found] = graph.query(query).evidence()
    return found


def trial(graph: Graph, query: str, *variables: str) -> Trial:
    assert graph.parts is not None
    return Trial(graph.parts, read(query), variables)


def read(query: str) -> Query:
    return parse(admit(query).text)


# --- Where a wrong sentence could be shown ----------------------------------------------------------------------------

DIRECTION = "doc:vp-sv-2019-2020-358\\/intention-substantive-direction"
CLARITY = {"campaign-needs-clarity-informs-content-direction"}
ANY = {*CLARITY, "little-cohesion-informs-content-direction", "little-steering-informs-content-direction"}
WITHIN = [
    ("SELECT DISTINCT ?t ?e { ?f fot:informs ?t OPTIONAL { ?f fot:experiencedBy ?e } }", CLARITY),
    ("SELECT DISTINCT ?t ?e { { ?f fot:informs ?t } UNION { ?f fot:informs ?t ; fot:experiencedBy ?e } }", ANY),
    ("SELECT DISTINCT ?t ?e { ?f fot:informs ?t OPTIONAL { ?f fot:experiencedBy ?x } BIND(IRI(?x) AS ?e) }", CLARITY),
    (f"SELECT DISTINCT ?t ?e {{ VALUES (?t ?e) {{ ({DIRECTION} UNDEF) }} ?f fot:informs ?t }}", ANY),
]


@pytest.mark.parametrize(("query", "expected"), WITHIN)
def test_a_row_of_a_query_in_the_query_may_have_an_unbound_value(graph: Graph, query: str, expected: set[str]) -> None:
    """Of three findings behind this theme, partners are said to feel two: not that the campaign needs clarity."""
    answer = graph.query(f"SELECT ?t ?e {{ {{ {query} }} FILTER(?t = {DIRECTION} && !BOUND(?e)) }}")
    [row] = answer.rows
    assert len(row.evidence) == 1
    assert names(row.evidence) <= expected


def test_a_sum_looks_at_what_exists_for_each_row(graph: Graph) -> None:
    found = of_only(graph, "SELECT (SUM(IF(EXISTS { ?f fot:experiencedBy ?e }, 1, 0)) AS ?n) { ?f fot:informs ?t }")
    assert {"little-steering", "little-cohesion", "little-steering-informs-content-direction"} <= names(found)
    assert len(found) == 20 + 2  # each link, and the two findings that partners feel


def test_having_looks_at_what_exists(graph: Graph) -> None:
    query = "SELECT ?t { ?f fot:informs ?t } GROUP BY ?t HAVING(EXISTS { ?who fot:intends ?t . ?t a fot:Intention })"
    rows = {str(row[0]).rpartition("/")[2][:-1]: names(row.evidence) for row in graph.query(query).rows}
    assert "substantive-direction" in rows["intention-substantive-direction"]
    assert "consolidate" in rows["intention-consolidate"]


def test_a_count_of_counts_rests_on_what_makes_each_of_them(graph: Graph) -> None:
    """16 findings inform a theme or intention, some of them several: one link of each is enough to count 16."""
    within = "{ SELECT ?f (COUNT(?t) AS ?n) { ?f fot:informs ?t } GROUP BY ?f }"
    [row] = graph.query(f"SELECT (COUNT(?n) AS ?m) {{ {within} }}").rows
    assert (str(row.m).split('"')[1], len(row.evidence)) == ("16", 16)
    assert len(of_only(graph, f"SELECT (SUM(?n) AS ?m) {{ {within} }}")) == 20


def test_what_stands_before_a_slice_in_a_query_in_the_query_counts(graph: Graph) -> None:
    """The 20th of 20 rows is there only because of the 19 before it."""
    found = of_only(graph, "SELECT ?f { { SELECT ?f { ?f fot:informs ?t } ORDER BY ?f OFFSET 19 } }")
    assert len(found) == 20


def test_what_exists_without_a_claim_does_not_make_up_for_one(graph: Graph) -> None:
    query = "SELECT ?d { FILTER(NOT EXISTS { } || EXISTS { id:number-of-esf-projects sdmx-measure:obsValue ?g }) }"
    found = of_only(graph, query)
    assert [claim.iri for claim in found] == [expand("claim:background/esf-call")]
    assert found.looked_at is None


def test_what_holds_only_while_something_is_missing_is_no_reason(graph: Graph) -> None:
    """The period of the figures is there, so the first side is false, and the row rests on the second."""
    query = """SELECT ?b {
      FILTER(NOT EXISTS { doc:vp-sv-2019-2020-358\\/use-2016-hrm-files sdmx-dimension:refPeriod ?j }
             || EXISTS { doc:vp-sv-2019-2020-358\\/finding-flanking fot:findingOf ?k }) }"""
    found = of_only(graph, query)
    assert (names(found), found.looked_at) == ({"flanking"}, None)


def test_a_new_node_on_one_side_of_a_union_makes_up_for_no_claim_of_the_other(graph: Graph) -> None:
    query = "CONSTRUCT { id:thing fot:about ?b } { { ?x dcterms:replaces ?b } UNION { BIND(BNODE() AS ?b) } }"
    answer = graph.query(query)
    found = zip(answer, answer.evidence(), strict=True)
    told = {str(triple.object).startswith("_:"): names(evidence) for triple, evidence in found}
    assert told == {True: set(), False: {"predecessors"}}


def test_an_optional_that_found_nothing_is_an_absence_where_a_filter_looks_at_it(graph: Graph) -> None:
    pattern = "?f a fot:Finding OPTIONAL { ?f fot:informs ?t }"
    absent = graph.query(f"SELECT ?f {{ {pattern} FILTER(!BOUND(?t)) }}").evidence()
    assert [found.looked_at for found in absent] == [225] * 4
    assert all(found.looked_at is None for found in graph.query(f"SELECT ?f {{ {pattern} }}").evidence())
    named = graph.query(f"SELECT ?f {{ {pattern} FILTER(BOUND(?t) && STRLEN(STR(?f)) > 1) }}").evidence()
    assert all(found.looked_at is None for found in named)


def test_a_value_that_stands_in_for_what_optional_did_not_find_rests_on_absence(graph: Graph) -> None:
    query = "SELECT ?f (COALESCE(?t, 'none') AS ?x) { ?f a fot:Finding OPTIONAL { ?f fot:informs ?t } }"
    answer = graph.query(query)
    told = {str(row.x) == '"none"': row.evidence.looked_at for row in answer.rows}
    assert told == {True: 225, False: None}


def test_a_length_of_what_is_joined_is_compared_digit_by_digit(graph: Graph) -> None:
    """The order of what is joined differs each time, not its length: 11818 is not 11881."""
    [row] = graph.query("SELECT ?n { { SELECT (STRLEN(GROUP_CONCAT(STR(?c))) AS ?n) { ?c a fot:Claim } } }").rows
    assert len(row.evidence) == 180


def test_a_template_without_triples_gives_none(graph: Graph) -> None:
    assert graph.query("CONSTRUCT { } WHERE { ?s fot:informs/a ?o }").evidence() == []


# --- Verifying -------------------------------------------------------------------------------------------------------


def test_parts_put_together_are_the_graph(graph: Graph) -> None:
    assert graph.parts is not None
    whole = graph.parts.together(graph.parts.all)
    assert {*whole} == {*graph.store}
    none = graph.parts.together(frozenset(LAYERS))
    assert not bool(none.query(f"ASK {{ <{HERE}predecessors> ?p ?o }}"))
    assert {*graph.parts.together(graph.parts.all)} == {*graph.store}


def test_a_wrong_derivation_is_not_shown(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Derivation(frozenset({f"{HERE}added-value"}))
    monkeypatch.setattr(RowDerivations, "of_rows", lambda *_: [[wrong]])
    found = of_only(graph, "SELECT ?x { ?x dcterms:replaces id:jobkanaal }")
    assert names(found) == {"predecessors"}


def test_a_claim_too_many_is_not_shown(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    large = Derivation(frozenset({f"{HERE}added-value", f"{HERE}predecessors"}))
    monkeypatch.setattr(RowDerivations, "of_rows", lambda *_: [[large]])
    assert names(of_only(graph, "SELECT ?x { ?x dcterms:replaces id:jobkanaal }")) == {"predecessors"}


def test_a_search_leaves_out_what_is_not_needed(graph: Graph) -> None:
    asked = trial(graph, "SELECT ?x { ?x dcterms:replaces id:jobkanaal }", "?x")
    row = asked.row([NamedNode(expand("id:focus-op-talent"))])
    found = asked.searched(row, frozenset())
    assert found == frozenset({f"{HERE}predecessors"})
    assert asked.layers(row, found) == frozenset()


def test_of_identical_rows_each_has_its_own_claims(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RowDerivations, "of_rows", lambda *_: [[], [], []])
    answer = graph.query(f"SELECT ?t {{ ?f fot:informs ?t FILTER(?t = {DIRECTION}) }}")
    assert {frozenset(names(found)) for found in answer.evidence()} == {
        frozenset({f"{finding}-informs-content-direction"})
        for finding in ("campaign-needs-clarity", "little-cohesion", "little-steering")
    }


@pytest.mark.parametrize("count", ["COUNT(?u)", "COUNT(DISTINCT ?u)"])
def test_how_many_new_values_there_are_does_not_differ_each_time(graph: Graph, count: str) -> None:
    theme = "doc:vp-sv-2019-2020-358\\/intention-consolidate"
    query = f"SELECT ({count} AS ?n) {{ ?f fot:informs {theme} BIND(UUID() AS ?u) }}"
    asked = trial(graph, query, "?n")
    [row] = graph.query(query).rows
    shown = frozenset(claim.iri for claim in row.evidence)
    assert asked.yields(asked.row(row), shown)
    assert not asked.yields(asked.row(row), frozenset(sorted(shown)[1:]))


def test_a_row_that_does_not_come_back_is_not_known(graph: Graph) -> None:
    asked = trial(graph, "SELECT ?x { ?x dcterms:replaces id:jobkanaal }", "?x")
    verifier = Verifier(asked, read("SELECT ?x { ?x dcterms:replaces id:jobkanaal }"), lambda *_: [], every=False)
    assert verifier.verified([[NamedNode("urn:x")]], [[Derivation()]]) == [[]]


@pytest.mark.parametrize("query", ["SELECT (RAND() AS ?x) {}", "SELECT ?x { BIND(UUID() AS ?x) }"])
def test_random_values_do_not_make_evidence_unknown(graph: Graph, query: str) -> None:
    assert of_only(graph, query).known


# --- A store that another tool made ----------------------------------------------------------------------------------


@pytest.fixture
def foreign(tmp_path: Path) -> Graph:
    store = Store(str(tmp_path))
    store.add(Quad(NamedNode("urn:s"), NamedNode("urn:p"), NamedNode("urn:o")))
    store.flush()
    del store
    return open_store(tmp_path)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?o { <urn:s> <urn:p> ?o }",
        "SELECT ?o { <urn:s> <urn:p>+ ?o }",
        "ASK { <urn:s> <urn:p> ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "CONSTRUCT WHERE { ?s <urn:p> ?o }",
        "DESCRIBE <urn:s>",
        "SELECT ?o { ?s <urn:p> ?o FILTER EXISTS { ?s <urn:p> ?o } }",
    ],
)
def test_a_fact_that_stands_in_no_claim_is_not_said_to_need_none(foreign: Graph, query: str) -> None:
    found = of_only(foreign, query)
    assert (found.known, tuple(found), found.looked_at) == (False, (), None)
    assert lines(found, "en") == ["what this rests on is not known"]
    assert lines(found, "nl") == ["waarop dit steunt, is niet bekend"]
    assert wording.notes_as_object(found, every=False) == {"context": [], "known": False}


def test_a_graph_says_of_how_many_triples_nothing_is_known(
    foreign: Graph, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert foreign.query("ASK { <urn:s> <urn:p> <urn:o> }")
    query = ["query", "-e", "CONSTRUCT WHERE { <urn:s> ?p ?o }", "--store", str(tmp_path), "-f", "trig"]
    assert main([*query, "--with-quotes"]) == 0
    said = capsys.readouterr()
    assert "<urn:s> <urn:p> <urn:o>" in said.out
    assert said.err == "fot-graph: it is not known what 1 of 1 triple rest on\n"


def lines(evidence: Evidence, lang: str) -> Sequence[str]:
    return [line.text for line in wording.Reader({}, lang, curie).lines(evidence)]


def test_a_large_store_is_not_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, graph: Graph) -> None:
    store = Store(str(tmp_path))
    store.extend(graph.store)
    store.flush()
    del store
    assert isinstance(open_store(tmp_path).parts, Parts)
    monkeypatch.setattr("fot_graph.stores.parts.MOST_CLAIMS", 159)
    assert open_store(tmp_path).parts is None
