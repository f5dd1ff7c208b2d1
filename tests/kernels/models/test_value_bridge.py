"""How the value of all customers changed: steps that add up, and an interval that holds what it says."""

import numpy as np
import pytest

from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.kernels.models.forecast import expected_of, fitted_models, terms_of
from klantwaarde_xl.kernels.models.log.prepare import Log, summary_of
from klantwaarde_xl.kernels.models.value_bridge import value_bridge
from tests.examples import times
from tests.kernels.models.logs import CUT, cdnow_log, day, made_log

TRUTH = (0.5, 6.0, 0.8, 2.5), (6.0, 4.0, 15.0)


def bridged(log, opening, closing, **terms):
    asked = terms_of(52, **{"margin": 0.35, "interest": 0.08, **terms})
    now = summary_of(log, closing)
    before = None if opening is None else summary_of(log, opening)
    models = fitted_models(now, asked)
    return value_bridge(before, now, models, asked), before, now, models, asked


@pytest.fixture(scope="module")
def cdnow():
    return bridged(Log(*cdnow_log()), day("1997-06-30"), CUT)


def test_the_steps_add_up_to_the_value_of_the_forecast(cdnow):
    found, before, now, models, asked = cdnow
    steps = (found.won, found.behaviour, found.lost)
    assert found.opening.value + sum(one.value for one in steps) == pytest.approx(found.closing.value)
    assert found.closing.value == pytest.approx(expected_of(now, models, asked).value.sum())
    assert found.opening.value == pytest.approx(expected_of(before, models, asked).value.sum())
    assert found.change == pytest.approx(found.closing.value - found.opening.value)


def test_every_customer_is_in_one_step(cdnow):
    found, before, now, *_ = cdnow
    assert found.opening.customers == before.customer.size == found.behaviour.customers + found.lost.customers
    assert found.won.customers == now.customer.size - before.customer.size


def test_who_left_was_likelier_than_not_to_be_there_and_is_no_more(cdnow):
    found, before, now, models, asked = cdnow
    alive = dict(zip(now.customer, expected_of(now, models, asked).alive, strict=True))
    then = zip(before.customer, expected_of(before, models, asked).alive, strict=True)
    assert found.lost.customers == sum(chance >= 0.5 > alive[code] for code, chance in then)
    assert found.lost.value < 0


def test_a_shop_that_was_not_there_yet_began_with_nothing():
    found, *_ = bridged(Log(*cdnow_log()), None, CUT)
    assert found.opening == (0.0, 0)
    assert found.won == found.closing
    assert found.lower < found.change < found.upper


def test_who_took_everything_back_is_lost_and_the_steps_still_add_up():
    customers, days, amounts = cdnow_log()
    opening = day("1997-06-30")
    once = np.flatnonzero(np.bincount(customers[days <= CUT]) == 1)
    gone = next(code for code in once if days[customers == code][0] < opening)
    back = (customers == gone) & (days <= CUT)
    log = Log(
        np.append(customers, gone), np.append(days, opening + 10), np.append(amounts, -amounts[back].sum())
    )
    found, before, now, *_ = bridged(log, opening, CUT)
    assert gone in before.customer
    assert gone not in now.customer
    assert found.lost.customers + found.behaviour.customers == before.customer.size
    total = found.opening.value + found.won.value + found.behaviour.value + found.lost.value
    assert total == pytest.approx(found.closing.value)


@pytest.mark.slow
def test_the_margin_scales_every_step():
    log = Log(*cdnow_log())
    whole, half = (bridged(log, day("1997-06-30"), CUT, margin=margin)[0] for margin in (1.0, 0.5))
    for name in ("opening", "won", "behaviour", "lost", "closing"):
        assert getattr(half, name).value == pytest.approx(getattr(whole, name).value / 2)
    assert half.upper - half.lower == pytest.approx((whole.upper - whole.lower) / 2)


def test_each_customers_part_of_a_likelihood_adds_up_to_the_whole():
    summary = summary_of(Log(*cdnow_log()), CUT)
    buys = summary.frequency > 0
    x, z = summary.frequency[buys], summary.mean_spend[buys]
    keep = z > 0
    x, z = x[keep], z[keep]
    one, other = np.array([6.25, 3.74, 15.44]), np.array([5.0, 4.2, 17.0])
    moved = gammagamma.of_each(other, x, z).sum() - gammagamma.of_each(one, x, z).sum()
    named = [dict(zip(("p", "q", "v"), point, strict=True)) for point in (one, other)]
    assert moved == pytest.approx(
        gammagamma.log_likelihood(named[1], x, z) - gammagamma.log_likelihood(named[0], x, z), rel=1e-9
    )
    assert gammagamma.of_each(one, np.zeros(3), np.full(3, np.nan)).tolist() == [0, 0, 0]


@pytest.mark.slow
def test_the_interval_holds_the_mean_change_as_often_as_it_says():
    found = []
    for seed in range(times(16, more=25)):
        customers, days, amounts = made_log(250, *TRUTH, seed=seed, weeks=104)
        log = Log(customers, days + 40000, amounts)
        found.append(bridged(log, 40000 + 78 * 7 - 1, 40000 + 104 * 7 - 1)[0])
    mean = np.mean([one.change for one in found])
    held = np.mean([one.lower <= mean <= one.upper for one in found])
    assert held >= 0.95 - 3 * np.sqrt(0.95 * 0.05 / len(found))
