"""What each customer will buy and be worth: identities, segments, and logs that cannot be forecast."""

import numpy as np
import pytest

from klantwaarde_xl.errors import CellError, NotAvailable, OutOfRange, error_of
from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.kernels.models.buying import bgbb, face
from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD
from klantwaarde_xl.kernels.models.buying.mbgnbd import MBGNBD
from klantwaarde_xl.kernels.models.buying.near_edge import is_near_edge
from klantwaarde_xl.kernels.models.buying.paretonbd import PARETONBD
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.kernels.models.forecast import (
    Fitted,
    Spending,
    expected_spend,
    fitted_models,
    forecast_of,
    terms_of,
    value_errors,
)
from klantwaarde_xl.kernels.models.log.prepare import Log, segment_at_start
from klantwaarde_xl.kernels.models.log.summary import Unit, summarise
from klantwaarde_xl.reports.customers import forecast
from klantwaarde_xl.wording.checks import remarks
from tests.kernels.models.logs import CUT, SHOP_END, cdnow_log, made_log, shop

NA = CellError.NA
MODELS = [face.Model.BGNBD, face.Model.MBGNBD, face.Model.PARETONBD]
MODULES = {
    BGNBD: (0.243, 4.414, 0.793, 2.426),
    MBGNBD: (0.525, 6.183, 0.891, 1.614),
    PARETONBD: (0.553, 10.58, 0.606, 11.67),
}
EACH = pytest.mark.parametrize(("module", "params"), MODULES.items(), ids=["bgnbd", "mbgnbd", "paretonbd"])
CUSTOMERS = np.array([(0, 0, 0), (0, 0, 38.9), (2, 30.4, 38.9), (26, 30.857, 31)]).T


def all_are(error, column):
    return [error_of(value) for value in column.tolist()] == [error] * column.size


# ── how many purchases, in chances ──────────────────────────────────────────────────────────


@EACH
def test_the_chances_of_each_number_of_purchases_add_up_to_one_and_their_mean_is_the_expectation(
    module, params
):
    counts = np.arange(300.0)[:, None]
    chances = module.conditional_pmf(params, *CUSTOMERS, 30, counts)
    assert np.all(chances >= 0)
    assert chances.sum(axis=0) == pytest.approx(1, abs=1e-9)
    expected = module.conditional_expected(params, *CUSTOMERS, 30)
    assert (counts * chances).sum(axis=0) == pytest.approx(expected, rel=1e-8)


def test_the_chances_of_each_number_of_donations_do_so_too():
    params, donors = (1.20, 0.75, 0.66, 2.78), np.array([(0, 0, 6), (3, 4, 6), (6, 6, 6), (0, 0, 0)]).T
    counts = np.arange(14.0)[:, None]
    chances = bgbb.conditional_pmf(params, *donors, 12, counts)
    assert chances.sum(axis=0) == pytest.approx(1, abs=1e-12)
    assert chances[13].tolist() == [0, 0, 0, 0]
    expected = bgbb.conditional_expected(params, *donors, 12)
    assert (counts * chances).sum(axis=0) == pytest.approx(expected, rel=1e-11)


@EACH
def test_a_new_customer_has_the_chances_of_a_new_customer(module, params):
    counts = np.arange(6.0)
    if module is not MBGNBD:  # there somebody who just bought may have stopped
        assert module.conditional_pmf(params, 0, 0, 0, 26, counts) == pytest.approx(
            module.pmf(params, counts, 26), rel=1e-9
        )
    assert module.conditional_pmf(params, *CUSTOMERS, 0, 0) == pytest.approx(1, abs=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_no_purchase_and_at_least_one_are_all_there_is(model):
    found = forecast(*shop(), 26, model=model, as_of=SHOP_END)
    summary = summarise(*shop(), SHOP_END)
    fit = face.fitted(model, summary.frequency, summary.recency, summary.T)
    none = face.functions_of(fit).conditional_pmf(
        fit.params, summary.frequency, summary.recency, summary.T, 26, 0
    )
    assert found.buys == pytest.approx(1 - none, rel=1e-9)


# ── the value of a customer ─────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize("spending", Spending)
@pytest.mark.parametrize("model", MODELS)
def test_a_value_is_margin_times_spend_times_discounted_purchases(model, spending):
    found = forecast(*shop(), 26, 0.3, 0.1, model=model, as_of=SHOP_END, spending=spending)
    fit = face.fitted(model, found.frequency, found.recency, found.T)
    history = fit.params, found.frequency, found.recency, found.T
    module = face.module_of(model)
    weekly = np.log(1.1) * 7 / 365.25
    now = module.discounted_expected(*history, 26, weekly)
    assert found.value == pytest.approx(0.3 * found.spend * now, rel=1e-12)
    assert found.alive == pytest.approx(module.p_alive(*history))
    assert found.purchases == pytest.approx(module.conditional_expected(*history, 26))
    # discounted half a year at ten percent: between nothing and 1.1^(1/2) less
    assert np.all(now < found.purchases)
    assert np.all(now > found.purchases / 1.1**0.5)


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_the_lower_end_lies_below_the_value_and_the_upper_end_above(model):
    found = forecast(*shop(), model=model, as_of=SHOP_END)
    assert np.all((found.lower > 0) & (found.lower < found.value) & (found.value < found.upper))
    surer = forecast(*shop(), model=model, as_of=SHOP_END, confidence=0.5)
    assert np.all((found.lower < surer.lower) & (surer.upper < found.upper))


@pytest.mark.slow
def test_without_a_horizon_it_is_a_year_in_any_unit_of_time():
    found = [forecast(*shop(), interest=0.1, unit=unit, as_of=SHOP_END) for unit in Unit]
    for other in found[1:]:
        assert other.value == pytest.approx(found[0].value, rel=1e-5)
        assert other.lower == pytest.approx(found[0].lower, rel=1e-4)
        assert other.buys == pytest.approx(found[0].buys, rel=1e-5)


@pytest.mark.slow
def test_half_the_margin_is_half_the_value_and_the_same_purchases():
    whole, half = (forecast(*shop(), margin=margin, as_of=SHOP_END) for margin in (1, 0.5))
    for column in ("value", "lower", "upper"):
        assert getattr(half, column) == pytest.approx(getattr(whole, column) / 2, rel=1e-12)
    assert np.array_equal(half.purchases, whole.purchases)


def test_who_bought_once_is_expected_to_spend_what_all_do():
    found = forecast(*shop(), as_of=SHOP_END, model=face.Model.BGNBD)
    summary = summarise(*shop(), SHOP_END)
    paid = summary.frequency > 0
    params = gammagamma.fit(summary.frequency[paid], summary.mean_spend[paid]).params
    assert found.spend[~paid] == pytest.approx(gammagamma.population_mean(params), rel=1e-9)
    assert set(found.note[~paid]) == {"eenmalig: besteding van allen; in bg/nbd altijd nog klant"}
    assert set(found.note[paid]) == {""}


@pytest.mark.slow
def test_own_spending_is_each_customers_mean_or_else_that_of_all_purchases():
    found = forecast(*shop(), as_of=SHOP_END, spending=Spending.OWN)
    summary = summarise(*shop(), SHOP_END)
    paid = summary.frequency > 0
    assert np.array_equal(found.spend[paid], summary.mean_spend[paid])
    purchases = summary.frequency.sum() + summary.frequency.size
    assert found.spend[~paid] == pytest.approx(summary.revenue.sum() / purchases, rel=1e-12)


# ── segments ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def two_segments():
    """Two shops as one log, in the order of the days."""
    logs = [
        made_log(400, params, (6, 4, 15), seed) for seed, params in ((1, (1, 4, 1, 3)), (2, (3, 30, 1, 5)))
    ]
    customers = np.concatenate([logs[0][0] * 2, logs[1][0] * 2 + 1])
    days, amounts = (np.concatenate(pair) for pair in list(zip(*logs, strict=True))[1:])
    order = np.argsort(days, kind="stable")
    return customers[order], days[order], amounts[order], customers[order] % 2, logs


@pytest.mark.slow
def test_a_segment_is_forecast_as_if_it_were_alone(two_segments):
    customers, days, amounts, segments, logs = two_segments
    asked = {"model": face.Model.MBGNBD, "as_of": 365}
    whole = forecast(customers, days, amounts, 26, 0.3, 0.1, segments=segments, **asked)
    assert not np.any(np.isnan(whole.upper))
    assert np.array_equal(whole.customer, np.arange(800))
    for segment, log in enumerate(logs):
        alone = forecast(*log, 26, 0.3, 0.1, **asked)
        mine = whole.customer % 2 == segment
        for name in ("frequency", "alive", "buys", "purchases", "spend", "value", "lower", "upper"):
            assert getattr(whole, name)[mine] == pytest.approx(getattr(alone, name), rel=1e-9)


def test_one_segment_for_all_changes_nothing():
    whole = forecast(*shop(), as_of=SHOP_END)
    again = forecast(*shop(), as_of=SHOP_END, segments=np.full(shop()[0].size, 7))
    for one, other in zip(whole, again, strict=True):
        assert np.array_equal(one, other)


def test_a_segment_too_small_to_fit_says_so_and_leaves_the_others_alone():
    customers, days, amounts = shop()
    segments = np.where(customers == 5, 1, 0)
    found = forecast(customers, days, amounts, as_of=SHOP_END, segments=segments)
    assert error_of(found.value[5]) is NA
    assert "tweede keer" in found.note[5]
    assert not np.any(np.isnan(np.delete(found.value, 5)))


def test_a_customer_belongs_to_the_segment_of_the_first_purchase_whatever_the_order_of_the_rows():
    customers, days = np.array([0, 0, 0, 1]), np.array([9.0, 3.0, 5.0, 1.0])
    amounts, segments = np.array([1.0, 1, 1, 1]), np.array([4, 5, 6, 7])
    summary = summarise(customers, days, amounts)
    assert segment_at_start(summary, Log(customers, days, amounts), segments).tolist() == [5, 7]
    refund_first = np.array([1.0, -1, 1, 1])
    summary = summarise(customers, days, refund_first)
    assert segment_at_start(summary, Log(customers, days, refund_first), segments).tolist() == [6, 7]


def test_a_customer_belongs_to_the_segment_of_the_first_purchase_that_was_not_taken_back():
    customers, days, amounts = np.zeros(3, dtype=int), np.array([1.0, 2, 9]), np.array([10.0, -10, 5])
    summary = summarise(customers, days, amounts)
    assert summary.first_day.tolist() == [9]
    assert segment_at_start(summary, Log(customers, days, amounts), np.array([0, 0, 1])).tolist() == [1]


# ── what cannot be forecast ─────────────────────────────────────────────────────────────────

UNFIT = {
    "nobody came back": (([0, 1, 2], [1, 2, 9], [10, 20, 30]), "tweede keer"),
    "one customer": (([0, 0], [1, 9], [10, 20]), "Eén klant"),
    "two came back": (([0, 1, 2, 0, 1], [1, 1, 1, 8, 8], [7] * 5), "maar 2 klanten"),
    "one day": (([0, 1, 2, 0], [5, 5, 5, 5], [10, 20, 30, 40]), "op de laatste dag van de gegevens"),
}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("spending", Spending)
@pytest.mark.parametrize(("log", "words"), UNFIT.values(), ids=UNFIT)
def test_a_log_that_cannot_be_fitted_gives_no_numbers_and_says_why(log, words, model, spending):
    customers, days, amounts = (np.array(column) for column in log)
    found = forecast(customers, days.astype(float), amounts.astype(float), model=model, spending=spending)
    for column in found[4:11]:
        assert all_are(NA, column)
    assert all(words in note for note in found.note)
    assert not any(np.isnan(found.frequency))


@pytest.mark.slow
def test_free_purchases_have_no_spend_to_model_but_own_spending_is_zero():
    customers, days, amounts = shop()
    free = np.where(amounts > 0, 0.0, amounts)
    found = forecast(customers, days, free, as_of=SHOP_END)
    assert not np.any(np.isnan(found.purchases))
    assert all("geen enkele aankoop kostte iets" in note for note in found.note)
    assert not np.any(found.value)
    own = forecast(customers, days, free, as_of=SHOP_END, spending=Spending.OWN)
    for column in (own.spend, own.value, own.lower, own.upper):
        assert not np.any(column)


def test_a_customer_whose_repeats_were_all_free_is_expected_to_spend_what_all_do():
    customers, days, amounts = shop()
    amounts = np.where((customers == 0) & (days > days[0]), 0.0, amounts)
    found = forecast(customers, days, amounts, as_of=SHOP_END)
    once = found.frequency == 0
    assert found.frequency[0] == 1
    assert found.spend[0] == pytest.approx(found.spend[once][0], rel=1e-12)


def fat_tailed():
    """Models of the shop in which the mean spend of all does not exist."""
    summary, terms = summarise(*shop(), SHOP_END), terms_of(interest=0.1)
    models = fitted_models(summary, terms)
    params = {"p": 2.0, "q": 0.9, "v": 10.0}
    spread = Fit("Gamma-Gamma", params, params, np.diag([0.01, 0.001, 0.1]), -1.0, 19, True)
    return summary, Fitted(models.buying, spread, models.average), terms


def test_without_a_mean_spend_who_bought_once_is_expected_to_spend_what_all_did_on_average():
    summary, models, terms = fat_tailed()
    found = forecast_of(summary, models, terms)
    once = summary.frequency == 0
    assert np.all(found.spend[once] == models.average)
    for column in (found.value, found.lower, found.upper):
        assert not np.any(np.isnan(column))
    notes = remarks(found, models, terms)
    assert all("q ≤ 1" in note and "van allen" in note for note in notes[once])
    x, z = summary.frequency[~once], summary.mean_spend[~once]
    assert found.spend[~once] == pytest.approx(2 * (10 + x * z) / (2 * x - 0.1), rel=1e-12)
    assert np.all(expected_spend(summary, models.spending, 1.0)[once] == 1)


@pytest.mark.slow
def test_the_interval_of_a_value_is_that_of_the_delta_method_and_near_an_edge_it_holds_that():
    asked = {"interest": 0.1, "confidence": 0.9}
    for log, day, near in ((cdnow_log(), CUT, False), (shop(), SHOP_END, True)):
        found = forecast(*log, **asked, as_of=day, model=face.Model.BGNBD)
        summary, terms = summarise(*log, day), terms_of(**asked)
        models = fitted_models(summary, terms)
        error, _ = value_errors(summary, models, terms)
        lower, upper = intervals.around(found.value, error, 0.9)
        assert is_near_edge(models.buying) is near
        assert np.array_equal(found.lower, lower) is not near
        assert np.all((found.lower <= lower) & (upper <= found.upper))


IMPOSSIBLE = [
    ({"horizon": 0}, "horizon"),
    ({"horizon": -1}, "horizon"),
    ({"horizon": np.inf}, "horizon"),
    ({"horizon": np.nan}, "horizon"),
    ({"margin": 0}, "marge"),
    ({"margin": 1.01}, "marge"),
    ({"interest": -0.1}, "rente"),
    ({"unit": 4}, "eenheid"),
    ({"model": 3}, "BG/BB"),
    ({"model": 9}, "model"),
    ({"spending": 2}, "besteden"),
    ({"confidence": 95}, "zekerheid"),
]


@pytest.mark.parametrize(("asked", "words"), IMPOSSIBLE)
def test_what_is_impossible_is_refused_in_words(asked, words):
    with pytest.raises(OutOfRange, match=words):
        forecast(*shop(), **asked)


def test_without_purchases_there_is_nothing_to_forecast():
    with pytest.raises(NotAvailable):
        forecast(*shop(), as_of=1.0)
