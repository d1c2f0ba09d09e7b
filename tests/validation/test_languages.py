"""Labels and rationales are asked for in the languages of the workspace, hidden labels in those of documents."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fot_graph.api import Graph, load
from fot_graph.validation import languages, validating
from fot_graph.validation.languages import Languages, adapted

TINY = Path(__file__).parents[1] / "fixtures" / "vp-test-1"
BASE = "https://data.example.org/mine/"
NAME = f"<{BASE}id/plan> a <https://w3id.org/fot-graph/ontology#Policy> ; <http://www.w3.org/2004/02/skos/core#"


def graph(place: Path, tags: str, labels: str, kind: str = "prefLabel") -> Graph:
    (place / "data" / "documents").mkdir(parents=True)
    shutil.copytree(TINY, place / "data" / "documents" / "first", ignore=shutil.ignore_patterns("claims.trig"))
    toml = f'name = "m"\nbase = "{BASE}"\nlanguages = [{tags}]\n'
    (place / "fot-graph.toml").write_text(toml, encoding="utf-8")
    (place / "data" / "entities.ttl").write_text(f"{NAME}{kind}> {labels} .", encoding="utf-8")
    return load(place, strict=False)


def rules(given: Graph) -> set[str]:
    return {one.rule for one in validating.validate(given, house=False).findings()}


@pytest.mark.parametrize(
    ("tags", "labels", "conforms"),
    [
        ('"nl", "en"', '"plan"@nl , "plan"@en', True),
        ('"nl", "en"', '"plan"@nl', False),
        ('"nl"', '"plan"@nl', True),
        ('"nl"', '"plan"@nl , "plan"@en', False),
        ('"fr"', '"plan"@fr', True),
        ('"fr"', '"plan"@nl', False),
        ('"nl", "fr", "de"', '"plan"@nl , "plan"@fr , "Plan"@de', True),
        ('"nl", "fr", "de"', '"plan"@nl , "plan"@fr', False),
    ],
)
def test_labels_are_asked_for_in_the_languages_of_the_workspace(
    tmp_path: Path, tags: str, labels: str, *, conforms: bool
) -> None:
    assert ("preferred-label" not in rules(graph(tmp_path, tags, labels))) == conforms


def test_hidden_labels_are_in_the_language_of_a_document(tmp_path: Path) -> None:
    assert "hidden-label" not in rules(graph(tmp_path / "a", '"fr"', '"plan"@nl', "hiddenLabel"))
    assert "hidden-label" in rules(graph(tmp_path / "b", '"fr"', '"plan"@fr', "hiddenLabel"))


def test_the_packaged_graph_is_asked_what_the_shapes_say() -> None:
    assert languages.of(load()) == Languages()
    triples = validating.shapes().triples
    assert adapted(triples, Languages()) == list(triples)


def test_the_shapes_for_other_languages_are_whole() -> None:
    """Each list that is put in the place of another one ends, and no constraint is lost."""
    shapes = validating.shapes(spoken=Languages(("fr",), ("fr", "de")))
    assert len(shapes.constraints) == len(validating.shapes().constraints)
    ends = [triple for triple in shapes.triples if triple.predicate.value.endswith("languageIn")]
    assert len(ends) == 7
