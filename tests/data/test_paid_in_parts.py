"""Deposits and rests: one order of several rows, an amount of two columns, and what is still open is said."""

import pytest

from klantwaarde_xl.data.reading.kinds.partly_paid import is_partly_paid
from klantwaarde_xl.data.reading.kinds.parts_of_payments import part_of
from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, follow, read, said, typed, write

__all__ = ["write"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Aanbetaling 30%", 1), ("Restbetaling", 2), ("1 van 3", 1), ("3/3", 2), ("Termijn 2", 2), ("2e termijn", 2),
        ("Deposit", 1), ("Balance payment", 2), ("Anzahlung", 1), ("Acompte", 1), ("Solde", 2), ("1 of 1", 0),
        ("Volledige betaling", 0), ("Restaurant", 0), ("4 van 3", 0), ("iDEAL", 0),
    ],
)  # fmt: skip
def test_which_part_of_a_payment_a_text_names(text, part):
    assert part_of(text, counted=True) == part


def bookings(write, first="Aanbetaling", rest="Restbetaling", number="Boeking", header="Omschrijving"):
    rows = [
        f"71;An;04-01-2025;{first};25,00", f"72;Bo;06-01-2025;{first};31,50", f"71;An;11-02-2025;{rest};75,00",
        f"72;Bo;18-03-2025;{rest};68,50", "73;An;20-03-2025;Ineens;90,00",
    ]  # fmt: skip
    return write("\n".join([f"{number};Klant;Datum;{header};Bedrag", *rows]) + "\n")


@pytest.mark.parametrize("number", ["Boeking", "Boekingsnummer", "Factuurnr", "Order ID"])
@pytest.mark.parametrize(
    ("first", "rest"), [("Aanbetaling", "Restbetaling"), ("Termijn 1 van 2", "Termijn 2 van 2")]
)
def test_a_deposit_and_the_rest_are_one_order_on_the_day_of_the_first(write, number, first, rest):
    path = bookings(write, first, rest, number)
    checked = read(path)
    assert figures(checked) == (3, 290.0, 290.0, 2)
    assert "2 orders zijn in delen betaald" in said(checked, "rij")
    days = [str(day) for (day,) in checked.con.execute("select dag from tx order by dag").fetchall()]
    assert days == ["2025-01-04", "2025-01-06", "2025-03-20"]
    assert figures(typed(path, "--kolommen order=-"))[:2] == (5, 290.0)


def test_equal_instalments_of_an_amount_add_up(write):
    rows = [
        f"{40 + at % 4};k{at % 4};0{1 + at // 4}-0{1 + at // 4}-2025;{1 + at // 4} van 3;20,00"
        for at in range(12)
    ]
    path = write("\n".join(["Factuurnr;Klant;Datum;Termijn;Bedrag", *rows]) + "\n")
    assert figures(read(path))[:2] == (4, 240.0)


def test_parts_without_a_number_are_said(write):
    path = bookings(write)
    text = path.read_text().replace("Boeking;", "").replace("71;", "").replace("72;", "").replace("73;", "")
    checked = read(write(text))
    assert figures(checked)[:2] == (5, 290.0)
    assert "4 rijen met een deel van een betaling" in said(checked, "rij")


@pytest.mark.parametrize("words", [("Ineens", "Ineens"), ("Hotel", "Restaurant"), ("Deel A", "Deel B")])
def test_rows_that_are_no_parts_stay_orders(write, words):
    checked = read(bookings(write, *words))
    assert figures(checked)[0] == 5
    assert "deel van een betaling" not in said(checked, "rij")


@pytest.mark.parametrize(
    "heads", [("Aanbetaling", "Restbetaling"), ("Deposit", "Balance"), ("Anzahlung", "Restzahlung")]
)
def test_two_columns_of_parts_are_proposed_together(write, heads):
    rows = ["An;03-01-2025;20,25;60,00", "Bo;03-02-2025;30,00;70,00", "An;05-03-2025;60,00;0,00"]
    path = write("\n".join([f"Klant;Datum;{heads[0]};{heads[1]}", *rows]) + "\n")
    with pytest.raises(ColumnsMissing) as asked:
        read(path)
    assert figures(follow(path, asked.value))[:2] == (3, 240.25)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Outstanding", ("0", "60.00", "")),
        ("Amount paid", ("50.00", "20.00", "20.00")),
        ("Restbedrag", ("0", "60", "0")),
    ],
)
def test_what_is_open_is_said_without_a_status(write, header, cells):
    rows = [f"{at},k{at % 2},2025-02-0{at},{whole},{cell}" for at, (whole, cell) in
            enumerate(zip(("50.00", "80.00", "20.00"), cells, strict=True), 1)]  # fmt: skip
    about = said(read(write("\n".join([f"Order ID,Customer,Date,Total,{header}", *rows]) + "\n")), "status")
    assert f"1 order is voor een deel betaald (kolom '{header}'), samen € 80,00" in about
    assert "daarvan is € 60,00 nog open" in about


def test_what_was_paid_with_vat_of_amounts_without_is_no_part(write):
    rows = [f"{at},k{at % 2},2025-02-0{at},{at * 10},{at * 12.1 if at < 3 else 6.05}" for at in (1, 2, 3)]
    path = write("\n".join(["Order ID,Customer,Date,Total excl. VAT,Amount paid", *rows]) + "\n")
    assert "voor een deel" not in said(read(path), "status")


@pytest.mark.parametrize(
    ("word", "part"), [("50% betaald", True), ("betaald (30%)", True), ("100% betaald", False)]
)
def test_a_share_that_was_paid(word, part):
    assert is_partly_paid(word) is part


@pytest.mark.parametrize(
    ("number", "orders"), [("Projectnr", 3), ("Dossier", 3), ("Klantnr", 5), ("Artikelnr", 5)]
)
def test_a_number_of_a_project_joins_and_one_of_a_customer_or_an_article_does_not(write, number, orders):
    text = bookings(write, number=number).read_text()
    assert figures(read(write(text), {"klant": "Klant"}))[0] == orders


def test_two_first_payments_under_one_number_are_no_parts_of_one_order(write):
    text = (
        bookings(write).read_text()
        + "71;An;05-05-2025;Aanbetaling;12,00\n71;An;06-06-2025;Restbetaling;9,00\n"
    )
    checked = read(write(text))
    assert figures(checked)[1] == 311.0
    assert "1 order is in delen betaald" in said(checked, "rij")


@pytest.mark.parametrize("header", ["Soort betaling", "Betaling", "Payment type"])
def test_what_is_given_back_is_asked_beside_parts_and_a_first_payment_is_not(write, header):
    rest = "71;An;12-02-2025;Borg;100,00\n72;Bo;19-03-2025;Borg;100,00\n"
    path = write(bookings(write, "Deposit", "Balance", header=header).read_text() + rest)
    with pytest.raises(Ambiguous, match="geen verkoop lijken: Borg \\(2\\)") as asked:
        read(path)
    option = asked.value.remedy.split("weg met ")[1].split(". Tellen")[0]
    assert figures(typed(path, option))[:2] == (3, 290.0)


def test_a_share_of_a_fee_is_no_money_that_was_kept_back(write):
    rows = ["2025-01-03,An,39.00,2.5,1.00", "2025-01-04,Bo,39.00,2.5,1.00"]
    assert figures(read(write("\n".join(["Date,Customer,Net,Fee %,Fee", *rows]) + "\n")))[1] == 80.0


@pytest.mark.parametrize("header", ["Termijn", "Termijnnr", "Instalment no"])
def test_numbers_of_instalments_join_them_below_one_invoice(write, header):
    path = write(
        f"Factuurnr;Factuurdatum;Klant;{header};Bedrag\nF1;3-1-2025;An;1;40,00\nF1;3-2-2025;An;2;40,00\n"
        "F2;9-1-2025;Bo;1;15,00\nF2;9-2-2025;Bo;2;15,00\nF2;9-3-2025;Bo;3;20,00\nF3;9-4-2025;An;1;7,00\n"
    )
    checked = read(path)
    assert figures(checked) == (3, 137.0, 137.0, 2)
    assert "2 orders zijn in delen betaald" in said(checked, "rij")
    assert figures(typed(path, "--kolommen order=-"))[0] == 6


def test_a_term_of_payment_in_days_is_no_number_of_an_instalment(write):
    path = write(
        "Factuurnr;Factuurdatum;Klant;Termijn;Bedrag\nF1;3-1-2025;An;14;40,00\nF2;3-2-2025;An;30;40,00\n"
        "F1;9-1-2025;Bo;14;15,00\n"
    )
    checked = read(path)
    assert figures(checked)[:2] == (3, 95.0)
    assert "delen" not in said(checked, "rij")


PAYMENTS = "F1;3-1-2025;An;40,00\nF1;3-2-2025;An;40,00\nF1;4-3-2025;An;40,00\nF2;9-1-2025;Bo;15,00\nF2;9-2-2025;Bo;35,00\n"


@pytest.mark.parametrize("day", ["Betaaldatum", "Payment date", "Betaald op", "Datum betaling"])
def test_payments_of_one_invoice_on_other_days_are_one_order(write, day):
    path = write(f"Factuurnummer;{day};Debiteur;Bedrag\n{PAYMENTS}")
    checked = read(path)
    assert figures(checked) == (2, 170.0, 170.0, 2)
    assert "2 orders zijn op meer dan één dag betaald" in said(checked, "rij")
    assert checked.rows()[0][1].isoformat() == "2025-01-03"
    assert figures(typed(path, "--kolommen order=-"))[0] == 5


def test_the_amount_of_an_invoice_beside_each_of_its_payments_counts_once(write):
    lines = PAYMENTS.splitlines()
    rows = "".join(f"{line};{'120,00' if line.startswith('F1') else '50,00'}\n" for line in lines)
    checked = read(write(f"Factuurnummer;Betaaldatum;Debiteur;Betaald bedrag;Factuurbedrag\n{rows}"))
    assert figures(checked) == (2, 170.0, 170.0, 2)
    assert "nog open" not in said(checked, "status")


@pytest.mark.parametrize(
    ("day", "more"),
    [("Factuurdatum", ""), ("Betaaldatum", "F1;9-6-2025;Cor;5,00\nF2;9-7-2025;Cor;5,00\n")],
)
def test_a_number_that_comes_back_otherwise_joins_no_days(write, day, more):
    checked = read(write(f"Factuurnummer;{day};Debiteur;Bedrag\n{PAYMENTS}{more}"))
    assert figures(checked)[0] == 5 + more.count("F")
