"""A new workbook that is empty, or an example: ready to type in, filled, and refused beside data."""

import openpyxl
import pytest

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.data.tables import tables as input_tables
from klantwaarde_xl.workbook.content import begun_rows, needs
from klantwaarde_xl.workbook.templates import templates
from klantwaarde_xl.xlsx.package import Package

FILLED = [name for name, template in templates().items() if template.refreshes]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("name", FILLED)
def test_an_empty_one_has_no_row_to_clear(here, name, capsys):
    assert main(["nieuw", name, "--leeg", "--uit", "x.xlsx"]) == 0
    assert "vul Instellingen in" in capsys.readouterr().out
    package = Package.open(here / "x.xlsx")
    tables = {table: package.read_table(table).rows for table in package.table_names()}
    begun = {input_tables()[table].sheet_table for table in begun_rows(templates()[name])}
    assert all(
        not any(cell for row in rows for cell in row) for table, rows in tables.items() if table not in begun
    )
    goals = [row[2] for table in begun for row in tables[table]]
    assert set(goals) <= {None}  # what begins is there to complete
    assert not needs(templates()[name]) or tables


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl drops what it does not know
def test_what_is_typed_into_an_empty_one_is_refreshed(here, capsys):
    main(["nieuw", "dashboard", "--leeg", "--uit", "x.xlsx"])
    book = openpyxl.load_workbook("x.xlsx")
    sheet = book["Gegevens"]
    (table,) = sheet.tables.values()
    top = openpyxl.utils.cell.range_boundaries(table.ref)
    rows = [(f"K{n % 4}", f"{1 + n}-3-2025", 10 + n) for n in range(12)]
    for at, row in enumerate(rows, top[1] + 1):
        for place, value in enumerate(row):
            sheet.cell(at, top[0] + place, value)
    book.save("x.xlsx")
    assert main(["ververs", "x.xlsx"]) == 0, capsys.readouterr().err
    assert len(Package.open(here / "x.xlsx").read_table("tblRfm").rows) == 4


@pytest.mark.slow
def test_an_example_is_filled_and_in_order_and_a_setting_goes_before_it(here):
    """The others are looked at where every workbook that we make is: tests/workbook/test_made.py."""
    assert main(["nieuw", "dashboard", "--voorbeeld", "--marge", "0,5", "--uit", "x.xlsx"]) == 0
    package = Package.open(here / "x.xlsx")
    assert package.read_names("kw_")["kw_marge"] == 0.5
    assert package.shown()["Controle"]
    assert "let op" not in package.shown()["Controle"].values()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--leeg", "--voorbeeld"], "leeg of een voorbeeld"),
        (["--leeg", "--gegevens", "a.csv"], "geen eigen gegevens"),
        (["--voorbeeld", "--btw", "excl"], "--btw niets"),
    ],
    ids=str,
)
def test_what_does_not_go_together_is_refused(here, words, said, capsys):
    assert main(["nieuw", "dashboard", *words]) == 2
    assert said in capsys.readouterr().err
    assert list(here.iterdir()) == []


def test_without_data_both_ways_are_named(here, capsys):
    assert main(["nieuw", "dashboard"]) == 2
    assert "--leeg" in (said := capsys.readouterr().err)
    assert "--voorbeeld" in said
