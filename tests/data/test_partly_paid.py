"""Orders that were paid in part count in full, which is said with what can be typed instead."""

import re

import pytest

from klantwaarde_xl.data.reading.kinds.partly_paid import is_partly_paid
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]


@pytest.mark.parametrize(
    "word",
    ["Partially Paid", "partially_paid", "Partial payment", "part-paid", "Gedeeltelijk betaald", "deels voldaan",
     "betaald (gedeeltelijk)", "Deelbetaling", "Aanbetaling ontvangen", "Deposit paid", "Teilweise bezahlt",
     "teilbezahlt", "angezahlt", "Partiellement payé", "Parcialmente pagado", "pagato parzialmente"],
)  # fmt: skip
def test_words_for_a_part_that_was_paid(word):
    assert is_partly_paid(word)


@pytest.mark.parametrize(
    "word",
    ["Paid", "betaald", "Partially refunded", "deels terugbetaald", "Unpaid", "onbetaald", "In parts",
     "partially shipped", "Deels geleverd", "Apart betaald", "Teilweise erstattet"],
)  # fmt: skip
def test_words_for_something_else(word):
    assert not is_partly_paid(word)


@pytest.mark.parametrize("word", ["Gedeeltelijk", "partial", "Deels", "parzialmente"])
def test_a_word_that_says_no_more_is_of_payments_in_their_own_column(word):
    assert is_partly_paid(word, of_payments=True)
    assert not is_partly_paid(word)


@pytest.mark.parametrize(
    ("word", "part"),
    [
        ("Termijn 1 van 3", True),
        ("installment 2/4", True),
        ("Termijn 3 van 3", False),
        ("Doos 1 van 3", False),
    ],
)
def test_parts_that_are_counted(word, part):
    assert is_partly_paid(word) is part


def invoices(write, more="", cells=("", "", "")):
    rows = [
        f"F1;An;02-02-2025;Betaald;60,00{cells[0]}",
        f"F2;Bo;03-02-2025;Deels betaald;90,50{cells[1]}",
        f"F3;Cas;04-02-2025;Deels betaald;10,00{cells[2]}",
    ]
    return write("\n".join([f"Factuurnr;Klant;Datum;Status;Totaal{more}", *rows]) + "\n")


def test_how_many_and_how_much_is_said_and_the_advice_leaves_them_out(write):
    path = invoices(write)
    checked = read(path)
    assert figures(checked)[:2] == (3, 160.5)
    assert "2 orders zijn voor een deel betaald ('Deels betaald'), samen € 100,50" in said(checked, "status")
    option = re.search('--zonder ".*?"', said(checked, "status"))[0]
    assert figures(typed(path, option))[:2] == (1, 60.0)


@pytest.mark.parametrize(
    ("head", "told"), [("Betaalstatus", True), ("Financial Status", True), ("Verzendstatus", False)]
)
def test_partly_alone_is_said_of_payments_and_of_no_parcels(write, head, told):
    path = invoices(write)
    path.write_text(path.read_text().replace("Status", head).replace("Deels betaald", "Gedeeltelijk"))
    assert ("voor een deel betaald ('Gedeeltelijk')" in said(read(path), "status")) is told


@pytest.mark.parametrize("cells", [(";1", ";0", ";1"), (";1,00", ";0,25", ";0,50")])
def test_a_one_for_yes_and_a_share_are_no_amount_that_was_paid(write, cells):
    path = invoices(write, ";Voldaan", cells)
    path.write_text(path.read_text().replace("Deels betaald", "Betaald"))
    assert "voor een deel betaald" not in said(read(path), "status")


def test_a_column_of_payments_that_is_no_status_says_it_too(write):
    path = invoices(write)
    path.write_text(path.read_text().replace("Status", "Betaling"))
    assert "2 orders zijn voor een deel betaald" in said(read(path), "status")


@pytest.mark.parametrize(
    ("more", "cells"),
    [
        (";Openstaand", (";0,00", ";50,50", ";4,00")),
        (";Balance due", (";", ";50,50", ";4,00")),
        (";Betaald bedrag", (";60,00", ";40,00", ";6,00")),
    ],
)
def test_what_is_open_is_said_where_a_column_has_it(write, more, cells):
    about = said(read(invoices(write, more, cells)), "status")
    assert f"daarvan is € 54,50 nog open (kolom {more[1:]!r})" in about


def test_what_was_paid_is_the_amount_and_no_order_in_full(write):
    path = invoices(write, ";Betaald bedrag", (";60,00", ";40,00", ";6,00"))
    path.write_text(path.read_text().replace("Totaal", "Iets"))
    assert "voor een deel" not in said(typed(path, '--kolommen "bedrag=Betaald bedrag"'), "status")


LINES = """Order number,Email,Paid status,Date,Line total
31,an@x.nl,paid,2025-02-02,12.00
32,bo@y.nl,partially paid,2025-02-03,20.00
32,,,,15.00
33,an@x.nl,paid,2025-02-05,7.00
33,,,,3.00
"""


def test_a_choice_by_what_only_the_first_line_of_an_order_says_holds_for_its_lines(write):
    path = write(LINES.replace("Paid status", "Payment status"))
    assert "samen € 35,00" in said(read(path), "status")
    assert figures(typed(path, '--zonder "Payment status=partially paid"'))[:2] == (2, 22.0)
    assert figures(typed(path, '--alleen "Payment status=paid"'))[:2] == (2, 22.0)
    assert figures(typed(path, '--alleen "Payment status=paid,partially paid"'))[:2] == (3, 57.0)


@pytest.mark.parametrize("credit", ["Store credit", "Cadeaubon gebruikt", "Winkeltegoed"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_what_was_paid_with_a_credit_is_not_open(write, credit, sign):
    rows = [
        ("A", "80,00", f"{sign}20,00", "60,00"),
        ("B", "50,00", "0,00", "50,00"),
        ("C", "9,00", "", "9,00"),
    ]
    lines = [";".join((str(at), f"{at}-3-2025", *row)) for at, row in enumerate(rows, 1)]
    checked = read(write("\n".join([f"Order;Datum;Klantnr;Totaal;{credit};Amount paid", *lines]) + "\n"))
    assert figures(checked)[1] == 139.0
    assert not said(checked, "status")
