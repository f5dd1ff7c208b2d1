"""A log is prepared once for the same numbers, and cut without looking ahead."""

import numpy as np
import pytest

from klantwaarde_xl.errors import NotAvailable, OutOfRange
from klantwaarde_xl.kernels.models.log import prepare as m
from klantwaarde_xl.kernels.models.log.purchases import purchases
from klantwaarde_xl.kernels.models.log.summary import Unit, summarise
from tests.kernels.models.logs import SHOP_END, day, shop

MIDDLE = day("2024-09-30")


@pytest.fixture
def counted(monkeypatch):
    """How often a log was netted, with an empty memory."""
    times = []

    def counting(*log):
        times.append(log[-1])
        return purchases(*log)

    monkeypatch.setattr(m, "purchases", counting)
    m._prepared.forget()
    return times


def test_a_prepared_log_is_its_purchases_and_their_summary():
    bought, summary = m.prepare(m.Log(*shop()), SHOP_END, Unit.MONTH)
    for found, wanted in ((bought, purchases(*shop(), SHOP_END)), (summary, summarise(*shop(), SHOP_END, 2))):
        for one, other in zip(found, wanted, strict=True):
            assert np.array_equal(one, other, equal_nan=isinstance(one, np.ndarray) and one.dtype.kind == "f")


def test_the_second_time_nothing_is_prepared(counted):
    first = m.prepare(m.Log(*shop()), SHOP_END)
    again = m.prepare(m.Log(*(column.copy() for column in shop())), SHOP_END)
    assert again is first
    assert len(counted) == 1


@pytest.mark.parametrize(
    "other",
    [
        lambda c, d, a: (m.Log(c, d, a), SHOP_END - 1, 0),
        lambda c, d, a: (m.Log(c, d, a), None, 0),
        lambda c, d, a: (m.Log(c, d, a), SHOP_END, 1),
        lambda c, d, a: (m.Log(c, d), SHOP_END, 0),
        lambda c, d, a: (m.Log(c, d, a + 1), SHOP_END, 0),
        lambda c, d, a: (m.Log(c, d, d), SHOP_END, 0),
    ],
    ids=["earlier", "no day", "another unit", "no amounts", "other amounts", "days as amounts"],
)
def test_what_was_asked_otherwise_is_prepared_anew(counted, other):
    m.prepare(m.Log(*shop()), SHOP_END)
    m.prepare(*other(*shop()))
    assert len(counted) == 2


def test_what_all_share_cannot_be_written_to():
    bought, summary = m.prepare(m.Log(*shop()), SHOP_END)
    for column in (bought.amount, summary.T, summary.customer):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 0


def test_a_log_without_purchases_is_refused_each_time(counted):
    for _ in range(2):
        with pytest.raises(NotAvailable):
            m.prepare(m.Log(*shop()), 1.0)
    assert len(counted) == 2


def test_a_refund_after_the_cut_has_not_happened_before_it():
    customers, days, amounts = np.zeros(3, dtype=int), np.array([1.0, 5, 20]), np.array([9.0, 9, -9])
    part = m.split(m.Log(customers, days, amounts), 10, 30, Unit.DAY)
    assert part.summary.frequency.tolist() == [1]
    assert part.bought.day.tolist() == [1]  # in the end the second purchase is undone


def test_a_cut_prepares_the_log_to_the_end_and_to_the_cut_and_no_more(counted):
    for unit in (Unit.WEEK, Unit.WEEK):
        m.split(m.Log(*shop()), MIDDLE, SHOP_END, unit)
    m.prepare(m.Log(*shop()), SHOP_END)
    assert counted == [SHOP_END, MIDDLE]


@pytest.mark.parametrize("until", [0.0, SHOP_END, SHOP_END + 9])
def test_a_cut_outside_the_log_is_refused(until):
    with pytest.raises(OutOfRange, match="tot waar u schat"):
        m.split(m.Log(*shop()), until, SHOP_END, Unit.WEEK)


def test_the_segments_are_all_customers_each_once():
    log = m.Log(*shop())
    _, summary = m.prepare(log, SHOP_END)
    parts = m.by_segment(summary, log, log.customers % 3)
    rows = np.concatenate([rows for _, rows, _ in parts])
    assert sorted(rows.tolist()) == list(range(summary.T.size))
    for label, _, part in parts:
        assert set(part.customer % 3) == {label}


@pytest.mark.parametrize("as_of", [None, 400_000.0])
def test_a_log_of_centuries_has_a_wrong_date(as_of):
    days = np.array([45_000.0, 45_100, 45_200 if as_of else 45_000 + m.LONGEST + 1])
    with pytest.raises(OutOfRange, match="200 jaar"):
        m.prepare(m.Log(np.array([0, 1, 0]), days), as_of)
    assert m.prepare(m.Log(np.array([0, 1, 0]), days), 45_000.0 + m.LONGEST)[1].last_day == 45_000 + m.LONGEST
