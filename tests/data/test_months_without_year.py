"""Months without a year, side by side or in a column: a title says the year, or it is asked; never refused."""

import openpyxl
import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]

ACROSS = "Lid;januari;februari;mrt.;Totaal\nVos;10,00;;10,00;20,00\nDas;12,50;12,50;;25,00\n"
DOWN = "Maand;Lid;Bedrag\njanuari;Vos;10,00\njan;Das;12,50\nfebruari;Das;12,50\nmrt.;Vos;10,00\n"


def named(text):
    return text.replace("Lid", "Klant")


@pytest.mark.parametrize("text", [ACROSS, DOWN])
def test_a_title_says_the_year_of_months(write, text):
    checked = read(write(f"Omzet per klant 2025;;;;\n;;;;\n{named(text)}"))
    assert figures(checked) == (4, 45.0, 45.0, 2)
    assert (checked.first_day.isoformat(), checked.last_day.isoformat()) == ("2025-01-01", "2025-03-01")
    assert "2025" in said(checked, "datum") + "".join(checked.quality.notes)


@pytest.mark.parametrize("text", [ACROSS, DOWN])
def test_else_it_is_asked_and_the_advice_works(write, text):
    path = write(named(text))
    with pytest.raises(Ambiguous, match="jaar") as asked:
        read(path)
    assert "--jaar …" in asked.value.remedy
    checked = typed(path, "--jaar 2024")
    assert figures(checked) == (4, 45.0, 45.0, 2)
    assert checked.last_day.isoformat() == "2024-03-01"


def test_a_title_with_two_years_tells_neither(write):
    with pytest.raises(Ambiguous, match="er worden er meer genoemd: 2024, 2025"):
        read(write(f"Seizoen 2024-2025;;;;\n{named(ACROSS)}"))


def test_months_that_have_their_year_keep_it(write):
    checked = read(write("Titel 2020;;\nKlant;jan 2024;feb 2024\nVos;10,00;5,00\n"))
    assert checked.first_day.isoformat() == "2024-01-01"


@pytest.mark.slow
def test_the_same_of_a_sheet_and_sales_beside_it_are_read_before_it(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "2025"
    for row in (["Klant", "jan", "feb"], ["Vos", 10, 5], ["Das", None, 7.5]):
        sheet.append(row)
    book.save(tmp_path / "maanden.xlsx")
    assert figures(read(tmp_path / "maanden.xlsx")) == (3, 22.5, 22.5, 2)
    sales = book.create_sheet("Verkopen")
    for row in (["Datum", "Klant", "Bedrag"], ["2025-01-03", "Vos", 10]):
        sales.append(row)
    book.save(tmp_path / "beide.xlsx")
    assert figures(read(tmp_path / "beide.xlsx")) == (1, 10.0, 10.0, 1)
