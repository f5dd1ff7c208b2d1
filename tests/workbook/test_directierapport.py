"""The page for the board: sentences that follow the figures, targets, and what is not known."""

import datetime as dt
import re

import duckdb
import openpyxl
import pytest

from klantwaarde_xl.cli.demo import INPUTS
from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.workbook.build import empty_workbook
from klantwaarde_xl.workbook.months import change
from klantwaarde_xl.workbook.recalculate import recalculate
from klantwaarde_xl.workbook.templates import template
from tests.books import SHIPPED, Looked, package_of
from tests.data.test_channels import TEXTS
from tests.workbook.test_recalculate import workbook

NOW = dt.datetime(2026, 11, 27, 9, 30)


def made(folder, texts, **inputs):
    con, given = duckdb.connect(), {}
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        given[name] = read_table(folder / f"{name}.csv", tables()[name], today=NOW.date(), con=con)
    return package_of("directierapport", given, now=NOW, inputs={**INPUTS, **inputs})


def looked(folder, texts, **inputs):
    return Looked("directierapport", made(folder, texts, **inputs).shown())


@pytest.fixture(scope="module")
def shop():
    return {"transacties": sample_csv(sample_orders(900))}


@pytest.fixture(scope="module")
def filled(shop, tmp_path_factory):
    return looked(tmp_path_factory.mktemp("rapport"), shop, kw_doel_klanten=100, kw_doel_retentie_jaar=0.99)


@pytest.mark.slow
def test_the_example_is_in_order(filled):
    assert filled.errors() == []
    assert not filled.attention() - {"De gegevens zijn hooguit 100 dagen oud op de dag van verversen"}


def test_the_steps_of_the_chart_lie_between_the_two_values(filled):
    steps = [value for value in filled.column("brug", "tot") if isinstance(value, float)]
    values = [value for value in filled.column("brug", "waarde") if isinstance(value, float)]
    assert steps[3] == pytest.approx(values[4])
    assert filled.column("brug", "stand")[0] == values[0]
    assert filled.column("brug", "stand")[4] == values[4]
    for at in (1, 2, 3):
        up, down = filled.column("brug", "erbij")[at], filled.column("brug", "eraf")[at]
        drawn = up if isinstance(up, float) else down
        assert drawn == pytest.approx(abs(values[at]))


def test_the_board_reads_no_name_of_a_model(filled):
    said = [str(one) for one in filled.messages() if one]
    assert any(
        one.startswith("Waarde: ") and one.endswith("staat in het werkboek, op blad Berekening.")
        for one in said
    )
    assert not [one for one in said if "NBD" in one or "AIC" in one]


def test_a_target_is_judged_on_the_card_and_on_its_sheet(filled):
    stands = filled.column("doelen", "stand")
    assert stands[2] == "✔ gehaald"
    assert stands[3] == "✖ niet gehaald"
    assert stands[0] == "geen doel gesteld"
    assert filled.below_card("Klanten") == "✔ gehaald · doel 100"
    assert filled.below_card("Retentie per jaar") == "✖ niet gehaald · doel 99%"
    assert filled.below_card("Waarde van onze klanten") == "geen doel gesteld"
    # and still says how sure it is, or against when
    assert filled.card("Waarde van onze klanten")[1].startswith("tussen € ")
    assert re.fullmatch(r"tussen [\d,]+% en [\d,]+%", filled.card("Retentie per jaar")[1])


def test_without_costs_there_is_no_ratio_and_it_says_what_to_fill_in(filled):
    assert filled.card("CLV : CAC") == ("–", "plak kosten op Kosten")
    assert filled.below_card("CLV : CAC") == ""


def test_an_empty_one_has_no_links_beside_nothing():
    book = Looked("directierapport", empty_workbook(template("directierapport"), now=NOW).package.shown())
    assert {"Waarde", "Doelen", "Acties", "Cijfers"}.isdisjoint(map(str, book.shown["Rapport"].values()))
    assert book.card("Klanten") == ("–", "nog niets ingevuld")


@pytest.mark.slow
def test_with_costs_a_channel_that_costs_more_than_it_brings_is_the_advice(tmp_path):
    costs = TEXTS["kosten"] + "2026-09;Beurs;90000\n"
    book = looked(tmp_path, {**TEXTS, "kosten": costs})
    (said,) = [
        one
        for one in map(str, book.shown["Rapport"].values())
        if one.startswith("Verlaag de kosten van Beurs")
    ]
    assert re.search(r": een klant kost daar € [\d.,]+ en brengt € [\d.,]+\.$", said)


@pytest.mark.slow
def test_a_shop_without_a_forecast_gets_the_reason_and_no_error(tmp_path):
    book = looked(tmp_path, {"transacties": "klant;datum;bedrag\na;2026-10-05;10\n"})
    assert book.errors() == []
    assert book.card("Waarde van onze klanten") == ("–", "nog niet bekend")
    told = [str(one) for one in book.shown["Rapport"].values()]
    assert "Nog geen prognose van de waarde: onderaan staat waarom" in told
    assert any(one.startswith("Waarom er geen prognose is: ") for one in told)
    assert any(one.startswith("Voor een advies is nog te weinig bekend") for one in told)
    assert not any("Ga zo door" in one for one in told)


@pytest.mark.slow
def test_what_a_ratio_waits_for_is_not_what_was_filled_in(tmp_path):
    months = "".join(f"k{n};{1 + n % 28}-{8 + n % 3}-2026;20\n" for n in range(90))
    texts = {
        "transacties": "klant;datum;bedrag\n" + months,
        "kosten": "maand;kanaal;bedrag\n2026-09;Radio;50\n",
    }
    assert looked(tmp_path, texts).card("CLV : CAC") == ("–", "Kosten mist maanden")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("channels", "said"),
    [
        (("Beurs",), "Zoek uit waarom Beurs niemand bracht: € 600 kosten, en geen nieuwe klant."),
        (("Beurs", "Radio"), "Zoek uit waarom 2 kanalen niemand brachten: samen € 1.200 kosten, en geen nieuwe klant."),
    ],
    ids=len,
)  # fmt: skip
def test_a_channel_that_brought_nobody_is_no_reason_to_go_on_so(tmp_path, channels, said):
    orders = "".join(
        f"k{n};{5 + n}-{month}-{year};40\n"
        for n in range(9)
        for year in (2025, 2026)
        for month in range(1, 10)
    )
    costs = "".join(
        f"{year}-{month:02d};{name};50\n"
        for name in channels
        for year, month in (*((2025, one) for one in range(9, 13)), *((2026, one) for one in range(1, 9)))
    )
    texts = {"transacties": "klant;datum;bedrag\n" + orders, "kosten": "maand;kanaal;bedrag\n" + costs}
    book = looked(tmp_path, texts)
    assert said in book.shown["Rapport"].values()
    assert book.card("CLV : CAC") == ("–", "geen nieuwe klanten")


@pytest.mark.slow
def test_a_shop_of_cents_has_them_on_its_report(tmp_path):
    orders = "".join(f"k{n};{1 + n % 28}-{month}-2026;0,05\n" for n in range(30) for month in range(1, 10))
    book = looked(tmp_path, {"transacties": "klant;datum;bedrag\n" + orders})
    value, note = book.card("Waarde van onze klanten")
    assert 0 < value < 100
    said = f"{value:.2f}".replace(".", ",")
    assert any(f"naar verwachting € {said} " in str(one) for one in book.shown["Rapport"].values())
    assert re.fullmatch(r"tussen € \d+,\d\d en (€ )?\d+,\d\d", note)


@pytest.mark.parametrize(
    ("now", "said"), [(95, "▼ 5% t.o.v."), (108, "▲ 8% t.o.v."), (100.2, "gelijk aan")], ids=str
)
def test_a_rise_and_a_fall_have_one_sign(now, said):
    cells = {"A1": now, "B1": 100, "C1": 24, "D1": change("A1,B1", "A1", "B1").text}
    made = workbook(cells, names=[("kc_maanden", "=Blad1!$C$1")])
    assert recalculate(made)["Blad1"]["D1"] == f"{said} een jaar eerder"


@pytest.mark.slow
def test_an_empty_one_says_what_to_do():
    book = Looked("directierapport", empty_workbook(template("directierapport"), now=NOW).package.shown())
    assert set(book.cards().values()) == {"–"}
    assert "Een advies komt na het verversen." in book.shown["Rapport"].values()
    assert book.errors() == []


def beginning(customers):
    """Regulars from long ago, and many who came in the last three months, half of them twice."""
    rows = [
        f"oud{one};{day};{30 + one}"
        for one in range(customers)
        for day in ("2026-02-01", "2026-05-20", "2026-08-05")
    ]
    for one in range(60):
        rows.append(f"nieuw{one};2026-{9 + one % 3:02d}-{1 + one % 25:02d};{20 + 3 * (one % 15)}")
        if one % 2:
            rows.append(f"nieuw{one};2026-11-{2 + one % 24:02d};{25 + 2 * (one % 20)}")
    return {"transacties": "klant;datum;bedrag\n" + "\n".join(rows) + "\n"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("customers", "says"), [(1, "Met 1 klant aan het begin"), (3, "Met 3 klanten aan het begin"), (40, None)]
)
def test_from_few_customers_the_change_is_as_unsure_as_the_value_and_that_is_said(tmp_path, customers, says):
    package = made(tmp_path, beginning(customers))
    book, given = Looked("directierapport", package.shown()), package.read_names("kw_")
    told = [str(one) for one in book.shown["Rapport"].values()]
    (change,) = [one for one in told if one.startswith("De verandering van ")]
    width = given["kw_waarde_hoog"] - given["kw_waarde_laag"]
    if says is None:
        assert "aan het begin" not in change
        assert given["kw_waardebrug_weinig"] is None
    else:
        assert f"{says} is zij zo onzeker als de waarde zelf." in change
        assert given["kw_waardebrug_hoog"] - given["kw_waardebrug_laag"] == pytest.approx(width)
    assert given["kw_waardebrug_laag"] <= given["kw_waardebrug_verandering"] <= given["kw_waardebrug_hoog"]


def test_the_axis_of_the_bridge_reaches_the_end_of_the_margin(filled):
    whisker, room = (filled.column("brug", name)[4] for name in ("tot hoog", "ruimte"))
    assert room > whisker > 0


@pytest.mark.filterwarnings("ignore:.*xtension is not supported")
def test_a_decision_is_as_long_as_its_line_on_paper():
    sheet = openpyxl.load_workbook(SHIPPED / "klantwaarde-directierapport.xlsx")["Rapport"]
    limits = [
        (one.operator, one.formula1, one.error)
        for one in sheet.data_validations.dataValidation
        if one.type == "textLength"
    ]
    assert limits == [("lessThanOrEqual", "120", "Houd het bij 120 tekens.")] * 3
