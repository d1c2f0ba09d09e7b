"""Where the parts of a text stand on its reading page, whatever its layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.text.parts import wording
from fot_graph.text.source import Source, parse
from fot_graph.web.pages.arrangement import Arrangement, Pair, arrange

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fot_graph.text.units import Unit

IN_TURN = (
    "Vragen van het lid Bos (XY) over fietsen.\n\nVraag 1\nIs er een pad?\n\nVraag 2\nWaar ligt het?\n\n"
    "Antwoord op vraag 2\nIn Zwolle.\n\nVraag 3\nWie betaalt?\n\nAntwoord op vraag 1 en 3\nDe gemeente.\n"
)
FLEMISH = (
    "SCHRIFTELIJKE VRAAG\nnr. 8\nvan AN DE SMET\ndatum: 3 mei 2021\n\naan HILDE VOS\nVLAAMS MINISTER VAN WERK\n\n"
    "Paden - Aanleg\n\nEr is een pad.\n\n1. Waar?\n2. Wie?\n3. Wat?\n\n"
    "VOORLOPIG ANTWOORD\nop vraag nr. 8 van 3 mei 2021\n\nHet antwoord volgt.\n\n"
    "ANTWOORD\nop vraag nr. 8 van 3 mei 2021\n\n1 en 3. Hier.\n2. Wij.\n\nHilde VOS\nVlaams minister van Werk\n"
)


def labels(units: Iterable[Unit]) -> list[str]:
    return [unit.label for unit in units]


def rows(pairs: Iterable[Pair]) -> list[tuple[list[str], str, bool]]:
    return [(labels(pair.asked), pair.answered.label if pair.answered else "", pair.elsewhere) for pair in pairs]


def told(source: Source, units: Iterable[Unit]) -> list[str]:
    return [wording(source.text, unit) for unit in units]


def arranged(text: str) -> tuple[Source, Arrangement]:
    source = parse(text)
    return source, arrange(source)


def test_a_joint_answer_moves_no_question() -> None:
    _, found = arranged(IN_TURN)
    (answer,) = found.answers
    assert rows(answer.pairs) == [(["1"], "1,3", True), (["2"], "2", False), (["3"], "1,3", False)]
    assert labels(answer.pairs[0].named) == ["1", "3"]


def test_questions_without_an_answer_stand_alone() -> None:
    _, found = arranged(FLEMISH.partition("VOORLOPIG")[0])
    (answer,) = found.answers
    assert rows(answer.pairs) == [(["1"], "", False), (["2"], "", False), (["3"], "", False)]
    assert (answer.head, answer.preamble) == (None, [])


def test_each_answer_has_its_own_head_and_items() -> None:
    source, found = arranged(FLEMISH)
    first, second = found.answers
    assert rows(first.pairs) == [(["1", "2", "3"], "", False)]
    assert rows(second.pairs) == [([], "1,3", False), ([], "2", False)]
    assert labels(second.pairs[0].named) == ["1", "3"]
    assert [head.split()[0] for head in told(source, filter(None, (first.head, second.head)))] == [
        "VOORLOPIG",
        "ANTWOORD",
    ]
    assert [(name, told(source, units)) for name, units in found.closing] == [
        ("signature", ["Hilde VOS Vlaams minister van Werk"])
    ]


def test_headings_below_the_title_are_no_part_of_the_question() -> None:
    text = (
        "Schriftelijke vraag nr. 7-12\n\nvan An De Smet (XY) d.d. 3 mei 2021\n\naan de minister van Werk\n\nPaden\n\n"
        "pad\nfiets\n\nChronologie\n\n3/5/2021 Verzending vraag\n\nVraag nr. 7-12 d.d. 3 mei 2021\n\nEr is een pad.\n\n"
        "1) Waar ?\n\n2) Wie ?\n\nAntwoord ontvangen op 4 juni 2021 :\n\n1) Hier.\n\n2) Wij.\n"
    )
    source, found = arranged(text)
    assert [told(source, [unit]) for unit in found.opening][-2:] == [
        ["3/5/2021 Verzending vraag"],
        ["Vraag nr. 7-12 d.d. 3 mei 2021"],
    ]
    assert "pad fiets" in told(source, found.opening)
    assert told(source, found.context) == ["Er is een pad."]


def test_what_follows_the_answer_goes_by_its_kind() -> None:
    text = "Question\n\nIs it so?(1)\n\nAnswer\n\nYes.\n\n(1) See the report.\n\n3\n\nAnnex 1: paths\n\nOne path.\n"
    source, found = arranged(text)
    assert [(name, told(source, units)) for name, units in found.closing] == [
        ("footnotes", ["(1) See the report."]),
        ("annex", ["Annex 1: paths", "One path."]),
    ]


def test_a_plain_text_is_opening_only() -> None:
    source, found = arranged("A report.\n\nIt has two lines.\n")
    assert not found.is_question
    assert told(source, found.opening) == ["A report.", "It has two lines."]
