"""What rules find in a text: where it stands, what they leave alone, and that they take linear work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from processor import is_linear

from fot_graph.text.finding.lines import lines_of
from fot_graph.text.finding.names import NameList
from fot_graph.text.finding.rules import findings
from fot_graph.text.source import parse

if TYPE_CHECKING:
    from fot_graph.text.finding.mention import Mention

TEXT = """SCHRIFTELIJKE VRAAG
nr. 12
van AN DE SMET
datum: 1 maart 2021

Kansen voor kleine zaken

1. Kent u de wet van 3 mei
2016 en het antwoord op vraag nr. 77 van
4 mei 2019?

2. Hoeveel ging er naar de Hoge
Raad voor Kleine Zaken?

ANTWOORD
op vraag nr. 12 van 1 maart 2021
van AN DE SMET

1. Ja, en ook mijn antwoord op vraag nr. 12 van 1 maart 2021.

2. In 2020 ging er 2,5
miljoen euro naar de raad, zie https://www.voorbeeld.be/een_
lang_adres.
"""
NAMES = [("Hoge Raad voor Kleine Zaken", "id:council"), ("raad", "id:advice"), ("De Smet", "id:a"), ("de smet", "id:b")]


def found(text: str, names: NameList | None = None) -> list[tuple[str, str, Mention]]:
    source = parse(text)
    return [(each.kind, text[each.span.start : each.span.end], each) for each in findings(source, names)]


def test_findings_stand_where_they_say_also_over_the_end_of_a_line() -> None:
    told = [(kind, words) for kind, words, _ in found(TEXT, NameList(NAMES))]
    assert told == [
        ("date", "1 maart 2021"),
        ("law", "wet van 3 mei\n2016"),
        ("date", "3 mei\n2016"),
        ("question", "vraag nr. 77 van\n4 mei 2019"),
        ("date", "4 mei 2019"),
        ("name", "Hoge\nRaad voor Kleine Zaken"),
        ("date", "1 maart 2021"),
        ("date", "1 maart 2021"),
        ("date", "2020"),
        ("amount", "2,5\nmiljoen euro"),
        ("name", "raad"),
        ("web-address", "https://www.voorbeeld.be/een_\nlang_adres"),
    ]


def test_the_question_itself_is_no_earlier_question() -> None:
    assert [each.number for kind, _, each in found(TEXT) if kind == "question"] == ["77"]


def test_a_name_that_several_things_bear_is_left_out() -> None:
    names = NameList([("De Raad", "id:one"), ("de raad", "id:two"), ("Hof van Beroep", "id:court")])
    assert [each.bearer for each in names.find("De Raad en het hof van beroep")] == ["id:court"]


def test_a_name_of_one_word_is_found_as_it_is_written() -> None:
    names = NameList([("AP", "id:ap"), ("Werk", "id:work")])
    assert [each.bearer for each in names.find("de AP werkt, ap, Werk, werk")] == ["id:ap", "id:work"]


def test_lines_end_where_sentences_do_and_have_no_page_numbers() -> None:
    text = "Eerste zin. Tweede zin\nloopt door.\n\n\f3\n\nLaatste – “zin”.\n"
    assert lines_of(parse(text)).text.splitlines() == ["Eerste zin.", "Tweede zin loopt door.", 'Laatste -"zin".']


UNITS = [
    *("a ", "A ", "1 ", "1.", "1 000 ", "12 en ", "2016 ", "2016-", "mei ", "1 mei ", "van ", "wet "),
    *("Wet a ", "wet tot "),
    *("het rapport ", 'rapport "', "vraag nr. 1, ", "vragen nrs. 1 en ", "artikel 1, ", "decreet ", "akkoord "),
    *("Akkoord ", "A (", "E-1"),
    *("A of the ", "Act ", "een ", "twee ", "€", "€ 1 ", "tussen 1 en ", "eind ", "question ", "http://a", "a-"),
    *("a. ", "("),
    *("gepubliceerd ", "2016 werd een nota ", "Convention on the ", "the A B ", "x.pdf", "1/", "-1"),
]


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_finding_takes_no_more_than_linear_work(unit: str) -> None:
    names = NameList([("a a a b", "id:a"), ("een", "id:b")])
    short, long = (parse(unit * (size // len(unit))) for size in (2_000, 16_000))
    assert is_linear(lambda source: findings(source, names), short, long)
