"""Real dates of which a spreadsheet in another language took the day for the month are never read in silence."""

import datetime as dt

import openpyxl
import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import read

MANGLED = [dt.date(2023, 9, 3), "17/03/2023", dt.date(2023, 11, 4), "28/04/2023", dt.date(2023, 6, 6)]
MEANT = ["2023-03-09", "2023-03-17", "2023-04-11", "2023-04-28", "2023-06-06"]


@pytest.fixture
def sheet(tmp_path):
    def _sheet(days, number_format=None):
        book = openpyxl.Workbook()
        page = book.active
        page.append(["Besteldatum", "Klantnr", "Bedrag"])
        for at, day in enumerate(days):
            page.append([day, f"k{at}", 10.5 + at])
        for row in page.iter_rows(min_row=2, max_col=1):
            if number_format and not isinstance(row[0].value, str):
                row[0].number_format = number_format
        path = tmp_path / "export.xlsx"
        book.save(path)
        return path

    return _sheet


def days_of(path, **reading):
    return [str(row[1]) for row in read(path, **reading).rows()]


@pytest.mark.slow
@pytest.mark.parametrize("number_format", [None, "General"])
def test_real_dates_beside_texts_that_could_not_be_one_are_a_question(sheet, number_format):
    path = sheet(MANGLED, number_format)
    with pytest.raises(Ambiguous, match="echte datums") as asked:
        read(path)
    assert "9 maart 2023" in asked.value.remedy or "11 april 2023" in asked.value.remedy
    assert days_of(path, date_order="verwisseld") == MEANT


@pytest.mark.slow
def test_that_the_real_dates_are_right_can_be_answered_too(sheet):
    assert days_of(sheet(MANGLED), date_order="dmj") == [
        "2023-09-03", "2023-03-17", "2023-11-04", "2023-04-28", "2023-06-06"
    ]  # fmt: skip


@pytest.mark.slow
def test_a_month_first_export_in_a_dutch_spreadsheet_is_the_same_question(sheet):
    path = sheet([dt.date(2023, 3, 9), dt.date(2023, 3, 10), "04/28/2023 10:15"])
    with pytest.raises(Ambiguous, match="echte datums") as asked:
        read(path)
    assert "--datumvolgorde mdj" in asked.value.remedy
    assert days_of(path, date_order="verwisseld") == ["2023-09-03", "2023-10-03", "2023-04-28"]


@pytest.mark.slow
def test_a_real_date_past_the_twelfth_shows_that_none_changed_places(sheet):
    assert days_of(sheet([dt.date(2023, 9, 3), dt.date(2023, 9, 23), "17/03/2023"]))[2] == "2023-03-17"


def test_a_text_that_could_have_been_a_date_shows_it_too(sheet):
    assert (
        days_of(sheet([dt.date(2023, 9, 3), dt.date(2023, 9, 4), "05/03/2023", "17/03/2023"]))[2]
        == "2023-03-05"
    )


@pytest.mark.slow
def test_one_real_date_shows_nothing(sheet):
    assert days_of(sheet([dt.date(2023, 9, 3), "17/03/2023"])) == ["2023-09-03", "2023-03-17"]


@pytest.mark.slow
def test_months_in_words_beside_real_dates_are_no_question(sheet):
    assert days_of(sheet([dt.date(2023, 9, 3), dt.date(2023, 9, 4), "17 maart 2023"]))[2] == "2023-03-17"
