"""The invented documents, whose claims were written in lines: short to write, and right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fot_graph.api import load
from fot_graph.authoring.formatting import formatted
from fot_graph.core.terms import text_of
from fot_graph.validation.validating import validate

FOLDER = Path(__file__).parents[2] / "documents"
DOCUMENTS = sorted(path.parent.name for path in FOLDER.glob("data/documents/*/claims.md"))
LEFT = {"leaf-covered", "question-item-asks", "question-item-assessment"}  # what nobody has written claims on yet


def lines(name: str) -> list[str]:
    return (FOLDER / "data" / "documents" / name / "claims.md").read_text(encoding="utf-8").splitlines(keepends=True)


def test_twelve_facts_take_at_most_800_characters() -> None:
    """All that was typed, names and headings too, but for the quotes."""
    typed = [line for line in lines("fietsplan") if not line.startswith(">")]
    claims = "".join(typed).partition("\n## ")[2]
    assert claims.count("\n- ") == 12
    assert len("".join(typed)) <= 800


def test_their_claims_conform() -> None:
    results = validate(load(FOLDER), house=False).results
    assert {str(result.constraint or result.shape).rpartition("#")[2].rstrip(">") for result in results} <= LEFT


def test_what_nobody_judged_is_named_and_a_judgement_without_quotes_has_its_place(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "mine")
    claims = tmp_path / "mine" / "data" / "documents" / "fietsplan" / "claims.md"
    asked = "\n## gevraagd\n\n> Wordt het plan geëvalueerd?\n\n- vraag: de toets van het plan\n"
    judged = (
        "\n## beoordeeld\ngeïnterpreteerd, sterk\n\n- weigering: de toets van het plan\n- omdat nl: Er staat niets.\n"
    )
    told = {}
    for text in (asked, asked + judged):
        claims.write_text("".join(lines("fietsplan")) + text, encoding="utf-8")
        results = validate(load(tmp_path / "mine"), house=False).results
        told[text] = {
            result.rule: text_of(result.messages[1]) for result in results if "question-2" in str(result.focus)
        }
        assert "claim-place" not in {result.rule for result in results}
    assert "Matter without a judgement: " in told[asked]["question-item-assessment"]
    assert told[asked]["question-item-assessment"].endswith("/fietsplan/de-toets-van-het-plan.")
    assert "question-item-assessment" not in told[asked + judged]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_they_stand_in_the_canonical_form(name: str) -> None:
    text = "".join(lines(name))
    assert formatted(Path("claims.md"), text) == text


def test_their_facts_are_in_the_graph_with_their_quotes() -> None:
    query = "SELECT ?value ?quote { GRAPH ?claim { ?figure sdmx-measure:obsValue ?value } ?claim fot:quote ?quote }"
    found = {(text_of(row[0]), text_of(row[1])) for row in load(FOLDER).query(query).rows}
    assert ("1488", "In 2023 kreeg de Ombudsman 1.488 klachten, in 2022 waren dat er 1.203.") in found
    assert {value for value, _ in found} == {"4200000", "1488", "1203", "750000"}
