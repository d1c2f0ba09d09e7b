"""The signs of Markdown in a text: page furniture, and no part of what it says."""

from __future__ import annotations

import pytest
from leaves import assert_whole
from processor import work

from fot_graph.text.markdown import markdown_signs
from fot_graph.text.parts import is_leaf, parts, wording
from fot_graph.text.source import parse


def signs(text: str) -> list[str]:
    return [text[unit.start : unit.end] for unit in markdown_signs(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Vraag\n", ["#"]),
        ("### 302 ###\n", ["###", "###"]),
        ("**De minister** antwoordt.\n", ["**", "**"]),
        ("**Vet**, *schuin* en ***beide***.\n", ["**", "**", "*", "*", "***", "***"]),
        ("# A\n\nDe _nota_ van\n_gisteren_.\n", ["#", "_", "_", "_", "_"]),
        ("# A\n\nde data__die niet_\n_meer bestaat\n", ["#", "__", "_", "_"]),
        ("# A\n\n> Een citaat.\n", ["#", ">"]),
        ("# A\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n", ["#", "|---|:-:|"]),
        ("# A\n\n1\\. Hoeveel\\?\n", ["#", "\\"]),
        ("**a** PUC_743104_22 en https://a.be/_b_c\n", ["**", "**"]),
        ("# A\n\n* een\n* twee\n", ["#"]),
        ("Zie noot * en nr. #12 van _dit_ stuk: 2 * 3 = 6.\n", []),
        ("#12 is geen kop.\n", []),
        ("a ** b ** c\n", []),
    ],
)
def test_the_signs_are_found(text: str, expected: list[str]) -> None:
    assert signs(text) == expected


def test_a_question_in_markdown_reads_as_one_without() -> None:
    text = (
        "# Paden\n\n**Vraag**\n\nHoeveel **paden** zijn er? *Waar* liggen ze?\n\n## Antwoord\n\n"
        "Er zijn **twee**, en _geen_ meer.\n\n| **Plaats** | Paden |\n|---|---|\n| Gent | 2 |\n"
    )
    source = parse(text)
    assert_whole(source)
    assert source.layout == "question-and-answer"
    told = [wording(text, unit) for unit, _, _ in parts(source) if is_leaf(unit)]
    assert told[:6] == [
        "Paden",
        "Vraag",
        "Hoeveel paden zijn er?",
        "Waar liggen ze?",
        "Antwoord",
        "Er zijn twee, en geen meer.",
    ]
    assert source.title == "Paden"


@pytest.mark.parametrize("piece", ["**a ", "*a ", " _a", "**a** ", "# ", "|--", "\\*", " #", "a__b"])
def test_many_signs_take_linear_work(piece: str) -> None:
    short, long = (work(markdown_signs, "# x\n\n" + piece * (size // len(piece))) for size in (4_000, 64_000))
    assert long < max(0.5, 40 * short)
