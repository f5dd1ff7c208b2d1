"""The workbook of channels: what it says of the example, of a shop without costs, and of one that was never filled."""

import datetime as dt
import re
import shutil
from pathlib import Path

import duckdb
import pytest

from klantwaarde_xl.cli.demo import INPUTS
from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.workbook.build import empty_workbook
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.workbook.upgrading.upgrade import upgrade_file
from klantwaarde_xl.xlsx.package import Package
from tests.books import Looked, package_of
from tests.data import test_campaigns as campaigns
from tests.data.test_channels import TEXTS

NOW = dt.datetime(2026, 11, 27, 9, 30)


def looked(folder, texts, inputs=INPUTS):
    con, given = duckdb.connect(), {}
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        given[name] = read_table(folder / f"{name}.csv", tables()[name], today=NOW.date(), con=con)
    package = package_of("cac-kanalen", given, now=NOW, inputs=inputs)
    book = Looked("cac-kanalen", package.shown())
    book.names = package.read_names("kw_")
    return book


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


# ── campaigns, the budget, and when a customer has paid for himself ─────────────────────────

OLDER = Path(__file__).with_name("older") / "cac-kanalen-5.xlsx"
LATER = dt.datetime(2027, 1, 15, 8, 0)


@pytest.fixture(scope="module")
def with_campaigns(tmp_path_factory):
    return looked(tmp_path_factory.mktemp("campagnes"), campaigns.TEXTS, INPUTS | {"kw_min_klanten": 5})


def test_the_example_with_campaigns_is_in_order(with_campaigns):
    assert with_campaigns.attention() == set()
    assert with_campaigns.errors() == []
    checks = with_campaigns.checks()
    for label in (
        "Campagnes en wat bij geen campagne staat, tellen op tot de kanalen",
        "Het voorstel verdeelt het hele budget",
    ):
        assert checks[label] == "in orde"


def test_the_page_shows_the_best_and_the_worst_campaigns_with_their_return(with_campaigns):
    book = with_campaigns
    names = [name for name in book.column("uitersten", "campagne") if name]
    assert 3 < len(names) <= 6
    for n, name in enumerate(names):
        costs, new, value = (book.column("uitersten", column)[n] for column in ("kosten", "nieuw", "waarde"))
        returned = book.column("uitersten", "ROI")[n]
        assert returned == pytest.approx(((value or 0) - costs) / costs)
        assert new >= 0, name
    said = book.messages()
    assert any(f"Het best: {names[0]}, € " in str(one) for one in said)
    shown = {str(one) for one in book.shown["Kanaaloverzicht"].values()}
    assert any(re.fullmatch(r"Anders verdeeld: naar schatting € \d+ per maand meer", one) for one in shown)


def test_the_line_crosses_the_cost_in_the_month_on_the_card(with_campaigns):
    book = with_campaigns
    paid = book.card("Terugverdiend na")[0]
    months, earned, crossing = (
        book.column("terugverdienen", column) for column in ("maand", "marge", "terug")
    )
    cost = book.names["kw_kanalen_cac"]
    assert f"Terugverdiend in maand {paid:.0f}" in {
        str(one) for one in book.shown["Kanaaloverzicht"].values()
    }
    (at,) = [n for n, value in enumerate(crossing) if isinstance(value, float)]
    assert months[at] == paid
    assert earned[at] >= cost - 1e-9
    assert earned[at - 1] < cost
    yearly, retention = book.names["kw_kanalen_jaarmarge"], book.names["kw_retentie_jaar"]
    for month, value in zip(months, earned, strict=True):
        by_hand = sum(yearly / 12 * retention ** (one // 12) for one in range(int(month)))
        assert value == pytest.approx(by_hand, abs=1e-9)


@pytest.mark.slow
def test_without_campaigns_a_sentence_stands_in_their_place(filled):
    assert filled.names["kw_campagnes_oordeel"] is None
    assert (
        "Vul op Kosten en op Klanten de kolom campagne in; dan staat hier wat elk kostte en opbracht."
        in filled.messages()
    )
    shown = set(filled.shown["Kanaaloverzicht"].values())
    assert "Zet op Budget de kanalen waarover u uw geld verdeelt; dan staat hier een voorstel." in shown


@pytest.mark.slow
def test_costs_lower_than_a_year_before_are_said_above_the_months(with_campaigns):
    before, now = (with_campaigns.names[f"kw_kanalen_cac{one}"] for one in ("_eerder", ""))
    word = "steeg" if now > before else "daalde"
    titles = [str(one) for one in with_campaigns.shown["Kanaaloverzicht"].values()]
    (title,) = [one for one in titles if one.startswith("CAC samen ") and "→" in one]
    same = abs(now / before - 1) < 0.05
    assert title.startswith(f"CAC samen {'bleef in een jaar gelijk' if same else f'{word} in een jaar'}: € ")


@pytest.mark.slow
def test_a_customer_who_never_pays_is_said_in_the_title(tmp_path):
    book = looked(tmp_path, campaigns.TEXTS, INPUTS | {"kw_marge": 0.06})
    shown = {str(one) for one in book.shown["Kanaaloverzicht"].values()}
    assert "Een nieuwe klant verdient zijn CAC niet terug" in shown
    assert [one for one in book.column("terugverdienen", "terug") if isinstance(one, float)] == []
    assert book.errors() == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("costs", "which"),
    [
        (["2026-03;Zoeken;90;A;"], lambda n: "Zoeken;A"),
        (
            [f"2026-03;Zoeken;90;{'Een heel lange naam van een campagne ' * 2};"],
            lambda n: f"Zoeken;{'Een heel lange naam van een campagne ' * 2}",
        ),
        (
            ["2026-03;Zoeken;90;Lente;", "2026-03;Beurs;60;Lente;"],
            lambda n: f"{('Zoeken', 'Beurs')[n % 2]};lente",
        ),
        (["2026-03;Radio;900;Niemand;7"], lambda n: ";"),
        ([], lambda n: "Zoeken;Zonder kosten"),
        (["2026-11;Zoeken;500;Deze maand;"], lambda n: "Zoeken;"),
        (
            [f"{month};Zoeken;{5 + at};C {month} {at};" for month in campaigns.MONTHS for at in range(10)],
            lambda n: f"Zoeken;C 2026-03 {n % 10}",
        ),
    ],
    ids=["one", "long", "two channels", "nobody", "no costs", "this month", "many"],
)
def test_odd_campaigns_give_no_error_and_add_up(tmp_path, costs, which):
    texts = {
        "transacties": campaigns.SHOP,
        "kosten": campaigns.costs_of(*costs),
        "klanten": campaigns.customers_of(which),
    }
    book = looked(tmp_path, texts)
    assert book.errors() == []
    labels = ("Campagnes en wat bij geen campagne staat, tellen op tot de kanalen",)
    assert not set(labels) & book.attention()
    assert all(str(one or "").count("€ ,") == 0 for one in book.messages())


@pytest.mark.slow
def test_a_workbook_of_the_version_before_refreshes_from_a_file_with_campaigns(tmp_path):
    path = Path(shutil.copy(OLDER, tmp_path))
    con, given = duckdb.connect(), {}
    for name in ("transacties", "kosten", "klanten"):
        (tmp_path / f"{name}.csv").write_text(campaigns.TEXTS[name], encoding="utf-8")
        given[name] = read_table(tmp_path / f"{name}.csv", tables()[name], today=LATER.date(), con=con)
    done = refresh_file(path, now=LATER, tables=given, backup=False)
    now = template("cac-kanalen").version
    assert any(f"oudere versie van het sjabloon (5, nu {now})" in line for line in done.words())
    package = Package.open(path)
    assert package.read_table("tblKlantgegevens").headers[:4] == (
        "klant",
        "kanaal",
        "eerste product",
        "regio",
    )
    assert "bereikt" not in package.read_table("tblKosten").headers
    assert len(package.read_table("tblKosten").rows) == given["kosten"].count()
    upgrade_file(path, now=LATER)
    package = Package.open(path)
    assert "campagne" in package.read_table("tblKlantgegevens").headers
    assert "tblCampagnes" in package.table_names()
    # what an older sheet had no room for comes with the next file
    refresh_file(path, now=LATER, tables=given, backup=False)
    assert Package.open(path).read_names("kw_")["kw_campagnes"] == campaigns_in(given)


def campaigns_in(given):
    """The campaigns of the last twelve whole months, by channel."""
    rows = given["kosten"].rows()
    first, last = max(row[0] for row in rows).replace(day=1), max(row[0] for row in rows)
    return len(
        {
            (row[3].lower(), row[1])
            for row in rows
            if row[3] and dt.date(last.year - 1, last.month, 1) < row[0] <= first
        }
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("budget", "said", "whole"),
    [
        (
            "Google Ads;500;;100\nSociale media;500;;100\n",
            "Binnen de plafonds blijft € 800 per maand over",
            False,
        ),
        ("Google Ads;400;;\nBeurs;100;300;\n", "De grenzen op Budget kosten € ", True),
        ("Google Ads;400;;\n", "Het budget staat al waar het het meeste brengt", True),
        ("Google Ads;400;;\nNieuwsbrief;5;;\n", "Anders verdeeld: naar schatting € ", True),
    ],
    ids=["ceilings", "floors", "alone", "more"],
)
def test_what_bounds_do_to_a_budget_is_said(tmp_path, budget, said, whole):
    texts = {**campaigns.TEXTS, "budget": f"kanaal;nu;vloer;plafond\n{budget}"}
    book = looked(tmp_path, texts, INPUTS)
    assert any(str(one).startswith(said) for one in book.shown["Kanaaloverzicht"].values())
    assert ("Het voorstel verdeelt het hele budget" not in book.attention()) == whole
    assert book.errors() == []
    table = dict(zip(book.column("verdeling", "kanaal"), book.column("verdeling", "voorstel"), strict=True))
    assert table["Google Ads"] >= 0


@pytest.mark.slow
def test_a_campaign_that_only_began_is_said_beside_those_that_count(tmp_path):
    texts = {**campaigns.TEXTS, "kosten": campaigns.TEXTS["kosten"] + "2026-11;Google Ads;50;Kerst;\n"}
    book = looked(tmp_path, texts)
    (said,) = [one for one in book.messages() if "Nog niet geteld" in str(one)]
    assert said.endswith("Nog niet geteld: 1 campagne waarvan de maand nog niet om is.")
    assert said.count("Nog niet geteld") == 1
