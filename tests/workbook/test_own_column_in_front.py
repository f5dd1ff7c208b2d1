"""A column of the user's before all of ours, in every table: what we read is found by its header, never by its place."""

import datetime as dt
import warnings

import openpyxl
import pytest
from openpyxl.worksheet.table import TableColumn

from klantwaarde_xl.addresses import area
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.data.results import results
from klantwaarde_xl.data.results.quality import QUALITY
from klantwaarde_xl.data.tables import tables as input_tables
from klantwaarde_xl.plan.closed import read_contents
from klantwaarde_xl.workbook.build import build_workbook
from klantwaarde_xl.workbook.currency import with_kept_currency
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.xlsx.package import Package

NOW = dt.datetime(2026, 5, 1, 8, 0)
ORDERS = {("A", "1-2-2026"): 10, ("B", "3-2-2026"): 20, ("C", "5-3-2025"): 30, ("C", "6-3-2026"): 40}
KEYS = {one.table: one.key for one in results().values()}
KEYS |= {one.sheet_table: one.headers for one in input_tables().values()}


def export(folder, orders, currency=""):
    path = folder / f"orders{len(orders)}{currency}.csv"
    head = "klant;datum;bedrag" + (";valuta" if currency else "")
    lines = [
        f"{who};{day};{cents}" + (f";{currency}" if currency else "") for (who, day), cents in orders.items()
    ]
    path.write_text("\n".join([head, *lines]), encoding="utf-8")
    return path


def made(folder, orders, **how):
    path = folder / "boek.xlsx"
    read = read_transactions(export(folder, orders, **how))
    build_workbook(template("rfm-segmenten"), read, now=NOW).package.save(path, backup=False)
    return path


def is_free(sheet, place):
    """Whether nothing stands in the column right of a table, nor right of that."""
    beside = place._replace(left=place.right + 1, right=place.right + 2)
    others = [area(one.ref) for one in sheet.tables.values()] + [area(str(one)) for one in sheet.merged_cells]
    return not any(
        one.left <= beside.right
        and one.right >= beside.left
        and one.top <= beside.bottom
        and one.bottom >= beside.top
        for one in others
        if one != place
    ) and all(
        sheet.cell(row, column).value is None
        for row in range(beside.top, beside.bottom + 1)
        for column in (beside.left, beside.right)
    )


def give(path):
    """Put a column of our own before those of every table that has room; what stands in it, by table and key."""
    given = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for table in sheet.tables.values():
            place = area(table.ref)
            if not is_free(sheet, place):
                continue
            for row in range(place.top, place.bottom + 1):
                for column in range(place.right, place.left - 1, -1):
                    sheet.cell(row, column + 1).value = sheet.cell(row, column).value
                sheet.cell(row, place.left).value = (
                    "eigen" if row == place.top else f"{table.displayName} {row}"
                )
            table.ref = place._replace(right=place.right + 1).address
            if table.autoFilter:
                table.autoFilter.ref = table.ref
            table.tableColumns.insert(0, TableColumn(id=99, name="eigen"))
            given[table.displayName] = by_key(sheet, table)
    book.save(path)
    return given


def by_key(sheet, table):
    place = area(table.ref)
    heads = [sheet.cell(place.top, column).value for column in range(place.left, place.right + 1)]
    at = [place.left + heads.index(name) for name in KEYS[table.displayName]]
    own = place.left + heads.index("eigen")
    return {
        tuple(sheet.cell(row, column).value for column in at): sheet.cell(row, own).value
        for row in range(place.top + 1, place.bottom + 1)
    }


def found(path):
    book = openpyxl.load_workbook(path)
    tables = {one.displayName: (sheet, one) for sheet in book.worksheets for one in sheet.tables.values()}
    return {
        name: by_key(sheet, table) for name, (sheet, table) in tables.items() if "eigen" in table.column_names
    }


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_every_table_may_have_one_and_each_value_stays_with_what_it_was_given_to(tmp_path):
    path = made(tmp_path, ORDERS)
    given = give(path)
    assert given.keys() >= {"tblTransacties", "tblRfm", QUALITY.table, "tblActieboek"}
    done = refresh_file(path, now=NOW + dt.timedelta(days=1), backup=False)
    after = found(path)
    lost = {one.value for one in done.report.lost}
    for name, rows in given.items():
        empty = (None,) * len(KEYS[name])  # the row of a table that has none
        if rows.get(empty) in lost:
            del rows[empty]
        assert rows.items() <= after[name].items(), name
    told = Package.open(path).read_table(QUALITY.table)
    assert {row[1] for row in told.rows} == {"gelezen", "in orde"}

    more = {("0-nieuw", "1-4-2026"): 5, **ORDERS, ("B2", "2-4-2026"): 6}
    del more["A", "1-2-2026"]
    done = refresh_file(
        path, now=NOW + dt.timedelta(days=2), backup=False, tables=read_transactions(export(tmp_path, more))
    )
    after = found(path)
    kept = {lost.value for lost in done.report.lost}
    for name, rows in given.items():
        for key, value in rows.items():
            assert after[name].get(key) == (None if value in kept else value), (name, key)
    assert after["tblRfm"]["C",] == given["tblRfm"]["C",]
    assert given["tblRfm"]["A",] in kept


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_the_currency_that_rows_were_in_is_found_behind_it(tmp_path):
    path = made(tmp_path, ORDERS, currency="USD")
    give(path)
    contents = read_contents(Package.open(path), QUALITY.table)
    own = read_transactions(export(tmp_path, ORDERS))
    assert own.quality.currency == "EUR"
    assert with_kept_currency(own, contents).quality.currency == "USD"


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_note_beside_one_remark_does_not_go_to_another_when_that_one_is_gone(tmp_path):
    path = made(tmp_path, ORDERS)
    given = give(path)[QUALITY.table]
    total = next(key for key in given if "omzet" in str(key[-1]))
    more = {**ORDERS, ("D", "8-3-2026"): 1}
    done = refresh_file(
        path, now=NOW + dt.timedelta(days=1), backup=False, tables=read_transactions(export(tmp_path, more))
    )
    assert given[total] not in found(path)[QUALITY.table].values()
    lost = next(one for one in done.report.lost if one.value == given[total])
    assert "omzet" in lost.belongs_to
    assert ", rij ," not in lost.belongs_to


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_formula_typed_over_a_figure_is_kept_as_text_with_its_customer(tmp_path):
    path = made(tmp_path, ORDERS)
    book = openpyxl.load_workbook(path)
    sheet = next(one for one in book if "tblRfm" in one.tables)
    place = area(sheet.tables["tblRfm"].ref)
    row = next(at for at in range(place.top, place.bottom + 1) if sheet.cell(at, place.left).value == "B")
    sheet.cell(row, place.left + 4).value = "=1000*7"
    book.save(path)
    told = refresh_file(path, now=NOW, backup=False, write=False).report.over
    done = refresh_file(path, now=NOW, backup=False)
    assert done.report.over == told
    assert [(one.belongs_to, one.column, one.value) for one in told] == [("klant B", "omzet", "=1000*7")]
    book = openpyxl.load_workbook(path)
    assert book["RFM"].cell(row, place.left + 4).value == 20
    kept = [cell for line in book["Vervallen rijen"].iter_rows(min_row=2) for cell in line]
    assert [(one.value, one.data_type) for one in kept if "1000" in str(one.value)] == [("=1000*7", "s")]
    assert refresh_file(path, now=NOW, backup=False).report.over == ()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_formula_that_shows_a_customer_by_its_address_is_told_when_another_stands_there(tmp_path):
    path = made(tmp_path, ORDERS)
    book = openpyxl.load_workbook(path)
    place = next(area(one.tables["tblRfm"].ref) for one in book if "tblRfm" in one.tables)
    mine = book.create_sheet("Mijn")
    mine["A1"] = f"=RFM!F{place.top + 2}"  # of B
    mine["A2"] = "=SUM(tblRfm[omzet])"
    book.save(path)
    assert refresh_file(path, now=NOW, backup=False).report.pointed == ()
    more = {**ORDERS, ("A2", "1-4-2026"): 5}
    done = refresh_file(path, now=NOW, backup=False, tables=read_transactions(export(tmp_path, more)))
    where = f"Mijn!A1, die wijst naar RFM!F{place.top + 2}"
    assert [str(one) for one in done.report.pointed] == [f"{where}: was klant B, is nu klant A2"]
    assert done.report.moved == 0  # nothing was put beside them
