"""Contracts from dates: whole periods, ends at a renewal, what is left out, and contracts of one customer."""

import calendar
import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.errors import NotAvailable, OutOfRange
from klantwaarde_xl.kernels.spells import MONTHS, NEVER, Period, contracts_of, spells

DAY = dt.date(2026, 1, 1)


def serial(day):
    return np.nan if day is None else date_to_serial(day)


def column(*days):
    return np.array([serial(day) for day in days])


def one(start, end, day=DAY, period=Period.MONTH):
    """The spell of a single contract."""
    found, _ = spells(contracts_of(column(start), column(end)), serial(day), period)
    return tuple(part[0] for part in found)


def later(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@pytest.mark.parametrize(
    ("end", "period", "wanted"),
    [
        (dt.date(2024, 1, 31), Period.MONTH, 1),  # the last day of a month, and the first of the next
        (dt.date(2024, 2, 1), Period.MONTH, 1),
        (dt.date(2024, 2, 2), Period.MONTH, 2),
        (dt.date(2024, 1, 1), Period.MONTH, 1),
        (dt.date(2024, 12, 31), Period.YEAR, 1),
        (dt.date(2025, 1, 1), Period.YEAR, 1),
        (dt.date(2025, 1, 2), Period.YEAR, 2),
        (dt.date(2024, 6, 30), Period.QUARTER, 2),
        (dt.date(2024, 6, 30), Period.HALF_YEAR, 1),
        (dt.date(2024, 1, 7), Period.WEEK, 1),
        (dt.date(2024, 1, 8), Period.WEEK, 1),
        (dt.date(2024, 1, 9), Period.WEEK, 2),
    ],
)
def test_the_last_day_and_the_first_day_of_the_next_period_are_one_renewal(end, period, wanted):
    assert one(dt.date(2024, 1, 1), end, period=period)[1] == wanted


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (dt.date(2024, 2, 28), 0),
        (dt.date(2024, 2, 29), 1),  # a month after 31 January
        (dt.date(2024, 3, 30), 1),
        (dt.date(2024, 3, 31), 2),
        (dt.date(2025, 2, 28), 13),
    ],
)
def test_a_month_from_the_thirty_first_is_over_on_the_last_day_of_a_shorter_one(day, months):
    assert one(dt.date(2024, 1, 31), None, day)[0] == months


def test_a_year_from_a_leap_day_is_over_on_the_twenty_eighth():
    assert one(dt.date(2024, 2, 29), None, dt.date(2025, 2, 27), Period.YEAR)[0] == 0
    assert one(dt.date(2024, 2, 29), None, dt.date(2025, 2, 28), Period.YEAR)[0] == 1


def test_an_end_on_the_day_of_counting_has_ended_and_its_running_period_is_not_known_yet():
    seen, left, runs, ends, _ = one(dt.date(2025, 1, 1), dt.date(2025, 12, 31), dt.date(2025, 12, 31))
    assert (seen, left, runs, ends) == (11, 0, False, False)
    assert one(dt.date(2025, 1, 1), dt.date(2025, 12, 31), dt.date(2026, 1, 1))[:2] == (12, 12)


def test_an_end_to_come_runs_and_is_known():
    assert one(dt.date(2025, 1, 1), dt.date(2026, 1, 2))[1:4] == (0, True, True)
    assert one(dt.date(2025, 1, 1), None)[1:4] == (0, True, False)


@pytest.mark.parametrize("never", [dt.date(2099, 12, 31), dt.date(9999, 12, 31)])
def test_a_day_that_programs_write_for_no_end_is_none(never):
    assert one(dt.date(2025, 1, 1), never)[1:4] == (0, True, False)


def test_who_starts_after_the_day_is_left_out():
    found, kept = spells(contracts_of(column(DAY, dt.date(2026, 1, 2)), column(None, None)), serial(DAY))
    assert kept.tolist() == [0]
    assert found.seen.tolist() == [0]


def test_without_a_start_up_to_the_day_there_is_nothing_to_count():
    with pytest.raises(NotAvailable):
        spells(contracts_of(column(dt.date(2026, 1, 2)), column(None)), serial(DAY))


def test_an_end_before_its_start_is_refused_with_its_row():
    with pytest.raises(OutOfRange, match="Contract 2"):
        contracts_of(column(DAY, DAY), column(None, dt.date(2025, 12, 31)))


def test_more_than_a_century_of_months_is_a_wrong_date():
    with pytest.raises(OutOfRange, match="1200"):
        spells(contracts_of(column(dt.date(1910, 1, 1)), column(None)), serial(DAY))


def test_what_is_still_to_come_of_the_running_period_is_a_part_of_it():
    assert one(dt.date(2025, 1, 1), None, DAY)[4] == 1.0  # renewed today: all of it
    assert one(dt.date(2025, 1, 16), None, dt.date(2026, 1, 1))[4] == pytest.approx(15 / 31)


DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2026, 6, 30))


@given(DAYS, st.none() | st.integers(0, 900), st.sampled_from([*Period]))
def test_periods_are_those_of_a_count_one_by_one(start, length, period):
    end = None if length is None else start + dt.timedelta(days=length)
    if start > DAY:
        return

    def begin(count):
        if period is Period.WEEK:
            return start + dt.timedelta(days=7 * count)
        return later(start, MONTHS[period] * count)

    seen = left = 0
    while begin(seen + 1) <= DAY:
        seen += 1
    if end is not None and end <= DAY:
        period_of_end = 1
        while begin(period_of_end) < end:
            period_of_end += 1
        left = period_of_end if period_of_end <= seen else 0
    assert one(start, end, DAY, period)[:2] == (seen, left)


# ── contracts of one customer ───────────────────────────────────────────────────────────────


def joined(rows, gap=0):
    """First and last day of each contract, of rows (customer, start, end)."""
    who, start, end = zip(*rows, strict=True)
    found = contracts_of(column(*start), column(*end), np.array(who), gap)
    return sorted(zip(found.start.tolist(), found.end.tolist(), strict=True)), found.of.tolist()


def test_a_contract_from_the_day_after_goes_on_and_from_two_days_after_is_new():
    first = (1, dt.date(2025, 1, 1), dt.date(2025, 6, 30))
    again = (1, dt.date(2025, 7, 1), None)
    assert joined([first, again])[1] == [0, 0]
    assert joined([first, (1, dt.date(2025, 7, 2), None)])[1] == [0, 1]
    assert joined([first, (1, dt.date(2025, 7, 2), None)], gap=1)[1] == [0, 0]
    assert joined([first, (2, *again[1:])])[1] == [0, 1]


def test_contracts_that_overlap_run_as_long_as_one_of_them_does():
    rows = [
        (1, dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
        (1, dt.date(2025, 2, 1), dt.date(2025, 2, 28)),
        (1, dt.date(2025, 12, 1), dt.date(2026, 3, 1)),
    ]
    assert joined(rows)[0] == [(serial(rows[0][1]), serial(rows[2][2]))]


def test_what_follows_a_contract_without_end_is_the_same_contract():
    assert joined([(1, dt.date(2025, 1, 1), None), (1, dt.date(2025, 9, 1), dt.date(2025, 9, 30))])[0] == [
        (serial(dt.date(2025, 1, 1)), NEVER)
    ]


ROWS = st.lists(
    st.tuples(st.integers(-2, 2), st.integers(45000, 45200), st.none() | st.integers(0, 60)),
    min_size=1,
    max_size=20,
)


@given(ROWS, st.integers(0, 20), st.randoms())
def test_contracts_of_a_customer_are_the_stretches_of_days_with_one(rows, gap, random):
    random.shuffle(rows)
    who = np.array([customer for customer, *_ in rows])
    start = np.array([float(begin) for _, begin, _ in rows])
    end = np.array([np.nan if long is None else begin + float(long) for _, begin, long in rows])
    found = contracts_of(start, end, who, gap)
    for customer in set(who.tolist()):
        mine = sorted(
            (int(begin), NEVER if last != last else int(last))
            for one_, begin, last in zip(who, start, end, strict=True)
            if one_ == customer
        )
        stretches = [list(mine[0])]
        for begin, last in mine[1:]:
            if begin <= stretches[-1][1] + 1 + gap:
                stretches[-1][1] = max(stretches[-1][1], last)
            else:
                stretches.append([begin, last])
        own = np.unique(found.of[who == customer])
        assert [[found.start[at], found.end[at]] for at in own] == stretches


@pytest.mark.parametrize("gap", [-1, np.inf])
def test_a_gap_that_is_no_number_of_days_is_refused(gap):
    with pytest.raises(OutOfRange, match="gat"):
        contracts_of(column(DAY), column(None), np.array([0]), gap)
