"""Layouts as data: which a text is given, what is read by it, and what a layout file may say."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from processor import is_linear

from fot_graph.core import limits
from fot_graph.core.errors import InputFileError
from fot_graph.text.layouts import layout_names, layout_of, read_layout
from fot_graph.text.source import parse

ROOT = Path(__file__).parents[2]


def test_what_fits_no_layout_is_plain() -> None:
    source = parse("Een brief.\n\nMet twee alinea's. En een lijst:\n- een\n- twee\n")
    assert (source.layout, source.fields, source.missing) == ("plain", (), ())
    assert [unit.kind for unit in source.root.children] == ["paragraph", "paragraph", "list"]


def test_every_layout_file_is_a_layout() -> None:
    assert "plain" in layout_names()
    assert {layout_of("", ()).name} == {"plain"}


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("recognised =", "no TOML"),
        ("recogniced = []", "it has a key 'recogniced' that is not known"),
        ("recognised = 3", "the value of 'recognised' is no list"),
        ("recognised = [3]", "the value of 'recognised' is no str"),
        ("recognised = ['(']", "a pattern of 'recognised' is none"),
        ("expects = ['colour']", "it has a key 'colour' that is not known"),
        ("answer = ['(?P<colour>x)']", "it has a key 'colour' that is not known"),
        ("head = [3]", "the value of 'head' is no pattern"),
    ],
)
def test_a_mistake_in_a_layout_is_told_with_its_file(tmp_path: Path, written: str, message: str) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(InputFileError) as caught:
        read_layout(path)
    assert str(path) in caught.value.message
    assert message in caught.value.message
    assert caught.value.hint or "TOML" in message


def test_a_folder_of_the_caller_adds_a_layout_or_replaces_one(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text("recognised = ['^ONZE[ ]VRAAG']\n", encoding="utf-8")
    text = "ONZE VRAAG\n\n1. Wat?\n\n2. Wie?\n"
    assert parse(text).layout == "plain"
    source = parse(text, [tmp_path])
    assert source.layout == "ours"
    assert [item.label for item in source.question_items()] == ["1", "2"]
    (tmp_path / "flemish-parliament.toml").write_text("", encoding="utf-8")
    assert layout_of("SCHRIFTELIJKE VRAAG\nnr. 7\n").name == "flemish-parliament"
    assert layout_of("SCHRIFTELIJKE VRAAG\nnr. 7\n", [tmp_path]).name == "plain"


SLOW = r"^(?:[a-z]+[ ]?)+[.]$"  # tries each division of a line of letters


@pytest.mark.parametrize("key", ["recognised", "head", "answer", "noise", "notes", "items"])
@pytest.mark.parametrize("more", ["", r"[ ](?&date)"])
def test_a_pattern_of_a_workspace_that_would_never_end_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, more: str
) -> None:
    monkeypatch.setattr(limits, "PATTERN_SECONDS", 0.05)
    path, slow = tmp_path / "ours.toml", f"{SLOW}{more}"
    value = f"[{{ pattern = '{slow}' }}]" if key == "head" else f"['{slow}']"
    path.write_text(f"{key} = {value}\n" + "recognised = ['^ONZE[ ]VRAAG']\n" * (key != "recognised"), encoding="utf-8")
    text = f"ONZE VRAAG\n\n{'a' * 60}!\n"
    with pytest.raises(InputFileError) as caught:
        parse(text, [tmp_path])
    assert f"{path}: a pattern of '{key}' takes more than 0.05 seconds" in caught.value.message
    assert caught.value.message.endswith(slow)
    assert parse("ONZE VRAAG\n\n1. Wat?\n", [tmp_path]).root.children


# --- The example of CONTRIBUTING ------------------------------------------------------------------------------------


def test_the_layout_that_contributing_shows_reads_its_question(tmp_path: Path) -> None:
    shown = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Add a layout\n")[2]
    toml = shown.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "ours.toml").write_text(textwrap.dedent(toml), encoding="utf-8")
    text = (
        "QUESTION No. 12 by Ann Lee\n\nCycle lanes\n\nThey are loved.\n\n1. How many?\n\n2. Where?\n\n"
        "Official Record 7\n\nREPLY by Tom Day (3 May 2021)\n\n1. Forty.\n\n2. Here.\n"
    )
    source = parse(text, [tmp_path])
    assert (source.layout, source.missing) == ("ours", ())
    assert [(field.name, field.value) for field in source.fields] == [
        *(("number", "12"), ("author", "Ann Lee"), ("title", "Cycle lanes")),
        *(("answered_by", "Tom Day"), ("date_answered", "2021-05-03")),
    ]
    assert [source.answered_by(item) for item in source.answer_items()] == [["1"], ["2"]]
    assert [unit.kind for unit in source.leaves()].count("furniture") == 1


# --- Pages ----------------------------------------------------------------------------------------------------------


def test_a_passage_has_a_page_and_a_line_on_it() -> None:
    source = parse("Eerste.\nTweede.\n\fDerde.\n\f\nVierde.\n")
    places = [tuple(source.place(source.text.index(word))) for word in ("Eerste", "Tweede", "Derde", "Vierde")]
    assert places == [(1, 1), (1, 2), (2, 1), (3, 1)]
    assert source.line(source.text.index("Vierde")) == 5


def test_what_stands_at_the_head_or_foot_of_each_page_is_no_text() -> None:
    page = "Verslag van 3 mei\n\nHet woord {0} volgt hier.\n\nMeer over {0}.\n\nBlad {0} van 3\n"
    source = parse("\f".join(page.format(number) for number in (1, 2, 3)))
    assert [unit.kind for unit in source.leaves()].count("furniture") == 6
    sentences = [unit for unit, _ in source.walk() if unit.kind == "sentence"]
    assert source.text[sentences[0].start : sentences[0].end] == "Het woord 1 volgt hier."
    assert len(sentences) == 6


# --- Work -----------------------------------------------------------------------------------------------------------

UNITS = ["a", "1", " ", "\n", "\f", "1. ", "a, ", "van ", "A\n", "Vraag 1\n", "Antwoord\n", "[1]", "- ", "Minister "]
UNITS += ["ANTWOORD\nop vraag nr. 1 ", "A\nMINISTER\n\n", "X, ", "a) 4\n", "[1] a?\n"]
OPENINGS = [
    "SCHRIFTELIJKE VRAAG nr. 1 van ",
    "ANTWOORD op vraag nr. 1 van ",
    "Schriftelijke vraag nr. 6-333 van ",
    "Vraag nr. 6-333 van Jan Jansen d.d. ",
    "Vraag nr. 12 van ",
    "WRITTEN QUESTION E-1408/98 by ",
    "Question for written answer E-001/2019 to the Commission\n",
    "Question (12) ",
    "Asked by ",
    "UIN 1234, tabled on ",
    "S4W-12051: ",
    "Vragen van het lid Jansen aan ",
    "Hierbij zend ik u de antwoorden op de Kamervragen van het lid ",
    "2019Z12345\n\n(ingezonden ",
    "Deze vraag werd gesteld aan ",
]


@pytest.mark.parametrize("opening", OPENINGS)
def test_reading_takes_no_more_than_linear_work(opening: str) -> None:
    """Of patterns that try each division of a text each doubling takes four, eight or more times as long."""
    for unit in UNITS:
        short, long = (opening + unit * (size // len(unit)) for size in (2_000, 16_000))
        assert is_linear(parse, short, long), unit
