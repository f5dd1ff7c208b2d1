"""Rows and sheets that are hidden: whether they count is asked."""

import zipfile

import openpyxl
import pytest

from klantwaarde_xl.data.reading.workbooks import hidden_rows
from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed

ROWS = [
    ("Bos", "2025-04-01", 12.5),
    ("Vos", "2025-04-03", 20),
    ("Das", "2025-05-09", 7.25),
    ("Bos", "2025-06-01", 4),
]


def book(path, hide=(), *, level=0, rows=ROWS, title="Verkopen"):
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = title
    sheet.append(["Klant", "Datum", "Bedrag"])
    for row in rows:
        sheet.append(row)
    for number in hide:
        sheet.row_dimensions[number].hidden = True
        sheet.row_dimensions[number].outlineLevel = level
    made.save(path)
    return path


@pytest.mark.slow
def test_rows_that_a_filter_hid_are_asked_about_and_each_advice_works(tmp_path):
    path = book(tmp_path / "lijst.xlsx", [3, 5])
    with pytest.raises(Ambiguous, match="2 rijen zijn in het werkboek verborgen") as asked:
        read(path)
    assert asked.value.where.endswith("rij 3")
    assert '--zonder "Verborgen=ja"' in asked.value.remedy
    assert figures(typed(path, '--zonder "Verborgen=ja"'))[:2] == (2, 19.75)
    assert figures(typed(path, '--alleen "Verborgen=*"'))[:2] == (4, 43.75)


@pytest.mark.slow
def test_a_group_that_is_folded_up_has_nothing_to_ask(tmp_path):
    assert figures(read(book(tmp_path / "groep.xlsx", [2, 3], level=1)))[1] == 43.75


@pytest.mark.slow
def test_nothing_is_asked_where_all_rows_are_hidden_or_only_one_without_an_amount(tmp_path):
    assert figures(read(book(tmp_path / "alle.xlsx", [2, 3, 4, 5])))[1] == 43.75
    assert figures(read(book(tmp_path / "leeg.xlsx", [6], rows=[*ROWS, ("let op", None, None)])))[1] == 43.75


@pytest.mark.slow
def test_a_hidden_sheet_beside_others_of_its_shape_is_asked_about(tmp_path):
    path = book(tmp_path / "bladen.xlsx")
    made = openpyxl.load_workbook(path)
    south = made.copy_worksheet(made.active)
    south.title = "Winkel Zuid"
    for (cell,) in south["C2:C5"]:
        cell.value *= 2
    assert read_sum(made, path) == 131.25
    made["Winkel Zuid"].sheet_state = "hidden"
    with pytest.raises(Ambiguous, match=r"het verborgen Winkel Zuid \(4 rijen\)"):
        read_sum(made, path)
    assert figures(typed(path, '--blad "Verkopen" --blad "Winkel Zuid"'))[1] == 131.25
    assert figures(typed(path, '--blad "Verkopen"'))[1] == 43.75


def read_sum(made, path):
    made.save(path)
    return figures(read(path))[1]


@pytest.mark.parametrize("chunk", [7, 50, 1 << 20])
def test_hidden_rows_are_found_wherever_the_file_is_cut(tmp_path, monkeypatch, chunk):
    monkeypatch.setattr(hidden_rows, "_CHUNK", chunk)
    path = book(tmp_path / "lang.xlsx", [2, 4], rows=[("Bos", "2025-04-01", "x hidden='1' <row")] * 9)
    assert hidden_rows.hidden_rows(str(path), "Verkopen") == [1, 3]
    assert hidden_rows.hidden_rows(str(path), "Niet daar") == []


_ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>
<table:table table:name="Ander"><table:table-row table:visibility="filter"/></table:table>
<table:table table:name="Verkopen"><table:table-row table:number-rows-repeated="2"/>
<table:table-row table:visibility="filter" table:number-rows-repeated="2"/>
<table:table-row-group><table:table-row table:visibility="collapse"/></table:table-row-group>
<table:table-row/><table:table-row table:visibility="collapse"/></table:table>
</office:spreadsheet></office:body></office:document-content>"""


def test_hidden_rows_of_an_opendocument_are_those_of_its_sheet(tmp_path):
    path = tmp_path / "lijst.ods"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("content.xml", _ODS)
    assert hidden_rows.hidden_rows(str(path), "Verkopen") == [2, 3, 6]


def test_what_is_no_such_workbook_has_none(tmp_path):
    (tmp_path / "kapot.xlsx").write_bytes(b"PK\x03\x04 en niets meer")
    assert hidden_rows.hidden_rows(str(tmp_path / "kapot.xlsx"), "Blad1") == []
