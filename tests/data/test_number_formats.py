"""The currency of a workbook's amounts that only the number format of their cells names."""

import datetime as dt

import pytest
import xlsxwriter

from klantwaarde_xl.data.reading.workbooks.number_formats import named_in
from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("[$$-409]#,##0.00", "USD"), ('"€" #,##0.00', "EUR"), ("[$€-413] #,##0.00;[Red]-[$€-413] #,##0.00", "EUR"),
        ('_("$"* #,##0.00_);_("$"* (#,##0.00)', "USD"), ("[$CHF] #,##0.00", "CHF"), ("£#,##0.00", "GBP"),
        ("[$$-C09]#,##0", "AUD"), ("[$-413]d mmmm yyyy", ""), ('0.00" stuks"', ""), ("#,##0.00", ""), ("0%", ""),
    ],
)  # fmt: skip
def test_a_number_format_may_name_a_currency(form, code):
    assert named_in(form) == code


def workbook(path, forms, sheets=("Blad1",), values=(10, -2.5, 1234.25)):
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "d-m-yyyy"})
        styles = [book.add_format({"num_format": form}) if form else None for form in forms]
        for name in sheets:
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Notitie", "Klant", "Datum", "Bedrag"])
            for at, value in enumerate(values):
                sheet.write_string(at + 1, 1, f"K{at}")
                sheet.write_datetime(at + 1, 2, dt.datetime(2024, 2, at + 1), day)
                sheet.write_number(at + 1, 3, value, styles[at % len(styles)])
    return path


@pytest.mark.slow
def test_amounts_that_only_look_like_two_currencies_are_asked_about(tmp_path):
    path = workbook(tmp_path / "x.xlsx", ["[$€-413] #,##0.00", "[$$-409]#,##0.00"])
    with pytest.raises(Ambiguous, match="meer dan één valuta"):
        read(path)
    assert figures(read(path, currencies=(("EUR", 1.0),)))[2] == 1244.25
    assert figures(read(path, currencies=(("USD", 1.0),)))[2] == -2.5


@pytest.mark.slow
def test_amounts_that_all_look_like_dollars_are_dollars(tmp_path):
    checked = read(workbook(tmp_path / "x.xlsx", ["[$$-409]#,##0.00"]))
    assert figures(checked)[2] == 1241.75
    assert "USD" in said(checked, "valuta")


@pytest.mark.slow
@pytest.mark.parametrize("forms", [["[$€-413] #,##0.00", ""], ["#,##0.00"], [""]])
def test_amounts_in_euros_are_read_as_they_stand(tmp_path, forms):
    checked = read(workbook(tmp_path / "x.xlsx", forms))
    assert figures(checked)[2] == 1241.75
    assert said(checked, "valuta") == ""


@pytest.mark.slow
def test_each_sheet_has_formats_of_its_own(tmp_path):
    path = workbook(tmp_path / "x.xlsx", ["[$£-809]#,##0.00"], ("Jan", "Feb"))
    checked = read(path, sheets=("Jan", "Feb"))
    assert figures(checked)[2] == 2483.5
    assert "GBP" in said(checked, "valuta")
