"""Subtotals beside the costs of shipping, without a total of the order."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]


@pytest.mark.parametrize(
    "cost", ["Verzendkosten", "Shipping", "Shipping Amount", "Versandkosten", "Bezorgkosten"]
)
def test_shipping_comes_on_top_of_a_subtotal(write, cost):
    path = write(f"{cost};Subtotaal;E-mail;Orderdatum\n4,50;20;a@x.nl;4-3-2025\n0;60;b@x.nl;5-3-2025\n")
    checked = read(path)
    assert figures(checked)[:2] == (2, 84.5)
    assert f"'Subtotaal' plus '{cost}'" in said(checked, "bedrag")


def test_shipping_that_is_blank_in_all_but_the_last_of_many_rows_is_not_forgotten(write):
    rows = "".join(f"{at};4-3-2025;10;\n" for at in range(400))
    assert figures(read(write(f"Klantnr;Datum;Subtotal;Shipping\n{rows}7;5-3-2025;10;2.50\n")))[1] == 4012.5


@pytest.mark.slow
@pytest.mark.parametrize(("tax", "words"), [("5.25,10.50", "zonder btw"), ("4.34,8.68", "met btw")])
def test_what_vat_is_in_both_together_is_seen_by_their_sum(write, tax, words):
    first, second = tax.split(",")
    path = write(f"Email,Date,Subtotal,Shipping,Tax\na@x.nl,2025-03-04,20.00,5.00,{first}\n"
                 f"b@x.nl,2025-03-05,45.00,5.00,{second}\n")  # fmt: skip
    checked = read(path)
    assert figures(checked)[1] == 75.0
    assert words in said(checked, "bedrag")
    without = 75.0 if words == "zonder btw" else 61.98
    assert figures(read(path, vat="excl"))[1] == without


def test_vat_of_the_articles_alone_says_that_these_are_without(write):
    path = write("Email,Date,Subtotal,Shipping,Tax\na@x.nl,2025-03-04,20.00,5.00,4.20\n"
                 "b@x.nl,2025-03-05,45.00,7.00,9.45\n")  # fmt: skip
    checked = read(path)
    assert figures(checked)[1] == 77.0
    assert "zonder btw" in said(checked, "bedrag")


def test_shipping_that_is_in_another_total_is_not_put_on(write):
    rows = "a@x.nl;4-3-2025;20;5;25\nb@x.nl;5-3-2025;30;6;36\n"
    assert figures(read(write(f"E-mail;Datum;Subtotaal;Verzending;Totaal\n{rows}")))[1] == 61.0


def test_shipping_that_is_in_the_subtotal_is_not_put_on(write):
    rows = "a@x.nl;4-3-2025;25;5;20\nb@x.nl;5-3-2025;36;6;30\n"
    assert figures(read(write(f"E-mail;Datum;Subtotaal;Verzending;Goederen\n{rows}")))[1] == 61.0


@pytest.mark.slow
def test_shipping_on_each_line_of_an_order_is_asked_about(write):
    path = write("Ordernummer;E-mail;Datum;Subtotaal;Verzendkosten\n7;a@x.nl;4-3-2025;20;5\n"
                 "7;a@x.nl;4-3-2025;30;5\n8;b@x.nl;5-3-2025;9;5\n")  # fmt: skip
    with pytest.raises(Ambiguous, match="van de regel, of van de hele order"):
        read(path)
    assert figures(typed(path, "--kolommen plus2=Verzendkosten"))[:2] == (2, 74.0)
    assert figures(typed(path, "--kolommen plus2=-"))[:2] == (2, 59.0)


def test_a_subtotal_and_shipping_that_stand_on_each_line_count_once_together(write):
    path = write("Ordernummer;E-mail;Datum;Subtotaal;Verzendkosten\n7;a@x.nl;4-3-2025;20;5\n"
                 "7;a@x.nl;4-3-2025;20;5\n8;b@x.nl;5-3-2025;9;5\n")  # fmt: skip
    assert figures(typed(path, "--regels ordertotaal"))[:2] == (2, 39.0)


@pytest.mark.parametrize("head", [
    "Shipping zip", "Verzendweek", "Shipping phone", "Verzendgewicht", "Shipping Address Line1", "Shipping house no",
])  # fmt: skip
def test_a_number_about_shipping_is_no_money(write, head):
    path = write(f"{head};Subtotaal;E-mail;Orderdatum\n12;20;a@x.nl;4-3-2025\n13;60;b@x.nl;5-3-2025\n")
    assert figures(read(path))[:2] == (2, 80.0)
