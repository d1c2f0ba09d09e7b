"""How Dutch, French and English write a value."""

from __future__ import annotations

import pytest
from packaged import expand
from pyoxigraph import Literal, NamedNode

from fot_graph.validation.written_forms import written_forms


@pytest.mark.parametrize(
    ("value", "datatype", "forms"),
    [
        ("443", "xsd:integer", ["443"]),
        (
            "120000",
            "xsd:integer",
            ["120.000", "120000", "120 duizend", *(f"0,12 {word}" for word in ("miljoen", "mln.", "mln", "mio"))],
        ),
        ("2024-03", "xsd:gYearMonth", ["maart 2024"]),
        ("-5", "xsd:integer", ["-5"]),
        ("+007", "xsd:integer", ["7"]),
        ("0", "xsd:nonNegativeInteger", ["0"]),
        ("28433.60", "xsd:decimal", ["28.433,60", "28433,60", "28.433,6", "28433,6"]),
        ("28433.6", "xsd:decimal", ["28.433,60", "28433,60", "28.433,6", "28433,6"]),
        ("0.5", "xsd:decimal", ["0,50", "0,5"]),
        ("1500", "xsd:decimal", ["1.500", "1500", "1.500,00", "1500,00", "1,5 duizend"]),
        (
            "2019-11-21",
            "xsd:date",
            ["21 november 2019", "21ste november 2019", "21/11/2019", "21-11-2019", "21.11.2019"],
        ),
        ("--09-30", "xsd:gMonthDay", ["30 september", "30ste september"]),
        ("2017", "xsd:gYear", ["2017"]),
        ("P3Y", "xsd:duration", ["3 jaar", "3 jaren", "drie jaar", "drie jaren", "36 maanden", "36 maand"]),
        ("P1Y6M", "xsd:duration", ["18 maanden", "18 maand"]),
        ("P12M", "xsd:duration", ["12 maanden", "12 maand"]),
        ("true", "xsd:boolean", []),
        ("de  komende\n maanden", "xsd:string", ["de komende maanden"]),
        ("2019-13-21", "xsd:date", ["2019-13-21"]),
        ("veel", "xsd:integer", ["veel"]),
    ],
)
def test_a_value_is_written_as_dutch_writes_it(value: str, datatype: str, forms: list[str]) -> None:
    assert written_forms(Literal(value, datatype=NamedNode(expand(datatype)))) == forms


@pytest.mark.parametrize(
    ("value", "datatype", "language", "forms"),
    [
        ("120000", "xsd:integer", "fr", ["120.000", "120000"]),
        ("85000000", "xsd:integer", "fr", ["85.000.000", "85 millions"]),
        ("6500000", "xsd:integer", "en", ["6,500,000", "6.5 million"]),
        ("2031-11", "xsd:gYearMonth", "en", ["November 2031"]),
        ("120000", "xsd:integer", "en", ["120,000", "120000"]),
        ("28433.6", "xsd:decimal", "en", ["28,433.60", "28433.60", "28,433.6", "28433.6"]),
        ("0.5", "xsd:decimal", "fr", ["0,50", "0,5"]),
        ("2019-03-01", "xsd:date", "fr", ["1 mars 2019", "1er mars 2019", "01/03/2019", "01/3/2019", "1/03/2019"]),
        ("2019-08-02", "xsd:date", "en", ["2 August 2019", "August 2, 2019", "August 2 2019", "2nd August 2019"]),
        ("--09-30", "xsd:gMonthDay", "en", ["30 September", "September 30", "September 30", "30th September"]),
        ("P3Y", "xsd:duration", "fr", ["3 ans", "3 an", "3 années", "3 année", "trois ans"]),
        ("P2W", "xsd:duration", "en", ["2 weeks", "2 week", "two weeks", "two week"]),
        ("443", "xsd:integer", "de", ["443"]),
    ],
)
def test_a_value_is_written_as_its_language_writes_it(
    value: str, datatype: str, language: str, forms: list[str]
) -> None:
    found = written_forms(Literal(value, datatype=NamedNode(expand(datatype))), language)
    assert found[0] == forms[0]
    assert set(forms) <= set(found)
