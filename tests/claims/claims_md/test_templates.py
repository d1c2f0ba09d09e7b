"""Templates: each example says what it is meant to say, in terms that the ontology has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fot_graph.claims.claims_md import templates
from fot_graph.core.errors import FotGraphError

if TYPE_CHECKING:
    from pathlib import Path

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
