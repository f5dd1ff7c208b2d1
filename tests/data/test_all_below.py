"""Amounts that are all below nought: which way they count is asked, once, and each answer works."""

import re

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]


@pytest.mark.parametrize(
    "amounts", [("-7,25", "-3,00"), ("7,25-", "3,00-"), ("(7,25)", "(3,00)"), ("€ -7,25", "€ -3,00")]
)
def test_all_amounts_below_nought_are_asked_about_and_turned(write, amounts):
    path = write(f"Klant;Datum;Bedrag\nOda;3-2-2025;{amounts[0]}\nPim;4-2-2025;{amounts[1]}\n")
    with pytest.raises(Ambiguous, match=r"onder nul \(2 rijen\)") as asked:
        read(path)
    turned, kept = re.findall(r'--kolommen eraf=Bedrag|--alleen ".*?"', asked.value.remedy)
    checked = typed(path, turned)
    assert figures(checked) == (2, 10.25, 10.25, 2)
    assert "omgedraaid" in said(checked, "bedrag")
    assert figures(typed(path, kept))[:3] == (0, 0.0, -10.25)


def test_of_an_account_that_only_paid_it_is_one_question(write):
    rows = "3-2-2025;Bakker;NL1;-7,25\n4-2-2025;Slager;NL2;-3,00\n"
    with pytest.raises(Ambiguous, match=r"^Elk bedrag in kolom 'Bedrag' is onder nul"):
        read(write(f"Datum;Naam tegenpartij;Tegenrekening;Bedrag\n{rows}"))


def test_a_refund_turned_with_the_rest_goes_off(write):
    path = write("Klant;Datum;Bedrag\nOda;3-2-2025;-7,25\nPim;4-2-2025;3,00\n")
    assert figures(read(path))[:3] == (1, 3.0, -4.25)
    assert figures(typed(path, "--kolommen eraf=Bedrag"))[:3] == (1, 7.25, 4.25)


def test_one_row_and_rows_of_nothing_are_not_asked_about(write):
    assert figures(read(write("Klant;Datum;Bedrag\nOda;3-2-2025;-7,25\n")))[2] == -7.25
    assert figures(read(write("Klant;Datum;Bedrag\nOda;3-2-2025;0,00\nPim;4-2-2025;0,00\n")))[2] == 0.0


@pytest.mark.parametrize(
    "amounts", [("€ 7,-", "€ 12,-"), ("7,--", "12,--"), ("7.-", "12.-"), ("CHF 7.--", "CHF 12.--")]
)
def test_a_dash_in_the_place_of_cents_is_no_minus(write, amounts):
    path = write(f"Klant;Datum;Bedrag\nOda;3-2-2025;{amounts[0]}\nPim;4-2-2025;{amounts[1]}\n")
    assert figures(read(path))[:3] == (2, 19.0, 19.0)
