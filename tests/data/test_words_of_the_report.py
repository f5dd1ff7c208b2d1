"""What a report says of money and numbers of orders: nothing that the file does not show."""

import pytest

from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]


@pytest.mark.slow
def test_an_amount_that_is_a_total_with_vat_and_shipping_has_no_vat_itself(write):
    path = write(
        "Order;Datum;Klant;Netto totaal;Btw;Verzending;Alles\n1;02-05-2025;K;100,00;21,00;0,00;121,00\n"
        "2;13-05-2025;L;50,00;10,50;6,00;66,50\n3;15-05-2025;M;20,00;4,20;4,00;28,20\n"
    )
    checked = read(path)
    assert "zonder btw" in said(checked, "bedrag")
    assert figures(checked)[1] == 170.0


def test_vat_that_no_sum_shows_is_assumed_to_be_in_the_amount_and_said_so(write):
    rows = "1;02-05-2025;K;100,00;3,33\n2;13-05-2025;L;50,00;7,77\n"
    assert "aangenomen met btw" in said(read(write(f"Order;Datum;Klant;Bedrag;Btw\n{rows}")), "bedrag")


def test_a_total_with_vat_on_each_line_is_told_once_for_an_order(write):
    rows = (
        "F1;02-05-2025;K;200,00;242,00\n" * 2
        + "F2;13-05-2025;L;50,00;60,50\nF3;14-05-2025;L;10,00;12,10\n" * 2
    )
    checked = read(write(f"Factuurnummer;Datum;Klant;Totaal excl. btw;Totaal incl. btw\n{rows}"))
    assert figures(checked)[1] == 260.0
    assert "€ 314,60" in said(checked, "bedrag")


@pytest.mark.parametrize(
    ("net", "total"), [("Nettobetrag", "Gesamtbetrag"), ("Netto", "Totaal"), ("Net amount", "Total")]
)
def test_a_net_amount_is_taken_where_known_rates_make_the_total_of_it(write, net, total):
    rows = "1;02-05-2025;K;121,00;100,00\n2;13-05-2025;L;21,80;20,00\n3;14-05-2025;L;36,30;30,00\n"
    checked = read(write(f"Ordernummer;Datum;Klant;{total};{net}\n{rows}"))
    assert figures(checked)[1] == 150.0
    assert "€ 179,10" in said(checked, "bedrag")


def test_a_net_amount_beside_fees_is_not_taken_for_one_without_vat(write):
    rows = "1;02-05-2025;K;121,00;21,00;100,00\n2;13-05-2025;L;24,20;4,20;20,00\n"
    assert figures(read(write(f"Order;Datum;Klant;Totaal;Transactiekosten;Netto\n{rows}")))[1] == 145.2


def test_returns_that_are_off_net_sales_with_discounts_are_seen_and_gross_sales_are_no_vat(write):
    path = write(
        "Day,Order,Customer,Gross sales,Discounts,Returns,Net sales,Taxes\n2025-05-02,A1,k,200.00,-20.00,0.00,180.00,37.80\n"
        "2025-05-13,A2,l,80.00,0.00,-30.00,50.00,10.50\n2025-05-17,A3,l,40.00,0.00,0.00,40.00,8.40\n"
    )
    checked = read(path)
    assert figures(checked) == (3, 270.0, 270.0, 2)
    assert "Gross" not in said(checked, "bedrag")


@pytest.mark.parametrize("header", ["ID", "Bon", "Referentie"])
def test_a_number_that_nobody_has_twice_is_named_as_such(write, header):
    rows = "771;02-05-2025;K;5,00\n772;02-05-2025;L;6,00\n773;13-05-2025;L;7,00\n"
    told = said(read(write(f"{header};Datum;Klantnummer;Totaal\n{rows}")), "rij")
    assert f"kolom '{header}' heeft geen nummer twee keer" in told


@pytest.mark.parametrize(
    ("number", "day"),
    [("Boekingsnummer", "Datum boeking"), ("Reserveringsnummer", "Reserveringsdatum"), ("Deal", "Sluitdatum"),
     ("Charge", "Charged at"), ("Behandeling", "Afspraakdatum"), ("Nota", "Verkocht op")],
)  # fmt: skip
def test_days_of_bookings_deals_and_charges_are_no_question(write, number, day):
    rows = "r1;02-05-2025;K;5,00\nr2;13-05-2025;L;6,00\n"
    assert figures(read(write(f"{number};{day};Klant;Bedrag\n{rows}"))) == (2, 11.0, 11.0, 2)


def test_a_guest_goes_before_who_booked(write):
    rows = "9;02-05-2025;Balie;Noor Vos;80,00\n10;13-05-2025;Balie;Bas Bos;90,00\n"
    path = write(f"Boekingsnummer;Geboekt op;Geboekt door;Gastnaam (-namen);Prijs\n{rows}")
    assert figures(read(path)) == (2, 170.0, 170.0, 2)


@pytest.mark.parametrize(("option", "why"), [
    ('--alleen "Vlag="', "Vlag is niet leeg"), ('--zonder "Vlag="', "Vlag is leeg"),
    ('--alleen "Vlag=,b"', "Vlag is niet leeg,b"), ('--zonder "Vlag=a"', "Vlag is a"),
])  # fmt: skip
def test_what_a_cell_is_that_holds_nothing_is_said_in_a_word(write, option, why):
    text = "Datum;Klant;Bedrag;Vlag\n4-3-2025;A;5;a\n5-3-2025;B;6;\n6-3-2025;C;7;b\n"
    assert [one.reason for one in typed(write(text), option).quality.left_out] == [why]
