"""Kinds of writing that differ from text to text: signs of items, joint answers, abbreviations; in any layout."""

from __future__ import annotations

import pytest
from leaves import assert_whole

from fot_graph.text.source import Source, parse

HEAD = (
    "SCHRIFTELIJKE VRAAG\nnr. 12\nvan AN DE SMET\ndatum: 3 mei 2021\n\n"
    "aan HILDE VOS\nVLAAMS MINISTER VAN WERK\n\nPaden\n\n"
)
ANSWER = "\n\nANTWOORD\nop vraag nr. 12 van 3 mei 2021\n\n"


def read(asked: str, answered: str) -> Source:
    source = parse(f"{HEAD}{asked}{ANSWER}{answered}\n")
    assert_whole(source)
    return source


@pytest.mark.parametrize(
    "signs", [("1 . ", "2 . "), ("1.) ", "2.) "), ("Q1. ", "Q2. "), ("1.1 ", "1.2 "), ("1.1. ", "1.2. ")]
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_sign_of_an_item_is_known(signs: tuple[str, str], between: str) -> None:
    first, second = signs
    source = read(f"{first}Waar?{between}{second}Wie?", f"{first}Hier.{between}{second}Wij.")
    asked = [item.label for item in source.question_items()]
    assert len(asked) == 2
    assert [source.answered_by(item) for item in source.answer_items()] == [[asked[0]], [asked[1]]]


@pytest.mark.parametrize("joint", ["(1) en (2) Hier.", "(1)-(2) Hier.", "(1), (2) Hier.", "1.) en 2.) Hier."])
def test_numbers_in_brackets_are_answered_together(joint: str) -> None:
    source = read("(1) Waar?\n(2) Wie?\n(3) Wat?", f"{joint}\n\n(3) Niets.")
    assert [source.answered_by(item) for item in source.answer_items()] == [["1", "2"], ["3"]]


@pytest.mark.parametrize(
    "sentence",
    [
        "De heer J.-P. Maes is directeur.",
        "Er waren er 12 in sept. 2020.",
        "Er waren er 12 in jan. 2020.",
        "Parl. St. Kamer, zt. 55, nr. 12 zegt het.",
        "Voir l'art. 12 de l’A.R. du 3 mai 2021.",
        "Cf. Doc. parl. Chambre, sess. 2019-2020, n° 55.",
        "Il y en a 12 éq. Temps plein.",
    ],
)
def test_an_abbreviation_ends_no_sentence(sentence: str) -> None:
    source = parse(f"{sentence} Ja.\n")
    found = [source.text[unit.start : unit.end] for unit, _ in source.walk() if unit.kind == "sentence"]
    assert found == [sentence, "Ja."]
