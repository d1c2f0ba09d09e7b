"""The corpora for benchmarks: the same for the same seed, of the shape of the real document, with an answer to all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from packaged import PREFIXES, WITHOUT_ANSWER
from pyoxigraph import Literal, RdfFormat, Store, parse

from fot_graph import load
from fot_graph.api import Graph
from fot_graph.questions.catalogue import bind, questions

SCRIPT = Path(__file__).parent.parent / "benchmarks" / "corpus.py"
SPEC = spec_from_file_location("corpus", SCRIPT)
assert SPEC
assert SPEC.loader
corpus = module_from_spec(SPEC)
SPEC.loader.exec_module(corpus)


@pytest.fixture(scope="module")
def graph() -> Graph:
    """Three documents, the second and third with all their claims."""
    return Graph(parse(b"".join(corpus.corpus(3, claims=None)), RdfFormat.N_QUADS), {})


def numbers(graph: Graph, query: str) -> list[float]:
    return [float(row[0].value) for row in graph.query(query).rows]  # type: ignore[union-attr]


@pytest.mark.parametrize("claims", ["0", "5"])
def test_the_same_seed_gives_the_same_bytes_under_any_hash_seed(claims: str) -> None:
    command = [sys.executable, str(SCRIPT), "--documents", "3", "--seed", "7", "--claims", claims]
    one, other = (
        subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    )
    assert one == other
    assert one != b"".join(corpus.corpus(3, 8, int(claims) or None))


def test_the_first_document_is_the_real_one(graph: Graph) -> None:
    assert set(load().quads) <= set(graph.quads)


def test_each_question_has_an_answer_and_most_have_more_than_of_one_document(graph: Graph) -> None:
    more = 0
    for question in questions().values():
        given = {"lang": "en"} if "lang" in question.parameters else {}
        here, real = (len(graph_.query(bind(question, graph_, given)).rows) for graph_ in (graph, load()))
        assert here >= real, question.name
        assert real or question.name in WITHOUT_ANSWER
        more += here > real
    assert more > 40


def test_a_copy_has_every_status_and_kind_of_claim_as_often_as_the_real_one(graph: Graph) -> None:
    rows = graph.query("SELECT (STR(?claim) AS ?iri) ?status { ?claim a fot:Claim ; fot:status ?status }").rows
    documents: dict[str, Counter[object]] = {}
    for iri, status in rows:
        documents.setdefault(iri.value.split("/")[-2], Counter())[status] += 1  # type: ignore[union-attr]
    del documents["background"]
    assert len(documents) == 3
    assert len({tuple(sorted(map(str, counted.elements()))) for counted in documents.values()}) == 1


def test_every_passage_reads_what_stands_at_its_place(graph: Graph) -> None:
    read = graph.query("SELECT ?document ?text { ?document a foaf:Document ; prov:value ?text }").rows
    texts = {document: text.value for document, text in read if isinstance(text, Literal)}
    assert len(texts) == 3
    asked = "SELECT ?d ?start ?end ?exact { ?p oa:hasSource ?d ; oa:hasSelector ?position , [ oa:exact ?exact ] . "
    rows = graph.query(asked + "?position oa:start ?start ; oa:end ?end }").rows
    assert len(rows) > 300
    for document, *terms in rows:
        start, end, exact = (term.value for term in terms if isinstance(term, Literal))
        assert texts[document][int(start) : int(end)] == exact


def test_what_is_computed_is_computed_anew(graph: Graph) -> None:
    totals = """SELECT ?n { ?figure qb:dataSet ?set ; fot:countOf counted:subsidy ; sdmx-measure:obsValue ?n
      FILTER(STRENDS(STR(?set), "/sme-portfolio-totals")) }"""
    assert len(set(numbers(graph, totals))) == 9
    for row in graph.query(
        "SELECT ?claim ?derivation { ?claim fot:derivation ?derivation ; fot:status status:computed "
        "GRAPH ?claim { ?figure sdmx-measure:obsValue ?value } }"
    ).rows:
        claim, derivation = row
        bases = graph.query(f"SELECT ?base {{ {claim} prov:wasDerivedFrom ?base }}").rows
        source = "\n".join(f"FROM {base}" for (base,) in bases)
        (again,) = numbers(graph, derivation.value.replace("WHERE", f"{source} WHERE"))  # type: ignore[union-attr]
        said = f"SELECT ?n {{ GRAPH {claim} {{ ?s ?p ?n FILTER(isNumeric(?n)) }} }}"
        assert numbers(graph, said) == [again], claim


def test_documents_share_some_things_and_have_others_of_their_own(graph: Graph) -> None:
    def count(kind: str) -> int:
        return len(graph.query(f"SELECT DISTINCT ?thing {{ ?thing a fot:{kind} }}").rows)

    real = load().query("SELECT DISTINCT ?thing { ?thing a fot:Intention }").rows
    assert count("Intention") == 3 * len(real)
    assert (count("Programme"), count("Theme")) == (
        2,
        len(load().query("SELECT ?t { ?t a fot:Theme }").rows),
    )
    twenty = Graph(parse(b"".join(corpus.corpus(20, claims=1)), RdfFormat.N_QUADS), {})
    assert (
        len(
            twenty.query(
                "SELECT DISTINCT ?mp { ?question dcterms:creator ?mp . ?question a sro:InitiatiefrechtVraag }"
            ).rows
        )
        > 1
    )


def test_a_store_holds_the_union_with_each_triple_once(tmp_path: Path) -> None:
    corpus.build(tmp_path / "store", 3, seed=1, claims=4)
    store = Store.read_only(str(tmp_path / "store"))
    quads = set(parse(b"".join(corpus.corpus(3, 1, 4)), RdfFormat.N_QUADS))
    assert len(store) == len({quad.triple for quad in quads}) + len(quads)
    (count,) = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")  # type: ignore[misc]
    assert int(count[0].value) == len({quad.triple for quad in quads})
    assert store.query("ASK { GRAPH ?claim { ?finding fot:informs ?theme } }", prefixes=PREFIXES)


def test_evidence_is_measured_question_by_question(tmp_path: Path) -> None:
    corpus.build(tmp_path / "store", 2, claims=3)
    command = [sys.executable, str(SCRIPT.with_name("evidence.py")), str(tmp_path / "store"), "--only", "goals"]
    lines = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()
    assert lines[2].startswith("| goals | 4 |")
    assert lines[-1].startswith("1 of 1 questions meet the goal; evidence takes")
