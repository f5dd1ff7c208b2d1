"""What drives a season: the days of feasts are those of almanacs, and a user's own index holds until the next."""

import datetime as dt

import numpy as np
import pytest
from dateutil.easter import easter as almanac
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.models.season.calendar import (
    MONTHS,
    SHOPS,
    black_friday,
    easter,
    kings_day,
    of_index,
)

EPOCH = dt.date(1899, 12, 30)


def number(text):
    return float((dt.date.fromisoformat(text) - EPOCH).days)


def on(calendar, text):
    """The columns that are not nought on a day."""
    row = calendar.columns(np.array([number(text)]))[0]
    return {name for name, value in zip(calendar.names, row, strict=True) if value}


@pytest.mark.slow
@given(st.integers(1900, 2299))
def test_easter_is_that_of_the_almanac(year):
    assert easter(year).astype(object) == almanac(year)


@pytest.mark.parametrize(
    ("year", "day"),
    [(2018, "23"), (2019, "29"), (2022, "25"), (2023, "24"), (2024, "29"), (2025, "28")],
)
def test_black_friday_is_the_day_after_thanksgiving(year, day):
    assert str(black_friday(year)) == f"{year}-11-{day}"


@pytest.mark.parametrize(
    "day",
    ["2006-04-29", "2012-04-30", "2013-04-30", "2014-04-26", "2015-04-27", "2025-04-26", "2026-04-27"],
)
def test_the_kings_day_is_never_a_sunday(day):
    assert str(kings_day(int(day[:4]))) == day


@given(st.dates(dt.date(1990, 1, 1), dt.date(2080, 12, 31)))
def test_every_day_has_one_month(day):
    assert on(MONTHS, day.isoformat()) == {f"{day.month:02}"}


@pytest.mark.parametrize(
    ("day", "names"),
    [
        ("2024-12-04", {"sinterklaas"}),
        ("2024-12-05", set()),
        ("2024-12-06", {"christmas"}),
        ("2024-12-24", {"christmas"}),
        ("2024-12-25", set()),
        ("2024-11-29", {"black friday", "sinterklaas"}),
        ("2024-11-24", {"sinterklaas"}),
        ("2024-03-30", {"easter"}),
        ("2024-03-31", set()),
        ("2025-04-26", {"king's day"}),
        ("2024-05-11", {"mother's day"}),
        ("2024-06-01", {"holiday pay"}),
        ("2024-07-15", {"summer"}),
        ("2024-09-15", set()),
        ("2025-01-15", {"january sales"}),
    ],
)
def test_the_year_of_a_dutch_shop(day, names):
    assert on(SHOPS, day) == names


def test_an_index_holds_until_the_next_day_that_has_one():
    days = np.array([number("2024-01-08"), number("2024-01-01")])
    index = of_index("drukte", days, np.array([1.0, 0.0]))
    asked = np.array([number(day) for day in ("2023-12-01", "2024-01-01", "2024-01-07", "2024-01-08")])
    assert index.columns(asked)[:, 0].tolist() == [0, 0, 0, 1]


def test_after_its_end_an_index_is_what_it_was_52_weeks_before():
    days = number("2023-01-02") + 7 * np.arange(104)
    values = np.where(np.arange(104) % 52 == 40, 3.0, 1.0)
    index = of_index("drukte", days, values)
    last = days[-1] + 6
    later = last + 1 + np.arange(3 * 364)
    assert np.array_equal(
        index.columns(later), np.tile(index.columns(last + 1 - 364 + np.arange(364)), (3, 1))
    )


def test_an_index_above_nought_is_taken_as_a_power_of_itself():
    index = of_index("drukte", np.array([1.0, 2.0, 3.0]), np.array([50.0, 100.0, 150.0]))
    assert np.exp(index.columns(np.array([1.0, 2.0, 3.0]))[:, 0]) == pytest.approx([0.5, 1, 1.5])


@pytest.mark.parametrize(
    ("days", "values"),
    [
        ([], []),
        ([1, 2], [1]),
        ([1, np.nan], [1, 2]),
        ([1, 2], [1, np.inf]),
        ([1, 1], [1, 2]),
        ([1, 2], [5, 5]),
    ],
)
def test_an_index_that_says_nothing_or_contradicts_itself_is_refused(days, values):
    with pytest.raises(OutOfRange):
        of_index("drukte", np.array(days, dtype=float), np.array(values, dtype=float))


@pytest.mark.parametrize("same", [1.0, 3.0])
def test_a_day_that_stands_twice_is_named(same):
    days = [number("2025-03-01"), number("2025-05-09"), number("2025-04-01"), number("2025-05-09")]
    with pytest.raises(OutOfRange, match="9-5-2025 staat meer dan eens"):
        of_index("index", np.array(days), np.array([1.0, same, 2.0, 1.0]))


@pytest.mark.parametrize("day", [-4.0, 0.0, 9e6, 1e12])
def test_a_number_that_is_no_day_of_the_calendar_and_stands_twice_is_named_as_it_is(day):
    with pytest.raises(OutOfRange, match="staat meer dan eens"):
        of_index("index", np.array([day, 45000.0, day]), np.array([1.0, 2.0, 3.0]))
