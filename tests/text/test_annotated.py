"""Real questions of several parliaments, read and held against what a person annotated in them.

The texts are not ours to give: FOT_GRAPH_TEXTS names the folder where they and their annotations stand, and without it
nothing is tested here. `pytest -rP` prints the counts.
"""

from __future__ import annotations

import json
import os
import random
import string
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from leaves import assert_whole

from fot_graph.text.source import Source, parse, read

if TYPE_CHECKING:
    from fot_graph.text.units import Unit

FOLDER = os.environ.get("FOT_GRAPH_TEXTS", "")
FILES = sorted(Path(FOLDER).glob("*/*.json")) if FOLDER else []

needs_texts = pytest.mark.skipif(not FILES, reason="FOT_GRAPH_TEXTS names no folder of annotated texts")


class Text(NamedTuple):
    """An annotated text: its name, what was read of it, and what is annotated."""

    name: str
    source: Source
    gold: dict[str, Any]


def texts() -> list[Text]:
    found = []
    for file in FILES:
        gold = json.loads(file.read_text(encoding="utf-8"))
        found.append(Text(f"{file.parent.name}/{file.stem}", read(file.with_suffix(".txt")), gold))
    return found


def folded(text: str) -> str:
    return "".join(text.replace("_", "").split())


def words(source: Source, unit: Unit) -> str:
    return " ".join(source.text[unit.start : unit.end].split())


def content(source: Source, item: Unit) -> str:
    """What an item says, without its marker."""
    inner = [child for child in item.children if child.kind not in ("marker", "furniture")]
    return " ".join(source.text[inner[0].start : inner[-1].end].split()) if inner else ""


# --- The fields of the head -----------------------------------------------------------------------------------------


def wanted_values(gold: dict[str, Any], field: str) -> list[str]:
    value = gold["author" if field == "author" else field]
    return [] if value is None else value if isinstance(value, list) else [value]


def is_fair(field: str, wanted: str, given: list[str], notes: str) -> bool:
    """Whether a value is what is annotated, or what its notes accept: half of it, its words alone, or none."""
    if not given:
        return f"a null {field} is acceptable" in notes
    wanted = folded(wanted).casefold()
    found = [folded(value).casefold() for value in given]
    if wanted in found:
        return True
    if field in ("addressee", "answered_by"):
        return any(value and (value in wanted or wanted in value) for value in found)
    return any(value in folded(notes).casefold() for value in found)


@needs_texts
def test_the_fields_of_heads_are_found() -> None:
    fields = ("number", "date_asked", "date_answered", "author", "addressee", "answered_by", "title")
    wrong, right = [], Counter[str]()
    for text in texts():
        for field in fields:
            given = text.source.values(field)
            for wanted in wanted_values(text.gold, field):
                if is_fair(field, wanted, given, " ".join(text.gold["notes"])):
                    right[field] += 1
                else:
                    wrong.append(f"{text.name} {field}: {wanted!r}, not {given}")
    print("fields of heads:", dict(right), "of", right.total() + len(wrong))  # noqa: T201  the counts are what this test is read for
    assert not wrong, "\n".join(wrong)


# --- Items ----------------------------------------------------------------------------------------------------------


def matches(source: Source, item: Unit, gold: dict[str, Any]) -> bool:
    begins = [gold["begins"], *gold.get("also_accepted", [])]
    return any(content(source, item).startswith(each.strip()) for each in begins)


@needs_texts
def test_items_are_found_with_what_they_answer() -> None:
    wrong, count, extra = [], 0, []
    for text in texts():
        source = text.source
        for kind, items in (("question", source.question_items()), ("answer", source.answer_items())):
            left = list(items)
            for gold in text.gold[f"{kind}_items"]:
                count += 1
                found = next((item for item in left if matches(source, item, gold)), None)
                if found is not None:
                    left.remove(found)
                wanted = gold.get("answers", [])
                if found is None or (kind == "answer" and source.answered_by(found) != wanted):
                    given = found and source.answered_by(found)
                    wrong.append(f"{text.name} {kind} {gold['label']!r} {gold['begins']!r}: {given}, not {wanted}")
            extra += [f"{text.name} {kind} {item.label!r}: {content(source, item)[:50]!r}" for item in left]
    print(f"items: {count - len(wrong)} of {count}; {len(extra)} that are none")  # noqa: T201  the counts are what this test is read for
    assert len(wrong) <= 0.05 * count, "\n".join(wrong)
    assert len(extra) <= 0.05 * count, "\n".join(extra)


# --- Sentences ------------------------------------------------------------------------------------------------------


@needs_texts
def test_hard_sentences_are_one_each() -> None:
    wrong, count = [], 0
    for text in texts():
        sentences = [words(text.source, unit) for unit, _ in text.source.walk() if unit.kind == "sentence"]
        for wanted in text.gold["sentences_hard"]:
            count += 1
            if wanted not in sentences:
                near = [sentence for sentence in sentences if wanted[:25] in sentence or sentence[:25] in wanted]
                wrong.append(f"{text.name}: {wanted!r}\n    {near[:3]}")
    print(f"hard sentences: {count - len(wrong)} of {count}")  # noqa: T201  the counts are what this test is read for
    assert len(wrong) <= 0.03 * count, "\n".join(wrong)


# --- Every character in exactly one leaf ----------------------------------------------------------------------------


@needs_texts
def test_every_character_of_the_texts_is_in_one_leaf() -> None:
    for text in texts():
        assert_whole(text.source)


@needs_texts
@pytest.mark.parametrize("seed", range(4))
def test_every_character_of_texts_that_were_damaged_is_in_one_leaf(seed: int) -> None:
    chance = random.Random(seed)
    for text in texts():
        lines = text.source.text.splitlines(keepends=True)
        for _ in range(5):
            at = chance.randrange(len(lines))
            damage = chance.choice(([], ["\f"], ["\n\n3\n\n"], [lines[at]] * 2, ["Antwoord 2\n"]))
            lines[at : at + chance.randrange(4)] = damage
        assert_whole(parse("".join(lines)))


PIECES = [
    *("Vraag 1\n", "Antwoord op vraag 2\n", "Antwoord\n", "1. ", "2) ", "a) ", "(3) ", "1° ", "IV. ", "A. "),
    *("- ", "• ", "– ", "\n", "\n\n", "\f", "\t", " ", "[1 ]", "1)", "(2)", "\n\n7\n\n", "Bijlage 1\n", "2016 5 6\n"),
    *("De minister van Werk,\n", "ANTWOORD\nop vraag nr. 7 van 1 maart 2021\nvan AN DE SMET\n", "Vraag 4 en 5\n"),
    *("Ja. ", "“Nee.” ", "Wat is dat? ", "To ask the Scottish Government. ", "S6W-1\n", "Answer\n", "12 %\n"),
    *("SCHRIFTELIJKE VRAAG\nnr. 8\n", "----\n", "x", ".", "…"),
]


@pytest.mark.parametrize("seed", range(20))
def test_every_character_of_random_texts_is_in_one_leaf(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(30):
        assert_whole(parse("".join(chance.choices(PIECES, k=chance.randrange(40)))))
        assert_whole(parse("".join(chance.choices(string.printable, k=chance.randrange(60)))))
