"""Tables as CSV, so that no cell that somebody typed is run by a spreadsheet program."""

import csv
from collections.abc import Iterable

from django.http import HttpResponse

# A cell that begins so may be taken for a formula; with an apostrophe before it, it is text.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell(value: object) -> object:
    """Numbers as they are; text without anything to run."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.lstrip(" \u00a0").startswith(FORMULA) else value


def csv_response(
    name: str, header: Iterable[str], rows: Iterable[Iterable[object]]
) -> HttpResponse:
    """A file to keep; UTF-8 with a mark that spreadsheets know it by."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow([cell(str(one)) for one in header])
    for row in rows:
        writer.writerow([cell(one) for one in row])
    return response
