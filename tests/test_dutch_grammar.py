"""One grammar of Dutch numbers and dates: a cell and a column of a file read the same text."""

import datetime as dt
import itertools
import re
from decimal import Decimal

import duckdb
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from klantwaarde_xl.data.reading.cells.dates import read_dates
from klantwaarde_xl.data.reading.cells.numbers import read_amounts, read_numbers
from klantwaarde_xl.data.reading.sources.source import Source
from klantwaarde_xl.data.reading.sources.text import TextColumn
from klantwaarde_xl.dutch import bare_date, date_readings, parse_date, parse_number
from klantwaarde_xl.errors import Ambiguous
from tests.examples import times

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
    "12,--": 12.0,
    "-12,--": -12.0,
    "1.234,=": 1234.0,
    "1e3": 1000.0,
    "1,5E+3": 1500.0,
}
PERCENTAGES = {"12,5%": 0.125, "80 %": 0.8, "-5%": -0.05}
NO_NUMBERS = [
    "", "veel", "€", "%", ",", ".", "(5", "5)", "(0.125", "(0.125,-", "+5-", "--5", "(-5)", "-5-", "5+-", "€€5", "€5€",
    "1€2", "5EUREUR", "1.234", "1,234", "12.345", "999,999", "€ 1.234", "12.345.6", "1,2,3", "1.23.456", "12,5,-", "1.234,",
    "1,234.", "1.234,5.6", "nan", "inf", "0x10", "1e", "e3", "12 eurocent", "EUR.5", "12,---", "12,--)", "12,=-", "12=", "1.234.-", "12 50", "1 2", "1 2345", "0 123", "1,5 000", "1 234.567,8", "5 €5", "1-2-2024", "1/2", "٣",
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
    "31 12 2024": dt.date(2024, 12, 31),
    "2024.12.31": dt.date(2024, 12, 31),
    "31 - 1 - 2024": dt.date(2024, 1, 31),
    "1-2-24": dt.date(2024, 2, 1),
    "1.2.'24": dt.date(2024, 2, 1),
    "12/31/99": dt.date(1999, 12, 31),
    "99-12-31": dt.date(1999, 12, 31),
    "11-Feb-2013": dt.date(2013, 2, 11),
    "11-Feb-13": dt.date(2013, 2, 11),
    "13-Feb-11": dt.date(2011, 2, 13),
    "95-Feb-11": dt.date(1995, 2, 11),
    "11FEB2013": dt.date(2013, 2, 11),
    "Feb 11, 2013": dt.date(2013, 2, 11),
    "feb-11-13": dt.date(2013, 2, 11),
    "2013 Feb 11": dt.date(2013, 2, 11),
    "2013-Feb-11": dt.date(2013, 2, 11),
    "15th of March 2024": dt.date(2024, 3, 15),
    "15. März 2024": dt.date(2024, 3, 15),
    "1er août 2024": dt.date(2024, 8, 1),
    "1e mei '24": dt.date(2024, 5, 1),
    "ma 15 jan. 2024": dt.date(2024, 1, 15),
    "Monday, January 15, 2024": dt.date(2024, 1, 15),
    "vr. 15-03-2024": dt.date(2024, 3, 15),
}
NO_DATES = [
    "", "ooit", "2024", "31-2-2024", "32-1-2024", "01-02-03", "26-12-24", "2024-13-01", "20241332", "2024-12/31", "31-12/2024", "31/12.2024",
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


@pytest.mark.parametrize("text", ["-/- 5,50", "-/-5,50", "€ -/- 5,50", "5,50 -/-", "-/- € 5,50"])
def test_a_minus_of_bookkeepers_is_one(text):
    assert parse_number(text) == -5.5
    assert in_file(read_amounts, text) == -Decimal("5.5")


@pytest.mark.parametrize("text", ["-/-", "-/- -5", "5/5", "-/5", "/-5"])
def test_other_strokes_are_no_minus(text):
    assert parse_number(text) is None
    assert in_file(read_amounts, text) is None


def test_a_dash_by_itself_is_nought_in_a_column_of_money_and_no_number_elsewhere():
    assert in_file(read_amounts, "-") == 0
    assert in_file(read_numbers, "-") is None
    assert parse_number("-") is None


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
BEHIND = [
    "",
    "-",
    ")",
    ",-",
    ".-",
    ",--",
    ",=",
    ",---",
    "%",
    " €",
    " EUR",
    "€)",
    ")€",
    "- €",
    ",-)",
    "%)",
    "%-",
]
EVERY = 13 // times(
    1, more=13
)  # no list is as long as a multiple of it, so each part is there, beside others
DRESSED = ["".join(parts) for parts in itertools.product(FRONT, DIGITS, BEHIND)][::EVERY]


@pytest.mark.slow
def test_every_way_to_dress_a_number_is_read_the_same_by_both_or_refused_by_both():
    for text in DRESSED:
        assert in_file(read_numbers, text) == pytest.approx(parse_number(text)), text


@pytest.mark.slow
@given(st.text("0123456789.,-+()€%eE ' ,5", max_size=9))
def test_any_text_of_the_signs_of_numbers_is_read_the_same_by_both(text):
    assert in_file(read_numbers, text) == pytest.approx(parse_number(text))


@pytest.mark.slow
@given(st.text("0123456789-/.T :2024", max_size=16))
def test_any_text_of_the_signs_of_dates_is_in_a_file_what_it_is_in_a_cell(text):
    assume(not re.fullmatch(r"[0-9.]+", text.strip()))  # numbers have a meaning in columns only
    read = parse_date(text)
    found = in_file(read_dates, text, TODAY)
    if read is not None and 1980 <= read.year <= TODAY.year + 1:
        assert found == read
    elif found is not None:  # the years that a file can hold leave one reading
        assert {day for day in date_readings(bare_date(text)).days if day.year <= TODAY.year + 1} == {found}


WRITTEN = [
    "31-12-2024",
    "12/31/2024",
    "2024-12-31",
    "31 december 2024",
    "Dec. 31, 2024",
    "di 31.12.'24",
    "20241231",
]
TIMES = [
    " 8:26", " 08:26:00", " 08:26:00.000", ", 14:05", ",14:05", "T23:30:00Z", "T23:30:00+02:00", " 23:30:00 +0100",
    " 23:30 UTC", " 23:30 CET", " 11:59:00 PM", " 12:01 AM", " 4:05 p.m.", " 4:05\u202fPM", " 4 pm", " 14.05", " 14:05 uur",
    " om 14.05 uur", " 14u05", " at 4:05 PM", " 14:05 [Europe/Amsterdam]", " 14:05:00 GMT+0100 (Midden-Europese tijd)",
    " 10:00 - 11:00", "  0:00",
]  # fmt: skip


@pytest.mark.parametrize("time", [*TIMES, "T1030", " 103000"])
def test_a_time_behind_a_date_leaves_the_date_as_written(time):
    for text in WRITTEN if time in TIMES else WRITTEN[-1:]:
        assert parse_date(text + time) == dt.date(2024, 12, 31)
        assert in_file(read_dates, text + time, TODAY) == dt.date(2024, 12, 31)


@pytest.mark.parametrize("text", ["202412311030", "20241231103000", "20241231T103000Z", "2024-12-31+01:00"])
def test_a_date_that_runs_on_into_its_time_is_read(text):
    assert parse_date(text) == dt.date(2024, 12, 31)
    assert in_file(read_dates, text, TODAY) == dt.date(2024, 12, 31)


NAMES = {
    1: "januari jan January JAN. janvier Januar", 2: "februari feb February Feb. février", 3: "maart mrt March Mar. mars März",
    4: "april apr April avril", 5: "mei May mai", 6: "juni jun June juin", 7: "juli jul July juillet",
    8: "augustus aug August août", 9: "september sep Sept. septembre", 10: "oktober okt October Oct octobre",
    11: "november nov November novembre", 12: "december dec December Dez. décembre",
}  # fmt: skip


@pytest.mark.parametrize("number", NAMES)
def test_a_month_has_its_names_in_four_languages(number):
    for name in NAMES[number].split():
        assert parse_date(f"7 {name} 2024") == dt.date(2024, number, 7)
        assert parse_date(f"{name} 7, 2024") == dt.date(2024, number, 7)


@pytest.mark.parametrize(
    "text", ["31-2-24", "11-Foo-13", "31 juni 2024", "Feb 45, 13", "1e kwartaal 2024", "45-Feb-99"]
)
def test_a_day_that_does_not_exist_is_no_date(text):
    assert parse_date(text) is None
    assert in_file(read_dates, text, TODAY) is None
