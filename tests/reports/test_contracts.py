"""The tables of a retention series: what they show, pooling, projection, and words where no numbers are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from klantwaarde_xl.errors import CellError, NotAvailable, OutOfRange, error_of
from klantwaarde_xl.kernels.models import contract
from klantwaarde_xl.reports import contracts
from klantwaarde_xl.reports.contracts import fit_table, forecast, model_choice

NAN = np.nan
# Fader & Hardie 2007, Table 1
REGULAR = np.array([[100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1]])
HIGH_END = np.array([[100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1]])
COHORTS = np.array([[1000, 700, 560, 480], [1200, 850, 690, NAN], [900, 620, NAN, NAN]])
TOO_SHORT = np.array([[100.0, 60]])
CONSTANT = np.array([[1000.0, 900, 810, 729, 656]])
STEEP = np.array([[100_000.0, 80_000, 66_000, 56_000, 48_500, 42_500, 38_000]])
THOUSAND = np.array([1000.0])


def row(table, label):
    """Value, error, lower, upper and note of the row with that label."""
    at = table.label.tolist().index(label)
    return tuple(column[at] for column in table[1:])


def assert_same(one, other):
    for mine, theirs in zip(one, other, strict=True):
        np.testing.assert_array_equal(mine, theirs)


def errors(values):
    return [error_of(float(value)) for value in values]


# ── the fit ─────────────────────────────────────────────────────────────────────────────────


def test_the_table_shows_the_published_parameters_of_high_end():
    table = fit_table(HIGH_END)
    assert row(table, "alpha")[0] == pytest.approx(0.668, abs=5e-4)  # F&H 2007, App. B
    assert row(table, "beta")[0] == pytest.approx(3.806, abs=5e-4)
    assert row(table, "log-aannemelijkheid")[0] / 100 == pytest.approx(-1.611, abs=5e-4)


def test_a_row_a_column_and_trailing_blanks_are_the_same_series():
    wide = np.append(HIGH_END, [[NAN, NAN]], axis=1)
    assert_same(fit_table(HIGH_END), fit_table(HIGH_END.T))
    assert_same(fit_table(HIGH_END), fit_table(wide))


def test_a_wholly_blank_row_of_a_block_is_no_cohort():
    blank = np.full((1, COHORTS.shape[1]), NAN)
    sizes = np.array([1000.0, 1200, 900])
    assert_same(fit_table(np.vstack([blank, COHORTS, blank]), 0, sizes), fit_table(COHORTS, 0, sizes))


def test_churn_in_the_first_period_and_its_error_are_those_of_its_closed_form():
    table, fit = fit_table(COHORTS), contract.fit(COHORTS)
    alpha, beta = fit.params.values()
    slope = np.array([beta, -alpha]) / (alpha + beta) ** 2
    value, error, lower, upper, _ = row(table, "vertrek in de eerste periode")
    assert value == pytest.approx(alpha / (alpha + beta))
    assert error == pytest.approx(np.sqrt(slope @ fit.covariance @ slope), rel=1e-5)
    assert 0 < lower < value < upper < 1


def test_the_next_period_is_the_one_after_the_oldest_cohort():
    params = contract.fit(COHORTS).params
    assert row(fit_table(COHORTS), "retentie in periode 4")[0] == pytest.approx(
        contract.retention_rate(params, 4)
    )


@pytest.mark.parametrize("model", [0, 1])
def test_an_endless_lifetime_is_said_in_words_and_has_no_number(model):
    value, error, *_, note = row(fit_table(HIGH_END, model, THOUSAND), "verwachte levensduur")
    assert errors([value, error]) == [CellError.NUM, CellError.NA]
    assert note.startswith("oneindig")


def test_a_lifetime_that_ends_has_an_interval():
    value, error, lower, upper, note = row(fit_table(STEEP), "verwachte levensduur")
    alpha, beta = contract.fit(STEEP).params.values()
    assert value == pytest.approx((alpha + beta - 1) / (alpha - 1))
    assert 1 < lower < value < upper
    assert error > 0
    assert note == "in perioden"


def test_a_lifetime_that_perhaps_never_ends_has_a_value_but_no_interval():
    value, *interval, note = row(fit_table(STEEP, 0, np.array([100.0])), "verwachte levensduur")
    assert value == pytest.approx(23.692, abs=1e-2)
    assert errors(interval) == [CellError.NA] * 3
    assert "niet uit" in note


@given(st.floats(0.05, 20), st.floats(0.05, 100), st.floats(0.3, 3))
def test_half_have_left_in_the_period_shown_and_not_before(alpha, beta, c):
    names = ("alpha", "beta", "c")
    fit = contract.Fit("BdW", dict(zip(names, (alpha, beta, c), strict=True)), {}, np.eye(3), 0.0, 1, True)
    half = contracts._half(fit)[1]
    if error_of(half) is None:
        before, after = contract.survival((alpha, beta, c), [half - 1, half])
        assert np.log(after) <= contracts.HALF + 1e-12
        assert before > 0.5
    else:
        assert contract.survival((alpha, beta, c), 2.0**39) > 0.5


def test_percentages_without_customers_are_counted_and_said():
    assert "nu telt de reeks als 100 klanten" in row(fit_table(HIGH_END), "klanten")[-1]
    assert row(fit_table(HIGH_END, 0, THOUSAND), "klanten")[-1] == ""
    assert row(fit_table(COHORTS), "klanten")[-1] == ""


def test_shares_with_customers_are_the_counts():
    whole = fit_table(COHORTS)
    shares = fit_table(COHORTS / COHORTS[:, :1], 0, COHORTS[:, 0])
    assert shares.value == pytest.approx(whole.value, rel=1e-6, nan_ok=True)


def test_a_fit_that_failed_has_no_number_but_a_reason():
    table = fit_table(TOO_SHORT)
    assert errors(table.value[:9]) == [CellError.NUM] * 9
    assert row(table, "sBG")[0] == 0
    assert "Te weinig perioden" in row(table, "sBG")[-1]


@pytest.mark.slow
def test_customers_who_do_not_differ_have_one_retention():
    table = fit_table(CONSTANT)
    assert errors(table.value[:2]) == [CellError.NA] * 2
    left, years = CONSTANT[0, 0] - CONSTANT[0, -1], CONSTANT[0, :-1].sum()
    value, error, lower, upper, _ = row(table, "vertrek in de eerste periode")
    assert value == pytest.approx(left / years, rel=1e-6)
    assert error == pytest.approx(np.sqrt(value * (1 - value) / years), rel=1e-3)
    assert lower < value < upper
    assert row(table, "verwachte levensduur")[0] == pytest.approx(years / left, rel=1e-6)
    assert "elke periode even hoog" in row(table, "één vaste retentie")[-1]
    assert forecast(CONSTANT, 3).survival == pytest.approx((1 - left / years) ** np.arange(8), rel=1e-6)


def test_where_nobody_left_the_interval_says_how_much_leaving_is_not_ruled_out():
    block = np.array([[100.0, 100, 100, 100]])
    value, error, lower, upper, _ = row(fit_table(block), "retentie in periode 4")
    assert (value, upper) == (1, 1)
    assert 1 - lower == pytest.approx(3 / 300, rel=0.01)  # the rule of three
    assert error_of(error) is CellError.NA
    table = forecast(block, 2)
    assert table.survival.tolist() == [1] * 6
    assert table.lower == pytest.approx(lower ** np.arange(6.0))
    assert row(fit_table(block), "verwachte levensduur")[-1].startswith("oneindig")


def test_who_leaves_at_once_or_never_is_told_apart():
    block = np.array([[1000.0, 600, 600, 600]])
    table = fit_table(block)
    assert row(table, "vertrek in de eerste periode")[0] == pytest.approx(0.4, rel=1e-6)
    value, _, lower, _, _ = row(table, "retentie in periode 4")
    assert value == 1
    assert 1 - lower == pytest.approx(3 / 1200, rel=0.01)
    assert forecast(block, 1).survival == pytest.approx([1, 0.6, 0.6, 0.6, 0.6], rel=1e-6)


@pytest.mark.parametrize("block", [[[NAN, NAN]], [[5.0]], [[1.0, 0.0]], [[0.0, 0.0, 0.0]]])
@pytest.mark.parametrize("model", [0, 1])
def test_a_block_that_says_nothing_gives_a_reason(block, model):
    assert "." in fit_table(np.array(block), model).note[-1]


@pytest.mark.slow
@settings(deadline=None, max_examples=25)  # a search that leads nowhere tries every start
@given(st.lists(st.integers(0, 300), min_size=1, max_size=7), st.integers(0, 1))
def test_no_plain_nan_or_infinity_is_shown_of_a_fit_that_succeeded(counts, model):
    table = fit_table(np.array([sorted(counts, reverse=True)], dtype=float), model)
    if table.value[-1] == 1:
        allowed = {None, CellError.NA}
        shown = np.concatenate([np.delete(table.value, -7), table.error, table.lower, table.upper])
        assert not np.any(np.isinf(shown))
        assert {error_of(one) for one in shown} <= allowed | {CellError.NUM}


# ── which model ─────────────────────────────────────────────────────────────────────────────


def test_high_end_of_a_thousand_customers_asks_for_the_bdw():
    table = model_choice(HIGH_END, THOUSAND)
    gain = contract.fit(HIGH_END, "BdW", THOUSAND).loglik - contract.fit(HIGH_END, "sBG", THOUSAND).loglik
    assert table.statistic[1] == pytest.approx(2 * gain)
    assert table.p_value[1] == pytest.approx(chi2.sf(2 * gain, 1), rel=1e-6)
    assert table.verdict[1].startswith("gekozen")
    assert "stijgt" in table.verdict[1]


def test_of_customers_who_follow_the_sbg_the_sbg_is_chosen():
    series = 1000 * contract.survival((0.8, 2.0), np.arange(9))[None]
    table = model_choice(series)
    assert table.p_value[1] == pytest.approx(1, abs=1e-2)
    assert table.verdict[0].startswith("gekozen")


def test_a_chance_of_leaving_that_falls_with_time_is_said():
    series = 50_000 * contract.survival((3.0, 6.0, 0.6), np.arange(12))[None]
    assert "daalt" in model_choice(series).verdict[1]


def test_more_confidence_keeps_the_simple_model():
    p_value = model_choice(HIGH_END, THOUSAND).p_value[1]
    assert model_choice(HIGH_END, THOUSAND, 1 - p_value / 2).verdict[0].startswith("gekozen")
    assert model_choice(HIGH_END, THOUSAND, 1 - p_value * 2).verdict[1].startswith("gekozen")


def test_the_criteria_follow_from_the_log_likelihood():
    table = model_choice(COHORTS)
    assert table.aic == pytest.approx(2 * table.parameters - 2 * table.loglik)
    assert table.bic == pytest.approx(np.log(3100) * table.parameters - 2 * table.loglik)


def test_where_one_model_is_at_a_limit_the_criterion_chooses_and_no_test():
    table = model_choice(np.array([[1000.0, 909, 714, 526, 385, 286]]))
    assert errors(table.p_value) == [CellError.NA, CellError.NA]
    assert table.verdict[0] == "past aantoonbaar slechter"
    assert table.verdict[1].startswith("gekozen")


def test_where_both_fail_none_is_chosen():
    assert not any(one.startswith("gekozen") for one in model_choice(TOO_SHORT).verdict)


# ── the projection ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("block", "projected"),
    [
        (REGULAR, [22.008, 20.441, 19.119, 17.986, 17.004]),
        (HIGH_END, [46.044, 43.578, 41.417, 39.506, 37.800]),
    ],
    ids=["Regular", "High End"],
)
def test_the_projection_of_years_8_to_12_is_that_of_fader_and_hardie_2007(block, projected):
    assert 100 * forecast(block, 5).survival[8:] == pytest.approx(projected, abs=5e-4)


def test_what_was_measured_of_one_cohort_is_its_own_share():
    table = forecast(HIGH_END, 3)
    assert table.measured[:8] == pytest.approx(HIGH_END[0] / 100)
    assert errors(table.measured[8:]) == [CellError.NA] * 3


def test_what_was_measured_of_cohorts_is_the_share_of_those_at_risk():
    stays = [1, 2170 / 3100, 1250 / 1550, 480 / 560]
    assert forecast(COHORTS, 1).measured[:4] == pytest.approx(np.cumprod(stays))


def test_a_cohort_that_was_lost_in_full_stays_at_zero():
    alone, both = np.array([[40.0, 10, 2, 0]]), np.array([[1000.0, 600, 450, 370], [40, 10, 2, 0]])
    assert contracts._pooled(contract.cohorts_of(alone))[3] == 0
    assert forecast(both, 2).customers[3] == 370


def test_customers_are_counted_and_then_expected_of_who_is_left():
    table, params = forecast(COHORTS, 2), contract.fit(COHORTS).params
    s = contract.survival(params, np.arange(6))
    assert table.customers[:2].tolist() == [3100, 2170]
    assert table.customers[2] == pytest.approx(560 + 690 + 620 * s[2] / s[1])
    assert table.customers[5] == pytest.approx(480 * s[5] / s[3] + 690 * s[5] / s[2] + 620 * s[5] / s[1])


@pytest.mark.parametrize("model", [0, 1])
def test_the_interval_holds_the_estimate_within_0_and_1_and_widens_with_confidence(model):
    wide, narrow = (forecast(HIGH_END, 200, model, None, one) for one in (0.99, 0.5))
    assert wide.lower[0] == wide.upper[0] == 1
    inner = [wide.lower, narrow.lower, narrow.survival, narrow.upper, wide.upper]
    assert np.all(np.diff([one[1:] for one in inner], axis=0) > 0)
    assert np.all((wide.lower > 0) & (wide.upper <= 1))


def test_the_interval_is_the_delta_method_on_the_complementary_log_log():
    fit, table = contract.fit(COHORTS), forecast(COHORTS, 3)
    params, step = np.array([*fit.params.values()]), 1e-6

    def scale(values):
        return np.log(-np.log(contract.survival(values, 6)))

    slope = np.array([scale(params + e) - scale(params - e) for e in np.eye(2) * step]) / (2 * step)
    half = 1.959964 * np.sqrt(slope @ fit.covariance @ slope)
    ends = np.exp(-np.exp(scale(params) + np.array([half, -half])))
    assert [table.lower[6], table.upper[6]] == pytest.approx(ends, rel=1e-5)


def test_retention_is_survival_over_that_of_the_period_before():
    table = forecast(COHORTS, 6)
    assert table.retention[1:] == pytest.approx(table.survival[1:] / table.survival[:-1])
    assert error_of(table.retention[0]) is CellError.NA


def test_a_series_that_cannot_be_estimated_has_no_projection():
    with pytest.raises(NotAvailable, match="Te weinig perioden"):
        forecast(TOO_SHORT, 3)


def test_impossible_arguments_are_out_of_range():
    for wrong in (
        lambda: forecast(HIGH_END, 0),
        lambda: forecast(HIGH_END, 1.5),
        lambda: forecast(HIGH_END, 1201),
        lambda: forecast(HIGH_END, 3, 2),
        lambda: forecast(HIGH_END, 3, 0, None, 1.0),
        lambda: fit_table(HIGH_END, 0.5),
        lambda: fit_table(COHORTS, 0, np.array([1.0, 2.0])),
        lambda: fit_table(np.array([[100.0, NAN, 50]])),
        lambda: model_choice(HIGH_END, None, 1.5),
    ):
        with pytest.raises(OutOfRange):
            wrong()


def test_the_same_block_is_estimated_once(monkeypatch):
    calls = []
    estimate = contract.fit
    monkeypatch.setattr(contract, "fit", lambda *args: calls.append(args) or estimate(*args))
    block = np.array([[1234.0, 777, 555, 444, 378]])
    fit_table(block)
    forecast(block, 3)
    fit_table(block.T)
    assert len(calls) == 1
