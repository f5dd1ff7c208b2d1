"""A workbook with large tables is, part by part, what it would be if each cell were written by itself."""

import datetime as dt
import shutil
from dataclasses import replace

import pytest

from klantwaarde_xl.cli.demo import INPUTS
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from klantwaarde_xl.plan import closed, written
from klantwaarde_xl.workbook.build import build_workbook
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.xlsx import held
from klantwaarde_xl.xlsx.large_sheets import streamed_table
from klantwaarde_xl.xlsx.sql_rows import SqlRows
from tests.workbook.rich import edited, unpack

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

    class Told(list):
        def __iter__(self):
            asked.append(self.name)
            return iter(self.rows)

        def __len__(self):
            return len(self.rows)

    def told(structure, name):
        table = streamed_table(structure, name)
        rows = Told()
        rows.name, rows.rows = name, table.rows
        return replace(table, rows=rows)

    monkeypatch.setattr(closed, "streamed_table", told)
    again = read_transactions(shop, today=NOW.date())
    refresh_file(path, now=NOW, tables=again, backup=False)
    inputs = ["tblDoelen", "tblKlantgegevens", "tblKosten"]
    results = ["tblBeste", "tblJaar", "tblKpi", "tblPareto", "tblRetentie", "tblRfm", "tblSegmenten"]
    # The journal goes on, and like all of ours is held against what was written: somebody may have typed there
    known = sorted([*inputs, *results, "tblJournaal", "tblJournaal", "tblKwaliteit", "tblTransacties"])
    assert sorted(asked) == [*known, "tblTransacties"]  # also against the new ones, to tell what changed
    monkeypatch.setattr("klantwaarde_xl.workbook.refresh.MOST_COMPARED", 100)
    asked.clear()
    refresh_file(path, now=NOW, tables=again, backup=False)
    assert sorted(asked) == known
    asked.clear()
    refresh_file(path, now=NOW, backup=False)
    # Where rows stay, so does what is said of them
    assert sorted(asked) == sorted([*known, *["tblKwaliteit"] * 2])
    monkeypatch.setattr(written, "MOST_ROWS", 100)
    refresh_file(path, now=NOW, tables=again, backup=False)
    asked.clear()
    refresh_file(path, now=NOW, tables=again, backup=False)
    assert "tblTransacties" not in asked
