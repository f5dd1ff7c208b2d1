"""What plans keep and are worth: published values, sums over plans, customers who change, and coverage."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.errors import CellError, OutOfRange, error_of
from klantwaarde_xl.kernels.measures import wilson
from klantwaarde_xl.kernels.models import contract
from klantwaarde_xl.kernels.models.plans import ALL, Rows, Terms, plan_of, plans, together
from klantwaarde_xl.kernels.spells import DAYS, Period
from tests.examples import examples, times

DAY = 46023.0  # 1 January 2026
HIGH_END = (1000, 869, 743, 653, 593, 551, 517, 491)  # Fader & Hardie 2007
GUIDE = (1000, 631, 468, 382, 326)  # their guide of 2014
NAN = np.nan


def of_series(left, price=10.0, code=0):
    """Contracts a week apart from one start, of whom so many are left after each week; counted on the last."""
    weeks = len(left) - 1
    start = DAY - DAYS * weeks
    ends = [start + DAYS * week for week in range(1, weeks + 1) for _ in range(left[week - 1] - left[week])]
    ends += [NAN] * left[-1]
    size = len(ends)
    return Rows(np.full(size, start), np.array(ends), np.full(size, code), np.full(size, price))


def both(*parts):
    """The rows of several plans below one another."""
    return Rows(*(np.concatenate(column) for column in zip(*(part[:4] for part in parts), strict=True)))


def weekly(rows, terms, **more):
    return plans(rows, DAY, terms, Period.WEEK, **more)


# ── published ───────────────────────────────────────────────────────────────────────────────


def test_a_new_contract_is_worth_what_the_guide_to_the_model_gives():
    """Fader & Hardie 2014: alpha 0.764 and beta 1.296; at ten per cent the lifetime is 3.62 periods."""
    plan = plan_of(0, of_series(GUIDE, 100.0), DAY, Terms(0.1), Period.WEEK)
    assert [*plan.fit.params.values()] == pytest.approx([0.764, 1.296], abs=5e-4)
    assert plan.value == pytest.approx(362.02, rel=5e-4)  # of the rounded parameters


def test_running_contracts_are_worth_the_published_residual_lifetime_each():
    """75.296 just before the eighth payment of 10 (jdmaturen, shifted_beta_geometric_py); that is a period away."""
    plan = plan_of(0, of_series(HIGH_END), DAY, Terms(0.1), Period.WEEK)
    assert plan.residual * 1.1 / 491 == pytest.approx(75.296, rel=2e-4)


# ── definitions ─────────────────────────────────────────────────────────────────────────────


def test_counts_and_retention_are_those_of_the_series():
    plan = plan_of(0, of_series(GUIDE), DAY, Terms(0.0, 4), Period.WEEK)
    assert (plan.contracts, plan.running, plan.ended, plan.ending) == (1000, 326, 674, 0)
    assert plan.exposure == 1000 + 631 + 468 + 382
    assert plan.retention == pytest.approx(1 - 674 / 2481)
    assert (plan.lower, plan.upper) == wilson(2481 - 674, 2481)


def test_over_a_horizon_the_value_is_the_sum_of_the_payments_in_it():
    fit = contract.fit([GUIDE])
    plan = plan_of(0, of_series(GUIDE), DAY, Terms(0.02, 6), Period.WEEK)
    share = contract.survival(fit.params, np.arange(6))
    assert plan.value == pytest.approx(10 * np.sum(share / 1.02 ** np.arange(6)))
    coming = contract.survival(fit.params, np.arange(5, 11)) / contract.survival(fit.params, 4)
    assert plan.residual == pytest.approx(326 * 10 * np.sum(coming / 1.02 ** np.arange(1, 7)))


@pytest.mark.parametrize("code", [0, 1])
def test_a_long_horizon_comes_to_the_value_without_end(code):
    terms = [Terms(0.1, horizon, code) for horizon in (300, None)]
    long, endless = (plan_of(0, of_series(HIGH_END), DAY, one, Period.WEEK) for one in terms)
    assert long.value == pytest.approx(endless.value, rel=1e-9)
    assert long.residual == pytest.approx(endless.residual, rel=1e-9)


def test_without_interest_and_horizon_a_value_may_have_no_end():
    plan = plan_of(0, of_series(GUIDE), DAY, Terms(0.0), Period.WEEK)
    assert {error_of(plan.value), error_of(plan.residual)} == {CellError.NUM}


def test_a_fit_that_cannot_be_gives_counts_and_no_value():
    plan = plan_of(
        0, Rows(np.array([DAY - 70]), np.array([NAN]), np.zeros(1), np.array([5.0])), DAY, Terms(0.1)
    )
    assert (plan.contracts, plan.price) == (1, 5.0)
    assert {error_of(one) for one in (plan.value, plan.value_lower, plan.residual)} == {CellError.NA}
    assert plan.fit.message


def test_a_running_contract_with_a_known_end_has_no_residual_value():
    rows = of_series(HIGH_END)
    running = np.isnan(rows.ends)
    some = np.where(running & (np.arange(running.size) % 2 == 0), DAY + 3, rows.ends)
    whole, part = (
        plan_of(0, rows._replace(ends=ends), DAY, Terms(0.1), Period.WEEK) for ends in (rows.ends, some)
    )
    assert part.running == whole.running
    assert part.residual == pytest.approx(whole.residual * (1 - part.ending / part.running))
    every = plan_of(
        0, rows._replace(ends=np.where(running, DAY + 3, rows.ends)), DAY, Terms(0.1), Period.WEEK
    )
    assert error_of(every.residual) is CellError.NA


def test_where_nothing_runs_the_residual_value_is_nought():
    rows = of_series((100, 60, 30, 10, 0))
    assert plan_of(0, rows, DAY, Terms(0.1), Period.WEEK).residual == 0


def test_a_model_of_weeks_does_not_fit_contracts_that_end_once_in_four_and_that_is_seen():
    rng = np.random.default_rng(3)
    seen = rng.integers(8, 60, 800)
    lasts = 4 * rng.geometric(rng.beta(0.6, 1.2, 800))
    start = DAY - DAYS * seen
    rows = Rows(start, np.where(lasts <= seen, start + DAYS * lasts, NAN), np.zeros(800), np.full(800, 9.0))
    assert plan_of(0, rows, DAY, Terms(0.01, 20), Period.WEEK).off > 0
    assert plan_of(0, of_series(GUIDE), DAY, Terms(0.01, 20), Period.WEEK).off == 0


@pytest.mark.parametrize(
    "terms", [{"interest": -0.1}, {"interest": 0, "horizon": 0}, {"interest": 0, "horizon": 2.5},
              {"interest": 0, "model": 2}, {"interest": 0, "confidence": 1}]
)  # fmt: skip
def test_terms_that_cannot_be_are_refused(terms):
    with pytest.raises(OutOfRange):
        Terms(**terms)


# ── plans together ──────────────────────────────────────────────────────────────────────────


def test_the_plans_add_up_to_all():
    found = weekly(both(of_series(GUIDE, 30.0), of_series(HIGH_END, 10.0, 1)), Terms(0.1))
    whole, *each = found
    assert [one.code for one in found] == [ALL, 0, 1]
    for field in ("contracts", "running", "ending", "ended", "exposure", "residual"):
        assert getattr(whole, field) == pytest.approx(sum(getattr(one, field) for one in each)), field
    assert whole.retention * whole.exposure == pytest.approx(
        sum(one.retention * one.exposure for one in each)
    )
    assert whole.price == pytest.approx(20.0)


ROWS = st.lists(
    st.tuples(st.integers(0, 300), st.none() | st.integers(0, 200), st.integers(0, 2)),
    min_size=1,
    max_size=30,
)


@pytest.mark.slow
@examples(20)
@given(ROWS)
def test_counts_of_plans_add_up_whatever_the_dates(rows):
    start = DAY - np.array([float(ago) for ago, *_ in rows])
    end = start + np.array([NAN if long is None else float(long) for _, long, _ in rows])
    codes = np.array([code for *_, code in rows])
    whole, *each = weekly(Rows(start, end, codes, np.ones(len(rows))), Terms(0.1, 12))
    for field in ("contracts", "running", "ending", "ended", "exposure"):
        assert getattr(whole, field) == sum(getattr(one, field) for one in each), field


def test_a_sum_of_which_a_part_is_unknown_is_unknown():
    assert together([1.0, 2.0]) == 3.0
    assert error_of(together([1.0, CellError.NA.nan])) is CellError.NA
    assert error_of(together([CellError.NA.nan, CellError.NUM.nan])) is CellError.NUM


def test_who_changes_plans_leaves_the_one_and_stays_a_customer():
    start = np.array([DAY - 70, DAY - 35])
    end = np.array([DAY - 36, NAN])
    rows = Rows(start, end, np.array([0, 1]), np.array([10.0, 20.0]), np.array([7, 7]))
    whole, old, new = weekly(rows, Terms(0.0, 5))
    assert (whole.contracts, whole.running, whole.ended) == (1, 1, 0)
    assert (old.running, old.ended, new.running, new.ended) == (0, 1, 1, 0)
    assert whole.price == 20.0  # what is paid now


def test_two_contracts_of_a_customer_at_one_time_are_paid_both():
    rows = Rows(
        np.full(2, DAY - 70), np.full(2, NAN), np.zeros(2, dtype=int), np.array([10.0, 20.0]), np.zeros(2)
    )
    assert plan_of(0, rows, DAY, Terms(0.0, 5), Period.WEEK).price == 30.0


def test_a_plan_that_begins_later_is_not_there():
    rows = both(
        of_series(GUIDE),
        of_series(GUIDE, code=1)._replace(starts=np.full(1000, DAY + 1), ends=np.full(1000, NAN)),
    )
    assert [one.code for one in weekly(rows, Terms(0.1))] == [ALL, 0]


# ── coverage ────────────────────────────────────────────────────────────────────────────────

SIMULATIONS = times(40)
CHANCE = 3 * math.sqrt(0.95 * 0.05 / SIMULATIONS)


@pytest.mark.slow
def test_the_interval_of_a_value_holds_the_truth_as_often_as_it_says():
    """Three hundred contracts begun over months, prices that differ; the value over 24 periods at 0.5 %."""
    truth = 20 * np.sum(contract.survival((1.2, 8.0), np.arange(24)) / 1.005 ** np.arange(24))
    hits = 0
    for seed in range(SIMULATIONS):
        draw = np.random.default_rng(seed)
        seen = draw.integers(6, 37, 300)
        lasts = draw.geometric(draw.beta(1.2, 8.0, 300))
        start = DAY - DAYS * seen
        end = np.where(lasts <= seen, start + DAYS * lasts, NAN)
        prices = 20 * draw.lognormal(-0.045, 0.3, 300)
        plan = plan_of(0, Rows(start, end, np.zeros(300), prices), DAY, Terms(0.005, 24), Period.WEEK)
        hits += plan.value_lower <= truth <= plan.value_upper
    assert abs(hits / SIMULATIONS - 0.95) <= CHANCE + 1e-9, hits / SIMULATIONS


@pytest.mark.parametrize("model", [0, 1])
@pytest.mark.parametrize("horizon", [None, 24])
def test_a_plan_that_nobody_left_is_worth_all_payments_and_at_least_what_is_not_ruled_out(model, horizon):
    rows = of_series((40,) * 21)
    found = weekly(rows, Terms(0.01, horizon, model, 0.95))[1]
    every = (1.01 ** -np.arange(horizon or 100_000)).sum()
    assert found.value == found.value_upper == pytest.approx(10 * every)
    assert 0.5 * found.value < found.value_lower < found.value
    most = 1 - 0.025 ** (1 / (40 * 20))  # Clopper and Pearson, of 800 renewals without a loss
    assert found.value_lower == pytest.approx(
        10 * (((1 - most) / 1.01) ** np.arange(horizon or 10_000)).sum()
    )
    assert found.off == 0


@pytest.mark.slow
@pytest.mark.parametrize("model", [0, 1])
def test_a_plan_that_loses_the_same_share_each_period_has_a_value(model):
    left = tuple(round(10_000 * 0.9**week) for week in range(12))
    found = weekly(of_series(left), Terms(0.01, None, model, 0.95))[1]
    assert found.value == pytest.approx(10 / (1 - 0.9 / 1.01), rel=0.02)
    assert found.value_lower < found.value < found.value_upper
