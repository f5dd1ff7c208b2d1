"""Exports of marketplaces and platforms: settlements, lists of members, tickets paid back, deposits."""

import pytest

from klantwaarde_xl.data.reading.questions.next_questions import first_answer
from klantwaarde_xl.errors import Ambiguous, ColumnsMissing, FileUnreadable
from tests.data.exported import figures, read, typed, write
from tests.examples import crossed

__all__ = ["write"]

LINES = [
    ("Order", "7-1", "ItemPrice", "60.00", "2025-03-02"), ("Order", "7-1", "ItemFees", "-9.00", "2025-03-02"),
    ("Order", "7-2", "ItemPrice", "25.00", "2025-03-05"), ("Order", "7-2", "ItemFees", "-3.75", "2025-03-05"),
    ("Order", "7-3", "ItemPrice", "14.00", "2025-03-06"), ("Refund", "7-2", "ItemPrice", "-25.00", "2025-03-09"),
    ("Refund", "7-2", "ItemFees", "3.00", "2025-03-09"), ("other-transaction", "", "other-transaction", "-39.00", "2025-03-10"),
]  # fmt: skip
HEADS = [
    "settlement-id;deposit-date;total-amount;transaction-type;order-id;shipment-id;amount-type;amount;posted-date",
    "Uitbetaling;Betaald op;Totaalbedrag;Soort;Ordernummer;Zendingnummer;Bedragsoort;Bedrag;Datum",
]


@pytest.mark.slow
@pytest.mark.parametrize("head", HEADS)
def test_lines_of_a_settlement_are_read_by_their_own_amounts_and_only_prices_count(write, head):
    lines = [f"88;;;{kind};{order};S{order};{what};{money};{day}" for kind, order, what, money, day in LINES]
    path = write("\n".join([head, "88;2025-03-15;24.25;;;;;;", *lines]))
    kinds, amounts = head.split(";")[3], head.split(";")[6]
    with pytest.raises((Ambiguous, ColumnsMissing)) as error:
        read(path)
    assert "S7-1" not in str(error.value)  # a parcel is no customer
    for kind in ("Order,Refund", "ItemPrice"):
        assert f"={kind}" in error.value.remedy
    checked = typed(
        path, "--kolommen klant=-", f'--alleen "{kinds}=Order,Refund"', f'--alleen "{amounts}=ItemPrice"'
    )
    assert figures(checked)[:3] == (3, 99.0, 74.0)


MEMBERS = [
    ("Name,Email,Patron Status,Lifetime Amount,Pledge Amount,Tier,Last Charge Date", "klanten"),
    ("Naam,E-mail,Status,Totaal besteed,Maandbedrag,Niveau,Laatste betaling", "klanten"),
    ("Name,Email,Stripe plan,Revenue,Cancel date,Country,Paid upgrade date", "contracten"),
]


@pytest.mark.parametrize(("head", "table"), MEMBERS)
def test_a_list_of_members_is_no_list_of_orders(write, head, table):
    rows = "A,a@x.nl,x,120.00,5.00,Goud,2025-03-02\nB,b@x.nl,y,30.00,2.50,Zilver,2025-01-08\n"
    if table == "contracten":
        rows = "A,a@x.nl,monthly,120.00,,NL,2025-03-02\nB,b@x.nl,yearly,30.00,2025-05-01,BE,2025-01-08\n"
    with pytest.raises((ColumnsMissing, FileUnreadable), match="Dit lijkt een lijst van") as error:
        read(write(f"{head}\n{rows}"))
    assert f"--tabel {table}" in error.value.remedy


@pytest.mark.slow
@pytest.mark.parametrize(
    ("word", "head"), crossed(["Refunded", "Terugbetaald", "Order refunded"], ["Order Type", "Type"])
)
def test_an_order_that_is_called_refunded_has_no_sale_beside_it_to_go_off(write, head, word):
    path = write(
        f"Order,Date,Email,{head},Total\n1,2025-02-03,a@x.nl,Completed,25.00\n2,2025-02-04,b@x.nl,Completed,40.00\n"
        f"3,2025-02-09,c@x.nl,{word},25.00\n"
    )
    with pytest.raises(Ambiguous) as error:
        read(path)
    assert figures(typed(path, first_answer(error.value.remedy)))[2] == 65.0


@pytest.mark.slow
def test_a_row_of_a_refund_beside_its_sale_still_goes_off(write):
    path = write(
        "Order,Date,Email,Type,Total\n1,2025-02-03,a@x.nl,Completed,25.00\n2,2025-02-04,b@x.nl,Completed,40.00\n"
        "2,2025-02-09,b@x.nl,Refunded,15.00\n"
    )
    with pytest.raises(Ambiguous) as error:
        read(path)
    assert figures(typed(path, first_answer(error.value.remedy)))[2] == 50.0


@pytest.mark.parametrize(("deposit", "seat"), [("Aanbetaling", "Tafel"), ("Deposit paid", "Table number")])
def test_a_deposit_or_a_table_is_not_proposed_as_the_amount(write, deposit, seat):
    path = write(
        f"Reserveringsnummer;Datum;E-mail;{seat};{deposit}\n1;2-5-2025;a@x.nl;4;20,00\n2;3-5-2025;b@x.nl;7;35,00\n"
    )
    with pytest.raises(ColumnsMissing) as error:
        read(path)
    assert f"bedrag={deposit}" not in error.value.remedy
    assert f"bedrag={seat}" not in error.value.remedy


@pytest.mark.parametrize("till", ["Receipt Number", "Bonnummer"])
def test_a_number_of_a_till_that_few_rows_have_leaves_the_order_to_its_name(write, till):
    head = f"Name,Email,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,{till}"
    path = write(
        f"{head}\n"
        "#901,an@x.nl,paid,EUR,52.00,2025-03-02 10:11:12 +0100,1,Lamp,\n"
        "#901,an@x.nl,,,,2025-03-02 10:11:12 +0100,2,Peertje,\n"
        "#902,bo@y.nl,paid,EUR,19.50,2025-03-04 08:00:00 +0100,1,Snoer,\n"
    )
    assert figures(read(path))[:2] == (2, 71.5)
    at_a_till = write(path.read_text().replace("Snoer,", "Snoer,T8"))
    assert figures(read(at_a_till))[:2] == (2, 71.5)
    every = write(
        path.read_text().replace("Lamp,", "Lamp,T7").replace("tje,", "tje,T7").replace("er,", "er,T8")
    )
    assert dict(read(every).quality.headers)["order"] == till
