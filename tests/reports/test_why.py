"""Why this number: each step adds up to the forecast of the same customer."""

import re
from functools import cache

import numpy as np
import pytest

from klantwaarde_xl.errors import NotAvailable
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.forecast import Spending
from klantwaarde_xl.kernels.models.log.summary import Unit
from klantwaarde_xl.reports.customers import forecast
from klantwaarde_xl.reports.why import MOST_SHOWN, why
from tests.examples import crossed
from tests.kernels.models.logs import CUT, SHOP_END, cdnow_log, shop

MODELS = [face.Model.BGNBD, face.Model.MBGNBD, face.Model.PARETONBD]
SPAN = re.compile(r"(weken|dagen|maanden|jaren) [\d,]+–[\d,]+")
ONCE, OFTEN, RETURNED, UNDONE = 1, 13, 31, 26  # codes of the shop: K02, K14, K32, K27


def steps(found):
    """The value of each step by name; of equal names the last."""
    return dict(zip(found.step.tolist(), found.value.tolist(), strict=True))


def note_of(found, step):
    return found.note[found.step.tolist().index(step)]


def parts(found):
    return np.array(
        [value for step, value in zip(found.step, found.value, strict=True) if SPAN.fullmatch(step)]
    )


def asked_for(model, spending, unit):
    return {
        "margin": 0.3,
        "interest": 0.1,
        "unit": unit,
        "model": model,
        "as_of": SHOP_END,
        "spending": spending,
        "confidence": 0.9,
    }


@cache
def forecast_of_all(model, spending, unit):
    """The forecast of every customer, for the tests of each of them."""
    return forecast(*shop(), **asked_for(model, spending, unit))


@pytest.mark.parametrize("customer", [ONCE, OFTEN, RETURNED])
@pytest.mark.parametrize(("unit", "spending", "model"), crossed([*Unit], [*Spending], MODELS))
def test_the_figures_are_those_of_the_forecast(model, spending, unit, customer):
    asked, row = asked_for(model, spending, unit), forecast_of_all(model, spending, unit)
    at = row.customer.tolist().index(customer)
    found = steps(why(*shop(), customer, **asked))
    for step, column in {
        "herhaalaankopen": row.frequency,
        "recentheid": row.recency,
        "leeftijd": row.T,
        "kans nog klant": row.alive,
        "verwachte aankopen": row.purchases,
        "kans op een aankoop": row.buys,
        "besteding per aankoop": row.spend,
        "klantwaarde": row.value,
        "laag": row.lower,
        "hoog": row.upper,
    }.items():
        assert found[step] == pytest.approx(column[at], rel=1e-9), step
    assert found["aankopen als klant"] * found["kans nog klant"] == pytest.approx(found["verwachte aankopen"])


PARTS = [  # unit, horizon, rows
    (Unit.WEEK, 26, 2),
    (Unit.WEEK, 1, 1),
    (Unit.YEAR, 1, 4),
    (Unit.YEAR, 3, 12),
    (Unit.YEAR, 4, 4),
    (Unit.MONTH, 12, 4),
    (Unit.YEAR, 40, 12),
]


@pytest.mark.slow
@pytest.mark.parametrize(("asked", "model"), crossed(PARTS, MODELS))
def test_the_parts_of_the_horizon_add_up_to_the_value(asked, model):
    unit, horizon, rows = asked
    found = why(*shop(), OFTEN, horizon, 0.3, 0.1, unit, model, SHOP_END)
    assert parts(found).size == rows
    assert parts(found).sum() == pytest.approx(steps(found)["klantwaarde"], rel=1e-9)
    assert np.all(np.diff(parts(found)) < 0)  # further away is less likely and worth less


def test_the_purchases_that_are_shown_are_what_was_bought_and_not_taken_back():
    customers, _, amounts = shop()
    for customer in (ONCE, OFTEN, RETURNED, UNDONE):
        found = why(*shop(), customer, as_of=SHOP_END)
        shown = found.value[found.step == "aankoop"]
        mine = customers == customer
        assert shown.sum() == pytest.approx(amounts[mine].sum())
        assert shown.size == steps(found)["herhaalaankopen"] + 1
        assert "telt niet als herhaling" in found.note[0]
        back = -amounts[mine & (amounts < 0)].sum()
        assert steps(found).get("retouren", 0) == -back


@pytest.mark.slow
def test_many_purchases_are_shown_in_part_and_add_up_all_the_same():
    rng = np.random.default_rng(5)
    customers, days, amounts = shop()
    more = 50
    customers = np.append(customers, np.full(more, 99))
    days = np.append(days, SHOP_END - 300 + 5 * np.arange(more))
    amounts = np.append(amounts, rng.integers(5, 50, more))
    found = why(customers, days, amounts, 99, as_of=SHOP_END)
    shown = np.isin(found.step, ["aankoop", "aankopen"])
    assert found.value[shown].sum() == pytest.approx(amounts[customers == 99].sum())
    assert np.count_nonzero(shown) == 1 + MOST_SHOWN + 1
    assert note_of(found, "aankopen").startswith(f"{more - 1 - MOST_SHOWN} herhaalaankopen")
    numbers = [int(note.split()[-1]) for note in found.note[found.step == "aankoop"][1:]]
    assert numbers == [*range(1, 16), *range(35, 50)]


@pytest.mark.parametrize("model", [face.Model.BGNBD, face.Model.MBGNBD])
@pytest.mark.parametrize("customer", [ONCE, OFTEN, RETURNED])
def test_the_sum_in_words_is_the_chance_to_be_a_customer_still(model, customer):
    found = why(*shop(), customer, model=model, as_of=SHOP_END)
    note, alive = note_of(found, "kans nog klant"), steps(found)["kans nog klant"]
    if model is face.Model.BGNBD and customer == ONCE:
        assert "pas na een herhaalaankoop" in note
        assert alive == 1
        return
    sum_of = note.replace(",", ".").replace("×", "*").replace("^", "**")
    assert re.fullmatch(r"[\d.+*/() ]+", sum_of)
    assert eval(sum_of) == pytest.approx(alive, abs=2e-3)


def test_the_weight_of_the_own_mean_leads_to_the_spend():
    found = steps(why(*shop(), OFTEN, as_of=SHOP_END))
    weight = found["gewicht van eigen"]
    mixed = weight * found["eigen gemiddelde"] + (1 - weight) * found["gemiddelde van allen"]
    assert found["besteding per aankoop"] == pytest.approx(mixed, rel=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_at_most_so_many_purchases_is_the_first_number_that_is_sure_enough(model):
    found = steps(why(*shop(), OFTEN, 52, model=model, as_of=SHOP_END, confidence=0.9))
    row = forecast(*shop(), 52, model=model, as_of=SHOP_END)
    at = row.customer.tolist().index(OFTEN)
    fit = face.fitted(model, row.frequency, row.recency, row.T)
    one = row.frequency[at], row.recency[at], row.T[at]
    chances = face.functions_of(fit).conditional_pmf(fit.params, *one, 52, np.arange(found["hoogstens"] + 1))
    assert chances.sum() >= 0.9 > chances[:-1].sum()


@pytest.mark.slow
def test_a_sample_customer_of_cdnow_is_explained():
    found = why(*cdnow_log(), 0, 39, as_of=CUT)
    row = forecast(*cdnow_log(), 39, as_of=CUT)
    assert steps(found)["klantwaarde"] == pytest.approx(row.value[0], rel=1e-9)
    assert found.value[found.step == "aankoop"].tolist() == [29.33, 29.73, 14.96]
    assert found.note[0].startswith("01-01-1997")


@pytest.mark.slow
def test_the_unit_of_time_is_named_wherever_a_time_is_shown():
    for unit, word in zip(Unit, ("weken", "dagen", "maanden", "jaren"), strict=True):
        found = why(*shop(), OFTEN, unit=unit, as_of=SHOP_END)
        for step in ("recentheid", "leeftijd", "verwachte aankopen"):
            assert word in note_of(found, step)


@pytest.mark.slow
def test_a_customer_without_purchases_or_a_log_without_a_fit_is_not_available():
    customers, days, amounts = shop()
    with pytest.raises(NotAvailable, match="geen aankoop"):
        why(customers, days, np.where(customers == ONCE, -1.0, amounts), ONCE, as_of=SHOP_END)
    with pytest.raises(NotAvailable, match="BG/NBD is niet te schatten"):
        why(customers[:3], days[:3], amounts[:3], 0)
    found = why(customers, days, np.maximum(amounts, 0) * 0, OFTEN, as_of=SHOP_END)
    assert "geen enkele aankoop kostte iets" in note_of(found, "besteding per aankoop")
