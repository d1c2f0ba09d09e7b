"""Validation as a whole: what an author reads, the standard report, and that it is the report of plain pyshacl."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyshacl
import pytest
import rdflib
from packaged import BASE, PACKAGED, PREFIXES, expand
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse
from rdflib.compare import isomorphic
from rdflib.plugins.sparql import prepareQuery, processor

from fot_graph.api import Graph, load
from fot_graph.cli.main import main
from fot_graph.core.resources import folder
from fot_graph.formats.turtle import turtle
from fot_graph.validation import shapes as shacl
from fot_graph.validation import validating
from fot_graph.validation.report import SHAPES, CheckedCounts, Report, ValidationResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

DOCUMENT = folder("data") / "documents" / "vp-sv-2019-2020-358"
README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
PROLOGUE = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())


def triples(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(f"{PROLOGUE}@prefix shape: <{SHAPES}> .\n{text}", RdfFormat.TURTLE)]


@pytest.fixture(scope="module")
def packaged() -> Report:
    return validating.validate(load())


def changed(tmp_path: Path, *changes: tuple[str, str]) -> Graph:
    """Load the document after changing its claims."""
    place = tmp_path / DOCUMENT.name
    place.mkdir(parents=True)
    claims = (DOCUMENT / "claims.trig").read_text(encoding="utf-8")
    for before, after in changes:
        assert before in claims
        claims = claims.replace(before, after, 1)
    (place / "claims.trig").write_text(claims, encoding="utf-8")
    for name in ("source.txt", "names.ttl"):
        (place / name).write_bytes((DOCUMENT / name).read_bytes())
    return load([place, *sorted((folder("data") / "background").glob("*.trig"))], strict=False)


# --- What an author reads -------------------------------------------------------------------------------------------


def test_the_packaged_graph_conforms_and_says_how_much_was_checked(packaged: Report) -> None:
    assert packaged.conforms
    assert packaged.text("en").startswith("Conforms: ")
    assert packaged.text("nl").startswith("In orde: ")
    assert min(packaged.checked) > 100
    assert json.loads(packaged.json()) == []


def test_a_quote_that_is_wrong_is_shown_with_its_claim_and_the_nearest_text(tmp_path: Path) -> None:
    report = validating.validate(changed(tmp_path, ("Mijn administratie voert een", "Mijn administratie doet een")))
    text = report.text("en")
    assert not report.conforms
    assert "claim:vp-sv-2019-2020-358/" in text
    assert "“Mijn administratie doet een evaluatie uit" in text
    assert "copy the text of the source to the letter" in text
    assert "nearest text: “Mijn administratie voert een evaluatie uit in functie van" in text
    assert text.endswith("passages.\n")
    assert "\n1 finding; " in text  # one slip of the pen, one finding


def test_a_figure_that_is_wrong_is_named_as_the_source_would_write_it(tmp_path: Path) -> None:
    report = validating.validate(changed(tmp_path, ("obsValue 609407.71", "obsValue 609407.72")))
    assert "‘609.407,72’ staat niet in de citaten van deze bewering" in report.text("nl")
    assert "609.407,71" in report.text("nl")  # the quote that has it right
    assert {finding.rule for finding in report.findings()} == {"value-in-quote", "derivation-agrees"}


def test_the_text_says_what_to_do_in_both_languages_and_shortens_names(tmp_path: Path) -> None:
    report = validating.validate(changed(tmp_path, ("fot:status status:premise ;", "")))
    assert "needs exactly one status: write fot:status status:stated" in report.text("en")
    assert "heeft precies één status nodig" in report.text("nl")
    assert "https://w3id.org/fot-graph/claim" not in report.text("en")
    assert report.text("en").splitlines()[-1].startswith(f"{len(report.results)} finding")


def test_json_is_a_plain_list_of_findings(tmp_path: Path) -> None:
    findings = json.loads(validating.validate(changed(tmp_path, ("fot:status status:premise ;", ""))).json())
    status = next(finding for finding in findings if finding["rule"] == "claim-status")
    assert status["claim"].startswith("claim:vp-sv-2019-2020-358/")
    assert status["path"] == expand("fot:status")
    assert set(status["message"]) == {"nl", "en"}
    assert status["quotes"]


def test_findings_stand_together_by_claim_in_a_fixed_order(tmp_path: Path) -> None:
    report = validating.validate(
        changed(tmp_path, ("fot:status status:premise ;", ""), ("fot:voice this:minister ;", ""))
    )
    places = [line for line in report.text().splitlines()[:-1] if line and not line.startswith(" ")]
    assert places == sorted(set(places), key=places.index)


def test_what_the_house_lacks_is_only_said_when_asked(tmp_path: Path) -> None:
    graph = load()
    without = [quad for quad in graph.quads if quad.subject != NamedNode(expand("fot:informs"))]
    broken = Graph(without, graph.sources)
    rules = {result.rule for result in validating.validate(broken).results}
    assert "unknown-term" in rules
    assert "unknown-term" not in {result.rule for result in validating.validate(broken, house=False).results}


# --- The standard report --------------------------------------------------------------------------------------------


def test_the_standard_report_reads_back(packaged: Report, tmp_path: Path) -> None:
    report = validating.validate(changed(tmp_path, ("fot:status status:premise ;", "")), house=False)
    for each in (packaged, report):
        read = rdflib.Graph().parse(data=turtle(each.triples(), PACKAGED), format="turtle")
        assert str(read.value(rdflib.URIRef(BASE + "report"), rdflib.SH.conforms)) == str(each.conforms).lower()
        assert set(shacl.from_report(read)) == set(each.results)


@pytest.mark.slow
def test_the_same_findings_give_the_same_bytes_whatever_the_hash_seed() -> None:
    program = (
        "import sys; from fot_graph.api import Graph, load; from fot_graph.validation.validating import validate;"
        "from fot_graph.core.namespaces import Namespaces;"
        "from fot_graph.formats.turtle import turtle;"
        "graph = load(); report = validate(Graph(graph.quads[::2], graph.sources), house=False);"
        "sys.stdout.write(turtle(report.triples(), Namespaces()) + report.json() + report.text())"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 100_000


# --- The same as plain pyshacl --------------------------------------------------------------------------------------


@pytest.fixture
def parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let rdflib parse each query once, not once for each focus node: plain pyshacl takes minutes otherwise."""
    prepared = lru_cache(maxsize=None)(prepareQuery)
    answer = processor.SPARQLProcessor.query

    def query(self: processor.SPARQLProcessor, text: str, *args: object, **kwargs: object) -> object:
        return answer(self, prepared(text), *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(processor.SPARQLProcessor, "query", query)


def plain(data: Iterable[Triple], shapes: Iterable[Triple]) -> rdflib.Graph:
    with shacl.lexical_forms():
        _, report, text = pyshacl.validate(shacl.to_rdflib(data), shacl_graph=shacl.to_rdflib(shapes))
    assert isinstance(report, rdflib.Graph), text
    return report


def comparable(results: Iterable[ValidationResult]) -> rdflib.Graph:
    """Give results as a report in which they are blank nodes and messages have no language.

    pyshacl loses the language of a message in which it fills in a value.
    """
    bare = [r._replace(messages=tuple(Literal(message.value) for message in r.messages)) for r in results]
    report = Report(bare, [], CheckedCounts(0, 0, 0))
    anonymous = re.sub(rf"<{BASE}report(#(\w+))?>", r"_:r\2", "".join(f"{triple} .\n" for triple in report.triples()))
    return shacl.to_rdflib(quad.triple for quad in parse(anonymous, RdfFormat.N_TRIPLES))


def with_gaps(number: int, graph: Graph) -> Graph:
    """Leave out one quad in so many."""
    return Graph([quad for place, quad in enumerate(graph.quads) if place % number], graph.sources)


def mixed_up(number: int, graph: Graph) -> Graph:
    """Give one quad in so many the value of the one before it."""
    before = [graph.quads[0], *graph.quads]
    quads = (
        quad if place % number else Quad(quad.subject, quad.predicate, last.object, quad.graph_name)
        for place, (last, quad) in enumerate(zip(before, graph.quads, strict=False))
    )
    return Graph(quads, graph.sources)


SMALL = Path(__file__).parents[1] / "fixtures" / "vp-test-1"
VERSIONS: dict[str, Callable[[], Graph]] = {
    "as it is": load,
    "mixed up": lambda: mixed_up(31, load()),
    "small, as it is": lambda: load(SMALL),
    "small, with gaps": lambda: with_gaps(7, load(SMALL)),
    "small, mixed up": lambda: mixed_up(13, load(SMALL)),
}
# The others are of the same kind, and take longer; `test_pyshacl_run_as_the_readme_says_…` compares what the data lack
_TRIED = ("small, with gaps", "small, mixed up", "as it is")


@pytest.mark.slow
@pytest.mark.usefixtures("parsed_once")
@pytest.mark.parametrize(
    ("name", "house"),
    [
        pytest.param(name, house, marks=() if name in _TRIED and house else pytest.mark.exhaustive)
        for name in VERSIONS
        for house in (True, False)
    ],
)
def test_the_report_is_that_of_plain_pyshacl(name: str, *, house: bool) -> None:
    graph = VERSIONS[name]()
    data = (validating.house_data if house else validating.data)(graph)
    shapes = validating.shapes(house=house)
    ours, theirs = shacl.evaluate(data, shapes), list(shacl.from_report(plain(data, shapes.triples)))
    assert bool(ours) != (name == "as it is" or (house and name == "small, as it is"))
    assert isomorphic(comparable(ours), comparable(theirs))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("documents", "base"),
    [
        pytest.param([SMALL], PACKAGED.base, marks=pytest.mark.exhaustive),
        ([SMALL], "https://data.example.org/vragen/"),
        pytest.param([], PACKAGED.base, marks=pytest.mark.exhaustive),
    ],
    ids=["small", "other base", "all"],
)
def test_pyshacl_run_as_the_readme_says_finds_what_we_find(
    documents: list[Path], base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(processor.SPARQLProcessor, "query", processor.SPARQLProcessor.query)  # which the README sets
    assert main(["load", *map(str, documents), "--store", "store", "--base", base]) == 0
    for what in ("--for-validation -o data.ttl", "--shapes -o shapes.ttl"):
        assert f"fot-graph export {what}" in README
        assert main(["export", "--store", "store", *what.split()]) == 0
    told: dict[str, object] = {}
    exec(
        next(
            code for code in re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL) if "pyshacl" in code
        ),
        told,
    )
    report = told["report"]
    assert isinstance(report, rdflib.Graph)
    ours = validating.validate(load(documents or None, strict=False, base=base), house=False).results
    assert bool(ours) == bool(documents)
    assert isomorphic(comparable(ours), comparable(shacl.from_report(report)))


def test_the_shapes_on_disk_are_those_that_are_exported(tmp_path: Path) -> None:
    assert main(["export", "--shapes", "-o", str(tmp_path / "shapes.ttl")]) == 0
    files = sorted((folder("ontology") / "shapes").glob("*.ttl"))
    on_disk = "".join(path.read_text(encoding="utf-8") for path in files)  # as `cat` puts them together
    exported = rdflib.Graph().parse(tmp_path / "shapes.ttl")
    assert isomorphic(exported, rdflib.Graph().parse(data=on_disk, format="turtle"))


# --- The engine -----------------------------------------------------------------------------------------------------

HEAD = """
<https://w3id.org/fot-graph/shapes> sh:declare shape:p , shape:q .
shape:p sh:prefix "id" ; sh:namespace "https://w3id.org/fot-graph/id/"^^xsd:anyURI .
shape:q sh:prefix "fot" ; sh:namespace "https://w3id.org/fot-graph/ontology#"^^xsd:anyURI .
"""
RULE = """
shape:s a sh:NodeShape ; sh:targetClass fot:Goal ; sh:sparql shape:rule .
shape:rule a sh:SPARQLConstraint ; sh:prefixes <https://w3id.org/fot-graph/shapes> ;
    sh:message "{$this} {?value} {?other} {?none}"@en ;
    sh:select \"\"\"SELECT $this ?value ?other ?path WHERE {
        $this fot:involves ?value . BIND (id:x AS ?other) OPTIONAL { $this fot:none ?none } }\"\"\" .
"""
DATA = """
id:a a fot:Goal ; fot:involves id:b .
id:c a fot:Sub ; fot:involves 1 .
id:d fot:involves id:b .
fot:Sub rdfs:subClassOf fot:Goal .
"""


def both(shapes: str, data: str) -> tuple[list[ValidationResult], rdflib.Graph]:
    prepared = shacl.prepare(triples(HEAD + shapes))
    return shacl.evaluate(triples(data), prepared), plain(triples(data), prepared.triples)


def test_a_constraint_in_sparql_sees_the_focus_nodes_of_its_shape_and_fills_in_its_message() -> None:
    ours, theirs = both(RULE, DATA)
    assert {str(result.focus) for result in ours} == {f"<{expand('id:a')}>", f"<{expand('id:c')}>"}
    assert all(str(expand("id:x")) in result.messages[0].value for result in ours)
    assert all("{?none}" in result.messages[0].value for result in ours)
    assert isomorphic(comparable(ours), comparable(shacl.from_report(theirs)))


@pytest.mark.parametrize(
    "target",
    [
        "sh:targetNode id:a , id:absent , 5",
        "sh:targetSubjectsOf fot:involves",
        "sh:targetObjectsOf fot:involves",
        "sh:targetClass fot:Goal ; sh:targetObjectsOf rdfs:subClassOf",
    ],
)
@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this WHERE { FILTER NOT EXISTS { $this fot:involves id:b } }",
        "SELECT DISTINCT $this ?value WHERE { ?value fot:involves $this }",
        "SELECT $this (COUNT(?x) AS ?n) WHERE { $this ?p ?x } GROUP BY $this HAVING (COUNT(?x) > 1)",
        "SELECT $this ?path WHERE { $this ?path id:b }",
        "SELECT ?this WHERE { { ?this a fot:Goal } UNION { ?this a fot:Sub } }",
    ],
)
def test_targets_and_queries_of_all_kinds_give_what_pyshacl_gives(target: str, query: str) -> None:
    shapes = RULE.replace("sh:targetClass fot:Goal", target)
    shapes = shapes[: shapes.index("sh:select")] + f'sh:select "{query}" .'
    ours, theirs = both(shapes, DATA)
    assert isomorphic(comparable(ours), comparable(shacl.from_report(theirs)))


@pytest.mark.parametrize(
    ("shapes", "set_wise"),
    [
        (RULE, 1),
        (RULE.replace("sh:targetClass fot:Goal ;", ""), 0),
        (RULE.replace("sh:sparql", "sh:deactivated true ; sh:sparql"), 0),
        (RULE.replace("sh:prefixes", "sh:deactivated true ; sh:prefixes"), 0),
        (RULE.replace("sh:NodeShape", "sh:PropertyShape ; sh:path fot:involves"), 0),
        (RULE + "shape:t a sh:NodeShape ; sh:targetClass fot:Goal ; sh:node shape:s .", 0),
    ],
)
def test_what_cannot_run_for_all_focus_nodes_is_left_to_pyshacl(shapes: str, set_wise: int) -> None:
    prepared = shacl.prepare(triples(HEAD + shapes))
    assert len(prepared.constraints) == set_wise
    ours, theirs = both(shapes, DATA)
    assert isomorphic(comparable(ours), comparable(shacl.from_report(theirs)))


PROPERTY = """
shape:s a sh:NodeShape ; sh:targetClass fot:Goal ; sh:property shape:p1 .
shape:p1 a sh:PropertyShape ; sh:path fot:involves ; sh:minCount 2 .
"""
TARGETED = "shape:s sh:targetObjectsOf rdfs:subClassOf , fot:involves ; sh:severity sh:Warning ."
USED_BY_TWO = "shape:t a sh:NodeShape ; sh:targetSubjectsOf fot:involves ; sh:property shape:p1 ."
USED_ITSELF = "shape:t a sh:NodeShape ; sh:targetSubjectsOf fot:involves ; sh:node shape:s ."


@pytest.mark.parametrize(
    ("more", "all_at_once"),
    [
        *((more, True) for more in ("", TARGETED, "shape:p1 sh:deactivated true .")),
        *((more, False) for more in (USED_BY_TWO, USED_ITSELF, "shape:s sh:deactivated true .")),
        *((more, False) for more in ("shape:s a rdfs:Class . id:e a shape:s .", "shape:p1 sh:targetNode id:c .")),
    ],
)
def test_pyshacl_sees_all_targets_of_a_property_shape_at_once_where_one_shape_uses_it(
    more: str, *, all_at_once: bool
) -> None:
    prepared = shacl.prepare(triples(HEAD + PROPERTY + more))
    handed_on = {triple for triple in prepared.core if triple.predicate == NamedNode(expand("sh:property"))}
    assert all_at_once == (not handed_on)
    ours, theirs = both(PROPERTY + more, DATA)
    assert isomorphic(comparable(ours), comparable(shacl.from_report(theirs)))


def test_severity_and_a_path_of_several_steps_come_back_in_the_report() -> None:
    shapes = """
    shape:s a sh:NodeShape ; sh:targetClass fot:Goal ; sh:property shape:p1 ; sh:sparql shape:rule ;
        sh:severity sh:Warning .
    shape:p1 a sh:PropertyShape ; sh:path ( fot:involves [ sh:inversePath fot:involves ] ) ; sh:maxCount 0 .
    shape:rule sh:message "wat"@nl ; sh:select "SELECT $this WHERE { $this a ?class }" .
    """
    prepared = shacl.prepare(triples(HEAD + shapes))
    results = shacl.evaluate(triples(DATA), prepared)
    report = Report(results, shacl.paths(results, prepared.triples), CheckedCounts(2, 0, 0))
    read = rdflib.Graph().parse(data=turtle(report.triples(), PACKAGED), format="turtle")
    warned = set(read.subjects(rdflib.SH.resultSeverity, rdflib.SH.Warning))
    assert len(warned) == 2
    steps = next(read.objects(None, rdflib.SH.resultPath))
    assert len(list(read.items(steps))) == 2
    other = Report(reversed(results), report.paths, CheckedCounts(2, 0, 0))
    assert turtle(report.triples(), PACKAGED) == turtle(other.triples(), PACKAGED)


def test_values_keep_the_form_in_which_they_were_written() -> None:
    shapes = """
    shape:s a sh:NodeShape ; sh:targetClass fot:Goal ; sh:property shape:p1 .
    shape:p1 a sh:PropertyShape ; sh:path sdmx-measure:obsValue ; sh:pattern "[.][0-9]{2}$" .
    """
    data = "id:a a fot:Goal ; sdmx-measure:obsValue 28433.60 . id:b a fot:Goal ; sdmx-measure:obsValue 28433.6 , 007 ."
    results = shacl.evaluate(triples(data), shacl.prepare(triples(shapes)))
    assert {str(result.value).partition("^")[0] for result in results} == {'"28433.6"', '"007"'}


def test_values_in_sparql_results_are_those_that_were_written() -> None:
    shapes = RULE.replace("BIND", "FILTER (isLiteral(?value)) BIND")
    ours, theirs = both(shapes, DATA.replace("fot:involves 1", 'fot:involves 007 , 1.50 , "2020-02-30"^^xsd:date'))
    assert {str(result.value).partition("^")[0] for result in ours} == {'"007"', '"1.50"', '"2020-02-30"'}
    assert isomorphic(comparable(ours), comparable(shacl.from_report(theirs)))


def test_malformed_values_are_findings_and_no_noise(capfd: pytest.CaptureFixture[str]) -> None:
    data = """
    id:t a time:Instant ; time:inXSDDate "2020-02-30"^^xsd:date .
    id:g a fot:Goal ; sdmx-measure:obsValue "veel"^^xsd:decimal .
    """
    rules = {result.rule for result in shacl.evaluate(triples(data), validating.shapes())}
    assert {"instant-date", "goal-value"} <= rules
    assert capfd.readouterr() == ("", "")
