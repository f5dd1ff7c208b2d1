"""A log held against what came: tracking, holdout, goodness of fit, and which model or segmentation is best."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2, kstest

from klantwaarde_xl.errors import CellError, NotAvailable, OutOfRange, error_of
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.checks import tracking
from klantwaarde_xl.kernels.models.log.prepare import Log, split
from klantwaarde_xl.kernels.models.log.summary import Unit, summarise
from klantwaarde_xl.reports import model_checks
from tests.kernels.models.logs import CUT, END, SHOP_END, cdnow_log, day, made_log, sample_frame, shop

BGNBD, MBGNBD, PARETONBD, _ = face.Model
MODELS = [BGNBD, MBGNBD, PARETONBD]
MIDDLE = day("2024-09-30")
# the parameters of the BTYD vignette, rounded as printed there
VIGNETTE = dict(zip(("r", "alpha", "s", "beta"), (0.5533971, 10.5801985, 0.6060625, 11.6562237), strict=True))


@pytest.fixture(scope="module")
def part():
    """CDNOW as of the end of the calibration period."""
    return split(Log(*cdnow_log()), CUT, None, Unit.WEEK)


@pytest.fixture(scope="module")
def by_hand():
    """Purchases before and after the cut and the repeats by week, by pandas."""
    days = sample_frame()[["klant", "datum"]].drop_duplicates()
    first = days.groupby("klant")["datum"].transform("min")
    before = days[days["datum"] <= "1997-09-30"].groupby("klant").size()
    after = days[days["datum"] > "1997-09-30"].groupby("klant").size().reindex(before.index, fill_value=0)
    repeats = days.loc[days["datum"] > first, "datum"]
    weeks = ((repeats - pd.Timestamp("1997-01-01")).dt.days // 7).value_counts()
    return before, after, weeks.reindex(range(78), fill_value=0)


# ── holdout ─────────────────────────────────────────────────────────────────────────────────


def test_the_purchases_after_the_cut_are_those_pandas_counts(part, by_hand):
    _, after, _ = by_hand
    actual, _ = tracking.after(part, tracking.fit_of(part, BGNBD))
    assert np.array_equal(part.summary.customer, after.index)
    assert np.array_equal(actual, after)


def test_the_holdout_of_cdnow_is_that_of_the_btyd_vignette():
    found = model_checks.holdout(*cdnow_log(), CUT, model=PARETONBD)
    assert found.label.tolist() == ["0", "1", "2", "3", "4", "5", "6", "7 of meer", "alle klanten"]
    assert found.customers.tolist() == [1411, 439, 214, 100, 62, 38, 29, 64, 2357]
    published = [0.2367116, 0.6970387, 1.392523, 1.560000, 2.532258, 2.947368, 3.862069, 6.359375]
    assert found.actual[:-1] == pytest.approx(published, abs=5e-7)
    assert found.difference == pytest.approx(found.actual - found.expected)


def test_with_the_parameters_of_the_vignette_the_expectations_are_those_printed_from_it(part):
    # 0.138 … 6.403 as later work quotes them, to three decimals; the vignette's times are rounded too
    fit = replace(tracking.fit_of(part, PARETONBD), params=VIGNETTE)
    _, expected = tracking.after(part, fit)
    means = [expected[np.minimum(part.summary.frequency, 7) == k].mean() for k in range(8)]
    assert means == pytest.approx([0.138, 0.600, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403], abs=8e-4)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("model", "fitter"),
    [(BGNBD, "BetaGeoFitter"), (MBGNBD, "ModifiedBetaGeoFitter"), (PARETONBD, "ParetoNBDFitter")],
)
def test_the_expectation_of_each_customer_is_that_of_lifetimes_with_the_same_parameters(part, model, fitter):
    lifetimes = pytest.importorskip("lifetimes")
    fit = tracking.fit_of(part, model)
    peer = getattr(lifetimes, fitter)()
    peer.params_ = pd.Series(dict(fit.params))
    summary = part.summary
    theirs = peer.conditional_expected_number_of_purchases_up_to_time(
        39, summary.frequency, summary.recency, summary.T
    )
    _, ours = tracking.after(part, fit)
    assert ours == pytest.approx(np.asarray(theirs), rel=1e-6)


@pytest.mark.parametrize("model", MODELS)
def test_the_groups_of_a_holdout_add_up_to_all_customers(model):
    found = model_checks.holdout(*shop(), MIDDLE, model=model, as_of=SHOP_END)
    assert found.customers[:-1].sum() == found.customers[-1]
    full = found.customers[:-1] > 0
    for column in (found.actual, found.expected):
        assert column[:-1][full] @ found.customers[:-1][full] == pytest.approx(
            column[-1] * found.customers[-1]
        )
        assert all(error_of(one) is CellError.NA for one in column[:-1][~full])


# ── tracking ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_the_actual_weeks_of_cdnow_are_those_pandas_counts(by_hand):
    _, _, weeks = by_hand
    found = model_checks.tracking(*cdnow_log(), CUT)
    assert np.array_equal(found.actual, weeks)
    assert found.day[[0, 38, 77]].tolist() == [day("1997-01-07"), CUT, END]


def test_the_actual_weeks_of_cdnow_are_those_of_the_btyd_vignette():
    # weeks 20 to 25, as the tests of lifetimes and pymc-marketing quote the vignette
    found = model_checks.tracking(*cdnow_log(), CUT)
    assert found.actual[19:25].tolist() == [73, 55, 70, 33, 56, 99]
    assert found.actual_sum[19:25].tolist() == [1359, 1414, 1484, 1517, 1573, 1672]


def test_the_expected_weeks_of_cdnow_are_those_of_the_btyd_vignette(part):
    # the vignette's weeks end a day later: there a customer of January 1 is 20 weeks old, here 139 days
    fit = replace(tracking.fit_of(part, PARETONBD), params=VIGNETTE)
    ends = day("1997-01-01") + 7 * np.arange(79.0)
    expected = tracking.expected_until(fit, part.summary, ends, 7)
    assert np.round(expected[20:26]).tolist() == [1309, 1385, 1460, 1533, 1604, 1674]
    weekly = [78.31, 76.42, 74.65, 72.98, 71.41, 69.93]  # of times rounded to two decimals
    assert np.diff(expected)[19:25] == pytest.approx(weekly, abs=0.02)


@pytest.mark.parametrize("unit", [Unit.WEEK, Unit.MONTH, Unit.DAY])
@pytest.mark.parametrize("model", MODELS)
def test_the_sums_of_tracking_are_those_of_its_periods(model, unit):
    found = model_checks.tracking(*shop(), MIDDLE, unit, model, SHOP_END)
    assert found.actual.cumsum() == pytest.approx(found.actual_sum)
    assert found.expected.cumsum() == pytest.approx(found.expected_sum, rel=1e-9)
    assert np.all(found.expected >= 0)
    assert np.all(np.diff(found.expected_sum[found.phase == 1]) > 0)
    assert np.all(np.diff(found.phase) >= 0)
    assert np.all(found.day[found.phase == 0] <= MIDDLE)
    assert np.array_equal(found.period, np.arange(1, found.period.size + 1))


@pytest.mark.parametrize("model", MODELS)
def test_expected_before_the_cut_is_close_to_what_the_model_was_fitted_on(model):
    found = model_checks.tracking(*cdnow_log(), CUT, model=model)
    assert found.actual_sum[38] == 2457
    assert found.expected_sum[38] == pytest.approx(2457, rel=0.03)
    assert found.expected_sum[77] == pytest.approx(found.actual_sum[77], rel=0.08)


def test_without_a_date_the_cut_is_halfway():
    customers, days, amounts = shop()
    start = summarise(customers, days, amounts).first_day.min()
    assert split(Log(*shop()), None, SHOP_END, 0).until == np.floor((start + SHOP_END) / 2)


def test_customers_who_came_after_the_cut_take_no_part():
    customers, days, amounts = shop()
    before = model_checks.holdout(customers, days, amounts, MIDDLE, as_of=SHOP_END)
    more = np.append(customers, [90, 90, 90]), np.append(days, MIDDLE + np.array([1, 5, 9.0]))
    after = model_checks.holdout(*more, np.append(amounts, [5, 5, 5.0]), MIDDLE, as_of=SHOP_END)
    for one, other in zip(before, after, strict=True):
        assert np.array_equal(one, other, equal_nan=one.dtype.kind == "f")


@pytest.mark.parametrize("until", [SHOP_END, SHOP_END + 1, day("2023-12-31"), day("2024-01-01")])
@pytest.mark.parametrize("kernel", [model_checks.tracking, model_checks.holdout])
def test_a_cut_outside_the_log_is_refused(kernel, until):
    with pytest.raises(OutOfRange, match="tot waar u schat"):
        kernel(*shop(), until, as_of=SHOP_END)


@pytest.mark.slow
def test_a_unit_longer_than_the_log_is_refused():
    with pytest.raises(OutOfRange, match="hele periode"):
        model_checks.tracking(*shop(), MIDDLE, Unit.YEAR, as_of=SHOP_END)


@pytest.mark.parametrize("kernel", [model_checks.tracking, model_checks.holdout, model_checks.by_count])
def test_a_model_that_cannot_be_fitted_is_not_available(kernel):
    customers, days, amounts = shop()
    with pytest.raises(NotAvailable, match="niet te schatten"):
        kernel(customers[:3], days[:3], amounts[:3])


# ── goodness of fit ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("unit", [Unit.WEEK, Unit.MONTH])
@pytest.mark.parametrize("model", MODELS)
def test_actual_and_expected_counts_both_add_up_to_the_customers(model, unit):
    found = model_checks.by_count(*shop(), unit, model, SHOP_END)
    assert found.actual.sum() == 32
    assert found.expected.sum() == pytest.approx(32, rel=1e-12)
    assert np.all(found.expected > 0)
    assert found.difference == pytest.approx(found.actual - found.expected)


@pytest.mark.slow
def test_the_counts_are_those_of_pandas(part, by_hand):
    before, _, _ = by_hand
    found = model_checks.by_count(*cdnow_log(), as_of=CUT, model=BGNBD)
    counted = (before - 1).clip(upper=7).value_counts().sort_index()
    assert np.array_equal(found.actual, counted)
    fit = tracking.fit_of(part, BGNBD)
    module, one_by_one = face.module_of(BGNBD), part.summary.T
    none = sum(float(module.pmf(fit.params, 0, age)) for age in one_by_one)
    assert found.expected[0] == pytest.approx(none, rel=1e-10)


# ── which model ─────────────────────────────────────────────────────────────────────────────


def test_the_models_of_cdnow_are_ranked_by_their_published_likelihoods():
    found = model_checks.comparison(*cdnow_log(), as_of=CUT)
    assert found.model.tolist() == ["MBG/NBD", "BG/NBD", "Pareto/NBD"]
    assert found.loglik == pytest.approx([-9582.1357, -9582.4292, -9594.9762], abs=5e-4)
    assert found.aic == pytest.approx(8 - 2 * found.loglik)
    assert found.bic == pytest.approx(4 * np.log(2357) - 2 * found.loglik)


def test_the_weights_are_akaikes_and_add_up_to_one():
    found = model_checks.comparison(*cdnow_log(), as_of=CUT)
    assert found.weight.sum() == pytest.approx(1, rel=1e-12)
    assert found.weight[1] / found.weight[0] == pytest.approx(np.exp((found.aic[0] - found.aic[1]) / 2))
    assert np.all(np.diff(found.aic) >= 0)
    assert np.all(np.diff(found.weight) <= 0)
    assert found.note.tolist() == [
        "past het best, maar het scheelt weinig",
        "past bijna even goed",
        "past minder goed",
    ]


def test_the_models_are_held_against_what_came_after_the_cut(by_hand):
    _, after, _ = by_hand
    found = model_checks.comparison(*cdnow_log(), CUT)
    assert found.actual.tolist() == [after.sum()] * 3
    for title, expected in zip(found.model, found.expected, strict=True):
        model = next(one for one in MODELS if one.title == title)
        held = model_checks.holdout(*cdnow_log(), CUT, model=model)
        assert expected == pytest.approx(held.expected[-1] * 2357)
    assert found.deviation == pytest.approx(found.expected / found.actual - 1)


def test_without_a_cut_nothing_is_held_against_the_future():
    found = model_checks.comparison(*shop(), as_of=SHOP_END)
    for column in (found.actual, found.expected, found.deviation):
        assert [error_of(one) for one in column] == [CellError.NA] * 3


def test_models_that_cannot_be_fitted_have_no_figures_and_say_why():
    customers, days, amounts = shop()
    found = model_checks.comparison(customers[:3], days[:3], amounts[:3])
    for column in (found.loglik, found.aic, found.bic, found.weight, found.chi_p):
        assert np.all(np.isnan(column))
    assert all(note for note in found.note)


# ── segments ────────────────────────────────────────────────────────────────────────────────


def test_segments_that_differ_are_told_apart_and_add_up():
    logs = [
        made_log(300, params, (6, 4, 15), seed) for seed, params in ((1, (1, 4, 1, 3)), (2, (3, 30, 1, 5)))
    ]
    customers = np.concatenate([logs[0][0], logs[1][0] + 300])
    days = np.concatenate([logs[0][1], logs[1][1]])
    found = model_checks.segments_of_log(
        customers, days, (customers >= 300).astype(int), model=MBGNBD, as_of=365
    )
    assert found.segment.tolist() == [0, 1, -1]
    assert found.customers.tolist() == [300, 300, 600]
    assert found.p_value[-1] < 1e-10
    assert [error_of(one) for one in found.p_value[:-1]] == [CellError.NA] * 2
    assert "verschillen: schat" in found.note[-1]
    gain = 2 * (found.loglik[:2].sum() - found.loglik[2])
    assert found.p_value[-1] == pytest.approx(chi2.sf(gain, 4), rel=1e-9)
    assert found.rate == pytest.approx(found.first / found.second)


def test_a_segment_is_fitted_as_if_it_were_alone():
    customers, days, amounts = shop()
    segments = customers % 2
    found = model_checks.segments_of_log(customers, days, segments, amounts, model=MBGNBD, as_of=SHOP_END)
    for segment in (0, 1):
        mine = segments == segment
        s = summarise(customers[mine], days[mine], amounts[mine], SHOP_END)
        assert found.loglik[segment] == pytest.approx(
            face.fitted(MBGNBD, s.frequency, s.recency, s.T).loglik, rel=1e-12
        )


@pytest.mark.slow
def test_the_p_value_is_even_where_segments_are_drawn_by_lot():
    log = made_log(1200, (1.5, 6, 1.2, 4), (6, 4, 15), 4)
    chances = []
    for seed in range(40):
        lot = np.random.default_rng(seed).integers(0, 2, 1200)
        found = model_checks.segments_of_log(*log[:2], lot[log[0]], model=MBGNBD, as_of=364)
        chances.append(found.p_value[-1])
    assert not np.any(np.isnan(chances))
    assert kstest(chances, "uniform").pvalue > 0.01


def test_one_segment_or_one_that_cannot_be_fitted_is_not_tested():
    customers, days, amounts = shop()
    one = model_checks.segments_of_log(
        customers, days, np.zeros(days.size, dtype=int), amounts, as_of=SHOP_END
    )
    assert one.note[-1] == "Er is maar één segment."
    assert one.loglik[0] == one.loglik[1]
    tiny = model_checks.segments_of_log(
        customers, days, (customers == 5).astype(int), amounts, as_of=SHOP_END
    )
    assert np.isnan(tiny.loglik[1])
    assert "tweede keer" in tiny.note[1]
    assert tiny.note[-1].startswith("Niet te toetsen")
    assert [error_of(p) for p in tiny.p_value] == [CellError.NA] * 3


@pytest.mark.slow
def test_models_that_ran_to_one_limit_are_one_row_that_is_called_after_it():
    rng = np.random.default_rng(2)
    rows = []
    for code in range(250):
        day, rate = float(rng.integers(200)), rng.gamma(3, 1 / 180)
        while day < 730:
            rows.append((code, 45000 + np.floor(day)))
            day += 1 + rng.gamma(3, 1 / (3 * rate))  # regular: nobody is silent for long
    codes, days = (np.array(column) for column in zip(*rows, strict=True))
    found = model_checks.comparison(codes.astype(np.intp), days.astype(float))
    assert found.model.tolist() == ["NBD"]  # nobody stops
    assert found.weight.tolist() == [1.0]
    assert found.note.tolist() == ["past het best; de grens van BG/NBD, MBG/NBD en Pareto/NBD"]
