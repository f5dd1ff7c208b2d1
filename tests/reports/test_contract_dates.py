"""Dates of contracts as tables: plans beside each other, the block of one plan, and cells that are blank."""

import datetime as dt
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.wording.plans import ALL_END, ENDLESS, PART_MISSING, off

SURVIVAL, SERIES = REGISTRY["CONTRACTOVERLEVING"], REGISTRY["CONTRACTREEKS"]
PLANS, MODEL = REGISTRY["CONTRACTPLANNEN"], REGISTRY["CONTRACTMODEL"]
DAY = dt.date(2026, 1, 1)


def weeks_ago(count):
    return DAY - dt.timedelta(weeks=count)


def of_series(left, plan="a", price=10.0):
    """A row a contract a week: start, end, plan and price, of whom so many are left after each week."""
    begun = weeks_ago(len(left) - 1)
    gone = [before - after for before, after in itertools.pairwise(left)]
    ends = [begun + dt.timedelta(weeks=at) for at, count in enumerate(gone, 1) for _ in range(count)]
    return [(begun, end, plan, price) for end in [*ends, *[None] * left[-1]]]


def columns(rows):
    return [list(column) for column in zip(*rows, strict=True)]


def planned(rows, interest=0.05, horizon=10, **more):
    table = call(PLANS, [*columns(rows), DAY, interest, horizon, "week", *more.values()])
    return {row[0]: dict(zip(table[0], row, strict=True)) for row in table[1:]}


# ── from dates to a model ───────────────────────────────────────────────────────────────────


def test_a_model_of_a_series_from_dates_is_that_of_the_series_typed():
    """Fader & Hardie 2007, Regular, of a thousand customers who began on one day."""
    typed = (1000, 631, 468, 382, 326, 289, 262, 241)
    start, end, _, _ = columns(of_series(typed))
    block = call(SERIES, [start, end, DAY, "week"])
    assert block[1:] == [tuple(map(float, typed))]
    assert call(MODEL, [block]) == call(MODEL, [typed])


def test_cohorts_of_different_ages_are_one_fit():
    rows = [*of_series((1000, 700, 560, 480)), *of_series((1200, 850, 690)), *of_series((900, 620))]
    start, end, *_ = columns(rows)
    block = call(SERIES, [start, end, DAY, "week"])
    assert block[1:] == [(1000, 700, 560, 480), (1200, 850, 690, ""), (900, 620, "", "")]
    typed = [(1000, 700, 560, 480), (1200, 850, 690, None), (900, 620, None, None)]
    assert call(MODEL, [block]) == call(MODEL, [typed])


def test_the_series_of_a_plan_are_those_of_its_rows():
    rows = [*of_series((9, 7, 6), "a"), *of_series((5, 4), "b")]
    start, end, plan, _ = columns(rows)
    mine = columns(row for row in rows if row[2] == "b")
    assert call(SERIES, [start, end, DAY, "week", plan, "b"]) == call(SERIES, [mine[0], mine[1], DAY, "week"])


CONTRACTS = st.lists(
    st.tuples(st.integers(0, 40), st.none() | st.integers(0, 40), st.sampled_from("ab")),
    min_size=1,
    max_size=20,
)


@given(CONTRACTS)
def test_the_rows_of_plans_add_up_to_those_of_all(contracts):
    rows = [
        (weeks_ago(ago), None if long is None else weeks_ago(ago - long), plan)
        for ago, long, plan in contracts
    ]
    start, end, plan = columns(rows)
    table = call(SURVIVAL, [start, end, DAY, "week", plan])[1:]
    sums = {}
    for name, period, at_risk, left, *_ in table:
        if name != "alle":
            was = sums.get(period, (0, 0))
            sums[period] = was[0] + at_risk, was[1] + left
    assert {row[1]: row[2:4] for row in table if row[0] == "alle"} == sums


@given(CONTRACTS)
def test_a_plan_has_the_curve_of_its_own_rows(contracts):
    rows = [
        (weeks_ago(ago), None if long is None else weeks_ago(ago - long), plan)
        for ago, long, plan in contracts
    ]
    start, end, plan = columns(rows)
    mine = [row for row in call(SURVIVAL, [start, end, DAY, "week", plan]) if row[0] == plan[0]]
    own = columns(row for row in rows if row[2] == plan[0])
    assert [row[1:] for row in mine] == [row[1:] for row in call(SURVIVAL, [own[0], own[1], DAY, "week"])[1:]]


# ── cells ───────────────────────────────────────────────────────────────────────────────────


def test_whole_columns_of_which_no_contract_has_ended_are_read():
    start = ["start", weeks_ago(3), weeks_ago(2), None, None]
    table = call(SURVIVAL, [start, ["einde", None, "", None, None], DAY, "week"])
    assert [row[4] for row in table[1:]] == [1.0] * 4


def test_an_end_that_is_no_date_is_no_contract_that_runs():
    assert call(SURVIVAL, [[weeks_ago(3)], ["onbekend"], DAY]) is CellError.VALUE
    assert call(SURVIVAL, [[weeks_ago(3)], [CellError.NA], DAY]) is CellError.NA


def test_a_row_with_an_end_and_no_start_is_a_mistake():
    assert call(SURVIVAL, [[weeks_ago(3), None], [None, weeks_ago(1)], DAY]) is CellError.VALUE


def test_the_gap_between_contracts_of_a_customer_is_counted_in_days():
    start, end = [weeks_ago(8), weeks_ago(4)], [weeks_ago(5), None]  # six days without, and one that overlaps
    ended = [
        sum(row[3] for row in call(SURVIVAL, [start, end, DAY, "week", None, ["k", "k"], gap])[1:])
        for gap in (0, 5, 6)
    ]
    assert ended == [1, 1, 0]


# ── values ──────────────────────────────────────────────────────────────────────────────────

GUIDE = (1000, 631, 468, 382, 326)


def test_a_value_without_end_says_what_to_give():
    row = planned(of_series(GUIDE), 0, None)["a"]
    assert (row["waarde"], row["restwaarde"]) == (CellError.NUM, CellError.NUM)
    assert row["toelichting"] == ENDLESS


def test_a_model_that_does_not_fit_is_said_with_its_period():
    rng = np.random.default_rng(3)
    rows = []
    for seen, lasts in zip(rng.integers(8, 60, 800), 4 * rng.geometric(rng.beta(0.6, 1.2, 800)), strict=True):
        rows.append((weeks_ago(int(seen)), weeks_ago(int(seen - lasts)) if lasts <= seen else None, "a", 9.0))
    said = planned(rows)["a"]["toelichting"]
    assert said in {off(period) for period in range(1, 60)}


def test_where_every_running_contract_has_an_end_there_is_no_residual_value():
    rows = [(start, end or dt.date(2026, 3, 1), *more) for start, end, *more in of_series(GUIDE)]
    row = planned(rows)["a"]
    assert (row["lopend"], row["met einddatum"], row["restwaarde"]) == (326, 326, "")
    assert row["toelichting"] == ALL_END
    assert row["waarde"] == pytest.approx(planned(of_series(GUIDE))["a"]["waarde"])


def test_a_residual_value_that_misses_a_plan_is_not_that_of_all():
    found = planned([*of_series(GUIDE), (weeks_ago(4), None, "b", 5.0)])
    assert found["a"]["restwaarde"] > 0
    assert (found["b"]["restwaarde"], found["alle"]["restwaarde"]) == ("", "")
    assert found["alle"]["toelichting"] == PART_MISSING


def test_ends_that_seem_to_be_left_out_are_said_with_the_day():
    rng = np.random.default_rng(1)
    ago = rng.integers(1, 150, 400)
    lasts = rng.geometric(rng.beta(1.5, 15, 400))
    rows = [
        (weeks_ago(int(seen)), weeks_ago(int(seen - long)) if long <= seen else None, "a", 9.0)
        for seen, long in zip(ago, lasts, strict=True)
    ]
    kept = [row for row in rows if row[1] is None or row[1] >= weeks_ago(60)]
    first = min(row[1] for row in kept if row[1])
    said = planned(kept)["a"]["toelichting"]
    assert f"Voor {first.day}-{first.month}-{first.year} eindigt geen enkel contract" in said
    assert "geen enkel" not in planned(rows)["a"]["toelichting"]


# ── ends in a period that is not over ───────────────────────────────────────────────────────────


def begun_days_ago(days, ended_days_ago, count, plan="a"):
    end = None if ended_days_ago is None else DAY - dt.timedelta(days=ended_days_ago)
    return [(DAY - dt.timedelta(days=days), end, plan, 10.0)] * count


def test_ends_in_running_periods_belie_that_nobody_leaves_and_leave_no_value():
    stays = begun_days_ago(18, None, 30)
    row = planned([*stays, *begun_days_ago(17, 2, 12)])["alle"]  # in the third week, which runs
    assert (row["beëindigd"], row["retentie"]) == (12, 1)
    assert [row[name] for name in ("waarde", "waarde laag", "waarde hoog", "restwaarde")] == [""] * 4
    assert "vertrok niemand, maar eindigden 12 contracten in een periode die nog loopt" in row["toelichting"]
    one = planned([*stays, *begun_days_ago(17, 2, 1)])["alle"]
    assert "maar eindigde 1 contract" in one["toelichting"]
    assert planned(stays)["alle"]["waarde"] > 0  # nobody left at all
    later = planned([*stays, *begun_days_ago(17, 2, 12), *begun_days_ago(17, 9, 5)])["alle"]
    assert later["waarde"] > 0  # somebody left in a period that is over: that says how many leave


def test_ends_in_running_periods_belie_that_who_stays_at_first_stays_for_ever():
    begun = [*begun_days_ago(60, None, 40), *begun_days_ago(60, 55, 20)]  # all in the first week, or never
    assert planned(begun)["alle"]["waarde"] > 0
    row = planned([*begun, *begun_days_ago(60, 1, 15)])["alle"]
    assert row["waarde"] == ""
    assert "vertrok alleen in de eerste iemand, maar eindigden 15 contracten" in row["toelichting"]
    newcomers = planned([*begun, *begun_days_ago(5, 1, 15)])["alle"]  # in their first week: no stayers
    assert newcomers["waarde"] > 0
