"""What a characteristic does, as a user sees it: who is the measure, what is sure, and what it is worth."""

import numpy as np
import pytest

from klantwaarde_xl.errors import NotAvailable, WrongType
from klantwaarde_xl.kernels.models.buying.face import Model
from klantwaarde_xl.reports.characteristics import of_names, of_numbers


def shop(faster=2.0, seed=3, customers=600):
    """Codes, days, kinds (two of three customers are of kind 5) and amounts: kind 2 buys faster and spends double."""
    rng = np.random.default_rng(seed)
    rows = []
    for code in range(customers):
        kind = 2 if code % 3 == 0 else 5
        rate = rng.gamma(2, 1 / 30) * (faster if kind == 2 else 1)
        day = float(45000 + rng.integers(200))
        while day < 45500:
            rows.append((code, np.floor(day), kind, 40.0 if kind == 2 else 20.0))
            day += rng.exponential(1 / rate) + 1
            if rng.random() < 0.2:
                break
    codes, days, kinds, amounts = zip(*rows, strict=True)
    return np.array(codes), np.array(days), np.array(kinds), np.array(amounts)


@pytest.mark.slow
def test_the_largest_group_is_the_measure_and_comes_first():
    found = of_names(*shop())
    assert found.kind.tolist() == [5, 2]
    assert found.customers.tolist() == [400, 200]
    assert found.buying[0] == found.stopping[0] == 1
    assert found.note[0] == "de maat: de andere worden hiermee vergeleken"


@pytest.mark.slow
def test_who_buys_twice_as_fast_is_told_so_and_is_worth_more():
    found = of_names(*shop())
    assert found.buying_lower[1] < 2 < found.buying_upper[1]
    assert found.note[1] == "koopt vaker (aantoonbaar)"
    assert found.spend.tolist() == [20, 40]
    assert found.value[1] == pytest.approx(40 * found.expected[1])
    assert found.value[1] > 2 * found.value[0]


@pytest.mark.slow
def test_a_margin_takes_its_share_of_the_value():
    whole, part = of_names(*shop()), of_names(*shop(), None, 0.25)
    assert part.value == pytest.approx(whole.value / 4)


def test_a_kind_with_few_customers_is_said_to_have_few():
    codes, days, kinds, amounts = shop()
    kinds = np.where(codes < 6, 9, kinds)
    found = of_names(codes, days, kinds, amounts)
    assert found.note[found.kind == 9][0].endswith("weinig klanten")


def test_the_kind_at_the_first_purchase_counts():
    codes, days, kinds, amounts = shop()
    later = np.append(False, codes[1:] == codes[:-1])
    assert of_names(codes, days, np.where(later, 7, kinds), amounts).kind.tolist() == [5, 2]


def test_the_first_amount_as_a_number_says_the_same_of_its_low_and_high_end():
    codes, days, kinds, amounts = shop()
    names, numbers = of_names(codes, days, kinds, amounts), of_numbers(codes, days, amounts, amounts)
    assert numbers.kind.tolist() == [20, 40]  # nobody is between
    assert numbers.customers.tolist() == names.customers.tolist()
    for figure in ("buying", "stopping", "expected", "spend", "value"):
        assert getattr(numbers, figure) == pytest.approx(getattr(names, figure), rel=1e-4)


@pytest.mark.parametrize(("rare", "kinds"), [(7.0, [1, 7]), (-2.0, [1, -2])])
def test_a_number_that_nearly_all_have_is_held_against_the_others(rare, kinds):
    codes, days, _, amounts = shop()
    found = of_numbers(codes, days, np.where(codes % 25 == 0, rare, 1.0), amounts)
    assert found.kind.tolist() == kinds
    assert found.customers.tolist() == [576, 24]
    assert (found.spend > 0).all()


@pytest.mark.slow
@pytest.mark.parametrize("model", [Model.MBGNBD, Model.PARETONBD])
def test_every_model_in_time_tells_of_it(model):
    assert of_names(*shop(), model=float(model)).note[1].startswith("koopt vaker")


def test_one_kind_of_customers_or_another_length_is_refused():
    codes, days, kinds, amounts = shop(customers=30)
    with pytest.raises(NotAvailable):
        of_names(codes, days, np.ones_like(kinds), amounts)
    with pytest.raises(NotAvailable):
        of_numbers(codes, days, np.full(kinds.size, 3.0), amounts)
    with pytest.raises(WrongType):
        of_names(codes, days, kinds[1:], amounts)


def test_one_wrong_number_does_not_hide_what_numbers_do():
    codes, days, kinds, amounts = shop()
    numbers = np.where(kinds == 2, 30.0, 20.0)
    typed = np.where(codes == 1, 99_999.0, numbers)
    found, clean = of_numbers(codes, days, typed, amounts), of_numbers(codes, days, numbers, amounts)
    assert found.kind.tolist() == clean.kind.tolist() == [20, 30]
    assert found.buying[1] == pytest.approx(clean.buying[1], rel=0.05)
    assert found.note[1] == clean.note[1] == "koopt vaker (aantoonbaar)"
    assert "1 getal boven 40" in found.note[0]
