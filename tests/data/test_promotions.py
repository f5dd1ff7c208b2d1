"""Discounts of promotions, and shipping with a price of its own, on the lines of orders without a total."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]

HEAD = "order-id\tpurchase-date\tbuyer-email\titem-price\tshipping-price\tgift-wrap-price\t"
PROMOTED = "item-promotion-discount\tship-promotion-discount\n"
LINES = [
    "A1\t2024-03-02\tan@x.nl\t30.00\t4.50\t\t2.50\t4.50",
    "A1\t2024-03-02\tan@x.nl\t12.00\t\t3.00\t\t",
    "A2\t2024-03-05\tbo@y.nl\t20.00\t4.50\t\t\t",
    "A3\t2024-04-09\tan@x.nl\t16.00\t\t\t-1.25\t",
]


def test_promotions_go_off_the_lines_and_their_shipping(write):
    checked = read(write(HEAD + PROMOTED + "\n".join(LINES) + "\n"))
    assert figures(checked) == (3, 81.75, 81.75, 2)  # 78 + 9 + 3 - 3.75 - 4.50
    told = said(checked, "bedrag")
    assert "plus 'shipping-price' plus 'gift-wrap-price'" in told.replace(" en ", " plus ")
    assert "min 'item-promotion-discount' (van de regel) min 'ship-promotion-discount'" in told


def test_a_column_of_promotions_without_any_changes_nothing(write):
    rows = "1;2-3-2024;A;30,00;2,00;\n2;3-3-2024;B;20,00;;\n"
    head = "Order;Datum;Klant;Item price;Item promotion discount;Ship promotion discount"
    assert figures(read(write(f"{head}\n{rows}")))[1] == 48.0


def test_promotions_beside_other_discounts_may_be_part_of_these(write):
    rows = "1;2-3-2024;A;2;15,00;2,00;3,00\n2;3-3-2024;B;1;20,00;;1,00\n"
    head = "Order;Datum;Klant;Aantal;Stukprijs;Promotiekorting;Ledenkorting"
    with pytest.raises(Ambiguous, match="Meer dan één kolom"):
        read(write(f"{head}\n{rows}"))


def test_a_promotion_is_taken_back_where_the_user_says_that_it_is_off(write):
    path = write(HEAD + PROMOTED + "\n".join(LINES) + "\n")
    assert figures(typed(path, "--kolommen promotiekorting=-,promotiekorting2=-"))[1] == 90.0
    assert figures(typed(path, "--kolommen bedrag=item-price"))[1] == 78.0


def test_a_discount_of_shipping_stays_where_no_shipping_is_in_the_amount(write):
    rows = "1;2-3-2024;A;30,00;2,00;5,00\n2;3-3-2024;B;20,00;;\n"
    path = write(f"Order;Datum;Klant;Regelbedrag;Promotiekorting;Verzend-promotiekorting\n{rows}")
    assert figures(read(path))[1] == 48.0


def test_a_promotion_far_below_goes_off_too(write):
    rows = [f"{at};2-3-2024;K{at % 40};10,00;{'4,00' if at == 1500 else ''}" for at in range(1, 1601)]
    head = "Order;Datum;Klant;Item price;Promotion discount"
    assert figures(read(write("\n".join([head, *rows]) + "\n")))[1] == 15996.0


def test_a_promotion_that_sums_show_to_be_off_is_not_taken_off_again(write):
    rows = "1;2-3-2024;A;28,00;2,00;30,00\n2;3-3-2024;B;20,00;;20,00\n3;4-3-2024;B;17,00;3,00;20,00\n"
    path = write(f"Order;Datum;Klant;Item price;Promotion discount;Advertised\n{rows}")
    checked = read(path)
    assert figures(checked)[1] == 65.0
    assert "'Promotion discount' is er naar wij aannemen al af" in said(checked, "bedrag")


def test_a_total_has_promotions_off_and_that_is_said(write):
    rows = "1;2-3-2024;A;30,00;2,00\n2;3-3-2024;B;20,00;\n"
    checked = read(write(f"Order;Datum;Klant;Order total;Promotion discount\n{rows}"))
    assert figures(checked)[1] == 50.0
    assert "al af" in said(checked, "bedrag")


def test_a_price_of_shipping_beside_a_total_is_not_added(write):
    rows = "1;2-3-2024;A;30,00;4,00;34,00\n2;3-3-2024;B;20,00;4,00;24,00\n"
    checked = read(write(f"Order;Datum;Klant;Item price;Shipping price;Order total\n{rows}"))
    assert figures(checked)[1] == 54.0 + 4.0


def test_one_price_of_shipping_on_all_lines_of_an_order_is_asked_about(write):
    rows = "1;2-3-2024;A;30,00;4,00\n1;2-3-2024;A;10,00;4,00\n2;3-3-2024;B;20,00;4,00\n"
    path = write(f"Order;Datum;Klant;Item price;Shipping price\n{rows}")
    with pytest.raises(Ambiguous, match="van de regel, of van de hele order"):
        read(path)
    rows = rows.replace("10,00;4,00", "10,00;1,50")  # that of one line differs
    assert figures(read(write(f"Order;Datum;Klant;Item price;Shipping price\n{rows}")))[1] == 69.5


def test_a_column_without_a_header_beside_discounts_is_read(write):
    rows = "1;2-3-2024;A;30,00;5,00;x\n2;3-3-2024;B;20,00;;y\n"
    assert figures(read(write(f"Order;Datum;Klant;Totaal;Korting;\n{rows}")))[1] == 50.0
