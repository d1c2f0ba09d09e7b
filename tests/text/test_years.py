"""Of which year a sentence gives a figure."""

from __future__ import annotations

import pytest

from fot_graph.text.years import other_year

TWO = "514 in 2018 and 37 in 2019"
COMPARED = "Compared to 2018, when there were 514, there were 37 in 2019."


@pytest.mark.parametrize(
    ("texts", "figure", "year", "other"),
    [
        ([TWO], "37", "2018", "2019"),
        ([TWO], "514", "2019", "2018"),
        (["In 2018 there were 514, and in 2019 37."], "37", "2018", "2019"),
        (["In 2018 there were 514, and in 2019 37."], "514", "2019", "2018"),
        (["Van 514 in 2018 naar 37 in 2019."], "37", "2018", "2019"),
        (["From 514 requests in 2018 to 37 in 2019."], "514", "2019", "2018"),
        (["De 514 en 2018 à 37 en 2019."], "37", "2018", "2019"),
        ([COMPARED], "514", "2019", "2018"),
        (["514 (2018), 37 (2019)"], "37", "2018", "2019"),
        (["In 2018 waren er 514. In 2019 waren dat er 37."], "37", "2018", "2019"),
        (["2018: 514; 2019: 37"], "514", "2019", "2018"),
        (["Jaar 2018 2019", "Gent 514 37"], "37", "2018", "2019"),
        (["Gent 514 37", "2018 2019"], "514", "2019", "2018"),
    ],
)
def test_a_figure_of_another_year_is_seen(texts: list[str], figure: str, year: str, other: str) -> None:
    language = "fr" if texts[0].startswith("De 514") else "nl" if "waren" in texts[0] or "Van" in texts[0] else "en"
    assert other_year(texts, language, [figure], year) == other
    assert other_year(texts, language, [figure], other) == ""


@pytest.mark.parametrize(
    ("text", "figure", "year"),
    [
        ("488 requests were made to the ombudsman in 2016.", "488", "2016"),
        ("In 2018 and 2019, 514 and 37 requests were made.", "37", "2018"),
        ("Tussen 2016 en 2018 waren er 514, in 2019 37.", "514", "2018"),
        ("In 2018 werden 514 dossiers ingediend, waarvan 37 in Gent.", "37", "2018"),
        ("In 2018 was er een budget. Het ging om 514.", "514", "2018"),  # its own sentence names no year
        ("2018 514 12,5 nvt", "514", "2018"),
        ("37 in 2018, en in 2019 ook 37.", "37", "2018"),
        ("niets", "37", "2018"),
        ("In 2019 waren er 37.", "37", "2018"),  # its year stands nowhere, which is told already
    ],
)
def test_a_figure_of_its_own_year_is_let_be(text: str, figure: str, year: str) -> None:
    assert other_year([text], "en" if "requests" in text else "nl", [figure], year) == ""
