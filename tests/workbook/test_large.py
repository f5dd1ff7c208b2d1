"""A workbook with large tables is, part by part, what it would be if each cell were written by itself."""

import datetime as dt
import shutil

import pytest

from klantwaarde_xl.cli.demo import INPUTS
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from klantwaarde_xl.plan import closed
from klantwaarde_xl.workbook.build import build_workbook
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.xlsx import held
from klantwaarde_xl.xlsx.large_sheets import streamed_table
from klantwaarde_xl.xlsx.sql_rows import SqlRows
from tests.workbook.rich import edited, unpack

pytestmark = pytest.mark.own_engine
NOW = dt.datetime(2026, 11, 27, 9, 0)
ODD = ("Bol & Zn <b>", 'Ruimte  "in" \'t midden', "_x0041_", "😀", "één", "=1+1")


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    path = tmp_path_factory.mktemp("winkel") / "webshop.csv"
    odd = "".join(
        f'"{name.replace(chr(34), 2 * chr(34))}";{at + 1:02}-03-2026;{at},50\n' for at, name in enumerate(ODD)
    )
    path.write_text(sample_csv(sample_orders(250)) + odd, encoding="utf-8")
    return path


@pytest.fixture
def large(monkeypatch):
    """Turn small tables into large ones from here on."""
    return lambda: monkeypatch.setattr(held, "LARGE", 100)


def made(name, shop):
    return build_workbook(template(name), read_transactions(shop, today=NOW.date()), now=NOW, inputs=INPUTS)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["dashboard", "prognose"])
def test_a_new_workbook_is_the_same_in_every_part(name, shop, large):
    small = made(name, shop)
    large()
    written = made(name, shop)
    assert isinstance(written.plan.tables[0].rows, SqlRows)
    assert unpack(written.package.to_bytes()) == unpack(small.package.to_bytes())
    assert (written.report, written.plan.names) == (small.report, small.plan.names)


@pytest.mark.parametrize("calendar", ["", 'date1904="1" '])
def test_a_refreshed_workbook_is_the_same_in_every_part(calendar, shop, large, tmp_path):
    first = tmp_path / "klein.xlsx"
    made("dashboard", shop).save(first)
    first.write_bytes(
        edited(first.read_bytes(), "xl/workbook.xml", "<workbookPr ", f"<workbookPr {calendar}")
    )
    second = shutil.copy(first, tmp_path / "groot.xlsx")
    later = shop.read_text(encoding="utf-8") + "K10001;01-11-2026;3,25\n" * 150
    export = tmp_path / "later.csv"
    export.write_text(later, encoding="utf-8")
    for path in (first, second):
        refresh_file(path, now=NOW, tables=read_transactions(export, today=NOW.date()), backup=False)
        large()
    assert unpack(second.read_bytes()) == unpack(first.read_bytes())


@pytest.mark.slow
def test_a_refresh_from_a_file_reads_rows_that_it_replaces_only_where_they_are_few(
    shop, tmp_path, monkeypatch
):
    path = tmp_path / "winkel.xlsx"
    made("dashboard", shop).save(path)
    asked = []
    monkeypatch.setattr(
        closed,
        "streamed_table",
        lambda structure, name: asked.append(name) or streamed_table(structure, name),
    )
    again = read_transactions(shop, today=NOW.date())
    refresh_file(path, now=NOW, tables=again, backup=False)
    # Once to hold them against the new ones, and once against what was written: somebody may have typed there
    assert asked.count("tblTransacties") == 2
    asked.clear()
    monkeypatch.setattr("klantwaarde_xl.workbook.refresh.MOST_COMPARED", 100)
    refresh_file(path, now=NOW, tables=again, backup=False)
    assert asked.count("tblTransacties") == 1
    asked.clear()
    refresh_file(path, now=NOW, backup=False)
    assert asked.count("tblTransacties") == 1
