"""Cohorts, the retention curve and customer flow: identities, and counting the slow way."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.dutch import date_to_serial, serial_to_date
from klantwaarde_xl.errors import CellError, NotAvailable, OutOfRange, WrongType, error_of
from klantwaarde_xl.kernels import cohorts as c
from klantwaarde_xl.kernels.cohorts import Period, Returned, Shown
from klantwaarde_xl.kernels.retention import retention_rate

day = st.integers(44900, 45500)
log = st.lists(st.tuples(st.integers(0, 8), day, st.integers(0, 500)), min_size=1, max_size=80)
periods = st.sampled_from(Period)


def columns(rows):
    customers, days, amounts = zip(*rows, strict=True)
    return np.array(customers, dtype=np.intp), np.array(days, dtype=float), np.array(amounts, dtype=float)


def label_of(serial, period):
    date = serial_to_date(serial)
    return {
        Period.MONTH: f"{date:%Y-%m}",
        Period.QUARTER: f"{date.year}-K{(date.month + 2) // 3}",
        Period.YEAR: f"{date.year}",
    }[period]


@given(st.integers(61, 2958465), periods)
def test_a_period_is_the_one_in_the_calendar(serial, period):
    numbers = c.period_numbers(np.array([float(serial)]), period)
    assert c.period_labels(numbers, period).tolist() == [label_of(serial, period)]


def test_the_first_and_last_moment_of_a_month_lie_in_it():
    first, last = date_to_serial(dt.date(2024, 2, 1)), date_to_serial(dt.datetime(2024, 2, 29, 23, 59, 59))
    assert len(set(c.period_numbers(np.array([first, last]), Period.MONTH).tolist())) == 1


@given(log, periods)
def test_sizes_add_up_to_all_customers_and_age_zero_is_everyone(rows, period):
    customers, days, _ = columns(rows)
    table = c.cohort_table(customers, days, shown=Shown.CUSTOMERS, period=period)
    assert table.size.sum() == len(set(customers.tolist()))
    assert table.ages[:, 0].tolist() == table.size.tolist()
    assert c.cohort_table(customers, days, period=period).ages[:, 0] == pytest.approx(1)


@given(log, periods)
def test_cells_add_up_to_the_customers_active_in_each_period(rows, period):
    customers, days, _ = columns(rows)
    table = c.cohort_table(customers, days, shown=Shown.CUSTOMERS, period=period)
    active = {(who, label_of(when, period)) for who, when, _ in rows}
    assert np.nansum(table.ages) == len(active)


@given(log, periods)
def test_revenue_cells_add_up_to_all_revenue(rows, period):
    *_, amounts = data = columns(rows)
    table = c.cohort_table(*data, Shown.REVENUE, period)
    assert np.nansum(table.ages) == pytest.approx(amounts.sum())


@given(log, periods)
def test_value_is_revenue_per_customer_added_up(rows, period):
    data = columns(rows)
    each = c.cohort_table(*data, Shown.REVENUE_PER_CUSTOMER, period)
    value = c.cohort_table(*data, Shown.CUMULATIVE_PER_CUSTOMER, period)
    np.testing.assert_allclose(value.ages, np.cumsum(each.ages, axis=1), rtol=1e-12)
    total = c.cohort_table(*data, Shown.REVENUE, period)
    np.testing.assert_allclose(each.ages * each.size[:, None], total.ages, rtol=1e-12)


@given(log, periods)
def test_only_cells_after_the_last_period_are_not_available(rows, period):
    customers, days, _ = columns(rows)
    table = c.cohort_table(customers, days, period=period)
    last = int(c.period_numbers(days, period).max())
    first = {label: i for i, label in enumerate(c.period_labels(np.arange(0, last + 1), period).tolist())}
    for label, row in zip(table.cohort.tolist(), table.ages.tolist(), strict=True):
        known = [error_of(cell) is None for cell in row]
        assert known == [first[label] + age <= last for age in range(len(row))]
        assert {error_of(cell) for cell in row} <= {None, CellError.NA}


def test_a_month_without_sales_is_zero_once_the_reference_date_lies_behind_it():
    customers, days = np.array([0]), np.array([date_to_serial(dt.date(2024, 1, 10))])
    assert c.cohort_table(customers, days).ages.tolist() == [[1]]
    table = c.cohort_table(customers, days, as_of=date_to_serial(dt.date(2024, 3, 31)))
    assert table.ages.tolist() == [[1, 0, 0]]


def test_purchases_after_the_reference_date_do_not_count():
    customers = np.array([0, 0, 1])
    days = np.array([date_to_serial(dt.date(2024, month, 5)) for month in (1, 2, 3)])
    table = c.cohort_table(customers, days, as_of=date_to_serial(dt.date(2024, 2, 29)))
    assert table.cohort.tolist() == ["2024-01"]
    assert table.ages.tolist() == [[1, 1]]


def test_a_refund_lowers_revenue_and_makes_nobody_active_or_new():
    january, february = (date_to_serial(dt.date(2024, month, 5)) for month in (1, 2))
    customers = np.array([0, 0, 1])
    days, amounts = np.array([january, february, january]), np.array([50.0, -20.0, -5.0])
    counts = c.cohort_table(customers, days, amounts, Shown.CUSTOMERS)
    assert (counts.size.tolist(), counts.ages.tolist()) == ([1], [[1, 0]])
    assert c.cohort_table(customers, days, amounts, Shown.REVENUE).ages.tolist() == [[50, -20]]


def test_a_refund_of_a_sale_before_the_data_counts_with_the_first_period():
    days = np.array([date_to_serial(dt.date(2024, month, 5)) for month in (1, 2)])
    table = c.cohort_table(np.array([0, 0]), days, np.array([-20.0, 50.0]), Shown.REVENUE)
    assert (table.cohort.tolist(), table.ages.tolist()) == (["2024-02"], [[30]])


@pytest.mark.slow
@given(log, periods)
def test_the_curve_is_the_average_of_the_cohorts_weighted_by_their_size(rows, period):
    customers, days, _ = columns(rows)
    table, curve = c.cohort_table(customers, days, period=period), c.retention_curve(customers, days, period)
    for age, survival in enumerate(curve.survival):
        known = ~np.isnan(table.ages[:, age])
        assert survival == pytest.approx(np.average(table.ages[known, age], weights=table.size[known]))
        assert curve.customers[age] == table.size[known].sum()
    assert curve.survival[0] == 1


@given(st.integers(1, 30), st.integers(1, 12))
def test_for_one_cohort_survival_is_the_product_of_retention(size, months):
    rng = np.random.default_rng(size * 100 + months)
    lives = rng.integers(1, months + 1, size)
    rows = [(who, 45306 + 30.4375 * age) for who in range(size) for age in range(lives[who])]
    customers, days = np.array([who for who, _ in rows]), np.array([when for _, when in rows])
    curve = c.retention_curve(customers, days)
    assert error_of(float(curve.retention[0])) is CellError.NA
    assert np.cumprod(curve.retention[1:]) == pytest.approx(curve.survival[1:])


def test_retention_compares_the_same_cohorts_at_both_ages():
    january, february, march = (date_to_serial(dt.date(2024, month, 5)) for month in (1, 2, 3))
    # two customers of January, one of whom returns in February; a newcomer of March has no past yet
    days = np.array([january, january, february, march])
    curve = c.retention_curve(np.array([0, 1, 0, 2]), days)
    assert curve.customers.tolist() == [3, 2, 2]
    assert curve.retention[1:].tolist() == [0.5, 0]


@given(log, periods)
def test_the_flow_balances_and_follows_on_itself(rows, period):
    customers, days, _ = columns(rows)
    flow = c.customer_flow(customers, days, period)
    balance = flow.begin - flow.lost + flow.returned + flow.new
    assert balance.tolist() == flow.end.tolist()
    assert flow.begin[1:].tolist() == flow.end[:-1].tolist()
    assert flow.new.sum() == len(set(customers.tolist()))


@given(log, periods)
def test_the_flow_counts_the_sets_of_customers(rows, period):
    customers, days, _ = columns(rows)
    flow = c.customer_flow(customers, days, period)
    there = {label: {w for w, when, _ in rows if label_of(when, period) == label} for label in flow.period}
    before, ever = set(), set()
    for i, label in enumerate(flow.period):
        now = there[label]
        assert flow.retained[i] == len(now & before)
        assert flow.returned[i] == len((now & ever) - before)
        before, ever = now, ever | now


@given(log, periods)
def test_the_flow_gives_the_retention_of_its_own_counts(rows, period):
    customers, days, _ = columns(rows)
    flow = c.customer_flow(customers, days, period)
    wanted = retention_rate(flow.begin, flow.end, flow.new + flow.returned)
    np.testing.assert_array_equal(flow.retention, wanted)
    kept = c.customer_flow(customers, days, period, Returned.RETAINED)
    np.testing.assert_array_equal(kept.retention, retention_rate(flow.begin, flow.end, flow.new))


def test_nothing_before_the_reference_date_is_not_available():
    for kernel in (c.cohort_table, c.retention_curve, c.customer_flow):
        with pytest.raises(NotAvailable):
            kernel(np.array([0]), np.array([45000.0]), as_of=44000.0)


def test_revenue_without_amounts_is_refused():
    with pytest.raises(WrongType):
        c.cohort_table(np.array([0]), np.array([45000.0]), None, Shown.REVENUE)


@pytest.mark.parametrize("days", [[0.0, 45000.0], [-1e300, 45000.0], [3e6, 45000.0], [1.0, 45000.0]])
def test_impossible_dates_and_spans_are_refused(days):
    with pytest.raises(OutOfRange):
        c.cohort_table(np.array([0, 1]), np.array(days))
