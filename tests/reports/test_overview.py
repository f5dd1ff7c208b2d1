"""All customers together: the sums of their forecasts, and what the log is like in numbers and words."""

import numpy as np
import pytest

from klantwaarde_xl.errors import CellError, NotAvailable, OutOfRange, error_of
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.forecast import Spending
from klantwaarde_xl.kernels.models.log.summary import Unit, summarise
from klantwaarde_xl.reports.customers import forecast, history
from klantwaarde_xl.reports.model_checks import fit_of_log
from klantwaarde_xl.reports.overview import check, total
from tests.kernels.models.logs import CUT, SHOP_END, cdnow_log, made_log, shop

MODELS = [face.Model.BGNBD, face.Model.MBGNBD, face.Model.PARETONBD]


def figures(found):
    return dict(zip(found.label.tolist(), found.value.tolist(), strict=True))


def row(found, label):
    at = found.label.tolist().index(label)
    return float(found.value[at]), float(found.lower[at]), float(found.upper[at])


# ── together ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("spending", Spending)
@pytest.mark.parametrize("model", MODELS)
def test_the_total_is_the_sum_of_the_customers(model, spending):
    asked = {"margin": 0.3, "interest": 0.1, "model": model, "as_of": SHOP_END, "spending": spending}
    each, found = forecast(*shop(), 26, **asked), figures(total(*shop(), 26, **asked))
    assert found["klanten"] == each.customer.size == 32
    assert found["nog klant"] == pytest.approx(each.alive.sum())
    assert found["verwachte aankopen"] == pytest.approx(each.purchases.sum())
    assert found["klantwaarde"] == pytest.approx(each.value.sum())
    assert found["klantwaarde per klant"] == pytest.approx(each.value.mean())


def test_the_interval_of_all_together_lies_within_those_of_each_added_up():
    each, found = forecast(*shop(), as_of=SHOP_END), total(*shop(), as_of=SHOP_END)
    value, lower, upper = row(found, "klantwaarde")
    assert each.lower.sum() * (1 - 1e-9) <= lower < value < upper <= each.upper.sum() * (1 + 1e-9)
    mean = row(found, "klantwaarde per klant")
    assert mean == pytest.approx((value / 32, lower / 32, upper / 32))


def test_the_interval_of_the_purchases_is_that_of_the_delta_method():
    found = total(*cdnow_log(), 39, as_of=CUT, confidence=0.8, model=face.Model.BGNBD)
    s = summarise(*cdnow_log(), CUT)
    fit = face.fitted(0, s.frequency, s.recency, s.T)

    def coming(params):
        return face.module_of(0).conditional_expected(params, s.frequency, s.recency, s.T, 39).sum()

    names = [*fit.params]
    slope = []
    for name in names:
        ends = [coming({**fit.params, name: fit.params[name] * (1 + by)}) for by in (1e-4, -1e-4)]
        slope.append((ends[0] - ends[1]) / (2e-4 * fit.params[name]))
    error = np.sqrt(np.array(slope) @ fit.covariance @ np.array(slope))
    value, lower, upper = row(found, "verwachte aankopen")
    assert np.log(upper / value) == pytest.approx(intervals.quantile(0.8) * error / value, rel=1e-5)
    assert lower * upper == pytest.approx(value**2)


def test_the_purchases_of_cdnow_after_the_cut_are_within_a_tenth_of_those_expected():
    # 1882 purchases in the holdout; the models are known to expect some too few (Fader, Hardie & Lee 2005)
    found = figures(total(*cdnow_log(), 39, as_of=CUT, model=face.Model.BGNBD))
    assert found["verwachte aankopen"] == pytest.approx(0.70148863 * 2357, rel=1e-5)
    assert 0.85 < found["verwachte aankopen"] / 1882 < 1


@pytest.mark.slow
def test_a_model_that_cannot_be_fitted_has_no_total():
    customers, days, amounts = shop()
    with pytest.raises(NotAvailable, match="BG/NBD is niet te schatten"):
        total(customers[:3], days[:3], amounts[:3])
    for spending in Spending:
        found = figures(total(customers, days, amounts * 0, as_of=SHOP_END, spending=spending))
        assert found["klantwaarde"] == 0


def test_a_total_without_a_mean_spend_in_the_model_says_that_it_stands_on_the_average_of_all():
    log = made_log(400, (1, 4, 1, 3), (3, 0.7, 5), 0)  # spend with so fat a tail that q is below 1
    each = forecast(*log, model=face.Model.MBGNBD, as_of=365)
    assert np.all(np.isfinite(each.value))
    found = total(*log, model=face.Model.MBGNBD, as_of=365)
    at = found.label.tolist().index("klantwaarde")
    assert found.value[at] == pytest.approx(each.value.sum())
    assert "q ≤ 1" in found.note[at]


# ── what it stands on ───────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_the_check_counts_what_is_in_the_log():
    customers, days, amounts = shop()
    found = figures(check(*shop(), as_of=SHOP_END, model=face.Model.BGNBD))
    assert found["rijen gelezen"] == customers.size == 93
    assert found["rijen erna"] == 0
    assert found["klanten"] == 32
    assert found["aankopen"] == 90
    assert found["deel met één aankoop"] == 13 / 32
    assert (found["retouren"], found["bedrag van retouren"], found["retour zonder aankoop"]) == (2, 61, 0)
    assert (found["aankopen vervallen"], found["klanten vervallen"], found["gratis aankopen"]) == (1, 0, 0)
    assert (found["BG/NBD"], found["Gamma-Gamma"]) == (1, 1)
    early = figures(check(customers, days, amounts, as_of=SHOP_END - 100))
    assert early["rijen gelezen"] + early["rijen erna"] == 93


def test_the_check_says_in_words_what_cannot_be_estimated():
    customers, days, amounts = shop()
    found = check(customers[:3], days[:3], amounts[:3], model=face.Model.BGNBD)
    notes = dict(zip(found.label, found.note, strict=True))
    assert figures(found)["BG/NBD"] == 0
    assert notes["BG/NBD"]
    assert "Te weinig klanten" in notes["Gamma-Gamma"]
    assert "Te weinig klanten" in notes["frequentie en besteding"]


def test_almost_nobody_back_is_a_warning():
    customers, days = np.append(np.arange(40), [0]), np.append(np.full(40, 1.0), [9.0])
    found = check(customers, days, np.full(41, 5.0))
    at = found.label.tolist().index("deel met één aankoop")
    assert found.value[at] == 39 / 40
    assert "bijna niemand" in found.note[at]


@pytest.mark.slow
def test_the_correlation_of_frequency_and_spend_is_that_of_the_repeat_purchases():
    found = figures(check(*cdnow_log(), as_of=CUT))
    s = summarise(*cdnow_log(), CUT)
    paid = (s.frequency > 0) & (np.nan_to_num(s.mean_spend) > 0)
    wanted = np.corrcoef(s.frequency[paid], s.mean_spend[paid])[0, 1]
    assert found["frequentie en besteding"] == pytest.approx(wanted, rel=1e-9)
    assert round(wanted, 2) == 0.11  # Fader, Hardie & Lee (2005): 0.11 with the outliers in


# ── the log as customers, and a fit as a table ──────────────────────────────────────────────


def test_the_history_is_the_summary_with_nought_for_who_has_no_mean_spend():
    found, s = history(*shop(), SHOP_END, Unit.MONTH), summarise(*shop(), SHOP_END, Unit.MONTH)
    s = s._replace(mean_spend=np.where(s.frequency > 0, s.mean_spend, 0))
    for one, other in zip(found, s[:8], strict=True):
        assert np.array_equal(one, other)


@pytest.mark.parametrize("model", MODELS)
def test_the_table_of_a_fit_holds_its_parameters_errors_and_likelihood(model):
    found = fit_of_log(*shop(), model=model, as_of=SHOP_END)
    s = summarise(*shop(), SHOP_END)
    fit = face.module_of(model).fit(s.frequency, s.recency, s.T)
    values = figures(found)
    errors = dict(zip(found.label.tolist(), found.error.tolist(), strict=True))
    for name in fit.params:
        assert values[name] == pytest.approx(fit.params[name])
        assert errors[name] == pytest.approx(fit.se[name])
    assert values["log-aannemelijkheid"] == pytest.approx(fit.loglik)
    assert values["AIC"] == pytest.approx(8 - 2 * fit.loglik)
    assert values["BIC"] == pytest.approx(4 * np.log(32) - 2 * fit.loglik)
    assert values["klanten"] == 32
    assert values[model.title] == 1
    assert values["aankopen per week"] == pytest.approx(fit.params["r"] / fit.params["alpha"])


def test_a_fit_that_failed_is_a_table_without_figures():
    customers, days, amounts = shop()
    found = fit_of_log(customers[:3], days[:3], amounts[:3], model=face.Model.BGNBD)
    values = figures(found)
    assert all(error_of(values[name]) is CellError.NUM for name in ("r", "alpha", "a", "b", "AIC"))
    assert values["BG/NBD"] == 0
    assert found.note[-1]


@pytest.mark.slow
def test_an_impossible_confidence_is_refused_before_the_search():
    with pytest.raises(OutOfRange, match="zekerheid"):
        fit_of_log(*shop(), confidence=95)


# ── a shop where nothing is paid ────────────────────────────────────────────────────────────────

FEW_BOUGHT = (120, (1.2, 6.0, 0.8, 4.0), (4.0, 5.0, 30.0), 7)


@pytest.mark.parametrize("spending", Spending)
@pytest.mark.parametrize("model", [*MODELS, face.AUTO])
def test_where_nobody_paid_anything_the_value_is_surely_nought_and_the_words_say_so(model, spending):
    who, days, amounts = made_log(*FEW_BOUGHT)
    asked = {"model": model, "spending": spending}
    paid, free = (total(who, days, bill, **asked) for bill in (amounts, np.zeros(amounts.size)))
    for label in ("klanten", "nog klant", "verwachte aankopen"):  # what is bought does not hang on it
        assert row(free, label)[0] == row(paid, label)[0]
    for label in ("klantwaarde", "klantwaarde per klant"):
        assert row(free, label) == (0, 0, 0)
        assert "geen enkele aankoop kostte iets" in free.note[free.label.tolist().index(label)]
    each = forecast(who, days, np.zeros(amounts.size), **asked)
    for column in (each.value, each.lower, each.upper):
        assert not column.any()
    assert set(each.note.tolist()) == {free.note[-1]}


def test_words_about_few_spenders_speak_of_purchases_that_were_paid():
    who, days, amounts = made_log(*FEW_BOUGHT)
    first = np.unique(who, return_index=True)[1]
    bill = np.zeros(amounts.size)
    bill[first] = 10.0  # many bought again, none paid for it
    said = total(who, days, bill).note[-1]
    assert "klanten met betaalde herhaalaankopen: 0" in said
    value, lower, upper = row(total(who, days, bill), "klantwaarde")
    assert 0 < lower < value < upper


def test_where_all_came_back_for_nothing_their_own_spend_is_surely_nought_and_the_words_say_so():
    who, days, amounts = made_log(*FEW_BOUGHT)
    bill = np.zeros(amounts.size)
    bill[np.unique(who, return_index=True)[1]] = 10.0
    seen = history(who, days, bill)
    kept = np.isin(who, seen.customer[seen.frequency > 0])  # who bought on one day has the spend of all
    found = total(who[kept], days[kept], bill[kept], spending=Spending.OWN)
    assert row(found, "klantwaarde") == (0, 0, 0)
    assert "elke herhaalaankoop was gratis" in found.note[-1]
    assert row(total(who[kept], days[kept], bill[kept]), "klantwaarde")[1] > 0
