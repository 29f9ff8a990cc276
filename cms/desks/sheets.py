"""Tables to take along, as CSV or XLSX, with nothing in them that a program would run.

In CSV a text that looks like a formula gets an apostrophe before it. In XLSX every text is stored
as a text, which no program calculates, so that it stands there as it was typed.
"""

import csv
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from xlsxwriter import Workbook

# A cell that begins so may be taken for a formula; with an apostrophe before it, it is text.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST_CELL = 32_767
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AS_TYPED = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def cell(value: object) -> object:
    """Numbers as they are; text without anything to run."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.lstrip(" \u00a0").startswith(FORMULA) else value


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value):
        return value


def csv_lines(header: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The lines of a CSV file, with the mark that spreadsheets know UTF-8 by."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([cell(str(one)) for one in header])
    for row in rows:
        yield writer.writerow([cell(_plain(one)) for one in row])


def csv_response(name: str, header: Iterable, rows: Iterable[Iterable]) -> StreamingHttpResponse:
    """A CSV file to keep, sent as it is written."""
    lines = csv_lines(header, rows)
    return _to_keep(
        StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), f"{name}.csv"
    )


def xlsx_response(name: str, header: Iterable, rows: Iterable[Iterable]) -> FileResponse:
    """An XLSX file to keep; written row by row to a file that is gone afterwards."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    write_xlsx(file, header, rows)
    file.seek(0)
    return _to_keep(FileResponse(file, content_type=XLSX), f"{name}.xlsx")


def write_xlsx(file, header: Iterable, rows: Iterable[Iterable]) -> None:
    """Writes one sheet; of its rows only the one in hand is held in memory."""
    book = Workbook(file, AS_TYPED)
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    for column, said in enumerate(header):
        sheet.write_string(0, column, str(said), bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, number, column, _plain(value))
    book.close()


def _write(sheet, row: int, column: int, value) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool | int | float | Decimal):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value)[:LONGEST_CELL])


def _plain(value: object) -> object:
    """Days and moments as everybody reads them alike, in the newsroom's time zone."""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | Decimal):
        return value
    return str(value)


def _to_keep(response: HttpResponse, filename: str):
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
