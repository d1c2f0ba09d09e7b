"""Heads of answers of all kinds, in each layout: provisional, supplementary, coordinated, joint ones, none yet."""

from __future__ import annotations

import pytest
from leaves import assert_whole

from fot_graph.text.source import Source, parse

CHAMBER = (
    "Vraag nr. 12 van mevrouw de volksvertegenwoordiger An De Smet van 3 mei 2021 (N.) aan de minister van Werk:\n\n"
)
SENATE = "Schriftelijke vraag nr. 7-12\n\nvan An De Smet (XY) d.d. 3 mei 2021\n\naan de minister van Werk\n\nPaden\n\n"
SENATE_FR = "Question écrite n° 7-12\n\nde An De Smet (XY) du 3 mai 2021\n\nau ministre du Travail\n\nPistes\n\n"
FLEMISH = (
    "SCHRIFTELIJKE VRAAG\nnr. 12\nvan AN DE SMET\ndatum: 3 mei 2021\n\naan HILDE VOS\nVLAAMS MINISTER VAN WERK\n\n"
)
EUROPEAN = "WRITTEN QUESTION E-0012/99\nby Anna Novak (PSE) to the Commission\n(4 January 1999)\n\nSubject: Paths\n\n"
EUROPEAN_NL = (
    "SCHRIFTELIJKE VRAAG E-0012/99\nvan Anna Novak (PSE) aan de Commissie\n(4 januari 1999)\n\nBetreft: Paden\n\n"
)
EUROPEAN_FR = (
    "QUESTION ÉCRITE E-0012/99\nposée par Anna Novak (PSE) à la Commission\n(4 janvier 1999)\n\nObjet: Pistes\n\n"
)
DUTCH = "Vragen van het lid Bos (XY) aan de Minister van Werk over paden (ingezonden 3 mei 2021).\n"
IRISH = (
    "Tuesday, 20 Feb 2024\n\nWritten Answers Nos. 1-9\n\nPaths\n\n12. Deputy Tom Daly asked the Minister for Transport "
)
SCOTTISH = "S6W-12345\n\nMorag Reid (Highlands) (Lab): To ask the Scottish Government "
BRITISH = (
    "Paths\nQuestion for Department for Transport\nUIN 12345, tabled on 5 March 2024\n\n"
    "Question\nMary Jones\nLabour\nNorthtown\nCommons\n\nTo ask the Secretary of State for Transport, "
)
HANSARD = "Paths\n\nMary Jones: To ask the Secretary of State for Transport what paths there are. [12345]\n\n"
GENERAL = "Paden\n\n"

ITEMS = "1. Waar liggen ze?\n2. Wie betaalt?\n\n"
ANSWERS = "\n1. Hier.\n2. Wij.\n"


@pytest.mark.parametrize(
    ("asked", "head", "answered", "by", "date"),
    [
        (CHAMBER + "Paden.\n\n" + ITEMS, "Voorlopig antwoord", ANSWERS, "", ""),
        (CHAMBER + "Paden.\n\n" + ITEMS, "antwoord", ANSWERS, "", ""),
        (
            CHAMBER + "Paden.\n\n" + ITEMS,
            "Aanvullend antwoord van de minister van Werk van 4 juni 2021, op de vraag nr. 12 van mevrouw An De Smet:",
            ANSWERS,
            "minister van Werk",
            "2021-06-04",
        ),
        (
            CHAMBER + "Paden.\n\n" + ITEMS,
            "Réponse complémentaire du ministre du Travail du 4 juin 2021, à la question n° 12 :",
            ANSWERS,
            "ministre du Travail",
            "2021-06-04",
        ),
        (SENATE + ITEMS, "Voorlopig antwoord ontvangen op 4 juni 2021 :", ANSWERS, "", "2021-06-04"),
        (SENATE_FR + ITEMS, "Réponse provisoire reçue le 4 juin 2021 :", ANSWERS, "", "2021-06-04"),
        (FLEMISH + "Paden\n\n" + ITEMS, "AANVULLEND ANTWOORD\nop vraag nr. 12 van 3 mei 2021", ANSWERS, "", ""),
        (FLEMISH + "Paden\n\n" + ITEMS, "GECOÖRDINEERD ANTWOORD\nop vraag nr. 12 van 3 mei 2021", ANSWERS, "", ""),
        (FLEMISH + "Paden\n\n" + ITEMS, "VOORLOPIG ANTWOORD\nop vraag nr. 12 van 3 mei 2021", ANSWERS, "", ""),
        (FLEMISH + "Paden\n\n" + ITEMS, "Gezamenlijk antwoord\nop vragen nr. 12 en 13 van 3 mei 2021", ANSWERS, "", ""),
        (
            EUROPEAN + ITEMS,
            "Joint answer\nto Written Questions E-0012/99 and E-0013/99\n"
            "given by Mr Berg on behalf of the Commission\n(8 June 1999)",
            ANSWERS,
            "Mr Berg on behalf of the Commission",
            "1999-06-08",
        ),
        (
            EUROPEAN + ITEMS,
            "Supplementary answer given by Mr Berg on behalf of the Commission (8 June 1999)",
            ANSWERS,
            "Mr Berg on behalf of the Commission",
            "1999-06-08",
        ),
        (
            EUROPEAN_NL + ITEMS,
            "Gecombineerd antwoord\nop de schriftelijke vragen E-0012/99 en E-0013/99\n"
            "van de heer Berg namens de Commissie\n(8 juni 1999)",
            ANSWERS,
            "de heer Berg namens de Commissie",
            "1999-06-08",
        ),
        (
            EUROPEAN_NL + ITEMS,
            "Aanvullend antwoord van de heer Berg namens de Commissie (8 juni 1999)",
            ANSWERS,
            "de heer Berg namens de Commissie",
            "1999-06-08",
        ),
        (
            EUROPEAN_FR + ITEMS,
            "Réponse commune\naux questions écrites E-0012/99 et E-0013/99\n"
            "donnée par M. Berg au nom de la Commission\n(8 juin 1999)",
            ANSWERS,
            "M. Berg au nom de la Commission",
            "1999-06-08",
        ),
        (
            EUROPEAN_FR + ITEMS,
            "Réponse complémentaire donnée par M. Berg au nom de la Commission (8 juin 1999)",
            ANSWERS,
            "M. Berg au nom de la Commission",
            "1999-06-08",
        ),
        (IRISH + "where they are. [1/24]\n\n", "Written answers", "\nHere.\n", "", ""),
        (
            SCOTTISH + "where they are.\n\n",
            "Holding answer issued: 3 March 2024\nAnswered by Ian Bell (4 March 2024):",
            "\nHere.\n",
            "Ian Bell",
            "2024-03-04",
        ),
        (
            BRITISH + "where they are.\n\n",
            "Holding answer\nJohn Hall\nLabour\nSouthtown\nCommons\nAnswered on\n12 March 2024",
            "\nHere.\n",
            "John Hall",
            "2024-03-12",
        ),
        (HANSARD, "John Hall [holding answer 5 March 2024]:", " Here.\n", "John Hall", ""),
        (GENERAL + ITEMS, "Voorlopig antwoord", ANSWERS, "", ""),
        (GENERAL + ITEMS, "Réponse provisoire :", ANSWERS, "", ""),
        (GENERAL + ITEMS, "Supplementary answer", ANSWERS, "", ""),
    ],
)
def test_the_head_of_an_answer_is_found(asked: str, head: str, answered: str, by: str, date: str) -> None:
    source = parse(f"{asked}{head}\n{answered}" if answered[0] == "\n" else f"{asked}{head}{answered}")
    assert_whole(source)
    assert [unit.kind for unit in source.root.children if unit.kind in ("question", "answer")] == ["question", "answer"]
    assert [source.answered_by(item) for item in source.answer_items()] == (
        [["1"], ["2"]] if answered == ANSWERS else [[""]]
    )
    assert source.values("answered_by") == [by] * bool(by)
    assert source.values("date_answered")[-1:] == [date] * bool(date) or not date


def test_each_of_several_answers_is_one() -> None:
    text = (
        f"{FLEMISH}Paden\n\n{ITEMS}VOORLOPIG ANTWOORD\nop vraag nr. 12 van 3 mei 2021\n\nVolgt.\n\n"
        f"GECOÖRDINEERD ANTWOORD\nop vraag nr. 12 van 3 mei 2021\n{ANSWERS}\n"
        f"AANVULLEND ANTWOORD\nop vraag nr. 12 van 3 mei 2021\n\n2. Wij betalen.\n"
    )
    found = [unit for unit in parse(text).root.children if unit.kind == "answer"]
    assert [[item.label for item in each.children if item.kind == "answer-item"] for each in found] == [
        [""],
        ["1", "2"],
        ["2"],
    ]


def test_a_notice_that_questions_cannot_be_answered_yet_answers_all() -> None:
    source = parse(
        f"302\n{DUTCH}Mededeling van Minister De Vries (Werk) (ontvangen 4 juni 2021).\n\n"
        "Vraag 1\nWaar liggen ze?\n\nVraag 2\nWie betaalt?\n\nMededeling\nIk heb meer tijd nodig.\n"
    )
    assert source.layout == "tweede-kamer"
    assert source.values("answered_by") == ["Minister De Vries (Werk)"]
    assert source.values("date_answered") == ["2021-06-04"]
    assert labels(source) == (["1", "2"], [["1", "2"]])


def labels(source: Source) -> tuple[list[str], list[list[str]]]:
    return [item.label for item in source.question_items()], [source.answered_by(i) for i in source.answer_items()]


@pytest.mark.parametrize(
    "signature",
    [
        "Hilde VOS\nVlaams minister van Werk",
        "De minister van Werk,\n\nH. Vos",
        "H. Vos\nStaatssecretaris voor Armoede",
        "La ministre de l'Emploi,\nMarie Dupont",
        "Le secrétaire d'État au Budget\n\nLuc Martin",
        "Jan de Berg\nCommissaire européen",
        "Au nom de la Commission\nMarie Dupont",
        "John Hall MP\nParliamentary Under-Secretary of State",
        "Yours sincerely,\nJohn Hall",
        "Met vriendelijke groeten,\nHilde Vos",
        "Namens de Commissie\nJan de Berg",
        "Tom Daly\nTánaiste",
    ],
)
def test_a_signature_is_no_part_of_the_last_answer(signature: str) -> None:
    source = parse(f"{GENERAL}{ITEMS}Antwoord\n{ANSWERS}\n{signature}\n")
    signed = [unit for unit, _ in source.walk() if unit.kind == "signature"]
    assert [source.text[unit.start : unit.end] for unit in signed] == [signature]
    last = source.answer_items()[-1]
    assert source.text[last.start : last.end] == "2. Wij."
