"""What a row of an export is, which orders count, and what was paid back."""

import datetime as dt

import pytest

from klantwaarde_xl.data.reading.kinds.fates import Fate, Status
from klantwaarde_xl.data.reading.kinds.statuses import fate_of
from klantwaarde_xl.errors import (
    Ambiguous,
    RowsRefused,
    UsageError,
)
from tests.data.exported import figures, read, said, write

__all__ = ["write"]


# ── the unit of a row ───────────────────────────────────────────────────────────────────────

LINES = "Ordernummer;Klantnr;Datum;{head}\n1;A;1-2-2024;{a}\n1;A;1-2-2024;{b}\n2;B;2-2-2024;{c}\n"


def lines(write, head, a, b, c):
    return write(LINES.format(head=head, a=a, b=b, c=c))


def test_a_total_on_the_first_line_only_counts_once(write):
    path = lines(write, "Totaal", "30,00", "", "5,00")
    assert figures(read(path)) == (2, 35.0, 35.0, 2)


def test_a_total_that_is_repeated_on_each_line_counts_once(write):
    read_ = read(lines(write, "Ordertotaal", "30,00", "30,00", "5,00"))
    assert figures(read_) == (2, 35.0, 35.0, 2)
    assert "telt één keer" in said(read_, "rij")


def test_amounts_of_lines_add_up(write):
    assert figures(read(lines(write, "Regelbedrag", "30,00", "30,00", "5,00"))) == (2, 65.0, 65.0, 2)


def test_totals_that_differ_within_an_order_are_of_its_lines(write):
    assert figures(read(lines(write, "Totaal", "30,00", "20,00", "5,00"))) == (2, 55.0, 55.0, 2)


@pytest.mark.slow
def test_one_amount_on_both_lines_that_may_be_either_is_asked_about_and_the_answers_work(write):
    path = lines(write, "Bedrag", "30,00", "30,00", "5,00")
    with pytest.raises(Ambiguous, match="hele order") as asked:
        read(path)
    assert "--regels optellen" in asked.value.remedy
    assert figures(read(path, lines="optellen"))[1] == 65.0
    assert figures(read(path, lines="ordertotaal"))[1] == 35.0


@pytest.mark.slow
@pytest.mark.parametrize("head", ["Bedrag", "Omzet", "Regelbedrag"])
def test_many_orders_of_one_amount_on_each_line_are_asked_about_unless_the_header_says_total(write, head):
    rows = "".join(f"{n};K{n};1-2-2024;{n}0,00\n" * 2 for n in range(1, 7))
    with pytest.raises(Ambiguous, match="hele order"):
        read(write(f"Ordernummer;Klantnr;Datum;{head}\n{rows}"))
    assert figures(read(write(f"Ordernummer;Klantnr;Datum;Ordertotaal\n{rows}")))[:2] == (6, 210.0)


def test_pieces_times_their_price_settle_what_an_amount_is(write):
    path = write(
        "Ordernummer;Klantnr;Datum;Aantal;Stukprijs;Bedrag\n"
        "1;A;1-2-2024;3;10,00;30,00\n1;A;1-2-2024;2;15,00;30,00\n"
    )
    assert figures(read(path))[:2] == (1, 60.0)


def test_a_price_beside_a_quantity_is_never_revenue(write):
    checked = read(write("Klantnr;Datum;Aantal;Prijs\nA;1-2-2024;3;10,00\nB;1-2-2024;1;2,50\n"))
    assert figures(checked)[1] == 32.5
    assert "'Aantal' × 'Prijs'" in said(checked, "bedrag")


def test_a_number_of_a_contract_joins_no_two_days(write):
    rows = "".join(f"C1;A;1-{month}-2024;10,00\n" for month in range(1, 7))
    checked = read(write(f"Bestelnummer;Klantnr;Datum;Ordertotaal\n{rows}"))
    assert figures(checked)[:2] == (6, 60.0)
    assert "meer dan één klant of dag" in said(checked, "rij")


def test_a_number_without_a_name_we_know_is_found_by_its_contents(write):
    rows = "".join(
        f"B{n:03};K{n % 7};{1 + n % 27}-2-2024;Artikel {i};{n + i},50\n"
        for n in range(40)
        for i in range(1 + n % 3)
    )
    checked = read(write(f"Kenmerk;Klantnr;Datum;Omschrijving;Omzet\n{rows}"))
    assert figures(checked)[0] == 40
    assert "'Kenmerk'" in said(checked, "rij")


def test_columns_that_repeat_for_more_customers_are_no_order_number(write):
    rows = "".join(f"A{n % 5};K{n % 7};{1 + n % 3}-2-2024;5,00\n" for n in range(60))
    assert figures(read(write(f"Artikel;Klantnr;Datum;Omzet\n{rows}")))[0] == 60


def test_a_line_without_customer_or_day_has_those_of_its_order(write):
    path = write("Ordernummer;Klantnr;Datum;Regelbedrag\n1;A;1-2-2024;10\n1;;;20\n2;B;2-2-2024;5\n")
    checked = read(path)
    assert figures(checked) == (2, 35.0, 35.0, 2)
    assert checked.quality.problems == ()


# ── what counts ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "fate"),
    [
        ("Betaald", Fate.PAID), ("paid", Fate.PAID), ("Voltooid", Fate.PAID), ("wc-completed", Fate.PAID),
        ("processing", Fate.PAID), ("Succeeded", Fate.PAID), ("Verzonden", Fate.PAID),
        ("unpaid", Fate.OPEN), ("Niet betaald", Fate.OPEN), ("on-hold", Fate.OPEN), ("pending_payment", Fate.OPEN),
        ("Openstaand", Fate.OPEN), ("voided", Fate.CANCELLED), ("Geannuleerd", Fate.CANCELLED), ("canceled", Fate.CANCELLED),
        ("Failed", Fate.FAILED), ("mislukt", Fate.FAILED), ("expired", Fate.FAILED),
        ("refunded", Fate.REFUNDED), ("Terugbetaald", Fate.REFUNDED), ("partially_refunded", Fate.PARTLY_REFUNDED),
        ("Gedeeltelijk terugbetaald", Fate.PARTLY_REFUNDED), ("blauw", Fate.UNKNOWN), ("", None), ("  ", None),
    ],
)  # fmt: skip
def test_the_words_of_a_status_say_what_became_of_an_order(text, fate):
    assert fate_of(text, Status(0, "Status")) is fate


@pytest.mark.slow
def test_refunded_is_a_sale_paid_back_for_a_payment_and_no_sale_for_an_order(write):
    rows = "A;1-2-2024;10;betaald\nB;1-2-2024;20;terugbetaald\n"
    assert figures(read(write(f"Klantnr;Datum;Bedrag;Betaalstatus\n{rows}"))) == (2, 30.0, 10.0, 2)
    assert figures(read(write(f"Klantnr;Datum;Bedrag;Orderstatus\n{rows}"))) == (1, 10.0, 10.0, 1)


@pytest.mark.slow
def test_an_open_invoice_counts_and_an_open_order_does_not(write):
    rows = "1;A;1-2-2024;10;open\n2;B;1-2-2024;20;betaald\n"
    assert figures(read(write(f"Factuurnummer;Klantnr;Datum;Bedrag;Status\n{rows}")))[0] == 2
    assert figures(read(write(f"Bestelnummer;Klantnr;Datum;Bedrag;Status\n{rows}")))[0] == 1


def test_what_does_not_count_is_said_with_its_rows_and_its_amount(write):
    checked = read(
        write(
            "Klantnr;Datum;Bedrag;Status\nA;1-2-2024;10;betaald\nB;1-2-2024;20;mislukt\nC;1-2-2024;30;blauw\n"
        )
    )
    (left,) = checked.quality.left_out
    assert (left.rows, left.amount) == (1, 20.0)
    assert "niet herkend, telt mee" in said(checked, "status")
    assert checked.quality.rows_read == 3


def test_the_user_says_what_counts(write):
    path = write("Klantnr;Datum;Bedrag;Status\nA;1-2-2024;10;betaald\nB;1-2-2024;20;open\n")
    assert figures(read(path))[0] == 1
    assert figures(read(path, counted=("betaald", "open")))[0] == 2


def test_a_parcel_says_nothing_of_the_payment(write):
    path = write(
        "Klantnr;Datum;Bedrag;Fulfillment Status\nA;1-2-2024;10;unfulfilled\nB;1-2-2024;20;cancelled\n"
    )
    assert figures(read(path))[:2] == (1, 10.0)


def test_a_column_of_refunds_is_taken_off(write):
    path = write(
        "Klantnr;Datum;Totaal;Refunded Amount\nA;1-2-2024;10,00;0\nB;1-2-2024;20,00;-7,50\nC;1-2-2024;5,00;5,00\n"
    )
    assert figures(read(path)) == (3, 35.0, 22.5, 3)


def test_rows_are_left_out_by_what_a_column_holds(write):
    path = write("E-mail;Datum;Bedrag\nik@winkel.nl;1-2-2024;10\nx@y.nl;1-2-2024;20\n")
    checked = read(path, without=(("e-mail", "*@WINKEL.nl"),))
    assert figures(checked)[:2] == (1, 20.0)
    assert checked.quality.left_out[0].rows == 1
    with pytest.raises(UsageError, match="kleur"):
        read(path, without=(("kleur", "x"),))


SAME_NUMBER = (
    "Ordernummer;Datum;Klantnummer;Totaal;Status\n1;10-01-2023;K1;100,00;{fate}\n1;15-01-2024;{who};120,00;\n"
)


@pytest.mark.slow
def test_a_number_that_begins_again_gives_a_stranger_neither_customer_nor_status(write):
    checked = read(write(SAME_NUMBER.format(fate="Betaald", who="")))
    assert [row[0] for row in checked.rows()] == ["K1", None]
    checked = read(write(SAME_NUMBER.format(fate="Geannuleerd", who="K3")))
    assert checked.rows() == [("K3", dt.date(2024, 1, 15), 120.0)]


@pytest.mark.parametrize(
    ("text", "fate"),
    [
        ("Onvoldaan", Fate.OPEN), ("Niet voltooid", Fate.OPEN), ("Niet geslaagd", Fate.FAILED), ("Unsuccessful", Fate.FAILED),
        ("Not completed", Fate.OPEN), ("Uncaptured", Fate.OPEN), ("Inactive", Fate.OPEN), ("Niet verzonden", Fate.OPEN),
        ("Gestorneerd", Fate.REFUNDED), ("Afgekeurd", Fate.FAILED), ("Geen betaling", Fate.FAILED), ("holded", Fate.OPEN),
        ("In behandeling", Fate.PAID), ("Awaiting Fulfillment", Fate.PAID), ("Wacht op verzending", Fate.PAID),
        ("Wacht op betaling", Fate.OPEN), ("Concept", Fate.DRAFT), ("voided", Fate.CANCELLED), ("Voldaan", Fate.PAID),
    ],
)  # fmt: skip
def test_a_word_within_another_is_not_taken_for_it(text, fate):
    assert fate_of(text, Status(0, "Status")) is fate


@pytest.mark.parametrize(
    "head", ["Klantstatus", "Subscription Status", "Nieuwsbriefstatus", "email_status", "Exportstatus"]
)
def test_a_status_of_something_else_than_a_sale_decides_nothing(write, head):
    path = write(f"Klantnr;Datum;Bedrag;{head}\nA;1-2-2024;10;cancelled\nB;1-2-2024;20;nieuw\n")
    assert figures(read(path))[:2] == (2, 30.0)


def test_what_is_paid_is_paid_whatever_the_order_says(write):
    path = write(
        "Klantnr;Datum;Bedrag;Orderstatus;Betaalstatus\nA;1-2-2024;10;Nieuw;Betaald\nB;1-2-2024;20;Geannuleerd;Betaald\n"
    )
    assert figures(read(path))[:2] == (1, 10.0)


@pytest.mark.parametrize("nothing", ["-", "NULL", "0000-00-00"])
def test_no_date_of_cancelling_is_no_cancelling(write, nothing):
    path = write(f"Klantnr;Datum;Bedrag;Cancelled at\nA;1-2-2024;10;{nothing}\nB;1-2-2024;20;2024-02-03\n")
    assert figures(read(path))[:2] == (1, 10.0)


def test_a_draft_is_no_invoice(write):
    path = write(
        "Factuurnummer;Klantnr;Datum;Bedrag;Status\n1;A;1-2-2024;10;Concept\n2;B;1-2-2024;20;Openstaand\n"
    )
    assert figures(read(path))[:2] == (1, 20.0)


@pytest.mark.parametrize("head", ["Status", "Order Status"])
def test_a_refund_with_a_row_of_its_own_is_taken_off_once(write, head):
    path = write(
        f"Klantnr;Datum;Bedrag;{head}\nA;1-2-2024;50;refunded\nA;2-2-2024;-50;completed\nB;2-2-2024;100;completed\n"
    )
    assert figures(read(path)) == (2, 150.0, 100.0, 2)


def test_a_column_of_refunds_beside_rows_of_refunds_is_taken_off_once(write):
    path = write(
        "Ordernummer;Klantnr;Datum;Bedrag;Refunded Amount\n1;A;1-2-2024;50;50\n1;A;2-2-2024;-50;\n2;B;2-2-2024;100;20\n"
    )
    assert figures(read(path))[1:3] == (150.0, 80.0)


def test_one_line_that_came_back_is_not_the_whole_order(write):
    path = write(
        "Bestelnummer;Klantnr;Datum;Regelbedrag;Status\n1;A;1-2-2024;60;Verzonden\n1;A;1-2-2024;40;Geretourneerd\n"
    )
    assert figures(read(path))[1:3] == (100.0, 60.0)


@pytest.mark.slow
def test_a_refund_of_the_order_on_each_line_counts_once_and_of_the_line_adds_up(write):
    head = "Bestelnummer;Klantnr;Datum;Regelbedrag;{}\n1;A;1-2-2024;60;{}\n1;A;1-2-2024;40;{}\n"
    assert figures(read(write(head.format("Order Refund Amount", 30, 30))))[2] == 70.0
    assert figures(read(write(head.format("Refunded Amount", 20, 30))))[2] == 50.0


def test_a_refund_with_vat_is_taken_off_revenue_without(write):
    path = write(
        "Klantnr;Datum;Bedrag excl. btw;Bedrag incl. btw;Refunded Amount\nA;1-2-2024;100;121;121\nB;1-2-2024;100;121;0\n"
    )
    assert figures(read(path))[1:3] == (200.0, 100.0)


def test_a_refund_is_converted_as_its_order(write):
    path = write("Klantnr;Datum;Bedrag;Valuta;Refunded Amount\nA;1-2-2024;100;USD;40\nB;1-2-2024;10;EUR;0\n")
    assert figures(read(path, currencies=(("EUR", 1.0), ("USD", 0.5))))[1:3] == (60.0, 40.0)


@pytest.mark.parametrize("cell", ["1-2-2024", "40,00 (deels)", "Ja"])
def test_a_refund_that_is_no_amount_is_refused_with_its_row(write, cell):
    with pytest.raises(RowsRefused, match="rij 3, kolom terugbetaald"):
        read(write(f"Klantnr;Datum;Bedrag;Refunded Amount\nA;1-2-2024;100;0\nB;1-2-2024;50;{cell}\n"))


@pytest.mark.slow
def test_a_line_of_less_than_no_pieces_came_back_whatever_its_sign(write):
    rows = "1;10-01-2024;K1;3;7,00;21,00\n2;12-01-2024;K1;-2;7,00;14,00\n"
    for head in ("Regelbedrag", "Bedrag"):
        checked = read(write(f"Factuurnummer;Datum;Klantnummer;Aantal;Stukprijs;{head}\n{rows}"))
        assert figures(checked) == (1, 21.0, 7.0, 1)
        assert "1 regel met een aantal onder nul is een retour" in said(checked, "bedrag")


def test_a_status_of_an_item_is_of_its_line(write):
    rows = "9,2024-01-10,7,60.00,complete\n9,2024-01-10,7,45.00,refunded\n"
    checked = read(write(f"order_id,created_at,customer_id,item_total,item_status\n{rows}"))
    assert figures(checked) == (1, 105.0, 60.0, 1)
