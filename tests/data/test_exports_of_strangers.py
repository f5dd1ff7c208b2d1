"""Columns as programs name them: the buyer, deals, own addresses, bank accounts, numbers of sales, states."""

import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, typed, write

__all__ = ["write"]


def test_who_bought_goes_before_who_attends(write):
    path = write(
        "Order no.;Order date;Email;Buyer email;Ticket price\n7;2024-02-01;kid@x.nl;mum@x.nl;10\n"
        "7;2024-02-01;dad@x.nl;mum@x.nl;25\n8;2024-03-01;z@x.nl;z@x.nl;25\n"
    )
    assert figures(read(path)) == (2, 60.0, 60.0, 2)


@pytest.mark.parametrize("stage", ["Stage", "Fase", "Deal stage"])
def test_a_stage_of_a_deal_is_no_question_beside_a_status_that_says_won(write, stage):
    rows = "1;Offerte;Won;1-2-2024;A;70\n2;Offerte;Lost;2-2-2024;B;50\n3;Intake;Open;3-2-2024;C;30\n"
    path = write(f"Deal;{stage};Status;Datum;Klantnr;Bedrag\n{rows}")
    assert figures(read(path))[:2] == (1, 70.0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("head", "own"),
    [("E-mail", "kassa1@winkel.nl"), ("Customer email", "a@shop.eu"), ("Account number", "NL01INGB0001")],
)
def test_one_address_or_account_on_all_rows_is_asked_about(write, head, own):
    rows = "".join(f"{at}-2-2024;{own};{at}0\n" for at in range(1, 6))
    path = write(f"Datum;{head};Bedrag\n{rows}")
    with pytest.raises(Ambiguous, match="enige klant, of de winkel zelf"):
        read(path)
    assert figures(typed(path, "--kolommen klant=-")) == (5, 150.0, 150.0, 0)
    assert figures(typed(path, f'--kolommen "klant={head}"')) == (5, 150.0, 150.0, 1)


@pytest.mark.parametrize("head", ["Endsaldo", "Closing balance", "Startsaldo", "Eindsaldo"])
def test_a_balance_in_other_words_is_that_of_a_bank(write, head):
    path = write(f"Datum;Naam;Bedrag;{head}\n1-2-2024;A;10;110\n2-2-2024;Energie;-60;50\n3-2-2024;B;20;70\n")
    with pytest.raises(Ambiguous, match="afschrift van een rekening"):
        read(path)


@pytest.mark.parametrize("head", ["Transaction", "Receipt", "Boeking"])
def test_a_number_of_a_sale_that_comes_twice_joins_its_lines(write, head):
    path = write(f"Datum;Klantnr;{head};Bedrag\n1-2-2024;A;T71;10\n1-2-2024;A;T71;5\n2-2-2024;B;T72;5\n")
    assert figures(read(path))[:2] == (2, 20.0)


def test_a_file_of_tabs_is_read_by_the_name_that_a_bank_gives_it(write):
    path = write("Datum\tKlantnr\tBedrag\n1-2-2024\tA\t10,00\n2-2-2024\tB\t20,00\n", "TXT240201.TAB")
    assert figures(read(path))[1] == 30.0


def test_money_back_in_a_column_of_credits_goes_off(write):
    path = write(
        "Datum;Klantnr;Bedrag;Bedrag credit\n1-2-2024;A;55,00;0,00\n9-2-2024;B;30,00;0,00\n5-3-2024;A;0,00;55,00\n"
    )
    assert figures(read(path))[2] == 30.0


def test_an_uncleared_payment_is_open(write):
    path = write(
        "Ordernummer;Datum;Klantnr;Status;Bedrag\n1;1-2-2024;A;completed;10\n2;2-2-2024;B;uncleared;20\n"
    )
    assert figures(read(path))[:2] == (1, 10.0)


def test_an_amount_without_vat_is_taken_beside_rates_that_differ(write):
    path = write(
        "Factuurnr;Datum;Klantnr;Bedrag;BTW %;Bedrag incl.\n1;1-2-2024;A;100,00;21;121,00\n"
        "1;1-2-2024;A;50,00;9;54,50\n2;5-3-2024;B;50,00;9;54,50\n"
    )
    assert figures(read(path))[1] == 200.0


def test_a_few_orders_of_one_customer_are_no_question(write):
    assert (
        figures(
            read(write("Datum;E-mail;Bedrag\n1-2-2024;a@x.nl;10\n2-2-2024;a@x.nl;20\n3-2-2024;a@x.nl;5\n"))
        )[3]
        == 1
    )


@pytest.mark.parametrize(
    "head", ["Amount charged back", "Chargeback amount", "Teruggeboekt bedrag", "Stornobedrag"]
)
@pytest.mark.parametrize(("refund", "net"), [("Amount refunded", 57.5), ("Onbekend", 60.0)])
def test_what_a_bank_took_back_goes_off_beside_a_refund(write, head, refund, net):
    path = write(
        f"ID;Datum;Klantnr;Bedrag;{refund};{head}\nt1;1-2-2024;A;55,00;0,00;0,00\nt2;2-2-2024;B;35,00;0,00;35,00\n"
        "t3;5-3-2024;A;5,00;2,50;0,00\n"
    )
    assert figures(read(path))[2] == net


def test_a_chargeback_that_says_yes_or_no_is_no_money(write):
    path = write("ID;Datum;Klantnr;Bedrag;Chargeback\nt1;1-2-2024;A;55;nee\nt2;2-2-2024;B;35;nee\n")
    assert figures(read(path))[2] == 90.0


def test_gross_before_a_discount_is_no_revenue_where_net_and_vat_are_the_rest(write):
    path = write(
        "Bon;Datum;Klantnr;Bruto;Korting;Netto;BTW laag;BTW hoog;Fooi;Totaal betaald\n"
        "1;1-2-2024;A;50,00;;45,87;4,13;;5,00;55,00\n2;2-2-2024;B;100,00;10,00;78,00;5,00;7,00;;90,00\n"
        "3;9-3-2024;A;30,00;;27,52;2,48;;2,00;32,00\n"
    )
    assert figures(read(path))[1] == 151.39


@pytest.mark.parametrize("other", ["Pro forma", "Concept", "Quote"])
def test_what_is_no_invoice_yet_is_not_advised_beside_invoices(write, other):
    path = write(
        f"Nr;Soort;Datum;Klantnr;Bedrag\n1;{other};1-2-2024;A;70\n2;Factuur;2-2-2024;A;70\n3;Factuur;9-3-2024;B;30\n"
    )
    with pytest.raises(Ambiguous) as error:
        read(path)
    assert '--alleen "Soort=Factuur"' in error.value.remedy


def test_the_name_of_an_account_of_a_buyer_is_who_it_is(write):
    path = write(
        "Order ID;Date;Buyer username;Buyer email;Total\n1;2024-02-01;an1;x1@y.nl;10\n2;2024-02-02;an1;x2@y.nl;20\n"
    )
    assert figures(read(path))[3] == 1


@pytest.mark.parametrize(
    ("word", "orders"),
    [("Disputed", 2), ("Betwist", 2), ("needs_response", 2), ("under review", 2), ("Dispute won", 3),
     ("Niet betwist", 3), ("undisputed", 3)],
)  # fmt: skip
def test_a_payment_in_dispute_is_open_until_it_is_won(write, word, orders):
    path = write(
        f"ID;Datum;Klantnr;Status;Bedrag\n1;1-2-2024;A;paid;10\n2;2-2-2024;B;{word};20\n3;3-2-2024;C;paid;40\n"
    )
    assert figures(read(path))[0] == orders


def test_what_a_bank_holds_in_dispute_goes_off_unless_a_status_tells(write):
    head, rows = "ID;Datum;Klantnr;Bedrag;Disputed Amount", (("t1", "A", "50", ""), ("t2", "B", "35", "35"))
    lines = "".join(
        f"{nr};{at}-2-2024;{who};{paid};{back}{{}}\n" for at, (nr, who, paid, back) in enumerate(rows, 1)
    )
    assert figures(read(write(f"{head}\n{lines.format('', '')}")))[2] == 50.0
    for word, net in (("won", 85.0), ("lost", 50.0), ("needs_response", 50.0)):
        path = write(f"{head};Dispute Status\n{lines.format(';', f';{word}')}")
        assert figures(read(path))[2] == net


def test_rows_that_stand_below_one_another_as_before_and_all_count_are_said_to_overlap(write):
    rows = [f"{at % 28 + 1}-{at // 28 + 1}-2024;K{at % 9};{at * 3 % 17},50\n" for at in range(50)]
    head = "Datum;Klantnr;Bedrag\n"
    overlap = next(
        note
        for note in read(write("".join([head, *rows[:30], *rows[22:]])), lines="optellen").quality.notes
        if "gelijk" in note
    )
    assert "8 rijen die precies gelijk zijn" in overlap
    assert "8 daarvan staan hoger precies zo onder elkaar" in overlap
    apart = [*rows, *rows[3:30:5], rows[4], rows[4]]
    (note,) = [note for note in read(write("".join([head, *apart]))).quality.notes if "gelijk" in note]
    assert "overlappen" not in note
