"""Retention and value per plan from a table of contracts: units, horizon, interest, margin, and what is left open."""

import datetime as dt
import itertools

import numpy as np
import pytest

from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.declared_tables import CONTRACTEN
from klantwaarde_xl.data.reading.files import table_from_cells
from klantwaarde_xl.data.results.contract_plans import NO_AMOUNT, NO_TERM, PLANS, SOME_MISSING, TERMS_DIFFER
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.kernels.models import contract

TODAY = dt.date(2026, 1, 1)
YEARS = (400, 280, 220, 185, 160, 142)  # of a plan that is paid a year, begun on 1 January 2021
MONTHS = (300, 240, 205, 180, 162, 149, 139)  # of one that is paid a month, begun on 1 July 2025
HEADERS = ("start", "eind", "plan", "bedrag", "termijn")


def series(left, begun, months, *more):
    """A row a contract, of whom so many are left after each of these periods of months."""
    ends = []
    for period, (before, after) in enumerate(itertools.pairwise(left), 1):
        at = begun.month - 1 + months * period
        end = dt.date(begun.year + at // 12, at % 12 + 1, 1)
        ends += [end] * (before - after)
    return [[begun, end, *more] for end in [*ends, *[None] * left[-1]]]


YEARLY = series(YEARS, dt.date(2021, 1, 1), 12, "jaarplan", 120.0, "jaar")
MONTHLY = series(MONTHS, dt.date(2025, 7, 1), 1, "maandplan", 15.0, "maand")


def planned(rows, settings=None, headers=HEADERS, day=TODAY):
    read = table_from_cells(CONTRACTEN, headers, rows, source="Blad", today=day)
    made = analyse(read, settings or Settings(), ["contractplannen"], today=day)["contractplannen"]
    return {row[0]: dict(zip(PLANS.headers, row, strict=True)) for row in made.rows}


@pytest.mark.slow
def test_each_plan_is_valued_in_periods_of_its_own_term():
    found = planned([*YEARLY, *MONTHLY], Settings(interest=0.05, horizon=156))
    year, month = found["jaarplan"], found["maandplan"]
    assert (year["periode in"], year["perioden gevolgd"]) == ("jaar", sum(YEARS[:-1]))
    assert (month["periode in"], month["perioden gevolgd"]) == ("maand", sum(MONTHS[:-1]))
    share = contract.survival(contract.fit([YEARS]).params, np.arange(3))
    assert year["waarde"] == pytest.approx(120 * np.sum(share / 1.05 ** np.arange(3)))
    share = contract.survival(contract.fit([MONTHS]).params, np.arange(36))
    assert month["waarde"] == pytest.approx(15 * np.sum(share / 1.05 ** (np.arange(36) / 12)))
    assert year["waarde laag"] < year["waarde"] < year["waarde hoog"]
    assert year["toelichting"] is None


@pytest.mark.slow
def test_all_plans_together_are_counted_in_months_and_their_residual_values_add_up():
    found = planned([*YEARLY, *MONTHLY], Settings(horizon=156))
    whole, *each = (found[name] for name in ("alle", "jaarplan", "maandplan"))
    assert (whole["periode in"], whole["waarde"], whole["toelichting"]) == ("maand", None, TERMS_DIFFER)
    for header in ("contracten", "lopend", "beëindigd", "restwaarde"):
        assert whole[header] == pytest.approx(sum(one[header] for one in each)), header


@pytest.mark.slow
def test_a_horizon_is_rounded_up_to_whole_periods():
    values = [
        planned(YEARLY, Settings(horizon=weeks))["jaarplan"]["waarde"] for weeks in (26.0, 52.0, 53.0, 104.0)
    ]
    assert values[0] == values[1] == 120.0
    assert values[2] == values[3] == pytest.approx(120 * (1 + 280 / 400), rel=0.01)


@pytest.mark.slow
def test_a_margin_is_taken_of_the_amount():
    whole, part = (planned(YEARLY, Settings(margin=share))["jaarplan"] for share in (None, 0.25))
    assert (part["bedrag"], part["waarde"]) == (30.0, pytest.approx(whole["waarde"] / 4))


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([[*row[:3], None, "jaar"] for row in YEARLY], NO_AMOUNT),
        ([[*row[:4], None] for row in YEARLY], NO_TERM),
        ([*YEARLY, [dt.date(2025, 1, 1), None, "jaarplan", 12.0, "maand"]], TERMS_DIFFER),
    ],
    ids=["no amount", "no term", "several terms"],
)
def test_what_cannot_be_valued_is_counted_and_says_why(rows, why):
    row = planned(rows)["jaarplan"]
    assert row["toelichting"] == why
    assert [row[header] for header in ("bedrag", "waarde", "waarde laag", "restwaarde")] == [None] * 4
    assert row["contracten"] == len(rows)
    assert 0 < row["laag"] < row["retentie"] < row["hoog"] < 1


@pytest.mark.slow
def test_who_has_no_amount_counts_for_the_mean_and_that_is_said():
    rows = [[*row[:3], None, "jaar"] if at % 4 == 0 else row for at, row in enumerate(YEARLY)]
    row = planned(rows, Settings(horizon=104))["jaarplan"]
    assert row["toelichting"] == SOME_MISSING
    assert row["waarde"] == pytest.approx(planned(YEARLY, Settings(horizon=104))["jaarplan"]["waarde"])


def test_without_plans_there_is_one_row():
    found = planned([[*row[:2], *row[3:]] for row in YEARLY], headers=("start", "eind", "bedrag", "termijn"))
    assert [*found] == ["alle"]
    assert found["alle"]["waarde"] == 120.0
    assert found["alle"]["restwaarde"] > 0


@pytest.mark.slow
def test_a_plan_that_has_not_begun_is_not_there_nor_is_anything_without_contracts():
    later = [dt.date(2026, 2, 1), None, "nieuw", 9.0, "maand"]
    assert [*planned([*MONTHLY, later])] == ["alle", "maandplan"]
    assert planned([later]) == {}


@pytest.mark.slow
def test_a_renewal_as_a_row_of_its_own_is_one_contract_with_the_price_of_now():
    headers = (*HEADERS, "klant")
    rows = [
        [dt.date(year, 1, 1), dt.date(year, 12, 31), "jaarplan", 100.0 + year - 2021, "jaar", f"k{who}"]
        for who in range(50)
        for year in range(2021, 2022 + who % 4)
    ]
    row = planned(rows, Settings(horizon=104), headers)["jaarplan"]
    assert row["contracten"] == 50
    assert row["bedrag"] == pytest.approx(100 + np.mean([who % 4 for who in range(50)]))
