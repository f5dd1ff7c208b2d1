"""Amounts with a side of the book behind them, and whole euros with dashes."""

import pytest

from klantwaarde_xl.errors import Ambiguous, RowsRefused
from tests.data.exported import figures, read, said, write

__all__ = ["write"]


def rows(*amounts):
    lines = [f"K{at};{at + 1}-3-2024;{amount}" for at, amount in enumerate(amounts)]
    return "\n".join(["Klantnr;Datum;Bedrag", *lines]) + "\n"


@pytest.mark.parametrize("text", ["30,50 CR", "30,50CR", "€ 30,50 cr", "30,50 DR"])
def test_a_side_beside_amounts_without_one_goes_off_and_is_said(write, text):
    checked = read(write(rows("100,00", text)))
    assert figures(checked)[:3] == (1, 100.0, 69.5)
    assert "gaan eraf" in said(checked, "bedrag")


def test_a_side_that_every_amount_has_says_nothing(write):
    assert figures(read(write(rows("100,00 CR", "30,50 CR"))))[1] == 130.5


@pytest.mark.slow
def test_both_sides_are_asked_about_and_the_answer_works(write):
    path = write(rows("100,00 CR", "30,50 DR", "20,00 CR"))
    with pytest.raises(Ambiguous) as asked:
        read(path)
    assert '--zonder "Bedrag=*DR"' in asked.value.remedy
    assert figures(read(path, without=(("Bedrag", "*DR"),)))[1] == 120.0


def test_a_side_with_a_minus_as_well_is_refused(write):
    with pytest.raises(RowsRefused):
        read(write(rows("100,00", "-30,50 CR")))


@pytest.mark.parametrize(
    ("text", "amount"),
    [("2.345,--", 2345.0), ("17,=", 17.0), ("-17,--", -17.0), ("Fr. 20.--", 20.0), ("€ 1'250.--", 1250.0), ("3.500,=", 3500.0),
     ("17,–", 17.0), ("\u200e17,50", 17.5)],
)  # fmt: skip
def test_whole_euros_are_read_with_whatever_stands_for_no_cents(write, text, amount):
    path = write(rows(text))
    assert read(path, currencies=(("CHF", 1.0), ("EUR", 1.0))).rows()[0][2] == amount


@pytest.mark.parametrize("text", ["17,---", "17,=-", "17=", "17,50%", "17,50--"])
def test_what_has_more_behind_it_is_refused(write, text):
    with pytest.raises(RowsRefused):
        read(write(rows("1,00", text)))
