"""What a head says is taken from the head alone: dates, numbers and persons that the text speaks of are none of it."""

from __future__ import annotations

import pytest

from fot_graph.text.source import parse


def fields(text: str) -> list[tuple[str, str]]:
    return [(field.name, field.value) for field in parse(text).fields]


IRISH = [("title", "Road Safety"), ("number", "12"), ("author", "Ann Peters"), ("addressee", "the Minister for Roads")]


@pytest.mark.parametrize(
    ("above", "asked", "date"),
    [
        ("", " how many crashes there were on 3 March 2024. [1/32]", []),
        ("", " his views on the report of\n3 March 2024\nwhich he published. [1/32]", []),
        ("", " following Parliamentary Question No. 77 of 3 March 2024 if it stands. [1/32]", []),
        ("", " and Deputy Bo Maes the number of crashes. [1/32]", []),
        ("Tuesday, 4 June 2024\n\n", " on 3 March 2024 what he said. [1/32]", [("date_answered", "2024-06-04")]),
        ("Dáil Éireann debate - Tuesday, 4 Jun 2024\n\n", " what he said. [1/32]", [("date_answered", "2024-06-04")]),
    ],
)
def test_a_date_in_an_irish_question_is_not_that_of_its_answer(
    above: str, asked: str, date: list[tuple[str, str]]
) -> None:
    text = f"{above}Road Safety\n\n12. Deputy Ann Peters asked the Minister for Roads{asked}\n\n"
    assert fields(text + "Written answers\n\nThree.\n") == [*date, *IRISH]


SCOTTISH = [
    ("author", "Ann Peters"),
    ("addressee", "the Scottish Government"),
    ("answered_by", "Ivan Mackee"),
    ("date_answered", "2024-06-04"),
]


@pytest.mark.parametrize(
    ("above", "number"),
    [
        ("", []),
        ("Further to S6W-00001\nQuestion reference: S6W-12345\n", [("number", "S6W-12345")]),
        ("S6W-12345 ", [("number", "S6W-12345")]),
    ],
)
def test_the_number_of_another_scottish_question_is_not_its_own(above: str, number: list[tuple[str, str]]) -> None:
    asked = "To ask the Scottish Government, further to the answer to question S6W-00001, whether it will act."
    given = fields(f"{above}Ann Peters (Glasgow) (SNP): {asked}\n\nAnswered by Ivan Mackee (4 June 2024): Yes.\n")
    assert given == [*number, *SCOTTISH]
