"""Older workbooks whose user renamed or removed sheets of the template, or wrote beside each of its rows."""

import datetime as dt
import re
from pathlib import Path

import openpyxl
import pytest

from klantwaarde_xl.workbook.upgrading.upgrade import upgrade_file, upgrade_package
from klantwaarde_xl.workbook.upgrading.words import about
from klantwaarde_xl.xlsx.package import Package
from tests.workbook.rich import pack, unpack

OLDER = Path(__file__).with_name("older")
NOW = dt.datetime(2027, 1, 15, 8, 0)
pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported")


def renamed(data, names):
    """As Excel renames sheets: formulas, names and charts go along."""
    parts = unpack(data)
    for old, new in names.items():
        book = parts["xl/workbook.xml"]
        parts["xl/workbook.xml"] = re.sub(
            rf'(<sheet [^>]*name=)"{old}"'.encode(), rf'\1"{new}"'.encode(), book
        )
        for part, text in parts.items():
            if part.endswith(".xml"):
                parts[part] = re.sub(rf"(?<![\w'])'?{old}'?!".encode(), f"'{new}'!".encode(), text)
    return pack(parts)


@pytest.mark.parametrize("name", ["dashboard-1", "prognose-1"])
def test_sheets_that_were_renamed_have_nothing_of_the_user_s_and_the_report_says_what_they_are_called(name):
    data = (OLDER / f"{name}.xlsx").read_bytes()
    package = Package.from_bytes(renamed(data, {"Gegevens": "Mijn data", "Start": "Begin"}))
    done = upgrade_package(package, now=NOW)
    assert done.done.left == []
    assert {"Gegevens", "Start"} <= set(package.sheet_names())
    said = "\n".join(about(done))
    assert "het blad Mijn data heet nu Gegevens." in said
    assert "het blad Begin heet nu Start." in said


@pytest.mark.slow
def test_a_sheet_of_results_that_was_removed_comes_back(tmp_path):
    path = tmp_path / "boek.xlsx"
    book = openpyxl.load_workbook(OLDER / "prognose-1.xlsx")
    del book["Verloop"]
    book.save(path)
    done = upgrade_file(path, now=NOW)
    assert "Verloop" in done.added
    assert Package.open(path).read_table("tblVerloop").rows
    assert upgrade_file(path, now=NOW) is None


@pytest.mark.slow
def test_remarks_beside_every_row_make_no_sheet_of_the_user_s_of_a_renamed_one(tmp_path):
    path = tmp_path / "boek.xlsx"
    book = openpyxl.load_workbook(OLDER / "prognose-1.xlsx")
    sheet = book["Klanten"]
    first, last = re.findall(r"\d+", sheet.tables["tblPrognose"].ref)
    far = sheet.max_column + 5
    for row in range(int(first) + 1, int(last) + 1):
        sheet.cell(row, far, f"gebeld over {row}")
    book.save(path)
    path.write_bytes(renamed(path.read_bytes(), {"Klanten": "Onze klanten"}))
    done = upgrade_file(path, now=NOW)
    assert done.named == {"Onze klanten": "Klanten"}
    assert any("gebeld over" in one.text for one in done.done.left)
