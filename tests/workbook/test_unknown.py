"""What a page shows of what is not known: no bare axes, no heads without rows, no false alarm."""

import io
import re
import zipfile

import openpyxl
import pytest

from klantwaarde_xl.addresses import area
from klantwaarde_xl.cli.demo import INPUTS
from klantwaarde_xl.data.reading.files import read_transactions, transactions_from_cells
from klantwaarde_xl.errors import SpecError
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.build import empty_workbook
from klantwaarde_xl.workbook.content import blocks_of, needs
from klantwaarde_xl.workbook.layout import Layout, layout_of
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.workbook.templates import template, templates
from klantwaarde_xl.xlsx.package import Package
from tests.books import Looked, package_of, shipped
from tests.conftest import NOW
from tests.data.test_forecasts import TINY

WITH_DATA = [one for one in templates().values() if needs(one)]


def hidden(package):
    """The names of the hidden charts."""
    with zipfile.ZipFile(io.BytesIO(package.to_bytes())) as archive:
        drawings = [
            archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/drawings/drawing")
        ]
    return {name for text in drawings for name in re.findall(r'name="([^"]*)"[^>]* hidden="1"', text)}


def waiting_for(name, *figures):
    """The charts of a template that wait for these figures; all of them for none."""
    charts = layout_of(template(name)).charts
    return {
        chart for chart, cells in charts.items() if not figures or cells[0].removeprefix("kw_") in figures
    }


def tiny(which="nobody bought twice"):
    return transactions_from_cells(("klant", "datum", "bedrag"), TINY[which], source="proef")


def fixed_price(path):
    """A shop where everything has one price: purchases can be foretold, what is spent does not differ."""
    read = read_transactions(path)
    rows = [(name, day, 25.0) for name, day, _ in read.rows()]
    return transactions_from_cells(("klant", "datum", "bedrag"), rows, source="proef")


ALL = waiting_for("prognose")
# An earlier forecast with an outcome, which a new workbook has not, and a season, which these shops have not
LATER = waiting_for("prognose", "vorige_tot", "seizoen_top")


@pytest.mark.slow
@pytest.mark.parametrize("which", TINY)
def test_a_forecast_that_fails_hides_its_charts(which):
    assert hidden(package_of("prognose", tiny(which), now=NOW)) == ALL


def test_a_forecast_that_works_hides_only_what_waits_for_its_outcome(forecast_bytes):
    assert hidden(Package.from_bytes(forecast_bytes)) == LATER


@pytest.mark.slow
def test_a_refresh_hides_charts_and_shows_them_again(forecast_book, shop_csv):
    refresh_file(forecast_book, now=NOW, tables=tiny(), backup=False)
    assert hidden(Package.open(forecast_book)) == ALL
    refresh_file(forecast_book, now=NOW, backup=False)
    assert hidden(Package.open(forecast_book)) == ALL
    refresh_file(forecast_book, now=NOW, tables=read_transactions(shop_csv), backup=False)
    assert hidden(Package.open(forecast_book)) == LATER


@pytest.mark.slow
def test_everything_is_shown_when_only_spending_has_no_model(larger_csv):
    package = package_of("prognose", fixed_price(larger_csv), now=NOW)
    names = package.read_names("kw_")
    assert names["kw_actief"] > 0
    assert "evenveel" in names["kw_opmerking"]
    assert hidden(package) == LATER


@pytest.mark.slow
def test_a_chart_that_the_user_hid_stays_hidden(forecast_book):
    package = Package.open(forecast_book)
    chosen = sorted(ALL - LATER)[0]
    package.edit(charts={chosen: False})
    package.save(forecast_book, backup=False)
    refresh_file(forecast_book, now=NOW, backup=False)
    assert hidden(Package.open(forecast_book)) == {chosen} | LATER


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl.*")
@pytest.mark.parametrize("one", WITH_DATA, ids=lambda one: one.id)
def test_cells_of_what_is_not_known_are_white_on_white_by_the_figures_own_cell(one):
    layout = layout_of(one)
    book = openpyxl.load_workbook(io.BytesIO(shipped(one.id).to_bytes()))
    assert layout.waiting
    for waiting in layout.waiting:
        rules = [
            rule
            for where, rules in book[waiting.sheet].conditional_formatting._cf_rules.items()
            if (held := area(str(where.sqref).split()[0])).bottom >= waiting.cells.bottom
            and held._replace(bottom=waiting.cells.bottom) == waiting.cells  # it grows with a table in it
            for rule in rules
        ]
        (rule,) = [rule for rule in rules if rule.formula == [f'{waiting.cell}=""']]
        assert rule.dxf.font.color.rgb == rule.dxf.fill.bgColor.rgb == "FFFFFFFF"


@pytest.mark.slow
@pytest.mark.parametrize("one", WITH_DATA, ids=lambda one: one.id)
def test_a_workbook_without_data_hides_what_waits_for_them_and_raises_no_alarm(one):
    package = empty_workbook(one, now=NOW, inputs=INPUTS).package
    assert hidden(package) == waiting_for(one.id)
    looked = Looked(one.id, package.shown())
    assert set(looked.checks().values()) == {"nog niet te beoordelen"}
    assert looked["kc_meldingen"] in (None, "")
    banners = {v for cells in looked.shown.values() for v in cells.values() if str(v).startswith("Controle:")}
    assert banners == {"Controle: nog niet ververst"}
    said = [v for cells in looked.shown.values() for v in cells.values() if str(v).startswith("Nog niets")]
    assert len(said) == 1
    assert "let op" not in {v for cells in looked.shown.values() for v in cells.values()}


@pytest.mark.parametrize("one", WITH_DATA, ids=lambda one: one.id)
def test_every_chart_of_results_says_what_it_waits_for(one):
    assert [block.alt for block in blocks_of(one) if isinstance(block, b.Chart) and not block.figure] == []


@pytest.mark.parametrize("block", [b.WhenKnown("waarde", (b.Text(("tekst",)),)), "chart"])
def test_what_waits_waits_for_a_figure_that_the_workbook_shows(block):
    if block == "chart":
        block = b.Chart("Titel", "line", "deel.x", (), "aantal", "", figure="waarde")
    sheet = b.Sheet("Blad", "Blad", "", (block,), (20,))
    with pytest.raises(SpecError, match="kw_waarde"):
        Layout(b.Template("proef", 1, "Proef", "", (sheet,)))


# ── a young shop ────────────────────────────────────────────────────────────────────────────


def chart_xml(package, number):
    with zipfile.ZipFile(io.BytesIO(package.to_bytes())) as archive:
        return next(
            archive.read(name).decode()
            for name in archive.namelist()
            if re.match(r"xl/charts/chart\d", name) and number in archive.read(name).decode()
        )


@pytest.mark.slow
def test_the_retention_of_a_young_shop_is_a_sentence_not_an_empty_frame():
    rows = [[f"K{n}", month, 20.0] for n in range(9) for month in ("2026-03-05", "2026-05-06", "2026-06-30")]
    young = transactions_from_cells(("klant", "datum", "bedrag"), rows, source="proef")
    package = package_of("dashboard", young, now=NOW)
    looked = Looked("dashboard", package.shown())
    sentences = [v for v in looked.shown["Dashboard"].values() if "heel jaar" in str(v)]
    assert sentences == ["Nog geen maand waarvoor een heel jaar is te tellen: zie Retentie."]
    drawn = chart_xml(package, "elk half jaar")
    axis = drawn[drawn.index("<c:valAx>") :]
    assert '<c:delete val="1"/>' in axis
    assert "majorGridlines" not in axis


def test_the_retention_line_has_its_value_every_half_year_back_from_the_last_whole_month(shop_bytes):
    package = Package.from_bytes(shop_bytes)
    looked = Looked("dashboard", package.shown())
    every, marked = (looked.column("maanden", name) for name in ("retentie per jaar", "elk half jaar"))
    months = looked.column("maanden", "maand")
    numbers = [at for at, value in enumerate(marked) if isinstance(value, float)]
    assert numbers
    assert [marked[at] for at in numbers] == [every[at] for at in numbers]
    last = max(at for at, value in enumerate(every) if isinstance(value, float))
    assert max(numbers) == last
    assert {(last - at) % 6 for at in numbers} == {0}
    assert months[last] == package.read_names("kw_")["kw_laatste_maand"]


@pytest.mark.slow
@pytest.mark.parametrize("customers", [1, 4])
def test_a_shop_of_fewer_than_five_customers_has_no_segments_and_no_noughts(customers):
    rows = [[f"K{n}", day, 20.0] for n in range(customers) for day in ("2026-03-05", "2026-05-06")]
    few = transactions_from_cells(("klant", "datum", "bedrag"), rows, source="proef")
    package = package_of("dashboard", few, now=NOW)
    table = package.read_table("tblSegmenten")
    assert {value for row in table.rows for value in row[1:-1]} == {None}
    assert hidden(package) == waiting_for(
        "dashboard", "gescoord", "retentie_maanden", "pareto_klanten", "brug_kopers"
    )


@pytest.mark.slow
def test_a_shop_in_its_first_month_shows_that_and_nothing_else():
    rows = [[f"K{n}", f"2026-11-{day:02}", 20.0] for n in range(9) for day in (3, 9)]
    first = transactions_from_cells(("klant", "datum", "bedrag"), rows, source="proef")
    package = package_of("dashboard", first, now=NOW)
    assert hidden(package) == waiting_for("dashboard", "laatste_maand", "retentie_maanden", "brug_kopers")
    said = [
        v for v in Looked("dashboard", package.shown()).shown["Dashboard"].values() if "hele maand" in str(v)
    ]
    assert "Nog geen hele maand." in said
