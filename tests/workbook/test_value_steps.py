"""Two values under one name: each counted again from the rows, and the steps between them."""

import datetime as dt
import random

import duckdb
import pandas as pd
import pytest

from klantwaarde_xl.cli.demo import INPUTS
from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.files import read_table, read_transactions
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.kernels import mistakes
from klantwaarde_xl.wording import mistakes as wording
from klantwaarde_xl.workbook.blocks import Column, Formula, Grid, Sheet, Template
from klantwaarde_xl.workbook.build import build_workbook
from klantwaarde_xl.workbook.content import needs
from klantwaarde_xl.workbook.mistakes import mistakes_table
from klantwaarde_xl.xlsx.package import Package
from tests.books import Looked, package_of
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
    margin = (revenue + back["bedrag"].sum()) / buyers * INPUTS["kw_marge"]
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


def costs_and_channels(orders):
    """One channel for all customers, and what it cost in each of two years."""
    names = sorted({row[0] for row in orders if row[0]})
    months = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]
    return {
        "kosten": "maand;kanaal;bedrag\n" + "".join(f"{month};Beurs;400\n" for month in months),
        "klanten": "klant;kanaal\n" + "".join(f"{name};Beurs\n" for name in names),
    }


def rows_with_refunds(seed=7):
    """Two and a half years of orders, half of them sent back; of guests too, and of who never ordered here."""
    draw = random.Random(seed)
    rows = []
    for number in range(700):
        late = draw.randrange(1034)
        customer = f"K{draw.randrange(5 + late // 12):03}" if number % 9 else ""
        day = dt.date(2024, 1, 1) + dt.timedelta(days=late)
        amount = draw.randrange(2000, 9000) / 100
        rows.append((customer, day, amount))
        back = min(day + dt.timedelta(days=9), dt.date(2026, 10, 31))
        rows += [(customer, back, -amount)] * (draw.random() < 0.5)
    rows += [(f"X{n}", dt.date(2026, 3, 1 + n), -250.0) for n in range(20)]
    return [*rows, ("K001", dt.date(2026, 10, 31), 20.0)]


@pytest.mark.slow
def test_every_workbook_has_one_clv_which_is_of_what_customers_kept(tmp_path):
    rows = rows_with_refunds()
    lines = [f"{name};{day:%d-%m-%Y};{str(amount).replace('.', ',')}" for name, day, amount in rows]
    texts = {"transacties": "klant;datum;bedrag\n" + "\n".join(lines), **costs_and_channels(rows)}
    con, given = duckdb.connect(), {}
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        given[name] = read_table(tmp_path / f"{name}.csv", tables()[name], today=NOW.date(), con=con)

    def shown(name):
        made = {one: table for one, table in given.items() if one in needs(_template(name))}
        package = package_of(name, made, now=NOW, inputs=INPUTS)
        return Looked(name, package.shown()), package.read_names("kw_")

    (board, counted), (model, _), (channels, figures) = (
        shown(name) for name in ("dashboard", "prognose", "cac-kanalen")
    )
    frame = pd.DataFrame(rows, columns=["klant", "dag", "bedrag"])
    bought = frame[(frame["bedrag"] >= 0) & (frame["klant"] != "")]
    known = frame[frame["klant"].isin(set(bought["klant"])) & (frame["dag"] > dt.date(2025, 10, 31))]
    buyers = set(bought[bought["dag"] > dt.date(2025, 10, 31)]["klant"])
    yearly = known["bedrag"].sum() / len(buyers) * INPUTS["kw_marge"] - INPUTS["kw_kosten_klant"]
    keep, rate = counted["kw_retentie_jaar"], INPUTS["kw_rente"]
    wanted = yearly * (1 + rate) / (1 + rate - keep)
    clvs = [board.card("CLV")[0], board["ku_clv"], board["kc_stap_clv"], model["kc_stap_clv"]]
    assert [*clvs, figures["kw_kanalen_clv"]] == pytest.approx([wanted] * 5)
    assert channels.column("overzicht", "CLV")[0] == pytest.approx(wanted)
    assert board["ku_verhouding"] > 0
    assert board["ku_verhouding"] == pytest.approx(figures["kw_kanalen_ratio"])


@pytest.mark.slow
@pytest.mark.parametrize("later", [("K1", "15-10-2026", "-30,00"), ("X9", "15-10-2026", "-30,00"), None])
def test_a_year_without_orders_gives_blanks_and_no_errors(tmp_path, later):
    days = [dt.date(2023, 1, 3) + dt.timedelta(days=9 * n) for n in range(60)]
    rows = [(f"K{n % 12}", f"{day:%d-%m-%Y}", f"{20 + n},00") for n, day in enumerate(days)]
    rows += [later] if later else []
    path = tmp_path / "stil.csv"
    path.write_text("klant;datum;bedrag\n" + "\n".join(map(";".join, rows)), encoding="utf-8")
    inputs = {**INPUTS, "kw_peildatum": dt.date(2026, 10, 31)}
    for name in ("dashboard", "prognose"):
        looked = Looked(name, package_of(name, read_transactions(path), now=NOW, inputs=inputs).shown())
        assert looked.errors() == []
        assert looked["kc_brug_omzet"] == looked["kc_stap_clv"] == ""
        if name == "dashboard":
            assert looked["kc_frequentie"] == looked["kg_aov"] == ""


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
