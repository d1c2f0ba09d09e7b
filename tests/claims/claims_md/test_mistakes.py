"""Mistakes of those who write their first claims.md: each is one finding, at its place, that says what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fot_graph.api import load
from fot_graph.claims.claims_md.errors import ClaimsFileError

DOCUMENTS = Path(__file__).parents[2] / "documents"
NAMES = """\
# Namen

- Lieve Verbeeck; Koen Maertens | persoon
- Fietsplan | programma
- klachten | counted:
- Ombudsman; Bureau Spaak | organisatie

"""
QUOTE = "> In 2023 kreeg de Ombudsman 1.488 klachten, in 2022 waren dat er 1.203."
FACT = "- cijfer: 1.488 | klachten | Ombudsman | 2023"
PLAIN = f"{NAMES}## a\n\n{QUOTE}\n\n{FACT}\n"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    shutil.copytree(DOCUMENTS, tmp_path / "mine")
    return tmp_path / "mine" / "data" / "documents" / "fietsplan"


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "column"),
    [
        ("> In", "In", "claims-stray-line", 10, 1),  # a quote without its sign
        (FACT, "| wat | hoeveel |\n|---|---|\n| klachten | 1.488 |", "claims-stray-line", 12, 1),  # a table
        (FACT, "<b>Fietsplan</b> is een plan", "claims-stray-line", 12, 1),
        (FACT, "<div>\nx\n</div>", "html-in-claims", 12, 1),
        ("## a", "##a", "heading-without-blank", 8, 1),
        ("## a", "a\n---", "heading-by-line", 9, 1),
        ("# Namen", "# Naamen", "claims-unknown-section", 1, 3),
        ("## a\n\n", "", "claims-outside-a-claim", 8, 3),  # a claim without a heading
        ("Bureau Spaak", "Bureau | Spaak", "claims-unknown-kind", 6, 23),  # a '|' in a label
        ("## a", f"## a\n\n{QUOTE}\n\n{FACT}\n\n## a", "claims-twice", 14, 4),
        ("| 2023", "| 2023 | en meer", "claims-cell-too-many", 12, 49),
        (" | Ombudsman | 2023", "", "claims-field-missing", 12, 3),
        ("- cijfer", "- cijfr", "claims-unknown-template", 12, 3),
        (FACT, "- Fietsplan | volgt op", "claims-fact-parts", 12, 3),
        (FACT, "- Fietsplan\n  - volgt op", "block-in-item", 13, 5),
        ("| Ombudsman |", "| Ombudsmna |", "claims-unknown-thing", 12, 30),
        ("- Fietsplan | programma", "- Ombudsman | programma", "claims-several", 12, 30),
        (FACT, f"{FACT}\n- because: daarom", "claims-because-language", 13, 3),
        ("## a", "## a\ngestelt", "claims-unknown-word", 9, 1),
        (FACT, "- omstandigheid: ```", "claims-name-without-letters", 12, 18),
        ("1.488 |", "veel |", "claims-no-number", 12, 11),
        (
            " Koen Maertens",
            " Piet Maertens",
            "claims-unknown-thing",
            8,
            4,
        ),  # who answers
        (FACT, "```python\nx\n```", "claims-fence", 12, 1),
    ],
)
def test_a_mistake_is_one_finding_at_its_place(
    old: str, new: str, code: str, line: int, column: int, document: Path
) -> None:
    assert old in PLAIN
    (document / "claims.md").write_text(PLAIN.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ClaimsFileError) as caught:
        load(document)
    assert (caught.value.code, caught.value.line, caught.value.column) == (code, line, column)
    assert caught.value.hint


@pytest.mark.parametrize(
    "written",
    [
        PLAIN.replace("\n", "\r\n"),
        f"\ufeff{PLAIN}",
        PLAIN.replace(" | ", "\t|\t").replace("> ", ">\t"),
        PLAIN.replace(FACT, f"    {FACT}"),
        PLAIN.replace(QUOTE, f"    {QUOTE}"),
        PLAIN.replace(f"{QUOTE}\n\n", f"{QUOTE}\n"),
        PLAIN.replace("cijfer: ", "cijfer:"),
        PLAIN.replace(" | Ombudsman", "\u00a0|\u00a0Ombudsman"),
    ],
)
def test_what_is_only_written_otherwise_says_the_same(written: str, document: Path) -> None:
    (document / "claims.md").write_bytes(PLAIN.encode())
    expected = set(load(document).quads)
    (document / "claims.md").write_bytes(written.encode())
    assert set(load(document).quads) == expected


def test_a_text_may_stand_between_the_marks_of_a_word_processor(document: Path) -> None:
    for marks in ('"plan"', "“plan”", "„plan”", "« plan »"):
        (document / "claims.md").write_text(PLAIN.replace(FACT, f"- Ombudsman | titel | {marks}"), encoding="utf-8")
        assert load(document).query('ASK { ?any dcterms:title "plan" }').truth, marks


@pytest.mark.parametrize(
    "name", ["author", "auteur", "replaces", "gevraagd indien", "measured by", "neemt als gegeven", "due by", "holds"]
)
def test_a_former_label_of_a_property_still_names_it(name: str, document: Path) -> None:
    (document / "claims.md").write_text(PLAIN.replace(FACT, f"- Fietsplan | {name} | Ombudsman"), encoding="utf-8")
    assert load(document).query("ASK { GRAPH ?claim { ?plan ?any ?ombudsman } ?claim a fot:Claim }").truth
