"""Error cells of a workbook: they are no blank ones, as in a CSV of the same table."""

import datetime as dt
import io

import openpyxl
import pytest

from klantwaarde_xl.data.reading.workbooks import error_cells
from klantwaarde_xl.errors import FileUnreadable, RowsRefused
from tests.data.exported import figures, read, said, write

__all__ = ["write"]

HEAD = ("Ordernummer", "Klant", "Datum", "Bedrag", "Status")
ROWS = (
    ("1", "A", "1-3-2025", 10.0, "betaald"), ("1", "A", "1-3-2025", 5.0, "betaald"),
    ("2", "B", "2-3-2025", 20.0, "betaald"), ("3", "C", "3-3-2025", 30.0, "betaald"),
)  # fmt: skip


def workbook(tmp_path, row, column, error, rows=ROWS):
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    for one in rows:
        book.active.append(one)
    book.active.cell(row, column).value = error
    book.save(tmp_path / "uit.xlsx")
    return tmp_path / "uit.xlsx"


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
@pytest.mark.parametrize("column", [3, 4])
def test_an_error_in_a_day_or_an_amount_is_refused_with_its_row(tmp_path, column, error):
    with pytest.raises(RowsRefused) as refused:
        read(workbook(tmp_path, 3, column, error))
    assert "rij 3" in str(refused.value)
    assert error in str(refused.value)


def test_an_error_in_a_status_is_a_word_that_nobody_knows(tmp_path):
    checked = read(workbook(tmp_path, 4, 5, "#N/A"))
    assert "#N/A (1" in said(checked, "status")
    assert figures(checked)[1] == 65.0


def test_an_error_in_a_column_that_is_not_read_changes_nothing(tmp_path):
    book = openpyxl.load_workbook(workbook(tmp_path, 2, 7, "#NAME?"))
    book.active.cell(1, 7).value = "Opmerking"
    book.save(tmp_path / "uit.xlsx")
    assert figures(read(tmp_path / "uit.xlsx"))[:2] == (3, 65.0)


def test_a_number_of_an_order_typed_as_text_and_as_a_number_is_one(tmp_path):
    rows = [(1001, "A", "1-3-2025", 30.0, "betaald"), ("1001", "A", "1-3-2025", 30.0, "betaald"),
            (1002, "B", "2-3-2025", 20.0, "betaald"), (1002, "B", "2-3-2025", 20.0, "betaald"),
            (1003, "C", "3-3-2025", 25.0, "betaald"), (1003, "C", "3-3-2025", 25.0, "betaald"),
            (1004, "C", "4-3-2025", 15.0, "betaald")]  # fmt: skip
    path = workbook(tmp_path, 1, 4, "Ordertotaal", rows)
    assert figures(read(path))[:2] == (4, 90.0)


def test_parquet_and_other_files_in_one_folder_are_refused_together(tmp_path):
    duckdb = pytest.importorskip("duckdb")
    (tmp_path / "jan.csv").write_text("Klant;Datum;Bedrag\nA;1-1-2025;10\n", encoding="utf-8")
    target = str(tmp_path / "feb.parquet")
    duckdb.sql("select 'B' as Klant, date '2025-02-01' as Datum, 20.0 as Bedrag").write_parquet(target)
    with pytest.raises(FileUnreadable, match="niet samen te lezen") as refused:
        read(tmp_path)
    assert "*.parquet" in refused.value.remedy
    assert figures(read(tmp_path / "*.parquet"))[1] == 20.0


@pytest.mark.parametrize("from_1904", [False, True])
def test_a_day_that_is_a_plain_number_is_counted_as_its_workbook_does(tmp_path, from_1904):
    book = openpyxl.Workbook()
    if from_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(HEAD)
    day = (dt.date(2024, 1, 3) - (dt.date(1904, 1, 1) if from_1904 else dt.date(1899, 12, 30))).days
    book.active.append(("1", "A", dt.date(2024, 1, 1), 10, "betaald"))
    book.active.append(("2", "B", day, 10, "betaald"))
    book.save(tmp_path / "uit.xlsx")
    found = dict(read(tmp_path / "uit.xlsx").quality.totals)
    assert (found["van"], found["tot"]) == (dt.date(2024, 1, 1), dt.date(2024, 1, 3))


@pytest.mark.parametrize("number", [20240103, 20240103.0])
def test_a_day_written_as_one_number_is_no_count_of_days_of_1904(tmp_path, number):
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(HEAD)
    book.active.append(("1", "A", number, 10, "betaald"))
    book.save(tmp_path / "uit.xlsx")
    assert dict(read(tmp_path / "uit.xlsx").quality.totals)["van"] == dt.date(2024, 1, 3)


def test_errors_are_found_at_any_place_of_a_sheet_and_only_in_their_own_cell(monkeypatch):
    monkeypatch.setattr(error_cells, "_CHUNK", 64)
    blank = b'<c r="A1" s="2"/>' * 40
    sheet = (
        blank
        + b'<c r="B2" t="e"/><c r="C2"><v>5</v></c><c s="1" r="D3" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        + blank
    )
    assert [*error_cells._errors(io.BytesIO(sheet))] == [(2, 3, "#DIV/0!")]
    assert [*error_cells._errors(io.BytesIO(b'<c r="A0" t="e"><v>#N/A</v></c>'))] == []
