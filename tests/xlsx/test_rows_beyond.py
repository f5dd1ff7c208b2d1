"""Rows that stand apart under a table and look like its rows are found; what is something else is not."""

import io
from datetime import date

import pytest
import xlsxwriter

from klantwaarde_xl.xlsx.package import Package
from klantwaarde_xl.xlsx.rows_beyond import beyond

ROW = ("Cees", date(2026, 3, 4), 30)


def under(rows, *, totals=False, more=None, body=(("Anna", date(2026, 1, 2), 10.0),)):
    """`tbl` from B3 with one row in it, then these rows from row 5 on, None for an empty one."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd-mm-yyyy"})
    sheet = made.add_worksheet("Gegevens")
    columns = [{"header": name} for name in ("klant", "datum", "bedrag")]
    bottom = 2 + len(body) + totals
    sheet.add_table(2, 1, bottom, 3, {"name": "tbl", "columns": columns, "total_row": totals})
    for at, row in [*enumerate(body, 3), *enumerate(rows, bottom + 1)]:
        for column, value in enumerate(row or (), 1):
            if isinstance(value, date):
                sheet.write_datetime(at, column, value)
            elif value is not None:
                sheet.write(at, column, value)
    if more:
        more(sheet)
    made.close()
    return beyond(Package.from_bytes(out.getvalue()).structure, ["TBL", "tblWeg"])


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([], {}),
        ([ROW], {"tbl": 5}),
        ([None, ROW], {"tbl": 6}),
        ([None, None, ROW, ROW], {"tbl": 7}),
        ([None, ("Totaal", None, 10), None, ROW], {"tbl": 8}),
        ([None, ("klant", "datum", "bedrag"), ROW], {"tbl": 7}),
        ([None, ("Totaal", None, 10)], {}),
        ([None, ("let op", "zie", "mail")], {}),
        ([None, (None, date(2026, 3, 4), 30)], {}),
        ([None, ("Totaal", date(2026, 3, 4), "=SUM(D4:D4)")], {}),
        ([None, ("Cees", date(2026, 3, 4), "=3*10")], {"tbl": 6}),
    ],
)
def test_only_a_row_with_the_kinds_of_the_table_is_found(rows, found):
    assert under(rows) == found


def test_a_totals_row_ends_the_table():
    assert under([None, ROW], totals=True) == {}


def test_rows_of_another_table_and_merged_cells_are_something_else():
    def other(sheet):
        sheet.add_table(5, 1, 7, 3, {"name": "tblAnder", "header_row": False, "data": [ROW]})

    assert under([None, ROW], more=other) == {}
    assert under([None, ROW, None, None, ROW], more=other) == {"tbl": 9}
    assert under([None], more=lambda sheet: sheet.merge_range("B6:D6", "Cees")) == {}


def test_a_table_without_a_row_says_nothing_of_what_its_rows_are():
    assert under([None, ROW], body=((None, None, None),)) == {}
