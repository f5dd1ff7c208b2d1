"""Workbooks that earlier versions made: they refresh, and what their user added stays.

The files in `older/` are never made again: they are what stands on users' disks.
"""

import datetime as dt
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.errors import WorkbookChanged
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.workbook.upgrading.upgrade import upgrade_file
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.own_column import add_column

OLDER = Path(__file__).with_name("older")
NOW = dt.datetime(2027, 1, 15, 8, 0)
BOOKS = {
    "dashboard-1": "tblRfm",
    "dashboard-5": "tblRfm",
    "prognose-1": "tblPrognose",
    "prognose-7": "tblPrognose",
}


def copied(name, folder):
    return Path(shutil.copy(OLDER / f"{name}.xlsx", folder))


@pytest.fixture(params=BOOKS)
def older(request, tmp_path):
    """An older workbook in which the user keeps notes and a formula beside its customers, and its table."""
    path, table = copied(request.param, tmp_path), BOOKS[request.param]
    _, area, _ = Package.open(path).places()[table]
    first = area.top + 1
    formulas = {row: f"=LEN(B{first + row})" for row in (0, 4)}
    add_column(path, table, "mijn notitie", {1: "bellen!", 7: 12.5, **formulas})
    return path, table


def notes(path, table):
    """What stands in the user's column, by customer."""
    package = Package.open(path)
    read = package.read_own(table, range(len(package.read_table(table).headers) - 1), {0})
    formulas = next(iter(read.formulas.values()), [None] * len(read.rows))
    held = [(row[0], formula or row[-1]) for row, formula in zip(read.rows, formulas, strict=True)]
    return {customer: value for customer, value in held if value is not None}


def formulas_of(path):
    """All formulas of a workbook but those in a user's own column, which move."""
    return {
        sheet: {where: text for where, text in cells.items() if not text.startswith("LEN(")}
        for sheet, cells in Package.open(path).formulas().items()
    }


@pytest.mark.slow
def test_an_older_workbook_refreshes_and_keeps_notes_and_formulas(older):
    path, table = older
    before, own, formulas = Package.open(path), notes(path, table), formulas_of(path)
    done = refresh_file(path, now=NOW, backup=False)
    after = Package.open(path)
    assert done.report.lost == ()
    assert after.sheet_names() == before.sheet_names()
    assert [row[0] for row in after.read_table(table).rows] == [
        row[0] for row in before.read_table(table).rows
    ]
    assert {k: v for k, v in notes(path, table).items() if not str(v).startswith("=")} == {
        k: v for k, v in own.items() if not str(v).startswith("=")
    }
    assert notes(path, table).keys() == own.keys()
    assert formulas_of(path) == formulas


@pytest.mark.slow
def test_figures_of_an_older_workbook_are_those_of_its_own_data(older):
    path, table = older
    refresh_file(path, now=NOW, backup=False)
    package = Package.open(path)
    rows = package.read_table("tblTransacties").rows
    totals = defaultdict(float)
    for customer, _, amount in rows:
        totals[customer] += amount
    # who sent everything back has no place in a forecast
    customers = {customer for customer, total in totals.items() if table == "tblRfm" or total > 0.005}
    assert {row[0] for row in package.read_table(table).rows} == customers
    assert package.read_names("kw_")["kw_rijen_gebruikt"] == len(rows)


@pytest.mark.slow
def test_a_column_that_came_later_is_left_out_of_an_older_table_and_comes_with_the_upgrade(tmp_path):
    path = copied("dashboard-5", tmp_path)
    before = Package.open(path).read_table("tblJaar").headers
    done = refresh_file(path, now=NOW, backup=False)
    table = Package.open(path).read_table("tblJaar")
    assert tuple(table.headers) == tuple(before)
    assert "na retouren" not in before
    assert all(row[table.headers.index("kopers")] for row in table.rows)
    assert any("gaan daar de retouren niet af" in line for line in done.words())
    upgrade_file(path, now=NOW)
    table = Package.open(path).read_table("tblJaar")
    at = [table.headers.index(name) for name in ("omzet", "na retouren")]
    assert all(row[at[1]] <= row[at[0]] for row in table.rows)
    assert any(row[at[1]] < row[at[0]] for row in table.rows)


@pytest.mark.slow
def test_notes_follow_their_customer_when_an_older_workbook_gets_other_customers_before_them(tmp_path):
    path = copied("dashboard-1", tmp_path)
    add_column(path, "tblRfm", "mijn notitie", {3: "trouw", 90: "let op"})
    own = notes(path, "tblRfm")
    data = Package.open(path).read_table("tblTransacties").rows
    export = tmp_path / "export.csv"
    export.write_text(
        "klant;datum;bedrag\n" + "\n".join(lines(data, extra=("AAA1", "AAA2"))), encoding="utf-8"
    )
    refresh_file(path, now=NOW, tables=read_transactions(export), backup=False)
    assert notes(path, "tblRfm") == own


@pytest.mark.slow
def test_what_belonged_to_a_customer_who_is_gone_is_told_and_stands_on_a_sheet_of_its_own(tmp_path):
    path = copied("dashboard-1", tmp_path)
    add_column(path, "tblRfm", "mijn notitie", {3: "trouw", 90: "let op"})
    (gone, _), (stays, _) = sorted(notes(path, "tblRfm").items(), key=lambda item: item[1] != "trouw")
    data = [row for row in Package.open(path).read_table("tblTransacties").rows if row[0] != gone]
    export = tmp_path / "export.csv"
    export.write_text("klant;datum;bedrag\n" + "\n".join(lines(data)), encoding="utf-8")
    done = refresh_file(path, now=NOW, tables=read_transactions(export), backup=False)
    assert done.words()[-1] == f"  RFM-scores, klant {gone} (rij 23), kolom mijn notitie: trouw"
    assert notes(path, "tblRfm") == {stays: "let op"}
    assert Package.open(path).sheet_names()[-1] == "Vervallen rijen"


def lines(rows, extra=()):
    """Transactions as lines of an export, those of other customers before them."""
    for customer in extra:
        yield f"{customer};1-3-2026;19,95"
    for customer, day, amount in rows:
        date = dt.date(1899, 12, 30) + dt.timedelta(days=int(day))
        yield f"{customer};{date:%d-%m-%Y};{str(amount).replace('.', ',')}"


def test_the_older_function_sheet_is_refused_in_words_and_stays_as_it_was(tmp_path):
    path = copied("functies-1", tmp_path)
    before = path.read_bytes()
    with pytest.raises(WorkbookChanged, match="geen gegevens om te verversen"):
        refresh_file(path, now=NOW)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["nps-onderzoek-1", "nps-onderzoek-6"])
def test_an_older_survey_refreshes_without_the_parts_that_came_later(name, tmp_path):
    path = copied(name, tmp_path)
    before = Package.open(path).read_names("kw_enquete_")
    heads = {
        table: Package.open(path).read_table(table).headers for table in ("tblEnqueteMetingen", "tblBellen")
    }
    done = refresh_file(path, now=NOW, backup=False)
    package = Package.open(path)
    assert ("tblTransacties" in package.table_names()) == (name == "nps-onderzoek-6")
    assert {table: package.read_table(table).headers for table in heads} == heads
    assert not [one for one in package.read_names("kw_") if one.startswith(("kw_maat_", "kw_opnieuw_"))]
    assert package.read_names("kw_enquete_") == pytest.approx(before)
    assert not [one for one in done.words() if "Transacties" in one]


@pytest.mark.slow
def test_older_cohorts_refresh_without_the_day_that_came_later(tmp_path):
    path = copied("retentie-cohorten-3", tmp_path)
    before = Package.open(path).read_names("kw_")
    refresh_file(path, now=NOW, backup=False)
    after = Package.open(path).read_names("kw_")
    assert after.keys() == before.keys()
    assert after["kw_cohort_jaar"] == before["kw_cohort_jaar"]
