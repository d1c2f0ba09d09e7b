"""Layouts as data: which a text is given, what is read by it, and what a layout file may say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fot_graph.core.errors import InputFileError
from fot_graph.text.layouts import layout_names, layout_of, read_layout
from fot_graph.text.source import parse

if TYPE_CHECKING:
    from pathlib import Path


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
