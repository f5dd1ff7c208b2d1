"""Discounts of a whole order that stand on each of its lines: they go off once."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]

HEAD = "Bonnummer;Datum;Klant;Artikel;Aantal;Stukprijs;{}\n"
ROWS = "B1;02-05-2025;K;Pen;4;5,00;{0}\nB1;02-05-2025;K;Map;1;12,50;{0}\nB2;19-05-2025;L;Pen;2;5,00;0,00\n"


@pytest.mark.parametrize(
    "header", ["Orderkorting", "Korting bestelling", "Cart discount", "Korting op factuur"]
)
def test_a_header_of_an_order_takes_its_discount_off_once(write, header):
    checked = read(write(HEAD.format(header) + ROWS.format("2,50")))
    assert figures(checked) == (2, 40.0, 40.0, 2)
    assert "één keer" in said(checked, "bedrag")


@pytest.mark.slow
def test_a_header_that_says_nothing_is_asked_about_and_each_answer_is_right(write):
    path = write(HEAD.format("Korting") + ROWS.format("2,50"))
    with pytest.raises(Ambiguous) as asked:
        read(path)
    assert "--kolommen korting=Korting" in asked.value.remedy
    assert "--kolommen orderkorting=Korting" in asked.value.remedy
    assert figures(typed(path, "--kolommen korting=Korting"))[1] == 37.5
    assert figures(typed(path, "--kolommen orderkorting=Korting"))[1] == 40.0


@pytest.mark.slow
def test_a_header_of_a_line_goes_off_each_line_though_it_is_equal(write):
    path = write(HEAD.format("Korting per regel") + ROWS.format("2,50"))
    with pytest.raises(Ambiguous):
        read(path)


@pytest.mark.slow
def test_a_discount_beside_the_amount_of_a_line_can_be_of_the_order(write):
    path = write(
        "Ordernummer;Datum;Klant;Aantal;Stukprijs;Regelbedrag;Korting\n"
        "1;02-05-2025;K;4;5,00;20,00;3,00\n1;02-05-2025;K;1;12,50;12,50;3,00\n2;19-05-2025;L;2;5,00;10,00;0,00\n"
    )
    with pytest.raises(Ambiguous) as asked:
        read(path)
    assert "--kolommen orderkorting=Korting" in asked.value.remedy
    assert figures(typed(path, "--kolommen orderkorting=Korting"))[1] == 39.5


def test_a_discount_on_the_first_line_alone_goes_off_as_it_stands(write):
    path = write(HEAD.format("Orderkorting") + ROWS.replace("{0}\nB2", "0,00\nB2").format("2,50"))
    assert figures(read(path))[1] == 40.0


def test_an_order_that_came_back_gets_its_discount_back(write):
    rows = "C1;02-05-2025;K;Pen;-4;5,00;2,00\nC1;02-05-2025;K;Map;-1;10,00;2,00\n"
    path = write(HEAD.format("Orderkorting") + ROWS.format("0,00") + rows)
    assert figures(read(path))[2] == 42.5 - 28.0
