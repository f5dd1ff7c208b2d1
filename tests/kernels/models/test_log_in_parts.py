"""A log that comes in parts, of whatever size, has the summary and the errors of the whole."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantwaarde_xl.errors import NotAvailable
from klantwaarde_xl.kernels.models.log import prepare as m
from klantwaarde_xl.kernels.models.log.summary import Summary, summarise

AS_OF = 30.0
# Amounts in quarters, whose sums are exact in any order; refunds among them, and rows of after the day
ROWS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 35), st.integers(-40, 60).map(lambda n: n / 4)), max_size=40
)


def log_of(rows):
    """Rows as a log, its customers 0…n−1."""
    columns = [np.array([row[at] for row in rows], dtype=float) for at in range(3)]
    return m.Log(np.unique(columns[0], return_inverse=True)[1].astype(np.int32), *columns[1:])


def cut(log, most):
    """Its parts of so many rows, longer where a customer is, in order of code."""
    counts = np.bincount(log.customers)
    part = ((np.cumsum(counts) - counts) // most)[log.customers]
    return [m.Log(*(column[part == one] for column in log)) for one in np.unique(part)]


def told(compute):
    """A summary, or in words why there is none."""
    try:
        return compute()
    except NotAvailable as error:
        return error.what


def same(one, other):
    """Whether summaries are the same to the last bit."""
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    fields = [name for name in Summary._fields if name not in ("last_day", "report")]
    equal = [
        np.array_equal(getattr(one, name), getattr(other, name), equal_nan=name == "mean_spend")
        for name in fields
    ]
    return all(equal) and one.last_day == other.last_day and one.report == other.report


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(rows=ROWS, most=st.integers(1, 50), at_once=st.integers(1, 50), seed=st.integers(0, 99))
def test_parts_of_any_size_have_the_summary_of_the_whole(rows, most, at_once, seed):
    log = log_of([rows[at] for at in np.random.default_rng(seed).permutation(len(rows))])
    whole = told(lambda: summarise(*log, AS_OF))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(m, "_AT_ONCE", at_once)
        assert same(told(lambda: m.summary_of_parts(cut(log, most), AS_OF)), whole)
        assert same(told(lambda: m.summary_of(log, AS_OF)), whole)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "Er zijn geen aankopen."),
        ([(0, 31.0, 5.0), (1, 32.0, 5.0)], "Er zijn geen aankopen tot en met de peildatum."),
        (
            [(0, 1.0, 5.0), (0, 2.0, -5.0), (1, 31.0, 5.0)],
            "Na aftrek van de retouren blijft er geen aankoop over.",
        ),
    ],
    ids=["no rows", "all later", "all undone"],
)
def test_parts_without_purchases_say_why_as_the_whole_does(rows, words):
    log = log_of(rows)
    assert told(lambda: summarise(*log, AS_OF)) == words
    assert told(lambda: m.summary_of_parts(cut(log, 1) or [log], AS_OF)) == words


def test_a_part_of_which_every_purchase_is_undone_is_no_trouble():
    log = log_of([(0, 1.0, 5.0), (0, 2.0, -5.0), (1, 3.0, 5.0), (2, 31.0, 5.0)])
    found = m.summary_of_parts(cut(log, 1), AS_OF)
    assert found.customer.tolist() == [1]
    assert (found.report.rows, found.report.later, found.report.emptied) == (3, 1, 1)


def test_one_customer_with_very_many_rows_is_one_part(monkeypatch):
    monkeypatch.setattr(m, "_AT_ONCE", 10)
    days = np.arange(31.0)
    found = m.summary_of(m.Log(np.zeros(31, dtype=int), days, np.ones(31)), AS_OF)
    assert (found.frequency.tolist(), found.recency.tolist()) == ([30], [30 / 7])


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=60),
    st.integers(1, 7),
    st.integers(1, 31),
    st.booleans(),
)
def test_some_customers_have_all_of_their_rows_and_codes_of_their_own(codes, step, most, with_amounts):
    customers = np.unique(codes, return_inverse=True)[1].ravel()
    days = 45_000.0 + np.arange(customers.size)
    log = m.Log(customers, days, 2 * days if with_amounts else None)
    for made in (m.every_of(log, step), m.some_of(log, most)):
        assert (made.amounts is None) is not with_amounts
        assert np.array_equal(np.unique(made.customers), np.arange(int(made.customers.max()) + 1))
        whose = {}  # by code, who it was: known by the days, which differ
        for code, day in zip(made.customers, made.days, strict=True):
            whose.setdefault(int(code), set()).add(int(customers[days == day][0]))
        assert all(len(one) == 1 for one in whose.values())
        old = [next(iter(whose[code])) for code in sorted(whose)]
        assert old == sorted(old)
        assert np.count_nonzero(np.isin(customers, old)) == made.days.size
    many = int(customers.max()) + 1
    assert np.unique(m.every_of(log, step).customers).size == -(-many // step)
    assert np.unique(m.some_of(log, most).customers).size <= min(most, many)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=60), st.integers(1, 7), st.integers(0, 31))
def test_some_of_the_parts_are_some_of_the_whole(codes, step, cut):
    customers = np.unique(codes, return_inverse=True)[1].ravel()
    log = m.Log(customers, np.arange(customers.size, dtype=float), np.ones(customers.size))
    parts = [m.Log(*(column[rows] for column in log)) for rows in (customers < cut, customers >= cut)]
    found = [m.every_of(part, step) for part in parts]
    joined = [np.concatenate(column) for column in zip(*found, strict=True)]
    whole = m.every_of(log, step)
    orders = [np.argsort(one[1]) for one in (joined, whole)]
    for one, other in zip(joined, whole, strict=True):
        assert np.array_equal(one[orders[0]], other[orders[1]])
