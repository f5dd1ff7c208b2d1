"""Exports of sites and tills that were asked about, or advised about wrongly, without need."""

import re

import pytest

from klantwaarde_xl.data.reading.questions.next_questions import first_answer
from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]

GIFTS = "DateTime (UTC),From,Amount,Currency,TransactionType,TransactionId,BuyerEmail\n{}"
GIVEN = (
    "2025-04-03 10:00,Jan,5.00,EUR,Tip,t1,a@x.nl\n2025-04-14 10:00,An,12.00,EUR,Shop Order,t2,b@x.nl\n"
    "2025-04-15 10:00,Jan,5.00,EUR,Monthly Tip,t3,a@x.nl\n"
)


def test_a_tip_of_who_buys_nothing_that_day_is_a_gift_and_counts(write):
    assert figures(read(write(GIFTS.format(GIVEN)))) == (3, 22.0, 22.0, 2)


@pytest.mark.parametrize(
    "more",
    [
        "2025-04-14 10:00,An,2.00,EUR,Tip,t4,b@x.nl\n",  # of the customer and the day of an order
        "2025-04-16 10:00,An,2.00,EUR,Tip,t2,b@x.nl\n",  # with the number of an order
        "2025-04-16 10:00,,2.00,EUR,Tip,t4,\n",  # of nobody
    ],
)
def test_a_tip_beside_an_order_is_asked_about(write, more):
    with pytest.raises(Ambiguous, match="niet alles lijkt een verkoop"):
        read(write(GIFTS.format(GIVEN + more)))


LEDGER = (
    "Dagboek;Boekstuknummer;Boekdatum;Grootboek;Relatie;Factuurnummer;Bedrag;D/C\n"
    "VRK;1;03-04-2025;1300;1001;F1;121,00;Debet\nVRK;1;03-04-2025;8000;{0};F1;100,00;Credit\n"
    "VRK;1;03-04-2025;1500;{0};F1;21,00;Credit\nVRK;2;04-04-2025;1300;1002;F2;242,00;Debet\n"
    "VRK;2;04-04-2025;8000;{1};F2;200,00;Credit\nVRK;2;04-04-2025;1500;{1};F2;42,00;Credit\n"
)


@pytest.mark.parametrize(
    ("customers", "expected"), [(("", ""), (2, 363.0, 363.0, 2)), (("1001", "1002"), (2, 300.0, 300.0, 2))]
)
def test_the_first_answer_about_accounts_of_a_ledger_says_which_side_is_sold(write, customers, expected):
    path = write(LEDGER.format(*customers))
    with pytest.raises(Ambiguous) as asked:
        read(path)
    assert figures(typed(path, first_answer(asked.value.remedy))) == expected


SQUARE = (
    "Date,Gross Sales,Discounts,Net Sales,Tax,Total Collected,Fees,Net Total,Transaction ID,Customer ID\n"
    "2025-04-03,$30.00,-$3.00,$27.00,$2.43,$29.43,-$0.90,{0},tx1,C1\n"
    "2025-04-04,$20.00,$0.00,$20.00,$1.80,$21.80,-$0.70,{1},tx2,C2\n"
    "2025-04-09,$10.00,$0.00,$10.00,$0.90,$10.90,-$0.70,{2},tx4,C1\n"
)


def test_what_is_left_of_an_amount_after_fees_shows_that_none_is_off(write):
    assert figures(read(write(SQUARE.format("$28.53", "$21.10", "$10.20")))) == (3, 57.0, 57.0, 2)
    with pytest.raises(Ambiguous, match="kosten af zijn"):
        read(write(SQUARE.format("$28.00", "$21.00", "$10.00")))


APPOINTMENTS = (
    "Datum;Klant;Behandeling;Prijs;Korting;{};Status\n03-04-2025;Els;Knippen;35,00;0,00;35,00;Afgerond\n"
    "04-04-2025;An;Kleuren;80,00;8,00;{};Afgerond\n06-04-2025;Els;Knippen;35,00;0,00;0,00;No-show\n"
    "15-04-2025;Els;Knippen;35,00;0,00;35,00;Afgerond\n"
)


@pytest.mark.parametrize("header", ["Betaald", "Voldaan", "Ontvangen"])
def test_what_was_paid_shows_that_a_discount_still_goes_off(write, header):
    checked = read(write(APPOINTMENTS.format(header, "72,00")))
    assert figures(checked) == (3, 142.0, 142.0, 2)
    assert f"{header!r} is 'Prijs' min de korting" in said(checked, "bedrag")


@pytest.mark.parametrize(
    ("header", "paid"), [("Voldaan", "80,00"), ("Voldaan", "70,00"), ("Inkoop", "72,00")]
)
def test_where_nothing_was_paid_less_it_is_asked(write, header, paid):
    with pytest.raises(Ambiguous, match="al af is, is niet te zien"):
        read(write(APPOINTMENTS.format(header, paid)))


def test_the_last_rows_of_a_program_that_tell_how_many_it_wrote_are_none(write):
    head = "Record,Order Number,Buyer Username,Item Title,Quantity,Total Price,Sale Date,Paid On Date\n"
    rows = "1,12-1,jan,Mok,2,25.00,Apr-03-25,Apr-03-25\n2,12-2,piet,Kan,1,12.50,Apr-14-25,Apr-14-25\n"
    rows += (
        "3,12-3,jan,Kan,1,12.50,Apr-15-25,Apr-15-25\n\n3,record(s) downloaded,from ,Apr-01-25,23:59:59,,,\n"
    )
    checked = read(write(head + rows + '"Seller ID : winkel"\n'))
    assert figures(checked) == (3, 50.0, 50.0, 2)
    assert not checked.quality.problems


def test_a_row_with_pieces_and_nothing_else_stays_a_problem(write):
    head = "Order Number;Buyer Username;Quantity;Total Price;Sale Date\n"
    with pytest.raises(Exception, match="niet te lezen"):
        read(write(head + "1;jan;2;25,00;3-4-2025\n2;piet;1;;\n"))


def test_the_number_of_a_step_of_a_program_is_not_proposed_as_a_customer(write):
    head = "Order ID;Workflow ID;Order Date;Total\n"
    with pytest.raises(ColumnsMissing) as asked:
        read(write(head + "#A1;w1;03-04-2025;20,00\n#A2;w2;14-04-2025;30,00\n"))
    assert not re.search("Workflow ID'? [(]", str(asked.value))
    assert "klant=-" in asked.value.remedy


@pytest.mark.parametrize("header", ["Hammer price", "Hamerprijs", "Winning bid"])
def test_what_a_lot_went_for_is_its_amount(write, header):
    path = write(
        f"Order reference;Buyer;Sold on;{header}\nA1;jan;2025-04-03;120,00\nA2;jan;2025-04-15;60,00\n"
    )
    assert figures(read(path)) == (2, 180.0, 180.0, 1)


def test_one_number_of_two_customers_is_told_of_in_one(write):
    rows = "7;03-04-2025;a;25,00\n7;03-04-2025;b;25,00\n8;04-04-2025;c;35,00\n"
    told = said(read(write(f"Ordernummer;Datum;Klantnummer;Regelbedrag\n{rows}")), "rij")
    assert "1 nummer in kolom 'Ordernummer' staat bij meer dan één klant" in told


def test_what_a_site_took_is_off_where_what_was_cancelled_has_nothing_left(write):
    rows = "T1;3-4-2025;a@x.nl;50,00;12,50;37,50;Completed\nT2;4-4-2025;b@x.nl;50,00;0,00;0,00;Cancelled\n"
    rows += "T3;5-5-2025;a@x.nl;60,00;3,00;57,00;Completed\n"
    head = "Order reference;Booking date;Client email;Price;Commission;Net amount;Status\n"
    assert figures(read(write(head + rows))) == (2, 110.0, 110.0, 1)


@pytest.mark.parametrize("whose", ["Client", "Guest", "Attendee", "Deelnemer", "Patient"])
def test_an_address_goes_before_a_name_whosever_it_is(write, whose):
    rows = "1;3-4-2025;Jan Vos;a@x.nl;50,00\n2;4-4-2025;J. Vos;a@x.nl;60,00\n"
    checked = read(write(f"Ordernummer;Datum;{whose} name;{whose} email;Bedrag\n{rows}"))
    assert dict(checked.quality.headers)["klant"] == f"{whose} email"
    assert figures(checked)[3] == 1


def test_who_is_called_a_guest_and_has_an_address_is_somebody(write):
    rows = (
        "1;5;Jan Vos;a@x.nl;3-4-2025;50,00\n2;0;Gast;c@x.nl;4-4-2025;60,00\n3;0;Gast;c@x.nl;14-4-2025;20,00\n"
    )
    checked = read(write(f"Order ID;Customer ID;Customer Name;Customer Email;Order Date;Total\n{rows}"))
    assert figures(checked) == (3, 130.0, 130.0, 2)


def test_a_price_amount_is_the_money_of_its_row_and_of_no_piece(write):
    head = "order-id;posted-date;quantity-purchased;price-type;price-amount;buyer-email"
    rows = "O1;2025-03-05;2;Principal;20.00;a@x.nl\nO1;2025-03-05;;Shipping;4.00;a@x.nl\nO2;2025-04-09;1;Principal;30.00;b@x.nl\n"
    checked = read(write(f"{head}\n{rows}"))
    assert figures(checked) == (2, 54.0, 54.0, 2)
    assert dict(checked.quality.headers)["bedrag"] == "price-amount"
