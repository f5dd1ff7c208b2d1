"""What all fits share: grouping, refusing, saying in Dutch why nothing was found."""

import numpy as np
import pytest

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.models import bgnbd, grouping, mbgnbd, paretonbd
from tests.kernels.models import cdnow_sample, simulated

MODELS = [bgnbd, mbgnbd, paretonbd]
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__.split(".")[-1])


def test_grouping_finds_the_different_customers_and_loses_none():
    x, t_x, age = cdnow_sample()
    grouped = grouping.group(x, t_x, age)
    expected = np.unique(np.column_stack([x, t_x, age]), axis=0, return_counts=True)
    found = np.column_stack(grouped[:3])
    order = np.lexsort(found.T[::-1])
    assert found[order].tolist() == expected[0].tolist()
    assert grouped.weight[order].tolist() == expected[1].tolist()
    assert grouped.n == 2357


def test_customers_without_weight_are_left_out():
    grouped = grouping.group([0, 1, 2], [0, 1, 2], [3, 3, 3], [1, 0, 2.5])
    assert sorted(grouped.frequency) == [0, 2]
    assert grouped.n == 3.5


def test_a_sample_keeps_the_mix_of_customers():
    grouped = grouping.group(*simulated(50_000, (0.24, 4.4, 0.8, 2.4), step=1e-6))
    few = grouping.sample(grouped, 5000)
    assert few.weight.size <= 5000
    assert few.n == 5000
    assert few.weight @ few.frequency / few.n == pytest.approx(
        grouped.weight @ grouped.frequency / grouped.n, rel=0.1
    )


def test_a_large_fit_begins_on_a_sample_and_ends_on_all():
    data = simulated(60_000, (0.6, 5.0, 0.8, 2.5), step=1e-6)
    found = bgnbd.fit(*data)
    best = np.array(list(found.params.values()))
    assert found.converged
    for i in range(4):
        for factor in (0.998, 1.002):
            near = best * np.where(np.arange(4) == i, factor, 1)
            assert bgnbd.loglik(near, *data).sum() < found.loglik


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((-1, 1, 2), "negatief of gebroken"),
        ((1.5, 1, 2), "negatief of gebroken"),
        ((1, 3, 2), "groter dan leeftijd"),
        ((1, 0, 2), "recentheid 0"),
        ((0, 1, 2), "zonder herhaalaankopen"),
        ((1, -1, 2), "negatief"),
        ((1, np.nan, 2), "ontbrekend"),
        ((1, 1, np.inf), "oneindig"),
    ],
)
@each_model
def test_impossible_customers_are_refused_with_their_row(model, row, words):
    columns = [np.array([good, bad]) for good, bad in zip((2.0, 3.0, 4.0), row, strict=True)]
    for call in (model.fit, lambda *data: model.p_alive((1, 1, 1, 1), *data)):
        with pytest.raises(OutOfRange, match=words) as error:
            call(*columns)
        assert "rij 2" in error.value.what
        assert error.value.remedy


def test_all_problems_come_in_one_message():
    with pytest.raises(OutOfRange) as error:
        bgnbd.fit([-1, 1, 1], [0, 0, 5], [1, 1, 1])
    assert all(words in error.value.what for words in ("negatief", "recentheid 0", "groter"))


def test_columns_of_different_length_are_refused():
    with pytest.raises(OutOfRange, match="even lang"):
        bgnbd.fit([1, 2, 3], [1, 2], [3, 3, 3])


@pytest.mark.parametrize("weights", [[1, -1], [1], [1, np.nan]])
def test_impossible_weights_are_refused(weights):
    with pytest.raises(OutOfRange, match="gewichten"):
        bgnbd.fit([1, 0], [1, 0], [3, 3], weights)


DEGENERATE = {
    "no customers": (([], [], []), "geen klanten"),
    "nobody came back": ((np.zeros(50), np.zeros(50), np.linspace(1, 50, 50)), "tweede keer"),
    "one customer": (([3], [2.0], [4.0]), "Eén klant"),
    "identical customers": ((np.full(99, 3), np.full(99, 2.0), np.full(99, 4.0)), "precies gelijk"),
    "all began today": (([0, 0], [0, 0], [0, 0]), "vandaag"),
    "two customers": (([3, 0], [2.0, 0], [4.0, 4.0]), ""),
    "clockwork": ((np.tile([9, 10], 40), np.tile([9.0, 10.0], 40), np.tile([10.0, 10.5], 40)), ""),
}


@pytest.mark.parametrize("case", DEGENERATE)
@each_model
def test_data_that_teach_nothing_give_words_and_no_numbers(model, case):
    data, words = DEGENERATE[case]
    found = model.fit(*data)
    assert not found.converged
    assert words in found.message
    assert "Neem" in found.message or "Controleer" in found.message
    assert np.isnan(found.loglik)
    assert all(np.isnan(value) for value in [*found.params.values(), *found.se.values()])
    assert np.isnan(found.covariance).all()


@pytest.mark.parametrize("seed", range(8))
@each_model
def test_a_tiny_sample_is_an_optimum_or_says_that_it_is_none(model, seed):
    name = model.__name__.split(".")[-1]
    data = simulated(12, (0.8, 5.0, 1.0, 3.0), name, seed=seed)
    found = model.fit(*data)
    assert found.converged == (found.message == "")
    if found.converged:
        best = np.array(list(found.params.values()))
        for i in range(4):
            for factor in (0.9, 1.1):
                near = best * np.where(np.arange(4) == i, factor, 1)
                assert model.loglik(near, *data).sum() <= found.loglik
        assert all(0 < value < np.inf for value in found.se.values())


@each_model
def test_predictions_refuse_the_numbers_of_a_failed_fit(model):
    with pytest.raises(OutOfRange, match="geslaagde"):
        model.expected(model.fit([], [], []).params, 52)


@each_model
def test_customers_who_never_stop_are_told_apart_from_an_optimum(model):
    rng = np.random.default_rng(3)
    x = rng.poisson(rng.gamma(1, 1 / 5, 800) * 30)
    t_x = np.array([np.ceil(30 * rng.uniform(size=count).max()) if count else 0 for count in x])
    found = model.fit(x, t_x, np.full(800, 30))
    assert not found.converged
    assert "wordt steeds" in found.message
