"""Amounts in invented sentences: value, upper end of a range, and unit."""

from __future__ import annotations

import pytest

from fot_graph.text.finding.amounts import amounts

SENTENCES = """
nl | 30 tot 45 % of 30 % tot 45 % | 30..45 % ; 30..45 %
nl | 10-15%, 10 – 15 %, tussen 10 en 20 procent | 10..15 % ; 10..15 % ; 10..20 %
nl | 15 % en 20 %, in 2016 en 50 % | 15 % ; 20 % ; 50 %
nl | 250.000 euro per bedrijf, € 1.234.567,89, 1 234 567 euro | 250000 EUR ; 1234567.89 EUR ; 1234567 EUR
nl | 5 miljoen euro, 1,2 mld. euro, twee miljoen euro, vijf procent | 5000000 EUR ; 1200000000 EUR ; 2000000 EUR ; 5 %
nl | 2 tot 3 miljoen euro, €5 tot €10 miljoen | 2000000..3000000 EUR ; 5000000..10000000 EUR
nl | 3 cent per minuut met een starttarief van 9,5 cent | 3 cent ; 9.5 cent
nl | 12,5 VTE, 120 km, 3 hectare, 2 procentpunten, -2,3 % | 12.5 FTE ; 120 km ; 3 ha ; 2 percentage point ; -2.3 %
nl | in 2016 488 vragen, 7 dagen, 12 maanden, 0900-8844, artikel 5, een euro-akkoord, 5k en 3m | none
nl | van 10 % in 2019 tot 14 % in 2020 | 10 % ; 14 %
nl | in 2022 € 350 miljoen en in 2023 £ 5 | 350000000 EUR ; 5 GBP
fr | 5 millions d'euros, 1 234,5 euros, 12 pour cent, entre 10 et 20 % | 5000000 EUR ; 1234.5 EUR ; 12 % ; 10..20 %
en | £3m, £1.2bn, $1,250.50, 77% by 2025 | 3000000 GBP ; 1200000000 GBP ; 1250.5 USD ; 77 %
en | 3 per cent, a million pounds | 3 % ; 1000000 GBP
en | between 10 and 20 per cent, 5 to 7 miles, €1,250 | 10..20 % ; 5..7 mile ; 1250 EUR
"""


@pytest.mark.parametrize("line", SENTENCES.strip().splitlines())
def test_amounts_have_their_value_and_unit(line: str) -> None:
    language, sentence, wanted = line.split(" | ")
    found = [
        f"{amount.value}{'..' if amount.upper else ''}{amount.upper} {amount.unit}"
        for amount in amounts(sentence.replace("–", "-"), language)
    ]
    assert found == ([] if wanted == "none" else wanted.split(" ; "))
