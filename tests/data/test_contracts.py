"""How long contracts last, counted with what is not known yet left out: against hand, loops and the model."""

import calendar
import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.declared_tables import CONTRACTEN
from klantwaarde_xl.data.reading.files import table_from_cells
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.kernels.models.contract import fit, log_likelihood
from klantwaarde_xl.kernels.survival import kaplan_meier
from tests.examples import examples

TODAY = dt.date(2026, 11, 27)


def later(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def analysed(rows, day=TODAY, headers=("start", "eind", "plan")):
    read = table_from_cells(CONTRACTEN, headers, rows, source="Blad", today=day)
    return analyse(read, Settings(), ["overleving", "overlevers"], today=day)


def monthly(made, plan="alle", unit="maand"):
    """Period, at risk, left, share and retention; the interval left out."""
    return [(*row[2:6], row[8]) for row in made["overleving"].rows if row[:2] == (plan, unit)]


def test_the_shares_are_those_of_a_count_by_hand():
    day = dt.date(2026, 5, 1)
    made = analysed(
        [
            [dt.date(2026, 1, 1), dt.date(2026, 2, 15)],  # in the second month, of four
            [dt.date(2026, 1, 1), None],  # four whole months
            [dt.date(2026, 1, 1), dt.date(2026, 4, 30)],  # its fourth month was its last
            [dt.date(2026, 3, 1), None],  # two whole months
            [dt.date(2026, 3, 1), dt.date(2026, 3, 20)],  # in the first month
            [dt.date(2026, 4, 10), dt.date(2026, 4, 12)],  # a month that is not over says nothing
        ],
        day,
        ("start", "eind"),
    )
    assert monthly(made) == [
        (0, 6, 0, 1.0, None),
        (1, 5, 1, 0.8, 0.8),
        (2, 4, 1, pytest.approx(0.6), 0.75),
        (3, 2, 0, pytest.approx(0.6), 1.0),
        (4, 2, 1, pytest.approx(0.3), 0.5),
    ]
    assert made.figures["overleving_mediaan"] == 4
    assert (made.figures["overleving_lopend"], made.figures["overleving_beeindigd"]) == (2, 4)


@pytest.mark.parametrize(
    ("end", "month"),
    [
        (dt.date(2024, 1, 31), 1),  # the last day of the month, and the first of the next: one renewal
        (dt.date(2024, 2, 1), 1),
        (dt.date(2024, 2, 2), 2),
        (dt.date(2024, 12, 31), 12),
        (dt.date(2025, 1, 1), 12),
        (dt.date(2024, 1, 1), 1),
    ],
)
def test_a_contract_to_the_last_day_ends_at_the_renewal_of_the_next(end, month):
    made = analysed([[dt.date(2024, 1, 1), end, ""]])
    assert [row[0] for row in monthly(made) if row[2] == 1] == [month]


DAYS = st.dates(dt.date(2022, 1, 1), dt.date(2026, 12, 31))
CONTRACTS = st.lists(st.tuples(DAYS, st.none() | st.integers(0, 900)), min_size=1, max_size=25).filter(
    lambda rows: min(start for start, _ in rows) <= TODAY
)


def rows_of(contracts):
    return [
        [start, start + dt.timedelta(days=days) if days is not None else None, ""]
        for start, days in contracts
    ]


@pytest.mark.slow
@examples(10)
@given(CONTRACTS)
def test_the_shares_are_those_of_a_loop_over_contracts_and_days(contracts):
    spells = []  # of each contract: months, and whether it left then; the months counted one by one
    for start, end, _ in rows_of(contracts):
        if start > TODAY:
            continue
        seen = 0
        while later(start, seen + 1) <= TODAY:
            seen += 1
        left = end is not None and end <= TODAY
        month = 1
        while left and later(start, month) < end:
            month += 1
        spells.append((month, True) if left and month <= seen else (seen, False))
    steps = monthly(analysed(rows_of(contracts)))[1:]
    surviving = 1.0
    for period, risk, left, share, _ in steps:
        assert risk == sum(months >= period for months, _ in spells)
        assert left == sum(months == period and gone for months, gone in spells)
        surviving *= (risk - left) / risk
        assert share == pytest.approx(surviving)
    assert len(steps) == max((months for months, _ in spells), default=0)


@pytest.mark.slow
@given(CONTRACTS)
@examples(10)
def test_a_row_of_survivors_never_rises_and_begins_with_all(contracts):
    made = analysed(rows_of(contracts))
    for unit in ("maand", "jaar"):
        rows = [row[2:] for row in made["overlevers"].rows if row[1] == unit]
        for followed, *counts in rows:
            known = [one for one in counts if one is not None]
            assert known == sorted(known, reverse=True)
            assert counts == known + [None] * (25 - len(known))
            assert followed == len(known) - 1
        assert sum(row[1] for row in rows) == made.figures["overleving_contracten"]


def test_the_table_of_survivors_is_what_contractmodel_fits():
    rng = np.random.default_rng(7)
    rows = []
    for at in range(400):
        start = later(dt.date(2022, 1, 1), at % 48)
        months = int(rng.geometric(rng.beta(1.2, 6)))
        rows.append([start, later(start, months) if later(start, months) <= TODAY else None, ""])
    made = analysed(rows)
    matrix = [
        [np.nan if one is None else one for one in row[3:]]
        for row in made["overlevers"].rows
        if row[1] == "maand"
    ]
    found = fit(matrix)
    assert found.converged
    assert log_likelihood(found.params, matrix) > log_likelihood({"alpha": 1.0, "beta": 1.0}, matrix)
    assert log_likelihood(found.params, matrix) >= log_likelihood({"alpha": 1.2, "beta": 6.0}, matrix)
    assert found.params["alpha"] == pytest.approx(1.2, rel=0.5)


def test_each_plan_has_its_own_shares_and_the_plans_add_up():
    rows = [
        [dt.date(2025, 1, 1), dt.date(2025, 3, 1), "goud"],
        [dt.date(2025, 1, 1), None, "goud"],
        [dt.date(2025, 1, 1), None, ""],
    ]
    made = analysed(rows)
    assert {row[0] for row in made["overleving"].rows} == {"alle", "goud", "zonder plan"}
    assert monthly(made, "goud")[2][:3] == (2, 2, 1)
    assert monthly(made)[2][:3] == (2, 3, 1)
    assert monthly(made, "alle", "jaar")[1][:3] == (1, 3, 1)


def test_contracts_that_have_not_begun_are_left_out_and_said():
    made = analysed([[dt.date(2027, 1, 1), None, ""], [dt.date(2026, 1, 1), None, ""]])
    assert made.figures["overleving_contracten"] == 1
    assert "1 contract begint na 27-11-2026 en telt niet mee." in made.figures["overleving_bericht"]


def test_an_end_to_come_is_no_end_yet():
    made = analysed([[dt.date(2026, 1, 1), dt.date(2026, 12, 31), ""]])
    assert made.figures["overleving_lopend"] == 1
    assert all(row[2] == 0 for row in monthly(made))


def test_where_most_still_run_there_is_no_median_and_that_is_said():
    made = analysed([[dt.date(2025, 1, 1), None, ""]] * 3 + [[dt.date(2025, 1, 1), dt.date(2025, 2, 1), ""]])
    assert made.figures["overleving_mediaan"] is None
    assert "na 22 maanden loopt nog 75,0%" in made.figures["overleving_bericht"]


def test_contracts_are_counted_up_to_the_chosen_day():
    read = table_from_cells(
        CONTRACTEN, ["start", "eind"], [[dt.date(2025, 1, 1), dt.date(2025, 9, 1)]], source="B", today=TODAY
    )
    made = analyse(read, Settings(as_of=dt.date(2025, 6, 1)), ["overleving"], today=TODAY)
    assert made.figures["overleving_lopend"] == 1
    assert max(row[2] for row in made["overleving"].rows if row[1] == "maand") == 5


def test_the_shares_have_the_interval_of_their_kernel():
    made = analysed(
        [[dt.date(2025, 1, 1), dt.date(2025, month, 1)] for month in (2, 4, 6)], headers=("start", "eind")
    )
    last = made["overleving"].rows[5]
    curve = kaplan_meier(np.array([5, 5, 5]), np.array([1, 3, 5]))
    assert last[2] == 5
    assert last[5:8] == pytest.approx((curve.surviving[5], curve.lower[5], curve.upper[5]))


def test_contracts_of_one_customer_that_follow_each_other_are_one_and_that_is_said():
    rows = [
        [dt.date(2025, 1, 1), dt.date(2025, 6, 30), "brons", "a"],
        [dt.date(2025, 7, 1), None, "goud", "a"],  # another plan from the day after
        [dt.date(2025, 1, 1), dt.date(2025, 6, 30), "brons", "b"],
        [dt.date(2025, 9, 1), None, "brons", "b"],  # after two months: new
        [dt.date(2025, 1, 1), None, "goud", ""],  # of nobody, and so apart
        [dt.date(2025, 2, 1), None, "goud", ""],
    ]
    made = analysed(rows, headers=("start", "eind", "plan", "klant"))
    figures = made.figures
    assert (figures["overleving_contracten"], figures["overleving_beeindigd"]) == (5, 1)
    assert (
        "1 contract sluit aan op of overlapt een ander van dezelfde klant: samen één."
        in figures["overleving_bericht"]
    )
    assert [row[2] for row in monthly(made, "brons") if row[2]] == [2]


def test_without_a_contract_up_to_the_day_there_is_no_row_and_it_is_said():
    made = analysed([[dt.date(2027, 1, 1), None, ""]])
    assert (made["overleving"].rows, made["overlevers"].rows) == ([], [])
    assert made.figures["overleving_contracten"] == 0
    assert "begint na" in made.figures["overleving_bericht"]


@pytest.mark.slow
def test_a_list_without_the_contracts_that_ended_long_ago_is_said_to_be_one():
    rng = np.random.default_rng(2)
    rows = []
    for at in range(400):
        start = later(dt.date(2023, 1, 1), at % 46)
        end = later(start, int(rng.geometric(rng.beta(2, 12))))
        rows.append([start, end if end <= TODAY else None, ""])
    whole, part = (
        analysed([row for row in rows if row[1] is None or row[1] >= first]).figures["overleving_bericht"]
        for first in (dt.date(2023, 1, 1), dt.date(2025, 1, 1))
    )
    assert whole is None
    assert part.startswith("Voor 1-1-2025 eindigt geen enkel contract")


ENDS = [
    "einde", "Einde contract", "Laatste dag", "tot en met", "t/m", "Loopt tot en met", "Geldig tot", "Eindigt op",
    "Vervaldatum", "Gestopt per", "Beëindigd per", "End", "Expires", "Expiration date", "Last day",
]  # fmt: skip


@pytest.mark.parametrize("header", ENDS)
def test_the_end_of_a_contract_is_known_by_what_people_call_it(header):
    rows = [[dt.date(2025, 1, 1), dt.date(2025, 3, 31)], [dt.date(2025, 2, 1), None]]
    made = analysed(rows, headers=("start", header))
    assert (made.figures["overleving_lopend"], made.figures["overleving_beeindigd"]) == (1, 1)


@pytest.mark.parametrize("header", ["Eerste dag", "Ingang", "Aanvangsdatum", "Vanaf", "Klant sinds"])
def test_the_begin_of_a_contract_is_known_by_what_people_call_it(header):
    made = analysed([[dt.date(2025, 1, 1), dt.date(2025, 3, 31)]], headers=(header, "eind"))
    assert made.figures["overleving_beeindigd"] == 1


@pytest.mark.parametrize(("headers", "end"), [(("start", "fase"), "b"), (("start", "eind"), None)])
def test_contracts_of_which_none_ends_are_told_as_the_end_may_stand_elsewhere(headers, end):
    read = table_from_cells(CONTRACTEN, headers, [[dt.date(2025, 1, 1), end]] * 3, source="Blad", today=TODAY)
    assert any("geen enkel contract heeft een einde" in note for note in read.quality.notes)


def test_of_contracts_that_end_nothing_is_told():
    rows = [[dt.date(2025, 1, 1), None], [dt.date(2025, 1, 2), dt.date(2026, 1, 1)]]
    read = table_from_cells(CONTRACTEN, ("start", "eind"), rows, source="Blad", today=TODAY)
    assert not any("einde" in note for note in read.quality.notes)
