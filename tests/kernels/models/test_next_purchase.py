"""When customers buy again: identities with what the models say elsewhere, and what came on CDNOW."""

import numpy as np
import pytest

from klantwaarde_xl.errors import NotAvailable
from klantwaarde_xl.kernels.models.buying.face import Model, fitted, functions_of
from klantwaarde_xl.kernels.models.estimate.search import failed
from klantwaarde_xl.kernels.models.forecast import buys
from klantwaarde_xl.kernels.models.log.prepare import Log, prepare
from klantwaarde_xl.kernels.models.next_purchase import next_purchases
from klantwaarde_xl.kernels.models.season.calendar import MONTHS
from klantwaarde_xl.kernels.models.season.clock import Season
from klantwaarde_xl.refusals.models import ONE_CUSTOMER
from tests.kernels.models.logs import CUT, cdnow_log

MODELS = [Model.BGNBD, Model.MBGNBD, Model.PARETONBD]


@pytest.fixture(scope="module", params=MODELS, ids=lambda model: model.title)
def found(request):
    _, summary = prepare(Log(*cdnow_log()), CUT)
    fit = fitted(request.param, summary.frequency, summary.recency, summary.T)
    return fit, summary, next_purchases(fit, summary, 7.0)


def history(summary):
    return summary.frequency, summary.recency, summary.T


def test_the_chance_within_a_time_is_that_of_a_forecast_over_it(found):
    fit, summary, following = found
    for chance, days in zip(following.within, (30, 60, 90), strict=True):
        assert chance == pytest.approx(buys(functions_of(fit), fit.params, history(summary), days / 7))


def test_the_chance_to_come_within_90_days_is_as_often_as_they_came(found):
    _, summary, following = found
    codes, days, _ = cdnow_log()
    came = np.isin(summary.customer, codes[(days > CUT) & (days <= CUT + 90)])
    assert following.within[2].mean() == pytest.approx(came.mean(), rel=0.16)


def test_by_the_days_a_quarter_half_and_three_quarters_of_who_come_back_have_bought(found):
    fit, summary, following = found
    module = functions_of(fit)
    ever = np.array(buys(module, fit.params, history(summary), 1e4 * summary.T.max()))
    for days, part in ((following.early, 0.25), (following.middle, 0.5), (following.late, 0.75)):
        there = ~np.isnan(days)
        assert there[(summary.frequency > 3) & (ever > 1e-9)].all()
        assert not there[ever < 0.99e-9].any()
        for later, compare in ((0, np.greater_equal), (-1, np.less)):  # by that day, and not a day before
            time = np.maximum((days[there] + later - CUT) / 7, 0)
            before = summary._replace(
                **{name: getattr(summary, name)[there] for name in ("frequency", "recency", "T")}
            )
            reached = np.array(buys(module, fit.params, history(before), time))
            assert compare(reached, part * ever[there] - 1e-9 * (later == 0) + 1e-9 * (later < 0)).all()


def test_silence_in_the_bgnbd_is_the_wait_of_a_poisson_process_with_a_gamma_rate():
    _, summary = prepare(Log(*cdnow_log()), CUT)
    fit = fitted(Model.BGNBD, summary.frequency, summary.recency, summary.T)
    r, alpha = fit.params["r"], fit.params["alpha"]
    wait = ((alpha + summary.recency) / (alpha + summary.T)) ** (r + summary.frequency)
    following = next_purchases(fit, summary, 7.0)
    assert following.silence == pytest.approx(wait, rel=1e-9)
    assert np.array_equal(following.overdue == 1, wait < 0.25)


def test_who_bought_today_is_not_late(found):
    fit, summary, _ = found
    today = summary._replace(recency=summary.T, final_day=np.full(summary.T.size, CUT))
    busy = today._replace(frequency=np.maximum(today.frequency, 1), recency=np.maximum(today.T, 0.1), T=np.maximum(today.T, 0.1))  # fmt: skip
    following = next_purchases(fit, busy, 7.0)
    assert following.silence == pytest.approx(1)
    assert not following.overdue.any()


def test_before_busy_months_people_come_sooner():
    _, summary = prepare(Log(*cdnow_log()), CUT)  # to the end of September
    fit = fitted(Model.MBGNBD, summary.frequency, summary.recency, summary.T)
    effects = np.where(np.arange(12) >= 9, np.log(3), 0.0)
    busy = Season(MONTHS, effects, np.zeros((12, 12)), CUT - 364, CUT)
    timed = summary._replace(final_day=summary.final_day)
    plain, season = next_purchases(fit, timed, 7.0), next_purchases(fit, timed, 7.0, busy)
    regular = summary.frequency > 3
    # Age and recency in that time differ a little; three busy months differ a lot
    assert (season.within[2][regular] > plain.within[2][regular]).mean() > 0.9
    assert (season.middle[regular] <= plain.middle[regular]).mean() > 0.9


def test_a_fit_that_failed_tells_nothing():
    _, summary = prepare(Log(*cdnow_log()), CUT)
    with pytest.raises(NotAvailable):
        next_purchases(failed("BG/NBD", ("r", "alpha", "a", "b"), 3, ONE_CUSTOMER()), summary, 7.0)
