"""A price of other units than the pieces count."""

import re

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]


@pytest.mark.slow
def test_a_price_per_kilo_beside_a_weight_is_asked_about(write):
    path = write(
        "Bonnr;Datum;Klantnr;Aantal;Gewicht kg;Prijs per kg\n1;1-2-2024;A;1;2;10\n2;2-2-2024;B;1;3;20\n"
    )
    with pytest.raises(Ambiguous, match="per kg; 'Aantal' en 'Gewicht kg'"):
        read(path)
    assert figures(typed(path, '--kolommen "aantal=Gewicht kg"'))[1] == 80.0
    assert figures(typed(path, "--kolommen aantal=Aantal"))[1] == 30.0


def test_a_price_per_piece_beside_boxes_is_asked_about(write):
    head = "Order;Datum;Klantnr;Aantal dozen;Stuks per doos;Prijs per stuk"
    path = write(f"{head}\n1;1-2-2024;A;1;12;10\n2;2-2-2024;B;2;12;20\n")
    with pytest.raises(Ambiguous, match="kunnen allebei het aantal zijn"):
        read(path)


@pytest.mark.slow
@pytest.mark.parametrize("head", ["Prijseenheid", "Price unit"])
def test_a_price_per_hundred_is_asked_about_and_its_unit_is_no_price(write, head):
    path = write(
        f"Ordernr;Datum;Klantnr;Aantal;Prijs;{head}\n1;1-2-2024;A;200;10;100\n2;2-2-2024;B;3;20;100\n"
    )
    with pytest.raises(Ambiguous, match="niet van één stuk"):
        read(path)
    assert figures(typed(path, "--kolommen stukprijs=Prijs"))[1] == 2060.0


def test_a_price_unit_of_one_is_no_question(write):
    path = write(
        "Ordernr;Datum;Klantnr;Aantal;Prijs;Prijseenheid\n1;1-2-2024;A;2;10;1\n2;2-2-2024;B;3;20;1\n"
    )
    assert figures(read(path))[1] == 80.0


def test_a_price_per_hour_beside_hours_is_no_question(write):
    path = write("Datum;Klant;Uren;Tarief per uur;Korting uren\n1-2-2024;A;2;10;0\n2-2-2024;B;3;20;0\n")
    assert figures(typed(path, '--kolommen "aantal=Uren,stukprijs=Tarief per uur"'))[1] == 80.0


@pytest.mark.parametrize(
    ("price", "measure"),
    [("Prijs per stuk", "Gewicht"), ("Unit price", "Weight (kg)"), ("Stukprijs", "Gewicht kg")],
)
def test_a_price_of_one_piece_beside_a_weight_is_asked_about(write, price, measure):
    path = write(f"Klant;Datum;{measure};{price}\nA;1-2-2024;0,5;12,40\nB;2-2-2024;2;3,20\n")
    with pytest.raises(Ambiguous, match="geen aantal stuks") as asked:
        read(path)
    one, product = re.findall(r'--kolommen (?:"[^"]*"|\S*[^\s.])', asked.value.remedy)
    assert figures(typed(path, one))[1] == 15.6
    assert figures(typed(path, product))[1] == 12.6


@pytest.mark.parametrize("head", ["Gewicht;Prijs", "Gewicht;Regelbedrag", "Hoogte;Stukprijs"])
def test_a_weight_beside_other_money_is_no_question(write, head):
    path = write(f"Klant;Datum;{head}\nA;1-2-2024;0,5;12,40\nB;2-2-2024;2;3,20\n")
    assert figures(read(path))[1] == 15.6


def test_a_price_of_one_piece_without_a_number_counts_once_and_that_is_said(write):
    checked = read(write("Klant;Datum;Stukprijs\nA;1-2-2024;12,40\nB;2-2-2024;3,20\n"))
    assert figures(checked)[1] == 15.6
    assert "elke rij telt als één stuk" in said(checked, "bedrag")
    plain = read(write("Klant;Datum;Prijs\nA;1-2-2024;12,40\nB;2-2-2024;3,20\n"))
    assert "één stuk" not in said(plain, "bedrag")
