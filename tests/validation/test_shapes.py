"""Every rule of ontology/shapes has a small case that breaks it and nothing else; a new case is one file.

tests/shapes/<file of shapes>/valid-….ttl conform; invalid-<rule>.ttl and invalid-<rule>--<how>.ttl break that rule.
A case is the flat graph that shapes see (a claim's triples as rdf:Statements). The ontology stands around it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaged import PREFIXES, expand

from fot_graph.claims.layers import ONTOLOGY, read_layer
from fot_graph.core.resources import folder
from fot_graph.validation import shapes as shacl
from fot_graph.validation.report import SHAPES

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from fot_graph.validation.report import ValidationResult
    from fot_graph.validation.shapes import Shapes

FILES = sorted((folder("ontology") / "shapes").rglob("*.ttl"))
CASES = sorted((Path(__file__).parents[1] / "shapes").glob("*/*.ttl"))
CASES_OF_ENTITIES = Path(__file__).parents[1] / "shapes" / "entities"


def triples(path: Path) -> list[Triple]:
    return [quad.triple for quad in read_layer(path, ONTOLOGY)]


@cache
def shapes(concern: str) -> Shapes:
    files = [path for path in FILES if path.stem in (concern, "prefixes")]
    return shacl.prepare(triple for path in files for triple in triples(path))


@cache
def around(concern: str) -> tuple[Triple, ...]:
    """Give the ontology; for shapes about the house, the terms of SHACL, since a case is a house of its own."""
    if concern != "meta":
        return tuple(triples(folder("ontology") / "fot.ttl"))
    from fot_graph.validation.validating import shacl_terms

    return tuple(shacl_terms())


@cache
def beforehand(concern: str) -> frozenset[ValidationResult]:
    """Give what the ontology alone is found lacking: it is no use without the data that belong to it."""
    return frozenset(shacl.evaluate(around(concern), shapes(concern)))


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_case_breaks_the_rule_that_it_is_named_after_and_no_other(path: Path) -> None:
    concern = path.parent.name
    results = set(shacl.evaluate([*around(concern), *triples(path)], shapes(concern))) - beforehand(concern)
    expected = {path.stem.removeprefix("invalid-").partition("--")[0]} if path.stem.startswith("invalid-") else set()
    assert {result.rule for result in results} == expected


@pytest.mark.parametrize(
    ("rule", "dutch", "english"),
    [
        ("domain", "hervorming", "reform"),
        (
            "domain-includes",
            "evaluatie, maatregel, beleid, programma, project, studie, spoor",
            "evaluation, measure, policy, programme, project, study, track",
        ),
        ("range", "actor, groep van actoren, organisatie, persoon", "agent, group of agents, organisation, person"),
        ("range--concept", "begrip", "concept"),
        ("range-includes", "gegevensset, studie", "data set, study"),
    ],
)
def test_what_does_not_fit_a_property_is_told_the_kinds_that_would(rule: str, dutch: str, english: str) -> None:
    case = triples(CASES_OF_ENTITIES / f"invalid-{rule}.ttl")
    results = shacl.evaluate([*around("entities"), *case], shapes("entities"))
    messages = [text.value for result in results if result.rule == rule.partition("--")[0] for text in result.messages]
    assert [f"een van: {dutch}. Verbeter" in message for message in messages] == [False, True]
    assert [f"one of: {english}. Correct" in message for message in messages] == [True, False]


def rules(path: Path) -> set[str]:
    return {str(triple.subject)[1:-1].removeprefix(SHAPES) for triple in triples(path) if is_message(triple)}


def is_message(triple: Triple) -> bool:
    return str(triple.predicate) == f"<{expand('sh:message')}>"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_rule_has_a_case_that_breaks_it(path: Path) -> None:
    cases = [case.stem for case in CASES if case.parent.name == path.stem]
    broken = {case.removeprefix("invalid-").partition("--")[0] for case in cases if case.startswith("invalid-")}
    assert broken == rules(path)
    assert not rules(path) or any(case.startswith("valid-") for case in cases)


def test_the_prefixes_of_the_queries_are_those_of_the_house() -> None:
    declared = triples(folder("ontology") / "shapes" / "prefixes.ttl")
    names = {t.subject: str(t.object) for t in declared if str(t.predicate) == f"<{expand('sh:prefix')}>"}
    spaces = {t.subject: str(t.object) for t in declared if str(t.predicate) == f"<{expand('sh:namespace')}>"}
    for node, name in names.items():
        namespace = {**PREFIXES, "shape": SHAPES}[name.strip('"')]
        assert spaces[node] == f'"{namespace}"^^<{expand("xsd:anyURI")}>'
