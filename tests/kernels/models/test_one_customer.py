"""One customer given parameters: the published figures, identities, and errors element by element."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantwaarde_xl.errors import CellError, error_of
from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.kernels.models.buying import one_customer
from klantwaarde_xl.kernels.models.buying.face import Model, module_of
from klantwaarde_xl.kernels.models.buying.one_customer import Counted

BG = (0.243, 4.414, 0.793, 2.426)  # Fader, Hardie & Lee (2005), CDNOW
MBG = (0.525, 6.183, 0.891, 1.614)  # the BTYDplus test, CDNOW
PARETO = (0.55, 10.56, 0.61, 11.64)  # the BTYD manual, CDNOW
BB = (1.20, 0.75, 0.66, 2.78)  # the BTYD manual, donations
MODELS = ((Model.BGNBD, BG), (Model.MBGNBD, MBG), (Model.PARETONBD, PARETO), (Model.BGBB, BB))
TIMELY = MODELS[:3]
EACH = pytest.mark.parametrize(("model", "params"), MODELS, ids=[model.title for model, _ in MODELS])
EACH_TIMELY = pytest.mark.parametrize(("model", "params"), TIMELY, ids=[model.title for model, _ in TIMELY])

positive = st.floats(0.05, 30)
parameters = st.tuples(positive, positive, positive, positive)


@st.composite
def asked(draw):
    """A model, parameters, a history that it can have, and a horizon."""
    model = draw(st.sampled_from(Model))
    age = draw(st.integers(0, 30))
    last = draw(st.integers(0, age))
    x = draw(st.integers(1, last)) if last else 0
    return model, draw(parameters), (x, last, age), draw(st.integers(0, 30))


def history_of(model):
    return (2, 4, 6) if model is Model.BGBB else (2, 30.43, 38.86)


def is_num(value):
    return error_of(value) is CellError.NUM


# ── published ───────────────────────────────────────────────────────────────────────────────


def test_a_customer_of_cdnow_buys_1_226_times_in_39_weeks_as_in_note_004():
    assert one_customer.purchases(2, 30.43, 38.86, 39, *BG) == pytest.approx(1.226, abs=5e-4)


def test_new_customers_of_cdnow_buy_as_often_as_in_the_btyd_manual():
    published = [0, 0.05077821, 0.09916088, 0.14542507, 0.18979930]
    published += [0.23247466, 0.27361274, 0.31335159, 0.35181024, 0.38909211]
    found = one_customer.new_purchases(np.arange(10), *PARETO, Model.PARETONBD)
    assert found == pytest.approx(published, abs=5e-9)


def test_chances_of_many_purchases_of_a_new_customer_are_those_of_the_btyd_manual():
    published = [0.0019995214, 0.0015170236, 0.0011633150, 0.0009003148, 0.0007023638]
    published += [0.0005517902, 0.0004361913, 0.0003467171, 0.0002769613, 0.0002222260]
    assert one_customer.new_chance(np.arange(11, 21), 30, *BG) == pytest.approx(published, abs=5e-11)


def test_discounted_donations_are_those_of_the_btyd_manual():
    yearly = (Model.BGBB, 0, 3)
    assert one_customer.discounted_purchases(3, 4, 6, 0.1, *BB, *yearly) == pytest.approx(1.621379, abs=5e-7)
    exact = [1.80204, 2.62116, 3.44027, 4.25938, 5.07849, 5.89760]
    found = one_customer.discounted_purchases(np.arange(1, 7), 6, 6, 0.1, *BB, *yearly)
    assert found == pytest.approx(exact, abs=6e-6)


def test_the_expected_spend_of_ten_customers_is_that_of_note_025():
    published = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17]
    x = [2, 1, 0, 0, 0, 7, 1, 0, 2, 0]
    z = [22.35, 11.77, 0, 0, 0, 73.74, 11.77, 0, 25.55, 0]
    found = gammagamma.expected_spend(x, z, 6.25, 3.74, 15.44)
    assert found == pytest.approx(published, rel=2e-3)  # printed with parameters of more digits


# ── identities ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@given(asked())
@settings(deadline=None)
def test_every_answer_is_that_of_the_model(question):
    model, params, history, horizon = question
    module = module_of(model)
    assert one_customer.p_alive(*history, *params, model) == module.p_alive(params, *history)
    assert one_customer.purchases(*history, horizon, *params, model) == pytest.approx(
        float(module.conditional_expected(params, *history, horizon)), rel=1e-12
    )
    assert one_customer.new_purchases(horizon, *params, model) == module.expected(params, horizon)
    for count in (0, 1, 4):
        assert one_customer.chance(count, *history, horizon, *params, model) == pytest.approx(
            float(module.conditional_pmf(params, *history, horizon, count)), rel=1e-12, abs=1e-300
        )


@given(asked(), st.integers(0, 12))
@settings(deadline=None)
def test_at_most_so_many_is_the_sum_of_none_up_to_so_many(question, count):
    model, params, history, horizon = question
    rest = (*history, horizon, *params, model)
    each = one_customer.chance(np.arange(count + 1), *rest)
    assert one_customer.chance(count, *rest, Counted.AT_MOST) == pytest.approx(
        each.sum(), rel=1e-8, abs=1e-11
    )


@given(asked())
@settings(deadline=None)
def test_at_least_none_is_certain(question):
    model, params, history, horizon = question
    assert one_customer.chance(0, *history, horizon, *params, model, Counted.AT_LEAST) == 1


@EACH
def test_the_chances_of_at_least_1_2_and_so_on_add_up_to_the_expected_purchases(model, params):
    rest = (*history_of(model), 20, *params, model)
    chances = one_customer.chance(np.arange(1, 400), *rest, Counted.AT_LEAST)
    assert chances.sum() == pytest.approx(one_customer.purchases(*rest), rel=1e-9)


@EACH_TIMELY
def test_a_chance_of_one_in_a_billion_keeps_its_digits(model, params):
    rest = (*history_of(model), 10, *params, model)
    tail = one_customer.chance(np.arange(60, 400), *rest).sum()
    assert tail < 1e-9
    assert one_customer.chance(60, *rest, Counted.AT_LEAST) == pytest.approx(tail, rel=1e-9)


@EACH
def test_few_purchases_of_who_buys_very_often_keep_their_digits(model, params):
    often = (30.0, 0.01, 0.001, 5.0)
    if model in (Model.PARETONBD, Model.BGBB):
        often = (30.0, 0.01, 0.001, 500.0)
    rest = (0, 0, 0, 40, *often, model)
    each = one_customer.chance(np.arange(4), *rest)
    found = one_customer.chance(3, *rest, Counted.AT_MOST)
    assert found < 1e-3
    assert found == pytest.approx(each.sum(), rel=1e-12)


@given(asked(), st.sampled_from(Counted), st.integers(0, 9))
@settings(deadline=None)
def test_a_new_customer_is_a_customer_of_age_nought(question, counted, count):
    model, params, _, horizon = question
    rest = (horizon, *params, model)
    assert one_customer.new_purchases(*rest) == pytest.approx(
        one_customer.purchases(0, 0, 0, *rest), rel=1e-9
    )
    assert one_customer.new_chance(count, *rest, counted) == one_customer.chance(
        count, 0, 0, 0, *rest, counted
    )


@EACH
def test_the_chance_of_a_new_customer_is_the_pmf_of_the_model(model, params):
    found = one_customer.new_chance(np.arange(9), 20, *params, model)
    assert found == pytest.approx(module_of(model).pmf(params, np.arange(9), 20), rel=1e-12)


@EACH
def test_without_interest_discounted_purchases_are_expected_purchases(model, params):
    history = history_of(model)
    found = one_customer.discounted_purchases(*history, 0, *params, model, 20)
    assert found == pytest.approx(one_customer.purchases(*history, 20, *params, model), rel=1e-12)


@EACH
def test_a_very_long_horizon_is_no_end(model, params):
    rest = (*history_of(model), 0.5, *params, model)
    assert one_customer.discounted_purchases(*rest, 9000) == pytest.approx(
        one_customer.discounted_purchases(*rest, 0), rel=1e-9
    )


@EACH_TIMELY
def test_discounted_purchases_are_the_discounted_steps_of_the_expectation(model, params):
    history, until = history_of(model), np.linspace(0, 39, 40_001)
    steps = np.diff(one_customer.purchases(*history, until, *params, model))
    middle = (until[1:] + until[:-1]) / 2
    exact = steps @ np.exp(-np.log(1.1) * 7 / 365.25 * middle)
    found = one_customer.discounted_purchases(*history, 0.1, *params, model, 39)
    assert found == pytest.approx(exact, rel=1e-9)


def test_donations_are_discounted_by_the_yearly_interest_once_an_opportunity():
    steps = np.diff(one_customer.purchases(2, 4, 6, np.arange(6), *BB, Model.BGBB))
    yearly = one_customer.discounted_purchases(2, 4, 6, 0.1, *BB, Model.BGBB, 5, 3)
    monthly = one_customer.discounted_purchases(2, 4, 6, 0.1, *BB, Model.BGBB, 5, 2)
    assert yearly == pytest.approx(steps @ 1.1 ** -np.arange(1.0, 6), rel=1e-12)
    assert monthly == pytest.approx(steps @ 1.1 ** -(np.arange(1.0, 6) / 12), rel=1e-12)


@EACH_TIMELY
@pytest.mark.parametrize(("unit", "length"), [(1, 7.0), (2, 84 / 365.25), (3, 7 / 365.25)])
def test_another_unit_of_time_gives_the_same_discounted_purchases(model, params, unit, length):
    x, t_x, age = history_of(model)
    scale = (1, length, 1, length) if model is Model.PARETONBD else (1, length, 1, 1)
    for horizon in (0, 39):
        weekly = one_customer.discounted_purchases(x, t_x, age, 0.1, *params, model, horizon)
        there = (x, t_x * length, age * length, 0.1, *np.multiply(params, scale), model, horizon * length)
        assert one_customer.discounted_purchases(*there, unit) == pytest.approx(weekly, rel=1e-9)


# ── element by element ──────────────────────────────────────────────────────────────────────


def test_customers_parameters_and_models_all_repeat_as_in_the_spreadsheet():
    x, t_x, age = np.array([[2], [1], [0]]), np.array([[30.0], [2.0], [0.0]]), np.array([[39.0]])
    r, model = np.array([[0.2, 0.4, 0.2, 0.4]]), np.array([[0, 1, 2, 0]])
    found = one_customer.purchases(x, t_x, age, 39, r, 4.4, 0.8, 2.4, model)
    assert found.shape == (3, 4)
    for row in range(3):
        for column in range(4):
            alone = one_customer.purchases(
                x[row, 0], t_x[row, 0], 39.0, 39, r[0, column], 4.4, 0.8, 2.4, model[0, column]
            )
            assert found[row, column] == pytest.approx(alone, rel=1e-12)


def test_the_model_is_called_once_for_each_different_set_of_parameters(monkeypatch):
    calls = []

    def counting(model):
        calls.append(model)
        return module_of(model)

    monkeypatch.setattr(one_customer, "module_of", counting)
    r = np.tile([0.2, 0.3], 500)
    one_customer.p_alive(np.ones(1000), 20.0, 30.0, r, 4.4, 0.8, 2.4, np.where(r > 0.25, 0, 2))
    assert sorted(calls) == [0, 2]


IMPOSSIBLE = [
    (-1, 0, 9),
    (1.5, 3, 9),
    (2, 10, 9),
    (2, -1, 9),
    (2, 0, 9),
    (0, 3, 9),
    (2, 3, -1),
    (np.nan, 3, 9),
    (2, np.nan, 9),
    (2, 3, np.inf),
]


@EACH
def test_an_impossible_history_is_an_error_for_that_customer_only(model, params):
    good = history_of(model)
    for wrong in IMPOSSIBLE:
        found = one_customer.purchases(*np.transpose([good, wrong, good]), 9, *params, model)
        assert is_num(found[1])
        assert found[0] == found[2] == one_customer.purchases(*good, 9, *params, model)


@pytest.mark.parametrize("wrong", [(2, 3.5, 6), (2, 4, 6.5), (4, 3, 6), (2, 4, 10_001)])
def test_opportunities_are_whole_not_fewer_than_the_purchases_and_not_endless(wrong):
    found = one_customer.p_alive(*np.transpose([wrong, (2, 4, 6)]), *BB, Model.BGBB)
    assert is_num(found[0])
    assert 0 < found[1] < 1


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("wrong", [0, -1, np.nan, np.inf])
def test_an_impossible_parameter_is_an_error_for_that_element_only(place, wrong):
    params = [np.array([one, one]) for one in BG]
    params[place][0] = wrong
    found = one_customer.p_alive(2, 30.43, 38.86, *params)
    assert is_num(found[0])
    assert found[1] == one_customer.p_alive(2, 30.43, 38.86, *BG)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: one_customer.p_alive(2, 30, 39, *BG, 4),
        lambda: one_customer.p_alive(2, 30, 39, *BG, 0.5),
        lambda: one_customer.p_alive(2, 30, 39, *BG, np.nan),
        lambda: one_customer.purchases(2, 30, 39, -1, *BG),
        lambda: one_customer.purchases(2, 4, 6, 1.5, *BB, 3),
        lambda: one_customer.purchases(2, 4, 6, 10_001, *BB, 3),
        lambda: one_customer.chance(-1, 2, 30, 39, 9, *BG),
        lambda: one_customer.chance(0.5, 2, 30, 39, 9, *BG),
        lambda: one_customer.chance(1, 2, 30, 39, 9, *BG, 0, 3),
        lambda: one_customer.new_chance(1, -9, *BG),
        lambda: one_customer.discounted_purchases(2, 30, 39, 0, *BG),
        lambda: one_customer.discounted_purchases(2, 30, 39, -0.1, *BG, 0, 9),
        lambda: one_customer.discounted_purchases(2, 30, 39, 0.1, *BG, 0, -9),
        lambda: one_customer.discounted_purchases(2, 30, 39, 0.1, *BG, 0, 9, 4),
        lambda: gammagamma.expected_spend(0, 0, 2, 0.8, 10),
        lambda: gammagamma.expected_spend(1, 0, 2, 3, 10),
        lambda: gammagamma.expected_spend(1.5, 9, 2, 3, 10),
        lambda: gammagamma.expected_spend(1, 9, -2, 3, 10),
    ],
)
def test_what_lies_outside_the_definition_is_an_error(wrong):
    assert is_num(wrong())


def test_only_who_has_no_mean_spend_gets_an_error():
    found = gammagamma.expected_spend([0, 1, 3], [0, 5, 5], 2.0, 0.8, 10.0)
    assert is_num(found[0])
    assert found[1:] == pytest.approx([2 * 15 / 1.8, 2 * 25 / 5.8])


anything = st.one_of(
    st.floats(-5, 60), st.integers(-2, 60).map(float), st.sampled_from([np.nan, np.inf, 1e9])
)


@pytest.mark.slow
@given(st.lists(anything, min_size=9, max_size=9), st.sampled_from(Model), st.sampled_from(Counted))
@settings(deadline=None, max_examples=200)
def test_whatever_is_asked_the_answer_is_a_chance_or_an_error(numbers, model, counted):
    found = one_customer.chance(*numbers, model, counted)
    assert is_num(found) or 0 <= found <= 1
