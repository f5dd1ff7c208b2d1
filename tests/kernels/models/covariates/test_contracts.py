"""What characteristics do to leaving: identities, what was drawn is found back, and what cannot be told."""

import numpy as np
import pytest

from klantwaarde_xl.errors import NotAvailable, OutOfRange
from klantwaarde_xl.kernels.models import contract
from klantwaarde_xl.kernels.models.contractlimits import ONE_CHANCE
from klantwaarde_xl.kernels.models.covariates.contracts import effects_of, estimate
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.kernels.models.plans import Rows, Terms, plans
from klantwaarde_xl.kernels.survival import survivors
from klantwaarde_xl.reports import contract_characteristics
from tests.examples import times

SIMULATIONS = times(20, more=20)


def drawn(seed, factors=(1.0, 0.4), many=600, beta=(0.9, 2.5), most=8):
    """Periods seen and left, and the kind, of contracts of as many kinds as factors."""
    rng = np.random.default_rng(seed)
    kind = rng.integers(len(factors), size=many)
    leaves = rng.geometric(np.clip(rng.beta(beta[0] * np.array(factors)[kind], beta[1]), 1e-12, 1))
    followed = rng.integers(2, most + 1, size=many)
    return followed.astype(float), np.where(leaves <= followed, leaves, 0).astype(float), kind


def plain_of(seen, left):
    return contract.fit(survivors(seen.astype(np.int64), left.astype(np.int64)))


@pytest.mark.slow
def test_the_factor_that_was_drawn_lies_inside_its_interval_as_often_as_that_says():
    inside = []
    for seed in range(SIMULATIONS):
        seen, left, kind = drawn(seed)
        found = effects_of(
            estimate(plain_of(seen, left), seen, left, (kind == 1)[:, None] * 1.0),
            np.array([[0.0], [1.0]]),
            np.zeros(1),
            0.95,
        )
        inside.append(found.lower[1] <= 0.4 <= found.upper[1])
    assert np.mean(inside) >= 0.85


def test_where_all_leave_alike_the_odds_of_each_kind_are_those_counted():
    """One chance each period: who left over who stayed, of all periods in which a contract could leave."""
    rng = np.random.default_rng(4)
    kind, followed = rng.integers(2, size=4000), np.full(4000, 6)
    leaves = rng.geometric(np.array([0.1, 0.25])[kind])
    seen, left = followed.astype(float), np.where(leaves <= followed, leaves, 0).astype(float)
    # The kinds together differ, so that the sBG has an optimum: taken is its limit
    limit = Fit(ONE_CHANCE.title, {"odds": 0.2}, {"odds": 0.1}, np.eye(1), -1.0, 4000, True)
    found = estimate(limit, seen, left, (kind == 1)[:, None] * 1.0)
    counted = []
    for one in (0, 1):
        mine = kind == one
        exposed = np.where(left > 0, left, seen)[mine].sum()
        counted.append((left[mine] > 0).sum() / (exposed - (left[mine] > 0).sum()))
    assert found.fit.params["odds"] == pytest.approx(counted[0], rel=1e-4)
    assert found.fit.params["factor 1"] == pytest.approx(counted[1] / counted[0], rel=1e-4)


def test_kinds_that_do_not_differ_leave_the_model_as_it_is():
    seen, left, _ = drawn(1, factors=(1.0,))
    twice = np.concatenate([seen, seen]), np.concatenate([left, left])
    kind = np.repeat([0.0, 1.0], seen.size)
    plain = plain_of(*twice)
    found = estimate(plain, *twice, kind[:, None])
    assert found.fit.params["factor 1"] == pytest.approx(1, abs=1e-4)
    assert found.fit.params["alpha"] == pytest.approx(plain.params["alpha"], rel=1e-3)
    assert found.fit.loglik == pytest.approx(plain.loglik, rel=1e-9)


def test_of_a_kind_of_which_nobody_left_the_factor_is_small_and_finite():
    seen, left, kind = drawn(2)
    left = np.where(kind == 1, 0.0, left)
    found = estimate(plain_of(seen, left), seen, left, (kind == 1)[:, None] * 1.0)
    assert 0 < found.fit.params["factor 1"] < 0.1
    assert np.isfinite(found.fit.se["factor 1"])


def test_where_nobody_left_nothing_can_be_told():
    seen, left, kind = np.full(60, 5.0), np.zeros(60), np.arange(60) % 2
    with pytest.raises(NotAvailable, match="niemand"):
        estimate(plain_of(seen, left), seen, left, kind[:, None] * 1.0)


def test_a_characteristic_that_all_share_is_refused():
    seen, left, _ = drawn(3)
    with pytest.raises(OutOfRange, match="gelijk"):
        estimate(plain_of(seen, left), seen, left, np.ones((seen.size, 1)))


def test_the_value_of_a_kind_is_price_times_the_discounted_life_of_its_own_parameters():
    seen, left, kind = drawn(5, many=900)
    starts = 46000 - np.round(365.25 * (seen + 0.5))
    ends = np.where(left > 0, starts + np.floor(365.25 * left) - 20, np.nan)
    prices = np.where(kind == 1, 50.0, 20.0)
    found = contract_characteristics.of_names(starts, ends, kind, prices, 46000, 0.08, None, 2)
    assert found.kind[0] == np.bincount(kind).argmax()
    assert found.price[list(found.kind).index(1)] == 50
    share = found.renewing
    for at in range(2):
        # α / β from the share that renews first, β the same for both
        odds = [(1 - one) / one for one in share]
        assert found.leaving[at] == pytest.approx(odds[at] / odds[0], rel=1e-6)
    apart = plans(Rows(starts, ends, kind, prices), 46000, Terms(0.08), 2)[1:]
    for one in apart:  # a kind by itself is worth about the same
        at = list(found.kind).index(one.code)
        assert found.value[at] == pytest.approx(one.value, rel=0.2)
        assert found.value_lower[at] < found.value[at] < found.value_upper[at]


def test_of_contracts_that_follow_each_other_the_characteristic_of_the_first_counts():
    """Anna comes by the web and renews in the shop: one contract, by the web."""
    starts = np.array([45000.0, 45366, 45000, 45000, 45000, 45000])
    ends = np.array([45365.0, np.nan, 45200, np.nan, 45300, np.nan])
    kinds = np.array([0, 1, 1, 1, 0, 0])
    customers = np.array([0, 0, 1, 2, 3, 4])
    found = contract_characteristics.of_names(
        starts, ends, kinds, np.full(6, 10.0), 46000, 0.1, 5, 2, customers
    )
    assert dict(zip(found.kind.tolist(), found.contracts.tolist(), strict=True)) == {0: 3.0, 1: 2.0}


def test_a_number_is_told_of_the_middle_contract_and_a_low_and_a_high_one():
    seen, left, kind = drawn(6, factors=(0.5, 1.0, 2.0), many=1500)
    starts = 46000 - np.round(365.25 * (seen + 0.5))
    ends = np.where(left > 0, starts + np.floor(365.25 * left) - 20, np.nan)
    found = contract_characteristics.of_numbers(
        starts, ends, kind * 1.0, np.full(1500, 9.0), 46000, 0.1, 5, 2
    )
    assert found.kind.tolist() == [1.0, 0.0, 2.0]
    assert found.leaving_upper[1] < 1 < found.leaving_lower[2]
    assert found.leaving[2] == pytest.approx(1 / found.leaving[1])
    assert found.contracts.sum() == 1500


def test_one_wrong_number_does_not_hide_what_numbers_do():
    seen, left, kind = drawn(6, factors=(0.5, 1.0, 2.0), many=900)
    starts = 46000 - np.round(365.25 * (seen + 0.5))
    ends = np.where(left > 0, starts + np.floor(365.25 * left) - 20, np.nan)
    typed = kind * 1.0
    typed[0] = 1e6
    clean, found = (
        contract_characteristics.of_numbers(starts, ends, one, np.full(900, 9.0), 46000, 0.1, 5, 2)
        for one in (kind * 1.0, typed)
    )
    assert found.kind.tolist() == clean.kind.tolist()
    assert found.leaving == pytest.approx(clean.leaving, rel=0.05)
    assert "1 getal boven 4" in found.note[0]
