"""A column of yes and no with another word here and there still says what it says."""

import pytest

from tests.data.exported import figures, read, said, write

__all__ = ["write"]


def sales(write, header, *words):
    rows = [f"{at};K{at};{at + 1}-3-2025;{10 * 2**at};{word}" for at, word in enumerate(words)]
    return write("\n".join([f"Ordernummer;Klant;Datum;Bedrag;{header}", *rows]) + "\n")


@pytest.mark.parametrize("odd", ["n.v.t.", "onbekend", "?", "deels", "aangevraagd"])
@pytest.mark.parametrize(
    ("header", "yes", "no"),
    [("Geannuleerd", "ja", "nee"), ("Cancelled", "Yes", "No"), ("Voided", "true", "false")],
)
def test_what_is_cancelled_does_not_count_whatever_stands_elsewhere(write, header, yes, no, odd):
    checked = read(sales(write, header, no, odd, yes, no))
    assert figures(checked)[:2] == (3, 10 + 20 + 80)
    assert f"niet herkend, telt mee: {odd} (1)" in said(checked, "status")


def test_pieces_are_no_yes_and_no(write):
    assert figures(read(sales(write, "Geannuleerd", 0, 2, 1, 0, 0)))[0] == 5


def test_mostly_other_words_are_no_yes_and_no(write):
    checked = read(sales(write, "Geannuleerd", "door klant", "ja", "te laat", "voorraad op"))
    assert "niet herkend, telt mee: door klant" not in said(checked, "status")
