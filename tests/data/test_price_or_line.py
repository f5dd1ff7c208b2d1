"""The price of an item beside a number of pieces, and pieces of which the money went back."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, follow, read, said, write

__all__ = ["write"]


def table(head, *rows):
    return "\n".join([head, *rows]) + "\n"


@pytest.mark.slow
@pytest.mark.parametrize("header", ["item_price", "Item price", "Line price", "Regelprijs"])
def test_a_price_of_an_item_of_which_nothing_tells_is_asked_about(write, header):
    path = write(
        table(
            f"order_id,date,customer_id,quantity,{header}", "1,2024-05-01,7,2,8.00", "2,2024-05-03,9,1,3.00"
        )
    )
    with pytest.raises(Ambiguous, match="van één stuk") as asked:
        read(path)
    assert figures(follow(path, asked.value))[1] == 19.0
    assert figures(read(path, {"bedrag": header}))[1] == 11.0


def test_a_price_of_an_item_beside_single_pieces_is_no_question(write):
    path = write(
        table(
            "order_id,date,customer_id,quantity,item_price", "1,2024-05-01,7,1,8.00", "2,2024-05-03,9,,3.00"
        )
    )
    assert figures(read(path))[1] == 11.0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("more", "cells", "revenue"),
    [
        ("sku", ["A", "A", "B"], 8 * 3 + 8 + 3 * 2),  # one price, whatever the number
        ("vat", ["5.04", "1.68", "1.26"], 8 * 3 + 8 + 3 * 2),  # 21% of all pieces
        ("charged", ["24.00", "8.00", "6.00"], 8 * 3 + 8 + 3 * 2),
        ("vat", ["1.68", "1.68", "0.63"], 8 + 8 + 3),  # 21% of the price itself
    ],
)
def test_vat_and_articles_tell_whether_a_price_is_of_one_piece(write, more, cells, revenue):
    rows = [f"{at},2024-05-0{at + 1},K{at},{pieces},{price},{cell}" for at, (pieces, price, cell)
            in enumerate(zip([3, 1, 2], ["8.00", "8.00", "3.00"], cells, strict=True))]  # fmt: skip
    path = write(table(f"order_id,date,customer_id,quantity,item_price,{more}", *rows))
    assert figures(read(path))[1] == revenue


def test_an_article_whose_price_goes_with_its_pieces_has_the_price_of_the_line(write):
    path = write(table(
        "order_id,date,customer_id,sku,quantity,item_price",
        "1,2024-05-01,7,A,1,8.00", "2,2024-05-03,9,A,3,24.00", "3,2024-05-04,9,B,2,5.00",
    ))  # fmt: skip
    assert figures(read(path))[1] == 37.0


def test_a_price_of_an_article_is_of_one_piece(write):
    path = write(
        table("Order;Datum;Klantnr;Aantal;Productprijs", "1;1-5-2024;7;2;8,00", "2;3-5-2024;9;1;3,00")
    )
    assert figures(read(path))[1] == 19.0


TILL = "Bon;Datum;Klant;Artikel;{pieces};{amount}"
SOLD = ("1;3-4-2025;Ria;Soep;2;4,50", "1;3-4-2025;Ria;Brood;1;1,20", "2;4-4-2025;Bo;Soep;5;4,50")
MORE = ("3;5-4-2025;Cas;Brood;3;1,20", "4;5-4-2025;Ria;Kaas;2;6,00", "5;6-4-2025;Bo;Kaas;1;6,00")


@pytest.mark.slow
@pytest.mark.parametrize("amount", ["Bedrag", "Amount", "Waarde"])
def test_an_article_with_one_amount_for_several_numbers_is_asked_about(write, amount):
    path = write(table(TILL.format(pieces="Aantal", amount=amount), *SOLD))
    with pytest.raises(Ambiguous, match="van één stuk") as asked:
        read(path)
    assert figures(follow(path, asked.value))[1] == 32.7
    assert figures(read(path, {"bedrag": amount}))[1] == 10.2


def test_several_such_articles_say_that_an_amount_is_of_one_piece(write):
    path = write(table(TILL.format(pieces="Aantal", amount="Bedrag"), *SOLD, *MORE))
    checked = read(path)
    assert figures(checked)[1] == 54.3
    assert "'Aantal' × 'Bedrag'" in said(checked, "bedrag")


@pytest.mark.parametrize("rows", [
    ("1;3-4-2025;Ria;Soep;2;9,00", "2;4-4-2025;Bo;Soep;5;22,50", "3;5-4-2025;Cas;Soep;1;4,50"),
    ("1;3-4-2025;Ria;Soep;2;9,00", "1;3-4-2025;Ria;Brood;3;9,00", "2;4-4-2025;Bo;Soep;1;9,00"),
    ("1;3-4-2025;Ria;Soep;2;0,00", "2;4-4-2025;Bo;Soep;5;0,00", "3;5-4-2025;Cas;Brood;1;4,50"),
])  # fmt: skip
def test_amounts_that_go_with_pieces_or_are_of_an_order_or_nothing_are_no_prices(write, rows):
    read(write(table(TILL.format(pieces="Aantal", amount="Bedrag"), *rows)), lines="optellen")


@pytest.mark.parametrize("amount", ["Regelbedrag", "Totaal", "Omzet"])
def test_what_is_called_a_line_or_a_total_is_no_price(write, amount):
    path = write(table(TILL.format(pieces="Aantal", amount=amount), *SOLD, *MORE))
    assert figures(read(path))[1] == 23.4


LINES = "Ordernr;Besteldatum;Klantnr;{pieces};{back};Prijs;Regeltotaal"


@pytest.mark.slow
@pytest.mark.parametrize("back", ["qty_refunded", "Aantal terugbetaald", "Refunded quantity"])
def test_pieces_of_which_the_money_went_back_take_their_share_of_the_line(write, back):
    path = write(table(
        LINES.format(pieces="Aantal besteld", back=back),
        "1;1-5-2024;7;4;1;2,50;10,00", "1;1-5-2024;7;1;0;6,00;6,00", "2;3-5-2024;9;2;2;7,00;14,00",
    ))  # fmt: skip
    checked = read(path)
    assert figures(checked) == (2, 30.0, 13.5, 2)
    assert "hun deel" in said(checked, "terugbetaald")
    assert figures(read_again(path, checked)) == (2, 30.0, 13.5, 2)


def read_again(path, checked):
    from klantwaarde_xl.data.reading.files import read_table
    from klantwaarde_xl.data.tables import TRANSACTIONS
    from tests.data.exported import TODAY

    return read_table(path, TRANSACTIONS, today=TODAY, recipe=checked.recipe)


@pytest.mark.parametrize(
    ("pieces", "back"), [("Aantal", "qty_refunded"), ("Aantal besteld", "Aantal retour")]
)
def test_pieces_of_which_that_is_not_sure_are_asked_about(write, pieces, back):
    path = write(
        table(
            LINES.format(pieces=pieces, back=back),
            "1;1-5-2024;7;4;1;2,50;10,00",
            "2;3-5-2024;9;2;0;7,00;14,00",
        )
    )
    with pytest.raises(Ambiguous, match="hoeveel stuks"):
        read(path)
