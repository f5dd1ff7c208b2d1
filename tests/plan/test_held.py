"""What a table holds under the program's headers, read the same from every host."""

import datetime as dt

import pytest

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.plan.held import held_rows
from klantwaarde_xl.plan.plan import Contents, Table
from klantwaarde_xl.xlsx.values import DAYS_1904

HEADERS, DAYS = ("dag", "aantal", "woord"), ("dag",)
DAY = dt.date(2026, 3, 31)


def held(rows, headers=HEADERS, **more):
    return held_rows(Contents(tables={"tblBoek": Table(headers, rows)}, **more), "TBLBOEK", HEADERS, DAYS)


@pytest.mark.parametrize(
    ("cell", "behind"),
    [(46112.0, 0), (46112, 0), (46112.0 - DAYS_1904, DAYS_1904), (DAY, 0), (DAY, DAYS_1904),
     (dt.datetime(2026, 3, 31, 0, 0), 0)],
)  # fmt: skip
def test_a_day_is_a_date_however_a_host_gives_it(cell, behind):
    assert held([[cell, 2.0, "a"]], days_behind=behind) == [[DAY, 2.0, "a"]]


def test_columns_are_found_by_their_header_and_others_are_left():
    rows = held([["mijn notitie", "a", 2.0, 46112.0]], ("notitie", "Woord ", "AANTAL", "dag"))
    assert rows == [[DAY, 2.0, "a"]]


def test_a_column_that_is_not_there_is_empty():
    assert held([[46112.0, "a"]], ("dag", "woord")) == [[DAY, None, "a"]]


@pytest.mark.parametrize("cell", ["volgt", True, CellError.NA, -3.0, 1e12])
def test_what_is_no_day_stays_what_it_is(cell):
    assert held([[cell, 1.0, None]]) == [[cell, 1.0, None]]


def test_a_row_that_is_blank_under_the_programs_headers_is_none():
    rows = [[None, None, None, "notitie"], ["", None, "", None], [46112.0, None, None, None]]
    assert held(rows, (*HEADERS, "eigen")) == [[DAY, None, None]]


def test_without_the_table_there_are_no_rows():
    assert held_rows(Contents(), "tblBoek", HEADERS, DAYS) == []
