"""From a log to what models see, and from there to every published figure of CDNOW and the donations."""

import importlib.resources

import numpy as np
import pandas as pd
import pytest

from klantwaarde_xl.errors import CellError, OutOfRange, error_of
from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.kernels.models.buying import bgbb
from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD
from klantwaarde_xl.kernels.models.buying.mbgnbd import MBGNBD
from klantwaarde_xl.kernels.models.buying.paretonbd import PARETONBD
from klantwaarde_xl.kernels.models.forecast import repeat_spend
from klantwaarde_xl.kernels.models.log.summary import Unit, summarise, unit_of
from tests import cdnow
from tests.kernels.models import cdnow_sample
from tests.kernels.models.logs import CUT, cdnow_log, day, made_log, sample_frame

LENGTHS = {Unit.WEEK: 7, Unit.DAY: 1, Unit.MONTH: 365.25 / 12, Unit.YEAR: 365.25}


@pytest.fixture(scope="module")
def calibration():
    return summarise(*cdnow_log(), CUT)


@pytest.mark.slow
def test_the_sample_is_a_tenth_of_the_master_file_with_the_same_transactions():
    sample = sample_frame()
    assert sample["klant"].nunique() == cdnow.CUSTOMERS // 10
    master = cdnow.frame()
    theirs = master[master["klant"].isin(set(sample["master"]))]
    ours = sample.rename(columns={"klant": "nr", "master": "klant"})[["klant", "datum", "bedrag"]]
    keys = ["klant", "datum", "bedrag"]
    both = [one.sort_values(keys, ignore_index=True) for one in (theirs, ours)]
    pd.testing.assert_frame_equal(*both, check_dtype=False)


@pytest.mark.parametrize("unit", Unit)
def test_a_summary_is_what_pandas_makes_of_the_log(unit):
    found = summarise(*cdnow_log(), CUT, unit)
    end = pd.Timestamp("1997-09-30")
    seen = sample_frame().query("datum <= @end")
    daily = seen.groupby(["klant", "datum"], as_index=False)["bedrag"].sum()
    days = daily.groupby("klant")["datum"].agg(["count", "min", "max"])
    length = pd.Timedelta(days=LENGTHS[unit])
    repeats = daily[daily["datum"] > daily.groupby("klant")["datum"].transform("min")]
    spend = repeats.groupby("klant")["bedrag"].mean()
    again = found.frequency > 0
    assert np.array_equal(found.customer, days.index)
    assert np.array_equal(found.frequency, days["count"] - 1)
    assert found.recency == pytest.approx(((days["max"] - days["min"]) / length).to_numpy(), rel=1e-12)
    assert pytest.approx(((end - days["min"]) / length).to_numpy(), rel=1e-12) == found.T
    assert np.array_equal(found.customer[again], spend.index)
    assert found.mean_spend[again] == pytest.approx(spend.to_numpy(), rel=1e-12)
    assert found.revenue == pytest.approx(seen.groupby("klant")["bedrag"].sum().to_numpy(), rel=1e-12)
    assert found.report == (len(seen), 6919 - len(seen), 0, 0.0, 0.0, 0, 8, 0)


def test_who_never_came_back_has_no_mean_spend():
    found = summarise(np.array([0, 1, 1]), np.array([1.0, 1.0, 8.0]), np.array([5.0, 5.0, 7.0]))
    assert error_of(found.mean_spend[0]) is CellError.NA
    assert found.mean_spend[1] == 7


def test_a_huge_first_purchase_does_not_blur_the_small_ones_after_it():
    found = summarise(np.zeros(3, dtype=int), np.array([1.0, 2, 3]), np.array([1e9, 0.01, 0.02]))
    assert found.mean_spend[0] == pytest.approx(0.015, rel=1e-12)


def test_without_amounts_each_purchase_counts_for_one():
    found = summarise(np.array([0, 0, 0]), np.array([1.0, 1.0, 9.0]))
    assert (found.frequency[0], found.mean_spend[0], found.revenue[0]) == (1, 1, 2)


@pytest.mark.parametrize("code", [4, -1, 0.5, np.nan])
def test_another_unit_of_time_is_refused(code):
    with pytest.raises(OutOfRange, match="eenheid"):
        unit_of(code)


# ── the published figures, from the log on ──────────────────────────────────────────────────


def test_the_log_leads_to_the_customers_the_papers_used(calibration):
    for found, published in zip(
        (calibration.frequency, calibration.recency, calibration.T), cdnow_sample(), strict=True
    ):
        assert np.array_equal(found, published)


def test_the_bg_nbd_of_the_log_is_that_of_clvtools(calibration):
    found = BGNBD.fit(calibration.frequency, calibration.recency, calibration.T)
    assert [*found.params.values()] == pytest.approx([0.2425945, 4.4136019, 0.7929199, 2.4258881], rel=1e-5)
    assert found.loglik == pytest.approx(-9582.429, abs=5e-4)


def test_the_pareto_nbd_of_the_log_is_that_of_clvtools(calibration):
    found = PARETONBD.fit(calibration.frequency, calibration.recency, calibration.T)
    assert [*found.params.values()] == pytest.approx([0.55315, 10.57633, 0.60625, 11.67150], rel=3e-4)
    assert [*found.se.values()] == pytest.approx([0.0476264, 0.8427222, 0.1872594, 6.2105448], rel=2e-4)
    assert found.loglik == pytest.approx(-9594.976, abs=5e-4)


def test_the_mbg_nbd_of_the_log_is_that_of_btydplus(calibration):
    found = MBGNBD.fit(calibration.frequency, calibration.recency, calibration.T)
    assert [*found.params.values()] == pytest.approx([0.525, 6.183, 0.891, 1.614], abs=5e-4)
    assert found.loglik == pytest.approx(-9582.1357, abs=5e-5)


def test_the_gamma_gamma_of_the_log_is_that_of_clvkit_and_clvtools(calibration):
    found = gammagamma.fit(*repeat_spend(calibration))
    assert found.n == 946
    assert [*found.params.values()] == pytest.approx([6.249690, 3.744180, 15.442988], rel=4e-5)
    assert found.loglik == pytest.approx(-4055.9177, abs=5e-5)


@pytest.mark.parametrize("model", [BGNBD, MBGNBD, PARETONBD], ids=["bgnbd", "mbgnbd", "paretonbd"])
@pytest.mark.parametrize("unit", [Unit.DAY, Unit.MONTH, Unit.YEAR])
def test_another_unit_of_time_gives_the_same_fit(model, unit):
    log = cdnow_log() if model is not PARETONBD else made_log(400, (0.9, 4, 0.8, 2.5), (6, 4, 15), 1)
    week, other = (summarise(*log, None, one) for one in (Unit.WEEK, unit))
    at_week, found = (model.fit(one.frequency, one.recency, one.T) for one in (week, other))
    factor = 7 / LENGTHS[unit]
    in_time = {"alpha", "beta"}
    wanted = {name: one * (factor if name in in_time else 1) for name, one in at_week.params.items()}
    assert found.params == pytest.approx(wanted, rel=1e-5)
    assert found.loglik == pytest.approx(at_week.loglik - week.frequency.sum() * np.log(factor), rel=1e-10)


# ── the donations: yearly opportunities ─────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def donors():
    """A log with a first gift in 1995 and a gift in x later years, the last one t_x years later."""
    source = importlib.resources.files("lifetimes") / "datasets" / "donations.csv"
    lines = np.loadtxt(source.read_text(encoding="utf-8").splitlines(), delimiter=",", skiprows=1)
    years = [day(f"{1995 + k}-01-01") for k in range(7)]
    customers, days, code = [], [], 0
    for x, t_x, _, count in lines.astype(int).tolist():
        gifts = [years[0], *years[1:x], *([years[t_x]] if x else [])]
        for _ in range(count):
            customers += [code] * len(gifts)
            days += gifts
            code += 1
    summary = summarise(np.array(customers), np.array(days), None, years[6], Unit.YEAR)
    return tuple(np.rint(column) for column in (summary.frequency, summary.recency, summary.T)), lines


def test_the_log_of_donations_gives_the_donors_back(donors):
    (x, t_x, n), lines = donors
    table, counts = np.unique(np.stack([x, t_x, n], axis=1), axis=0, return_counts=True)
    assert np.array_equal(np.column_stack([table, counts]), lines)


def test_the_bg_bb_of_the_log_is_that_of_fader_hardie_and_shang_2010(donors):
    found = bgbb.fit(*donors[0])
    assert found.n == 11_104
    assert [*found.params.values()] == pytest.approx([1.204, 0.750, 0.657, 2.783], abs=6e-4)
    assert found.loglik == pytest.approx(-33225.58, abs=5e-3)


def test_the_donations_of_the_next_five_years_are_those_of_note_010(donors):
    found = bgbb.fit(*donors[0])
    coming = bgbb.conditional_expected(found.params, *donors[0], 5)
    assert coming.sum() == pytest.approx(12884.2, abs=0.05)
