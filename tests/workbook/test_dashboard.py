"""The dashboard as it is made: complete, computed, and the same in two engines."""

import datetime as dt
import io

import openpyxl
import pytest

from klantwaarde_xl.addresses import address
from klantwaarde_xl.cli.demo import INPUTS
from klantwaarde_xl.data.periods import month_end
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.workbook import calculator, possible
from klantwaarde_xl.workbook.layout import layout_of
from klantwaarde_xl.workbook.recalculate import refill
from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.xlsx.package import Package
from tests.books import SHEETS, Looked, package_of
from tests.conftest import NOW
from tests.workbook.test_made import shown


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl.*")
class TestDashboard:
    def test_the_sheets_stand_in_reading_order(self, shop_bytes):
        assert Package.from_bytes(shop_bytes).sheet_names() == SHEETS["dashboard"]

    def test_it_knows_its_template_and_version(self, shop_bytes):
        properties = Package.from_bytes(shop_bytes).custom_properties()
        assert properties["klantwaarde_sjabloon"] == "dashboard"
        assert properties["klantwaarde_sjabloonversie"] == str(template("dashboard").version)

    @pytest.mark.slow
    def test_the_calculator_computes_without_us_and_shows_what_to_type(self, shop_bytes):
        formulas = Package.from_bytes(shop_bytes).formulas()["Rekenhulp"].values()
        sheet = openpyxl.load_workbook(io.BytesIO(shop_bytes), data_only=True)["Rekenhulp"]
        texts = [cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str)]
        names = ("KLANTWAARDE", "KLDW", "CLV", "CAC", "TERUGVERDIENTIJD", "RETENTIE", "VERLOOP", "NPS")
        typed = [text for text in texts if text.startswith("=")]
        for name in names:
            assert not any(f"{name}(" in text for text in formulas), name
            assert any(f"{name}(" in text for text in typed), name

    def test_a_month_that_gained_customers_back_is_typed_with_them(self):
        """RETENTIE leaves out who came in: who is new and who came back, as the row itself says."""
        typed = {cells[-1] for cells in calculator.RESULTS.rows}
        assert "=RETENTIE(begin;eind;nieuw+gereactiveerd)" in typed

    @pytest.mark.slow
    def test_the_page_says_that_the_forecast_has_another_value_and_where_it_is_explained(self, shop_bytes):
        package = Package.from_bytes(shop_bytes)
        value = package.read_names("kw_")["kw_perklant"]
        notes = [text for text in package.shown()["Dashboard"].values() if "zie CLV en prognose" in str(text)]
        assert len(notes) == 1
        assert f"€ {value:.2f} per klant".replace(".", ",") in notes[0]
        assert "52 weken" in notes[0]

    @pytest.mark.slow
    def test_all_checks_are_in_order_on_the_example(self, shop_bytes):
        looked = Looked("dashboard", shown(shop_bytes))
        # Three hundred customers do not earn back the example's cost of acquisition; all else agrees
        assert looked.attention() == {"Geen veelgemaakte fouten in de invoer"}
        assert [
            name
            for name, outcome in zip(
                looked.column("fouten", "veelgemaakte fout"), looked.column("fouten", "uitkomst"), strict=True
            )
            if outcome == "let op"
        ] == ["CLV is minstens 3 keer CAC"]

    def test_the_figures_are_those_of_the_transactions(self, shop_bytes, shop_csv):
        rows = read_transactions(shop_csv).rows()
        table = Package.from_bytes(shop_bytes).read_table("tblKpi")
        net = sum(row[table.headers.index("netto omzet")] for row in table.rows)
        assert net == pytest.approx(sum(row[2] for row in rows))
        assert len(Package.from_bytes(shop_bytes).read_table("tblTransacties").rows) == len(rows)


@pytest.fixture(scope="module")
def bare(shop_csv):
    """What one shows in which the user filled in nothing."""
    return package_of("dashboard", read_transactions(shop_csv), now=NOW).shown()


@pytest.mark.slow
def test_what_the_user_has_not_filled_in_is_not_invented(bare):
    looked = Looked("dashboard", bare)
    assert looked.card("CLV") == ("–", "vul marge in op Instellingen")
    assert looked.card("CAC") == ("–", "vul kosten van werving in")
    wrong = looked.attention()
    assert {"De marge is ingevuld als deel van de omzet", "Er is een rente"} <= wrong
    assert "De kosten van werving zijn ingevuld" in wrong
    assert "Alle rijen zijn gelezen" not in wrong


@pytest.mark.slow
def test_a_comparison_with_a_year_earlier_asks_for_two_whole_years(tmp_path):
    lines = [f"K{i};{1 + i % 28}-{1 + m % 12}-{2024 + m // 12};100" for m in range(18) for i in range(6)]
    path = tmp_path / "anderhalf.csv"
    path.write_text("klant;datum;bedrag\n" + "\n".join(lines) + "\n", encoding="utf-8")
    shown_cells = package_of("dashboard", read_transactions(path), now=NOW).shown()
    looked = Looked("dashboard", shown_cells)
    assert looked.card("Netto omzet") == (7200, "nog geen twee volle jaren")


@pytest.mark.slow
def test_a_month_that_still_runs_is_left_out_of_the_yearly_figures(tmp_path):
    lines = [f"K{i};{1 + i % 28}-{1 + m % 12}-{2023 + m // 12};100" for m in range(24) for i in range(6)]
    whole, part = tmp_path / "heel.csv", tmp_path / "deel.csv"
    whole.write_text(
        "klant;datum;bedrag\n" + "\n".join(lines + ["K1;31-12-2024;100"]) + "\n", encoding="utf-8"
    )
    part.write_text(
        "klant;datum;bedrag\n" + "\n".join(lines + ["K1;31-12-2024;100", "K2;2-1-2025;5"]) + "\n",
        encoding="utf-8",
    )
    looked = [
        Looked("dashboard", package_of("dashboard", read_transactions(p), now=NOW, inputs=INPUTS).shown())
        for p in (whole, part)
    ]
    names = (
        "kc_maanden",
        "kc_netto",
        "kc_orders",
        "kc_nieuw",
        "kc_klanten",
        "kg_retentie",
        "kc_frequentie",
    )
    assert [looked[0][name] for name in names] == [looked[1][name] for name in names]
    for label in ("Netto omzet", "Klanten", "Retentie per jaar", "CLV", "CAC"):
        assert looked[0].card(label)[0] == looked[1].card(label)[0], label
    assert looked[0].column("maanden", "netto omzet")[-1] == looked[1].column("maanden", "netto omzet")[-2]
    assert looked[1].column("maanden", "loopt nog")[-1] == 5
    assert set(looked[1].column("maanden", "loopt nog")[:-1]) == {CellError.NA}
    assert looked[1].column("maanden", "retentie per jaar")[-1] is CellError.NA


@pytest.mark.slow
def test_one_month_of_data_shows_no_errors_of_the_engine(tmp_path):
    path = tmp_path / "maand.csv"
    path.write_text("klant;datum;bedrag\nA;1-2-2024;5\nB;3-2-2024;6\n", encoding="utf-8")
    values = package_of("dashboard", read_transactions(path), now=NOW).shown()
    assert CellError.VALUE not in {value for cells in values.values() for value in cells.values()}


def months(count, first=2024):
    """An order a month of six customers, and one that only bought in the first."""
    lines = [f"K{i};{1 + i}-{1 + m % 12}-{first + m // 12};100" for m in range(count) for i in range(6)]
    return "\n".join(["klant;datum;bedrag", *lines, f"Weg;2-1-{first};5", ""])


@pytest.mark.slow
@pytest.mark.parametrize(("count", "compares"), [(23, False), (24, True)])
def test_customers_are_compared_with_a_year_earlier_only_when_that_window_was_full(tmp_path, count, compares):
    path = tmp_path / "maanden.csv"
    path.write_text(months(count), encoding="utf-8")
    day = month_end(dt.date(2024 + (count - 1) // 12, 1 + (count - 1) % 12, 1))
    made = package_of("dashboard", read_transactions(path), now=NOW, inputs={"kw_peildatum": day})
    note = Looked("dashboard", made.shown()).card("Klanten")[1]
    assert ("vorig jaar" in note) == compares, note


@pytest.mark.slow
def test_without_a_margin_neither_workbook_shows_a_value_of_a_customer_as_profit(shop_csv):
    inputs = {name: value for name, value in INPUTS.items() if name != "kw_marge"}
    transactions = read_transactions(shop_csv)
    board, model = (
        Looked(name, package_of(name, transactions, now=NOW, inputs=inputs).shown())
        for name in ("dashboard", "prognose")
    )
    assert board.card("CLV") == ("–", "vul marge in op Instellingen")
    for looked in (board, model):
        assert set(looked.column("stappen", "waarde per klant")[:5]) == {""}
        both = [looked.column("waarden", name) for name in ("CLV (formule)", "klantwaarde (prognose)")]
        assert [column[0] for column in both] == ["–", "–"]
        assert "zonder marge is dit omzet" in "".join(map(str, both[1]))


@pytest.mark.slow
def test_the_calculator_shows_no_error_while_assumptions_are_missing(bare):
    assert not [
        cell for cell, value in bare["Rekenhulp"].items() if isinstance(value, CellError) or value is None
    ]


@pytest.mark.slow
def test_an_incomplete_window_is_said_on_the_card_in_place_of_its_interval(tmp_path):
    path = tmp_path / "anderhalf.csv"
    path.write_text(months(18), encoding="utf-8")
    made = package_of(
        "dashboard", read_transactions(path), now=NOW, inputs={"kw_peildatum": dt.date(2025, 6, 30)}
    )
    value, note = Looked("dashboard", made.shown()).card("Retentie per jaar")
    assert value == pytest.approx(6 / 7)
    assert note == "onvolledig: zie Retentie"


@pytest.mark.slow
def test_a_shop_that_loses_nobody_has_no_value_without_end(tmp_path):
    path = tmp_path / "trouw.csv"
    days = [f"{who};05-{1 + at % 12}-{2024 + at // 12};20,00" for at in range(26) for who in ("Ans", "Bas")]
    path.write_text("\n".join(["klant;datum;bedrag", *days]), encoding="utf-8")
    known = {"kw_marge": 0.4, "kw_kosten_klant": 3.0, "kw_wervingskosten": 100.0}
    endless = package_of("dashboard", read_transactions(path), now=NOW, inputs={**known, "kw_rente": 0.0})
    assert endless.read_names("kw_")["kw_retentie_jaar"] == 1
    for sheet in ("Rekenhulp", "Dashboard", "CLV en prognose"):
        assert not [c for c in endless.shown()[sheet].values() if isinstance(c, CellError) or c is None]
    assert Looked("dashboard", endless.shown()).card("CLV") == ("–", "retentie 100%: geen einde")
    ends = package_of("dashboard", read_transactions(path), now=NOW, inputs={**known, "kw_rente": 0.1})
    assert Looked("dashboard", ends.shown()).card("CLV")[0] == pytest.approx((240 * 0.4 - 3) * 1.1 / 0.1)


@pytest.mark.slow
def test_advice_on_a_young_shop_does_not_ask_for_what_is_filled_in(tmp_path):
    path = tmp_path / "jong.csv"
    path.write_text(months(8), encoding="utf-8")
    inputs = {"kw_marge": 0.4, "kw_kosten_klant": 3.0, "kw_wervingskosten": 100.0, "kw_rente": 0.05}
    young = package_of("dashboard", read_transactions(path), now=NOW, inputs=inputs)
    looked = Looked("dashboard", young.shown())
    assert looked.card("CAC") == ("–", "nog geen 12 hele maanden")
    said = looked.column("waarden", "CLV (formule)")
    assert "onbekend: er zijn nog geen 12 hele maanden" in said
    assert not [words for words in said if "vul " in str(words)]
    empty = package_of("dashboard", read_transactions(path), now=NOW)
    assert (
        "vul marge, rente en kosten per klant in"
        in Looked("dashboard", empty.shown()).column("waarden", "CLV (formule)")[4]
    )


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl.*")
def test_an_assumed_share_is_between_nought_and_one_and_more_counts_as_left_blank(shop_csv):
    inputs = {"kw_marge": 0.4, "kw_kosten_klant": 3.0, "kw_rente": 0.0}
    made = package_of("dashboard", read_transactions(shop_csv), now=NOW, inputs=inputs)
    layout = layout_of(template("dashboard"))
    used = {name: layout.names[name] for name in ("kg_retentie", "kg_marge", "kg_rente", "kg_aov")}
    own = {name: address(spot.row, spot.column - 1) for name, spot in used.items()}
    book = openpyxl.load_workbook(io.BytesIO(made.to_bytes()))
    rules = {str(rule.sqref): rule for rule in book["Rekenhulp"].data_validations.dataValidation}
    most = {name: rules[cell].formula2 for name, cell in own.items()}
    assert most == {"kg_retentie": "1", "kg_marge": "1", "kg_rente": "1", "kg_aov": None}
    looked = {}
    for typed in (None, 1, 80):
        book["Rekenhulp"][own["kg_retentie"]] = typed
        target = io.BytesIO()
        book.save(target)
        package = Package.from_bytes(target.getvalue())
        refill(package)
        looked[typed] = Looked("dashboard", package.shown())
    assert looked[1].card("CLV") == ("–", "retentie 100%: geen einde")
    assert looked[80].card("CLV") == (looked[None].card("CLV")[0], "Retentie kan niet")
    top = looked[80].shown["Dashboard"]["B2"]
    assert (
        top
        == "✖ Retentie (Rekenhulp) kan niet. Vul een percentage in van 0% tot en met 100%, bijvoorbeeld 35%."
    )
    assert looked[80].attention() - looked[None].attention() == {possible.LABEL}
