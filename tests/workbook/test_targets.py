"""Targets of a month, a quarter, half a year and a year: each is held against its own months, counted with pandas."""

import datetime as dt

import pandas as pd
import pytest

from klantwaarde_xl.addresses import address
from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.workbook.layout import layout_of
from klantwaarde_xl.workbook.recalculate import refill
from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.xlsx.package import Package
from tests.books import Looked, package_of
from tests.conftest import NOW
from tests.on_demand import OnDemand

INPUTS = {
    "kw_inactief_na": 6,
    "kw_marge": 0.35,
    "kw_kosten_klant": 3.0,
    "kw_rente": 0.08,
    "kw_wervingskosten": 900.0,
}
HEAD = "Kerncijfer;Maand;Doel;Termijn;Beter;Speling\n"
ORDERS = sample_orders(customers=400)
ROWS = pd.DataFrame(ORDERS, columns=["klant", "dag", "bedrag"])
ROWS["maand"] = pd.to_datetime(ROWS.dag).dt.to_period("M")


def with_goals(folder, lines, orders=ORDERS):
    given = {}
    for name, text in {"transacties": sample_csv(orders), "doelen": HEAD + "\n".join(lines) + "\n"}.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        con = next((one.con for one in given.values()), None)
        given[name] = read_table(path, tables()[name], today=NOW.date(), con=con)
    return package_of("dashboard", given, now=NOW, inputs=INPUTS).to_bytes()


def seen(data, month):
    package = Package.from_bytes(data)
    package.edit(cells={"kw_maand": pd.Period(month).start_time.date()}, then=refill)
    return Looked("dashboard", package.shown())


def net(first, last):
    return ROWS[(ROWS.maand >= first) & (ROWS.maand <= last)].bedrag.sum()


def euros(amount):
    return f"€ {round(amount):,}".replace(",", ".")


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """Revenue by quarter, with one month of always; value of an order by year; customers by month."""
    lines = ["Netto omzet;Q3 2026;4000;;;", "Netto omzet;2026-02;900;;;", "Netto omzet;;30000;;;", "Orderwaarde;2026;50;;;",
             "Klanten;2026-08;10;;;", "Retentie per jaar;H2 2026;99%;;;", "CAC;Q3 2026;18;;lager;", "CLV;;70;kwartaal;;"]  # fmt: skip
    return with_goals(tmp_path_factory.mktemp("doelen"), lines)


@pytest.fixture(scope="module")
def chosen(mixed):
    """What that one shows, by the month that is chosen."""
    return OnDemand(lambda month: seen(mixed, month))


@pytest.mark.slow
def test_a_quarter_is_held_against_its_own_months_up_to_the_chosen_one(chosen):
    for month, months in (("2026-07", 1), ("2026-08", 2)):
        looked, sold = chosen[month], net("2026-07", month)
        sign = "✔ gehaald · " if sold >= 4000 else ""
        assert (
            looked["ks_netto"] == f"{sign}doel kwartaal: € 4.000, nu {euros(sold)} in {months} van 3 maanden"
        )
        assert not looked.errors()
    sold = net("2026-07", "2026-09")
    sign = "✔ gehaald" if sold >= 4000 else "● bijna" if sold >= 3600 else "✖ niet gehaald"
    assert chosen["2026-09"]["ks_netto"] == f"{sign} · doel kwartaal: € 4.000, werd {euros(sold)}"


@pytest.mark.slow
def test_a_month_is_held_against_that_month_and_another_month_against_what_holds_always(chosen):
    sold = net("2026-02", "2026-02")
    sign = "✔ gehaald" if sold >= 900 else "● bijna" if sold >= 810 else "✖ niet gehaald"
    assert chosen["2026-02"]["ks_netto"] == f"{sign} · doel maand: € 900, werd {euros(sold)}"
    year = chosen["2026-03"]
    assert year["ks_netto"].endswith(" · doel € 30.000")
    assert year.column("doelen", "nu")[0] == year["kn_netto"]


def test_an_order_s_value_is_of_the_months_of_the_year_so_far(chosen):
    own = ROWS[(ROWS.maand >= "2026-01") & (ROWS.maand <= "2026-08") & (ROWS.bedrag >= 0)]
    looked = chosen["2026-08"]
    assert looked.column("doelen", "nu")[2] == pytest.approx(own.bedrag.sum() / len(own))
    assert looked["ks_aov"].endswith(" in 8 van 12 maanden")


@pytest.mark.slow
def test_what_stands_at_the_end_of_a_period_has_no_verdict_before(chosen):
    august, december = chosen["2026-08"], chosen["2026-07"]
    assert august["ks_klanten"] == "✔ gehaald · doel maand: 10"
    assert december["ks_klanten"] == "geen doel voor deze maand"
    kept = f"{round(1000 * august['kn_retentie']) / 10:.1f}".replace(".", ",").removesuffix(",0")
    assert august["ks_retentie"] == f"doel halfjaar: 99%, nu {kept}% na 2 van 6 maanden"


@pytest.mark.slow
def test_costs_are_of_twelve_months_and_not_held_against_a_quarter(chosen):
    looked = chosen["2026-08"]
    assert looked["ks_cac"] == "doel kwartaal: € 18,00; de kaart is over 12 maanden"
    assert looked.column("doelen", "licht")[-1] == ""


@pytest.mark.slow
def test_a_term_without_a_period_is_of_each_and_never_held_against_twelve_months(tmp_path):
    data = with_goals(
        tmp_path, ["Netto omzet;;2000;maand;;", "Netto omzet;;6000;kwartaal;;", "Orderwaarde;;60;jaar;;"]
    )
    june, december = seen(data, "2026-06"), seen(data, "2025-12")
    for month, looked in {"2026-06": june, "2025-12": december}.items():
        assert f"doel maand: € 2.000, werd {euros(net(month, month))}" in looked["ks_netto"]
    assert june.checks()["Elk doel hoort bij een kerncijfer van het dashboard"] == "in orde"
    assert "doel jaar: € 60,00, nu" in june["ks_aov"]


@pytest.mark.slow
def test_months_before_the_data_are_not_counted_as_had(tmp_path):
    late = [one for one in ORDERS if one.day >= dt.date(2026, 8, 1)]
    looked = seen(with_goals(tmp_path, ["Netto omzet;Q3 2026;999999;;;"], late), "2026-09")
    assert (
        looked["ks_netto"]
        == f"doel kwartaal: € 999.999, nu {euros(net('2026-08', '2026-09'))} in 2 van 3 maanden"
    )


@pytest.mark.slow
def test_two_targets_for_one_period_are_told(tmp_path):
    data = with_goals(tmp_path, ["Klanten;2026-08;10;;;", "Klanten;2026-08;12;;;"])
    assert seen(data, "2026-08")["ks_klanten"] == "meer dan één doel: kijk op Doelen"


# ── typed on the sheet ──────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_targets_typed_in_calc_are_followed_at_once_and_as_our_engine_does(mixed, chosen, calc, tmp_path):
    path = tmp_path / "dashboard.xlsx"
    Package.from_bytes(mixed).save(path, backup=False)
    sheets, layout = Package.from_bytes(mixed).sheet_names(), layout_of(template("dashboard"))
    spot, goal = layout.names["kw_maand"], layout.fields["tblDoelen"]
    place, stand = layout.names["ks_netto"], layout.names["ks_klanten"]
    document = calc.open(path=str(path))

    def at(cell, sheet):
        return calc.many(document, [cell], sheets.index(sheet))[0]

    def typed(row, header, text):
        cell = address(goal.top + row, goal.column(header))
        calc.type_local(document, area=cell, formula=text, sheet=sheets.index(goal.sheet))

    try:
        month = address(spot.row, spot.column)
        for which in ("2026-02", "2026-07", "2026-08", "2026-09"):
            calc.type_local(document, area=month, formula=f"{which}-01", sheet=sheets.index(spot.sheet))
            for name in ("ks_netto", "ks_klanten", "ks_aov", "ks_retentie", "ks_cac", "ks_clv"):
                one = layout.names[name]
                assert at(address(one.row, one.column), one.sheet) == chosen[which][name]
        typed(1, "maand", "2026-07-01")
        typed(1, "termijn", "halfjaar")
        typed(1, "doel", "9000")
        said = at(address(place.row, place.column), place.sheet)
        assert f"doel halfjaar: € 9.000, nu {euros(net('2026-07', '2026-09'))} in 3 van 6 maanden" in said
        typed(5, "maand", "2026-09-01")  # without a term it is that month
        typed(5, "termijn", "")
        assert "doel maand: 10" in at(address(stand.row, stand.column), stand.sheet)
    finally:
        calc.close(document)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl drops what it does not know
@pytest.mark.parametrize(
    ("column", "value"), [("maand", "Q3 2026"), ("maand", 2026), ("termijn", "week"), ("kengetal", "Omzet")]
)
def test_a_target_that_no_card_shows_is_told_on_the_checks(mixed, tmp_path, column, value):
    import openpyxl

    path = tmp_path / "w.xlsx"
    Package.from_bytes(mixed).save(path, backup=False)
    book = openpyxl.load_workbook(path)
    goal = layout_of(template("dashboard")).fields["tblDoelen"]
    book[goal.sheet].cell(goal.top + 1, goal.column(column)).value = value
    book.save(path)
    package = Package.open(path)
    package.edit(cells={"kw_maand": dt.date(2026, 8, 1)}, then=refill)
    assert (
        "Elk doel hoort bij een kerncijfer van het dashboard"
        in Looked("dashboard", package.shown()).attention()
    )
