"""Pages of shops that suit nobody: what they claim, and what they draw; how they look is in test_odd_pages."""

import re
import zipfile

import pytest

from klantwaarde_xl.workbook.layout import layout_of
from klantwaarde_xl.workbook.templates import template, templates
from tests.books import SHIPPED
from tests.workbook.test_unknown import hidden
from tests.workbook.test_unusual_shops import MONEY, MONTHS, looked, monthly, orders, package


def charts_of(name):
    """The XML of every chart of a workbook as it is offered."""
    with zipfile.ZipFile(SHIPPED / f"klantwaarde-{name}.xlsx") as parts:
        return [parts.read(part).decode() for part in parts.namelist() if part.startswith("xl/charts/chart")]


# ── charts ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", templates())
def test_a_chart_is_not_seen_where_what_stands_around_it_is_not(name):
    layout = layout_of(template(name))
    for sheet, placed in layout.pages:
        for one in placed:
            around = [
                wait.cell for wait in layout.waiting
                if wait.sheet == sheet.name and wait.holds(one.row, one.column)
            ]  # fmt: skip
            if getattr(one.block, "figure", "") and hasattr(one.block, "series"):
                cells = [cells for cells in layout.charts.values() if cells[0] == f"kw_{one.block.figure}"]
                assert any(set(around) <= set(waits) for waits in cells)


def test_a_month_that_has_no_groups_yet_shows_no_chart_without_its_heading(tmp_path):
    rows = [(f"K{n}", f"2026-10-{day:02}", 20 + n) for n in range(30) for day in (1 + n % 9, 20 + n % 9)]
    made = package(tmp_path, "retentie-cohorten", orders(rows), kw_marge=0.4)
    assert made.shown()
    assert hidden(made) >= set(layout_of(template("retentie-cohorten")).charts)


def test_a_line_of_one_month_is_a_point():
    (made,) = [xml for xml in charts_of("cac-kanalen") if "lineChart" in xml and "betaald" in xml]
    assert made.count('<c:symbol val="circle"/>') == 2


# ── what is claimed ─────────────────────────────────────────────────────────────────────────


def test_no_part_is_more_than_all_of_it(tmp_path):
    """Refunds of some leave less revenue than others brought; then those brought no share of it."""
    best = [(f"B{n}", f"{month}-{1 + n:02}", 90 + n) for month in MONTHS for n in range(12)]
    once = [(f"E{n}", f"{MONTHS[n % 20]}-05", 30) for n in range(60)]
    lost = [(f"E{n}", f"{MONTHS[n % 20]}-25", -230) for n in range(60)]
    book = looked(tmp_path, "rfm-segmenten", orders([*best, *once, *lost]), **MONEY)
    brought, said = book.card("Waarde kampioenen")
    assert brought > sum(amount for *_, amount in [*best, *once, *lost])
    assert said == "12 klanten, omzet"  # and no share
    kept = looked(tmp_path, "rfm-segmenten", orders([*best, *once]), **MONEY).card("Waarde kampioenen")[1]
    assert re.fullmatch(r"12 klanten, \d\d(,\d)?% van de omzet", kept)
    rows = monthly(MONTHS, customers=40)
    back = [(f"K{n}", "2026-10-20", -800) for n in range(25)]
    dashboard = looked(tmp_path, "dashboard", orders([*rows, *[(k, d, a * 3) for k, d, a in back]]), **MONEY)
    assert dashboard.card("Netto omzet")[0] < 0
    assert dashboard.card("Netto omzet")[1].startswith("vorig jaar € ")


@pytest.mark.parametrize(("last", "said"), [("2026-11-26", "loopt nog"), ("2024-11-19", "is niet heel")])
def test_a_month_of_years_ago_runs_no_more(tmp_path, last, said):
    year = int(last[:4])
    months = [f"{year - 2 + n // 12}-{1 + n % 12:02}" for n in range(34)]
    rows = [
        (f"K{n}", f"{month}-{1 + n % 9:02}", 20 + n)
        for month in months
        for n in range(0, 40, 1 + len(month) % 2)
    ]
    given = orders([*rows, ("K1", last, 25)])
    other = {"loopt nog": "is niet heel", "is niet heel": "loopt nog"}[said]
    for name, sheet in (("dashboard", "Dashboard"), ("retentie-cohorten", "Retentie")):
        page = package(tmp_path, name, given, **MONEY).shown()[sheet]
        text = " ".join(value for value in page.values() if isinstance(value, str))
        assert f"ovember {said} (t/m " in text or f"november {year} {said} (t/m " in text
        assert other not in text


@pytest.mark.parametrize(
    ("year", "said"), [(2026, "de komende 52 weken"), (2024, "in de 52 weken na 31-10-2024")]
)
def test_weeks_that_are_past_are_not_to_come(tmp_path, year, said):
    months = [f"{year - 2 + n // 12}-{1 + n % 12:02}" for n in range(34)]
    rows = [
        (f"K{n}", f"{month}-{1 + (n + k) % 28:02}", 20 + n)
        for k, month in enumerate(months)
        for n in range(k % 3, 40, 3)
    ]
    given = orders([*rows, ("K1", f"{year}-10-31", 25)])
    for name, sheet in (("directierapport", "Rapport"), ("prognose", "Prognose")):
        page = package(tmp_path, name, given, **MONEY).shown()[sheet]
        text = " ".join(value for value in page.values() if isinstance(value, str))
        assert said in text
        assert ("komende" in text) == ("komende" in said)


def test_a_day_that_has_not_come_changes_no_figure(tmp_path):
    """An order in the future once moved the last day of the data to today: weeks in which nobody bought."""
    rows = monthly(MONTHS)
    ahead = [("K3", "2027-02-01", 40), ("K4", "2027-05-01", 40)]
    for name in ("dashboard", "directierapport"):
        plain, more = (looked(tmp_path, name, orders(found), **MONEY) for found in (rows, [*rows, *ahead]))
        assert plain.cards() == more.cards()


def test_amounts_of_millions_are_said_in_millions(tmp_path):
    rows = monthly(MONTHS, each=lambda one, month: 3_000_000 + 90_000 * one)
    note = looked(tmp_path, "directierapport", orders(rows), **MONEY).card("Waarde van onze klanten")[1]
    assert re.fullmatch(r"tussen € \d+,\d en € \d+,\d mln", note)
    small = looked(tmp_path, "directierapport", orders(monthly(MONTHS)), **MONEY)
    assert re.fullmatch(r"tussen € [\d.]+ en € [\d.]+", small.card("Waarde van onze klanten")[1])


def test_a_first_quarter_with_answers_is_named(tmp_path):
    rows = [(f"2026-{1 + n % 3 + 6:02}-04", n % 11) for n in range(30)]
    made = package(tmp_path, "nps-onderzoek", {"enquete": ("datum;nps", rows)}).shown()["Onderzoek"]
    assert any(str(value).startswith("NPS in 2026 K3: ") for value in made.values())


def test_channels_above_the_limit_are_counted_among_those_that_were_judged(tmp_path):
    many = [f"Groot {n}" for n in range(2)] + [f"Klein {n}" for n in range(4)]
    who = [*(f"G{n}" for n in range(120)), *(f"S{n}" for n in range(8))]
    rows = [(name, f"{MONTHS[10 + (n + k) % 24]}-05", 12) for n, name in enumerate(who) for k in (0, 1)]
    given = {
        **orders([*rows, ("G0", "2026-10-31", 12)]),
        "klanten": (
            "klant;kanaal",
            [(k, many[n % 2] if k[0] == "G" else many[2 + n % 4]) for n, k in enumerate(who)],
        ),
        "kosten": ("maand;kanaal;bedrag", [(month, one, 500) for month in MONTHS[-12:] for one in many]),
    }
    page = package(tmp_path, "cac-kanalen", given, **MONEY).shown()["Kanaaloverzicht"]
    assert "2 van 2 kanalen te beoordelen: boven de hoogste CAC" in page.values()


def test_what_a_few_cents_cost_is_not_nought(tmp_path):
    rows = [(f"K{n}", f"{MONTHS[10 + (n + k) % 24]}-05", 0.05) for n in range(90) for k in (0, 1, 4)]
    given = {
        **orders([*rows, ("K0", "2026-10-31", 0.05)]),
        "klanten": ("klant;kanaal", [(f"K{n}", "Krant") for n in range(90)]),
        "kosten": ("maand;kanaal;bedrag", [(month, "Krant", 0.6) for month in MONTHS[-12:]]),
    }
    book = looked(tmp_path, "cac-kanalen", given, kw_marge=0.4, kw_rente=0.08, kw_kosten_klant=0)
    assert re.search(r"Krant kost € 0,\d\d per klant en brengt € 0,\d\d: stop of verbeter", book.message())
