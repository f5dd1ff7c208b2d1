"""Workbooks of programs that write formulas and do not compute them."""

import datetime as dt
import re
import zipfile

import pytest
import xlsxwriter

from klantwaarde_xl.errors import FileUnreadable
from tests.data.exported import figures, read

DAY = dt.date(2024, 3, 5)


def book(path, outcomes, column="Bedrag"):
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("Verkoop")
        sheet.write_row(0, 0, ["Klantnr", "Datum", "Aantal", "Stuk", column])
        for row, outcome in enumerate(outcomes, 1):
            sheet.write_row(row, 0, [f"K{row}"])
            sheet.write_datetime(row, 1, DAY, made.add_format({"num_format": "d-m-yyyy"}))
            sheet.write_row(row, 2, [2, 12.5])
            sheet.write_formula(row, 4, f"=C{row + 1}*D{row + 1}", value=outcome)
    return path


def emptied(path):
    """The workbook with no outcomes at all, as another library writes it."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = re.sub(rb"</f><v>[^<]*</v>", b"</f>", parts[name])
    with zipfile.ZipFile(path, "w") as new:
        for part, content in parts.items():
            new.writestr(part, content)
    return path


@pytest.mark.parametrize("make", [emptied, lambda path: path])
def test_formulas_without_their_outcome_say_to_save_the_workbook(tmp_path, make):
    path = make(book(tmp_path / "verkoop.xlsx", [0, 0, 0]))
    with pytest.raises(FileUnreadable) as refused:
        read(path)
    assert "blad Verkoop, cel E2" in refused.value.where
    assert "bewaar het daar" in refused.value.remedy


@pytest.mark.slow
def test_formulas_with_their_outcome_are_read(tmp_path):
    assert figures(read(book(tmp_path / "verkoop.xlsx", [25, 0, 37.5])))[1] == 62.5


@pytest.mark.slow
def test_formulas_without_an_outcome_in_a_column_that_is_not_read_are_no_trouble(tmp_path):
    path = emptied(book(tmp_path / "verkoop.xlsx", [0, 0], column="Marge %"))
    assert figures(read(path, {"bedrag": "Stuk"}))[1] == 25.0
