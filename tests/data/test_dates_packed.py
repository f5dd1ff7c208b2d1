"""Days in digits alone, the year behind or short."""

import datetime as dt

import openpyxl
import pytest

from klantwaarde_xl.errors import Ambiguous, RowsRefused
from tests.data.exported import read, typed, write

__all__ = ["write"]

DAYS = [dt.date(2024, 1, 31), dt.date(2024, 2, 7), dt.date(2024, 11, 12), dt.date(2025, 3, 5)]


def rows(days):
    return "Datum;Klantnr;Bedrag\n" + "".join(f"{day};K{at % 2};{at}5,50\n" for at, day in enumerate(days))


def days(checked):
    return [row[1] for row in checked.rows()]


@pytest.mark.parametrize("form", ["%d%m%Y", "%d%m%y", "%m%d%Y", "%m%d%y", "%Y%m%d"])
def test_digits_alone_are_days_where_one_order_fits_all(write, form):
    assert days(read(write(rows(day.strftime(form) for day in DAYS)))) == DAYS


def test_a_year_in_front_of_two_digits(write):
    some = [dt.date(2026, 1, 31), dt.date(2026, 2, 1), dt.date(2026, 10, 27)]
    assert days(read(write(rows(day.strftime("%y%m%d") for day in some)))) == some


def test_a_workbook_takes_off_the_first_nought(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Datum", "Klantnr", "Bedrag"])
    for at, day in enumerate(DAYS):
        book.active.append([int(day.strftime("%d%m%Y")), f"K{at % 2}", at + 1.5])
    path = tmp_path / "kas.xlsx"
    book.save(path)
    assert days(read(path)) == DAYS


def test_digits_that_can_be_days_in_two_orders_are_asked_about(write):
    path = write(rows(["010203", "020304", "030405"]))
    with pytest.raises(Ambiguous, match="manieren te lezen"):
        read(path)
    assert days(typed(path, "--datumvolgorde dmj"))[0] == dt.date(2003, 2, 1)
    assert days(typed(path, "--datumvolgorde jmd"))[0] == dt.date(2001, 2, 3)


@pytest.mark.parametrize("odd", ["999999", "310226", "12,5"])
def test_numbers_of_which_one_is_no_day_are_none(write, odd):
    with pytest.raises(RowsRefused):
        read(write(rows(["310124", "070224", odd])))
