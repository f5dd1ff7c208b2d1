"""Kaplan–Meier against published tables, another package, plain counting, and its own coverage."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from klantwaarde_xl.errors import CellError, OutOfRange, error_of
from klantwaarde_xl.kernels.models import contract
from klantwaarde_xl.kernels.survival import half_gone, kaplan_meier, survivors
from tests.examples import times

# Freireich et al. 1963, Blood 21:699, weeks in remission with 6-MP; the second row was last seen then
RELAPSED, LAST_SEEN = (6, 6, 6, 7, 10, 13, 16, 22, 23), (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)


def curve_of(left, seen=(), confidence=0.95):
    """Of who left after so many periods, followed to the end, and of who was last seen after so many."""
    ended = np.array([*left, *[0] * len(seen)])
    followed = np.array([*left, *seen])
    return kaplan_meier(followed, ended, None, confidence)


# ── published ───────────────────────────────────────────────────────────────────────────────


def test_the_remissions_of_freireich_have_the_published_shares():
    """As every textbook has them, among which Cox & Oakes (1984) and Kleinbaum & Klein (2012, table 2.2)."""
    curve = curve_of(RELAPSED, LAST_SEEN)
    steps = {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}
    at_risk = {6: 21, 7: 17, 10: 15, 13: 12, 16: 11, 22: 7, 23: 6}
    assert [round(float(curve.surviving[week]), 4) for week in steps] == [*steps.values()]
    assert [curve.at_risk[week] for week in at_risk] == [*at_risk.values()]
    assert half_gone(curve) == 23


def test_the_patients_of_bewick_have_the_published_shares():
    """Bewick, Cheek & Ball 2004, Critical Care 8:389, table 2."""
    curve = curve_of((1, 1, 4, 5, 9, 22), (6, 9))
    shown = [round(float(curve.surviving[day]), 3) for day in (1, 4, 5, 9, 22)]
    assert shown == [0.75, 0.625, 0.5, 0.333, 0]


def test_the_shares_are_those_of_kaplan_and_meier_themselves():
    """Their section 2: deaths after 0.8, 3.1, 5.4 and 9.2, losses after 1.0, 2.7, 7.0 and 12.1 months."""
    curve = curve_of((8, 31, 54, 92), (10, 27, 70, 121))
    assert [float(curve.surviving[at]) for at in (8, 31, 54, 92)] == pytest.approx(
        [7 / 8, 7 / 10, 21 / 40, 21 / 80]
    )


# ── another package ─────────────────────────────────────────────────────────────────────────

SPELLS = st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=2, max_size=40)


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined")
@given(SPELLS, st.floats(0.5, 0.99))
def test_share_and_interval_are_those_of_scipy(spells, confidence):
    left, seen = ([time for time, gone in spells if gone is which] for which in (True, False))
    curve = curve_of(left, seen, confidence)
    theirs = stats.ecdf(stats.CensoredData(uncensored=left, right=seen)).sf
    assert curve.surviving[1:] == pytest.approx(theirs.evaluate(curve.period[1:]))
    with np.errstate(all="ignore"):  # and where all or none are there, theirs is undefined
        ends = theirs.confidence_interval(confidence_level=confidence, method="log-log")
    inside = (curve.surviving > 0) & (curve.surviving < 1)
    when = curve.period[inside]
    assert curve.lower[inside] == pytest.approx(ends.low.evaluate(when), nan_ok=True)
    assert curve.upper[inside] == pytest.approx(ends.high.evaluate(when), nan_ok=True)


@given(SPELLS)
def test_without_losses_the_share_is_one_minus_the_plain_distribution(spells):
    left = np.array([time for time, _ in spells])
    curve = curve_of(left)
    for period, share in zip(curve.period, curve.surviving, strict=True):
        assert share == pytest.approx(np.mean(left > period))


# ── ends ────────────────────────────────────────────────────────────────────────────────────


def test_where_nobody_left_the_interval_is_the_exact_one_of_no_hits():
    curve = curve_of((), (4, 4, 4, 2))
    exact = stats.binomtest(3, 3).proportion_ci(0.95, method="exact")
    assert curve.surviving[-1] == 1
    assert curve.lower[-1] == pytest.approx(exact.low)
    assert curve.upper[-1] == 1


def test_where_everybody_left_the_interval_is_the_exact_one_of_no_hits():
    curve = curve_of((1,) * 8)
    exact = stats.binomtest(0, 8).proportion_ci(0.95, method="exact")
    assert (curve.surviving[-1], curve.lower[-1]) == (0, 0)
    assert curve.upper[-1] == pytest.approx(exact.high)


@given(SPELLS, st.floats(0.5, 0.99))
def test_an_interval_holds_its_share_and_lies_within_nought_and_one(spells, confidence):
    curve = curve_of(*([t for t, gone in spells if gone is which] for which in (True, False)), confidence)
    assert np.all((curve.lower >= 0) & (curve.lower <= curve.surviving + 1e-12))
    assert np.all((curve.upper <= 1) & (curve.upper >= curve.surviving - 1e-12))


def test_at_the_start_all_are_there_and_retention_is_not_known():
    curve = curve_of((2,), (1,))
    assert [part[0] for part in curve[:-1]] == [0, 2, 0, 1, 1, 1]
    assert error_of(float(curve.retention[0])) is CellError.NA


@pytest.mark.parametrize("confidence", [0, 1, np.nan])
def test_a_confidence_that_is_none_is_refused(confidence):
    with pytest.raises(OutOfRange):
        curve_of((1, 2), (3,), confidence)


# ── the block of the models ─────────────────────────────────────────────────────────────────


@given(SPELLS)
def test_the_survivors_hold_the_counts_of_the_curve(spells):
    seen = np.array([time + 3 * (not gone) for time, gone in spells])
    left = np.array([time if gone else 0 for time, gone in spells])
    block = survivors(seen, left)
    rows = contract.cohorts_of(block)
    gone, stayed = contract.outcomes(rows)
    curve = kaplan_meier(seen, left)
    assert gone[1 : curve.left.size].tolist() == curve.left[1:].tolist()
    risk = contract.at_risk(gone, stayed)
    assert risk[: curve.at_risk.size - 1].tolist() == curve.at_risk[1:].tolist()
    assert np.nansum(block[:, 0]) == len(spells)


def test_one_cohort_is_the_series_that_one_would_type():
    """Fader & Hardie 2007, High End, of a thousand customers who began on one day."""
    typed = np.array([1000, 869, 743, 653, 593, 551, 517, 491])
    gone = -np.diff(typed)
    left = np.concatenate([np.repeat(np.arange(1, 8), gone), np.zeros(typed[-1], dtype=int)])
    block = survivors(np.full(1000, 7), left)
    assert block.tolist() == [typed.tolist()]
    fit = contract.fit(block)
    assert [*fit.params.values()] == pytest.approx([0.668, 3.806], abs=5e-4)  # their appendix B


def test_counts_are_as_many_rows():
    seen, left, counts = np.array([5, 5, 3]), np.array([2, 0, 0]), np.array([4.0, 3, 2])
    plain = np.repeat([0, 1, 2], counts.astype(int))
    assert np.array_equal(survivors(seen, left, counts), survivors(seen[plain], left[plain]), equal_nan=True)
    for one, other in zip(
        kaplan_meier(seen, left, counts), kaplan_meier(seen[plain], left[plain]), strict=True
    ):
        assert one == pytest.approx(other, nan_ok=True)


# ── coverage ────────────────────────────────────────────────────────────────────────────────

SIMULATIONS = times(40)
CHANCE = 3 * math.sqrt(0.95 * 0.05 / SIMULATIONS)


@pytest.mark.parametrize("contracts", [40, 400])
def test_the_interval_holds_the_truth_as_often_as_it_says(contracts):
    """Contracts of a beta of chances, begun over three years and counted on one day; after 6, 12 and 24 months."""
    hits = np.zeros(3)
    at = np.array([6, 12, 24])
    truth = contract.survival((1.2, 8.0), at)
    for seed in range(SIMULATIONS):
        draw = np.random.default_rng(seed)
        seen = draw.integers(24, 37, contracts)
        lasts = draw.geometric(draw.beta(1.2, 8.0, contracts))
        curve = kaplan_meier(seen, np.where(lasts <= seen, lasts, 0))
        hits += (curve.lower[at] <= truth) & (truth <= curve.upper[at])
    assert np.all(np.abs(hits / SIMULATIONS - 0.95) <= CHANCE + 1e-9), hits / SIMULATIONS


@pytest.mark.parametrize("many", [10, 122, 140, 164, 166, 1000])
def test_where_exactly_half_are_left_half_are_gone_however_the_shares_round(many):
    """Products of shares that make a half came out at 0.5000000000000001 for 11 of 99 sizes."""
    rng = np.random.default_rng(many)
    order, left = rng.permutation(many), np.zeros(many, dtype=np.int64)
    left[order[: many // 2]] = rng.integers(1, 6, many // 2)
    left[order[0]] = 5
    left[order[many // 2 :]] = rng.integers(6, 12, many - many // 2)
    curve = kaplan_meier(np.full(many, 20), left)
    assert curve.at_risk[6] == many / 2
    assert half_gone(curve) == 5
