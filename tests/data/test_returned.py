"""Columns that tell that something came back, and numbers of a workbook that stand for words."""

from __future__ import annotations

import datetime as dt

import pytest
import xlsxwriter

from klantwaarde_xl.cli.about_rows import _pattern
from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said

DAYS = [dt.datetime(2024, 1, day) for day in (3, 4, 5, 6)]


def text(tmp_path, header, cells, before=""):
    path = tmp_path / "uit.csv"
    rows = "".join(
        f"{at};{day:%d-%m-%Y};K{at % 2};{at + 10},50;{'4;' * bool(before)}{cell}\n"
        for at, (day, cell) in enumerate(zip(DAYS, cells, strict=True))
    )
    path.write_text(f"Ordernr;Datum;Klantnr;Totaal;{before}{header}\n{rows}", encoding="utf-8")
    return path


def workbook(tmp_path, header, cells):
    path = tmp_path / "uit.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "d-m-yyyy"})
        sheet.write_row(0, 0, ["Ordernr", "Datum", "Klantnr", "Totaal", header])
        for at, (when, cell) in enumerate(zip(DAYS, cells, strict=True)):
            sheet.write_row(at + 1, 0, [at, "", f"K{at % 2}", at + 10.5, cell])
            sheet.write_datetime(at + 1, 1, when, day)
    return path


@pytest.mark.parametrize(
    "header", ["Qty Refunded", "Returned quantity", "Aantal retour", "Retouraantal", "Geretourneerd aantal"]
)
def test_pieces_that_came_back_are_asked_about_under_any_header_of_them(tmp_path, header):
    with pytest.raises(Ambiguous, match="bij 1 rij hoeveel stuks"):
        read(text(tmp_path, header, ["0", "2", "0", "0"]))


@pytest.mark.slow
def test_pieces_that_came_back_can_be_taken_off_as_advised(tmp_path):
    path = text(tmp_path, "Aantal retour", ["0", "1.0000", "0", "0"], before="Aantal;")
    with pytest.raises(Ambiguous, match="hoeveel stuks") as asked:
        read(path)
    assert '--kolommen "geannuleerd=Aantal retour"' in asked.value.remedy
    off = read(path, columns={"geannuleerd": "Aantal retour", "aantal": "Aantal"})
    assert figures(off)[1] == pytest.approx(48.0 - 11.5 / 4, abs=0.01)


def test_pieces_of_which_none_came_back_are_no_question(tmp_path):
    assert figures(read(text(tmp_path, "Qty Refunded", ["0", "0.0000", "", "-"])))[1] == 48.0


@pytest.mark.slow
@pytest.mark.parametrize("header", ["Retourdatum", "Refunded at", "Returned on", "Datum terugbetaling"])
def test_a_day_on_which_something_came_back_is_asked_and_both_answers_work(tmp_path, header):
    path = text(tmp_path, header, ["", "20-02-2024", "", ""])
    with pytest.raises(Ambiguous, match="kwam iets terug") as asked:
        read(path)
    assert f'--zonder "{header}=*[1-9]*"' in asked.value.remedy
    assert figures(read(path, without=((header, "*[1-9]*"),)))[1] == 36.5
    assert f'--alleen "{header}=*"' in asked.value.remedy
    assert figures(read(path, only=((header, "*"),)))[1] == 48.0


def test_a_day_of_return_beside_a_status_that_says_so_is_no_question(tmp_path):
    path = text(
        tmp_path, "Status;Retourdatum", ["Betaald;", "Terugbetaald;20-02-2024", "Betaald;", "Betaald;"]
    )
    assert figures(read(path))[2] == 36.5


def test_rows_in_which_nothing_stands_can_be_all_that_count(tmp_path):
    header, values = _pattern("--alleen", "Retour=")
    path = text(tmp_path, "Retour", ["", "2", "", ""])
    assert figures(read(path, only=((header, values),)))[1] == 36.5


@pytest.mark.slow
def test_a_number_in_a_workbook_is_kept_or_left_out_as_it_is_typed(tmp_path):
    path = workbook(tmp_path, "Winkel", [101, 102, 101, 102.0])
    assert figures(read(path, only=(("Winkel", "101"),)))[1] == 23.0
    assert figures(read(path, without=(("Winkel", "101"),)))[1] == 25.0


@pytest.mark.slow
def test_one_and_nought_in_a_workbook_say_whether_it_was_paid(tmp_path):
    assert figures(read(workbook(tmp_path, "Betaald", [1, 0, 1, 1])))[1] == 36.5


@pytest.mark.slow
def test_one_and_nought_in_a_workbook_say_whether_it_was_paid_back(tmp_path):
    assert figures(read(workbook(tmp_path, "Terugbetaald", [0, 1, 0, 0])))[2] == 36.5


@pytest.mark.slow
def test_pieces_that_came_back_in_a_workbook_are_asked_about(tmp_path):
    with pytest.raises(Ambiguous, match="hoeveel stuks") as asked:
        read(workbook(tmp_path, "Retour", [0, 2, 0, 0]))
    assert '--alleen "Retour=0"' in asked.value.remedy


@pytest.mark.slow
def test_what_is_said_of_numbers_in_a_workbook_is_what_stands_there(tmp_path):
    assert said(read(workbook(tmp_path, "Betaald", [1, 0, 1, 1])), "status") == (
        "kolom 'Betaald': 1 (3: telt mee), 0 (1: telt niet mee)"
    )


@pytest.mark.parametrize("as_well", [False, True])
@pytest.mark.parametrize(
    ("flag", "part", "whole"),
    [
        ("Refunded?", "Partial Refund ($)", "Fully Refunded?"),
        ("Terugbetaald", "Deels terugbetaald bedrag", "Volledig terugbetaald"),
    ],
)
def test_orders_paid_back_whole_and_in_part_in_two_columns_both_go_off(tmp_path, flag, part, whole, as_well):
    """as_well: whether the first column says yes of both, so that only the last one tells."""
    rows = [("A", 30, 0, 0, 0), ("B", 45, 1, 0, 1), ("C", 80, int(as_well), 12.5, 0), ("A", 10, 0, 0, 0)]
    lines = [f"{who},2025-08-{at:02},{money}.00,{yes},{some},{all_}" for at, (who, money, yes, some, all_) in
             enumerate(rows, 1)]  # fmt: skip
    path = tmp_path / "uit.csv"
    path.write_text("\n".join([f"Klantnr,Datum,Bedrag,{flag},{part},{whole}", *lines]), encoding="utf-8")
    assert figures(read(path))[1:3] == (165.0, 107.5)
