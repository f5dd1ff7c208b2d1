"""Columns that change the figures and have a header that is none of ours: known by what they hold, or asked."""

import duckdb
import openpyxl
import pytest

from klantwaarde_xl.errors import Ambiguous
from tests.data.exported import figures, read, said, write

__all__ = ["write"]


def orders(write, header, cells, sign=";"):
    """A file of orders of 12, 30 and 58 euros, one of which has another column."""
    amounts = ("12,00", "30,00", "58,00")
    rows = [f"{at};{at}-4-2025;K{at};{amount}" for at, amount in enumerate(amounts, 1)]
    lines = [f"{row};{cell}" for row, cell in zip(rows, cells, strict=True)]
    return write("\n".join([f"Order;Datum;Klantnr;Totaal;{header}", *lines, ""]))


# ── currencies ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize("header", ["order_currency_code", "Muntcode", "Betaalvaluta", "Curr.", "Geldsoort"])
def test_a_column_of_codes_is_the_currency(write, header):
    path = orders(write, header, ["EUR", "EUR", "sek"])
    with pytest.raises(Ambiguous, match=r"EUR \(2 rijen, 42,00\), SEK \(1 rij, 58,00\)"):
        read(path)
    assert figures(read(path, currencies=(("EUR", 1.0),)))[:2] == (2, 42.0)


@pytest.mark.slow
def test_a_question_about_a_currency_says_how_the_column_is_none(write):
    path = orders(write, "Geldsoort", ["EUR", "GBP", "EUR"])
    with pytest.raises(Ambiguous, match="EUR") as asked:
        read(path)
    assert "Is kolom 'Geldsoort' geen valuta: --kolommen valuta=-." in asked.value.remedy
    assert figures(read(path, {"valuta": "-"}))[1] == 100.0


def test_one_currency_is_told_and_read(write):
    checked = read(orders(write, "Geldsoort", ["PLN", "PLN", "PLN"]))
    assert figures(checked)[1] == 100.0
    assert "'Geldsoort' is naar haar inhoud de valuta" in said(checked, "valuta")
    assert "in PLN" in said(checked, "valuta")


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Land", ["NL", "BE", "FR"]),
        ("Maat", ["L", "XL", "S"]),
        ("Doelgroep", ["ALL", "ALL", "TOP"]),
        ("Opmerking", ["betaalt in USD", "", "EUR graag"]),
        ("Verkoper", ["RON", "PEN", "RON"]),
    ],
)
def test_other_short_words_are_no_currency(write, header, cells):
    checked = read(orders(write, header, cells))
    assert figures(checked) == (3, 100.0, 100.0, 3)
    assert said(checked, "valuta") == ""


@pytest.mark.slow
def test_of_two_columns_of_codes_the_one_that_pairs_with_the_amount_is_taken(write):
    head = "order_id,created_at,customer_id,presentment_currency_code,settlement_currency_code"
    rows = "1,2025-04-01,A,USD,EUR,12,10\n2,2025-04-02,B,USD,EUR,24,20\n"
    path = write(f"{head},presentment_total,settlement_total\n{rows}")
    checked = read(path, {"bedrag": "settlement_total"})
    assert figures(checked)[1] == 30.0
    assert "in USD" not in said(checked, "valuta")
    assert "in USD" in said(read(path, {"bedrag": "presentment_total"}), "valuta")


@pytest.mark.slow
def test_two_columns_of_codes_that_differ_and_do_not_pair_are_asked_about(write):
    path = write(
        "Order;Datum;Klantnr;Totaal;Munt A;Munt B\n1;1-4-2025;A;12;EUR;USD\n2;2-4-2025;B;30;EUR;EUR\n"
    )
    with pytest.raises(Ambiguous, match=r"'Munt A'.*'Munt B'") as asked:
        read(path)
    assert '--kolommen "valuta=Munt A"' in asked.value.remedy
    assert figures(read(path, {"valuta": "Munt A"}))[1] == 42.0


def test_two_columns_of_codes_that_agree_are_no_question(write):
    path = write("Order;Datum;Klantnr;Totaal;Munt A;Munt B\n1;1-4-2025;A;12;EUR;eur\n2;2-4-2025;B;30;EUR;€\n")
    assert figures(read(path))[1] == 42.0


# ── statuses ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Voortgang", ["Verzonden", "Verzonden", "Geannuleerd"]),
        ("Payment", ["Paid", "Paid", "Unpaid"]),
        ("Zahlungsstatus", ["Bezahlt", "Bezahlt", "Storniert"]),
        ("État", ["Livré", "Paiement accepté", "Annulé"]),
        ("Etap", ["Wysłane", "Opłacone", "Anulowane"]),
        ("Afhandeling", ["", "", "Verlopen"]),
        ("Geannuleerd", ["nee", "", "Ja"]),
        ("is_deleted", ["false", "false", "true"]),
        ("Verwijderd", ["0", "0", "1"]),
        ("deleted_at", ["", "", "2025-04-09 10:00"]),
        ("Stand", ["Betaald", "Betaald", "Open"]),
    ],
)
def test_a_column_of_words_for_what_became_of_an_order_is_a_status(write, header, cells):
    assert figures(read(orders(write, header, cells))) == (2, 42.0, 42.0, 2)


@pytest.mark.slow
def test_what_a_status_was_known_by_is_told_and_can_be_undone(write):
    path = orders(write, "Voortgang", ["Verzonden", "", "Geannuleerd"])
    told = said(read(path), "status")
    assert "'Voortgang' is naar haar inhoud een status" in told
    assert '--alleen "Voortgang=Geannuleerd,Verzonden,"' in told
    assert figures(read(path, only=(("Voortgang", "Geannuleerd,Verzonden,"),)))[1] == 100.0


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Conditie", ["Nieuw", "Open box", "Refurbished"]),
        ("Klantgroep", ["Nieuw", "Vast", "Vast"]),
        ("Klantstatus", ["Actief", "Actief", "Geannuleerd"]),
        ("Nieuwsbrief", ["ja", "nee", "nee"]),
        ("Betaalmethode", ["iDEAL", "Achteraf betalen", "Creditcard"]),
        ("Opmerking", ["graag snel", "", "geannuleerd en toch verzonden"]),
        ("Serie", ["Openhaard", "Kachel", "Kachel"]),
        ("Pakket", ["niet geannuleerd", "geen retour", "verzonden"]),
    ],
)
def test_other_columns_of_a_few_words_are_no_status(write, header, cells):
    checked = read(orders(write, header, cells))
    assert figures(checked) == (3, 100.0, 100.0, 3)
    assert said(checked, "status") == ""


@pytest.mark.slow
def test_a_word_for_cancelled_beside_unknown_ones_is_asked_about(write):
    path = orders(write, "Bak", ["Blauw", "Rood", "Geannuleerd"])
    with pytest.raises(Ambiguous, match="'Bak' lijkt te zeggen welke orders tellen") as asked:
        read(path)
    assert '--alleen "Bak=Blauw,Rood"' in asked.value.remedy
    assert figures(read(path, only=(("Bak", "Blauw,Rood"),)))[1] == 42.0
    assert figures(read(path, only=(("Bak", "Blauw,Rood,Geannuleerd"),)))[1] == 100.0


@pytest.mark.slow
def test_a_status_in_a_workbook_and_a_cancelled_column_of_numbers(tmp_path):
    book = openpyxl.Workbook()
    for row in (["Order", "Datum", "Klantnr", "Totaal", "Geannuleerd"], [1, "1-4-2025", "A", 12, 0],
                [2, "2-4-2025", "B", 30, 1]):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "orders.xlsx")
    assert figures(read(tmp_path / "orders.xlsx"))[:2] == (1, 12.0)


@pytest.mark.slow
def test_credit_notes_without_a_minus_are_asked_about_and_with_one_are_refunds(write):
    path = orders(write, "Status", ["Betaald", "Verzonden", "Creditnota"])
    with pytest.raises(Ambiguous, match="'Creditnota' bij 1 rij zonder minteken") as asked:
        read(path)
    assert '--alleen "Status=Betaald,Verzonden,Creditnota"' in asked.value.remedy
    assert figures(read(path, only=(("Status", "Betaald,Verzonden,Creditnota"),)))[2] == -16.0
    assert figures(read(path, only=(("Status", "Betaald,Verzonden"),)))[2] == 42.0
    rows = "1;1-4-2025;A;12;Betaald\n2;2-4-2025;A;-5;Creditfactuur\n"
    checked = read(write(f"Factuurnr;Datum;Klantnr;Totaal;Status\n{rows}"))
    assert figures(checked) == (1, 12.0, 7.0, 1)


@pytest.mark.parametrize("guest", ["Kassaklant", "PASSANT", "Losse verkoop", "Balieklant", "n.v.t."])
def test_who_buys_at_the_counter_is_nobody(write, guest):
    rows = f"1;1-4-2025;A;12\n2;2-4-2025;{guest};5\n3;2-4-2025;{guest};8\n"
    assert figures(read(write(f"Order;Datum;Klantnr;Totaal\n{rows}"))) == (3, 25.0, 25.0, 1)


# ── refunds ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "header",
    [
        "Teruggestort",
        "Retourbedrag",
        "Refund",
        "Restitutie",
        "Montant remboursé",
        "Erstattet (EUR)",
        "Retour",
    ],
)
def test_a_column_of_money_that_went_back_goes_off(write, header):
    checked = read(orders(write, header, ["0,00", "7,50", "58,00"]))
    assert figures(checked) == (3, 100.0, 34.5, 3)
    assert "is naar haar inhoud wat is terugbetaald" in said(checked, "terugbetaald")


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Refund ID", ["", "7", "8"]),
        ("Refund reason", ["", "kapot", "te klein"]),
        ("Refundable", ["ja", "ja", "ja"]),
        ("Terugbetaling", ["", "via bank", "via bank"]),
        ("Refund fee", ["0,00", "0,50", "0,50"]),
    ],
)
def test_what_only_speaks_of_refunds_is_no_money(write, header, cells):
    assert figures(read(orders(write, header, cells))) == (3, 100.0, 100.0, 3)


@pytest.mark.slow
def test_a_number_of_refunds_or_more_than_was_paid_is_asked_about(write):
    path = orders(write, "Refund", ["0", "1", "2"])
    with pytest.raises(Ambiguous, match="Het kan ook het aantal zijn") as asked:
        read(path)
    assert "--kolommen terugbetaald=Refund" in asked.value.remedy
    assert figures(read(path, {"terugbetaald": "Refund"}))[2] == 97.0
    assert figures(read(path, {"terugbetaald": "-"}))[2] == 100.0
    with pytest.raises(Ambiguous, match="meer dan het bedrag"):
        read(orders(write, "Credited", ["512,00", "430,00", "600,00"]))


@pytest.mark.slow
def test_two_columns_of_refunds_that_differ_are_asked_about(write):
    path = orders(write, "Refund EU;Refund NL", ["0,00;0,00", "7,50;0,00", "0,00;9,50"])
    with pytest.raises(Ambiguous, match="'Refund EU', 'Refund NL'"):
        read(path)
    assert figures(read(path, {"terugbetaald": "Refund NL"}))[2] == 90.5


def test_money_with_a_type_of_its_own_goes_off(tmp_path):
    path = tmp_path / "orders.parquet"
    rows = "(1, date '2025-04-01', 'A', 12.5, 0.0, 'EUR'), (2, date '2025-04-02', 'B', 30.0, 1.125, 'EUR')"
    duckdb.sql(
        f"""copy (from (values {rows}) t(order_id, order_date, customer_id, total, credited, muntje))
            to '{path}' (format parquet)"""
    )
    checked = read(path)
    assert figures(checked)[2] == 41.38
    assert "'muntje' is naar haar inhoud de valuta" in said(checked, "valuta")
