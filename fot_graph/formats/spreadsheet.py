"""Rows as an Excel workbook (Office Open XML, ISO/IEC 29500), whose cells are texts, numbers, truths and dates.

Needs openpyxl (`pip install 'fot-graph[xlsx]'`). The same rows give the same bytes.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO
from math import isfinite
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from fot_graph.core.errors import MissingLibraryError, UsageError
from fot_graph.core.escaping import check_xml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    Cell = str | int | float | bool | date | None

_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384  # of a sheet, with its header
_LONGEST = 32_767  # characters of a cell
_DIGITS = 15  # of a number that a spreadsheet keeps
_FIRST_YEAR = 1901  # spreadsheets disagree on the days of 1900, and have none before
_MONEY = "#,##0.00"  # with the separators of the reader's language
_WIDEST = 60  # characters that a column shows
_START = (1980, 1, 1, 0, 0, 0)  # the first time that a ZIP archive can tell


def workbook(header: Sequence[str], rows: Iterable[Sequence[Cell]], money: Collection[tuple[int, int]] = ()) -> bytes:
    """Give one sheet of rows below a header that stays in sight.

    `money` are the places (row, column) of numbers that are shown with two decimals. No text is run as a formula. What
    a spreadsheet would change has to come as a text (see `keeps`).

    Raises: `MissingLibraryError` without openpyxl; `UsageError` for more rows, columns or text in a cell than a sheet
    has room for, and for a character that it cannot hold.
    """
    try:
        from openpyxl import Workbook  # noqa: PLC0415  optional, and heavy
        from openpyxl.writer.excel import ExcelWriter  # noqa: PLC0415
    except ImportError:
        raise MissingLibraryError("workbook-needs", "openpyxl") from None
    made = Workbook()
    made.properties.created = made.properties.modified = datetime(*_START)  # noqa: DTZ001  without today's date
    sheet = made.worksheets[0]
    _check("workbook-columns", len(header), _MOST_COLUMNS)
    for number, row in enumerate([header, *rows], start=1):
        _check("workbook-rows", number, _MOST_ROWS)
        for column, value in enumerate(row, start=1):
            _put(sheet, number, column, value)
            if (number - 2, column - 1) in money:
                sheet.cell(number, column).number_format = _MONEY
    _style(sheet)
    content = BytesIO()
    ExcelWriter(made, _Archive(content, "w", ZIP_DEFLATED)).save()
    return content.getvalue()


class _Archive(ZipFile):
    """A ZIP archive that does not tell when its files were written."""

    def writestr(self, name: str | ZipInfo, data: str | bytes, *_: Any) -> None:  # type: ignore[override]  # noqa: ANN401
        """Add a file."""
        super().writestr(ZipInfo(str(name), _START), data, ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *_: Any) -> None:  # noqa: ANN401  as in zipfile
        """Add a file that stands on the disk."""
        with open(filename, "rb") as file:
            self.writestr(arcname, file.read())


def keeps(value: float | date, text: str) -> bool:
    """Tell whether a spreadsheet keeps a number or a date, written as `text`, as it is.

    >>> keeps(0.5, "0.5"), keeps(1e15, "1000000000000001"), keeps(date(1850, 1, 1), "1850-01-01")
    (True, False, False)
    """
    if isinstance(value, date):
        return value.year >= _FIRST_YEAR
    digits = re.sub(r"[eE].*|[^0-9]", "", text).strip("0")
    return len(digits) <= _DIGITS and isfinite(value)


def _put(sheet: Worksheet, row: int, column: int, value: Cell) -> None:
    cell = sheet.cell(row, column)
    if not isinstance(value, str):
        cell.value = value
    else:
        cell.value = _text(value)
        cell.data_type = "s"  # also where it begins as a formula does


def _text(text: str) -> str:
    """Write a text as the format has it: what reads as one of its own escapes, and carriage returns, are escaped."""
    _check("workbook-characters", len(text), _LONGEST)
    check_xml(text)
    return re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text).replace("\r", "_x000D_")


def _check(code: str, count: int, most: int) -> None:
    if count > most:
        raise UsageError(code, "choose-csv", count=most)


def _style(sheet: Worksheet) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415  as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    sheet.freeze_panes = "A2"
    for number, column in enumerate(sheet.iter_cols(), start=1):
        column[0].font = Font(bold=True)
        longest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[get_column_letter(number)].width = min(longest, _WIDEST) + 2
