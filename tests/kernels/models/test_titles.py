"""What models and their limits are called in Dutch, and what is special about each limit."""

import numpy as np
import pytest

from klantwaarde_xl.data.filed_models import read_again, written
from klantwaarde_xl.kernels.models import contract, contractlimits, gammagamma, spendlimits
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.buying.continuous import Continuous
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.refusals.titles import called, title_of
from klantwaarde_xl.wording import buying, limits

LITERATURE = {
    "BG/NBD", "MBG/NBD", "Pareto/NBD", "BG/BB", "NBD", "Poisson", "Gamma-Gamma", "sBG", "BdW",
}  # fmt: skip
OF_BUYING = {
    limit.TITLE: limit
    for model in face.IN_TIME
    for limit in model.record.functions.limits
} | {one.TITLE: one for one in face.PLAIN.values()}  # fmt: skip
OF_CONTRACTS = {one.title: one for one in (*contractlimits.OF_BDW, contractlimits.NOBODY_LEAVES)}
OF_SPENDING = (*spendlimits.LIMITS, spendlimits.ONE_AMOUNT)
TITLES = {
    *(model.title for model in face.Model),
    *OF_BUYING,
    *contract.Model,
    *OF_CONTRACTS,
    gammagamma.MODEL,
    *OF_SPENDING,
}


def a_fit(title, names=()):
    return Fit(title, dict.fromkeys(names, 0.5), {}, np.eye(len(names)), -1.0, 10, True)


@pytest.mark.parametrize("title", sorted(TITLES))
def test_a_title_is_of_the_literature_or_has_a_dutch_name(title):
    assert (called(title) == title) is (title in LITERATURE)
    assert title_of(called(title)) == title


def test_no_two_models_are_called_the_same():
    assert len({called(title) for title in TITLES}) == len(TITLES) == len(LITERATURE) + 21


@pytest.mark.parametrize("title", OF_BUYING)
def test_it_is_said_what_is_special_about_a_limit_of_buying(title):
    said = limits.of_buying(a_fit(title))
    parts = OF_BUYING[title].made_of
    differing = sum(len(part.NAMES) == 2 for part in parts)  # in these customers differ, as in the model
    assert said
    assert said.count(" en ") == (1 if title == "own rate" else 1 - differing)


@pytest.mark.parametrize("title", [model.title for model in face.Model])
def test_nothing_is_special_about_a_model_itself(title):
    assert limits.of_buying(a_fit(title)) == ""


def test_it_is_said_what_is_special_about_each_limit_of_contracts_and_of_spending():
    assert all(limits.of_contracts(a_fit(title)) for title in OF_CONTRACTS)
    assert all(limits.of_spending(a_fit(title)) for title in OF_SPENDING)
    assert limits.of_contracts(a_fit("sBG")) == limits.of_spending(a_fit("Gamma-Gamma")) == ""


@pytest.mark.parametrize("title", OF_BUYING)
def test_a_limit_that_was_filed_by_its_dutch_name_is_read_again(title):
    fit = a_fit(title, OF_BUYING[title].NAMES)
    again, _ = read_again(called(title), written(fit, None), 10)
    assert (again.model, again.params) == (title, fit.params)


@pytest.mark.parametrize("model", face.Model)
def test_each_model_says_what_sets_it_apart_and_how_a_customer_still_is_one(model):
    said = buying.SAID[model]
    assert said.help
    params = dict.fromkeys(model.record.functions.NAMES, 2.0)
    assert said.alive(params, 3.0, 1.0, 2.0, str)
    assert isinstance(model.record.functions, Continuous) is model.record.in_time
