"""A price of other units than the pieces count."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed, write

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
