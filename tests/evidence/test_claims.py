"""What is read of claims: facts that a person checked in the source, with their place."""

from __future__ import annotations

import pytest
from packaged import curie, expand

from fot_graph import load
from fot_graph.evidence import claims as evidence
from fot_graph.evidence.claims import Claim, Evidence
from fot_graph.text.passages import reflow

BASE = "claim:vp-sv-2019-2020-358/"


@pytest.fixture(scope="module")
def claims() -> dict[str, Claim]:
    """All claims of the packaged graph, by the last part of their names."""
    graph = load()
    rows = graph.query("SELECT ?claim { ?claim a fot:Claim }").rows
    found = evidence.read(graph.store, [str(row.claim)[1:-1] for row in rows])
    return {curie(iri).rpartition("/")[2]: claim for iri, claim in found.items()}


def test_a_claim_of_the_question_has_its_quote_and_place(claims: dict[str, Claim]) -> None:
    claim = claims["predecessors"]
    assert (curie(claim.status), curie(claim.voice)) == ("status:premise", "id:tom-ongena")
    [passage] = claim.passages
    assert passage.quote == (
        "Het programma Focus op Talent werd tijdens de vorige legislatuur geïntroduceerd als "
        "opvolger van onder meer de diversiteitsconsulenten en Jobkanaal."
    )
    assert (passage.start, passage.end, passage.line) == (76, 225, 5)
    assert passage.item == ""  # it stands before the first item
    assert passage.document == expand("doc:vp-sv-2019-2020-358")


def test_a_passage_tells_the_item_that_it_stands_in(claims: dict[str, Claim]) -> None:
    [premise] = claims["presupposes-spearheads"].passages
    assert premise.quote == "Hoe worden de speerpunten klimaat en digitalisering verklaard"
    assert (premise.item.rpartition("#")[2], premise.line) == ("question-3b", 23)
    assert {passage.item.rpartition("#")[2] for passage in claims["consolidate"].passages} == {"answer-3-7"}


def test_passages_stand_in_the_order_of_the_source(claims: dict[str, Claim]) -> None:
    passages = claims["conclusions-available"].passages
    assert [passage.quote[:12] for passage in passages] == ["Werd reeds e", "Zijn er reed", "Er zijn reed"]


def test_a_computed_claim_derives_from_the_rows_of_the_table(claims: dict[str, Claim]) -> None:
    claim = claims["total-hrm-2016-2019-files"]
    assert not claim.passages
    assert "SUM" in claim.derivation
    quotes = [base.passages[-1].quote for base in claim.derived_from]
    assert quotes == [
        "2016 443 707.315,48 nvt nvt",
        "2017 403 609.407,71 9 28.433,60",
        "2018 433 668.537,28 15 29.525,31",
        "2019 452 749.233,81 13 27.409,50",
    ]


def test_an_interpretation_has_its_rationale_in_both_languages(claims: dict[str, Claim]) -> None:
    claim = claims["added-value-informs-consolidation"]
    texts = dict(claim.rationale)
    assert texts["nl"].startswith("De studie kent de projecten een meerwaarde toe;")
    assert texts["en"].startswith("The study credits the projects with added value;")
    assert [curie(base.iri).rpartition("/")[2] for base in claim.derived_from] == ["added-value", "consolidate"]


def test_a_background_claim_has_a_source_and_no_quote(claims: dict[str, Claim]) -> None:
    claim = claims["mandate-crevits"]
    assert not claim.passages
    assert [curie(source) for source in claim.sources] == ["id:source-themis"]


def test_every_claim_rests_on_something(claims: dict[str, Claim]) -> None:
    assert len(claims) == 180
    assert all(claim.passages or claim.derivation or claim.sources for claim in claims.values())


def test_the_quote_of_a_passage_stands_at_its_place(claims: dict[str, Claim]) -> None:
    [source] = load().sources.values()
    for passage in {passage for claim in claims.values() for passage in claim.passages}:
        assert reflow(source.text[passage.start : passage.end]) == passage.quote
        assert source.line(passage.start) == passage.line


def test_what_is_no_claim_is_left_out() -> None:
    graph = load()
    wanted = [expand(f"{BASE}title"), expand("id:serv"), expand(f"{BASE}predecessors"), "https://example.org/"]
    assert list(evidence.read(graph.store, wanted)) == [expand(f"{BASE}predecessors")]


def test_nothing_is_asked_for_no_claims() -> None:
    assert evidence.read(load().store, []) == {}


def test_evidence_is_its_smallest_derivation() -> None:
    one, other = Claim("urn:one", "", ""), Claim("urn:other", "", "")
    found = Evidence([(one,), (other, one)], ["ontology", "naming"], 158)
    assert tuple(found) == (one,)
    assert found.claims == (one, other)
    assert found.context == ("naming", "ontology")
    assert found.looked_at == 158
    assert not Evidence()
