"""Invented questions in the layouts of several parliaments, each read and held against an outline written beside it.

An outline names the layout and what the head says, and lists the parts: what they are, the label of an item with what
it answers, and each sentence. `questions/NAME.outline` belongs to `questions/NAME.txt`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from leaves import assert_whole

from fot_graph.text.layouts import layout_names
from fot_graph.text.source import Source, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fot_graph.text.units import Unit

FILES = sorted(Path(__file__).with_name("questions").glob("*.txt"))


def outline(source: Source) -> str:
    lines = [f"layout: {source.layout}, {source.language}"]
    lines += [f"missing: {', '.join(source.missing)}"] if source.missing else []
    lines += [f"{field.name}: {field.value}" for field in source.fields]
    for unit in source.root.children:
        lines += parts(source, unit, "")
    return "\n".join(lines) + "\n"


def parts(source: Source, unit: Unit, indent: str) -> Iterator[str]:
    written = " ".join(source.text[unit.start : unit.end].split())
    answers = f" of {', '.join(source.answered_by(unit)) or 'all'}" if unit.kind == "answer-item" else ""
    label = f" {unit.label}" if unit.label and unit.kind != "marker" else ""
    is_leaf = not unit.children or unit.kind == "sentence"
    yield f"{indent}{unit.kind}{label}{answers}" + (f": {written}" if is_leaf else "")
    for child in unit.children:
        yield from parts(source, child, indent + "  ")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_question_is_read_as_a_person_reads_it(file: Path) -> None:
    source = read(file)
    assert_whole(source)
    assert outline(source) == file.with_suffix(".outline").read_text(encoding="utf-8")


def test_the_fields_stand_where_they_say() -> None:
    for file in FILES:
        source = read(file)
        for field in source.fields:
            written = source.text[field.start : field.end]
            assert written == written.strip()
            if not field.name.startswith("date"):
                assert "".join(field.value.split()) == "".join(written.split())


def test_every_layout_has_a_question() -> None:
    assert {read(file).layout for file in FILES} == set(layout_names())
