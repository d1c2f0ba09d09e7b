"""Rows as an Excel workbook: what a spreadsheet shows is what the answer has."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from fot_graph.api import Graph, load
from fot_graph.core.errors import UsageError
from fot_graph.formats import results, spreadsheet

if TYPE_CHECKING:
    from datetime import date


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def read(content: bytes) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    cells = ([cell.value for cell in row] for row in sheet.iter_rows())
    return [[unescape(value) if isinstance(value, str) else value for value in row] for row in cells]


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ("1.5", 1.5),
        ("28433.60", 28433.6),
        ("123456789012345", 123456789012345),
        ("1234567890123456", "1234567890123456"),
        ("0.1234567890123456", "0.1234567890123456"),
        ("true", True),
        ("'2019-03-21'^^xsd:date", datetime(2019, 3, 21)),  # noqa: DTZ001  as spreadsheets have it
        ("'1850-01-01'^^xsd:date", "1850-01-01"),
        ("'2019-03-21+01:00'^^xsd:date", "2019-03-21+01:00"),
        ("'\u0661'^^xsd:integer", "\u0661"),
        ("'1_0'^^xsd:integer", "1_0"),
        ("'many'^^xsd:integer", "many"),
        ("'INF'^^xsd:double", "INF"),
        ("1.10000000000000001", "1.10000000000000001"),
        ("1000000000000000000", 10**18),
        ("'=1+1'", "=1+1"),
        ("'@SUM(A1)'", "@SUM(A1)"),
        ("'1.50'", "1.50"),
        ("'a_x000D_b'", "a_x000D_b"),
        ("'a\\r\\n\\tb '", "a\r\n\tb "),
        ("id:vdab", "VDAB"),
    ],
)
def test_a_cell_has_the_value_of_the_term(graph: Graph, term: str, value: object) -> None:
    answer = graph.query(f"SELECT ?x {{ VALUES ?x {{ {term} }} }}")
    assert read(results.workbook(answer, "nl")) == [["x"], [value]]


def test_with_quotes_there_is_one_more_column(graph: Graph) -> None:
    answer = graph.query("SELECT ?evidence { doc:vp-sv-2019-2020-358\\/finding-little-steering fot:informs ?evidence }")
    header, row = read(results.workbook(answer, "nl", quotes=True, headings=["thema"]))
    assert header == ["thema", "evidence_2"]
    assert row[0] == "het Focus op Talent-beleid meer inhoudelijke richting geven"
    assert "te weinig aansturing" in row[1]


@pytest.mark.parametrize("truth", ["true", "false"])
def test_a_truth_is_a_cell(graph: Graph, truth: str) -> None:
    assert read(results.workbook(graph.query(f"ASK {{ FILTER({truth}) }}"), "en")) == [["answer"], [truth == "true"]]


def test_the_same_rows_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = spreadsheet.workbook(["x"], [["a"]])
    monkeypatch.setattr("time.time", lambda: 10**9)
    monkeypatch.setattr("time.localtime", lambda *_: (2001, 9, 9, 1, 46, 40, 0, 0, 0))
    assert spreadsheet.workbook(["x"], [["a"]]) == first


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["a" * 32_768]], "no room for more than 32,767 characters in a cell"),
        ([["\x01"]], r"cannot hold the character U\+0001"),
        ([["\ufffe"]], r"cannot hold the character U\+FFFE"),
    ],
)
def test_what_has_no_room_is_refused(rows: list[list[str | date]], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        spreadsheet.workbook(["x"], rows)


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "_MOST_ROWS", 3)
    assert spreadsheet.workbook(["x"], [["a"]] * 2)
    with pytest.raises(UsageError, match="no room for more than 3 rows"):
        spreadsheet.workbook(["x"], [["a"]] * 3)
