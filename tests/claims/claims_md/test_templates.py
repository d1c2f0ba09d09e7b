"""Templates: each example says what it is meant to say, in terms that the ontology has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode

from fot_graph.api import load
from fot_graph.claims import corpus, vocabulary
from fot_graph.claims.claims_md import templates
from fot_graph.claims.claims_md.examples import example
from fot_graph.claims.layers import NAMING
from fot_graph.core import workspace
from fot_graph.core.errors import FotGraphError
from fot_graph.core.namespaces import PACKAGED, Namespaces
from fot_graph.core.terms import node, text_of
from fot_graph.validation.validating import validate

if TYPE_CHECKING:
    from pathlib import Path

    from fot_graph.api import Graph

HEADER = "#+ name: x\n#+ fields: [{value: number}]\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{HEADER}SELECT * {{ ?this ?p ?o }}", "template-form"),
        (f"{HEADER}CONSTRUCT {{ ?this fot:about ?value }} WHERE {{ ?s ?p ?o }}", "template-form"),
        (f"{HEADER}CONSTRUCT {{ ?this fot:about ?other }} WHERE {{ }}", "template-variable"),
        (f"{HEADER}CONSTRUCT {{ ?this fot:about [ fot:about ?value ] }} WHERE {{ }}", "template-blank"),
        (f"{HEADER}CONSTRUCT {{ ?this fot:about }} WHERE {{ }}", "words"),
        ("#+ fields: {value}\nCONSTRUCT { ?this fot:about ?value } WHERE { }", "template-fields"),
        ("#+ fields: [{value: dog}]\nCONSTRUCT { ?this fot:about ?value } WHERE { }", "template-kind"),
        (
            "#+ fields: [{value: number}]\n#+ fields_nl: [a, b]\nCONSTRUCT { ?this fot:about ?value } WHERE { }",
            "template-fields",
        ),
    ],
)
def test_a_template_that_cannot_be_read_is_an_error(text: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "mine.rq").write_text(text, encoding="utf-8")
    with pytest.raises(FotGraphError) as caught:
        templates.read_all([tmp_path])
    assert caught.value.code == code
    assert "mine.rq" in str(caught.value)


def test_a_workspace_adds_templates_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    text = "# a note\nPREFIX ex: <urn:ex:>\nCONSTRUCT { ?this ex:a ?value ; ex:b '?value', <urn:?x> } WHERE { }\n"
    (tmp_path / "templates" / "mine.rq").write_text(HEADER + text, encoding="utf-8")
    found = templates.read_all([tmp_path])["mine"]
    assert (found.names["nl"], [field.name for field in found.fields]) == ("mine", ["value"])
    assert {triple.predicate.value for triple in found.triples} == {"urn:ex:a", "urn:ex:b"}
    assert found.needs == {"this", "value"}


# --- The examples of our own templates --------------------------------------------------------------------------------

TEMPLATES = templates.read_all()
TEXT = """\
SCHRIFTELIJKE VRAAG
nr. 1
van LIEVE VERBEECK
datum: 8 januari 2024
aan KOEN MAERTENS
MINISTER VAN MOBILITEIT

Fietsen

1. {asked}
ANTWOORD
op vraag nr. 1 van 8 januari 2024
van LIEVE VERBEECK

1. {answered}
"""
SHARED = {
    "nl": {
        "lieve-verbeeck": ("foaf:Person", "Lieve Verbeeck"),
        "koen-maertens": ("foaf:Person", "Koen Maertens", "Ik", "ik"),
        "editors": ("foaf:Group", "de redactie"),
        "fietsplan": ("fot:Programme", "Fietsplan"),
        "actieplan": ("fot:Programme", "Actieplan"),
        "bureau-spaak": ("org:Organization", "Bureau Spaak"),
        "ombudsdienst": ("org:Organization", "ombudsdienst"),
        "regeerakkoord": ("fot:PolicyText", "regeerakkoord 2019"),
        "schoolroutes": ("fot:Study", "studie over schoolroutes"),
    },
    "en": {
        "lieve-verbeeck": ("foaf:Person", "Lieve Verbeeck"),
        "koen-maertens": ("foaf:Person", "Koen Maertens", "I"),
        "editors": ("foaf:Group", "the editors"),
        "fietsplan": ("fot:Programme", "Cycling Plan"),
        "actieplan": ("fot:Programme", "Action Plan"),
        "bureau-spaak": ("org:Organization", "Bureau Spaak"),
        "ombudsdienst": ("org:Organization", "ombudsman"),
        "regeerakkoord": ("fot:PolicyText", "coalition agreement 2019"),
        "schoolroutes": ("fot:Study", "study of school routes"),
    },
}
COUNTED = {"nl": ("verzoeken", "subsidie"), "en": ("requests", "subsidy")}
READ = ("judgement", "refusal")  # what the editors read, of a question and its answer
NAMES = corpus.context_of(workspace.packaged()).vocabulary().names


def claims_of(name: str, lang: str) -> tuple[str, str]:
    """Give a text that holds the example of a template, and its claim, as `fot-graph templates` shows it."""
    sentence = TEMPLATES[name].examples[lang].sentence
    question = TEMPLATES["question"]
    is_question = sentence.endswith("?")
    asked = sentence if is_question else question.examples[lang].sentence
    text = TEXT.format(asked=asked, answered="Ja." if is_question else sentence)
    claims = example(TEMPLATES[name], TEMPLATES, NAMES, lang, [lang])
    if not is_question and name not in READ:
        claims = f"{example(question, TEMPLATES, NAMES, lang, [lang])}\n{claims}"
    return text, claims


@pytest.fixture(scope="module", params=["nl", "en"])
def examples(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Give a graph with a document for each template, that says its example."""
    lang = request.param
    place = tmp_path_factory.mktemp(f"examples-{lang}")
    told = f'name = "Examples"\nbase = "https://data.example.org/examples/"\nlanguages = ["{lang}"]\n'
    (place / "fot-graph.toml").write_text(told, encoding="utf-8")
    for name in TEMPLATES:
        text, claims = claims_of(name, lang)
        document = place / "data" / "documents" / name
        document.mkdir(parents=True)
        (document / "document.toml").write_text(f'languages = ["{lang}"]\n', encoding="utf-8")
        (document / "source.txt").write_text(text, encoding="utf-8")
        counted = "".join(f"- {label} | counted: | as: counted:{label}\n" for label in COUNTED[lang] if label in claims)
        (document / "claims.md").write_text(f"# Names\n\n{counted}\n{claims}", encoding="utf-8")
    prefixes = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in Namespaces().prefixes.items())
    names = "".join(_name(lang, *item) for item in SHARED[lang].items())
    (place / "data" / "entities.ttl").write_text(prefixes + names, encoding="utf-8")
    return load(place)


def _name(lang: str, local: str, told: tuple[str, ...]) -> str:
    kind, label, *others = told
    hidden = "".join(f' ; skos:hiddenLabel "{other}"@{lang}' for other in others)
    return f'id:{local} a {kind} ; skos:prefLabel "{label}"@{lang}{hidden} .\n'


def test_there_are_enough_templates_each_with_its_words() -> None:
    assert len(TEMPLATES) >= 12
    for template in TEMPLATES.values():
        for lang in ("nl", "en"):
            assert template.names[lang]
            assert template.help[lang].endswith(".")
            assert all(template.examples[lang][:2])
            assert bool(template.examples[lang].because) == (template.name in READ)
            assert all(field.names[lang] for field in template.fields)
        assert template.label or any(field.kind == "name" for field in template.fields) or "this" not in template.needs
    names = [name for template in TEMPLATES.values() for name in set(template.names.values())]
    assert len(names) == len(set(names))


# What is asked of a whole document, of which an example is only a part
OF_DOCUMENTS = ("voice-of-question", "asked-matter-assessment", "same-name")


def test_each_example_conforms_to_the_shapes(examples: Graph) -> None:
    base = examples.namespaces
    named = {quad.subject for quad in examples.quads if quad.graph_name == NAMING}
    found = []
    for result in validate(examples, house=False).results:
        focus, shape = text_of(result.focus), text_of(result.constraint or result.shape).rpartition("#")[2]
        is_claim = focus.rpartition("/")[2] in TEMPLATES
        is_own = is_claim or (result.focus in named and focus.startswith(base.document("")))
        if is_own and shape not in OF_DOCUMENTS:
            found.append(f"{base.shorten(focus)}: {shape} {text_of(result.value)}")
    assert found == []


def test_each_example_says_something(examples: Graph) -> None:
    rows = examples.query("SELECT DISTINCT ?claim { GRAPH ?claim { ?s ?p ?o } ?claim a fot:Claim }").rows
    assert set(TEMPLATES) <= {text_of(row[0]).rpartition("/")[2] for row in rows}


def test_templates_use_only_terms_that_the_ontology_has() -> None:
    known = {quad.subject for quad in vocabulary.ontology(Namespaces())} | {node("rdf:type")}
    for template in TEMPLATES.values():
        for triple in template.triples:
            terms = {triple.predicate, triple.object} if triple.predicate == node("rdf:type") else {triple.predicate}
            terms |= {term for term in (triple.object,) if str(getattr(term, "value", "")).startswith(PACKAGED)}
            assert terms <= known, template.name
        for field in template.fields:
            is_class = field.kind.partition(":")[2]
            kind = node(field.kind) if is_class else NamedNode(f"{PACKAGED}{field.kind.removesuffix(':')}")
            assert field.kind in templates.KINDS or kind in known, (template.name, field.name)
