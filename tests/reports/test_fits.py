"""The fits of a summary as tables: the published figures, plain likelihoods searched anew, words."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import beta as beta_function
from scipy.special import gamma

from klantwaarde_xl.errors import CellError, OutOfRange, error_of
from klantwaarde_xl.functions.declared.forecast import parameters as declared
from klantwaarde_xl.functions.declared.forecast import spending
from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD
from klantwaarde_xl.kernels.models.buying.face import Model, module_of
from klantwaarde_xl.kernels.models.estimate.intervals import quantile
from klantwaarde_xl.kernels.models.log.summary import Unit
from klantwaarde_xl.reports import fits
from klantwaarde_xl.reports.fit_table import table
from klantwaarde_xl.wording.fits import UNITS, of_buying, of_spending
from tests.kernels.models import cdnow_sample


def made_up():
    """The example of KOOPPARAMETERS: x, t_x, T in months and how many customers."""
    args = declared.KOOPPARAMETERS.examples[0].args[:4]
    return [np.array(column, dtype=float) for column in args]


def donations():
    """x, t_x, n and donors, as the example types them."""
    args = declared.KOOPPARAMETERS.examples[1].args[:4]
    return [np.array(column, dtype=float) for column in args]


def spent():
    """The example of BESTEDINGSMODEL: x, mean spend and how many customers."""
    args = spending.BESTEDINGSMODEL.examples[0].args[:3]
    return [np.array(column, dtype=float) for column in args]


def rows(table):
    """The rows of a table by their label."""
    return {str(row[0]): row[1:] for row in zip(*table, strict=True)}


def figures(table, labels):
    """Value, error, lower and upper of some rows."""
    return np.array([rows(table)[label][:4] for label in labels], dtype=float)


def searched(loglik, start):
    """The highest point of a likelihood in log-parameters, and its curvature by differences."""
    options = {"xatol": 1e-10, "fatol": 1e-11, "maxiter": 20_000, "maxfev": 20_000}
    found = minimize(lambda at: -loglik(np.exp(at)), np.log(start), method="Nelder-Mead", options=options)
    found = minimize(lambda at: -loglik(np.exp(at)), found.x, method="Nelder-Mead", options=options)
    best, step = found.x, 1e-3
    axes = np.eye(best.size) * step
    bend = np.array(
        [
            [
                sum(
                    one * two * loglik(np.exp(best + one * p + two * q)) for one in (1, -1) for two in (1, -1)
                )
                for q in axes
            ]
            for p in axes
        ]
    ) / (4 * step**2)
    return np.exp(best), np.linalg.inv(-bend), -found.fun


def plain_bgnbd(params):
    """The log-likelihood of the made-up customers as Fader, Hardie & Lee (2005) write it, eq. 6."""
    r, alpha, a, b = params
    x, t_x, age, many = made_up()
    bought = gamma(r + x) / gamma(r) * alpha**r
    stays = beta_function(a, b + x) / beta_function(a, b) * (alpha + age) ** -(r + x)
    stops = beta_function(a + 1, b + np.maximum(x, 1) - 1) / beta_function(a, b) * (alpha + t_x) ** -(r + x)
    return many @ np.log(bought * (stays + np.where(x > 0, stops, 0.0)))


def plain_gamma_gamma(params):
    """The log-likelihood of the example as Fader & Hardie (2013) write it, eq. 1a."""
    p, q, v = params
    x, z, many = spent()
    first = gamma(p * x + q) / (gamma(p * x) * gamma(q))
    return many @ np.log(first * v**q * z ** (p * x - 1) * x ** (p * x) / (v + x * z) ** (p * x + q))


# ── published, and searched anew ────────────────────────────────────────────────────────────


def test_the_typed_donations_give_the_figures_of_fader_hardie_and_shang_2010():
    found = rows(fits.buying_parameters(*donations(), Model.BGBB, 3))
    published = {"alpha": 1.204, "beta": 0.750, "gamma": 0.657, "delta": 2.783}
    for name, value in published.items():
        assert found[name][0] == pytest.approx(value, abs=6e-4)
    assert found["log-aannemelijkheid"][0] == pytest.approx(-33225.58, abs=5e-3)
    assert found["klanten"][0] == 11_104


def test_the_table_of_cdnow_is_the_published_pareto_nbd():
    """CLVTools: .55315 10.57633 .60625 11.67150, errors .0476264 .8427222 .1872594 6.2105448."""
    found = fits.buying_parameters(*cdnow_sample(), model=Model.PARETONBD)
    values = figures(found, ("r", "alpha", "s", "beta"))
    assert values[:, 0] == pytest.approx([0.553, 10.578, 0.606, 11.669], abs=1e-3)
    assert values[:, 1] == pytest.approx([0.0476264, 0.8427222, 0.1872594, 6.2105448], rel=2e-3)
    rates = figures(found, ("aankopen per week", "stoppen per week"))[:, 0]
    assert rates == pytest.approx([0.553277 / 10.577683, 0.60624 / 11.668735], rel=1e-4)


def test_the_example_is_the_optimum_of_the_likelihood_of_the_paper():
    best, covariance, loglik = searched(plain_bgnbd, [0.5, 3.0, 1.0, 2.0])
    table = fits.buying_parameters(*made_up(), Model.BGNBD, 2)
    found = figures(table, ("r", "alpha", "a", "b"))
    errors = np.sqrt(np.diag(covariance))
    assert found[:, 0] == pytest.approx(best, rel=1e-5)
    assert found[:, 1] == pytest.approx(best * errors, rel=1e-4)
    assert found[:, 2] == pytest.approx(best * np.exp(-quantile(0.95) * errors), rel=1e-4)
    assert found[:, 3] == pytest.approx(best * np.exp(quantile(0.95) * errors), rel=1e-4)
    assert rows(table)["log-aannemelijkheid"][0] == pytest.approx(loglik, rel=1e-10)
    assert rows(table)["AIC"][0] == pytest.approx(8 - 2 * loglik, rel=1e-10)
    assert rows(table)["BIC"][0] == pytest.approx(4 * np.log(1000) - 2 * loglik, rel=1e-10)


def test_what_follows_has_the_error_that_the_curvature_of_the_likelihood_gives():
    best, covariance, _ = searched(plain_bgnbd, [0.5, 3.0, 1.0, 2.0])
    table = fits.buying_parameters(*made_up(), Model.BGNBD, 2)
    r, alpha, a, b = best
    rate, stop = figures(table, ("aankopen per maand", "kans om te stoppen"))
    ratio = np.sqrt(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1])
    odds = np.sqrt(covariance[2, 2] + covariance[3, 3] - 2 * covariance[2, 3])
    assert rate == pytest.approx(
        r / alpha * np.array([1, ratio, *np.exp([-1.96 * ratio, 1.96 * ratio])]), rel=1e-4
    )
    assert stop[0] == pytest.approx(a / (a + b), rel=1e-5)
    assert stop[1] == pytest.approx(a * b / (a + b) ** 2 * odds, rel=1e-4)
    ends = a / b * np.exp(quantile(0.95) * odds * np.array([-1, 1]))
    assert stop[2:] == pytest.approx(ends / (1 + ends), rel=1e-4)


def test_the_spending_example_is_the_optimum_of_the_likelihood_of_the_note():
    best, covariance, loglik = searched(plain_gamma_gamma, [4.0, 3.0, 15.0])
    table = fits.spending_parameters(*spent())
    found = figures(table, ("p", "q", "v"))
    assert found[:, 0] == pytest.approx(best, rel=1e-4)
    assert found[:, 1] == pytest.approx(best * np.sqrt(np.diag(covariance)), rel=1e-3)
    assert rows(table)["log-aannemelijkheid"][0] == pytest.approx(loglik, rel=1e-10)
    p, q, v = best
    assert rows(table)["gemiddelde besteding"][0] == pytest.approx(p * v / (q - 1), rel=1e-4)


# ── identities ──────────────────────────────────────────────────────────────────────────────


def test_a_row_for_many_customers_is_as_many_rows():
    x, t_x, age, many = made_up()
    each = [np.repeat(column, many.astype(int)) for column in (x, t_x, age)]
    counted, spread = fits.buying_parameters(x, t_x, age, many), fits.buying_parameters(*each)
    for one, other in zip(counted[1:5], spread[1:5], strict=True):
        assert one == pytest.approx(other, rel=1e-6, nan_ok=True)


def test_times_in_another_unit_change_only_what_has_a_unit():
    x, t_x, age, many = made_up()
    monthly = rows(fits.buying_parameters(x, t_x, age, many, Model.BGNBD, 2))
    yearly = rows(fits.buying_parameters(x, t_x / 12, age / 12, many, Model.BGNBD, 3))
    for label in ("r", "a", "b", "kans om te stoppen"):
        assert yearly[label][0] == pytest.approx(monthly[label][0], rel=1e-6)
    assert yearly["alpha"][0] == pytest.approx(monthly["alpha"][0] / 12, rel=1e-6)
    assert yearly["aankopen per jaar"][0] == pytest.approx(monthly["aankopen per maand"][0] * 12, rel=1e-6)


def test_more_confidence_gives_a_wider_interval_around_the_same_value():
    narrow, wide = (fits.buying_parameters(*made_up(), confidence=one) for one in (0.5, 0.99))
    assert narrow.value == pytest.approx(wide.value)
    assert np.all(narrow.lower[:6] > wide.lower[:6])
    assert np.all(narrow.upper[:6] < wide.upper[:6])


def test_the_interval_of_a_chance_stays_a_chance():
    x, t_x, n, donors = donations()
    found = rows(fits.buying_parameters(x, t_x, n, donors / 200, Model.BGBB, 3, 0.9999999))
    value, error, lower, upper = found["kans om te kopen"][:4]
    assert value * np.exp(quantile(0.9999999) * error / value) > 1
    assert 0 < lower < value < upper < 1


def test_ten_cells_fit_once(monkeypatch):
    calls = []

    def counting(*columns):
        calls.append(columns)
        return BGNBD.fit(*columns)

    class Counting:
        fit = staticmethod(counting)

    monkeypatch.setattr(fits, "module_of", lambda model: Counting)
    columns = [*made_up()[:3], made_up()[3] + 1]
    for _ in range(10):
        fits.buying_parameters(*columns)
    assert len(calls) == 1


# ── words ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("unit", "words"), [(0, "weken"), (1, "dagen"), (2, "maanden"), (3, "jaren")])
def test_the_unit_of_time_is_named_at_each_time_and_rate(unit, words):
    found = rows(fits.buying_parameters(*made_up(), Model.BGNBD, unit))
    assert words in found["alpha"][-1]
    assert f"aankopen per {UNITS[unit][0]}" in found


@pytest.mark.parametrize("model", Model)
@pytest.mark.parametrize("unit", Unit)
def test_every_figure_of_every_model_is_explained_with_its_unit(model, unit):
    nothing, (one, more) = module_of(model).fit(np.zeros(3), np.zeros(3), np.arange(3.0)), UNITS[unit]
    found = table(of_buying(nothing, model, unit, 0.95))
    assert all(found.note[: len(nothing.params) + 2])
    assert any(more in note or f"per {one}" in note for note in found.note)
    assert sum(one in label or "kans om te" in label for label in found.label) == 2


@pytest.mark.parametrize("model", Model)
def test_when_nobody_came_back_there_are_words_and_no_figures(model):
    table = fits.buying_parameters(np.zeros(5), np.zeros(5), np.full(5, 10.0), None, model)
    assert "opnieuw" in table.note[-1] or "tweede keer" in table.note[-1]
    assert table.value[-1] == 0
    assert all(error_of(value) is CellError.NUM for value in table.value[:-2])


def test_without_a_mean_spend_the_table_says_so_and_shows_none():
    fit = gammagamma.fit(*spent())
    heavy = replace(fit, params={**fit.params, "q": 0.9})
    found = table(of_spending(heavy, gammagamma.independence(*spent()), 0.95))
    mean = rows(found)["gemiddelde besteding"]
    assert error_of(float(mean[0])) is CellError.NUM
    assert "bestaat niet" in mean[-1]
    assert rows(found)["q"][0] == 0.9


def test_spend_that_goes_with_frequency_is_a_warning_below_the_figures():
    x = np.tile(np.arange(1.0, 11), 30)
    z = (10 + x) * np.random.default_rng(2).gamma(50, 0.02, x.size)
    found = rows(fits.spending_parameters(x, z))
    assert found["samenhang past"][0] == 0
    assert "besteden meer per aankoop" in found["samenhang past"][-1]
    assert found["samenhang"][0] == pytest.approx(np.corrcoef(x, z)[0, 1])


def test_the_interval_of_the_correlation_is_that_of_fisher():
    """r = 0.5 of 28 pairs: z = 0.5493 ± 1.96 / 5, so from 0.1561 to 0.7355."""
    check = gammagamma.Independence(0.5, 28, gammagamma.Tie.TIED)
    found = table(of_spending(gammagamma.fit(*spent()), check, 0.95))
    assert rows(found)["samenhang"][2:4] == pytest.approx((0.156, 0.7355), abs=5e-4)


@pytest.mark.parametrize(("correlation", "n"), [(0.3, 9), (1.0, 50), (-1.0, 50)])
def test_a_correlation_of_too_few_or_on_a_line_has_no_interval(correlation, n):
    check = gammagamma.Independence(correlation, n, gammagamma.Tie.TIED)
    found = table(of_spending(gammagamma.fit(*spent()), check, 0.95))
    assert error_of(float(rows(found)["samenhang"][2])) is CellError.NA


# ── what cannot be ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("confidence", [0, 1, 95, np.nan])
def test_a_confidence_outside_0_and_1_is_out_of_range(confidence):
    with pytest.raises(OutOfRange, match="zekerheid"):
        fits.buying_parameters(*made_up(), confidence=confidence)
    with pytest.raises(OutOfRange, match="zekerheid"):
        fits.spending_parameters(*spent(), confidence=confidence)


def test_impossible_customers_settings_and_weights_are_out_of_range():
    x, t_x, age, many = made_up()
    for wrong in (
        lambda: fits.buying_parameters(x, age + 1, age, many),
        lambda: fits.buying_parameters(x, t_x, age, -many),
        lambda: fits.buying_parameters(x, t_x, age, many, 4),
        lambda: fits.buying_parameters(x, t_x, age, many, 0, 4),
        lambda: fits.buying_parameters(x + 9, t_x, age, many, Model.BGBB),
        lambda: fits.spending_parameters(x, -x),
    ):
        with pytest.raises(OutOfRange):
            wrong()
