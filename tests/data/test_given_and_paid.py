"""Ordinary headers that were asked about: what was given, spent or paid, days of stays, kinds in German."""

import pytest

from klantwaarde_xl.errors import Ambiguous, ColumnsMissing
from tests.data.exported import figures, read, said, typed, write

__all__ = ["write"]


@pytest.mark.parametrize(
    "header",
    ["Contributie", "Donatie", "Gift", "Inleg", "Besteed bedrag", "Lesgeld", "Spende", "montant_total_paye",
     "Montant réglé", "Somme encaissée", "Gezahlter Betrag", "Zahlbetrag", "Importe pagado", "Totale pagato",
     "Ontvangen bedrag"],
)  # fmt: skip
def test_what_was_given_or_paid_is_the_amount(write, header):
    checked = read(write(f"Klantnr;Datum;{header}\n7;1-3-2025;60,00\n8;2-3-2025;45,50\n"))
    assert figures(checked)[1] == 105.5


@pytest.mark.parametrize("header", ["Donatie", "Montant payé", "Bezahlter Betrag", "Besteed bedrag"])
def test_beside_a_total_what_was_given_or_paid_is_not(write, header):
    text = f"Klantnr;Datum;{header};Totaal\n7;1-3-2025;6,00;60,00\n8;2-3-2025;4,50;45,50\n"
    assert figures(read(write(text)))[1] == 105.5


def test_what_was_paid_so_far_is_no_amount_that_was_due(write):
    """It is the same on the first row and more on all others, as what was to be paid may be."""
    rows = "".join(f"{7 + at};{at + 1}-3-2025;{paid};{so_far}\n" for at, (paid, so_far) in enumerate(
        [("60,00", "60,00"), ("45,50", "105,50"), ("12,25", "117,75"), ("80,00", "197,75"), ("31,10", "228,85")]
    ))  # fmt: skip
    assert figures(read(write("Klantnr;Datum;Ontvangen bedrag;Tot nu toe\n" + rows)))[1] == 228.85


@pytest.mark.parametrize(("header", "one", "other"), [("Contributie", "Jeugd", "Senior"), ("Gift", "1", "0")])
def test_words_and_flags_under_such_a_header_are_no_amount(write, header, one, other):
    with pytest.raises(ColumnsMissing):
        read(write(f"Klantnr;Datum;{header}\n7;1-3-2025;{one}\n8;2-3-2025;{other}\n"))


@pytest.mark.parametrize("heads", ["Aankomst;Vertrek", "Check-in;Check-out", "Arrival date;Departure date"])
def test_a_stay_is_of_its_day_of_arrival(write, heads):
    text = f"Reserveringsnr;Gast;{heads};Totaal\n1;An;01-03-2025;04-03-2025;80,00\n2;Bo;02-03-2025;03-03-2025;5,00\n"
    assert {str(row[1]) for row in read(write(text)).rows()} == {"2025-03-01", "2025-03-02"}


@pytest.mark.parametrize("heads", ["Aankomst;Notitie", "Aankomst;Vertrek;Besloten"])
def test_a_day_of_arrival_alone_or_beside_a_third_day_is_asked_about(write, heads):
    days = ["01-03-2025", "laat" if "Notitie" in heads else "04-03-2025", "20-02-2025"]
    days = days[: len(heads.split(";"))]
    with pytest.raises(ColumnsMissing):
        read(write(f"Reserveringsnr;Gast;{heads};Totaal\n1;An;{';'.join(days)};80,00\n"))


def kinds(header, words, sign=""):
    rows = [f"K{at % 4};{at + 1:02d}.03.2025;{sign}{at + 20},00;{words[at % len(words)]}" for at in range(12)]
    return "\n".join([f"Kunde;Datum;Betrag;{header}", *rows]) + "\n"


@pytest.mark.parametrize(
    "words",
    [["Hotel", "Transfer", "Excursie"], ["Airport transfer", "Tour"], ["Workshop", "Transfers", "Lunch"]],
)
def test_a_transfer_among_services_is_sold(write, words):
    assert figures(read(write(kinds("Type", words))))[1] == 306.0


@pytest.mark.parametrize(
    "words", [["Sale", "Transfer", "Tour"], ["Retail", "Transfer"], ["Payout", "Transfer", "Hotel"]]
)
def test_a_transfer_of_money_or_stock_keeps_the_question(write, words):
    with pytest.raises(Ambiguous, match="niet alles lijkt een verkoop"):
        read(write(kinds("Type", words)))


@pytest.mark.parametrize("header", ["Art", "Vorgang"])
@pytest.mark.parametrize("words", [["Zahlung", "Gebühr"], ["Verkauf", "Auszahlung"]])
def test_kinds_in_german_are_asked_about_and_goods_are_not(write, header, words):
    path = write(kinds(header, words))
    with pytest.raises(Ambiguous, match="niet alles lijkt een verkoop"):
        read(path)
    assert figures(typed(path, f"--alleen {header}={words[0]}"))[0] == 6
    assert figures(read(write(kinds(header, ["Bücher", "Karten"]))))[1] == 306.0


@pytest.mark.parametrize(
    "header", ["Corrigeert factuur", "Correctie op factuurnr", "Credited invoice number"]
)
def test_the_number_of_the_invoice_that_is_corrected_says_that_a_row_goes_off(write, header):
    head = f"Factuurnummer;Klant;Factuurdatum;Totaal;{header}"
    text = f"{head}\n41;A;01-03-2025;60,00;\n42;B;02-03-2025;45,00;\n43;A;03-03-2025;{{}}15,00;41\n"
    with pytest.raises(Ambiguous, match="geld terugging"):
        read(write(text.format("")))
    assert figures(read(write(text.format("-"))))[1:3] == (105.0, 90.0)
    assert figures(typed(write(text.format("")), f'--retour "{header}=41"'))[1:3] == (105.0, 90.0)


@pytest.mark.parametrize("header", ["Status", "Payment status", "Type", "Record Type"])
def test_payments_that_end_at_authorised_count_and_refused_ones_do_not(write, header):
    rows = [
        f"P{at};O{at};k{at % 3}@x.nl;2025-03-{at + 1:02d};{at + 20}.00;{'Refused' if at % 4 == 3 else 'Authorised'}"
        for at in range(8)
    ]
    path = write(
        "\n".join([f"Psp reference;Merchant reference;Shopper email;Date;Amount;{header}", *rows]) + "\n"
    )
    checked = read(path)
    assert figures(checked)[:2] == (6, 138.0)
    assert "Authorised (6: telt mee)" in said(checked, "status")


@pytest.mark.parametrize("header", ["Status", "Record type"])
def test_the_request_of_a_payment_that_was_refused_is_no_sale(write, header):
    rows = [
        f"O{at};k{at % 3}@x.nl;2025-03-{at + 1:02d};{at + 20}.00;{step}"
        for at in range(6)
        for step in ("Received", "Refused" if at == 5 else "Authorised")
    ]
    path = write("\n".join([f"Merchant reference;Shopper email;Date;Amount;{header}", *rows]) + "\n")
    assert figures(read(path))[:2] == (5, 110.0)


def test_authorised_before_captured_is_still_open(write):
    rows = ["1;A;2025-03-01;20.00;Authorised", "2;B;2025-03-02;30.00;Captured", "3;B;2025-03-03;5.00;Refused"]
    assert figures(read(write("\n".join(["Order id;Customer;Date;Amount;Payment status", *rows]))))[1] == 30.0


@pytest.mark.parametrize("word", ["Angebot", "Devis", "Aanmaning"])
def test_a_quote_or_a_reminder_is_no_sale_in_any_language(write, word):
    rows = f"3.2.2025;Vos;Rechnung;4,00\n4.2.2025;Das;{word};9,00\n9.2.2025;Bos;Rechnung;5,00\n"
    with pytest.raises(Ambiguous, match=word) as asked:
        read(write(f"Datum;Kunde;Vorgang;Betrag\n{rows}"))
    assert '--alleen "Vorgang=Rechnung"' in asked.value.remedy
