"""Where words begin and end, and which figures are whole."""

from __future__ import annotations

import pytest

from fot_graph.text.edges import divided_words, is_whole_figure, word_bounds


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in zip(*word_bounds(text), strict=True)]


@pytest.mark.parametrize(
    "word",
    [
        *("514", "28.433,60", "1.234.567", "1\u202f234", "12\u00a0345\u00a0678,50", "-5", "+3,2", "12%"),
        *("€500", "500€", "€ 500", "500\u00a0€", "12 %", "1⁄4"),
        *("3/05/2021", "30-09-2020", "2019–2024", "14:30", "2019-358", "2019/24", "2019/A", "B2-niveau", "3-jarig"),
        *("https://www.werk.be/een_twee?x=1&y=2", "https://x.be/focus-op-\ntalent", "www.vlaanderen.be"),
        *("vlaanderen.be", "herorie\u0308ntering", "ﬁets"),
        *("jan.peeters2@example.org", "viona-onderzoek", "viona-\nonderzoek", "viona\u2011onderzoek", "KPI’s", "KPI's"),
        *("l’emploi", "m.b.t", "R&D", "werk\u00adzaam", "werk\u00ad\nzaam", "werk\u200bzaam"),
        *("een_twee", "m²", "aaneengeschrevenwoord"),
        *("1 000", "12 345 678,50", "2 ½", "2½", "2 1/2", "3¾", "10^6", "3×5", "5 miljoen", "5 mln", "5 miljoen euro"),
        *("5\n%", "5\n  miljoen", "5 procent", "5 pct", "500 euro", "EUR 500", "£ 5", "¥5", "10 km/u", "20 euro/maand"),
        *("100 m²", "10°C", "10 °C", "5%-10%", "100%ig", "10%-regel", "€5-€10", "2019-’20", "55+", "55+ers"),
        *("< 5", "≤5", "≥ €5", "±5", "~5", "–5", "‑5", "€-5", "€ -5", "3 bis", "12°bis", "’s", "'t"),
        *("project(en)", "on(der)wijs", "(on)gelijk", "(her)oriëntering", "C++"),
        *("12 tot 15 miljoen euro", "5 à 6 %", "€ 12 à 15 miljoen", "40 u/week", "2,3 %-punt", "50+'ers"),
        *("werk.be/focus/op", "https://nl.wikipedia.org/wiki/Talent_(begrip)"),
    ],
)
def test_what_joins_belongs_to_the_word(word: str) -> None:
    text = f"Zie ({word}) voor {word}, of {word}."
    assert found(text) == ["Zie", word, "voor", word, "of", word]
    start = text.index(word)
    for at in range(start + 1, start + len(word)):
        if text[at - 1] not in "\u200b\u00ad" and text[at] not in "\u200b\u00ad":
            assert divided_words(text, 0, at) == divided_words(text, at, len(text)) == [(start, start + len(word))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in- en uitvoer", ["in", "en", "uitvoer"]),
        ("inspannings-\nnaar resultaat", ["inspannings", "naar", "resultaat"]),
        ("beleid.Hierin", ["beleid", "Hierin"]),
        ("3-7.Momenteel", ["3-7", "Momenteel"]),
        ("beleid - hervorming", ["beleid", "hervorming"]),
        ("well—known", ["well", "known"]),
        ("2016\u00a0443", ["2016", "443"]),
        ("30\u00a0september", ["30", "september"]),
        ("ja,nee", ["ja", "nee"]),
        ("5 € 6", ["5", "€ 6"]),
        ("heeft _niet_\n_geïnformeerd_.", ["heeft", "niet", "geïnformeerd"]),
        ("ja/nee", ["ja", "nee"]),
        ("nr.358", ["nr", "358"]),
        ("2016 443 707.315,48", ["2016", "443", "707.315,48"]),
        ("‘ja’ en “nee”", ["ja", "en", "nee"]),
        ("artikel 3 ter uitvoering", ["artikel", "3", "ter", "uitvoering"]),
        ("14 514 25", ["14", "514", "25"]),
        ("beleid (zie bijlage)", ["beleid", "zie", "bijlage"]),
        ("\n> 5 dossiers\n- 5 dossiers", ["5", "dossiers", "5", "dossiers"]),
        ("12 uren 5 euromunten", ["12 uren", "5", "euromunten"]),
        ("in 2019 m.b.t. 5 m.i.v. 18 t/m 64", ["in", "2019", "m.b.t", "5", "m.i.v", "18", "t", "m", "64"]),
        ("in 2019 Frank en 5 Ton", ["in", "2019", "Frank", "en", "5", "Ton"]),
        ("Budget 2019 - 5 euro", ["Budget", "2019", "5 euro"]),
        ("18 tot 64 jaar en 5 - 6 euro", ["18", "tot", "64", "jaar", "en", "5 - 6 euro"]),
        ("goed/slecht en 5 mln.", ["goed", "slecht", "en", "5 mln"]),
    ],
)
def test_what_does_not_join_ends_the_word(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_the_edge_of_a_unit_is_the_edge_of_a_word() -> None:
    assert divided_words("3-7Momenteel loopt", 3, 18) == [(0, 12)]
    assert divided_words("3-7Momenteel loopt", 3, 18, {3}) == []


@pytest.mark.parametrize(
    "unit",
    ["a", "1.a.", "a-\n", "-\n", "1\u00a0234", "a@", "https://", "a'", "\u00ad\n", "1 000 ", "5\n", "(a", "€", "a.b/"],
)
def test_long_words_take_no_more_than_their_length(unit: str) -> None:
    text = f"{unit * (200_000 // len(unit))} einde"
    assert found(text)[-1].endswith("einde")


@pytest.mark.parametrize(
    ("text", "figure", "whole"),
    [
        *(("514 dossiers", "14", False), ("514 dossiers", "51", False), ("514 dossiers", "514", True)),
        *(("28.433,60", "28.433", False), ("28.433,60", "433,60", False), ("1.234", "234", False)),
        *(("2019-358", "2019", False), ("2019-358", "358", False), ("2019/24", "2019", False)),
        ("24/2019", "2019", False),
        *(("2019-2024", "2019", True), ("2019-2024", "2024", True), ("5-10%", "5", True), ("5-10%", "10", True)),
        *(("(98-105)", "98", True), ("358-2019", "358", False), ("2019-20", "2019", False), ("3-05", "3", False)),
        *(("30-09-2020", "2020", False), ("3/05/2021", "2021", False), ("14:30", "14", False), ("v1.2", "2", False)),
        *(("12-14 maart 2020", "14 maart 2020", True), ("21 maart 2019-358", "21 maart 2019", False)),
        *(("20-jarige", "20", True), ("5/maand", "5", True), ("2019-A", "2019", False), ("COVID-19", "19", False)),
        *(
            ("5 miljoen", "5", False),
            ("5,5 mln", "5,5", False),
            ("5 a\u0300 6 miljoen", "5", False),
            ("5 M€", "5", False),
        ),
        *(("3 bis", "3", False), ("10^6", "10", False), ("3×5", "5", False), ("€-5", "5", False), ("5 ‰", "5", False)),
        *(("2 1/2", "2", False), ("2019-'20", "20", False), ("2019 1/2", "2019", True), ("5 miljonairs", "5", True)),
        *(("2019 Mia", "2019", True), ("2019 - 5 mln", "2019", True), ("12 - 15 mln", "12", False)),
        *(("-5", "5", False), ("van -5 tot", "5", False), ("- 5 dossiers", "5", True), ("€500", "500", True)),
        *(("15%", "15", True), ("nr. 358.", "358", True), ("m2", "2", False), ("1'234", "234", False)),
    ],
)
def test_a_figure_is_whole_or_not(text: str, figure: str, *, whole: bool) -> None:
    start = text.index(figure)
    assert is_whole_figure(text, start, start + len(figure)) == whole
