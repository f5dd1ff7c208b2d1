"""A season is used only where it has proved itself on months that it had not seen."""

import numpy as np
import pandas as pd
import pytest

from klantwaarde_xl.kernels.models.buying.face import Model
from klantwaarde_xl.kernels.models.log.prepare import Log
from klantwaarde_xl.kernels.models.season.calendar import MONTHS, SHOPS
from klantwaarde_xl.kernels.models.season.proof import Verdict, choose
from tests.examples import times
from tests.kernels.models.season import FIRST, shop, steady, winter
from tests.publiclogs import public_log


def verdicts(choice):
    return [one.verdict for one in choice.proofs]


@pytest.mark.slow
def test_a_season_that_is_there_is_used():
    choice = choose(Log(*shop(winter)), None, Model.BGNBD, [MONTHS, SHOPS])
    assert choice.seasonal is not None
    assert verdicts(choice)[0] is Verdict.USED
    assert choice.proofs[0].off < choice.proofs[0].plain_off
    assert choice.seasonal.season.factor(np.array([FIRST + 340]))[0] > 1.6


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, times(4)))
def test_a_shop_of_three_years_without_a_season_gets_none(seed):
    choice = choose(Log(*shop(steady, seed=seed)), None, Model.BGNBD, [MONTHS, SHOPS])
    assert choice.seasonal is None
    assert set(verdicts(choice)) <= {Verdict.NOT_BETTER, Verdict.UNSURE}


@pytest.mark.slow
def test_of_two_that_prove_themselves_the_one_that_says_most_is_used():
    choice = choose(Log(*shop(winter, customers=3000)), None, Model.BGNBD, [SHOPS, MONTHS])
    assert verdicts(choice) == [Verdict.BEATEN, Verdict.USED]
    assert choice.seasonal.season.calendar is MONTHS


def test_less_than_104_weeks_carry_none():
    codes, days = shop(winter)
    choice = choose(Log(codes, days), FIRST + 104 * 7 - 2, Model.BGNBD, [MONTHS])
    assert choice.seasonal is None
    assert verdicts(choice) == [Verdict.TOO_SHORT]
    assert np.isnan(choice.proofs[0].gain)


def test_the_grocer_of_btydplus_with_one_year_gets_no_season():
    data = pd.read_csv(public_log("grocery_log.csv"))
    days = (pd.to_datetime(data["date"]) - pd.Timestamp("1899-12-30")).dt.days.to_numpy(float)
    codes = pd.factorize(data["cust"])[0].astype(np.intp)
    choice = choose(Log(codes, days), days.min() + 364, Model.MBGNBD, [MONTHS, SHOPS])
    assert choice.seasonal is None
