"""The common mistakes of D35: each is found, and nothing is said about what was not given."""

import inspect

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.kernels import mistakes
from klantwaarde_xl.kernels.mistakes import CHECKS, Outcome, Period
from klantwaarde_xl.wording.mistakes import ADVICE, NAMES, advice_on

PARAMETERS = list(inspect.signature(mistakes.check_inputs).parameters)


def outcome(name, **facts):
    return int(mistakes.check_inputs(**facts).outcome[NAMES.index(name)])


WRONG_AND_RIGHT = [
    ("CLV op marge, niet op omzet", {"revenue": 500, "margin": 500}, {"revenue": 500, "margin": 499}),
    ("Retentie tussen 0% en 100%", {"retention": 1.01}, {"retention": 1.0}),
    ("Retentie tussen 0% en 100%", {"retention": -0.01}, {"retention": 0.0}),
    ("Klanten verlopen", {"retention": 1.0}, {"retention": 0.99}),
    ("Verloop is ingevuld", {"churn": 0.0}, {"churn": 0.01}),
    ("Verloop is ingevuld", {"churn": 20.0}, {"churn": 0.2}),
    (
        "Retentie en verloop kloppen samen",
        {"retention": 0.8, "churn": 0.1},
        {"retention": 0.667, "churn": 0.333},
    ),
    (
        "Retentie hoort bij de periode",
        {"retention": 0.98, "period": Period.YEAR},
        {"retention": 0.97, "period": Period.YEAR},
    ),
    (
        "Retentie hoort bij de periode",
        {"retention": 0.4, "period": Period.MONTH},
        {"retention": 0.5, "period": Period.MONTH},
    ),
    (
        "Rente hoort bij de periode",
        {"interest": 0.10, "period": Period.MONTH},
        {"interest": 1.1 ** (1 / 12) - 1, "period": Period.MONTH},
    ),
    (
        "Rente hoort bij de periode",
        {"interest": 0.008, "period": Period.YEAR},
        {"interest": 0.10, "period": Period.YEAR},
    ),
    (
        "Rente hoort bij de periode",
        {"interest": 0.10, "period": Period.QUARTER},
        {"interest": 0.02, "period": Period.QUARTER},
    ),
    ("Rente is meegerekend", {"interest": 0.0}, {"interest": 0.01}),
    ("Groei blijft onder de rente", {"growth": 0.1, "interest": 0.1}, {"growth": 0.09, "interest": 0.1}),
    ("Groei blijft onder de rente", {"growth": 0.1, "interest": 0.0}, {"growth": 0.0, "interest": 0.0}),
    ("Kosten zijn meegerekend", {"costs": 0.0}, {"costs": 0.01}),
    ("CLV is minstens 3 keer CAC", {"clv": 299.0, "cac": 100.0}, {"clv": 300.0, "cac": 100.0}),
    ("CLV is minstens 3 keer CAC", {"clv": 300.0, "cac": 0.0}, {"clv": 300.0, "cac": 1.0}),
    ("Horizon past bij de gegevens", {"horizon": 6, "history": 5}, {"horizon": 5, "history": 5}),
    ("Gegevens zijn actueel", {"latest": 45000, "today": 45093}, {"latest": 45000, "today": 45092}),
    ("Gegevens zijn actueel", {"latest": 45001, "today": 45000}, {"latest": 45000, "today": 45000}),
]


@pytest.mark.parametrize(("name", "wrong", "right"), WRONG_AND_RIGHT)
def test_a_mistake_is_found_and_its_neighbour_is_not(name, wrong, right):
    assert outcome(name, **wrong) == Outcome.WARNING
    assert outcome(name, **right) == Outcome.FINE


def test_every_check_is_tried_both_ways():
    assert {name for name, _, _ in WRONG_AND_RIGHT} == set(NAMES)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.mistake.name)
def test_without_one_of_its_facts_a_check_says_nothing(check):
    for missing in check.needs:
        facts = {need: 1.0 for need in check.needs if need != missing}
        assert outcome(NAMES[check.mistake], **facts) == Outcome.UNCHECKED


def test_nothing_given_is_nothing_checked():
    assert set(mistakes.check_inputs().outcome.tolist()) == {Outcome.UNCHECKED}
    assert mistakes.count_warnings() == 0.0


def test_each_warning_gives_its_own_advice():
    found = mistakes.check_inputs(costs=0, interest=0)
    warned = found.outcome == Outcome.WARNING
    said = [ADVICE[code] for code in found.advice[warned]]
    assert said == [advice_on(c.mistake) for c in CHECKS if c.needs in (("interest",), ("costs",))]


anything = {name: st.floats(-1e300, 1e300) for name in PARAMETERS} | {"period": st.sampled_from(Period)}


@given(st.fixed_dictionaries({}, optional=anything))
def test_the_count_is_that_of_the_list_and_no_number_breaks_it(facts):
    listed = mistakes.check_inputs(**facts).outcome
    assert mistakes.count_warnings(**facts) == np.count_nonzero(listed == Outcome.WARNING)


def test_the_count_takes_the_arguments_of_the_list():
    assert list(inspect.signature(mistakes.count_warnings).parameters) == PARAMETERS
