"""Money beside a number of pieces that is nought."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]


@pytest.mark.slow
@pytest.mark.parametrize(("head", "none"), [("Aantal", "0"), ("Qty", "0.00"), ("Stuks", "0,0")])
def test_an_amount_beside_no_pieces_is_asked_about(write, head, none):
    path = write(
        f"Datum;Klantnr;SKU;{head};Bedrag\n1-2-2024;A;x;2;30\n2-2-2024;B;y;{none};12\n5-3-2024;A;x;1;15\n"
    )
    with pytest.raises(Ambiguous, match="nul en staat er een bedrag, samen € 12,00") as error:
        read(path)
    assert f'--zonder "{head}={none}"' in error.value.remedy
    assert figures(typed(path, f'--zonder "{head}={none}"'))[1] == 45.0
    assert figures(typed(path, f'--alleen "{head}=*"'))[1] == 57.0


def test_a_total_that_other_lines_of_its_order_hold_too_is_no_question(write):
    rows = "".join(f"{at};{at}-2-2024;A;x;1;{at}0\n{at};{at}-2-2024;A;y;0;{at}0\n" for at in range(1, 8))
    checked = read(write(f"Ordernummer;Datum;Klantnr;SKU;Aantal;Ordertotaal\n{rows}"), lines="ordertotaal")
    assert figures(checked)[1] == 280.0


def test_pieces_that_are_nought_everywhere_are_not_filled_in(write):
    path = write("Datum;Klantnr;Aantal;Bedrag\n1-2-2024;A;0;30\n2-2-2024;B;0;12\n")
    assert figures(read(path))[1] == 42.0


def test_shipping_that_nobody_counts_is_no_question(write):
    path = write(
        "Order;Datum;Klantnr;Omschrijving;Aantal;Bedrag\n1;1-2-2024;A;Mok;2;20\n1;1-2-2024;A;Verzendkosten;0;5\n2;2-3-2024;B;Kan;1;9\n"
    )
    assert figures(read(path))[1] == 34.0


ORDERED = "Ordernummer;Datum;Klantnr;SKU;{};{};Prijs\n1;1-2-2024;A;x;4;4;10\n2;2-2-2024;B;y;3;1;20\n3;5-3-2024;A;x;2;0;10\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ordered", "later"),
    [
        ("Aantal besteld", "Aantal geleverd"),
        ("Qty ordered", "Qty shipped"),
        ("Aantal", "Gefactureerd aantal"),
    ],
)
def test_other_pieces_delivered_than_ordered_is_asked_about(write, ordered, later):
    path = write(ORDERED.format(ordered, later))
    with pytest.raises(Ambiguous, match="niet overal gelijk"):
        read(path)
    assert figures(typed(path, f'--kolommen "aantal={later}"'))[1] == 60.0
    assert figures(typed(path, f'--kolommen "aantal={ordered}"'))[1] == 120.0


def test_all_pieces_delivered_is_no_question(write):
    rows = "1;1-2-2024;A;4;4;10\n2;2-2-2024;B;3;3;20\n"
    path = write(f"Ordernummer;Datum;Klantnr;Aantal besteld;Aantal geleverd;Prijs\n{rows}")
    assert figures(read(path))[1] == 100.0
