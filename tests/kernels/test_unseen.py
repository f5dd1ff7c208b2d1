"""Exports that leave out what ended long ago are known by it, and whole ones are not."""

import numpy as np
import pytest

from klantwaarde_xl.kernels.spells import DAYS, Period, contracts_of, spells
from klantwaarde_xl.kernels.unseen import unseen_ends
from tests.examples import times

DAY = 46023.0
NAN = np.nan


def shop(seed, contracts=400, weeks=150, every=1):
    """Start and end of contracts that begin in each week of so many, and may end after each so many weeks."""
    draw = np.random.default_rng(seed)
    ago = draw.integers(1, weeks, contracts)
    lasts = every * draw.geometric(draw.beta(1.5, 15, contracts))
    start = DAY - DAYS * ago
    return start, np.where(lasts <= ago, start + DAYS * lasts, NAN)


def seems(start, end, period=Period.WEEK):
    contracts = contracts_of(start, end)
    return unseen_ends(contracts, DAY, spells(contracts, DAY, period)[0], period)


@pytest.mark.parametrize("weeks_kept", [30, 60, 100])
def test_a_list_without_what_ended_before_a_day_is_known_by_it(weeks_kept):
    start, end = shop(1)
    first = DAY - DAYS * weeks_kept
    kept = np.isnan(end) | (end >= first)
    found = seems(start[kept], end[kept])
    assert first <= found.before <= first + 7 * DAYS
    gone = np.count_nonzero(end < first)
    assert gone / 4 < found.expected < 2 * gone


@pytest.mark.parametrize("every", [1, 8, 50], ids=["each week", "each eight weeks", "each year"])
def test_a_whole_list_is_not_taken_for_one(every):
    assert [seed for seed in range(times(20)) if seems(*shop(seed, every=every)).before] == []


def test_contracts_from_the_first_known_end_on_are_a_whole_list():
    start, end = shop(1)
    first = DAY - DAYS * 60
    kept = (np.isnan(end) | (end >= first)) & (start >= first)
    assert seems(start[kept], end[kept]).before == 0


def test_where_nothing_ended_nothing_is_missed():
    start, end = shop(1)
    assert seems(start, np.full(end.size, NAN)).before == 0
