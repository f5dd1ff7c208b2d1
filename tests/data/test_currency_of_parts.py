"""A currency that only the name of a file says."""

import pytest

from klantwaarde_xl.data.reading.revenue.currency_of_parts import currency_in
from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]

HEAD = "Ordernummer;Datum;Klantnr;Bedrag\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("one", "other"), [("shop EUR", "shop GBP"), ("omzet-euro-2024", "omzet-dollar-2024")]
)
def test_files_of_two_currencies_are_no_sum(write, tmp_path, one, other):
    write(HEAD + "1;1-2-2024;A;10\n2;3-2-2024;B;20\n", f"{one}.csv")
    write(HEAD + "3;1-3-2024;A;40\n4;3-3-2024;B;50\n", f"{other}.csv")
    with pytest.raises(Ambiguous, match="meer dan één valuta"):
        read(tmp_path)
    code = currency_in(other)
    assert figures(typed(tmp_path, f"--valuta EUR,{code}=0.5"))[1] == 75.0
    assert figures(typed(tmp_path, "--valuta EUR"))[1] == 30.0


def test_one_file_of_another_currency_says_so(write):
    checked = read(write(HEAD + "1;1-2-2024;A;10\n2;3-2-2024;B;20\n", "orders_USD.csv"))
    assert "in USD, en zo toont" in said(checked, "valuta")


def test_what_the_amounts_say_goes_before_the_name_of_the_file(write):
    checked = read(write(HEAD + "1;1-2-2024;A;€ 10\n2;3-2-2024;B;€ 20\n", "orders_USD.csv"))
    assert "USD" not in said(checked, "valuta")


@pytest.mark.parametrize("name", ["export-all", "try", "top 10", "eurotech", "EUR-USD", "cad", "verkoop"])
def test_a_name_that_is_a_word_or_two_currencies_says_none(name):
    assert currency_in(name) == ""
