"""VAT and totals of a whole order that stand on its lines are brought to what the amount is."""

import pytest

from klantwaarde_xl.errors import UsageError
from tests.data.exported import figures, read, said, write

__all__ = ["write"]


def table(write, head, *rows):
    return write("\n".join([head, *rows]) + "\n")


def net(path, **reading):
    return figures(read(path, **reading))[2]


@pytest.mark.slow
def test_a_total_with_vat_on_each_line_counts_once_per_order(write):
    path = table(
        write,
        "Factuurnr;Datum;Klant;Artikel;Bedrag excl;Btw %;Totaal incl",
        "F1;14-03-2025;k1;Zaag;300,00;21;417,00",
        "F1;14-03-2025;k1;Krant;49,54;9;417,00",
        "F2;15-03-2025;k2;Boor;80,00;21;96,80",
    )
    assert net(path) == 429.54
    assert net(path, vat="incl") == 513.8
    assert "513,80" in said(read(path), "bedrag")


def test_lines_alike_keep_their_share_of_a_total(write):
    path = table(
        write,
        "Factuurnr;Datum;Klant;Artikel;Bedrag excl;Totaal incl",
        "F1;14-03-2025;k1;Zaag;50,00;121,00",
        "F1;14-03-2025;k1;Boor;50,00;121,00",
        "F2;15-03-2025;k2;Boor;80,00;96,80",
        "F3;15-03-2025;k2;Boor;10,00;36,30",
        "F3;15-03-2025;k2;Zaag;20,00;36,30",
    )
    assert net(path, vat="incl") == 254.1


@pytest.mark.slow
@pytest.mark.parametrize("rest", ["", "0,00"])
def test_vat_on_the_first_line_is_that_of_the_order_total(write, rest):
    path = table(
        write,
        "Bestelnummer;Datum;Klant;Artikel;Besteltotaal;Btw",
        "B1;14-03-2025;k1;Zaag;363,00;63,00",
        f"B1;14-03-2025;k1;Boor;363,00;{rest}",
        f"B1;14-03-2025;k1;Lijm;363,00;{rest}",
        "B2;15-03-2025;k2;Boor;60,50;10,50",
        "B3;16-03-2025;k2;Boor;12,10;2,10",
        f"B3;16-03-2025;k2;Zaag;12,10;{rest}",
    )
    assert net(path) == 435.6
    assert net(path, vat="excl") == 360.0


@pytest.mark.slow
def test_vat_of_lines_beside_the_total_of_the_order_adds_up(write):
    path = table(
        write,
        "Bestelnummer;Datum;Klant;Artikel;Besteltotaal;Btw",
        "B1;14-03-2025;k1;Zaag;363,00;42,00",
        "B1;14-03-2025;k1;Boor;363,00;21,00",
        "B2;15-03-2025;k2;Boor;60,50;10,50",
        "B3;16-03-2025;k2;Boor;12,10;1,05",
        "B3;16-03-2025;k2;Zaag;12,10;1,05",
        "B4;16-03-2025;k3;Zaag;12,10;1,05",
        "B4;16-03-2025;k3;Boor;12,10;1,05",
    )
    assert net(path, vat="excl", lines="ordertotaal") == 370.0


@pytest.mark.slow
def test_vat_of_the_order_on_each_line_goes_off_once(write):
    path = table(
        write,
        "Bestelnummer;Datum;Klant;Artikel;Regelbedrag;Btw",
        "B1;14-03-2025;k1;Zaag;121,00;63,00",
        "B1;14-03-2025;k1;Boor;200,00;63,00",
        "B1;14-03-2025;k1;Lijm;42,00;63,00",
        "B2;15-03-2025;k2;Boor;60,50;10,50",
    )
    assert net(path) == 423.5
    assert net(path, vat="excl") == 350.0


def test_vat_of_each_line_goes_off_each_line(write):
    path = table(
        write,
        "Bestelnummer;Datum;Klant;Artikel;Regelbedrag;Btw",
        "B1;14-03-2025;k1;Zaag;121,00;21,00",
        "B1;14-03-2025;k1;Boor;242,00;42,00",
        "B2;15-03-2025;k2;Boor;60,50;10,50",
        "B2;15-03-2025;k2;Zaag;60,50;10,50",
    )
    assert net(path, vat="excl") == 400.0


@pytest.mark.slow
def test_a_total_that_has_shipping_too_is_what_revenue_is_with_vat(write):
    path = table(
        write,
        "Date,Customer,Gross sales,Discount,Net sales,Shipping,Tax,Total sales",
        "2025-03-14,k1,220.00,-20.00,200.00,10.00,44.10,254.10",
        "2025-03-15,k2,80.00,0.00,80.00,0.00,16.80,96.80",
        "2025-03-17,k2,51.00,-1.00,50.00,5.00,11.55,66.55",
    )
    assert "zonder btw" in said(read(path), "bedrag")
    assert net(path, vat="excl") == 330.0
    checked = read(path, vat="incl")
    assert figures(checked)[2] == 417.45
    assert "Shipping" in said(checked, "bedrag")


def test_sales_before_discounts_are_not_those_with_vat(write):
    path = table(
        write,
        "Date,Customer,Gross sales,Discounts,Net sales,Taxes",
        "2025-03-14,k1,220.00,-20.00,200.00,42.00",
        "2025-03-15,k2,80.00,0.00,80.00,16.80",
    )
    assert net(path, vat="incl") == 338.8


def test_a_tip_in_the_total_is_no_vat(write):
    path = table(
        write,
        "Datum;Klant;Bedrag excl btw;Btw;Fooi;Totaal",
        "14-03-2025;k1;100,00;9,00;7,00;116,00",
        "15-03-2025;k2;200,00;18,00;0,00;218,00",
    )
    assert net(path, vat="incl") == 327.0


def test_vat_that_no_sum_explains_beside_an_order_total_is_refused(write):
    path = table(
        write,
        "Bestelnummer;Datum;Klant;Artikel;Besteltotaal;Btw",
        "B1;14-03-2025;k1;Zaag;363,00;11,00",
        "B1;14-03-2025;k1;Boor;363,00;12,34",
        "B2;15-03-2025;k2;Boor;60,50;10,50",
    )
    with pytest.raises(UsageError, match="btw van de regel"):
        read(path, vat="excl", lines="ordertotaal")
