"""A tip beside an amount of which pieces times a price, or the VAT, show whether it is in it."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, write

__all__ = ["write"]

HEAD = "Bon;Datum;Klantnr;Aantal;Prijs;Korting;Totaal;Tip\n"
# Pieces, price, discount and tip of each receipt; a price of 7,33 is a rounded one
SOLD = [(3, 8.5, 0.0, 2.0), (1, 14.25, 1.25, 0.0), (3, 7.33, 0.0, 1.5), (2, 11.0, 2.0, 3.0)]


def receipts(*, inside, off=0.0):
    """Receipts with the tip in their total, or not; off: what no price explains of each."""
    rows = []
    for at, (pieces, price, less, tip) in enumerate(SOLD, 1):
        total = round(pieces * price - less + off + (tip if inside else 0.0) + 0.01 * (price == 7.33), 2)
        cells = (at, f"{at + 3}-6-2024", f"K{at % 3}", pieces, price, less, total, tip)
        rows.append(";".join(str(cell).replace(".", ",") for cell in cells))
    return HEAD + "\n".join(rows) + "\n"


def test_a_tip_is_not_in_what_pieces_times_a_price_are(write):
    checked = read(write(receipts(inside=False)))
    assert figures(checked)[:2] == (4, 80.5)
    assert "'Tip' is fooi, en telt niet mee" in said(checked, "bedrag")


def test_a_tip_on_top_of_pieces_times_a_price_goes_off(write):
    checked = read(write(receipts(inside=True)))
    assert figures(checked)[:2] == (4, 80.5)
    assert "is eraf" in said(checked, "bedrag")


@pytest.mark.parametrize("inside", [True, False])
def test_where_no_price_explains_the_total_it_is_asked(write, inside):
    with pytest.raises(Ambiguous, match="is niet te zien"):
        read(write(receipts(inside=inside, off=4.4)))


def test_prices_of_one_piece_may_hold_the_tip(write):
    path = write(
        "Bon;Datum;Klantnr;Aantal;Prijs;Totaal;Tip\n1;3-6-2024;A;1;20,00;20,00;2,00\n2;5-6-2024;B;1;9;9;1\n"
    )
    with pytest.raises(Ambiguous, match="is niet te zien"):
        read(path)


@pytest.mark.parametrize(("inside", "revenue"), [(False, 180.0), (True, 180.0)])
def test_nobody_pays_vat_on_a_tip(write, inside, revenue):
    rows = []
    for at, (net, tip) in enumerate([(30.0, 2.0), (50.0, 5.0), (40.0, 0.0), (60.0, 4.0)], 1):
        amount = net + (tip if inside else 0.0)
        rows.append(f"{at};{at + 3}-6-2024;K{at};{amount};{round(net * 0.09, 2)};{tip}")
    checked = read(write("Bon;Datum;Klantnr;Bedrag excl. btw;Btw;Fooi\n" + "\n".join(rows) + "\n"))
    assert figures(checked)[1] == revenue


def test_one_account_on_all_rows_is_first_said_to_be_that_of_who_sells(write):
    rows = "".join(f"{at};{at % 27 + 1}-6-2024;kiosk@strandtent.nl;{at},50\n" for at in range(1, 60))
    with pytest.raises(Ambiguous, match="kan de klant zijn") as asked:
        read(write("Bonnr;Datum;Account;Bedrag\n" + rows))
    assert asked.value.remedy.index("--kolommen klant=-") < asked.value.remedy.index("klant=Account")
