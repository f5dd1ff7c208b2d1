"""Days that are a number alone, below a title that names their month."""

import datetime as dt

import pytest

from klantwaarde_xl.errors import KlantwaardeError
from tests.data.exported import read, said, write

__all__ = ["write"]

ROWS = "3;A;Knippen;20\n17;B;Verven;15\n28;A;Knippen;10\n"


def days(checked):
    totals = dict(checked.quality.totals)
    return totals["van"], totals["tot"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "title", ["Omzet maart 2024", "Sales March 2024", "Kasboek mrt. 2024", "Periode 03-2024"]
)
def test_the_month_of_a_title_is_that_of_the_days_below_it(write, title):
    checked = read(write(f"{title};;;\n;;;\nDag;Klantnr;Omschrijving;Bedrag\n{ROWS}"))
    assert days(checked) == (dt.date(2024, 3, 3), dt.date(2024, 3, 28))
    assert "maart" in said(checked, "datum")


def test_the_name_of_a_file_says_it_too(write):
    checked = read(write(f"Dag;Klantnr;Omschrijving;Bedrag\n{ROWS}", "omzet februari 2023.csv"))
    assert days(checked) == (dt.date(2023, 2, 3), dt.date(2023, 2, 28))


@pytest.mark.parametrize("title", ["Omzet", "Omzet maart en april 2024", "Marktplaats 2024"])
def test_days_of_no_month_or_of_two_are_refused(write, title):
    with pytest.raises(KlantwaardeError):
        read(write(f"{title};;;\n;;;\nDag;Klantnr;Omschrijving;Bedrag\n{ROWS}"))


def test_a_month_without_a_year_asks_for_the_year(write):
    path = write(f"Omzet maart;;;\n;;;\nDag;Klantnr;Omschrijving;Bedrag\n{ROWS}")
    with pytest.raises(KlantwaardeError, match="geen jaar"):
        read(path)
    assert days(read(path, year=2024)) == (dt.date(2024, 3, 3), dt.date(2024, 3, 28))
