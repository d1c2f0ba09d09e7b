"""Dates and periods in invented sentences: each with the value that the text itself gives."""

from __future__ import annotations

import pytest

from fot_graph.text.finding.dates import moments

UNKNOWN = "-"  # the text names a period without telling which
SENTENCES = """
Op 3 mei 2021 en op 4 juni 2021. | 2021-05-03 2021-06-04
tussen 1 januari 2016 en 8 september 2016 354 aanvragen | 2016-01-01/2016-09-08
van januari tot maart 2020 | 2020-01/2020-03
van 1 januari tot en met 31 maart 2020 | 2020-01-01/2020-03-31
van 2014 t.e.m. 2016, 2014 tot 2016 | 2014/2016 2014/2016
in de periode 2014-2019 | 2014/2019
in 2019, 2020 en 2021 | 2019 2020 2021
in november en december 2016 en in februari 2017 | 2016-11 2016-12 2017-02
tussen 1 april en 31 december | --04-01/--12-31
eind 2021 en begin 2022, medio-2017 | 2021 2022 2017
het eerste kwartaal van 2020, de tweede helft van 2021 | 2020-01/2020-03 2021-07/2021-12
in de zomer van 2022 | 2022
vorig jaar en dit jaar, de komende maanden, de voorbije vijf jaar | - - - -
12/03/2021, 3.4.2022, 2021-05-03 en 05/2021 | 2021-03-12 2022-04-03 2021-05-03 2021-05
3, 4 en 5 mei 2021 | 2021-05-03/2021-05-05
op 30 september en op 11 juni jl. | --09-30 --06-11
eind april, in 2016 488 vragen | --04 2016
in 2000 kregen zij steun, 2000 personen in totaal | 2000
nr. 2019, € 2018, 2020 euro, 2021 km, 2016/679, 2013/33/EU, 2023Z04567, 0900-0904 | none
31 april 2021 | none
le 1er mars 2021 et le 4 avril 2021 | 2021-03-01 2021-04-04
entre 2014 et 2016, du 1er janvier au 31 mars 2020 | 2014/2016 2020-01-01/2020-03-31
de janvier à mars 2020, le premier trimestre 2021 | 2020-01/2020-03 2021-01/2021-03
fin 2021, début mars 2020, l'année dernière | 2021 2020-03 -
on 3 March 2021 and March 4, 2021 | 2021-03-03 2021-03-04
between 2014 and 2016, from 1 January to 31 March 2020 | 2014/2016 2020-01-01/2020-03-31
We may march in May | --05
by the end of 2021, Q1 2021, the first quarter of 2022 | 2021 2021-01/2021-03 2022-01/2022-03
last year, 2019/20 and 2018-19 | - 2019/2020 2018/2019
Regulation (EU) No 1/2020 | none
"""


@pytest.mark.parametrize("line", SENTENCES.strip().splitlines())
def test_dates_have_the_value_that_the_text_gives(line: str) -> None:
    sentence, wanted = line.split(" | ")
    found = [moment.value or UNKNOWN for moment in moments(sentence)]
    assert found == ([] if wanted == "none" else wanted.split())


def test_a_date_holds_the_words_that_go_with_it() -> None:
    text = "sinds eind december 2015, op 11 juni jl. en vanaf medio-2017"
    assert [text[moment.start : moment.end] for moment in moments(text)] == [
        "eind december 2015",
        "11 juni jl.",
        "medio-2017",
    ]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("in de Leeuwarder Courant 4 juli 2024, courant mars 2020", ["4 juli 2024", "courant mars 2020"]),
        ("zie de Zuider Courant, 3 mei 2021", ["3 mei 2021"]),
        ("premier Begin mei 1978 en het Fonds Midden 2020", ["mei 1978", "2020"]),
        ("Eind 2020 was het zover; (Begin mei 2021)", ["Eind 2020", "Begin mei 2021"]),
        ("mevrouw Mei 2020 keer, Lord March 2021 and Mr August 12", []),
        ("in March 2021 and on August 12", ["March 2021", "August 12"]),
    ],
)
def test_a_word_of_time_that_is_part_of_a_name_is_no_part_of_a_date(text: str, dates: list[str]) -> None:
    assert [text[each.start : each.end] for each in moments(text)] == dates
