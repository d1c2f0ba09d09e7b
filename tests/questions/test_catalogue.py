"""Headers of questions, and parameters that are bound as terms."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from packaged import expand
from pyoxigraph import Literal, NamedNode, Quad

from fot_graph.api import Graph
from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.questions import catalogue
from fot_graph.questions.catalogue import Question, bind, question, questions

GRAPH = Graph(
    [
        Quad(
            NamedNode(expand(f"id:{name}")), NamedNode(expand("skos:prefLabel")), Literal(label), NamedNode("urn:names")
        )
        for name, label in [("a", "Appel"), ("b", "Peer"), ("c", "Tweeling"), ("d", "tweeling")]
    ],
    {},
)
TEXT = """#+ summary: 'What is it: an apple?'
#+ summary_nl: Wat is het?
#+ tags: [fruit, "two words"]
#+ columns_nl: [ding, vrij woord]
#+ defaults: [{thing: Appel}, {year: 2017}, {word: "a, b"}]
# WHERE { not here

SELECT ?_thing_iri ?_year ?_word ?_free WHERE {
  ?_thing_iri skos:prefLabel ?label
}
"""


@pytest.fixture
def fruit(tmp_path: Path) -> Question:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "fruit.rq").write_text(TEXT)
    (tmp_path / "queries" / "other.rq").write_text("ASK { ?s ?p ?o }")
    return question("fruit", tmp_path)


# --- Headers -------------------------------------------------------------------------------------------------------


def test_a_header_is_read(fruit: Question) -> None:
    assert fruit.summary == {"en": "What is it: an apple?", "nl": "Wat is het?"}
    assert fruit.tags == ("fruit", "two words")
    assert fruit.columns == ("ding", "vrij woord")
    assert fruit.parameters == {"thing": "Appel", "year": "2017", "word": "a, b", "free": ""}
    assert fruit.text == TEXT


def test_a_question_without_header_is_a_question(fruit: Question) -> None:
    other = questions(fruit.path.parents[1])["other"]
    assert other.summary == {"nl": "", "en": ""}
    assert (other.tags, other.columns, other.parameters) == ((), (), {})


def test_questions_come_in_the_order_of_their_names(fruit: Question) -> None:
    own = questions(fruit.path.parents[1])
    assert list(own) == sorted(own) == sorted([*questions(), "fruit", "other"])
    assert list(questions()) == sorted(questions())
    assert len(questions()) >= 30


@pytest.mark.parametrize("name", sorted(questions()))
def test_every_header_reads_as_yaml_does(name: str) -> None:
    read = question(name)
    header = yaml.safe_load("\n".join(line[2:] for line in read.text.splitlines() if line.startswith("#+")))
    assert set(header) <= {"summary", "summary_nl", "tags", "columns_nl", "defaults"}
    assert read.summary == {"en": header["summary"], "nl": header["summary_nl"]}
    assert list(read.tags) == header["tags"]
    assert list(read.columns) == header["columns_nl"]
    assert list(read.columns) == header.get("columns_nl", [])
    defaults = {key: str(value) for default in header.get("defaults", []) for key, value in default.items()}
    assert {name: read.parameters[name] for name in defaults} == defaults


def test_an_unknown_question_has_near_names(fruit: Question) -> None:
    with pytest.raises(UnknownNameError, match=r"unknown question 'friut' \(did you mean fruit\?\)"):
        question("friut", fruit.path.parents[1])


@pytest.mark.parametrize("name", ["../fruit", "", ".", "fruit.rq", "/etc/passwd"])
def test_a_name_is_no_path(fruit: Question, name: str) -> None:
    with pytest.raises(UnknownNameError):
        question(name, fruit.path.parents[1])


# --- Parameters ----------------------------------------------------------------------------------------------------


def test_parameters_are_bound_on_the_line_of_where(fruit: Question) -> None:
    text = bind(fruit, GRAPH, {"thing": "peer", "word": "x"})
    line = next(line for line in text.splitlines() if line.startswith("SELECT"))
    assert line == (
        "SELECT ?_thing_iri ?_year ?_word ?_free WHERE { VALUES ?_thing_iri { <https://w3id.org/fot-graph/id/b> }"
        ' VALUES ?_year { "2017"^^<http://www.w3.org/2001/XMLSchema#integer> } VALUES ?_word { "x" }'
    )
    assert text.count("\n") == TEXT.count("\n")


def test_a_bound_question_answers_about_its_parameters(fruit: Question) -> None:
    answer = GRAPH.query(bind(fruit, GRAPH, {"free": "2020-02-12"}))
    assert answer.rows == [
        (
            NamedNode(expand("id:a")),
            Literal(2017),
            Literal("a, b"),
            Literal("2020-02-12", datatype=NamedNode(expand("xsd:date"))),
        )
    ]


def test_a_parameter_without_value_stays_free(fruit: Question) -> None:
    free = fruit._replace(parameters=dict.fromkeys(fruit.parameters, ""))
    assert bind(free, GRAPH, {}) == TEXT
    assert len(GRAPH.query(bind(fruit._replace(parameters={**fruit.parameters, "thing": ""}), GRAPH, {})).rows) == 4


@pytest.mark.parametrize("value", ["", " "])
def test_a_parameter_is_not_given_without_a_value(fruit: Question, value: str) -> None:
    with pytest.raises(UsageError, match=r"parameter 'thing' has no value \(give one, or leave the parameter out\)"):
        bind(fruit, GRAPH, {"thing": value})


def test_what_does_not_exist_is_not_bound(fruit: Question) -> None:
    with pytest.raises(UnknownNameError, match=r"unknown parameter 'thnig' \(did you mean thing\?\)"):
        bind(fruit, GRAPH, {"thnig": "Appel"})
    with pytest.raises(UnknownNameError, match="did you mean Appel"):
        bind(fruit, GRAPH, {"thing": "Apel"})
    with pytest.raises(UsageError, match="choose one of id:c, id:d"):
        bind(fruit, GRAPH, {"thing": "TWEELING"})


def test_a_question_without_parameters_needs_no_where(fruit: Question) -> None:
    assert bind(question("other", fruit.path.parents[1]), GRAPH, {}) == "ASK { ?s ?p ?o }"


def test_a_question_with_parameters_needs_a_where(fruit: Question) -> None:
    with pytest.raises(UsageError, match="has no 'WHERE"):
        bind(fruit._replace(text="SELECT ?_free { }"), GRAPH, {"free": "x"})


@given(st.text().filter(str.strip))
def test_no_text_is_read_as_sparql(value: str) -> None:
    asked = Question("q", {}, (), (), {"word": ""}, "SELECT ?_word WHERE { }", Path("q.rq"))
    rows = GRAPH.query(bind(asked, GRAPH, {"word": value})).rows
    assert [term.value for row in rows for term in row if isinstance(term, Literal)] == [value]


@pytest.mark.parametrize("name", sorted(questions()))
def test_every_question_runs_with_its_defaults(name: str, packaged: Graph) -> None:
    packaged.query(bind(question(name), packaged, {}))


@pytest.fixture(scope="module")
def packaged() -> Graph:
    from fot_graph.api import load

    return load()


def test_the_folder_is_the_packaged_one_unless_given() -> None:
    assert catalogue.question("all-figures").path.parent.name == "queries"
