"""One grammar of Dutch numbers and dates: a cell and a column of a file read the same text."""

import datetime as dt
import itertools
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.data.reading.dates import read_dates
from klantwaarde_xl.data.reading.numbers import read_amounts, read_numbers
from klantwaarde_xl.data.reading.source import Source
from klantwaarde_xl.data.reading.text import TextColumn
from klantwaarde_xl.dutch import parse_date, parse_number
from klantwaarde_xl.errors import Ambiguous

TODAY = dt.date(2026, 11, 27)
CON = duckdb.connect()  # one for all, each text replaces the table
COLUMN = TextColumn("t", "got", "kolom", Source("test.csv"))

NUMBERS = {
    "1234": 1234.0,
    "1.234,56": 1234.56,
    "1,234.56": 1234.56,
    "1.234.567": 1234567.0,
    "1,234,567": 1234567.0,
    "12,5": 12.5,
    "12.50": 12.5,
    ",5": 0.5,
    "0,125": 0.125,
    "0.125": 0.125,
    "1234,125": 1234.125,
    "€ 12,50": 12.5,
    "12,50 €": 12.5,
    "12,50 EUR": 12.5,
    "12 euro": 12.0,
    "€ 12,50 EUR": 12.5,
    "eur 12,50": 12.5,
    "-€ 5": -5.0,
    "€ -5": -5.0,
    "€-5,00": -5.0,
    "−5": -5.0,
    "+5": 5.0,
    "5-": -5.0,
    "5,00 -": -5.0,
    "5- €": -5.0,
    "5 € -": -5.0,
    "(5)": -5.0,
    "(€ 5)": -5.0,
    "€ (5,00)": -5.0,
    "12,-": 12.0,
    "12.-": 12.0,
    "EUR .5": 0.5,
    "€ 1.234,-": 1234.0,
    "1234,-": 1234.0,
    "-12,-": -12.0,
    "1 234,50": 1234.5,
    "1\u202f234,50": 1234.5,
    "1'234.50": 1234.5,
    "1’234.50": 1234.5,
    "1\u00a0234": 1234.0,
    "–5": -5.0,
    ",125": 0.125,
    "-.125": -0.125,
    "1e3": 1000.0,
    "1,5E+3": 1500.0,
}
PERCENTAGES = {"12,5%": 0.125, "80 %": 0.8, "-5%": -0.05}
NO_NUMBERS = [
    "", "veel", "€", "%", "-", ",", ".", "(5", "5)", "(0.125", "(0.125,-", "+5-", "--5", "(-5)", "-5-", "5+-", "€€5", "€5€",
    "1€2", "5EUREUR", "1.234", "1,234", "12.345", "999,999", "€ 1.234", "12.345.6", "1,2,3", "1.23.456", "12,5,-", "1.234,",
    "1,234.", "1.234,5.6", "nan", "inf", "0x10", "1e", "e3", "12 eurocent", "EUR.5", "12,--", "-12,--", "1.234.-", "12 50", "1 2", "1 2345", "0 123", "1,5 000", "1 234.567,8", "5 €5", "1-2-2024", "1/2", "٣",
]  # fmt: skip
DATES = {
    "31-12-2024": dt.date(2024, 12, 31),
    "31/12/2024": dt.date(2024, 12, 31),
    "31.12.2024": dt.date(2024, 12, 31),
    "1-2-2024": dt.date(2024, 2, 1),
    "2/2/2024": dt.date(2024, 2, 2),
    "12/31/2024": dt.date(2024, 12, 31),
    "2024-12-31": dt.date(2024, 12, 31),
    "2024/12/31": dt.date(2024, 12, 31),
    "20241231": dt.date(2024, 12, 31),
    "2024-12-31T14:05:00": dt.date(2024, 12, 31),
    "2024-12-31 14:05": dt.date(2024, 12, 31),
    "2024-12-31T14:05:00+0100": dt.date(2024, 12, 31),
    "31-12-2024 14:05": dt.date(2024, 12, 31),
    "31-12-2024T14:05": dt.date(2024, 12, 31),
    "31 december 2024": dt.date(2024, 12, 31),
    "31 Dec. 2024": dt.date(2024, 12, 31),
    "31\u00a0december\u00a02024": dt.date(2024, 12, 31),
    " 31-12-2024 ": dt.date(2024, 12, 31),
}
NO_DATES = [
    "", "ooit", "2024", "31-2-2024", "32-1-2024", "31-12-24", "2024-13-01", "20241332", "2024-12/31", "31-12/2024", "31/12.2024",
    "01/02/2024", "13/13/2024", "2024-12-31 om vijf uur", "31-12-2024x",
]  # fmt: skip


def in_file(read, text, *more):
    """What a column of this one text gives; refused and in doubt are both None."""
    CON.execute("create or replace table raw as select 1 as rij, ? as t", [text])
    try:
        read(CON, COLUMN, None, *more)
    except Ambiguous:
        return None
    found = CON.execute("select v from got").fetchall()
    return found[0][0] if found else None


@pytest.mark.parametrize(("text", "number"), [*NUMBERS.items(), *PERCENTAGES.items()])
def test_a_number_is_read_in_a_cell_and_in_a_file(text, number):
    assert parse_number(text) == number
    assert in_file(read_numbers, text) == pytest.approx(number, rel=1e-15)


@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_an_amount_of_a_file_is_exactly_that_number(text, number):
    assert in_file(read_amounts, text) == Decimal(str(number))


@pytest.mark.parametrize("text", PERCENTAGES)
def test_a_percentage_is_no_amount_of_money(text):
    assert in_file(read_amounts, text) is None


@pytest.mark.parametrize("text", ["$ 5", "5 USD", "£5", "kr 5"])
def test_other_money_is_an_amount_of_a_file_and_no_number_for_who_would_add_it_up(text):
    assert in_file(read_amounts, text) == 5
    assert in_file(read_numbers, text) is None
    assert parse_number(text) is None


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_or_can_be_two_is_refused_by_both(text):
    assert parse_number(text) is None
    assert in_file(read_numbers, text) is None
    assert in_file(read_amounts, text) is None


@pytest.mark.parametrize(("text", "day"), DATES.items())
def test_a_date_is_read_in_a_cell_and_in_a_file(text, day):
    assert parse_date(text) == day
    assert in_file(read_dates, text, TODAY) == day


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_or_can_be_two_is_refused_by_both(text):
    assert parse_date(text) is None
    assert in_file(read_dates, text, TODAY) is None


# ── dressed at random ───────────────────────────────────────────────────────────────────────

DIGITS = ["5", "12,50", "0.125", "1.234", "1234", "1.234,5", "1,234.5", "1.234.567", ",5", "12,", "1e3", ""]
FRONT = ["", "-", "+", "(", "€", "€ -", "-€ ", "(€", "EUR ", "€(", "--"]
BEHIND = ["", "-", ")", ",-", ".-", ",--", "%", " €", " EUR", "€)", ")€", "- €", ",-)", "%)", "%-"]
DRESSED = ["".join(parts) for parts in itertools.product(FRONT, DIGITS, BEHIND)]


def test_every_way_to_dress_a_number_is_read_the_same_by_both_or_refused_by_both():
    for text in DRESSED:
        assert in_file(read_numbers, text) == pytest.approx(parse_number(text)), text


@given(st.text("0123456789.,-+()€%eE ' ,5", max_size=9))
def test_any_text_of_the_signs_of_numbers_is_read_the_same_by_both(text):
    assert in_file(read_numbers, text) == pytest.approx(parse_number(text))


@given(st.text("0123456789-/.T :2024", max_size=16))
def test_any_text_of_the_signs_of_dates_is_read_the_same_by_both(text):
    read = parse_date(text)
    if read is not None and not dt.date(1980, 1, 1) <= read <= TODAY:
        read = None  # a file refuses what can only be a typing error in the year
    found = in_file(read_dates, text, TODAY)
    assert found is None or found > TODAY or found == read
    assert (found is None or found > TODAY) == (read is None)
