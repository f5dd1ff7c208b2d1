"""What a page shows of what is not known: no bare axes, no heads without rows, no false alarm."""

import io
import re
import zipfile

import pytest

from klantwaarde_xl.cli.demo import INPUTS
from klantwaarde_xl.data.reading.files import read_transactions, transactions_from_cells
from klantwaarde_xl.errors import SpecError
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.build import empty_workbook
from klantwaarde_xl.workbook.content import needs, sheets_of
from klantwaarde_xl.workbook.layout import Layout, layout_of
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.workbook.templates import template, templates
from klantwaarde_xl.xlsx.package import Package
from tests.books import Looked, package_of
from tests.conftest import NOW
from tests.data.test_forecasts import TINY

WITH_DATA = [one for one in templates().values() if needs(one)]


def hidden(package):
    """The hidden rows of each sheet."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(package.to_bytes())) as archive:
        for number, name in enumerate(package.sheet_names(), 1):
            sheet = archive.read(f"xl/worksheets/sheet{number}.xml")
            rows = {int(row) for row in re.findall(rb'<row r="(\d+)"[^>]*hidden="1"', sheet)}
            if rows:
                found[name] = rows
    return found


def rows_of(name, *bands):
    """The rows of bands of a template, by sheet."""
    found = {}
    for band in (layout_of(template(name)).bands[f"kr_{one}"] for one in bands):
        found.setdefault(band.sheet, set()).update(range(band.top, band.bottom + 1))
    return found


def tiny(which="nobody bought twice"):
    return transactions_from_cells(("klant", "datum", "bedrag"), TINY[which], source="proef")


UNKNOWN = rows_of("prognose", "prognose", "verloop_grafiek", "verloop", "modeltoets")
ALL_WELL = rows_of("prognose", "verloop_bericht")


@pytest.mark.parametrize("which", TINY)
def test_a_forecast_that_fails_hides_its_charts_and_tables(which):
    assert hidden(package_of("prognose", tiny(which), now=NOW)) == UNKNOWN


def test_a_forecast_that_works_shows_all_but_its_message(forecast_bytes):
    assert hidden(Package.from_bytes(forecast_bytes)) == ALL_WELL


def test_a_refresh_hides_them_and_shows_them_again(forecast_book, larger_csv):
    refresh_file(forecast_book, now=NOW, tables=tiny(), backup=False)
    assert hidden(Package.open(forecast_book)) == UNKNOWN
    refresh_file(forecast_book, now=NOW, backup=False)
    assert hidden(Package.open(forecast_book)) == UNKNOWN
    refresh_file(forecast_book, now=NOW, tables=read_transactions(larger_csv), backup=False)
    assert hidden(Package.open(forecast_book)) == ALL_WELL


def test_rows_that_the_user_hid_stay_hidden_and_their_note_beside_a_chart_is_kept(forecast_book):
    package = Package.open(forecast_book)
    package.edit(rows={"kr_prognose": False})
    package.save(forecast_book, backup=False)
    refresh_file(forecast_book, now=NOW, backup=False)
    assert hidden(Package.open(forecast_book))["Prognose"] == UNKNOWN["Prognose"]


def test_charts_without_data_stand_in_hidden_rows_with_both_their_ends():
    with zipfile.ZipFile(io.BytesIO(package_of("prognose", tiny(), now=NOW).to_bytes())) as archive:
        drawings = sorted(name for name in archive.namelist() if re.match(r"xl/drawings/drawing\d", name))
        ends = [
            re.findall(rb"<xdr:row>(\d+)</xdr:row><xdr:rowOff>(\d+)", archive.read(name)) for name in drawings
        ]
        anchors = [archive.read(name).count(b'editAs="absolute"') for name in drawings]
    # A corner on the edge of a row is the end of the one above it, or the start of its own
    rows = [
        {int(row) + (int(off) > 0 or not at % 2) for at, (row, off) in enumerate(found)} for found in ends
    ]
    sheets = ["Model", "Verloop", "Prognose"]
    assert len(rows) == len(sheets)
    assert all(found <= UNKNOWN[sheet] for found, sheet in zip(rows, sheets, strict=True))
    assert set(anchors) == {0}  # they move and shrink with their rows


@pytest.mark.parametrize("one", WITH_DATA, ids=lambda one: one.id)
def test_a_workbook_without_data_hides_what_waits_for_them_and_raises_no_alarm(one):
    package = empty_workbook(one, now=NOW, inputs=INPUTS).package
    layout = layout_of(one)
    waiting = {}
    for band in layout.bands.values():
        waiting.setdefault(band.sheet, set()).update(range(band.top, band.bottom + 1))
    assert hidden(package) == waiting
    looked = Looked(one.id, package.shown())
    assert set(looked.checks().values()) == {"nog niet te beoordelen"}
    assert looked["kc_meldingen"] in (None, "")
    banners = {v for cells in looked.shown.values() for v in cells.values() if str(v).startswith("Controle:")}
    assert banners == {"Controle: nog niet ververst"}
    said = [v for cells in looked.shown.values() for v in cells.values() if str(v).startswith("Nog niets")]
    assert len(said) == 1
    assert "let op" not in {v for cells in looked.shown.values() for v in cells.values()}


def _bare(block, waits=False):
    """The charts that stay in sight without data, with nothing behind them."""
    if isinstance(block, b.Beside | b.Stack | b.WhenKnown):
        for one in block.blocks:
            yield from _bare(one, waits or isinstance(block, b.WhenKnown))
    elif isinstance(block, b.Chart) and not waits:
        yield block


@pytest.mark.parametrize("one", WITH_DATA, ids=lambda one: one.id)
def test_no_chart_of_results_stays_in_sight_without_data(one):
    assert [chart for sheet in sheets_of(one) for block in sheet.blocks for chart in _bare(block)] == []


def test_rows_wait_for_a_figure_that_the_workbook_shows():
    sheet = b.Sheet("Blad", "Blad", "", (b.WhenKnown("deel", "waarde", (b.Text(("tekst",)),)),), (20,))
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
