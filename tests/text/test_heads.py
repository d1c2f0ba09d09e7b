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


@pytest.mark.parametrize(
    ("asked", "more"),
    [
        ("Ann Peters (Skye, Lochaber and\nBadenoch) (SNP): To ask the Scottish Government why. (S6W-12345)", []),
        ("Ann Peters (Skye) (Scottish National\nParty): To ask the Scottish Government why.\n\nS6W-12345", []),
        ("S6W-12345 Ann Peters (Skye) (SNP):\nTo ask the Scottish Government why.", []),
        ("Written Question S6W-12345\n\nAnn Peters: To ask the Scottish Government why.", []),
        (
            "Question S6W-12345: Ann Peters, Skye, Scottish Green Party, Date Lodged: 03/05/2024\n"
            "To ask the Scottish Government why.",
            [("date_asked", "2024-05-03")],
        ),
    ],
)
@pytest.mark.parametrize("answered", ["(4 June 2024):", "on 4 June 2024", "on: Tuesday, 4 June 2024"])
def test_the_number_of_a_scottish_question_may_stand_anywhere(
    asked: str, more: list[tuple[str, str]], answered: str
) -> None:
    source = parse(f"{asked}\n\nAnswered by Ivan Mackee {answered}\n\nYes.\n")
    given = {(field.name, field.value) for field in source.fields}
    assert given == {("number", "S6W-12345"), *SCOTTISH, *more}
    assert len(source.question_items()) == len(source.answer_items()) == 1


BRITISH = [
    ("title", "Flood Control"),
    ("author", "Kerry Test"),
    ("addressee", "the Secretary of State for Transport"),
    ("number", "12345"),
]


def test_who_asks_in_the_commons_is_named_in_full_with_place_and_number() -> None:
    given = fields(
        "Asked by Kerry Test (Bristol East) [12345]\n\n"
        "To ask the Secretary of State for Transport, how many floods there were.\n\n"
        "Answered by Robbie Case on: 12 March 2024\n\nThree.\n"
    )
    answered = [("answered_by", "Robbie Case"), ("date_answered", "2024-03-12")]
    assert given == [BRITISH[1], BRITISH[3], BRITISH[2], *answered]


def test_a_number_within_a_question_of_the_commons_is_not_its_own() -> None:
    asked = "with reference to the Answer to Question [99999], how many floods there were. [12345]"
    text = f"Flood Control\n\nKerry Test: To ask the Secretary of State for Transport, {asked}\n\nRobbie Case: Three.\n"
    assert fields(text) == [*BRITISH, ("answered_by", "Robbie Case")]


@pytest.mark.parametrize(
    "said",
    [
        "As the Agency says:\n\nAnswer\nFloods fell in the report\nAnswered on\n3 May 2019\n",
        "It was grouped with another.\nAnswered by Jo Former on 3 May 2019\nwas how my predecessor put it.\n",
    ],
)
def test_a_line_of_an_answer_names_no_other_minister(said: str) -> None:
    text = (
        "Flood Control\nUIN 12345, tabled on 4 March 2024\n\nQuestion\nKerry Test\nLabour\nBristol East\nCommons\n"
        "To ask the Secretary of State for Transport, how many floods there were.\n\n"
    )
    answered = "Answer\nRobbie Case\nConservative\nKeighley\nCommons\nAnswered on\n12 March 2024\n\n"
    by = [("answered_by", "Robbie Case"), ("date_answered", "2024-03-12")]
    assert fields(text + answered + said)[-2:] == by
    assert "answered_by" not in dict(fields(f"{text}Answer\n{said}"))


FLEMISH = (
    "SCHRIFTELIJKE VRAAG\nnr. 12\nvan AN MOEREN\ndatum: 25 januari 2024\n\nHILDE VOS\nVLAAMS MINISTER VAN WERK\n\n"
)
CHAMBER = "Vraag nr. 12 van mevrouw de volksvertegenwoordiger An Moeren van 3 mei 2021 aan de minister van Werk:\n\n"
EUROPEAN = "Question for written answer E-000123/2024\nto the Commission\nRule 138\nAnn Peters (PPE)\nSubject: Milk\n\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            FLEMISH + "Paden\n\n1. Hoeveel?\n\nANTWOORD\nop vraag nr. 12 van 25 januari 2024\nvan AN MOEREN\n\n",
            "Voor de cijfers verwijs ik naar mijn\nantwoord op vraag nr. 99 van 3 mei 2020 van Jan Smet\nover paden.\n",
        ),
        (
            FLEMISH + "Paden\n\n1. Hoeveel?\n\nANTWOORD\nop vraag nr. 12 van 25 januari 2024\nvan AN MOEREN\n\n",
            "Zie ook het\nANTWOORD op vraag nr. 99 van 3 mei 2020 van JAN SMET\n",
        ),
        (
            CHAMBER + "Paden.\n\n1. Hoeveel?\n\nAntwoord van de minister van Werk van 4 juni 2021:\n\n",
            "1. Drie. Dat zei ook het\nantwoord van de minister van Justitie van 3 mei 2010\n",
        ),
        (
            EUROPEAN + "How much?\n\nAnswer given by Mr Hahn on behalf of the Commission (4.6.2024)\n\n",
            "Yes. See the\nanswer to question E-1/20 given by Ms Vestager (3.5.2020)\n",
        ),
    ],
)
def test_another_answer_that_a_sentence_speaks_of_is_no_head(text: str, said: str) -> None:
    assert fields(text + said) == fields(text + "1. Drie.\n")


@pytest.mark.parametrize(
    "said",
    [
        "In de\nschriftelijke vraag nr. 99 van Jan Smet van 3 mei 2020 werd dit al gevraagd.",
        "Deze vraag sluit aan bij\nSCHRIFTELIJKE VRAAG nr. 77 van JO BIES datum: 3 mei 2021\naan minister Crevits.",
        "Ik stelde ze al.\nSCHRIFTELIJKE VRAAG nr. 77 van JO BIES datum: 3 mei 2021 zei hetzelfde.",
        "MINISTER CREVITS ANTWOORDDE EERDER",
    ],
)
def test_a_line_of_a_flemish_question_gives_no_number_author_or_minister(said: str) -> None:
    answer = "ANTWOORD\nop vraag nr. 118 van 25 januari 2024\nvan AN MOEREN\n\n1. Drie.\n"
    given = fields(f"WERK\n\nPaden - Stand\n\n1. Hoeveel?\n\n{said}\n\n{answer}")
    head = [("policy_field", "WERK"), ("title", "Paden - Stand")]
    assert given == [*head, ("number", "118"), ("date_asked", "2024-01-25"), ("author", "AN MOEREN")]


def test_author_and_date_may_stand_on_the_line_of_the_number() -> None:
    given = fields(
        FLEMISH.replace("\nnr", " nr").replace("\nvan", " van").replace("\ndatum", " datum") + "1. Hoeveel?\n"
    )
    assert given[:3] == [("number", "12"), ("author", "AN MOEREN"), ("date_asked", "2024-01-25")]


def test_who_a_member_speaks_for_or_of_is_no_author() -> None:
    text = EUROPEAN.replace("(PPE)\n", "(PPE), on behalf of Jo Bies (S&D)\non the letter of Mr Smet\n")
    assert [field for field in fields(text + "How much?\n") if field[0] == "author"] == [("author", "Ann Peters")]
    text = CHAMBER.replace("An Moeren", "An Moeren, mede namens de heer Jan Smet")
    assert [field for field in fields(text + "Paden.\n") if field[0] == "author"] == [("author", "An Moeren")]


def test_a_european_question_that_a_line_speaks_of_is_not_this_one() -> None:
    line = "Answers to questions\n\n3 May 2021\nQuestion for written answer E-000001/2021 was answered late.\n\n"
    assert fields(line + EUROPEAN + "How much?\n") == fields(EUROPEAN + "How much?\n")


def test_addressee_and_answerer_end_before_another_question_is_named() -> None:
    given = fields(
        "WRITTEN QUESTION E-1500/98\nby Carlos Ruiz (PPE) to the Commission following the question to the Council\n"
        "Subject: Milk\n\nHow much?\n\n"
        "Answer given by Mr Hahn on behalf of the Commission to the question to the Council (12 May 1998)\nYes.\n"
    )
    assert ("addressee", "the Commission") in given
    assert ("answered_by", "Mr Hahn on behalf of the Commission") in given
    other = "Werk, naar aanleiding van vraag nr. 9 van Jan Smet van 3 mei 2015 aan de minister van Justitie:"
    assert ("addressee", "minister van Werk") in fields(CHAMBER.replace("Werk:", other) + "Paden.\n")


def test_a_chamber_answer_with_two_dates_gives_none() -> None:
    answer = (
        "Antwoord van de minister van Werk namens zijn collega van 3 mei 2010, verbeterd van 4 oktober 2016:\n\nDrie.\n"
    )
    assert {name for name, _ in fields(CHAMBER + answer)} == {"number", "author", "date_asked", "addressee"}


def test_the_author_of_earlier_dutch_questions_is_not_that_of_these() -> None:
    given = fields(
        "Naar aanleiding van eerdere Kamervragen van het lid Kops over asiel (2020Z11111) antwoord ik op de vragen van "
        "het lid Dijk (SP) over zorg (ingezonden 3 juli 2024).\n\n1\nHoeveel?\n\nAntwoord 1\nDrie.\n"
    )
    assert given == [("author", "Dijk"), ("title", "zorg"), ("date_asked", "2024-07-03")]


@pytest.mark.parametrize(
    ("written", "name", "office"),
    [
        ("Vraag nr. 12 van de heer Jan Smet van 3 mei 2021 (N.)\naan de", "Jan Smet", "minister van Werk"),
        ("Vraag nr. 12 van de M. Martin van 3 mei 2021 (Fr.)\naan de", "Martin", "minister van Werk"),
        ("Vraag nr. 12 van mevrouw An Smet d.d. 03/05/2021\ngericht aan de", "An Smet", "eerste minister"),
        ("Vraag nr. 12 van volksvertegenwoordiger An Smet, dd. 3 mei 2021\naan de", "An Smet", "premier"),
        ("Vraag nr. 12 van An Van den Bos van 3 mei 2021 (N.)\naan de", "An Van den Bos", "premier"),
        ("Question n° 12 de M. Luc Petit du 3 mai 2021 (Fr.)\nau", "Luc Petit", "ministre des Finances"),
        ("Question n° 12 de Mme Ève Petit du 3 mai 2021\nà la", "Ève Petit", "secrétaire d’État à l’Asile"),
        ("Question n° 12 de monsieur le député Luc Petit du 3 mai 2021\nau", "Luc Petit", "premier ministre"),
        ("Question n° 12 de Luc Petit en date du 3 mai 2021\nadressée à la", "Luc Petit", "ministre"),
    ],
)
@pytest.mark.parametrize("close", [":", " :", ""])
def test_the_head_of_a_chamber_question_is_read_with_titles_and_without(
    written: str, name: str, office: str, close: str
) -> None:
    given = fields(f"{written} {office}{close}\n\nPaden. - Stand.\n\n1. Hoeveel?\n")
    head = [("number", "12"), ("author", name), ("date_asked", "2021-05-03"), ("addressee", office)]
    assert given == [*head, ("title", "Paden. - Stand.")]


DUTCH = "Vragen van het lid Smet (XY) aan de Minister van Werk over paden"


@pytest.mark.parametrize(
    "submitted",
    [
        " (ingezonden 3 mei 2021).",
        ", ingezonden 3 mei 2021.",
        "\n(ingezonden op 3 mei 2021)",
        " (ingediend op 3 mei 2021, kenmerk 2021Z00012)",
        "\n\nIngezonden: 3 mei 2021",
    ],
)
def test_the_day_of_dutch_questions_is_the_one_on_which_they_were_sent_in(submitted: str) -> None:
    letter = "Den Haag, 25 mei 2021\n\nIn antwoord op uw brief van 4 mei 2021 zend ik u de antwoorden.\n\n"
    given = fields(f"{letter}{DUTCH}{submitted}\n\nVraag 1\nHoeveel?\n\nAntwoord 1\nDrie.\n")
    assert [date for date in given if date[0].startswith("date")] == [
        ("date_answered", "2021-05-25"),
        ("date_asked", "2021-05-03"),
    ]
    assert ("title", "paden") in given


def test_a_letter_without_questions_gives_none() -> None:
    assert ("date_answered", "2021-05-03") not in fields(f"Den Haag, 3 mei 2021\n\n{DUTCH}\n\n1\nHoeveel?\n")


def test_the_second_of_two_joint_numbers_may_be_that_of_the_question() -> None:
    answer = "ANTWOORD\nop vragen nr. 9 en 12 van 20 januari 2024\nvan JO BIES en AN MOEREN\n\n1. Drie.\n"
    source = parse(f"{FLEMISH}Paden\n\n1. Hoeveel?\n\n{answer}")
    assert (source.number, len(source.answer_items())) == ("12", 1)
    assert source.values("author") == ["AN MOEREN", "JO BIES"]
