"""Two values under one name: each counted again from the rows, and the steps between them."""

import datetime as dt

import pandas as pd
import pytest

from klantwaarde_xl.cli.demo import INPUTS
from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.kernels import mistakes
from klantwaarde_xl.wording import mistakes as wording
from klantwaarde_xl.workbook.blocks import Column, Formula, Grid, Sheet, Template
from klantwaarde_xl.workbook.build import build_workbook
from klantwaarde_xl.workbook.mistakes import mistakes_table
from klantwaarde_xl.xlsx.package import Package
from tests.books import Looked
from tests.conftest import NOW

YEAR_ENDS = dt.date(2026, 10, 31)  # the last whole month of the example; November runs


@pytest.fixture(scope="module")
def orders(larger_csv):
    rows = read_transactions(larger_csv).rows()
    return pd.DataFrame(rows, columns=["klant", "datum", "bedrag"]).assign(
        datum=lambda d: pd.to_datetime(d["datum"])
    )


@pytest.fixture(scope="module")
def steps(forecast_bytes):
    """The value of each step, and the differences."""
    looked = Looked("prognose", Package.from_bytes(forecast_bytes).shown())
    return looked.column("stappen", "waarde per klant"), looked.column("stappen", "verschil")


@pytest.mark.slow
def test_each_step_is_what_a_count_of_the_rows_gives(steps, orders, larger_csv):
    """With other means than the product's: pandas for the counts, a loop for the horizon."""
    start = pd.Timestamp(YEAR_ENDS) - pd.DateOffset(years=1)
    year = orders[(orders["datum"] > start) & (orders["datum"] <= pd.Timestamp(YEAR_ENDS))]
    bought, back = year[year["bedrag"] >= 0], year[year["bedrag"] < 0]
    first = orders[orders["bedrag"] >= 0].groupby("klant")["datum"].min()
    new = bought[bought["datum"] == bought["klant"].map(first)]
    revenue, buyers = bought["bedrag"].sum(), bought["klant"].nunique()

    def customers(day):
        window = orders[(orders["bedrag"] >= 0) & (orders["datum"] <= day)]
        return set(window[window["datum"] > day - pd.DateOffset(years=1)]["klant"])

    before, now = customers(start), customers(pd.Timestamp(YEAR_ENDS))
    keep, rate = len(before & now) / len(before), INPUTS["kw_rente"]
    margin = revenue / buyers * INPUTS["kw_marge"]
    ever = sum((keep / (1 + rate)) ** t for t in range(400))
    horizon = 52 / (365.25 / 7)
    assert horizon < 1  # so that the horizon is that part of the first year's margin
    analysis = analyse(
        read_transactions(larger_csv),
        Settings(margin=INPUTS["kw_marge"], interest=rate),
        ["prognosetotaal"],
        today=NOW.date(),
    )
    everybody = analysis.figures["klanten"]
    wanted = [(margin - INPUTS["kw_kosten_klant"]) * ever, margin * ever, margin * horizon]
    wanted.append(wanted[-1] * (revenue + back["bedrag"].sum()) / revenue)
    wanted.append(wanted[-1] * (1 - new["bedrag"].sum() / revenue))
    wanted.append(wanted[-1] * buyers / everybody)
    wanted.append(analysis.figures["perklant"])
    assert steps[0] == pytest.approx(wanted, rel=1e-9)


def test_the_differences_add_up_to_the_difference_of_the_two_values(steps):
    values, differences = steps
    assert differences[0] in ("", None)
    assert sum(differences[1:]) == pytest.approx(values[-1] - values[0])
    assert abs(values[-1] - values[0]) > 1


def test_the_dashboard_has_both_values_side_by_side(shop_bytes):
    looked = Looked("dashboard", Package.from_bytes(shop_bytes).shown())
    steps = looked.column("stappen", "waarde per klant")
    both = [looked.column("waarden", name)[0] for name in ("CLV (formule)", "klantwaarde (prognose)")]
    assert looked.card("CLV")[0] == pytest.approx(steps[0])
    assert both == pytest.approx([steps[0], steps[-1]])


@pytest.mark.slow
def test_a_horizon_of_more_than_a_year_counts_its_broken_last_year_in_part(larger_csv):
    inputs = {**INPUTS, "kw_horizon": 130}
    made = build_workbook(_template("prognose"), read_transactions(larger_csv), now=NOW, inputs=inputs)
    looked = Looked("prognose", made.package.shown())
    q, years = looked["kc_brug_q"], 130 / (365.25 / 7)
    within = 1 + q + (years - 2) * q**2
    assert looked.column("stappen", "waarde per klant")[2] == pytest.approx(looked["kc_brug_marge"] * within)


def _template(name):
    from klantwaarde_xl.workbook.templates import template

    return template(name)


# ── the common mistakes ─────────────────────────────────────────────────────────────────────

FACTS = {
    "revenue": "kf_omzet", "margin": "kf_marge", "costs": "kf_kosten", "retention": "kf_retentie",
    "interest": "kf_rente", "clv": "kf_clv", "cac": "kf_cac", "horizon": "kf_horizon", "history": "kf_historie",
    "latest": "kf_laatste", "today": "kf_vandaag",
}  # fmt: skip
SOUND = {
    "revenue": 300.0, "margin": 90.0, "costs": 12.0, "retention": 0.7, "interest": 0.05, "clv": 400.0, "cac": 100.0,
    "horizon": 3.0, "history": 4.0, "latest": 46000.0, "today": 46010.0,
}  # fmt: skip


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"margin": 300.0},
        {"retention": 1.2},
        {"retention": 1.0},
        {"retention": 0.98},
        {"retention": -0.1},
        {"interest": 0.0},
        {"interest": 0.005},
        {"interest": 0.45},
        {"costs": 0.0},
        {"clv": 299.0},
        {"cac": 0.0},
        {"horizon": 4.5},
        {"today": 46093.0},
        {"today": 45999.0},
        {"retention": None, "clv": None},
    ],
    ids=str,
)
def test_the_sheet_judges_mistakes_as_the_function_does(changed):
    facts = {**SOUND, **changed}
    cells = tuple(
        (fact, Formula("=NA()" if value is None else f"={value!r}", name=FACTS[fact]))
        for fact, value in facts.items()
    )
    template = Template(
        "fouten", 1, "Fouten", "", (Sheet("Start", "Fouten", "", (
            Grid((Column("gegeven"), Column("waarde")), cells), mistakes_table(FACTS)), (20, 20, 20, 20)),))  # fmt: skip
    shown = build_workbook(template, now=NOW).package.shown()["Start"]
    outcome = mistakes.check_inputs(period=1, **facts).outcome
    wanted = {name: wording.OUTCOMES[code] for name, code in zip(wording.NAMES, outcome, strict=True)}
    first = 4 + len(cells) + 4
    table = mistakes_table(FACTS)
    got = {row[0]: shown[f"C{at}"] for at, row in enumerate(table.rows, first)}
    assert got == {name: wanted[name] for name in got}
    assert len(got) == 10
