"""Dutch numbers and dates in text."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.dutch import date_to_serial, format_number, parse_date, parse_number, serial_to_date


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,56", 1234.56),
        ("€ 12,50", 12.5),
        ("12,5%", 0.125),
        ("-€ 5", -5.0),
        ("€ -5", -5.0),
        ("5-", -5.0),
        ("(5)", -5.0),
        ("1234", 1234.0),
        ("12.5", 12.5),
        ("1,234.50", 1234.5),
        (" 1 234,5 ", 1234.5),
        ("1e3", 1000.0),
        ("12,-", 12.0),
        (",5", 0.5),
    ],
)
def test_numbers_as_a_dutch_user_writes_them(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "veel", "1.234", "12.345.6", "1,2,3", "--5", "1-2-2024", "€", "%", "nan", "inf", "0x10"]
)
def test_what_is_no_number_or_can_be_two_is_refused(text):
    assert parse_number(text) is None


@given(st.floats(-1e12, 1e12, allow_nan=False).map(lambda x: round(x, 2)))
def test_a_written_number_reads_back(number):
    assert parse_number(format_number(number, 2)) == number


@pytest.mark.parametrize("text", ["01/02/2024", "31-12-24", "32-1-2024", "31-2-2024", "ooit", "2024", ""])
def test_what_is_no_date_or_can_be_two_is_refused(text):
    assert parse_date(text) is None


@given(st.dates(dt.date(1900, 3, 1), dt.date(9999, 12, 31)))
def test_dates_survive_text_and_day_numbers(day):
    assert parse_date(f"{day.day}-{day.month}-{day.year}") == day
    assert parse_date(day.isoformat()) == day
    assert serial_to_date(date_to_serial(day)) == day


def test_day_numbers_are_those_of_the_spreadsheet():
    assert date_to_serial(dt.date(2024, 12, 31)) == 45657
    assert date_to_serial(dt.datetime(2024, 12, 31, 12)) == 45657.5
