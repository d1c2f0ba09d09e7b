"""Which amounts a sentence gives for which date: those that it pairs, and no others."""

from __future__ import annotations

import pytest

from fot_graph.text.finding.amounts import amounts
from fot_graph.text.finding.dates import moments
from fot_graph.text.finding.pairing import dated


@pytest.mark.parametrize(
    ("language", "text", "pairs"),
    [
        ("nl", "Tegen 2025 wil men 30 %.", ["30 2025"]),
        ("nl", "Het steeg van 10 % in 2019 tot 14 % in 2020.", ["10 2019", "14 2020"]),
        ("nl", "In 2022 € 3, in 2023 € 7.", ["3 2022", "7 2023"]),
        ("nl", "In 2019, 2020 en 2021 was het 1 %, 2 % en 3 %.", ["1 2019", "2 2020", "3 2021"]),
        ("nl", "In 2020 ging 5 euro naar A en 30 % naar B.", ["5 2020", "30 2020"]),
        ("nl", "Op 3 mei 2021 was 5 euro goed voor 2022, en 6 euro voor 2023.", ["6 2023"]),
        ("nl", "De 30 % van 2019 werd 40 % en later 50 %.", []),
        ("nl", "Het was 12 euro in 2020 en 2021.", []),
        ("nl", "2021 120 euro 4 %\n2022 98 euro 5 %", ["120 2021", "4 2021", "98 2022", "5 2022"]),
        ("en", "In 2023, it spent €2, compared to €1 in 2022.", ["2 2023", "1 2022"]),
        ("en", "It was £15 in 2022 and £16 in 2023.", ["15 2022", "16 2023"]),
        ("fr", "Ce fut 15 % en 2022 et 16 % en 2023.", ["15 2022", "16 2023"]),
    ],
)
def test_an_amount_has_the_date_that_its_sentence_pairs_it_with(language: str, text: str, pairs: list[str]) -> None:
    found = dated(text, amounts(text, language), moments(text))
    assert [f"{amount.value} {date.value}" for amount, date in found] == pairs
