"""Columns of dates: every usual form read right, at once or after one question."""

import calendar
import datetime as dt
import re
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.cells.dates import complaint, read_dates, read_months
from klantwaarde_xl.data.reading.files import read_transactions, transactions_from_cells
from klantwaarde_xl.data.reading.sources.source import Source
from klantwaarde_xl.data.reading.sources.text import TextColumn
from klantwaarde_xl.dutch import DATE_ORDERS, MONTHS, MONTHS_SHORT
from klantwaarde_xl.errors import Ambiguous
from tests.examples import examples

CASES = Path(__file__).parent / "cases"
TODAY = dt.date(2026, 11, 27)
CON = duckdb.connect()  # one for all, each column replaces the table
COLUMN = TextColumn("t", "got", "datum", Source("test.csv"))


def column(texts, order=None, read=read_dates):
    """The day of each text of a column, None for what is refused."""
    CON.execute("create or replace table raw (rij bigint, t varchar)")
    CON.executemany("insert into raw values (?, ?)", list(enumerate(texts, 2)))
    read(CON, COLUMN, order, TODAY)
    found = dict(CON.execute("select rij, v from got").fetchall())
    return [found.get(row) for row in range(2, len(texts) + 2)]


def advised(error):
    return re.findall(r"\b(dmj|mdj|jmd) \(", error.remedy)


def at_once_or_as_advised(texts, order):
    """The days of a column; when its order is asked about and this one advised, those in this order."""
    try:
        return column(texts)
    except Ambiguous as error:
        return column(texts, order) if order in advised(error) else advised(error)


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("file", "days"),
    [
        ("c05_engelse_maandnaam", ["2013-02-11", "2015-03-15", "2013-08-26", "2011-11-16"]),
        ("c05b_maandnaam_2cijfers", ["2013-02-11", "2015-03-15", "2013-08-26", "2011-11-16"]),
        ("c05c_maandnaam_us", ["2013-02-11", "2015-03-15", "2013-08-26"]),
        ("c06_jaar_2cijfers", ["2003-02-24", "2003-05-07", "2004-10-10"]),
        ("c15_tijden", ["2024-01-13", "2024-01-14", "2024-02-28"]),
        ("c15b_iso_tz", ["2024-01-31", "2024-02-01", "2024-03-01"]),
        ("c15c_epoch", ["2024-01-05", "2024-02-05"]),
        ("c15d_dag_maandnaam", ["2024-01-15", "2024-03-15", "2024-03-01"]),
    ],
)
def test_a_file_of_these_dates_is_right_at_once(file, days):
    names = {"klant": "CUSTOMERNAME", "datum": "ORDERDATE", "bedrag": "SALES"} if "c06" in file else None
    read = read_transactions(CASES / f"{file}.csv", today=TODAY, columns=names)
    assert [row[1] for row in read.rows()] == [day(one) for one in days]


# ── any form, written and read back ─────────────────────────────────────────────────────────

ENGLISH = calendar.month_name  # of the test run: English
MOMENT = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def numbers(order, sign, *, short, padded):
    """How a day is written in numbers."""

    def write(one):
        width = 2 if padded else 1
        parts = {"d": f"{one.day:0{width}}", "m": f"{one.month:0{width}}", "j": f"{one.year % 100:02}"}
        return sign.join((parts if short else parts | {"j": f"{one.year}"})[part] for part in order)

    return write


def seconds(one):
    return int((dt.datetime(one.year, one.month, one.day, 14, 5, tzinfo=dt.UTC) - MOMENT).total_seconds())


# With dashes and points the Dutch order holds, so month first stands with slashes only
NUMBERS = [
    (order, numbers(order, sign, short=short, padded=padded))
    for order in DATE_ORDERS
    for sign in "-/. "
    for short in (True, False)
    for padded in (True, False)
    if (short or order != "jmd") and (order != "mdj" or sign == "/")
]
WORDS = [
    lambda one: f"{one.day}-{ENGLISH[one.month][:3]}-{one.year % 100:02}",
    lambda one: f"{one.day:02}-{MONTHS_SHORT[one.month - 1]}-{one.year}",
    lambda one: f"{one.day} {MONTHS[one.month - 1]} {one.year}",
    lambda one: f"{ENGLISH[one.month]} {one.day}, {one.year}",
    lambda one: f"{one.year} {ENGLISH[one.month][:3]} {one.day}",
    lambda one: one.strftime("%a %d %b %Y"),
    lambda one: one.isoformat(),
    lambda one: one.strftime("%Y%m%d"),
    lambda one: one.strftime("%Y%m%d1405"),
]
COUNTS = [
    lambda one: str(seconds(one)),
    lambda one: str(1000 * seconds(one)),
    lambda one: str((one - dt.date(1899, 12, 30)).days),
    lambda one: f"{(one - dt.date(1899, 12, 30)).days},25",
]
FORMS = [*NUMBERS, *[("dmj", form) for form in [*WORDS, *COUNTS]]]
DAYS = st.lists(st.dates(dt.date(1980, 1, 1), dt.date(2027, 12, 31)), min_size=1, max_size=12)


@pytest.mark.slow
@given(DAYS, st.sampled_from(FORMS), st.sampled_from(["", "", " 14:05", ", 2:05:00 PM"]))
def test_dates_are_read_back_or_asked_about_and_never_become_others(days, form, time):
    order, write = form
    texts = [write(one) for one in days]
    if not texts[0].isdigit() and "," not in texts[0]:
        texts = [text + time for text in texts]
    assert at_once_or_as_advised(texts, order) == days


@pytest.mark.slow
@examples(30)
@given(DAYS, st.data())
def test_the_advised_order_loses_no_row_of_a_column_with_two_orders(days, data):
    fronts = data.draw(st.lists(st.sampled_from(["dmj", "mdj"]), min_size=len(days), max_size=len(days)))
    sign = data.draw(st.sampled_from("-/."))
    texts = [
        numbers(order, sign, short=False, padded=False)(one) for order, one in zip(fronts, days, strict=True)
    ]
    orders = [None]
    try:
        column(texts)
    except Ambiguous as error:
        orders = advised(error)
    for order in orders:
        read = column(texts, order)
        assert all(
            got == one
            for got, one, front in zip(read, days, fronts, strict=True)
            if front == order or one.day > 12
        )
        assert None not in read


# ── two digits for the year ─────────────────────────────────────────────────────────────────


def test_a_value_with_one_reading_decides_for_the_others():
    assert column(["05-07-03", "31-12-99"]) == [day("2003-07-05"), day("1999-12-31")]
    assert column(["05-07-03", "03-07-31"]) == [day("2005-07-03"), day("2003-07-31")]
    assert column(["05/07/03", "07/31/03"]) == [day("2003-05-07"), day("2003-07-31")]


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("5/7/03", ["dmj", "mdj"]),
        ("24-02-03", ["dmj", "jmd"]),
        ("05/07/2003", ["dmj", "mdj"]),
    ],
)
def test_what_nothing_decides_is_asked_with_every_order_that_fits(text, orders):
    with pytest.raises(Ambiguous) as error:
        column(["2024-01-31", text])
    assert advised(error.value) == orders
    assert error.value.where == f"test.csv, rij 3, kolom datum: {text}"
    assert len({column([text], order)[0] for order in orders}) == len(orders)


def test_the_question_says_what_each_order_makes_of_the_value():
    with pytest.raises(Ambiguous) as error:
        column(["05-07-03"])
    for words in ("dag-maand-jaar: 5 juli 2003", "maand-dag-jaar: 7 mei 2003", "jaar-maand-dag: 3 juli 2005"):
        assert words in error.value.remedy


def test_a_single_digit_in_front_is_no_year_so_the_dutch_order_holds():
    assert column(["1-3-26", "4-5-26"]) == [day("2026-03-01"), day("2026-05-04")]


def test_orders_that_give_the_same_days_need_no_question():
    assert column(["03/03/03", "07/07/07"]) == [day("2003-03-03"), day("2007-07-07")]


def test_a_year_after_the_next_is_a_typing_error_and_not_another_order():
    assert column(["31-12-24", "13-01-30"], "dmj") == [day("2024-12-31"), None]


def test_a_year_of_two_digits_lies_between_1980_and_next_year():
    assert column(["1-1-80", "1-1-27", "1-1-28", "1-1-79"]) == [
        day("1980-01-01"),
        day("2027-01-01"),
        None,
        None,
    ]


def test_one_column_with_day_and_month_first_is_asked_about():
    with pytest.raises(Ambiguous, match="de dag voorop én datums met de maand voorop"):
        column(["25/2/03", "2/25/03", "1/2/03"])


def test_values_with_one_reading_each_need_no_order():
    assert column(["25/2/2003", "2/25/2003", "99-12-31"]) == [
        day("2003-02-25"),
        day("2003-02-25"),
        day("1999-12-31"),
    ]


def test_a_date_that_is_two_days_in_other_orders_than_the_said_one_is_refused():
    assert column(["05/07/2024", "99-12-31"], "jmd") == [None, day("1999-12-31")]


# ── months in words ─────────────────────────────────────────────────────────────────────────


def test_the_number_behind_a_name_is_the_year():
    assert column(["13-Feb-11", "11-Feb-13"]) == [day("2011-02-13"), day("2013-02-11")]


def test_the_number_before_a_name_is_the_year_where_it_can_be_no_day():
    assert column(["95-Feb-11", "96-mrt-01"]) == [day("1995-02-11"), day("1996-03-01")]


@pytest.mark.parametrize("odd", ["99-Feb-11", "13-Jan-30"])
def test_a_name_with_the_year_before_it_is_asked_about_where_other_values_are_open(odd):
    with pytest.raises(Ambiguous, match="het jaar voorop") as error:
        column(["11-Feb-13", odd])
    assert advised(error.value) == ["dmj", "jmd"]
    assert column(["11-Feb-13"], "jmd") == [day("2011-02-13")]


# ── numbers ─────────────────────────────────────────────────────────────────────────────────


def test_a_moment_is_its_day_in_utc():
    assert column(["1704499199", "1704499200"]) == [day("2024-01-05"), day("2024-01-06")]
    assert column(["1704499199999", "1704499200000"]) == [day("2024-01-05"), day("2024-01-06")]


@pytest.mark.parametrize("number", ["1704412800", "1704412800000", "45296"])
def test_a_number_is_no_date_beside_dates_or_numbers_of_another_kind(number):
    assert column([number, "31-1-2024"]) == [None, day("2024-01-31")]
    assert column([number, "12"]) == [None, None]
    assert column([number, "ooit", ""]) == [day("2024-01-05"), None, None]


@pytest.mark.parametrize(
    "number", ["315532799", "1830297600", "315532799999", "1830297600000", "29220", "46753"]
)
def test_numbers_of_days_before_1980_or_after_next_year_are_no_dates(number):
    assert column([number]) == [None]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (1704412800.0, "2024-01-05"),
        (1704412800000.0, "2024-01-05"),
        (20240105.0, "2024-01-05"),
        (45296.75, "2024-01-05"),
    ],
)
def test_a_typed_number_is_read(cell, read):
    got = transactions_from_cells(["klant", "datum", "bedrag"], [["A", cell, 5]], source="K", today=TODAY)
    assert got.rows()[0][1] == day(read)


def test_a_typed_day_number_is_a_date_beside_written_ones():
    rows = [["A", 45296.0, 5], ["A", "31-1-2024", 5]]
    got = transactions_from_cells(["klant", "datum", "bedrag"], rows, source="K", today=TODAY)
    assert [row[1] for row in got.rows()] == [day("2024-01-05"), day("2024-01-31")]


# ── months ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "mrt-26",
        "March 2026",
        "maart '26",
        "2026-M03",
        "2026 mrt",
        "03/26",
        "3-26",
        "2026.3",
        "11-mrt-26",
        "46082",
    ],
)
def test_a_month_is_its_first_day(text):
    assert column([text], read=read_months) == [day("2026-03-01")]


def test_a_month_with_two_numbers_of_two_digits_is_decided_by_its_column_or_asked_about():
    assert column(["03/04", "05/21"], read=read_months) == [day("2004-03-01"), day("2021-05-01")]
    with pytest.raises(Ambiguous) as error:
        column(["03/04"], read=read_months)
    assert advised(error.value) == ["dmj", "jmd"]
    assert column(["03/04"], "jmd", read_months) == [day("2003-04-01")]
    with pytest.raises(Ambiguous):
        column(["05.04"], read=read_months)


@pytest.mark.parametrize("text", ["Q1 2026", "26-mrt", "13-26", "2026-13", "maart", "mrt-45", "3.2026 x"])
def test_what_is_no_month_is_not_made_one(text):
    assert column([text], read=read_months) == [None]


# ── words for the user ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ooit", "dit is geen datum"),
        ("31-2-2024", "dit is geen datum"),
        ("31-02-24", "dit is geen datum"),
        ("1-1-45", "het jaartal kan niet kloppen"),
        ("11-Feb-45", "het jaartal kan niet kloppen"),
        ("5-5-2099 14:05", "het jaartal kan niet kloppen"),
        ("35-5-2024 10:00 +0100", "dit is geen datum"),
        ("Feb 11, '45", "het jaartal kan niet kloppen"),
        ("12.50", "dit is geen datum"),
        ("order 45", "dit is geen datum"),
        ("22260315", "het jaartal kan niet kloppen"),
        ("05/07/2024", "dit past niet bij de datumvolgorde van deze kolom"),
        ("1704412800", "dit getal is alleen een datum als de hele kolom uit zulke getallen bestaat"),
    ],
)
def test_a_refusal_says_why(text, reason):
    said = CON.execute(f"select {complaint('t', 'datum', TODAY)} from (select ? as t)", [text]).fetchall()
    assert said == [(reason,)]


@pytest.mark.parametrize("order", DATE_ORDERS)
def test_every_order_can_be_said(order):
    assert Reading(date_order=order).date_order == order
