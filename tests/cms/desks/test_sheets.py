"""Files to keep: what was typed stands in them, and none of it is run."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from cms.desks import sheets

SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", ' =HYPERLINK("http://evil.example")', "{=1}"]


def xlsx(header, rows) -> bytes:
    file = io.BytesIO()
    sheets.write_xlsx(file, header, rows)
    return file.getvalue()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("=1+1", "'=1+1"), ("\t=1", "'\t=1"), (" -1", "' -1"), ("a=1", "a=1"), (-1, -1), (None, "")],
)
def test_a_cell_that_a_spreadsheet_would_run_is_text(typed, kept):
    assert sheets.cell(typed) == kept


def test_csv_is_written_line_by_line_and_disarmed():
    rows = ([number, text] for number, text in enumerate(HOSTILE))
    answer = sheets.csv_response("list", ["Number", "=Text"], rows)
    assert answer["Content-Disposition"] == 'attachment; filename="list.csv"'
    assert answer.streaming
    read = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert read[0] == ["Number", "'=Text"]
    assert all(line[1].startswith(("'", "{")) for line in read[1:])


def xlsx_cells(content: bytes):
    """(type, what it says) of each cell, as the file itself has it."""
    book = zipfile.ZipFile(io.BytesIO(content))
    sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 our own
    return [
        (cell.get("t"), "".join(cell.itertext()), cell.find(f"{SPREADSHEET}f"))
        for cell in sheet.iter(f"{SPREADSHEET}c")
    ]


def test_xlsx_holds_texts_as_texts_and_no_formula_or_link():
    links = ["http://evil.example", "mailto:a@b.example", "x" * 40_000, "a\x07b"]
    rows = [[text] for text in HOSTILE + links]
    content = xlsx(["=Head"], rows)
    found = xlsx_cells(content)
    assert [kind for kind, _said, _formula in found] == ["inlineStr"] * (len(rows) + 1)
    assert all(formula is None for _kind, _said, formula in found)
    assert [said for _kind, said, _formula in found][:4] == ["=Head", *HOSTILE[:3]]
    assert b"hyperlink" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_numbers_are_numbers_and_days_are_read_alike_everywhere():
    row = [7, Decimal("1.50"), date(1850, 1, 2), datetime(2026, 1, 1, 12, tzinfo=UTC), None, ""]
    found = xlsx_cells(xlsx(["a"] * 6, [row]))[6:]
    assert [said for _kind, said, _formula in found][:3] == ["7", "1.50", "1850-01-02"]
    assert found[3][1].startswith("2026-01-01 ")
    assert len(found) == 4
