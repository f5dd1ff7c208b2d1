"""The workbook of channels: what it says of the example, of a shop without costs, and of one that was never filled."""

import datetime as dt
import re

import duckdb
import pytest

from klantwaarde_xl.cli.demo import INPUTS
from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.workbook.build import empty_workbook
from klantwaarde_xl.workbook.templates import template
from tests.books import Looked, package_of
from tests.data.test_channels import TEXTS

NOW = dt.datetime(2026, 11, 27, 9, 30)


def looked(folder, texts, inputs=INPUTS):
    con, given = duckdb.connect(), {}
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        given[name] = read_table(folder / f"{name}.csv", tables()[name], today=NOW.date(), con=con)
    return Looked("cac-kanalen", package_of("cac-kanalen", given, now=NOW, inputs=inputs).shown())


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return looked(tmp_path_factory.mktemp("kanalen"), TEXTS)


@pytest.mark.slow
def test_the_example_is_in_order(filled):
    assert filled.attention() == set()
    assert filled.errors() == []


def test_the_page_lists_the_channels_with_their_highest_cost(filled):
    names = [name for name in filled.column("kanalen", "kanaal") if name]
    assert names == [name for name in filled.column("overzicht", "kanaal") if name][: len(names)]
    assert len(names) == 5
    values = [value for value in filled.column("overzicht", "CLV") if isinstance(value, float)]
    highest = [value for value in filled.column("kanalen", "hoogste CAC") if isinstance(value, float)]
    assert highest == pytest.approx([value / 3 for value in values[:5]])


@pytest.mark.slow
def test_a_channel_that_costs_more_than_it_brings_is_named(tmp_path):
    costs = TEXTS["kosten"] + "2026-09;Beurs;90000\n"
    book = looked(tmp_path, {**TEXTS, "kosten": costs})
    assert re.match(
        r"Beurs kost € [\d.]+ per klant en brengt € \d+,\d\d: stop of verbeter\.", book.messages()[0]
    )


@pytest.mark.slow
def test_without_costs_it_says_what_to_do(tmp_path):
    book = looked(tmp_path, {"transacties": TEXTS["transacties"]}, {})
    assert book.messages()[0] == "Zonder kosten per kanaal is er geen CAC: plak ze op Kosten."
    assert "Er zijn kosten per kanaal" in book.attention()
    assert book.errors() == []


@pytest.mark.slow
def test_without_a_margin_there_is_no_value_and_no_error(tmp_path):
    book = looked(tmp_path, TEXTS, {})
    assert book.card("CLV : CAC")[0] == "–"
    said = "Zonder marge, rente en kosten per klant is er geen CLV: vul ze in op Instellingen (geen kosten: 0), en ververs."
    assert book.messages()[0] == said
    assert book.errors() == []


@pytest.mark.slow
def test_an_empty_one_says_what_to_do():
    book = Looked("cac-kanalen", empty_workbook(template("cac-kanalen"), now=NOW).package.shown())
    assert set(book.cards().values()) == {"–"}
    assert book.messages()[0] == "Nog niets ingevuld. Plak orders, kosten en klanten op hun blad, en ververs."
    assert book.errors() == []


@pytest.mark.slow
def test_money_for_nobody_is_named_and_is_not_below_the_highest_cost(tmp_path):
    months = [f"{2025 + (month > 12)}-{(month - 1) % 12 + 1:02}" for month in range(11, 23)]
    costs = "maand;kanaal;bedrag\n2026-09;Vliegtuig;300\n"
    costs += "".join(f"{month};Radio;{5000 * (month == '2026-09')}\n" for month in months)
    book = looked(tmp_path, {**TEXTS, "kosten": costs})
    said = "Radio kostte € 5.000 en bracht niemand, net als 1 ander kanaal: schrijf het op Kosten en Klanten hetzelfde, of stop."
    assert book.messages()[0] == said
    shown = {str(one) for one in book.shown["Kanaaloverzicht"].values()}
    assert "Geen kanaal met kosten bracht een nieuwe klant" in shown
    assert "Elk kanaal blijft onder de hoogste CAC" not in shown
    drawn = [name for name in book.column("kanalen", "kanaal") if name]
    assert "Zonder kosten en nieuwe klanten is er geen CAC te tekenen." in shown
    assert drawn == []  # without a cost per customer a channel has no bar to name


@pytest.mark.slow
def test_where_a_month_has_no_costs_the_page_says_which_and_judges_nothing(tmp_path):
    lines = [line for line in TEXTS["kosten"].splitlines() if not line.startswith("2026-09")]
    book = looked(tmp_path, {**TEXTS, "kosten": "\n".join(lines)})
    assert book.messages()[0].startswith("Op Kosten staat niets van september 2026;")
    cards = book.cards()
    assert {cards[name] for name in ("CAC samen", "CAC betaald", "CLV : CAC", "Terugverdiend na")} == {"–"}
    shown = {str(one) for one in book.shown["Kanaaloverzicht"].values()}
    assert "Kosten per kanaal: nog niet van elke maand" in shown
    assert "Er zijn kosten per kanaal" in book.attention()
    assert book.errors() == []


@pytest.mark.slow
def test_of_channels_that_cost_money_the_worst_is_named(tmp_path):
    costs = TEXTS["kosten"] + "2026-09;Beurs;30000\n2026-09;Google Ads;900000\n"
    book = looked(tmp_path, {**TEXTS, "kosten": costs})
    kept = dict(zip(book.column("overzicht", "kanaal"), book.column("overzicht", "oordeel"), strict=True))
    assert kept["Beurs"] == kept["Google Ads"] == "kost geld"
    assert str(book.messages()[0]).startswith("Google Ads kost ")


@pytest.mark.slow
def test_a_month_that_runs_does_not_make_costs_unread(tmp_path):
    texts = {
        "transacties": "klant;datum;bedrag\na;3-11-2026;10\n",
        "kosten": "maand;kanaal;bedrag\n2026-11;Radio;5\n",
    }
    book = looked(tmp_path, texts)
    assert book.card("CAC samen") == ("–", "zie hieronder")
    assert book.messages()[0] == "Er is nog geen hele maand met orders."
