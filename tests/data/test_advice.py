"""Questions whose first answer gives the right figures, and none where one reading fits."""

import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]


def rows(head, line, count=10):
    return "\n".join([head, *(line(at) for at in range(1, count + 1))]) + "\n"


def advice(path, kind=Ambiguous):
    """The options that a question advises first."""
    from klantwaarde_xl.data.reading.questions.next_questions import first_answer

    with pytest.raises(kind) as asked:
        read(path)
    told = asked.value.remedy
    line = told.partition("typt u erachter:\n")[2].splitlines()
    return line[0].strip() if line else first_answer(told)


@pytest.mark.parametrize(
    ("sale", "credit"),
    [
        ("Factuur", "Creditnota"),
        ("Customer Invoice", "Credit Note"),
        ("380", "381"),
        ("Rechnung", "Gutschrift"),
    ],
)
@pytest.mark.parametrize("sign", ["", "-"])
def test_a_credit_note_among_invoices_goes_off_without_a_question(write, sale, credit, sign):
    text = rows(
        "Nummer;Datum;Klant;Documenttype;Totaal",
        lambda at: f"{at};{at}-2-2025;k{at % 3};{credit if at == 4 else sale};{sign if at == 4 else ''}10,00",
    )
    assert figures(read(write(text)))[:3] == (9, 90.0, 80.0)


def test_an_open_invoice_in_a_list_of_invoices_and_credit_notes_counts(write):
    text = rows(
        "Nummer;Datum;Klant;Type;Totaal;Betaald",
        lambda at: (
            f"{at};{at}-2-2025;k{at % 3};{'Creditnota' if at == 4 else 'Factuur'};10,00;{'Nee' if at > 8 else 'Ja'}"
        ),
    )
    assert figures(read(write(text)))[2] == 80.0


def test_kinds_that_are_no_sale_and_have_no_amount_are_left_out(write):
    text = rows(
        "Datum;Soort;Gast;Bedrag;Uitbetaald",
        lambda at: f"{at}-2-2025;" + ("Boeking;N. Vos;10,00;" if at % 2 else "Uitbetaling;;;10,00"),
    )
    assert figures(read(write(text)))[:2] == (5, 50.0)


def test_a_guest_is_the_customer_of_a_booking_and_yes_is_nobody(write):
    assert figures(read(write("Datum;Gast;Bedrag\n3-2-2025;Vos;8,50\n4-2-2025;Bos;9,50\n")))[3] == 2
    with pytest.raises(ColumnsMissing, match="ontbreekt: klant"):
        read(write("Datum;Gast;Bedrag\n3-2-2025;ja;8,50\n4-2-2025;nee;9,50\n"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("head", "steps"),
    [("Event", ("created", "authorised", "captured")), ("Record type", ("Received", "SentForSettle", "Settled")),
     ("Status", ("Aangemaakt", "Betaald", "Verzonden"))],
)  # fmt: skip
def test_of_the_steps_of_a_payment_one_counts(write, head, steps):
    text = rows(
        f"Order;Date;Customer;{head};Amount",
        lambda at: f"o{(at + 2) // 3};2025-02-{(at + 2) // 3:02d};c;{steps[at % 3 - 1]};{(at + 2) // 3}0.00",
        12,
    )
    path = write(text)
    assert figures(typed(path, advice(path)))[:2] == (4, 100.0)


def test_lines_of_an_order_with_a_kind_each_are_no_steps(write):
    kinds = ("artikel", "verzending", "service")
    text = rows(
        "Order;Datum;Klant;Regeltype;Bedrag",
        lambda at: f"o{(at + 2) // 3};0{(at + 2) // 3}-02-2025;c;{kinds[at % 3 - 1]};{at % 3 + 1},00",
        12,
    )
    assert figures(read(write(text)))[:2] == (4, 24.0)


@pytest.mark.slow
def test_a_status_in_numbers_is_asked_about_and_the_usual_one_comes_first(write):
    path = write(
        rows(
            "Order;Datum;Klant;Bedrag;Statuscode",
            lambda at: f"{at};{at}-2-2025;k;10,00;{410 if at > 7 else 205}",
        )
    )
    assert advice(path) == '--alleen "Statuscode=205"'
    assert figures(typed(path, '--alleen "Statuscode=205"'))[:2] == (7, 70.0)


@pytest.mark.parametrize("beside", ["Betaald", "Mislukt"])
def test_a_status_in_numbers_beside_one_in_words_asks_nothing(write, beside):
    text = rows(
        "Order;Datum;Klant;Bedrag;Statuscode;Status",
        lambda at: f"{at};{at}-2-2025;k;10,00;{410 if at > 7 else 205};{beside if at > 7 else 'Betaald'}",
    )
    assert figures(read(write(text)))[0] == (10 if beside == "Betaald" else 7)


def test_an_asking_price_is_not_proposed_as_revenue(write):
    path = write(
        rows("Datum;Koper;Vraagprijs;Verkocht voor", lambda at: f"{at}-2-2025;k{at % 3};25,00;{at + 9},00")
    )
    assert advice(path, ColumnsMissing) == '--kolommen "bedrag=Verkocht voor"'


@pytest.mark.parametrize(
    ("price", "number"),
    [
        ("Prijs p.p.", "Aantal deelnemers"),
        ("Prijs per persoon", "Aantal gasten"),
        ("Price per night", "Number of nights"),
    ],
)
def test_a_price_for_each_is_taken_times_their_number(write, price, number):
    path = write(rows(f"Datum;Klant;{number};{price}", lambda at: f"{at}-2-2025;k;{at % 3 + 1};45,50"))
    assert figures(read(path))[1] == 20 * 45.5


@pytest.mark.parametrize(("price", "number"), [("Prijs per kilo", "Kilo"), ("Price per hour", "Hours")])
def test_a_price_is_taken_times_what_a_column_calls_by_its_unit(write, price, number):
    path = write(rows(f"Datum;Klant;{number};{price}", lambda at: f"{at}-2-2025;k;{at},50;2,00"))
    assert figures(read(path))[1] == 2 * (55 + 5)


@pytest.mark.slow
def test_what_came_in_on_a_statement_is_proposed_and_what_went_out_left(write):
    path = write(
        rows("Datum;Naam;Af;Bij", lambda at: f"{at}-2-2025;k{at % 3};" + (f";{at},50" if at % 4 else "7,25;"))
    )
    assert figures(typed(path, advice(path, ColumnsMissing)))[:2] == (8, 47.0)


def test_of_persons_and_nights_the_price_says_which_it_is_of(write):
    head = "Datum;Klant;Aantal personen;Aantal nachten;Prijs per nacht"
    assert figures(read(write(rows(head, lambda at: f"{at}-2-2025;k;4;{at % 3 + 1};45,50"))))[1] == 20 * 45.5


def test_a_price_of_what_is_not_counted_is_no_revenue(write):
    head = "Datum;Klant;Aantal personen;Aantal tafels;Prijs per avond"
    with pytest.raises(ColumnsMissing, match="aantal kan zijn"):
        read(write(rows(head, lambda at: f"{at}-2-2025;k;4;2;45,50")))


@pytest.mark.slow
def test_telephone_numbers_are_one_customer_in_every_way_of_writing(write):
    ways = (
        "0623456789",
        "06-23 45 67 89",
        "+31 6 23456789",
        "0031623456789",
        "623456789",
        "+31 (0)6 23456789",
    )
    path = write(rows("Order;Datum;Mobiel;Totaal", lambda at: f"{at};{at}-2-2025;{ways[at % 6]};10,00"))
    checked = typed(path, advice(path, ColumnsMissing))
    assert figures(checked)[3] == 1
    assert "6 schrijfwijzen" in said(checked, "klant")


def test_a_code_of_a_booking_is_not_proposed_as_the_customer(write):
    path = write(
        rows("Datum;Confirmation code;Wie;Bedrag", lambda at: f"{at}-2-2025;HM{at % 5}7;Vos {at % 3};10,00")
    )
    assert "Confirmation" not in advice(path, ColumnsMissing)


def test_money_out_in_a_column_of_its_own_is_left_out_by_the_advice(write):
    path = write(
        rows(
            "Datum;Naam;In;Uit", lambda at: f"{at}-2-2025;k{at % 3};" + (f"{at},50;" if at % 4 else ";70,25")
        )
    )
    assert figures(typed(path, advice(path, ColumnsMissing)))[:2] == (8, 47.0)


@pytest.mark.slow
def test_parts_of_an_amount_are_proposed_together_and_a_levy_beside_them_is_none(write):
    text = rows(
        "Datum;E-mail;Kamer;Diner;Toeristenbelasting",
        lambda at: f"{at}-2-2025;k{at % 3}@x.nl;{at}0,50;{'24,00' if at % 2 else '0,00'};3,20",
    )
    path = write(text)
    assert figures(typed(path, advice(path, ColumnsMissing)))[1] == 555.0 + 5 * 24.0


@pytest.mark.slow
def test_most_of_a_journal_is_sold(write):
    text = rows(
        "Stuk;Datum;Relatie;Bedrag;D/C",
        lambda at: f"{at};{at}-2-2025;k{at % 3};10,00;{'C' if at == 4 else 'D'}",
    )
    path = write(text)
    assert figures(typed(path, advice(path)))[2] == 80.0


def test_rows_of_data_with_periods_are_no_header_of_columns_side_by_side(write):
    text = rows("TIJDVAK\tGEMUTEERD\tWAARDE_X", lambda at: f"2025-FEB\t{at:02d}-02-2025\t1{at}-02-2025")
    with pytest.raises(ColumnsMissing, match="TIJDVAK"):
        read(write(text), {"klant": "-"})


def test_what_the_user_said_is_not_asked_again(write):
    text = rows("Datum;Code;Iets anders", lambda at: f"{at}-2-2025;ab{at % 3};{at}0,50")
    with pytest.raises(ColumnsMissing) as asked:
        read(write(text), {"klant": "-"})
    assert "klant=" not in asked.value.remedy


def test_the_kind_of_record_before_each_header_is_passed_over(write):
    text = rows(
        "Deal - Organization;Deal - Value;Deal - Status;Deal - Won time;Deal - Lost time",
        lambda at: f"k{at % 3};10,50;" + (f"Won;{at}-2-2025;" if at < 8 else f"Lost;;{at}-2-2025"),
    )
    assert figures(read(write(text)))[:2] == (7, 73.5)
