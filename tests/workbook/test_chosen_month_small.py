"""A chosen month in shops with little: what lacks is said per card, and nothing is invented."""

import datetime as dt

import pytest

from klantwaarde_xl.data.reading.files import read_table, transactions_from_cells
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.workbook.chosen_month import KEYS
from klantwaarde_xl.workbook.recalculate import refill
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.xlsx.package import Package
from tests.books import Looked, package_of
from tests.conftest import NOW
from tests.workbook.test_chosen_month import INPUTS


def small(rows, **inputs):
    read = transactions_from_cells(("klant", "datum", "bedrag"), rows, source="proef")
    return Looked("dashboard", package_of("dashboard", read, now=NOW, inputs=inputs).shown())


@pytest.mark.slow
def test_a_shop_of_five_months_says_per_card_what_lacks():
    rows = [[f"K{i}", f"2026-{m:02}-{1 + i % 28:02}", 20.0] for m in range(6, 11) for i in range(3 * m)]
    looked = small(rows, **INPUTS)
    reasons = {key.name: looked.card(key.name) for key in KEYS}
    assert reasons.pop("Klanten") == (30, "nog geen 18 hele maanden")
    assert reasons.pop("Retentie per jaar") == ("–", "nog te kort: zie Retentie")
    assert set(reasons.values()) == {("–", "nog geen 12 hele maanden")}
    assert looked["kz_netto"] == "Netto omzet per maand"
    assert "Zonder kolom kanaal op Klanten is mond-tot-mond niet te zien." in looked.messages()[-1]
    assert not looked.errors()


def test_one_customer_is_one_and_costs_that_are_not_known_are_not_invented():
    rows = [
        ["Ans", f"{y}-{m:02}-05", 30.0] for y in (2024, 2025, 2026) for m in range(1, 11 if y == 2026 else 13)
    ]
    looked = small([*rows, ["Ans", "2026-10-31", 30.0], ["Bas", "2026-09-30", 10.0]], kw_marge=0.4)
    assert looked.card("CAC") == ("–", "vul kosten van werving in")
    assert looked.card("CLV") == ("–", "vul rente in op Instellingen")
    assert looked.card("Klanten") == (2, "▲ 100% t.o.v. vorig jaar (1)")
    assert "Er kwam 1 klant meer dan er ging, in 12 maanden" in looked.shown["Dashboard"].values()
    assert not looked.errors()


@pytest.mark.slow
@pytest.mark.parametrize(
    "out", [range(-2, 5), [3], [-1], [10]], ids=["half", "one between", "the first", "the last"]
)
def test_costs_of_less_than_a_year_are_not_taken_for_a_year(tmp_path, out):
    """Neither by the card nor by the calculator: a part would flatter the CAC."""
    rows = [
        [f"K{i}", f"{y}-{m:02}-28", 30.0]
        for y in (2025, 2026)
        for m in range(1, 11)
        for i in range(m + 12 * (y - 2025))
    ]
    read = transactions_from_cells(("klant", "datum", "bedrag"), rows, source="proef")
    costs = tmp_path / "kosten.csv"
    told = [month for month in range(-2, 11) if month not in out]  # of 2026, November of 2025 is -1
    lines = [f"{2025 + (m > 0)}-{(m - 1) % 12 + 1:02};Beurs;100\n" for m in told]
    costs.write_text("maand;kanaal;bedrag\n" + "".join(lines), encoding="utf-8")
    given = {
        "transacties": read,
        "kosten": read_table(costs, tables()["kosten"], today=NOW.date(), con=read.con),
    }
    peil = {"kw_peildatum": dt.date(2026, 10, 31)}
    looked = Looked("dashboard", package_of("dashboard", given, now=NOW, inputs=peil).shown())
    assert looked.card("CAC") == ("–", "Kosten mist maanden")
    told_ = Looked(
        "dashboard",
        package_of("dashboard", given, now=NOW, inputs={**peil, "kw_wervingskosten": 1200}).shown(),
    )
    assert told_.card("CAC")[0] == pytest.approx(1200 / told_["kc_nieuw"])


@pytest.mark.slow
def test_rows_for_targets_stand_ready_and_are_not_refused_while_they_are_empty(tmp_path, dashboard):
    before = Package.open(dashboard).read_table("tblDoelen").rows
    assert [row[0] for row in before] == [key.name for key in KEYS]
    refresh_file(dashboard, now=NOW, backup=False)
    package = Package.open(dashboard)
    assert package.read_table("tblDoelen").rows == before
    assert package.read_names("kw_")["kw_rijen_geweigerd"] == 0


@pytest.mark.slow
def test_a_refund_of_an_order_before_the_data_makes_no_month_of_a_year(tmp_path):
    """Sixteen months since the first row, eight since the first order: no figure of a year, nor a choice."""
    days = [dt.date(2026, 3, 1) + dt.timedelta(days=2 * n) for n in range(123)]
    rows = [[f"K{n % 25}", day, 20.0 + n] for n, day in enumerate(days)]
    rows += [["Z", dt.date(2025, 7, 5), -30.0], ["K3", dt.date(2025, 9, 5), -12.0]]
    read = transactions_from_cells(("klant", "datum", "bedrag"), rows, source="proef", today=NOW.date())
    peil = {"kw_peildatum": dt.date(2026, 10, 31), "kw_inactief_na": 3}
    package = package_of("dashboard", read, now=NOW, inputs=peil)
    looked = Looked("dashboard", package.shown())
    assert (looked["kc_maanden"], looked["kc_tot"], looked["kc_rij"]) == (8, 8, 16)
    assert looked.card("Netto omzet") == ("–", "nog geen 12 hele maanden")
    assert looked.card("Klanten")[1] == "nog geen 15 hele maanden"
    assert "De omzet van het jaar is langs twee wegen gelijk" not in looked.attention()
    package.edit(cells={"kw_maand": dt.date(2025, 9, 1)}, then=refill)
    assert Looked("dashboard", package.shown()).card("Netto omzet")[1] == "kies een maand uit de lijst"
