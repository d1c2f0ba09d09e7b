"""Loading, asking, naming and flattening."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaged import PREFIXES, expand
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from fot_graph.api import Graph, load
from fot_graph.core import errors
from fot_graph.core.quote_errors import QuoteNotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TINY = Path(__file__).parent / "fixtures" / "vp-test-1"


def node(name: str) -> NamedNode:
    return NamedNode(expand(name))


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


@pytest.fixture(scope="module")
def tiny() -> Graph:
    return load(TINY)


# --- The union -----------------------------------------------------------------------------------------------------


def test_every_triple_stands_once_in_the_default_graph_and_in_its_own_graphs(graph: Graph) -> None:
    named = Counter(str(quad.triple) for quad in graph.store if quad.graph_name != DefaultGraph())
    union = Counter(str(quad.triple) for quad in graph.store.quads_for_pattern(None, None, None, DefaultGraph()))
    assert set(union) == set(named)
    assert set(union.values()) == {1}
    assert sum(named.values()) == len(graph.quads) == len(set(graph.quads))


def test_a_triple_of_two_claims_counts_once(tiny: Graph) -> None:
    triple = "id:barometer dcterms:replaces id:plan"
    assert len(tiny.query(f"SELECT ?claim {{ GRAPH ?claim {{ {triple} }} }}").rows) == 2
    assert tiny.query(f"SELECT (COUNT(*) AS ?n) {{ {triple} }}").rows == [(Literal(1),)]


def test_no_quad_is_lost_or_changed_but_for_its_lexical_form(tiny: Graph) -> None:
    assert not any(str(quad.object).startswith('"007"') for quad in tiny.quads)
    assert tiny.query("ASK { GRAPH ?claim { id:barometer fot:files 7 } }").truth
    assert not any(quad.graph_name == DefaultGraph() for quad in tiny.quads)


def test_the_packaged_graph_has_all_its_layers(graph: Graph) -> None:
    graphs = {str(quad.graph_name).strip("<>") for quad in graph.quads}
    layers = {name.removeprefix(PREFIXES["graph"]) for name in graphs if name.startswith(PREFIXES["graph"])}
    assert layers == {"ontology", "naming", "document", "provenance"}
    assert list(graph.sources) == ["vp-sv-2019-2020-358"]
    assert graph.query("ASK { GRAPH graph:ontology { fot:Claim a owl:Class } }").truth
    assert graph.query("ASK { ?claim fot:status status:background }").truth
    assert not graph.query("ASK { ?shape a sh:NodeShape }").truth


# --- Loading -------------------------------------------------------------------------------------------------------


def test_a_document_is_loaded_on_the_ontology_and_the_names_without_background(tiny: Graph) -> None:
    assert list(tiny.sources) == ["vp-test-1"]
    assert tiny.query("ASK { fot:Claim a owl:Class . id:serv a ?class }").truth
    assert not tiny.query("ASK { ?claim fot:status status:background }").truth


@pytest.mark.parametrize("given", [TINY, str(TINY), [TINY], [str(TINY / "claims.trig")], iter([TINY])])
def test_paths_may_be_given_in_many_ways(tiny: Graph, given: object) -> None:
    assert load(given).quads == tiny.quads  # type: ignore[arg-type]


def test_other_files_join_in(tmp_path: Path) -> None:
    (tmp_path / "names.ttl").write_text("<urn:x> <http://www.w3.org/2004/02/skos/core#prefLabel> 'Iks'@nl .")
    (tmp_path / "more.trig").write_text("<urn:c> <urn:p> 1 . <urn:c> { <urn:x> <urn:q> <urn:y> }")
    graph = load([tmp_path / "names.ttl", tmp_path / "more.trig"])
    assert graph.query("SELECT ?g { GRAPH ?g { <urn:x> skos:prefLabel ?l } }").rows == [(node("graph:naming"),)]
    assert graph.query("SELECT ?g { GRAPH ?g { <urn:c> <urn:p> 1 } }").rows == [(node("graph:provenance"),)]
    assert len(graph.query("SELECT ?x { <urn:c> fot:mentions ?x }").rows) == 2
    assert graph.sources == {}


def test_names_beside_a_source_text_are_names(tmp_path: Path) -> None:
    (tmp_path / "source.txt").write_text("")
    (tmp_path / "names.ttl").write_text("<urn:x> <http://www.w3.org/2004/02/skos/core#prefLabel> 'Iks'@nl .")
    assert load(tmp_path / "names.ttl").label("urn:x", "nl") == "Iks"


def test_two_documents_of_one_name_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "vp-test-1"
    other.mkdir()
    for file in TINY.iterdir():
        (other / file.name).write_bytes(file.read_bytes())
    with pytest.raises(errors.UsageError, match="two documents are named vp-test-1"):
        load([TINY, other])


def test_a_bad_quote_stops_loading_unless_collected(tmp_path: Path) -> None:
    document = tmp_path / "vp-test-2"
    document.mkdir()
    (document / "source.txt").write_bytes((TINY / "source.txt").read_bytes())
    (document / "claims.trig").write_text((TINY / "claims.trig").read_text().replace("Mijn", "Onze"))
    with pytest.raises(QuoteNotFoundError, match="claim:vp-test-1/reading"):
        load(document)
    assert [problem.claim for problem in load(document, strict=False).problems] == ["claim:vp-test-1/reading"]


@pytest.mark.parametrize("path", ["nothing", "nothing.ttl", "nothing.trig"])
def test_a_path_that_is_not_there_is_said_so(tmp_path: Path, path: str) -> None:
    with pytest.raises(errors.InputFileError):
        load(tmp_path / path)


# --- Asking --------------------------------------------------------------------------------------------------------


def test_select_gives_variables_and_rows_in_order(tiny: Graph) -> None:
    answer = tiny.query("SELECT ?b ?a { VALUES (?a ?b) { (1 'x') (2 UNDEF) } } ORDER BY ?a")
    assert answer.form == "select"
    assert answer.variables == ("b", "a")
    assert answer.rows == [(Literal("x"), Literal(1)), (None, Literal(2))]
    assert (answer.truth, list(answer.triples)) == (None, [])


def test_ask_gives_a_truth(tiny: Graph) -> None:
    yes = tiny.query("ASK { ?s ?p ?o }")
    assert (yes.form, yes.variables, yes.rows, yes.truth) == ("ask", (), (), True)
    assert tiny.query("ASK { ?s <urn:nothing> ?o }").truth is False


def test_construct_and_describe_give_triples_once(tiny: Graph) -> None:
    built = tiny.query("CONSTRUCT { <urn:a> <urn:b> <urn:c> } { ?s ?p ?o }")
    assert (built.form, built.triples) == ("construct", [Triple(*map(NamedNode, ["urn:a", "urn:b", "urn:c"]))])
    described = tiny.query("DESCRIBE id:barometer")
    assert described.form == "describe"
    assert len(described.triples) == len(tiny.query("SELECT ?p ?o { id:barometer ?p ?o }").rows) > 3


def test_the_prefixes_of_a_query_go_before_the_known_ones(tiny: Graph) -> None:
    assert tiny.query("ASK { ?x a fot:Claim }").truth
    assert not tiny.query("PREFIX fot: <urn:other> ASK { ?x a fot:Claim }").truth


def test_from_asks_a_graph_at_hand_only(tiny: Graph) -> None:
    claim = "claim:vp-test-1\\/follows"
    assert (
        tiny.query(f"SELECT * FROM {claim} {{ ?s ?p ?o }}").rows
        == tiny.query(f"SELECT * {{ GRAPH {claim} {{ ?s ?p ?o }} }}").rows
    )
    assert len(tiny.query(f"SELECT * FROM NAMED {claim} {{ GRAPH ?g {{ ?s ?p ?o }} }}").rows) == 2
    for graph in ("<https://example.org/>", "<file:///etc/passwd>", "claim:none"):
        with pytest.raises(errors.QueryRefusedError, match=r"line 1, column 15: .* is not here"):
            tiny.query(f"SELECT * FROM {graph} {{ ?s ?p ?o }}")
    with pytest.raises(errors.QuerySyntaxError, match="line 1, column 15: this is no full IRI"):
        tiny.query("SELECT * FROM <relative> { ?s ?p ?o }")


@pytest.mark.parametrize(
    "query", ["ASK { SERVICE <http://localhost:1/> {} }", "DELETE WHERE { ?s ?p ?o }", "CLEAR ALL"]
)
def test_what_may_not_be_asked_changes_nothing(tiny: Graph, query: str) -> None:
    before = len(tiny.store)
    with pytest.raises(errors.QueryRefusedError):
        tiny.query(query)
    assert len(tiny.store) == before


def test_a_malformed_query_is_shown_where_it_is(tiny: Graph) -> None:
    with pytest.raises(errors.QuerySyntaxError) as caught:
        tiny.query("SELECT *\nWHERE {\n  ?s skos:prefLabel ?o\n  FLITER(?o = 1)\n}")
    assert (caught.value.line, caught.value.column) == (4, 3)
    assert str(caught.value).endswith("  FLITER(?o = 1)\n    ^")


# --- Flattening ----------------------------------------------------------------------------------------------------


def test_flat_is_the_union_and_a_statement_for_each_triple_of_each_claim(tiny: Graph) -> None:
    flat = tiny.flat()
    assert len(flat) == len(set(flat))
    statements = [triple for triple in flat if triple.object == node("rdf:Statement")]
    claims = [str(triple.subject).rpartition("/")[2] for triple in statements]
    assert [name for name in claims if not name.startswith(("found-", "head-"))] == [
        "follows#1>", "follows#2>", "again#1>", "reading#1>",
    ]  # fmt: skip
    union = {quad.triple for quad in tiny.quads}
    assert set(flat) >= union
    assert len(flat) == len(union) + 5 * len(statements)


def test_a_statement_says_its_triple_and_its_claim(tiny: Graph) -> None:
    about = {
        triple.predicate: triple.object for triple in tiny.flat() if triple.subject == node("claim:vp-test-1/again#1")
    }
    assert about == {
        node("rdf:type"): node("rdf:Statement"),
        node("rdf:subject"): node("id:barometer"),
        node("rdf:predicate"): node("dcterms:replaces"),
        node("rdf:object"): node("id:plan"),
        node("dcterms:isPartOf"): node("claim:vp-test-1/again"),
    }


def test_statements_do_not_depend_on_the_order_of_writing(tiny: Graph) -> None:
    backwards = Graph(reversed(tiny.quads), tiny.sources)
    assert set(backwards.flat()) == set(tiny.flat())


# --- Names ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def named() -> Graph:
    names: list[tuple[str, str, NamedNode | Literal]] = [
        ("id:a", "skos:prefLabel", Literal("Appel", language="nl")),
        ("id:a", "skos:prefLabel", Literal("Apple", language="en")),
        ("id:a", "rdfs:label", Literal("appeltje", language="nl")),
        ("id:a", "skos:hiddenLabel", Literal("Golden  Delicious")),
        ("id:b", "rdfs:label", Literal("Peer", language="nl")),
        ("id:b", "skos:altLabel", Literal("APPLE")),
        ("id:c", "skos:prefLabel", Literal("Twin", language="en")),
        ("id:d", "skos:prefLabel", Literal("twin", language="nl")),
        ("doc:x#question-1", "rdf:type", node("fot:QuestionItem")),
    ]
    return Graph([Quad(node(s), node(p), o, node("graph:naming")) for s, p, o in names], {})


@pytest.mark.parametrize(
    ("name", "lang", "label"),
    [
        ("id:a", "nl", "Appel"),
        ("id:a", "en", "Apple"),
        ("id:b", "en", "Peer"),
        ("doc:x#question-1", "nl", "doc:x#question-1"),
        ("https://example.org/", "nl", "https://example.org/"),
    ],
)
def test_a_label_is_in_the_language_else_in_another_else_a_curie(
    named: Graph, name: str, lang: str, label: str
) -> None:
    assert named.label(expand(name), lang) == label
    assert named.labels(lang).get(expand(name), label) == label


def test_a_preferred_label_goes_before_a_plain_one_in_any_order(named: Graph) -> None:
    assert Graph(reversed(named.quads), {}).label(expand("id:a"), "nl") == "Appel"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Appel", "id:a"),
        ("  aPPle ", "id:a"),
        ("golden delicious", "id:a"),
        ("peer", "id:b"),
        ("id:b", "id:b"),
        ("b", "id:b"),
        (PREFIXES["id"] + "b", "id:b"),
        (f"<{PREFIXES['id']}b>", "id:b"),
        ("question-1", "doc:x#question-1"),
        ("doc:x#question-1", "doc:x#question-1"),
        ("fot:QuestionItem", "fot:QuestionItem"),
    ],
)
def test_a_thing_is_found_by_what_people_call_it(named: Graph, name: str, found: str) -> None:
    assert named.find(name) == node(found)


def test_a_name_as_it_is_written_goes_before_others_in_case(named: Graph) -> None:
    assert (named.find("Twin"), named.find("twin")) == (node("id:c"), node("id:d"))


def test_an_ambiguous_name_lists_what_it_may_mean(named: Graph) -> None:
    with pytest.raises(errors.UsageError, match="choose one of id:c, id:d"):
        named.find("TWIN")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("herorientering", "doc:vp-sv-2019-2020-358/reform"),
        ("HERORIE\u0308NTERING", "doc:vp-sv-2019-2020-358/reform"),  # the accent is a character of its own
        ("viona-onder", "id:viona-study"),
        ("KPI's", "aspect:kpis"),
        ("KPI\u2019s", "aspect:kpis"),
        ("kpi's van de projecten", "doc:vp-sv-2019-2020-358/finding-kpis-raised"),
        ("portefeuille  kmo", "id:sme-portfolio"),
        ("KMO\u2013portefeuille", "id:sme-portfolio"),
        ("kmoportefeuille", "id:sme-portfolio"),
        ("consulenten", "id:diversity-consultants"),
    ],
)
def test_a_thing_is_found_by_a_part_of_its_name(graph: Graph, name: str, found: str) -> None:
    assert graph.find(name).value == expand(found)


def test_a_part_of_several_names_lists_them_best_first_with_their_types(graph: Graph) -> None:
    with pytest.raises(errors.AmbiguousNameError) as caught:
        graph.find("KMO")
    english, dutch = (caught.value.worded(lang).splitlines() for lang in ("en", "nl"))
    assert english[0].startswith("'KMO' stands in 7 names, and is none of them in full (choose one of group:smes, id:")
    assert dutch[0].startswith("‘KMO’ staat in 7 namen, en is er geen voluit (kies er een uit: group:smes, id:sme")
    assert [line.split()[0] for line in english[1:3]] == ["group:smes", "id:sme-portfolio"]
    assert english[2].endswith("SME portfolio (kmo-portefeuille) (policy)")
    assert dutch[2].endswith("kmo-portefeuille (beleid)")
    with pytest.raises(errors.AmbiguousNameError) as many:
        graph.find("talent")
    assert len(many.value.worded("en").splitlines()) == 11
    assert "id:focus-op-talent, aim:" in str(many.value)
    assert ", … )".replace(" ", "") in str(many.value).replace(" ", "")


@pytest.mark.parametrize("name", ["'", "…", "x", "id:kmo", "fot:finding of", "SERF", "ser v x"])
def test_what_is_no_part_of_a_name_is_unknown(graph: Graph, name: str) -> None:
    with pytest.raises(errors.UnknownNameError):
        graph.find(name)


@pytest.mark.parametrize(
    ("name", "hint"),
    [("appell", "did you mean Appel or Apple"), ("zzz", "or a CURIE"), ("id:zzz", "CURIE"), ("", "CURIE")],
)
def test_an_unknown_name_has_a_hint(named: Graph, name: str, hint: str) -> None:
    with pytest.raises(errors.UnknownNameError, match=hint) as caught:
        named.find(name)
    assert len(str(caught.value)) < 200


def test_an_unknown_local_name_has_a_hint(graph: Graph) -> None:
    with pytest.raises(errors.UnknownNameError, match="did you mean lower-educated"):
        graph.find("lower-educatd")
    assert graph.find("lower-educated").value == expand("group:lower-educated")


def test_every_packaged_label_finds_something(graph: Graph) -> None:
    for iri, label in graph.labels("nl").items():
        try:
            assert graph.labels("nl")[graph.find(label).value].casefold() == label.casefold()
        except errors.UsageError as error:
            assert "choose one of" in str(error), iri  # noqa: PT017


def test_a_graph_says_what_it_holds(graph: Graph, tiny: Graph) -> None:
    triples = len({quad.triple for quad in graph.quads})
    assert repr(graph) == f"<Graph of vp-sv-2019-2020-358: 180 claims, {triples} triples>"
    assert triples > 9_000
    assert repr(tiny).startswith("<Graph of vp-test-1: ")
    assert repr(Graph()) == "<Graph of no documents: 0 claims, 0 triples>"


def test_the_package_tells_its_version() -> None:
    import fot_graph

    assert fot_graph.__version__ == version("fot-graph")
    assert "__version__" in dir(fot_graph)


# --- rdflib, and what is imported when -----------------------------------------------------------------------------


def test_the_dataset_is_the_same_store(tiny: Graph) -> None:
    import rdflib

    dataset = tiny.dataset
    assert len(list(dataset.triples((None, None, None)))) == len({quad.triple for quad in tiny.store})
    claim = rdflib.URIRef(expand("claim:vp-test-1/follows"))
    assert len(dataset.graph(claim)) == 2
    assert dict(dataset.namespaces())["fot"] == rdflib.URIRef(PREFIXES["fot"])


@pytest.mark.parametrize("format_", ["trig", "nquads", "json-ld", "trix"])
def test_what_rdflib_writes_of_the_dataset_has_each_quad_once(tiny: Graph, format_: str) -> None:
    import rdflib

    text = tiny.dataset.serialize(format=format_)
    read = rdflib.Dataset().parse(data=text, format=format_)
    found = Counter(str(graph) for *_, graph in read.quads() if graph is not None)
    assert found == Counter(quad.graph_name.value for quad in tiny.quads if isinstance(quad.graph_name, NamedNode))
    assert sum(1 for _ in read.quads()) == len(tiny.quads)
    if format_ == "nquads":
        assert len([line for line in text.splitlines() if line]) == len(tiny.quads)


@pytest.mark.parametrize("format_", ["turtle", "nt", "xml"])
def test_what_rdflib_writes_of_the_dataset_as_one_graph_has_each_triple_once(tiny: Graph, format_: str) -> None:
    import rdflib

    text = tiny.dataset.serialize(format=format_)
    triples = {quad.triple for quad in tiny.quads}
    assert len(rdflib.Graph().parse(data=text, format=format_)) == len(triples)


def found(graph: Graph, query: str, bound: dict[str, Any] | None = None) -> list[tuple[str, ...]]:
    """Give the rows that rdflib finds, as texts."""
    rows: Iterable[Any] = graph.dataset.query(query, initBindings=bound)
    return [tuple(map(str, row)) for row in rows]


def test_the_dataset_answers_as_the_graph_does(tiny: Graph) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert found(tiny, count) == [(str(len({quad.triple for quad in tiny.quads})),)]
    named = "SELECT ?g { GRAPH ?g { id:barometer dcterms:replaces id:plan } }"
    assert len(found(tiny, named)) == 2
    assert found(tiny, "SELECT (COUNT(*) AS ?n) { id:barometer dcterms:replaces id:plan }") == [("1",)]


def test_a_binding_of_any_variable_of_the_dataset_works(tiny: Graph) -> None:
    import rdflib

    query = "SELECT ?name { ?thing skos:prefLabel ?name }"
    bound = {"thing": rdflib.URIRef(expand("id:serv"))}
    assert set(found(tiny, query, bound)) == {("SERV",)}
    assert set(found(tiny, query.replace("?name {", "?thing ?name {"), bound)) == {(expand("id:serv"), "SERV")}


def test_the_dataset_is_for_reading_only(tiny: Graph) -> None:
    import rdflib

    dataset: Any = tiny.dataset
    node = rdflib.URIRef("urn:a")
    claim = dataset.graph(rdflib.URIRef(expand("claim:vp-test-1/follows")))
    before = len(tiny.store)
    changes: list[Callable[[], object]] = [
        lambda: dataset.update("INSERT DATA { <urn:a> <urn:a> <urn:a> }"),
        lambda: dataset.update("DELETE WHERE { ?s ?p ?o }"),
        lambda: dataset.add((node, node, node)),
        lambda: dataset.addN([(node, node, node, claim)]),
        lambda: claim.add((node, node, node)),
        lambda: claim.remove((None, None, None)),
        lambda: dataset.remove((None, None, None)),
        lambda: dataset.remove_graph(claim),
        lambda: dataset.parse(data="<urn:a> <urn:a> <urn:a> .", format="turtle"),
    ]
    for change in changes:
        with pytest.raises(errors.UsageError, match="for reading only"):
            change()
    assert len(tiny.store) == before


def test_loading_and_asking_import_no_heavy_library() -> None:
    code = """
import sys
from fot_graph import load
graph = load()
graph.query("SELECT * { ?claim fot:status status:stated }")
graph.labels("nl"), graph.flat(), graph.find("SERV")
print({"rdflib", "oxrdflib", "networkx", "pyshacl", "matplotlib", "starlette", "yaml"} & set(sys.modules))
"""
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown == "set()\n"


def test_a_claim_that_is_not_there_is_no_part_of_a_graph() -> None:
    with pytest.raises(errors.UnknownNameError, match="unknown claim 'urn:none'"):
        load().only(claims=["urn:none"])


def test_an_error_in_another_language_is_said_in_english() -> None:
    error = errors.UsageError("no-query")
    assert error.worded("fr") == error.worded("en") != error.worded("nl")
