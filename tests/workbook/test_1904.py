"""A workbook that counts its days from 1904, as those of old Macs do: the same dates, other numbers."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.plan.closed import apply_plan
from klantwaarde_xl.plan.plan import NameWrite, Plan, TableWrite
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.xlsx.package import Package
from tests.conftest import NOW
from tests.workbook.rich import edited

DAYS = 1462
LATER = NOW + dt.timedelta(days=1)
DATES = {"maand", "laatste aankoop", "datum"}  # the headers of columns that hold days


@pytest.fixture(scope="module")
def made(shop_bytes, tmp_path_factory):
    """The same workbook twice, filled by one export; the second counts from 1904."""
    folder = tmp_path_factory.mktemp("kalenders")
    paths = folder / "ons.xlsx", folder / "mac.xlsx"
    paths[0].write_bytes(shop_bytes)
    paths[1].write_bytes(edited(shop_bytes, "xl/workbook.xml", "<workbookPr ", '<workbookPr date1904="1" '))
    export = folder / "export.csv"
    lines = [
        f"N{i};{day}-{month}-{year};{i},25"
        for i in range(1, 12)
        for year in (2024, 2025)
        for month, day in ((1 + i % 3, 2 * i), (5 + i % 4, i))
    ]
    export.write_text("klant;datum;bedrag\n" + "\n".join(lines) + "\n", encoding="utf-8")
    for path in paths:
        refresh_file(path, now=NOW, tables=read_transactions(export), backup=False)
    return paths


@pytest.fixture
def twins(made, tmp_path):
    """A fresh copy of both, for a test to change."""
    return tuple(Path(shutil.copy(path, tmp_path)) for path in made)


def in_our_days(package, name):
    """The rows of a table, with its dates as our calendar counts them."""
    table = package.read_table(name)
    days = {i for i, header in enumerate(table.headers) if header in DATES}
    behind = package.days_behind
    return [
        [v + behind if i in days and v is not None else v for i, v in enumerate(row)] for row in table.rows
    ]


@pytest.mark.slow
def test_the_dates_of_a_named_file_are_written_in_the_workbooks_own_calendar(twins):
    ours, mac = (Package.open(path) for path in twins)
    assert (ours.days_behind, mac.days_behind) == (0, DAYS)
    first = date_to_serial(dt.date(2024, 1, 6))
    assert min(row[1] for row in ours.read_table("tblTransacties").rows) == first
    assert min(row[1] for row in mac.read_table("tblTransacties").rows) == first - DAYS
    assert mac.read_names("kw_")["kw_periode_van"] == first - DAYS


@pytest.mark.slow
@pytest.mark.parametrize("as_of", [None, dt.date(2025, 3, 31)])
def test_a_workbook_from_1904_is_refreshed_to_the_figures_of_its_twin(twins, as_of):
    for path in twins:
        package = Package.open(path)
        apply_plan(package, Plan(names=(NameWrite("kw_peildatum", as_of),)))
        package.save(path, backup=False)
        refresh_file(path, now=LATER, backup=False)
    ours, mac = (Package.open(path) for path in twins)
    journals = [package.read_table("tblJournaal").rows[0] for package in (ours, mac)]
    assert journals[1][0] + DAYS == pytest.approx(journals[0][0])
    assert journals[1][1:] == journals[0][1:]
    for name in set(ours.table_names()) - {"tblJournaal"}:  # which began before the calendar was changed
        assert in_our_days(mac, name) == in_our_days(ours, name), name
    wanted, found = ours.read_names("kw_"), mac.read_names("kw_")
    for name in ("kw_peildag", "kw_periode_van", "kw_periode_tot", "kw_ververst"):
        assert found[name] + DAYS == pytest.approx(wanted[name])
    if as_of is not None:
        assert wanted["kw_peildag"] == date_to_serial(as_of)


def test_notes_beside_a_month_stay_with_their_month_in_a_workbook_from_1904(twins):
    """The month is the key, and stands there as a day number."""
    _, mac = twins
    package = Package.open(mac)
    kpi = package.read_table("tblKpi")
    columns = tuple(header for header in kpi.headers if header != "netto omzet")
    assert kpi.headers[3] == "netto omzet"
    kept = [[value for i, value in enumerate(row) if i != 3] for row in kpi.rows]
    months = [dt.date(1904, 1, 1) + dt.timedelta(days=row[0]) for row in kept]
    rows = [(month, *row[1:]) for month, row in zip(months, kept, strict=True)]
    report = apply_plan(package, Plan((TableWrite("tblKpi", columns, rows[::-1], ("maand",)),)))
    assert report.lost == ()
    assert [row[3] for row in package.read_table("tblKpi").rows] == [row[3] for row in kpi.rows][::-1]


def test_formulas_in_a_workbook_from_1904_show_nothing_rather_than_dates_of_another_calendar(twins):
    _, mac = twins
    assert {value for cells in Package.open(mac).shown().values() for value in cells.values()} == {None}


def test_what_is_lost_beside_a_month_is_told_with_the_month_itself(twins):
    _, mac = twins
    package = Package.open(mac)
    report = apply_plan(
        package, Plan((TableWrite("tblKpi", ("maand",), [(dt.date(2030, 1, 1),)], ("maand",)),))
    )
    assert report.lost[0].belongs_to == "maand 01-01-2024"
