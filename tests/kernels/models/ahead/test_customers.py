"""Customers between two days to come: windows add up, the first is a forecast, and what is no future is refused."""

import numpy as np
import pytest

from klantwaarde_xl.errors import NotAvailable, OutOfRange
from klantwaarde_xl.kernels.models.ahead.customers import between, still_customers
from klantwaarde_xl.kernels.models.ahead.days import evenly, months_ahead, window, windows
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.estimate.search import failed
from klantwaarde_xl.kernels.models.forecast import fitted_models, forecast_of, terms_of
from klantwaarde_xl.kernels.models.log.prepare import Log, prepare
from klantwaarde_xl.refusals.models import ONE_CUSTOMER
from tests.kernels.models.ahead import season_ahead
from tests.kernels.models.logs import CUT, cdnow_log, day

WEEKS = evenly(7.0)
CODES = [*map(float, face.IN_TIME), 10.0]  # NBD: a limit


@pytest.fixture(scope="module", params=CODES, ids=face.title_of)
def shop(request):
    _, summary = prepare(Log(*cdnow_log()), CUT)
    model = request.param
    terms = terms_of(26.0, 0.3, 0.1, model=float(face.model_of(model)))._replace(code=model)
    return summary, fitted_models(summary, terms), terms


@pytest.mark.slow
def test_a_window_from_now_on_is_the_forecast_with_its_ends(shop):
    summary, models, terms = shop
    wanted = forecast_of(summary, models, terms)
    found = between(summary, models, terms, window(CUT, CUT, CUT + 182))
    assert found.purchases == pytest.approx(wanted.purchases)
    assert found.begins == pytest.approx(wanted.alive)
    for name, end in (("value", wanted.value), ("value_lower", wanted.lower), ("value_upper", wanted.upper)):
        assert getattr(found, name) == pytest.approx(end, rel=1e-6)
    assert [*found.all_value] == pytest.approx([wanted.value.sum(), *wanted.together], rel=1e-6)


@pytest.mark.slow
def test_windows_add_up(shop):
    summary, models, terms = shop
    first, second, both = (
        between(summary, models, terms, window(CUT, CUT + begin, CUT + end))
        for begin, end in ((1, 60), (61, 200), (1, 200))
    )
    assert first.purchases + second.purchases == pytest.approx(both.purchases)
    assert first.value + second.value == pytest.approx(both.value)
    assert first.ends == pytest.approx(second.begins)


@pytest.mark.slow
def test_all_together_are_the_sum_of_each(shop):
    summary, models, terms = shop
    found = between(summary, models, terms, (30.0, 90.0))
    assert found.all_purchases.value == pytest.approx(found.purchases.sum())
    assert found.all_value.value == pytest.approx(found.value.sum())
    assert found.all_value.lower < found.all_value.value < found.all_value.upper


@pytest.mark.slow
def test_time_passes_as_the_days_ahead_say(shop):
    """A shop in which days to come count double, as a season has it, is the shop of twice the days."""
    summary, models, terms = shop
    busy = season_ahead(CUT, {1: 2.0})
    double = between(summary, models._replace(season=busy), terms, (10.0, 40.0))
    wanted = between(summary, models, terms, (20.0, 80.0))
    assert double.purchases == pytest.approx(wanted.purchases)
    assert double.ends == pytest.approx(wanted.ends)


@pytest.mark.slow
def test_who_is_still_a_customer_is_who_is_at_the_end_of_a_window(shop):
    summary, models, terms = shop
    found = still_customers(models.buying, summary, 90.0, WEEKS)
    assert found.then == pytest.approx(between(summary, models, terms, (30.0, 90.0)).ends)
    assert found.then == pytest.approx(found.now * found.stays)


def test_a_fit_that_failed_tells_nothing(shop):
    summary, models, terms = shop
    broken = models._replace(buying=failed("BG/NBD", ("r", "alpha", "a", "b"), 3, ONE_CUSTOMER()))
    with pytest.raises(NotAvailable):
        between(summary, broken, terms, (30.0, 90.0))
    with pytest.raises(NotAvailable):
        still_customers(broken.buying, summary, 90.0, WEEKS)


def test_the_day_itself_is_known_so_that_a_window_from_it_is_one_from_the_day_after():
    assert window(CUT, CUT, CUT + 10) == window(CUT, CUT + 1, CUT + 10) == (0.0, 10.0)


@pytest.mark.parametrize(("begin", "end"), [(-1, 10), (0, 0), (20, 10), (1, 9_000)])
def test_days_that_are_no_future_are_refused(begin, end):
    with pytest.raises(OutOfRange):
        window(CUT, CUT + begin, CUT + end)


@pytest.mark.parametrize(
    ("last", "wanted"),
    [
        ("2024-12-31", [0, 31, 59, 90]),
        ("2024-01-31", [0, 29, 60, 90]),
        ("2024-12-30", [0, 1, 32, 60, 91]),
        ("2024-02-10", [0, 19, 50, 80, 111]),
    ],
)
def test_months_ahead_are_those_of_the_calendar_after_what_is_left_of_a_running_one(last, wanted):
    assert months_ahead(day(last), 3).tolist() == wanted


def test_windows_are_one_after_another_and_last_the_whole():
    found = windows(months_ahead(day("2024-12-30"), 2), day("2024-12-30"), None, 7.0)
    assert found.begins.tolist() == [0, 1, 32, 0]
    assert found.ends.tolist() == [1, 32, 60, 60]
    begin, end = found.between
    assert 7 * begin == pytest.approx(found.begins)
    assert 7 * end == pytest.approx(found.ends)
    assert np.all(found.of_days * 7 == pytest.approx(np.arange(61)))
